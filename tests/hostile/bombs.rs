//! Little that becomes much: trees, deltas, sizes, references, candidates.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::make::archive::gzip;
use super::make::pack::{Pack, Part, Step, delta};
use super::make::store::{FILE, FOLDER, Id, commit_of, tag_of, tree_of};
use super::make::token::{gitlab, word};
use super::sandbox::{Limits, MIB, has};
use super::scene::{Look, Scene};
use crate::support::tokens::Random;

/// Promised: under 100 MB and a second of processor time. Binaries of tests take several times as
/// long.
const BOMB: Limits = Limits::new(100 * MIB, 8, 60);

/// Stores `levels` nested trees, each with `width` times the one below.
fn nested(scene: &Scene, leaf: &str, levels: usize, width: usize) -> Id {
    let blob = scene.store.blob(leaf);
    let names: Vec<Vec<u8>> =
        (0..width).map(|number| format!("d{number:04}").into_bytes()).collect();
    let level = |mode: &str, id| {
        let entries: Vec<_> = names.iter().map(|name| (mode, name.as_slice(), id)).collect();
        scene.store.tree(&entries)
    };
    let tree = (1..levels).fold(level(FILE, blob), |tree, _| level(FOLDER, tree));
    scene.store.commit(tree, &[scene.base], "grow")
}

fn bomb_of_trees(levels: usize, width: usize) {
    let scene = Scene::new();
    let secret = gitlab(&mut Random::new(51));
    let clean = nested(&scene, "nothing\n", levels, width);
    let bad = nested(&scene, &format!("key = {secret}\n"), levels, width);
    for look in Look::ALL {
        scene.look(look, clean, &[], BOMB).keeps(&[]);
        // The only finding is reported, with some of its places.
        scene.look(look, bad, &[], BOMB).keeps(std::slice::from_ref(&secret)).code_is(&[1]);
    }
    let run = scene.look(Look::History, bad, &["-f", "json"], BOMB);
    assert!(run.stdout.len() < 1 << 20, "a report of {} bytes", run.stdout.len());
}

#[test]
fn trees_in_trees() {
    bomb_of_trees(10, 10);
}

#[test]
fn narrow_and_deep_trees() {
    bomb_of_trees(40, 2);
}

#[test]
fn wide_and_flat_trees() {
    bomb_of_trees(3, 1000);
}

#[test]
fn trees_that_differ_from_a_bomb_a_little() {
    // Both sides are bombs, so that no side is simply new.
    let mut scene = Scene::new();
    let secret = gitlab(&mut Random::new(52));
    scene.base = nested(&scene, "before\n", 9, 10);
    let head = nested(&scene, &format!("key = {secret}\n"), 9, 10);
    for look in [Look::Range, Look::Ci, Look::PreReceive] {
        scene.look(look, head, &[], BOMB).keeps(std::slice::from_ref(&secret)).code_is(&[1]);
    }
}

/// A commit of these blobs.
fn commit_blobs(scene: &Scene, blobs: &[Id]) -> Id {
    let names: Vec<String> = (0..blobs.len()).map(|number| format!("f{number:04}")).collect();
    let entries: Vec<_> =
        names.iter().zip(blobs).map(|(name, id)| (FILE, name.as_bytes(), *id)).collect();
    let tree = scene.store.tree(&entries);
    scene.store.commit(tree, &[scene.base], "blobs")
}

/// A chain of blobs of 8 MiB, each with a small one made of it: beside it in the pack, or behind
/// all of the chain.
fn chain_of_deltas(is_beside: bool) {
    // Kept whole, the chain is 640 MiB. The budget for it is 256 MiB, and half as much is left for
    // the rest.
    const LIMITS: Limits = Limits::new(384 * MIB, 60, 120);
    const LEN: u64 = 8 * MIB;
    let scene = Scene::new();
    let mut parts = vec![Part::whole("blob", vec![b'\n'; LEN as usize])];
    let (mut chain, mut leaves) = (vec![0], 0);
    let leaf = |base| Part::OffsetDelta { base, delta: delta(LEN, 64, &[Step::Copy(0, 64)]) };
    for number in 0..80 {
        let text = format!("{number:03}");
        let steps = [Step::Copy(0, LEN - 3), Step::Insert(text.as_bytes())];
        parts.push(Part::OffsetDelta { base: chain[number], delta: delta(LEN, LEN, &steps) });
        chain.push(parts.len() - 1);
        if is_beside {
            parts.push(leaf(chain[number + 1]));
            leaves += 1;
        }
    }
    parts.extend(chain[1 + leaves..].iter().map(|base| leaf(*base)));
    // Ids are invented: who reads a blob of a history does not hash it.
    let ids: Vec<Id> = (0..parts.len()).map(|number| Id::invented(number as u8)).collect();
    Pack::of(&parts).write(&scene.store, &ids);
    let head = commit_blobs(&scene, &ids);
    scene.look(Look::History, head, &["-j", "1"], LIMITS).keeps(&[]);
}

