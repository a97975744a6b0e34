//! Text for people: how much was found, each secret with its places, the worst first, and at the
//! end what to do about each kind.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use crate::finding::Finding;
use crate::finding::provenance::{Commit, Provenance, References};
use crate::report::groups::{self, Group, Totals};
use crate::report::model::{Report, TextStyle};
use crate::report::words::{count, judgement, one_line, short_id};
use crate::rules::rule::Rule;
use crate::text::escape::{at_line_start, escape, escape_command};
use crate::verdict::Severity;

/// More places of one secret are counted, unless all is asked for.
const MOST_PLACES: usize = 10;
/// Narrower terminals are taken for this.
const LEAST_WIDTH: usize = 20;

/// The styles of the parts of a report; all of them plain without colours.
struct Palette {
    place: Style,
    secret: Style,
    faint: Style,
    heading: Style,
    is_coloured: bool,
}

impl Palette {
    fn new(style: TextStyle) -> Self {
        let styled = |wanted: Style| if style.is_coloured { wanted } else { Style::new() };
        Self {
            place: styled(AnsiColor::Cyan.on_default()),
            secret: styled(AnsiColor::Red.on_default().bold()),
            faint: styled(Style::new().dimmed()),
            heading: styled(Style::new().bold()),
            is_coloured: style.is_coloured,
        }
    }

    fn severity(&self, severity: Severity) -> Style {
        let colour = match severity {
            _ if !self.is_coloured => return Style::new(),
            Severity::Critical => return AnsiColor::Magenta.on_default().bold(),
            Severity::High => AnsiColor::Red,
            Severity::Medium => AnsiColor::Yellow,
            Severity::Low => AnsiColor::Blue,
            Severity::Info => return Style::new().dimmed(),
        };
        colour.on_default()
    }
}

/// Writes the report; nothing where there are no findings.
pub(super) fn write(report: &Report<'_>, style: TextStyle, out: &mut dyn Write) -> io::Result<()> {
    if report.findings.is_empty() {
        return Ok(());
    }
    let groups = groups::by_secret(report.findings);
    let text = Text { palette: Palette::new(style), style, out };
    text.write(report, &groups)
}

struct Text<'o> {
    palette: Palette,
    style: TextStyle,
    out: &'o mut dyn Write,
}

