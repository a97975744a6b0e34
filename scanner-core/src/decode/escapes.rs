//! Text with escapes: where it is, and what it stands for.
//!
//! Escapes can be anywhere in a token and around it, so the whole line is decoded; of a very long
//! line, the word. An escape counts that stands for a character that can be in a token or beside
//! it. That leaves out most of what text in other languages has.

use crate::decode::region::MAX_LINE_LEN;
use memchr::{memchr, memchr3_iter, memrchr};

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{Map, Piece, Region, Text};
use crate::decode::{entity, percent, unicode};
use crate::text::span::Span;

type Escape = fn(&[u8], &mut Vec<u8>) -> Option<usize>;

const KINDS: [(Decoding, u8, Escape); 3] = [
    (Decoding::Percent, b'%', percent::escape),
    (Decoding::Unicode, b'\\', unicode::escape),
    (Decoding::Html, b'&', entity::escape),
];

/// The kind of the escape that a text starts with, if it counts, and its length.
fn kind_at(text: &[u8], out: &mut Vec<u8>) -> Option<(usize, usize)> {
    let kind = KINDS.iter().position(|(_, introducer, _)| text.first() == Some(introducer))?;
    out.clear();
    let len = KINDS[kind].2(text, out)?;
    matches!(out[..], [b' '..=b'~' | b'\t' | b'\n' | b'\r']).then_some((kind, len))
}

/// A search for the lines and words that start in a range and have escapes that count.
pub(super) struct Lines {
    range: Span,
    /// What is before this is done with.
    done: usize,
    /// A part of a very long line, as far as one was met.
    long: Span,
    scratch: Vec<u8>,
}

impl Lines {
    pub(super) fn new(range: Span) -> Self {
        Self { range, done: range.start, long: Span::new(0, 0), scratch: Vec::new() }
    }

    /// Takes the next byte that an escape can start with.
    #[inline]
    pub(super) fn visit(&mut self, text: &[u8], at: usize, found: &mut Vec<Region>) {
        if at >= self.done && could_be_escape(&text[at..]) {
            self.visit_escape(text, at, found);
        }
    }

    #[cold]
    fn visit_escape(&mut self, text: &[u8], at: usize, found: &mut Vec<Region>) {
        if kind_at(&text[at..], &mut self.scratch).is_none() {
            return;
        }
        let part = part_around(text, at, &mut self.long);
        self.done = part.end;
        if part.len() <= MAX_LINE_LEN && (self.range.start..self.range.end).contains(&part.start) {
            push_kinds(text, part, at, &mut self.scratch, found);
        }
    }
}

/// The end of the last line or word that starts in a range, or a place behind it.
pub(super) fn end_of_lines(text: &[u8], range: Span) -> usize {
    let last = range.end.saturating_sub(1).max(range.start);
    let end = text.len().min(range.end.saturating_add(MAX_LINE_LEN));
    memchr(b'\n', &text[last..end]).map_or(end, |newline| last + newline)
}

/// Whether an escape that counts can start here. Most look-alikes are operators and formats of
/// programs; the next byte or two rule those out.
#[inline]
fn could_be_escape(text: &[u8]) -> bool {
    match text {
        [b'%', high, ..] => matches!(high, b'0' | b'2'..=b'7'),
        [b'\\', next, ..] => matches!(next, b'u' | b'x' | b'\\'),
        [b'&', b'#', ..] => true,
        [b'&', first, second, ..] => entity::is_begun_by([*first, *second]),
        _ => false,
    }
}

/// One region for each kind of escape that is in the part, the first of which is at `first`.
fn push_kinds(
    text: &[u8],
    part: Span,
    first: usize,
    scratch: &mut Vec<u8>,
    found: &mut Vec<Region>,
) {
    let [(_, a, _), (_, b, _), (_, c, _)] = KINDS;
    let mut has = [false; KINDS.len()];
    for hit in memchr3_iter(a, b, c, &text[first..part.end]) {
        if let Some((kind, _)) = kind_at(&text[first + hit..part.end], scratch) {
            has[kind] = true;
        }
    }
    let kinds = KINDS.iter().zip(has).filter(|(_, has)| *has);
    found.extend(kinds.map(|((decoding, ..), _)| Region { span: part, decoding: *decoding }));
}

/// The line around an offset. If the line is longer than [`MAX_LINE_LEN`], the word; if the word
/// is, too, just enough of it to show that.
fn part_around(text: &[u8], at: usize, long: &mut Span) -> Span {
    if !(long.start..long.end).contains(&at) {
        let line = line_around(text, at);
        if line.len() <= MAX_LINE_LEN {
            return line;
        }
        *long = line;
    }
    let left = &text[at.saturating_sub(MAX_LINE_LEN)..at];
    let start =
        at - left.iter().rev().position(|byte| is_between_words(*byte)).unwrap_or(left.len());
    let right = &text[at..text.len().min(at + MAX_LINE_LEN + 1)];
    let end = at + right.iter().position(|byte| is_between_words(*byte)).unwrap_or(right.len());
    Span::new(start, end)
}

