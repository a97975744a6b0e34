//! Commits that a `pre-commit` hook accepts or refuses.

use super::{is_refused, staged};
use crate::support::repository::Repository;

/// A repository with a hook that scans what is about to be committed.
fn with_hook() -> Repository {
    let repo = Repository::with_commit();
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    repo
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
    let repo = Repository::new();
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    repo.stage("a", repo.token());
    assert!(!repo.git_output(&["commit", "-q", "-m", "secret"]).status.success());
    repo.stage("a", "clean");
    repo.git(&["commit", "-q", "-m", "clean"]);
}

#[test]
fn the_hook_sees_what_a_partial_commit_takes() {
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
fn what_a_merge_brings_along_is_not_new() {
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
    assert_eq!(staged(&repo).locations(), ["README:3 (old)", "src/side:3 (old)"]);
    // A secret of the merge's own.
    repo.stage("src/side", format!("{new}\none\n{old}\n"));
    let said = is_refused(&repo, &["commit", "-q", "-m", "secret"]);
    assert!(said.contains("src/side:1:1") && said.contains("2 files scanned"), "{said}");
    repo.stage("src/side", format!("one\n{old}\n"));
    assert_eq!(
        (staged(&repo).files_scanned(), staged(&repo).locations()),
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
fn the_hook_works_from_every_folder_and_working_tree() {
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
