//! The variables that the pre-commit framework sets.

use crate::support::repository::Repository;

/// The variables that the pre-commit framework sets.
#[test]
fn the_pre_commit_framework_scans_what_it_asks_for() {
    let repo = Repository::with_commit();
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
    let scan = repo.scan_with_variables(&["--staged"], &[framework]);
    scan.assert_code(1);
    assert_eq!((scan.locations(), scan.files_scanned()), (vec!["b:1".to_owned()], 5));
    assert_eq!(
        repo.scan(&["--staged"]).files_scanned(),
        0,
        "without the framework nothing is staged"
    );
    // A commit that changes nothing but a message, or nothing at all.
    repo.hook("pre-commit", "PRE_COMMIT=1 exec \"$TOKENSIEVE\" git --staged");
    repo.git(&["commit", "-q", "--amend", "-m", "said differently"]);
    repo.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    repo.git(&["reset", "-q", "--soft", "HEAD~"]);
    // With something staged, that.
    repo.stage("c", "something");
    let scan = repo.scan_with_variables(&["--staged"], &[framework]);
    scan.assert_code(0);
    assert_eq!(scan.files_scanned(), 1);
    // A range: what is staged does not matter.
    let range = |from: &str, to: &str| {
        let variables = [framework, ("PRE_COMMIT_FROM_REF", from), ("PRE_COMMIT_TO_REF", to)];
        repo.scan_with_variables(&["--staged"], &variables)
    };
    assert_eq!(range(&root, "HEAD").locations(), ["a:1", "b:1"]);
    assert_eq!(range(&root, &taken_back).locations(), ["a:1"]);
    assert_eq!(range(&taken_back, "main").locations(), ["b:1"]);
    range("HEAD", "HEAD").assert_code(0);
    range("no-such-revision", "HEAD").assert_code(2);
    // One of them alone, or empty ones, are no range.
    let empty = [("PRE_COMMIT_FROM_REF", ""), ("PRE_COMMIT_TO_REF", "HEAD")];
    assert_eq!(repo.scan_with_variables(&["--staged"], &empty).files_scanned(), 1);
}

/// The hook that the framework installs for `pre-push` names no range if a root commit is among
/// what is pushed.
#[test]
fn the_pre_commit_framework_scans_what_is_pushed() {
    let repo = Repository::with_commit();
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
        repo.scan_with_variables(&["--staged"], &[&variables, more].concat())
    };
    // Whatever is staged.
    repo.stage("b", repo.token());
    let scan = push(&[]);
    assert_eq!(scan.locations(), ["a:1"]);
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
    assert_eq!(push(&range).locations(), ["c:1"]);
    // Nothing is pushed, and all of that counts.
    assert_eq!(repo.scan_with_variables(&["--staged"], &range).locations(), ["a:1", "c:1"]);
}
