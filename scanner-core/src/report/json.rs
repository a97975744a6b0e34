//! JSON: one document, or one object a line. Both hold the same objects.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::confirm::raw_match::Decoding;
use crate::finding::Finding;
use crate::finding::coverage::Coverage;
use crate::finding::provenance::Provenance;
use crate::finding::verification::Verification;
use crate::fingerprint::Id;
use crate::report::escaped::write_json;
use crate::report::model::Report;
use crate::suppress::suppression::Suppression;
use crate::verdict::{Confidence, Facts, Severity};

/// The version of both forms.
const VERSION: u32 = 1;

/// A finding, key by key.
#[derive(Serialize)]
struct FindingForm<'a> {
    rule_id: &'a str,
    kind: &'a str,
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path_bytes: Option<String>,
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: usize,
    end_byte: usize,
    redacted: &'a str,
    secret_id: Id,
    fingerprint: Id,
    confidence: Confidence,
    severity: Severity,
    facts: &'a Facts,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    decoded: &'a [Decoding],
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_bytes: Option<String>,
    #[serde(flatten)]
    provenance: Option<&'a Provenance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "is_true")]
    new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppression: Option<&'a Suppression>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<&'a Verification>,
}

/// What is usual is not written.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_true(value: &bool) -> bool {
    *value
}

impl<'a> From<&'a Finding> for FindingForm<'a> {
    fn from(finding: &'a Finding) -> Self {
        let secret = finding.secret().map(|secret| secret.expose());
        Self {
            rule_id: finding.rule().id(),
            kind: finding.rule().kind(),
            path: finding.path(),
            path_bytes: finding.path_bytes().map(|bytes| STANDARD.encode(bytes)),
            start_line: finding.start().line,
            start_column: finding.start().column,
            end_line: finding.end().line,
            end_column: finding.end().column,
            start_byte: finding.span().start,
            end_byte: finding.span().end,
            redacted: finding.redacted(),
            secret_id: finding.fingerprint().secret_id,
            fingerprint: finding.fingerprint().fingerprint,
            confidence: finding.confidence(),
            severity: finding.rule().severity(),
            facts: finding.facts(),
            decoded: finding.decoded(),
            secret: secret.map(|secret| String::from_utf8_lossy(secret).into_owned()),
            secret_bytes: secret
                .filter(|secret| str::from_utf8(secret).is_err())
                .map(|secret| STANDARD.encode(secret)),
            provenance: finding.provenance(),
            link: None,
            new: finding.is_new(),
            suppression: finding.suppression(),
            verification: finding.verification(),
        }
    }
}

impl<'a> FindingForm<'a> {
    /// The form of a finding with its link, where the report knows one.
    fn linked(report: &Report<'_>, finding: &'a Finding) -> Self {
        Self { link: report.link_to(finding), ..Self::from(finding) }
    }
}

/// A line of the second form.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(Box<FindingForm<'a>>),
    Coverage {
        version: u32,
        #[serde(flatten)]
        coverage: &'a Coverage,
    },
}

