//! Candidates that are carried from one text to another.
//!
//! A delta makes a text of copies from another one and of new bytes. Where a literal was in the
//! part that was copied, it is in the copy; so only the new bytes and the seams have to be
//! searched. A stretch of bytes around a candidate decides what comes of it: where all of it was
//! copied, that is known as well. Elsewhere it is judged in the text itself.
//!
//! Encoded text is carried as a whole: a region with a match in it, with the bytes beside it that
//! make it one, is the same in a copy. The search looks again for regions that new bytes or the
//! ends of copies can change.

use std::collections::BTreeMap;

use crate::confirm::raw_match::{Lookaround, RawMatch};
use crate::decode::{self, Region};
use crate::engine::{Engine, Found};
use crate::prefilter::Candidate;
use crate::scanner::parts::STEP;
use crate::scanner::search::InRange;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::verdict::Confidence;

/// A part of a text that is made of another one.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Piece {
    /// CopiedRange from the other text.
    Copied {
        /// The offset in the other text.
        from: usize,
        /// The number of bytes.
        len: usize,
    },
    /// Not in the other text, as far as is known.
    New {
        /// The number of bytes.
        len: usize,
    },
}

impl Piece {
    /// The number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        match self {
            Self::Copied { len, .. } | Self::New { len } => len,
        }
    }

    /// Whether it has no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// Where matches could begin in a text: see
/// [`Scanner::candidates_for_delta`](crate::Scanner::candidates_for_delta).
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// Sorted, without repetition.
    list: Vec<Known>,
    /// What came of those that are decided, in the order of their places.
    matches: Vec<Confirmed>,
    /// Sorted, without repetition.
    encoded: Vec<Encoded>,
    /// How long the text is.
    len: usize,
    /// There are too many to be kept. Nothing is known of the text then.
    are_too_many: bool,
}

/// A candidate, and whether it is known what comes of it.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Known {
    candidate: Candidate,
    /// What has decided what comes of all at its place; none where that is open.
    depends_on: Option<Lookaround>,
}

impl Known {
    fn open(candidate: Candidate) -> Self {
        Self { candidate, depends_on: None }
    }
}

/// A match of a candidate that has to be reported again in a copy.
///
/// A match that is too unsure to be reported and could not stand is emitted once and not
/// remembered: it takes nothing away from others, and most versions of a file have the same ones.
#[derive(Clone, Debug)]
struct Confirmed {
    /// Where the candidate is.
    start: usize,
    /// See [`Known::depends_on`].
    depends_on: Lookaround,
    raw: RawMatch,
}

/// A copy from a text with known candidates to another one.
#[derive(Clone, Copy)]
struct CopiedRange {
    /// Where it is in either text.
    from: usize,
    at: usize,
    len: usize,
    /// Whether both texts begin with it.
    is_first: bool,
    /// Whether both end with it.
    is_last: bool,
}

impl CopiedRange {
    /// Where it is in the other text.
    fn moved(self, start: usize) -> usize {
        start - self.from + self.at
    }

    fn span(self, span: Span) -> Span {
        Span::new(self.moved(span.start), self.moved(span.end))
    }

    /// Whether all that has decided what comes of a place is in it.
    fn has(self, start: usize, around: Lookaround) -> bool {
        (self.is_first || start >= self.from + around.before)
            && (self.is_last || start + around.len <= self.from + self.len)
    }

    fn candidate(self, Known { candidate, depends_on }: Known) -> Known {
        let depends_on = depends_on.filter(|around| self.has(candidate.start, *around));
        Known {
            candidate: Candidate { start: self.moved(candidate.start), ..candidate },
            depends_on,
        }
    }

    fn confirmed(self, Confirmed { start, depends_on, raw }: &Confirmed) -> Option<Confirmed> {
        self.has(*start, *depends_on).then(|| {
            let raw =
                RawMatch { span: self.span(raw.span), whole: self.span(raw.whole), ..raw.clone() };
            Confirmed { start: self.moved(*start), depends_on: *depends_on, raw }
        })
    }
}

/// How many bytes longer a copy must be than what is searched anyway: searching a shorter one takes
/// less time than starting again behind it.
const WORTH_CARRYING: usize = 128;

