//! The whole history of a repository.
//!
//! 1. All objects are listed, and all blobs are scanned in the order in which they are stored.
//! 2. All commits, trees and tags are read. That tells what is reached from references, and whether
//!   anything is missing.
//! 3. Only for blobs in which something was found it is worked out who brought them in.

mod attribution;
mod cache;
mod graph;
mod report;

use crate::git::store::numbers::{Numbering, Numbers};
use std::collections::HashMap;
use std::path::PathBuf;

use gix::ObjectId;
use gix::objs::Kind;
use tokensieve_core::{Confidence, Container, Finding, GitCoverage, Located, Provenance, Skip};

use crate::git::findings::blob_visitor::{BlobScan, BlobVisitor};
use crate::git::findings::blobs::{self, threads};
use crate::git::findings::excluded::Excluded;
use crate::git::findings::matches::{self, Found, Matches};
use crate::git::findings::paths::PathWalk;
use crate::git::findings::places::{Introductions, Places};
use crate::git::history::attribution::Holdings;
use crate::git::history::cache::{Cache, Known};
use crate::git::history::graph::Graph;
use crate::git::history::report::Teller;
use crate::git::store::commits::describe;
use crate::git::store::database::Database;
use crate::git::store::objects::{Number, Objects};
use crate::git::store::repository::{GitError, Repository, Tip};
use crate::git::store::sweep::{Sweep, Visitor};
use crate::pipeline::{Outcome, Pipeline, shown_path};

/// Which part of a history is looked at.
#[derive(Clone, Debug, Default)]
pub struct HistoryOptions {
    /// Objects that no reference leads to, too.
    pub all_objects: bool,
    /// Only what these references or revisions lead to; everything, where there is none.
    pub tips: Vec<String>,
    /// The same, by id. What is not stored is missing.
    pub tip_ids: Vec<ObjectId>,
    /// Only what commits introduced that were made at this time or later, in seconds since 1970.
    pub since: Option<i64>,
    /// Only what commits introduced that were made at this time or earlier.
    pub until: Option<i64>,
    /// Only what the last so many commits introduced.
    pub max_commits: Option<usize>,
    /// Patterns of paths that are left out.
    pub exclude_paths: Vec<String>,
    /// A folder that keeps what was seen for the next scan.
    pub cache: Option<PathBuf>,
    /// The number of threads; one a processor, where it is not given.
    pub threads: Option<usize>,
}

impl HistoryOptions {
    fn selects(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.max_commits.is_some()
    }
}

/// Scans the history of a repository.
///
/// # Errors
///
/// A revision that does not exist.
pub fn scan_history(
    pipeline: &Pipeline,
    repository: &mut Repository,
    options: &HistoryOptions,
) -> Result<Outcome, GitError> {
    let tips = tips(repository, options)?;
    let database = &repository.database;
    let objects = Objects::list(database.folders(), database.hash());
    let numbering = Numbering::new(&objects);
    let mut cache = options.cache.as_deref().map(|folder| Cache::new(folder, &identity(pipeline)));
    let known = cache.as_mut().map(|cache| cache.load(&objects, &numbering)).unwrap_or_default();
    let work = Work {
        pipeline,
        database,
        objects: &objects,
        numbering: &numbering,
        threads: threads(options.threads),
    };
    let (mut seen, fresh) = work.look_at(known);
    let mut outcome = Outcome::default();
    if let Some(cache) = &cache
        && let Err(error) = keep(cache, &seen.known, &fresh, &objects, &numbering)
    {
        outcome.notes.push(format!("what was seen could not be kept: {error}"));
    }
    seen.known.graph.finish();
    let mut history = History::new(&work, repository, seen, &tips, options);
    history.tell_coverage(pipeline, &objects, repository, &mut outcome);
    let scope = Scope { pipeline, objects: &objects, repository, options, tips: &tips };
    history.tell_findings(&scope, &mut outcome);
    history.tell_paths(&scope, &mut outcome);
    outcome.findings.sort_by(Finding::report_order);
    outcome.silenced.sort_by(Finding::report_order);
    outcome.notes.sort();
    Ok(outcome)
}

