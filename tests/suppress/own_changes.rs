//! A change does not suppress its own findings.

use crate::support::repository::Repository;

/// A change and everything that could silence it, all at once.
fn change_with_suppressions(repo: &Repository) {
    let token = repo.token();
    repo.file("new", format!("{token}\n"));
    repo.run(&["baseline", "create"]).assert_code(0);
    repo.file("new", format!("{token} # tokensieve:allow -- gitleaks:allow\n"));
    repo.file(".tokensieve.toml", "version = 1\n[[allow]]\npaths = ['*']\n");
    repo.file(".gitleaksignore", "new:gitlab-pat:1\n");
    repo.commit("with suppressions");
    repo.scan_files(&[]).assert_code(0);
}

#[test]
fn suppressions_of_a_push_do_not_count_for_it() {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    server.hook("pre-receive", "exec \"$TOKENSIEVE\" pre-receive");
    repo.git(&["push", "-q", "origin", "main"]);
    change_with_suppressions(&repo);
    let refused = repo.git_output(&["push", "-q", "origin", "main"]);
    assert!(!refused.status.success(), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("new:1"), "{refused:?}");
    // The baseline comes first, for others to see, and then what it is about.
    repo.git(&["reset", "-q", "--soft", "HEAD~1"]);
    repo.git(&["reset", "-q"]);
    repo.git(&["add", ".tokensieve.baseline"]);
    repo.commit_staged("baseline");
    repo.git(&["push", "-q", "origin", "main"]);
    repo.git(&["add", "new"]);
    repo.commit_staged("known");
    repo.git(&["push", "-q", "origin", "main"]);
}
