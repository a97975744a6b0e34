//! Rules that are searched for, but only where one of their keywords is near.
//!
//! Other rules begin at a literal. A rule of gitleaks has keywords instead: its regex, which may
//! begin with anything, runs over a text that holds one of them, in any case of letters. Keywords
//! are looked for by a prefilter of their own, in one pass for all rules, and what is not near one
//! is never touched by the regex.
//!
//! "Near" is [`REACH`] bytes in either direction. Files shorter than that are looked at as a whole,
//! as in gitleaks, and of longer ones the result does not depend on how they are cut into chunks.
//!
//! The regexes know characters, so a text has to be UTF-8: each byte that is not becomes U+FFFD
//! first, as in Go.

use crate::prefilter::Prefilter;
use crate::rules::literals::{Literal, MIN_LITERAL_LEN};
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::text::utf8::MARGIN;

/// How far from a keyword a match may start. It is the size of the pieces that gitleaks cuts files
/// into.
pub(crate) const REACH: usize = 100_000;

/// Where the rules with keywords may match.
pub(crate) struct KeywordFilters {
    keyword_filters: Vec<KeywordFilter>,
    prefilter: Prefilter,
    longest: usize,
}

struct KeywordFilter {
    /// The index of the rule.
    rule: usize,
    /// Keywords that the prefilter looks for.
    keywords: Vec<Literal>,
    /// Those too short for it.
    short: Vec<Vec<u8>>,
    /// Whether the rule runs everywhere.
    is_always_open: bool,
}

impl KeywordFilters {
    /// The keyword_filters of rules, given by index with their keywords.
    pub(crate) fn new<'k>(rules: impl Iterator<Item = (usize, &'k [String])>) -> Self {
        let keyword_filters: Vec<KeywordFilter> =
            rules.map(|(rule, keywords)| KeywordFilter::new(rule, keywords)).collect();
        let literals = keyword_filters
            .iter()
            .enumerate()
            .map(|(index, filter)| (index, filter.keywords.as_slice()));
        let prefilter = Prefilter::new(literals.filter(|(_, literals)| !literals.is_empty()));
        let longest = keyword_filters
            .iter()
            .flat_map(|filter| &filter.keywords)
            .map(|literal| literal.bytes.len())
            .max();
        Self { prefilter, longest: longest.unwrap_or(0), keyword_filters }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.keyword_filters.is_empty()
    }

    /// The indexes of the rules, in the order of their keyword_filters.
    pub(crate) fn rules(&self) -> impl ExactSizeIterator<Item = usize> {
        self.keyword_filters.iter().map(|filter| filter.rule)
    }

    /// How much text on either side decides where rules may match.
    pub(crate) fn reach(&self) -> usize {
        if self.is_empty() { 0 } else { REACH + self.longest + MARGIN }
    }

    /// For each filter, the parts of a range where a match may start.
    pub(crate) fn open(&self, haystack: &[u8], range: Span) -> Vec<Vec<Span>> {
        let around =
            Span::new(range.start.saturating_sub(REACH), haystack.len().min(range.end + REACH));
        let mut met: Vec<Vec<usize>> = vec![Vec::new(); self.keyword_filters.len()];
        self.prefilter.candidates(haystack, around, LeftBoundary::Ignore, |candidate| {
            let rest = &haystack[candidate.start..];
            // An anchor is a part of a keyword.
            if self.keyword_filters[candidate.rule]
                .keywords
                .iter()
                .any(|literal| literal.starts(rest))
            {
                met[candidate.rule].push(candidate.start);
            }
        });
        let each = self.keyword_filters.iter().zip(met);
        each.map(|(filter, met)| {
            if filter.is_always_open {
                vec![range]
            } else {
                filter.open(haystack, around, range, met)
            }
        })
        .collect()
    }
}

impl KeywordFilter {
    fn new(rule: usize, keywords: &[String]) -> Self {
        let mut filter = Self {
            rule,
            keywords: Vec::new(),
            short: Vec::new(),
            is_always_open: keywords.is_empty(),
        };
        for keyword in keywords {
            let bytes = keyword.to_lowercase().into_bytes();
            match bytes.len() {
                // As in gitleaks, it is never met.
                0 => {}
                // Other letters have cases as well, which are not folded here: too much is
                // searched, not too little.
                _ if !bytes.is_ascii() => filter.is_always_open = true,
                len if len < MIN_LITERAL_LEN => filter.short.push(bytes),
                _ => filter.keywords.push(Literal {
                    bytes,
                    is_folded: true,
                    continued: 0,
                    is_bounded: false,
                }),
            }
        }
        filter
    }

