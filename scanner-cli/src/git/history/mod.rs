//! The whole history of a repository.
//!
//! 1. All objects are listed, and all blobs are scanned in the order in which they are stored.
//! 2. All commits, trees and tags are read, for the objects that references lead to and those that
//!    are missing.
//! 3. Secrets are attributed to the commits that introduced them. Only trees that hold one are read
//!    for that.

mod attribution;
mod cache;
mod graph;
mod introductions;
mod lies;
mod listed;
mod options;
mod report;

use std::collections::HashMap;

use gix::ObjectId;
use gix::objs::Kind;
use tokensieve_core::{Confidence, Located};

use crate::git::findings::blob_visitor::{BlobScan, BlobVisitor};
use crate::git::findings::matches::Matches;
use crate::git::findings::scan_objects::{self, threads};
use crate::git::history::cache::{Cache, Known};
use crate::git::history::graph::Graph;
use crate::git::history::lies::Lies;
use crate::git::history::listed::Unreached;
pub use crate::git::history::options::HistoryOptions;
use crate::git::history::report::{History, Scope};
use crate::git::store::database::Database;
use crate::git::store::numbers::{Numbering, Numbers};
use crate::git::store::objects::{Number, Objects};
use crate::git::store::repository::{GitError, Repository, Tip};
use crate::git::store::sweep::{ObjectVisitor, Sweep};
use crate::pipeline::{Outcome, Pipeline};

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
    let (mut seen, fresh) = work.scan_new(known);
    let mut outcome = Outcome::default();
    // A record of half a look is not kept.
    if let Some(cache) = cache.as_ref().filter(|_| !seen.is_cut)
        && let Err(error) = store_new(cache, &seen.known, &fresh, &objects, &numbering)
    {
        outcome.notes.push(format!("what was seen could not be kept: {error}"));
    }
    seen.known.graph.finish();
    let mut history = work.history(repository, seen, &tips, options);
    let scope = Scope { pipeline, objects: &objects, repository, options, tips: &tips };
    history.add_findings(&scope, &mut outcome);
    let lies = work.lies(&history);
    history.add_coverage(&scope, &lies, &mut outcome);
    history.add_paths(&scope, &mut outcome);
    outcome.finish();
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
fn store_new(
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

/// The references and revisions that the scan begins at, in the order of their names.
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
    let tips: Result<Vec<Tip>, GitError> = options.tips.iter().map(tip).chain(by_id).collect();
    tips.map(|mut tips| {
        tips.sort();
        tips.dedup();
        tips
    })
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
    /// What has encoded texts that were not searched to their end.
    cut: Vec<Number>,
    /// The matches in blobs that are too large to be read whole.
    large: HashMap<Number, Vec<Located<'s>>>,
    /// Time was over before all blobs were scanned.
    is_cut: bool,
}

