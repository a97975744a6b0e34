//! Forms of the index, and indexes and objects that are broken or missing.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::{NONE, staged};
use crate::support::repository::Repository;
use crate::support::tokens::Random;

#[test]
fn a_sparse_index_is_read() {
    let repo = Repository::with_commit();
    let old = repo.token();
    for folder in ["a/in", "a/out", "a/deep/er/out", "b/out", "z"] {
        repo.file(&format!("{folder}/file"), format!("{old}\n"));
        repo.file(&format!("{folder}/sub/file"), "nothing\n");
    }
    repo.commit("folders");
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "a/in", "src"]);
    let sparse = repo.git(&["ls-files", "--sparse"]);
    assert!(sparse.contains("a/out/\n") && sparse.contains("b/\n"), "{sparse}");
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.files_scanned(), 0);
    // Only what is staged is read, whatever stands in folders that are not checked out.
    repo.stage("src/new", repo.token());
    let scan = staged(&repo);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec!["src/new:1".to_owned()], 1));
    repo.stage("a/in/new", repo.token());
    repo.stage("a/new", "nothing\n");
    let scan = staged(&repo);
    assert!(repo.git(&["ls-files", "--sparse"]).contains("a/out/\n"));
    assert_eq!(scan.locations(), ["a/in/new:1", "src/new:1"]);
    assert_eq!(scan.files_scanned(), 3);
    // Folders that are not checked out can change as a whole, and are still one entry.
    repo.git(&["reset", "-q", "--hard"]);
    repo.git(&["sparse-checkout", "disable"]);
    let first = repo.id("HEAD");
    repo.file("a/deep/er/out/file", format!("{old}\nmore\n{}\n", repo.token()));
    repo.file("a/out/sub/new", "new\n");
    repo.commit("changes");
    repo.git(&["sparse-checkout", "set", "--cone", "--sparse-index", "a/in"]);
    repo.git(&["reset", "-q", "--soft", &first]);
    let sparse = repo.git(&["ls-files", "--sparse"]);
    assert!(sparse.contains("a/out/\n") && sparse.contains("a/deep/\n"), "{sparse}");
    let scan = staged(&repo);
    assert_eq!(scan.locations(), ["a/deep/er/out/file:1 (old)", "a/deep/er/out/file:3"]);
    assert_eq!(scan.files_scanned(), 2);
}

#[test]
fn a_split_index_is_read() {
    let repo = Repository::with_commit();
    let old = repo.token();
    for index in 0..9 {
        repo.file(&format!("d{}/f{index}", index % 3), format!("{old}\n{index}\n"));
    }
    repo.commit("files");
    repo.git(&["config", "splitIndex.maxPercentChange", "100"]);
    repo.git(&["update-index", "--split-index"]);
    let shared = std::fs::read_dir(repo.path().join(".git")).unwrap();
    let is_shared = |name: &OsStr| name.as_bytes().starts_with(b"sharedindex.");
    assert!(shared.into_iter().any(|entry| is_shared(&entry.unwrap().file_name())));
    assert_eq!(staged(&repo).files_scanned(), 0);
    repo.stage("d0/f0", format!("{old}\n{}\n", repo.token()));
    repo.stage("d1/new", repo.token());
    repo.git(&["rm", "-q", "d2/f2"]);
    repo.git(&["mv", "d2/f5", "d2/moved"]);
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["d0/f0:1 (old)", "d0/f0:2", "d1/new:1", "d2/moved:1 (old)"]);
    assert_eq!(scan.files_scanned(), 3);
    // Without the other half it cannot be read.
    for entry in std::fs::read_dir(repo.path().join(".git")).unwrap() {
        let entry = entry.unwrap();
        if is_shared(&entry.file_name()) {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let run = repo.scan_as_text(&["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the index"), "{run:?}");
}

#[test]
fn every_version_of_the_index_is_read() {
    for version in ["2", "3", "4"] {
        let repo = Repository::with_commit();
        let old = repo.token();
        for index in 0..9 {
            repo.file(&format!("folder/with a long name/f{index}"), format!("{old}\n{index}\n"));
        }
        repo.commit("files");
        repo.git(&["update-index", "--index-version", version]);
        repo.stage("folder/with a long name/f3", format!("{old}\n{}\n", repo.token()));
        repo.stage("folder/with a longer name/f3", repo.token());
        if version == "3" {
            // Without flags to be kept git writes the second version.
            repo.git(&["update-index", "--skip-worktree", "README"]);
        }
        let index = std::fs::read(repo.path().join(".git/index")).unwrap();
        assert_eq!(index[4..8], version.parse::<u32>().unwrap().to_be_bytes());
        let scan = staged(&repo);
        let long = "folder/with a long name/f3";
        let expected = [
            format!("{long}:1 (old)"),
            format!("{long}:2"),
            "folder/with a longer name/f3:1".to_owned(),
        ];
        assert_eq!((scan.locations(), scan.files_scanned()), (expected.to_vec(), 2));
    }
}

/// The index remembers trees: what is remembered may be stale, missing, or that of something else.
#[test]
fn cached_trees_of_the_index_change_nothing() {
    let repo = Repository::with_commit();
    let old = repo.token();
    for index in 0..12 {
        repo.file(&format!("d{}/s{}/f{index}", index % 2, index % 3), format!("{old}\n{index}\n"));
    }
    let commit = repo.commit("files");
    let expect = |what: &str| {
        let scan = staged(&repo);
        assert_eq!(scan.locations(), ["d0/s0/f0:1 (old)", "d0/s0/f0:2", "d1/s3/new:1"], "{what}");
        assert_eq!(scan.files_scanned(), 2, "{what}");
    };
    let (changed, new) = (format!("{old}\n{}\n", repo.token()), repo.token());
    let stage = || {
        repo.stage("d0/s0/f0", &changed);
        repo.stage("d1/s3/new", &new);
    };
    stage();
    expect("stale above what changed");
    repo.git(&["write-tree"]);
    expect("that of what is staged");
    let changed_tree = repo.git(&["write-tree"]);
    repo.git(&["read-tree", "HEAD"]);
    assert_eq!(staged(&repo).files_scanned(), 0);
    stage();
    expect("read, and stale above what changed");
    repo.git(&["read-tree", &changed_tree]);
    expect("that of another tree");
    // None at all.
    repo.git(&["read-tree", "--empty"]);
    let listing = repo.git(&["ls-tree", "-r", "--full-tree", &changed_tree]);
    repo.git_with_input(&["update-index", "--index-info"], format!("{listing}\n"));
    expect("none");
    // Entries of the same time as the index itself.
    let index = std::fs::File::options().append(true).open(repo.path().join(".git/index")).unwrap();
    index
        .set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000))
        .unwrap();
    expect("racy");
    repo.git(&["reset", "-q", "--soft", &format!("{commit}~")]);
    assert_eq!(staged(&repo).files_scanned(), 13);
}