    fn open(&self, haystack: &[u8], around: Span, range: Span, mut met: Vec<usize>) -> Vec<Span> {
        for word in &self.short {
            let upper = word[0].to_ascii_uppercase();
            let starts = memchr::memchr2_iter(word[0], upper, &haystack[around.range()])
                .map(|at| around.start + at);
            let is_there = |at: &usize| {
                haystack
                    .get(*at..*at + word.len())
                    .is_some_and(|part| part.eq_ignore_ascii_case(word))
            };
            met.extend(starts.filter(is_there));
        }
        met.sort_unstable();
        let mut open: Vec<Span> = Vec::new();
        for at in met {
            let part =
                Span::new(at.saturating_sub(REACH).max(range.start), (at + REACH).min(range.end));
            match open.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ if part.start < part.end => open.push(part),
                _ => {}
            }
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::position::places;
    use crate::text::utf8::Utf8Part;

    fn keyword_filters(keywords: &[&str]) -> KeywordFilters {
        let keywords: Vec<String> = keywords.iter().map(|keyword| (*keyword).to_owned()).collect();
        KeywordFilters::new([(7, keywords.as_slice())].into_iter())
    }

    fn open(keywords: &[&str], text: &str) -> bool {
        !keyword_filters(keywords).open(text.as_bytes(), Span::new(0, text.len()))[0].is_empty()
    }

    #[test]
    fn a_keyword_opens_in_any_case() {
        assert!(open(&["acme"], "x ACMe y") && open(&["ACME"], "acme"));
        assert!(!open(&["acme"], "acm e"));
        assert!(open(&["no", "k="], "key K=1") && !open(&["k="], "k 1"));
        assert!(open(&[], "anything") && !open(&["", "acme"], "anything"));
        assert!(open(&["schl\u{fc}ssel"], "anything"));
        assert!(!open(&["averyveryverylongkeyword"], "averyveryverylongkeywor"));
    }

    #[test]
    fn parts_are_those_of_the_whole() {
        let mut text = vec![b' '; 5 * REACH];
        for at in [REACH + 10, REACH + 500, 4 * REACH] {
            text[at..at + 4].copy_from_slice(b"acme");
        }
        let keyword_filters = keyword_filters(&["acme"]);
        let whole = keyword_filters.open(&text, Span::new(0, text.len()));
        assert_eq!(whole[0], [Span::new(10, 2 * REACH + 500), Span::new(3 * REACH, 5 * REACH)]);
        for cut in [1, REACH, 2 * REACH + 499, 3 * REACH + 7] {
            let mut parts = keyword_filters.open(&text, Span::new(0, cut)).remove(0);
            for part in keyword_filters.open(&text, Span::new(cut, text.len())).remove(0) {
                match parts.last_mut() {
                    Some(last) if last.end == part.start => last.end = part.end,
                    _ => parts.push(part),
                }
            }
            assert_eq!(parts, whole[0], "{cut}");
        }
    }

    #[test]
    fn offsets_of_text_that_is_not_utf8() {
        let text = b"a\xffb\xe9\xe8\xc3\xa9c\xf0\x9f";
        let part = Utf8Part::of(text, Span::new(0, text.len()), 10);
        assert_eq!(part.bytes(), "a\u{fffd}b\u{fffd}\u{fffd}\u{e9}c\u{fffd}\u{fffd}".as_bytes());
        for (original, converted) in
            [(0, 0), (1, 1), (2, 4), (3, 5), (4, 8), (5, 11), (7, 13), (8, 14), (9, 17), (10, 20)]
        {
            assert_eq!(part.converted(original), converted);
            assert_eq!(part.original(converted), original);
        }
        let plain = Utf8Part::of("\u{e9}a".as_bytes(), Span::new(2, 3), 10);
        assert_eq!((plain.converted(2), plain.original(2)), (2, 2));
    }

    #[test]
    fn lines_and_columns() {
        assert_eq!(places(b"ab\ncd\n\ne", 1, &[1, 2, 4, 7]), [(0, 0), (0, 1), (1, 1), (3, 0)]);
    }
}
