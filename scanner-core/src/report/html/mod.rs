//! One HTML file that opens from disk: summary, charts, filters, secrets with their places.
//!
//! The page loads nothing. Its policy allows the one style and the one script that are in it, by
//! their hashes, and nothing else: no network, no frame, no handler in an attribute. The findings
//! are in it as data, in a form that holds no `<`; the script puts it into the page as text.

mod shell;

use std::io::{self, Write};

use serde::Serialize;

pub use self::shell::{HtmlPage, PageData, html_text};
use crate::confirm::raw_match::Decoding;
use crate::finding::Finding;
use crate::finding::provenance::{Commit, Provenance};
use crate::fingerprint::Id;
use crate::report::escaped::write_json;
use crate::report::groups::{self, Group, Totals};
use crate::report::model::Report;
use crate::report::words::{about, count, one_line, remedies};
use crate::verdict::{Confidence, Facts, Severity};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
const TITLE: &str = "Secrets found by Tokensieve";
/// A page with more places is of no use to anybody, and large.
const MOST_PLACES: usize = 20_000;

#[derive(Serialize)]
struct RuleForm<'a> {
    id: &'a str,
    name: String,
    kind: String,
    severity: Severity,
    description: String,
    remedies: Vec<(&'static str, String)>,
}

#[derive(Serialize)]
struct GroupForm<'a> {
    rule: usize,
    redacted: &'a str,
    secret_id: Id,
    confidence: Confidence,
    facts: &'a Facts,
    decoded: &'a [Decoding],
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    places: Vec<PlaceForm<'a>>,
}

#[derive(Serialize)]
struct PlaceForm<'a> {
    path: String,
    line: usize,
    column: usize,
    excerpt: [&'a str; 3],
    fingerprint: Id,
    is_new: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<&'a Commit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_head: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<&'a Commit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exposed_days: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    references: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppression: Option<String>,
}

/// Writes the page. The worst 20,000 places are in it; it says how many are not.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups::by_secret(report.findings);
    let totals = Totals::of(&groups);
    let (shown, left_out) = shown(&groups);
    let page = HtmlPage::new(STYLE, SCRIPT);
    page.head(TITLE, out)?;
    summary(report, &totals, left_out, out)?;
    filters(out)?;
    page.start_data(out)?;
    data(report, shown, &mut PageData::new(out))?;
    page.end_data(out)?;
    page.end(out)
}

/// As many groups as the page holds, and the number of places that are left out.
fn shown<'g, 'f>(groups: &'g [Group<'f>]) -> (&'g [Group<'f>], usize) {
    let mut places = 0;
    let fits = |group: &&Group<'_>| {
        places += group.places().len();
        places <= MOST_PLACES
    };
    let kept = groups.iter().take_while(fits).count();
    let left_out = groups[kept..].iter().map(|group| group.places().len()).sum();
    (&groups[..kept], left_out)
}

/// What a reader without scripts sees, too: how many secrets, how bad, what was not scanned.
fn summary(
    report: &Report<'_>,
    totals: &Totals,
    left_out: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let coverage = report.coverage;
    writeln!(out, "<header>\n<h1>{TITLE}</h1>")?;
    let verdict = match (totals.secrets, coverage.is_complete()) {
        (0, true) => "Nothing was found, and everything was looked at.".to_owned(),
        (0, false) => "Nothing was found, but not everything was looked at.".to_owned(),
        (secrets, _) => format!(
            "{} in {} of {}.",
            count(secrets, "secret"),
            count(totals.findings, "place"),
            count(totals.files, "file")
        ),
    };
    writeln!(out, "<p class=\"verdict\">{verdict}</p>\n<ul class=\"cards\">")?;
    for (severity, number) in &totals.severities {
        writeln!(out, "<li><b class=\"{severity}\">{number}</b>{severity}</li>")?;
    }
    for (confidence, number) in &totals.confidences {
        writeln!(out, "<li><b>{number}</b>{confidence}</li>")?;
    }
    if let Some(in_head) = totals.in_head {
        writeln!(out, "<li><b>{in_head}</b>still in HEAD</li>")?;
    }
    let files = usize::try_from(coverage.files_scanned).unwrap_or(usize::MAX);
    let looked_at = if coverage.git.is_some() { "version of a file" } else { "file" };
    let looked_at = count(files, looked_at).replace("version of a files", "versions of files");
    let from = coverage.repository.as_ref().map(|from| format!(" of {}", html_text(&from.uri)));
    writeln!(
        out,
        "</ul>\n<p class=\"faint\">{looked_at}{} scanned with {} by Tokensieve {}.</p>",
        from.unwrap_or_default(),
        count(coverage.rules, "rule"),
        html_text(report.tool_version)
    )?;
    for (reason, tally) in coverage.skipped().filter(|(reason, _)| reason.is_gap()) {
        writeln!(
            out,
            "<p class=\"gap\">Not scanned, {}: {} ({})</p>",
            reason.as_str(),
            tally.count(),
            html_text(&tally.examples().join(", "))
        )?;
    }
    if left_out > 0 {
        let places = count(left_out, "place");
        writeln!(out, "<p class=\"gap\">{places} more do not fit into a page: JSON has all.</p>")?;
    }
    writeln!(
        out,
        "<noscript><p>Secrets and charts need a script, which is in this file.</p></noscript>"
    )?;
    writeln!(out, "</header>")
}

