//! Scans all blobs, as the sweep visits them.

use std::collections::HashMap;
use std::io::Read;
use std::time::Instant;

use gix::objs::Kind;
use tokensieve_core::coverage::Container;
use tokensieve_core::internal::{Candidates, Piece};
use tokensieve_core::{Located, Match, Scanner};

use crate::git::findings::matches::Matches;
use crate::git::findings::rescanner::is_of_interest;
use crate::git::store::objects::Number;
use crate::git::store::sweep::ObjectVisitor;
use crate::pipeline::{CONTAINER_HEAD_LEN, InTime, Pipeline, Streamed, scan_stream};

/// What the scan of all blobs came to.
pub(crate) struct BlobScan<'s> {
    pub(crate) matches: Matches<'s, Number>,
    /// Blobs with their sizes.
    pub(crate) blobs: Vec<(Number, u64)>,
    pub(crate) unreadable: Vec<Number>,
    /// Large blobs that were not scanned to their end before time was over.
    pub(crate) late: Vec<Number>,
    /// Blobs with encoded texts that were not searched to their end.
    pub(crate) cut: Vec<Number>,
    pub(crate) containers: Vec<(Container, Number)>,
    /// The matches in blobs that are too large to be read whole.
    pub(crate) large: HashMap<Number, Vec<Located<'s>>>,
}

impl BlobScan<'_> {
    pub(crate) fn add(&mut self, other: Self) {
        self.matches.merge(other.matches);
        self.blobs.extend(other.blobs);
        self.unreadable.extend(other.unreadable);
        self.late.extend(other.late);
        self.cut.extend(other.cut);
        self.containers.extend(other.containers);
        self.large.extend(other.large);
    }
}

/// Scans blobs, on one thread.
pub(crate) struct BlobVisitor<'p> {
    pipeline: &'p Pipeline,
    deadline: Option<Instant>,
    scan: BlobScan<'p>,
}

impl<'p> BlobVisitor<'p> {
    pub(crate) fn new(pipeline: &'p Pipeline, deadline: Option<Instant>) -> Self {
        let scan = BlobScan {
            matches: Matches::new(pipeline.options().min_confidence),
            blobs: Vec::new(),
            unreadable: Vec::new(),
            late: Vec::new(),
            cut: Vec::new(),
            containers: Vec::new(),
            large: HashMap::new(),
        };
        Self { pipeline, deadline, scan }
    }

    pub(crate) fn finish(self) -> BlobScan<'p> {
        self.scan
    }

    fn count(&mut self, number: Number, head: &[u8], len: u64) {
        self.scan.blobs.push((number, len));
        self.pipeline.progress().add(1, len);
        if let Some(kind) = Container::of(head) {
            self.scan.containers.push((kind, number));
        }
    }
}

impl<'p> ObjectVisitor for BlobVisitor<'p> {
    type State = Candidates;

    fn object(
        &mut self,
        number: Number,
        is_chosen: bool,
        _: Kind,
        data: &[u8],
        made_of: Option<(&Candidates, &[Piece])>,
    ) -> Candidates {
        let scanner: &'p Scanner = self.pipeline.scanner();
        let mut candidates = match made_of {
            Some((base, pieces)) => scanner.candidates_for_delta(base, pieces, data),
            None => scanner.candidates(data),
        };
        if is_chosen {
            let matches = &mut self.scan.matches;
            let mut emit = |matched: Match<'p>, secret| matches.insert(number, &matched, &secret);
            if scanner.scan_candidates(data, &mut candidates, &mut emit) > 0 {
                self.scan.cut.push(number);
            }
            self.count(number, &data[..data.len().min(CONTAINER_HEAD_LEN)], data.len() as u64);
        }
        candidates
    }

    fn large(&mut self, number: Number, data: &mut dyn Read) -> std::io::Result<()> {
        let scanner: &'p Scanner = self.pipeline.scanner();
        let mut data = InTime::new(data, self.deadline);
        let mut found = Vec::new();
        let least = self.pipeline.options().min_confidence;
        let matches = &mut self.scan.matches;
        let Streamed { head, len, cut, end } = scan_stream(scanner, &mut data, &mut |located| {
            matches.insert(number, &located.matched, &located.secret);
            if is_of_interest(&located, least) {
                found.push(located);
            }
        });
        if !found.is_empty() {
            self.scan.large.insert(number, found);
        }
        self.scan.cut.extend((cut > 0).then_some(number));
        // The bytes read before an error have been scanned.
        match end {
            Ok(()) => self.count(number, &head, len),
            Err(_) if data.is_over() => self.scan.late.push(number),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn weight(candidates: &Candidates) -> usize {
        /// What a candidate takes, with what came of it.
        const CANDIDATE: usize = 300;
        candidates.len() * CANDIDATE
    }

    fn unreadable(&mut self, number: Number) {
        self.scan.unreadable.push(number);
    }

    fn goes_on(&self) -> bool {
        self.deadline.is_none_or(|deadline| Instant::now() < deadline)
    }
}