impl Text<'_> {
    fn write(mut self, report: &Report<'_>, groups: &[Group<'_>]) -> io::Result<()> {
        self.summary(&Totals::of(groups))?;
        for group in groups {
            self.group(report, group)?;
        }
        if report.is_uncommitted {
            return Ok(());
        }
        self.remedies(groups)
    }

    /// How much was found. What is only listed is not counted.
    fn summary(&mut self, totals: &Totals) -> io::Result<()> {
        if totals.secrets == 0 {
            return Ok(());
        }
        let heading = self.palette.heading;
        let in_head = totals.in_head.map(|number| format!("; {number} still in HEAD"));
        let text = format!(
            "{} in {} of {}: {}{}",
            count(totals.secrets, "secret"),
            count(totals.findings, "place"),
            count(totals.files, "file"),
            totals.in_words(),
            in_head.unwrap_or_default()
        );
        for line in self.wrapped(&text, "", "  ") {
            writeln!(self.out, "{heading}{line}{heading:#}")?;
        }
        writeln!(self.out)
    }

    /// A secret at its worst place, and where else it is.
    fn group(&mut self, report: &Report<'_>, group: &Group<'_>) -> io::Result<()> {
        let Palette { place, heading, .. } = self.palette;
        let finding = group.first();
        let rule = finding.rule();
        let where_to = place_of(finding);
        writeln!(
            self.out,
            "{place}{where_to}{place:#}: {heading}{}{heading:#}",
            one_line(rule.name())
        )?;
        self.excerpt(finding)?;
        let severity = self.palette.severity(rule.severity());
        writeln!(
            self.out,
            "  {}, {severity}{}{severity:#}",
            escape_command(&one_line(rule.id())),
            judgement(finding)
        )?;
        self.details(finding)?;
        if let Some(link) = report.link_to(finding) {
            writeln!(self.out, "  link: {link}")?;
        }
        let faint = self.palette.faint;
        let fingerprint = finding.fingerprint().fingerprint;
        writeln!(self.out, "  {faint}fingerprint: {fingerprint}{faint:#}")?;
        self.other_places(group)?;
        writeln!(self.out)
    }

    /// The line, with marks below the secret. Wide characters take two cells.
    fn excerpt(&mut self, finding: &Finding) -> io::Result<()> {
        let Palette { secret, faint, .. } = self.palette;
        let excerpt = finding.excerpt();
        let number = finding.start().line.to_string();
        let gutter = " ".repeat(number.len());
        writeln!(
            self.out,
            "  {faint}{number} |{faint:#} {}{secret}{}{secret:#}{}",
            excerpt.before, excerpt.redacted, excerpt.after
        )?;
        let indent = " ".repeat(excerpt.before.width());
        let underline = "^".repeat(excerpt.redacted.width());
        writeln!(self.out, "  {faint}{gutter} |{faint:#} {indent}{secret}{underline}{secret:#}")
    }

    /// What is known of a finding, one line each.
    fn details(&mut self, finding: &Finding) -> io::Result<()> {
        let facts: Vec<String> = finding
            .facts()
            .iter()
            .map(|(key, value)| format!("{} {value}", key.replace('_', " ")))
            .collect();
        if !facts.is_empty() {
            writeln!(self.out, "  facts: {}", one_line(&facts.join(", ")))?;
        }
        if !finding.decoded().is_empty() {
            let names: Vec<&str> =
                finding.decoded().iter().map(|decoding| decoding.as_str()).collect();
            writeln!(self.out, "  decoded: {}", names.join(", "))?;
        }
        if let Some(provenance) = finding.provenance() {
            self.provenance(provenance)?;
        }
        if !finding.is_new() {
            writeln!(self.out, "  was there before")?;
        }
        if let Some(suppression) = finding.suppression() {
            writeln!(self.out, "  suppressed: {}", one_line(&suppression.in_words()))?;
        }
        if let Some(verification) = finding.verification() {
            let words = format!("{}: {}", verification.state, verification.reason);
            writeln!(self.out, "  {}", one_line(&words))?;
        }
        if let Some(shown) = finding.secret() {
            let secret = self.palette.secret;
            let shown = escape(String::from_utf8_lossy(shown.expose()).chars());
            writeln!(self.out, "  secret: {secret}{shown}{secret:#}")?;
        }
        Ok(())
    }

    /// The commit that introduced it, and what became of it.
    fn provenance(&mut self, provenance: &Provenance) -> io::Result<()> {
        let out = &mut *self.out;
        if let Some(commit) = &provenance.commit {
            writeln!(out, "  commit: {} {}", short_id(&commit.id), one_line(&commit.summary))?;
            writeln!(
                out,
                "  author: {} <{}>, {}",
                one_line(&commit.author),
                one_line(&commit.email),
                one_line(&commit.date)
            )?;
        }
        match (&provenance.removed, &provenance.last_commit, provenance.in_head) {
            (_, _, true) => writeln!(out, "  still in HEAD")?,
            (Some(commit), _, false) => writeln!(out, "  {}", removal(commit, provenance))?,
            (None, Some(last), false) => {
                writeln!(out, "  not in HEAD; last in {}", short_id(last))?
            }
            (None, None, false) => {}
        }
        if provenance.refs.count() > 0 {
            writeln!(out, "  {}", references(&provenance.refs, self.style.is_verbose))?;
        }
        let others = usize::try_from(provenance.place_count.saturating_sub(1)).unwrap_or(0);
        if others > 0 {
            writeln!(out, "  also introduced in {}", count(others, "other place"))?;
        }
        Ok(())
    }

    /// The other places of a secret: all of them only where all is asked for.
    fn other_places(&mut self, group: &Group<'_>) -> io::Result<()> {
        let others = &group.places()[1..];
        let most = if self.style.is_verbose { others.len() } else { MOST_PLACES };
        let place = self.palette.place;
        let commit = |finding: &Finding| {
            let from = finding.provenance()?;
            Some(short_id(&from.commit.as_ref()?.id).to_owned())
        };
        for finding in others.iter().take(most) {
            let mut notes: Vec<String> = Vec::new();
            if let Some(id) =
                commit(finding).filter(|id| commit(group.first()).as_ref() != Some(id))
            {
                notes.push(format!("commit {id}"));
            }
            if !finding.is_new() {
                notes.push("was there before".to_owned());
            }
            if let Some(suppression) = finding.suppression() {
                notes.push(format!("suppressed: {}", one_line(&suppression.in_words())));
            }
            let notes =
                if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
            writeln!(self.out, "  also at {place}{}{place:#}{notes}", place_of(finding))?;
        }
        if others.len() > most {
            let more = count(others.len() - most, "other place");
            writeln!(self.out, "  and in {more}: --verbose lists them")?;
        }
        Ok(())
    }

    /// What to do, once for each rule in the order of the secrets.
    fn remedies(&mut self, groups: &[Group<'_>]) -> io::Result<()> {
        let heading = self.palette.heading;
        let has_remedy = |rule: &&Rule| {
            !(rule.remediation().ui().is_empty() && rule.remediation().api().is_empty())
        };
        let rules: Vec<&Rule> = groups::rules(groups).into_iter().filter(has_remedy).collect();
        if rules.is_empty() {
            return Ok(());
        }
        writeln!(self.out, "{heading}What to do{heading:#}")?;
        for rule in rules {
            let name = escape_command(&one_line(rule.name()));
            writeln!(self.out, "  {name} ({})", one_line(rule.id()))?;
            for (way, what) in crate::report::words::remedies(rule) {
                for line in self.wrapped(&format!("{way}: {what}"), "    ", "      ") {
                    writeln!(self.out, "{line}")?;
                }
            }
        }
        Ok(())
    }

    /// The lines of a text, at most as wide as the terminal. Words are not broken: they can be
    /// addresses.
    fn wrapped(&self, text: &str, first: &str, rest: &str) -> Vec<String> {
        let Some(width) = self.style.width else { return vec![format!("{first}{text}")] };
        let options = Options::new(width.max(LEAST_WIDTH))
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        // A word that the wrapping puts first is no command either.
        let lines = textwrap::wrap(text, options);
        lines.iter().map(|line| escape_command(line)).collect()
    }
}

