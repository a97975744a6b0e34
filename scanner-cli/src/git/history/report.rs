//! Reports a history: coverage, and each secret at the place that introduced it.

use std::collections::{BTreeMap, HashMap, HashSet};

use gix::ObjectId;
use gix::objs::Kind;
use tokensieve_core::coverage::{Container, GitCoverage, Skip};
use tokensieve_core::{Located, Provenance};

use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, FoundSecret};
use crate::git::findings::paths::PathWalk;
use crate::git::findings::references::ReferenceCounter;
use crate::git::findings::rescanner::{Introduction, ObjectRescanner};
use crate::git::history::attribution::{self, SecretsByTree};
use crate::git::history::graph::Graph;
use crate::git::history::introductions::IntroductionFinder;
use crate::git::history::lies::Lies;
use crate::git::history::options::HistoryOptions;
use crate::git::store::commits::read_description;
use crate::git::store::database::Reader;
use crate::git::store::numbers::Numbers;
use crate::git::store::objects::{NONE, Number, Objects};
use crate::git::store::repository::{Repository, Tip};
use crate::git::store::trees;
use crate::pipeline::{Outcome, Pipeline, shown_path};

/// The largest blob that a reference names and that is hashed.
const MAX_CHECKED_LEN: u64 = 64 << 20;

/// What a report is about.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    pub(crate) pipeline: &'s Pipeline,
    pub(crate) objects: &'a Objects,
    pub(crate) repository: &'a Repository,
    pub(crate) options: &'a HistoryOptions,
    pub(crate) tips: &'a [Tip],
}

/// Everything that was read of a repository.
pub(crate) struct History<'s> {
    pub(crate) graph: Graph,
    pub(crate) shallow: Numbers,
    /// The secrets that what is reached holds.
    pub(crate) found: Vec<FoundSecret<'s, Number>>,
    /// What else holds each of them.
    pub(crate) elsewhere: Vec<Vec<Number>>,
    /// What is not reached and has something to hide.
    pub(crate) hiding: Numbers,
    pub(crate) suppressed: Vec<(&'s str, &'static str)>,
    /// Commits, trees and tags that are reached, and their blobs.
    pub(crate) reached: Numbers,
    pub(crate) blobs: Numbers,
    pub(crate) bytes: u64,
    pub(crate) missing: HashMap<Number, ObjectId>,
    pub(crate) unreadable: Vec<Number>,
    /// What has encoded texts that were not searched to their end.
    pub(crate) cut: Vec<Number>,
    /// Trees that are not reached and not what their ids say.
    pub(crate) wrong_trees: Vec<Number>,
    /// Blobs that trees list.
    pub(crate) listed: Numbers,
    pub(crate) containers: Vec<(Container, Number)>,
    /// Trees that list submodules, each with a digest of what it says of them.
    pub(crate) submodules: Vec<(Number, u128)>,
    pub(crate) large: HashMap<Number, Vec<Located<'s>>>,
    pub(crate) scanned: Numbers,
    /// Time was over before all blobs were scanned.
    pub(crate) is_cut: bool,
}

