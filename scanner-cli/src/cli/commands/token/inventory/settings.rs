//! `--settings`: what instance and group allow tokens to be.

use std::io::{self, Write};

use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use crate::gitlab::inventory::{Gap, Setting, Worth};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    settings: &'a [Setting],
    gaps: &'a [Gap],
    complete: bool,
}

/// Writes settings with what they are worth, as a text or as one JSON document.
pub(super) fn write(
    settings: &[Setting],
    gaps: &[Gap],
    is_json: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if is_json {
        write_json(&Document { version: 1, settings, gaps, complete: gaps.is_empty() }, out)?;
        return out.write_all(b"\n");
    }
    for setting in settings {
        let mark = match setting.worth {
            Worth::Good => "ok  ",
            Worth::Weak => "weak",
            Worth::Told => "    ",
            _ => "?   ",
        };
        let value = match setting.worth {
            Worth::Unseen => "not seen".to_owned(),
            _ => escape(setting.value.to_string().chars()),
        };
        let Setting { place, name, advice, .. } = setting;
        writeln!(out, "{mark}  {place}: {name} = {value}\n        {advice}")?;
    }
    for gap in gaps {
        writeln!(out, "not seen: {}: {}", gap.call, gap.reason)?;
    }
    Ok(())
}
