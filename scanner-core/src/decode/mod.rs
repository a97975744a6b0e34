//! Encoded text: found, decoded, and searched like any other.
//!
//! A second look at every byte has to cost next to nothing. [`mask`] finds long runs of what base64
//! and hex are made of, and the characters that escapes start with; [`runs`] and [`escapes`] see
//! what could be text of those. What is left is a *region*: the bytes that are decoded together.
//! The bytes in and just around a region alone decide where it starts and ends, so that chunks,
//! parts and deltas of a text have the same regions as the text.
//!
//! Decoded text has regions of its own, to a limit. Whatever is found is reported with the bytes of
//! the input that encode it.
//!
//! Not decoded: runs without a line break of more than [`LONGEST`] bytes, which are data rather
//! than text.

mod base64;
mod budget;
mod entity;
mod escapes;
mod gzip;
mod hex;
mod mask;
mod padded;
mod percent;
mod region;
mod runs;
mod unicode;
mod wide;

pub(crate) use self::region::{LEFT_CONTEXT, LONGEST, REACH, Region};
use self::region::{Map, Text};
use crate::confirm::raw_match::{Decoded, Decoding};

use crate::confirm::raw_match::RawMatch;
use crate::decode::budget::Budget;
use crate::engine::Engine;
use crate::prefilter::Candidate;
use crate::secret::Secret;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::verdict::Confidence;
use std::collections::HashSet;

/// How many nested decodings are followed by default.
pub const DEFAULT_DECODE_DEPTH: usize = 2;
/// The most nested decodings that can be asked for.
pub const MAX_DECODE_DEPTH: usize = 5;

impl Region {
    /// How many bytes on either side decide that this is a region; the ends of the text count as
    /// one.
    pub(crate) fn beside(&self, text: &[u8]) -> (usize, usize) {
        match self.decoding {
            Decoding::Percent | Decoding::Unicode | Decoding::Html => {
                escapes::beside(text, self.span)
            }
            Decoding::Utf16 | Decoding::Utf32 => (padded::BESIDE, padded::BESIDE),
            Decoding::Base64 | Decoding::Hex | Decoding::Gzip | Decoding::Joined => {
                runs::beside(text, self.span)
            }
        }
    }

    fn decode(&self, text: &[u8], left: LeftBoundary) -> Option<Text> {
        let is_open = left == LeftBoundary::Ignore;
        match self.decoding {
            Decoding::Base64 => base64::decode(text, self.span, is_open),
            Decoding::Hex => hex::decode(text, self.span, is_open),
            Decoding::Percent | Decoding::Unicode | Decoding::Html => {
                escapes::decode(text, self.span, self.decoding)
            }
            Decoding::Utf16 | Decoding::Utf32 => padded::decode(text, *self),
            Decoding::Gzip | Decoding::Joined => None,
        }
    }

    /// The other ways to read base64 whose beginning is not known.
    fn shifted(&self) -> impl Iterator<Item = Self> {
        let most = if self.decoding == Decoding::Base64 { 3 } else { 0 };
        (1..=most.min(self.span.len()))
            .map(|by| Self { span: Span::new(self.span.start + by, self.span.end), ..*self })
    }
}

impl Text {
    /// The bytes that encode a part of the text, whole characters and escapes.
    fn original(&self, span: Span) -> Span {
        match &self.map {
            Map::Base64(lines) => base64::original(lines, span),
            Map::Hex(start) => Span::new(start + 2 * span.start, start + 2 * span.end),
            Map::Padded(start, width) => padded::original((*start, *width), span),
            Map::Escapes(pieces) => escapes::original(pieces, span),
            Map::Utf16(transcoder) => wide::original(transcoder, &self.bytes, span),
            Map::Gzip(ends) => gzip::original(ends, span),
        }
    }
}

