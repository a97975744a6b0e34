//! Ways to store a history, and histories with something missing.

use serde_json::Value;

use super::{commit, range, told};
use crate::support::command::Run;
use crate::support::repository::Repository;

#[test]
fn a_cut_within_a_range_is_a_gap() {
    let origin = Repository::with_commit();
    commit(&origin, "old", "old", origin.token());
    for index in 0..4 {
        commit(&origin, "clean", "a", format!("{index}\n"));
    }
    let url = format!("file://{}", origin.path().display());
    let repo = Repository::uninitialized();
    repo.git(&["clone", "-q", "--depth", "3", &url, "."]);
    // Ranges that do not reach the cut.
    for name in ["HEAD~..HEAD", "HEAD~2..HEAD", "HEAD~2..HEAD~"] {
        let scan = range(&repo, name);
        scan.assert_code(0);
        assert_eq!(scan.coverage()["shallow"], false, "{name}");
    }
    range(&repo, "HEAD~3..HEAD").assert_code(2);
    // One that does: what the first commit brought in cannot be told, so it counts as new.
    repo.git(&["fetch", "-q", "--depth", "1", "origin", &format!("{}:base", origin.id("HEAD~3"))]);
    let scan = range(&repo, "base..HEAD");
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["old:1"]);
    assert_eq!(
        (scan.skipped_count("shallow history"), &scan.coverage()["shallow"]),
        (1, &Value::from(true))
    );
    // Nothing is found, and yet nobody knows.
    let clean = Repository::uninitialized();
    let origin = Repository::with_commit();
    for index in 0..4 {
        commit(&origin, "clean", "a", format!("{index}\n"));
    }
    let url = format!("file://{}", origin.path().display());
    clean.git(&["clone", "-q", "--depth", "2", &url, "."]);
    clean.git(&["fetch", "-q", "--depth", "1", "origin", &format!("{}:base", origin.id("HEAD~3"))]);
    let scan = range(&clean, "base..HEAD");
    scan.assert_code(3);
    assert_eq!((scan.locations(), &scan.coverage()["complete"]), (vec![], &Value::from(false)));
    let run = clean.scan_as_text(&["--range", "base..HEAD"]);
    assert!(
        run.stderr.contains("incomplete: 1 shallow history") && run.stderr.contains("--unshallow"),
        "{run:?}"
    );
    clean.git(&["fetch", "-q", "--unshallow"]);
    range(&clean, "base..HEAD").assert_code(0);
}

#[test]
fn missing_objects_are_gaps_where_the_range_needs_them() {
    let repo = Repository::with_commit();
    commit(&repo, "one", "a", "one\n");
    commit(&repo, "two", "folder/a", "two\n");
    commit(&repo, "three", "b", "three\n");
    let lose = |revision: &str, ranges: &[(&str, i32)]| {
        let path = repo.loose(&repo.id(revision));
        let content = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        for (name, code) in ranges {
            let scan = range(&repo, name);
            assert_eq!(scan.code, Some(*code), "{revision}, {name}: {scan:?}");
            assert_eq!(
                scan.skipped_count("missing object"),
                u64::from(*code == 3),
                "{revision}, {name}: {scan:?}"
            );
        }
        std::fs::write(&path, content).unwrap();
    };
    // Only what the range needs has to be there.
    lose("HEAD:folder/a", &[("HEAD~2..HEAD", 3), ("HEAD~..HEAD", 0), ("HEAD~3..HEAD~2", 0)]);
    lose("HEAD:folder", &[("HEAD~2..HEAD", 3), ("HEAD~..HEAD", 0)]);
    lose("HEAD^{tree}", &[("HEAD~2..HEAD", 3), ("HEAD~2..HEAD~", 0)]);
    let (first, second, last) = (repo.id("HEAD~3"), repo.id("HEAD~2"), repo.id("HEAD"));
    lose("HEAD~1", &[(&format!("{second}..{last}"), 3)]);
    lose("HEAD:README", &[(&format!("{first}..{last}"), 0)]);
}

#[test]
fn every_way_to_store_and_to_open_gives_the_same() {
    let repo = Repository::with_commit();
    for index in 0..20 {
        let name = format!("f{}", index % 4);
        let text = if index % 3 == 0 { repo.token() } else { format!("{index}\n").repeat(50) };
        commit(&repo, &format!("commit {index}"), &name, text);
    }
    let expected = range(&repo, "HEAD~15..HEAD");
    assert_eq!(expected.locations().len(), 5);
    let is_same = |scan: &Run, what: &str| assert_eq!(scan.stdout, expected.stdout, "{what}");
    for jobs in ["1", "2", "7"] {
        is_same(&repo.scan(&["--range", "HEAD~15..HEAD", "-j", jobs]), "threads");
    }
    is_same(
        &repo.scan(&["--range", "HEAD~15..HEAD", repo.path().to_str().unwrap()]),
        "by its path",
    );
    repo.git(&["repack", "-q", "-a", "-d", "-f"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "a pack");
    repo.git(&["pack-refs", "--all"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "packed references");
    repo.git(&["commit-graph", "write", "--reachable"]);
    is_same(&range(&repo, "HEAD~15..HEAD"), "a commit graph");
    let elsewhere = Repository::uninitialized();
    let path = repo.path();
    let path = path.to_str().unwrap();
    for (name, args) in [("bare", &["--bare"][..]), ("shared", &["--shared", "--bare"])] {
        elsewhere.git(&[&["clone", "-q"], args, &[path, name]].concat());
        is_same(&elsewhere.scan(&["--range", "HEAD~15..HEAD", name]), name);
        let scan =
            elsewhere.scan_with_variables(&["--range", "HEAD~15..HEAD"], &[("GIT_DIR", name)]);
        is_same(&scan, "by its variable");
    }
}

#[test]
fn ids_of_sha_256_work() {
    let repo = Repository::uninitialized();
    repo.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    commit(&repo, "first", "README", "one\n");
    commit(&repo, "bad", "folder/a", repo.token());
    commit(&repo, "good", "folder/a", "two\n");
    let scan = range(&repo, "HEAD~2..HEAD");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad folder/a:1"]);
    assert_eq!(scan.findings()[0]["commit"]["id"].as_str().unwrap().len(), 64);
}
