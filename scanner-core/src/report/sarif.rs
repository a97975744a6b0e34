//! SARIF 2.1.0, as GitLab and GitHub read it.
//!
//! Both have limits, and drop or refuse what exceeds them with hardly a word. So this writer keeps
//! the limits: it writes the surest and most severe findings first, and a notification says how
//! many it left out. Secrets are never in it, also where they are shown in other formats: forges
//! keep these files.
//!
//! Sources: the OASIS standard; GitLab's documentation of `artifacts:reports:sarif`; GitHub's
//! "SARIF support for code scanning".

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;
use serde_sarif::sarif::{
    ArtifactContent, ArtifactLocation, Invocation, Location, Message, MultiformatMessageString,
    Notification, PhysicalLocation, PropertyBag, Region, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run, SCHEMA_URL, Sarif,
    Suppression as SarifSuppression, Tool, ToolComponent, VersionControlDetails,
};

use crate::finding::Finding;
use crate::finding::coverage::{Coverage, RepositorySource, Tally};
use crate::finding::provenance::{Commit, Provenance};
use crate::report::escaped::write_json;
use crate::report::model::Report;
use crate::report::words::{cut, lines, percent_encoded};
use crate::rules::rule::Rule;
use crate::suppress::suppression::Suppression;
use crate::verdict::{Confidence, Severity};

/// GitLab reads this many results of a run; GitHub shows as many.
const MOST_RESULTS: usize = 5000;
/// GitLab's limit for a file is 10 MB. The rest of the file, mostly notifications, fits in the
/// difference.
const MOST_BYTES_OF_RULES_AND_RESULTS: usize = 9_800_000;
/// GitLab's limit for messages and descriptions.
const MOST_CHARS: usize = 1024;
const MOST_CHARS_OF_URI: usize = 2048;
/// GitHub's limit for the names of rules.
const MOST_CHARS_OF_NAME: usize = 255;
const ROOT: &str = "%SRCROOT%";
/// How much of an author's name messages have.
const MOST_CHARS_OF_AUTHOR: usize = 100;
/// How many digits of a commit's id messages have; properties have all of them.
const DIGITS_OF_COMMIT: usize = 12;
/// Names the way a fingerprint is made, so that another way can be told apart.
/// `primaryLocationLineHash`, the one that GitHub goes by, is left to its upload action: it adds
/// the hash to results without one, and warns about each result that brings a different one.
const FINGERPRINT_KEY: &str = "tokensieve/v1";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rules = rules_of(report.findings);
    let descriptors: Vec<_> = rules.iter().map(|rule| descriptor(rule)).collect();
    let budget = MOST_BYTES_OF_RULES_AND_RESULTS.saturating_sub(size(&descriptors)?);
    let (results, left_out) = results(report.findings, &rules, budget)?;
    let driver = ToolComponent::builder()
        .name("Tokensieve")
        .version(report.tool_version)
        .semantic_version(report.tool_version)
        .rules(descriptors)
        .build();
    let description =
        Message::builder().text("The root of the repository, or the scanned folder.").build();
    let root = ArtifactLocation::builder().description(description).build();
    let mut run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .invocations(vec![invocation(report.coverage, left_out)])
        .results(results)
        .column_kind(json!("unicodeCodePoints"))
        .original_uri_base_ids(BTreeMap::from([(ROOT.to_owned(), root)]))
        .build();
    run.version_control_provenance =
        report.coverage.repository.as_ref().map(|source| vec![version_control(source)]);
    let document =
        Sarif::builder().version(json!("2.1.0")).schema(SCHEMA_URL).runs(vec![run]).build();
    write_json(&document, out)?;
    out.write_all(b"\n")
}

/// The rules of the findings, by id.
fn rules_of(findings: &[Finding]) -> Vec<&Rule> {
    let by_id: BTreeMap<&str, &Rule> =
        findings.iter().map(|finding| (finding.rule().id(), finding.rule())).collect();
    by_id.into_values().collect()
}

