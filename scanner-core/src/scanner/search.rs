//! Searches an input range by range: for literals, for keywords, in clear and in what is encoded.
//!
//! Rules with literals and encoded text are searched for in any range alone, on any thread. Rules
//! with keywords, or with neither, go on behind their last match, so their ranges come in order.

use crate::confirm::raw_match::RawMatch;
use crate::decode;
use crate::engine::Engine;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::text::view::View;

/// Returns all matches in a haystack, overlaps resolved, the refuted ones included.
pub(crate) fn all(engine: &Engine, haystack: &[u8], left: LeftBoundary) -> Vec<RawMatch> {
    let mut found = engine.in_clear(haystack, left);
    let encoded = decode::matches(engine, haystack, Span::new(0, haystack.len()), left);
    if encoded.matches.is_empty() {
        return found;
    }
    found.extend(encoded.matches);
    engine.resolve(found)
}

/// What a search of a range came to.
#[derive(Default)]
pub(crate) struct InRange {
    /// Overlaps are not resolved.
    pub(crate) found: Vec<RawMatch>,
    /// How many encoded texts were not searched to their end.
    pub(crate) cut: usize,
}

impl InRange {
    pub(crate) fn append(&mut self, mut next: Self) {
        self.found.append(&mut next.found);
        self.cut += next.cut;
    }
}

/// Returns the matches of rules with literals in `range`, and those in what is encoded there: in
/// text that is decoded together and begins in `range`.
///
/// Ranges can be searched in any order and on any thread.
pub(crate) fn in_range(
    engine: &Engine,
    haystack: &[u8],
    range: Span,
    left: LeftBoundary,
) -> InRange {
    let mut found = engine.by_literals(haystack, range, left);
    let mut encoded = decode::matches(engine, haystack, range, left);
    found.append(&mut encoded.matches);
    InRange { found, cut: encoded.cut.len() }
}

/// How far the search of one input has come.
pub(crate) struct Search {
    /// Everything that starts before this offset has been searched for.
    searched: usize,
    /// Where each rule without literals goes on.
    cursors: Vec<usize>,
    /// How many encoded texts were not searched to their end.
    cut: usize,
}

impl Search {
    pub(crate) fn new(engine: &Engine) -> Self {
        Self { searched: 0, cursors: engine.cursors(), cut: 0 }
    }

    /// Returns the offset up to which matches have been searched for.
    pub(crate) fn searched(&self) -> usize {
        self.searched
    }

    /// Returns how many encoded texts were not searched to their end.
    pub(crate) fn cut(&self) -> usize {
        self.cut
    }

    /// Returns the first offset of the input that a rule still has to see, at most `end`.
    pub(crate) fn needed_from(&self, end: usize) -> usize {
        // Boundaries look at the byte before.
        self.cursors.iter().copied().min().unwrap_or(end).saturating_sub(1)
    }

    /// Searches from [`Search::searched`] to `until`, an offset in the view. Returns the matches
    /// that start there, with their offsets in the input, overlaps not resolved.
    pub(crate) fn advance(
        &mut self,
        engine: &Engine,
        view: &View<'_>,
        until: usize,
    ) -> Vec<RawMatch> {
        let range = Span::new(self.searched - view.base, until - view.base);
        let found = in_range(engine, view.bytes, range, LeftBoundary::Enforce);
        self.complete(engine, view, found, until)
    }

    /// Does what [`Search::advance`] does where [`in_range`] has been called already, and has
    /// returned `found`.
    pub(crate) fn complete(
        &mut self,
        engine: &Engine,
        view: &View<'_>,
        in_range: InRange,
        until: usize,
    ) -> Vec<RawMatch> {
        let InRange { mut found, cut } = in_range;
        self.cut += cut;
        if !self.cursors.is_empty() {
            let mut cursors: Vec<usize> =
                self.cursors.iter().map(|cursor| cursor - view.base).collect();
            let (until, left) = (until - view.base, LeftBoundary::Enforce);
            found.extend(engine.by_regex_alone(view.bytes, &mut cursors, until, left));
            self.cursors = cursors.into_iter().map(|cursor| cursor + view.base).collect();
        }
        for raw in &mut found {
            raw.span = raw.span.shifted(view.base);
            raw.whole = raw.whole.shifted(view.base);
        }
        self.searched = until;
        found
    }
}
