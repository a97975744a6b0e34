//! A scan with a cache and one without give the same report, whatever happened since the last scan.

use std::fs;
use std::path::PathBuf;

use super::generated;
use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

fn records(repository: &Repository) -> Vec<PathBuf> {
    let list = fs::read_dir(repository.path().join("kept")).into_iter().flatten();
    let mut records: Vec<PathBuf> = list.map(|entry| entry.unwrap().path()).collect();
    records.sort();
    records
}

/// Scans with and without the cache.
fn check(repository: &Repository, args: &[&str]) {
    let plain = repository.scan(&[args, &["--show-secrets", "."]].concat());
    let cached = repository.scan(&[args, &["--show-secrets", "--cache", "kept", "."]].concat());
    assert_eq!((&cached.stdout, cached.code), (&plain.stdout, plain.code), "{args:?}");
}

#[test]
fn a_second_scan_says_the_same() {
    let repository = generated::repository(31, 30);
    check(&repository, &[]);
    assert_eq!(records(&repository).len(), 1);
    check(&repository, &[]);
    check(&repository, &["--max-commits", "5"]);
    check(&repository, &["--exclude-path", "*a*"]);
    assert_eq!(records(&repository).len(), 1, "nothing was new");
    // Other rules have records of their own.
    check(&repository, &["--only", "gitlab_deploy_token"]);
    assert_eq!(records(&repository).len(), 2);
    // Stored otherwise, the objects are the same.
    repository.git(&["repack", "-adfq"]);
    check(&repository, &[]);
    assert_eq!(records(&repository).len(), 2);
}

/// Of what is refuted no more than one place is kept, unless it is reported.
#[test]
fn a_second_scan_can_ask_for_other_confidence() {
    let repository = generated::repository(34, 20);
    let mut random = Random::new(34);
    for version in 0..5 {
        let (good, short) = (personal(&mut random), &personal(&mut random)[..20]);
        repository.file("a", format!("first {version}\n{good}\n{short}\n"));
        repository.file("b", format!("second {version}\n{good}\nglp\u{61}t-{}\n", "x".repeat(20)));
        repository.commit("both");
    }
    for least in ["proved", "possible", "likely", "possible"] {
        check(&repository, &["--min-confidence", least]);
    }
    assert_eq!(records(&repository).len(), 1);
    for least in ["refuted", "likely", "refuted"] {
        check(&repository, &["--min-confidence", least]);
    }
    assert_eq!(records(&repository).len(), 2);
}

#[test]
fn what_is_new_is_looked_at() {
    let repository = generated::repository(32, 10);
    let mut random = Random::new(32);
    for round in 0..12 {
        check(&repository, &[]);
        repository.file(&format!("new-{round}"), personal(&mut random));
        repository.commit("one more");
    }
    check(&repository, &[]);
    // Records are made one before there are too many.
    assert!((1..=9).contains(&records(&repository).len()), "{:?}", records(&repository));
    // What is gone does not come back.
    repository.git(&["checkout", "-q", "--orphan", "other"]);
    repository.commit("alone");
    for branch in repository
        .git(&["for-each-ref", "--format=%(refname)"])
        .lines()
        .filter(|it| !it.ends_with("other"))
    {
        repository.git(&["update-ref", "-d", branch]);
    }
    check(&repository, &[]);
    repository.git(&["reflog", "expire", "--expire=now", "--all"]);
    repository.git(&["gc", "-q", "--prune=now"]);
    check(&repository, &[]);
    check(&repository, &["--all-objects"]);
}

/// An object that was missing when its tree was looked at, and is there now.
#[test]
fn what_was_missing_is_found() {
    let repository = Repository::new();
    repository.file("a/key", personal(&mut Random::new(33)));
    repository.file("readme", "clean");
    repository.commit("first");
    let id = repository.git(&["rev-parse", "HEAD:a/key"]);
    let (path, aside) = (repository.loose(&id), repository.path().join("aside"));
    fs::rename(&path, &aside).unwrap();
    repository.scan(&["--cache", "kept", "."]).assert_code(3);
    check(&repository, &[]);
    fs::rename(&aside, &path).unwrap();
    check(&repository, &[]);
    repository.scan(&["--cache", "kept", "."]).assert_code(1);
}

#[test]
fn records_that_are_none() {
    let repository = generated::repository(34, 10);
    check(&repository, &[]);
    let record = &records(&repository)[0];
    let whole = fs::read(record).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for broken in [&[][..], b"x", &whole[..whole.len() / 2], &flipped] {
        fs::write(record, broken).unwrap();
        check(&repository, &[]);
    }
    // A folder that cannot be written is no reason to fail.
    fs::write(repository.path().join("file"), "").unwrap();
    let run = repository.scan(&["--cache", "file", "."]);
    run.assert_code(repository.scan(&["."]).code.unwrap());
    assert!(run.stderr.contains("could not be kept"), "{run:?}");
}

#[test]
fn no_secret_is_kept() {
    let repository = Repository::new();
    let secret = personal(&mut Random::new(35));
    repository.file(&secret, &secret);
    repository.commit(&format!("with {secret}"));
    repository.scan(&["--cache", "kept", "."]).assert_code(1);
    let record = fs::read(&records(&repository)[0]).unwrap();
    let body = &secret.as_bytes()[6..];
    assert!(!record.windows(body.len()).any(|part| part == body));
}
