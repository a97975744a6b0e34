//! Candidates that are carried from one text to another.
//!
//! A delta makes a text of copies from another one and of new bytes. Where a literal was in the part that was copied,
//! it is in the copy; so only the new bytes and the seams have to be searched. What follows the literal, and what
//! stands around it, is judged in the text itself.
//!
//! Encoded text is carried as a whole: a region with a match in it, with the bytes beside it that make it one, is the
//! same in a copy. Regions that new bytes or the ends of copies have an influence on are looked for anew.

use std::collections::BTreeMap;

use crate::confirm::{Glue, RawMatch};
use crate::decode::{self, Region};
use crate::engine::Engine;
use crate::prefilter::Candidate;
use crate::rule::Rule;
use crate::scanner::Scanner;
use crate::span::Span;

/// A part of a text that is made of another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Piece {
    /// Copied from the other text.
    Copied {
        /// The offset in the other text.
        from: usize,
        /// The number of bytes.
        len: usize,
    },
    /// Not in the other text, as far as is known.
    New {
        /// The number of bytes.
        len: usize,
    },
}

impl Piece {
    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::Copied { len, .. } | Self::New { len } => len,
        }
    }

    /// Whether it has no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Where matches could begin in a text: see [`Scanner::carry`](crate::Scanner::carry).
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Candidates {
    /// Sorted, without repetition.
    list: Vec<Candidate>,
    /// Sorted, without repetition.
    encoded: Vec<Encoded>,
}

/// A copy has to have so many bytes more than must be searched in any case: a shorter one is searched in less time than
/// it takes to begin anew behind it.
const WORTH_CARRYING: usize = 128;

/// Encoded text with a match in it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Encoded {
    region: Region,
    /// So many bytes on either side decide that it is one.
    beside: (usize, usize),
}

impl Encoded {
    /// Those that start in a part of a text.
    fn search(engine: &Engine, haystack: &[u8], range: Span, found: &mut Vec<Self>) {
        let telling = decode::telling(engine, haystack, range);
        found.extend(telling.into_iter().map(|region| Self { region, beside: region.beside(haystack) }));
    }

    /// The same in a copy that has so many bytes from `from` on; none if the copy ends too near to it.
    fn copied(self, from: usize, len: usize, at: usize) -> Option<Self> {
        let Span { start, end } = self.region.span;
        let is_whole = start >= from + self.beside.0 && end + self.beside.1 <= from + len;
        let span = Span::new((start + at).checked_sub(from)?, (end + at).checked_sub(from)?);
        is_whole.then_some(Self { region: Region { span, ..self.region }, ..self })
    }
}

impl Candidates {
    pub(crate) fn search(engine: &Engine, haystack: &[u8]) -> Self {
        let (mut list, mut encoded) = (Vec::new(), Vec::new());
        let whole = Span::new(0, haystack.len());
        engine.begun(haystack, whole, &mut list);
        Encoded::search(engine, haystack, whole, &mut encoded);
        Self::of(list, encoded)
    }

    fn of(mut list: Vec<Candidate>, mut encoded: Vec<Encoded>) -> Self {
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
        encoded.sort_unstable();
        encoded.dedup();
        encoded.shrink_to_fit();
        Self { list, encoded }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && self.encoded.is_empty()
    }

    /// The same, rule by rule, with the id of each. What is encoded is of no rule, and left out.
    #[must_use]
    pub fn by_rule<'s>(&self, scanner: &'s Scanner) -> Vec<(&'s Rule, Self)> {
        let mut rules: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for candidate in &self.list {
            rules.entry(candidate.rule).or_default().push(*candidate);
        }
        rules
            .into_iter()
            .map(|(rule, list)| (scanner.engine().rule(rule), Self { list, encoded: Vec::new() }))
            .collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len() + self.encoded.len()
    }

    /// The matches of the haystack whose candidates these are.
    pub(crate) fn confirm(&self, engine: &Engine, haystack: &[u8]) -> Vec<RawMatch> {
        let mut found = engine.confirm_all(haystack, &self.list, Glue::OfRule);
        for encoded in &self.encoded {
            found.append(&mut decode::matches_of(engine, haystack, encoded.region, Glue::OfRule));
        }
        found
    }

    pub(crate) fn carry(&self, engine: &Engine, pieces: &[Piece], haystack: &[u8]) -> Self {
        // A literal that starts closer to the end of a copy than this may reach over it.
        let seam = engine.longest_literal().saturating_sub(1);
        let (mut list, mut encoded) = (Vec::new(), Vec::new());
        // What has to be searched, grown as long as pieces follow each other without a part that can be carried.
        let mut unknown = Span::new(0, 0);
        // The part where regions have been looked for.
        let mut looked = Span::new(0, 0);
        let mut search = |unknown: Span, list: &mut Vec<Candidate>, encoded: &mut Vec<Encoded>| {
            engine.begun(haystack, unknown, list);
            if engine.decode_depth() > 0 {
                let near = decode::influence(haystack, unknown);
                let range = Span::new(near.start.max(looked.end), near.end);
                if range.start < range.end {
                    Encoded::search(engine, haystack, range, encoded);
                    looked = range;
                }
            }
        };
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.len();
            if let Piece::Copied { from, len } = *piece
                && len >= seam + WORTH_CARRYING
            {
                let known = len - seam;
                let first = self.list.partition_point(|candidate| candidate.start < from);
                let carried = self.list[first..].iter().take_while(|candidate| candidate.start < from + known);
                list.extend(carried.map(|candidate| Candidate { start: candidate.start - from + at, ..*candidate }));
                let first = self.encoded.partition_point(|encoded| encoded.region.span.start < from);
                let inside = self.encoded[first..].iter().take_while(|encoded| encoded.region.span.start < from + len);
                encoded.extend(inside.filter_map(|one| one.copied(from, len, at)));
                search(unknown, &mut list, &mut encoded);
                unknown = Span::new(at + known, end);
            } else {
                unknown.end = end;
            }
            at = end;
        }
        search(unknown, &mut list, &mut encoded);
        Self::of(list, encoded)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decode::tests::encoded_texts;
    use crate::ruleset::RuleSet;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn carried_candidates_are_those_of_a_search(
            source in encoded_texts(),
            steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 0_usize..600, encoded_texts()), 0..12),
        ) {
            let engine = Engine::new(&RuleSet::builtin(), &[]).decoding(2);
            let (mut haystack, mut pieces) = (Vec::new(), Vec::new());
            for (is_copy, from, len, new) in steps {
                if is_copy {
                    let from = from.index(source.len() + 1);
                    let len = len.min(source.len() - from);
                    haystack.extend_from_slice(&source[from..from + len]);
                    pieces.push(Piece::Copied { from, len });
                } else {
                    let new = &new[..new.len().min(len)];
                    haystack.extend_from_slice(new);
                    pieces.push(Piece::New { len: new.len() });
                }
            }
            let carried = Candidates::search(&engine, &source).carry(&engine, &pieces, &haystack);
            prop_assert_eq!(carried, Candidates::search(&engine, &haystack));
        }
    }
}
