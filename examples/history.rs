//! Scans the whole history of a git repository and names who introduced each secret.
//!
//! ```sh
//! cargo run --release --example history -- path/to/repository
//! ```

use std::error::Error;
use std::path::Path;

use tokensieve::git::{GitError, HistoryOptions, Repository, scan_history};
use tokensieve::pipeline::{Options, Outcome, Pipeline};
use tokensieve_core::{Finding, RuleSet, Scanner, escape};

/// Scans everything that a reference leads to. Each object is read once, however many commits it
/// is in.
pub fn scan(repository: &Path) -> Result<Outcome, GitError> {
    let pipeline = Pipeline::new(Scanner::new(&RuleSet::builtin()), Options::default());
    let mut repository = Repository::open(Some(repository))?;
    scan_history(&pipeline, &mut repository, &HistoryOptions::default())
}

/// Returns one line for a finding: where it is, and the commit that introduced it.
pub fn line(finding: &Finding) -> String {
    let place = format!("{}:{}: {}", finding.path(), finding.start().line, finding.rule().id());
    match finding.provenance().and_then(|provenance| provenance.commit.as_ref()) {
        // Who wrote the commit chose the name.
        Some(commit) => format!("{place} {} {}", commit.id, escape(commit.author.chars())),
        None => place,
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: history REPOSITORY")?;
    let outcome = scan(Path::new(&path))?;
    for finding in &outcome.findings {
        println!("{}", line(finding));
    }
    // Never call a history clean of which a part was not read.
    if !outcome.coverage.is_complete() {
        return Err("some objects could not be read".into());
    }
    Ok(())
}