/// A name for what the scan finds, and so for what of it can be kept.
fn identity(pipeline: &Pipeline) -> String {
    let identity = pipeline.scanner().identity();
    // Others need only one of the places of what is refuted.
    let is_all_told = pipeline.options().min_confidence == Confidence::Refuted;
    if is_all_told { format!("refuted-{identity}") } else { identity }
}

/// Keeps what was seen for the next scan.
fn keep(
    cache: &Cache,
    known: &Known,
    fresh: &Fresh,
    objects: &Objects,
    numbering: &Numbering<'_>,
) -> std::io::Result<()> {
    match fresh {
        Fresh::Nothing => Ok(()),
        Fresh::Everything => cache.store(known, objects, &numbering.missing()),
        Fresh::Part(_) if cache.is_crowded() => {
            cache.store(known, objects, &numbering.missing())?;
            cache.remove_read();
            Ok(())
        }
        Fresh::Part(part) => cache.store(part, objects, &numbering.missing()),
    }
}

/// What of all that was seen is new.
enum Fresh {
    Nothing,
    Everything,
    Part(Box<Known>),
}

fn tips(repository: &mut Repository, options: &HistoryOptions) -> Result<Vec<Tip>, GitError> {
    let all = repository.tips();
    if options.tips.is_empty() && options.tip_ids.is_empty() {
        return Ok(all);
    }
    let by_id = options.tip_ids.iter().map(|id| {
        let named = all.iter().find(|tip| tip.id == *id);
        Ok(named.cloned().unwrap_or_else(|| Tip { name: id.to_string(), id: *id }))
    });
    let tip = |name: &String| {
        let id = repository.revision(name)?;
        Ok(Tip { name: name.clone(), id })
    };
    options.tips.iter().map(tip).chain(by_id).collect()
}

/// What all steps of a scan need.
struct Work<'p, 'o> {
    pipeline: &'p Pipeline,
    database: &'o Database,
    objects: &'o Objects,
    numbering: &'o Numbering<'o>,
    threads: usize,
}

/// What was seen of all objects.
struct Seen<'s> {
    known: Known,
    matches: Matches<'s, Number>,
    unreadable: Vec<Number>,
    /// What was found in blobs that are too large to be read once more.
    large: HashMap<Number, Vec<Located<'s>>>,
}