/// The regions of a text that start in `range`, in any order.
///
/// The text must reach [`LEFT_CONTEXT`] bytes to the left of the range and [`REACH`] to its right,
/// or to its ends.
fn regions(text: &[u8], range: Span, left: LeftBoundary) -> Vec<Region> {
    /// Makes regions of runs and escapes.
    struct Regions<'t> {
        text: &'t [u8],
        is_open: bool,
        lines: escapes::Lines,
        found: Vec<Region>,
    }

    impl mask::Visit for Regions<'_> {
        fn run(&mut self, run: Span) {
            runs::forms(self.text, run, self.is_open, &mut self.found);
        }

        fn part(&mut self, run: Span, part: Span) {
            runs::form_of_part(self.text, run, part, self.is_open, &mut self.found);
        }

        fn introducer(&mut self, at: usize) {
            self.lines.visit(self.text, at, &mut self.found);
        }
    }

    let introducers_to = escapes::end_of_lines(text, range);
    let is_open = left == LeftBoundary::Ignore;
    let mut regions =
        Regions { text, is_open, lines: escapes::Lines::new(range), found: Vec::new() };
    mask::find(text, mask::Wanted { range, longest: LONGEST, introducers_to }, &mut regions);
    regions.found
}

/// The regions of an input that start in `range`: also those of characters that are wider than a
/// byte, which decoded text is not searched for.
fn regions_of_input(text: &[u8], range: Span, left: LeftBoundary) -> Vec<Region> {
    let mut found = regions(text, range, left);
    padded::find(text, range, &mut found);
    found
}

/// What a search of encoded text came to.
#[derive(Debug, Default)]
pub(crate) struct InEncoded {
    pub(crate) matches: Vec<RawMatch>,
    /// The regions that were not searched to their end: they stand for more than they may.
    pub(crate) cut: Vec<Span>,
}

impl InEncoded {
    fn is_empty(&self) -> bool {
        self.matches.is_empty() && self.cut.is_empty()
    }

    fn append(&mut self, mut other: Self) {
        self.matches.append(&mut other.matches);
        self.cut.append(&mut other.cut);
    }
}

/// How many decodings on top of each other are followed. Hiding always follows
/// [`MAX_DECODE_DEPTH`], whatever finding follows.
fn depth(engine: &Engine, left: LeftBoundary) -> usize {
    match left {
        LeftBoundary::Enforce => engine.decode_depth(),
        LeftBoundary::Ignore => MAX_DECODE_DEPTH,
    }
}

/// The matches in what is encoded in a text, of regions that start in `range`.
pub(crate) fn matches(engine: &Engine, text: &[u8], range: Span, left: LeftBoundary) -> InEncoded {
    let mut found = InEncoded::default();
    if depth(engine, left) > 0 {
        for region in regions_of_input(text, range, left) {
            found.append(matches_of(engine, text, region, left));
        }
    }
    found
}

/// The matches in what is encoded in a region.
pub(crate) fn matches_of(
    engine: &Engine,
    text: &[u8],
    region: Region,
    left: LeftBoundary,
) -> InEncoded {
    let budget = Budget::of(region.span.len(), left);
    let mut search = Search { engine, left, budget, is_unpacked: false };
    let mut found = InEncoded::default();
    search.region(text, region, depth(engine, left), &mut found.matches);
    found.cut.extend(search.budget.is_over.then_some(region.span));
    found
}

/// The regions of a text that start in `range` and have a match in what they encode, or were not
/// searched to their end.
pub(crate) fn telling_regions(engine: &Engine, text: &[u8], range: Span) -> Vec<Region> {
    if engine.decode_depth() == 0 {
        return Vec::new();
    }
    let mut found = regions_of_input(text, range, LeftBoundary::Enforce);
    found.retain(|region| !matches_of(engine, text, *region, LeftBoundary::Enforce).is_empty());
    found
}

/// A part of a text that holds the starts of all regions that `changed` bytes can have an influence
/// on.
pub(crate) fn influence(text: &[u8], changed: Span) -> Span {
    let line = &text[changed.end..text.len().min(changed.end + LEFT_CONTEXT)];
    let line_end = changed.end + memchr::memchr(b'\n', line).unwrap_or(line.len());
    let end = runs::influence_to_the_right(text, changed.end, line_end);
    Span::new(runs::influence_to_the_left(text, changed.start), text.len().min(end + 1))
}

/// A search of one region and all that is in it.
struct Search<'e> {
    engine: &'e Engine,
    left: LeftBoundary,
    budget: Budget,
    /// What is searched comes from gzip: a few bytes can stand for very many.
    is_unpacked: bool,
}

