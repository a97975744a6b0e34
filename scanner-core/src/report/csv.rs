//! Comma-separated values, as RFC 4180 describes them, with lines that end as everywhere else.
//!
//! Spreadsheets run a cell that begins like a formula. Such a cell gets an apostrophe in front,
//! which spreadsheets hide and which makes it text.

use std::io::{self, Write};

use crate::finding::Finding;
use crate::report::model::Report;
use crate::report::words::one_line;

const COLUMNS: [&str; 21] = [
    "rule_id",
    "name",
    "severity",
    "confidence",
    "path",
    "start_line",
    "start_column",
    "end_line",
    "end_column",
    "redacted",
    "secret_id",
    "fingerprint",
    "commit",
    "author",
    "email",
    "date",
    "in_head",
    "new",
    "suppression",
    "verification",
    "link",
];

/// Writes a line of names and a line for each finding; the secret is the last column where it is
/// shown. Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let shows_secrets = report.findings.iter().any(|finding| finding.secret().is_some());
    let last = if shows_secrets { ",secret" } else { "" };
    writeln!(out, "{}{last}", COLUMNS.join(","))?;
    for finding in report.findings {
        let mut cells = cells(report, finding);
        if shows_secrets {
            let secret = finding.secret().map(|secret| String::from_utf8_lossy(secret.expose()));
            cells.push(one_line(&secret.unwrap_or_default()));
        }
        let cells: Vec<String> = cells.iter().map(|cell| harmless(cell)).collect();
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

fn cells(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    let rule = finding.rule();
    let provenance = finding.provenance();
    let commit = provenance.and_then(|from| from.commit.as_ref());
    let of_commit = |part: fn(&crate::Commit) -> &String| {
        commit.map(|commit| one_line(part(commit))).unwrap_or_default()
    };
    vec![
        rule.id().to_owned(),
        one_line(rule.name()),
        rule.severity().to_string(),
        finding.confidence().to_string(),
        one_line(finding.path()),
        finding.start().line.to_string(),
        finding.start().column.to_string(),
        finding.end().line.to_string(),
        finding.end().column.to_string(),
        finding.redacted().to_owned(),
        finding.fingerprint().secret_id.to_string(),
        finding.fingerprint().fingerprint.to_string(),
        of_commit(|commit| &commit.id),
        of_commit(|commit| &commit.author),
        of_commit(|commit| &commit.email),
        of_commit(|commit| &commit.date),
        provenance.map(|from| from.in_head.to_string()).unwrap_or_default(),
        finding.is_new().to_string(),
        finding.suppression().map(|why| one_line(&why.in_words())).unwrap_or_default(),
        finding.verification().map(|told| told.state.to_owned()).unwrap_or_default(),
        report.link_to(finding).unwrap_or_default(),
    ]
}

/// A cell that no spreadsheet takes for a formula, in quotes where it needs them.
fn harmless(cell: &str) -> String {
    let is_formula = cell
        .trim_start()
        .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|']);
    let mark = if is_formula { "'" } else { "" };
    if cell.contains(['"', ',']) || cell.starts_with(' ') || is_formula {
        format!("\"{mark}{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::Fixture;
    use super::*;

    /// Reads the cells of a line.
    fn read(line: &str) -> Vec<String> {
        let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if is_quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' => is_quoted = !is_quoted,
                ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(c),
            }
        }
        assert!(!is_quoted, "{line}");
        cells.push(cell);
        cells
    }

    #[test]
    fn one_line_a_finding() {
        let text = Fixture::new(false).write(Format::Csv);
        let lines: Vec<Vec<String>> = text.lines().map(read).collect();
        assert_eq!(lines[0], COLUMNS);
        assert_eq!(lines.len(), 4);
        assert!(lines.iter().all(|line| line.len() == COLUMNS.len()));
        assert_eq!(
            lines[1][..7],
            ["acme-key", "Acme key", "critical", "likely", "caf\u{fffd} #1?.txt", "2", "7"]
        );
        assert_eq!(Fixture::empty().write(Format::Csv).lines().count(), 1);
    }

    #[test]
    fn shown_secrets_have_a_column() {
        let text = Fixture::new(true).write(Format::Csv);
        let lines: Vec<Vec<String>> = text.lines().map(read).collect();
        assert_eq!(lines[0].last().unwrap(), "secret");
        assert_eq!(lines[1].last().unwrap(), concat!("acme", "_0123a4567b89cdef"));
    }

    #[test]
    fn no_cell_is_a_formula() {
        let text = Fixture::hostile().write(Format::Csv);
        let cells: Vec<String> = text.lines().skip(1).flat_map(read).collect();
        assert!(cells.iter().any(|cell| cell.contains("=cmd|")), "{text}");
        let is_formula = |cell: &&String| cell.trim_start().starts_with(['=', '+', '-', '@']);
        assert_eq!(cells.iter().find(is_formula), None);
        for (cell, expected) in [("=1", "\"'=1\""), (" +1", "\"' +1\""), ("a,\"b", "\"a,\"\"b\"")] {
            assert_eq!(harmless(cell), expected);
        }
    }
}