impl<'p> Work<'p, '_> {
    /// Scans the objects that the cache does not describe, and again those that it knows to hold a
    /// match. Returns everything that is known then, and which part of it is new.
    fn scan_new(&self, mut known: Known) -> (Seen<'p>, Fresh) {
        let is_new = |number| !known.described.contains(number);
        let choice: Option<&(dyn Fn(Number) -> bool + Sync)> =
            if known.described.is_empty() { None } else { Some(&is_new) };
        let mut fresh = Known::default();
        fresh.described.extend(self.objects.numbers().filter(|number| is_new(*number)));
        if fresh.described.is_empty() {
            let again = self.rescan(&known.with_matches);
            return (again.with(known), Fresh::Nothing);
        }
        let mut scan = self.scan_blobs(choice);
        let is_cut = self.pipeline.is_over();
        let (rescued, others) = self.rescue();
        scan.add(rescued);
        let BlobScan { mut matches, blobs, mut unreadable, mut cut, .. } = scan;
        let (containers, mut large) = (scan.containers, scan.large);
        let mut interest = known.with_matches.clone();
        interest.extend(matches.with_matches());
        for reading in self.read_graph(choice, &interest, &others) {
            fresh.graph.merge(reading.graph);
            matches.merge(reading.matches);
            unreadable.extend(reading.unreadable);
            cut.extend(reading.cut);
            fresh.submodules.extend(reading.with_submodules);
        }
        for number in &unreadable {
            fresh.described.remove(*number);
        }
        (fresh.blobs, fresh.containers) = (blobs, containers);
        fresh.with_matches.extend(matches.with_matches());
        // Each scan has to report these texts, so the next one reads them again.
        fresh.with_matches.extend(cut.iter().copied());

        let again = self.rescan(&known.with_matches);
        matches.merge(again.matches);
        unreadable.extend(again.unreadable);
        cut.extend(again.cut);
        large.extend(again.large);
        if known.described.is_empty() {
            let seen = Seen { known: fresh, matches, unreadable, cut, large, is_cut };
            return (seen, Fresh::Everything);
        }
        known.add(&fresh);
        let seen = Seen { known, matches, unreadable, cut, large, is_cut };
        (seen, Fresh::Part(Box::new(fresh)))
    }

    /// Scans objects that are known to hold a match.
    fn rescan(&self, with_matches: &Numbers) -> Rescanned<'p> {
        let ids: Vec<ObjectId> =
            with_matches.iter().map(|number| self.objects.id(number)).collect();
        let scanned = scan_objects::scan(self.pipeline, self.database, &ids, self.threads, None);
        let number = |id: ObjectId| self.numbering.number(&id);
        Rescanned {
            matches: scanned.matches.renamed(number),
            unreadable: scanned.missing.into_iter().map(number).collect(),
            cut: scanned.cut.into_iter().map(number).collect(),
            large: scanned.large.into_iter().map(|(id, found)| (number(id), found)).collect(),
        }
    }

    fn scan_blobs(&self, choice: Option<&(dyn Fn(Number) -> bool + Sync)>) -> BlobScan<'p> {
        let sweep = self.sweep(&[Kind::Blob], choice);
        let mut visitors = sweep
            .run(|| BlobVisitor::new(self.pipeline, self.pipeline.options().deadline))
            .into_iter()
            .map(BlobVisitor::finish);
        let mut all = visitors.next().expect("there is one thread at least");
        for scan in visitors {
            all.add(scan);
        }
        all
    }

    /// Reads what no chain of deltas leads to, where there is another copy of it. What is no blob
    /// is handed back.
    fn rescue(&self) -> (BlobScan<'p>, Vec<Number>) {
        let reader = self.database.reader();
        let mut visitor = BlobVisitor::new(self.pipeline, None);
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
    ) -> Vec<graph::GraphReader<'w, 'p>> {
        let make = || graph::GraphReader {
            numbering: self.numbering,
            hash: self.database.hash(),
            scanner: self.pipeline.scanner(),
            interest,
            graph: Graph::default(),
            matches: Matches::new(self.pipeline.options().min_confidence),
            unreadable: Vec::new(),
            cut: Vec::new(),
            with_submodules: Vec::new(),
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

    /// The lies that can have hidden something that is reached.
    fn lies(&self, history: &History<'_>) -> Lies {
        let Self { objects, database, threads, .. } = *self;
        let History { graph, listed, hiding, wrong_trees, .. } = history;
        lies::Search { objects, database, threads }.find(graph, listed, hiding, wrong_trees)
    }

    /// What the trees say that are not reached.
    fn unreached(&self, graph: &Graph, reached: &Numbers) -> Unreached {
        if graph.reaches_all_trees(reached) {
            return Unreached::default();
        }
        let Self { numbering, database, threads, .. } = *self;
        listed::Search { numbering, database, threads }.find(reached)
    }

    /// Brings together what was read and what references lead to.
    fn history(
        &self,
        repository: &Repository,
        seen: Seen<'p>,
        tips: &[Tip],
        options: &HistoryOptions,
    ) -> History<'p> {
        let Seen { known, matches, unreadable, cut, large, is_cut } = seen;
        let mut graph = known.graph;
        let (objects, numbering) = (self.objects, self.numbering);
        let mut shallow = Numbers::default();
        shallow.extend(repository.shallow().iter().filter_map(|id| objects.number(id)));
        let everything = options.all_objects.then(|| objects.numbers());
        let named = tips.iter().map(|tip| numbering.number(&tip.id));
        let mut reached = graph.reached(named.chain(everything.into_iter().flatten()), &shallow);
        let mut blobs = std::mem::take(&mut graph.listed);
        let unreached = self.unreached(&graph, &reached);
        for blob in unreached.blobs.iter() {
            blobs.remove(blob);
        }
        // References and tags can name blobs.
        let mut scanned = Numbers::default();
        scanned.extend(known.blobs.iter().map(|(number, _)| *number));
        let listed = blobs.clone();
        blobs.extend(reached.iter().filter(|number| scanned.contains(*number)));
        reached.merge(&blobs);
        let not_whole = known.containers.iter().map(|(_, number)| number).chain(large.keys());
        let not_whole = not_whole.chain(&unreadable).copied();
        let mut hiding = Numbers::default();
        hiding.extend(not_whole.filter(|number| !reached.contains(*number)));
        let (all, suppressed) = matches.finish();
        let (mut found, mut elsewhere) = (Vec::new(), Vec::new());
        for mut secret in all {
            let is_reached = |number: &Number| reached.contains(*number);
            let (objects, others) = secret.objects.into_iter().partition(is_reached);
            secret.objects = objects;
            if secret.objects.is_empty() {
                hiding.extend::<Vec<Number>>(others);
            } else {
                found.push(secret);
                elsewhere.push(others);
            }
        }
        let bytes = known
            .blobs
            .iter()
            .filter(|(blob, _)| reached.contains(*blob))
            .map(|(_, size)| size)
            .sum();
        History {
            graph,
            shallow,
            found,
            elsewhere,
            hiding,
            wrong_trees: unreached.wrong,
            listed,
            suppressed,
            reached,
            blobs,
            bytes,
            missing: numbering.missing(),
            unreadable,
            cut,
            containers: known.containers,
            submodules: known.submodules,
            large,
            scanned,
            is_cut,
        }
    }
}

/// What a second look came to.
struct Rescanned<'s> {
    matches: Matches<'s, Number>,
    unreadable: Vec<Number>,
    cut: Vec<Number>,
    large: HashMap<Number, Vec<Located<'s>>>,
}

impl<'s> Rescanned<'s> {
    fn with(self, known: Known) -> Seen<'s> {
        let Self { matches, unreadable, cut, large } = self;
        Seen { known, matches, unreadable, cut, large, is_cut: false }
    }
}
