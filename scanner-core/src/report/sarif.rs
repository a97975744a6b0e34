//! SARIF 2.1.0, as GitLab and GitHub read it.
//!
//! Both have limits, and drop or refuse what goes past them without much of a word. So the limits are kept here, the
//! surest and most severe findings first, and what is left out is told in a notification. Secrets are never in it, also
//! where they are shown in other formats: forges keep these files.
//!
//! Sources: the OASIS standard; GitLab's documentation of `artifacts:reports:sarif`; GitHub's "SARIF support for code
//! scanning".

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactContent, ArtifactLocation, Invocation, Location, Message, MultiformatMessageString, Notification,
    PhysicalLocation, PropertyBag, Region, ReportingConfiguration, ReportingDescriptor, Result as SarifResult,
    ResultLevel, Run, SCHEMA_URL, Sarif, Tool, ToolComponent,
};

use super::Report;
use crate::coverage::{Coverage, Tally};
use crate::finding::Finding;
use crate::rule::Rule;
use crate::verdict::{Confidence, Severity};

/// GitLab reads so many results of a run; GitHub shows as many.
const MOST_RESULTS: usize = 5000;
/// GitLab's limit for a file is 10 MB. Results are left out before the rest no longer fits.
const MOST_BYTES_OF_RESULTS: usize = 8_000_000;
/// GitLab's limit for messages and descriptions.
const MOST_CHARS: usize = 1024;
const MOST_CHARS_OF_URI: usize = 2048;
const ROOT: &str = "%SRCROOT%";
/// Names the way a fingerprint is made, so that another way can be told apart.
const FINGERPRINT_KEY: &str = "tokensieve/v1";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules_of(report.findings);
    let (results, left_out) = results(report.findings, &rules);
    let driver = ToolComponent::builder()
        .name("Tokensieve")
        .version(report.tool_version)
        .semantic_version(report.tool_version)
        .rules(rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>())
        .build();
    let description = Message::builder().text("The root of the repository, or the scanned folder.").build();
    let root = ArtifactLocation::builder().description(description).build();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation(report.coverage, left_out)])
        .results(results)
        .column_kind(json!("unicodeCodePoints"))
        .original_uri_base_ids(BTreeMap::from([(ROOT.to_owned(), root)]))
        .build();
    let document = Sarif::builder().version(json!("2.1.0")).schema(SCHEMA_URL).runs(vec![run]).build();
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")
}

/// The rules of the findings, by id.
fn rules_of(findings: &[Finding]) -> Vec<&Rule> {
    let by_id: BTreeMap<&str, &Rule> = findings.iter().map(|finding| (finding.rule().id(), finding.rule())).collect();
    by_id.into_values().collect()
}

/// The results that fit, in the order of the findings, and the number of those that do not.
fn results(findings: &[Finding], rules: &[&Rule]) -> (Vec<SarifResult>, usize) {
    let mut by_weight: Vec<usize> = (0..findings.len()).collect();
    by_weight.sort_by_key(|index| {
        let finding = &findings[*index];
        core::cmp::Reverse((finding.rule().severity(), finding.confidence()))
    });
    let mut kept: Vec<(usize, SarifResult)> = Vec::new();
    let mut bytes = 0;
    for index in by_weight.into_iter().take(MOST_RESULTS) {
        let result = result(&findings[index], rules);
        bytes += serde_json::to_vec(&result).map_or(0, |text| text.len() + 1);
        if bytes > MOST_BYTES_OF_RESULTS {
            break;
        }
        kept.push((index, result));
    }
    let left_out = findings.len() - kept.len();
    kept.sort_by_key(|(index, _)| *index);
    (kept.into_iter().map(|(_, result)| result).collect(), left_out)
}