impl Search<'_> {
    fn region(&mut self, text: &[u8], region: Region, depth: usize, found: &mut Vec<RawMatch>) {
        self.decoded(region.decode(text, self.left), depth, found);
        if self.left == LeftBoundary::Ignore {
            for shifted in region.shifted() {
                self.decoded(shifted.decode(text, self.left), depth, found);
            }
        }
    }

    /// Searches decoded text, and puts what is found where it comes from.
    fn decoded(&mut self, text: Option<Text>, depth: usize, found: &mut Vec<RawMatch>) {
        let Some(text) = text.filter(|text| !text.bytes.is_empty()) else { return };
        if !self.budget.expand(text.bytes.len()) {
            return;
        }
        let from = found.len();
        let is_unpacked = self.is_unpacked;
        self.is_unpacked |= text.decoding == Decoding::Gzip;
        self.text(&text.bytes, depth - 1, found);
        if matches!(text.decoding, Decoding::Base64 | Decoding::Hex) {
            self.decoded(wide::decode(&text.bytes), depth, found);
            if let Some((inside, is_whole)) = gzip::decode(&text.bytes, self.budget.bytes()) {
                self.decoded(Some(inside), depth, found);
                self.budget.is_over |= !is_whole;
            }
        }
        self.is_unpacked = is_unpacked;
        if text.decoding == Decoding::Gzip {
            drop_repeated(&text, found, from);
        }
        for raw in &mut found[from..] {
            match &mut raw.decoded {
                Some(decoded) => decoded.chain.insert(0, text.decoding),
                None => {
                    let secret = Secret::new(&text.bytes[raw.span.range()]);
                    raw.decoded = Some(Box::new(Decoded { chain: vec![text.decoding], secret }));
                }
            }
            raw.span = text.original(raw.span);
            raw.whole = text.original(raw.whole);
            // Encoded bytes have no public beginning.
            raw.prefix_len = 0;
        }
    }

    fn text(&mut self, text: &[u8], depth: usize, found: &mut Vec<RawMatch>) {
        let whole = Span::new(0, text.len());
        let candidates = self.engine.candidates(text, whole, self.left);
        let cost = |candidate| self.engine.cost(candidate, text.len());
        // Other encodings are no shorter than what they stand for: text as dense takes as long.
        let is_bounded = self.is_unpacked || self.left == LeftBoundary::Ignore;
        let judged = if is_bounded {
            self.budget.judge(candidates.iter().map(cost))
        } else {
            candidates.len()
        };
        let budget = is_bounded.then_some(&mut self.budget);
        found.append(&mut confirmed(self.engine, text, &candidates[..judged], self.left, budget));
        if self.engine.has_rules_without_literals() {
            found.append(&mut self.engine.by_regex_alone(
                text,
                &mut self.engine.cursors(),
                text.len(),
                self.left,
            ));
        }
        if depth > 0 {
            for region in regions(text, whole, self.left) {
                self.region(text, region, depth, found);
            }
        }
    }
}

/// The matches of candidates, as long as a budget lets them be told.
fn confirmed(
    engine: &Engine,
    text: &[u8],
    candidates: &[Candidate],
    left: LeftBoundary,
    budget: Option<&mut Budget>,
) -> Vec<RawMatch> {
    let Some(budget) = budget.filter(|_| left == LeftBoundary::Enforce) else {
        return engine.confirm_all(text, candidates, left);
    };
    engine.confirm_while(text, candidates, left, &mut |found| {
        budget.tell(found.iter().filter(|raw| raw.confidence > Confidence::Refuted).count())
    })
}

