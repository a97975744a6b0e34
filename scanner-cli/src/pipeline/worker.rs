//! One thread's part of a scan: bytes with an origin in, findings and coverage out.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::time::Instant;

use tokensieve_core::coverage::{Container, Skip};
use tokensieve_core::internal::standing;
use tokensieve_core::{Confidence, FileIdentities, Located, Origin, Scanner};

use crate::pipeline::finding_builder::FindingBuilder;
use crate::pipeline::matcher::Query;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::shared::Pipeline;
use crate::pipeline::shown_path::shown_path;
use crate::pipeline::stream::{InTime, Streamed, scan_stream};

/// Something that has an origin. It is computed only when it is asked for, since most inputs have
/// nothing to report.
pub trait Named {
    /// Where the input comes from.
    fn origin(&self) -> Origin;
}

impl Named for Origin {
    fn origin(&self) -> Origin {
        self.clone()
    }
}

impl Pipeline {
    /// Makes a worker for one thread. Its findings count when it is dropped.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            pipeline: self,
            outcome: Outcome::default(),
            buffer: Vec::new(),
            #[cfg(feature = "archives")]
            seen: None,
        }
    }
}

/// One thread's part of a scan.
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    outcome: Outcome,
    /// The buffer that a source reads files into, kept from file to file.
    pub(crate) buffer: Vec<u8>,
    /// The secrets of the archive that is being opened, reported or not.
    #[cfg(feature = "archives")]
    seen: Option<crate::pipeline::seen::SeenSecrets>,
}

#[cfg(feature = "archives")]
impl<'p> Worker<'p> {
    /// Remembers the secrets that are found from here on.
    pub(crate) fn remember_secrets(&mut self) {
        self.seen = Some(crate::pipeline::seen::SeenSecrets::default());
    }

    /// Forgets the secrets of an archive.
    pub(crate) fn forget_secrets(&mut self) {
        self.seen = None;
    }

    /// Adds matches of the bytes of an archive, but those whose secrets a member has shown.
    pub(crate) fn located_raw(&mut self, named: &dyn Named, mut found: Vec<Located<'p>>) {
        if let Some(seen) = &self.seen {
            found.retain(|located| !seen.contains(located));
        }
        self.located(named, found);
    }
}

impl<'p> Worker<'p> {
    /// The scanner.
    pub fn scanner(&self) -> &'p Scanner {
        &self.pipeline.scanner
    }

    /// Whether the time of the scan is over.
    pub(crate) fn is_over(&self) -> bool {
        self.pipeline.is_over()
    }

    /// The pipeline that this is a thread of.
    pub(crate) fn pipeline(&self) -> &'p Pipeline {
        self.pipeline
    }

    /// When the scan has to end.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.pipeline.options.deadline
    }

    /// Scans bytes in memory. Where time is over before that is done, it is a gap.
    pub fn blob(&mut self, named: &dyn Named, bytes: &[u8]) {
        let scanner = self.scanner();
        let deadline = self.deadline();
        let suppressions = &self.pipeline.options.suppressions;
        let notes_comments = suppressions.looks_for_comments();
        let mut collector = FindingCollector::new(self, named);
        let mut found = BTreeSet::new();
        let mut emit = |located: Located<'p>| {
            // The words of a comment look like a setting, `tokensieve: allow`, which is refuted.
            let matched = &located.matched;
            let has_form = !matched.rule().prefixes().is_empty();
            if notes_comments && (has_form || matched.confidence() > Confidence::Refuted) {
                found.extend([located.start.line, located.end.line]);
            }
            collector.add(located);
        };
        let mut goes_on = || deadline.is_none_or(|deadline| Instant::now() < deadline);
        let searched = scanner.scan_while(bytes, &mut emit, &mut goes_on);
        collector.finish();
        self.note_cut(named, searched.cut);
        if !searched.is_whole {
            return self.skip(Skip::OutOfTime, named);
        }
        if notes_comments {
            suppressions.note_comments(|| named.origin().path().to_vec(), bytes, &found);
        }
        self.scanned(named, bytes, bytes.len() as u64);
    }

    /// Scans everything that a reader yields, in bounded memory. Returns the number of bytes.
    ///
    /// # Errors
    ///
    /// Reading failed, or the time of the scan was over before the end. What was read before has
    /// been scanned, and its findings count.
    pub fn reader(&mut self, named: &dyn Named, reader: impl Read) -> io::Result<u64> {
        let scanner = self.scanner();
        let mut reader = InTime::new(reader, self.deadline());
        let mut collector = FindingCollector::new(self, named);
        let Streamed { head, len, cut, end } =
            scan_stream(scanner, &mut reader, &mut |located| collector.add(located));
        collector.finish();
        self.note_cut(named, cut);
        match end {
            Ok(()) => {
                self.scanned(named, &head, len);
                Ok(len)
            }
            Err(error) => {
                self.outcome.coverage.bytes_scanned += len;
                Err(error)
            }
        }
    }

    /// Adds matches that a source has found by searching in parts, in the order of the input.
    pub(crate) fn located(&mut self, named: &dyn Named, found: Vec<Located<'p>>) {
        let mut collector = FindingCollector::new(self, named);
        for located in found {
            collector.add(located);
        }
        collector.finish();
    }

    /// Adds matches that a source finds by searching in parts, in the order of the input. The
    /// search returns how many encoded texts it did not search to their end.
    pub(crate) fn collect(
        &mut self,
        named: &dyn Named,
        search: impl FnOnce(&mut dyn FnMut(Located<'p>)) -> usize,
    ) {
        let mut collector = FindingCollector::new(self, named);
        let cut = search(&mut |located| collector.add(located));
        collector.finish();
        self.note_cut(named, cut);
    }

    /// Counts an input in which encoded texts were not searched to their end, if some were not.
    pub(crate) fn note_cut(&mut self, named: &dyn Named, cut: usize) {
        if cut > 0 {
            self.skip(Skip::EncodedText, named);
        }
    }

    /// Begins to scan something that may have to be scanned again another way. What was found
    /// before is handed out.
    pub(crate) fn begin_attempt(&mut self) -> Outcome {
        std::mem::take(&mut self.outcome)
    }

    /// Keeps what was found since the attempt began.
    pub(crate) fn keep_attempt(&mut self, before: Outcome) {
        let found = std::mem::replace(&mut self.outcome, before);
        self.outcome.merge(found);
    }

    /// Forgets what was found since the attempt began.
    pub(crate) fn undo_attempt(&mut self, before: Outcome) {
        self.outcome = before;
    }

    /// Counts an input that was scanned to its end.
    pub(crate) fn scanned(&mut self, named: &dyn Named, head: &[u8], len: u64) {
        let coverage = &mut self.outcome.coverage;
        coverage.files_scanned += 1;
        coverage.bytes_scanned += len;
        self.pipeline.progress.add(1, len);
        if self.scanner().has_path_rules() {
            let by_path = self.scanner().by_path(named.origin().from_root());
            self.located(named, by_path);
        }
        if let Some(kind) = Container::of(head) {
            self.leave_unopened(kind, named);
        }
    }

    /// Counts a container whose inside is not scanned.
    pub(crate) fn leave_unopened(&mut self, kind: Container, named: &dyn Named) {
        let example = self.shown(named.origin().path());
        self.outcome.coverage.leave_unopened(kind, example);
    }

    /// Counts something that is not scanned.
    pub fn skip(&mut self, reason: Skip, named: &dyn Named) {
        let example = self.shown(named.origin().path());
        if self.pipeline.options.takes_notes {
            self.outcome.notes.push(format!("{example}: skipped: {}", reason.as_str()));
        }
        self.outcome.coverage.skip(reason, example);
    }

    /// Tells the user something about an input, whether or not notes are asked for.
    pub(crate) fn note(&mut self, named: &dyn Named, what: &str) {
        let path = self.shown(named.origin().path());
        self.outcome.notes.push(format!("{path}: {what}"));
    }

    fn shown(&self, path: &[u8]) -> String {
        shown_path(self.pipeline.scanner.redactor(), path)
    }
}

/// Merges what the worker found into the pipeline.
impl Drop for Worker<'_> {
    fn drop(&mut self) {
        let outcome = std::mem::take(&mut self.outcome);
        if let Ok(mut merged) = self.pipeline.merged.lock() {
            merged.merge(outcome);
        }
    }
}

