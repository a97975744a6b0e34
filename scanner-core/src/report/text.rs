//! Text for people: each finding with its place and its line, and at the end what to do about each
//! kind.

use std::collections::BTreeSet;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::finding::Finding;
use crate::finding::provenance::Provenance;
use crate::report::model::{Report, TextStyle};
use crate::rules::rule::Rule;
use crate::text::escape::{at_line_start, escape, escape_command};
use crate::verdict::Severity;

/// The styles of the parts of a report; all of them plain without colours.
struct Palette {
    place: Style,
    secret: Style,
    faint: Style,
    severe: Style,
    heading: Style,
}

impl Palette {
    fn new(style: TextStyle) -> Self {
        let styled = |wanted: Style| if style.is_coloured { wanted } else { Style::new() };
        let coloured = |colour: AnsiColor| styled(colour.on_default());
        Self {
            place: coloured(AnsiColor::Cyan),
            secret: styled(AnsiColor::Red.on_default().bold()),
            faint: styled(Style::new().dimmed()),
            severe: coloured(AnsiColor::Red),
            heading: styled(Style::new().bold()),
        }
    }
}

pub(super) fn write(report: &Report<'_>, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    let palette = Palette::new(style);
    for finding in report.findings {
        write_finding(finding, style, &palette, out)?;
    }
    write_remedies(report.findings, &palette, out)
}

fn write_finding(
    finding: &Finding,
    style: TextStyle,
    palette: &Palette,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Palette { place, secret, faint, severe, heading } = palette;
    let rule = finding.rule();
    let path = at_line_start(&escape(finding.path().chars()));
    let (line, column) = (finding.start().line, finding.start().column);
    writeln!(
        out,
        "{place}{path}:{line}:{column}{place:#}: {heading}{}{heading:#}",
        shown(rule.name())
    )?;

    let excerpt = finding.excerpt();
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    writeln!(
        out,
        "  {faint}{number} |{faint:#} {}{secret}{}{secret:#}{}",
        excerpt.before, excerpt.redacted, excerpt.after
    )?;
    let indent = " ".repeat(excerpt.before.chars().count());
    let underline = "^".repeat(excerpt.redacted.chars().count());
    writeln!(out, "  {faint}{gutter} |{faint:#} {indent}{secret}{underline}{secret:#}")?;

    let severity = if rule.severity() >= Severity::High { severe } else { &Style::new() };
    let confidence = finding.confidence();
    let id = first(rule.id());
    writeln!(out, "  {id}, {severity}{}{severity:#}, {confidence}", rule.severity())?;
    if !finding.facts().is_empty() {
        let facts: Vec<String> = finding
            .facts()
            .iter()
            .map(|(key, value)| format!("{} {value}", key.replace('_', " ")))
            .collect();
        writeln!(out, "  facts: {}", shown(&facts.join(", ")))?;
    }
    if !finding.decoded().is_empty() {
        let names: Vec<&str> = finding.decoded().iter().map(|decoding| decoding.as_str()).collect();
        writeln!(out, "  decoded: {}", names.join(", "))?;
    }
    if let Some(provenance) = finding.provenance() {
        write_provenance(provenance, out)?;
    }
    if !finding.is_new() {
        writeln!(out, "  was there before")?;
    }
    if let Some(suppression) = finding.suppression() {
        writeln!(out, "  suppressed: {}", shown(&suppression.in_words()))?;
    }
    if let Some(verification) = finding.verification() {
        let words = format!("{}: {}", verification.state, verification.reason);
        writeln!(out, "  {}", shown(&words))?;
    }
    if style.is_verbose {
        writeln!(out, "  {faint}fingerprint: {}{faint:#}", finding.fingerprint().fingerprint)?;
    }
    if let Some(shown) = finding.secret() {
        let shown = escape(String::from_utf8_lossy(shown.expose()).chars());
        writeln!(out, "  secret: {secret}{shown}{secret:#}")?;
    }
    writeln!(out)
}

