//! Files of `.git` that lie: who can write them can hide nothing without a word, and nothing goes
//! in circles.

use super::make::pack::{GRAPH_HEAD, MULTI_HEAD, Pack, Part, chunk, with_change};
use super::make::store::{FILE, FOLDER, Id, Store, commit_of, deflated, tag_of, tree_of};
use super::make::token::gitlab;
use super::sandbox::{Limits, fifo};
use super::scene::{Look, Scene};
use crate::support::tokens::Random;

/// A secret in a folder of the second of two commits, all of it in a pack.
struct Packed {
    scene: Scene,
    secret: String,
    head: Id,
    ids: Vec<Id>,
    pack: Pack,
}

impl Packed {
    fn new() -> Self {
        let scene = Scene::new();
        let secret = gitlab(&mut Random::new(55));
        let mut ids = Vec::new();
        let mut parts = Vec::new();
        let mut add = |kind: &'static str, data: Vec<u8>| {
            let id = Id::of(kind, &data);
            ids.push(id);
            parts.push(Part::whole(kind, data));
            id
        };
        let blob = add("blob", b"harmless\n".to_vec());
        let tree = add("tree", tree_of(&[(FILE, b"a", blob)]));
        let first = add("commit", commit_of(tree, &[scene.base], "first"));
        let bad = add("blob", format!("key = {secret}\n").into_bytes());
        let folder = add("tree", tree_of(&[(FILE, b"bad", bad)]));
        let tree = add("tree", tree_of(&[(FILE, b"a", blob), (FOLDER, b"d", folder)]));
        let head = add("commit", commit_of(tree, &[first], "second"));
        Self { pack: Pack::of(&parts), scene, secret, head, ids }
    }

    /// What is said is right, or said to be incomplete.
    fn is_honest(&self) {
        self.scene.is_kept(self.head, std::slice::from_ref(&self.secret), Limits::SMALL);
    }

    /// All pairs of different objects, by their places in a sorted list of ids.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let count = self.ids.len();
        (0..count).flat_map(move |one| (one + 1..count).map(move |other| (one, other)))
    }
}

/// Exchanges two fields of a table.
fn exchange(table: &mut [u8], width: usize, (one, other): (usize, usize)) {
    for byte in 0..width {
        table.swap(one * width + byte, other * width + byte);
    }
}

#[test]
fn what_is_packed_is_found() {
    let packed = Packed::new();
    packed.pack.write(&packed.scene.store, &packed.ids);
    for look in Look::ALL {
        packed.scene.look(look, packed.head, &[], Limits::SMALL).code_is(&[1]);
    }
    packed.scene.sandbox.git(&["fsck", "--strict"]);
}

#[test]
fn exchanged_offsets_of_a_pack_index() {
    let packed = Packed::new();
    packed.pack.write(&packed.scene.store, &packed.ids);
    let index = packed.pack.index(&packed.ids);
    let offsets = 8 + 1024 + packed.ids.len() * 24;
    for pair in packed.pairs() {
        let lie = with_change(index.clone(), |bytes| exchange(&mut bytes[offsets..], 4, pair));
        packed.scene.store.write("objects/pack/pack-1.idx", lie);
        packed.is_honest();
    }
}

#[test]
fn exchanged_offsets_of_a_multi_pack_index() {
    let packed = Packed::new();
    packed.pack.write(&packed.scene.store, &packed.ids);
    packed.scene.sandbox.git(&["multi-pack-index", "write"]);
    let name = "objects/pack/multi-pack-index";
    let index = std::fs::read(packed.scene.store.path(name)).unwrap();
    let offsets = chunk(&index, MULTI_HEAD, b"OOFF");
    std::fs::remove_file(packed.scene.store.path(name)).unwrap();
    for pair in packed.pairs() {
        let lie =
            with_change(index.clone(), |bytes| exchange(&mut bytes[offsets.clone()], 8, pair));
        packed.scene.store.write(name, lie);
        packed.is_honest();
    }
}

