//! What the commits of a range brought in.
//!
//! For each commit, what its tree has and the trees of its parents have not is looked at: merges
//! and what was taken back later included. A secret that is found there counts if no parent's tree
//! holds it, wherever: a move is no introduction.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use gix::ObjectId;
use gix::objs::{Kind, TagRefIter};
use tokensieve_core::{Finding, GitCoverage, Place, Provenance, Skip};

use crate::git::findings::blobs::{self, Scanned, threads};
use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, Found};
use crate::git::findings::places::FoundPath;
use crate::git::findings::places::{Introductions, Places};
use crate::git::store::commits::describe;
use crate::git::store::commits::{self, Commit, Commits};
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
    /// When the scan has to be over. What is not looked at by then is a gap.
    pub deadline: Option<Instant>,
}

/// Scans what the commits of a range brought in.
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
    let (starts, direct): (Vec<ObjectId>, Vec<ObjectId>) = tips.into_iter().partition(is_commit);
    let commits = commits::between(&reader, &starts, &exclude, &repository.shallow());
    let mut range = Range {
        pipeline,
        repository,
        threads: threads(options.threads),
        deadline: options.deadline,
        excluded: Excluded::new(&options.exclude_paths),
        trees: Trees::new(reader.clone()),
        parents: HashMap::new(),
        outcome: Outcome::default(),
    };
    range.run(commits, &direct, tags);
    let mut outcome = range.outcome;
    outcome.findings.sort_by(Finding::report_order);
    outcome.silenced.sort_by(Finding::report_order);
    outcome.notes.sort();
    outcome
}

