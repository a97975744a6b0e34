//! What is staged: the content of the index that differs from the last commit.
//!
//! The bytes of the index are scanned, never those of the working tree. Folders that the index
//! knows to be unchanged are not read, as in git.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use gix::ObjectId;
use gix::bstr::{BStr, ByteSlice};
use gix::index::entry::{Flags, Mode, Stage};
use gix::index::extension::Tree as CachedTree;
use gix::objs::Kind;
use imara_diff::sources::byte_lines;
use imara_diff::{Algorithm, Diff, InternedInput};
use tokensieve_core::coverage::{Container, GitCoverage, Skip};
use tokensieve_core::{Finding, Rule, Secret};

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, FoundSecret};
use crate::git::findings::rescanner::{FoundPath, ObjectRescanner};
use crate::git::findings::scan_objects::{self, threads};
use crate::git::store::database::Reader;
use crate::git::store::repository::{GitError, Repository};
use crate::git::store::tree_diff::{EntryKind, Trees};
use crate::git::store::{changes, commits};
use crate::index_file;
use crate::pipeline::{FindingBuilder, Location, Outcome, Pipeline, shown_path};

/// How to look at the index.
#[derive(Clone, Debug, Default)]
pub struct StagedOptions {
    /// All of the index, not only what differs from the last commit.
    pub everything: bool,
    /// Findings in lines that were there before count as new, too.
    pub all_lines: bool,
    /// Patterns of paths that are left out.
    pub exclude_paths: Vec<String>,
    /// The number of threads; one a processor, where it is not given.
    pub threads: Option<usize>,
}

/// A staged file.
struct StagedFile {
    path: Vec<u8>,
    id: ObjectId,
    /// What the last commit has at this path.
    old: Option<ObjectId>,
    /// What the commits that are being merged have there.
    merged: Vec<ObjectId>,
}

/// What is staged.
#[derive(Default)]
struct StagedChanges {
    files: Vec<StagedFile>,
    /// The entries of the last commit that the index lacks.
    gone: Vec<ObjectId>,
    submodules: Vec<Vec<u8>>,
    /// What is in a sparse folder at more paths than are in `files`, and trees that are too deep.
    unlisted: HashSet<ObjectId>,
}

/// Scans what is staged. With nothing staged there is nothing to scan, unless everything is asked
/// for.
///
/// # Errors
///
/// The repository has no index that can be read, or the last commit cannot be read.
pub fn scan_staged(
    pipeline: &Pipeline,
    repository: &Repository,
    options: &StagedOptions,
) -> Result<Outcome, GitError> {
    let reader = repository.database.reader();
    let (mut changes, missing_trees) = changes(repository, options.everything)?;
    let excluded = Excluded::new(&options.exclude_paths);
    let mut outcome = Outcome::default();
    changes.files.retain(|change| {
        let is_excluded = excluded.leaves_out(&change.path);
        if is_excluded {
            let path = shown_path(pipeline.scanner().redactor(), &change.path);
            outcome.coverage.skip(Skip::ExcludedPath, path);
        }
        !is_excluded
    });
    Staged { pipeline, repository, reader, options }.scan(&changes, &missing_trees, &mut outcome);
    outcome.finish();
    Ok(outcome)
}

