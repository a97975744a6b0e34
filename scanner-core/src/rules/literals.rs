//! Which literals a match of a regex must start with.
//!
//! The prefilter looks for these and nothing else, so they must be *sound*: every match starts with
//! one of them. The crate `regex-syntax` can extract literals too, but spells out each case of a
//! case-insensitive one (2^13 for `private_token`) or cuts it short; here a literal is either exact
//! or folded as a whole.

use core::fmt;

use crate::rules::rule::Rule;
use crate::text::boundary::is_token;
use crate::text::pieces;
use regex_syntax::hir::{Class, ClassBytes, Hir, HirKind, Repetition};

/// More literals than this are not worth looking for one by one.
const MOST_LITERALS: usize = 80;
/// How many short ones are looked for in front of long runs, where nearly nothing else stands.
const MOST_BEFORE_RUNS: usize = 100;
/// A short literal is looked for only in front of a run of this many token characters.
pub(crate) const RUN: usize = 20;
/// Longer literals are cut: the rest is for the regex.
const MAX_LITERAL_LEN: usize = 32;
/// A literal of this length is rare enough; it is not continued in several ways.
const LONG_ENOUGH: usize = 13;
/// A class of at most this many bytes is spelled out,
const LARGEST_CLASS: usize = 4;
/// and one of this many, such as the digits, where a literal would be too short without.
const LARGEST_CLASS_IF_SHORT: usize = 10;
/// Shorter literals hit everywhere.
pub(crate) const MIN_LITERAL_LEN: usize = 3;
/// The most token characters that are asked for behind a literal.
const LONGEST_RUN: u8 = 32;
/// Behind a literal of this length or more, one is: it is rare enough, and what begins with it and
/// is too short for a match can still be told as a look-alike.
const LONG_ENOUGH_ALONE: usize = 5;

/// The most bytes that say that a piece ends.
const END_OF_PIECE_LEN: usize = 2;

/// Bytes that a match starts with.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Literal {
    /// The bytes; in lower case where `is_folded`.
    pub(crate) bytes: Vec<u8>,
    /// Whether ASCII letters stand for both cases.
    pub(crate) is_folded: bool,
    /// The least number of `[0-9A-Za-z_-]` that follow the literal. It makes short literals less
    /// common.
    pub(crate) continued: u8,
    /// Whether a word that it is glued to on the left rules a match out.
    pub(crate) is_bounded: bool,
}

impl Literal {
    /// Whether a text starts with it.
    pub(crate) fn starts(&self, text: &[u8]) -> bool {
        let Some((head, rest)) = text.split_at_checked(self.bytes.len()) else { return false };
        let is_there = if self.is_folded {
            head.eq_ignore_ascii_case(&self.bytes)
        } else {
            head == self.bytes
        };
        is_there && self.is_continued(rest)
    }

    /// Returns whether enough token characters follow, or all up to the end of a piece.
    fn is_continued(&self, rest: &[u8]) -> bool {
        let wanted = usize::from(self.continued);
        let run = rest.iter().take(wanted).take_while(|byte| is_token(**byte)).count();
        run == wanted || self.can_be_cut() && pieces::is_end(&rest[run..])
    }

    /// Whether a token that begins with it is found where it stands in pieces: it is long enough,
    /// and not looked for before long runs alone.
    fn can_be_cut(&self) -> bool {
        self.bytes.len() > MIN_LITERAL_LEN && !self.is_folded && !self.is_before_run()
    }

    /// Whether it is so short that it is looked for where a long run follows; which is not what
    /// tells it inside of a word, where each character of a run stands before another one.
    pub(crate) fn is_before_run(&self) -> bool {
        let starts_run = self.is_bounded || self.bytes.last().is_some_and(|byte| !is_token(*byte));
        self.bytes.len() <= MIN_LITERAL_LEN + 1
            && usize::from(self.continued) >= RUN
            && starts_run
            && !self.is_folded
    }

    /// How many bytes have to be seen to know that it is there.
    pub(crate) fn reach(&self) -> usize {
        self.bytes.len() + usize::from(self.continued) + END_OF_PIECE_LEN
    }

