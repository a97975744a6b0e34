//! Writes notices: as text and as JSON.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use super::end::End;
use super::ical::Calendar;
use super::prometheus::Gauges;
use crate::cli::commands::token::listing::{self, Page, PageAbout};
use crate::cli::output::message;
use crate::gitlab::inventory::{Entry, Gap};
use crate::gitlab::policy::Violation;
use crate::gitlab::watch::{Notice, Steps};

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
    /// A calendar of all ends, with alarms; needs no state.
    Ical,
    /// Gauges for Prometheus; need no state.
    Prometheus,
    /// A page that opens in a browser and loads nothing; with a state, it tells notices.
    Html,
}

impl WatchFormat {
    /// Whether the report tells notices: that of a page does where there is a state.
    pub(super) fn tells_notices(self, has_state: bool) -> bool {
        match self {
            Self::Text | Self::Json | Self::Jsonl => true,
            Self::Html => has_state,
            Self::Ical | Self::Prometheus => false,
        }
    }
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
struct EntryForm<'a> {
    #[serde(flatten)]
    entry: &'a Entry,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    violations: &'a [Violation],
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
pub(super) enum Report {
    Text,
    Json,
    Jsonl,
    Ical(Calendar),
    Prometheus(Box<Gauges>),
    Html(Page),
}

impl Report {
    /// Begins a report.
    pub(super) fn start(
        format: WatchFormat,
        about: &PageAbout<'_>,
        out: &mut dyn Write,
    ) -> io::Result<Self> {
        Ok(match format {
            WatchFormat::Text => Self::Text,
            WatchFormat::Json => Self::Json,
            WatchFormat::Jsonl => Self::Jsonl,
            WatchFormat::Ical => {
                let steps = Steps::new(&about.steps);
                Self::Ical(Calendar::new(about.instance.to_string(), about.now, steps))
            }
            WatchFormat::Prometheus => Self::Prometheus(Box::new(Gauges::new(about.now))),
            WatchFormat::Html => Self::Html(Page::start(about, out)?),
        })
    }

    /// Takes an entry that filters accept, with the policies that it does not meet.
    pub(super) fn entry(
        &mut self,
        entry: &Entry,
        violations: &[Violation],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match self {
            Self::Text | Self::Json | Self::Jsonl => Ok(()),
            Self::Ical(calendar) => calendar.entry(entry, out),
            Self::Prometheus(gauges) => {
                gauges.entry(entry, violations);
                Ok(())
            }
            Self::Html(page) => page.entry(&EntryForm { entry, violations }, out),
        }
    }

    /// Writes what is known at the end.
    pub(super) fn end(self, end: &End<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text(end, out),
            Self::Json => document(end, out),
            Self::Jsonl => {
                for notice in end.notices {
                    write_json(&form(Some("notice"), notice), out)?;
                    out.write_all(b"\n")?;
                }
                write_json(&end_form(Some("coverage"), end), out)?;
                out.write_all(b"\n")
            }
            Self::Ical(calendar) => {
                say_gaps(end)?;
                calendar.end(out)
            }
            Self::Prometheus(gauges) => {
                say_gaps(end)?;
                gauges.end(end, out)
            }
            Self::Html(page) => {
                let notices: Vec<_> = end.notices.iter().map(|notice| form(None, notice)).collect();
                let notices = end.has_state.then_some(notices.as_slice());
                page.end(notices, (end.listed, &[]), out)
            }
        }
    }
}

/// Says on standard error what these formats have no place for.
fn say_gaps(end: &End<'_>) -> io::Result<()> {
    if !end.listed.is_complete() {
        let mut text = Vec::new();
        listing::end(end.listed, &[], &mut text)?;
        message::print(String::from_utf8_lossy(&text).trim_end());
    }
    Ok(())
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
