//! Matches regexes that need no regex engine.
//!
//! Most tokens are a literal, then runs of characters of a class, then perhaps another literal.
//! Where no run can eat what comes after it, there is nothing to backtrack, and the regex can be
//! followed step by step. That costs no compilation and a few nanoseconds a match. Everything else
//! goes to `regex-automata`; a test holds both to the same answers.

use regex_syntax::hir::{Hir, HirKind, Repetition};

use crate::confirm::hit::Hit;
use crate::text::byte_set::ByteSet;
use crate::text::span::Span;

/// Regexes that branch more than this are left to the engine,
const MOST_BRANCHES: usize = 12;
/// but for lists of words, none longer than [`LONGEST_WORD`]: most fail at their first byte, and
/// trying them all takes less than a start of the engine.
const MOST_WORDS: usize = 40;
const LONGEST_WORD: usize = 24;
/// Counts of groups above this are left to the engine.
const MOST_COPIES: u32 = 8;
/// The group that holds the secret.
pub(crate) const SECRET_GROUP: &str = "secret";

#[derive(Clone)]
enum Step {
    Bytes(Vec<u8>),
    Run { class: ByteSet, min: usize, max: usize },
    SecretStart,
    SecretEnd,
}

/// A regex as branches of steps; the first branch that matches wins.
pub(crate) struct LinearMatcher {
    branches: Vec<Vec<Step>>,
}

impl LinearMatcher {
    /// Reads the shape off a regex; none where following it could need backtracking.
    pub(crate) fn of(hir: &Hir) -> Option<Self> {
        let branches = extend(vec![Vec::new()], hir)?;
        let are_words = hir.properties().maximum_len().is_some_and(|len| len <= LONGEST_WORD);
        if branches.len() > MOST_BRANCHES && !are_words {
            return None;
        }
        branches.iter().all(|branch| is_deterministic(branch)).then_some(Self { branches })
    }

    /// The match that starts at `start` and ends at or before `limit`.
    pub(crate) fn at(&self, haystack: &[u8], start: usize, limit: usize) -> Option<Hit> {
        let haystack = &haystack[..limit];
        self.branches.iter().find_map(|branch| follow(branch, haystack, start))
    }

    /// Whether all of `text` is a match of a branch.
    pub(crate) fn is_whole(&self, text: &[u8]) -> bool {
        self.branches
            .iter()
            .any(|branch| follow(branch, text, 0).is_some_and(|hit| hit.span.end == text.len()))
    }
}

fn follow(branch: &[Step], haystack: &[u8], start: usize) -> Option<Hit> {
    let mut at = start;
    let mut secret: Option<Span> = None;
    for step in branch {
        match step {
            Step::Bytes(bytes) => {
                if !haystack[at..].starts_with(bytes) {
                    return None;
                }
                at += bytes.len();
            }
            Step::Run { class, min, max } => {
                let rest = &haystack[at..];
                let rest = &rest[..rest.len().min(*max)];
                let run = rest.iter().position(|byte| !class.has(*byte)).unwrap_or(rest.len());
                if run < *min {
                    return None;
                }
                at += run;
            }
            Step::SecretStart => secret = Some(Span::new(at, at)),
            Step::SecretEnd => secret = secret.map(|span| Span::new(span.start, at)),
        }
    }
    let span = Span::new(start, at);
    Some(Hit { span, secret: secret.unwrap_or(span) })
}