impl<'s> History<'s> {
    /// Counts what was seen and what was not.
    pub(crate) fn add_coverage(&self, scope: &Scope<'s, '_>, lies: &Lies, outcome: &mut Outcome) {
        let Scope { pipeline, objects, repository, .. } = *scope;
        let coverage = &mut outcome.coverage;
        let blobs_scanned =
            self.blobs.iter().filter(|number| self.scanned.contains(*number)).count() as u64;
        coverage.files_scanned = blobs_scanned;
        coverage.bytes_scanned = self.bytes;
        let mut git = GitCoverage { blobs_scanned, ..GitCoverage::default() };
        git.commits =
            self.graph.commits.iter().filter(|commit| self.reached.contains(commit.object)).count()
                as u64;
        let mut lost: Vec<Number> =
            self.unreadable.iter().copied().filter(|it| self.reached.contains(*it)).collect();
        // An index can lead to something else, and to an object never.
        let is_seen = |number: Number| self.scanned.contains(number) || self.graph.has(number);
        let stored = self.reached.iter().filter(|number| (*number as usize) < objects.len());
        let unseen: Vec<Number> = stored.filter(|number| !is_seen(*number)).collect();
        if self.is_cut {
            let mut broken = Numbers::default();
            broken.extend(lost.iter().copied());
            for number in unseen.iter().filter(|number| !broken.contains(**number)) {
                coverage.skip(Skip::OutOfTime, objects.id(*number).to_string());
            }
        } else {
            lost.extend(unseen);
        }
        // A reference can name any object, so this checks that it is the right one.
        let reader = repository.database.reader();
        let named = scope.tips.iter().filter_map(|tip| objects.number(&tip.id));
        let blobs = named.filter(|number| self.scanned.contains(*number));
        lost.extend(blobs.filter(|number| {
            reader.header(&objects.id(*number)).is_some_and(|(_, size)| size < MAX_CHECKED_LEN)
                && reader.read(&objects.id(*number), &mut Vec::new()).is_none()
        }));
        lost.extend(&lies.objects);
        lost.sort_unstable();
        lost.dedup();
        for number in &lost {
            repository.database.skip(&objects.id(*number), Skip::CorruptObject, coverage);
        }
        let mut missing: Vec<&ObjectId> = self
            .missing
            .iter()
            .filter(|(number, _)| self.reached.contains(**number))
            .map(|(_, id)| id)
            .collect();
        missing.sort();
        for id in &missing {
            coverage.skip(Skip::MissingObject, id.to_string());
        }
        git.missing_objects = (lost.len() + missing.len()) as u64;
        let lying = lies.packs.iter().map(|number| objects.packs[*number].data.path());
        for path in objects.unreadable.iter().map(|it| it.path.as_path()).chain(lying) {
            let path = path.strip_prefix(repository.root()).unwrap_or(path);
            let path =
                shown_path(pipeline.scanner().redactor(), path.as_os_str().as_encoded_bytes());
            coverage.skip(Skip::CorruptObject, path);
        }
        for reference in &repository.unreadable {
            coverage.skip(
                Skip::Unreadable,
                shown_path(pipeline.scanner().redactor(), reference.as_bytes()),
            );
        }
        let cut: Vec<Number> =
            self.shallow.iter().filter(|number| self.reached.contains(*number)).collect();
        git.shallow = !cut.is_empty();
        if git.shallow {
            let example =
                format!("{} (to get the rest: git fetch --unshallow)", objects.id(cut[0]));
            coverage.skip(Skip::ShallowHistory, example);
        }
        coverage.git = Some(git);
        for number in self.cut.iter().filter(|number| self.reached.contains(**number)) {
            coverage.skip(Skip::EncodedText, objects.id(*number).to_string());
        }
        let reached = self.containers.iter().filter(|(_, number)| self.reached.contains(*number));
        for (kind, number) in reached {
            coverage.leave_unopened(*kind, objects.id(*number).to_string());
        }
        // One tree for all that list the same.
        let mut seen = HashSet::new();
        let trees = self
            .submodules
            .iter()
            .filter(|(tree, digest)| self.reached.contains(*tree) && seen.insert(*digest));
        let trees = trees.map(|(tree, _)| objects.id(*tree));
        for (id, name) in submodules(&repository.database.reader(), trees) {
            let name = shown_path(pipeline.scanner().redactor(), &name);
            coverage.leave_unopened(Container::Submodule, format!("{name} ({id})"));
        }
        matches::add_suppressed(&self.suppressed, pipeline, outcome);
    }

