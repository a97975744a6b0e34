//! Matches that share bytes, where it is not known yet which of them counts.
//!
//! Of such matches the best one is left. But whether it is reported is not for the engine to say:
//! an allowlist can say that it is no secret of its kind, and then what it has won over is one all
//! the same. So a scanner can be asked to keep the shadowed matches, too, and
//! [`standing`](crate::internal::standing) says which of them stand, given what is allowlisted.

use crate::confirm::raw_match::RawMatch;
use crate::confirm::raw_match::{Overlap, OverlapGroup};
use crate::engine::Engine;
use crate::rules::rule::{Proof, Rule};
use crate::text::disjoint::DisjointSpans;
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};
use core::cmp::Ordering;

/// How far a chain of overlapping matches goes.
pub(crate) struct Reach {
    start: usize,
    end: usize,
}

impl Reach {
    /// A chain is cut here, so that text made to overlap without end takes neither memory nor time
    /// without end.
    const LONGEST: usize = 2 * crate::rules::rule::MAX_RULE_MAX_LEN;

    pub(crate) fn of(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }

    /// Whether the next match in order belongs to the chain, which then includes it.
    pub(crate) fn links(&mut self, next: Span) -> bool {
        let is_linked = self.would_link(next);
        if is_linked {
            self.end = self.end.max(next.end);
        }
        is_linked
    }

    fn would_link(&self, next: Span) -> bool {
        next.start < self.end && next.start - self.start < Self::LONGEST
    }

    /// The end of the chain so far.
    pub(crate) fn end(&self) -> usize {
        self.end
    }
}