fn result(finding: &Finding, rules: &[&Rule]) -> SarifResult {
    let rule = finding.rule();
    let excerpt = finding.excerpt();
    let line = format!("{}{}{}", excerpt.before, excerpt.redacted, excerpt.after);
    let (start, end) = (finding.start(), finding.end());
    let text = |text: &str| ArtifactContent::builder().text(text).build();
    let region = Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .snippet(text(&excerpt.redacted))
        .build();
    let line = Region::builder().start_line(number(start.line)).end_line(number(end.line)).snippet(text(&line)).build();
    let artifact =
        ArtifactLocation::builder().uri(percent_encoded(finding.from_root())).uri_base_id(ROOT.to_owned()).build();
    let place = PhysicalLocation::builder().artifact_location(artifact).region(region).context_region(line).build();
    let index = rules.binary_search_by(|known| known.id().cmp(rule.id())).ok();
    let fingerprint = finding.fingerprint();
    SarifResult::builder()
        .rule_id(rule.id())
        .rule_index(index.map_or(-1, number))
        .level(level(rule.severity()))
        .message(message(&format!("{} ({}): {}", rule.name(), finding.confidence(), finding.redacted())))
        .locations(vec![Location::builder().physical_location(place).build()])
        .partial_fingerprints(BTreeMap::from([(FINGERPRINT_KEY.to_owned(), fingerprint.fingerprint.to_string())]))
        .properties(bag([
            ("confidence", json!(finding.confidence())),
            ("facts", json!(finding.facts())),
            ("secretId", json!(fingerprint.secret_id)),
        ]))
        .build()
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let plain = |text: &str| MultiformatMessageString::builder().text(cut(text)).build();
    let about = if rule.description().is_empty() { rule.name() } else { rule.description() };
    let precision = if rule.confidence() == Confidence::Possible { "medium" } else { "very-high" };
    let help = MultiformatMessageString::builder().text(cut(&help(rule, ""))).markdown(cut(&help(rule, "**"))).build();
    let mut descriptor = ReportingDescriptor::builder()
        .id(rule.id())
        .name(rule.name())
        .short_description(plain(rule.name()))
        .full_description(plain(about))
        .help(help)
        .default_configuration(ReportingConfiguration::builder().level(json!(level(rule.severity()))).build())
        .properties(bag([
            ("security-severity", json!(security_severity(rule.severity()))),
            ("precision", json!(precision)),
            ("tags", json!(["security", "secret", "cwe-798", "external/cwe/cwe-798"])),
        ]))
        .build();
    if rule.url().starts_with("https://") && rule.url().len() <= MOST_CHARS_OF_URI {
        descriptor.help_uri = Some(rule.url().to_owned());
    }
    descriptor
}

/// What the secret can do and what to do about it. `strong` stands around headings.
fn help(rule: &Rule, strong: &str) -> String {
    let mut text = rule.description().to_owned();
    for (way, what) in [("Revoke or rotate by hand", rule.remedy().ui()), ("By API", rule.remedy().api())] {
        if !what.is_empty() {
            text += &format!("\n\n{strong}{way}:{strong} {what}");
        }
    }
    if text.is_empty() { rule.name().to_owned() } else { text }
}

/// What was not looked at, and what is not in this document.
fn invocation(coverage: &Coverage, left_out: usize) -> Invocation {
    let notification =
        |level: ResultLevel, text: String| Notification::builder().level(json!(level)).message(message(&text)).build();
    let told = |what: &str, tally: &Tally| format!("{}: {} ({})", what, tally.count(), tally.examples().join(", "));
    let gaps = coverage.skipped().filter(|(reason, _)| reason.is_gap());
    let mut notifications: Vec<Notification> = gaps
        .map(|(reason, tally)| {
            notification(ResultLevel::Error, told(&format!("Not scanned, {}", reason.as_str()), tally))
        })
        .collect();
    notifications.extend(
        coverage.unopened().map(|(kind, tally)| {
            notification(ResultLevel::Note, told(&format!("Not opened, {}", kind.as_str()), tally))
        }),
    );
    if left_out > 0 {
        notifications.push(notification(
            ResultLevel::Warning,
            format!("{left_out} results are left out, since the formats of forges have limits. JSON has all of them."),
        ));
    }
    Invocation::builder()
        .execution_successful(coverage.is_complete())
        .tool_execution_notifications(notifications)
        .build()
}

fn level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Critical | Severity::High => ResultLevel::Error,
        Severity::Medium => ResultLevel::Warning,
        Severity::Low | Severity::Info => ResultLevel::Note,
    }
}

/// In the bands of both forges: above 9.0 critical, from 7.0 high, from 4.0 medium.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
        Severity::Info => "0.0",
    }
}

fn message(text: &str) -> Message {
    Message::builder().text(cut(text)).build()
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARS) {
        None => text.to_owned(),
        Some(_) => text.chars().take(MOST_CHARS - 1).chain(['\u{2026}']).collect(),
    }
}

