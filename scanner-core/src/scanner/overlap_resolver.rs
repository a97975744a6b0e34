//! Which matches of an overlapping group count, once it is known which ones an allowlist clears.

use crate::engine::Engine;
use crate::scanner::matched::Match;
use crate::text::disjoint::DisjointSpans;
use crate::text::span::Span;

/// Says which matches of a group stand. They are asked about by their rank.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner};
/// use tokensieve_core::internal::{OverlapResolver};
///
/// let rules = RuleSet::from_toml(
///     "acme.toml",
///     "[[rules]]\nid = 'long'\nregex = 'acme_[a-z]{4}-[0-9]{4}'\nkeep_placeholders = true\n\
///      [[rules]]\nid = 'short'\nregex = 'acme_[a-z]{4}'\nkeep_placeholders = true\n",
/// )?;
/// let scanner = Scanner::builder().keeps_shadowed(true).build(&rules)?;
/// let mut group = Vec::new();
/// scanner.scan(b"acme_abcd-0123", &mut |located| group.push(located.matched));
/// group.sort_by_key(|matched| matched.overlap().map(|overlap| overlap.rank));
/// let stand = |allowlisted: &str| -> Vec<&str> {
///     let mut standing = OverlapResolver::default();
///     let mut left = Vec::new();
///     for matched in group.iter().filter(|matched| matched.overlap().is_some()) {
///         if standing.admits(matched) {
///             standing.note(matched, matched.rule().id() == allowlisted);
///             left.push(matched.rule().id());
///         }
///     }
///     left
/// };
/// assert_eq!(stand(""), ["long"]);
/// assert_eq!(stand("long"), ["long", "short"]);
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct OverlapResolver {
    /// Those that stand: each was asked about before.
    blocked: DisjointSpans,
    allowlisted: Vec<Span>,
}

impl OverlapResolver {
    /// Whether no better match that counts holds bytes of this one.
    ///
    /// What only its context speak for is no other secret than the one in whose bytes it is:
    /// who says that a token is harmless need not say so again about the password that it is taken
    /// for.
    #[must_use]
    pub fn admits(&self, matched: &Match<'_>) -> bool {
        let span = matched.span();
        let is_said = Engine::is_general(matched.rule())
            && self.allowlisted.iter().any(|better| better.contains(span));
        !is_said && !self.blocked.overlaps(span)
    }

    /// Takes note of one that stands. One that is allowlisted gives way to those that it shares
    /// bytes with.
    pub fn note(&mut self, matched: &Match<'_>, is_allowlisted: bool) {
        if is_allowlisted {
            self.allowlisted.push(matched.span());
        } else {
            self.blocked.insert(matched.span());
        }
    }
}