/// Appends what a regex says to each branch; none where it cannot be said in steps.
fn extend(branches: Vec<Vec<Step>>, hir: &Hir) -> Option<Vec<Vec<Step>>> {
    let branches = match hir.kind() {
        HirKind::Empty => branches,
        HirKind::Literal(literal) => each(branches, &Step::Bytes(literal.0.to_vec())),
        HirKind::Class(class) => {
            each(branches, &Step::Run { class: ByteSet::of(class)?, min: 1, max: 1 })
        }
        HirKind::Repetition(repetition) => extend_by_repetition(branches, repetition)?,
        HirKind::Capture(capture) if capture.name.as_deref() == Some(SECRET_GROUP) => {
            let inside = extend(each(branches, &Step::SecretStart), &capture.sub)?;
            each(inside, &Step::SecretEnd)
        }
        HirKind::Capture(capture) => extend(branches, &capture.sub)?,
        HirKind::Concat(parts) => parts.iter().try_fold(branches, extend)?,
        HirKind::Alternation(ways) => {
            let mut all = Vec::new();
            for branch in branches {
                for way in ways {
                    all.extend(extend(vec![branch.clone()], way)?);
                }
            }
            all
        }
        HirKind::Look(_) => return None,
    };
    (branches.len() <= MOST_WORDS).then_some(branches)
}

fn each(mut branches: Vec<Vec<Step>>, step: &Step) -> Vec<Vec<Step>> {
    for branch in &mut branches {
        branch.push(step.clone());
    }
    branches
}

fn extend_by_repetition(
    branches: Vec<Vec<Step>>,
    repetition: &Repetition,
) -> Option<Vec<Vec<Step>>> {
    if !repetition.greedy {
        return None;
    }
    let min = usize::try_from(repetition.min).ok()?;
    if let Some(class) = single_class(&repetition.sub) {
        let max = repetition.max.map_or(Some(usize::MAX), |max| usize::try_from(max).ok())?;
        return Some(each(branches, &Step::Run { class, min, max }));
    }
    match (repetition.min, repetition.max) {
        (0, Some(1)) => {
            let mut all = Vec::new();
            for branch in branches {
                all.extend(extend(vec![branch.clone()], &repetition.sub)?);
                all.push(branch);
            }
            Some(all)
        }
        (min, Some(max)) if min == max && min <= MOST_COPIES => {
            (0..min).try_fold(branches, |branches, _| extend(branches, &repetition.sub))
        }
        _ => None,
    }
}

/// The class of a regex that matches one byte.
fn single_class(hir: &Hir) -> Option<ByteSet> {
    match hir.kind() {
        HirKind::Class(class) => ByteSet::of(class),
        HirKind::Literal(literal) if literal.0.len() == 1 => {
            Some(literal.0.iter().copied().collect())
        }
        _ => None,
    }
}

/// Whether each run of a branch either has a fixed length or cannot eat what may follow it.
fn is_deterministic(branch: &[Step]) -> bool {
    branch.iter().enumerate().all(|(index, step)| match step {
        Step::Run { class, min, max } if min != max => {
            class.is_disjoint(&first_bytes(&branch[index + 1..]))
        }
        _ => true,
    })
}

/// The bytes that the first non-empty step of a rest can start with. Empty at the end of the regex.
fn first_bytes(rest: &[Step]) -> ByteSet {
    let mut first = ByteSet::default();
    for step in rest {
        match step {
            Step::Bytes(bytes) => {
                if let Some(byte) = bytes.first() {
                    first.insert(*byte);
                    return first;
                }
            }
            Step::Run { class, min, .. } => {
                first.add(class);
                if *min > 0 {
                    return first;
                }
            }
            Step::SecretStart | Step::SecretEnd => {}
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::regex::parse;

    #[test]
    fn regexes_without_and_with_backtracking() {
        for regex in [
            "glpat-[0-9A-Za-z_-]{20}",
            r"glpat-[0-9A-Za-z_-]{27,235}\.[0-9a-z]{2}\.[0-9a-z]{2}[01][0-9a-z]{6}",
            "glrt-(?:t[123]_)?[a-z]{20}",
            "a[ \t]*[:=](?<secret>[a-z]+)",
            "(?i:token)=[a-z]+",
        ] {
            assert!(LinearMatcher::of(&parse(regex).unwrap()).is_some(), "{regex}");
        }
        for regex in ["a[a-z]*z", "a[a-z]*[0-9]*z", "a+?b", r"abc\b", "(?:ab)+", "a.*b"] {
            assert!(LinearMatcher::of(&parse(regex).unwrap()).is_none(), "{regex}");
        }
    }
}
