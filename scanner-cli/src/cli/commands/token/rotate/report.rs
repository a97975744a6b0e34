//! The report of rotations: JSON for programs, text for people.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use super::super::report::TokenFormat;
use crate::gitlab::rotate::{Rotation, State};

const VERSION: u32 = 1;

/// What keys each rotation has.
#[derive(Serialize)]
struct RotationForm<'a> {
    kind: &'a str,
    id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_id: Option<u64>,
    state: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<&'a str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
}

impl<'a> RotationForm<'a> {
    fn new(rotation: &'a Rotation) -> Self {
        let shown = |path: &Path| path.to_string_lossy().into_owned();
        Self {
            kind: rotation.kind.name(),
            id: rotation.id,
            new_id: rotation.new_id,
            state: rotation.state.as_str(),
            secret_file: rotation.secret_file.as_deref().map(shown),
            expires_at: rotation.expires_at.as_deref(),
            reason: &rotation.reason,
        }
    }
}

/// Whether nothing is left to be done.
pub(super) fn is_complete(rotations: &[Rotation]) -> bool {
    rotations.iter().all(|rotation| rotation.is_complete)
}

/// Writes the report, one rotation a line.
pub(super) fn write(
    rotations: &[Rotation],
    format: TokenFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    if format == TokenFormat::Text {
        return rotations.iter().try_for_each(|rotation| write_text(rotation, out));
    }
    write!(out, r#"{{"version":{VERSION},"rotations":["#)?;
    for (at, rotation) in rotations.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(&RotationForm::new(rotation), out)?;
    }
    if !rotations.is_empty() {
        out.write_all(b"\n")?;
    }
    writeln!(out, r#"],"complete":{}}}"#, is_complete(rotations))
}

fn write_text(rotation: &Rotation, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{} {}: {}", rotation.kind.name(), rotation.id, rotation.state.as_str())?;
    if let Some(id) = rotation.new_id.filter(|id| *id != rotation.id) {
        write!(out, ", new id {id}")?;
    }
    if let Some(day) = &rotation.expires_at {
        write!(out, ", expires {}", escape(day.chars()))?;
    }
    if let Some(path) = &rotation.secret_file {
        let verb = if rotation.state == State::Planned { "to" } else { "in" };
        write!(out, ", {verb} {}", escape(path.to_string_lossy().chars()))?;
    }
    if !rotation.reason.is_empty() {
        write!(out, ": {}", rotation.reason)?;
    }
    writeln!(out)
}
