//! `--timeout`: what was found in time is reported, the rest is a gap that is counted.

use std::io::Write;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokensieve::pipeline::{Options, Outcome, Pipeline};
use tokensieve::source::{Walk, scan_paths};
use tokensieve_core::coverage::Skip;
use tokensieve_core::{RuleSet, Scanner};

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

/// Runs the binary with standard input that comes in two parts, the second one when time is over.
fn run_late(dir: &Dir, args: &[&str], parts: [&str; 2]) -> Run {
    let mut command = dir.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(parts[0].as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(1300));
    drop(stdin.write_all(parts[1].as_bytes()));
    drop(stdin);
    Run::of(child.wait_with_output().unwrap())
}

fn pipeline(deadline: Option<Instant>) -> Pipeline {
    let scanner = Scanner::new(&RuleSet::builtin());
    Pipeline::new(scanner, Options { deadline, suppressions: Arc::default(), ..Options::default() })
}

/// How many items were left because time was over.
fn late(outcome: &Outcome) -> u64 {
    let late = outcome.coverage.skipped().find(|(reason, _)| *reason == Skip::OutOfTime);
    late.map_or(0, |(_, tally)| tally.count())
}

#[test]
fn what_was_read_in_time_counts_and_the_rest_is_a_gap() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(71));
    dir.file("tree/a", format!("{token}\n"));
    dir.file("tree/b/c", "nothing\n");
    let args = ["scan", "--timeout", "1", "-", "tree"];
    let run = run_late(&dir, &args, ["nothing\n", "nothing\n"]);
    run.assert_code(3);
    assert!(run.stderr.contains("incomplete: 3 out of time: <stdin>, tree/a, tree/b/c"), "{run:?}");
    assert!(run.stderr.ends_with("incomplete: not everything could be looked at\n"), "{run:?}");
    let found = format!("{token}\n");
    let run = run_late(&dir, &args, [&found, "nothing\n"]);
    run.assert_code(1);
    assert!(run.stdout.contains("<stdin>:1:1") && run.stderr.contains("3 out of time"), "{run:?}");
    // Time enough.
    let run = dir.run(&["scan", "--timeout", "10m", "tree"]);
    run.assert_code(1);
    assert!(!run.stderr.contains("out of time"), "{run:?}");
}

#[test]
fn times_are_a_number_and_a_unit() {
    let dir = Dir::new();
    dir.run(&["scan", "--timeout", "2h"]).assert_code(0);
    for wrong in ["0", "1d", "soon", "-1"] {
        let run = dir.run(&["scan", &format!("--timeout={wrong}")]);
        run.assert_code(2);
        assert!(run.stderr.contains("a time such as 30, 90s, 10m or 2h"), "{run:?}");
    }
}

#[test]
fn each_file_that_is_left_is_counted() {
    let dir = Dir::new();
    for at in 0..40 {
        dir.file(&format!("{}/{at}", at % 4), "nothing\n");
    }
    let paths = [dir.path().to_owned()];
    let outcome = scan_paths(&pipeline(Some(Instant::now())), &Walk::default(), &paths);
    assert_eq!((late(&outcome), outcome.coverage.files_scanned), (40, 0));
    let outcome = scan_paths(&pipeline(None), &Walk::default(), &paths);
    assert_eq!((late(&outcome), outcome.coverage.files_scanned), (0, 40));
    // Long over: the rest is not even listed.
    let long_ago = Instant::now().checked_sub(Duration::from_secs(3600)).unwrap();
    let outcome = scan_paths(&pipeline(Some(long_ago)), &Walk::default(), &paths);
    assert!((1..40).contains(&late(&outcome)), "{outcome:?}");
}

#[cfg(feature = "git")]
mod git {
    use tokensieve::git::{
        HistoryOptions, RangeOptions, StagedOptions, scan_history, scan_range, scan_staged,
    };

    use super::*;
    use crate::support::repository::Repository;

    fn open(repo: &Repository) -> tokensieve::git::Repository {
        tokensieve::git::Repository::open(Some(&repo.path())).unwrap()
    }

