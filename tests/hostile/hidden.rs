//! What is looked at cannot be made less without a word.

use std::collections::BTreeSet;
use std::fs;

use super::make::store::{FILE, Id};
use super::make::token::gitlab;
use super::sandbox::{Limits, Sandbox, give_away, is_root};
use super::scene::{Look, Scene};
use crate::support::tokens::Random;

const REPORT: [&str; 4] = ["-f", "json", "--show-secrets", "."];

/// A repository in a folder of the sandbox, with a tracked file that `.gitignore` names.
fn tracked_and_ignored(sandbox: &Sandbox, folder: &str) -> String {
    let secret = gitlab(&mut Random::new(54));
    sandbox.file(format!("{folder}/.gitignore"), "*.env\n");
    sandbox.file(format!("{folder}/a.env"), format!("key = {secret}\n"));
    sandbox.git(&["init", "-q", folder]);
    sandbox.git(&["-C", folder, "add", "-f", ".gitignore", "a.env"]);
    secret
}

fn is_seen(sandbox: &Sandbox, secret: &String) {
    let run = sandbox.run(&[&["scan"], &REPORT[..]].concat(), Limits::SMALL);
    run.keeps(&[]).is_honest(std::slice::from_ref(secret));
}

#[test]
fn tracked_files_are_scanned_though_they_are_ignored() {
    let sandbox = Sandbox::new();
    let secret = tracked_and_ignored(&sandbox, ".");
    is_seen(&sandbox, &secret);
    assert!(
        sandbox.run(&[&["scan"], &REPORT[..]].concat(), Limits::SMALL).secrets().contains(&secret)
    );
}

#[test]
fn repository_of_another_user() {
    if !is_root() {
        return;
    }
    let sandbox = Sandbox::new();
    let secret = tracked_and_ignored(&sandbox, ".");
    give_away(&sandbox.inside());
    is_seen(&sandbox, &secret);
}

#[test]
fn repositories_in_a_tree() {
    // One that git would call embedded, one below a repository, one with its data elsewhere.
    for is_outer_a_repository in [false, true] {
        let sandbox = Sandbox::new();
        if is_outer_a_repository {
            sandbox.git(&["init", "-q", "."]);
        }
        let secret = tracked_and_ignored(&sandbox, "sub/module");
        is_seen(&sandbox, &secret);
        let data = sandbox.inside().join("sub/module/.git");
        fs::rename(&data, sandbox.outside().join("data")).unwrap();
        fs::write(data, format!("gitdir: {}\n", sandbox.outside().join("data").display())).unwrap();
        is_seen(&sandbox, &secret);
    }
}

#[test]
fn indexes_that_cannot_be_read() {
    let sandbox = Sandbox::new();
    let secret = tracked_and_ignored(&sandbox, ".");
    let path = sandbox.inside().join(".git/index");
    let good = fs::read(&path).unwrap();
    let mut bent = good.clone();
    bent[good.len() / 2] ^= 0xff;
    let version_99 = [b"DIRC\0\0\0\x63", &good[8..]].concat();
    for bad in [&good[..good.len() - 30], &good[..12], &bent, &version_99, b"", b"DIRC"] {
        fs::write(&path, bad).unwrap();
        is_seen(&sandbox, &secret);
    }
}

#[test]
fn repositories_that_cannot_be_opened() {
    for config in [
        "[core]\n\trepositoryformatversion = 99\n",
        "[core\n",
        "[extensions]\n\tnew = 1\n[core]\n\trepositoryformatversion = 1\n",
    ] {
        let sandbox = Sandbox::new();
        let secret = tracked_and_ignored(&sandbox, ".");
        fs::write(sandbox.inside().join(".git/config"), config).unwrap();
        is_seen(&sandbox, &secret);
    }
}

#[test]
fn index_of_the_environment() {
    let sandbox = Sandbox::new();
    let secret = tracked_and_ignored(&sandbox, ".");
    for (name, value) in [
        ("GIT_INDEX_FILE", "/nowhere/index"),
        ("GIT_DIR", "/nowhere"),
        ("GIT_WORK_TREE", "/nowhere"),
    ] {
        let mut command = sandbox.command(&[&["scan"], &REPORT[..]].concat());
        command.env(name, value);
        let run = sandbox.run_command(command, b"", Limits::SMALL);
        run.keeps(&[]).is_honest(std::slice::from_ref(&secret));
    }
}