/// The results that fit, in the order of the findings, and the number of those that do not.
fn results(
    findings: &[Finding],
    rules: &[&Rule],
    budget: usize,
) -> io::Result<(Vec<SarifResult>, usize)> {
    let mut by_weight: Vec<usize> = (0..findings.len()).collect();
    by_weight.sort_by_key(|index| {
        let finding = &findings[*index];
        let is_refuted = finding.confidence() == Confidence::Refuted;
        let is_open = finding.suppression().is_none();
        core::cmp::Reverse((is_open, !is_refuted, finding.rule().severity(), finding.confidence()))
    });
    // The standard wants both on all results of a run or on none.
    let tells_suppressions = findings.iter().any(|finding| finding.suppression().is_some());
    let tells_old = findings.iter().any(|finding| !finding.is_new());
    let mut kept: Vec<(usize, SarifResult)> = Vec::new();
    let mut bytes = 0;
    for index in by_weight.into_iter().take(MOST_RESULTS) {
        let mut result = result(&findings[index], rules);
        if tells_suppressions {
            result.suppressions =
                Some(findings[index].suppression().map(suppression).into_iter().collect());
        }
        if tells_old {
            let state = if findings[index].is_new() { "new" } else { "unchanged" };
            result.baseline_state = Some(json!(state));
        }
        bytes += size(&result)?;
        if bytes > budget {
            break;
        }
        kept.push((index, result));
    }
    let left_out = findings.len() - kept.len();
    kept.sort_by_key(|(index, _)| *index);
    Ok((kept.into_iter().map(|(_, result)| result).collect(), left_out))
}

fn result(finding: &Finding, rules: &[&Rule]) -> SarifResult {
    let rule = finding.rule();
    let excerpt = finding.excerpt();
    let (start, end) = (finding.start(), finding.end());
    let text = |text: &str| ArtifactContent::builder().text(text).build();
    let region = Region::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .snippet(text(excerpt.redacted))
        .build();
    let mut place = PhysicalLocation::builder()
        .artifact_location(artifact(finding.from_root()))
        .region(region)
        .build();
    // The standard wants more in the context than in the region.
    if !(excerpt.before.is_empty() && excerpt.after.is_empty()) {
        let line = format!("{}{}{}", excerpt.before, excerpt.redacted, excerpt.after);
        let line = Region::builder()
            .start_line(number(start.line))
            .end_line(number(end.line))
            .snippet(text(&line));
        place.context_region = Some(line.build());
    }
    let index = rules.binary_search_by(|known| known.id().cmp(rule.id())).ok();
    let fingerprint = finding.fingerprint();
    let decoded = (!finding.decoded().is_empty()).then(|| ("decoded", json!(finding.decoded())));
    let verification =
        finding.verification().map(|verification| ("verification", json!(verification)));
    let history = finding.provenance().map(history).unwrap_or_default();
    SarifResult::builder()
        .rule_id(rule.id())
        .rule_index(index.map_or(-1, number))
        .level(if finding.confidence() == Confidence::Refuted {
            ResultLevel::Note
        } else {
            level(rule.severity())
        })
        .message(message(&format!(
            "{} ({}): {}{}",
            rule.name(),
            finding.confidence(),
            finding.redacted(),
            finding.provenance().map(history_in_words).unwrap_or_default()
        )))
        .locations(vec![Location::builder().physical_location(place).build()])
        .partial_fingerprints(BTreeMap::from([(
            FINGERPRINT_KEY.to_owned(),
            fingerprint.fingerprint.to_string(),
        )]))
        .properties(bag([
            ("confidence", json!(finding.confidence())),
            ("facts", json!(finding.facts())),
            ("secretId", json!(fingerprint.secret_id)),
        ]
        .into_iter()
        .chain(decoded)
        .chain(verification)
        .chain(history)))
        .build()
}

/// Where a secret comes from, as the end of a sentence that names it.
fn history_in_words(provenance: &Provenance) -> String {
    let introduced = provenance.commit.as_ref().map_or_else(
        || ", in no commit".to_owned(),
        |Commit { id, author, date, .. }| {
            let id: String = id.chars().take(DIGITS_OF_COMMIT).collect();
            let day = date.split('T').next().unwrap_or_default();
            let author = cut(author, MOST_CHARS_OF_AUTHOR);
            format!(", introduced in commit {id} of {day} by {author}")
        },
    );
    let head = if provenance.in_head { "still in HEAD" } else { "not in HEAD" };
    let references = match provenance.refs.count() {
        1 => "1 reference leads".to_owned(),
        count => format!("{count} references lead"),
    };
    format!("{introduced}, {head}; {references} to it")
}

/// The same as properties of a result.
fn history(provenance: &Provenance) -> Vec<(&'static str, serde_json::Value)> {
    let mut properties = vec![
        ("inHead", json!(provenance.in_head)),
        ("references", json!(provenance.refs.count())),
        ("introductions", json!(provenance.place_count)),
    ];
    if let Some(commit) = &provenance.commit {
        let text = |text: &str| json!(cut(&lines(text), MOST_CHARS));
        properties.extend([
            ("commit", json!(commit.id)),
            ("author", text(&commit.author)),
            ("email", text(&commit.email)),
            ("date", json!(commit.date)),
        ]);
    }
    properties.extend(provenance.last_commit.as_ref().map(|id| ("lastCommit", json!(id))));
    if let Some(removed) = &provenance.removed {
        properties.push(("removedBy", json!(removed.id)));
        properties.push(("removedOn", json!(removed.date)));
    }
    properties.extend(provenance.exposed_days.map(|days| ("exposedDays", json!(days))));
    properties
}

