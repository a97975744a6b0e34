//! The report of a migration plan: JSON for programs, text for people.

use std::io::{self, Write};

use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use super::plan::{Move, Step};
use crate::gitlab::inventory::Gap;

const VERSION: u32 = 1;

/// What keys a token of the plan has.
#[derive(Serialize)]
struct MoveForm<'a> {
    id: u64,
    name: &'a str,
    scopes: &'a [String],
    last_used_at: Option<&'a str>,
    signs: &'a [String],
    notes: &'a [String],
    commands: Vec<&'a str>,
}

impl<'a> MoveForm<'a> {
    fn new(planned: &'a Move) -> Self {
        Self {
            id: planned.id,
            name: &planned.name,
            scopes: &planned.scopes,
            last_used_at: planned.last_used_at.as_deref(),
            signs: &planned.signs,
            notes: &planned.notes,
            commands: planned.commands.iter().map(|step| step.line.as_str()).collect(),
        }
    }
}

pub(super) fn write_document(
    moves: &[Move],
    gaps: &[Gap],
    is_complete: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"tokens":["#)?;
    for (at, planned) in moves.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(&MoveForm::new(planned), out)?;
    }
    write!(out, "\n],\"gaps\":")?;
    write_json(&gaps, out)?;
    writeln!(out, r#","complete":{is_complete}}}"#)
}

/// A plan that a shell can read: all that is no command is a comment.
pub(super) fn write_text(moves: &[Move], gaps: &[Gap], out: &mut dyn Write) -> io::Result<()> {
    for planned in moves {
        let scopes = planned.scopes.join(" ");
        let used = planned.last_used_at.as_deref().unwrap_or("not known");
        let name = escape(planned.name.chars());
        writeln!(out, "# token {} {name:?}: {scopes}, last used {used}", planned.id)?;
        for sign in &planned.signs {
            writeln!(out, "#   {}", escape(sign.chars()))?;
        }
        for note in &planned.notes {
            writeln!(out, "#   note: {}", escape(note.chars()))?;
        }
        for Step { why, line } in &planned.commands {
            writeln!(out, "# {why}:\n{}", escape(line.chars()))?;
        }
        writeln!(out)?;
    }
    for gap in gaps {
        let reason = escape(gap.reason.chars());
        writeln!(out, "# not read: {} ({} times): {reason}", escape(gap.call.chars()), gap.count)?;
    }
    Ok(())
}
