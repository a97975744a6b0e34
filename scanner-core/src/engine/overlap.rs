//! Matches that share bytes, where it is not known yet which of them counts.
//!
//! Of such matches the best one is left. But whether it is reported is not for the engine to say:
//! an allowlist can say that it is no secret of its kind, and then what it has won over is one all
//! the same. So a scanner can be asked to tell the beaten matches, too, and [`Standing`] says which
//! of them stand, given what is released.

use crate::confirm::RawMatch;
use crate::engine::{Engine, Reach};
use crate::scanner::Match;
use crate::text::span::Span;
use crate::verdict::Confidence;

/// What a match has to do with others that it shares bytes with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Contest {
    /// The same for all of them.
    pub group: Group,
    /// Its place among them: the best one has 0.
    pub rank: usize,
    /// Whether a better one holds some of its bytes.
    pub is_beaten: bool,
}

/// Names matches of one text that share bytes with each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Group {
    start: usize,
    pub(crate) is_utf16: bool,
}

/// Says which matches of a group stand. They are asked about by their rank.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner, Standing};
///
/// let rules = RuleSet::from_toml(
///     "acme.toml",
///     "[[rules]]\nid = 'long'\nregex = 'acme_[a-z]{4}-[0-9]{4}'\nkeep_placeholders = true\n\
///      [[rules]]\nid = 'short'\nregex = 'acme_[a-z]{4}'\nkeep_placeholders = true\n",
/// )?;
/// let scanner = Scanner::builder().tells_beaten(true).build(&rules)?;
/// let mut group = Vec::new();
/// scanner.scan(b"acme_abcd-0123", &mut |located| group.push(located.matched));
/// group.sort_by_key(|matched| matched.contest().map(|contest| contest.rank));
/// let stand = |released: &str| -> Vec<&str> {
///     let mut standing = Standing::default();
///     let mut left = Vec::new();
///     for matched in group.iter().filter(|matched| matched.contest().is_some()) {
///         if standing.admits(matched) {
///             standing.note(matched, matched.rule().id() == released);
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
pub struct Standing {
    blocked: Vec<Span>,
    released: Vec<Span>,
}

impl Standing {
    /// Whether no better match that counts holds bytes of this one.
    ///
    /// What only its surroundings speak for is no other secret than the one in whose bytes it is:
    /// who says that a token is harmless need not say so again about the password that it is taken
    /// for.
    #[must_use]
    pub fn admits(&self, matched: &Match<'_>) -> bool {
        let span = matched.span();
        let is_said = Engine::is_general(matched.rule())
            && self.released.iter().any(|better| better.contains(span));
        !is_said && !self.blocked.iter().any(|better| better.overlaps(span))
    }

    /// Takes note of one that stands. One that is released gives way to those that it shares bytes
    /// with.
    pub fn note(&mut self, matched: &Match<'_>, is_released: bool) {
        if is_released { &mut self.released } else { &mut self.blocked }.push(matched.span());
    }
}

impl Engine {
    /// Does what [`Engine::resolve`] does, and leaves those that are beaten by what could be
    /// released, too, marked as such.
    pub(crate) fn resolve_openly(&self, mut found: Vec<RawMatch>) -> Vec<RawMatch> {
        found.sort_by_key(|raw| (raw.span, raw.rule));
        let mut end = 0;
        let shares = found.iter().any(|raw| {
            let is_shared = raw.span.start < end;
            end = end.max(raw.span.end);
            is_shared
        });
        if !shares {
            return self.resolve(found);
        }
        let mut kept = self.resolve(found.clone());
        // Rules that are about some files only are not part of it: they push nothing aside.
        let is_part = |raw: &RawMatch| self.rule(raw.rule).path.is_none();
        let key = |raw: &RawMatch| {
            (raw.span, raw.rule, raw.decoded.as_ref().map(|decoded| decoded.chain.len()))
        };
        let mut of_kept = kept.iter().filter(|raw| is_part(raw)).map(key).peekable();
        let mut beaten: Vec<RawMatch> = Vec::new();
        for raw in found.into_iter().filter(is_part) {
            if of_kept.next_if(|kept| *kept == key(&raw)).is_none() && self.could_stand(&raw) {
                beaten.push(raw);
            }
        }
        drop(of_kept);
        if beaten.iter().any(|raw| raw.confidence > Confidence::Refuted) {
            self.group(&mut kept, beaten);
        }
        kept
    }

