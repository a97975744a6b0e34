//! Markdown for a comment on a merge request: a summary, a table of secrets, what to do.
//!
//! Forges limit comments: GitLab to a million characters, GitHub to 65,536. The document is kept
//! under the smaller limit, the worst secrets first, and says what is left out.
//!
//! Forges turn `@name` and `#1` into mentions and links, and read HTML. Whatever comes from a
//! scanned tree stands in `<code>`, where there are no mentions, with its marks as character
//! references.

use std::io::{self, Write};

use crate::finding::Finding;
use crate::report::groups::{self, Group, Totals};
use crate::report::model::Report;
use crate::report::words::{count, cut, judgement, one_line, place, remedies, short_id};

/// GitHub's limit is 65,536 characters. A byte is a character at most.
const MOST_BYTES: usize = 65_000;
/// What rows may take of it, so that there is room for what to do.
const MOST_BYTES_OF_ROWS: usize = 45_000;
/// More places of one secret are counted.
const MOST_PLACES: usize = 3;
/// Longer names are cut.
const MOST_CHARS: usize = 200;

/// Writes the document, at most 65,000 bytes.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let groups = groups::by_secret(report.findings);
    let mut text = summary(report, &groups);
    let shown = rows(report, &groups, &mut text);
    if shown < groups.len() {
        let rest = count(groups.len() - shown, "more secret");
        text += &format!("\n{rest}: a comment has a limit. Other formats have all of them.\n");
    }
    what_to_do(&groups[..shown], &mut text);
    out.write_all(text.as_bytes())
}

/// The heading, and what was not looked at.
fn summary(report: &Report<'_>, groups: &[Group<'_>]) -> String {
    let totals = Totals::of(groups);
    let mut text = if totals.secrets == 0 {
        "### No secrets found\n".to_owned()
    } else {
        format!(
            "### {} found\n\n{} in {}: {}.\n",
            count(totals.secrets, "secret"),
            count(totals.findings, "place"),
            count(totals.files, "file"),
            totals.in_words()
        )
    };
    if let Some(in_head) = totals.in_head.filter(|_| totals.secrets > 0) {
        text += &format!("\n{in_head} of {} still in HEAD.\n", totals.secrets);
    }
    for (reason, tally) in report.coverage.skipped().filter(|(reason, _)| reason.is_gap()) {
        let examples = code(&tally.examples().join(", "));
        let told = format!("{} {}", tally.count(), reason.as_str());
        text += &format!("\n**Not everything was scanned:** {told}: {examples}\n");
    }
    text
}

/// Appends the table; returns the number of secrets that fit.
fn rows(report: &Report<'_>, groups: &[Group<'_>], text: &mut String) -> usize {
    if groups.is_empty() {
        return 0;
    }
    *text += "\n| secret | severity | where | since |\n| --- | --- | --- | --- |\n";
    for (index, group) in groups.iter().enumerate() {
        let row = row(report, group);
        if text.len() + row.len() > MOST_BYTES_OF_ROWS {
            return index;
        }
        *text += &row;
    }
    groups.len()
}

fn row(report: &Report<'_>, group: &Group<'_>) -> String {
    let first = group.first();
    let mut places: Vec<String> =
        group.places().iter().take(MOST_PLACES).map(|finding| linked(report, finding)).collect();
    if group.places().len() > MOST_PLACES {
        places.push(format!("and {}", count(group.places().len() - MOST_PLACES, "other place")));
    }
    format!(
        "| {} {} | {} | {} | {} |\n",
        code(first.rule().name()),
        code(first.redacted()),
        state(first),
        places.join("<br>"),
        since(first)
    )
}

/// Severity, confidence, and what a service or somebody said of it.
fn state(finding: &Finding) -> String {
    let mut text = judgement(finding);
    if let Some(verification) = finding.verification() {
        text += &format!(", {}", verification.state);
    }
    if !finding.is_new() {
        text += ", was there before";
    }
    if let Some(suppression) = finding.suppression() {
        text += &format!(", suppressed: {}", code(&suppression.in_words()));
    }
    text
}

