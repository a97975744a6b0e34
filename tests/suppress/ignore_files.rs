//! The ignore files of gitleaks.

use super::ID;
use crate::support::command::Run;
use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

#[test]
fn ignore_files_of_gitleaks_suppress_single_places() {
    let repo = Repository::new();
    let token = repo.token();
    repo.file("a", format!("\n{token}\n"));
    let first = repo.commit("one");
    repo.git(&["rm", "-q", "a"]);
    repo.commit("gone");
    repo.file("b", &token);
    let second = repo.commit("two");
    let ignore = |lines: &str| {
        repo.file(".gitleaksignore", lines);
        let found = |scan: Run| {
            scan.findings().iter().map(|it| it["path"].as_str().unwrap().to_owned()).collect()
        };
        let files: Vec<String> = found(repo.scan_files(&[]));
        let history: Vec<String> = found(repo.scan(&[]));
        (files.join(" "), history.join(" "))
    };
    let pair = |files: &str, history: &str| (files.to_owned(), history.to_owned());
    assert_eq!(ignore("# nothing\n"), pair("b", "a"));
    assert_eq!(ignore("b:gitlab-pat:1\n"), pair("", "a"));
    // One place is silenced, the other one is not.
    assert_eq!(ignore(&format!("{first}:a:gitlab-pat:2\n")), pair("b", "b"));
    assert_eq!(ignore(&format!("{first}:a:gitlab-pat:2\n{second}:b:{ID}:1\n")), pair("b", ""));
    assert_eq!(ignore("a:gitlab-pat:2\nb:gitlab-pat:1\n"), pair("", ""));
    assert_eq!(ignore("a:gitlab-pat:3\nb:other-rule:1\n"), pair("b", "a"));
    assert_eq!(repo.scan(&["--no-config"]).findings()[0]["places"].as_array().unwrap().len(), 2);
    repo.file(".gitleaksignore", "what is this\n");
    let told = repo.scan_files(&[]).stderr;
    assert!(
        told.contains(".gitleaksignore:1: neither file:rule:line nor commit:file:rule:line"),
        "{told}"
    );
}

/// As in gitleaks, the ignore files of the working folder and of the scanned one count; standard
/// input has no path there.
#[test]
fn ignore_files_of_the_working_and_the_scanned_folder_count() {
    let dir = crate::support::command::Dir::new();
    let [a, b] = [1, 2].map(|seed| personal(&mut Random::new(seed)));
    dir.file("sub/deep/a", &a);
    dir.file("sub/deep/b", &b);
    let found = |paths: &[&str]| {
        dir.run(&[&["scan", "-f", "json"], paths].concat()).json()["findings"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!(found(&["sub/deep"]), 2);
    dir.file(".gitleaksignore", "sub/deep/a:gitlab-pat:1\n:gitlab-pat:1\n");
    assert_eq!((found(&["sub/deep"]), found(&["sub"]), found(&["."])), (1, 1, 1));
    dir.file("sub/deep/.gitleaksignore", "sub/deep/b:gitlab-pat:1\n");
    assert_eq!(found(&["sub/deep"]), 0);
    let mut command = dir.command(&["scan", "-f", "json", "-"]);
    command.stdin(std::fs::File::open(dir.path().join("sub/deep/a")).unwrap());
    Run::of(command.output().unwrap()).assert_code(0);
    let mut command = dir.command(&["scan", "-f", "json", "--stdin-path", "x", "-"]);
    command.stdin(std::fs::File::open(dir.path().join("sub/deep/a")).unwrap());
    Run::of(command.output().unwrap()).assert_code(1);
}
