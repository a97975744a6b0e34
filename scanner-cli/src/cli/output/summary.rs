//! The last words of a scan, on standard error.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount};
use tokensieve_core::coverage::Skip;
use tokensieve_core::{Coverage, Finding};

use crate::cli::output::exit::Exit;
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
    // In a history, each content that a file has had is one.
    let what = match (commits > 0, coverage.files_scanned) {
        (true, 1) => "version of a file",
        (true, _) => "versions of files",
        (false, 1) => "file",
        (false, _) => "files",
    };
    let mut text = format!(
        "{} {what} scanned{in_commits} ({}), {} {}{before}{}, {} skipped, {:.2} s\n",
        HumanCount(coverage.files_scanned),
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

/// How to get rid of findings: by accepting harmless ones, and, of what is staged, by taking it out
/// of the commit. Empty if nothing was found.
pub(crate) fn way_out(outcome: &Outcome) -> &'static str {
    if !outcome.findings.iter().any(Finding::is_new) {
        ""
    } else if outcome.is_uncommitted {
        "nothing is committed yet: take the secret out of the file and stage it again, or leave \
         the file out: git restore --staged FILE\n\
         to accept a finding that is harmless: a comment `tokensieve:allow -- why` on its line, or \
         tokensieve baseline add FINGERPRINT --reason \"why\"\n"
    } else {
        "to accept a finding that is harmless: \
         tokensieve baseline add FINGERPRINT --reason \"why\"\n"
    }
}

/// The last line of all: what the scan says, in a few words. `exit` is how it ends.
pub(crate) fn verdict(outcome: &Outcome, exit: Exit) -> String {
    let new: Vec<&Finding> = outcome.findings.iter().filter(|finding| finding.is_new()).collect();
    let severe = new.iter().map(|finding| finding.rule().severity()).max();
    let count = new.len() as u64;
    let found = format!("{} {}", HumanCount(count), plural(count, "finding"));
    let worst =
        severe.map_or_else(String::new, |severity| format!(", the worst of {severity} severity"));
    let old = outcome.findings.len() > new.len();
    let words = match exit {
        Exit::Clean if count > 0 => format!("passed: {found}{worst}, none is so severe as to fail"),
        Exit::Clean if old => "clean: nothing is new".to_owned(),
        Exit::Clean => "clean: nothing to report".to_owned(),
        Exit::Findings(_) => format!("failed: {found}{worst}"),
        Exit::Incomplete => "incomplete: not everything could be looked at".to_owned(),
        Exit::Usage => "failed: a report could not be written".to_owned(),
    };
    format!("{words}\n")
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
        let hint = match hint(reason) {
            "" => String::new(),
            hint => format!(" ({hint})"),
        };
        let _ = writeln!(
            text,
            "incomplete: {} {}: {}{more}{hint}",
            HumanCount(tally.count()),
            reason.as_str(),
            tally.examples().join(", ")
        );
    }
}

/// How a gap is closed, where one thing closes it; docs/guide.md has more about each. Examples of
/// some gaps say it themselves.
fn hint(gap: Skip) -> &'static str {
    match gap {
        Skip::Vanished => "it changed during the scan: scan again",
        Skip::EncodedText => "decode it and scan that",
        Skip::OutOfTime => "raise --timeout",
        Skip::LargeObject => "raise --max-memory",
        Skip::CorruptObject => "see `git fsck`",
        Skip::BrokenArchive => "unpack it and scan that",
        Skip::ArchiveDepth(_) => "raise --archive-depth",
        Skip::ArchiveSize(_) => "raise --max-archive-size",
        Skip::ArchiveRatio(_) => "raise --max-archive-ratio",
        Skip::ArchiveMembers(_) => "raise --max-archive-members",
        _ => "",
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

/// A number with its noun.
pub(crate) fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { word.to_owned() } else { format!("{word}s") }
}
