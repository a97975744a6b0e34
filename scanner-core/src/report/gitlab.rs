//! GitLab's report of secret detection, `gl-secret-detection-report.json`, version 15.2.1 of its
//! schema.
//!
//! GitLab recognises a finding by its signature where there is one, else by its line. The signature
//! is the fingerprint, so a secret that moves to another line stays the same vulnerability.
//! The primary identifier is the id of the rule, which is GitLab's own where its secret detection
//! has one: validity checks and revocation go by it, and by the secret in clear. That is in a
//! report only where the user asks for it.

use std::io::{self, Write};

use serde::Serialize;

use crate::finding::Finding;
use crate::finding::provenance::Commit;
use crate::report::escaped::write_json;
use crate::report::model::Report;
use crate::report::words::{about, capitalised, cut, one_line, path_from_root, remedies};
use crate::verdict::Confidence;

const SCHEMA_VERSION: &str = "15.2.1";
/// Limits of the schema, in characters.
const MOST_CHARS_OF_NAME: usize = 255;
const MOST_CHARS_OF_SOLUTION: usize = 7000;
/// Enough of a description, of which the schema allows a megabyte.
const MOST_CHARS_OF_DESCRIPTION: usize = 10_000;
/// The commit of what is in none, as GitLab's own analyzer writes it.
const NO_COMMIT: &str = "0000000";
/// The type that GitLab knows identifiers of secret detection by.
const IDENTIFIER_TYPE: &str = "gitleaks_rule_id";
const WEAKNESS: Identifier<'static> = Identifier {
    r#type: "cwe",
    name: "CWE-798",
    value: "798",
    url: Some("https://cwe.mitre.org/data/definitions/798.html"),
};

#[derive(Serialize)]
struct Scan<'a> {
    analyzer: Program<'a>,
    scanner: Program<'a>,
    start_time: String,
    end_time: String,
    status: &'static str,
    r#type: &'static str,
    messages: Vec<Message>,
}

#[derive(Serialize)]
struct Program<'a> {
    id: &'static str,
    name: &'static str,
    version: &'a str,
    vendor: Vendor,
}

#[derive(Serialize)]
struct Vendor {
    name: &'static str,
}

#[derive(Serialize)]
struct Message {
    level: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Vulnerability<'a> {
    id: String,
    category: &'static str,
    name: String,
    description: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "String::is_empty")]
    solution: String,
    identifiers: [Identifier<'a>; 2],
    location: Location<'a>,
    tracking: Tracking<'a>,
    raw_source_code_extract: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    flags: Vec<Flag>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Identifier<'a> {
    r#type: &'static str,
    name: &'a str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'static str>,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    start_line: usize,
    end_line: usize,
    commit: CommitForm<'a>,
}

#[derive(Serialize)]
struct CommitForm<'a> {
    sha: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct Tracking<'a> {
    r#type: &'static str,
    items: [Tracked<'a>; 1],
}

#[derive(Serialize)]
struct Tracked<'a> {
    file: &'a str,
    start_line: usize,
    end_line: usize,
    signatures: [Signature; 1],
}

#[derive(Serialize)]
struct Signature {
    algorithm: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Flag {
    r#type: &'static str,
    origin: &'static str,
    description: String,
}

#[derive(Serialize)]
struct Link {
    name: &'static str,
    url: String,
}

/// Writes the report, one vulnerability a line. Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":"{SCHEMA_VERSION}","scan":"#)?;
    write_json(&scan(report), out)?;
    out.write_all(br#","vulnerabilities":["#)?;
    for (index, finding) in report.findings.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        write_vulnerability(report, finding, out)?;
    }
    if !report.findings.is_empty() {
        out.write_all(b"\n")?;
    }
    out.write_all(b"]}\n")
}

fn scan<'a>(report: &Report<'a>) -> Scan<'a> {
    let program = || Program {
        id: "tokensieve",
        name: "Tokensieve",
        version: report.tool_version,
        vendor: Vendor { name: "Tokensieve" },
    };
    let gaps = report.coverage.skipped().filter(|(reason, _)| reason.is_gap());
    let messages = gaps.map(|(reason, tally)| Message {
        level: "warn",
        value: format!(
            "Not scanned, {}: {} ({})",
            reason.as_str(),
            tally.count(),
            one_line(&tally.examples().join(", "))
        ),
    });
    let (started, ended) = report.started_and_ended;
    Scan {
        analyzer: program(),
        scanner: program(),
        start_time: time(started),
        end_time: time(ended),
        status: if report.coverage.is_complete() { "success" } else { "failure" },
        r#type: "secret_detection",
        messages: messages.collect(),
    }
}