/// The entries of the index that the last commit lacks, and the trees that could not be read for
/// that.
fn changes(
    repository: &Repository,
    everything: bool,
) -> Result<(StagedChanges, Vec<ObjectId>), GitError> {
    /// Each path has findings of its own, so fewer are listed than in a range.
    const MAX_REPETITIONS: usize = 10_000;
    let index = repository.index()?;
    let reader = repository.database.reader();
    let head_tree = match repository.head() {
        None => None,
        Some(head) => {
            let commit = commits::read(&reader, head);
            Some(
                commit
                    .ok_or_else(|| GitError::new(format!("cannot read the last commit, {head}")))?
                    .tree,
            )
        }
    };
    let mut trees = Trees::new(reader, None);
    trees.repetitions = MAX_REPETITIONS;
    let mut comparison = Comparison { index: &index, trees, changes: StagedChanges::default() };
    let compared = if everything { None } else { head_tree };
    comparison.folder(0..index.entries().len(), b"", index.tree(), compared);
    if !everything {
        let reader = repository.database.reader();
        let merged = repository.merged().into_iter().filter_map(|id| commits::read(&reader, id));
        comparison.leave_to_merged(&merged.map(|commit| commit.tree).collect::<Vec<_>>());
    }
    let missing = comparison.trees.missing.iter().copied().collect();
    Ok((comparison.changes, missing))
}

impl Repository {
    /// The index. A repository without one has an empty one.
    pub(crate) fn index(&self) -> Result<gix::index::File, GitError> {
        let path = self.git.index_path();
        index_file::read(&path, self.git.object_hash(), false).map_err(|error| {
            GitError::new(format!("cannot read the index {}: {error}", path.display()))
        })
    }

    /// Whether the index has something that the last commit has not.
    ///
    /// # Errors
    ///
    /// Those of [`scan_staged`].
    pub fn has_staged_changes(&self) -> Result<bool, GitError> {
        let (changes, missing) = changes(self, false)?;
        let StagedChanges { files, gone, submodules, unlisted } = changes;
        let is_same = files.is_empty() && gone.is_empty() && submodules.is_empty();
        Ok(!(is_same && unlisted.is_empty() && missing.is_empty()))
    }
}

struct Comparison<'i> {
    index: &'i gix::index::File,
    trees: Trees,
    changes: StagedChanges,
}

