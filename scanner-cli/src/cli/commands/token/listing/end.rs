//! The end of a text.

use std::io::{self, Write};

use tokensieve_core::escape;

use crate::gitlab::inventory::Listed;

/// What could not be listed, and what no API lists.
pub(crate) fn end(listed: &Listed, unmatched: &[&str], out: &mut dyn Write) -> io::Result<()> {
    if !unmatched.is_empty() {
        writeln!(out, "\nLeaks that no entry is:")?;
    }
    for place in unmatched {
        writeln!(out, "  {}", escape(place.chars()))?;
    }
    if listed.is_stopped {
        writeln!(out, "\nStopped: the list is partial.")?;
    }
    if !listed.gaps.is_empty() {
        let release = listed.release.as_ref();
        let release = release.map_or_else(String::new, |release| format!(" (GitLab {release})"));
        writeln!(out, "\nNot listed or checked{release}:")?;
    }
    for gap in &listed.gaps {
        let places = match gap.places.len() {
            0 => String::new(),
            named if named < gap.count => format!(": {} and more", gap.places.join(", ")),
            _ => format!(": {}", gap.places.join(", ")),
        };
        writeln!(out, "  {}: {} ({} x{places})", gap.call, gap.reason, gap.count)?;
    }
    writeln!(out, "\nNo API lists:")?;
    listed.not_listed.iter().try_for_each(|kind| writeln!(out, "  {kind}"))
}