    /// A repository with two commits, one of which holds a token.
    fn with_token() -> Repository {
        let repo = Repository::with_commit();
        repo.file("key", format!("key = {}\n", repo.token()));
        repo.commit("key");
        repo
    }

    #[test]
    fn unscanned_versions_of_files_are_counted_and_not_called_corrupt() {
        let repo = with_token();
        let now = Some(Instant::now());
        let all = scan_history(&pipeline(None), &mut open(&repo), &HistoryOptions::default());
        let all = all.unwrap();
        assert!(all.coverage.is_complete() && all.findings.len() == 1, "{all:?}");
        let cut = scan_history(&pipeline(now), &mut open(&repo), &HistoryOptions::default());
        let cut = cut.unwrap();
        assert_eq!(late(&cut), all.coverage.files_scanned);
        assert_eq!(cut.coverage.skipped().count(), 1, "{cut:?}");
        assert!(cut.findings.is_empty());
    }

    #[test]
    fn what_was_seen_by_halves_is_not_kept() {
        let repo = with_token();
        let cache = Dir::new();
        let options =
            HistoryOptions { cache: Some(cache.path().to_owned()), ..HistoryOptions::default() };
        let cut = scan_history(&pipeline(Some(Instant::now())), &mut open(&repo), &options);
        assert!(!cut.unwrap().coverage.is_complete());
        let outcome = scan_history(&pipeline(None), &mut open(&repo), &options).unwrap();
        assert!(outcome.coverage.is_complete() && outcome.findings.len() == 1, "{outcome:?}");
    }

    #[test]
    fn ranges_and_staged_files_end_in_time() {
        let repo = with_token();
        let mut repository = open(&repo);
        let (include, exclude) = repository.range("HEAD~1..HEAD").unwrap();
        let options = RangeOptions { include, exclude, ..RangeOptions::default() };
        let outcome = scan_range(&pipeline(Some(Instant::now())), &mut repository, &options);
        assert!(late(&outcome) > 0 && !outcome.coverage.is_complete(), "{outcome:?}");
        repo.file("staged", format!("key = {}\n", repo.token()));
        repo.git(&["add", "staged"]);
        let options = StagedOptions::default();
        let now = Some(Instant::now());
        let outcome = scan_staged(&pipeline(now), &open(&repo), &options).unwrap();
        assert_eq!((late(&outcome), outcome.coverage.files_scanned), (1, 0));
        let outcome = scan_staged(&pipeline(None), &open(&repo), &options).unwrap();
        assert_eq!((late(&outcome), outcome.findings.len()), (0, 1));
    }

    #[test]
    fn commands_take_it() {
        let repo = with_token();
        repo.run(&["git", "--timeout", "5m"]).assert_code(1);
        repo.run(&["git", "--timeout", "5m", "--range", "HEAD~1..HEAD"]).assert_code(1);
        repo.run(&["ci", "--timeout", "5m", "--no-fetch", "--base", "HEAD~1"]).assert_code(1);
        repo.run(&["ci", "--timeout", "never"]).assert_code(2);
    }
}

#[cfg(feature = "archives")]
#[test]
fn archives_are_left_when_time_is_over() {
    use tokensieve::source::{Limits, scan_stream};
    use tokensieve_core::Origin;

    let mut archive = tar::Builder::new(Vec::new());
    for name in ["a", "b"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(8);
        header.set_cksum();
        archive.append_data(&mut header, name, &b"nothing\n"[..]).unwrap();
    }
    let bytes = archive.into_inner().unwrap();
    let dir = Dir::new();
    let file = dir.file("a.tar", &bytes);
    let walk = Walk { archives: Some(Limits::default()), ..Walk::default() };
    let whole = scan_paths(&pipeline(None), &walk, std::slice::from_ref(&file));
    assert!(whole.coverage.is_complete() && whole.coverage.files_scanned == 3, "{whole:?}");
    let cut = pipeline(Some(Instant::now()));
    let origin = Origin::new(b"a.tar", b"a.tar");
    scan_stream(&mut cut.worker(), &walk, &origin, bytes.as_slice()).unwrap();
    let outcome = cut.take_outcome();
    assert!(late(&outcome) > 0 && outcome.coverage.files_scanned == 0, "{outcome:?}");
}
