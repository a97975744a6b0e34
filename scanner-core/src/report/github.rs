//! Workflow commands of GitHub Actions: annotations at the lines of a pull request.
//!
//! The runner obeys what stands at the beginning of a line, so nothing of a finding may begin one,
//! and in a command percent signs, colons and commas are encoded. GitHub shows ten annotations of
//! each level a step; the log has all of them.

use std::io::{self, Write};

use crate::finding::Finding;
use crate::report::model::Report;
use crate::report::words::{commit, judgement, one_line, path_from_root, remedies};
use crate::verdict::{Confidence, Severity};

/// Writes one command a line, without suppressed findings. Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings.iter().filter(|finding| finding.suppression().is_none()) {
        let (start, end) = (finding.start(), finding.end());
        // The runner takes columns only of a single line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        writeln!(
            out,
            "::{} file={},line={},endLine={}{columns},title={}::{}",
            level(finding),
            property(&path_from_root(finding)),
            start.line,
            end.line,
            property(&one_line(finding.rule().name())),
            message(&words(finding))
        )?;
    }
    for (reason, tally) in report.coverage.skipped().filter(|(reason, _)| reason.is_gap()) {
        let examples = one_line(&tally.examples().join(", "));
        let text = format!("{} {}: {examples}", tally.count(), reason.as_str());
        writeln!(out, "::warning title=Not scanned::{}", message(&text))?;
    }
    Ok(())
}

fn level(finding: &Finding) -> &'static str {
    if finding.confidence() == Confidence::Refuted || !finding.is_new() {
        return "notice";
    }
    match finding.rule().severity() {
        Severity::Critical | Severity::High => "error",
        Severity::Medium | Severity::Low => "warning",
        Severity::Info => "notice",
    }
}

/// What it is, and what to do, in lines.
fn words(finding: &Finding) -> String {
    let mut lines = vec![format!("{} ({})", finding.redacted(), judgement(finding))];
    let introduced = finding.provenance().and_then(|from| from.commit.as_ref());
    lines.extend(introduced.map(commit));
    if !finding.is_new() {
        lines.push("was there before".to_owned());
    }
    lines.extend(remedies(finding.rule()).iter().map(|(way, what)| format!("{way}: {what}")));
    lines.join("\n")
}

/// The text of a command.
fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a command.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn findings_and_gaps_are_commands() {
        let text = Fixture::new(false).write(Format::Github);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[1],
            "::warning file=sub/caf\u{fffd} #1?.txt,line=2,endLine=2,col=39,endColumn=47,\
             title=Acme word::[redacted] (medium severity, possible)"
        );
        assert!(lines[0].starts_with("::error file="), "{text}");
        assert!(
            lines[0].ends_with("%0Aby API: DELETE /v1/keys/:id%0Asee: https://acme.example/keys")
        );
        assert_eq!(lines[3], "::warning title=Not scanned::1 unreadable: locked");
        assert_eq!(Fixture::empty().write(Format::Github), "");
    }

    #[test]
    fn no_name_becomes_a_command() {
        let fixture = Fixture::hostile();
        let text = fixture.write(Format::Github);
        assert_eq!(text.lines().count(), fixture.len());
        for line in text.lines() {
            let (command, rest) = line[2..].split_once(' ').unwrap();
            assert!(["error", "warning", "notice"].contains(&command), "{line}");
            // Properties end at the first `::`; each is one that was meant.
            let (properties, _) = rest.split_once("::").unwrap();
            let names: Vec<&str> =
                properties.split(',').map(|property| property.split_once('=').unwrap().0).collect();
            assert_eq!(names, ["file", "line", "endLine", "col", "endColumn", "title"], "{line}");
        }
        assert_eq!(property("a::b,c%\n"), "a%3A%3Ab%2Cc%25%0A");
    }
}
