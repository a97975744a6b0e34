//! A search of one input in parts, for callers that search them in parallel.

use crate::confirm::raw_match::RawMatch;
use crate::scanner::builder::Scanner;
use crate::scanner::matched::Located;
use crate::scanner::search;
use crate::scanner::window::{Context, MatchWindow};
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::text::view::View;

/// What was found in one part of a haystack: see [`Parts`].
pub struct Part {
    pub(super) found: Vec<RawMatch>,
    pub(super) range: Span,
}

/// A search of one haystack in parts.
///
/// The parts can be searched in any order and on any threads; they are accepted in their order.
/// What is told is the same as [`Scanner::scan`] tells.
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
    /// Whether places and the lines around matches are told.
    pub(super) has_lines: bool,
}

impl<'s> Parts<'s, '_> {
    /// Searches a part. Matches that start in it are found, wherever they end.
    #[must_use]
    pub fn search(&self, range: Span) -> Part {
        Part {
            found: search::in_range(
                &self.scanner.engine,
                self.haystack,
                range,
                LeftBoundary::Enforce,
            ),
            range,
        }
    }

    /// Takes parts that were searched: they must follow each other and those accepted before. With
    /// the part that ends where the haystack does, everything is told.
    ///
    /// # Panics
    ///
    /// If a part is left out.
    pub fn accept(&mut self, parts: Vec<Part>, emit: &mut dyn FnMut(Located<'s>)) {
        let scanner = self.scanner;
        let view = View { bytes: self.haystack, base: 0, is_last: true };
        for part in parts {
            assert_eq!(part.range.start, self.window.searched(), "a part was left out");
            self.window.add(&scanner.engine, &view, part.found, part.range.end);
        }
        let context = scanner.context();
        let context =
            Context { least_shown: context.least_shown.filter(|_| self.has_lines), ..context };
        self.window.flush(context, &view, &mut |settled| emit(scanner.located(settled)));
    }
}
