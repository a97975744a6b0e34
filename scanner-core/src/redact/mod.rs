//! The one redactor for every string that leaves the program.
//!
//! A line, a path, an error message, a remote's name: whatever is shown goes through here first.
//! Each candidate in it, whatever its verdict, and its encoded form, is replaced by its public
//! prefix and `...`, or by `[redacted]` where it has none, as what is encoded. No character of a
//! body is kept: the visible end of a routable token would name its owner, and any part makes
//! guessing easier.

pub(crate) mod excerpt;

use std::sync::Arc;

use crate::decode;
use crate::engine::Engine;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;

/// A place in a text that must not be shown, and how much of its beginning may.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Redaction {
    pub(crate) span: Span,
    pub(crate) prefix_len: usize,
}

/// Replaces secrets in text.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let url = ["https://x:glp", "at-6K5h83AacUCCGxzdUCuD@gitlab.example.com"].concat();
/// assert_eq!(scanner.redactor().redact(&url), "https://x:glpat-...@gitlab.example.com");
/// ```
#[derive(Clone)]
pub struct Redactor {
    engine: Arc<Engine>,
}

impl Redactor {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine }
    }

    /// The text with each secret replaced.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let redactions = self.redactions(text.as_bytes());
        if redactions.is_empty() {
            return text.to_owned();
        }
        String::from_utf8_lossy(&apply(text.as_bytes(), Span::new(0, text.len()), &redactions))
            .into_owned()
    }

    /// Whether the bytes hold something that would be replaced.
    #[must_use]
    pub fn is_needed(&self, text: &[u8]) -> bool {
        !self.redactions(text).is_empty()
    }

    pub(crate) fn redactions(&self, text: &[u8]) -> Vec<Redaction> {
        // What is encoded is hidden beside what is seen in clear: the one can be a part of the
        // other.
        let whole = Span::new(0, text.len());
        let mut found = self.engine.in_clear(text, LeftBoundary::Ignore);
        let encoded = decode::matches(&self.engine, text, whole, LeftBoundary::Ignore);
        if !encoded.is_empty() {
            found.extend(encoded);
            found.sort_by_key(|matched| matched.span);
        }
        found
            .into_iter()
            .map(|matched| Redaction { span: matched.span, prefix_len: matched.prefix_len })
            .collect()
    }
}

/// What a secret is shown as.
pub(crate) fn mask(public: &[u8]) -> Vec<u8> {
    if public.is_empty() { b"[redacted]".to_vec() } else { [public, b"..."].concat() }
}

/// A part of a text with the redactions replaced. They are sorted; they may overlap each other and
/// the ends of the part.
pub(crate) fn apply(text: &[u8], part: Span, redactions: &[Redaction]) -> Vec<u8> {
    let mut out = Vec::with_capacity(part.len());
    let mut at = part.start;
    for redaction in redactions.iter().filter(|redaction| redaction.span.overlaps(part)) {
        if redaction.span.end <= at {
            continue;
        }
        if redaction.span.start >= at {
            out.extend_from_slice(&text[at..redaction.span.start]);
            let public =
                Span::new(redaction.span.start, redaction.span.start + redaction.prefix_len);
            out.extend_from_slice(&mask(&text[public.range()]));
        } else if at == part.start {
            // Only its end is in this part.
            out.extend_from_slice(b"...");
        }
        at = redaction.span.end;
    }
    out.extend_from_slice(&text[at.min(part.end)..part.end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redaction(start: usize, end: usize, prefix_len: usize) -> Redaction {
        Redaction { span: Span::new(start, end), prefix_len }
    }

    #[test]
    fn blots_at_the_ends_and_on_each_other() {
        let text = b"0123456789";
        let out = |part: (usize, usize), redactions: &[Redaction]| {
            String::from_utf8(apply(text, Span::new(part.0, part.1), redactions)).unwrap()
        };
        assert_eq!(out((0, 10), &[redaction(2, 5, 1)]), "012...56789");
        assert_eq!(out((0, 10), &[redaction(2, 5, 0)]), "01[redacted]56789");
        assert_eq!(out((3, 8), &[redaction(2, 5, 1)]), "...567");
        assert_eq!(out((3, 8), &[redaction(6, 10, 0)]), "345[redacted]");
        assert_eq!(out((0, 10), &[redaction(2, 5, 0), redaction(4, 7, 0)]), "01[redacted]789");
        assert_eq!(out((4, 6), &[redaction(0, 10, 2)]), "...");
    }
}