impl Comparison<'_> {
    /// Compares the entries of a folder with the tree that the last commit has there. `prefix` ends
    /// with a slash.
    fn folder(
        &mut self,
        range: Range<usize>,
        prefix: &[u8],
        cached: Option<&CachedTree>,
        tree: Option<ObjectId>,
    ) {
        // The index remembers the trees of folders that did not change since they were last
        // committed or read.
        let is_same = cached.is_some_and(|cached| {
            cached.num_entries.is_some_and(|count| count as usize == range.len())
                && Some(cached.id) == tree
        });
        if is_same {
            return;
        }
        let tree = tree.and_then(|tree| self.trees.read(tree));
        let mut seen = HashSet::new();
        let mut at = range.start;
        while at < range.end {
            let entry = &self.index.entries()[at];
            let path = entry.path(self.index);
            let rest = &path[prefix.len()..];
            // The slash at the end of a sparse folder is no folder's above it.
            let is_above = |slash: &usize| entry.mode != Mode::DIR || slash + 1 < rest.len();
            let Some(slash) = rest.find_byte(b'/').filter(is_above) else {
                self.entry(at, rest, tree.as_deref(), &mut seen);
                at += 1;
                continue;
            };
            let folder = &path[..=prefix.len() + slash];
            let name = rest[..slash].as_bstr();
            let cached = cached
                .and_then(|cached| cached.children.iter().find(|child| child.name[..] == **name));
            let end = self.end_of_folder(at, range.end, folder, cached);
            let there = tree.as_ref().and_then(|tree| tree.get(name));
            seen.insert(name.to_owned());
            let below = there.filter(|entry| entry.kind == EntryKind::Tree).map(|entry| entry.id);
            if let Some(file) = there.filter(|entry| entry.kind == EntryKind::Blob) {
                self.changes.gone.push(file.id);
            }
            let folder = folder.to_vec();
            self.folder(at..end, &folder, cached, below);
            at = end;
        }
        for (name, entry) in tree.iter().flat_map(|tree| tree.iter()) {
            if !seen.contains(name) {
                match entry.kind {
                    EntryKind::Blob => self.changes.gone.push(entry.id),
                    EntryKind::Tree => {
                        let blobs = self.trees.blobs(entry.id, &mut HashSet::new());
                        self.changes.gone.extend(blobs);
                    }
                    EntryKind::Submodule => {}
                }
            }
        }
    }

    /// What one of the commits that are being merged has at the same path is not brought in by the
    /// merge.
    fn leave_to_merged(&mut self, trees: &[ObjectId]) {
        for change in &mut self.changes.files {
            change.merged =
                trees.iter().filter_map(|tree| self.trees.blob_at(*tree, &change.path)).collect();
        }
        self.changes.files.retain(|change| !change.merged.contains(&change.id));
    }

    /// Where the entries of a folder end.
    fn end_of_folder(
        &self,
        at: usize,
        end: usize,
        folder: &BStr,
        cached: Option<&CachedTree>,
    ) -> usize {
        let is_in = |entry: usize| self.index.entries()[entry].path(self.index).starts_with(folder);
        // What the index says about the number is checked, since it can be wrong.
        if let Some(count) = cached.and_then(|cached| cached.num_entries) {
            let guess = at + count as usize;
            if count > 0 && guess <= end && is_in(guess - 1) && (guess == end || !is_in(guess)) {
                return guess;
            }
        }
        let entries = &self.index.entries()[at..end];
        at + entries.partition_point(|entry| entry.path(self.index).starts_with(folder))
    }

    /// Compares one entry of the index.
    fn entry(
        &mut self,
        at: usize,
        name: &[u8],
        tree: Option<&crate::git::store::tree_diff::Tree>,
        seen: &mut HashSet<gix::bstr::BString>,
    ) {
        let entry = &self.index.entries()[at];
        let name = name.strip_suffix(b"/").unwrap_or(name).as_bstr();
        let there = tree.and_then(|tree| tree.get(name)).copied();
        seen.insert(name.to_owned());
        let path = entry.path(self.index).to_vec();
        if entry.mode == Mode::DIR {
            // A sparse index stands for a whole folder by one entry.
            let others: Vec<ObjectId> = there
                .iter()
                .filter(|entry| entry.kind == EntryKind::Tree)
                .map(|entry| entry.id)
                .collect();
            let changes = changes::changes(&mut self.trees, entry.id, &others);
            self.changes.unlisted.extend(changes.unlisted.into_keys());
            self.changes.unlisted.extend(changes.too_deep);
            for new in changes.new {
                let path = [path.as_slice(), &new.path()].concat();
                if new.kind == EntryKind::Submodule {
                    self.changes.submodules.push(path);
                } else {
                    self.changes.files.push(StagedFile {
                        path,
                        id: new.id,
                        old: None,
                        merged: Vec::new(),
                    });
                }
            }
            self.changes.gone.extend(changes.old);
            return;
        }
        let is_same =
            there.is_some_and(|there| there.id == entry.id) && entry.stage() == Stage::Unconflicted;
        // An entry that only says that a file is to be added has no content yet.
        if is_same || entry.flags.contains(Flags::INTENT_TO_ADD) || entry.stage() == Stage::Base {
            return;
        }
        if entry.mode == Mode::COMMIT {
            self.changes.submodules.push(path);
            return;
        }
        if let Some(folder) = there.filter(|there| there.kind == EntryKind::Tree) {
            let blobs = self.trees.blobs(folder.id, &mut HashSet::new());
            self.changes.gone.extend(blobs);
        }
        let old = there.filter(|there| there.kind == EntryKind::Blob).map(|there| there.id);
        self.changes.files.push(StagedFile { path, id: entry.id, old, merged: Vec::new() });
    }
}

/// The secrets, each with the id of its rule, that blobs of the last commit hold.
type HeldBefore = HashMap<ObjectId, HashSet<(String, Vec<u8>)>>;

struct Staged<'p, 'r> {
    pipeline: &'p Pipeline,
    repository: &'r Repository,
    reader: Reader,
    options: &'r StagedOptions,
}

