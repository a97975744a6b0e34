//! Scans the commits of a range.
//!
//! For each commit, the blobs that its tree has and the trees of its parents have not are scanned,
//! those of merges and those removed later included. A commit introduces a secret if no parent's
//! tree holds it at any path: a move is no introduction.

mod secrets;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use gix::ObjectId;
use gix::objs::{Kind, TagRefIter};
use tokensieve_core::Provenance;
use tokensieve_core::coverage::{GitCoverage, Skip};
use tokensieve_core::internal::SharedReferences;

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, FoundSecret};
use crate::git::findings::references::ReferenceCounter;
use crate::git::findings::rescanner::{FoundPath, Introduction, ObjectRescanner};
use crate::git::findings::scan_objects::{self, Scanned, threads};
use crate::git::range::secrets::{Brought, Lookout, SecretsByObject};
use crate::git::store::changes::{Changes, changes};
use crate::git::store::commits::{self, Commits, StoredCommit, read_description};
use crate::git::store::repository::{Repository, Tip};
use crate::git::store::tree_diff::{EntryKind, Trees};
use crate::pipeline::{Outcome, Pipeline, shown_path};

/// A range of commits, and how to look at it.
#[derive(Clone, Debug, Default)]
pub struct RangeOptions {
    /// Commits or tags: they and what they lead to are in the range.
    pub include: Vec<ObjectId>,
    /// Commits: they and what they lead to are not.
    pub exclude: Vec<ObjectId>,
    /// Patterns of paths that are left out.
    pub exclude_paths: Vec<String>,
    /// The number of threads; one a processor, where it is not given.
    pub threads: Option<usize>,
}

/// Scans the commits of a range. Findings and coverage are in the order of reports.
pub fn scan_range(
    pipeline: &Pipeline,
    repository: &mut Repository,
    options: &RangeOptions,
) -> Outcome {
    let reader = repository.database.reader();
    let deadline = pipeline.options().deadline;
    let (tips, tags) = peeled(repository, &options.include);
    let (exclude, _) = peeled(repository, &options.exclude);
    // A reference can name a blob or a tree. Objects that are not there at all are reported as
    // missing later.
    let is_commit =
        |tip: &ObjectId| reader.header(tip).is_none_or(|(kind, _)| kind == Kind::Commit);
    let (starts, direct_objects): (Vec<ObjectId>, Vec<ObjectId>) =
        tips.into_iter().partition(is_commit);
    let is_tag = |tip: &ObjectId| reader.header(tip).is_some_and(|(kind, _)| kind == Kind::Tag);
    let too_deep: Vec<ObjectId> = direct_objects.iter().copied().filter(is_tag).collect();
    let shallow = repository.shallow();
    let commits = commits::between(&reader, &starts, &exclude, &shallow, deadline);
    let mut range = RangeScan {
        pipeline,
        repository,
        threads: threads(options.threads),
        deadline,
        excluded: Excluded::new(&options.exclude_paths),
        trees: Trees::new(reader.clone(), deadline),
        parents: HashMap::new(),
        outcome: Outcome::default(),
    };
    range.run(commits, &direct_objects, tags);
    let mut outcome = range.outcome;
    for tag in too_deep {
        outcome.coverage.skip(Skip::UnresolvedRange, format!("{tag} (a tag of too many tags)"));
    }
    outcome.finish();
    outcome
}

/// What tags lead to, and the tags on the way.
fn peeled(repository: &Repository, ids: &[ObjectId]) -> (Vec<ObjectId>, Vec<ObjectId>) {
    /// How many tags of tags are followed.
    const MAX_TAG_DEPTH: usize = 64;
    let reader = repository.database.reader();
    let (mut tips, mut tags) = (Vec::new(), Vec::new());
    let mut data = Vec::new();
    for id in ids {
        let mut id = *id;
        for _ in 0..MAX_TAG_DEPTH {
            if reader.read(&id, &mut data) != Some(Kind::Tag) {
                break;
            }
            tags.push(id);
            match TagRefIter::from_bytes(&data, id.kind()).target_id() {
                Ok(target) => id = target,
                Err(_) => break,
            }
        }
        tips.push(id);
    }
    (tips, tags)
}

struct RangeScan<'p, 'r> {
    pipeline: &'p Pipeline,
    repository: &'r Repository,
    threads: usize,
    deadline: Option<Instant>,
    excluded: Excluded,
    trees: Trees,
    /// Commits outside of the range that were read for their trees.
    parents: HashMap<ObjectId, Option<StoredCommit>>,
    outcome: Outcome,
}

