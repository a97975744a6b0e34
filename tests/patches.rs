//! Patches on standard input and in trees.

use std::fmt::Write;

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

/// A patch as `git log -p` writes it, with a token in the message, a removed line, a line around,
/// an added line, and an added one of a second file.
fn patch() -> String {
    let mut random = Random::new(23);
    let mut token = || personal(&mut random);
    let mut patch = String::from("commit 1234\nAuthor: A <a@acme.io>\n\n");
    writeln!(patch, "    forget {}\n", token()).unwrap();
    patch.push_str("diff --git a/src/app.py b/src/app.py\nindex 1..2 100644\n");
    patch.push_str("--- a/src/app.py\n+++ b/src/app.py\n@@ -10,3 +10,4 @@ def f():\n");
    writeln!(patch, "-old = '{}'", token()).unwrap();
    writeln!(patch, " same = '{}'", token()).unwrap();
    writeln!(patch, "+one = 1\n+new = '{}'", token()).unwrap();
    patch.push_str(" last\n\ndiff --git a/lib/b.rb b/lib/b.rb\nnew file mode 100644\n");
    writeln!(patch, "--- /dev/null\n+++ b/lib/b.rb\n@@ -0,0 +1 @@\n+T = '{}'", token()).unwrap();
    patch
}

/// `path:line:column` of each finding.
fn places(run: &Run) -> Vec<String> {
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let mut places: Vec<String> = findings
        .iter()
        .map(|finding| {
            let path = finding["path"].as_str().unwrap();
            format!("{path}:{}:{}", finding["start_line"], finding["start_column"])
        })
        .collect();
    places.sort();
    places
}

const AT_THE_PATCH: [&str; 3] = [":11:9", ":12:10", ":4:12"];

#[test]
fn standard_input_is_read_as_what_it_adds() {
    let dir = Dir::new();
    let scan = |args: &[&str]| {
        let all = [&["scan", "-f", "json"], args, &["-"]].concat();
        places(&dir.run_with_input(&all, patch().as_bytes()))
    };
    let mut expected: Vec<String> =
        AT_THE_PATCH.iter().map(|place| format!("<stdin>{place}")).collect();
    expected.extend(["lib/b.rb:1:6".to_owned(), "src/app.py:12:8".to_owned()]);
    assert_eq!(scan(&[]), expected);
    let as_text = scan(&["--no-patches"]);
    assert_eq!(as_text.len(), 5);
    assert!(as_text.iter().all(|place| place.starts_with("<stdin>:")), "{as_text:?}");
    // What is said about the file that it is added to fits.
    dir.file(".tokensieve.toml", "version = 1\n[[allow]]\npaths = ['src/']\n");
    assert_eq!(scan(&[]), expected[..4]);
    dir.file(".gitleaksignore", "lib/b.rb:gitlab-pat:1\n");
    assert_eq!(scan(&[]), expected[..3]);
}

#[test]
fn patches_in_a_tree() {
    let dir = Dir::new();
    dir.file("fixes/one.patch", patch());
    dir.file("fixes/one.txt", patch());
    let mut expected: Vec<String> =
        AT_THE_PATCH.iter().map(|place| format!("fixes/one.patch{place}")).collect();
    expected.extend(["lib/b.rb:1:6", "src/app.py:12:8"].map(|at| format!("fixes/one.patch!{at}")));
    expected.sort();
    for args in [&[][..], &["--mmap"], &["--no-mmap"]] {
        let run = dir.run(&[&["scan", "-f", "json", "fixes"], args].concat());
        let mut found = places(&run);
        let as_text = found.len() - found.iter().filter(|at| at.contains(".patch")).count();
        assert_eq!(as_text, 5, "a text is no patch");
        found.retain(|at| at.contains(".patch"));
        assert_eq!(found, expected, "{args:?}");
    }
    let run = dir.run(&["scan", "-f", "json", "--no-patches", "fixes"]);
    assert!(places(&run).iter().all(|at| !at.contains('!')));
    dir.file("fixes/.tokensieve.toml", "version = 1\n[[allow]]\npaths = ['src/']\n");
    let found = places(&dir.run(&["scan", "-f", "json", "fixes/one.patch"]));
    expected.retain(|at| !at.contains("src/"));
    assert_eq!(found, expected);
}

/// A patch that is too long to be kept in memory, and one that lies.
#[test]
fn long_and_lying_patches() {
    let dir = Dir::new();
    let hunk = |text: &str| format!("--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+{text}\n");
    let filler = hunk(&"x ".repeat(40_000)).repeat(150);
    let token = personal(&mut Random::new(5));
    let long = [hunk(&token), filler.clone(), hunk(&token), filler].concat();
    let run = dir.run_with_input(&["scan", "-f", "json", "-"], long.as_bytes());
    assert_eq!(places(&run), ["x:1:1", "x:1:1"]);
    let lying = hunk(&token).replace("b/x", "b/../../etc/x");
    let run = dir.run_with_input(&["scan", "-f", "json", "-"], lying.as_bytes());
    assert_eq!(places(&run), ["<stdin>:4:2"]);
}

/// What `git show` writes of a merge: each parent has a sign in front of a line.
#[test]
fn merges_are_read_as_what_they_add() {
    let mut random = Random::new(24);
    let mut token = || personal(&mut random);
    let mut patch = String::from("commit 1234\nMerge: 5678 9abc\n\ndiff --cc src/app.py\n");
    patch.push_str("index 1,2..3\n--- a/src/app.py\n+++ b/src/app.py\n");
    patch.push_str("@@@ -1,2 -1,2 +1,4 @@@\n  first\n");
    writeln!(patch, "- old = '{}'\n -old = '{}'", token(), token()).unwrap();
    writeln!(patch, "++new = '{}'\n++one = 1\n++two = '{}'", token(), token()).unwrap();
    let dir = Dir::new();
    let scan = |args: &[&str]| {
        let all = [&["scan", "-f", "json"], args, &["-"]].concat();
        places(&dir.run_with_input(&all, patch.as_bytes()))
    };
    let removed = ["<stdin>:10:10", "<stdin>:11:10"];
    assert_eq!(scan(&[]), [&removed[..], &["src/app.py:2:8", "src/app.py:4:8"]].concat());
    assert!(scan(&["--no-patches"]).iter().all(|place| place.starts_with("<stdin>:")));
}
