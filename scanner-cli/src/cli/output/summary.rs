//! The last words of a scan, on standard error.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount};
use tokensieve_core::Coverage;

use crate::pipeline::Outcome;

/// One line: files, bytes, findings, what was suppressed and skipped, time. Then a line for each
/// file of the tree that takes something away, and one for each gap.
pub(crate) fn of(outcome: &Outcome, elapsed: Duration) -> String {
    let coverage = &outcome.coverage;
    let skipped: u64 = coverage.skipped().map(|(_, tally)| tally.count()).sum();
    let old = outcome.findings.iter().filter(|finding| !finding.is_new()).count() as u64;
    let before =
        if old > 0 { format!(" ({} there before)", HumanCount(old)) } else { String::new() };
    let commits = coverage.git.map_or(0, |git| git.commits);
    let in_commits = if commits > 0 {
        format!(" in {} {}", HumanCount(commits), plural(commits, "commit"))
    } else {
        String::new()
    };
    let mut text = format!(
        "{} {} scanned{in_commits} ({}), {} {}{before}{}, {} skipped, {:.2} s\n",
        HumanCount(coverage.files_scanned),
        plural(coverage.files_scanned, "file"),
        HumanBytes(coverage.bytes_scanned),
        HumanCount(outcome.findings.len() as u64),
        plural(outcome.findings.len() as u64, "finding"),
        suppressed(coverage),
        HumanCount(skipped),
        elapsed.as_secs_f64(),
    );
    for tree in &coverage.configuration {
        let takes = tree.takes_away.join(", ");
        let _ = writeln!(text, "configuration: {} takes away: {takes}", tree.file);
    }
    gaps(coverage, &mut text);
    text
}

/// What was found and is not reported, by kind; empty where there is nothing.
fn suppressed(coverage: &Coverage) -> String {
    let kinds: Vec<(&str, u64)> = coverage.suppressed().collect();
    let count: u64 = kinds.iter().map(|(_, count)| count).sum();
    let kinds: Vec<String> = match kinds.as_slice() {
        [] => return String::new(),
        [(kind, _)] => vec![(*kind).to_owned()],
        _ => kinds.iter().map(|(kind, count)| format!("{} {kind}", HumanCount(*count))).collect(),
    };
    format!(", {} suppressed: {}", HumanCount(count), kinds.join(" + "))
}

pub(crate) fn gaps(coverage: &Coverage, text: &mut String) {
    for (reason, tally) in coverage.skipped().filter(|(reason, _)| reason.is_gap()) {
        let more = if tally.count() > tally.examples().len() as u64 { ", ..." } else { "" };
        let _ = writeln!(
            text,
            "incomplete: {} {}: {}{more}",
            HumanCount(tally.count()),
            reason.as_str(),
            tally.examples().join(", ")
        );
    }
}

/// What was left out on purpose, for `--verbose`.
pub(crate) fn details(coverage: &Coverage) -> String {
    let mut text = String::new();
    for (reason, tally) in coverage.skipped().filter(|(reason, _)| !reason.is_gap()) {
        let _ = writeln!(text, "skipped: {} {}", HumanCount(tally.count()), reason.as_str());
    }
    for (reason, count) in coverage.suppressed() {
        let _ = writeln!(text, "suppressed: {} {reason}", HumanCount(count));
    }
    for (kind, tally) in coverage.unopened() {
        let _ = writeln!(text, "not opened: {} {}", HumanCount(tally.count()), kind.as_str());
    }
    text
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
