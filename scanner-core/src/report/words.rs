//! Text of findings, made fit for a report: in one line, without characters that change how the
//! rest looks, no longer than a limit.

use crate::finding::Finding;
use crate::finding::provenance::Commit;
use crate::rules::rule::Rule;
use crate::text::escape::escape;
use crate::verdict::Severity;

/// Enough digits of a commit's id to find it.
const DIGITS_OF_COMMIT: usize = 12;

/// A text in one line. The scanned tree can bring rule files along, so their text is no safer than
/// a path.
pub(super) fn one_line(text: &str) -> String {
    escape(text.trim().chars().map(|c| if c == '\n' { ' ' } else { c }))
}

/// The text with its lines, without characters that change how the rest looks.
#[cfg(feature = "sarif")]
pub(super) fn lines(text: &str) -> String {
    text.lines().map(|line| escape(line.chars())).collect::<Vec<_>>().join("\n")
}

/// The first `most` characters; an ellipsis stands for what is cut off.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            text.chars().take(most.saturating_sub(1)).chain(['\u{2026}']).take(most).collect()
        }
    }
}

/// The path from the root of the repository, or from the scanned folder, in one line. Bytes that
/// are not UTF-8 are replaced.
pub(super) fn path_from_root(finding: &Finding) -> String {
    escape(String::from_utf8_lossy(finding.from_root()).chars())
}

/// Path, line and column.
pub(super) fn place(finding: &Finding) -> String {
    let start = finding.start();
    format!("{}:{}:{}", path_from_root(finding), start.line, start.column)
}

/// The name of a rule and how sure the finding is, such as `GitLab deploy token (high severity,
/// proved)`.
pub(super) fn headline(finding: &Finding) -> String {
    let rule = finding.rule();
    format!("{} ({})", one_line(rule.name()), judgement(finding))
}

/// Severity and confidence, labelled.
pub(super) fn judgement(finding: &Finding) -> String {
    format!("{} severity, {}", finding.rule().severity(), finding.confidence())
}

/// What the rule says about its secrets; its name where it says nothing.
pub(super) fn about(rule: &Rule) -> String {
    one_line(if rule.description().is_empty() { rule.name() } else { rule.description() })
}

/// What to do about a leak: each way with its text. Empty where the rule does not know.
pub(super) fn remedies(rule: &Rule) -> Vec<(&'static str, String)> {
    let remediation = rule.remediation();
    [("by hand", remediation.ui()), ("by API", remediation.api()), ("see", rule.url())]
        .into_iter()
        .filter(|(_, what)| !what.is_empty())
        .map(|(way, what)| (way, one_line(what)))
        .collect()
}

/// The commit that introduced a finding, in a few words.
pub(super) fn commit(commit: &Commit) -> String {
    let day = commit.date.split('T').next().unwrap_or_default();
    let author = one_line(&commit.author);
    format!("commit {} of {} by {author}", short_id(&commit.id), one_line(day))
}

/// The beginning of a commit's id.
pub(super) fn short_id(id: &str) -> &str {
    id.get(..DIGITS_OF_COMMIT).unwrap_or(id)
}

/// A number with its noun, such as `1 file` or `2 files`.
pub(super) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{plural}")
}

/// A severity with a capital, as GitLab writes it.
pub(super) fn capitalised(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "Info",
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
        Severity::Critical => "Critical",
    }
}

/// A relative reference of RFC 3986: everything but unreserved characters and slashes is encoded,
/// so a colon or an umlaut in a name is too.
pub(super) fn percent_encoded(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(*byte))
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_nouns() {
        for (number, expected) in
            [(0, "0 files"), (1, "1 file"), (999, "999 files"), (1_234_567, "1,234,567 files")]
        {
            assert_eq!(count(number, "file"), expected);
        }
    }

    #[test]
    fn cut_text_says_so() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab\u{2026}");
        assert_eq!(cut("abcd", 0), "");
    }
}