#[test]
fn an_index_that_cannot_be_read_is_an_error() {
    let repo = Repository::with_commit();
    repo.stage("a", repo.token());
    let path = repo.path().join(".git/index");
    let index = std::fs::read(&path).unwrap();
    let expect = |content: &[u8], what: &str| {
        std::fs::write(&path, content).unwrap();
        let run = repo.scan_as_text(&["--staged"]);
        run.assert_code(2);
        assert!(
            run.stdout.is_empty() && run.stderr.contains("cannot read the index"),
            "{what}: {run:?}"
        );
        assert!(run.stderr.contains(".git/index"), "{what}: {run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{what}: {run:?}");
    };
    expect(b"", "empty");
    expect(b"garbage that is no index at all", "garbage");
    expect(&index[..index.len() / 2], "half of it");
    expect(&[b"DIRC\0\0\0\x09".as_slice(), &index[8..]].concat(), "a version of the future");
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    let run = repo.scan_as_text(&["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the index"), "{run:?}");
}

/// Whatever is wrong with an index, the scan ends as it should, and what is staged is not called
/// clean.
#[test]
fn no_broken_index_is_clean() {
    let repo = Repository::with_commit();
    for index in 0..3 {
        repo.stage(&format!("folder/f{index}"), repo.token());
    }
    let path = repo.path().join(".git/index");
    let index = std::fs::read(&path).unwrap();
    let mut random = Random::new(9);
    let mut clean = Vec::new();
    for round in 0..60 {
        let mut broken = index.clone();
        let at = random.below(broken.len());
        let what = if round % 3 == 0 {
            broken.truncate(at);
            format!("{at} bytes of it")
        } else {
            let bit = random.below(8);
            broken[at] ^= 1 << bit;
            format!("bit {bit} of byte {at}")
        };
        std::fs::write(&path, broken).unwrap();
        let run = repo.scan_as_text(&["--staged"]);
        assert!(!run.stderr.contains("panicked"), "{what}: {run:?}");
        assert!(matches!(run.code, Some(0..=3)), "{what}: {run:?}");
        if run.code == Some(0) {
            clean.push(what);
        }
    }
    assert_eq!(clean, NONE);
}

#[test]
fn missing_objects_are_gaps() {
    let repo = Repository::with_commit();
    let lost = repo.blob(repo.token());
    repo.stage_entry("100644", &lost, "lost");
    std::fs::remove_file(repo.loose(&lost)).unwrap();
    let scan = staged(&repo);
    scan.assert_code(3);
    assert_eq!((scan.files_scanned(), scan.skipped_count("missing object")), (0, 1));
    assert_eq!(scan.coverage()["complete"], false);
    let run = repo.scan_as_text(&["--staged"]);
    assert!(run.stderr.contains("incomplete: 1 missing object: lost"), "{run:?}");
    // A finding counts more.
    repo.stage("a", repo.token());
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(
        (scan.locations(), scan.skipped_count("missing object")),
        (vec!["a:1".to_owned()], 1)
    );
    // One that cannot be read.
    repo.git(&["rm", "-q", "--cached", "lost", "a"]);
    let blob = repo.blob("some text that is broken afterwards");
    repo.stage_entry("100644", &blob, "broken");
    let path = repo.loose(&blob);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "no object").unwrap();
    staged(&repo).assert_code(3);
    std::fs::remove_file(&path).unwrap();
    // What the last commit had there is only asked whether it is the same: without it, all is new.
    repo.git(&["rm", "-q", "--cached", "broken"]);
    repo.remove("a");
    let old = repo.token();
    repo.file("old", format!("{old}\n"));
    repo.commit("old secret");
    repo.stage("old", format!("{old}\nmore\n"));
    std::fs::remove_file(repo.loose(&repo.id("HEAD:old"))).unwrap();
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.locations(), ["old:1"]);
    // The tree of the last commit.
    std::fs::remove_file(repo.loose(&repo.id("HEAD^{tree}"))).unwrap();
    repo.git(&["update-index", "--force-remove", "old"]);
    let scan = staged(&repo);
    scan.assert_code(3);
    // The last commit itself.
    std::fs::remove_file(repo.loose(&repo.id("HEAD"))).unwrap();
    let run = repo.scan_as_text(&["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the last commit"), "{run:?}");
}
