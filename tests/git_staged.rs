//! `tokensieve git --staged` and `--pre-push`: what git's hooks on the client's side see.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::support::scratch::{Repo, Scan};
use crate::support::tokens::Random;

const NONE: [&str; 0] = [];

fn staged(repo: &Repo) -> Scan {
    repo.scan(&["--staged"])
}

#[test]
fn the_index_is_what_counts() {
    let repo = Repo::with_commit();
    let token = repo.token();
    repo.stage("a", format!("one\n{token}\n"));
    repo.file("a", "one\ntwo\n");
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["a:2"]);
    // The other way around.
    repo.stage("a", "one\ntwo\n");
    repo.file("a", format!("one\n{token}\n"));
    repo.file("not added", &token);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.found(), scan.files()), (vec![], 1));
}

#[test]
fn only_changed_files_are_read() {
    let repo = Repo::with_commit();
    let token = repo.token();
    for index in 0..30 {
        repo.file(&format!("d{}/f{index}", index % 3), format!("{index}\n{token}\n"));
    }
    repo.commit("old secrets");
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.found(), scan.files()), (vec![], 0));
    repo.stage("README", "changed\n");
    repo.stage("src/new.rs", "new\n");
    repo.git(&["rm", "-q", "d0/f0"]);
    assert_eq!(staged(&repo).files(), 2);
    let run = Scan::of_text(&repo, &["--staged"]);
    assert!(run.stderr.starts_with("2 files scanned (12 B), 0 findings, 0 skipped"), "{run:?}");
}

#[test]
fn a_changed_mode_changes_no_content() {
    let repo = Repo::with_commit();
    repo.file("script", repo.token());
    repo.commit("old secret");
    repo.git(&["update-index", "--chmod=+x", "script"]);
    assert!(!repo.git(&["diff", "--cached", "--name-only"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.found(), scan.files()), (vec![], 0));
}

#[test]
fn lines_that_were_there_before() {
    let repo = Repo::with_commit();
    let (old, new) = (repo.token(), repo.token());
    repo.file("a", format!("one\n{old}\nthree\n"));
    repo.commit("old secret");
    repo.stage("a", format!("zero\none\n{old}\nthree\n"));
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.found(), ["a:3 (old)"]);
    assert_eq!(scan.findings()[0]["new"], false);
    let run = Scan::of_text(&repo, &["--staged"]);
    assert!(run.stdout.contains("was there before"), "{run:?}");
    assert!(run.stderr.contains("1 finding (1 there before)"), "{run:?}");
    let scan = repo.scan(&["--staged", "--all-lines"]);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["a:3"]);
    assert!(scan.findings()[0].get("new").is_none());
    // A new one beside it, and the old one once more in a new line.
    repo.stage("a", format!("one\n{old}\n{new}\nthree\nagain {old}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["a:2 (old)", "a:3", "a:5"]);
    // The line with the old one was changed.
    repo.stage("a", format!("one\nx {old}\nthree\n"));
    assert_eq!(staged(&repo).found(), ["a:2"]);
}

/// Lines are those of the text, not of the bytes: a code unit can hold the byte of a line feed.
#[test]
fn lines_of_wide_text() {
    let repo = Repo::with_commit();
    let (old, new) = (repo.token(), repo.token());
    for (name, is_big) in [("le", false), ("be", true)] {
        let wide = |text: &str| -> Vec<u8> {
            let unit = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
            std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
        };
        // U+010A and U+0A05.
        let head = "\u{10a}\u{a05}\u{10a}\u{a05}\u{10a}\n".repeat(3);
        repo.file(name, wide(&format!("{head}{old}\nlast\n")));
        repo.commit("old secret");
        repo.stage(name, wide(&format!("{head}{old}\n{new}\nlast\n")));
        let scan = staged(&repo);
        assert_eq!(scan.found(), [format!("{name}:4 (old)"), format!("{name}:5")]);
        scan.assert_code(1);
        repo.stage(name, wide(&format!("first\n{head}{old}\nlast\n")));
        assert_eq!(staged(&repo).found(), [format!("{name}:5 (old)")]);
        repo.git(&["reset", "-q", "--hard"]);
    }
}

#[test]
fn secrets_of_many_lines() {
    let repo = Repo::with_commit();
    let rules = "[[rules]]\nid = 'acme'\nregex = 'acme-key\n(?:[a-z]{8}\n){2,9}end'\n";
    let rules = repo.file(".git/acme.toml", rules.replace("\n(", "\\n(").replace("\n)", "\\n)"));
    let key = |lines: &[&str]| format!("head\nacme-key\n{}\nend\ntail\n", lines.join("\n"));
    let lines = ["abcdefgh", "bcdefghi", "cdefghij"];
    for name in ["same", "longer", "behind"] {
        repo.file(name, key(&lines));
    }
    repo.commit("keys");
    repo.stage("same", key(&lines).replace("head", "changed\nhead"));
    repo.stage("longer", key(&[&lines[..], &["defghijk"]].concat()));
    repo.stage("behind", key(&lines).replace("tail", "changed\ntail"));
    let scan = repo.scan(&["--staged", "--rules", rules.to_str().unwrap()]);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["behind:2 (old)", "longer:2", "same:3 (old)"]);
}