/// Encoded text with a match in it, or that was not searched to its end.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Encoded {
    region: Region,
    /// How many bytes to its left and right decide that it is a region.
    beside: (usize, usize),
}

impl Encoded {
    /// Those that start in a part of a text.
    fn search(engine: &Engine, haystack: &[u8], range: Span, found: &mut Vec<Self>) {
        let telling = decode::telling_regions(engine, haystack, range);
        found.extend(
            telling.into_iter().map(|region| Self { region, beside: region.beside(haystack) }),
        );
    }

    /// The same in a copy; none if that ends too near to it.
    fn copied(self, copied: CopiedRange) -> Option<Self> {
        let Span { start, end } = self.region.span;
        let is_whole =
            start >= copied.from + self.beside.0 && end + self.beside.1 <= copied.from + copied.len;
        is_whole.then(|| Self {
            region: Region { span: copied.span(self.region.span), ..self.region },
            ..self
        })
    }
}

impl Candidates {
    pub(crate) fn search(engine: &Engine, haystack: &[u8]) -> Self {
        let mut made = Self { len: haystack.len(), ..Self::default() };
        for start in (0..haystack.len()).step_by(STEP) {
            let part = Span::new(start, haystack.len().min(start + STEP));
            made.search_in(engine, haystack, part);
            Encoded::search(engine, haystack, part, &mut made.encoded);
            if made.len() > Self::MAX {
                return Self::too_many(haystack);
            }
        }
        made.finished()
    }

    /// More candidates than this are not kept: with what comes of them they take 30 MiB.
    const MAX: usize = 100_000;

    /// Whether there are too many to be kept. Then the text is searched in steps.
    pub(crate) fn are_too_many(&self) -> bool {
        self.are_too_many
    }

    /// Brings encoded text, which is found in any order, into order.
    fn finished(mut self) -> Self {
        self.encoded.sort_unstable();
        self.encoded.dedup();
        self
    }

    /// Adds the candidates in a part of a text that is behind all others. Ends early where there
    /// are too many.
    fn search_in(&mut self, engine: &Engine, haystack: &[u8], part: Span) {
        for start in (part.start..part.end).step_by(STEP) {
            let step = Span::new(start, part.end.min(start + STEP));
            let mut found = Vec::new();
            engine.begun(haystack, step, |candidate| found.push(candidate));
            found.sort_unstable();
            found.dedup();
            self.list.extend(found.into_iter().map(Known::open));
            if self.len() > Self::MAX {
                return;
            }
        }
    }

    /// What is kept of a text with too many candidates.
    fn too_many(haystack: &[u8]) -> Self {
        Self { len: haystack.len(), are_too_many: true, ..Self::default() }
    }

