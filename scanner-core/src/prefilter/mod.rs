//! The first look at every byte: where could a match begin?
//!
//! Each rule brings the literals that its matches start with. Of each literal an *anchor* is looked for: its rarest
//! four bytes. Two searchers do that and find the same; a test holds them to it:
//!
//! - [`sieve`] is made for this one task and takes any number of anchors, of either case, in one pass at memory speed.
//!   It needs AVX2.
//! - [`automaton`] is the Aho-Corasick automaton of the crate of that name, for all other processors.
//!
//! Why not the packed searcher of that crate: with up to 32 literals it is as fast, with up to 64 half as fast, and
//! more it does not take; and letters of either case have to be spelled out, up to 16 literals for one anchor. The
//! figures are in docs/performance.md.

mod anchors;
mod automaton;
pub(crate) mod frequency;
#[cfg(target_arch = "x86_64")]
mod sieve;

use std::collections::BTreeMap;

use self::anchors::{Anchor, GRAM};
use self::automaton::Automaton;
use crate::ruleset::literals::Literal;
use crate::span::Span;

/// A position where a rule has to be tried.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Candidate {
    /// Where a match would start.
    pub(crate) start: usize,
    /// The index of the rule.
    pub(crate) rule: usize,
}

/// A literal that an anchor is a part of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
struct Use {
    literal: usize,
    /// How far the anchor is from the start of the literal.
    offset: usize,
}

enum Searcher {
    #[cfg(target_arch = "x86_64")]
    Sieve(Box<sieve::Sieve>),
    Automaton(Box<Automaton>),
}

/// Finds the candidates of all rules that have literals.
pub(crate) struct Prefilter {
    /// All literals, each once, with the rules whose matches start with them.
    literals: Vec<Literal>,
    rules: Vec<Vec<usize>>,
    anchors: Vec<Anchor>,
    searcher: Searcher,
    /// The furthest that an anchor's end can be from the start of its match.
    reach: usize,
}

