//! GitLab's Code Quality report, which merge requests show in every tier.
//!
//! It has no word for what is suppressed, so such findings are not in it.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Finding;
use crate::fingerprint::Id;
use crate::report::escaped::write_json;
use crate::report::model::Report;
use crate::report::words::headline;
use crate::verdict::{Confidence, Severity};

#[derive(Serialize)]
struct Violation<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: Id,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one JSON array, one finding a line. Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"[")?;
    let mut before: &[u8] = b"\n";
    for finding in report.findings.iter().filter(|finding| finding.suppression().is_none()) {
        out.write_all(before)?;
        let violation = Violation {
            description: format!("{}: {}", headline(finding), finding.redacted()),
            check_name: finding.rule().id(),
            fingerprint: finding.fingerprint().fingerprint,
            severity: severity(finding),
            location: Location {
                path: &String::from_utf8_lossy(finding.from_root()),
                lines: Lines { begin: finding.start().line, end: finding.end().line },
            },
        };
        write_json(&violation, out)?;
        before = b",\n";
    }
    out.write_all(if before == b"\n" { b"]\n" } else { b"\n]\n" })
}

/// In the words of Code Climate, whose form it is.
fn severity(finding: &Finding) -> &'static str {
    match finding.rule().severity() {
        _ if finding.confidence() == Confidence::Refuted => "info",
        Severity::Info => "info",
        Severity::Low => "minor",
        Severity::Medium => "major",
        Severity::High => "critical",
        Severity::Critical => "blocker",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Format;
    use super::super::fixture::{Fixture, parsed};

    #[test]
    fn violations() {
        let document = parsed(&Fixture::new(false).write(Format::CodeQuality));
        let second = &document[1];
        assert_eq!(second["check_name"], "acme-word");
        assert_eq!(second["description"], "Acme word (medium severity, possible): [redacted]");
        assert_eq!(second["severity"], "major");
        assert_eq!(second["location"]["lines"], json!({"begin": 2, "end": 2}));
        let violations = document.as_array().unwrap();
        let fingerprints: std::collections::BTreeSet<&str> =
            violations.iter().map(|violation| violation["fingerprint"].as_str().unwrap()).collect();
        assert_eq!((violations.len(), fingerprints.len()), (3, 3));
    }

    #[test]
    fn what_is_suppressed_is_no_violation() {
        assert_eq!(Fixture::suppressed().write(Format::CodeQuality), "[]\n");
        assert_eq!(Fixture::empty().write(Format::CodeQuality), "[]\n");
    }
}