/// What tags lead to, and the tags on the way.
fn peeled(repository: &Repository, ids: &[ObjectId]) -> (Vec<ObjectId>, Vec<ObjectId>) {
    /// Nobody tags tags of tags as often.
    const DEEPEST: usize = 64;
    let reader = repository.database.reader();
    let (mut tips, mut tags) = (Vec::new(), Vec::new());
    let mut data = Vec::new();
    for id in ids {
        let mut id = *id;
        for _ in 0..DEEPEST {
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

struct Range<'p, 'r> {
    pipeline: &'p Pipeline,
    repository: &'r Repository,
    threads: usize,
    deadline: Option<Instant>,
    excluded: Excluded,
    trees: Trees,
    /// Commits outside of the range that were read for their trees.
    parents: HashMap<ObjectId, Option<Commit>>,
    outcome: Outcome,
}

impl<'p> Range<'p, '_> {
    fn run(&mut self, commits: Commits, direct: &[ObjectId], tags: Vec<ObjectId>) {
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
        let (mut ids, direct) = self.objects(list, &changes, direct);
        ids.extend(tags.iter().copied());
        let Scanned { matches, blobs, bytes, missing, containers, large, left: late } = blobs::scan(
            self.pipeline,
            &self.repository.database,
            &ids,
            self.threads,
            self.deadline,
        );
        left.extend(late);
        let (found, suppressed) = matches.finish();
        matches::tell_suppressed(&suppressed, self.pipeline, &mut self.outcome);
        let coverage = &mut self.outcome.coverage;
        coverage.files_scanned = blobs;
        coverage.bytes_scanned = bytes;
        for (kind, id) in containers {
            coverage.leave_unopened(kind, id.to_string());
        }
        let mut places = Places::new(self.pipeline, self.repository.database.reader());
        for (id, found) in large {
            places.know(id, found);
        }
        self.tell_paths(&commits, &changes, &places);
        let mut lost: HashSet<ObjectId> = missing.into_iter().collect();
        if !found.is_empty() {
            self.tell(&commits, &changes, &found, &mut places, &direct, &tags);
        }
        lost.extend(&commits.missing);
        lost.extend(&self.trees.missing);
        self.tell_coverage(&commits, lost, left);
    }

    fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// The trees of a commit's parents. A parent that is missing has been counted.
    fn parent_trees(&mut self, commit: &Commit) -> Vec<ObjectId> {
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
        list: &[Commit],
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
                        .leave_unopened(tokensieve_core::Container::Submodule, path);
                }
                EntryKind::Blob if seen.insert(new.id) => ids.push(new.id),
                _ => {}
            }
        }
        ids.extend(list.iter().map(|commit| commit.id));
        let reader = self.repository.database.reader();
        let mut direct = Vec::new();
        for id in named {
            match reader.header(id) {
                Some((Kind::Tree, _)) => direct.extend(self.trees.blobs(*id, &mut HashSet::new())),
                _ => direct.push(*id),
            }
        }
        ids.extend(direct.iter().filter(|id| seen.insert(**id)));
        (ids, direct)
    }

    fn tell_coverage(&mut self, commits: &Commits, lost: HashSet<ObjectId>, left: Vec<ObjectId>) {
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

    /// Tells which commits introduced what was found.
    fn tell(
        &mut self,
        commits: &Commits,
        changes: &[Changes],
        found: &[Found<'p, ObjectId>],
        places: &mut Places<'p>,
        direct: &[ObjectId],
        tags: &[ObjectId],
    ) {
        let mut holders = Holders::new(found);
        let mut introduced: Vec<Vec<Introduction>> = vec![Vec::new(); found.len()];
        for (commit, changes) in commits.list.iter().zip(changes) {
            for (secret, paths) in holders.brought(commit, changes) {
                let is_cut = commits.cut.contains(&commit.id);
                let parents = if is_cut { Vec::new() } else { self.parent_trees(commit) };
                let was_there =
                    parents.iter().any(|tree| holders.holds(self, *tree, &changes.old, secret));
                if !was_there {
                    introduced[secret as usize].push(Introduction { commit: commit.id, paths });
                }
            }
        }
        let mut last: Vec<Option<ObjectId>> = vec![None; found.len()];
        for commit in &commits.list {
            for (secret, last) in (0_u32..).zip(&mut last) {
                if !introduced[secret as usize].is_empty()
                    && holders.holds_at_all(self, commit, secret)
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
        for (secret, found) in (0_u32..).zip(found) {
            let mut introductions = std::mem::take(&mut introduced[secret as usize]);
            // What a tag says, or what is named without a commit, is new with it.
            let named = direct.iter().chain(tags).filter(|id| found.objects.contains(id));
            let commit = |id: &ObjectId| if tags.contains(id) { self.peel(*id) } else { *id };
            introductions.extend(
                named.map(|id| Introduction { commit: commit(id), paths: vec![(Vec::new(), *id)] }),
            );
            if introductions.is_empty() {
                if !found.is_shadowed {
                    self.outcome.coverage.suppress("was there before");
                }
                continue;
            }
            let is_in_head =
                head.as_ref().is_some_and(|head| holders.holds_at_all(self, head, secret));
            let provenance = Provenance {
                commit: None,
                last_commit: last[secret as usize].map(|id| id.to_string()),
                in_head: is_in_head,
                refs: reached.by(&introductions),
                places: Vec::new(),
            };
            let finding = self.finding(found, &introductions, provenance, places);
            self.outcome.findings.extend(finding);
        }
    }

    /// Tells the paths that rules about paths alone find, and that were not there before.
    fn tell_paths(&mut self, commits: &Commits, changes: &[Changes], places: &Places<'p>) {
        let scanner = self.pipeline.scanner();
        if !scanner.has_path_rules() {
            return;
        }
        let mut introduced: BTreeMap<Vec<u8>, Vec<Introduction>> = BTreeMap::new();
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
                    let introduction = Introduction { commit: commit.id, paths: Vec::new() };
                    introduced.entry(new.path.clone()).or_default().push(introduction);
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
        for (path, introductions) in introduced {
            let last = commits
                .list
                .iter()
                .rev()
                .find(|commit| self.trees.blob_at(commit.tree, &path).is_some());
            let frame = Provenance {
                commit: None,
                last_commit: last.map(|commit| commit.id.to_string()),
                in_head: head
                    .as_ref()
                    .is_some_and(|head| self.trees.blob_at(head.tree, &path).is_some()),
                refs: reached.by(&introductions),
                places: Vec::new(),
            };
            let ids: Vec<Option<ObjectId>> =
                introductions.iter().map(|one| Some(one.commit)).collect();
            for found in FoundPath::all(scanner, &path) {
                let told = found.tell(&ids, &frame, places, &|commit| self.described(&commit));
                self.outcome.merge(told);
            }
        }
    }

    fn peel(&self, tag: ObjectId) -> ObjectId {
        peeled(self.repository, &[tag]).0[0]
    }

    fn finding(
        &mut self,
        found: &Found<'p, ObjectId>,
        introductions: &[Introduction],
        mut provenance: Provenance,
        places: &mut Places<'p>,
    ) -> Option<Finding> {
        let mut taken = Introductions::new();
        for introduction in introductions {
            for (path, object) in &introduction.paths {
                let sighting = places.first(
                    *object,
                    found.rule,
                    &found.secret,
                    path,
                    Some(&introduction.commit),
                );
                let is_first = taken.first.is_none();
                let Some(spot) = taken.take(sighting, Some(introduction.commit)) else { continue };
                provenance.places.push(Place {
                    commit: introduction.commit.to_string(),
                    path: String::from_utf8_lossy(&spot.path).into_owned(),
                    start_line: spot.located.start.line,
                });
                if is_first {
                    provenance.commit = self.described(&introduction.commit);
                }
            }
        }
        let redactor = self.pipeline.scanner().redactor();
        if let Some((spot, silence, commit)) = taken.silenced() {
            let finding = || {
                provenance.commit = commit.and_then(|commit| self.described(&commit));
                places.finding(spot).with_provenance(provenance.redacted(redactor))
            };
            let mut outcome = Outcome::default();
            self.pipeline.tell_silenced(
                &mut outcome,
                silence,
                (&spot.path, &spot.located),
                finding,
            );
            self.outcome.merge(outcome);
            return None;
        }
        let finding = places.finding(&taken.first?);
        Some(finding.with_provenance(provenance.redacted(redactor)))
    }

    /// What a commit says about itself.
    fn described(&self, commit: &ObjectId) -> Option<tokensieve_core::Commit> {
        let mut data = Vec::new();
        let kind = self.repository.database.reader().read(commit, &mut data);
        (kind == Some(Kind::Commit)).then(|| describe(commit, &data))
    }
}

/// Where a secret stands: a path, which is empty where no tree gives one, and the object.
type Spot = (Vec<u8>, ObjectId);

/// A commit that introduced a secret, with the paths and the objects that hold it there.
#[derive(Clone, Debug)]
struct Introduction {
    commit: ObjectId,
    paths: Vec<Spot>,
}

/// Which objects hold which of the secrets that were found.
struct Holders {
    secrets: HashMap<(String, Vec<u8>), u32>,
    blobs: HashMap<ObjectId, Vec<u32>>,
    trees: HashMap<ObjectId, Vec<u32>>,
    /// Trees below which all blobs are known.
    known: HashSet<ObjectId>,
}

impl Holders {
    fn new(found: &[Found<'_, ObjectId>]) -> Self {
        let key = |found: &Found<'_, ObjectId>| {
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
    fn brought(&self, commit: &Commit, changes: &Changes) -> Vec<(u32, Vec<Spot>)> {
        let mut brought: HashMap<u32, Vec<Spot>> = HashMap::new();
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

    /// Whether a tree holds a secret. What a commit replaced is looked at first: there it is if it
    /// was moved.
    fn holds(
        &mut self,
        range: &mut Range<'_, '_>,
        tree: ObjectId,
        likely: &HashSet<ObjectId>,
        secret: u32,
    ) -> bool {
        let mut likely: Vec<ObjectId> = likely.iter().copied().collect();
        likely.sort();
        self.look_at(range, &likely);
        if likely.iter().any(|blob| self.blobs.get(blob).is_some_and(|held| held.contains(&secret)))
        {
            return true;
        }
        self.in_tree(range, tree).contains(&secret)
    }

    fn holds_at_all(&mut self, range: &mut Range<'_, '_>, commit: &Commit, secret: u32) -> bool {
        self.blobs.get(&commit.id).is_some_and(|held| held.contains(&secret))
            || self.in_tree(range, commit.tree).contains(&secret)
    }

    /// Scans blobs that have not been scanned, for the secrets that were found.
    fn look_at(&mut self, range: &Range<'_, '_>, blobs: &[ObjectId]) {
        let unknown: Vec<ObjectId> =
            blobs.iter().copied().filter(|blob| !self.blobs.contains_key(blob)).collect();
        if unknown.is_empty() {
            return;
        }
        let database = &range.repository.database;
        let scanned =
            blobs::scan(range.pipeline, database, &unknown, range.threads, range.deadline);
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
    fn in_tree(&mut self, range: &mut Range<'_, '_>, tree: ObjectId) -> &[u32] {
        if !self.trees.contains_key(&tree) {
            let blobs = range.trees.blobs(tree, &mut self.known);
            self.look_at(range, &blobs);
            let held = self.sum(range, tree);
            self.trees.insert(tree, held);
        }
        &self.trees[&tree]
    }

    fn sum(&mut self, range: &mut Range<'_, '_>, root: ObjectId) -> Vec<u32> {
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

    fn by(&self, introductions: &[Introduction]) -> Vec<String> {
        let names =
            introductions.iter().filter_map(|introduction| self.names.get(&introduction.commit));
        let mut names: Vec<String> = names.flatten().cloned().collect();
        names.sort();
        names.dedup();
        names
    }
}