#[test]
fn chain_of_deltas_with_others_beside_it() {
    chain_of_deltas(true);
}

#[test]
fn chain_of_deltas_with_others_behind_it() {
    chain_of_deltas(false);
}

#[test]
fn delta_to_two_gigabytes() {
    let scene = Scene::new();
    let base = vec![b' '; 1 << 16];
    let steps: Vec<_> = (0..1 << 15).map(|_| Step::Copy(0, 1 << 16)).collect();
    let parts = [
        Part::whole("blob", base.clone()),
        Part::OffsetDelta { base: 0, delta: delta(1 << 16, 1 << 31, &steps) },
        Part::IdDelta { base: Id::of("blob", &base), delta: delta(1 << 16, 1 << 31, &steps) },
    ];
    let ids = [Id::of("blob", &base), Id::invented(1), Id::invented(2)];
    Pack::of(&parts).write(&scene.store, &ids);
    let head = commit_blobs(&scene, &ids);
    for look in [Look::History, Look::Range, Look::Ci] {
        let run = scene.look(look, head, &["-v"], Limits::ANY);
        run.keeps(&[]).code_is(&[3]);
        let said = [&run.stdout[..], &run.stderr].concat();
        assert!(has(&said, b"--max-memory"), "does not name the option: {run:?}");
    }
}

/// Objects of a kind whose headers promise 2 GiB, and a commit that leads to them.
fn promising(scene: &Scene, kind: &'static str, is_packed: bool) -> Id {
    const PROMISED: u64 = 1 << 31;
    let ids: Vec<Id> = (1..=12).map(Id::invented).collect();
    let data: Vec<u8> = match kind {
        "commit" => commit_of(scene.base, &[], "short"),
        "tree" => tree_of(&[(FILE, b"a", scene.store.blob("a"))]),
        "tag" => tag_of(scene.base, "commit", "v1"),
        _ => b"short".to_vec(),
    };
    if is_packed {
        let parts: Vec<_> =
            ids.iter().map(|_| Part::Whole { kind, size: PROMISED, data: data.clone() }).collect();
        Pack::of(&parts).write(&scene.store, &ids);
    } else {
        ids.iter().for_each(|id| scene.store.put_claiming(*id, kind, PROMISED, &data));
    }
    match kind {
        "commit" => {
            let tree = scene.store.tree(&[]);
            scene.store.commit(tree, &ids, "merge")
        }
        "tag" => {
            for (number, id) in ids.iter().enumerate() {
                scene.store.refer(&format!("refs/tags/v{number}"), *id);
            }
            scene.base
        }
        "tree" => {
            let names: Vec<String> = (0..ids.len()).map(|number| format!("d{number:02}")).collect();
            let rows: Vec<_> =
                names.iter().zip(&ids).map(|(name, id)| (FOLDER, name.as_bytes(), *id)).collect();
            let tree = scene.store.tree(&rows);
            scene.store.commit(tree, &[scene.base], "trees")
        }
        _ => commit_blobs(scene, &ids),
    }
}

fn headers_that_promise(is_packed: bool) {
    // Enough addresses for what is promised, so that it is seen whether memory is taken.
    const LIMITS: Limits = Limits { space: 16 << 30, ..Limits::SMALL };
    for kind in ["commit", "tree", "blob", "tag"] {
        let scene = Scene::new();
        let head = promising(&scene, kind, is_packed);
        scene.look(Look::History, head, &[], LIMITS).keeps(&[]).code_is(&[3]);
        if kind != "tag" {
            scene.look(Look::Range, head, &[], LIMITS).keeps(&[]).code_is(&[2, 3]);
            scene.look(Look::Ci, head, &[], LIMITS).keeps(&[]).code_is(&[2, 3]);
        }
    }
}