    /// Marks what is kept and what is beaten, group by group, and adds the latter.
    fn group(&self, kept: &mut Vec<RawMatch>, beaten: Vec<RawMatch>) {
        let from_kept = kept.len();
        kept.extend(beaten);
        let mut order: Vec<usize> =
            (0..kept.len()).filter(|at| self.rule(kept[*at].rule).path.is_none()).collect();
        order.sort_by_key(|at| (kept[*at].span, kept[*at].rule));
        let mut lost = vec![false; kept.len()];
        let mut rest = order.into_iter().peekable();
        while let Some(first) = rest.next() {
            let mut reach = Reach::of(kept[first].span);
            let mut group = vec![first];
            while let Some(next) = rest.next_if(|next| reach.links(kept[*next].span)) {
                group.push(next);
            }
            let spans: Vec<Span> =
                group.iter().filter(|at| **at < from_kept).map(|at| kept[*at].span).collect();
            // What a match beyond the cut of a chain has beaten is not seen from here.
            let is_beaten_here =
                |at: &usize| spans.iter().any(|better| better.overlaps(kept[*at].span));
            group
                .iter()
                .filter(|at| **at >= from_kept && !is_beaten_here(at))
                .for_each(|at| lost[*at] = true);
            group.retain(|at| !lost[*at]);
            let is_told =
                |at: &usize| *at >= from_kept && kept[*at].confidence > Confidence::Refuted;
            if !group.iter().any(is_told) {
                group.iter().filter(|at| **at >= from_kept).for_each(|at| lost[*at] = true);
                continue;
            }
            // What is kept shares no bytes with each other, so it comes first in any order.
            group.sort_by(|a, b| {
                (*a >= from_kept)
                    .cmp(&(*b >= from_kept))
                    .then_with(|| self.better_first(&kept[*a], &kept[*b]))
            });
            let group_name = Group { start: kept[first].span.start, is_utf16: false };
            for (rank, at) in group.into_iter().enumerate() {
                kept[at].contest =
                    Some(Contest { group: group_name, rank, is_beaten: at >= from_kept });
            }
        }
        let mut lost = lost.into_iter();
        kept.retain(|_| !lost.next().unwrap_or(false));
        kept.sort_by_key(|raw| (raw.span, raw.rule));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Located, Match, RuleSet, Scanner, Span, Standing};

    /// Rules whose matches overlap in all ways, with literals and without.
    const RULES: &str = r"
[[rules]]
id = 'abc'
regex = 'abcb*'
[[rules]]
id = 'bcc'
regex = 'bcc[ab]{0,3}'
prefixes = ['bcc']
left = 'none'
right = 'none'
[[rules]]
id = 'runs'
regex = 'b+c+'
keywords = []
[[rules]]
id = 'long'
regex = '[ab]{2}c.{3}'
keywords = []
[[rules]]
id = 'other'
regex = 'c[ab]+'
keywords = ['c']
[[rules]]
id = 'entropy'
regex = 'a[^ ]+'
keywords = []
entropy_above = 1.4
";

    fn scanner() -> Scanner {
        let rules = RuleSet::from_toml("r.toml", RULES).unwrap();
        Scanner::builder().tells_beaten(true).decode_depth(0).build(&rules).unwrap()
    }

    fn told(located: &Located<'_>) -> String {
        format!("{} {:?}", told_alone(&located.matched), located.start)
    }

    fn told_alone(matched: &Match<'_>) -> String {
        format!("{matched:?} {:?}", matched.contest())
    }

