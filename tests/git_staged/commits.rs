//! Commits that a `pre-commit` hook accepts or refuses.

use super::is_refused;
use crate::support::repository::Repository;

/// A repository with a hook that scans what is about to be committed.
fn with_hook() -> Repository {
    let repo = Repository::with_commit();
    repo.hook("pre-commit", "exec \"$TOKENSIEVE\" git --staged");
    repo
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