#[test]
fn what_is_moved_is_not_new() {
    let repo = Repo::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.file("a", format!("one\n{token}\n"));
    repo.file("folder/b", format!("{other}\n"));
    repo.commit("old secrets");
    repo.git(&["mv", "a", "moved"]);
    repo.git(&["mv", "folder", "else where"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.found(), ["else where/b:1 (old)", "moved:2 (old)"]);
    repo.scan(&["--staged", "--all-lines"]).assert_code(1);
    // Changed while it was moved.
    let new = repo.token();
    repo.stage("moved", format!("changed\none\n{token}\n{new}\n"));
    assert_eq!(staged(&repo).found(), ["else where/b:1 (old)", "moved:3 (old)", "moved:4"]);
    // A copy is one more place.
    repo.git(&["reset", "-q", "--hard"]);
    repo.stage("copy", format!("one\n{token}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["copy:2"]);
}

#[test]
fn files_become_folders_and_links_and_back() {
    let repo = Repo::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.file("a", format!("{token}\n"));
    repo.file("folder/deep/b", format!("{other}\n"));
    repo.commit("old secrets");
    // A file to a folder, a folder to a file; the secrets go along.
    repo.git(&["rm", "-q", "-r", "a", "folder"]);
    repo.stage("a/inner", format!("{token}\n"));
    repo.stage("folder", format!("{other}\n"));
    let scan = staged(&repo);
    assert_eq!(scan.found(), ["a/inner:1 (old)", "folder:1 (old)"]);
    scan.assert_code(0);
    repo.commit_staged("swapped");
    // And back, with new secrets.
    let (token, other) = (repo.token(), repo.token());
    repo.git(&["rm", "-q", "-r", "a", "folder"]);
    repo.stage("a", format!("{token}\n"));
    repo.stage("folder/deep/b", format!("{other}\n"));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["a:1", "folder/deep/b:1"]);
    repo.commit_staged("swapped back");
    // To a link and back.
    std::fs::remove_file(repo.path().join("a")).unwrap();
    std::os::unix::fs::symlink(repo.token(), repo.path().join("a")).unwrap();
    repo.git(&["add", "a"]);
    assert_eq!(staged(&repo).found(), ["a:1"]);
    repo.commit_staged("a link");
    std::fs::remove_file(repo.path().join("a")).unwrap();
    repo.stage("a", format!("{}\n", repo.token()));
    assert_eq!(staged(&repo).found(), ["a:1"]);
}

#[test]
fn the_target_of_a_link_is_text() {
    let repo = Repo::with_commit();
    std::os::unix::fs::symlink(format!("/srv/{}", repo.token()), repo.path().join("link")).unwrap();
    // What it leads to is not looked at.
    let outside = Repo::outside();
    let secret = outside.file("secret", outside.token());
    std::os::unix::fs::symlink(secret, repo.path().join("away")).unwrap();
    repo.git(&["add", "--all"]);
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.files()), (vec!["link:1".to_owned()], 2));
}

#[test]
fn a_repository_without_a_commit() {
    let repo = Repo::new();
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.files(), 0, "there is no index");
    repo.stage("a", repo.token());
    repo.stage("b", "nothing");
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.files()), (vec!["a:1".to_owned()], 2));
    // A branch without a commit in a repository that has some.
    repo.commit_staged("first");
    repo.git(&["checkout", "-q", "--orphan", "other"]);
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.files(), 2);
}

#[test]
fn what_is_only_intended_to_be_added() {
    let repo = Repo::with_commit();
    repo.file("later", repo.token());
    repo.file("folder/later", repo.token());
    repo.git(&["add", "-N", "later", "folder/later"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.files(), 0);
    repo.stage("now", repo.token());
    repo.stage("folder/now", "nothing");
    let scan = staged(&repo);
    assert_eq!((scan.found(), scan.files()), (vec!["now:1".to_owned()], 2));
    repo.git(&["add", "later"]);
    assert_eq!(staged(&repo).found(), ["later:1", "now:1"]);
    // What was committed and is to be added anew: nothing of it is staged.
    repo.file("src/main.rs", repo.token());
    repo.git(&["rm", "-q", "--cached", "src/main.rs"]);
    repo.git(&["add", "-N", "src/main.rs"]);
    assert_eq!(staged(&repo).found(), ["later:1", "now:1"]);
}

#[test]
fn submodules_are_named() {
    let repo = Repo::with_commit();
    let commit = repo.id("HEAD");
    repo.entry("160000", &commit, "libs/sub");
    repo.stage("a", "nothing");
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.unopened("submodule"), scan.files()), (vec!["libs/sub".to_owned()], 1));
    repo.commit_staged("a submodule");
    repo.stage("a", "something");
    assert_eq!(staged(&repo).unopened("submodule"), NONE, "it did not change");
    repo.entry("160000", &repo.id("HEAD"), "libs/sub");
    assert_eq!(staged(&repo).unopened("submodule"), ["libs/sub"]);
    // A folder with a secret in its place, and a submodule in the place of a file.
    repo.git(&["update-index", "--force-remove", "libs/sub"]);
    let blob = repo.blob(repo.token());
    repo.entry("100644", &blob, "libs/sub/key");
    repo.git(&["rm", "-q", "--cached", "README"]);
    repo.entry("160000", &commit, "README");
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["libs/sub/key:1"]);
    assert_eq!(scan.unopened("submodule"), ["README"]);
}