#[test]
fn packed_headers_that_promise_gigabytes() {
    headers_that_promise(true);
}

#[test]
fn loose_headers_that_promise_gigabytes() {
    headers_that_promise(false);
}

#[test]
fn streams_that_hold_gigabytes() {
    // What is promised is there: a gigabyte of spaces in a megabyte.
    for kind in ["commit", "tree", "blob"] {
        let scene = Scene::new();
        let id = Id::invented(1);
        scene.store.put_spaces(id, kind, 1 << 30);
        let head = match kind {
            "commit" => id,
            "tree" => scene.store.commit(id, &[scene.base], "tree"),
            _ => commit_blobs(&scene, &[id]),
        };
        scene.look(Look::History, head, &[], Limits { cpu: 60, ..Limits::ANY }).keeps(&[]);
    }
}

#[test]
fn references_times_findings() {
    const LIMITS: Limits = Limits::new(150 * MIB, 40, 120);
    let scene = Scene::new();
    let mut random = Random::new(28);
    let secrets: Vec<String> = (0..300).map(|_| gitlab(&mut random)).collect();
    let head = scene.store.commit_file("keys", secrets.join("\n"), &[scene.base]);
    let names = ["merge-requests", "keep-around", "forks/x", "heads"];
    let mut lines: Vec<String> = (0..20_000)
        .map(|number| format!("{head} refs/{}/{number:05}/head\n", names[number % names.len()]))
        .collect();
    lines.sort_by(|one, other| one[41..].cmp(&other[41..]));
    scene.store.write(
        "packed-refs",
        format!("# pack-refs with: peeled fully-peeled sorted \n{}", lines.concat()),
    );
    for format in ["json", "jsonl", "sarif", "text"] {
        let run = scene.look(Look::History, head, &["-f", format], LIMITS);
        run.keeps(&secrets).code_is(&[1]);
        assert!(run.stdout.len() < 20_000_000, "{format}: a report of {} bytes", run.stdout.len());
    }
}

/// Texts in which nearly everything could begin a secret.
const DENSE: [&str; 5] = [
    concat!("glp", "at-"),
    "password=\"",
    "eyJhbGciOiJIUzI1NiJ9.",
    "AKIA",
    "-----BEGIN PRIVATE KEY-----\n",
];

#[test]
fn dense_candidates_in_a_map() {
    // A file that is mapped counts as memory while it is read; one of them has 100,000 findings.
    const LEN: usize = 6 << 20;
    const LIMITS: Limits = Limits::new(100 * MIB + LEN as u64, 60, 120);
    for text in DENSE {
        let scene = Scene::new();
        scene.sandbox.file("dense", text.repeat(LEN / text.len()));
        scene.sandbox.run(&["scan", "--mmap", "dense", "-f", "sarif"], LIMITS).keeps(&[]);
    }
}

#[test]
fn dense_candidates_in_a_push() {
    // The time for one blob is bounded, too; a MiB of it may be under way when the time is over.
    const LIMITS: Limits = Limits::new(256 * MIB, 12, 30);
    for text in &DENSE[..3] {
        let scene = Scene::new();
        let head =
            scene.store.commit_file("dense", text.repeat((36 << 20) / text.len()), &[scene.base]);
        scene.look(Look::PreReceive, head, &["--timeout", "1"], LIMITS).keeps(&[]);
    }
}

#[test]
fn gzip_in_base64() {
    // Promised: a second of processor time for a MB; the rest is for code that is hardly optimised.
    const LIMITS: Limits = Limits::new(256 * MIB, 10, 60);
    let mut random = Random::new(69);
    let words = (0..256).map(|_| word(&mut random, 64).repeat(16) + "\n").collect();
    let mut texts: Vec<String> = vec![words];
    texts.extend(DENSE.map(|text| text.repeat(2700)));
    texts.extend(["a", "A", "\0"].map(|letter| letter.repeat(46_000)));
    let secrets = (0..1200).map(|_| format!("password = \"{}\"\n", word(&mut random, 12)));
    texts.push(secrets.collect());
    for text in texts {
        let scene = Scene::new();
        let stream = STANDARD.encode(gzip(text.as_bytes(), b"", b"", b""));
        scene.sandbox.file("releases", format!("{stream}\n").repeat(1_000_000 / stream.len()));
        scene.sandbox.run(&["scan", "releases"], LIMITS).keeps(&[]);
    }
}

