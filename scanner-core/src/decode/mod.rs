//! Encoded text: found, decoded, and searched like any other.
//!
//! Looking at every byte once more has to cost next to nothing. [`mask`] finds long runs of what
//! base64 and hex are made of, and the characters that escapes start with; [`runs`] and [`escapes`]
//! see what could be text of those. What is left is a *region*: the bytes that are decoded
//! together. Where a region starts and ends is told by the bytes in and just around it, so that
//! chunks, parts and deltas of a text have the same regions as the text.
//!
//! Decoded text has regions of its own, to a limit. Whatever is found is reported with the bytes of
//! the input that encode it.
//!
//! Not decoded: runs without a line break of more than [`LONGEST`] bytes, which are data rather
//! than text.

mod base64;
mod entity;
mod escapes;
mod gzip;
mod hex;
mod mask;
mod percent;
mod runs;
mod unicode;
mod wide;

use core::fmt;

use crate::confirm::{Glue, RawMatch};
use crate::engine::Engine;
use crate::secret::Secret;
use crate::text::span::Span;
use crate::text::utf16::Transcoder;

/// A region is at most this long.
pub(crate) const LONGEST: usize = 64 * 1024;
/// Bytes to the left of the start of a region that can matter.
pub(crate) const LEFT_CONTEXT: usize = escapes::LONGEST_LINE + 64;
/// Bytes to the right of the start of a region that can matter.
pub(crate) const REACH: usize = LONGEST + 2 * runs::BESIDE_BLOCK;
/// So many decodings on top of each other are followed, unless told otherwise.
pub const DEFAULT_DECODE_DEPTH: usize = 2;
/// More decodings on top of each other are never followed.
pub const LARGEST_DECODE_DEPTH: usize = 5;

/// How text was decoded.
///
/// ```
/// use tokensieve_core::{Decoding, RuleSet, Scanner};
///
/// // base64 of a token
/// let text = ["auth: Z2xwY", "XQtNks1aDgz", "QWFjVUNDR3h", "6ZFVDdUQ="].concat();
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let found = scanner.find(text.as_bytes());
/// assert_eq!(found[0].span().range(), 6..41);
/// assert_eq!(found[0].decoded(), [Decoding::Base64]);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Decoding {
    /// Base64, of either alphabet, with or without padding.
    Base64,
    /// Two hexadecimal digits a byte.
    Hex,
    /// Percent-encoding of URLs.
    Percent,
    /// Escapes such as `\u002d` and `\x2d`.
    Unicode,
    /// Character references of HTML and XML.
    Html,
    /// UTF-16 inside of something else that was decoded.
    Utf16,
    /// Compressed text inside of base64 or hex.
    Gzip,
}

impl Decoding {
    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Percent => "percent",
            Self::Unicode => "unicode",
            Self::Html => "html",
            Self::Utf16 => "utf16",
            Self::Gzip => "gzip",
        }
    }
}

impl fmt::Display for Decoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What a match in decoded text has beside its span in the input.
#[derive(Clone)]
pub(crate) struct Decoded {
    /// How it was decoded, the outermost first.
    pub(crate) chain: Vec<Decoding>,
    /// The bytes that it is about.
    pub(crate) secret: Secret,
}

/// The secret is not told.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decoded").field(&self.chain).finish()
    }
}

/// Bytes that are decoded together.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Region {
    pub(crate) span: Span,
    pub(crate) decoding: Decoding,
}

impl Region {
    /// How many bytes on either side decide that this is a region; the ends of the text count as
    /// one.
    pub(crate) fn beside(&self, text: &[u8]) -> (usize, usize) {
        match self.decoding {
            Decoding::Percent | Decoding::Unicode | Decoding::Html => {
                escapes::beside(text, self.span)
            }
            Decoding::Base64 | Decoding::Hex | Decoding::Utf16 | Decoding::Gzip => {
                runs::beside(text, self.span)
            }
        }
    }

    fn decode(&self, text: &[u8]) -> Option<Text> {
        match self.decoding {
            Decoding::Base64 => base64::decode(text, self.span),
            Decoding::Hex => hex::decode(text, self.span),
            Decoding::Percent | Decoding::Unicode | Decoding::Html => {
                escapes::decode(text, self.span, self.decoding)
            }
            Decoding::Utf16 | Decoding::Gzip => None,
        }
    }

