//! A page of credentials: one HTML file that opens from disk and loads nothing.

use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use tokensieve_core::report::{HtmlPage, PageData, html_text, write_json};

use crate::gitlab::Instance;
use crate::gitlab::inventory::Listed;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// A page with more entries is of no use to anybody, and large.
const MOST_ENTRIES: usize = 20_000;

/// What a page is about.
pub(crate) struct PageAbout<'a> {
    pub(crate) title: &'static str,
    pub(crate) instance: &'a Instance,
    pub(crate) scope: &'a str,
    pub(crate) now: Timestamp,
    /// Days whose ends are counted, the farthest first.
    pub(crate) steps: Vec<u32>,
}

#[derive(Serialize)]
struct Head<'a> {
    now: Timestamp,
    steps: &'a [u32],
}

/// A page under way.
pub(crate) struct Page {
    page: HtmlPage,
    entries: usize,
}

impl Page {
    /// Writes everything that stands before the entries.
    pub(crate) fn start(about: &PageAbout<'_>, out: &mut dyn Write) -> io::Result<Self> {
        let page = HtmlPage::new(STYLE, SCRIPT);
        page.head(about.title, out)?;
        let title = about.title;
        let scope = html_text(about.scope);
        let instance = html_text(&about.instance.to_string());
        writeln!(
            out,
            "<header>\n<h1>{title}</h1>\n<p class=\"verdict\">{scope} at {instance}</p>"
        )?;
        writeln!(out, "<ul class=\"cards\" id=\"cards\"></ul>")?;
        let version = env!("CARGO_PKG_VERSION");
        writeln!(
            out,
            "<p class=\"faint\">Listed {} by Tokensieve {version}.</p>",
            about.now.round(jiff::Unit::Second).unwrap_or(about.now)
        )?;
        writeln!(
            out,
            "<noscript><p>Table and charts need a script, which is in this file.</p></noscript>\n\
             </header>"
        )?;
        body(out)?;
        page.start_data(out)?;
        let mut data = PageData::new(out);
        let mut head = Vec::new();
        write_json(&Head { now: about.now, steps: &about.steps }, &mut head)?;
        // The entries are further keys of the object.
        data.write_all(&head[..head.len() - 1])?;
        data.write_all(br#","entries":["#)?;
        Ok(Self { page, entries: 0 })
    }

    /// Writes an entry, in the form of JSON reports.
    pub(crate) fn entry(&mut self, entry: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        self.entries += 1;
        if self.entries > MOST_ENTRIES {
            return Ok(());
        }
        let mut data = PageData::new(out);
        data.write_all(if self.entries == 1 { b"\n" } else { b",\n" })?;
        write_json(entry, &mut data)
    }

    /// Writes notices, where there are any to be told, and what was not listed.
    pub(crate) fn end(
        self,
        notices: Option<&[impl Serialize]>,
        (listed, unmatched): (&Listed, &[&str]),
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut data = PageData::new(&mut *out);
        data.write_all(b"]")?;
        if let Some(notices) = notices {
            data.write_all(br#","notices":"#)?;
            write_json(&notices, &mut data)?;
        }
        data.write_all(b"}")?;
        self.page.end_data(out)?;
        writeln!(out, "<footer>")?;
        if self.entries > MOST_ENTRIES {
            let more = self.entries - MOST_ENTRIES;
            writeln!(
                out,
                "<p class=\"gap\">{more} more do not fit into a page: JSON has all.</p>"
            )?;
        }
        let mut text = Vec::new();
        super::end(listed, unmatched, &mut text)?;
        end_of(&String::from_utf8_lossy(&text), !listed.is_complete(), out)?;
        writeln!(out, "</footer>")?;
        self.page.end(out)
    }
}

/// The end of a text as markup: a line without a blank before it begins a list.
fn end_of(text: &str, is_partial: bool, out: &mut dyn Write) -> io::Result<()> {
    if is_partial {
        writeln!(out, "<p class=\"gap\">This list is not complete: see below.</p>")?;
    }
    let mut is_open = false;
    for line in text.lines().filter(|line| !line.is_empty()) {
        match line.strip_prefix("  ") {
            Some(item) => {
                if !is_open {
                    writeln!(out, "<ul>")?;
                }
                is_open = true;
                writeln!(out, "<li>{}</li>", html_text(item))?;
            }
            None => {
                let end = if is_open { "</ul>\n" } else { "" };
                is_open = false;
                writeln!(out, "{end}<h2>{}</h2>", html_text(line.trim_end_matches(':')))?;
            }
        }
    }
    if is_open { writeln!(out, "</ul>") } else { Ok(()) }
}

/// What the script fills.
fn body(out: &mut dyn Write) -> io::Result<()> {
    let choice = |id: &str, label: &str| {
        format!(
            "<div><label class=\"over\" for=\"{id}\">{label}</label>\
             <select id=\"{id}\"><option value=\"\">all</option></select></div>\n"
        )
    };
    let choices = [
        choice("kind", "Kind"),
        choice("state", "State"),
        choice("owner", "Owner"),
        choice("within", "Ends"),
    ];
    writeln!(
        out,
        "<main>\n<section id=\"notices\"></section>\n<div class=\"charts\" id=\"charts\"></div>\n\
         <div id=\"timeline\"></div>\n<h2>Credentials</h2>\n<form id=\"filters\" hidden>\n\
         <div><label class=\"over\" for=\"search\">Search in all</label>\
         <input type=\"search\" id=\"search\"></div>\n{}\
         <div><label><input type=\"checkbox\" id=\"broken\"> only with something wrong</label>\
         </div>\n\
         <button type=\"reset\">Show all</button>\n</form>\n<p id=\"count\" role=\"status\"></p>\n\
         <p class=\"faint keys\">Keys: / searches; the heads of columns sort.</p>\n\
         <div class=\"scroll\" id=\"entries\" role=\"region\" aria-label=\"Credentials\" \
         tabindex=\"0\" \
         hidden><table><thead><tr id=\"heads\"></tr></thead><tbody id=\"rows\"></tbody></table>\
         </div>\n\
         <button id=\"more\" type=\"button\" hidden></button>\n</main>",
        choices.concat()
    )
}