/// Drops refuted matches in decoded text, from one on, that come from the same bytes as another one
/// of their rule: a byte of gzip can stand for hundreds of them, and only one is reported in the
/// end.
fn drop_repeated(text: &Text, found: &mut Vec<RawMatch>, from: usize) {
    let mut seen = HashSet::new();
    let mut later = found.split_off(from);
    later.retain(|raw| {
        raw.confidence > Confidence::Refuted
            || seen.insert((raw.rule, text.original(raw.span), raw.reason))
    });
    found.append(&mut later);
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeSet;

    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;
    use crate::engine::tests::texts;
    use crate::rules::RuleSet;
    use crate::scanner::search::all;
    use crate::verdict::Confidence;
    use crate::verdict::tests::all_of;

    fn engine(depth: usize) -> Engine {
        Engine::new(&RuleSet::builtin(), &[]).decoding(depth)
    }

    /// Encodes each byte by itself.
    fn each(text: &[u8], escape: impl Fn(&u8) -> String) -> Vec<u8> {
        text.iter().map(escape).collect::<String>().into_bytes()
    }

    fn percent(byte: &u8) -> String {
        if byte.is_ascii_alphanumeric() { char::from(*byte).into() } else { format!("%{byte:02X}") }
    }

    /// A way to encode text.
    type Encode = fn(&[u8]) -> Vec<u8>;

    /// The encoders that all properties draw from, each with the decoding that must see through it.
    const ENCODERS: &[(Decoding, Encode)] = &[
        (Decoding::Base64, |text| STANDARD.encode(text).into_bytes()),
        (Decoding::Base64, |text| URL_SAFE_NO_PAD.encode(text).into_bytes()),
        (Decoding::Base64, |text| {
            let encoded = STANDARD.encode(text);
            let lines: Vec<&[u8]> = encoded.as_bytes().chunks(64).collect();
            lines.join(&b"\n"[..])
        }),
        (Decoding::Hex, |text| each(text, |byte| format!("{byte:02x}"))),
        (Decoding::Percent, |text| each(text, percent)),
        (Decoding::Unicode, |text| each(text, |byte| format!("\\u{byte:04x}"))),
        (Decoding::Html, |text| each(text, |byte| format!("&#{byte};"))),
        (Decoding::Utf16, |text| {
            let wide: Vec<u8> = text.iter().flat_map(|byte| [*byte, 0]).collect();
            STANDARD.encode(wide).into_bytes()
        }),
    ];

    /// Encodes text by the encoders at these indexes, one after the other.
    fn encode(text: Vec<u8>, encoders: impl IntoIterator<Item = usize>) -> Vec<u8> {
        encoders.into_iter().fold(text, |text, at| (ENCODERS[at].1)(&text))
    }

    /// Texts with parts that are encoded, some of them again.
    pub(crate) fn encoded_texts() -> impl Strategy<Value = Vec<u8>> {
        let encoders = prop::collection::vec(0..ENCODERS.len(), 0..4);
        let part = (texts(), encoders, "[ -~\n]{0,3}").prop_map(|(text, encoders, behind)| {
            [encode(text, encoders), behind.into_bytes()].concat()
        });
        prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
    }

    fn token() -> String {
        ["glp", "at-6K5h83Aac", "UCCGxzdUCuD"].concat()
    }

    #[test]
    fn each_encoding_and_two_of_them() {
        let engine = engine(2);
        let text = format!("a key: \"{}\" and more", token());
        let chain_of = |text: &[u8]| {
            let found = all(&engine, text, LeftBoundary::Enforce);
            assert_eq!(found.len(), 1, "{}", text.escape_ascii());
            let decoded = found[0].decoded.as_ref().unwrap();
            assert_eq!(decoded.secret.expose(), token().as_bytes());
            decoded.chain.clone()
        };
        for (decoding, encode_first) in ENCODERS {
            let once = [b"x \"", &encode_first(text.as_bytes())[..], b"\""].concat();
            assert_eq!(chain_of(&once).last(), Some(decoding), "{}", once.escape_ascii());
            for (_, encode_second) in ENCODERS {
                chain_of(&encode_second(&once));
            }
        }
    }

    #[test]
    fn every_decoding_has_an_encoder() {
        // Tests of these are in `padded`, `gzip` and `engine::pieces`.
        const ELSEWHERE: [Decoding; 3] = [Decoding::Utf32, Decoding::Gzip, Decoding::Joined];
        let encoders = ENCODERS.iter().map(|(decoding, _)| *decoding);
        let tried: BTreeSet<Decoding> = encoders.chain(ELSEWHERE).collect();
        assert_eq!(tried, all_of().into_iter().collect());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test reads the page about formats")]
    fn every_decoding_is_described() {
        const FORMATS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/formats.md");
        let formats = std::fs::read_to_string(FORMATS).unwrap();
        let row = formats.lines().find(|line| line.starts_with("| `decoded` | ")).unwrap();
        for decoding in all_of::<Decoding>() {
            assert!(row.contains(&format!("`{decoding}`")), "{FORMATS} lacks `{decoding}`");
        }
    }

    #[test]
    fn depth_is_a_limit() {
        let text = encode(token().into_bytes(), [0; 3]);
        assert!(all(&engine(2), &text, LeftBoundary::Enforce).is_empty());
        let found = all(&engine(3), &text, LeftBoundary::Enforce);
        assert_eq!(found[0].decoded.as_ref().unwrap().chain, [Decoding::Base64; 3]);
        // The last character encodes padding only.
        assert_eq!(found[0].span, Span::new(0, text.len() - 1));
    }

    #[test]
    fn tokens_next_to_each_other_do_not_share_bytes() {
        let other = ["glp", "at-zK5h83Aac", "UCCGxzdUCuD"].concat();
        let text = encode(format!("{};{other}", token()).into_bytes(), [0]);
        let found = all(&engine(2), &text, LeftBoundary::Enforce);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].span.end <= found[1].span.start);
    }

    #[test]
    fn what_is_there_in_clear_is_told_once() {
        let text = format!("a%3D{}%26b", token());
        let found = all(&engine(2), text.as_bytes(), LeftBoundary::Enforce);
        assert_eq!(found.len(), 1);
        assert!(found[0].decoded.is_none());
    }

    #[test]
    fn escapes_without_end_cost_bounded_work() {
        let mut found = Vec::new();
        let text = b"%2D".repeat(1_000_000);
        // With work that grew faster than the text this would take minutes.
        for start in (0..text.len()).step_by(100_000) {
            found.append(&mut regions(
                &text,
                Span::new(start, start + 100_000),
                LeftBoundary::Enforce,
            ));
        }
        assert!(found.is_empty());
    }

    #[test]
    fn nested_text_costs_bounded_work() {
        let engine = engine(MAX_DECODE_DEPTH);
        let mut text = b"%25\\u0025&#37;".repeat(1000);
        text.extend(encode(b"%2525&#37;26".repeat(500), [0]));
        assert!(all(&engine, &text, LeftBoundary::Enforce).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_in_clear_is_found_beside(text in encoded_texts()) {
            let whole = Span::new(0, text.len());
            let plain = all(&engine(0), &text, LeftBoundary::Enforce);
            let all = all(&engine(3), &text, LeftBoundary::Enforce);
            prop_assert!(all.iter().all(|raw| whole.contains(raw.span) && !raw.span.is_empty()));
            let is_in_order = |pair: &[RawMatch]| pair[0].span.end <= pair[1].span.start;
            prop_assert!(all.windows(2).all(is_in_order), "{:?}", all);
            for raw in &plain {
                let is_same = |one: &RawMatch| {
                    one.decoded.is_none() && one.span == raw.span && one.rule == raw.rule
                };
                let is_left = all.iter().any(is_same);
                let is_over = |one: &RawMatch| {
                    one.span.overlaps(raw.span) && one.confidence > Confidence::Refuted
                };
                let gave_way = all.iter().any(is_over) && raw.confidence < Confidence::Proved;
                prop_assert!(is_left || gave_way, "{:?}", raw);
            }
        }

        #[test]
        fn parts_have_the_regions_of_the_whole(text in encoded_texts(), size in 100_usize..3000) {
            let mut whole = regions(&text, Span::new(0, text.len()), LeftBoundary::Ignore);
            let range = |start| Span::new(start, text.len().min(start + size));
            let starts = (0..text.len()).step_by(size);
            let of_part = |start| regions(&text, range(start), LeftBoundary::Ignore);
            let mut parts: Vec<Region> = starts.flat_map(of_part).collect();
            whole.sort();
            parts.sort();
            prop_assert_eq!(parts, whole);
        }

        #[test]
        fn any_bytes_can_be_decoded(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            encoders in prop::collection::vec(0..ENCODERS.len(), 0..3),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut text = encode(bytes, encoders);
            text.truncate(cut.index(text.len() + 1));
            let found = all(&engine(5), &text, LeftBoundary::Ignore);
            prop_assert!(found.iter().all(|raw| raw.span.end <= text.len()));
        }
    }
}