/// What the script fills.
fn filters(out: &mut dyn Write) -> io::Result<()> {
    let boxes = |name: &str, values: &mut dyn Iterator<Item = &'static str>| {
        let boxes: Vec<String> = values
            .map(|value| {
                format!(
                    "<label><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked> \
                     {value}</label>"
                )
            })
            .collect();
        boxes.join("\n")
    };
    writeln!(
        out,
        "<main>\n<div class=\"charts\" id=\"charts\"></div>\n<div id=\"timeline\"></div>"
    )?;
    writeln!(
        out,
        "<h2>Secrets</h2>\n<form id=\"filters\" hidden>\n\
         <div><label class=\"over\" for=\"search\">Search in all</label>\
         <input type=\"search\" id=\"search\"></div>\n\
         <div><label class=\"over\" for=\"path\">Path</label>\
         <input type=\"search\" id=\"path\"></div>\n\
         <div><label class=\"over\" for=\"kind\">Kind</label>\
         <select id=\"kind\"><option value=\"\">all</option></select></div>"
    )?;
    let severities = boxes("severity", &mut Severity::ALL.iter().rev().map(|each| each.as_str()));
    let confidences =
        boxes("confidence", &mut Confidence::ALL.iter().rev().map(|each| each.as_str()));
    writeln!(out, "<fieldset><legend>Severity</legend>\n{severities}</fieldset>")?;
    writeln!(out, "<fieldset><legend>Confidence</legend>\n{confidences}</fieldset>")?;
    writeln!(
        out,
        "<fieldset><legend>History</legend>\
         <label><input type=\"checkbox\" id=\"head\"> only still in HEAD</label></fieldset>\n\
         <button type=\"reset\">Show all</button>\n</form>\n\
         <p id=\"count\" role=\"status\"></p>\n\
         <p class=\"faint keys\">Keys: / searches, j and k go from secret to secret, \
         Enter opens.</p>\n\
         <ul id=\"secrets\"></ul>\n<button id=\"more\" type=\"button\" hidden></button>\n</main>"
    )
}

fn data(report: &Report<'_>, groups: &[Group<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut rules: Vec<&crate::Rule> = groups.iter().map(|group| group.first().rule()).collect();
    rules.sort_by(|a, b| a.id().cmp(b.id()));
    rules.dedup_by(|a, b| a.id() == b.id());
    let forms: Vec<RuleForm<'_>> = rules.iter().map(|rule| rule_form(rule)).collect();
    write!(out, r#"{{"ended":{},"rules":"#, report.started_and_ended.1)?;
    write_json(&forms, out)?;
    out.write_all(br#","groups":["#)?;
    for (index, group) in groups.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        let rule = rules.binary_search_by(|rule| rule.id().cmp(group.first().rule().id()));
        write_json(&group_form(report, group, rule.unwrap_or_default()), out)?;
    }
    out.write_all(b"]}")
}

fn rule_form(rule: &crate::Rule) -> RuleForm<'_> {
    RuleForm {
        id: rule.id(),
        name: one_line(rule.name()),
        kind: one_line(rule.kind()),
        severity: rule.severity(),
        description: about(rule),
        remedies: remedies(rule),
    }
}

fn group_form<'a>(report: &Report<'_>, group: &Group<'a>, rule: usize) -> GroupForm<'a> {
    let first = group.first();
    GroupForm {
        rule,
        redacted: first.redacted(),
        secret_id: first.fingerprint().secret_id,
        confidence: first.confidence(),
        facts: first.facts(),
        decoded: first.decoded(),
        state: first.verification().map(|told| told.state),
        reason: first.verification().map(|told| one_line(&told.reason)),
        places: group.places().iter().map(|place| place_form(report, place)).collect(),
    }
}

