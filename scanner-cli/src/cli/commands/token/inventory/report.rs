//! Writes the inventory, entry by entry.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use tokensieve_core::report::write_json;

use super::columns::COLUMNS;
use super::text::Table;
use crate::cli::commands::token::listing::{self, Page, PageAbout};
use crate::gitlab::inventory::{Entry, Gap, Listed, Match};
use crate::gitlab::policy::Violation;

const VERSION: u32 = 1;

/// The form of the report.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum InventoryFormat {
    /// A table that fits the terminal.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// JSON lines: one entry a line.
    Jsonl,
    /// Comma-separated values, fit for spreadsheets.
    Csv,
    /// A page that opens in a browser and loads nothing.
    Html,
}

/// A report under way.
pub(super) struct Report<'a> {
    format: InventoryFormat,
    out: &'a mut dyn Write,
    table: Table,
    page: Option<Page>,
    entries: usize,
    violations: usize,
}

#[derive(Serialize)]
struct EntryForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none", rename = "type")]
    form: Option<&'static str>,
    #[serde(flatten)]
    entry: &'a Entry,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    violations: &'a [Violation],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    leaks: &'a [Match],
}

#[derive(Serialize)]
struct EndForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none", rename = "type")]
    form: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<&'a str>,
    gaps: &'a [Gap],
    not_listed: &'a [&'static str],
    /// Where leaks were found that no entry is.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    unmatched: &'a [&'a str],
    stopped: bool,
    complete: bool,
}

impl<'a> Report<'a> {
    /// Begins a report.
    pub(super) fn start(
        format: InventoryFormat,
        about: &PageAbout<'_>,
        out: &'a mut dyn Write,
    ) -> io::Result<Self> {
        let table = Table::new();
        let mut page = None;
        match format {
            InventoryFormat::Text => table.head(out)?,
            InventoryFormat::Json => {
                write!(out, r#"{{"version":{VERSION},"instance":"#)?;
                write_json(&about.instance.to_string(), out)?;
                out.write_all(br#","entries":["#)?;
            }
            InventoryFormat::Jsonl => {}
            InventoryFormat::Html => page = Some(Page::start(about, out)?),
            InventoryFormat::Csv => {
                let names = COLUMNS.iter().map(|column| column.name.to_owned());
                write_row(names.chain(["violations".to_owned(), "leaks".to_owned()]), out)?;
            }
        }
        Ok(Self { format, out, table, page, entries: 0, violations: 0 })
    }

    /// Writes an entry with what is wrong with it.
    pub(super) fn entry(
        &mut self,
        entry: &Entry,
        violations: &[Violation],
        leaks: &[Match],
    ) -> io::Result<()> {
        let is_first = self.entries == 0;
        self.entries += 1;
        self.violations += violations.len();
        let form = |form| EntryForm { form, entry, violations, leaks };
        match self.format {
            InventoryFormat::Text => self.table.row(entry, violations, leaks, self.out),
            InventoryFormat::Json => {
                self.out.write_all(if is_first { b"\n" } else { b",\n" })?;
                write_json(&form(None), self.out)
            }
            InventoryFormat::Jsonl => {
                write_json(&form(Some("entry")), self.out)?;
                self.out.write_all(b"\n")
            }
            InventoryFormat::Html => match &mut self.page {
                Some(page) => page.entry(&form(None), self.out),
                None => Ok(()),
            },
            InventoryFormat::Csv => {
                let cells = COLUMNS.iter().map(|column| (column.show)(entry));
                let broken: Vec<&str> =
                    violations.iter().map(|violation| violation.policy).collect();
                let places: Vec<&str> = leaks.iter().map(|leak| leak.place.as_str()).collect();
                write_row(cells.chain([broken.join(" "), places.join(" ")]), self.out)
            }
        }
    }

    /// Writes what was not listed. Returns how many entries and violations there were.
    pub(super) fn finish(self, listed: &Listed, unmatched: &[&str]) -> io::Result<(usize, usize)> {
        let counts = (self.entries, self.violations);
        let end = |form| EndForm {
            form,
            version: form.map(|_| VERSION),
            release: listed.release.as_deref(),
            gaps: &listed.gaps,
            not_listed: &listed.not_listed,
            unmatched,
            stopped: listed.is_stopped,
            complete: listed.is_complete(),
        };
        match self.format {
            InventoryFormat::Text => listing::end(listed, unmatched, self.out)?,
            InventoryFormat::Json => {
                let mut tail = Vec::new();
                write_json(&end(None), &mut tail)?;
                // The keys of the end are those of the document.
                self.out.write_all(if self.entries == 0 { b"]," } else { b"\n]," })?;
                self.out.write_all(&tail[1..])?;
                self.out.write_all(b"\n")?;
            }
            InventoryFormat::Jsonl => {
                write_json(&end(Some("coverage")), self.out)?;
                self.out.write_all(b"\n")?;
            }
            InventoryFormat::Html => {
                if let Some(page) = self.page {
                    page.end(None::<&[()]>, (listed, unmatched), self.out)?;
                }
            }
            // A table has no place for it; standard error has.
            InventoryFormat::Csv => {
                let mut text = Vec::new();
                listing::end(listed, unmatched, &mut text)?;
                crate::cli::output::message::print(String::from_utf8_lossy(&text).trim_end());
            }
        }
        Ok(counts)
    }
}

/// A line of CSV. A cell that a spreadsheet would take for a formula gets a quote before it.
fn write_row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.write_all(b",")?;
        }
        let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
        let cell = if is_formula { format!("'{cell}") } else { cell };
        if cell.contains(['"', ',', '\n', '\r', ';', ' ', '\'']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let row = |cells: &[&str]| {
            let mut out = Vec::new();
            write_row(cells.iter().map(|cell| (*cell).to_owned()), &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        assert_eq!(row(&["a", "b c", "d\"e"]), "a,\"b c\",\"d\"\"e\"\r\n");
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(row(&[cell]), format!("\"'{cell}\"\r\n"));
        }
        assert_eq!(row(&["", "1=1"]), ",1=1\r\n");
    }
}
