//! Encoded bytes that are decoded together, and the text that they encode.

use crate::confirm::raw_match::Decoding;
use crate::text::span::Span;
use crate::text::utf16::Transcoder;

/// Lengths of the lines of a block of base64, in bytes.
pub(super) const LINES: core::ops::RangeInclusive<usize> = 60..=256;
/// The deepest indent of a line of a block of base64, in bytes.
pub(super) const MAX_INDENT: usize = 64;
/// Longer lines are taken word by word. A word is no longer either.
pub(super) const MAX_LINE_LEN: usize = 16 * 1024;
/// What can matter beside a block of lines: another line, its end and the indent.
pub(super) const BESIDE_BLOCK: usize = *LINES.end() + MAX_INDENT + 8;
/// Bytes to the left of the start of a region that can matter.
pub(crate) const LEFT_CONTEXT: usize = MAX_LINE_LEN + 64;

/// Bytes to the right of the start of a region that can matter.
pub(crate) const REACH: usize = LONGEST + 2 * BESIDE_BLOCK;
/// Decoded text, and where it comes from.
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) map: Map,
    pub(super) decoding: Decoding,
}

/// From offsets in decoded text to those in the text that it was decoded from.
pub(super) enum Map {
    /// Lines of base64: the offsets of their first bytes in both texts.
    Base64(Vec<(usize, usize)>),
    /// Pairs of digits from this offset on.
    Hex(usize),
    /// The offset of the first character, and how many bytes the characters are apart.
    Padded(usize, usize),
    Escapes(Vec<Piece>),
    Utf16(Box<Transcoder>),
    /// How much was decoded after each byte.
    Gzip(Vec<usize>),
}

/// A part of a text with escapes: as it is, or one escape.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) decoded: usize,
    pub(super) original: usize,
    pub(super) is_escape: bool,
}

/// A region is at most this long.
pub(crate) const LONGEST: usize = 64 * 1024;

/// Bytes that are decoded together.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Region {
    pub(crate) span: Span,
    pub(crate) decoding: Decoding,
}
