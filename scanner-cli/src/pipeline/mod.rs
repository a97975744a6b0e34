//! From bytes with an origin to findings and a coverage record.
//!
//! It is one and the same for every source. A [`Worker`] belongs to one thread; what it has found
//! is merged at the end, and sorted, so that the number of threads never shows.

pub mod suppress;

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokensieve_core::{
    Confidence, Container, Coverage, FileIdentities, Finding, FingerprintKey, Located, Origin,
    OverlapResolver, Redactor, Scanner, Skip, escape,
};

use crate::pipeline::suppress::{Asked, Kind, Silence, Suppressions};

/// What a caller decides about a scan, apart from the rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// Matches below this are counted as suppressed.
    pub min_confidence: Confidence,
    /// Findings carry their secrets in clear.
    pub shows_secrets: bool,
    /// The key of all fingerprints.
    pub key: FingerprintKey,
    /// Each skipped item and each suppressed match is noted.
    pub takes_notes: bool,
    /// What keeps findings from being reported.
    pub suppressions: Arc<Suppressions>,
    /// What suppressions keep from being reported is kept: see [`Outcome::silenced`].
    pub keeps_silenced: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_confidence: Confidence::Possible,
            shows_secrets: false,
            key: FingerprintKey::default(),
            takes_notes: false,
            suppressions: Arc::default(),
            keeps_silenced: false,
        }
    }
}

/// How far a scan has come, for a progress bar on another thread.
#[derive(Debug, Default)]
pub struct Progress {
    files: AtomicU64,
    bytes: AtomicU64,
    expected: AtomicU64,
}

impl Progress {
    /// Files and bytes scanned so far.
    pub fn so_far(&self) -> (u64, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }

    /// How many files, or objects, there will be, where that is known.
    pub fn expected(&self) -> Option<u64> {
        Some(self.expected.load(Ordering::Relaxed)).filter(|expected| *expected > 0)
    }

    #[cfg(feature = "git")]
    pub(crate) fn expect(&self, files: u64) {
        self.expected.fetch_add(files, Ordering::Relaxed);
    }

    pub(crate) fn add(&self, files: u64, bytes: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}

/// What a scan came to.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, in the order of reports.
    pub findings: Vec<Finding>,
    /// What suppressions keep from being reported, where it is kept, in the same order.
    pub silenced: Vec<Finding>,
    /// What was looked at.
    pub coverage: Coverage,
    /// What was skipped and suppressed, item by item, where notes were asked for. Redacted and
    /// sorted.
    pub notes: Vec<String>,
}

impl Outcome {
    /// Drops findings of rules that are not about the files that they are in, and of those that are
    /// about some files only what another finding covers.
    pub(crate) fn keep_in_place(&mut self) {
        self.findings.retain(Finding::is_in_place);
        self.silenced.retain(Finding::is_in_place);
        if self.findings.iter().all(|finding| finding.rule().path().is_none()) {
            return;
        }
        self.findings.sort_by(Finding::report_order);
        // A finding that is known stays known. One that an allowlist says is none stands in
        // nobody's way.
        let is_known = |finding: &&Finding| {
            finding
                .suppression()
                .is_none_or(|suppression| suppression.kind != Kind::Allowlist.as_str())
        };
        let places = self.findings.iter().chain(self.silenced.iter().filter(is_known));
        let mut places: Vec<_> = places.filter(|finding| finding.rule().path().is_none()).collect();
        places.sort_by(|a, b| a.report_order(b));
        let is_covered = |finding: &Finding| {
            let first = places.partition_point(|other| other.from_root() < finding.from_root());
            let in_file =
                places[first..].iter().take_while(|other| other.from_root() == finding.from_root());
            in_file.into_iter().any(|other| other.span().overlaps(finding.span()))
        };
        let covered: Vec<bool> = self
            .findings
            .iter()
            .map(|finding| finding.rule().path().is_some() && is_covered(finding))
            .collect();
        let mut covered = covered.into_iter();
        self.findings.retain(|_| !covered.next().unwrap_or(false));
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.silenced.extend(other.silenced);
        self.coverage.merge(other.coverage);
        self.notes.extend(other.notes);
    }
}

/// A scanner with its options, shared by all workers of a scan.
pub struct Pipeline {
    scanner: Scanner,
    options: Options,
    progress: Progress,
    merged: Mutex<Outcome>,
}

impl Pipeline {
    /// A pipeline with nothing in it yet.
    pub fn new(scanner: Scanner, options: Options) -> Self {
        Self { scanner, options, progress: Progress::default(), merged: Mutex::default() }
    }

