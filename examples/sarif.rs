//! Scans a folder and writes a SARIF report, which GitHub's code scanning and many editors read.
//!
//! ```sh
//! cargo run --release --example sarif -- src > report.sarif
//! ```

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;

use tokensieve::pipeline::{Options, Outcome, Pipeline};
use tokensieve::source::{Walk, scan_paths};
use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{RuleSet, Scanner};

/// Walks a folder as `tokensieve scan` does: ignore files count, all processors are used.
pub fn scan(folder: PathBuf) -> Outcome {
    let pipeline = Pipeline::new(Scanner::new(&RuleSet::builtin()), Options::default());
    scan_paths(&pipeline, &Walk::default(), &[folder])
}

/// Writes what a scan came to. The coverage is in the report: a consumer sees what was skipped.
pub fn write_sarif(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    let report = Report::new(&outcome.findings, &outcome.coverage, env!("CARGO_PKG_VERSION"));
    report.write(Format::Sarif, TextStyle::default(), out)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: sarif FOLDER")?;
    write_sarif(&scan(folder.into()), &mut io::stdout().lock())?;
    Ok(())
}