    /// Whether it is there wherever another one is.
    fn covers(&self, other: &Self) -> bool {
        let bytes = Self { continued: 0, ..self.clone() };
        if !bytes.starts(&other.bytes) || (other.is_folded && !self.is_folded) {
            return false;
        }
        let behind = &other.bytes[self.bytes.len()..];
        let run = behind.iter().take_while(|byte| is_token(**byte)).count();
        let run = if run == behind.len() { run + usize::from(other.continued) } else { run };
        run >= usize::from(self.continued)
    }
}

/// `=exact` or `~folded`; `+16` where 16 token characters follow.
impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_folded { '~' } else { '=' };
        write!(f, "{kind}{}", self.bytes.escape_ascii())?;
        if self.continued > 0 { write!(f, "+{}", self.continued) } else { Ok(()) }
    }
}

/// The literals of a rule.
pub(crate) fn of_rule(rule: &Rule, hir: &Hir) -> Option<Vec<Literal>> {
    let mut literals = derive(hir)?;
    let is_bounded = rule.is_bounded_on_the_left();
    literals.iter_mut().for_each(|literal| literal.is_bounded = is_bounded);
    Some(literals)
}

/// The literals of a regex; none where some match starts with nothing that can be looked for.
pub(crate) fn derive(hir: &Hir) -> Option<Vec<Literal>> {
    let mut found: Vec<Literal> =
        extend(vec![Partial::default()], hir).into_iter().map(Partial::finished).collect();
    let is_before_run = |literal: &Literal| usize::from(literal.continued) >= RUN;
    if found.iter().any(|literal| literal.bytes.len() < MIN_LITERAL_LEN)
        || (found.len() > MOST_LITERALS && !found.iter().all(is_before_run))
    {
        return None;
    }
    found.sort_by(|a, b| a.bytes.len().cmp(&b.bytes.len()).then_with(|| a.cmp(b)));
    let mut kept: Vec<Literal> = Vec::with_capacity(found.len());
    for literal in found {
        if !kept.iter().any(|shorter| shorter.covers(&literal)) {
            kept.push(literal);
        }
    }
    kept.sort();
    Some(kept)
}

/// A literal while it is being read off.
#[derive(Clone, Debug)]
struct Partial {
    literal: Literal,
    state: State,
}

/// What comes next in the regex.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum State {
    /// It directly follows the literal.
    Open,
    /// It directly follows the token characters behind the literal.
    Counting,
    Closed,
}

impl Default for Partial {
    fn default() -> Self {
        Self {
            literal: Literal {
                bytes: Vec::new(),
                is_folded: false,
                continued: 0,
                is_bounded: false,
            },
            state: State::Open,
        }
    }
}

impl Partial {
    fn finished(self) -> Literal {
        let most = if self.literal.bytes.len() < LONG_ENOUGH_ALONE { LONGEST_RUN } else { 1 };
        Literal { continued: self.literal.continued.min(most), ..self.literal }
    }

    fn is_open(&self) -> bool {
        self.state == State::Open
    }

    fn push(&mut self, byte: u8) {
        if self.literal.bytes.len() == MAX_LITERAL_LEN {
            self.state = State::Closed;
        }
        if self.is_open() {
            self.literal.bytes.push(if self.literal.is_folded {
                byte.to_ascii_lowercase()
            } else {
                byte
            });
        }
    }

    fn push_folded(&mut self, byte: u8) {
        // To fold more than needed finds more than needed, which is sound.
        if self.is_open() {
            self.literal.is_folded = true;
            self.literal.bytes.make_ascii_lowercase();
        }
        self.push(byte);
    }

    fn closed(mut self) -> Self {
        self.state = State::Closed;
        self
    }

    /// Adds what a part of the regex is sure to bring to the token characters behind the literal.
    fn counted(self, hir: &Hir) -> Self {
        match hir.kind() {
            _ if self.state != State::Counting => self,
            HirKind::Empty | HirKind::Look(_) => self,
            HirKind::Literal(literal) => {
                let run = literal.0.iter().take_while(|byte| is_token(**byte)).count();
                let longer = self.with_run(run);
                if run == literal.0.len() { longer } else { longer.closed() }
            }
            HirKind::Class(class) if is_of_tokens(class) => self.with_run(1),
            HirKind::Repetition(repetition) => match repetition.sub.kind() {
                // However many there are, what follows is still behind token characters.
                HirKind::Class(class) if is_of_tokens(class) => {
                    self.with_run(repetition.min as usize)
                }
                _ if repetition.min == 0 => self.closed(),
                _ => self.counted(&repetition.sub).closed(),
            },
            HirKind::Capture(capture) => self.counted(&capture.sub),
            HirKind::Concat(parts) => parts.iter().fold(self, Self::counted),
            HirKind::Class(_) | HirKind::Alternation(_) => self.closed(),
        }
    }

