//! A change does not suppress its own findings.

use crate::support::command::Run;
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
fn suppressions_of_a_merge_request_do_not_count_for_it() {
    let repo = Repository::with_commit();
    let base = repo.id("HEAD");
    change_with_suppressions(&repo);
    let ci = |args: &[&str]| {
        let mut command =
            repo.tokensieve(&[&["ci", "-f", "json", "--head", "HEAD", "--base"], args].concat());
        Run::of(command.output().unwrap())
    };
    let scan = ci(&[&base]);
    assert_eq!(scan.assert_code(1).locations(), ["new:1"]);
    for told in ["allow: paths *", ".gitleaksignore: new:gitlab-pat:1"] {
        assert!(scan.stderr.contains(told), "{told}: {}", scan.stderr);
    }
    // What was there before counts.
    let repo_base = repo.id("HEAD");
    repo.file("more", repo.token());
    repo.commit("more");
    assert_eq!(ci(&[&repo_base]).assert_code(0).locations(), [""; 0]);
    assert_eq!(ci(&[&repo_base, "--no-repo-config"]).assert_code(1).locations(), ["more:1"]);
    // A suppression alone.
    repo.file(".gitleaksignore", "");
    let before = repo.commit("fewer");
    repo.file(".gitleaksignore", "x:y:1\n");
    repo.commit("one more");
    assert_eq!(ci(&[&before]).code, Some(0));
    assert_eq!(ci(&[&before, "--deny-new-suppressions"]).code, Some(1));
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
