//! A table that fits the terminal.

use std::io::{self, Write};

use tokensieve_core::escape;

use super::columns::{Column, named};
use crate::gitlab::inventory::{Certainty, Entry, Match};
use crate::gitlab::policy::Violation;

/// Where the width is not known: pipes and files.
const DEFAULT_WIDTH: usize = 160;
/// Narrower ones are taken for this.
const LEAST_WIDTH: usize = 60;
/// Columns in the order in which they get room: name, least width, share of what is left over.
const ORDER: [(&str, usize, usize); 12] = [
    ("kind", 22, 0),
    ("id", 7, 0),
    ("name", 10, 3),
    ("where", 10, 3),
    ("state", 7, 0),
    ("expires", 10, 0),
    ("last_used", 10, 0),
    ("owner", 8, 2),
    ("scopes", 8, 2),
    ("role", 10, 0),
    ("created", 10, 0),
    ("ips", 15, 1),
];

/// The columns that fit, with their widths.
pub(super) struct Table(Vec<(&'static Column, usize)>);

impl Table {
    /// A table as wide as the terminal, or 160 characters without one.
    pub(super) fn new() -> Self {
        let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
        let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        Self::of_width(columns.or_else(terminal).unwrap_or(DEFAULT_WIDTH))
    }

    fn of_width(width: usize) -> Self {
        let width = width.max(LEAST_WIDTH);
        let mut used = 0;
        let mut fitting = Vec::new();
        for (name, least, share) in ORDER {
            // Two blanks stand between columns.
            let with_gap = least + if fitting.is_empty() { 0 } else { 2 };
            let Some(column) = named(name).filter(|_| used + with_gap <= width) else { break };
            used += with_gap;
            fitting.push((column, least, share));
        }
        let shares: usize = fitting.iter().map(|(_, _, share)| share).sum();
        let spare = width - used;
        let widths = fitting.into_iter().map(|(column, least, share)| {
            (column, least + (spare * share).checked_div(shares).unwrap_or(0))
        });
        Self(widths.collect())
    }

    /// The names of the columns.
    pub(super) fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        self.line(self.0.iter().map(|(column, _)| column.name.to_uppercase()), out)
    }

    /// A row, and below it what is wrong with the entry.
    pub(super) fn row(
        &self,
        entry: &Entry,
        violations: &[Violation],
        leaks: &[Match],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        self.line(self.0.iter().map(|(column, _)| escape((column.show)(entry).chars())), out)?;
        if let Some(made) = &entry.made_by {
            let author = escape(made.author.chars());
            let from = made.address.as_ref().map(|address| format!(" from {address}"));
            writeln!(out, "  made by {author}{}", escape(from.unwrap_or_default().chars()))?;
        }
        for violation in violations {
            let message = escape(violation.message.chars());
            writeln!(out, "  ! {}: {message}", violation.policy)?;
            writeln!(out, "    {}", violation.remedy)?;
        }
        for leak in leaks {
            let how =
                if leak.certainty == Certainty::Sure { "leaked" } else { "could have leaked" };
            writeln!(out, "  ! {how} at {}", escape(leak.place.chars()))?;
        }
        Ok(())
    }

    fn line(&self, cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
        let fitted = cells.zip(&self.0).map(|(cell, (_, width))| fitted(&cell, *width));
        writeln!(out, "{}", fitted.collect::<Vec<_>>().join("  ").trim_end())
    }
}

/// A text of an exact width in characters; what is cut ends in an ellipsis.
fn fitted(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return format!("{text:width$}");
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}\u{2026}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for width in [60, 80, 100, 160, 250] {
            let table = Table::of_width(width);
            let mut head = Vec::new();
            table.head(&mut head).unwrap();
            let used: usize = table.0.iter().map(|(_, width)| width).sum();
            let gaps = 2 * (table.0.len() - 1);
            assert!(used + gaps <= width, "{width}: {used} + {gaps}");
            assert!(head.starts_with(b"KIND"));
        }
        assert_eq!(Table::of_width(160).0.len(), ORDER.len());
        assert!(Table::of_width(60).0.len() >= 4);
    }

    #[test]
    fn what_does_not_fit_is_cut_by_characters() {
        assert_eq!(fitted("abc", 5), "abc  ");
        assert_eq!(fitted("abcdef", 5), "abcd\u{2026}");
        assert_eq!(
            fitted("\u{e4}\u{f6}\u{fc}\u{e4}\u{f6}\u{fc}", 5),
            "\u{e4}\u{f6}\u{fc}\u{e4}\u{2026}"
        );
    }
}
