//! Writes notices: as text and as JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use crate::cli::commands::token::listing;
use crate::gitlab::Instance;
use crate::gitlab::inventory::{Entry, Gap, Listed};
use crate::gitlab::policy::Violation;
use crate::gitlab::watch::Notice;

const VERSION: u32 = 1;

/// The form of the report.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub(super) enum WatchFormat {
    /// Notices, for people.
    #[default]
    Text,
    /// Notices, as one JSON document.
    Json,
    /// Notices, as JSON lines.
    Jsonl,
}

impl WatchFormat {
    /// Whether the report tells notices, or shows what there is.
    pub(super) fn tells_notices(self) -> bool {
        matches!(self, Self::Text | Self::Json | Self::Jsonl)
    }
}

/// What is known at the end of a run.
pub(super) struct End<'a> {
    pub(super) instance: &'a Instance,
    pub(super) scope: &'a str,
    pub(super) listed: &'a Listed,
    pub(super) notices: &'a [Notice],
    pub(super) undelivered: usize,
}

#[derive(Serialize)]
struct NoticeForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none", rename = "type")]
    form: Option<&'static str>,
    #[serde(flatten)]
    notice: &'a Notice,
    text: String,
    remedy: &'a str,
}

#[derive(Serialize)]
struct EndForm<'a> {
    #[serde(skip_serializing_if = "Option::is_none", rename = "type")]
    form: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<&'a str>,
    undelivered: usize,
    gaps: &'a [Gap],
    not_listed: &'a [&'static str],
    stopped: bool,
    complete: bool,
}

/// A report under way.
pub(super) struct Report {
    format: WatchFormat,
}

impl Report {
    pub(super) fn new(format: WatchFormat) -> Self {
        Self { format }
    }

    /// Takes an entry that filters accept.
    pub(super) fn entry(
        &mut self,
        _entry: &Entry,
        _violations: &[Violation],
        _out: &mut dyn Write,
    ) -> io::Result<()> {
        Ok(())
    }

    /// Writes what is known at the end.
    pub(super) fn end(self, end: &End<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            WatchFormat::Text => text(end, out),
            WatchFormat::Json => document(end, out),
            WatchFormat::Jsonl => {
                for notice in end.notices {
                    write_json(&form(Some("notice"), notice), out)?;
                    out.write_all(b"\n")?;
                }
                write_json(&end_form(Some("coverage"), end), out)?;
                out.write_all(b"\n")
            }
        }
    }
}

fn form<'a>(form: Option<&'static str>, notice: &'a Notice) -> NoticeForm<'a> {
    NoticeForm { form, notice, text: notice.message(), remedy: notice.remedy() }
}

fn end_form<'a>(form: Option<&'static str>, end: &'a End<'_>) -> EndForm<'a> {
    EndForm {
        form,
        version: form.map(|_| VERSION),
        release: end.listed.release.as_deref(),
        undelivered: end.undelivered,
        gaps: &end.listed.gaps,
        not_listed: &end.listed.not_listed,
        stopped: end.listed.is_stopped,
        complete: end.listed.is_complete(),
    }
}

fn document(end: &End<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"instance":"#)?;
    write_json(&end.instance.to_string(), out)?;
    out.write_all(br#","scope":"#)?;
    write_json(&end.scope, out)?;
    out.write_all(br#","notices":["#)?;
    for (at, notice) in end.notices.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(&form(None, notice), out)?;
    }
    let mut tail = Vec::new();
    write_json(&end_form(None, end), &mut tail)?;
    // The keys of the end are those of the document.
    out.write_all(if end.notices.is_empty() { b"]," } else { b"\n]," })?;
    out.write_all(&tail[1..])?;
    out.write_all(b"\n")
}

fn text(end: &End<'_>, out: &mut dyn Write) -> io::Result<()> {
    for notice in end.notices {
        let entry = &notice.entry;
        let place = entry.place.as_ref().filter(|place| !place.path.is_empty());
        let place = place.map_or_else(String::new, |place| format!(" of {}", place.path));
        let owner = entry.owner.as_ref().map_or_else(String::new, |owner| {
            let name = owner.username.clone().unwrap_or_else(|| format!("account {}", owner.id));
            format!(", owner {name}")
        });
        let head = format!("{} {} \"{}\"{place}{owner}", entry.kind.name(), entry.id, entry.name);
        writeln!(out, "{}: {}", notice.event.name(), escape(head.chars()))?;
        writeln!(out, "  {}", escape(notice.message().chars()))?;
        writeln!(out, "  {}", escape(notice.remedy().chars()))?;
    }
    if end.notices.is_empty() {
        writeln!(out, "No notices.")?;
    }
    listing::end(end.listed, &[], out)
}
