//! The report of revocations: JSON for programs, text for people.

use std::io::{self, Write};

use serde::Serialize;
use tokensieve_core::report::write_json;

use super::super::report::TokenFormat;
use crate::gitlab::rotate::Revocation;

const VERSION: u32 = 1;

/// What keys each revocation has.
#[derive(Serialize)]
struct RevocationForm<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

/// Writes the report, one revocation a line.
pub(super) fn write(
    rows: &[Revocation],
    format: TokenFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == TokenFormat::Text {
        return rows.iter().try_for_each(|row| write_text(row, out));
    }
    write!(out, r#"{{"version":{VERSION},"revocations":["#)?;
    for (at, row) in rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        let form = RevocationForm {
            kind: row.kind,
            id: row.id,
            state: row.end.as_str(),
            status: row.status,
            reason: &row.reason,
        };
        write_json(&form, out)?;
    }
    if !rows.is_empty() {
        out.write_all(b"\n")?;
    }
    let is_complete = rows.iter().all(|row| row.end.is_dead());
    writeln!(out, r#"],"complete":{is_complete}}}"#)
}

fn write_text(row: &Revocation, out: &mut dyn Write) -> io::Result<()> {
    let id = row.id.map_or(String::new(), |id| format!(" {id}"));
    write!(out, "{}{id}: {}", row.kind, row.end.as_str())?;
    if row.reason.is_empty() { writeln!(out) } else { writeln!(out, ": {}", row.reason) }
}