/// A time in UTC in the form of the schema, which has neither zone nor fraction.
fn time(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

fn write_vulnerability(
    report: &Report<'_>,
    finding: &Finding,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rule = finding.rule();
    let file = String::from_utf8_lossy(finding.from_root());
    let (start_line, end_line) = (finding.start().line, finding.end().line);
    let revision = report.coverage.repository.as_ref().and_then(|from| from.revision.as_deref());
    let introduced = finding.provenance().and_then(|from| from.commit.as_ref());
    let fingerprint = finding.fingerprint().fingerprint.to_string();
    let link = report.link_to(finding).map(|url| Link { name: "Line of the secret", url });
    let vulnerability = Vulnerability {
        id: uuid(&fingerprint),
        category: "secret_detection",
        name: cut(&one_line(rule.name()), MOST_CHARS_OF_NAME),
        description: cut(&description(finding), MOST_CHARS_OF_DESCRIPTION),
        severity: capitalised(rule.severity()),
        solution: cut(&solution(finding), MOST_CHARS_OF_SOLUTION),
        identifiers: [
            Identifier { r#type: IDENTIFIER_TYPE, name: rule.id(), value: rule.id(), url: None },
            WEAKNESS,
        ],
        location: Location {
            file: &file,
            start_line,
            end_line,
            commit: commit(introduced, revision),
        },
        tracking: Tracking {
            r#type: "source",
            items: [Tracked {
                file: &file,
                start_line,
                end_line,
                signatures: [Signature {
                    algorithm: "rule_value",
                    value: format!("{}/{fingerprint}", rule.id()),
                }],
            }],
        },
        raw_source_code_extract: extract(report, finding),
        flags: flags(finding),
        links: link.into_iter().collect(),
    };
    write_json(&vulnerability, out)
}

/// The secret, if it may be shown and is text; else what stands in its place.
fn extract(report: &Report<'_>, finding: &Finding) -> String {
    let secret = finding.secret().filter(|_| report.has_raw_extracts);
    let secret = secret.and_then(|secret| str::from_utf8(secret.expose()).ok());
    secret.unwrap_or_else(|| finding.redacted()).to_owned()
}

fn commit<'a>(introduced: Option<&'a Commit>, revision: Option<&'a str>) -> CommitForm<'a> {
    match introduced {
        Some(commit) => CommitForm {
            sha: &commit.id,
            author: Some(&commit.author),
            date: Some(&commit.date),
            message: Some(&commit.summary),
        },
        None => CommitForm {
            sha: revision.unwrap_or(NO_COMMIT),
            author: None,
            date: None,
            message: None,
        },
    }
}

/// What the secret is, how sure that is, and what it tells about itself.
fn description(finding: &Finding) -> String {
    let mut text = about(finding.rule());
    text += &format!("\n\nFound as {} in {}", finding.redacted(), path_from_root(finding));
    text += &format!("; confidence: {}.", finding.confidence());
    let facts: Vec<String> =
        finding.facts().iter().map(|(key, value)| format!("{key}: {}", one_line(value))).collect();
    if !facts.is_empty() {
        text += &format!("\n\n{}", facts.join(", "));
    }
    if let Some(verification) = finding.verification() {
        text += &format!("\n\n{}: {}", verification.state, one_line(&verification.reason));
    }
    text
}

fn solution(finding: &Finding) -> String {
    let ways = remedies(finding.rule());
    ways.iter().map(|(way, what)| format!("{way}: {what}")).collect::<Vec<_>>().join("\n\n")
}

/// What speaks against the finding.
fn flags(finding: &Finding) -> Vec<Flag> {
    let flag = |description| Flag {
        r#type: "flagged-as-likely-false-positive",
        origin: "tokensieve",
        description,
    };
    let refuted = (finding.confidence() == Confidence::Refuted).then(|| {
        flag("Its checksum, its structure or its form says that it is no secret.".to_owned())
    });
    let suppressed = finding.suppression().map(|why| flag(one_line(&why.in_words())));
    refuted.into_iter().chain(suppressed).collect()
}

/// A fingerprint as a UUID of version 8, whose bits are free but for version and variant.
fn uuid(fingerprint: &str) -> String {
    let mut digits: Vec<char> = fingerprint.chars().collect();
    digits.resize(32, '0');
    digits[12] = '8';
    digits[16] = match digits[16].to_digit(16).unwrap_or(0) & 3 {
        0 => '8',
        1 => '9',
        2 => 'a',
        _ => 'b',
    };
    let part = |range: core::ops::Range<usize>| digits[range].iter().collect::<String>();
    [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::{Fixture, parsed};
    use super::super::{Format, TextStyle};
    use super::*;

    fn report(fixture: &Fixture) -> Value {
        parsed(&fixture.write(Format::Gitlab))
    }

    #[test]
    fn a_vulnerability() {
        let document = report(&Fixture::new(false));
        let first = &document["vulnerabilities"][0];
        assert_eq!(first["identifiers"][0]["type"], "gitleaks_rule_id");
        assert_eq!(first["identifiers"][0]["value"], "acme-key");
        assert_eq!(first["severity"], "Critical");
        assert_eq!(first["location"]["file"], "sub/caf\u{fffd} #1?.txt");
        assert_eq!(first["location"]["start_line"], 2);
        assert_eq!(first["location"]["commit"], json!({"sha": "0000000"}));
        assert_eq!(first["raw_source_code_extract"], "acme_...");
        assert_eq!(
            first["solution"],
            "by hand: Acme console, Keys, Revoke\n\nby API: DELETE /v1/keys/:id\n\n\
             see: https://acme.example/keys"
        );
        assert_eq!(document["scan"]["status"], "failure", "a file was not read");
        assert_eq!(document["scan"]["messages"][0]["value"], "Not scanned, unreadable: 1 (locked)");
        let ids: std::collections::BTreeSet<&str> = document["vulnerabilities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), 3);
        assert!(ids.iter().all(|id| id.len() == 36 && id.as_bytes()[14] == b'8'), "{ids:?}");
    }

    #[test]
    fn signatures_survive_moved_lines() {
        let signatures = |lines: &str| {
            let document = report(&Fixture::with_lines_before(lines));
            let finding = &document["vulnerabilities"][0];
            (
                finding["tracking"]["items"][0]["signatures"].clone(),
                finding["location"]["start_line"].clone(),
            )
        };
        let (before, line_before) = signatures("");
        let (after, line_after) = signatures("\n\n");
        assert_eq!(before, after);
        assert_eq!((line_before, line_after), (json!(1), json!(3)));
    }

    #[test]
    fn what_is_refuted_or_suppressed_is_flagged() {
        let document = report(&Fixture::odd());
        let flags: Vec<usize> = document["vulnerabilities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["flags"].as_array().map_or(0, Vec::len))
            .collect();
        assert_eq!(flags.iter().sum::<usize>(), 1, "{flags:?}");
        let document = report(&Fixture::suppressed());
        assert_eq!(document["vulnerabilities"][0]["flags"][0]["description"], "baseline: made up");
    }

    #[test]
    fn only_the_raw_report_has_secrets() {
        let fixture = Fixture::new(true);
        let mut report = fixture.report();
        let written = |report: &Report<'_>| {
            let mut out = Vec::new();
            report.write(Format::Gitlab, TextStyle::default(), &mut out).unwrap();
            parsed(str::from_utf8(&out).unwrap())["vulnerabilities"][0]["raw_source_code_extract"]
                .clone()
        };
        assert_eq!(written(&report), "acme_...");
        report.has_raw_extracts = true;
        assert_eq!(written(&report), concat!("acme", "_0123a4567b89cdef"));
        let hidden = Fixture::new(false);
        let mut report = hidden.report();
        report.has_raw_extracts = true;
        assert_eq!(written(&report), "acme_...", "there is nothing to show");
    }

    #[test]
    fn times_have_no_zone() {
        assert_eq!(time(0), "1970-01-01T00:00:00");
        assert_eq!(time(1_798_761_599), "2026-12-31T23:59:59");
        assert_eq!(time(i64::MAX), "1970-01-01T00:00:00");
    }
}
