//! Candidates that are carried from one text to another.
//!
//! A delta makes a text of copies from another one and of new bytes. Where a literal was in the part that was copied,
//! it is in the copy; so only the new bytes and the seams have to be searched. What follows the literal, and what
//! stands around it, is judged in the text itself.

use std::collections::BTreeMap;

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
}

impl Candidates {
    pub(crate) fn search(engine: &Engine, haystack: &[u8]) -> Self {
        let mut list = Vec::new();
        engine.begun(haystack, Span::new(0, haystack.len()), &mut list);
        Self::of(list)
    }

    fn of(mut list: Vec<Candidate>) -> Self {
        list.sort_unstable();
        list.dedup();
        list.shrink_to_fit();
        Self { list }
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The same, rule by rule, with the id of each.
    #[must_use]
    pub fn by_rule<'s>(&self, scanner: &'s Scanner) -> Vec<(&'s Rule, Self)> {
        let mut rules: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for candidate in &self.list {
            rules.entry(candidate.rule).or_default().push(*candidate);
        }
        rules.into_iter().map(|(rule, list)| (scanner.engine().rule(rule), Self { list })).collect()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub(crate) fn as_slice(&self) -> &[Candidate] {
        &self.list
    }

    pub(crate) fn carry(&self, engine: &Engine, pieces: &[Piece], haystack: &[u8]) -> Self {
        // A literal that starts closer to the end of a copy than this may reach over it.
        let seam = engine.longest_literal().saturating_sub(1);
        let mut list = Vec::new();
        // What has to be searched, grown as long as pieces follow each other without a part that can be carried.
        let mut unknown = Span::new(0, 0);
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.len();
            if let Piece::Copied { from, len } = *piece
                && len > seam
            {
                let known = len - seam;
                let first = self.list.partition_point(|candidate| candidate.start < from);
                let carried = self.list[first..].iter().take_while(|candidate| candidate.start < from + known);
                list.extend(carried.map(|candidate| Candidate { start: candidate.start - from + at, ..*candidate }));
                if !unknown.is_empty() {
                    engine.begun(haystack, unknown, &mut list);
                }
                unknown = Span::new(at + known, end);
            } else {
                unknown.end = end;
            }
            at = end;
        }
        if !unknown.is_empty() {
            engine.begun(haystack, unknown, &mut list);
        }
        Self::of(list)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::engine::tests::texts;
    use crate::ruleset::RuleSet;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn carried_candidates_are_those_of_a_search(
            source in texts(),
            steps in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 0_usize..80, texts()), 0..12),
        ) {
            let engine = Engine::new(&RuleSet::builtin(), &[]);
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
