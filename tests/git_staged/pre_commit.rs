//! The variables that the pre-commit framework sets.

use crate::support::repository::Repository;

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