#[test]
fn inside_of_a_submodule() {
    let (library, repo) = (Repo::with_commit(), Repo::with_commit());
    repo.git(&["submodule", "add", "-q", library.path().to_str().unwrap(), "lib"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.unopened("submodule"), scan.files()), (vec!["lib".to_owned()], 1));
    repo.commit_staged("a submodule");
    repo.file("lib/a", repo.token());
    repo.git(&["-C", "lib", "add", "a"]);
    assert_eq!(repo.scan(&["--staged", "lib"]).found(), ["a:1"]);
    assert_eq!(staged(&repo).found(), NONE);
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
fn conflicts() {
    let repo = Repo::with_commit();
    let (base, ours, theirs, added) = (repo.token(), repo.token(), repo.token(), repo.token());
    repo.file("a", format!("one\n{base}\n"));
    repo.file("gone", format!("{base}\n"));
    repo.commit("base");
    repo.git(&["checkout", "-q", "-b", "theirs"]);
    repo.file("a", format!("one\n{theirs}\n"));
    repo.file("gone", format!("{base}\n{theirs}\n"));
    repo.file("both", format!("{added}\n"));
    repo.commit("theirs");
    repo.git(&["checkout", "-q", "main"]);
    repo.file("a", format!("one\n{ours}\n"));
    repo.file("both", "ours\n");
    std::fs::remove_file(repo.path().join("gone")).unwrap();
    repo.commit("ours");
    // What a merge brings was committed elsewhere.
    assert!(!repo.git_output(&["merge", "-q", "theirs"]).status.success());
    assert!(!repo.git(&["ls-files", "-u"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!(scan.found(), ["a:2 (old)"]);
    repo.git(&["merge", "--abort"]);
    assert!(!repo.git_output(&["cherry-pick", "theirs"]).status.success());
    assert!(!repo.git(&["ls-files", "-u"]).is_empty());
    let scan = staged(&repo);
    scan.assert_code(1);
    // What this side has is old; what the other side has is about to be committed here.
    let mut found = scan.found();
    found.sort();
    assert_eq!(found, ["a:2", "a:2 (old)", "both:1", "gone:1", "gone:2"]);
    // Settled.
    repo.stage("a", format!("one\n{ours}\n"));
    repo.stage("both", "settled\n");
    repo.git(&["rm", "-q", "--cached", "gone"]);
    let scan = staged(&repo);
    scan.assert_code(0);
    assert_eq!((scan.found(), scan.files()), (vec![], 1));
}

#[test]
fn a_sparse_index() {
    let repo = Repo::with_commit();
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
    assert_eq!(scan.files(), 0);
    // Only what is staged is read, whatever stands in folders that are not checked out.
    repo.stage("src/new", repo.token());
    let scan = staged(&repo);
    assert_eq!((scan.found(), scan.files()), (vec!["src/new:1".to_owned()], 1));
    repo.stage("a/in/new", repo.token());
    repo.stage("a/new", "nothing\n");
    let scan = staged(&repo);
    assert!(repo.git(&["ls-files", "--sparse"]).contains("a/out/\n"));
    assert_eq!(scan.found(), ["a/in/new:1", "src/new:1"]);
    assert_eq!(scan.files(), 3);
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
    assert_eq!(scan.found(), ["a/deep/er/out/file:1 (old)", "a/deep/er/out/file:3"]);
    assert_eq!(scan.files(), 2);
}

#[test]
fn a_split_index() {
    let repo = Repo::with_commit();
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
    assert_eq!(staged(&repo).files(), 0);
    repo.stage("d0/f0", format!("{old}\n{}\n", repo.token()));
    repo.stage("d1/new", repo.token());
    repo.git(&["rm", "-q", "d2/f2"]);
    repo.git(&["mv", "d2/f5", "d2/moved"]);
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["d0/f0:1 (old)", "d0/f0:2", "d1/new:1", "d2/moved:1 (old)"]);
    assert_eq!(scan.files(), 3);
    // Without the other half it cannot be read.
    for entry in std::fs::read_dir(repo.path().join(".git")).unwrap() {
        let entry = entry.unwrap();
        if is_shared(&entry.file_name()) {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    let run = Scan::of_text(&repo, &["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the index"), "{run:?}");
}

#[test]
fn versions_of_the_index() {
    for version in ["2", "3", "4"] {
        let repo = Repo::with_commit();
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
        assert_eq!((scan.found(), scan.files()), (expected.to_vec(), 2));
    }
}

/// The index remembers trees: what is remembered may be stale, missing, or that of something else.
#[test]
fn remembered_trees() {
    let repo = Repo::with_commit();
    let old = repo.token();
    for index in 0..12 {
        repo.file(&format!("d{}/s{}/f{index}", index % 2, index % 3), format!("{old}\n{index}\n"));
    }
    let commit = repo.commit("files");
    let expect = |what: &str| {
        let scan = staged(&repo);
        assert_eq!(scan.found(), ["d0/s0/f0:1 (old)", "d0/s0/f0:2", "d1/s3/new:1"], "{what}");
        assert_eq!(scan.files(), 2, "{what}");
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
    assert_eq!(staged(&repo).files(), 0);
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
    assert_eq!(staged(&repo).files(), 13);
}

#[test]
fn odd_names() {
    let repo = Repo::with_commit();
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
        repo.entry("100644", &blob, OsStr::from_bytes(name));
    }
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.files(), names.len() as u64);
    let mut found: Vec<Vec<u8>> = scan.findings().iter().map(path).collect();
    let mut expected: Vec<Vec<u8>> = names.iter().map(|name| name.to_vec()).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    let run = Scan::of_text(&repo, &["--staged", "--color", "never"]);
    assert!(!run.stdout.contains('\x07') && !run.stdout.contains("new\nline"), "{run:?}");
    repo.git(&["commit", "-q", "-m", "odd names"]);
    assert_eq!(staged(&repo).files(), 0);
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
fn excluded_paths_and_containers() {
    let repo = Repo::with_commit();
    repo.stage("vendor/a", repo.token());
    repo.stage("b.min.js", repo.token());
    repo.stage("c", repo.token());
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:";
    repo.stage("lfs", format!("{pointer}{}\nsize 12345\n", "0123456789abcdef".repeat(4)));
    let args = ["--staged", "--exclude-path", "/vendor/", "--exclude-path", "*.min.js"];
    let scan = repo.scan(&args);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.files()), (vec!["c:1".to_owned()], 2));
    assert_eq!((scan.skipped("excluded path"), scan.unopened("lfs")), (2, vec!["lfs".to_owned()]));
    // Only what is excluded was staged: nothing is left, and that is told.
    repo.git(&["reset", "-q", "c", "lfs"]);
    let scan = repo.scan(&args);
    scan.assert_code(0);
    assert_eq!((scan.files(), scan.skipped("excluded path")), (0, 2));
}

#[test]
fn ids_of_sha_256() {
    let repo = Repo::outside();
    repo.git(&["init", "-q", "-b", "main", "--object-format=sha256"]);
    let old = repo.token();
    repo.file("a", format!("{old}\n"));
    repo.file("folder/b", "nothing\n");
    repo.commit("old secret");
    assert_eq!(staged(&repo).files(), 0);
    repo.stage("a", format!("{old}\n{}\n", repo.token()));
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.files()), (vec!["a:1 (old)".to_owned(), "a:2".to_owned()], 1));
}

#[test]
fn a_folder_below_and_another_working_tree() {
    let repo = Repo::with_commit();
    repo.stage("src/a", repo.token());
    let mut below = repo.command(&["git", "--staged"]);
    assert_eq!(below.current_dir(repo.path().join("src")).output().unwrap().status.code(), Some(1));
    assert_eq!(repo.scan(&["--staged", "src"]).found(), ["src/a:1"]);
    // Each has an index of its own.
    let elsewhere = Repo::outside();
    let tree = elsewhere.path().join("tree");
    let tree = tree.to_str().unwrap();
    repo.git(&["worktree", "add", "-q", tree, "HEAD"]);
    assert_eq!(repo.scan(&["--staged", tree]).found(), NONE);
    elsewhere.file("tree/b", repo.token());
    repo.git(&["-C", tree, "add", "b"]);
    assert_eq!(repo.scan(&["--staged", tree]).found(), ["b:1"]);
    assert_eq!(staged(&repo).found(), ["src/a:1"]);
}

#[test]
fn an_index_that_cannot_be_read() {
    let repo = Repo::with_commit();
    repo.stage("a", repo.token());
    let path = repo.path().join(".git/index");
    let index = std::fs::read(&path).unwrap();
    let expect = |content: &[u8], what: &str| {
        std::fs::write(&path, content).unwrap();
        let run = Scan::of_text(&repo, &["--staged"]);
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
    let run = Scan::of_text(&repo, &["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the index"), "{run:?}");
}

/// Whatever is wrong with an index, the scan ends as it should, and what is staged is not called clean.
#[test]
fn broken_indexes() {
    let repo = Repo::with_commit();
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
        let run = Scan::of_text(&repo, &["--staged"]);
        assert!(!run.stderr.contains("panicked"), "{what}: {run:?}");
        assert!(matches!(run.code, Some(0..=3)), "{what}: {run:?}");
        if run.code == Some(0) {
            clean.push(what);
        }
    }
    assert_eq!(clean, NONE);
}

#[test]
fn missing_objects() {
    let repo = Repo::with_commit();
    let lost = repo.blob(repo.token());
    repo.entry("100644", &lost, "lost");
    let object = |id: &str| repo.path().join(".git/objects").join(&id[..2]).join(&id[2..]);
    std::fs::remove_file(object(&lost)).unwrap();
    let scan = staged(&repo);
    scan.assert_code(3);
    assert_eq!((scan.files(), scan.skipped("missing object")), (0, 1));
    assert_eq!(scan.coverage()["complete"], false);
    let run = Scan::of_text(&repo, &["--staged"]);
    assert!(run.stderr.contains("incomplete: 1 missing object: lost"), "{run:?}");
    // A finding counts more.
    repo.stage("a", repo.token());
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.skipped("missing object")), (vec!["a:1".to_owned()], 1));
    // One that cannot be read.
    repo.git(&["rm", "-q", "--cached", "lost", "a"]);
    let blob = repo.blob("some text that is broken afterwards");
    repo.entry("100644", &blob, "broken");
    let path = object(&blob);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, "no object").unwrap();
    staged(&repo).assert_code(3);
    std::fs::remove_file(&path).unwrap();
    // What the last commit had there is only asked whether it is the same: without it, all is new.
    repo.git(&["rm", "-q", "--cached", "broken"]);
    std::fs::remove_file(repo.path().join("a")).unwrap();
    let old = repo.token();
    repo.file("old", format!("{old}\n"));
    repo.commit("old secret");
    repo.stage("old", format!("{old}\nmore\n"));
    std::fs::remove_file(object(&repo.id("HEAD:old"))).unwrap();
    let scan = staged(&repo);
    scan.assert_code(1);
    assert_eq!(scan.found(), ["old:1"]);
    // The tree of the last commit.
    std::fs::remove_file(object(&repo.id("HEAD^{tree}"))).unwrap();
    repo.git(&["update-index", "--force-remove", "old"]);
    let scan = staged(&repo);
    scan.assert_code(3);
    // The last commit itself.
    std::fs::remove_file(object(&repo.id("HEAD"))).unwrap();
    let run = Scan::of_text(&repo, &["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot read the last commit"), "{run:?}");
}

