//! The suppressions in the files of a commit, for comparing those of two commits and for showing
//! them.

use std::collections::BTreeMap;

use gix::ObjectId;
use tokensieve_core::suppression::{Baseline, BaselineEntry, GitleaksFinding, GitleaksReport};

use crate::cli::settings::config::{FILE_NAME, GITLEAKS_NAME, Loaded};
use crate::cli::settings::suppressions::{BASELINE, IGNORE_FILE};
use crate::git::Repository;

/// Returns the suppressions in the configuration, the baseline and the ignore file of a commit:
/// what they are compared by, which can hold secrets, and a line for people. They need not be
/// valid: a file that cannot be read counts as one suppression.
pub(crate) fn suppressions(repository: &Repository, commit: ObjectId) -> BTreeMap<String, String> {
    let text = |name: &str| {
        let text = repository.file(Some(commit), name)?;
        Some(String::from_utf8_lossy(&text).into_owned())
    };
    let mut all = BTreeMap::new();
    if let Some(text) = text(BASELINE) {
        all.extend(of_baseline(&text));
    }
    if let Some(text) = text(IGNORE_FILE) {
        let entries = text.lines().map(str::trim);
        let entries = entries.filter(|line| !line.is_empty() && !line.starts_with('#'));
        all.extend(entries.map(|line| format!("{IGNORE_FILE}: {line}")).map(shown_as_it_is));
    }
    all.extend(of_configuration(repository, commit).into_iter().map(shown_as_it_is));
    all
}

fn shown_as_it_is(line: String) -> (String, String) {
    (line.clone(), line)
}

/// The entries of a baseline. Its salt and its comments suppress nothing.
fn of_baseline(text: &str) -> Vec<(String, String)> {
    if GitleaksReport::is_one(text) {
        return match GitleaksReport::read(BASELINE, text) {
            Ok(report) => report.findings.iter().map(of_gitleaks).collect(),
            Err(error) => vec![shown_as_it_is(error.to_string())],
        };
    }
    match Baseline::read(BASELINE, text) {
        Ok(baseline) => baseline.entries().iter().map(of_entry).collect(),
        Err(error) => vec![shown_as_it_is(error.to_string())],
    }
}

/// An entry of a baseline. The rule and the whole id side by side look like an assigned secret, and
/// would be redacted.
fn of_entry(entry: &BaselineEntry) -> (String, String) {
    /// As many digits tell the entries of a file apart.
    const SHOWN_DIGITS: usize = 8;
    let id = entry.secret.to_string();
    let path = entry.path.as_ref().map(|path| format!(", in {path}")).unwrap_or_default();
    let until = entry.expires.map(|date| format!(", until {date}")).unwrap_or_default();
    let start = id.get(..SHOWN_DIGITS).unwrap_or(&id);
    let rule = &entry.rule;
    let line = format!("{BASELINE}: entry {start}... for rule {rule}{path}{until}");
    (format!("{rule} {id}{path}{until}"), line)
}

/// An entry of a report of gitleaks that serves as a baseline.
fn of_gitleaks(finding: &GitleaksFinding) -> (String, String) {
    let path = String::from_utf8_lossy(finding.path()).into_owned();
    let line =
        format!("{BASELINE}: entry for rule {} in {path}:{}", finding.rule(), finding.line());
    let secret = finding.secret().map(String::from_utf8_lossy);
    (format!("{line} {secret:?}"), line)
}

/// What of the configurations in a commit suppresses something. They need not be valid to be shown.
fn of_configuration(repository: &Repository, commit: ObjectId) -> Vec<String> {
    let mut all = Vec::new();
    for file in [FILE_NAME, GITLEAKS_NAME] {
        let Some(text) = repository.file(Some(commit), file) else { continue };
        let name = format!("{commit}:{file}");
        let Ok(text) = String::from_utf8(text) else {
            all.push(format!("{name} is not UTF-8"));
            continue;
        };
        let loaded = if file == FILE_NAME {
            Loaded::of_text(&text, &name, &|_| Some(String::new()))
        } else {
            let mut loaded = Loaded::default();
            loaded.add_gitleaks(&text, &name, &|_| Some(String::new())).map(|()| loaded)
        };
        match loaded {
            Ok(loaded) => all.extend(loaded.suppressions()),
            Err(error) => all.push(format!("{error:#}")),
        }
    }
    all
}