    /// Adds a finding for each secret. If a secret gets none, adds the other objects that hold it
    /// to `hiding`.
    pub(crate) fn add_findings(&mut self, scope: &Scope<'s, '_>, outcome: &mut Outcome) {
        let Scope { pipeline, objects, repository, options, tips } = *scope;
        if self.found.is_empty() {
            return;
        }
        let mut by_blob: HashMap<Number, Vec<u32>> = HashMap::new();
        let mut by_text: HashMap<Number, Vec<u32>> = HashMap::new();
        for (secret, found) in (0..).zip(&self.found) {
            for object in &found.objects {
                let holders =
                    if self.blobs.contains(*object) { &mut by_blob } else { &mut by_text };
                holders.entry(*object).or_default().push(secret);
            }
        }
        let graph = &self.graph;
        let order = attribution::in_order(graph, &self.reached, &self.shallow);
        let tip_objects: Vec<Number> =
            tips.iter().map(|tip| objects.number(&tip.id).unwrap_or(NONE)).collect();
        // References and tags can name trees.
        let ref_trees: Vec<(Number, u32)> = tip_objects
            .iter()
            .map(|number| graph.peeled(*number))
            .zip(0..)
            .filter(|(number, _)| graph.has(*number) && graph.commit(*number).is_none())
            .collect();
        let trees =
            order.iter().filter_map(|commit| graph.commit(*commit)).map(|commit| commit.tree);
        let secrets_by_tree = SecretsByTree::new(
            graph,
            trees.chain(ref_trees.iter().map(|(tree, _)| *tree)),
            &by_blob,
        );
        let attributions = attribution::attribute(
            graph,
            &secrets_by_tree,
            &order,
            &self.shallow,
            &by_text,
            self.found.len(),
        );
        let mut counter = ReferenceCounter::new(pipeline, tips);
        let mut references = Vec::with_capacity(self.found.len());
        let mut tell = |secret: usize, mut positions: Vec<u32>| {
            // A tag or a reference that names what holds it.
            let objects = &self.found[secret].objects;
            let tagged =
                (0..).zip(&tip_objects).filter(|(_, tip)| objects.binary_search(tip).is_ok());
            positions.extend(tagged.map(|(at, _)| at));
            let is_held = |tree| secrets_by_tree.contains(tree, secret as u32);
            let by_tree = ref_trees.iter().filter(|(tree, _)| is_held(*tree));
            positions.extend(by_tree.map(|(_, at)| *at));
            references.push(counter.count(positions));
        };
        attribution::reaching(graph, &order, &self.shallow, &attributions, &tip_objects, &mut tell);
        let selected = self.selected(&order, options);

        let head = repository.head().and_then(|id| objects.number(&id));
        let head_tree = head.and_then(|head| graph.commit(head)).map(|commit| commit.tree);
        let head_history =
            head.map(|head| graph.ancestry([head], &self.shallow)).unwrap_or_default();
        let in_head_history = order.iter().copied().filter(|commit| head_history.contains(*commit));
        let removals = attribution::removals(
            graph,
            &secrets_by_tree,
            in_head_history,
            &self.shallow,
            self.found.len(),
        );
        let reader = repository.database.reader();
        let mut rescanner = ObjectRescanner::new(pipeline, reader.clone());
        for (number, found) in std::mem::take(&mut self.large) {
            rescanner.insert(objects.id(number), found);
        }
        let builder = rescanner.builder();
        let describe = |id: ObjectId| read_description(&reader, &id);
        let finder = IntroductionFinder {
            objects,
            graph,
            secrets_by_tree: &secrets_by_tree,
            by_blob: &by_blob,
            reader: reader.clone(),
            hash_len: repository.database.hash().len_in_bytes(),
            excluded: Excluded::new(&options.exclude_paths),
            ref_trees: ref_trees.iter().map(|(tree, _)| *tree).collect(),
        };
        let max_kept = Introduction::max_kept(self.found.len());
        let mut is_told = vec![false; self.found.len()];
        for (secret, (found, attribution)) in (0_u32..).zip(self.found.iter().zip(&attributions)) {
            let mut attribution = attribution.clone();
            if options.selects() {
                attribution.introduced.retain(|commit| selected.contains(*commit));
                if attribution.introduced.is_empty() {
                    continue;
                }
            }
            let in_text =
                |object: &Number| by_text.get(object).is_some_and(|held| held.contains(&secret));
            let is_in_head = head_tree.is_some_and(|tree| secrets_by_tree.contains(tree, secret))
                || found
                    .objects
                    .iter()
                    .any(|object| in_text(object) && head_history.contains(*object));
            let introduced = finder.introductions(secret, found, &attribution, max_kept);
            let removed = removals[secret as usize].filter(|_| !is_in_head);
            let base = Provenance {
                commit: None,
                last_commit: attribution.last.map(|commit| objects.id(commit).to_string()),
                in_head: is_in_head,
                removed: removed.and_then(|commit| describe(objects.id(commit))),
                exposed_days: self.exposed_days(attribution.introduced.first(), removed),
                refs: references[secret as usize].clone(),
                places: Vec::new(),
                place_count: introduced.more,
            };
            if introduced.list.is_empty() && introduced.more == 0 {
                if !found.is_shadowed {
                    outcome.coverage.suppress(Skip::ExcludedPath.as_str());
                }
                continue;
            }
            let lookups = introduced
                .list
                .iter()
                .map(|one| (one.commit, rescanner.lookup(found.rule, &found.secret, one)));
            let before = outcome.findings.len();
            if let Some(gap) = builder.add_introduced(lookups, &base, &describe, outcome) {
                let id = objects.id(found.objects[0]);
                repository.database.skip(&id, gap, &mut outcome.coverage);
            }
            is_told[secret as usize] = outcome.findings.len() > before;
        }
        let untold = self.elsewhere.iter().zip(is_told).filter(|(_, is_told)| !is_told);
        self.hiding.extend(untold.flat_map(|(others, _)| others).copied());
    }