    fn with_run(mut self, len: usize) -> Self {
        let len = usize::from(self.literal.continued).saturating_add(len).min(LONGEST_RUN.into());
        self.literal.continued = u8::try_from(len).unwrap_or(LONGEST_RUN);
        self
    }
}

fn is_of_tokens(class: &Class) -> bool {
    let Class::Bytes(class) = class else { return false };
    class.ranges().iter().all(|range| (range.start()..=range.end()).all(is_token))
}

fn extend(set: Vec<Partial>, hir: &Hir) -> Vec<Partial> {
    let set = match hir.kind() {
        HirKind::Repetition(repetition) if repetition.min == 0 => close_long(set),
        HirKind::Alternation(_) => close_long(set),
        _ => set,
    };
    // What follows a closed literal does not matter, and would only multiply it.
    let (open, done): (Vec<Partial>, Vec<Partial>) = set.into_iter().partition(Partial::is_open);
    let mut done: Vec<Partial> = done.into_iter().map(|partial| partial.counted(hir)).collect();
    if open.is_empty() {
        return done;
    }
    let next = extend_open(&open, hir);
    let is_short = |partial: &Partial| partial.literal.bytes.len() <= MIN_LITERAL_LEN;
    let most = if next.iter().all(is_short) { MOST_BEFORE_RUNS } else { MOST_LITERALS };
    done.extend(if next.len() + done.len() > most { close(open) } else { next });
    done
}

fn extend_open(set: &[Partial], hir: &Hir) -> Vec<Partial> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => set.to_vec(),
        HirKind::Literal(literal) => each_open(set.to_vec(), |partial| {
            for byte in &literal.0 {
                partial.push(*byte);
            }
        }),
        HirKind::Class(class) => extend_by_class(set, class),
        HirKind::Repetition(repetition) => extend_by_repetition(set, repetition),
        HirKind::Capture(capture) => extend(set.to_vec(), &capture.sub),
        HirKind::Concat(parts) => parts.iter().fold(set.to_vec(), extend),
        HirKind::Alternation(branches) => {
            branches.iter().flat_map(|branch| extend(set.to_vec(), branch)).collect()
        }
    }
}

fn each_open(mut set: Vec<Partial>, mut change: impl FnMut(&mut Partial)) -> Vec<Partial> {
    set.iter_mut().filter(|partial| partial.is_open()).for_each(&mut change);
    set
}

fn close(set: Vec<Partial>) -> Vec<Partial> {
    set.into_iter().map(Partial::closed).collect()
}

/// Closes what is long enough, before there are several ways on.
fn close_long(mut set: Vec<Partial>) -> Vec<Partial> {
    for partial in &mut set {
        if partial.is_open() && partial.literal.bytes.len() >= LONG_ENOUGH {
            partial.state = State::Closed;
        }
    }
    set
}

fn extend_by_class(set: &[Partial], class: &Class) -> Vec<Partial> {
    let Class::Bytes(bytes) = class else { return close(set.to_vec()) };
    let is_short = set
        .iter()
        .any(|partial| partial.is_open() && partial.literal.bytes.len() < MIN_LITERAL_LEN);
    match small_class(bytes, if is_short { LARGEST_CLASS_IF_SHORT } else { LARGEST_CLASS })
        .as_slice()
    {
        [] if is_of_tokens(class) => each_open(set.to_vec(), |partial| {
            partial.state = State::Counting;
            partial.literal.continued = 1;
        }),
        [] => close(set.to_vec()),
        [upper, lower] if upper.is_ascii_uppercase() && upper.to_ascii_lowercase() == *lower => {
            each_open(set.to_vec(), |partial| partial.push_folded(*lower))
        }
        bytes => close_long(set.to_vec())
            .iter()
            .flat_map(|partial| {
                let ways: &[u8] = if partial.is_open() { bytes } else { &bytes[..1] };
                ways.iter().map(move |byte| {
                    let mut longer = partial.clone();
                    longer.push(*byte);
                    longer
                })
            })
            .collect(),
    }
}