/// The line around an offset, or just enough of it to show that it is longer than [`MAX_LINE_LEN`].
fn line_around(text: &[u8], at: usize) -> Span {
    let left = at.saturating_sub(MAX_LINE_LEN + 1);
    let start = memrchr(b'\n', &text[left..at]).map_or(left, |newline| left + newline + 1);
    let right = text.len().min(at + MAX_LINE_LEN + 1);
    Span::new(start, memchr(b'\n', &text[at..right]).map_or(right, |newline| at + newline))
}

/// How much beside a line or a word decides that it is one: for a word, what tells that its line is
/// very long.
pub(super) fn beside(text: &[u8], part: Span) -> (usize, usize) {
    let line = line_around(text, part.start);
    let end = line_around(text, part.end).end;
    (part.start - line.start + 1, end - part.end + 1)
}

fn is_between_words(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b'(' | b')' | b'{' | b'}' | b',')
}

/// Decodes the escapes of one kind. Broken ones are left as they are.
pub(super) fn decode(text: &[u8], span: Span, decoding: Decoding) -> Option<Text> {
    let (_, introducer, escape) = KINDS.into_iter().find(|(known, ..)| *known == decoding)?;
    let part = &text[..span.end];
    let mut bytes = Vec::with_capacity(span.len());
    let mut pieces = vec![Piece { decoded: 0, original: span.start, is_escape: false }];
    let mut at = span.start;
    let mut next = at;
    while let Some(hit) = memchr(introducer, &part[next..]) {
        let hit = next + hit;
        let before = bytes.len() + hit - at;
        // What is before the escape is copied only where there is one.
        let mut decoded = Vec::new();
        let Some(len) = escape(&part[hit..], &mut decoded) else {
            next = hit + 1;
            continue;
        };
        bytes.extend_from_slice(&part[at..hit]);
        bytes.append(&mut decoded);
        pieces.push(Piece { decoded: before, original: hit, is_escape: true });
        at = hit + len;
        next = at;
        pieces.push(Piece { decoded: bytes.len(), original: at, is_escape: false });
    }
    bytes.extend_from_slice(&part[at..]);
    Some(Text { bytes, map: Map::Escapes(pieces), decoding })
}

pub(super) fn original(pieces: &[Piece], span: Span) -> Span {
    // Of pieces that begin at one place all but the last are empty.
    let piece_of =
        |offset: usize| pieces.partition_point(|piece| piece.decoded <= offset).saturating_sub(1);
    let first = pieces[piece_of(span.start)];
    let start =
        if first.is_escape { first.original } else { first.original + span.start - first.decoded };
    let last = piece_of(span.end.saturating_sub(1));
    let end = match pieces[last] {
        // The piece behind an escape is there, be it empty.
        piece if piece.is_escape => pieces[last + 1].original,
        piece => piece.original + span.end - piece.decoded,
    };
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::boundary::LeftBoundary;

    fn found(text: &str) -> Vec<(Decoding, &str)> {
        let regions =
            super::super::regions(text.as_bytes(), Span::new(0, text.len()), LeftBoundary::Enforce);
        regions.iter().map(|region| (region.decoding, &text[region.span.range()])).collect()
    }

    #[test]
    fn lines_with_escapes_that_count() {
        let text = "a\nb%2Dc\nd%E4\\u00e4&auml;e\nf\\u002dg&#45;h%zz\n%";
        let expected = r"f\u002dg&#45;h%zz";
        assert_eq!(
            found(text),
            [
                (Decoding::Percent, "b%2Dc"),
                (Decoding::Unicode, expected),
                (Decoding::Html, expected)
            ]
        );
    }

    #[test]
    fn words_of_very_long_lines() {
        let filler = "x ".repeat(MAX_LINE_LEN);
        let text = format!("{filler}a=%2D&b=1 {filler}\"c%2D\"{filler}");
        assert_eq!(found(&text), [(Decoding::Percent, "a=%2D&b=1"), (Decoding::Percent, "c%2D")]);
        let long = "x.".repeat(MAX_LINE_LEN);
        assert!(found(&format!("{long}%2D{long}")).is_empty());
    }

    #[test]
    fn escapes_are_decoded_and_broken_ones_left() {
        let text = "ab%2Dc%zz%41%";
        let whole = decode(text.as_bytes(), Span::new(1, text.len()), Decoding::Percent).unwrap();
        assert_eq!(whole.bytes, b"b-c%zzA%");
        assert_eq!(whole.original(Span::new(0, 1)), Span::new(1, 2));
        assert_eq!(whole.original(Span::new(1, 2)), Span::new(2, 5));
        assert_eq!(whole.original(Span::new(2, 7)), Span::new(5, 12));
        assert_eq!(whole.original(Span::new(0, 8)), Span::new(1, 13));
    }
}