/// Random changes of an index, against what git says of them.
#[test]
fn random_indexes() {
    for seed in 0..9 {
        let repo = Repo::new();
        let mut random = Random::new(1000 + seed);
        let tokens: Vec<String> = (0..4).map(|_| repo.token()).collect();
        let content = |random: &mut Random| {
            let mut lines: Vec<String> = (0..6).map(|line| format!("{line}\n")).collect();
            for (at, token) in tokens.iter().enumerate() {
                if random.below(4) == 0 {
                    lines[at] = format!("{at} {token}\n");
                }
            }
            lines.retain(|_| random.below(5) > 0);
            lines.concat()
        };
        let name = |random: &mut Random| {
            let mut name = String::new();
            for depth in 0..1 + random.below(3) {
                name += &format!(
                    "{}{}",
                    if depth > 0 { "/" } else { "" },
                    ["a", "a.b", "a-b", "b"][random.below(4)]
                );
            }
            name
        };
        let change = |random: &mut Random| {
            let name = name(random);
            // What is in the way is replaced.
            let mut command =
                repo.git_command(&["update-index", "--add", "--replace", "--cacheinfo"]);
            match random.below(6) {
                0 => drop(repo.git(&["rm", "-q", "-r", "--cached", "--ignore-unmatch", &name])),
                1 => {
                    let link = repo.blob(&tokens[random.below(tokens.len())]);
                    assert!(command.args(["120000", &link, &name]).status().unwrap().success());
                }
                other => {
                    let blob = repo.blob(content(random));
                    let mode = if other == 2 { "100755" } else { "100644" };
                    assert!(command.args([mode, &blob, &name]).status().unwrap().success());
                }
            }
        };
        (0..14).for_each(|_| change(&mut random));
        repo.git(&["commit", "-q", "--allow-empty", "-m", "first"]);
        if seed % 3 == 1 {
            repo.git(&["update-index", "--index-version", "4"]);
        } else if seed % 3 == 2 {
            repo.git(&["update-index", "--split-index"]);
        }
        (0..5).for_each(|_| change(&mut random));
        if seed % 2 == 1 {
            repo.git(&["write-tree"]);
        }
        let (files, expected) = model(&repo, &tokens);
        let scan = staged(&repo);
        assert_eq!((scan.files(), scan.found()), (files, expected), "seed {seed}");
        scan.assert_code(i32::from(scan.found().iter().any(|found| !found.ends_with("(old)"))));
    }
}