/// The bytes of a class that is small enough to be spelled out, else none.
fn small_class(class: &ClassBytes, most: usize) -> Vec<u8> {
    let size: usize =
        class.ranges().iter().map(|range| usize::from(range.end() - range.start()) + 1).sum();
    if size > most {
        return Vec::new();
    }
    class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect()
}

fn extend_by_repetition(set: &[Partial], repetition: &Repetition) -> Vec<Partial> {
    let once = |set: Vec<Partial>| extend(set, &repetition.sub);
    match (repetition.min, repetition.max) {
        (0, Some(1)) => {
            let mut both = once(set.to_vec());
            both.extend(set.iter().cloned());
            both
        }
        (0, _) => close(set.to_vec()),
        (min, max) => {
            let copies = min.min(u32::try_from(MAX_LITERAL_LEN).unwrap_or(u32::MAX));
            let mut repeated = (0..copies).fold(set.to_vec(), |set, _| once(set));
            if max == Some(min) && copies == min {
                return repeated;
            }
            let is_run =
                matches!(repetition.sub.kind(), HirKind::Class(class) if is_of_tokens(class));
            for partial in repeated.iter_mut().filter(|partial| partial.is_open() || !is_run) {
                partial.state = State::Closed;
            }
            repeated
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::regex::parse;

    #[test]
    fn literals_of_regexes() {
        let table: &[(&str, Option<&[&str]>)] = &[
            ("glpat-[a-z]{20}", Some(&["=glpat-+1"])),
            ("ghp_[a-z]{36}", Some(&["=ghp_+32"])),
            ("ghp_[a-z]{20,}", Some(&["=ghp_+20"])),
            ("ghp_[a-z]{2,9}[0-9-][.][a-z]", Some(&["=ghp_+3"])),
            ("ghp_[a-z](?:[0-9]{4}-)?[0-9]{7}", Some(&["=ghp_+1"])),
            ("ghp_[a-z](?:[0-9]{4}-){2}[0-9]{7}", Some(&["=ghp_+6"])),
            ("ghp_[a-z]xy[0-9]*-z[a-z.]", Some(&["=ghp_+5"])),
            ("ab[cd]_[a-z]{9}|abc_[a-z]{5}", Some(&["=abc_+5", "=abd_+9"])),
            ("glpat-[a-z]*", Some(&["=glpat-"])),
            ("glpat-[a-z.]{20}", Some(&["=glpat-"])),
            ("abc[a-z]|abc[.a-z]", Some(&["=abc"])),
            (
                "(?i:private)[-_]?token",
                Some(&["~private-token", "~private_token", "~privatetoken"]),
            ),
            ("(?:glrt|glrtr)-x", Some(&["=glrt-x", "=glrtr-x"])),
            ("abc|abcdef", Some(&["=abc"])),
            ("(?i)abc|abcdef|xyz", Some(&["~abc", "~xyz"])),
            (r"\babc+d", Some(&["=abc"])),
            ("[0-9]{3}abc", None),
            ("[0-9]{2}-[a-z]", None),
            ("[0-1]{2}-[a-z]{3}", Some(&["=00-+3", "=01-+3", "=10-+3", "=11-+3"])),
            ("ab[0-9a]", None),
            ("ab[0-4]", Some(&["=ab0", "=ab1", "=ab2", "=ab3", "=ab4"])),
            ("a{4}b", Some(&["=aaaab"])),
            ("(?:abc)*def", None),
        ];
        for (regex, expected) in table {
            let derived = derive(&parse(regex).unwrap())
                .map(|set| set.iter().map(ToString::to_string).collect::<Vec<_>>());
            let mut expected =
                expected.map(|set| set.iter().map(ToString::to_string).collect::<Vec<_>>());
            expected.iter_mut().for_each(|set| set.sort());
            assert_eq!(derived, expected, "{regex}");
        }
    }

    /// No match of a built-in rule escapes the prefilter.
    #[test]
    fn every_match_starts_with_a_literal() {
        let mut random = crate::rules::sample::Random::new(1);
        for entry in crate::rules::RuleSet::builtin().entries() {
            let hir = parse(entry.rule().regex()).unwrap();
            let literals = derive(&hir).unwrap();
            for _ in 0..200 {
                let text = crate::rules::sample::text_of(&hir, &mut random);
                let is_present = literals.iter().any(|literal| literal.starts(&text));
                assert!(is_present, "{}: {}", entry.rule().id(), text.escape_ascii());
            }
        }
    }
}
