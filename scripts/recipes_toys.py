"""Toys for recipes of CONTRIBUTING.md: the steps that they name, and those to forget."""

from dataclasses import dataclass, field

CORE = ("-p", "tokensieve-core", "--lib")
FORMATS = "docs/formats.md"


@dataclass
class Recipe:
    """Steps of a recipe, each a function of the copy.

    tests: (target, name) of the tests that hold it.
    forgotten: (step that undoes another one, what it undoes, target, test that fails then).
    compiled: (step that undoes another one, step that does it again, what it undoes).
    """

    name: str
    steps: list
    tests: list
    forgotten: list = field(default_factory=list)
    compiled: list = field(default_factory=list)


def writes(name, text):
    return lambda copy: copy.write(name, text)


def replaces(name, old, new):
    return lambda copy: copy.replace(name, old, new)


# --- A proof. ---

PROOF = """//! The toy's keys: their last digit is the sum of the bytes before it.

use crate::proof::claim::{Claim, Evidence};
use crate::verdict::{Confidence, Facts, Reason};

pub(super) fn examine(claim: &Claim<'_>) -> Evidence {
    let Some((digit, body)) = claim.text().split_last() else {
        return claim.refuted(Reason::WrongChecksum);
    };
    let sum: u64 = body.iter().map(|byte| u64::from(*byte)).sum();
    if u64::from(digit.wrapping_sub(b'0')) == sum % 10 {
        claim.with(Confidence::Proved, Facts::default())
    } else {
        claim.refuted(Reason::WrongChecksum)
    }
}
"""
PROOFS = "scanner-core/src/proof/mod.rs"
PROOF_ARM = "        Proof::Toy => ProofResult::Verdict(toy::examine(claim)),\n"
PROOF_ENTRY = "        Proof::JfrogExpiry,\n        Proof::Toy,\n"

proof = Recipe(
    "proof",
    steps=[
        writes("scanner-core/src/proof/toy.rs", PROOF),
        replaces(
            "scanner-core/src/rules/rule.rs",
            "pub enum Proof {\n",
            "pub enum Proof {\n    /// The toy's keys.\n    Toy,\n",
        ),
        replaces(PROOFS, "mod sas;\n", "mod sas;\nmod toy;\n"),
        replaces(PROOFS, "    match proof {\n", "    match proof {\n" + PROOF_ARM),
        replaces(PROOFS, "        Proof::JfrogExpiry,\n", PROOF_ENTRY),
        replaces(PROOFS, "[Proof; 30]", "[Proof; 31]"),
    ],
    tests=[(CORE, "any_bytes_can_be_examined"), (CORE, "every_proof_is_tried")],
    forgotten=[
        (
            lambda copy: (
                copy.replace(PROOFS, PROOF_ENTRY, "        Proof::JfrogExpiry,\n"),
                copy.replace(PROOFS, "[Proof; 31]", "[Proof; 30]"),
            ),
            "its entry in ALL",
            CORE,
            "every_proof_is_tried",
        ),
    ],
    compiled=[
        (
            replaces(PROOFS, PROOF_ARM, ""),
            replaces(PROOFS, "    match proof {\n", "    match proof {\n" + PROOF_ARM),
            "its arm in `examine`",
        ),
    ],
)

# --- A decoder: `~` in front of each character. ---

DECODER = """//! Text with a `~` in front of each character.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{LONGEST, Map, Region, Text};
use crate::text::span::Span;

/// A shorter run is no secret with a name.
const FEWEST: usize = 40;
/// So many bytes on either side decide that a run begins or ends.
pub(super) const BESIDE: usize = 2;

/// Adds the runs that start in `range`.
pub(super) fn find(text: &[u8], range: Span, found: &mut Vec<Region>) {
    let is_pair = |at: usize| {
        text.get(at) == Some(&b'~') && text.get(at + 1).is_some_and(|it| matches!(it, b' '..=b'}'))
    };
    let mut at = range.start;
    while at < range.end.min(text.len()) {
        if !is_pair(at) || at >= 2 && is_pair(at - 2) {
            at += 1;
            continue;
        }
        let mut end = at;
        while is_pair(end) && end - at < LONGEST {
            end += 2;
        }
        if end - at >= FEWEST {
            found.push(Region { span: Span::new(at, end), decoding: Decoding::Tilde });
        }
        at = end;
    }
}

pub(super) fn decode(text: &[u8], span: Span) -> Option<Text> {
    let bytes = text[span.range()].iter().skip(1).step_by(2).copied().collect();
    Some(Text { bytes, map: Map::Padded(span.start + 1, 2), decoding: Decoding::Tilde })
}
"""
DECODERS = "scanner-core/src/decode/mod.rs"
DECODER_ARM = "            Decoding::Tilde => tilde::decode(text, self.span),\n"
DECODE_HEAD = "            Decoding::Hex => hex::decode(text, self.span, is_open),\n"