/// A commit with a secret, and the secret.
fn bad_commit(scene: &Scene) -> (Id, String) {
    let secret = gitlab(&mut Random::new(68));
    (scene.store.commit_file("bad", format!("key = {secret}\n"), &[scene.base]), secret)
}

#[test]
fn namespace_without_references() {
    let scene = Scene::new();
    let (head, secret) = bad_commit(&scene);
    scene.store.main(head);
    for args in [&["git"][..], &["git", "--all-objects"]] {
        let mut command = scene.sandbox.command(&[args, &REPORT].concat());
        command.env("GIT_NAMESPACE", "nothing");
        let run = scene.sandbox.run_command(command, b"", Limits::SMALL);
        run.keeps(&[]).is_honest(std::slice::from_ref(&secret));
    }
}

#[test]
fn references_that_lead_nowhere() {
    // In a circle, to themselves, to what is not there.
    for [one, other] in [["b", "a"], ["a", "a"], ["nothing", "nothing"]] {
        let scene = Scene::new();
        fs::remove_file(scene.store.path("refs/heads/main")).unwrap();
        scene.store.write("refs/heads/a", format!("ref: refs/heads/{one}\n"));
        scene.store.write("refs/heads/b", format!("ref: refs/heads/{other}\n"));
        scene.store.write("HEAD", "ref: refs/heads/a\n");
        scene.sandbox.run(&["git", "-f", "json"], Limits::SMALL).keeps(&[]).code_is(&[2, 3]);
    }
}

#[test]
fn odd_entries_of_trees_hide_nothing() {
    let secret = gitlab(&mut Random::new(70));
    let text = format!("key = {secret}\n");
    // Modes that git does not write, and files that are called modules or folders.
    for mode in [
        "100644", "100755", "120000", "100664", "0100644", "644", "100000", "140000", "7777777",
        "0",
    ] {
        let scene = Scene::new();
        let blob = scene.store.blob(&text);
        let tree = scene.store.tree(&[(mode, b"bad", blob)]);
        let head = scene.store.commit(tree, &[scene.base], "odd mode");
        scene.is_kept(head, std::slice::from_ref(&secret), Limits::SMALL);
    }
    for name in [
        &b".."[..],
        b".",
        b"",
        b".git",
        b"a/b",
        b"/etc/passwd",
        b"\xff\xfe",
        b"a\nb",
        b"::error::a",
        b"\x1b[31m",
    ] {
        let scene = Scene::new();
        let blob = scene.store.blob(&text);
        let tree = scene.store.tree(&[(FILE, name, blob)]);
        let head = scene.store.commit(tree, &[scene.base], "odd name");
        scene.is_kept(head, std::slice::from_ref(&secret), Limits::SMALL);
        for look in Look::REPORTS {
            scene
                .look(look, head, &[], Limits::SMALL)
                .keeps(std::slice::from_ref(&secret))
                .is_plain();
        }
    }
}

#[test]
fn entries_of_trees_out_of_order_and_twice_hide_nothing() {
    let secret = gitlab(&mut Random::new(71));
    let orders: [&[&[u8]]; 5] = [
        &[b"z", b"bad"],
        &[b"bad", b"bad"],
        &[b"bad", b"a", b"bad"],
        &[b"z", b"bad", b"a"],
        &[b"z", b"a", b"bad", b"a"],
    ];
    let places =
        |names: &[&[u8]]| (0..names.len()).filter(|at| names[*at] == b"bad").collect::<Vec<_>>();
    let cases =
        orders.iter().flat_map(|names| places(names).into_iter().map(move |place| (*names, place)));
    for ((names, place), base) in
        cases.flat_map(|case| ["as it was", "alike", "in order"].map(|base| (case, base)))
    {
        let mut scene = Scene::new();
        let (bad, good) =
            (scene.store.blob(format!("key = {secret}\n")), scene.store.blob("nothing\n"));
        let tree = |names: &[&[u8]], place: Option<usize>| {
            let id = |at| if Some(at) == place { bad } else { good };
            let entries: Vec<_> =
                names.iter().enumerate().map(|(at, name)| (FILE, *name, id(at))).collect();
            scene.store.tree(&entries)
        };
        let in_order: Vec<_> = names.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
        let before = tree(if base == "alike" { names } else { &in_order }, None);
        let after = tree(names, Some(place));
        if base != "as it was" {
            scene.base = scene.store.commit(before, &[scene.base], "before");
        }
        let head = scene.store.commit(after, &[scene.base], "after");
        scene.is_kept(head, std::slice::from_ref(&secret), Limits::SMALL);
    }
}