    /// Adds the findings of rules about paths alone.
    pub(crate) fn add_paths(&self, scope: &Scope<'s, '_>, outcome: &mut Outcome) {
        let Scope { pipeline, objects, repository, options, tips } = *scope;
        if !pipeline.scanner().has_path_rules() {
            return;
        }
        let graph = &self.graph;
        let order = attribution::in_order(graph, &self.reached, &self.shallow);
        let tip_objects: Vec<Number> =
            tips.iter().map(|tip| objects.number(&tip.id).unwrap_or(NONE)).collect();
        let excluded = Excluded::new(&options.exclude_paths);
        let mut walk =
            PathWalk::new(pipeline.scanner(), objects, repository.database.reader(), &excluded);
        let mut roots: HashMap<Number, Vec<u32>> = HashMap::new();
        // References and tags can name trees.
        let ref_trees: Vec<Number> =
            tip_objects.iter().map(|number| graph.peeled(*number)).collect();
        let ref_trees = ref_trees
            .into_iter()
            .filter(|number| graph.has(*number) && graph.commit(*number).is_none());
        let trees =
            order.iter().filter_map(|commit| graph.commit(*commit)).map(|commit| commit.tree);
        for tree in trees.chain(ref_trees) {
            roots.entry(tree).or_insert_with(|| walk.of_root(tree));
        }
        for tree in walk.unwalked {
            outcome.coverage.skip(Skip::UnlistedPaths, objects.id(tree).to_string());
        }
        let found = walk.found;
        let secrets_by_tree = SecretsByTree::of_roots(roots);
        let attributions = attribution::attribute(
            graph,
            &secrets_by_tree,
            &order,
            &self.shallow,
            &HashMap::new(),
            found.len(),
        );
        let mut counter = ReferenceCounter::new(pipeline, tips);
        let mut references = Vec::with_capacity(found.len());
        attribution::reaching(
            graph,
            &order,
            &self.shallow,
            &attributions,
            &tip_objects,
            &mut |_, positions| references.push(counter.count(positions)),
        );
        let selected = self.selected(&order, options);
        let head = repository.head().and_then(|id| objects.number(&id));
        let head_tree = head.and_then(|head| graph.commit(head)).map(|commit| commit.tree);
        let reader = repository.database.reader();
        let rescanner = ObjectRescanner::new(pipeline, reader.clone());
        let describe = |id: ObjectId| read_description(&reader, &id);
        for (secret, (found, attribution)) in (0_u32..).zip(found.iter().zip(&attributions)) {
            let counts = |commit: &&Number| !options.selects() || selected.contains(**commit);
            let mut ids: Vec<Option<ObjectId>> = attribution
                .introduced
                .iter()
                .filter(counts)
                .map(|commit| Some(objects.id(*commit)))
                .collect();
            if ids.is_empty() {
                // In a tree that only a reference leads to.
                if !attribution.introduced.is_empty() || options.selects() {
                    continue;
                }
                ids.push(None);
            }
            let base = Provenance {
                commit: None,
                last_commit: attribution.last.map(|commit| objects.id(commit).to_string()),
                in_head: head_tree.is_some_and(|tree| secrets_by_tree.contains(tree, secret)),
                refs: references[secret as usize].clone(),
                ..Provenance::default()
            };
            let lookups = ids.iter().map(|commit| (*commit, rescanner.lookup_path(found, *commit)));
            if let Some(gap) =
                rescanner.builder().add_introduced(lookups, &base, &describe, outcome)
            {
                let path = shown_path(pipeline.scanner().redactor(), &found.path);
                outcome.coverage.skip(gap, path);
            }
        }
    }