/// How many files differ from the last commit, and what is to be found in them, as git tells it.
fn model(repo: &Repo, tokens: &[String]) -> (u64, Vec<String>) {
    let raw = repo.git(&["diff", "--cached", "--raw", "--no-renames", "--abbrev=40", "HEAD"]);
    let changes: Vec<Vec<&str>> =
        raw.lines().map(|line| line.split([' ', '\t']).collect()).collect();
    let text = |id: &str| {
        if id.bytes().all(|b| b == b'0') {
            String::new()
        } else {
            repo.git(&["cat-file", "-p", id])
        }
    };
    let gone: String =
        changes.iter().filter(|change| change[4] == "D").map(|change| text(change[2])).collect();
    let (mut files, mut found) = (0, Vec::new());
    for change in changes.iter().filter(|change| change[4] != "D" && change[2] != change[3]) {
        files += 1;
        let old = text(change[2]);
        for (number, line) in (1..).zip(text(change[3]).lines()) {
            let Some(token) = tokens.iter().find(|token| line.contains(*token)) else { continue };
            let is_old =
                old.lines().any(|old| old == line) || change[4] == "A" && gone.contains(token);
            found.push((change[5].to_owned(), number, if is_old { " (old)" } else { "" }));
        }
    }
    found.sort();
    (files, found.into_iter().map(|(path, line, old)| format!("{path}:{line}{old}")).collect())
}

/// A repository with a hook that scans what is about to be committed.
fn with_hook() -> Repo {
    let repo = Repo::with_commit();
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    repo
}

fn is_refused(repo: &Repo, args: &[&str]) -> String {
    let before = repo.git_output(&["rev-parse", "HEAD"]).stdout;
    let output = repo.git_output(args);
    assert!(!output.status.success(), "{args:?}: {output:?}");
    assert_eq!(repo.git_output(&["rev-parse", "HEAD"]).stdout, before);
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn a_commit_with_a_secret_is_refused() {
    let repo = with_hook();
    let token = repo.token();
    repo.stage("a", format!("key = {token}\n"));
    let said = is_refused(&repo, &["commit", "-q", "-m", "secret"]);
    for expected in ["a:1:7", "GitLab personal access token", "What to do", "1 file scanned"] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains(&token[8..]), "{said}");
    repo.git(&["commit", "-q", "--no-verify", "-m", "nevertheless"]);
    // What is there does not keep anybody from committing something else.
    repo.stage("a", format!("key = {token}\nmore\n"));
    repo.git(&["commit", "-q", "-m", "clean"]);
    repo.git(&["commit", "-q", "--amend", "-m", "said differently"]);
    repo.git(&["mv", "a", "b"]);
    repo.git(&["commit", "-q", "-m", "moved"]);
    // The first commit of a repository.
    let repo = Repo::new();
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    repo.stage("a", repo.token());
    assert!(!repo.git_output(&["commit", "-q", "-m", "secret"]).status.success());
    repo.stage("a", "clean");
    repo.git(&["commit", "-q", "-m", "clean"]);
}

#[test]
fn commits_of_all_and_of_a_part() {
    let repo = with_hook();
    // `git commit -a` takes what is not staged.
    repo.file("README", repo.token());
    is_refused(&repo, &["commit", "-q", "-a", "-m", "secret"]);
    assert!(
        repo.git(&["diff", "--cached", "--name-only"]).is_empty(),
        "git keeps the index as it was"
    );
    // Without it, there is nothing of it in the commit.
    repo.stage("src/main.rs", "fn main() { todo!() }\n");
    repo.git(&["commit", "-q", "-m", "clean"]);
    // A part of what is staged.
    repo.stage("README", repo.token());
    repo.stage("src/main.rs", "fn main() {}\n");
    repo.git(&["commit", "-q", "-m", "clean", "src/main.rs"]);
    repo.file("src/main.rs", "fn main() { panic!() }\n");
    is_refused(&repo, &["commit", "-q", "-m", "secret", "README"]);
    is_refused(&repo, &["commit", "-q", "-m", "secret", "--include", "src/main.rs"]);
    // A part of what is not staged, with a secret staged elsewhere.
    repo.git(&["commit", "-q", "-m", "clean", "--only", "src/main.rs"]);
    assert_eq!(repo.git(&["diff", "--cached", "--name-only"]), "README");
    // A secret that is staged, and not in what is committed instead of it.
    repo.file("README", "cleaned\n");
    repo.git(&["commit", "-q", "-m", "clean", "README"]);
    // The other way around.
    repo.stage("README", "staged\n");
    repo.file("README", repo.token());
    is_refused(&repo, &["commit", "-q", "-m", "secret", "README"]);
    repo.git(&["commit", "-q", "-m", "clean"]);
}

