//! The JSON report of gitleaks 8.30, for programs that read it.
//!
//! `Secret` and `Match` are redacted unless secrets are shown. A rule has the id that gitleaks
//! gives it, where there is exactly one. `Entropy` is that of the secret, known where it is shown.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Finding;
use crate::report::escaped::write_json;
use crate::report::model::Report;
use crate::report::words::about;

/// The keys, in the order of gitleaks.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Leak<'a> {
    #[serde(rename = "RuleID")]
    rule_id: &'a str,
    description: String,
    start_line: usize,
    end_line: usize,
    start_column: usize,
    end_column: usize,
    r#match: &'a str,
    secret: &'a str,
    file: &'a str,
    symlink_file: &'a str,
    commit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    entropy: f32,
    author: &'a str,
    email: &'a str,
    date: &'a str,
    message: &'a str,
    tags: [&'a str; 0],
    fingerprint: String,
}

/// Writes one JSON array, one leak a line. Suppressed findings are not in it, as in gitleaks.
/// Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut before: &[u8] = b"\n";
    for finding in report.findings.iter().filter(|finding| finding.suppression().is_none()) {
        out.write_all(before)?;
        write_leak(report, finding, out)?;
        before = b",\n";
    }
    out.write_all(if before == b"\n" { b"]\n" } else { b"\n]\n" })
}

fn write_leak(report: &Report<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let rule_id = match finding.rule().aliases() {
        [only] => only,
        _ => finding.rule().id(),
    };
    let secret = finding.secret().map(|secret| String::from_utf8_lossy(secret.expose()));
    let shown = secret.as_deref().unwrap_or_else(|| finding.redacted());
    let introduced = finding.provenance().and_then(|from| from.commit.as_ref());
    let file = finding.path();
    let line = finding.start().line;
    let commit = introduced.map_or("", |commit| commit.id.as_str());
    let place = format!("{file}:{rule_id}:{line}");
    let leak = Leak {
        rule_id,
        description: about(finding.rule()),
        start_line: line,
        end_line: finding.end().line,
        start_column: finding.start().column,
        // gitleaks counts the last column in.
        end_column: finding.end().column.saturating_sub(1),
        r#match: shown,
        secret: shown,
        file,
        symlink_file: "",
        commit,
        link: report.link_to(finding),
        entropy: secret.as_ref().map_or(0.0, |secret| entropy(secret.as_bytes())),
        author: introduced.map_or("", |commit| commit.author.as_str()),
        email: introduced.map_or("", |commit| commit.email.as_str()),
        date: introduced.map_or("", |commit| commit.date.as_str()),
        message: introduced.map_or("", |commit| commit.summary.as_str()),
        tags: [],
        fingerprint: if commit.is_empty() { place } else { format!("{commit}:{place}") },
    };
    write_json(&leak, out)
}

/// Shannon entropy in bits a byte.
fn entropy(text: &[u8]) -> f32 {
    let mut counts = [0_u32; 256];
    text.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let all = text.len() as f32;
    let share = |count: &u32| *count as f32 / all;
    counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).log2()).sum()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::Format;
    use super::super::fixture::{Fixture, parsed};
    use super::*;

    #[test]
    fn keys_of_gitleaks() {
        let fixture = Fixture::new(false);
        let text = fixture.write(Format::Gitleaks);
        let document = parsed(&text);
        let last = &document[2];
        let order: Vec<usize> = [
            "RuleID",
            "Description",
            "StartLine",
            "EndLine",
            "StartColumn",
            "EndColumn",
            "Match",
            "Secret",
            "File",
            "SymlinkFile",
            "Commit",
            "Entropy",
            "Author",
            "Email",
            "Date",
            "Message",
            "Tags",
            "Fingerprint",
        ]
        .iter()
        .map(|key| text.find(&format!("\"{key}\":")).expect(key))
        .collect();
        assert!(order.is_sorted(), "{order:?}");
        assert_eq!(last.as_object().unwrap().len(), order.len());
        assert_eq!((&last["StartColumn"], &last["EndColumn"]), (&Value::from(1), &Value::from(21)));
        assert_eq!((&last["Secret"], &last["Match"]), (&last["Match"], &Value::from("acme_...")));
        assert_eq!(last["Fingerprint"], "plain.txt:acme-key:1");
        assert_eq!(Fixture::empty().write(Format::Gitleaks), "[]\n");
    }

    #[test]
    fn secrets_are_shown_where_they_are_asked_for() {
        let document = parsed(&Fixture::new(true).write(Format::Gitleaks));
        assert_eq!(document[0]["Secret"], concat!("acme", "_0123a4567b89cdef"));
        assert!(document[0]["Entropy"].as_f64().unwrap() > 3.5);
    }

    #[test]
    fn what_is_written_is_read_as_a_baseline() {
        let fixture = Fixture::new(false);
        let text = fixture.write(Format::Gitleaks);
        let read = crate::suppression::GitleaksReport::read("report.json", &text).unwrap();
        assert_eq!(read.findings.len(), fixture.len());
    }

    #[test]
    fn entropies() {
        assert!((entropy(b"ab") - 1.0).abs() < 1e-6);
        assert!(entropy(b"").abs() < 1e-6);
    }
}