    /// How many days lie between two commits. `None` if one is missing, or if the clock of a
    /// committer was wrong and the second is the earlier one.
    fn exposed_days(&self, first: Option<&Number>, last: Option<Number>) -> Option<u64> {
        const SECONDS_PER_DAY: i64 = 24 * 60 * 60;
        let first = self.graph.commit(*first?)?.time;
        let last = self.graph.commit(last?)?.time;
        u64::try_from(last.saturating_sub(first)).ok().map(|time| time / SECONDS_PER_DAY as u64)
    }

    /// The commits that count.
    fn selected(&self, order: &[Number], options: &HistoryOptions) -> Numbers {
        // Many commits can be made in one second; what comes after another one is newer.
        let commits = order.iter().rev().filter_map(|number| self.graph.commit(*number));
        let is_in_time = |time: i64| {
            options.since.is_none_or(|since| time >= since)
                && options.until.is_none_or(|until| time <= until)
        };
        let mut selected = Numbers::default();
        let in_time = commits.filter(|commit| is_in_time(commit.time));
        let most = options.max_commits.unwrap_or(usize::MAX);
        selected.extend(in_time.take(most).map(|commit| commit.object));
        selected
    }
}

/// The commits of submodules that trees list, each with one of its names. A tree that cannot be
/// read has been counted.
fn submodules(
    reader: &Reader,
    trees: impl Iterator<Item = ObjectId>,
) -> BTreeMap<ObjectId, Vec<u8>> {
    let mut found: BTreeMap<ObjectId, Vec<u8>> = BTreeMap::new();
    let mut data = Vec::new();
    for tree in trees {
        if reader.read(&tree, &mut data) != Some(Kind::Tree) {
            continue;
        }
        for entry in trees::submodules(&data, tree.kind().len_in_bytes()) {
            let id = ObjectId::from_bytes_or_panic(entry.id);
            let name = found.entry(id).or_insert_with(|| entry.name.to_vec());
            // The same one in whatever order trees come.
            if entry.name < name.as_slice() {
                *name = entry.name.to_vec();
            }
        }
    }
    found
}