/// Path, line and column, fit to begin a line.
fn place_of(finding: &Finding) -> String {
    let path = at_line_start(&escape(finding.path().chars()));
    format!("{path}:{}:{}", finding.start().line, finding.start().column)
}

/// The commit that removed a secret, and how long it was there.
fn removal(commit: &Commit, provenance: &Provenance) -> String {
    let days = provenance.exposed_days.map_or_else(String::new, |days| {
        let days = usize::try_from(days).unwrap_or(usize::MAX);
        format!(", after {}", count(days, "day"))
    });
    let (id, summary) = (short_id(&commit.id), one_line(&commit.summary));
    format!("removed by: {id} {summary}, {}{days}", one_line(&commit.date))
}

/// The references that lead to a secret, branches by their short names. HEAD is named where
/// nothing else is, and not counted beside what it stands for.
fn references(references: &References, is_verbose: bool) -> String {
    const MOST: usize = 1;
    const MOST_IF_VERBOSE: usize = 20;
    let most = if is_verbose { MOST_IF_VERBOSE } else { MOST };
    let branch = |name: &&String| name.starts_with("refs/heads/");
    let short = |name: &String| one_line(name.strip_prefix("refs/heads/").unwrap_or(name));
    let all = references.names();
    let ordered = all.iter().filter(branch).chain(all.iter().filter(|name| !branch(name)));
    let names: Vec<String> = ordered.take(most).map(short).collect();
    let is_head_left_out =
        all.iter().any(|name| name == "HEAD") && !names.iter().any(|name| name == "HEAD");
    let shown = names.len() + usize::from(is_head_left_out);
    let others = usize::try_from(references.count()).unwrap_or(usize::MAX) - shown;
    let and = if others > 0 {
        format!(" and {}", count(others, "other reference"))
    } else {
        String::new()
    };
    format!("on {}{and}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::super::{Format, TextStyle};
    use super::*;

    /// The text, with the fingerprints out of it.
    fn without_fingerprints(text: &str) -> String {
        let line = |line: &str| match line.split_once("fingerprint: ") {
            Some((before, id)) => {
                assert_eq!(id.len(), 32, "{line}");
                format!("{before}fingerprint: ...\n")
            }
            None => format!("{line}\n"),
        };
        text.lines().map(line).collect()
    }

    #[test]
    fn findings_and_what_to_do() {
        let expected = "\
3 secrets in 3 places of 2 files: 2 critical, 1 medium (2 likely, 1 possible)

caf\u{fffd} #1?.txt:2:7: Acme key
  2 | \u{e4} key=acme_...; acmeword=[redacted]
    |       ^^^^^^^^
  acme-key, critical severity, likely
  fingerprint: ...

plain.txt:1:1: Acme key
  1 | acme_...
    | ^^^^^^^^
  acme-key, critical severity, likely
  fingerprint: ...

caf\u{fffd} #1?.txt:2:39: Acme word
  2 | \u{e4} key=acme_...; acmeword=[redacted]
    |                          ^^^^^^^^^^
  acme-word, medium severity, possible
  fingerprint: ...

What to do
  Acme key (acme-key)
    by hand: Acme console, Keys, Revoke
    by API: DELETE /v1/keys/:id
    see: https://acme.example/keys
";
        let text = Fixture::new(false).write(Format::Text);
        assert_eq!(without_fingerprints(&text), expected);
    }

    #[test]
    fn a_secret_is_shown_once_with_all_its_places() {
        let expected = "\
3 secrets in 6 places of 3 files: 2 critical, 1 medium (2 likely, 1 possible)

a.txt:1:1: Acme key
  1 | acme_...
    | ^^^^^^^^
  acme-key, critical severity, likely
  fingerprint: ...
  also at a.txt:2:1
  also at b.txt:1:1
";
        let text = without_fingerprints(&Fixture::repeated().write(Format::Text));
        assert!(text.starts_with(expected), "{text}");
        assert_eq!(text.matches("What to do").count(), 1);
    }

    #[test]
    fn histories_say_where_a_secret_still_is() {
        let text = Fixture::hostile().write(Format::Text);
        assert!(text.contains("; 0 still in HEAD\n"), "{text}");
        assert!(text.contains("  not in HEAD; last in ffffffffffff\n"), "{text}");
        assert!(text.contains("  on +1,2 @SUM(1)\n"), "{text}");
        let names = |names: &[&str], is_verbose| {
            let redactor = crate::Scanner::new(&crate::RuleSet::builtin()).redactor().clone();
            references(&References::new(names.iter().copied(), 9, &redactor), is_verbose)
        };
        let all = ["HEAD", "refs/heads/main", "refs/tags/v1"];
        assert_eq!(names(&all, false), "on main and 1 other reference");
        assert_eq!(names(&all[..2], false), "on main", "HEAD is main");
        assert_eq!(names(&all[..1], false), "on HEAD");
        assert_eq!(names(&all, true), "on main, HEAD, refs/tags/v1");
    }

    #[test]
    fn marks_are_below_wide_characters() {
        let text = Fixture::of_line("\u{4e2d}\u{6587} e\u{301} ").write(Format::Text);
        // Two cells each, and none for the accent.
        assert!(text.contains("\n    |        ^^^^^^^^\n"), "{text}");
    }

    #[test]
    fn lines_are_wrapped_between_words() {
        let style = TextStyle { width: Some(24), ..TextStyle::default() };
        let text = Fixture::new(false).write_styled(Format::Text, style);
        assert!(text.starts_with("3 secrets in 3 places of\n  2 files: 2 critical, 1\n"), "{text}");
        assert!(
            text.contains("\n    by hand: Acme\n      console, Keys,\n      Revoke\n"),
            "{text}"
        );
        assert!(text.contains("      https://acme.example/keys\n"), "an address is whole: {text}");
    }

    #[test]
    fn facts_are_told() {
        let text = Fixture::odd().write(Format::Text);
        assert!(
            text.contains(
                "  routable, critical severity, proved\n  facts: cell 1, organization 1, user 123\n"
            ),
            "{text}"
        );
    }

    #[test]
    fn colours_only_add_escape_codes() {
        let fixture = Fixture::new(false);
        let coloured = fixture
            .write_styled(Format::Text, TextStyle { is_coloured: true, ..TextStyle::default() });
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
        let style = TextStyle { is_verbose: true, ..TextStyle::default() };
        let text = Fixture::new(true).write_styled(Format::Text, style);
        assert!(text.contains(concat!("  secret: acme", "_0123a4567b89cdef\n")), "{text}");
        assert_eq!(text.matches("  fingerprint: ").count(), 3);
    }
}
