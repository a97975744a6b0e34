//! Scans the commits of a range.
//!
//! For each commit, the blobs that its tree has and the trees of its parents have not are scanned,
//! those of merges and those removed later included. A commit introduces a secret if no parent's
//! tree holds it at any path: a move is no introduction.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use gix::ObjectId;
use gix::objs::{Kind, TagRefIter};
use tokensieve_core::Provenance;
use tokensieve_core::coverage::{GitCoverage, Skip};

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, FoundSecret};
use crate::git::findings::rescanner::{FoundPath, Introduction, ObjectRescanner};
use crate::git::findings::scan_objects::{self, Scanned, threads};
use crate::git::store::commits::{self, Commits, StoredCommit, read_description};
use crate::git::store::repository::Repository;
use crate::git::store::tree_diff::{Changes, EntryKind, Trees};
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
    /// When the scan has to end. Objects not scanned by then are a gap in the coverage.
    pub deadline: Option<Instant>,
}

/// Scans the commits of a range. Findings and coverage are in the order of reports.
pub fn scan_range(
    pipeline: &Pipeline,
    repository: &mut Repository,
    options: &RangeOptions,
) -> Outcome {
    let reader = repository.database.reader();
    let (tips, tags) = peeled(repository, &options.include);
    let (exclude, _) = peeled(repository, &options.exclude);
    // A reference can name a blob or a tree. What is not there at all is left to be missed.
    let is_commit =
        |tip: &ObjectId| reader.header(tip).is_none_or(|(kind, _)| kind == Kind::Commit);
    let (starts, direct_objects): (Vec<ObjectId>, Vec<ObjectId>) =
        tips.into_iter().partition(is_commit);
    let commits = commits::between(&reader, &starts, &exclude, &repository.shallow());
    let mut range = RangeScan {
        pipeline,
        repository,
        threads: threads(options.threads),
        deadline: options.deadline,
        excluded: Excluded::new(&options.exclude_paths),
        trees: Trees::new(reader.clone()),
        parents: HashMap::new(),
        outcome: Outcome::default(),
    };
    range.run(commits, &direct_objects, tags);
    let mut outcome = range.outcome;
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
            let mut brought = self.trees.changes(commit.tree, &parents);
            brought.new.retain(|new| !self.excluded.leaves_out(&new.path));
            changes.push(brought);
        }
        let (mut ids, direct_objects) = self.objects(list, &changes, direct_objects);
        ids.extend(tags.iter().copied());
        let Scanned { matches, blobs, bytes, missing, containers, large, left: late } =
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
        let reader = self.repository.database.reader();
        let mut rescanner = ObjectRescanner::new(self.pipeline, reader);
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
        self.add_coverage(&commits, lost, left);
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
                    let path = shown_path(self.pipeline.scanner().redactor(), &new.path);
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
                    direct_objects.extend(self.trees.blobs(*id, &mut HashSet::new()))
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
            coverage.skip(Skip::MissingObject, id.to_string());
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
        let mut introduced: Vec<Vec<Introduction>> = vec![Vec::new(); found.len()];
        for (commit, changes) in commits.list.iter().zip(changes) {
            for (secret, paths) in secrets_by_object.brought(commit, changes) {
                let is_cut = commits.cut.contains(&commit.id);
                let parents = if is_cut { Vec::new() } else { self.parent_trees(commit) };
                let was_there = parents
                    .iter()
                    .any(|tree| secrets_by_object.tree_contains(self, *tree, &changes.old, secret));
                if !was_there {
                    let introductions = paths.into_iter().map(|(path, object)| Introduction {
                        commit: Some(commit.id),
                        path,
                        object,
                    });
                    introduced[secret as usize].extend(introductions);
                }
            }
        }
        let mut last: Vec<Option<ObjectId>> = vec![None; found.len()];
        for commit in &commits.list {
            for (secret, last) in (0_u32..).zip(&mut last) {
                if !introduced[secret as usize].is_empty()
                    && secrets_by_object.contains(self, commit, secret)
                {
                    *last = Some(commit.id);
                }
            }
        }
        let head = self
            .repository
            .head()
            .and_then(|id| commits::read(&self.repository.database.reader(), id));
        let reached = ReachedBy::new(self.repository, commits);
        let builder = rescanner.builder();
        let reader = self.repository.database.reader();
        let describe = |id: ObjectId| read_description(&reader, &id);
        for (secret, found) in (0_u32..).zip(found) {
            let mut introductions = std::mem::take(&mut introduced[secret as usize]);
            // What a tag says, or what is named without a commit, is new with it.
            let named = direct_objects.iter().chain(tags).filter(|id| found.objects.contains(id));
            let commit = |id: &ObjectId| if tags.contains(id) { self.peel(*id) } else { *id };
            introductions.extend(named.map(|id| Introduction {
                commit: Some(commit(id)),
                path: Vec::new(),
                object: *id,
            }));
            if introductions.is_empty() {
                if !found.is_shadowed {
                    self.outcome.coverage.suppress("was there before");
                }
                continue;
            }
            let is_in_head =
                head.as_ref().is_some_and(|head| secrets_by_object.contains(self, head, secret));
            let base = Provenance {
                commit: None,
                last_commit: last[secret as usize].map(|id| id.to_string()),
                in_head: is_in_head,
                refs: reached.by(introductions.iter().filter_map(|one| one.commit)),
                places: Vec::new(),
            };
            let lookups = introductions
                .iter()
                .map(|one| (one.commit, rescanner.lookup(found.rule, &found.secret, one)));
            builder.add_introduced(lookups, &base, &describe, &mut self.outcome);
        }
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
                let is_found = !scanner.by_path(&new.path).is_empty();
                if is_found
                    && !parents.iter().any(|tree| self.trees.blob_at(*tree, &new.path).is_some())
                {
                    introduced.entry(new.path.clone()).or_default().push(commit.id);
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
        let reached = ReachedBy::new(self.repository, commits);
        let reader = self.repository.database.reader();
        let describe = |id: ObjectId| read_description(&reader, &id);
        for (path, introducing) in introduced {
            let mut has_path =
                |commit: &StoredCommit| self.trees.blob_at(commit.tree, &path).is_some();
            let last = commits.list.iter().rev().find(|commit| has_path(commit));
            let base = Provenance {
                commit: None,
                last_commit: last.map(|commit| commit.id.to_string()),
                in_head: head.as_ref().is_some_and(&mut has_path),
                refs: reached.by(introducing.iter().copied()),
                places: Vec::new(),
            };
            for found in FoundPath::all(scanner, &path) {
                let lookups = introducing
                    .iter()
                    .map(|commit| (Some(*commit), rescanner.lookup_path(&found, Some(*commit))));
                rescanner.builder().add_introduced(lookups, &base, &describe, &mut self.outcome);
            }
        }
    }

    fn peel(&self, tag: ObjectId) -> ObjectId {
        peeled(self.repository, &[tag]).0[0]
    }
}

