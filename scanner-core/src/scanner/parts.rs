//! A search of one input in parts, for callers that search them in parallel.

use crate::scanner::builder::Scanner;
use crate::scanner::matched::Located;
use crate::scanner::search::{self, InRange};
use crate::scanner::window::{Context, MatchWindow};
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::text::view::View;

/// How much is searched before what was found is settled: text in which every byte could begin a
/// match takes a hundred times its size.
pub(super) const STEP: usize = 1 << 18;

/// How far a search came.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Searched {
    /// Whether it came to the end of the input.
    pub is_whole: bool,
    /// How many encoded texts in it were not searched to their end, because they stand for much
    /// more than their size: see [`Decoding`](crate::Decoding).
    pub cut: usize,
}

/// What was found in one part of a haystack: see [`Parts`].
pub struct Part {
    pub(super) found: InRange,
    pub(super) range: Span,
    /// How far it was searched. A part in which very much is found is searched to its end only when
    /// it is accepted.
    pub(super) searched: usize,
}

/// A search of one haystack in parts.
///
/// The parts can be searched in any order and on any threads; they are accepted in their order. The
/// matches are those of [`Scanner::scan`].
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner, Span};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["x glp", "at-6K5h83AacUCCGxzdUCuD y"].concat();
/// let mut parts = scanner.in_parts(text.as_bytes());
/// let halves = vec![parts.search(Span::new(0, 5)), parts.search(Span::new(5, text.len()))];
/// let mut found = Vec::new();
/// parts.accept(halves, &mut |located| found.push(located));
/// assert_eq!(found[0].matched.span().range(), 2..28);
/// ```
pub struct Parts<'s, 't> {
    pub(super) scanner: &'s Scanner,
    pub(super) haystack: &'t [u8],
    pub(super) window: MatchWindow,
    /// Whether matches come with their places and the lines around them.
    pub(super) has_lines: bool,
}

impl<'s> Parts<'s, '_> {
    /// Searches a part of the haystack, for matches that start in it, wherever they end. Keeps
    /// about 4096 matches: where there are more, [`Parts::accept`] searches the rest.
    #[must_use]
    pub fn search(&self, range: Span) -> Part {
        /// More matches than this are not kept for a part.
        const MAX_FOUND: usize = 4096;
        let mut part = Part { found: InRange::default(), range, searched: range.start };
        while part.searched < range.end && part.found.found.len() < MAX_FOUND {
            let end = range.end.min(part.searched + STEP);
            part.found.append(self.found_in(Span::new(part.searched, end)));
            part.searched = end;
        }
        part
    }

    fn found_in(&self, range: Span) -> InRange {
        search::in_range(&self.scanner.engine, self.haystack, range, LeftBoundary::Enforce)
    }

    /// Takes parts that were searched: they must follow each other and those accepted before.
    /// `emit` has got all matches once the part that ends where the haystack does is accepted.
    ///
    /// # Panics
    ///
    /// If a part is left out.
    pub fn accept(&mut self, parts: Vec<Part>, emit: &mut dyn FnMut(Located<'s>)) {
        for part in parts {
            assert_eq!(part.range.start, self.window.searched(), "a part was left out");
            self.add(part.found, part.searched);
            while self.window.searched() < part.range.end {
                self.flush(emit);
                let from = self.window.searched();
                let range = Span::new(from, part.range.end.min(from + STEP));
                let found = self.found_in(range);
                self.add(found, range.end);
            }
        }
        self.flush(emit);
    }

    /// Returns how many encoded texts were not searched to their end so far, because they stand for
    /// much more than their size.
    #[must_use]
    pub fn cut(&self) -> usize {
        self.window.cut()
    }

    fn add(&mut self, found: InRange, until: usize) {
        let view = View { bytes: self.haystack, base: 0, is_last: true };
        self.window.add(&self.scanner.engine, &view, found, until);
    }

    fn flush(&mut self, emit: &mut dyn FnMut(Located<'s>)) {
        let scanner = self.scanner;
        let view = View { bytes: self.haystack, base: 0, is_last: true };
        let context = scanner.context();
        let context =
            Context { least_shown: context.least_shown.filter(|_| self.has_lines), ..context };
        self.window.flush(context, &view, &mut |settled| emit(scanner.located(settled)));
    }
}

#[cfg(test)]
mod tests {
    use crate::coverage::Searched;
    use crate::{Located, RuleSet, Scanner, Span};

    /// Matches that all overlap each other, in a chain that is longer than where chains are cut.
    #[test]
    fn endless_chains_are_cut_alike() {
        let rules = "[[rules]]\nid = 'a'\nregex = 'a{7}'\nprefixes = ['aa']\nleft = 'none'\n\
                     right = 'none'\n[[rules]]\nid = 'b'\nregex = 'a{10}'\nprefixes = ['a']\n\
                     left = 'none'\nright = 'none'\n";
        let scanner = Scanner::new(&RuleSet::from_toml("r", rules).unwrap());
        let text = vec![b'a'; 700_000];
        let shown = |found: &[Located<'_>]| -> Vec<(Span, String)> {
            let shown =
                |one: &Located<'_>| (one.matched.span(), one.matched.rule().id().to_owned());
            found.iter().map(shown).collect()
        };
        let mut whole = Vec::new();
        scanner.scan(&text, &mut |located| whole.push(located));
        assert!(whole.len() > 50_000, "{}", whole.len());
        let mut in_parts = Vec::new();
        let mut parts = scanner.in_parts(&text);
        let searched =
            [(0, 650_000), (650_000, 700_000)].map(|(from, to)| parts.search(Span::new(from, to)));
        parts.accept(searched.into(), &mut |located| in_parts.push(located));
        assert_eq!(shown(&in_parts), shown(&whole));
        for len in [77_777, 1 << 20] {
            let (mut streamed, mut stream) = (Vec::new(), scanner.stream());
            for chunk in text.chunks(len) {
                stream.push(chunk, &mut |located| streamed.push(located));
            }
            stream.finish(&mut |located| streamed.push(located));
            assert_eq!(shown(&streamed), shown(&whole), "{len}");
        }
    }

    #[test]
    fn a_scan_ends_when_it_is_told_to() {
        let scanner = Scanner::new(&RuleSet::builtin());
        let token = ["glp", "at-6K5h83AacUCCGxzdUCuD\n"].concat();
        let text = [token.as_str(), &"x".repeat(2 << 20), "\n", &token].concat();
        let (mut found, mut steps) = (0, 0);
        let mut goes_on = || {
            steps += 1;
            steps < 5
        };
        let Searched { is_whole, .. } =
            scanner.scan_while(text.as_bytes(), &mut |_| found += 1, &mut goes_on);
        assert!(!is_whole);
        assert_eq!(found, 1);
        assert!(scanner.scan_while(text.as_bytes(), &mut |_| found += 1, &mut || true).is_whole);
        assert_eq!(found, 3);
    }
}