/// `{"version":1,"findings":[...],"coverage":{...}}`, with one finding a line.
pub(super) fn write_document(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"findings":["#)?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write_json(&FindingForm::linked(report, finding), out)?;
    }
    if !report.findings.is_empty() {
        out.write_all(b"\n")?;
    }
    out.write_all(br#"],"coverage":"#)?;
    write_json(report.coverage, out)?;
    out.write_all(b"}\n")
}

/// One object a line, the coverage last.
pub(super) fn write_lines(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let coverage = Line::Coverage { version: VERSION, coverage: report.coverage };
    let line = |finding| Line::Finding(Box::new(FindingForm::linked(report, finding)));
    let findings = report.findings.iter().map(line);
    for line in findings.chain([coverage]) {
        write_json(&line, out)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// Writes the object that JSON reports have for a finding: see docs/formats.md.
impl Serialize for Finding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FindingForm::from(self).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::Fixture;
    use super::super::{Format, LinkTemplate, TextStyle};

    #[test]
    fn keys_and_values() {
        let document: Value =
            serde_json::from_str(&Fixture::new(false).write(Format::Json)).unwrap();
        let mut first = document["findings"][0].clone();
        for id in ["secret_id", "fingerprint"] {
            let id = first.as_object_mut().unwrap().remove(id).unwrap();
            assert_eq!(id.as_str().unwrap().len(), 32);
        }
        let expected = json!({
            "rule_id": "acme-key", "kind": "acme_key",
            "path": "caf\u{fffd} #1?.txt", "path_bytes": "Y2Fm6SAjMT8udHh0",
            "start_line": 2, "start_column": 7, "end_line": 2, "end_column": 28,
            "start_byte": 13, "end_byte": 34,
            "redacted": "acme_...", "confidence": "likely", "severity": "critical", "facts": {},
        });
        assert_eq!(first, expected);
        assert_eq!(document["findings"][1]["redacted"], "[redacted]");
        assert_eq!(
            document["coverage"]["skipped"],
            json!([
                {"reason": "unreadable", "gap": true, "count": 1, "examples": ["locked"]}
            ])
        );
        assert_eq!(document["coverage"]["complete"], false);
    }

    #[test]
    fn links_to_lines() {
        let fixture = Fixture::hostile();
        let template =
            LinkTemplate::new("https://forge.example/{commit}/{path}#L{line}-{end_line}").unwrap();
        let mut report = fixture.report();
        report.link = Some(&template);
        // A document has a line before its findings.
        for (format, at) in [(Format::Json, 2), (Format::Jsonl, 1)] {
            let mut out = Vec::new();
            report.write(format, TextStyle::default(), &mut out).unwrap();
            let line = str::from_utf8(&out).unwrap().lines().nth(at).unwrap();
            let finding: Value = serde_json::from_str(line.trim_end_matches(',')).unwrap();
            assert_eq!(
                finding["link"],
                "https://forge.example/0123456789abcdef0123456789abcdef01234567/\
                 %2B1%2C2%0A%40SUM%281%29#L1-1"
            );
        }
        // Without a commit there is nothing to link to.
        let plain = Fixture::new(false);
        let mut report = plain.report();
        report.link = Some(&template);
        assert_eq!(report.link_to(&report.findings[0]), None);
    }

    /// Every byte of both forms.
    #[test]
    fn exact_forms() {
        let first = concat!(
            r#""rule_id":"acme-key","kind":"acme_key","path":"plain.txt","#,
            r#""start_line":1,"start_column":1,"#,
            r#""end_line":1,"end_column":22,"start_byte":0,"end_byte":21,"redacted":"acme_...","#,
        );
        let rest = r#""confidence":"likely","severity":"critical","facts":{}}"#;
        let coverage = concat!(
            r#""complete":false,"rules":0,"files_scanned":2,"bytes_scanned":0,"#,
            r#""skipped":[{"reason":"unreadable","gap":true,"count":1,"examples":["locked"]}],"#,
            r#""suppressed":[],"unopened":[],"configuration":[]}"#,
        );
        let fixture = Fixture::new(false);
        let document = fixture.write(Format::Json);
        let last = document.lines().nth(3).unwrap();
        let ids: Value = serde_json::from_str(last).unwrap();
        let (secret_id, fingerprint) = (&ids["secret_id"], &ids["fingerprint"]);
        assert_eq!(
            last,
            format!(r#"{{{first}"secret_id":{secret_id},"fingerprint":{fingerprint},{rest}"#)
        );
        assert!(document.starts_with("{\"version\":1,\"findings\":[\n{"));
        assert!(
            document.ends_with(&format!("{rest}\n],\"coverage\":{{{coverage}}}\n")),
            "{document}"
        );
        let lines = fixture.write(Format::Jsonl);
        assert_eq!(lines.lines().nth(2).unwrap(), format!(r#"{{"type":"finding",{}"#, &last[1..]));
        assert!(
            lines.ends_with(&format!("\n{{\"type\":\"coverage\",\"version\":1,{coverage}\n")),
            "{lines}"
        );
    }

    #[test]
    fn lines_hold_what_the_document_holds() {
        let fixture = Fixture::new(true);
        let document: Value = serde_json::from_str(&fixture.write(Format::Json)).unwrap();
        let mut findings = Vec::new();
        let lines = fixture.write(Format::Jsonl);
        let (last, rest) =
            lines.trim_end().rsplit_once('\n').map(|(rest, last)| (last, rest)).unwrap();
        for line in rest.lines() {
            let mut finding: Value = serde_json::from_str(line).unwrap();
            assert_eq!(finding.as_object_mut().unwrap().remove("type"), Some(json!("finding")));
            findings.push(finding);
        }
        assert_eq!(document["findings"], Value::Array(findings));
        assert_eq!(document["findings"][0]["secret"], concat!("acme", "_0123a4567b89cdef"));
        let mut coverage: Value = serde_json::from_str(last).unwrap();
        assert_eq!(coverage.as_object_mut().unwrap().remove("type"), Some(json!("coverage")));
        assert_eq!(coverage.as_object_mut().unwrap().remove("version"), Some(json!(1)));
        assert_eq!(document["coverage"], coverage);
    }
}
