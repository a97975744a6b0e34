//! `tokensieve ci` as a job runs it: what it says, how it ends, and whose configuration counts.
//! Which range belongs to which event is in [`super::git_ci`].

use crate::support::command::Run;
use crate::support::repository::Repository;

/// A merge request: its repository, and the variables that GitLab gives to its pipeline.
struct MergeRequest {
    repo: Repository,
    base: String,
    head: String,
}

impl MergeRequest {
    fn new(change: impl FnOnce(&Repository)) -> Self {
        let repo = Repository::with_commit();
        repo.file("old", format!("key = {}\n", repo.token()));
        let base = repo.commit("before the merge request");
        repo.git(&["checkout", "-q", "-b", "topic"]);
        change(&repo);
        let head = repo.commit("the merge request");
        Self { repo, base, head }
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = self.repo.tokensieve(&[&["ci", "--no-fetch"], args].concat());
        command.envs([
            ("GITLAB_CI", "true"),
            ("CI_PIPELINE_SOURCE", "merge_request_event"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &self.base),
            ("CI_COMMIT_SHA", &self.head),
        ]);
        Run::of(command.output().unwrap())
    }
}

#[test]
fn only_what_is_new_fails() {
    let clean = MergeRequest::new(|repo| drop(repo.file("new", "clean\n")));
    let run = clean.run(&["-f", "json"]);
    run.assert_code(0);
    assert_eq!(run.json()["findings"].as_array().unwrap().len(), 0);
    assert_eq!(run.stderr.matches("merge request").count(), 1, "{run:?}");
    for expected in [&clean.base[..], &clean.head, "range: "] {
        assert!(run.stderr.contains(expected), "{expected}: {run:?}");
    }
    let bad = MergeRequest::new(|repo| drop(repo.file("new", repo.token())));
    let run = bad.run(&["-f", "json"]);
    run.assert_code(1);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    assert_eq!((findings.len(), &findings[0]["path"]), (1, &serde_json::json!("new")));
    assert_eq!(findings[0]["commit"]["id"], bad.head);
}

#[test]
fn suppressions_do_not_count_for_themselves() {
    let config = "version = 1\nexclude_paths = ['new']\n";
    let bad = MergeRequest::new(|repo| {
        repo.file("new", repo.token());
        repo.file(".tokensieve.toml", config);
    });
    let run = bad.run(&[]);
    run.assert_code(1);
    assert!(
        run.stderr.contains("adds a suppression") && run.stderr.contains("exclude_paths: new"),
        "{run:?}"
    );
    let alone = MergeRequest::new(|repo| drop(repo.file(".tokensieve.toml", config)));
    alone.run(&[]).assert_code(0);
    let run = alone.run(&["--deny-new-suppressions"]);
    run.assert_code(1);
    assert!(run.stderr.contains("--deny-new-suppressions"), "{run:?}");
    let none = MergeRequest::new(|repo| drop(repo.file("new", "clean\n")));
    none.run(&["--deny-new-suppressions"]).assert_code(0);
}

#[test]
fn a_range_that_cannot_be_told_is_not_clean() {
    let mut request = MergeRequest::new(|repo| drop(repo.file("new", "clean\n")));
    request.base = "1".repeat(40);
    let run = request.run(&["-f", "json"]);
    run.assert_code(3);
    let coverage = run.json()["coverage"].clone();
    assert_eq!(coverage["complete"], false);
    assert_eq!(coverage["skipped"][0]["reason"], "unresolved range");
    assert!(run.stderr.contains("to repair it: git fetch"), "{run:?}");
    // What a user has mistyped is a mistake of the user.
    request.run(&["--base", "no-such-branch"]).assert_code(2);
}