/// The repository whose root `%SRCROOT%` is.
fn version_control(source: &RepositorySource) -> VersionControlDetails {
    let root = ArtifactLocation::builder().uri_base_id(ROOT.to_owned()).build();
    let mut details =
        VersionControlDetails::builder().repository_uri(source.uri.clone()).mapped_to(root).build();
    details.revision_id.clone_from(&source.revision);
    details
}

fn suppression(suppression: &Suppression) -> SarifSuppression {
    let kind = if suppression.is_in_source { "inSource" } else { "external" };
    SarifSuppression::builder()
        .kind(json!(kind))
        .status(json!("accepted"))
        .justification(cut(&lines(&suppression.in_words()), MOST_CHARS))
        .build()
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let plain = |text: &str| {
        MultiformatMessageString::builder().text(cut(&lines(text), MOST_CHARS)).build()
    };
    let about = if rule.description().is_empty() { rule.name() } else { rule.description() };
    let help =
        MultiformatMessageString::builder().text(help(rule, "")).markdown(help(rule, "**")).build();
    let mut descriptor = ReportingDescriptor::builder()
        .id(rule.id())
        .name(cut(&lines(rule.name()), MOST_CHARS_OF_NAME))
        .short_description(plain(rule.name()))
        .full_description(plain(about))
        .help(help)
        .default_configuration(
            ReportingConfiguration::builder().level(json!(level(rule.severity()))).build(),
        )
        .properties(bag([
            ("security-severity", json!(security_severity(rule.severity()))),
            ("precision", json!(precision(rule))),
            ("tags", json!(["security", "secret", "cwe-798", "external/cwe/cwe-798"])),
        ]))
        .build();
    if rule.url().starts_with("https://") && rule.url().len() <= MOST_CHARS_OF_URI {
        descriptor.help_uri = Some(rule.url().to_owned());
    }
    descriptor
}

/// What the secret can do and what to do about it, of which the second is not cut for the sake of
/// the first. `strong` stands around headings.
fn help(rule: &Rule, strong: &str) -> String {
    let text = |text: &str| {
        let text = lines(text);
        // A forge takes `<id>` in markdown for HTML and hides it.
        if strong.is_empty() { text } else { text.replace('<', "\\<") }
    };
    let mut remediation = String::new();
    for (way, what) in [
        ("Revoke or rotate by hand", rule.remediation().ui()),
        ("By API", rule.remediation().api()),
    ] {
        if !what.is_empty() {
            remediation += &format!("\n\n{strong}{way}:{strong} {}", text(what));
        }
    }
    let about = if rule.description().is_empty() { rule.name() } else { rule.description() };
    let room = MOST_CHARS.saturating_sub(remediation.chars().count());
    cut(&(cut(&text(about), room) + &remediation), MOST_CHARS)
}