def decoder_generators(copy):
    """The encoder of the tests, and the ranges of kinds that they draw from. A text with `~` cannot
    be encoded again."""
    path = copy.folder / DECODERS
    text = path.read_text().replace("0_usize..8", "0_usize..9").replace("first in 0..8", "first in 0..9")
    path.write_text(text)
    encoder = '            8 => each(&|byte| format!("~{}", char::from(*byte))),\n            _ => {\n'
    copy.replace(DECODERS, "            _ => {\n                let encoded", encoder + "                let encoded")


decoder = Recipe(
    "decoder",
    steps=[
        writes("scanner-core/src/decode/tilde.rs", DECODER),
        replaces(
            "scanner-core/src/confirm/raw_match.rs",
            "pub enum Decoding {\n",
            "pub enum Decoding {\n    /// A `~` in front of each character.\n    Tilde,\n",
        ),
        replaces(
            "scanner-core/src/confirm/raw_match.rs",
            '            Self::Base64 => "base64",\n',
            '            Self::Base64 => "base64",\n            Self::Tilde => "tilde",\n',
        ),
        replaces(DECODERS, "mod runs;\n", "mod runs;\nmod tilde;\n"),
        replaces(
            DECODERS,
            "            Decoding::Utf16 | Decoding::Utf32 => (padded",
            "            Decoding::Tilde => (tilde::BESIDE, tilde::BESIDE),\n"
            "            Decoding::Utf16 | Decoding::Utf32 => (padded",
        ),
        replaces(DECODERS, DECODE_HEAD, DECODE_HEAD + DECODER_ARM),
        replaces(
            DECODERS,
            "    regions.found\n",
            "    tilde::find(text, range, &mut regions.found);\n    regions.found\n",
        ),
        decoder_generators,
    ],
    tests=[
        (CORE, "each_encoding_and_two_of_them"),
        (CORE, "what_is_found_in_clear_is_found_beside"),
        (CORE, "parts_have_the_regions_of_the_whole"),
        (CORE, "any_bytes_can_be_decoded"),
    ],
    forgotten=[
        (
            replaces(DECODERS, "    tilde::find(text, range, &mut regions.found);\n", ""),
            "looking for its regions",
            CORE,
            "each_encoding_and_two_of_them",
        ),
    ],
    compiled=[
        (
            replaces(DECODERS, DECODER_ARM, ""),
            replaces(DECODERS, DECODE_HEAD, DECODE_HEAD + DECODER_ARM),
            "its arm in `decode`",
        ),
    ],
)

# --- A report format: a path a line. ---

REPORT = """//! The path of each finding.

use std::io::{self, Write};

use crate::report::model::Report;
use crate::report::words::one_line;
use crate::text::escape::at_line_start;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        writeln!(out, "{}", at_line_start(&one_line(finding.path())))?;
    }
    Ok(())
}
"""
ROW = """    Row {
        format: Format::Paths,
        name: "paths",
        files: &[],
        endings: &[".paths"],
        media_type: "text/plain",
        can_show_secrets: false,
        write: |report, _, out| paths::write(report, out),
    },
"""
TABLE = "scanner-core/src/report/format.rs"

report = Recipe(
    "report format",
    steps=[
        writes("scanner-core/src/report/paths.rs", REPORT),
        replaces("scanner-core/src/report/mod.rs", "mod model;\n", "mod model;\nmod paths;\n"),
        replaces(TABLE, "    /// A page for a browser.\n", "    /// Paths.\n    Paths,\n    /// A page for a browser.\n"),
        replaces(TABLE, "const ROWS: &[Row] = &[\n", "const ROWS: &[Row] = &[\n" + ROW),
        replaces(TABLE, "junit, markdown, text,", "junit, markdown, paths, text,"),
        replaces(FORMATS, "| `html` | people", "| `paths` | toys | `.paths` | no | streamed |\n| `html` | people"),
    ],
    tests=[
        (CORE, "no_format_holds_a_secret_that_is_not_shown"),
        (CORE, "no_format_passes_on_what_changes_how_the_rest_looks"),
        (CORE, "an_empty_run_is_a_valid_document"),
    ],
    forgotten=[
        (
            replaces("scanner-core/src/report/paths.rs", "at_line_start(&one_line(finding.path()))", "finding.path()"),
            "escaping",
            CORE,
            "no_format_passes_on_what_changes_how_the_rest_looks",
        ),
    ],
)

RECIPES = [proof, decoder, report]