impl<'p> Work<'p, '_> {
    /// Looks at all objects that nothing is known of, and once more at those that are known to hold
    /// a match. What is new is told.
    fn look_at(&self, mut known: Known) -> (Seen<'p>, Fresh) {
        let is_new = |number| !known.described.contains(number);
        let choice: Option<&(dyn Fn(Number) -> bool + Sync)> =
            if known.described.is_empty() { None } else { Some(&is_new) };
        let mut fresh = Known::default();
        fresh.described.extend(self.objects.numbers().filter(|number| is_new(*number)));
        if fresh.described.is_empty() {
            let again = self.look_again(&known.telling);
            return (again.with(known), Fresh::Nothing);
        }
        let mut scan = self.scan_blobs(choice);
        let (rescued, others) = self.rescue();
        scan.add(rescued);
        let BlobScan { mut matches, blobs, mut unreadable, containers, mut large } = scan;
        let mut interest = known.telling.clone();
        interest.extend(matches.telling());
        for reading in self.read_graph(choice, &interest, &others) {
            fresh.graph.merge(reading.graph);
            matches.merge(reading.matches);
            unreadable.extend(reading.unreadable);
        }
        unreadable.iter().for_each(|number| fresh.described.remove(*number));
        (fresh.blobs, fresh.containers) = (blobs, containers);
        fresh.telling.extend(matches.telling());

        let again = self.look_again(&known.telling);
        matches.merge(again.matches);
        unreadable.extend(again.unreadable);
        large.extend(again.large);
        if known.described.is_empty() {
            return (Seen { known: fresh, matches, unreadable, large }, Fresh::Everything);
        }
        known.add(&fresh);
        (Seen { known, matches, unreadable, large }, Fresh::Part(Box::new(fresh)))
    }

    /// Scans objects that are known to hold a match.
    fn look_again(&self, telling: &Numbers) -> Again<'p> {
        let ids: Vec<ObjectId> = telling.iter().map(|number| self.objects.id(number)).collect();
        let scanned = blobs::scan(self.pipeline, self.database, &ids, self.threads, None);
        let number = |id: ObjectId| self.numbering.number(&id);
        Again {
            matches: scanned.matches.renamed(number),
            unreadable: scanned.missing.into_iter().map(number).collect(),
            large: scanned.large.into_iter().map(|(id, found)| (number(id), found)).collect(),
        }
    }

    fn scan_blobs(&self, choice: Option<&(dyn Fn(Number) -> bool + Sync)>) -> BlobScan<'p> {
        let sweep = self.sweep(&[Kind::Blob], choice);
        let mut visitors =
            sweep.run(|| BlobVisitor::new(self.pipeline)).into_iter().map(BlobVisitor::finish);
        let mut all = visitors.next().expect("there is one thread at least");
        visitors.for_each(|scan| all.add(scan));
        all
    }

    /// Reads what no chain of deltas leads to, where there is another copy of it. What is no blob
    /// is handed back.
    fn rescue(&self) -> (BlobScan<'p>, Vec<Number>) {
        let reader = self.database.reader();
        let mut visitor = BlobVisitor::new(self.pipeline);
        let (mut others, mut data) = (Vec::new(), Vec::new());
        for number in self.objects.broken() {
            match reader.read(&self.objects.id(number), &mut data) {
                Some(Kind::Blob) => drop(visitor.object(number, true, Kind::Blob, &data, None)),
                Some(_) => others.push(number),
                None => visitor.unreadable(number),
            }
        }
        (visitor.finish(), others)
    }

    fn read_graph<'w>(
        &'w self,
        choice: Option<&'w (dyn Fn(Number) -> bool + Sync)>,
        interest: &'w Numbers,
        rescued: &[Number],
    ) -> Vec<graph::Reading<'w, 'p>> {
        let make = || graph::Reading {
            numbering: self.numbering,
            hash: self.database.hash(),
            scanner: self.pipeline.scanner(),
            interest,
            graph: Graph::default(),
            matches: Matches::new(self.pipeline.options().min_confidence),
            unreadable: Vec::new(),
        };
        let mut readings = self.sweep(&[Kind::Tree, Kind::Commit, Kind::Tag], choice).run(make);
        let reader = self.database.reader();
        let mut data = Vec::new();
        let last = readings.last_mut().expect("there is one thread at least");
        for number in rescued {
            match reader.read(&self.objects.id(*number), &mut data) {
                Some(kind) => drop(last.object(*number, true, kind, &data, None)),
                None => last.unreadable.push(*number),
            }
        }
        readings
    }

    fn sweep<'w>(
        &'w self,
        kinds: &'w [Kind],
        choice: Option<&'w (dyn Fn(Number) -> bool + Sync)>,
    ) -> Sweep<'w> {
        let progress = (kinds == [Kind::Blob]).then(|| self.pipeline.progress());
        Sweep {
            objects: self.objects,
            database: self.database,
            kinds,
            choice,
            threads: self.threads,
            progress,
        }
    }

    /// The blobs that the trees among some objects list.
    fn listed(&self, graph: &mut Graph, reached: &Numbers) -> Numbers {
        let mut listed = std::mem::take(&mut graph.listed);
        if graph.reaches_all_trees(reached) {
            return listed;
        }
        // Only what is listed by other trees is in doubt, and that is mostly little.
        let mut doubtful = Numbers::default();
        let is_other = |number| !reached.contains(number);
        let make =
            |of| move || graph::Listed { numbering: self.numbering, of, blobs: Numbers::default() };
        for visitor in self.sweep(&[Kind::Tree], Some(&is_other)).run(make(None)) {
            doubtful.merge(&visitor.blobs);
        }
        let ids = graph::Ids::new(
            doubtful
                .iter()
                .filter(|number| (*number as usize) < self.objects.len())
                .map(|number| self.objects.id(number)),
        );
        let is_reached = |number| reached.contains(number);
        let mut sure = Numbers::default();
        for visitor in self.sweep(&[Kind::Tree], Some(&is_reached)).run(make(Some(&ids))) {
            sure.merge(&visitor.blobs);
        }
        for number in doubtful.iter().filter(|number| !sure.contains(*number)) {
            listed.remove(number);
        }
        listed
    }
}