/// What a merge brings along was committed elsewhere before.
#[test]
fn commits_of_merges() {
    let repo = with_hook();
    repo.hook("pre-merge-commit", "exec \"$TOKENSIEVE\" git --staged");
    let (old, new) = (repo.token(), repo.token());
    repo.git(&["checkout", "-q", "-b", "side"]);
    repo.stage("src/side", format!("one\n{old}\n"));
    repo.stage("README", format!("first line\nsecond line\n{old}\n"));
    repo.git(&["commit", "-q", "--no-verify", "-m", "old secret"]);
    repo.git(&["checkout", "-q", "main"]);
    repo.stage("other", "nothing\n");
    repo.git(&["commit", "-q", "-m", "clean"]);
    let start = repo.id("HEAD");
    repo.git(&["merge", "-q", "-m", "without conflicts", "side"]);
    repo.git(&["reset", "-q", "--hard", &start]);
    repo.stage("README", "first line changed\nsecond line\n");
    repo.git(&["commit", "-q", "-m", "clean"]);
    assert!(!repo.git_output(&["merge", "-q", "side"]).status.success());
    // Lines of one side or the other, in files that are like neither of both.
    repo.stage("README", format!("first line changed\nsecond line\n{old}\n"));
    repo.stage("src/side", format!("more\none\n{old}\n"));
    assert_eq!(staged(&repo).found(), ["README:3 (old)", "src/side:3 (old)"]);
    // A secret of the merge's own.
    repo.stage("src/side", format!("{new}\none\n{old}\n"));
    let said = is_refused(&repo, &["commit", "-q", "-m", "secret"]);
    assert!(said.contains("src/side:1:1") && said.contains("2 files scanned"), "{said}");
    repo.stage("src/side", format!("one\n{old}\n"));
    assert_eq!(
        (staged(&repo).files(), staged(&repo).found()),
        (1, vec!["README:3 (old)".to_owned()])
    );
    repo.git(&["commit", "-q", "-m", "with conflicts"]);
    assert_eq!(repo.git(&["rev-list", "--merges", "-1", "HEAD"]), repo.id("HEAD"));
    // The same content without a merge is new.
    repo.git(&["reset", "-q", "--hard", &start]);
    repo.git(&["merge", "-q", "--squash", "side"]);
    is_refused(&repo, &["commit", "-q", "-m", "secret"]);
}

#[test]
fn commits_from_a_folder_below_and_in_another_working_tree() {
    let repo = with_hook();
    repo.file("src/main.rs", repo.token());
    is_refused(&repo, &["-C", "src", "commit", "-q", "-a", "-m", "secret"]);
    is_refused(&repo, &["-C", "src", "commit", "-q", "-m", "secret", "main.rs"]);
    repo.git(&["worktree", "add", "-q", "tree", "HEAD"]);
    repo.file("tree/README", repo.token());
    is_refused(&repo, &["-C", "tree", "commit", "-q", "-a", "-m", "secret"]);
    repo.file("tree/README", "clean");
    repo.git(&["-C", "tree", "commit", "-q", "-a", "-m", "clean"]);
    // With the repository elsewhere.
    let git_dir = repo.path().join(".git");
    let (git_dir, work_tree) = (format!("--git-dir={}", git_dir.display()), "--work-tree=.");
    is_refused(&repo, &[&git_dir, work_tree, "commit", "-q", "-a", "-m", "secret"]);
    repo.file("src/main.rs", "clean");
    repo.git(&[&git_dir, work_tree, "commit", "-q", "-a", "-m", "clean"]);
}

#[test]
fn an_index_that_the_environment_names() {
    let repo = Repo::with_commit();
    repo.stage("clean", "nothing");
    let other = repo.path().join("other index");
    let mut command = repo.git_command(&["read-tree", "HEAD"]);
    assert!(command.env("GIT_INDEX_FILE", &other).status().unwrap().success());
    let blob = repo.blob(repo.token());
    let mut command =
        repo.git_command(&["update-index", "--add", "--cacheinfo", "100644", &blob, "secret"]);
    assert!(command.env("GIT_INDEX_FILE", &other).status().unwrap().success());
    let scan = repo.scan_with(&["--staged"], &[("GIT_INDEX_FILE", other.to_str().unwrap())]);
    assert_eq!(scan.found(), ["secret:1"]);
    // Relative, as git gives it to hooks.
    let scan = repo.scan_with(&["--staged"], &[("GIT_INDEX_FILE", "other index")]);
    assert_eq!(scan.found(), ["secret:1"]);
    assert_eq!(staged(&repo).found(), NONE);
}

