//! What can be wrong with a rule.

use crate::rules::regex::in_short;
use core::fmt;

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::file::Entry;
use super::literals;
use crate::rules::regex::parse;
use crate::rules::rule::MAX_LEAD_LEN;
use crate::rules::rule::MAX_START_OFFSET;
use crate::rules::rule::{MAX_RULE_MAX_LEN, Rule};
use crate::verdict::Confidence;

/// How bad it is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LintLevel {
    /// The rule works, at a cost or with a gap that its author may not want.
    Warning,
    /// The rule cannot be used.
    Error,
}

/// Something that is wrong with a rule.
///
/// ```
/// use tokensieve_core::{LintLevel, RuleSet};
///
/// let lints = RuleSet::lint("my.toml", "[[rules]]\nid = 'a'\nregex = '[0-9]*'\n")?;
/// assert_eq!((lints[0].level, lints[0].line), (LintLevel::Warning, 2));
/// let errors = lints.iter().filter(|lint| lint.level == LintLevel::Error);
/// assert!(errors.into_iter().any(|lint| lint.message.contains("empty string")));
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lint {
    /// How bad it is.
    pub level: LintLevel,
    /// The 1-based line of the rule's id.
    pub line: usize,
    /// The rule's id.
    pub rule: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule `{}`: {}", self.rule, self.message)
    }
}

/// The most states that a regex may unroll to. Past this, compiling it takes noticeable time and
/// memory.
const MOST_STATES: u64 = 200_000;

/// Checks all rules of a file.
pub(crate) fn all(entries: &[Entry]) -> Vec<Lint> {
    let mut lints = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let mut say = |level, message: String| {
            lints.push(Lint { level, line: entry.line, rule: entry.rule.id.clone(), message });
        };
        if entries[..index].iter().any(|earlier| earlier.rule.id == entry.rule.id) {
            say(LintLevel::Error, "the id is already taken in this file".to_owned());
        }
        of_fields(&entry.rule, &mut say);
        if let Some(path) = &entry.rule.path
            && let Err(error) = parse(path)
        {
            say(LintLevel::Error, format!("`path` is no regex: {}", in_short(&error)));
        }
        if !entry.rule.is_path_only() {
            of_regex(&entry.rule, &mut say);
        }
    }
    lints
}

fn of_fields(rule: &Rule, say: &mut impl FnMut(LintLevel, String)) {
    let is_id = !rule.id.is_empty()
        && rule
            .id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
    if !is_id {
        say(LintLevel::Error, "an id consists of letters, digits, `_`, `-` and `.`".to_owned());
    }
    if rule.max_len == 0 || rule.max_len > MAX_RULE_MAX_LEN {
        say(LintLevel::Error, format!("`max_len` must be from 1 to {MAX_RULE_MAX_LEN}"));
    }
    if !matches!(rule.confidence, Confidence::Possible | Confidence::Likely) {
        say(
            LintLevel::Error,
            "`confidence` must be `possible` or `likely`; only a proof can decide more".to_owned(),
        );
    }
    if rule.min_entropy.is_some_and(|bits| !(0.0..=8.0).contains(&bits)) {
        say(LintLevel::Error, "`min_entropy` must be from 0 to 8 bits a byte".to_owned());
    }
    if rule.entropy_above.is_some_and(|bits| !(0.0..8.0).contains(&bits)) {
        say(
            LintLevel::Error,
            "`entropy_above` must be from 0 to less than 8 bits a byte".to_owned(),
        );
    }
    if rule.keywords.is_none() && (rule.skips_report || !rule.required.is_empty()) {
        say(
            LintLevel::Error,
            "`skip_report` and `required` are for rules with `keywords`".to_owned(),
        );
    }
    if let Some(lead) = &rule.lead {
        let lengths =
            parse(lead).map(|hir| (hir.properties().minimum_len(), hir.properties().maximum_len()));
        match lengths {
            Err(error) => {
                say(LintLevel::Error, format!("`lead` is no regex: {}", in_short(&error)))
            }
            Ok((Some(1..), Some(..=MAX_LEAD_LEN))) => {}
            Ok(_) => say(
                LintLevel::Error,
                format!("`lead` must match 1 to {MAX_LEAD_LEN} bytes and no more"),
            ),
        }
    }
    match rule.generated.as_deref().map(parse) {
        Some(Err(error)) => {
            say(LintLevel::Error, format!("`generated` is no regex: {}", in_short(&error)));
        }
        Some(Ok(hir)) if is_too_large(&hir) => {
            say(LintLevel::Error, "`generated` is too large".to_owned());
        }
        _ => {}
    }
    if rule.remediation.ui.is_empty() && rule.remediation.api.is_empty() {
        say(
            LintLevel::Warning,
            "`leak` does not say what to do when such a secret leaks".to_owned(),
        );
    }
}

