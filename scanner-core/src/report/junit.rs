//! JUnit's XML, as test reports of CI systems read it: a finding is a failed test, a gap is one
//! that could not run, and that everything was looked at is one that passed.

use std::io::{self, Write};

use crate::finding::Finding;
use crate::report::model::Report;
use crate::report::words::{
    commit, headline, judgement, one_line, path_from_root, place, remedies,
};

/// Writes the document. Memory does not grow with the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let gaps = report.coverage.skipped().filter(|(reason, _)| reason.is_gap()).count();
    let skipped = report.findings.iter().filter(|finding| finding.suppression().is_some()).count();
    let failures = report.findings.len() - skipped;
    // The last one is about the scan itself, where nothing was in its way.
    let tests = report.findings.len() + gaps.max(1);
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="{gaps}""#);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="Tokensieve" {counts}>"#)?;
    writeln!(out, r#"<testsuite name="secrets" {counts} skipped="{skipped}">"#)?;
    for finding in report.findings {
        write_finding(report, finding, out)?;
    }
    for (reason, tally) in report.coverage.skipped().filter(|(reason, _)| reason.is_gap()) {
        let name = format!("Not scanned: {}", reason.as_str());
        writeln!(out, r#"<testcase classname="coverage" name="{}">"#, escaped(&name))?;
        let examples = one_line(&tally.examples().join(", "));
        let message = format!("{} {}: {examples}", tally.count(), reason.as_str());
        writeln!(out, r#"<error type="{}" message="{}"/>"#, reason.as_str(), escaped(&message))?;
        writeln!(out, "</testcase>")?;
    }
    if gaps == 0 {
        writeln!(out, r#"<testcase classname="coverage" name="Everything was scanned"/>"#)?;
    }
    writeln!(out, "</testsuite>")?;
    writeln!(out, "</testsuites>")
}

fn write_finding(report: &Report<'_>, finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let id = escaped(finding.rule().id());
    let name = format!("{} at {}", one_line(finding.rule().name()), place(finding));
    writeln!(
        out,
        r#"<testcase classname="{id}" name="{}" file="{}" line="{}">"#,
        escaped(&name),
        escaped(&path_from_root(finding)),
        finding.start().line
    )?;
    if let Some(suppression) = finding.suppression() {
        let why = one_line(&suppression.in_words());
        writeln!(out, r#"<skipped message="{}"/>"#, escaped(&why))?;
    } else {
        let message = format!("{}: {}", headline(finding), finding.redacted());
        write!(out, r#"<failure type="{id}" message="{}">"#, escaped(&message))?;
        writeln!(out, "{}", escaped(&body(report, finding)))?;
        writeln!(out, "</failure>")?;
    }
    writeln!(out, "</testcase>")
}

/// Place, line, origin and what to do, one a line.
fn body(report: &Report<'_>, finding: &Finding) -> String {
    let excerpt = finding.excerpt();
    let mut lines = vec![
        place(finding),
        format!("line: {}{}{}", excerpt.before, excerpt.redacted, excerpt.after),
        judgement(finding),
        format!("fingerprint: {}", finding.fingerprint().fingerprint),
    ];
    let introduced = finding.provenance().and_then(|from| from.commit.as_ref());
    lines.extend(introduced.map(commit));
    lines.extend(report.link_to(finding));
    lines.extend(remedies(finding.rule()).iter().map(|(way, what)| format!("{way}: {what}")));
    lines.join("\n")
}

/// Text for an element or a quoted attribute. It has gone through the escaping of the terminal, so
/// two code points are left that XML does not allow.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::Fixture;
    use super::*;

    /// Reads the elements of a document, in their order: enough of XML for what is written here.
    fn elements(text: &str) -> Vec<(String, String)> {
        let mut open: Vec<String> = Vec::new();
        let mut all = Vec::new();
        for part in text.split('<').skip(1) {
            let (tag, rest) = part.split_once('>').expect("a tag ends");
            assert!(!rest.contains('>'), "{rest}");
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name));
            } else if !tag.starts_with('?') {
                assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
                let name = tag.split([' ', '/']).next().unwrap().to_owned();
                if !tag.ends_with('/') {
                    open.push(name.clone());
                }
                all.push((name, tag.to_owned()));
            }
        }
        assert_eq!(open, Vec::<String>::new());
        all
    }

    fn names(fixture: &Fixture) -> Vec<String> {
        elements(&fixture.write(Format::Junit)).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn findings_fail_and_gaps_are_errors() {
        let text = Fixture::new(false).write(Format::Junit);
        let all = elements(&text);
        assert_eq!(all[0].1, r#"testsuites name="Tokensieve" tests="4" failures="3" errors="1""#);
        let count = |wanted: &str| all.iter().filter(|(name, _)| name == wanted).count();
        assert_eq!((count("testcase"), count("failure"), count("error")), (4, 3, 1));
        assert!(text.contains("line: \u{e4} key=acme_...; acmeword=[redacted]\n"), "{text}");
        assert!(text.contains("\nby API: DELETE /v1/keys/:id\n"), "{text}");
    }

    #[test]
    fn an_empty_run_has_a_test_that_passed() {
        assert_eq!(names(&Fixture::empty()), ["testsuites", "testsuite", "testcase"]);
    }

    #[test]
    fn hostile_names_add_no_elements() {
        let count =
            |fixture: &Fixture| names(fixture).iter().filter(|name| *name == "testcase").count();
        assert_eq!(count(&Fixture::hostile()), Fixture::hostile().len() + 1);
        assert_eq!(names(&Fixture::suppressed())[3], "skipped");
        assert_eq!(escaped("<&>\"'\u{ffff}"), "&lt;&amp;&gt;&quot;&#39;\u{fffd}");
    }
}
