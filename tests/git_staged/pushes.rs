//! Pushes that a `pre-push` hook accepts or refuses.

use super::is_refused;
use crate::support::command::output_with_input;
use crate::support::repository::Repository;

/// A repository with a bare one to push to, and a hook that scans what is about to be pushed.
fn with_remote() -> (Repository, Repository) {
    let repo = Repository::with_commit();
    let remote = repo.add_origin();
    repo.hook("pre-push", "exec \"$TOKENSIEVE\" git --pre-push \"$1\"");
    (repo, remote)
}

fn is_not_pushed(repo: &Repository, remote: &Repository, args: &[&str]) -> String {
    let references = remote.git(&["for-each-ref"]);
    let said = is_refused(repo, &[&["push", "-q"], args].concat());
    assert_eq!(remote.git(&["for-each-ref"]), references);
    said
}

#[test]
fn pushed_branches_with_secrets_are_refused() {
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
    for expected in ["a:1:1", &bad[..12], "commit: ", "2 versions of files scanned in 2 commits"] {
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
fn a_push_to_an_unknown_remote_is_scanned_as_a_whole() {
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
        let mut command = repo.tokensieve(&[&["git", "--pre-push"], remote].concat());
        output_with_input(&mut command, input.as_bytes()).status.code()
    };
    assert_eq!(pushed(&["origin"]), Some(1));
    assert_eq!(pushed(&["upstream"]), Some(0));
    assert_eq!(pushed(&[]), Some(0), "any remote that has it");
}

/// Git hands the hook a URL as the name of the remote where one was given on its command line.
#[test]
fn a_push_to_a_url_is_one_to_its_remote() {
    let (repo, remote) = with_remote();
    repo.file("a", repo.token());
    repo.commit("old secret");
    repo.git(&["push", "-q", "--no-verify", "origin", "main"]);
    let published = repo.id("HEAD");
    let path = remote.path().to_str().unwrap().to_owned();
    let mut count = 0;
    let mut pushes = |url: &str| {
        count += 1;
        repo.file("b", format!("{count}\n"));
        repo.commit("clean");
        let branch = format!("HEAD:refs/heads/b{count}");
        repo.git_output(&["push", "-q", url, &branch]).status.success()
    };
    assert!(pushes(&format!("file://{path}")));
    assert!(pushes(&format!("{path}/")));
    repo.git(&["config", "url.file:///.insteadOf", "here:"]);
    assert!(pushes(&format!("here:{}", &path[1..])));
    // Another remote has nothing of it yet.
    let other = repo.beside("other");
    repo.git(&["init", "-q", "--bare", "../other"]);
    repo.git(&["remote", "add", "other", "file:///nowhere"]);
    repo.git(&["config", "remote.other.pushurl", other.path().to_str().unwrap()]);
    assert!(!pushes(&format!("file://{}", other.path().display())));
    // A URL of nobody: what any remote has is known.
    repo.git(&["remote", "remove", "other"]);
    assert!(pushes(&format!("file://{}", other.path().display())));
    repo.git(&["update-ref", "-d", "refs/remotes/origin/main"]);
    assert!(!pushes(&format!("file://{path}")), "{published} is known to nobody");
}

#[test]
fn pushed_tags_with_secrets_are_refused() {
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
fn wrong_lines_for_the_hook_are_errors() {
    let repo = Repository::with_commit();
    let code = |line: &str| {
        let mut command = repo.tokensieve(&["git", "--pre-push", "origin"]);
        output_with_input(&mut command, line.as_bytes()).status.code()
    };
    let id = repo.id("HEAD");
    for line in [
        "main",
        "refs/heads/main x refs/heads/main y",
        &format!("refs/heads/main {id} refs/heads/main"),
    ] {
        assert_eq!(code(line), Some(2), "{line}");
    }
    assert_eq!(code(""), Some(0));
    // An object that is not there.
    let line = format!("refs/heads/main {} refs/heads/main {}\n", "1".repeat(40), "0".repeat(40));
    assert_eq!(code(&line), Some(3));
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    assert_eq!(code(&line), Some(3));
}