#[test]
fn commit_graph_with_other_trees_and_parents() {
    let packed = Packed::new();
    packed.pack.write(&packed.scene.store, &packed.ids);
    packed.scene.store.main(packed.head);
    packed.scene.sandbox.git(&["commit-graph", "write", "--reachable"]);
    let name = "objects/info/commit-graph";
    let path = packed.scene.store.path(name);
    let graph = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    let data = chunk(&graph, GRAPH_HEAD, b"CDAT");
    const ROW: usize = 36;
    const TREE: usize = 20;
    let count = data.len() / ROW;
    for (one, other) in (0..count).flat_map(|one| (0..count).map(move |other| (one, other))) {
        // The tree of another commit; then the parent of another one, which may make a circle.
        for part in [0..TREE, TREE..TREE + 4] {
            let lie = with_change(graph.clone(), |bytes| {
                let rows = &mut bytes[data.clone()];
                let field = rows[one * ROW..][part.clone()].to_vec();
                rows[other * ROW..][part.clone()].copy_from_slice(&field);
            });
            packed.scene.store.write(name, lie);
            packed.is_honest();
        }
    }
}

#[test]
fn bytes_of_a_pack_that_differ() {
    let packed = Packed::new();
    packed.pack.write(&packed.scene.store, &packed.ids);
    let mut random = Random::new(56);
    for _ in 0..24 {
        let mut bytes = packed.pack.bytes.clone();
        let at = 12 + random.below(bytes.len() - 32);
        bytes[at] ^= 1 << random.below(8);
        bytes.truncate(bytes.len() - 20);
        packed.scene.store.write("objects/pack/pack-1.pack", super::make::pack::with_sum(bytes));
        packed.is_honest();
    }
}

#[test]
fn loose_objects_that_are_cut() {
    let scene = Scene::new();
    let secret = gitlab(&mut Random::new(64));
    let data = format!("{}\nkey = {secret}\n", "filler ".repeat(400));
    let blob = scene.store.blob(&data);
    let tree = scene.store.tree(&[(FILE, b"bad", blob)]);
    let head = scene.store.commit(tree, &[scene.base], "second");
    // Without a part of the checksum, without all of it, without a part of the data.
    for (id, kind, content) in [
        (blob, "blob", data.clone().into_bytes()),
        (tree, "tree", tree_of(&[(FILE, b"bad", blob)])),
        (head, "commit", commit_of(tree, &[scene.base], "second")),
    ] {
        let whole =
            deflated(&[format!("{kind} {}\0", content.len()).as_bytes(), &content].concat());
        for cut in [1, 3, 4, 5, whole.len() / 2, whole.len() - 1, whole.len()] {
            std::fs::write(scene.store.loose_path(id), &whole[..whole.len() - cut]).unwrap();
            for look in Look::REPORTS {
                let run = scene.look(look, head, &["-f", "json", "--show-secrets"], Limits::SMALL);
                run.keeps(&[]).is_honest(std::slice::from_ref(&secret));
                assert!(
                    !run.is_complete(),
                    "a {kind} that is cut by {cut} bytes is taken for good: {run:?}"
                );
            }
        }
        std::fs::write(scene.store.loose_path(id), whole).unwrap();
    }
}

#[test]
fn loose_objects_with_a_wrong_checksum() {
    let scene = Scene::new();
    let data = b"harmless text\n";
    let blob = scene.store.blob(data);
    let head = commit_of_tree(&scene, FILE, blob);
    let mut bytes = deflated(&[&b"blob 14\0"[..], data].concat());
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(scene.store.loose_path(blob), bytes).unwrap();
    for look in Look::REPORTS {
        scene.look(look, head, &[], Limits::SMALL).keeps(&[]).code_is(&[3]);
    }
}

fn commit_of_tree(scene: &Scene, mode: &str, id: Id) -> Id {
    let tree = scene.store.tree(&[(mode, b"x", id)]);
    scene.store.commit(tree, &[scene.base], "one entry")
}

#[test]
fn trees_that_list_themselves() {
    let (one, other) = (Id::invented(1), Id::invented(2));
    // Itself; each other; itself twice, which doubles with each level.
    let circles: [&[(Id, &[Id])]; 3] =
        [&[(one, &[one])], &[(one, &[other]), (other, &[one])], &[(one, &[one, one])]];
    for circle in circles {
        let scene = Scene::new();
        for (id, below) in circle {
            let names = [&b"a"[..], b"b"];
            let entries: Vec<_> =
                names.iter().zip(*below).map(|(name, id)| (FOLDER, *name, *id)).collect();
            scene.store.put_as(*id, "tree", &tree_of(&entries));
        }
        let head = commit_of_tree(&scene, FOLDER, one);
        for look in Look::ALL {
            scene.look(look, head, &[], Limits::SMALL).keeps(&[]);
        }
    }
}

