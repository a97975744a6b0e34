//! Files of a clone that gix reads whole: pipes, devices, far too large ones, and indexes that
//! promise more than memory holds.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::sandbox::{Limits, fifo};
use super::scene::Scene;

/// The files that are opened by their names.
const NAMES: [&str; 14] = [
    "HEAD",
    "MERGE_HEAD",
    "ORIG_HEAD",
    "FETCH_HEAD",
    "config",
    "packed-refs",
    "shallow",
    "index",
    "commondir",
    "refs/heads/main",
    "refs/stash",
    "logs/refs/stash",
    "objects/info/alternates",
    "objects/info/commit-graphs/commit-graph-chain",
];

/// The commands that open a repository, each in its own way.
const COMMANDS: [&[&str]; 4] = [
    &["git"],
    &["git", "--staged"],
    &["git", "--range", "ORIG_HEAD..HEAD~0"],
    &["ci", "--no-fetch", "--base", "FETCH_HEAD", "--head", "HEAD"],
];

/// What is in the place of a file.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Pipe,
    Device,
    MadeUp,
    Large,
}

impl Kind {
    fn put(self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let _ = fs::remove_file(path);
        match self {
            Self::Pipe => fifo(path),
            Self::Device => symlink("/dev/zero", path).unwrap(),
            Self::MadeUp => symlink("/proc/self/pagemap", path).unwrap(),
            // Of a gigabyte, all of it a hole.
            Self::Large => fs::File::create(path).unwrap().set_len(1 << 30).unwrap(),
        }
    }
}

/// Runs all commands. Each ends by itself, and says that it did not look.
fn is_refused(scene: &Scene, what: &str) {
    for args in COMMANDS {
        let run = scene.sandbox.run(args, Limits::SMALL);
        run.keeps(&[]);
        assert_ne!(run.code, Some(0), "{what}: {run:?}");
    }
}

#[test]
fn files_that_are_none_or_too_large() {
    for name in NAMES {
        for kind in [Kind::Pipe, Kind::Device, Kind::MadeUp, Kind::Large] {
            let scene = Scene::new();
            for name in ["ORIG_HEAD", "FETCH_HEAD"] {
                scene.store.refer(name, scene.base);
            }
            kind.put(&scene.store.path(name));
            is_refused(&scene, &format!("{name} {kind:?}"));
            // Files are scanned whatever the repository is like.
            scene.sandbox.run(&["scan", "."], Limits::SMALL).keeps(&[]);
        }
    }
}

#[test]
fn a_file_that_only_a_revision_names() {
    let scene = Scene::new();
    for kind in [Kind::Pipe, Kind::Large] {
        kind.put(&scene.store.path("odd/name"));
        for args in [&["git", "--range", "odd/name..HEAD"][..], &["ci", "--base", "odd/name"]] {
            let run = scene.sandbox.run(args, Limits::SMALL);
            run.keeps(&[]).code_is(&[2, 3]);
        }
    }
}

