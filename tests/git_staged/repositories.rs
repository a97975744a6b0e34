//! Kinds of repositories, submodules, paths, and wrong arguments.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::{NONE, staged};
use crate::support::repository::Repository;

#[test]
fn submodules_are_named() {
    let repo = Repository::with_commit();
    let commit = repo.id("HEAD");
    repo.stage_entry("160000", &commit, "libs/sub");
    repo.stage("a", "nothing");
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(
        (scan.unopened("submodule").1, scan.files_scanned()),
        (vec!["libs/sub".to_owned()], 1)
    );
    repo.commit_staged("a submodule");
    repo.stage("a", "something");
    assert_eq!(staged(&repo).unopened("submodule").1, NONE, "it did not change");
    repo.stage_entry("160000", &repo.id("HEAD"), "libs/sub");
    assert_eq!(staged(&repo).unopened("submodule").1, ["libs/sub"]);
    // A folder with a secret in its place, and a submodule in the place of a file.
    repo.git(&["update-index", "--force-remove", "libs/sub"]);
    let blob = repo.blob(repo.token());
    repo.stage_entry("100644", &blob, "libs/sub/key");
    repo.git(&["rm", "-q", "--cached", "README"]);
    repo.stage_entry("160000", &commit, "README");
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["libs/sub/key:1"]);
    assert_eq!(scan.unopened("submodule").1, ["README"]);
}

#[test]
fn a_submodule_has_an_index_of_its_own() {
    let (library, repo) = (Repository::with_commit(), Repository::with_commit());
    repo.git(&["submodule", "add", "-q", library.path().to_str().unwrap(), "lib"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.unopened("submodule").1, scan.files_scanned()), (vec!["lib".to_owned()], 1));
    repo.commit_staged("a submodule");
    repo.file("lib/a", repo.token());
    repo.git(&["-C", "lib", "add", "a"]);
    assert_eq!(repo.scan(&["--staged", "lib"]).locations(), ["a:1"]);
    assert_eq!(staged(&repo).locations(), NONE);
    // A hook of the submodule.
    let hooks =
        repo.git(&["-C", "lib", "rev-parse", "--path-format=absolute", "--git-path", "hooks"]);
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    std::fs::rename(repo.path().join(".git/hooks/pre-commit"), format!("{hooks}/pre-commit"))
        .unwrap();
    let output = repo.git_output(&["-C", "lib", "commit", "-q", "-m", "secret"]);
    assert!(!output.status.success(), "{output:?}");
    repo.git(&["-C", "lib", "reset", "-q"]);
    repo.git(&["-C", "lib", "commit", "-q", "--allow-empty", "-m", "clean"]);
}

#[test]
fn odd_names_are_found_and_escaped() {
    let repo = Repository::with_commit();
    let names: [&[u8]; 8] = [
        b"caf\xe9",
        b"with space/and more",
        b"new\nline",
        b"tab\tand \"quote\"",
        b"bell\x07",
        "caf\u{e9}".as_bytes(),
        b"-dash",
        b"b\\ack",
    ];
    let blob = repo.blob(repo.token());
    for name in names {
        repo.stage_entry("100644", &blob, OsStr::from_bytes(name));
    }
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.files_scanned(), names.len() as u64);
    let mut found: Vec<Vec<u8>> = scan.findings().iter().map(path).collect();
    let mut expected: Vec<Vec<u8>> = names.iter().map(|name| name.to_vec()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let run = repo.scan_as_text(&["--staged", "--color", "never"]);
    assert!(!run.stdout.contains('\x07') && !run.stdout.contains("new\nline"), "{run:?}");
    repo.git(&["commit", "-q", "-m", "odd names"]);
    assert_eq!(staged(&repo).files_scanned(), 0);
}

/// The bytes of the path of a finding.
fn path(finding: &serde_json::Value) -> Vec<u8> {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    match finding.get("path_bytes") {
        Some(bytes) => STANDARD.decode(bytes.as_str().unwrap()).unwrap(),
        None => finding["path"].as_str().unwrap().as_bytes().to_vec(),
    }
}

#[test]
fn ids_of_sha_256_work() {
    let repo = Repository::uninitialized();
    repo.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    let old = repo.token();
    repo.file("a", format!("{old}\n"));
    repo.file("folder/b", "nothing\n");
    repo.commit("old secret");
    assert_eq!(staged(&repo).files_scanned(), 0);
    repo.stage("a", format!("{old}\n{}\n", repo.token()));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(
        (scan.locations(), scan.files_scanned()),
        (vec!["a:1 (old)".to_owned(), "a:2".to_owned()], 1)
    );
}

#[test]
fn each_working_tree_has_an_index_of_its_own() {
    let repo = Repository::with_commit();
    repo.stage("src/a", repo.token());
    let mut below = repo.tokensieve(&["git", "--staged"]);
    assert_eq!(below.current_dir(repo.path().join("src")).output().unwrap().status.code(), Some(1));
    assert_eq!(repo.scan(&["--staged", "src"]).locations(), ["src/a:1"]);
    // Each has an index of its own.
    let elsewhere = Repository::uninitialized();
    let tree = elsewhere.path().join("tree");
    let tree = tree.to_str().unwrap();
    repo.git(&["worktree", "add", "-q", tree, "HEAD"]);
    assert_eq!(repo.scan(&["--staged", tree]).locations(), NONE);
    elsewhere.file("tree/b", repo.token());
    repo.git(&["-C", tree, "add", "b"]);
    assert_eq!(repo.scan(&["--staged", tree]).locations(), ["b:1"]);
    assert_eq!(staged(&repo).locations(), ["src/a:1"]);
}

#[test]
fn the_environment_can_name_the_index() {
    let repo = Repository::with_commit();
    repo.stage("clean", "nothing");
    let other = repo.path().join("other index");
    let mut command = repo.git_command(&["read-tree", "HEAD"]);
    assert!(command.env("GIT_INDEX_FILE", &other).status().unwrap().success());
    let blob = repo.blob(repo.token());
    let mut command =
        repo.git_command(&["update-index", "--add", "--cacheinfo", "100644", &blob, "secret"]);
    assert!(command.env("GIT_INDEX_FILE", &other).status().unwrap().success());
    let scan =
        repo.scan_with_variables(&["--staged"], &[("GIT_INDEX_FILE", other.to_str().unwrap())]);
    assert_eq!(scan.locations(), ["secret:1"]);
    // Relative, as git gives it to hooks.
    let scan = repo.scan_with_variables(&["--staged"], &[("GIT_INDEX_FILE", "other index")]);
    assert_eq!(scan.locations(), ["secret:1"]);
    assert_eq!(staged(&repo).locations(), NONE);
}

#[test]
fn no_repository_and_wrong_combinations_are_errors() {
    let outside = Repository::uninitialized();
    let run = outside.scan_as_text(&["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("not a git repository"), "{run:?}");
    let repo = Repository::with_commit();
    for args in [
        &["--staged", "--range", "a..b"][..],
        &["--all-lines"],
        &["--staged", "--pre-push", "origin"],
    ] {
        repo.scan_as_text(args).assert_code(2);
    }
}