fn bag<const N: usize>(properties: [(&str, serde_json::Value); N]) -> PropertyBag {
    let properties: BTreeMap<String, serde_json::Value> =
        properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    PropertyBag::builder().additional_properties(properties).build()
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A relative reference of RFC 3986: everything but unreserved characters and slashes is encoded, so a colon or an
/// umlaut in a name is too.
fn percent_encoded(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(*byte)),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::Fixture;
    use super::*;

    fn parsed(text: &str) -> Run {
        let mut document: Sarif = serde_json::from_str(text).unwrap();
        assert_eq!(document.version, json!("2.1.0"));
        assert_eq!(document.runs.len(), 1);
        document.runs.remove(0)
    }

    /// What both forges ask for.
    fn check(run: &Run) {
        let rules = run.tool.driver.rules.as_ref().unwrap();
        for result in run.results.as_ref().unwrap() {
            let index = usize::try_from(result.rule_index.unwrap()).unwrap();
            assert_eq!(Some(&rules[index].id), result.rule_id.as_ref());
            let place = result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
            let region = place.region.as_ref().unwrap();
            assert!(region.start_line.unwrap() >= 1 && region.start_column.unwrap() >= 1);
            assert!((region.end_line, region.end_column) > (region.start_line, region.start_column));
            let artifact = place.artifact_location.as_ref().unwrap();
            let uri = artifact.uri.as_ref().unwrap();
            assert!(!uri.starts_with('/') && uri.is_ascii() && !uri.contains([' ', '#', '?', ':']), "{uri}");
            assert_eq!(artifact.uri_base_id.as_deref(), Some(ROOT));
            assert!(result.message.text.as_ref().unwrap().chars().count() <= MOST_CHARS);
            assert!(result.partial_fingerprints.as_ref().unwrap().contains_key(FINGERPRINT_KEY));
        }
        for rule in rules {
            let properties = rule.properties.as_ref().unwrap();
            let tags = properties.tags.as_ref().unwrap();
            assert!(tags.iter().any(|tag| tag == "cwe-798") && tags.len() <= 10);
            let severity = &properties.additional_properties["security-severity"];
            assert!((0.0..=10.0).contains(&severity.as_str().unwrap().parse::<f64>().unwrap()));
            assert!(rule.help.as_ref().unwrap().text.chars().count() <= MOST_CHARS);
        }
    }

    #[test]
    fn findings_with_their_places_and_gaps() {
        let run = parsed(&Fixture::new(true).write(Format::Sarif));
        check(&run);
        let results = run.results.as_ref().unwrap();
        assert_eq!(results.len(), 3);
        let place = results[0].locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap();
        let uri = place.artifact_location.as_ref().unwrap().uri.as_deref();
        assert_eq!(uri, Some("sub/caf%E9%20%231%3F.txt"));
        let region = place.region.as_ref().unwrap();
        assert_eq!((region.start_line, region.start_column, region.end_column), (Some(2), Some(7), Some(28)));
        assert_eq!(region.snippet.as_ref().unwrap().text.as_deref(), Some("acme_..."));
        let invocation = &run.invocations.as_ref().unwrap()[0];
        assert!(!invocation.execution_successful);
        let told = invocation.tool_execution_notifications.as_ref().unwrap();
        assert_eq!(told[0].message.text.as_deref(), Some("Not scanned, unreadable: 1 (locked)"));
        // Not even where secrets are shown elsewhere.
        let text = Fixture::new(true).write(Format::Sarif);
        assert!(Fixture::new(true).secrets().iter().all(|secret| !text.contains(secret)));
    }

    #[test]
    fn an_empty_run() {
        let run = parsed(&Fixture::empty().write(Format::Sarif));
        check(&run);
        assert_eq!(run.results, Some(Vec::new()));
        assert!(run.invocations.as_ref().unwrap()[0].execution_successful);
    }

    #[test]
    fn limits_are_kept_and_told() {
        let text = Fixture::of_many(MOST_RESULTS + 7).write(Format::Sarif);
        assert!(text.len() < 10_000_000);
        let run = parsed(&text);
        check(&run);
        assert_eq!(run.results.as_ref().unwrap().len(), MOST_RESULTS);
        let told = run.invocations.as_ref().unwrap()[0].tool_execution_notifications.as_ref().unwrap();
        assert!(told[0].message.text.as_ref().unwrap().starts_with("7 results are left out"), "{told:?}");
        assert_eq!(cut(&"\u{e4}".repeat(2000)).chars().count(), MOST_CHARS);
    }

    #[test]
    fn uris() {
        assert_eq!(percent_encoded("a b/\u{e4}:c%.txt".as_bytes()), "a%20b/%C3%A4%3Ac%25.txt");
    }
}