#[test]
fn tags_and_commits_in_circles() {
    let scene = Scene::new();
    let (one, other, commit) = (Id::invented(1), Id::invented(2), Id::invented(3));
    scene.store.put_as(one, "tag", &tag_of(other, "tag", "one"));
    scene.store.put_as(other, "tag", &tag_of(one, "tag", "other"));
    scene.store.refer("refs/tags/one", one);
    let tree = scene.store.tree(&[]);
    scene.store.put_as(commit, "commit", &commit_of(tree, &[scene.base, commit], "itself"));
    for head in [one, commit] {
        for look in Look::ALL {
            scene.look(look, head, &[], Limits::SMALL).keeps(&[]);
        }
    }
}

#[test]
fn tags_of_tags() {
    let scene = Scene::new();
    let mut kind = "commit";
    let last = (0..20_000).fold(scene.base, |target, number| {
        let tag = scene.store.put("tag", &tag_of(target, kind, &format!("v{number}")));
        kind = "tag";
        tag
    });
    scene.store.refer("refs/tags/last", last);
    scene.look(Look::History, scene.base, &[], Limits::ANY).keeps(&[]);
    scene.look(Look::Ci, last, &[], Limits::ANY).keeps(&[]);
}

#[test]
fn what_many_tags_lead_to() {
    let secret = gitlab(&mut Random::new(64));
    let scene = Scene::new();
    let blob = scene.store.blob(format!("key = {secret}\n"));
    let mut kind = "blob";
    let last = (0..100).fold(blob, |target, number| {
        let tag = scene.store.put("tag", &tag_of(target, kind, &format!("v{number}")));
        kind = "tag";
        tag
    });
    scene.is_kept(last, &[secret], Limits::SMALL);
}

#[test]
fn alternates_without_end() {
    let scene = Scene::new();
    let lines: String = (0..200_000).map(|number| format!("/nowhere/{number}\n")).collect();
    scene.store.write("objects/info/alternates", lines);
    scene.look(Look::History, scene.base, &[], Limits::SMALL).keeps(&[]);
    // Those that lead to each other, and to nothing but a device.
    let other = Store::new(scene.sandbox.outside().join("other"));
    let here = scene.store.path("objects");
    let there = other.path("objects");
    scene.store.write("objects/info/alternates", format!("{}\n", there.display()));
    other.write("objects/info/alternates", format!("{}\n/dev/zero\n", here.display()));
    scene.look(Look::History, scene.base, &[], Limits::SMALL).keeps(&[]);
}

#[test]
fn files_of_git_that_are_no_files() {
    let names = [
        "HEAD",
        "packed-refs",
        "config",
        "commondir",
        "objects/info/alternates",
        "index",
        "shallow",
        "refs/heads/main",
        "refs/heads/other",
        "info/grafts",
        "info/exclude",
        "objects/pack/pack-1.idx",
        "objects/info/commit-graph",
        "objects/pack/multi-pack-index",
        "worktrees/other/HEAD",
        "MERGE_HEAD",
    ];
    for name in names {
        let scene = Scene::new();
        let path = scene.store.path(name);
        drop(std::fs::remove_file(&path));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        fifo(&path);
        // `Scene::look` writes the branch, which would wait for a reader of the FIFO.
        scene.sandbox.run(&["git"], Limits::SMALL).keeps(&[]);
        scene.sandbox.run(&["git", "--staged"], Limits::SMALL).keeps(&[]);
        scene.sandbox.run(&["scan", "."], Limits::SMALL).keeps(&[]);
    }
}

#[test]
fn files_of_git_that_are_links_to_devices() {
    let names = [
        "HEAD",
        "packed-refs",
        "config",
        "commondir",
        "index",
        "shallow",
        "objects/info/alternates",
    ];
    for target in ["/dev/zero", "/proc/self/pagemap"] {
        for name in names {
            let scene = Scene::new();
            let path = scene.store.path(name);
            drop(std::fs::remove_file(&path));
            std::os::unix::fs::symlink(target, path).unwrap();
            scene.sandbox.run(&["git"], Limits::SMALL).keeps(&[]);
            scene.sandbox.run(&["scan", "."], Limits::SMALL).keeps(&[]);
        }
    }
}