    /// The other ways to read base64 whose beginning is not known.
    fn shifted(&self) -> impl Iterator<Item = Self> {
        let most = if self.decoding == Decoding::Base64 { 3 } else { 0 };
        (1..=most.min(self.span.len()))
            .map(|by| Self { span: Span::new(self.span.start + by, self.span.end), ..*self })
    }
}

/// Decoded text, and where it comes from.
struct Text {
    bytes: Vec<u8>,
    map: Map,
    decoding: Decoding,
}

/// From offsets in decoded text to those in the text that it was decoded from.
enum Map {
    /// Lines of base64: the offsets of their first bytes in both texts.
    Base64(Vec<(usize, usize)>),
    /// Pairs of digits from this offset on.
    Hex(usize),
    Escapes(Vec<Piece>),
    Utf16(Box<Transcoder>),
    /// How much was decoded after each byte.
    Gzip(Vec<usize>),
}

/// A part of a text with escapes: as it is, or one escape.
#[derive(Clone, Copy)]
struct Piece {
    decoded: usize,
    original: usize,
    is_escape: bool,
}

impl Text {
    /// The bytes that encode a part of the text, whole characters and escapes.
    fn original(&self, span: Span) -> Span {
        match &self.map {
            Map::Base64(lines) => base64::original(lines, span),
            Map::Hex(start) => Span::new(start + 2 * span.start, start + 2 * span.end),
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
fn regions(text: &[u8], range: Span, glue: Glue) -> Vec<Region> {
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
    let is_open = glue == Glue::Any;
    let mut regions =
        Regions { text, is_open, lines: escapes::Lines::new(range), found: Vec::new() };
    mask::find(text, mask::Wanted { range, longest: LONGEST, introducers_to }, &mut regions);
    regions.found
}

/// The matches in what is encoded in a text, of regions that start in `range`.
pub(crate) fn matches(engine: &Engine, text: &[u8], range: Span, glue: Glue) -> Vec<RawMatch> {
    let mut found = Vec::new();
    if engine.decode_depth() > 0 {
        for region in regions(text, range, glue) {
            found.append(&mut matches_of(engine, text, region, glue));
        }
    }
    found
}

/// The matches in what is encoded in a region.
pub(crate) fn matches_of(
    engine: &Engine,
    text: &[u8],
    region: Region,
    glue: Glue,
) -> Vec<RawMatch> {
    let mut search = Search { engine, glue, budget: Search::BUDGET * region.span.len() };
    let mut found = Vec::new();
    search.region(text, region, engine.decode_depth(), &mut found);
    found
}

/// The regions of a text that start in `range` and have a match in what they encode.
pub(crate) fn telling(engine: &Engine, text: &[u8], range: Span) -> Vec<Region> {
    if engine.decode_depth() == 0 {
        return Vec::new();
    }
    let mut found = regions(text, range, Glue::OfRule);
    found.retain(|region| !matches_of(engine, text, *region, Glue::OfRule).is_empty());
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
    glue: Glue,
    /// So many more bytes are decoded: the ways to decode something again and again are many.
    budget: usize,
}

impl Search<'_> {
    /// As many times what a region has may be decoded in it.
    const BUDGET: usize = 16;

    fn region(&mut self, text: &[u8], region: Region, depth: usize, found: &mut Vec<RawMatch>) {
        self.decoded(region.decode(text), depth, found);
        if self.glue == Glue::Any {
            for shifted in region.shifted() {
                self.decoded(shifted.decode(text), depth, found);
            }
        }
    }

    /// Searches decoded text, and puts what is found where it comes from.
    fn decoded(&mut self, text: Option<Text>, depth: usize, found: &mut Vec<RawMatch>) {
        let Some(text) =
            text.filter(|text| !text.bytes.is_empty() && text.bytes.len() <= self.budget)
        else {
            return;
        };
        self.budget -= text.bytes.len();
        let from = found.len();
        self.text(&text.bytes, depth - 1, found);
        if matches!(text.decoding, Decoding::Base64 | Decoding::Hex) {
            self.decoded(wide::decode(&text.bytes), depth, found);
            self.decoded(gzip::decode(&text.bytes, self.budget), depth, found);
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
            // What is encoded has no public beginning.
            raw.prefix_len = 0;
        }
    }

    fn text(&mut self, text: &[u8], depth: usize, found: &mut Vec<RawMatch>) {
        let whole = Span::new(0, text.len());
        found.append(&mut self.engine.by_literals(text, whole, self.glue));
        if self.engine.has_rules_without_literals() {
            found.append(&mut self.engine.by_regex_alone(
                text,
                &mut self.engine.cursors(),
                text.len(),
            ));
        }
        if depth > 0 {
            for region in regions(text, whole, self.glue) {
                self.region(text, region, depth, found);
            }
        }
    }
}

/// Leaves one match of those that share bytes, where some are of decoded text.
///
/// What is decoded less goes before what is decoded more, unless the latter is surer: a token in
/// base64 counts more than a rule that takes the base64 for a password.
pub(crate) fn resolve(engine: &Engine, found: Vec<RawMatch>) -> Vec<RawMatch> {
    let level = |raw: &RawMatch| raw.decoded.as_ref().map_or(0, |decoded| decoded.chain.len());
    let mut levels: Vec<Vec<RawMatch>> = Vec::new();
    for raw in found {
        let level = level(&raw);
        levels.resize_with(levels.len().max(level + 1), Vec::new);
        levels[level].push(raw);
    }
    let mut kept: Vec<RawMatch> = Vec::new();
    for level in levels {
        let better = engine.resolve_level(level);
        let mut joined = Vec::with_capacity(kept.len() + better.len());
        let mut outer = kept.into_iter().peekable();
        for inner in better {
            while let Some(before) = outer.next_if(|raw| raw.span.end <= inner.span.start) {
                joined.push(before);
            }
            // What could not stand does not decide for what it shares bytes with.
            let is_shared = outer.peek().is_some_and(|raw| raw.span.start < inner.span.end);
            if is_shared && !engine.could_stand(&inner) {
                continue;
            }
            let mut shared = Vec::new();
            while let Some(raw) = outer.next_if(|raw| raw.span.start < inner.span.end) {
                shared.push(raw);
            }
            let gives_way = |raw: &RawMatch| engine.gives_way_to_decoded(raw, &inner);
            // One of them can have been left by the match before, whose place ends where that
            // begins.
            let is_free =
                joined.last().is_none_or(|last: &RawMatch| last.span.end <= inner.span.start);
            if is_free && shared.iter().all(gives_way) {
                joined.push(inner);
            } else {
                joined.append(&mut shared);
            }
        }
        joined.extend(outer);
        kept = joined;
    }
    kept
}

#[cfg(test)]
pub(crate) mod tests {
    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;
    use crate::engine::tests::texts;
    use crate::rules::RuleSet;
    use crate::verdict::Confidence;

    fn engine(depth: usize) -> Engine {
        Engine::new(&RuleSet::builtin(), &[]).decoding(depth)
    }

    pub(crate) fn encode(text: &[u8], kind: usize) -> Vec<u8> {
        let each = |escape: &dyn Fn(&u8) -> String| {
            text.iter().map(escape).collect::<String>().into_bytes()
        };
        match kind {
            0 => STANDARD.encode(text).into_bytes(),
            1 => URL_SAFE_NO_PAD.encode(text).into_bytes(),
            2 => each(&|byte| format!("{byte:02x}")),
            3 => each(&|byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(*byte).into()
                } else {
                    format!("%{byte:02X}")
                }
            }),
            4 => each(&|byte| format!("\\u{byte:04x}")),
            5 => each(&|byte| format!("&#{byte};")),
            6 => STANDARD
                .encode(text.iter().flat_map(|byte| [*byte, 0]).collect::<Vec<u8>>())
                .into_bytes(),
            _ => {
                let encoded = STANDARD.encode(text);
                let lines: Vec<&[u8]> = encoded.as_bytes().chunks(64).collect();
                lines.join(&b"\n"[..])
            }
        }
    }