#[test]
fn files_of_linked_working_trees() {
    for name in ["HEAD", "commondir", "index", "../../config", "../../packed-refs"] {
        let scene = Scene::new();
        let tree = scene.sandbox.file("tree/a.txt", "text\n");
        let own = scene.store.path("worktrees/tree");
        fs::create_dir_all(&own).unwrap();
        let git = tree.with_file_name(".git");
        fs::write(&git, format!("gitdir: {}\n", own.display())).unwrap();
        fs::write(own.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        fs::write(own.join("commondir"), "../..\n").unwrap();
        fs::write(own.join("gitdir"), format!("{}\n", git.display())).unwrap();
        scene.sandbox.run(&["git", "tree"], Limits::SMALL).keeps(&[]).code_is(&[0]);
        Kind::Pipe.put(&own.join(name));
        let run = scene.sandbox.run(&["git", "tree"], Limits::SMALL);
        run.keeps(&[]).code_is(&[2]);
    }
}

#[test]
fn borders_of_a_history_that_are_no_list() {
    for border in ["no id\n", "\0\0\0\0", &"0123456789".repeat(1000)] {
        let scene = Scene::new();
        scene.store.refer("ORIG_HEAD", scene.base);
        scene.store.refer("FETCH_HEAD", scene.base);
        scene.store.write("shallow", border);
        is_refused(&scene, border);
    }
    for target in ["/dev/zero", "/proc/self/pagemap"] {
        let scene = Scene::new();
        let config = fs::read_to_string(scene.store.path("config")).unwrap();
        let setting = format!("{config}[gitoxide \"core\"]\n\tshallowFile = {target}\n");
        scene.store.write("config", setting);
        scene.sandbox.run(&["git"], Limits::SMALL).keeps(&[]);
        scene.sandbox.run(&["git", "--range", "HEAD~0..HEAD"], Limits::SMALL).keeps(&[]);
    }
}

#[test]
fn files_that_settings_include() {
    let scene = Scene::new();
    let config = fs::read_to_string(scene.store.path("config")).unwrap();
    let large: PathBuf = scene.sandbox.outside().join("large");
    Kind::Large.put(&large);
    let targets = ["/dev/zero", "/proc/self/pagemap", large.to_str().unwrap()];
    for target in targets {
        for section in ["include", "includeIf \"gitdir:/**\"", "includeIf \"onbranch:main\""] {
            let setting = format!("{config}[{section}]\n\tpath = {target}\n");
            scene.store.write("config", setting);
            for args in [&["git"][..], &["git", "--staged"], &["scan", "."]] {
                scene.sandbox.run(args, Limits::SMALL).keeps(&[]).code_is(&[0]);
            }
        }
    }
}

/// An index of version 4: each path is the one before with another last byte.
fn growing_paths(count: u32, len: usize) -> Vec<u8> {
    let mut index = [&b"DIRC\0\0\0\x04"[..], &count.to_be_bytes()].concat();
    for number in 0..count {
        index.extend([0; 24]);
        index.extend(0o100_644_u32.to_be_bytes());
        index.extend([0; 12]);
        index.extend([1; 20]);
        index.extend([0x0f, 0xff]);
        if number == 0 {
            index.push(0);
            index.extend(vec![b'a'; len]);
        } else {
            index.push(4);
        }
        index.extend(format!("{:04}", number % 10_000).bytes());
        index.push(0);
    }
    index.extend([0; 20]);
    index
}

/// An index without entries, whose remembered trees are nested.
fn nested_trees(depth: usize) -> Vec<u8> {
    let trees = ["\0-1 1\n".to_owned(), "a\0-1 1\n".repeat(depth), "b\0-1 0\n".into()].concat();
    let len = u32::try_from(trees.len()).unwrap().to_be_bytes();
    [&b"DIRC\0\0\0\x02\0\0\0\0TREE"[..], &len, trees.as_bytes(), &[0; 20]].concat()
}

#[test]
fn indexes_that_promise_more_than_memory_holds() {
    for index in [growing_paths(20_000, 50_000), nested_trees(1_000_000)] {
        let scene = Scene::new();
        scene.store.write("index", &index);
        // Whether an ignored file is tracked is asked of the index.
        scene.sandbox.file(".gitignore", "*.log\n");
        scene.sandbox.file("a.log", "text\n");
        let run = scene.sandbox.run(&["git", "--staged"], Limits::SMALL);
        run.keeps(&[]).code_is(&[2]);
        let run = scene.sandbox.run(&["scan", "."], Limits::SMALL);
        run.keeps(&[]);
    }
}

#[test]
fn a_baseline_is_created_beside_odd_attributes() {
    for kind in [Kind::Pipe, Kind::Device, Kind::MadeUp, Kind::Large] {
        let scene = Scene::new();
        kind.put(&scene.sandbox.inside().join(".gitattributes"));
        scene.sandbox.run(&["baseline", "create"], Limits::SMALL).keeps(&[]);
    }
}