    /// What is left when all matches are released that `is_released` names.
    fn left<'s>(
        found: &[Located<'s>],
        is_released: &dyn Fn(&Located<'s>) -> bool,
    ) -> Vec<(Span, String)> {
        let mut rest: Vec<&Located<'_>> = found.iter().collect();
        rest.sort_by_key(|located| located.matched.contest().map_or(0, |contest| contest.rank));
        let mut standing = Standing::default();
        let mut left = Vec::new();
        // Groups share no bytes, so one account is enough for all.
        for located in rest {
            let matched = &located.matched;
            if standing.admits(matched) {
                let is_released = is_released(located);
                standing.note(matched, is_released);
                if !is_released && matched.confidence() > crate::Confidence::Refuted {
                    left.push((matched.span(), matched.rule().id().to_owned()));
                }
            }
        }
        left.sort();
        left
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// A suppression hides its own secret and no other: what else was left is left, and what it
        /// had beaten comes up, unless something else that is left holds its bytes.
        #[test]
        fn a_release_hides_nothing_else(text in "[abc]{0,40}( [abc]{0,20})?", released in prop::collection::vec(any::<bool>(), 6)) {
            let scanner = scanner();
            let mut found = Vec::new();
            scanner.scan(text.as_bytes(), &mut |located| found.push(located));
            let number = |id: &str| ["abc", "bcc", "runs", "long", "other", "entropy"].iter().position(|it| *it == id).unwrap();
            let is_released = |located: &Located<'_>| released[number(located.matched.rule().id())];
            let without = left(&found, &|_| false);
            let with = left(&found, &is_released);
            let plain: Vec<(Span, String)> =
                scanner.find(text.as_bytes()).iter().map(|found| (found.span(), found.rule().id().to_owned())).collect();
            prop_assert_eq!(&plain, &without);
            for (span, id) in &without {
                prop_assert_eq!(with.contains(&(*span, id.clone())), !released[number(id)], "{} {}", id, text);
            }
            for located in &found {
                let matched = &located.matched;
                let is_open = !is_released(located) && matched.confidence() > crate::Confidence::Refuted;
                let holds = |(span, _): &(Span, String)| span.overlaps(matched.span());
                // A token that is refuted is still that token.
                let is_refuted = found.iter().any(|other| {
                    other.matched.confidence() == crate::Confidence::Refuted && other.matched.span().overlaps(matched.span())
                });
                prop_assert!(!is_open || is_refuted || with.iter().any(holds), "{matched:?} {text}");
            }
        }

        /// However a text is searched, the same is told.
        #[test]
        fn all_ways_tell_the_same(
            pieces in prop::collection::vec("[abc]{1,9}|[abc ]{30}|\n", 0..12), gap in 0_usize..30_000, size in 1_usize..4000,
        ) {
            let scanner = scanner();
            let text = pieces.join(&"x".repeat(gap / 12)).into_bytes();
            let (mut whole, mut alone) = (Vec::new(), Vec::new());
            scanner.scan(&text, &mut |located| {
                whole.push(told(&located));
                alone.push(told_alone(&located.matched));
            });
            let mut stream = scanner.stream();
            let mut found = Vec::new();
            text.chunks(size).for_each(|chunk| stream.push(chunk, &mut |located| found.push(told(&located))));
            stream.finish(&mut |located| found.push(told(&located)));
            prop_assert_eq!(&found, &whole);
            let mut parts = scanner.in_parts(&text);
            let mut found = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let end = text.len().min(at + size);
                let part = parts.search(Span::new(at, end));
                parts.accept(vec![part], &mut |located| found.push(told(&located)));
                at = end;
            }
            prop_assert_eq!(&found, &whole);
            let mut found = Vec::new();
            let mut candidates = scanner.candidates(&text);
            scanner.scan_candidates(&text, &mut candidates, &mut |matched, _| found.push(told_alone(&matched)));
            prop_assert_eq!(&found, &alone);
        }
    }
}
