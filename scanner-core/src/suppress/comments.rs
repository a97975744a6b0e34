//! Comments that allow a secret where it stands.
//!
//! ```text
//! token = "..."  # tokensieve:allow
//! token = "..."  # tokensieve:allow gitlab_deploy_token, gitlab-pat -- made up
//! # tokensieve:allow-next-line -- made up
//! token = "..."
//! ```
//!
//! Behind the word come ids of rules, separated by commas, then `--` and a reason; both can be
//! missing. Words without a comma between them are no ids: a reason whose `--` was forgotten allows
//! nothing. `gitleaks:allow` is honoured as gitleaks does.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::rules::rule::Rule;
use crate::text::context::LineContext;

/// Returns whether a text holds what [`WORD`] and [`GITLEAKS`] have in common. Most texts do not.
fn may_allow(text: &[u8]) -> bool {
    static COMMON: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b":allow"));
    COMMON.find(text).is_some()
}

const WORD: &[u8] = b"tokensieve:allow";
const NEXT_LINE: &[u8] = b"-next-line";
const GITLEAKS: &[u8] = b"gitleaks:allow";

/// A comment that allows a match.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AllowedBy<'t> {
    /// The line that it stands in, counted from the first line of the match: -1 is the line before.
    pub line: isize,
    /// Why, if it says so.
    pub reason: Option<&'t [u8]>,
}

/// The comment that allows a match of a rule, if there is one.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner};
/// use tokensieve_core::suppression::{allowed_by};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["T=glp", "at-6K5h83AacUCCGxzdUCuD # tokensieve:allow -- made up"].concat();
/// scanner.scan(text.as_bytes(), &mut |located| {
///     assert!(allowed_by(located.matched.rule(), &located.context).is_some());
/// });
/// ```
#[must_use]
pub fn allowed_by<'t>(rule: &Rule, around: &'t LineContext) -> Option<AllowedBy<'t>> {
    if !may_allow(around.text()) {
        return None;
    }
    let allowed = |line: &'t [u8], place: Place, is_cut: bool| {
        each(line, is_cut).find(|comment| comment.place == place && comment.names(rule))
    };
    let lines = around.lines();
    let count = memchr::memchr_iter(b'\n', lines).count();
    for (at, line) in (0_isize..).zip(lines.split(|byte| *byte == b'\n')) {
        if let Some(comment) =
            allowed(line, Place::SameLine, around.is_cut_right() && at == count.cast_signed())
        {
            return Some(AllowedBy { line: at, reason: comment.reason });
        }
    }
    let comment = allowed(around.previous_line()?, Place::NextLine, false)?;
    Some(AllowedBy { line: -1, reason: comment.reason })
}

/// Whether a comment `tokensieve:allow` is where it could allow a match, and does not: it names
/// other rules, or none, since the `--` in front of its reason is missing.
#[must_use]
pub fn is_allowed_in_vain(rule: &Rule, around: &LineContext) -> bool {
    if !may_allow(around.text()) {
        return false;
    }
    let is_vain = |line: &[u8], place: Place, is_cut: bool| {
        each(line, is_cut).any(|comment| comment.place == place && !comment.names(rule))
    };
    let lines = around.lines();
    let count = memchr::memchr_iter(b'\n', lines).count();
    let mut lines = lines.split(|byte| *byte == b'\n').enumerate();
    lines.any(|(at, line)| is_vain(line, Place::SameLine, around.is_cut_right() && at == count))
        || around.previous_line().is_some_and(|line| is_vain(line, Place::NextLine, false))
}

/// The lines of a text, from 1, that hold a comment that allows something or is meant to.
///
/// ```
/// let text = b"a\nb # tokensieve:allow\n";
/// assert_eq!(tokensieve_core::suppression::allow_comments(text).collect::<Vec<_>>(), [2]);
/// ```
pub fn allow_comments(text: &[u8]) -> impl Iterator<Item = usize> {
    let text = if may_allow(text) { text } else { &[] };
    (1..)
        .zip(text.split(|byte| *byte == b'\n'))
        .filter(|(_, line)| each(line, false).next().is_some())
        .map(|(at, _)| at)
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Place {
    SameLine,
    NextLine,
}

/// A comment.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Comment<'t> {
    place: Place,
    rules: Rules<'t>,
    reason: Option<&'t [u8]>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
enum Rules<'t> {
    All,
    These(Vec<&'t [u8]>),
}

impl Comment<'_> {
    fn names(&self, rule: &Rule) -> bool {
        let is_it = |name: &&[u8]| rule.is_called(name);
        match &self.rules {
            Rules::All => true,
            Rules::These(names) => names.iter().any(is_it),
        }
    }
}

/// The comments in a line. Of a line that is cut at its end, a comment that could go on there is
/// not believed.
fn each(line: &[u8], is_cut: bool) -> impl Iterator<Item = Comment<'_>> {
    let own = memchr::memmem::find_iter(line, WORD)
        .filter_map(move |at| read(&line[at + WORD.len()..], is_cut));
    let gitleaks = memchr::memmem::find(line, GITLEAKS).map(|_| Comment {
        place: Place::SameLine,
        rules: Rules::All,
        reason: None,
    });
    own.chain(gitleaks)
}