/// In each place of such a line a token could begin, and go on in the next line.
#[test]
fn runs_of_one_letter_in_lines() {
    const LIMITS: Limits = Limits::new(128 * MIB, 10, 60);
    for letter in ["A", "a", "0", "_", "AKIA", "ghp_"] {
        for len in [76, 100, 500] {
            let scene = Scene::new();
            let line = letter.repeat(len / letter.len());
            let text = format!("{line}\n").repeat(1_000_000 / len);
            scene.sandbox.file("letters", text);
            scene.sandbox.run(&["scan", "letters"], LIMITS).keeps(&[]);
        }
    }
}

/// Text that a token follows, in gzip in base64.
fn packed(front: &str, secret: &str) -> String {
    STANDARD.encode(gzip(format!("{front}\nkey: {secret}\n").as_bytes(), b"", b"", b""))
}

#[test]
fn encoded_text_that_is_not_searched_to_its_end() {
    let secret = gitlab(&mut Random::new(17));
    // Too many bytes, and too many candidates.
    for front in ["a".repeat(1 << 20), "AKIA ".repeat(20_000)] {
        let scene = Scene::new();
        let bomb = packed(&front, &secret);
        let head = scene.store.commit_file("bomb", &bomb, &[scene.base]);
        for look in Look::REPORTS {
            let run = scene.look(look, head, &["-f", "json"], Limits::ANY);
            run.keeps(std::slice::from_ref(&secret)).code_is(&[3]);
            assert_eq!(run.skipped("encoded text"), 1, "{look:?}: {run:?}");
        }
        scene.look(Look::PreReceive, head, &[], Limits::ANY).code_is(&[1, 3]);
        scene.sandbox.file("bomb", &bomb);
        scene.sandbox.file("large", bomb.clone() + &"\nplain".repeat(1 << 21));
        scene.sandbox.git(&["add", "bomb"]);
        for args in [
            &["scan", "bomb"][..],
            &["scan", "bomb", "--mmap"],
            &["scan", "large"],
            &["git", "--staged"],
        ] {
            let run = scene.sandbox.run(&[args, &["-f", "json"]].concat(), Limits::ANY);
            run.keeps(std::slice::from_ref(&secret)).code_is(&[3]);
            assert_eq!(run.skipped("encoded text"), 1, "{run:?}");
        }
        let command = scene.sandbox.command(&["scan", "-", "-f", "json"]);
        let run = scene.sandbox.run_command(command, bomb.as_bytes(), Limits::ANY);
        run.keeps(std::slice::from_ref(&secret)).code_is(&[3]);
    }
    // So it is in hex.
    let scene = Scene::new();
    let text = format!("{}\nkey: {secret}\n", "a".repeat(1 << 20));
    let digits: String =
        gzip(text.as_bytes(), b"", b"", b"").iter().map(|byte| format!("{byte:02x}")).collect();
    scene.sandbox.file("hex", digits);
    scene.sandbox.run(&["scan", "hex"], Limits::ANY).code_is(&[3]);
    // Nor do other programs get a clean answer.
    let text = packed(&"a".repeat(1 << 20), &secret);
    let request = serde_json::json!({"id": 1, "method": "scan", "text": text}).to_string();
    let command = scene.sandbox.command(&["serve"]);
    let run = scene.sandbox.run_command(command, request.as_bytes(), Limits::ANY);
    assert_eq!(run.json().unwrap()["complete"], false, "{run:?}");
    // What expands as texts do is searched as a whole.
    let scene = Scene::new();
    let mut random = Random::new(18);
    let text: String = (0..2000).map(|_| format!("name: {}\n", word(&mut random, 8))).collect();
    scene.sandbox.file("release", packed(&text, &secret));
    scene.sandbox.run(&["scan", "release"], Limits::ANY).code_is(&[1]);
}