impl Engine {
    /// Leaves one match of those that share bytes. `found` is sorted by this.
    pub(crate) fn resolve(&self, found: Vec<RawMatch>) -> Vec<RawMatch> {
        // Whether a rule with a path counts is not known before the path is: it must not push
        // others aside.
        let (mut apart, found): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|raw| self.rule(raw.rule).path.is_some());
        if apart.is_empty() {
            return self.resolve_together(found);
        }
        apart.sort_by_key(|raw| raw.rule);
        let mut kept = self.resolve_together(found);
        for of_rule in apart.chunk_by(|a, b| a.rule == b.rule) {
            kept.extend(self.resolve_together(of_rule.to_vec()));
        }
        kept.sort_by_key(|raw| (raw.span, raw.rule));
        kept
    }

    fn resolve_together(&self, found: Vec<RawMatch>) -> Vec<RawMatch> {
        if found.iter().any(|matched| matched.decoded.is_some()) {
            return resolve_decoded(self, found);
        }
        self.resolve_level(found)
    }

    /// The same for matches that were decoded as often as each other.
    pub(crate) fn resolve_level(&self, mut found: Vec<RawMatch>) -> Vec<RawMatch> {
        found.sort_by_key(|matched| (matched.span, matched.rule));
        let mut kept = Vec::with_capacity(found.len());
        let mut rest = found.into_iter().peekable();
        while let Some(first) = rest.next() {
            let mut reach = Reach::of(first.span);
            // Nearly all matches stand alone.
            if rest.peek().is_none_or(|next| !reach.would_link(next.span))
                && kept.last().is_none_or(|last: &RawMatch| !last.span.overlaps(first.span))
            {
                kept.push(first);
                continue;
            }
            let mut cluster = vec![first];
            while let Some(next) = rest.next_if(|next| reach.links(next.span)) {
                cluster.push(next);
            }
            self.keep_best(cluster, &mut kept);
        }
        kept
    }

    /// Of matches that are linked by overlaps, keeps the best, then the best of those that do not
    /// overlap it, and so on.
    fn keep_best(&self, mut cluster: Vec<RawMatch>, kept: &mut Vec<RawMatch>) {
        let from = kept.len();
        cluster.sort_by(|a, b| self.better_first(a, b));
        // The last one of the cluster before can reach into this one, where a chain was cut.
        let mut taken: DisjointSpans = kept.last().map(|last| last.span).into_iter().collect();
        kept.extend(cluster.into_iter().filter(|matched| taken.insert(matched.span)));
        kept[from..].sort_by_key(|matched| matched.span);
    }

    /// The order of matches that share bytes.
    pub(crate) fn better_first(&self, a: &RawMatch, b: &RawMatch) -> Ordering {
        self.rank(b)
            .cmp(&self.rank(a))
            .then_with(|| self.gives_way(a).cmp(&self.gives_way(b)))
            .then_with(|| b.span.len().cmp(&a.span.len()))
            .then(a.rule.cmp(&b.rule))
    }

    /// Whether a match could stand, or stand in the way of another one, if what has shadowed it did
    /// not.
    pub(crate) fn could_stand(&self, matched: &RawMatch) -> bool {
        self.rank(matched) > 0
    }

    /// Whether a rule finds what could be anybody's: no more than its name or its context
    /// speak for it.
    pub(crate) fn is_general(rule: &Rule) -> bool {
        rule.filter().is_some() || rule.proof() == Some(Proof::Jwt)
    }

    /// A rule of gitleaks with this word in its id gives way to all others.
    fn gives_way(&self, matched: &RawMatch) -> bool {
        let rule = self.rule(matched.rule);
        rule.keywords.is_some() && rule.id.contains("generic")
    }

    /// Whether a match gives way to one in what its bytes encode: a token with a prefix of its own,
    /// inside of what only its context spoke for, or at least something surer.
    pub(crate) fn gives_way_to_decoded(&self, outer: &RawMatch, inner: &RawMatch) -> bool {
        let is_token =
            inner.confidence > Confidence::Refuted && self.rank(inner) >= Self::RANK_OF_TOKENS;
        (is_token && self.rank(outer) < Self::RANK_OF_REFUTED_TOKENS)
            || (outer.confidence < Confidence::Likely && outer.confidence < inner.confidence)
    }

    const RANK_OF_TOKENS: u8 = 6;
    const RANK_OF_REFUTED_TOKENS: u8 = 5;

    /// What a proof says counts most, then what a token's own prefix says. A refuted token is still
    /// that token: its place in a header does not make another secret of it. But where only the
    /// length is wrong, the prefix can be anybody's: a form that another rule has counts more, a
    /// name such as `secret` does not. A refuted match that only its context spoke for ranks as
    /// nothing. Last comes what is known by no more than such a name, and what could be anybody's.
    fn rank(&self, matched: &RawMatch) -> u8 {
        let rule = self.rule(matched.rule);
        let is_general = Self::is_general(rule);
        let is_length_wrong = matched.reason == Some(Reason::WrongLength);
        match (matched.confidence, rule.is_self_identifying()) {
            (Confidence::Proved, _) => 7,
            (Confidence::Likely | Confidence::Possible, true) => Self::RANK_OF_TOKENS,
            (Confidence::Refuted, true) if !is_length_wrong => Self::RANK_OF_REFUTED_TOKENS,
            (Confidence::Likely | Confidence::Possible, false) if !is_general => 4,
            (Confidence::Refuted, true) => 3,
            (Confidence::Likely | Confidence::Possible, false)
                if rule.confidence() == Confidence::Likely =>
            {
                2
            }
            (Confidence::Likely | Confidence::Possible, false) => 1,
            (Confidence::Refuted, false) => 0,
        }
    }

    /// Does what [`Engine::resolve`] does, and leaves those that are shadowed by what could be
    /// allowlisted, too, marked as such.
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
        let mut shadowed: Vec<RawMatch> = Vec::new();
        for raw in found.into_iter().filter(is_part) {
            if of_kept.next_if(|kept| *kept == key(&raw)).is_none() && self.could_stand(&raw) {
                shadowed.push(raw);
            }
        }
        drop(of_kept);
        if shadowed.iter().any(|raw| raw.confidence > Confidence::Refuted) {
            self.group(&mut kept, shadowed);
        }
        kept
    }

    /// Marks what is kept and what is shadowed, group by group, and adds the latter.
    fn group(&self, kept: &mut Vec<RawMatch>, shadowed: Vec<RawMatch>) {
        let from_kept = kept.len();
        kept.extend(shadowed);
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
            let better: DisjointSpans =
                group.iter().filter(|at| **at < from_kept).map(|at| kept[*at].span).collect();
            // A match beyond the cut of a chain may have shadowed some of these, and cannot be seen
            // from here.
            let is_beaten_here = |at: &usize| better.overlaps(kept[*at].span);
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
            // Kept matches come first. They share no bytes with each other, so any order of them
            // will do.
            group.sort_by(|a, b| {
                (*a >= from_kept)
                    .cmp(&(*b >= from_kept))
                    .then_with(|| self.better_first(&kept[*a], &kept[*b]))
            });
            let group_name = OverlapGroup { start: kept[first].span.start, is_utf16: false };
            for (rank, at) in group.into_iter().enumerate() {
                kept[at].overlap =
                    Some(Overlap { group: group_name, rank, is_shadowed: at >= from_kept });
            }
        }
        let mut lost = lost.into_iter();
        kept.retain(|_| !lost.next().unwrap_or(false));
        kept.sort_by_key(|raw| (raw.span, raw.rule));
    }
}