fn place_form<'a>(report: &Report<'_>, finding: &'a Finding) -> PlaceForm<'a> {
    let excerpt = finding.excerpt();
    let provenance: Option<&Provenance> = finding.provenance();
    PlaceForm {
        path: one_line(finding.path()),
        line: finding.start().line,
        column: finding.start().column,
        excerpt: [excerpt.before, excerpt.redacted, excerpt.after],
        fingerprint: finding.fingerprint().fingerprint,
        is_new: finding.is_new(),
        link: report.link_to(finding),
        commit: provenance.and_then(|from| from.commit.as_ref()),
        in_head: provenance.map(|from| from.in_head),
        removed: provenance.and_then(|from| from.removed.as_ref()),
        exposed_days: provenance.and_then(|from| from.exposed_days),
        references: provenance.map(|from| from.refs.count()),
        suppression: finding.suppression().map(|why| one_line(&why.in_words())),
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    use serde_json::Value;
    use sha2::{Digest, Sha256};

    use super::super::Format;
    use super::super::fixture::{Fixture, parsed};
    use super::*;

    /// The data of a page.
    fn data_of(page: &str) -> Value {
        let (_, rest) = page.split_once(r#"id="data">"#).unwrap();
        parsed(rest.split_once("</script>").unwrap().0)
    }

    #[test]
    fn names_add_no_markup() {
        let tags = |page: &str| page.matches('<').count();
        let plain = Fixture::of_many(1).write(Format::Html);
        let fixture = Fixture::hostile();
        let hostile = fixture.write(Format::Html);
        // The cards tell more numbers; nothing else of the page has more tags.
        let cards = |page: &str| page.matches("<li>").count() * 4;
        assert_eq!(tags(&plain) - cards(&plain), tags(&hostile) - cards(&hostile));
        assert_eq!(hostile.matches("<script").count(), 2);
        let groups = data_of(&hostile)["groups"].as_array().unwrap().clone();
        assert_eq!(groups.len(), fixture.len());
        let paths: Vec<&str> =
            groups.iter().map(|group| group["places"][0]["path"].as_str().unwrap()).collect();
        assert!(paths.contains(&"</script><script>alert(1)</script>"), "{paths:?}");
    }

    #[test]
    fn gaps_are_told_as_text() {
        let page = Fixture::odd().write(Format::Html);
        assert!(page.contains(r"unreadable: 1 (\u{202e}[a](https://b))"), "{}", &page[..5000]);
        let mut fixture = Fixture::empty();
        fixture.leave_out("<b>&");
        assert!(fixture.write(Format::Html).contains("unreadable: 1 (&lt;b&gt;&amp;)"));
    }

    #[test]
    fn the_policy_allows_this_style_and_script_and_no_more() {
        let page = Fixture::hostile().write(Format::Html);
        for (start, end) in [("<script>", "</script>"), ("<style>", "</style>")] {
            let (_, rest) = page.split_once(start).unwrap();
            let (text, _) = rest.split_once(end).unwrap();
            let hash = STANDARD.encode(Sha256::digest(text));
            assert!(page.contains(&format!("'sha256-{hash}'")), "{start}");
        }
        assert!(page.contains("default-src 'none'; script-src 'sha256-"));
        for word in
            ["unsafe-", "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("]
        {
            assert!(!page.contains(word), "{word}");
        }
        let markup = page.split_once("<style>").unwrap().0.to_owned()
            + page.split_once("</style>").unwrap().1.split_once("<script").unwrap().0;
        for word in [" src=", " href=", " style=", " onclick=", "url("] {
            assert!(!markup.contains(word), "{word}");
        }
    }

    #[test]
    fn an_empty_page_says_so() {
        let page = Fixture::empty().write(Format::Html);
        assert!(page.contains("Nothing was found, and everything was looked at."), "{page}");
        assert_eq!(data_of(&page)["groups"], Value::Array(Vec::new()));
    }

    #[test]
    fn a_page_has_a_limit_and_tells_it() {
        let page = Fixture::of_many(MOST_PLACES + 3).write(Format::Html);
        assert_eq!(data_of(&page)["groups"].as_array().unwrap().len(), MOST_PLACES);
        assert!(page.contains("3 places more do not fit into a page"), "{}", &page[..9000]);
    }
}
