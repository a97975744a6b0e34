//! The first look at every byte: where could a match begin?
//!
//! Each rule brings the literals that its matches start with. Of each literal an *anchor* is looked
//! for: its rarest four bytes. Four searchers do that and find the same; a test holds them to it.
//! The first one that the processor can run and that takes the number of anchors is used:
//!
//! - [`wide`] takes any number in one pass, some dozen of them at memory speed. It needs AVX-512.
//! - [`sieve`] takes some dozen at nearly that speed. It needs AVX2.
//! - [`hashes`] takes any number, at half that speed. It needs AVX2, too.
//! - [`automaton`] is the Aho-Corasick automaton of the crate of that name, for all other
//!   processors.
//!
//! With many anchors, those that would be everywhere are looked for by [`runs`].
//!
//! Why not the packed searcher of that crate: with up to 32 literals it is as fast as the sieve,
//! with up to 64 half as fast, and more it does not take; and letters of either case have to be
//! spelled out, up to 16 literals for one anchor. The figures are in docs/performance.md.

mod anchors;
mod automaton;
#[cfg(target_arch = "x86_64")]
mod contexts;
#[cfg(target_arch = "x86_64")]
mod entries;
#[cfg(target_arch = "x86_64")]
mod hashes;
#[cfg(target_arch = "x86_64")]
mod runs;
#[cfg(target_arch = "x86_64")]
mod sieve;
#[cfg(target_arch = "x86_64")]
mod wide;
#[cfg(target_arch = "x86_64")]
mod word_set;

use crate::prefilter::anchors::Use;
use core::ops::Range;

use self::anchors::Anchor;
use self::automaton::Automaton;
use crate::rules::literals::Literal;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;

/// A position where a rule has to be tried.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Candidate {
    /// Where a match would start.
    pub(crate) start: usize,
    /// The index of the rule.
    pub(crate) rule: usize,
}

enum Searcher {
    #[cfg(target_arch = "x86_64")]
    Sieve(Box<sieve::Sieve>),
    #[cfg(target_arch = "x86_64")]
    Wide(Box<wide::Wide>),
    #[cfg(target_arch = "x86_64")]
    Hashes(Box<hashes::Hashes>),
    Automaton(Box<Automaton>),
}

/// Each with the anchors that it looks for.
impl Searcher {
    #[cfg(target_arch = "x86_64")]
    fn sieve(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        sieve::Sieve::new(literals).map(|(anchors, sieve)| (anchors, Self::Sieve(Box::new(sieve))))
    }

    #[cfg(target_arch = "x86_64")]
    fn wide(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        wide::Wide::new(literals).map(|(anchors, wide)| (anchors, Self::Wide(Box::new(wide))))
    }

    #[cfg(target_arch = "x86_64")]
    fn hashes(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        hashes::Hashes::new(literals)
            .map(|(anchors, hashes)| (anchors, Self::Hashes(Box::new(hashes))))
    }

    fn automaton(literals: &[Literal]) -> (Vec<Anchor>, Self) {
        let anchors = anchors::everywhere(literals);
        let automaton = Automaton::new(&anchors);
        (anchors, Self::Automaton(Box::new(automaton)))
    }
}

/// Finds the candidates of all rules that have literals.
pub(crate) struct Prefilter {
    /// All literals, each once, with the rules whose matches start with them.
    literals: Vec<Literal>,
    rules: Vec<Vec<usize>>,
    /// The uses of all anchors.
    uses: Vec<Use>,
    /// Which of them are those of each anchor.
    uses_of: Vec<Range<usize>>,
    searcher: Searcher,
    /// The furthest that an anchor's end can be from the start of its match.
    reach: usize,
}

