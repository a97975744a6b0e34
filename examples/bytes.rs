//! Finds the tokens in a file that is in memory.
//!
//! ```sh
//! cargo run --release --example bytes -- .env
//! ```

use std::error::Error;

use tokensieve_core::{Finding, FingerprintKey, Origin, RuleSet, Scanner};

/// Returns the findings in the contents of a file. Build the scanner once: that takes
/// milliseconds, a small file microseconds.
pub fn findings(scanner: &Scanner, path: &str, contents: &[u8]) -> Vec<Finding> {
    scanner.findings(&Origin::new(path, path), contents, &FingerprintKey::default())
}

/// Returns one line for a finding. The secret is not in it, only its public beginning.
pub fn line(finding: &Finding) -> String {
    let start = finding.start();
    let (path, rule) = (finding.path(), finding.rule().id());
    format!("{path}:{}:{}: {rule} {}", start.line, start.column, finding.redacted())
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bytes FILE")?;
    let contents = std::fs::read(&path)?;
    let scanner = Scanner::new(&RuleSet::builtin());
    for finding in findings(&scanner, &path, &contents) {
        println!("{}", line(&finding));
    }
    Ok(())
}
