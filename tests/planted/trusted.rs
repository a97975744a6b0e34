//! Whose configuration counts in `tokensieve ci` where a range has no base.

use crate::support::command::Run;
use crate::support::repository::Repository;

/// Runs a job of GitLab CI on HEAD.
fn job(repo: &Repository, source: &str, args: &[&str]) -> Run {
    let mut command = repo.tokensieve(&[&["ci", "--no-fetch", "-f", "json"], args].concat());
    let branch = repo.git(&["branch", "--show-current"]);
    command.envs([
        ("GITLAB_CI", "true"),
        ("CI_PIPELINE_SOURCE", source),
        ("CI_COMMIT_BRANCH", &branch),
        ("CI_COMMIT_SHA", &repo.id("HEAD")),
        ("CI_DEFAULT_BRANCH", "main"),
    ]);
    Run::of(command.output().unwrap())
}

/// A clone of a server whose branch `topic` brings a secret and this file.
fn topic_with(name: &str, content: &str) -> Repository {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    repo.git(&["push", "-q", "origin", "main"]);
    repo.git(&["checkout", "-q", "-b", "topic"]);
    repo.file("s.txt", format!("{}\n", repo.token()));
    repo.file(name, content);
    repo.commit("secret");
    repo.git(&["push", "-q", "origin", "topic"]);
    server.cloned("clone", &["-b", "topic"])
}

#[test]
fn what_a_branch_brings_does_not_count_where_nothing_was_pushed() {
    let config = "version = 1\n[[allow]]\nregexes = ['.']\n";
    for (name, content) in [
        (".tokensieve.toml", config),
        (".tokensieve.toml", "version = 1\nexclude_paths = ['*']\n"),
        (".gitleaks.toml", "[allowlist]\npaths = ['.']\n"),
        (".gitleaksignore", "s.txt:gitlab-pat:1\n"),
    ] {
        let clone = topic_with(name, content);
        for source in ["schedule", "web", "api", "trigger"] {
            let run = job(&clone, source, &[]);
            assert_eq!(run.assert_code(1).locations(), ["s.txt:1"], "{name} {source}");
            assert!(run.stderr.contains("are those of the branch main"), "{run:?}");
            assert!(run.stderr.contains("adds a suppression"), "{run:?}");
        }
        // Neither in a shell.
        let run = Run::of(clone.tokensieve(&["ci", "-f", "json"]).output().unwrap());
        assert_eq!(run.assert_code(1).locations(), ["s.txt:1"], "{name}");
    }
}

#[test]
fn what_the_default_branch_has_is_old() {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    repo.file("s.txt", format!("{}\n", repo.token()));
    repo.file(".tokensieve.toml", "version = 1\nexclude_paths = ['/s.txt']\n");
    repo.run(&["baseline", "create", "."]).assert_code(0);
    repo.commit("reviewed");
    repo.git(&["push", "-q", "origin", "main"]);
    let clone = server.cloned("clone", &[]);
    let run = job(&clone, "schedule", &["--deny-new-suppressions"]);
    run.assert_code(0);
    assert!(run.stderr.contains("which is on the branch main"), "{run:?}");
    assert!(!run.stderr.contains("suppression,"), "{run:?}");
    // On another branch, what that adds is new.
    clone.git(&["checkout", "-q", "-b", "topic"]);
    job(&clone, "schedule", &["--deny-new-suppressions"]).assert_code(0);
    clone.file(".gitleaksignore", "a:b:1\n");
    clone.commit("more");
    job(&clone, "schedule", &[]).assert_code(0);
    job(&clone, "schedule", &["--deny-new-suppressions"]).assert_code(1);
}

#[test]
fn without_a_default_branch_no_file_counts() {
    let repo = Repository::with_commit();
    repo.file("s.txt", format!("{}\n", repo.token()));
    repo.run(&["baseline", "create"]).assert_code(0);
    repo.commit("secret and baseline");
    for run in [
        job(&repo, "schedule", &["--deny-new-suppressions"]),
        Run::of(repo.tokensieve(&["ci", "-f", "json"]).output().unwrap()),
    ] {
        assert_eq!(run.assert_code(1).locations(), ["s.txt:1"]);
        assert!(run.stderr.contains("no default branch is known, so no configuration"), "{run:?}");
        assert!(run.stderr.contains("suppression of the scanned commit does not count"), "{run:?}");
        assert!(!run.stderr.contains("does not count for itself"), "{run:?}");
    }
    let config = repo.dir().file("mine.toml", "version = 1\nexclude_paths = ['s.txt']\n");
    job(&repo, "schedule", &["--config", config.to_str().unwrap()]).assert_code(0);
}

#[test]
fn the_first_push_of_a_project_brings_its_configuration_along() {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    repo.file("s.txt", format!("{}\n", repo.token()));
    repo.file(".tokensieve.toml", "version = 1\nexclude_paths = ['*']\n");
    repo.commit("all at once");
    repo.git(&["push", "-q", "origin", "main"]);
    let run = job(&server.cloned("clone", &[]), "push", &[]);
    assert_eq!(run.assert_code(1).locations(), ["s.txt:1"]);
    assert!(run.stderr.contains("this push brings the branch main itself"), "{run:?}");
}

#[test]
fn entries_of_a_baseline_are_named_as_such() {
    let clone = topic_with("other", "");
    clone.run(&["baseline", "create"]).assert_code(0);
    clone.commit("baseline");
    let run = job(&clone, "schedule", &[]);
    assert_eq!(run.stderr.matches("adds a suppression").count(), 1, "{run:?}");
    assert!(!run.stderr.contains("[redacted]"), "{run:?}");
    let entry = run.stderr.lines().find(|line| line.contains(".tokensieve.baseline")).unwrap();
    assert!(
        entry.contains(": entry ") && entry.contains("gitlab_personal_access_token"),
        "{entry}"
    );
}