impl<'p> Staged<'p, '_> {
    fn scan(&self, changes: &StagedChanges, missing_trees: &[ObjectId], outcome: &mut Outcome) {
        let mut ids: Vec<ObjectId> = changes.files.iter().map(|change| change.id).collect();
        ids.sort();
        ids.dedup();
        let threads = threads(self.options.threads);
        let database = &self.repository.database;
        let deadline = self.pipeline.options().deadline;
        let scanned = scan_objects::scan(self.pipeline, database, &ids, threads, deadline);
        let (found, suppressed) = scanned.matches.finish();
        matches::add_suppressed(&suppressed, self.pipeline, outcome);
        let lost: HashSet<ObjectId> =
            scanned.missing.iter().chain(missing_trees).copied().collect();
        let coverage = &mut outcome.coverage;
        let late: HashSet<ObjectId> = scanned.left.iter().copied().collect();
        let is_lost = |change: &&StagedFile| lost.contains(&change.id) || late.contains(&change.id);
        coverage.files_scanned =
            (changes.files.len() - changes.files.iter().filter(is_lost).count()) as u64;
        coverage.bytes_scanned = scanned.bytes;
        coverage.git = Some(GitCoverage {
            commits: 0,
            blobs_scanned: scanned.blobs,
            missing_objects: lost.len() as u64,
            shallow: false,
        });
        let redactor = self.pipeline.scanner().redactor();
        for id in &lost {
            let file = changes.files.iter().find(|change| change.id == *id);
            let example =
                file.map_or_else(|| id.to_string(), |file| shown_path(redactor, &file.path));
            coverage.skip(Skip::MissingObject, example);
        }
        for change in changes.files.iter().filter(|change| late.contains(&change.id)) {
            coverage.skip(Skip::OutOfTime, shown_path(redactor, &change.path));
        }
        for id in &changes.unlisted {
            coverage.skip(Skip::UnlistedPaths, id.to_string());
        }
        for path in &changes.submodules {
            coverage.leave_unopened(Container::Submodule, shown_path(redactor, path));
        }
        for id in &scanned.cut {
            for change in changes.files.iter().filter(|change| change.id == *id) {
                coverage.skip(Skip::EncodedText, shown_path(redactor, &change.path));
            }
        }
        for (kind, id) in &scanned.containers {
            for change in changes.files.iter().filter(|change| change.id == *id) {
                coverage.leave_unopened(*kind, shown_path(redactor, &change.path));
            }
        }
        let mut rescanner = ObjectRescanner::new(self.pipeline, self.reader.clone());
        for (id, found) in scanned.large {
            rescanner.insert(id, found);
        }
        self.add_paths(changes, &rescanner, outcome);
        let mut held = HashMap::new();
        for found in &found {
            for change in changes.files.iter().filter(|change| found.objects.contains(&change.id)) {
                let mut locations = rescanner.locations(change.id, &change.path);
                locations.retain(|location| self.is_of(location, found));
                let mut was_there = || self.was_there(changes, change, found, &mut held);
                self.add_locations(change, &locations, &mut was_there, outcome);
            }
        }
    }

    /// Whether a secret was there before the change of a file: in what the file held, or in what
    /// another changed file held, from which it was moved. A range of commits calls it old then,
    /// too.
    fn was_there(
        &self,
        changes: &StagedChanges,
        change: &StagedFile,
        found: &FoundSecret<'_, ObjectId>,
        held: &mut HeldBefore,
    ) -> bool {
        let own = change.old.iter().chain(&change.merged);
        let others = changes.files.iter().filter_map(|change| change.old.as_ref());
        own.chain(&changes.gone)
            .chain(others)
            .any(|id| self.holds(*id, found.rule, &found.secret, held))
    }

    /// Adds the findings of rules about paths alone. A path with a file that is changed was there
    /// before.
    fn add_paths(
        &self,
        changes: &StagedChanges,
        rescanner: &ObjectRescanner<'p>,
        outcome: &mut Outcome,
    ) {
        let builder = FindingBuilder::new(self.pipeline);
        for change in &changes.files {
            let was_there = change.old.is_some() || !change.merged.is_empty();
            let is_old = was_there && !self.options.all_lines && !self.options.everything;
            for found in FoundPath::all(self.pipeline.scanner(), &change.path) {
                let location = rescanner.path_location(&found);
                builder.add(&location.query(None), outcome, |finding| old_if(is_old, finding));
            }
        }
    }

    /// Whether a blob of the last commit holds a secret, surely enough to be reported. Each is
    /// scanned once, when it is first asked about.
    fn holds(&self, id: ObjectId, rule: &Rule, secret: &Secret, known: &mut HeldBefore) -> bool {
        let held = known.entry(id).or_insert_with(|| {
            let mut data = Vec::new();
            let mut held = HashSet::new();
            if self.reader.read(&id, &mut data) == Some(Kind::Blob) {
                self.pipeline.scanner().scan(&data, &mut |located| {
                    if located.matched.confidence() < self.pipeline.options().min_confidence {
                        return;
                    }
                    held.insert((
                        located.matched.rule().id().to_owned(),
                        located.secret.expose().to_vec(),
                    ));
                });
            }
            held
        });
        held.contains(&(rule.id().to_owned(), secret.expose().to_vec()))
    }

    /// Whether a location holds a secret that was found, and is sure enough to be reported.
    fn is_of(&self, location: &Location<'_>, found: &FoundSecret<'_, ObjectId>) -> bool {
        let Location { located, .. } = location;
        located.matched.rule().id() == found.rule.id()
            && located.secret == found.secret
            && located.matched.confidence() >= self.pipeline.options().min_confidence
    }

    /// Adds one finding for each location of a secret in a staged file. It is old where its lines
    /// were there before, or where the secret was.
    fn add_locations(
        &self,
        change: &StagedFile,
        locations: &[Location<'p>],
        was_there: &mut dyn FnMut() -> bool,
        outcome: &mut Outcome,
    ) {
        let counts_all = self.options.all_lines || self.options.everything;
        let mut new_lines: Vec<Vec<Range<usize>>> = Vec::new();
        if !counts_all {
            let compared = change.old.iter().chain(&change.merged);
            new_lines.extend(compared.map(|old| self.new_lines(*old, change.id)));
        }
        let builder = FindingBuilder::new(self.pipeline);
        for location in locations {
            let span = location.located.matched.span();
            let is_in = |new: &Range<usize>| new.start < span.end && span.start < new.end;
            let is_unchanged = new_lines.iter().any(|new| !new.iter().any(is_in));
            let is_old = !counts_all && (is_unchanged || was_there());
            builder.add(&location.query(None), outcome, |finding| old_if(is_old, finding));
        }
    }

    /// The lines of a blob that another one has not, as ranges of its bytes: in UTF-16 a line feed
    /// can be half of another character, so the lines that are compared are not always those that
    /// are counted.
    fn new_lines(&self, old: ObjectId, new: ObjectId) -> Vec<Range<usize>> {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        if self.reader.read(&old, &mut before).is_none()
            || self.reader.read(&new, &mut after).is_none()
        {
            return std::iter::once(0..usize::MAX).collect();
        }
        let input = InternedInput::new(byte_lines(&before), byte_lines(&after));
        let diff = Diff::compute(Algorithm::Histogram, &input);
        let ends = byte_lines(&after).scan(0, |end, line| {
            *end += line.len();
            Some(*end)
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends).collect();
        diff.hunks()
            .map(|hunk| starts[hunk.after.start as usize]..starts[hunk.after.end as usize])
            .collect()
    }
}

/// Marks a finding as one that was there before the change, where it was.
fn old_if(is_old: bool, finding: Finding) -> Finding {
    if is_old { finding.as_old() } else { finding }
}