fn of_regex(rule: &Rule, say: &mut impl FnMut(LintLevel, String)) {
    let hir = match parse(&rule.regex) {
        Ok(hir) => hir,
        Err(error) => {
            return say(LintLevel::Error, format!("`regex` is no regex: {}", in_short(&error)));
        }
    };
    if hir.properties().minimum_len().is_none_or(|len| len == 0) {
        say(LintLevel::Error, "`regex` matches the empty string".to_owned());
    }
    if is_too_large(&hir) {
        say(
            LintLevel::Error,
            "`regex` is too large: use `*` or `+` with `max_len` instead of large counts"
                .to_owned(),
        );
    }
    if hir.properties().minimum_len().is_some_and(|len| len > rule.max_len) {
        say(LintLevel::Error, "`regex` has no match as short as `max_len`".to_owned());
    }
    let groups = hir.properties().explicit_captures_len();
    if let Some(group) = rule.secret_groups.iter().find(|group| **group > groups) {
        say(
            LintLevel::Error,
            format!("`secret_groups` names {group}, and the regex has {groups} groups"),
        );
    }
    if rule.keywords.is_some() {
        return;
    }
    let looks = hir.properties().look_set();
    if looks.contains(Look::Start) || looks.contains(Look::End) {
        say(
            LintLevel::Error,
            "`^`, `$`, `\\A` and `\\z` mean the borders of a whole input, which a stream does not \
             know: write `(?m:^)` or `(?m:$)` for the borders of a line"
                .to_owned(),
        );
    }
    match literals::derive(&hir) {
        None => say(
            LintLevel::Warning,
            "no literal of 3 bytes or more starts every match, so the regex runs over every byte"
                .to_owned(),
        ),
        Some(literals) => {
            for prefix in &rule.prefixes {
                if !literals.iter().any(|literal| shares_start(&literal.bytes, prefix.as_bytes())) {
                    say(
                        LintLevel::Error,
                        format!("no match of `regex` starts with the prefix `{prefix}`"),
                    );
                }
            }
        }
    }
    if rule.finds_start() && rule.max_len + MAX_START_OFFSET > MAX_RULE_MAX_LEN {
        say(LintLevel::Error, "`max_len` leaves no room for a custom prefix".to_owned());
    }
}

fn shares_start(literal: &[u8], prefix: &[u8]) -> bool {
    literal.iter().zip(prefix).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Whether compiling it would take noticeable time and memory.
pub(crate) fn is_too_large(hir: &Hir) -> bool {
    states(hir) > MOST_STATES
}

/// About how many states a regex unrolls to, where those of a literal that is not repeated count
/// less: it is found before the regex is asked. None where it is no regex.
#[must_use]
pub fn regex_cost(regex: &str) -> Option<u64> {
    parse(regex).ok().map(|hir| cost(&hir))
}

/// The same of a regex that was parsed.
pub(crate) fn cost(hir: &Hir) -> u64 {
    /// How many bytes of a literal count as one state.
    const BYTES_OF_LITERAL: u64 = 16;
    match hir.kind() {
        HirKind::Literal(literal) => 1 + literal.0.len() as u64 / BYTES_OF_LITERAL,
        HirKind::Capture(capture) => cost(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(cost).fold(0, u64::saturating_add)
        }
        _ => states(hir),
    }
}

/// About how many states the regex unrolls to.
fn states(hir: &Hir) -> u64 {
    /// Such classes, `.` among them, take a handful of states.
    const FEW_RANGES: usize = 4;
    /// States for each range of characters beyond ASCII, whose bytes are followed one by one.
    const STATES_OF_RANGE: u64 = 3;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() > FEW_RANGES => {
            STATES_OF_RANGE * class.ranges().len() as u64
        }
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            let copies = u64::from(repetition.max.unwrap_or(repetition.min).max(1));
            states(&repetition.sub).saturating_mul(copies)
        }
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(states).fold(0, u64::saturating_add)
        }
    }
}