/// Reads what stands behind the word.
fn read(text: &[u8], is_cut: bool) -> Option<Comment<'_>> {
    let (place, text) = match text.strip_prefix(NEXT_LINE) {
        Some(rest) => (Place::NextLine, rest),
        None => (Place::SameLine, text),
    };
    // `tokensieve:allow-file` and `tokensieve:allowed` are other words.
    if text.first().is_some_and(|byte| is_of_id(*byte))
        && !text.starts_with(b"--")
        && !text.starts_with(b".")
    {
        return None;
    }
    let text = text
        .strip_prefix(b":")
        .or_else(|| text.strip_prefix(b"="))
        .or_else(|| text.strip_prefix(b"("))
        .unwrap_or(text);
    let mut rest = text.trim_ascii_start();
    let mut names = Vec::new();
    loop {
        let len = rest.iter().position(|byte| !is_of_id(*byte)).unwrap_or(rest.len());
        let name = rest[..len].strip_suffix(b".").unwrap_or(&rest[..len]);
        if name.is_empty() || name.starts_with(b"-") {
            break;
        }
        names.push(name);
        rest = rest[len..].trim_ascii_start();
        match rest.strip_prefix(b",") {
            Some(more) => rest = more.trim_ascii_start(),
            // Two words in a row: that is a sentence, not a list of rules.
            None if rest
                .first()
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii()) =>
            {
                return Some(Comment { place, rules: Rules::These(Vec::new()), reason: None });
            }
            None => break,
        }
    }
    if is_cut && rest.is_empty() {
        return None;
    }
    let rules =
        if names.is_empty() && !rest.starts_with(b",") { Rules::All } else { Rules::These(names) };
    Some(Comment { place, rules, reason: reason(rest) })
}

/// The reason behind `--`, without what closes the comment.
fn reason(rest: &[u8]) -> Option<&[u8]> {
    let mut text = rest.strip_prefix(b"--")?.trim_ascii();
    for end in [&b"*/"[..], b"-->", b"--%>", b"*)", b"#}", b"%}", b"}}"] {
        text = text.strip_suffix(end).unwrap_or(text).trim_ascii_end();
    }
    // `-->` alone is no reason.
    Some(text).filter(|text| !text.is_empty() && *text != b">")
}

fn is_of_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the comments of a line allow: for its own line, for the next.
    fn of(line: &str) -> Vec<(Place, Option<Vec<String>>)> {
        let rules = |rules: Rules<'_>| match rules {
            Rules::All => None,
            Rules::These(names) => Some(
                names.into_iter().map(|name| String::from_utf8(name.to_vec()).unwrap()).collect(),
            ),
        };
        each(line.as_bytes(), false).map(|comment| (comment.place, rules(comment.rules))).collect()
    }

    fn names(names: &[&str]) -> Option<Vec<String>> {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn everything_on_the_line() {
        for line in [
            "x # tokensieve:allow",
            "x # tokensieve:allow\r",
            "x /* tokensieve:allow */ y",
            "x <!-- tokensieve:allow -->",
            "x <!-- tokensieve:allow-->",
            "x # tokensieve:allow -- made up",
            r#""note": "tokensieve:allow", "other": 1"#,
            "x # tokensieve:allow.",
            "x # gitleaks:allow anything",
        ] {
            assert_eq!(of(line), [(Place::SameLine, None)], "{line}");
        }
        assert_eq!(of("// tokensieve:allow-next-line"), [(Place::NextLine, None)]);
    }

    #[test]
    fn only_some_rules() {
        for line in [
            "# tokensieve:allow a-rule, b_rule -- made up",
            "# tokensieve:allow(a-rule,b_rule) made up",
            "# tokensieve:allow: a-rule , b_rule",
            "/* tokensieve:allow=a-rule,b_rule */",
        ] {
            assert_eq!(of(line), [(Place::SameLine, names(&["a-rule", "b_rule"]))], "{line}");
        }
    }

    #[test]
    fn what_is_broken_allows_nothing() {
        for line in [
            "# tokensieve:allow made up for tests",
            "# tokensieve:allow ,",
            "# tokensieve:allow for tests",
        ] {
            let allowed = of(line);
            assert_eq!(allowed, [(Place::SameLine, names(&[]))], "{line}");
        }
        for line in [
            "tokensieve:allowed",
            "tokensieve:allow-file",
            "tokensieve:allow_x",
            "tokensieve: allow",
        ] {
            assert_eq!(of(line), [], "{line}");
        }
    }

    #[test]
    fn a_comment_that_is_cut_is_not_believed() {
        let of = |line: &str| each(line.as_bytes(), true).count();
        assert_eq!(of("# tokensieve:allow"), 0);
        assert_eq!(of("# tokensieve:allow a-ru"), 0);
        assert_eq!(of("# tokensieve:allow a-rule -- ma"), 1);
    }
}
