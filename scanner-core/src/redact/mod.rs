//! The one redactor for every string that leaves the program.
//!
//! A line, a path, an error message, a remote's name: whatever is shown goes through here first.
//! Each candidate in it, whatever its verdict, and its encoded form, is replaced by its public
//! prefix and `...`, or by `[redacted]` where it has none, as what is encoded. No character of a
//! body is kept: the visible end of a routable token would name its owner, and any part makes
//! guessing easier.
//!
//! Neighbours do not count: a token that is glued to a word on either side is hidden, with the word
//! on its right, since nobody can tell where the one ends and the other begins. In an excerpt,
//! [`unknown`] hides what no rule knows.

pub(crate) mod excerpt;
mod plain;
mod unknown;
mod vocabulary;

use std::sync::Arc;

use core::cmp::Reverse;

use crate::confirm::RIGHT_CONTEXT;
use crate::confirm::raw_match::RawMatch;
use crate::decode;
use crate::engine::Engine;
use crate::rules::rule::MAX_RULE_MAX_LEN;
use crate::text::boundary::{LeftBoundary, is_token};
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};

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
/// let text = ["see glp", "at-6K5h83AacUCCGxzdUCuD there"].concat();
/// assert_eq!(scanner.redactor().redact(&text), "see glpat-... there");
/// ```
#[derive(Clone)]
pub struct Redactor {
    engine: Arc<Engine>,
}

impl core::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

impl Redactor {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        Self { engine }
    }

    /// Whether another one hides the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.engine, &other.engine)
    }

    /// Returns the text with each secret replaced by its public prefix and `...`, or by
    /// `[redacted]`. Hides rather too much than too little: a token with anything glued to it, too,
    /// and all of an encoded text that it could not search to its end. Takes text of any length;
    /// time grows with it.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let redactions = self.redactions(text.as_bytes());
        if redactions.is_empty() {
            return text.to_owned();
        }
        String::from_utf8_lossy(&apply(text.as_bytes(), Span::new(0, text.len()), &redactions))
            .into_owned()
    }

    /// Returns whether [`Redactor::redact`] would replace something. Costs as much as that.
    #[must_use]
    pub fn is_needed(&self, text: &[u8]) -> bool {
        !self.redactions(text).is_empty()
    }

    /// What must not be shown of a text, sorted; the spans can overlap.
    ///
    /// Overlaps are not resolved: each match is hidden, so that what is hidden depends on the text
    /// around it alone ([`LOOK_LEFT`], [`LOOK_RIGHT`]) and not on where the text was cut.
    pub(crate) fn redactions(&self, text: &[u8]) -> Vec<Redaction> {
        let engine = &*self.engine;
        let whole = Span::new(0, text.len());
        let (left, mut cursors) = (LeftBoundary::Ignore, engine.cursors());
        let mut found = engine.by_literals(text, whole, left);
        found.append(&mut engine.by_regex_alone(text, &mut cursors, text.len(), left));
        let mut encoded = decode::matches(engine, text, whole, left);
        found.append(&mut encoded.matches);
        // A plain word that only a name makes a secret stays readable: `tokensieve: cannot ...`. So
        // can what would be a secret if something else stood behind it: `//localhost:5432`.
        let is_plain = |matched: &RawMatch| {
            let (rule, value) = (engine.rule(matched.rule), &text[matched.span.range()]);
            let mut pieces =
                value.split(|byte| !plain::is_of_piece(*byte)).filter(|piece| !piece.is_empty());
            matched.confidence == Confidence::Refuted
                && matched.decoded.is_none()
                && if rule.syntax.is_some() {
                    pieces.all(|piece| plain::judge(piece) != plain::Piece::Unknown)
                } else {
                    matched.reason == Some(Reason::WrongLength)
                        && rule.prefixes.is_empty()
                        && pieces.all(plain::is_plain)
                }
        };
        let mut redactions: Vec<Redaction> = found
            .iter()
            .filter(|matched| !is_plain(matched))
            .map(|matched| Redaction { span: matched.span, prefix_len: matched.prefix_len })
            // Encoded text that was not searched to its end can hold anything.
            .chain(encoded.cut.iter().map(|span| Redaction { span: *span, prefix_len: 0 }))
            .collect();
        lengthen(text, &mut redactions);
        // Of two at one place the one counts that knows a public beginning.
        redactions.sort_by_key(|redaction| (redaction.span, Reverse(redaction.prefix_len)));
        redactions.dedup_by_key(|redaction| redaction.span);
        redactions
    }
}

/// Adds the characters of tokens that follow: what looks like a token of one length is perhaps the
/// beginning of a longer one.
fn lengthen(text: &[u8], redactions: &mut [Redaction]) {
    redactions.sort_by_key(|redaction| redaction.span.end);
    // The run of such characters that was looked at last, which many redactions can end in.
    let mut run = Span::new(0, 0);
    for redaction in redactions {
        let end = redaction.span.end;
        if !(run.start..=run.end).contains(&end) || run.is_empty() {
            let len = text[end..].iter().position(|byte| !is_token(*byte));
            run = Span::new(end, len.map_or(text.len(), |len| end + len));
        }
        redaction.span.end = run.end.max(end);
    }
}

/// How many bytes to the left of a place decide whether it is hidden: the longest match, and the
/// bytes to its left that the search reads.
pub(crate) const LOOK_LEFT: usize = LONGEST_MATCH + decode::LEFT_CONTEXT;
/// How many bytes to the right of a place decide whether it is hidden.
pub(crate) const LOOK_RIGHT: usize = LONGEST_MATCH + RIGHT_CONTEXT;
const LONGEST_MATCH: usize =
    if decode::REACH > MAX_RULE_MAX_LEN { decode::REACH } else { MAX_RULE_MAX_LEN };

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