impl Prefilter {
    /// Builds the searcher for the literals of rules, given by rule index.
    pub(crate) fn new<'l>(rules: impl Iterator<Item = (usize, &'l [Literal])>) -> Self {
        Self::with(rules, |anchors| {
            #[cfg(target_arch = "x86_64")]
            if let Some(sieve) = sieve::Sieve::new(anchors) {
                return Searcher::Sieve(Box::new(sieve));
            }
            Searcher::Automaton(Box::new(Automaton::new(anchors)))
        })
    }

    fn with<'l>(
        rules: impl Iterator<Item = (usize, &'l [Literal])>,
        searcher: impl FnOnce(&[Anchor]) -> Searcher,
    ) -> Self {
        let mut of_literals: BTreeMap<&Literal, Vec<usize>> = BTreeMap::new();
        for (rule, literals) in rules {
            for literal in literals {
                of_literals.entry(literal).or_default().push(rule);
            }
        }
        let (literals, rules): (Vec<Literal>, Vec<Vec<usize>>) =
            of_literals.into_iter().map(|(literal, rules)| (literal.clone(), rules)).unzip();
        let anchors = anchors::of(&literals);
        let uses = anchors.iter().flat_map(|anchor| &anchor.uses);
        let reach = uses.map(|usage| usage.offset + GRAM).max().unwrap_or(0);
        let searcher = searcher(&anchors);
        Self { literals, rules, anchors, searcher, reach }
    }

    /// Calls `found` for each place in `range` where a literal of a rule starts. Candidates come in no particular order,
    /// and one can come twice.
    pub(crate) fn candidates(&self, haystack: &[u8], range: Span, mut found: impl FnMut(Candidate)) {
        let end = haystack.len().min(range.end.saturating_add(self.reach));
        let part = Span::new(range.start, end);
        let mut hit = |anchor: usize, at: usize| {
            for usage in &self.anchors[anchor].uses {
                if let Some(start) = at.checked_sub(usage.offset)
                    && (range.start..range.end).contains(&start)
                    && self.literals[usage.literal].starts(&haystack[start..])
                {
                    self.rules[usage.literal].iter().for_each(|rule| found(Candidate { start, rule: *rule }));
                }
            }
        };
        match &self.searcher {
            #[cfg(target_arch = "x86_64")]
            Searcher::Sieve(sieve) => sieve.search(haystack, part, &mut hit),
            Searcher::Automaton(automaton) => automaton.search(haystack, part, &mut hit),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(text: &str) -> Literal {
        Literal { bytes: text.as_bytes().to_vec(), is_folded: false, is_continued: false }
    }

    fn folded(text: &str) -> Literal {
        Literal { bytes: text.as_bytes().to_vec(), is_folded: true, is_continued: false }
    }

    fn each(rules: &[Vec<Literal>]) -> impl Iterator<Item = (usize, &[Literal])> {
        rules.iter().enumerate().map(|(index, literals)| (index, literals.as_slice()))
    }

    fn all(prefilter: &Prefilter, haystack: &[u8], range: Span) -> Vec<Candidate> {
        let mut found = Vec::new();
        prefilter.candidates(haystack, range, |candidate| found.push(candidate));
        found.sort();
        found.dedup();
        found
    }

    /// Each literal at each place, compared byte by byte.
    fn naive(rules: &[Vec<Literal>], haystack: &[u8]) -> Vec<Candidate> {
        let mut found = Vec::new();
        for start in 0..haystack.len() {
            for (rule, literals) in rules.iter().enumerate() {
                if literals.iter().any(|literal| literal.starts(&haystack[start..])) {
                    found.push(Candidate { start, rule });
                }
            }
        }
        found
    }

    fn literals() -> Vec<Vec<Literal>> {
        vec![
            vec![exact("glpat-"), exact(".01.")],
            vec![exact("glrt-"), exact("glrtr-")],
            vec![folded("private-token"), folded("private_token")],
            vec![exact("GR1348941")],
            vec![folded("x-gitlab-token")],
            vec![exact("abc")],
        ]
    }

    proptest! {
        #[test]
        fn every_literal_is_met_by_both_searchers(
            pieces in prop::collection::vec("glpat-|glrt-|glrtr|r-|[Pp][Rr]ivate[-_]|TOKEN|token|x-gitlab|-|\\.01|\\.|GR13|48941|ab|bc|[ -~]{0,40}", 0..30)
        ) {
            let text = pieces.concat();
            let rules = literals();
            let fast = Prefilter::new(each(&rules));
            let slow = Prefilter::with(each(&rules), |anchors| Searcher::Automaton(Box::new(Automaton::new(anchors))));
            let whole = Span::new(0, text.len());
            let found = all(&fast, text.as_bytes(), whole);
            prop_assert_eq!(&found, &all(&slow, text.as_bytes(), whole));
            prop_assert_eq!(&found, &naive(&rules, text.as_bytes()));
        }

        #[test]
        fn ranges_partition_the_candidates(text in "(glpat-|X-Gitlab-Token|abc|[ -~]{0,20}){0,20}", cut in 0_usize..400) {
            let rules = literals();
            let prefilter = Prefilter::new(each(&rules));
            let whole = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
            let cut = cut.min(text.len());
            let mut parts = all(&prefilter, text.as_bytes(), Span::new(0, cut));
            parts.extend(all(&prefilter, text.as_bytes(), Span::new(cut, text.len())));
            prop_assert_eq!(parts, whole);
        }
    }

    #[test]
    fn anchors_beyond_ascii() {
        let rules = [vec![exact("schl\u{fc}ssel")], vec![exact("glpat-")]];
        let prefilter = Prefilter::new(each(&rules));
        let text = format!("{}schl\u{fc}ssel{}glpat-{}", " ".repeat(70), "\u{fc}".repeat(40), " ".repeat(70));
        let found = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
        assert_eq!(found.iter().map(|candidate| candidate.rule).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn hundreds_of_anchors() {
        let rules: Vec<Vec<Literal>> = (0..500).map(|i| vec![exact(&format!("k{i:03}q"))]).collect();
        let prefilter = Prefilter::new(each(&rules));
        let text = format!("{}k000q..k499q..k077q..", " ".repeat(100));
        let found = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
        assert!([0, 499, 77].iter().all(|rule| found.iter().any(|candidate| candidate.rule == *rule)), "{found:?}");
    }
}