impl<'p> RangeScan<'p, '_> {
    fn run(&mut self, commits: Commits, direct_objects: &[ObjectId], tags: Vec<ObjectId>) {
        let list = &commits.list;
        for commit in list {
            self.parents.insert(commit.id, Some(commit.clone()));
        }
        let cut: HashSet<ObjectId> = commits.cut.iter().copied().collect();
        let mut changes: Vec<Changes> = Vec::with_capacity(list.len());
        let mut left = Vec::new();
        for commit in list {
            if self.is_over() {
                left.push(commit.id);
                changes.push(Changes::default());
                continue;
            }
            let parents =
                if cut.contains(&commit.id) { Vec::new() } else { self.parent_trees(commit) };
            let mut brought = self::changes(&mut self.trees, commit.tree, &parents);
            if brought.is_late {
                left.push(commit.id);
            }
            self.leave_out(&mut brought);
            changes.push(brought);
        }
        let (mut ids, direct_objects) = self.objects(list, &changes, direct_objects);
        ids.extend(tags.iter().copied());
        let Scanned { matches, blobs, bytes, missing, containers, large, left: late, cut } =
            scan_objects::scan(
                self.pipeline,
                &self.repository.database,
                &ids,
                self.threads,
                self.deadline,
            );
        left.extend(late);
        let (found, suppressed) = matches.finish();
        matches::add_suppressed(&suppressed, self.pipeline, &mut self.outcome);
        let coverage = &mut self.outcome.coverage;
        coverage.files_scanned = blobs;
        coverage.bytes_scanned = bytes;
        for (kind, id) in containers {
            coverage.leave_unopened(kind, id.to_string());
        }
        for id in cut {
            coverage.skip(Skip::EncodedText, id.to_string());
        }
        let reader = self.repository.database.reader();
        let mut rescanner = ObjectRescanner::new(self.pipeline, reader).until(self.deadline);
        for (id, found) in large {
            rescanner.insert(id, found);
        }
        self.add_paths(&commits, &changes, &rescanner);
        let mut lost: HashSet<ObjectId> = missing.into_iter().collect();
        if !found.is_empty() {
            self.add_findings(&commits, &changes, &found, &mut rescanner, &direct_objects, &tags);
        }
        lost.extend(&commits.missing);
        lost.extend(&self.trees.missing);
        left.extend(&commits.late);
        if self.is_over() && left.is_empty() {
            // Perhaps the commits to compare with have not been read.
            left.extend(commits.list.last().map(|commit| commit.id));
        }
        self.add_coverage(&commits, lost, left);
    }

    /// Takes out what the user excludes. An object at more paths than are listed is missed only
    /// where all that are listed are excluded.
    fn leave_out(&mut self, brought: &mut Changes) {
        let coverage = &mut self.outcome.coverage;
        for id in &brought.too_deep {
            coverage.skip(Skip::UnlistedPaths, format!("{id} (folders nested too deeply)"));
        }
        let listed = |changes: &Changes| changes.new.iter().map(|new| new.id).collect();
        let before: HashSet<ObjectId> =
            if brought.unlisted.is_empty() { HashSet::new() } else { listed(brought) };
        brought.new.retain(|new| !self.excluded.leaves_out(&new.path()));
        if before.is_empty() {
            return;
        }
        let after: HashSet<ObjectId> = listed(brought);
        let has_path_rules = self.pipeline.scanner().has_path_rules();
        for id in brought.unlisted.keys() {
            if has_path_rules || (before.contains(id) && !after.contains(id)) {
                coverage.skip(Skip::UnlistedPaths, id.to_string());
            }
        }
    }

    fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// The trees of a commit's parents. A parent that is missing has been counted.
    fn parent_trees(&mut self, commit: &StoredCommit) -> Vec<ObjectId> {
        let reader = self.repository.database.reader();
        let mut tree = |parent: &ObjectId| {
            let known =
                self.parents.entry(*parent).or_insert_with(|| commits::read(&reader, *parent));
            known.as_ref().map(|commit| commit.tree)
        };
        commit.parents.iter().filter_map(&mut tree).collect()
    }

    /// What is to be scanned: new blobs, the commits themselves, and what is named without a
    /// commit.
    fn objects(
        &mut self,
        list: &[StoredCommit],
        changes: &[Changes],
        named: &[ObjectId],
    ) -> (Vec<ObjectId>, Vec<ObjectId>) {
        let mut seen = HashSet::new();
        let mut ids = Vec::new();
        for new in changes.iter().flat_map(|changes| &changes.new) {
            match new.kind {
                EntryKind::Submodule if seen.insert(new.id) => {
                    let path = shown_path(self.pipeline.scanner().redactor(), &new.path());
                    self.outcome
                        .coverage
                        .leave_unopened(tokensieve_core::coverage::Container::Submodule, path);
                }
                EntryKind::Blob if seen.insert(new.id) => ids.push(new.id),
                _ => {}
            }
        }
        ids.extend(list.iter().map(|commit| commit.id));
        let reader = self.repository.database.reader();
        let mut direct_objects = Vec::new();
        for id in named {
            match reader.header(id) {
                Some((Kind::Tree, _)) => {
                    direct_objects.extend(self.trees.blobs(*id, &mut HashSet::new()));
                }
                _ => direct_objects.push(*id),
            }
        }
        ids.extend(direct_objects.iter().filter(|id| seen.insert(**id)));
        (ids, direct_objects)
    }

    fn add_coverage(&mut self, commits: &Commits, lost: HashSet<ObjectId>, left: Vec<ObjectId>) {
        let coverage = &mut self.outcome.coverage;
        let mut git = GitCoverage {
            commits: commits.list.len() as u64,
            blobs_scanned: coverage.files_scanned,
            missing_objects: lost.len() as u64,
            shallow: false,
        };
        for id in lost {
            self.repository.database.skip(&id, Skip::MissingObject, coverage);
        }
        for id in &commits.cut {
            git.shallow = true;
            coverage.skip(
                Skip::ShallowHistory,
                format!("{id} (to get the rest: git fetch --unshallow)"),
            );
        }
        for id in left {
            coverage.skip(Skip::OutOfTime, id.to_string());
        }
        coverage.git = Some(git);
    }

    /// Adds findings of the secrets that commits of the range introduced.
    fn add_findings(
        &mut self,
        commits: &Commits,
        changes: &[Changes],
        found: &[FoundSecret<'p, ObjectId>],
        rescanner: &mut ObjectRescanner<'p>,
        direct_objects: &[ObjectId],
        tags: &[ObjectId],
    ) {
        let mut secrets_by_object = SecretsByObject::new(found);
        let mut introduced = self.introduced(commits, changes, &mut secrets_by_object, found.len());
        let mut last: Vec<Option<ObjectId>> = vec![None; found.len()];
        for commit in &commits.list {
            for (secret, last) in (0_u32..).zip(&mut last) {
                if !introduced[secret as usize].places.is_empty()
                    && secrets_by_object.contains(&mut self.lookout(), commit, secret)
                {
                    *last = Some(commit.id);
                }
            }
        }
        let head = self
            .repository
            .head()
            .and_then(|id| commits::read(&self.repository.database.reader(), id));
        let builder = rescanner.builder();
        let reader = self.repository.database.reader();
        let describe = |id: ObjectId| read_description(&reader, &id);
        // The text of a tag, and an object that is named without a commit, are new with it.
        for (brought, found) in introduced.iter_mut().zip(found) {
            let named = direct_objects.iter().chain(tags).filter(|id| found.objects.contains(id));
            let commit = |id: &ObjectId| if tags.contains(id) { self.peel(*id) } else { *id };
            brought.places.extend(named.map(|id| Introduction {
                commit: Some(commit(id)),
                path: Vec::new(),
                object: *id,
            }));
        }
        let introducing = |brought: &Brought| {
            brought.places.iter().filter_map(|place| place.commit).collect::<Vec<_>>()
        };
        let introducing: Vec<Vec<ObjectId>> = introduced.iter().map(introducing).collect();
        let references = self.references(commits, &introducing);
        for (secret, found) in (0_u32..).zip(found) {
            let Brought { places: introductions, more } =
                std::mem::take(&mut introduced[secret as usize]);
            if introductions.is_empty() {
                if !found.is_shadowed {
                    self.outcome.coverage.suppress("was there before");
                }
                continue;
            }
            let is_in_head = head
                .as_ref()
                .is_some_and(|head| secrets_by_object.contains(&mut self.lookout(), head, secret));
            let base = Provenance {
                commit: None,
                last_commit: last[secret as usize].map(|id| id.to_string()),
                in_head: is_in_head,
                refs: references[secret as usize].clone(),
                place_count: more,
                ..Provenance::default()
            };
            let lookups = introductions
                .iter()
                .map(|one| (one.commit, rescanner.lookup(found.rule, &found.secret, one)));
            let gap = builder.add_introduced(lookups, &base, &describe, &mut self.outcome);
            if let Some(gap) = gap {
                let coverage = &mut self.outcome.coverage;
                self.repository.database.skip(&found.objects[0], gap, coverage);
            }
        }
    }

    /// What searches trees for secrets.
    fn lookout(&mut self) -> Lookout<'_, 'p> {
        Lookout {
            pipeline: self.pipeline,
            database: &self.repository.database,
            threads: self.threads,
            deadline: self.deadline,
            trees: &mut self.trees,
        }
    }

    /// Returns for each of `count` secrets where commits introduced it: no parent has it.
    fn introduced(
        &mut self,
        commits: &Commits,
        changes: &[Changes],
        secrets_by_object: &mut SecretsByObject,
        count: usize,
    ) -> Vec<Brought> {
        let mut introduced = vec![Brought::default(); count];
        for (commit, changes) in commits.list.iter().zip(changes) {
            for (secret, brought) in secrets_by_object.brought(commit, changes) {
                let is_cut = commits.cut.contains(&commit.id);
                let parents = if is_cut { Vec::new() } else { self.parent_trees(commit) };
                let was_there = parents.iter().any(|tree| {
                    let mut lookout = self.lookout();
                    secrets_by_object.tree_contains(&mut lookout, *tree, &changes.old, secret)
                });
                if !was_there {
                    introduced[secret as usize].add(brought, count);
                }
            }
        }
        introduced
    }

    /// Adds findings of rules about paths alone, for paths that were not there before.
    fn add_paths(
        &mut self,
        commits: &Commits,
        changes: &[Changes],
        rescanner: &ObjectRescanner<'p>,
    ) {
        let scanner = self.pipeline.scanner();
        if !scanner.has_path_rules() {
            return;
        }
        let mut introduced: BTreeMap<Vec<u8>, Vec<ObjectId>> = BTreeMap::new();
        for (commit, changes) in commits.list.iter().zip(changes) {
            let parents = if commits.cut.contains(&commit.id) {
                Vec::new()
            } else {
                self.parent_trees(commit)
            };
            for new in changes.new.iter().filter(|new| new.kind == EntryKind::Blob) {
                let path = new.path();
                let is_found = !scanner.by_path(&path).is_empty();
                if is_found
                    && !parents.iter().any(|tree| self.trees.blob_at(*tree, &path).is_some())
                {
                    introduced.entry(path).or_default().push(commit.id);
                }
            }
        }
        if introduced.is_empty() {
            return;
        }
        let head = self
            .repository
            .head()
            .and_then(|id| commits::read(&self.repository.database.reader(), id));
        let introducing: Vec<Vec<ObjectId>> = introduced.values().cloned().collect();
        let references = self.references(commits, &introducing);
        let reader = self.repository.database.reader();
        let describe = |id: ObjectId| read_description(&reader, &id);
        for ((path, introducing), references) in introduced.into_iter().zip(references) {
            let mut has_path =
                |commit: &StoredCommit| self.trees.blob_at(commit.tree, &path).is_some();
            let last = commits.list.iter().rev().find(|commit| has_path(commit));
            let base = Provenance {
                commit: None,
                last_commit: last.map(|commit| commit.id.to_string()),
                in_head: head.as_ref().is_some_and(&mut has_path),
                refs: references,
                ..Provenance::default()
            };
            for found in FoundPath::all(scanner, &path) {
                let lookups = introducing
                    .iter()
                    .map(|commit| (Some(*commit), rescanner.lookup_path(&found, Some(*commit))));
                let builder = rescanner.builder();
                let gap = builder.add_introduced(lookups, &base, &describe, &mut self.outcome);
                if let Some(gap) = gap {
                    let path = shown_path(scanner.redactor(), &path);
                    self.outcome.coverage.skip(gap, path);
                }
            }
        }
    }

    /// Counts, for each list of commits, the references that lead to one of them.
    fn references(
        &self,
        commits: &Commits,
        introducing: &[Vec<ObjectId>],
    ) -> Vec<SharedReferences> {
        let places: HashMap<ObjectId, usize> =
            commits.list.iter().map(|commit| commit.id).zip(0..).collect();
        let tips = self.repository.named();
        let mut peeled: HashMap<ObjectId, Option<usize>> = HashMap::new();
        for tip in &tips {
            peeled.entry(tip.id).or_insert_with(|| places.get(&self.peel(tip.id)).copied());
        }
        let mut counter = ReferenceCounter::new(self.pipeline, &tips);
        let mut references = Vec::with_capacity(introducing.len());
        // As many at once as there are bits in a word.
        for batch in introducing.chunks(64) {
            let mut masks = vec![0_u64; commits.list.len()];
            for (bit, ids) in batch.iter().enumerate() {
                for at in ids.iter().filter_map(|id| places.get(id)) {
                    masks[*at] |= 1 << bit;
                }
            }
            for (at, commit) in commits.list.iter().enumerate() {
                for parent in commit.parents.iter().filter_map(|parent| places.get(parent)) {
                    masks[at] |= masks[*parent];
                }
            }
            for bit in 0..batch.len() {
                let leads = |tip: &Tip| peeled[&tip.id].is_some_and(|at| masks[at] & 1 << bit != 0);
                let leading = (0..).zip(&tips).filter(|(_, tip)| leads(tip));
                references.push(counter.count(leading.map(|(at, _)| at).collect()));
            }
        }
        references
    }

    fn peel(&self, tag: ObjectId) -> ObjectId {
        peeled(self.repository, &[tag]).0[0]
    }
}
