//! Which commits are looked at.

use std::collections::BTreeSet;

use super::generated;
use super::model::{History, told};
use crate::support::repository::{Repository, START};
use crate::support::tokens::{Random, personal};

fn commits(repository: &Repository, args: &[&str]) -> BTreeSet<String> {
    repository.git(&[&["rev-list"], args].concat()).lines().map(ToOwned::to_owned).collect()
}

#[test]
fn dates_and_numbers() {
    let repository = generated::repository(21, 40);
    let history = History::read(&repository);
    let everything = history.stories(&|_| true).len();
    let middle = (START + 20 * 3600).to_string();
    // The dates of git are inclusive on both sides.
    let since = (format!("--since=@{middle}"), ["--since", "2023-11-15 18:13:20 +0000"]);
    let until = (format!("--until=@{middle}"), ["--until", "2023-11-15 18:13:20 +0000"]);
    let most = ("--max-count=7".to_owned(), ["--max-commits", "7"]);
    let of_branch = [since, until, most].map(|(git, ours)| {
        let selected = commits(&repository, &[&git, "--all"]);
        assert!(!selected.is_empty() && selected.len() < 40);
        let expected = history.stories(&|commit| selected.contains(commit));
        let run = repository.scan(&[&ours[..], &["."]].concat());
        assert_eq!(told(&run), expected, "{ours:?}");
        assert!(expected.len() < everything);
        expected.len()
    });
    assert!(of_branch.iter().any(|count| *count > 0));
    repository.scan(&["--since", "2030-01-01", "."]).assert_code(0);
}

#[test]
fn branches() {
    let repository = Repository::new();
    let mut random = Random::new(22);
    repository.file("a", personal(&mut random));
    repository.commit("main");
    repository.git(&["checkout", "-q", "-b", "side"]);
    repository.file("b", personal(&mut random));
    repository.commit("side");
    repository.git(&["tag", "-a", "-m", "a version", "v1"]);
    repository.git(&["checkout", "-q", "main"]);
    let paths = |args: &[&str]| {
        let run = repository.scan(&[args, &["."]].concat());
        (run.paths(), run.coverage_count("commits"), run.coverage_count("blobs_scanned"))
    };
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(paths(&[]), (names(&["a", "b"]), 2, 2));
    assert_eq!(paths(&["--branch", "main"]), (names(&["a"]), 1, 1));
    for name in ["side", "refs/heads/side", "v1", "v1^{commit}"] {
        assert_eq!(paths(&["--branch", name]), (names(&["a", "b"]), 2, 2), "{name}");
    }
    assert_eq!(paths(&["--branch", "side~1"]), (names(&["a"]), 1, 1));
    assert_eq!(paths(&["--branch", "main", "--branch", "side"]), (names(&["a", "b"]), 2, 2));
    let finding = repository.scan(&["--branch", "main", "."]).finding();
    assert_eq!(finding["refs"], serde_json::json!(["main"]));
}

/// A rebase makes commits in the same second. The newest ones are still those that nothing follows.
#[test]
fn the_newest_of_commits_of_one_second_are_those_without_children() {
    let repository = Repository::new();
    let date = format!("{START} +0000");
    let commit = |content: &str| {
        repository.stage("a", content);
        let mut command = repository.git_command(&["commit", "-q", "-m", "one of many"]);
        command.env("GIT_AUTHOR_DATE", &date).env("GIT_COMMITTER_DATE", &date);
        assert!(command.status().unwrap().success());
    };
    for number in 0..6 {
        commit(&number.to_string());
    }
    commit(&personal(&mut Random::new(23)));
    assert_eq!(
        repository.git(&["log", "-7", "--format=%ct"]),
        [START.to_string().as_str(); 7].join("\n")
    );
    let run = repository.scan(&["--max-commits", "1", "."]);
    assert_eq!(run.finding()["commit"]["id"], repository.git(&["rev-list", "-1", "HEAD"]));
}

#[test]
fn excluded_paths() {
    let repository = Repository::new();
    let mut random = Random::new(24);
    let both = personal(&mut random);
    repository.file("docs/a", personal(&mut random));
    repository.file("docs/b", &both);
    repository.file("src/b", &both);
    repository.commit("added");
    let run = repository.scan(&["--exclude-path", "docs/", "."]);
    assert_eq!(run.paths(), ["src/b"]);
    assert_eq!(run.finding()["places"].as_array().unwrap().len(), 1);
    repository.scan(&["--exclude-path", "docs/", "--exclude-path", "/src", "."]).assert_code(0);
}