/// The commit that introduced it, and what became of it.
fn write_provenance(provenance: &Provenance, out: &mut dyn Write) -> io::Result<()> {
    /// More names of references are not listed.
    const MOST_REFS: usize = 5;
    /// Enough of an id to find it.
    const SHORT_ID: usize = 12;
    let short = |id: &str| id.get(..SHORT_ID).unwrap_or(id).to_owned();
    if let Some(commit) = &provenance.commit {
        writeln!(out, "  commit: {} {}", short(&commit.id), shown(&commit.summary))?;
        writeln!(
            out,
            "  author: {} <{}>, {}",
            shown(&commit.author),
            shown(&commit.email),
            shown(&commit.date)
        )?;
    }
    match (&provenance.last_commit, provenance.in_head) {
        (_, true) => writeln!(out, "  still in HEAD")?,
        (Some(last), false) => writeln!(out, "  not in HEAD; last in {}", short(last))?,
        (None, false) => {}
    }
    let refs = &provenance.refs;
    if refs.count() > 0 {
        let names: Vec<String> =
            refs.names().iter().take(MOST_REFS).map(|name| shown(name)).collect();
        let more = refs.count() - names.len() as u64;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        writeln!(out, "  in: {}{more}", names.join(", "))?;
    }
    let others = provenance.place_count.saturating_sub(1);
    if others > 0 {
        writeln!(
            out,
            "  also introduced in {others} other {}",
            if others == 1 { "place" } else { "places" }
        )?;
    }
    Ok(())
}

/// What to do, once for each rule in the order of the findings.
fn write_remedies(findings: &[Finding], palette: &Palette, out: &mut dyn Write) -> io::Result<()> {
    let heading = palette.heading;
    let mut rules: Vec<&Rule> = Vec::new();
    let mut told = BTreeSet::new();
    // What somebody said is harmless needs nothing done.
    for finding in findings.iter().filter(|finding| finding.suppression().is_none()) {
        let rule = finding.rule();
        let has_remedy =
            !rule.remediation().ui().is_empty() || !rule.remediation().api().is_empty();
        if has_remedy && told.insert(rule.id()) {
            rules.push(rule);
        }
    }
    if rules.is_empty() {
        return Ok(());
    }
    writeln!(out, "{heading}What to do{heading:#}")?;
    for rule in rules {
        writeln!(out, "  {} ({})", first(rule.name()), shown(rule.id()))?;
        for (way, what) in [
            ("by hand", rule.remediation().ui()),
            ("by API", rule.remediation().api()),
            ("see", rule.url()),
        ] {
            if !what.is_empty() {
                writeln!(out, "    {way}: {}", shown(what))?;
            }
        }
    }
    Ok(())
}

/// Text of a rule that begins a line.
fn first(text: &str) -> String {
    escape_command(&shown(text))
}

/// Text of a rule in one line. The scanned tree can bring rule files along, so their text is no
/// safer than a path.
fn shown(text: &str) -> String {
    escape(text.trim().chars().map(|c| if c == '\n' { ' ' } else { c }))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::super::{Format, TextStyle};

    #[test]
    fn findings_and_what_to_do() {
        let expected = "\
caf\u{fffd} #1?.txt:2:7: Acme key
  2 | \u{e4} key=acme_...; acmeword=[redacted]
    |       ^^^^^^^^
  acme-key, critical, likely

caf\u{fffd} #1?.txt:2:39: Acme word
  2 | \u{e4} key=acme_...; acmeword=[redacted]
    |                          ^^^^^^^^^^
  acme-word, medium, possible

plain.txt:1:1: Acme key
  1 | acme_...
    | ^^^^^^^^
  acme-key, critical, likely

What to do
  Acme key (acme-key)
    by hand: Acme console, Keys, Revoke
    by API: DELETE /v1/keys/:id
    see: https://acme.example/keys
";
        assert_eq!(Fixture::new(false).write(Format::Text), expected);
    }

    #[test]
    fn facts_are_told() {
        let text = Fixture::odd().write(Format::Text);
        assert!(
            text.contains(
                "  routable, critical, proved\n  facts: cell 1, organization 1, user 123\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn colours_only_add_escape_codes() {
        let fixture = Fixture::new(false);
        let coloured =
            fixture.write_styled(Format::Text, TextStyle { is_coloured: true, is_verbose: false });
        let mut plain = String::new();
        let mut rest = coloured.as_str();
        while let Some((before, code)) = rest.split_once('\u{1b}') {
            plain += before;
            rest = code.split_once('m').unwrap().1;
        }
        plain += rest;
        assert_ne!(coloured, plain);
        assert_eq!(plain, fixture.write(Format::Text));
    }

    #[test]
    fn shown_secrets_and_fingerprints() {
        let style = TextStyle { is_coloured: false, is_verbose: true };
        let text = Fixture::new(true).write_styled(Format::Text, style);
        assert!(text.contains(concat!("  secret: acme", "_0123a4567b89cdef\n")), "{text}");
        assert_eq!(text.matches("  fingerprint: ").count(), 3);
    }
}