/// Leaves one match of those that share bytes, where some are of decoded text.
///
/// A match that is decoded less goes before one that is decoded more, unless the latter is surer: a
/// token in base64 counts more than a rule that takes the base64 for a password.
fn resolve_decoded(engine: &Engine, found: Vec<RawMatch>) -> Vec<RawMatch> {
    let level = |raw: &RawMatch| raw.decoded.as_ref().map_or(0, |decoded| decoded.chain.len());
    let mut levels: Vec<Vec<RawMatch>> = Vec::new();
    for raw in found {
        let level = level(&raw);
        levels.resize_with(levels.len().max(level + 1), Vec::new);
        levels[level].push(raw);
    }
    let mut kept: Vec<RawMatch> = Vec::new();
    for level in levels {
        kept = resolve_levels(engine, kept, engine.resolve_level(level));
    }
    kept
}

/// Joins matches with those that were decoded once more. Neither list has matches that share bytes;
/// both are sorted.
///
/// Each inner match is held against the outer ones by itself: one that loses does not keep them
/// from giving way to another one.
fn resolve_levels(engine: &Engine, outer: Vec<RawMatch>, inner: Vec<RawMatch>) -> Vec<RawMatch> {
    if outer.is_empty() {
        return inner;
    }
    let wins = |inner: &RawMatch| {
        let first = outer.partition_point(|raw| raw.span.end <= inner.span.start);
        let mut shared = outer[first..].iter().take_while(|raw| raw.span.start < inner.span.end);
        shared.all(|raw| engine.gives_way_to_decoded(raw, inner))
    };
    let (winners, losers): (Vec<_>, Vec<_>) = inner.into_iter().partition(wins);
    let won: DisjointSpans = winners.iter().map(|raw| raw.span).collect();
    let mut kept: Vec<RawMatch> = outer.into_iter().filter(|raw| !won.overlaps(raw.span)).collect();
    // What has lost to a match that is gone stands.
    let standing: DisjointSpans = kept.iter().map(|raw| raw.span).collect();
    let freed =
        losers.into_iter().filter(|raw| engine.could_stand(raw) && !standing.overlaps(raw.span));
    kept.extend(winners.into_iter().chain(freed));
    kept.sort_by_key(|raw| (raw.span, raw.rule));
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::{Confidence, Located, Match, RuleSet, Scanner, Span};

    use crate::internal::standing;

    /// Rules whose matches overlap in all ways, with literals and without.
    const RULES: &str = r"
[[rules]]
id = 'first'
regex = 'abcb*'
[[rules]]
id = 'second'
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

    /// A prefix with a wrong length gives way to another rule's form, not to a name alone.
    #[test]
    fn look_alikes_by_length() {
        const RULES: &str = r"
[[rules]]
id = 'prefixed'
regex = 'acme_[0-9]{8}'
prefixes = ['acme_']
[[rules]]
id = 'of_form'
regex = 'beta=(?<secret>acme_[0-9a-f]{20})'
[[rules]]
id = 'of_a_name'
regex = '(?i:secret)'
syntax = 'named-value'
filter = 'generated'
confidence = 'possible'
";
        let rules = RuleSet::from_toml("r.toml", RULES).unwrap();
        let scanner = Scanner::builder().build(&rules).unwrap();
        let found = |text: &str| -> Vec<String> {
            let found = scanner.find(text.as_bytes());
            found.iter().map(|matched| matched.rule().id().to_owned()).collect()
        };
        assert_eq!(found("beta=acme_3f9c02d7a8e15b6094fd"), ["of_form"]);
        assert_eq!(found("acme_secret=acme_3f9c02d7a8e15b6094fd"), [""; 0]);
        assert_eq!(found("secret=acme_34029917"), ["prefixed"]);
    }

    /// Neither a decoy in the same value nor its place hides a token there.
    #[test]
    fn a_refuted_token_keeps_none_beside_it_from_standing() {
        let scanner = Scanner::new(&RuleSet::builtin());
        let token = ["glp", "at\\u002dfUT6_v9bzrhdkzYXf2Uu"].concat();
        let decoy = [&token, "ABCDEFGHI"].concat();
        for value in [
            format!("{decoy}: {token}"),
            format!("{token}: {decoy}"),
            format!("{decoy}: {token}: {decoy}"),
            format!("-----BEGIN PRIVATE KEY-----\\n{decoy}\\n{token}"),
        ] {
            let text = format!("private_key: \"{value}\"");
            let found = scanner.find(text.as_bytes());
            let found: Vec<&str> =
                found.iter().map(|matched| &text[matched.span().range()]).collect();
            assert_eq!(found, [&token], "{text}");
        }
    }

    fn scanner() -> Scanner {
        let rules = RuleSet::from_toml("r.toml", RULES).unwrap();
        Scanner::builder()
            .keeps_refuted(true)
            .keeps_shadowed(true)
            .decode_depth(0)
            .build(&rules)
            .unwrap()
    }

    fn shown(located: &Located<'_>) -> String {
        format!("{} {:?}", shown_alone(&located.matched), located.start)
    }

    fn shown_alone(matched: &Match<'_>) -> String {
        format!("{matched:?} {:?}", matched.overlap())
    }

    /// The matches that stand if those that `is_allowlisted` names are allowlisted.
    fn left<'s>(
        found: &[Located<'s>],
        is_allowlisted: &dyn Fn(&Located<'s>) -> bool,
    ) -> Vec<(Span, String)> {
        let matches = found.iter().map(|located| ((), &located.matched));
        let stands = standing(matches, |at| is_allowlisted(&found[at]));
        let mut left = Vec::new();
        for (located, stands) in found.iter().zip(stands) {
            let matched = &located.matched;
            let is_sure = matched.confidence() > Confidence::Refuted;
            if stands && is_sure && !is_allowlisted(located) {
                left.push((matched.span(), matched.rule().id().to_owned()));
            }
        }
        left.sort();
        left
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// A suppression hides its own secret and no other: what else was left is left, and what it
        /// had shadowed comes up, unless something else that is left holds its bytes.
        #[test]
        fn an_allowlisted_match_hides_nothing_else(
            text in "[abc]{0,40}( [abc]{0,20})?",
            allowlisted in prop::collection::vec(any::<bool>(), 6),
        ) {
            let scanner = scanner();
            let mut found = Vec::new();
            scanner.scan(text.as_bytes(), &mut |located| found.push(located));
            let ids = ["first", "second", "runs", "long", "other", "entropy"];
            let number = |id: &str| ids.iter().position(|it| *it == id).unwrap();
            let is_allowlisted =
                |located: &Located<'_>| allowlisted[number(located.matched.rule().id())];
            let without = left(&found, &|_| false);
            let with = left(&found, &is_allowlisted);
            let plain: Vec<(Span, String)> = scanner
                .find(text.as_bytes())
                .iter()
                .map(|found| (found.span(), found.rule().id().to_owned()))
                .collect();
            prop_assert_eq!(&plain, &without);
            for (span, id) in &without {
                let is_left = with.contains(&(*span, id.clone()));
                prop_assert_eq!(is_left, !allowlisted[number(id)], "{} {}", id, text);
            }
            for located in &found {
                let matched = &located.matched;
                let is_refuted = |matched: &Match<'_>| matched.confidence() == Confidence::Refuted;
                let is_open = !is_allowlisted(located) && !is_refuted(matched);
                let holds = |(span, _): &(Span, String)| span.overlaps(matched.span());
                // A token that is refuted is still that token.
                let is_beside_refuted = found.iter().any(|other| {
                    is_refuted(&other.matched) && other.matched.span().overlaps(matched.span())
                });
                let is_held = is_beside_refuted || with.iter().any(holds);
                prop_assert!(!is_open || is_held, "{matched:?} {text}");
            }
        }

        /// All ways to search a text find the same.
        #[test]
        fn all_ways_tell_the_same(
            pieces in prop::collection::vec("[abc]{1,9}|[abc ]{30}|\n", 0..12),
            gap in 0_usize..30_000,
            size in 1_usize..4000,
        ) {
            let scanner = scanner();
            let text = pieces.join(&"x".repeat(gap / 12)).into_bytes();
            let (mut whole, mut alone) = (Vec::new(), Vec::new());
            scanner.scan(&text, &mut |located| {
                whole.push(shown(&located));
                alone.push(shown_alone(&located.matched));
            });
            let mut stream = scanner.stream();
            let mut found = Vec::new();
            for chunk in text.chunks(size) {
                stream.push(chunk, &mut |located| found.push(shown(&located)));
            }
            stream.finish(&mut |located| found.push(shown(&located)));
            prop_assert_eq!(&found, &whole);
            let mut parts = scanner.in_parts(&text);
            let mut found = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let end = text.len().min(at + size);
                let part = parts.search(Span::new(at, end));
                parts.accept(vec![part], &mut |located| found.push(shown(&located)));
                at = end;
            }
            prop_assert_eq!(&found, &whole);
            let mut found = Vec::new();
            let mut candidates = scanner.candidates(&text);
            scanner.scan_candidates(&text, &mut candidates, &mut |matched, _| {
                found.push(shown_alone(&matched));
            });
            prop_assert_eq!(&found, &alone);
        }
    }
}