/// Collects the findings of one input.
struct FindingCollector<'w, 'p, 'n> {
    worker: &'w mut Worker<'p>,
    named: &'n dyn Named,
    /// Made at the first match.
    file: Option<(Origin, FileIdentities<'p>)>,
    /// Matches that share bytes, as long as more of them may come.
    overlap: Vec<Located<'p>>,
}

impl<'w, 'p, 'n> FindingCollector<'w, 'p, 'n> {
    fn new(worker: &'w mut Worker<'p>, named: &'n dyn Named) -> Self {
        Self { worker, named, file: None, overlap: Vec::new() }
    }

    /// Adds the next match, in the order of the input.
    fn add(&mut self, located: Located<'p>) {
        #[cfg(feature = "archives")]
        if let Some(seen) = &mut self.worker.seen {
            seen.insert(&located);
        }
        let group = |located: &Located<'_>| located.matched.overlap().map(|overlap| overlap.group);
        if group(&located).is_none() {
            self.add_standing(&located);
            return;
        }
        if self.overlap.last().is_some_and(|last| group(last) != group(&located)) {
            self.finish();
        }
        self.overlap.push(located);
    }

    /// Decides among the matches that share bytes: the best is added, and what it shadows only
    /// where an allowlist clears it.
    fn finish(&mut self) {
        let overlap = std::mem::take(&mut self.overlap);
        let matches = overlap.iter().map(|located| ((), &located.matched));
        standing(matches, |at| self.add_standing(&overlap[at]));
    }

    /// Adds a match that nothing shadows. Returns whether an allowlist clears it, so that it
    /// shadows no others.
    fn add_standing(&mut self, located: &Located<'_>) -> bool {
        let pipeline = self.worker.pipeline;
        let outcome = &mut self.worker.outcome;
        let builder = FindingBuilder::new(pipeline);
        let (origin, identities) = self.file.get_or_insert_with(|| {
            let origin = self.named.origin();
            let identities = pipeline.options.key.file(origin.from_root());
            (origin, identities)
        });
        let matched = &located.matched;
        if matched.confidence() < pipeline.options.min_confidence {
            builder.add_unsure(origin.path(), located, outcome);
            return false;
        }
        // Matches of rules that are about some files are in no group: nobody asks about them.
        if !matched.is_for_path(origin.from_root()) {
            return false;
        }
        let fingerprint = identities.next(matched.rule(), &located.secret);
        let query = Query { located, origin, commit: None, is_walked: true, fingerprint };
        builder.add(&query, outcome, |finding| finding);
        matched.overlap().is_some() && pipeline.options.suppressions.is_cleared(&query)
    }
}
