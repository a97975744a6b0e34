//! Lines and columns.
//!
//! They are worked out only where there is something to report. A line ends with `\n`; a `\r`
//! before it belongs to the line end. A column counts code points, and each byte that is no part of
//! valid UTF-8 counts as one. A byte-order mark at the beginning is not counted.

use core::iter;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A place in a text, both numbers counted from 1.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in code points.
    pub column: usize,
}

impl Position {
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The position behind `text`, which starts at this position.
    fn behind(self, text: &[u8]) -> Self {
        match memchr::memrchr(b'\n', text) {
            None => Self { line: self.line, column: self.column + code_points(text) },
            Some(last) => Self {
                line: self.line + memchr::memchr_iter(b'\n', &text[..last]).count() + 1,
                column: 1 + code_points(&text[last + 1..]),
            },
        }
    }
}

/// Finds the positions of offsets in a text.
///
/// Asking for offsets in rising order reads the text once; an offset to the left of the last one
/// starts over.
///
/// ```
/// use tokensieve_core::{Position};
/// use tokensieve_core::internal::{LineIndex};
///
/// let mut lines = LineIndex::new("ein\nzweizeilig\u{e4}x".as_bytes());
/// assert_eq!(lines.position(4), Position { line: 2, column: 1 });
/// assert_eq!(lines.position(16), Position { line: 2, column: 12 });
/// ```
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t [u8],
    /// The position of the first byte of `text`.
    base: Position,
    /// The length of the byte-order mark.
    bom: usize,
    last: (usize, Position),
}

impl<'t> LineIndex<'t> {
    /// An index of a whole text.
    #[must_use]
    pub fn new(text: &'t [u8]) -> Self {
        Self::starting_at(text, Position::START, true)
    }

    /// An index of a part of a text that starts at `base`.
    pub(crate) fn starting_at(text: &'t [u8], base: Position, is_beginning: bool) -> Self {
        let bom = if is_beginning && text.starts_with(BOM) { BOM.len() } else { 0 };
        Self { text, base, bom, last: (bom, base) }
    }

    /// The position of a byte offset. One past the end is the position behind the last character.
    ///
    /// # Panics
    ///
    /// If the offset is further out.
    #[must_use]
    pub fn position(&mut self, offset: usize) -> Position {
        let offset = offset.max(self.bom);
        let (from, position) = if offset < self.last.0 { (self.bom, self.base) } else { self.last };
        let found = position.behind(&self.text[from..offset]);
        // A code point may be cut here; going on from its middle would count it twice.
        if self.text.get(offset).is_none_or(|byte| !is_continuation(*byte)) {
            self.last = (offset, found);
        }
        found
    }
}

/// The number of code points; each byte that is not valid UTF-8 counts as one.
pub(crate) fn code_points(text: &[u8]) -> usize {
    // Most text is ASCII, and a line can be a GB long. From the first block on that is not,
    // characters are counted one by one.
    const BLOCK: usize = 4096;
    let ascii: usize =
        text.chunks(BLOCK).take_while(|block| block.is_ascii()).map(<[u8]>::len).sum();
    let rest = text[ascii..]
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().count() + chunk.invalid().len());
    ascii + rest.sum::<usize>()
}

/// The characters of a text; each byte that is not valid UTF-8 is one replacement character.
pub(crate) fn chars(text: &[u8]) -> impl Iterator<Item = char> {
    text.utf8_chunks().flat_map(|chunk| {
        chunk
            .valid()
            .chars()
            .chain(iter::repeat_n(char::REPLACEMENT_CHARACTER, chunk.invalid().len()))
    })
}

/// The largest offset up to `at` where a text can be cut without cutting a code point.
pub(crate) fn floor_char_boundary(text: &[u8], at: usize) -> usize {
    /// A code point has at most three of them; a fourth one in a row starts nothing and can be cut
    /// off anywhere.
    const MOST_CONTINUATIONS: usize = 3;
    (at.saturating_sub(MOST_CONTINUATIONS)..=at)
        .rev()
        .find(|offset| text.get(*offset).is_none_or(|byte| !is_continuation(*byte)))
        .unwrap_or(at)
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Line and column of offsets in a text, counted from its beginning, in bytes.
pub(crate) fn places(text: &[u8], base: usize, sorted: &[usize]) -> Vec<(usize, usize)> {
    let (mut at, mut line, mut line_start) = (base, 0, base);
    let place = |offset: &usize| {
        for newline in memchr::memchr_iter(b'\n', &text[at..*offset]) {
            line += 1;
            line_start = at + newline + 1;
        }
        at = *offset;
        (line, *offset - line_start)
    };
    sorted.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts byte by byte.
    fn naive(text: &[u8], offset: usize) -> Position {
        let skipped = if text.starts_with(BOM) && offset >= BOM.len() { BOM.len() } else { 0 };
        let head = &text[skipped..offset];
        let line_start =
            head.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
        Position {
            line: 1 + head.iter().filter(|byte| **byte == b'\n').count(),
            column: 1 + String::from_utf8_lossy(&head[line_start..]).chars().count(),
        }
    }

    #[test]
    fn any_order_gives_the_same() {
        let text = "\u{feff}a\nbä\r\n\n\u{1f600}x\nlast".as_bytes();
        let offsets: Vec<usize> = (0..=text.len())
            .filter(|offset| *offset == 0 || *offset >= 3)
            .filter(|offset| text.get(*offset).is_none_or(|byte| !is_continuation(*byte)))
            .collect();
        let mut rising = LineIndex::new(text);
        let mut falling = LineIndex::new(text);
        for offset in &offsets {
            assert_eq!(rising.position(*offset), naive(text, *offset), "{offset}");
        }
        for offset in offsets.iter().rev() {
            assert_eq!(falling.position(*offset), naive(text, *offset), "{offset}");
        }
    }

    #[test]
    fn an_invalid_byte_counts_one() {
        assert_eq!(LineIndex::new(b"\xff\xfe\xe4x").position(3).column, 4);
        assert_eq!(LineIndex::new(b"\xe2\x82x").position(2).column, 3);
    }

    #[test]
    fn cutting_between_code_points() {
        let text = "a\u{1f600}b".as_bytes();
        assert_eq!(
            (0..=text.len()).map(|at| floor_char_boundary(text, at)).collect::<Vec<_>>(),
            [0, 1, 1, 1, 1, 5, 6]
        );
        assert_eq!(floor_char_boundary(b"\x80\x80\x80\x80\x80", 4), 4);
    }
}
