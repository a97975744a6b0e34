//! One thread's part of a scan: bytes with an origin in, findings and coverage out.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Instant;

use tokensieve_core::coverage::{Container, Skip};
use tokensieve_core::internal::standing;
use tokensieve_core::{Confidence, FileIdentities, Located, Origin, Scanner};

use crate::pipeline::finding_builder::FindingBuilder;
use crate::pipeline::matcher::{Query, STDIN};
use crate::pipeline::outcome::Outcome;
use crate::pipeline::patch::{Patch, Watched, is_patch};
use crate::pipeline::shared::Pipeline;
use crate::pipeline::shown_path::shown_path;
use crate::pipeline::stream::{InTime, Streamed, scan_stream};

/// Something with an origin. The origin is computed on demand, since most inputs have nothing to
/// report.
pub trait Named {
    /// Returns where the input comes from.
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
    /// Returns the scanner.
    pub fn scanner(&self) -> &'p Scanner {
        &self.pipeline.scanner
    }

    /// Returns whether the time limit of the scan is reached.
    pub(crate) fn is_over(&self) -> bool {
        self.pipeline.is_over()
    }

    /// Returns the pipeline that this worker belongs to.
    pub(crate) fn pipeline(&self) -> &'p Pipeline {
        self.pipeline
    }

    /// Returns when the scan has to end, if it has a limit.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.pipeline.options.deadline
    }

    /// Scans bytes in memory. If the time limit is reached before their end, that is a gap.
    pub fn blob(&mut self, named: &dyn Named, bytes: &[u8]) {
        let scanner = self.scanner();
        let deadline = self.deadline();
        let suppressions = &self.pipeline.options.suppressions;
        let notes_comments = suppressions.looks_for_comments();
        let mut collector = FindingCollector::new(self, named, Text::Whole(bytes));
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
        let reads_patch = self.reads_patches() && is_patch(named.origin().path());
        let patch = reads_patch.then(|| RefCell::new(Patch::new()));
        let text = patch.as_ref().map_or(Text::Unknown, Text::Read);
        let watched = Watched { reader, patch: patch.as_ref() };
        let mut reader = InTime::new(watched, self.deadline());
        let mut collector = FindingCollector::new(self, named, text);
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
        let mut collector = FindingCollector::new(self, named, Text::Unknown);
        for located in found {
            collector.add(located);
        }
        collector.finish();
    }

    /// Adds matches that a source finds by searching `bytes` in parts, in the order of the input.
    /// The search returns how many encoded texts it did not search to their end.
    pub(crate) fn collect(
        &mut self,
        named: &dyn Named,
        bytes: &[u8],
        search: impl FnOnce(&mut dyn FnMut(Located<'p>)) -> usize,
    ) {
        let mut collector = FindingCollector::new(self, named, Text::Whole(bytes));
        let cut = search(&mut |located| collector.add(located));
        collector.finish();
        self.note_cut(named, cut);
    }

    /// Counts an input as a gap if `cut` encoded texts in it, 1 or more, were not searched to their
    /// end.
    pub(crate) fn note_cut(&mut self, named: &dyn Named, cut: usize) {
        if cut > 0 {
            self.skip(Skip::EncodedText, named);
        }
    }

    /// Begins an attempt to scan something that may have to be scanned again in another way.
    /// Returns the outcome so far.
    pub(crate) fn begin_attempt(&mut self) -> Outcome {
        std::mem::take(&mut self.outcome)
    }

    /// Ends an attempt and keeps what it found. `before` is the outcome that
    /// [`Worker::begin_attempt`] returned.
    pub(crate) fn keep_attempt(&mut self, before: Outcome) {
        let found = std::mem::replace(&mut self.outcome, before);
        self.outcome.merge(found);
    }

    /// Ends an attempt and drops what it found.
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

    /// Adds a note about an input for the user, whether or not notes are asked for.
    pub(crate) fn note(&mut self, named: &dyn Named, what: &str) {
        let path = self.shown(named.origin().path());
        self.outcome.notes.push(format!("{path}: {what}"));
    }

    fn reads_patches(&self) -> bool {
        self.pipeline.options.reads_patches
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

/// The state of a text that may be a patch.
#[derive(Clone, Copy)]
enum Text<'t> {
    /// No patch, or not to be read as one.
    Unknown,
    /// A whole patch.
    Whole(&'t [u8]),
    /// The part of a patch that was read so far.
    Read(&'t RefCell<Patch>),
}

/// A file that findings are reported in.
struct ReportedFile<'p> {
    origin: Origin,
    identities: FileIdentities<'p>,
}

impl<'p> ReportedFile<'p> {
    fn new(worker: &Worker<'p>, origin: Origin) -> Self {
        let identities = worker.pipeline.options.key.file(origin.from_root());
        Self { origin, identities }
    }
}

/// Collects the findings of one input.
struct FindingCollector<'w, 'p, 'n> {
    worker: &'w mut Worker<'p>,
    named: &'n dyn Named,
    text: Text<'n>,
    /// Made at the first match.
    file: Option<ReportedFile<'p>>,
    /// The lines of a patch that is in memory; made at the first match, too.
    patch: Option<Patch>,
    /// The files that a patch adds to, by their paths.
    added_to: HashMap<Arc<[u8]>, ReportedFile<'p>>,
    /// Matches that share bytes, as long as more of them may come.
    overlap: Vec<Located<'p>>,
}

impl<'w, 'p, 'n> FindingCollector<'w, 'p, 'n> {
    fn new(worker: &'w mut Worker<'p>, named: &'n dyn Named, text: Text<'n>) -> Self {
        let overlap = Vec::new();
        Self { worker, named, text, file: None, patch: None, added_to: HashMap::new(), overlap }
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
    fn add_standing(&mut self, located: &Located<'p>) -> bool {
        self.begin();
        if let Some((path, moved)) = self.in_patch(located) {
            let file = self.added_to.get_mut(&path).expect("it was made with the place");
            return report(self.worker, file, &moved);
        }
        let file = self.file.as_mut().expect("it was made before");
        report(self.worker, file, located)
    }

    /// Makes what the first match needs.
    fn begin(&mut self) {
        if self.file.is_some() {
            return;
        }
        let origin = self.named.origin();
        if let Text::Whole(bytes) = self.text
            && self.worker.reads_patches()
            && is_patch(origin.path())
        {
            self.patch = Some(Patch::of(bytes));
        }
        self.file = Some(ReportedFile::new(self.worker, origin));
    }

    /// The match where a patch adds it, and the path of that file; none where it adds nothing.
    fn in_patch(&mut self, located: &Located<'p>) -> Option<(Arc<[u8]>, Located<'p>)> {
        let origin = &self.file.as_ref()?.origin;
        let placed = |patch: &Patch| {
            let lines = patch.added(located.start.line)?;
            Some((Arc::clone(&lines.path), lines.moved(located)))
        };
        let (path, moved) = match (self.text, &self.patch) {
            (Text::Read(patch), _) => placed(&patch.borrow())?,
            (_, Some(patch)) => placed(patch)?,
            _ => return None,
        };
        if !self.added_to.contains_key(&path) {
            let file = ReportedFile::new(self.worker, added_to(origin, &path));
            self.added_to.insert(Arc::clone(&path), file);
        }
        Some((path, moved))
    }
}

/// The origin of what a patch adds to a file: its path fits what is said about paths of the tree;
/// what is shown tells the patch, too, unless that came by standard input.
fn added_to(patch: &Origin, path: &[u8]) -> Origin {
    if patch.path() == STDIN.as_bytes() {
        return Origin::new(path, path);
    }
    Origin::new([patch.path(), b"!", path].concat(), path)
}

/// Adds the finding of a match that nothing shadows, as [`FindingCollector::add_standing`] does.
fn report(worker: &mut Worker<'_>, file: &mut ReportedFile<'_>, located: &Located<'_>) -> bool {
    let (pipeline, outcome) = (worker.pipeline, &mut worker.outcome);
    let ReportedFile { origin, identities } = file;
    let builder = FindingBuilder::new(pipeline);
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