    /// The scanner.
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    /// What the caller has decided.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// How far the scan has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Counts a match that a suppression keeps from being reported, and keeps what it would be
    /// reported as.
    pub(crate) fn tell_silenced(
        &self,
        outcome: &mut Outcome,
        silence: &Silence,
        (path, located): (&[u8], &Located<'_>),
        finding: impl FnOnce() -> Finding,
    ) {
        let mut why = String::new();
        if self.options.takes_notes || self.options.keeps_silenced {
            let suppression = self.options.suppressions.describe(silence, self.scanner.redactor());
            why = suppression.in_words();
            if self.options.keeps_silenced {
                outcome.silenced.push(finding().suppressed(suppression));
            }
        }
        self.tell_suppressed(outcome, silence.kind.as_str(), path, located, &why);
    }

    /// Counts a match that is not reported.
    fn tell_suppressed(
        &self,
        outcome: &mut Outcome,
        reason: &'static str,
        path: &[u8],
        located: &Located<'_>,
        why: &str,
    ) {
        outcome.coverage.suppress(reason);
        if self.options.takes_notes {
            outcome.notes.push(format!(
                "{}:{}:{}: suppressed: {} ({why})",
                shown_path(self.scanner.redactor(), path),
                located.start.line,
                located.start.column,
                located.matched.rule().id(),
            ));
        }
    }

    /// A worker for one thread. What it found counts when it is dropped.
    pub fn worker(&self) -> Worker<'_> {
        Worker { pipeline: self, outcome: Outcome::default(), buffer: Vec::new() }
    }

    /// Takes what all dropped workers found so far, in order.
    pub fn take_outcome(&self) -> Outcome {
        let mut outcome =
            std::mem::take(&mut *self.merged.lock().expect("no worker panics while it merges"));
        outcome.keep_in_place();
        outcome.findings.sort_by(Finding::report_order);
        // A path that was named twice was scanned twice.
        outcome.findings.dedup_by(|a, b| a.report_order(b).is_eq());
        outcome.silenced.sort_by(Finding::report_order);
        outcome.silenced.dedup_by(|a, b| a.report_order(b).is_eq());
        outcome.notes.sort();
        outcome.notes.dedup();
        outcome
    }
}

/// Something that has an origin, told when it is asked for: most inputs are scanned without anyone
/// asking.
pub trait Named {
    /// Where the input comes from.
    fn origin(&self) -> Origin;
}

impl Named for Origin {
    fn origin(&self) -> Origin {
        self.clone()
    }
}

/// So many bytes at the beginning of an input tell whether it is a container.
pub(crate) const HEAD: usize = 512;

/// One thread's part of a scan.
pub struct Worker<'p> {
    pipeline: &'p Pipeline,
    outcome: Outcome,
    /// Where a source reads files into, kept from file to file.
    pub(crate) buffer: Vec<u8>,
}