/// What a second look came to.
struct Again<'s> {
    matches: Matches<'s, Number>,
    unreadable: Vec<Number>,
    large: HashMap<Number, Vec<Located<'s>>>,
}

impl<'s> Again<'s> {
    fn with(self, known: Known) -> Seen<'s> {
        Seen { known, matches: self.matches, unreadable: self.unreadable, large: self.large }
    }
}

/// What is told of, and how.
#[derive(Clone, Copy)]
struct Scope<'s, 'a> {
    pipeline: &'s Pipeline,
    objects: &'a Objects,
    repository: &'a Repository,
    options: &'a HistoryOptions,
    tips: &'a [Tip],
}

/// Everything that was read, before it is told.
struct History<'s> {
    graph: Graph,
    shallow: Numbers,
    found: Vec<Found<'s, Number>>,
    suppressed: Vec<(&'s str, &'static str)>,
    /// What is looked at: commits, trees and tags that are reached, and their blobs.
    reached: Numbers,
    blobs: Numbers,
    bytes: u64,
    missing: HashMap<Number, ObjectId>,
    unreadable: Vec<Number>,
    containers: Vec<(Container, Number)>,
    large: HashMap<Number, Vec<Located<'s>>>,
    scanned: Numbers,
}

impl<'s> History<'s> {
    fn new(
        work: &Work<'s, '_>,
        repository: &Repository,
        seen: Seen<'s>,
        tips: &[Tip],
        options: &HistoryOptions,
    ) -> Self {
        let Seen { known, matches, unreadable, large } = seen;
        let mut graph = known.graph;
        let (objects, numbering) = (work.objects, work.numbering);
        let mut shallow = Numbers::default();
        shallow.extend(repository.shallow().iter().filter_map(|id| objects.number(id)));
        let everything = options.all_objects.then(|| objects.numbers());
        let named = tips.iter().map(|tip| numbering.number(&tip.id));
        let mut reached = graph.reached(named.chain(everything.into_iter().flatten()), &shallow);
        let mut blobs = work.listed(&mut graph, &reached);
        // References and tags can name blobs.
        let mut scanned = Numbers::default();
        scanned.extend(known.blobs.iter().map(|(number, _)| *number));
        blobs.extend(reached.iter().filter(|number| scanned.contains(*number)));
        reached.merge(&blobs);
        let (found, suppressed) = matches.finish();
        let bytes = known
            .blobs
            .iter()
            .filter(|(blob, _)| reached.contains(*blob))
            .map(|(_, size)| size)
            .sum();
        Self {
            graph,
            shallow,
            found,
            suppressed,
            reached,
            blobs,
            bytes,
            missing: numbering.missing(),
            unreadable,
            containers: known.containers,
            large,
            scanned,
        }
    }

