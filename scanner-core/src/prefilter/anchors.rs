//! Which part of each literal is looked for.

use std::collections::{BTreeMap, HashMap};

use super::{Head, Use, frequency};
use crate::ruleset::literals::Literal;

/// So many bytes are looked for; a literal of three bytes is looked for as it is.
pub(super) const GRAM: usize = 4;

/// Where many anchors are looked for, every so many bytes.
pub(super) const STRIDE: usize = 2;
/// A short literal with so many token characters behind it is looked for where there is such a run.
pub(super) const RUN: usize = 20;

/// What is looked for, and the literals that it speaks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Anchor {
    /// Three or four bytes; in lower case where `is_folded`.
    pub(super) bytes: Vec<u8>,
    /// Letters stand for both cases.
    pub(super) is_folded: bool,
    pub(super) seen: Seen,
    pub(super) uses: Vec<Use>,
}

/// Where an anchor is looked for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Seen {
    /// At the start of a window of [`GRAM`] bytes.
    FromStart,
    /// Behind the first byte of a window, which is before the literal and says nothing.
    BehindOne,
    /// Directly before a run of [`RUN`] token characters.
    BeforeRun,
}

impl Anchor {
    /// How many bytes from its start on have to be seen.
    pub(super) fn reach(&self) -> usize {
        if self.seen == Seen::BeforeRun { self.bytes.len() + RUN } else { GRAM }
    }
}

/// What one more anchor costs wherever it is, since it makes the searcher less selective; in units of
/// [`frequency::of_gram`].
const COST_OF_ANCHOR: u64 = frequency::UNITS >> 20;

/// A part of a literal that could be its anchor.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Part<'l> {
    gram: &'l [u8],
    /// Whether case does not matter.
    is_folded: bool,
    seen: Seen,
}

/// The anchors of all literals, to be looked for everywhere: sorted, each once. Uses name literals by their place in the
/// list.
pub(super) fn of(literals: &[Literal]) -> Vec<Anchor> {
    choose(literals, |literal| [parts(literal, literal.bytes.len().min(GRAM)).collect()])
}

/// The anchors of many literals. Short ones that start a word with a long run in it are looked for before such a run. The
/// others are
/// looked for in windows of [`GRAM`] bytes at every [`STRIDE`]th offset; each has two anchors, since it starts at an even
/// offset or at an odd one.
pub(super) fn of_many(literals: &[Literal]) -> Vec<Anchor> {
    choose(literals, |literal| {
        let seen = |seen| move |(offset, part)| (offset, Part { seen, ..part });
        let len = literal.bytes.len();
        if len <= GRAM && usize::from(literal.continued) >= RUN && literal.is_bounded && !literal.is_folded {
            return [parts(literal, len).map(seen(Seen::BeforeRun)).collect(), Vec::new()];
        }
        let at_even_places = parts(literal, len.min(GRAM)).step_by(STRIDE).collect();
        let at_odd_places = match len {
            // The window begins before the literal.
            ..GRAM => parts(literal, GRAM - 1).map(seen(Seen::BehindOne)).collect(),
            // It ends behind the literal.
            GRAM => parts(literal, GRAM - 1).skip(1).collect(),
            _ => parts(literal, GRAM).skip(1).step_by(STRIDE).collect(),
        };
        [at_even_places, at_odd_places]
    })
}

/// Of each list of parts of a literal, takes the one that is rarest, where that is much the same one that many literals
/// share.
fn choose<'l, const LISTS: usize>(
    literals: &'l [Literal],
    lists: impl Fn(&'l Literal) -> [Vec<(usize, Part<'l>)>; LISTS],
) -> Vec<Anchor> {
    let lists: Vec<_> = literals.iter().map(lists).collect();
    let mut shares: HashMap<Part<'l>, u64> = HashMap::new();
    lists.iter().flatten().flatten().for_each(|(_, part)| *shares.entry(*part).or_default() += 1);
    let cost =
        |part: &Part<'l>| frequency::of_gram(part.gram) + COST_OF_ANCHOR / shares.get(part).copied().unwrap_or(1);
    let mut found: BTreeMap<Part<'l>, Vec<Use>> = BTreeMap::new();
    for (literal, lists) in lists.iter().enumerate() {
        let head = Head::of(&literals[literal]);
        for list in lists {
            if let Some((offset, part)) = list.iter().min_by_key(|(offset, part)| (cost(part), *offset)) {
                found.entry(*part).or_default().push(Use { literal, offset: *offset, head });
            }
        }
    }
    let anchor = |(part, uses): (Part<'l>, Vec<Use>)| Anchor {
        bytes: part.gram.to_vec(),
        is_folded: part.is_folded,
        seen: part.seen,
        uses,
    };
    found.into_iter().map(anchor).collect()
}

/// The parts of a literal that have so many bytes, with their offsets.
fn parts(literal: &Literal, size: usize) -> impl Iterator<Item = (usize, Part<'_>)> {
    literal.bytes.windows(size).enumerate().map(|(offset, gram)| {
        // Without letters both cases are one.
        let is_folded = literal.is_folded && gram.iter().any(u8::is_ascii_alphabetic);
        (offset, Part { gram, is_folded, seen: Seen::FromStart })
    })
}