    /// Texts with parts that are encoded, some of them again.
    pub(crate) fn encoded_texts() -> impl Strategy<Value = Vec<u8>> {
        let part = (texts(), prop::collection::vec(0_usize..8, 0..4), "[ -~\n]{0,3}").prop_map(
            |(text, kinds, behind)| {
                let encoded = kinds.into_iter().fold(text, |text, kind| encode(&text, kind));
                [encoded, behind.into_bytes()].concat()
            },
        );
        prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
    }

    fn token() -> String {
        ["glp", "at-6K5h83Aac", "UCCGxzdUCuD"].concat()
    }

    #[test]
    fn each_encoding_and_two_of_them() {
        let engine = engine(2);
        let text = format!("a key: \"{}\" and more", token());
        for first in 0..8 {
            let once = [b"x \"", &encode(text.as_bytes(), first)[..], b"\""].concat();
            let found = engine.all(&once, Glue::OfRule);
            assert_eq!(found.len(), 1, "{}", once.escape_ascii());
            let decoded = found[0].decoded.as_ref().unwrap();
            assert_eq!(decoded.secret.expose(), token().as_bytes());
            for second in 0..8 {
                let twice = encode(&once, second);
                let found = engine.all(&twice, Glue::OfRule);
                assert_eq!(found.len(), 1, "{first} {second}: {}", twice.escape_ascii());
                assert_eq!(found[0].decoded.as_ref().unwrap().secret.expose(), token().as_bytes());
            }
        }
    }

