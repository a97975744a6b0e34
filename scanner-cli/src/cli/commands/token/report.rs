//! The report of tokens: JSON for programs, text for people.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use serde_json::{Map, Value};
use tokensieve_core::report::write_json;
use tokensieve_core::{Confidence, Facts, Id, escape};

use super::input::Found;
use crate::gitlab::{Kind, Verdict, filled};

const VERSION: u32 = 1;

/// The form of the report.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum TokenFormat {
    /// Lines for people.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// A token with its verdict, where one was asked for.
pub(super) struct Row<'a> {
    pub(super) found: &'a Found,
    pub(super) verdict: Option<&'a Verdict>,
}

/// What keys each token has.
#[derive(Serialize)]
struct TokenForm<'a> {
    kind: &'a str,
    rule_id: &'a str,
    redacted: &'a str,
    secret_id: Id,
    confidence: Confidence,
    form: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    prefix: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_prefix: Option<&'a str>,
    facts: &'a Facts,
    places: Vec<PlaceForm<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hosts: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    check: Option<CheckForm>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rotate: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revoke: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<EvidenceForm<'a>>,
    #[serde(flatten)]
    record: Option<&'a Map<String, Value>>,
}

#[derive(Serialize)]
struct PlaceForm<'a> {
    path: &'a str,
    line: u64,
}

#[derive(Serialize)]
struct CheckForm {
    call: String,
    effect: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'static str,
}

#[derive(Serialize)]
struct EvidenceForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    reason: &'a str,
}

impl<'a> TokenForm<'a> {
    fn new(row: &Row<'a>) -> Self {
        let Row { found, verdict } = row;
        let token = &found.token;
        let known = token.kind().knowledge();
        let fill = |calls: &[&str]| calls.iter().map(|call| filled(call, token.facts())).collect();
        let is_inspected = verdict.is_none();
        let check = is_inspected.then(|| CheckForm {
            call: filled(known.check, token.facts()),
            effect: known.effect.as_str(),
            note: known.note,
        });
        Self {
            kind: token.kind().name(),
            rule_id: token.rule_id(),
            redacted: &found.redacted,
            secret_id: found.secret_id,
            confidence: found.confidence,
            form: token.form(),
            prefix: token.prefix(),
            custom_prefix: token.custom_prefix(),
            facts: token.facts(),
            places: places(found),
            hosts: &found.hosts,
            check,
            rotate: if is_inspected { fill(known.rotate) } else { Vec::new() },
            revoke: if is_inspected { fill(known.revoke) } else { Vec::new() },
            state: verdict.map(|verdict| verdict.state.as_str()),
            evidence: verdict.map(|verdict| EvidenceForm {
                endpoint: verdict.evidence.endpoint.as_deref(),
                status: verdict.evidence.status,
                reason: &verdict.evidence.reason,
            }),
            record: verdict.map(|verdict| &verdict.record),
        }
    }
}

fn places(found: &Found) -> Vec<PlaceForm<'_>> {
    found.places.iter().map(|(path, line)| PlaceForm { path, line: *line }).collect()
}

/// Writes the report. `is_complete` is false where a token has no answer that says anything.
pub(super) fn write(
    rows: &[Row<'_>],
    is_complete: bool,
    format: TokenFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        TokenFormat::Json => write_document(rows, is_complete, out),
        TokenFormat::Text => rows.iter().try_for_each(|row| write_text(row, out)),
    }
}

/// One token a line.
fn write_document(rows: &[Row<'_>], is_complete: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"tokens":["#)?;
    for (at, row) in rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(&TokenForm::new(row), out)?;
    }
    if !rows.is_empty() {
        out.write_all(b"\n")?;
    }
    writeln!(out, r#"],"complete":{is_complete}}}"#)
}

fn write_text(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Row { found, verdict } = row;
    let token = &found.token;
    let place = found.places.first().map(|(path, line)| format!("{path}:{line}"));
    let place = escape(place.unwrap_or_default().chars());
    let more = match found.places.len() {
        0 | 1 => String::new(),
        count => format!(" and {} more", count - 1),
    };
    writeln!(
        out,
        "{place}{more}: {} {}, {}, {}",
        found.redacted,
        token.kind().name(),
        token.form(),
        found.confidence
    )?;
    if let Some(prefix) = token.custom_prefix() {
        writeln!(out, "  instance prefix: {prefix}")?;
    }
    if !token.facts().is_empty() {
        let facts =
            token.facts().iter().map(|(key, value)| format!("{} {value}", key.replace('_', " ")));
        writeln!(out, "  tells: {}", escape(facts.collect::<Vec<_>>().join(", ").chars()))?;
    }
    if !found.hosts.is_empty() {
        writeln!(out, "  hosts near it: {}", found.hosts.join(", "))?;
    }
    match verdict {
        Some(verdict) => write_verdict(verdict, out)?,
        None => write_knowledge(token.kind(), token.facts(), out)?,
    }
    writeln!(out)
}

fn write_verdict(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let evidence = &verdict.evidence;
    write!(out, "  {}: {}", verdict.state.as_str(), evidence.reason)?;
    match (&evidence.endpoint, evidence.status) {
        (Some(endpoint), Some(status)) => writeln!(out, " ({endpoint}: {status})")?,
        (Some(endpoint), None) => writeln!(out, " ({endpoint})")?,
        _ => writeln!(out)?,
    }
    for (key, value) in &verdict.record {
        let shown = match value {
            Value::String(text) => text.clone(),
            Value::Array(list) if list.iter().all(Value::is_string) => {
                list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        };
        writeln!(out, "  {}: {}", key.replace('_', " "), escape(shown.chars()))?;
    }
    Ok(())
}

fn write_knowledge(kind: Kind, facts: &Facts, out: &mut dyn Write) -> io::Result<()> {
    let known = kind.knowledge();
    writeln!(out, "  check: {} ({})", filled(known.check, facts), known.effect.as_str())?;
    if !known.note.is_empty() {
        writeln!(out, "    {}", known.note)?;
    }
    for (name, calls) in [("rotate", known.rotate), ("revoke", known.revoke)] {
        for call in calls {
            writeln!(out, "  {name}: {}", filled(call, facts))?;
        }
    }
    Ok(())
}
