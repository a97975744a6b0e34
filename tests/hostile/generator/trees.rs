//! Folders with what only somebody hostile puts into one.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::sandbox::{Limits, MIB, Sandbox, fifo, give_away, is_root};
use super::{ODD_NAMES, all_seeds, hostile_configuration, is_kept, one_of, with_secret};
use crate::support::tokens::Random;

struct Tree {
    sandbox: Sandbox,
    planted: Vec<String>,
}

impl Tree {
    fn new(random: &mut Random) -> Self {
        let mut tree = Self { sandbox: Sandbox::new(), planted: Vec::new() };
        for number in 0..1 + random.below(4) {
            let text = with_secret(random, &mut tree.planted);
            tree.sandbox.file(format!("{}f{number}", "d/".repeat(random.below(4))), text);
        }
        tree
    }

    /// A name that is not taken.
    fn free(&self, random: &mut Random) -> PathBuf {
        loop {
            let name = self.sandbox.inside().join(format!("n{}", random.below(1_000_000)));
            if fs::symlink_metadata(&name).is_err() {
                return name;
            }
        }
    }
}

type Twist = fn(&mut Tree, &mut Random);

const TWISTS: [Twist; 16] = [
    |tree, random| {
        let targets = [
            "/dev/zero",
            "/proc/self/mem",
            "..",
            ".",
            "/",
            "nowhere",
            "../out",
            "/proc/self/fd/0",
            "/proc",
        ];
        symlink(one_of(random, &targets), tree.free(random)).unwrap();
    },
    |tree, random| {
        let (one, other) = (tree.free(random), tree.free(random));
        symlink(&other, &one).unwrap();
        symlink(&one, &other).unwrap();
    },
    |tree, random| fifo(&tree.free(random)),
    |tree, random| drop(std::os::unix::net::UnixListener::bind(tree.free(random))),
    |tree, random| {
        let name = tree.free(random).join(OsStr::from_bytes(one_of(random, &ODD_NAMES)));
        let text = with_secret(random, &mut tree.planted);
        tree.sandbox.file(name, text);
    },
    |tree, random| {
        let text = with_secret(random, &mut tree.planted);
        tree.sandbox
            .file(tree.free(random).join("deep/".repeat(60 + random.below(200))).join("f"), text);
    },
    |tree, random| {
        let secret = tree.planted[0].clone();
        hostile_configuration(&tree.sandbox, random, &secret);
    },
    |tree, random| {
        // A secret on both sides of a hole.
        let text = with_secret(random, &mut tree.planted);
        let path = tree.free(random);
        fs::write(&path, format!("{text}\n")).unwrap();
        fs::File::options().write(true).open(path).unwrap().set_len(64 * MIB).unwrap();
    },
    |tree, random| {
        let dense =
            [concat!("glp", "at-"), "password=\"", "AKIA", "eyJhbGciOiJIUzI1NiJ9.", "-----BEGIN "];
        let text = with_secret(random, &mut tree.planted);
        let noise = one_of(random, &dense).repeat(20_000);
        fs::write(tree.free(random), format!("{noise}\n{text}\n{noise}")).unwrap();
    },
    |tree, random| {
        let text = with_secret(random, &mut tree.planted);
        let wide: Vec<u8> =
            format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        fs::write(tree.free(random), wide).unwrap();
    },
    |tree, random| {
        let text = with_secret(random, &mut tree.planted);
        fs::write(
            tree.free(random),
            format!("data: {}\n", STANDARD.encode(format!("padding\n{text}"))),
        )
        .unwrap();
    },
    |tree, random| fs::write(tree.free(random), random.bytes(50_000)).unwrap(),
    |tree, random| {
        let path = tree.free(random);
        fs::write(&path, "text\n").unwrap();
        let mode = one_of(random, &[0, 0o111, 0o222, 0o4777, 0o7777]);
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    },
    |tree, random| {
        // Data of git, of a kind that cannot be opened.
        let texts = ["gitdir: /dev/zero\n", "gitdir: .\n", "", "gitdir: ../out\n", "\u{0}"];
        fs::write(tree.sandbox.inside().join(".git"), one_of(random, &texts)).unwrap();
    },
    |tree, random| {
        if is_root() {
            give_away(&tree.sandbox.inside());
        }
        drop(fs::remove_file(tree.free(random)));
    },
    |tree, random| {
        let text = with_secret(random, &mut tree.planted);
        let folder = tree.free(random);
        fs::create_dir(&folder).unwrap();
        for number in 0..400 {
            fs::write(folder.join(format!("{number}")), "").unwrap();
        }
        fs::write(folder.join("z".repeat(255)), text).unwrap();
    },
];

fn check(random: &mut Random) {
    let mut tree = Tree::new(random);
    for _ in 0..1 + random.below(4) {
        one_of(random, &TWISTS)(&mut tree, random);
    }
    let before = tree.sandbox.snapshot();
    // What is left out because the tree or a comment says so is no lie.
    let all = ["--no-config", "--no-ignore", "--no-baseline", "--no-inline-allow"];
    is_kept(&tree.sandbox, random, &["scan"], &all, &tree.planted);
    is_kept(&tree.sandbox, random, &["scan", "--mmap", "-j", "1"], &all, &tree.planted);
    for args in [&["audit", "--no-history"][..], &["config", "lint"]] {
        tree.sandbox.run(args, Limits::ANY).keeps(&tree.planted).is_plain();
    }
    assert_eq!(tree.sandbox.snapshot(), before, "something was written");
}

#[test]
fn hostile_trees() {
    all_seeds(check);
}