    #[test]
    fn depth_is_a_limit() {
        let text = (0..3).fold(token().into_bytes(), |text, _| encode(&text, 0));
        assert!(engine(2).all(&text, Glue::OfRule).is_empty());
        let found = engine(3).all(&text, Glue::OfRule);
        assert_eq!(found[0].decoded.as_ref().unwrap().chain, [Decoding::Base64; 3]);
        // The last character encodes padding only.
        assert_eq!(found[0].span, Span::new(0, text.len() - 1));
    }

    #[test]
    fn tokens_next_to_each_other_do_not_share_bytes() {
        let other = ["glp", "at-zK5h83Aac", "UCCGxzdUCuD"].concat();
        let text = encode(format!("{};{other}", token()).as_bytes(), 0);
        let found = engine(2).all(&text, Glue::OfRule);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].span.end <= found[1].span.start);
    }

    #[test]
    fn what_is_there_in_clear_is_told_once() {
        let text = format!("a%3D{}%26b", token());
        let found = engine(2).all(text.as_bytes(), Glue::OfRule);
        assert_eq!(found.len(), 1);
        assert!(found[0].decoded.is_none());
    }

    #[test]
    fn escapes_without_end_cost_bounded_work() {
        let mut found = Vec::new();
        let text = b"%2D".repeat(1_000_000);
        // With work that grew faster than the text this would take minutes.
        for start in (0..text.len()).step_by(100_000) {
            found.append(&mut regions(&text, Span::new(start, start + 100_000), Glue::OfRule));
        }
        assert!(found.is_empty());
    }

    #[test]
    fn nested_text_costs_bounded_work() {
        let engine = engine(LARGEST_DECODE_DEPTH);
        let mut text = b"%25\\u0025&#37;".repeat(1000);
        text.extend(encode(&b"%2525&#37;26".repeat(500), 0));
        assert!(engine.all(&text, Glue::OfRule).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_in_clear_is_found_beside(text in encoded_texts()) {
            let whole = Span::new(0, text.len());
            let plain = engine(0).all(&text, Glue::OfRule);
            let all = engine(3).all(&text, Glue::OfRule);
            prop_assert!(all.iter().all(|raw| whole.contains(raw.span) && !raw.span.is_empty()));
            prop_assert!(all.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{:?}", all);
            for raw in &plain {
                let is_left = all.iter().any(|one| one.decoded.is_none() && one.span == raw.span && one.rule == raw.rule);
                let gave_way = all.iter().any(|one| one.span.overlaps(raw.span) && one.confidence > Confidence::Refuted)
                    && raw.confidence < Confidence::Proved;
                prop_assert!(is_left || gave_way, "{:?}", raw);
            }
        }

        #[test]
        fn parts_have_the_regions_of_the_whole(text in encoded_texts(), size in 100_usize..3000) {
            let mut whole = regions(&text, Span::new(0, text.len()), Glue::Any);
            let ranges = (0..text.len()).step_by(size).map(|start| Span::new(start, text.len().min(start + size)));
            let mut parts: Vec<Region> = ranges.flat_map(|range| regions(&text, range, Glue::Any)).collect();
            whole.sort();
            parts.sort();
            prop_assert_eq!(parts, whole);
        }

        #[test]
        fn any_bytes_can_be_decoded(bytes in prop::collection::vec(any::<u8>(), 0..200), kinds in prop::collection::vec(0_usize..8, 0..3), cut in any::<prop::sample::Index>()) {
            let mut text = kinds.into_iter().fold(bytes, |text, kind| encode(&text, kind));
            text.truncate(cut.index(text.len() + 1));
            let found = engine(5).all(&text, Glue::Any);
            prop_assert!(found.iter().all(|raw| raw.span.end <= text.len()));
        }
    }
}
