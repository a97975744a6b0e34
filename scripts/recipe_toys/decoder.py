"""A decoder: of each byte, `~` and two letters from `g` to `v`, one for each half."""

from recipe_toys.kit import (
    CORE, FORMATS, Compiler, Recipe, Replace, Slip, Test, Write, before, behind,
)

DECODER = """//! Text with `~` and two letters for each byte: from `g` on, one for each half of it.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{LONGEST, Map, Region, Text};
use crate::text::span::Span;

/// The bytes that stand for one.
const UNIT: usize = 3;
/// A shorter run is no secret with a name, in bytes.
const FEWEST: usize = 60;
/// This many bytes on either side decide that a run begins or ends.
pub(super) const BESIDE: usize = UNIT;

fn is_unit(text: &[u8], at: usize) -> bool {
    text.get(at..at + UNIT)
        .is_some_and(|it| it[0] == b'~' && it[1..].iter().all(|half| matches!(half, b'g'..=b'v')))
}

/// Adds the runs that start in `range`.
pub(super) fn find(text: &[u8], range: Span, found: &mut Vec<Region>) {
    for at in range.start..range.end.min(text.len()) {
        if !is_unit(text, at) || at >= UNIT && is_unit(text, at - UNIT) {
            continue;
        }
        let mut end = at;
        while is_unit(text, end) && end - at <= LONGEST {
            end += UNIT;
        }
        if (FEWEST..=LONGEST).contains(&(end - at)) {
            found.push(Region { span: Span::new(at, end), decoding: Decoding::Tilde });
        }
    }
}

pub(super) fn decode(text: &[u8], span: Span) -> Option<Text> {
    let byte = |unit: &[u8]| (unit[1] - b'g') << 4 | (unit[2] - b'g');
    let bytes = text[span.range()].chunks_exact(UNIT).map(byte).collect();
    Some(Text { bytes, map: Map::Tilde(span.start), decoding: Decoding::Tilde })
}

pub(super) fn original(start: usize, span: Span) -> Span {
    Span::new(start + UNIT * span.start, start + UNIT * span.end)
}
"""
DECODERS = "scanner-core/src/decode/mod.rs"
DECODINGS = "scanner-core/src/confirm/raw_match.rs"
NAME = behind(
    DECODINGS, '            Self::Base64 => "base64",\n', '            Self::Tilde => "tilde",\n'
)
BESIDE = before(
    DECODERS,
    "            Decoding::Utf16 | Decoding::Utf32 => (padded::BESIDE",
    "            Decoding::Tilde => (tilde::BESIDE, tilde::BESIDE),\n",
)
ARM = before(
    DECODERS,
    "            Decoding::Hex => hex::decode(",
    "            Decoding::Tilde => tilde::decode(text, self.span),\n",
)
BACK = before(
    DECODERS,
    "            Map::Hex(start) =>",
    "            Map::Tilde(start) => tilde::original(*start, span),\n",
)
SEARCH = before(
    DECODERS,
    "    regions.found\n}",
    "    tilde::find(text, range, &mut regions.found);\n",
)
ENCODER = before(
    DECODERS,
    "        (Decoding::Hex, |text|",
    """        (Decoding::Tilde, |text| {
            let half = |half: u8| char::from(b'g' + half);
            each(text, |byte| format!("~{}{}", half(byte >> 4), half(byte & 15)))
        }),
""",
)
DESCRIBED = behind(FORMATS, "the outermost encoding first: ", "`tilde`, ")
TESTS = "decode::tests::"

RECIPE = Recipe(
    "decoder",
    edits=(
        Write("scanner-core/src/decode/tilde.rs", DECODER),
        behind(
            DECODINGS,
            "pub enum Decoding {\n",
            "    /// A `~` and two letters a byte.\n    Tilde,\n",
        ),
        NAME,
        behind(DECODERS, "mod runs;\n", "mod tilde;\n"),
        BESIDE,
        ARM,
        behind(
            "scanner-core/src/decode/region.rs",
            "pub(super) enum Map {\n",
            "    /// Units of three bytes from this offset on.\n    Tilde(usize),\n",
        ),
        BACK,
        SEARCH,
        ENCODER,
        DESCRIBED,
    ),
    also=(
        (CORE, TESTS + "any_bytes_can_be_decoded"),
        (CORE, TESTS + "what_is_found_in_clear_is_found_beside"),
        (CORE, "scanner::delta::tests::carried_candidates_are_those_of_a_search"),
    ),
    slips=(
        Slip(
            "its name",
            Compiler("tokensieve-core", "E0004", "Decoding::Tilde` not covered", DECODINGS),
            undone=(NAME,),
        ),
        Slip(
            "its arms in `decode/mod.rs`",
            Compiler("tokensieve-core", "E0004", "Decoding::Tilde` not covered", DECODERS),
            undone=(BESIDE, ARM),
        ),
        Slip(
            "its way back",
            Compiler("tokensieve-core", "E0004", "Map::Tilde(_)` not covered"),
            undone=(BACK,),
        ),
        Slip(
            "the search for its regions",
            Test(CORE, TESTS + "each_encoding_and_two_of_them", "left: 0"),
            undone=(SEARCH,),
        ),
        Slip(
            "a look at what stands before the part",
            Test(CORE, TESTS + "parts_have_the_regions_of_the_whole", "decode/mod.rs"),
            done=(
                Replace(
                    "scanner-core/src/decode/tilde.rs",
                    "at >= UNIT && is_unit(text, at - UNIT)",
                    "at >= UNIT + range.start && is_unit(text, at - UNIT)",
                ),
            ),
            round=2,
        ),
        Slip(
            "its encoder",
            Test(CORE, TESTS + "every_decoding_has_an_encoder", "Tilde"),
            undone=(ENCODER,),
            round=3,
        ),
        Slip(
            "its description",
            Test(CORE, TESTS + "every_decoding_is_described", "lacks `tilde`"),
            undone=(DESCRIBED,),
        ),
    ),
)
