//! Which commit introduced a secret, and where.

use serde_json::Value;

use super::{commit, range, told};
use crate::support::repository::Repository;

#[test]
fn a_finding_names_the_commit_that_introduced_it() {
    let repo = Repository::with_commit();
    let token = repo.token();
    let bad = commit(&repo, "bad\n\nMore about it.", "a", format!("one\n{token}\n"));
    let last = commit(&repo, "good", "b", "two\n");
    let scan = range(&repo, "HEAD~2..HEAD");
    scan.assert_code(1);
    assert_eq!(told(&repo, &scan), ["bad a:2"]);
    let finding = &scan.findings()[0];
    let expected = serde_json::json!({
        "id": bad, "author": "Ada Author", "email": "ada@example.com", "summary": "bad",
        "date": repo.git(&["show", "-s", "--format=%aI", &bad]),
    });
    let date = |value: &Value| value.as_str().unwrap().replace("+00:00", "Z");
    assert_eq!(date(&finding["commit"]["date"]), date(&expected["date"]));
    for key in ["id", "author", "email", "summary"] {
        assert_eq!(finding["commit"][key], expected[key]);
    }
    assert_eq!(finding["last_commit"], last.as_str());
    assert_eq!(finding["in_head"], true);
    assert_eq!(finding["refs"], serde_json::json!(["HEAD", "refs/heads/main"]));
    assert!(finding.get("new").is_none());
    let coverage = scan.coverage();
    assert_eq!(
        (&coverage["commits"], &coverage["files_scanned"]),
        (&Value::from(2), &Value::from(2))
    );
    let run = repo.scan_as_text(&["--range", "HEAD~2..HEAD"]);
    for expected in ["a:2:1", "bad", &bad[..12], "Ada Author <ada@example.com>", "still in HEAD"] {
        assert!(run.stdout.contains(expected), "{expected} in {run:?}");
    }
    assert!(!run.stdout.contains(&token[8..]));
    assert!(run.stderr.starts_with("2 versions of files scanned in 2 commits"), "{run:?}");
}

#[test]
fn one_finding_has_all_places_of_a_commit() {
    let repo = Repository::with_commit();
    let token = repo.token();
    repo.file("b", format!("x\n{token}\n{token}\n"));
    repo.file("a/c", format!("{token}\n"));
    repo.commit("bad");
    repo.git(&["commit", "-q", "--allow-empty", "-m", &format!("said\n\n{}", repo.token())]);
    let mut told = told(&repo, &range(&repo, "HEAD~2..HEAD"));
    told.sort();
    assert_eq!(told, ["bad a/c:1, bad b:2", "said <commit message>:3"]);
}

#[test]
fn messages_and_headers_of_commits_are_scanned() {
    let repo = Repository::with_commit();
    let (token, other) = (repo.token(), repo.token());
    repo.git(&["commit", "-q", "--allow-empty", "-m", &format!("key {token}\n\nand\n{other}")]);
    let scan = range(&repo, "HEAD~..HEAD");
    scan.assert_code(1);
    let mut found = scan.locations();
    found.sort();
    assert_eq!(found, ["<commit message>:1", "<commit message>:4"]);
    assert!(!scan.stdout.contains(&token[8..]) && !scan.stdout.contains(&other[8..]), "{scan:?}");
    assert_eq!(scan.files_scanned(), 0, "no file was brought in");
    assert!(scan.findings()[0]["commit"]["summary"].as_str().unwrap().starts_with("key glp"));
    // In a name.
    repo.git(&[
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "clean",
        "--author",
        &format!("{} <a@b>", repo.token()),
    ]);
    let scan = range(&repo, "HEAD~..HEAD");
    assert_eq!(scan.locations().len(), 1);
    assert!(scan.locations()[0].starts_with("<commit header>:"), "{scan:?}");
    range(&repo, "HEAD..HEAD").assert_code(0);
}

#[test]
fn submodules_links_and_odd_names_are_read_or_named() {
    use std::os::unix::ffi::OsStrExt;

    let repo = Repository::with_commit();
    repo.stage_entry("160000", &repo.id("HEAD"), "libs/sub");
    let link = repo.blob(repo.token());
    repo.stage_entry("120000", &link, "link");
    let blob = repo.blob(repo.token());
    repo.stage_entry("100755", &blob, std::ffi::OsStr::from_bytes(b"caf\xe9\n x"));
    repo.stage_entry("100644", &blob, "vendor/a");
    repo.commit_staged("odd");
    let scan = repo.scan(&["--range", "HEAD~..HEAD", "--exclude-path", "/vendor"]);
    scan.assert_code(1);
    let mut found = scan.locations();
    found.sort();
    assert_eq!(found, ["caf\u{fffd}\n x:1", "link:1"]);
    assert_eq!(scan.unopened("submodule").1, ["libs/sub"]);
    let run = repo.scan_as_text(&["--range", "HEAD~..HEAD", "--color", "never"]);
    assert!(!run.stdout.contains("\n x"), "{run:?}");
    // A changed mode brings nothing.
    repo.stage_entry("100644", &blob, std::ffi::OsStr::from_bytes(b"caf\xe9\n x"));
    repo.commit_staged("mode");
    let scan = range(&repo, "HEAD~..HEAD");
    assert_eq!((scan.locations(), scan.files_scanned()), (vec![], 0));
    // Files become folders.
    let old = repo.blob(repo.token());
    repo.stage_entry("100644", &old, "old");
    repo.commit_staged("a file");
    repo.git(&["update-index", "--force-remove", "old"]);
    repo.stage_entry("100644", &old, "old/inner/old");
    repo.stage_entry("100644", &repo.blob(repo.token()), "old/inner/new");
    repo.commit_staged("a folder");
    assert_eq!(told(&repo, &range(&repo, "HEAD~..HEAD")), ["a folder old/inner/new:1"]);
}