/// The variables that the pre-commit framework sets.
#[test]
fn under_the_pre_commit_framework() {
    let repo = Repo::with_commit();
    let root = repo.id("HEAD");
    repo.file("a", repo.token());
    repo.commit("secret");
    repo.file("a", "taken back\n");
    let taken_back = repo.commit("taken back");
    repo.file("b", format!("{}\n", repo.token()));
    repo.file("c", "nothing");
    repo.commit("another secret");
    // `pre-commit run --all-files`: all of the index, and old findings count.
    let framework = ("PRE_COMMIT", "1");
    let scan = repo.scan_with(&["--staged"], &[framework]);
    scan.assert_code(1);
    assert_eq!((scan.found(), scan.files()), (vec!["b:1".to_owned()], 5));
    assert_eq!(repo.scan(&["--staged"]).files(), 0, "without the framework nothing is staged");
    // A commit that changes nothing but a message, or nothing at all.
    repo.hook("pre-commit", "PRE_COMMIT=1 exec \"$TOKENSIEVE\" git --staged");
    repo.git(&["commit", "-q", "--amend", "-m", "said differently"]);
    repo.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    repo.git(&["reset", "-q", "--soft", "HEAD~"]);
    // With something staged, that.
    repo.stage("c", "something");
    let scan = repo.scan_with(&["--staged"], &[framework]);
    scan.assert_code(0);
    assert_eq!(scan.files(), 1);
    // A range: what is staged does not matter.
    let range = |from: &str, to: &str| {
        let variables = [framework, ("PRE_COMMIT_FROM_REF", from), ("PRE_COMMIT_TO_REF", to)];
        repo.scan_with(&["--staged"], &variables)
    };
    assert_eq!(range(&root, "HEAD").found(), ["a:1", "b:1"]);
    assert_eq!(range(&root, &taken_back).found(), ["a:1"]);
    assert_eq!(range(&taken_back, "main").found(), ["b:1"]);
    range("HEAD", "HEAD").assert_code(0);
    range("no-such-revision", "HEAD").run.assert_code(2);
    // One of them alone, or empty ones, are no range.
    let empty = [("PRE_COMMIT_FROM_REF", ""), ("PRE_COMMIT_TO_REF", "HEAD")];
    assert_eq!(repo.scan_with(&["--staged"], &empty).files(), 1);
}

/// The hook that the framework installs for `pre-push` names no range if a root commit is among what is pushed.
#[test]
fn pushes_under_the_pre_commit_framework() {
    let repo = Repo::with_commit();
    repo.file("a", repo.token());
    repo.commit("secret");
    repo.file("a", "taken back\n");
    repo.commit("taken back");
    let push = |more: &[(&str, &str)]| {
        let variables = [
            ("PRE_COMMIT", "1"),
            ("PRE_COMMIT_REMOTE_NAME", "origin"),
            ("PRE_COMMIT_REMOTE_URL", "../origin"),
            ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main"),
            ("PRE_COMMIT_REMOTE_BRANCH", "refs/heads/main"),
        ];
        repo.scan_with(&["--staged"], &[&variables, more].concat())
    };
    // Whatever is staged.
    repo.stage("b", repo.token());
    let scan = push(&[]);
    assert_eq!(scan.found(), ["a:1"]);
    scan.assert_code(1);
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    push(&[]).assert_code(0);
    // What another branch has brought there comes with a merge.
    repo.git(&["reset", "-q", "--hard", "HEAD~2"]);
    let start = repo.id("HEAD");
    repo.file("c", "nothing");
    repo.commit("clean");
    repo.git(&["merge", "-q", "-m", "merge", "origin/main"]);
    let range = [("PRE_COMMIT_FROM_REF", start.as_str()), ("PRE_COMMIT_TO_REF", "HEAD")];
    push(&range).assert_code(0);
    repo.file("c", repo.token());
    repo.commit("another secret");
    assert_eq!(push(&range).found(), ["c:1"]);
    // Nothing is pushed, and all of that counts.
    assert_eq!(repo.scan_with(&["--staged"], &range).found(), ["a:1", "c:1"]);
}

/// A repository with a bare one to push to, and a hook that scans what is about to be pushed.
fn with_remote() -> (Repo, Repo) {
    let (remote, repo) = (Repo::outside(), Repo::with_commit());
    remote.git(&["init", "-q", "--bare"]);
    repo.git(&["remote", "add", "origin", remote.path().to_str().unwrap()]);
    repo.hook("pre-push", "exec \"$TOKENSIEVE\" git --pre-push \"$1\"");
    (repo, remote)
}

fn is_not_pushed(repo: &Repo, remote: &Repo, args: &[&str]) -> String {
    let references = remote.git(&["for-each-ref"]);
    let said = is_refused(repo, &[&["push", "-q"], args].concat());
    assert_eq!(remote.git(&["for-each-ref"]), references);
    said
}

#[test]
fn pushes_of_branches() {
    let (repo, remote) = with_remote();
    // A new branch, to where nothing is.
    repo.git(&["push", "-q", "origin", "main"]);
    let clean = repo.id("HEAD");
    // An update: a secret that was taken back is published all the same.
    let token = repo.token();
    repo.file("a", format!("{token}\n"));
    let bad = repo.commit("secret");
    repo.file("a", "taken back\n");
    repo.commit("taken back");
    let said = is_not_pushed(&repo, &remote, &["origin", "main"]);
    for expected in ["a:1:1", &bad[..12], "commit: ", "2 files scanned in 2 commits"] {
        assert!(said.contains(expected), "{expected} in {said}");
    }
    assert!(!said.contains(&token[8..]), "{said}");
    // As a new branch.
    is_not_pushed(&repo, &remote, &["origin", "main:refs/heads/other"]);
    // Several at once, of which one is clean.
    is_not_pushed(
        &repo,
        &remote,
        &["origin", "main:refs/heads/other", &format!("{clean}:refs/heads/fine")],
    );
    repo.git(&["push", "-q", "--no-verify", "origin", "main"]);
    // What the other side has is not looked at again.
    repo.git(&["push", "-q", "origin", "main:refs/heads/other"]);
    repo.file("b", "clean");
    repo.commit("clean");
    repo.git(&["push", "-q", "origin", "main"]);
    // A forced update to something older, with a clean commit and with a bad one.
    repo.git(&["reset", "-q", "--hard", &clean]);
    repo.file("c", "clean");
    repo.commit("clean");
    repo.git(&["push", "-q", "--force", "origin", "main"]);
    repo.file("c", repo.token());
    repo.git(&["add", "c"]);
    repo.git(&["commit", "-q", "--amend", "-m", "secret"]);
    is_not_pushed(&repo, &remote, &["--force", "origin", "main"]);
    // Deletions bring nothing, also beside something.
    repo.git(&["push", "-q", "origin", ":other"]);
    repo.git(&["push", "-q", "--no-verify", "origin", &format!("{clean}:refs/heads/another")]);
    is_not_pushed(&repo, &remote, &["--force", "origin", ":another", "main"]);
    // Nothing to push.
    repo.git(&["push", "-q", "origin", "origin/main:main"]);
}