/// What was not looked at, and what is not in this document.
fn invocation(coverage: &Coverage, left_out: usize) -> Invocation {
    let notification = |level: ResultLevel, text: String| {
        Notification::builder().level(json!(level)).message(message(&text)).build()
    };
    let told = |what: &str, tally: &Tally| {
        format!("{}: {} ({})", what, tally.count(), tally.examples().join(", "))
    };
    let gaps = coverage.skipped().filter(|(reason, _)| reason.is_gap());
    let mut notifications: Vec<Notification> = gaps
        .map(|(reason, tally)| {
            notification(
                ResultLevel::Error,
                told(&format!("Not scanned, {}", reason.as_str()), tally),
            )
        })
        .collect();
    notifications.extend(coverage.unopened().map(|(kind, tally)| {
        notification(ResultLevel::Note, told(&format!("Not opened, {}", kind.as_str()), tally))
    }));
    notifications.extend(coverage.configuration.iter().map(|tree| {
        let takes = tree.takes_away.join(", ");
        let text = format!("{} of the scanned tree takes away: {takes}", tree.file);
        notification(ResultLevel::Note, text)
    }));
    if left_out > 0 {
        notifications.push(notification(
            ResultLevel::Warning,
            format!(
                "{left_out} results are left out, since the formats of forges have limits. \
                 JSON has all of them."
            ),
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

/// How seldom the rule is wrong, in GitHub's words.
fn precision(rule: &Rule) -> &'static str {
    match rule.confidence() {
        _ if rule.proof().is_some() => "very-high",
        Confidence::Proved | Confidence::Likely => "high",
        Confidence::Possible => "medium",
        Confidence::Refuted => "low",
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
    // A viewer makes links of `[text](target)`, and a path could be named so.
    Message::builder().text(cut(&lines(text).replace("](", "] ("), MOST_CHARS)).build()
}

/// The length in the document, with the comma behind it.
fn size(value: &impl serde::Serialize) -> io::Result<usize> {
    let mut text = Vec::new();
    write_json(value, &mut text)?;
    Ok(text.len() + 1)
}

fn bag<'k>(properties: impl IntoIterator<Item = (&'k str, serde_json::Value)>) -> PropertyBag {
    let properties: BTreeMap<String, serde_json::Value> =
        properties.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    PropertyBag::builder().additional_properties(properties).build()
}

fn number(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// Where a path is. An absolute one, as `--stdin-path` can give it, is not below the root.
fn artifact(from_root: &[u8]) -> ArtifactLocation {
    let uri = percent_encoded(from_root);
    if uri.starts_with('/') {
        return ArtifactLocation::builder().uri(format!("file://{uri}")).build();
    }
    ArtifactLocation::builder().uri(uri).uri_base_id(ROOT.to_owned()).build()
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
            assert!(
                (region.end_line, region.end_column) > (region.start_line, region.start_column)
            );
            let artifact = place.artifact_location.as_ref().unwrap();
            let uri = artifact.uri.as_ref().unwrap();
            assert!(
                !uri.starts_with('/') && uri.is_ascii() && !uri.contains([' ', '#', '?', ':']),
                "{uri}"
            );
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
        assert_eq!(
            (region.start_line, region.start_column, region.end_column),
            (Some(2), Some(7), Some(28))
        );
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
    fn odd_findings() {
        let run = parsed(&Fixture::odd().write(Format::Sarif));
        let results = run.results.as_ref().unwrap();
        let places: Vec<_> = results
            .iter()
            .map(|result| result.locations.as_ref().unwrap()[0].physical_location.as_ref().unwrap())
            .map(|place| place.artifact_location.as_ref().unwrap())
            .map(|artifact| (artifact.uri.as_deref().unwrap(), artifact.uri_base_id.as_deref()))
            .collect();
        let encoded = "a%C2%9B2J%1B%E2%80%AEb%0A%E2%80%A8%25%3A%C3%A4";
        assert_eq!(places, [("file:///x/y", None), (encoded, Some(ROOT)), ("z", Some(ROOT))]);
        // A refuted match is no error, whatever its severity.
        let levels: Vec<_> = results.iter().map(|result| result.level.unwrap()).collect();
        assert_eq!(levels, [ResultLevel::Error, ResultLevel::Error, ResultLevel::Note]);
        let facts = &results[1].properties.as_ref().unwrap().additional_properties["facts"];
        assert_eq!(facts, &json!({"cell": "1", "organization": "1", "user": "123"}));
        let help = run.tool.driver.rules.as_ref().unwrap()[0].help.as_ref().unwrap();
        assert_eq!(help.text.chars().count(), MOST_CHARS);
        assert!(
            help.text.ends_with("By API: DELETE /v1/keys/<id>"),
            "a long description leaves room for it"
        );
        assert!(help.markdown.as_ref().unwrap().ends_with(r"/v1/keys/\<id>"));
        let told =
            run.invocations.as_ref().unwrap()[0].tool_execution_notifications.as_ref().unwrap();
        assert_eq!(
            told[0].message.text.as_deref(),
            Some(r"Not scanned, unreadable: 1 (\u{202e}[a] (https://b))")
        );
        assert_eq!(told[1].message.text.as_deref(), Some(r"Not opened, archive: 1 (\u{9b}.zip)"));
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
        let told =
            run.invocations.as_ref().unwrap()[0].tool_execution_notifications.as_ref().unwrap();
        assert!(
            told[0].message.text.as_ref().unwrap().starts_with("7 results are left out"),
            "{told:?}"
        );
        assert_eq!(cut(&"\u{e4}".repeat(2000), MOST_CHARS).chars().count(), MOST_CHARS);
        assert_eq!(cut("abc", 0), "");
    }

    #[test]
    fn uris() {
        assert_eq!(percent_encoded("a b/\u{e4}:c%.txt".as_bytes()), "a%20b/%C3%A4%3Ac%25.txt");
    }
}