/// A path, which is empty where no tree gives one, and the object there.
type PathAndObject = (Vec<u8>, ObjectId);

/// Which objects hold which of the secrets that were found.
struct SecretsByObject {
    secrets: HashMap<(String, Vec<u8>), u32>,
    blobs: HashMap<ObjectId, Vec<u32>>,
    trees: HashMap<ObjectId, Vec<u32>>,
    /// Trees below which all blobs are known.
    known: HashSet<ObjectId>,
}

impl SecretsByObject {
    fn new(found: &[FoundSecret<'_, ObjectId>]) -> Self {
        let key = |found: &FoundSecret<'_, ObjectId>| {
            (found.rule.id().to_owned(), found.secret.expose().to_vec())
        };
        let secrets = found.iter().map(key).zip(0..).collect();
        let mut blobs: HashMap<ObjectId, Vec<u32>> = HashMap::new();
        for (secret, found) in (0..).zip(found) {
            for object in &found.objects {
                blobs.entry(*object).or_default().push(secret);
            }
        }
        Self { secrets, blobs, trees: HashMap::new(), known: HashSet::new() }
    }

    /// The secrets in what a commit brought, with their places.
    fn brought(&self, commit: &StoredCommit, changes: &Changes) -> Vec<(u32, Vec<PathAndObject>)> {
        let mut brought: HashMap<u32, Vec<PathAndObject>> = HashMap::new();
        let own = (Vec::new(), commit.id);
        let new = changes.new.iter().map(|new| (new.path.clone(), new.id));
        for (path, id) in new.chain([own]) {
            for secret in self.blobs.get(&id).into_iter().flatten() {
                brought.entry(*secret).or_default().push((path.clone(), id));
            }
        }
        let mut brought: Vec<_> = brought.into_iter().collect();
        brought.sort_by_key(|(secret, _)| *secret);
        brought
    }

    /// Whether a tree holds a secret. The blobs that a commit replaced are scanned first: there it
    /// is if it was moved. Blobs are scanned when they are first asked about.
    fn tree_contains(
        &mut self,
        range: &mut RangeScan<'_, '_>,
        tree: ObjectId,
        likely: &HashSet<ObjectId>,
        secret: u32,
    ) -> bool {
        let mut likely: Vec<ObjectId> = likely.iter().copied().collect();
        likely.sort();
        self.scan_for_secrets(range, &likely);
        if likely.iter().any(|blob| self.blobs.get(blob).is_some_and(|held| held.contains(&secret)))
        {
            return true;
        }
        self.in_tree(range, tree).contains(&secret)
    }

