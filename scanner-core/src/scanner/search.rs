//! Searching a text: in clear, and in what it encodes.

use crate::confirm::raw_match::RawMatch;
use crate::decode;
use crate::engine::Engine;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;

/// Returns all matches in a haystack, overlaps resolved, the refuted ones included.
pub(crate) fn all(engine: &Engine, haystack: &[u8], left: LeftBoundary) -> Vec<RawMatch> {
    let mut found = engine.in_clear(haystack, left);
    let encoded = decode::matches(engine, haystack, Span::new(0, haystack.len()), left);
    if encoded.is_empty() {
        return found;
    }
    found.extend(encoded);
    engine.resolve(found)
}

/// Returns the matches of rules with literals in `range`, and those in what is encoded there: in
/// text that is decoded together and begins in `range`. Overlaps are not resolved.
///
/// Ranges can be searched in any order and on any thread.
pub(crate) fn in_range(
    engine: &Engine,
    haystack: &[u8],
    range: Span,
    left: LeftBoundary,
) -> Vec<RawMatch> {
    let mut found = engine.by_literals(haystack, range, left);
    found.append(&mut decode::matches(engine, haystack, range, left));
    found
}