/// Who introduced it, when, in which commit.
fn since(finding: &Finding) -> String {
    let Some(provenance) = finding.provenance() else { return String::new() };
    let mut text = provenance.commit.as_ref().map_or_else(String::new, |commit| {
        let day = commit.date.split('T').next().unwrap_or_default();
        format!("{} {} {}", code(day), code(short_id(&commit.id)), code(&commit.author))
    });
    if !provenance.in_head {
        text += " (not in HEAD)";
    }
    text
}

fn linked(report: &Report<'_>, finding: &Finding) -> String {
    let place = code(&place(finding));
    // A template holds no character that would end an attribute.
    let link = |url: String| format!("<a href=\"{}\">{place}</a>", url.replace('&', "&amp;"));
    report.link_to(finding).map_or_else(|| place.clone(), link)
}

/// Appends what to do about each rule, as far as there is room.
fn what_to_do(groups: &[Group<'_>], text: &mut String) {
    const END: &str = "\n</details>\n";
    let rules = groups::rules(groups);
    let rules: Vec<_> = rules.into_iter().filter(|rule| !remedies(rule).is_empty()).collect();
    if rules.is_empty() {
        return;
    }
    *text += "\n<details><summary>What to do</summary>\n";
    for rule in rules {
        let mut part = format!("\n- {}\n", code(rule.name()));
        for (way, what) in remedies(rule) {
            part += &format!("  - {way}: {}\n", code(&what));
        }
        if text.len() + part.len() + END.len() > MOST_BYTES {
            break;
        }
        *text += &part;
    }
    *text += END;
}

/// Text of others in `<code>`, cut to a length that leaves room for others.
fn code(text: &str) -> String {
    let mut out = "<code>".to_owned();
    for c in cut(&one_line(text), MOST_CHARS).chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | '/' | '-' | '(' | ')') {
            out += &format!("&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out + "</code>"
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn summary_table_and_remedies() {
        let text = Fixture::repeated().write(Format::Markdown);
        let expected = "\
### 3 secrets found

6 places in 3 files: 2 critical, 1 medium (2 likely, 1 possible).

| secret | severity | where | since |
| --- | --- | --- | --- |
| <code>Acme key</code> <code>acme&#95;...</code> | critical severity, likely | \
<code>a.txt&#58;1&#58;1</code><br><code>a.txt&#58;2&#58;1</code><br>\
<code>b.txt&#58;1&#58;1</code> |  |
";
        assert!(text.starts_with(expected), "{text}");
        assert!(text.contains("<details><summary>What to do</summary>"), "{text}");
        assert!(text.contains("  - by API: <code>DELETE /v1/keys/&#58;id</code>\n"), "{text}");
        assert!(
            Fixture::new(false).write(Format::Markdown).contains("**Not everything was scanned")
        );
        assert_eq!(Fixture::empty().write(Format::Markdown), "### No secrets found\n");
    }

    #[test]
    fn nothing_of_others_is_markup() {
        let text = Fixture::hostile().write(Format::Markdown);
        // Whatever is left outside of <code> is ours, and in it there is no mark.
        let mut rest = text.as_str();
        while let Some((before, code)) = rest.split_once("<code>") {
            assert!(!before.contains(['@', '`', '!', '[']), "{before}");
            let (code, after) = code.split_once("</code>").unwrap();
            let marks = ['<', '>', '|', '`', '*', '_', '[', ']', '@', '!', '"', '\'', '~', '\\'];
            assert!(!code.contains(marks), "{code}");
            rest = after;
        }
        assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
    }

    #[test]
    fn it_fits_into_a_comment() {
        let text = Fixture::of_many(5000).write(Format::Markdown);
        assert!(text.len() <= MOST_BYTES, "{}", text.len());
        assert!(text.contains(" more secrets: a comment has a limit."), "{}", &text[40_000..]);
        assert!(text.contains("What to do") && text.ends_with("</details>\n"));
    }
}
