//! Matches as callers see them.

use std::sync::Arc;

use crate::confirm::raw_match::{Decoding, Overlap, RawMatch};
use crate::engine::Engine;
use crate::redact::excerpt::Excerpt;
use crate::rules::rule::Rule;
use crate::secret::Secret;
use crate::text::context::LineContext;
use crate::text::position::Position;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

/// Bytes that a rule has confirmed to be a secret, or has refuted.
#[derive(Clone)]
pub struct Match<'s> {
    engine: &'s Engine,
    raw: RawMatch,
}

impl<'s> Match<'s> {
    pub(super) fn new(engine: &'s Engine, raw: RawMatch) -> Self {
        Self { engine, raw }
    }

    /// Returns the rule that matched.
    #[must_use]
    pub fn rule(&self) -> &'s Rule {
        self.engine.rule(self.raw.rule)
    }

    /// Returns the bytes of the secret, with its prefix.
    #[must_use]
    pub fn span(&self) -> Span {
        self.raw.span
    }

    /// Returns how many bytes at its beginning are a public prefix.
    #[must_use]
    pub fn prefix_len(&self) -> usize {
        self.raw.prefix_len
    }

    /// Returns how sure the match is.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.raw.confidence
    }

    /// Returns why it is refuted, if it is.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.raw.reason
    }

    /// Returns the facts that the secret itself holds.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.raw.facts
    }

    /// Returns whether its rule applies to a file with this path.
    #[must_use]
    pub fn is_for_path(&self, path: &[u8]) -> bool {
        self.engine.is_for_path(self.raw.rule, path)
    }

    /// Returns the decodings that led to the text it was found in, the outermost first; empty where
    /// it stands in clear. The span is then that of the bytes that encode it, and none of them
    /// is public.
    #[must_use]
    pub fn decoded(&self) -> &[Decoding] {
        self.raw.decoded.as_ref().map_or(&[], |decoded| &decoded.chain)
    }

    /// How it overlaps other matches that are emitted. `None` where it shares bytes with no other,
    /// and always without
    /// [`ScannerBuilder::keeps_shadowed`](crate::ScannerBuilder::keeps_shadowed).
    #[must_use]
    pub fn overlap(&self) -> Option<Overlap> {
        self.raw.overlap
    }

    /// Whether it is in what a search of the input as UTF-16 reads, too, with its lines.
    pub(super) fn is_of_utf16(&self) -> bool {
        self.decoded().first() == Some(&Decoding::Utf16)
    }

    pub(crate) fn rule_arc(&self) -> Arc<Rule> {
        self.engine.rule_arc(self.raw.rule)
    }

    /// Puts a match of UTF-16 text where its bytes are.
    pub(crate) fn move_to(&mut self, span: Span) {
        self.raw.span = span;
        if let Some(overlap) = &mut self.raw.overlap {
            overlap.group.is_utf16 = true;
        }
    }
}

impl core::fmt::Debug for Match<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Match")
            .field("rule", &self.rule().id())
            .field("span", &self.span())
            .field("decoded", &self.decoded())
            .field("confidence", &self.confidence())
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}

/// A match with its place in the text.
///
/// ```
/// use tokensieve_core::{Position, RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["one line\nT=glp", "at-6K5h83AacUCCGxzdUCuD;\n"].concat();
/// scanner.scan(text.as_bytes(), &mut |located| {
///     assert_eq!(located.start, Position { line: 2, column: 3 });
///     assert_eq!(located.excerpt.redacted, "glpat-...");
///     assert_eq!(located.excerpt.after, ";");
/// });
/// ```
#[derive(Clone)]
pub struct Located<'s> {
    /// The match.
    pub matched: Match<'s>,
    /// Where it starts.
    pub start: Position,
    /// Where it ends: the position behind its last character.
    pub end: Position,
    /// Its bytes: decoded where it was encoded; for UTF-16 text, in UTF-8.
    pub secret: Secret,
    /// The line around it, fit to be shown; empty where the match is below the scanner's least
    /// confidence.
    pub excerpt: Excerpt,
    /// The text around it in clear, for what decides whether it is reported; empty where the
    /// excerpt is.
    pub context: LineContext,
}

impl core::fmt::Debug for Located<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Located")
            .field("matched", &self.matched)
            .field("start", &self.start)
            .field("end", &self.end)
            .finish_non_exhaustive()
    }
}