impl Prefilter {
    /// Builds the searcher for the literals of rules, given by rule index.
    pub(crate) fn new<'l>(rules: impl Iterator<Item = (usize, &'l [Literal])>) -> Self {
        Self::with(rules, |literals| {
            #[cfg(target_arch = "x86_64")]
            {
                let found = Searcher::wide(literals).or_else(|| Searcher::sieve(literals));
                if let Some(found) = found.or_else(|| Searcher::hashes(literals)) {
                    return found;
                }
            }
            Searcher::automaton(literals)
        })
    }

    fn with<'l>(
        rules: impl Iterator<Item = (usize, &'l [Literal])>,
        searcher: impl FnOnce(&[Literal]) -> (Vec<Anchor>, Searcher),
    ) -> Self {
        let each =
            rules.flat_map(|(rule, literals)| literals.iter().map(move |literal| (literal, rule)));
        let mut each: Vec<(&Literal, usize)> = each.collect();
        each.sort();
        let same = each.chunk_by(|(a, _), (b, _)| a == b);
        let rules_of = |same: &[(&Literal, usize)]| same.iter().map(|(_, rule)| *rule).collect();
        let (literals, rules): (Vec<Literal>, Vec<Vec<usize>>) =
            same.map(|same| (same[0].0.clone(), rules_of(same))).unzip();
        let (anchors, searcher) = searcher(&literals);
        let reach =
            |anchor: &Anchor| anchor.uses.iter().map(|usage| usage.offset + anchor.reach()).max();
        let reach = anchors.iter().filter_map(reach).max().unwrap_or(0);
        let mut uses: Vec<Use> = Vec::new();
        let uses_of = anchors.into_iter().map(|anchor| {
            let first = uses.len();
            uses.extend(anchor.uses);
            first..uses.len()
        });
        let uses_of = uses_of.collect();
        Self { literals, rules, uses, uses_of, searcher, reach }
    }

    /// Calls `found` for each place in `range` where a literal of a rule starts. Candidates come in
    /// no particular order, and one can come twice. Those that a word to the left rules out can be
    /// left out, if the left is that of the rule.
    pub(crate) fn candidates(
        &self,
        haystack: &[u8],
        range: Span,
        left: LeftBoundary,
        mut found: impl FnMut(Candidate),
    ) {
        let end = haystack.len().min(range.end.saturating_add(self.reach));
        if range.start >= end {
            return;
        }
        let part = Span::new(range.start, end);
        let mut hit = |anchor: usize, at: usize| {
            for usage in &self.uses[self.uses_of[anchor].clone()] {
                if let Some(start) = at.checked_sub(usage.offset)
                    && (range.start..range.end).contains(&start)
                    && usage.head.could_start(&haystack[start..])
                    && self.literals[usage.literal].starts(&haystack[start..])
                {
                    self.rules[usage.literal]
                        .iter()
                        .for_each(|rule| found(Candidate { start, rule: *rule }));
                }
            }
        };
        match &self.searcher {
            #[cfg(target_arch = "x86_64")]
            Searcher::Sieve(sieve) => sieve.search(haystack, part, &mut hit),
            #[cfg(target_arch = "x86_64")]
            Searcher::Wide(wide) => wide.search(haystack, part, left, &mut hit),
            #[cfg(target_arch = "x86_64")]
            Searcher::Hashes(hashes) => hashes.search(haystack, part, left, &mut hit),
            Searcher::Automaton(automaton) => automaton.search(haystack, part, &mut hit),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::boundary::Boundary;
    use crate::text::boundary::is_free_on_the_left;

    fn exact(text: &str) -> Literal {
        Literal {
            bytes: text.as_bytes().to_vec(),
            is_folded: false,
            continued: 0,
            is_bounded: false,
        }
    }

    fn folded(text: &str) -> Literal {
        Literal {
            bytes: text.as_bytes().to_vec(),
            is_folded: true,
            continued: 0,
            is_bounded: false,
        }
    }

    fn bounded(text: &str, continued: u8) -> Literal {
        Literal { continued, is_bounded: true, ..exact(text) }
    }

    fn each(rules: &[Vec<Literal>]) -> impl Iterator<Item = (usize, &[Literal])> {
        rules.iter().enumerate().map(|(index, literals)| (index, literals.as_slice()))
    }

    fn all(prefilter: &Prefilter, haystack: &[u8], range: Span) -> Vec<Candidate> {
        let mut found = Vec::new();
        prefilter
            .candidates(haystack, range, LeftBoundary::Ignore, |candidate| found.push(candidate));
        found.sort();
        found.dedup();
        found
    }

    /// The same literals for all searchers that this processor can run.
    fn each_searcher(rules: &[Vec<Literal>]) -> Vec<Prefilter> {
        let mut found = vec![Prefilter::with(each(rules), Searcher::automaton)];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            found.push(Prefilter::with(each(rules), |literals| {
                Searcher::sieve(literals).expect("they are few")
            }));
            found.push(Prefilter::with(each(rules), |literals| {
                Searcher::hashes(literals).expect("there is AVX2")
            }));
        }
        #[cfg(target_arch = "x86_64")]
        if Searcher::wide(&[]).is_some() {
            found.push(Prefilter::with(each(rules), |literals| {
                Searcher::wide(literals).expect("there is AVX-512")
            }));
        }
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
            vec![folded("zq_"), folded("ABIA")],
            vec![bounded("ghp_", 24), bounded("hv.", 20)],
            vec![Literal { continued: 27, ..exact("12|") }],
            vec![
                Literal { continued: 1, ..exact("abd") },
                Literal { continued: 1, ..exact("ghx_") },
            ],
        ]
    }

    proptest! {
        #[test]
        fn every_literal_is_met_by_each_searcher(
            pieces in prop::collection::vec(
                "glpat-|glrt-|glrtr|r-|[Pp][Rr]ivate[-_]|TOKEN|token|x-gitlab|-|\\.01|\\.|GR13\
                 |48941|ab|bc|d|ghx|_|ghp|hv|x?12\\||[0-9a-z_-]{16,28}|zq|ZQ_|abia|[ -~]{0,40}",
                0..30,
            ),
        ) {
            let text = pieces.concat();
            let rules = literals();
            let expected = naive(&rules, text.as_bytes());
            for prefilter in each_searcher(&rules) {
                let found = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
                prop_assert_eq!(&found, &expected);
            }
        }

        #[test]
        fn ranges_partition_the_candidates(
            text in "(glpat-|X-Gitlab-Token|abc|abd|ghx_|ghp_[0-9a-z]{22,26}|hv.[0-9a-z]{18,22}\
                     |Zq_|[ -~]{0,20}){0,20}",
            cut in 0_usize..400,
        ) {
            let rules = literals();
            let cut = cut.min(text.len());
            for prefilter in each_searcher(&rules) {
                let whole = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
                let mut parts = all(&prefilter, text.as_bytes(), Span::new(0, cut));
                parts.extend(all(&prefilter, text.as_bytes(), Span::new(cut, text.len())));
                prop_assert_eq!(parts, whole);
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_left_out_is_glued_to_a_word(
            pieces in prop::collection::vec(
                "[0-9a-z_-]{0,26}|ghp_|hv\\.|x?12\\||\\\\[nxu]|\\\\u0022|%3D|\u{1b}\\[|\\\\e\\[\
                 |\u{9b}|31;1m|[ -~\n]{0,9}",
                0..30,
            ),
        ) {
            let text = pieces.concat();
            let ids = vec![Literal { continued: 27, ..exact("12|") }];
            let rules = [vec![bounded("ghp_", 24), bounded("hv.", 20)], ids];
            let bytes = text.as_bytes();
            for prefilter in each_searcher(&rules) {
                let whole = Span::new(0, bytes.len());
                let (mut some, all) = (Vec::new(), all(&prefilter, bytes, whole));
                prefilter.candidates(bytes, whole, LeftBoundary::Enforce, |one| some.push(one));
                prop_assert!(some.iter().all(|candidate| all.contains(candidate)));
                for left_out in all.iter().filter(|candidate| !some.contains(candidate)) {
                    prop_assert!(left_out.rule == 0, "{:?}", text);
                    let is_free = is_free_on_the_left(Boundary::Word, bytes, left_out.start);
                    prop_assert!(!is_free, "{:?}", text);
                }
            }
        }
    }

    #[test]
    fn anchors_beyond_ascii() {
        let rules = [vec![exact("schl\u{fc}ssel")], vec![exact("glpat-")]];
        let text = format!(
            "{}schl\u{fc}ssel{}glpat-{}",
            " ".repeat(70),
            "\u{fc}".repeat(40),
            " ".repeat(70)
        );
        for prefilter in each_searcher(&rules) {
            let found = all(&prefilter, text.as_bytes(), Span::new(0, text.len()));
            assert_eq!(found.iter().map(|candidate| candidate.rule).collect::<Vec<_>>(), [0, 1]);
        }
    }

    /// Long enough for each searcher's steps, lists and tables.
    #[test]
    fn hundreds_of_anchors_in_long_texts() {
        let rules: Vec<Vec<Literal>> = (0..500)
            .map(|i| match i % 4 {
                0 => vec![exact(&format!("k{i:03}q"))],
                1 => vec![folded(&format!("{}z{}x", char::from(b'a' + (i % 26) as u8), i / 26))],
                2 => vec![exact(&format!("_{:02}", i / 5))],
                _ => vec![bounded(&format!("w{:02}_", i / 5), 20)],
            })
            .collect();
        // The constants are those of a generator of Knuth's: nothing but many different texts is
        // asked of it.
        let mut random = 1_u64;
        let mut next = |below: usize| {
            random = random
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % below
        };
        let mut text = Vec::new();
        while text.len() < 20_000 {
            match next(3) {
                0 => text.extend_from_slice(&rules[next(500)][0].bytes),
                1 => text.extend((0..next(40)).map(|_| b"kq0123456789_zx-w \n"[next(19)])),
                _ => text.extend((0..next(300)).map(|_| b"abcZX_\xc3\xa9 ="[next(10)])),
            }
        }
        let expected = naive(&rules, &text);
        assert!(expected.len() > 100, "{}", expected.len());
        let mut searchers = vec![Prefilter::with(each(&rules), Searcher::automaton)];
        #[cfg(target_arch = "x86_64")]
        {
            let many = [Searcher::wide as fn(&[Literal]) -> _, Searcher::hashes];
            let there = many.into_iter().filter(|searcher| searcher(&[]).is_some());
            searchers.extend(there.map(|searcher| {
                Prefilter::with(each(&rules), |literals| searcher(literals).unwrap())
            }));
        }
        for prefilter in searchers {
            for end in
                [20_000, text.len(), 2047, 2048, 2049, 2050, 2051, 259, 258, 256, 70, 64, 63, 3, 0]
            {
                let found = all(&prefilter, &text[..end], Span::new(0, end));
                assert_eq!(found, naive(&rules, &text[..end]), "{end}");
            }
            assert_eq!(all(&prefilter, &text, Span::new(0, text.len())), expected);
            assert!(all(&prefilter, b"k000q", Span::new(9, 20)).is_empty());
        }
    }
}