    fn contains(
        &mut self,
        range: &mut RangeScan<'_, '_>,
        commit: &StoredCommit,
        secret: u32,
    ) -> bool {
        self.blobs.get(&commit.id).is_some_and(|held| held.contains(&secret))
            || self.in_tree(range, commit.tree).contains(&secret)
    }

    /// Scans blobs that have not been scanned, for the secrets that were found.
    fn scan_for_secrets(&mut self, range: &RangeScan<'_, '_>, blobs: &[ObjectId]) {
        let unknown: Vec<ObjectId> =
            blobs.iter().copied().filter(|blob| !self.blobs.contains_key(blob)).collect();
        if unknown.is_empty() {
            return;
        }
        let database = &range.repository.database;
        let scanned =
            scan_objects::scan(range.pipeline, database, &unknown, range.threads, range.deadline);
        for blob in unknown {
            self.blobs.insert(blob, Vec::new());
        }
        for found in scanned.matches.finish().0 {
            let key = (found.rule.id().to_owned(), found.secret.expose().to_vec());
            if let Some(secret) = self.secrets.get(&key) {
                for object in found.objects {
                    self.blobs.entry(object).or_default().push(*secret);
                }
            }
        }
    }

    /// The secrets in a tree.
    fn in_tree(&mut self, range: &mut RangeScan<'_, '_>, tree: ObjectId) -> &[u32] {
        if !self.trees.contains_key(&tree) {
            let blobs = range.trees.blobs(tree, &mut self.known);
            self.scan_for_secrets(range, &blobs);
            let held = self.sum(range, tree);
            self.trees.insert(tree, held);
        }
        &self.trees[&tree]
    }

    fn sum(&mut self, range: &mut RangeScan<'_, '_>, root: ObjectId) -> Vec<u32> {
        // Subtrees first, without recursion: a tree can be nested deeper than a stack of calls.
        let mut open = vec![(root, false)];
        let mut started = HashSet::new();
        while let Some((tree, is_ready)) = open.pop() {
            if self.trees.contains_key(&tree) {
                continue;
            }
            let Some(entries) = range.trees.read(tree) else {
                self.trees.insert(tree, Vec::new());
                continue;
            };
            let of_kind = |kind: EntryKind| {
                entries.values().filter(move |entry| entry.kind == kind).map(|entry| entry.id)
            };
            if !is_ready {
                if started.insert(tree) {
                    open.push((tree, true));
                    open.extend(of_kind(EntryKind::Tree).map(|tree| (tree, false)));
                }
                continue;
            }
            let in_blobs = of_kind(EntryKind::Blob).filter_map(|blob| self.blobs.get(&blob));
            let in_trees = of_kind(EntryKind::Tree).filter_map(|tree| self.trees.get(&tree));
            let mut held: Vec<u32> = in_blobs.chain(in_trees).flatten().copied().collect();
            held.sort_unstable();
            held.dedup();
            self.trees.insert(tree, held);
        }
        self.trees.get(&root).cloned().unwrap_or_default()
    }
}

/// Which references lead to the commits of a range.
struct ReachedBy {
    /// For each commit of the range, the names of references to it and to what follows it in the
    /// range.
    names: HashMap<ObjectId, Vec<String>>,
}

impl ReachedBy {
    fn new(repository: &Repository, commits: &Commits) -> Self {
        let in_range: HashSet<ObjectId> = commits.list.iter().map(|commit| commit.id).collect();
        let mut names: HashMap<ObjectId, Vec<String>> = HashMap::new();
        for tip in repository.named() {
            let target = peeled(repository, &[tip.id]).0[0];
            if in_range.contains(&target) {
                names.entry(target).or_default().push(tip.name);
            }
        }
        // Children before their parents: what leads to a child leads to its parents.
        for commit in commits.list.iter().rev() {
            let Some(own) = names.get(&commit.id).cloned() else { continue };
            for parent in commit.parents.iter().filter(|parent| in_range.contains(*parent)) {
                let known = names.entry(*parent).or_default();
                known.extend(own.iter().cloned());
                known.sort();
                known.dedup();
            }
        }
        Self { names }
    }

    /// The names of the references that lead to some of the commits.
    fn by(&self, commits: impl Iterator<Item = ObjectId>) -> Vec<String> {
        let mut names = Vec::new();
        for commit in commits {
            names.extend(self.names.get(&commit).into_iter().flatten().cloned());
        }
        names.sort();
        names.dedup();
        names
    }
}