#[test]
fn pushes_of_a_new_repository_and_to_a_folder() {
    let (repo, remote) = with_remote();
    repo.file("a", repo.token());
    repo.commit("secret");
    repo.file("a", "taken back\n");
    repo.commit("taken back");
    is_not_pushed(&repo, &remote, &["origin", "main"]);
    // Without a name for the remote, nothing is known of it.
    is_not_pushed(&repo, &remote, &[remote.path().to_str().unwrap(), "main"]);
    // What another remote has does not count for this one.
    repo.git(&["update-ref", "refs/remotes/upstream/main", "HEAD"]);
    is_not_pushed(&repo, &remote, &["origin", "main"]);
    let input = format!("refs/heads/main {} refs/heads/main {}\n", repo.id("HEAD"), "0".repeat(40));
    let pushed = |remote: &[&str]| {
        let mut command = repo.command(&[&["git", "--pre-push"], remote].concat());
        run_with_input(&mut command, &input)
    };
    assert_eq!(pushed(&["origin"]), Some(1));
    assert_eq!(pushed(&["upstream"]), Some(0));
    assert_eq!(pushed(&[]), Some(0), "any remote that has it");
}

fn run_with_input(command: &mut std::process::Command, input: &str) -> Option<i32> {
    use std::io::Write;
    use std::process::Stdio;

    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait().unwrap().code()
}

#[test]
fn pushes_of_tags() {
    let (repo, remote) = with_remote();
    repo.git(&["push", "-q", "origin", "main"]);
    repo.git(&["tag", "plain"]);
    repo.git(&["tag", "-a", "-m", "clean", "annotated"]);
    repo.git(&["push", "-q", "origin", "--tags"]);
    // In the message of a tag.
    repo.git(&["tag", "-a", "-m", &format!("key {}", repo.token()), "bad"]);
    let said = is_not_pushed(&repo, &remote, &["origin", "bad"]);
    assert!(said.contains("<tag message>:1:5"), "{said}");
    is_not_pushed(&repo, &remote, &["origin", "--tags"]);
    // In what a tag leads to.
    repo.file("a", repo.token());
    repo.commit("secret");
    repo.git(&["tag", "-a", "-m", "clean", "release"]);
    repo.git(&["tag", "-a", "-m", "clean", "of a tag".replace(' ', "-").as_str(), "release"]);
    repo.git(&["reset", "-q", "--hard", "HEAD~"]);
    is_not_pushed(&repo, &remote, &["origin", "release"]);
    is_not_pushed(&repo, &remote, &["origin", "of-a-tag"]);
    // A tag of a blob, and of a tree.
    let blob = repo.blob(repo.token());
    repo.git(&["tag", "blob", &blob]);
    is_not_pushed(&repo, &remote, &["origin", "blob"]);
    let tree = repo.git_with_input(&["mktree"], format!("100644 blob {blob}\tkey\n"));
    repo.git(&["tag", "-a", "-m", "a tree", "tree", &tree]);
    is_not_pushed(&repo, &remote, &["origin", "tree"]);
    let blob = repo.blob("clean");
    repo.git(&["tag", "clean-blob", &blob]);
    repo.git(&["push", "-q", "origin", "clean-blob"]);
    repo.git(&["push", "-q", "origin", ":annotated"]);
}

#[test]
fn what_no_git_would_say() {
    let repo = Repo::with_commit();
    let id = repo.id("HEAD");
    for line in [
        "main",
        "refs/heads/main x refs/heads/main y",
        &format!("refs/heads/main {id} refs/heads/main"),
    ] {
        assert_eq!(
            run_with_input(&mut repo.command(&["git", "--pre-push", "origin"]), line),
            Some(2),
            "{line}"
        );
    }
    assert_eq!(run_with_input(&mut repo.command(&["git", "--pre-push", "origin"]), ""), Some(0));
    // An object that is not there.
    let line = format!("refs/heads/main {} refs/heads/main {}\n", "1".repeat(40), "0".repeat(40));
    assert_eq!(run_with_input(&mut repo.command(&["git", "--pre-push", "origin"]), &line), Some(3));
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    assert_eq!(run_with_input(&mut repo.command(&["git", "--pre-push", "origin"]), &line), Some(3));
}

#[test]
fn no_repository_and_wrong_combinations() {
    let outside = Repo::outside();
    let run = Scan::of_text(&outside, &["--staged"]);
    run.assert_code(2);
    assert!(run.stderr.contains("not a git repository"), "{run:?}");
    let repo = Repo::with_commit();
    for args in [
        &["--staged", "--range", "a..b"][..],
        &["--all-lines"],
        &["--staged", "--pre-push", "origin"],
    ] {
        Scan::of_text(&repo, args).assert_code(2);
    }
}
