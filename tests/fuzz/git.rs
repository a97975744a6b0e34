//! Files of `.git` of any bytes: a scan of the history ends, and is complete only where it found
//! what is there.

use tempfile::TempDir;
use tokensieve::git::{HistoryOptions, Repository, scan_history};
use tokensieve::pipeline::{Options, Pipeline};
use tokensieve_core::{RuleSet, Scanner};

use super::run_on;
use crate::hostile::make::pack::{Pack, Part, Step, delta, with_sum};
use crate::hostile::make::store::{FILE, FOLDER, Id, Store, commit_of, deflated, tree_of};
use crate::hostile::sandbox::Sandbox;
use crate::support::tokens::{Random, personal};

/// A repository whose only secret stands in the file of one blob.
struct Place {
    dir: TempDir,
    store: Store,
    pack: Pack,
    ids: Vec<Id>,
    bad: Id,
    text: Vec<u8>,
    pipeline: Pipeline,
}

thread_local! {
    static PLACE: Place = Place::new();
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::of(dir.path());
        let text = format!("key = {}\n", personal(&mut Random::new(6))).into_bytes();
        let (long, end) = (b"a line of words\n".repeat(20), b"and an end\n");
        let longer = [long.as_slice(), end].concat();
        let [bad, one, other] = [&text, &long, &longer].map(|data| Id::of("blob", data));
        let folder = tree_of(&[(FILE, b"bad", bad), (FILE, b"one", one)]);
        let tree = tree_of(&[(FILE, b"a", other), (FOLDER, b"d", Id::of("tree", &folder))]);
        let commit = commit_of(Id::of("tree", &tree), &[], "first");
        let head = Id::of("commit", &commit);
        let ids = vec![bad, one, other, Id::of("tree", &folder), Id::of("tree", &tree), head];
        let grown = delta(320, 331, &[Step::Copy(0, 320), Step::Insert(end)]);
        let pack = Pack::of(&[
            Part::whole("blob", text.clone()),
            Part::whole("blob", long),
            Part::OffsetDelta { base: 1, delta: grown },
            Part::whole("tree", folder),
            Part::whole("tree", tree),
            Part::whole("commit", commit),
        ]);
        pack.write(&store, &ids);
        store.main(head);
        let pipeline = Pipeline::new(Scanner::new(&RuleSet::builtin()), Options::default());
        Self { dir, store, pack, ids, bad, text, pipeline }
    }

    /// Scans the history with a file in it, which is taken out again. Every second input gets a
    /// right checksum.
    fn scan(&self, name: &str, data: &[u8], has_sum: bool) {
        let path = self.store.path(name);
        let before = std::fs::read(&path).ok();
        let data = match data.len() {
            len if has_sum && len >= 20 && len % 2 == 0 => with_sum(data[..len - 20].to_vec()),
            _ => data.to_vec(),
        };
        self.store.write(name, data);
        let outcome = Repository::open(Some(self.dir.path())).and_then(|mut repository| {
            let options = HistoryOptions { threads: Some(1), ..HistoryOptions::default() };
            scan_history(&self.pipeline, &mut repository, &options)
        });
        match before {
            Some(before) => std::fs::write(&path, before).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        if let Ok(outcome) = outcome {
            let is_honest = !outcome.findings.is_empty() || !outcome.coverage.is_complete();
            assert!(is_honest, "{name}: complete without the secret: {:?}", outcome.coverage);
        }
    }
}

const PACK: &str = "objects/pack/pack-1.pack";
const INDEX: &str = "objects/pack/pack-1.idx";
const MULTI: &str = "objects/pack/multi-pack-index";
const GRAPH: &str = "objects/info/commit-graph";

fn reading_packs(data: &[u8]) {
    PLACE.with(|place| place.scan(PACK, data, true));
}

fn reading_indexes(data: &[u8]) {
    PLACE.with(|place| place.scan(INDEX, data, true));
}

fn reading_multi_indexes(data: &[u8]) {
    PLACE.with(|place| place.scan(MULTI, data, true));
}

fn reading_graphs(data: &[u8]) {
    PLACE.with(|place| place.scan(GRAPH, data, true));
}

/// References beside the branch that leads to the secret.
fn reading_references(data: &[u8]) {
    PLACE.with(|place| place.scan("packed-refs", data, false));
    PLACE.with(|place| place.scan("refs/heads/other", data, false));
}

/// A file in the place of the loose object with the secret, which is in no pack.
fn reading_loose_objects(data: &[u8]) {
    PLACE.with(|place| {
        let id = place.bad.to_string();
        // The pack calls it by another name.
        let ids: Vec<_> = place
            .ids
            .iter()
            .map(|id| if *id == place.bad { Id::invented(9) } else { *id })
            .collect();
        place.store.write(INDEX, place.pack.index(&ids));
        place.scan(&format!("objects/{}/{}", &id[..2], &id[2..]), data, false);
        place.store.write(INDEX, place.pack.index(&place.ids));
    });
}

/// The bytes of a file that git writes for the repository.
fn written_by_git(name: &str, args: &[&str]) -> Vec<u8> {
    let sandbox = Sandbox::new();
    PLACE.with(|place| {
        let store = Store::of(&sandbox.inside());
        place.pack.write(&store, &place.ids);
        store.main(place.ids[5]);
        sandbox.git(args);
        std::fs::read(store.path(name)).unwrap()
    })
}

#[test]
fn fuzz_reading_packs() {
    let seed = PLACE.with(|place| place.pack.bytes.clone());
    run_on(reading_packs, &[seed]);
}

#[test]
fn fuzz_reading_indexes() {
    let seed = PLACE.with(|place| place.pack.index(&place.ids));
    run_on(reading_indexes, &[seed]);
}

#[test]
fn fuzz_reading_multi_indexes() {
    run_on(reading_multi_indexes, &[written_by_git(MULTI, &["multi-pack-index", "write"])]);
}

#[test]
fn fuzz_reading_graphs() {
    run_on(reading_graphs, &[written_by_git(GRAPH, &["commit-graph", "write", "--reachable"])]);
}

#[test]
fn fuzz_reading_references() {
    let head = PLACE.with(|place| place.ids[5]);
    let packed = format!(
        "# pack-refs with: peeled fully-peeled sorted \n{head} refs/heads/b\n{head} refs/tags/c\n\
         ^{head}\n"
    );
    run_on(
        reading_references,
        &[packed.into_bytes(), format!("{head}\n").into(), b"ref: refs/heads/main\n".into()],
    );
}

#[test]
fn fuzz_reading_loose_objects() {
    let text = PLACE.with(|place| place.text.clone());
    let head = format!("blob {}\0", text.len());
    run_on(reading_loose_objects, &[deflated(&[head.as_bytes(), &text].concat())]);
}