impl<'p> Worker<'p> {
    /// The scanner.
    pub fn scanner(&self) -> &'p Scanner {
        &self.pipeline.scanner
    }

    /// Scans bytes in memory.
    pub fn blob(&mut self, named: &dyn Named, bytes: &[u8]) {
        let scanner = self.scanner();
        let mut intake = Intake::new(self, named);
        scanner.scan(bytes, &mut |located| intake.take(located));
        intake.finish();
        self.pipeline.options.suppressions.note_comments(|| named.origin().path().to_vec(), bytes);
        self.scanned(named, bytes, bytes.len() as u64);
    }

    /// Scans all that a reader yields, in bounded memory, and says how much it was.
    ///
    /// # Errors
    ///
    /// Reading failed. What was read before has been scanned, and its findings count.
    pub fn reader(&mut self, named: &dyn Named, mut reader: impl Read) -> io::Result<u64> {
        let scanner = self.scanner();
        let mut intake = Intake::new(self, named);
        let Streamed { head, len, end } =
            scan_stream(scanner, &mut reader, &mut |located| intake.take(located));
        intake.finish();
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

    /// Takes matches that a source has found by searching in parts.
    pub(crate) fn located(&mut self, named: &dyn Named, found: Vec<Located<'p>>) {
        let mut intake = Intake::new(self, named);
        found.into_iter().for_each(|located| intake.take(located));
        intake.finish();
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

    fn shown(&self, path: &[u8]) -> String {
        shown_path(self.pipeline.scanner.redactor(), path)
    }
}

/// A path as it may leave the program: without secrets, without control characters.
pub fn shown_path(redactor: &Redactor, path: &[u8]) -> String {
    escape(redactor.redact(&String::from_utf8_lossy(path)).chars())
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

/// Turns the matches of one input into findings.
struct Intake<'w, 'p, 'n> {
    worker: &'w mut Worker<'p>,
    named: &'n dyn Named,
    /// Made at the first match.
    place: Option<(Origin, FileIdentities<'p>)>,
    /// Matches that share bytes, as long as more of them may come.
    overlap: Vec<Located<'p>>,
}

impl<'w, 'p, 'n> Intake<'w, 'p, 'n> {
    fn new(worker: &'w mut Worker<'p>, named: &'n dyn Named) -> Self {
        Self { worker, named, place: None, overlap: Vec::new() }
    }

    fn take(&mut self, located: Located<'p>) {
        let group = |located: &Located<'_>| located.matched.overlap().map(|overlap| overlap.group);
        if group(&located).is_none() {
            return self.take_standing(&located, None);
        }
        if self.overlap.last().is_some_and(|last| group(last) != group(&located)) {
            self.finish();
        }
        self.overlap.push(located);
    }

    /// Of matches that share bytes, takes the best, and what it has beaten only if it is released.
    fn finish(&mut self) {
        let mut overlap = std::mem::take(&mut self.overlap);
        overlap.sort_by_key(|located| located.matched.overlap().map(|overlap| overlap.rank));
        let mut standing = OverlapResolver::default();
        for located in overlap {
            if standing.admits(&located.matched) {
                self.take_standing(&located, Some(&mut standing));
            }
        }
    }

    fn take_standing(&mut self, located: &Located<'_>, standing: Option<&mut OverlapResolver>) {
        let options = &self.worker.pipeline.options;
        let (origin, identities) = self.place.get_or_insert_with(|| {
            let origin = self.named.origin();
            let identities = options.key.file(origin.from_root());
            (origin, identities)
        });
        let matched = &located.matched;
        if matched.confidence() < options.min_confidence {
            standing.into_iter().for_each(|standing| standing.note(matched, false));
            let reason =
                matched.reason().map_or("below the least confidence", |reason| reason.as_str());
            let pipeline = self.worker.pipeline;
            pipeline.tell_suppressed(
                &mut self.worker.outcome,
                reason,
                origin.path(),
                located,
                reason,
            );
            return;
        }
        let fingerprint = identities.next(matched.rule(), &located.secret);
        let asked = Asked { located, origin, commit: None, is_walked: true, fingerprint };
        standing
            .into_iter()
            .for_each(|standing| standing.note(matched, options.suppressions.releases(&asked)));
        let pipeline = self.worker.pipeline;
        let finding = || {
            Finding::new(
                origin,
                located,
                fingerprint,
                pipeline.scanner.redactor(),
                options.shows_secrets,
            )
        };
        if let Some(silence) = options.suppressions.silence(&asked) {
            let at = (origin.path(), located);
            pipeline.tell_silenced(&mut self.worker.outcome, &silence, at, finding);
            return;
        }
        self.worker.outcome.findings.push(finding());
    }
}

/// What was read of an input that came as a stream.
pub(crate) struct Streamed {
    /// Its beginning.
    pub(crate) head: Vec<u8>,
    pub(crate) len: u64,
    /// How reading ended. What was read before an error has been scanned.
    pub(crate) end: io::Result<()>,
}

/// Scans all that a reader yields, in bounded memory.
pub(crate) fn scan_stream<'s>(
    scanner: &'s Scanner,
    reader: &mut impl Read,
    tell: &mut dyn FnMut(Located<'s>),
) -> Streamed {
    const CHUNK: usize = 1 << 20;
    let mut chunk = vec![0; CHUNK];
    let mut stream = scanner.stream();
    let mut streamed = Streamed { head: Vec::new(), len: 0, end: Ok(()) };
    loop {
        let (read, end) = fill(reader, &mut chunk);
        if streamed.len == 0 {
            streamed.head = chunk[..read.min(HEAD)].to_vec();
        }
        streamed.len += read as u64;
        stream.push(&chunk[..read], tell);
        if read < chunk.len() {
            streamed.end = end;
            break;
        }
    }
    stream.finish(tell);
    streamed
}

/// Reads until the buffer is full or the input ends.
pub(crate) fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let (filled, end) = fill(reader, buffer);
    end.map(|()| filled)
}

/// Reads until the buffer is full, or the input ends or fails. Says how much was read in any case.
pub(crate) fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> (usize, io::Result<()>) {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Err(error)),
        }
    }
    (filled, Ok(()))
}
