//! Which of the matches that share bytes stand, once it is known which ones an allowlist clears.

use core::hash::Hash;
use std::collections::HashMap;

use crate::confirm::raw_match::OverlapGroup;
use crate::engine::Engine;
use crate::scanner::matched::Match;
use crate::text::disjoint::DisjointSpans;
use crate::text::span::Span;

/// Returns for each match whether it stands, in the order of `matches`.
///
/// A match that shares bytes with no other one stands. Of those that do, the best one stands, and
/// the next one where it shares no byte with a better one that stands. A match that an allowlist
/// clears stands, too, but gives way to those that it shares bytes with.
///
/// `matches` come from a scanner that keeps what is shadowed, each with the name of its text: a
/// file, an entry of an archive. Groups of different texts have nothing to do with each other.
/// `is_allowlisted` is asked once about each match of a group that stands, by its index, the best
/// one of its group first. Takes time nearly linear in the number of matches.
///
/// ```
/// use tokensieve_core::internal::standing;
/// use tokensieve_core::{RuleSet, Scanner};
///
/// let rules = RuleSet::from_toml(
///     "acme.toml",
///     "[[rules]]\nid = 'long'\nregex = 'acme_[a-z]{4}-[0-9]{4}'\nkeep_placeholders = true\n\
///      [[rules]]\nid = 'short'\nregex = 'acme_[a-z]{4}'\nkeep_placeholders = true\n",
/// )?;
/// let scanner = Scanner::builder().keeps_shadowed(true).build(&rules)?;
/// let mut matches = Vec::new();
/// scanner.scan(b"acme_abcd-0123", &mut |located| matches.push(located.matched));
/// let left = |allowlisted: &str| -> Vec<&str> {
///     let ids: Vec<&str> = matches.iter().map(|matched| matched.rule().id()).collect();
///     let named = matches.iter().map(|matched| ("a.txt", matched));
///     let stands = standing(named, |at| ids[at] == allowlisted);
///     let mut left: Vec<_> = (0..ids.len()).filter(|at| stands[*at]).map(|at| ids[at]).collect();
///     left.sort();
///     left
/// };
/// assert_eq!(left(""), ["long"]);
/// assert_eq!(left("long"), ["long", "short"]);
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
pub fn standing<'m, 's: 'm, N: Eq + Hash>(
    matches: impl IntoIterator<Item = (N, &'m Match<'s>)>,
    mut is_allowlisted: impl FnMut(usize) -> bool,
) -> Vec<bool> {
    let mut stands = Vec::new();
    let mut contested = Vec::new();
    for (at, (name, matched)) in matches.into_iter().enumerate() {
        stands.push(true);
        if let Some(overlap) = matched.overlap() {
            contested.push((overlap.rank, at, (name, overlap.group), matched));
        }
    }
    contested.sort_by_key(|(rank, at, ..)| (*rank, *at));
    let mut groups: HashMap<(N, OverlapGroup), Group> = HashMap::new();
    for (_, at, key, matched) in contested {
        let group = groups.entry(key).or_default();
        stands[at] = group.admits(matched);
        if stands[at] {
            group.add(matched.span(), is_allowlisted(at));
        }
    }
    stands
}

/// The matches of a group that stand.
#[derive(Default)]
struct Group {
    blocked: DisjointSpans,
    allowlisted: Vec<Span>,
}

impl Group {
    /// Whether no better match that stands holds bytes of this one.
    ///
    /// A match for which only its context speaks is the secret in whose bytes it is: who accepts a
    /// token need not accept it again as the password that it is taken for.
    fn admits(&self, matched: &Match<'_>) -> bool {
        let span = matched.span();
        let is_accepted = Engine::is_general(matched.rule())
            && self.allowlisted.iter().any(|better| better.contains(span));
        !is_accepted && !self.blocked.overlaps(span)
    }

    fn add(&mut self, span: Span, is_allowlisted: bool) {
        if is_allowlisted {
            self.allowlisted.push(span);
        } else {
            self.blocked.insert(span);
        }
    }
}