    /// Whether there are no candidates.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.are_too_many && self.list.is_empty() && self.encoded.is_empty()
    }

    /// Splits candidates by the index of their rule. Encoded regions belong to no rule and are left
    /// out.
    pub(super) fn by_rule_index(&self) -> BTreeMap<usize, Self> {
        let mut rules: BTreeMap<usize, Self> = BTreeMap::new();
        for known in &self.list {
            let of_rule = rules.entry(known.candidate.rule);
            let of_rule = of_rule.or_insert_with(|| Self { len: self.len, ..Self::default() });
            of_rule.list.push(Known::open(known.candidate));
        }
        rules
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len() + self.encoded.len()
    }

    /// The matches of the haystack whose candidates these are. What comes of them is remembered,
    /// but for matches below `least` that could not stand: see [`Confirmed`].
    pub(crate) fn confirm(
        &mut self,
        engine: &Engine,
        haystack: &[u8],
        least: Confidence,
    ) -> InRange {
        let Self { list, matches, .. } = self;
        let mut found = Found::default();
        let (known, mut next) = (matches.len(), 0);
        for place in list.chunk_by_mut(|a, b| a.candidate.start == b.candidate.start) {
            let start = place[0].candidate.start;
            found.at(start, |found| {
                if place[0].depends_on.is_some() {
                    while next < known && matches[next].start < start {
                        next += 1;
                    }
                    while next < known && matches[next].start == start {
                        found.push(matches[next].raw.clone());
                        next += 1;
                    }
                    return;
                }
                let before = found.len();
                let candidates = place.iter().map(|known| known.candidate);
                let depends_on = engine.confirm_to_carry(haystack, candidates, found);
                place.iter_mut().for_each(|known| known.depends_on = Some(depends_on));
                let confirmed = |raw: &RawMatch| Confirmed { start, depends_on, raw: raw.clone() };
                let counts = |raw: &&RawMatch| raw.confidence >= least || engine.could_stand(raw);
                matches.extend(found[before..].iter().filter(counts).map(confirmed));
            });
        }
        matches.sort_by_key(|confirmed| confirmed.start);
        let mut found = InRange { found: found.all, cut: 0 };
        for encoded in &self.encoded {
            let (region, left) = (encoded.region, LeftBoundary::Enforce);
            let mut inside = decode::matches_of(engine, haystack, region, left);
            found.found.append(&mut inside.matches);
            found.cut += inside.cut.len();
        }
        found
    }

    pub(crate) fn carry(&self, engine: &Engine, pieces: &[Piece], haystack: &[u8]) -> Self {
        if self.are_too_many {
            return Self::search(engine, haystack);
        }
        // A literal that starts closer to the end of a copy than this may reach over it.
        let seam = engine.longest_literal().saturating_sub(1);
        let mut made = Self {
            list: Vec::with_capacity(self.list.len()),
            len: haystack.len(),
            ..Self::default()
        };
        // What has to be searched, grown as long as pieces follow each other without a part that
        // can be carried.
        let mut unknown = Span::new(0, 0);
        // The part where regions have been looked for.
        let mut looked = Span::new(0, 0);
        let mut search = |unknown: Span, made: &mut Self| {
            made.search_in(engine, haystack, unknown);
            if engine.decode_depth() > 0 {
                let near = decode::influence(haystack, unknown);
                let range = Span::new(near.start.max(looked.end), near.end);
                if range.start < range.end {
                    Encoded::search(engine, haystack, range, &mut made.encoded);
                    looked = range;
                }
            }
        };
        let mut at = 0;
        for piece in pieces {
            let end = at + piece.len();
            if let Piece::Copied { from, len } = *piece
                && len >= seam + WORTH_CARRYING
            {
                search(unknown, &mut made);
                let is_last = from + len == self.len && end == haystack.len();
                self.carry_copied(
                    CopiedRange { from, at, len, is_first: from == 0 && at == 0, is_last },
                    seam,
                    &mut made,
                );
                unknown = Span::new(end - seam, end);
            } else {
                unknown.end = end;
            }
            at = end;
            if made.len() > Self::MAX {
                return Self::too_many(haystack);
            }
        }
        search(unknown, &mut made);
        if made.len() > Self::MAX {
            return Self::too_many(haystack);
        }
        made.finished()
    }

    /// Carries what is in a copy, but for what its last bytes could be the beginning of.
    fn carry_copied(&self, copied: CopiedRange, seam: usize, made: &mut Self) {
        let (start, end) = (copied.from, copied.from + copied.len);
        let first = self.list.partition_point(|known| known.candidate.start < start);
        let inside =
            self.list[first..].iter().take_while(|known| known.candidate.start < end - seam);
        made.list.extend(inside.map(|known| copied.candidate(*known)));
        let first = self.matches.partition_point(|confirmed| confirmed.start < start);
        let inside =
            self.matches[first..].iter().take_while(|confirmed| confirmed.start < end - seam);
        made.matches.extend(inside.filter_map(|confirmed| copied.confirmed(confirmed)));
        let first = self.encoded.partition_point(|encoded| encoded.region.span.start < start);
        let inside =
            self.encoded[first..].iter().take_while(|encoded| encoded.region.span.start < end);
        made.encoded.extend(inside.filter_map(|encoded| encoded.copied(copied)));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Scanner;
    use crate::decode::tests::encoded_texts;
    use crate::engine::tests::texts;
    use crate::rules::RuleSet;

    /// A text that is made of another one, and how: copies of at most `most` bytes, each with
    /// new text behind it.
    fn made_of(source: &[u8], steps: &[Step], most: usize) -> (Vec<Piece>, Vec<u8>) {
        let (mut pieces, mut text) = (Vec::new(), Vec::new());
        for (from, len, new) in steps {
            let from = from.index(source.len() + 1);
            let len = len.index(most + 1).min(source.len() - from);
            text.extend_from_slice(&source[from..from + len]);
            text.extend_from_slice(new);
            pieces.extend([Piece::Copied { from, len }, Piece::New { len: new.len() }]);
        }
        (pieces, text)
    }

    type Step = (prop::sample::Index, prop::sample::Index, Vec<u8>);

    fn steps(new: impl Strategy<Value = Vec<u8>>) -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), new),
            0..6,
        )
    }

    /// Texts in which matches are so far from each other that some are in copies with all that
    /// decides about them.
    fn long_texts() -> impl Strategy<Value = Vec<u8>> {
        let part = (texts(), "[ -~\n]{0,40}", 0_usize..12)
            .prop_map(|(text, filler, times)| [text, filler.repeat(times).into_bytes()].concat());
        prop::collection::vec(part, 1..6).prop_map(|parts| parts.concat())
    }

    /// The matches of a text in which the bytes between two places have become a line end: with
    /// candidates that are carried to it, and of a search.
    pub(crate) fn carried_and_searched(
        scanner: &Scanner,
        text: &[u8],
        cuts: [prop::sample::Index; 2],
    ) -> (Vec<String>, Vec<String>) {
        let mut source = scanner.candidates(text);
        scanner.scan_candidates(text, &mut source, &mut |_, _| {});
        let mut cuts = cuts.map(|cut| cut.index(text.len() + 1));
        cuts.sort_unstable();
        let [from, to] = cuts;
        let other = [&text[..from], b"\n", &text[to..]].concat();
        let pieces = [
            Piece::Copied { from: 0, len: from },
            Piece::New { len: 1 },
            Piece::Copied { from: to, len: text.len() - to },
        ];
        let mut carried = scanner.candidates_for_delta(&source, &pieces, &other);
        let (mut of_carried, mut of_text) = (Vec::new(), Vec::new());
        scanner.scan_candidates(&other, &mut carried, &mut |matched, secret| {
            of_carried.push(format!("{matched:?} {:?}", secret.expose()));
        });
        scanner.scan(&other, &mut |located| {
            of_text.push(format!("{:?} {:?}", located.matched, located.secret.expose()));
        });
        (of_carried, of_text)
    }

    fn of_places(candidates: &Candidates) -> (Vec<Candidate>, &[Encoded]) {
        (
            candidates.list.iter().map(|known| known.candidate).collect(),
            candidates.encoded.as_slice(),
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn carried_candidates_are_those_of_a_search(
            source in encoded_texts(),
            steps in steps(encoded_texts()),
        ) {
            let engine = Engine::new(&RuleSet::builtin(), &[]).decoding(2);
            let (pieces, text) = made_of(&source, &steps, 600);
            let carried = Candidates::search(&engine, &source).carry(&engine, &pieces, &text);
            let searched = Candidates::search(&engine, &text);
            prop_assert_eq!(of_places(&carried), of_places(&searched));
        }

        #[test]
        fn what_came_of_carried_candidates_is_what_comes_of_others(
            source in long_texts(),
            first in steps(texts()),
            then in steps(texts()),
            is_confirmed: bool,
            least in prop::sample::select(vec![Confidence::Refuted, Confidence::Possible]),
        ) {
            let engine = Engine::new(&RuleSet::builtin(), &["acme".to_owned()]);
            let mut candidates = Candidates::search(&engine, &source);
            candidates.confirm(&engine, &source, least);
            let told = |found: Vec<RawMatch>| -> Vec<String> {
                let counts = |raw: &&RawMatch| raw.confidence >= least || engine.could_stand(raw);
                found.iter().filter(counts).map(|raw| format!("{raw:?}")).collect()
            };
            let (mut source, mut is_confirmed) = (source, is_confirmed);
            for steps in [first, then] {
                let (pieces, text) = made_of(&source, &steps, source.len());
                candidates = candidates.carry(&engine, &pieces, &text);
                if is_confirmed {
                    let mut searched = Candidates::search(&engine, &text);
                    let expected = told(searched.confirm(&engine, &text, least).found);
                    let again = candidates.confirm(&engine, &text, least).found;
                    prop_assert_eq!(&told(again), &expected);
                    // They are remembered, too.
                    let again = candidates.confirm(&engine, &text, least).found;
                    prop_assert_eq!(&told(again), &expected);
                }
                (source, is_confirmed) = (text, true);
            }
        }
    }
}