    /// Counts what was seen and what was not.
    fn tell_coverage(
        &mut self,
        pipeline: &Pipeline,
        objects: &Objects,
        repository: &Repository,
        outcome: &mut Outcome,
    ) {
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
        lost.extend(stored.filter(|number| !is_seen(*number)));
        lost.sort_unstable();
        lost.dedup();
        for number in &lost {
            coverage.skip(Skip::CorruptObject, objects.id(*number).to_string());
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
        for unreadable in &objects.unreadable {
            let path = unreadable.path.strip_prefix(repository.root()).unwrap_or(&unreadable.path);
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
        for (kind, number) in
            self.containers.iter().filter(|(_, number)| self.reached.contains(*number))
        {
            coverage.leave_unopened(*kind, objects.id(*number).to_string());
        }
        matches::tell_suppressed(&self.suppressed, pipeline, outcome);
    }

    /// Tells where each secret comes from.
    fn tell_findings(&mut self, scope: &Scope<'s, '_>, outcome: &mut Outcome) {
        let Scope { pipeline, objects, repository, options, tips } = *scope;
        for found in &mut self.found {
            found.objects.retain(|object| self.reached.contains(*object));
        }
        self.found.retain(|found| !found.objects.is_empty());
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
        let named: Vec<Number> = tips.iter().filter_map(|tip| objects.number(&tip.id)).collect();
        // References and tags can name trees.
        let bare: Vec<(Number, &Tip)> = named
            .iter()
            .map(|number| graph.peeled(*number))
            .zip(tips)
            .filter(|(number, _)| graph.has(*number) && graph.commit(*number).is_none())
            .collect();
        let trees =
            order.iter().filter_map(|commit| graph.commit(*commit)).map(|commit| commit.tree);
        let holdings =
            Holdings::new(graph, trees.chain(bare.iter().map(|(tree, _)| *tree)), &by_blob);
        let stories = attribution::stories(
            graph,
            &holdings,
            &order,
            &self.shallow,
            &by_text,
            self.found.len(),
        );
        let reaching = attribution::reaching(graph, &order, &self.shallow, &stories, &named);
        let selected = self.selected(&order, options);

        let head = repository.head().and_then(|id| objects.number(&id));
        let head_tree = head.and_then(|head| graph.commit(head)).map(|commit| commit.tree);
        let head_history =
            head.map(|head| graph.ancestry([head], &self.shallow)).unwrap_or_default();
        let mut places = Places::new(pipeline, repository.database.reader());
        for (number, found) in std::mem::take(&mut self.large) {
            places.know(objects.id(number), found);
        }
        let mut teller = Teller {
            pipeline,
            objects,
            graph,
            holdings: &holdings,
            by_blob: &by_blob,
            reader: repository.database.reader(),
            hash_len: repository.database.hash().len_in_bytes(),
            excluded: Excluded::new(&options.exclude_paths),
            bare: bare.iter().map(|(tree, _)| *tree).collect(),
            places,
        };
        for (secret, (found, story)) in (0_u32..).zip(self.found.iter().zip(&stories)) {
            let mut story = story.clone();
            if options.selects() {
                story.introduced.retain(|commit| selected.contains(*commit));
                if story.introduced.is_empty() {
                    continue;
                }
            }
            let in_text =
                |object: &Number| by_text.get(object).is_some_and(|held| held.contains(&secret));
            let is_in_head = head_tree.is_some_and(|tree| holdings.holds(tree, secret))
                || found
                    .objects
                    .iter()
                    .any(|object| in_text(object) && head_history.contains(*object));
            let mut refs: Vec<String> =
                reaching[secret as usize].iter().map(|tip| tips[*tip].name.clone()).collect();
            // A tag or a reference that names what holds it.
            let direct =
                tips.iter().zip(&named).filter(|(_, number)| found.objects.contains(number));
            refs.extend(direct.map(|(tip, _)| tip.name.clone()));
            let by_tree = bare.iter().filter(|(tree, _)| holdings.holds(*tree, secret));
            refs.extend(by_tree.map(|(_, tip)| tip.name.clone()));
            refs.sort();
            refs.dedup();
            let frame = Provenance {
                commit: None,
                last_commit: story.last.map(|commit| objects.id(commit).to_string()),
                in_head: is_in_head,
                refs,
                places: Vec::new(),
            };
            let introductions = teller.introductions(secret, found, &story);
            if introductions.is_empty() {
                if !found.is_shadowed {
                    outcome.coverage.suppress(Skip::ExcludedPath.as_str());
                }
                continue;
            }
            let mut taken = Introductions::new();
            match teller.tell(found, introductions, &frame, &mut taken) {
                Some(finding) => outcome.findings.push(finding),
                None => match taken.silenced() {
                    Some((spot, silence, commit)) => {
                        let commit =
                            commit.and_then(|commit| teller.commit(objects.number(&commit)?));
                        let finding = || teller.finding(spot, Provenance { commit, ..frame });
                        pipeline.tell_silenced(
                            outcome,
                            silence,
                            (&spot.path, &spot.located),
                            finding,
                        );
                    }
                    // It was found, and now it cannot be read any more.
                    None if taken.is_any_gone => {
                        outcome
                            .coverage
                            .skip(Skip::CorruptObject, objects.id(found.objects[0]).to_string());
                    }
                    None => {}
                },
            }
        }
    }

    /// Tells the paths that rules about paths alone find.
    fn tell_paths(&self, scope: &Scope<'s, '_>, outcome: &mut Outcome) {
        let Scope { pipeline, objects, repository, options, tips } = *scope;
        if !pipeline.scanner().has_path_rules() {
            return;
        }
        let graph = &self.graph;
        let order = attribution::in_order(graph, &self.reached, &self.shallow);
        let named: Vec<Number> = tips.iter().filter_map(|tip| objects.number(&tip.id)).collect();
        let excluded = Excluded::new(&options.exclude_paths);
        let mut walk =
            PathWalk::new(pipeline.scanner(), objects, repository.database.reader(), &excluded);
        let mut roots: HashMap<Number, Vec<u32>> = HashMap::new();
        // References and tags can name trees.
        let bare: Vec<Number> = named.iter().map(|number| graph.peeled(*number)).collect();
        let bare =
            bare.into_iter().filter(|number| graph.has(*number) && graph.commit(*number).is_none());
        let trees =
            order.iter().filter_map(|commit| graph.commit(*commit)).map(|commit| commit.tree);
        for tree in trees.chain(bare) {
            roots.entry(tree).or_insert_with(|| walk.of_root(tree));
        }
        let found = walk.found;
        let holdings = Holdings::of_roots(roots);
        let stories = attribution::stories(
            graph,
            &holdings,
            &order,
            &self.shallow,
            &HashMap::new(),
            found.len(),
        );
        let reaching = attribution::reaching(graph, &order, &self.shallow, &stories, &named);
        let selected = self.selected(&order, options);
        let head = repository.head().and_then(|id| objects.number(&id));
        let head_tree = head.and_then(|head| graph.commit(head)).map(|commit| commit.tree);
        let reader = repository.database.reader();
        let places = Places::new(pipeline, reader.clone());
        let describe = |id: ObjectId| {
            let mut data = Vec::new();
            (reader.read(&id, &mut data) == Some(Kind::Commit)).then(|| describe(&id, &data))
        };
        for (secret, (found, story)) in (0_u32..).zip(found.iter().zip(&stories)) {
            let counts = |commit: &&Number| !options.selects() || selected.contains(**commit);
            let mut ids: Vec<Option<ObjectId>> = story
                .introduced
                .iter()
                .filter(counts)
                .map(|commit| Some(objects.id(*commit)))
                .collect();
            if ids.is_empty() {
                // In a tree that only a reference leads to.
                if !story.introduced.is_empty() || options.selects() {
                    continue;
                }
                ids.push(None);
            }
            let frame = Provenance {
                commit: None,
                last_commit: story.last.map(|commit| objects.id(commit).to_string()),
                in_head: head_tree.is_some_and(|tree| holdings.holds(tree, secret)),
                refs: reaching[secret as usize].iter().map(|tip| tips[*tip].name.clone()).collect(),
                places: Vec::new(),
            };
            outcome.merge(found.tell(&ids, &frame, &places, &describe));
        }
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
