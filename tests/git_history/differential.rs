//! Whatever way objects are stored, each is scanned as if it were a file of its own.

use std::collections::BTreeSet;

use super::generated;
use super::model::{Key, Naive, key};
use crate::support::command::Run;
use crate::support::repository::Repository;

const COMMITS: usize = 40;

fn keys(run: &Run) -> BTreeSet<Key> {
    run.findings().iter().map(key).collect()
}

/// Compares a scan with a naive one.
fn check(repository: &Repository, run: &Run) {
    let objects = repository.objects(&["--all"]);
    let expected = Naive::new().scan_all(&objects);
    assert!(
        expected.found.len() > 5 && !expected.suppressed.is_empty(),
        "the repository is worth a test"
    );
    let of_kind = |kind: &'static str| objects.iter().filter(move |object| object.kind == kind);
    assert_eq!(run.coverage_count("blobs_scanned"), of_kind("blob").count() as u64);
    assert_eq!(run.coverage_count("files_scanned"), of_kind("blob").count() as u64);
    assert_eq!(
        run.coverage_count("bytes_scanned"),
        of_kind("blob").map(|blob| blob.data.len() as u64).sum::<u64>()
    );
    assert_eq!(run.coverage_count("commits"), of_kind("commit").count() as u64);
    assert_eq!(run.coverage_count("missing_objects"), 0);
    assert!(run.is_complete());
    assert_eq!(keys(run), expected.found.into_keys().collect::<BTreeSet<_>>());
    let report = run.json();
    let suppressed = report["coverage"]["suppressed"].as_array().unwrap();
    let count: u64 = suppressed.iter().map(|entry| entry["count"].as_u64().unwrap()).sum();
    assert_eq!(count, expected.suppressed.len() as u64, "{suppressed:?}");
}

/// The number of objects that are stored as deltas.
fn deltas(repository: &Repository) -> usize {
    let list = repository.git(&["cat-file", "--batch-all-objects", "--batch-check=%(deltabase)"]);
    list.lines().filter(|base| base.bytes().any(|digit| digit != b'0')).count()
}

/// The same objects as one pack with long chains of deltas, as one with bases that are named by id,
/// as several packs that overlap, and as several packs under one index.
fn stored_otherwise(loose: &Repository) -> Vec<(&'static str, Repository)> {
    const REPACK: [&str; 5] = ["repack", "-adfq", "--depth=50", "--window=50", "--threads=1"];
    let one = loose.copied("one");
    one.git(&REPACK);
    assert!(deltas(&one) > 40, "{} deltas", deltas(&one));
    let by_id = loose.copied("by-id");
    by_id.git(&[&["-c", "repack.useDeltaBaseOffset=false"], &REPACK[..]].concat());
    let several = loose.copied("several");
    let list = several.git(&["rev-list", "--objects", "--no-object-names", "--all"]);
    let ids: Vec<&str> = list.lines().collect();
    let third = ids.len() / 3;
    for part in [&ids[..third + 20], &ids[third..2 * third + 20], &ids[2 * third..]] {
        several.git_with_input(
            &["pack-objects", "-q", "--window=50", "--depth=50", ".git/objects/pack/pack"],
            (part.join("\n") + "\n").as_bytes(),
        );
    }
    let mixed = several.copied("mixed");
    several.git(&["prune-packed", "-q"]);
    assert!(several.packs("pack").len() == 3 && deltas(&several) > 40);
    let indexed = several.copied("indexed");
    indexed.git(&["multi-pack-index", "write"]);
    vec![
        ("one", one),
        ("by id", by_id),
        ("several", several),
        ("indexed", indexed),
        ("packed and loose", mixed),
    ]
}

fn differential(seed: u64) {
    let loose = generated::repository(seed, COMMITS);
    let plain = loose.scan(&["-j", "1", "."]);
    plain.assert_code(1);
    check(&loose, &plain);
    assert_eq!(loose.scan(&["-j", "4", "."]).stdout, plain.stdout);
    for (name, repository) in stored_otherwise(&loose) {
        for jobs in ["1", "4"] {
            let run = repository.scan(&["-j", jobs, "."]);
            assert_eq!(run.stdout, plain.stdout, "{name}, {jobs} threads");
        }
    }
}

#[test]
fn seed_1() {
    differential(1);
}

#[test]
fn seed_2() {
    differential(2);
}

#[test]
fn seed_3() {
    differential(3);
}

/// Rules without literals have no candidates that could be carried.
#[test]
fn rules_without_literals() {
    let loose = generated::repository(4, COMMITS);
    let rules = loose
        .dir()
        .file("acme.toml", "[[rules]]\nid = 'acme'\nregex = '_[0-9]{2}7 = [0-9a-f]{15,16}'\n");
    let args = ["--no-config", "--rules", rules.to_str().unwrap(), "."];
    let plain = loose.scan(&args);
    plain.assert_code(1);
    let of_rule = plain.findings().iter().filter(|finding| finding["rule_id"] == "acme").count();
    assert!(of_rule > 10, "{of_rule}");
    for (name, repository) in stored_otherwise(&loose) {
        assert_eq!(repository.scan(&args).stdout, plain.stdout, "{name}");
    }
}

/// The other formats come from the same findings.
#[test]
fn every_format_is_the_same_at_any_number_of_threads() {
    let repository = generated::repository(5, 25);
    repository.git(&["repack", "-adfq"]);
    for format in ["text", "jsonl", "sarif"] {
        let run = |jobs| {
            Run::of(
                repository.tokensieve(&["git", "-f", format, "-j", jobs, "."]).output().unwrap(),
            )
        };
        let (one, four) = (run("1"), run("4"));
        one.assert_code(1);
        assert_eq!(one.stdout, four.stdout, "{format}");
    }
}
