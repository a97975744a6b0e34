//! UTF-16 text, with and without a byte-order mark, turned into UTF-8 that can be searched.
//!
//! Offsets of what is found are turned back into offsets of the original bytes.

use core::char::{REPLACEMENT_CHARACTER, decode_utf16};

/// How many bytes from the beginning of a text decide whether it is UTF-16.
pub(crate) const HEAD_LEN: usize = 1024;
/// Between two points where both offsets are known, the text is read again to find the offset in
/// between.
const CHECKPOINT_EVERY: usize = 4096;

/// Which byte of a code unit comes first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Endian {
    Little,
    Big,
}

/// Judges by the beginning of a text whether it is UTF-16; also says how long its byte-order mark
/// is.
///
/// Without a mark, a text is taken for UTF-16 where nearly every other byte is zero and hardly any
/// of those between, as in text of the Latin alphabet; or where all is text of other scripts, with
/// blanks and line ends in between.
pub(crate) fn detect(head: &[u8]) -> Option<(Endian, usize)> {
    match head {
        // What would be UTF-32.
        [0xFF, 0xFE, 0, 0, ..] => None,
        [0xFF, 0xFE, ..] => Some((Endian::Little, 2)),
        [0xFE, 0xFF, ..] => Some((Endian::Big, 2)),
        _ => detect_by_zeros(&head[..head.len().min(HEAD_LEN)]).map(|endian| (endian, 0)),
    }
}

fn detect_by_zeros(head: &[u8]) -> Option<Endian> {
    const FEWEST_UNITS: usize = 4;
    // Nearly every text ends here.
    memchr::memchr(0, head)?;
    let (units, _) = head.as_chunks::<2>();
    if units.len() < FEWEST_UNITS {
        return None;
    }
    let first = units.iter().filter(|unit| unit[0] == 0).count();
    let second = units.iter().filter(|unit| unit[1] == 0).count();
    let is_most = |count: usize| count * 10 >= units.len() * 7;
    let is_few = |count: usize| count * 20 <= units.len();
    match (is_most(first), is_most(second)) {
        (true, false) if is_few(second) => Some(Endian::Big),
        (false, true) if is_few(first) => Some(Endian::Little),
        _ => detect_by_scripts(head, units),
    }
}

/// Text of other scripts has few zero bytes. But its units are letters in one order of the bytes
/// alone: what would be a blank or a line end in the other one is no character that is used.
fn detect_by_scripts(head: &[u8], units: &[[u8; 2]]) -> Option<Endian> {
    let is_blank = |unit: &u16| matches!(*unit, 0x09 | 0x0A | 0x0D | 0x20);
    let blanks =
        |of: fn([u8; 2]) -> u16| units.iter().map(|unit| of(*unit)).filter(is_blank).count();
    let (endian, of): (_, fn([u8; 2]) -> u16) =
        match (blanks(u16::from_le_bytes), blanks(u16::from_be_bytes)) {
            (1.., 0) => (Endian::Little, u16::from_le_bytes),
            (0, 1..) => (Endian::Big, u16::from_be_bytes),
            _ => return None,
        };
    // Text of ASCII with a zero byte here and there has pairs that would be letters.
    let is_utf8 = match core::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let letters = units.iter().filter(|unit| is_in_text(of(**unit))).count();
    (!is_utf8 && letters * 50 >= units.len() * 49).then_some(endian)
}

/// Whether a unit is one that text has: of ASCII, and of the scripts that are in use.
fn is_in_text(unit: u16) -> bool {
    matches!(unit,
        0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0xA0..=0x52F | 0x531..=0x6FF | 0x900..=0xEFF
        | 0x10A0..=0x11FF | 0x2010..=0x206F | 0x20A0..=0x20BF | 0x2100..=0x22FF
        | 0x2E80..=0x9FFF | 0xAC00..=0xDFFF | 0xF900..=0xFAFF | 0xFE30..=0xFFEF)
}

/// Turns UTF-16 into UTF-8, in any chunks. A lone surrogate becomes a replacement character.
#[derive(Clone, Debug)]
pub(crate) struct Transcoder {
    endian: Endian,
    /// The bytes of a code unit, or of a high surrogate, that wait for what follows.
    rest: Vec<u8>,
    /// The number of bytes read.
    read: usize,
    /// The number of bytes written.
    written: usize,
    /// Offsets known on both sides: written and read, rising.
    checkpoints: Vec<(usize, usize)>,
}

impl Transcoder {
    /// A transcoder for a text whose byte-order mark, of `bom` bytes, is not handed to it.
    pub(crate) fn new(endian: Endian, bom: usize) -> Self {
        Self { endian, rest: Vec::new(), read: bom, written: 0, checkpoints: vec![(0, bom)] }
    }

    /// Appends the text of `bytes` to `out`.
    pub(crate) fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for chunk in bytes.chunks(CHECKPOINT_EVERY) {
            self.rest.extend_from_slice(chunk);
            let usable = self.usable();
            let later = self.rest.split_off(usable);
            let text = core::mem::replace(&mut self.rest, later);
            self.decode(&text, out);
        }
    }

    /// Appends what was still waiting at the end of the input.
    pub(crate) fn finish(&mut self, out: &mut Vec<u8>) {
        let text = core::mem::take(&mut self.rest);
        self.decode(&text, out);
    }

    /// How much of what waits is whole.
    fn usable(&self) -> usize {
        let whole = self.rest.len() & !1;
        match self.rest[..whole].last_chunk::<2>() {
            Some(unit) if (0xD800..0xDC00).contains(&self.unit(*unit)) => whole - 2,
            _ => whole,
        }
    }

    fn unit(&self, bytes: [u8; 2]) -> u16 {
        match self.endian {
            Endian::Little => u16::from_le_bytes(bytes),
            Endian::Big => u16::from_be_bytes(bytes),
        }
    }

    fn decode(&mut self, text: &[u8], out: &mut Vec<u8>) {
        let before = out.len();
        let units = text.as_chunks::<2>().0.iter().map(|unit| self.unit(*unit));
        for decoded in decode_utf16(units) {
            let c = decoded.unwrap_or(REPLACEMENT_CHARACTER);
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        self.read += text.len();
        self.written += out.len() - before;
        self.checkpoints.push((self.written, self.read));
    }

    /// The offset in the original bytes of an offset in the written text. `text` is the written
    /// text from `base` on, and `base` is 0 or what was last handed to
    /// [`Transcoder::forget_before`].
    pub(crate) fn original(&self, text: &[u8], base: usize, offset: usize) -> usize {
        let next = self.checkpoints.partition_point(|(written, _)| *written <= offset);
        let (written, read) = self.checkpoints[next.saturating_sub(1)];
        let between = &text[written - base..offset - base];
        read + String::from_utf8_lossy(between).chars().map(|c| c.len_utf16() * 2).sum::<usize>()
    }

    /// Makes `offset`, which is between two code points, the first that can be asked for. `text` is
    /// the written text from `base` on.
    pub(crate) fn forget_before(&mut self, text: &[u8], base: usize, offset: usize) {
        let original = self.original(text, base, offset);
        let next = self.checkpoints.partition_point(|(written, _)| *written <= offset);
        self.checkpoints.splice(..next, [(offset, original)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, endian: Endian) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| match endian {
                Endian::Little => unit.to_le_bytes(),
                Endian::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    #[test]
    fn detection() {
        for endian in [Endian::Little, Endian::Big] {
            assert_eq!(detect(&utf16("plain text", endian)), Some((endian, 0)));
            assert_eq!(detect(&utf16("\u{feff}x", endian)), Some((endian, 2)));
        }
        let chinese = "\u{914d}\u{7f6e}\u{4e00}\u{4e0a} \u{8bf4}\u{660e}\u{ff1a}\u{3002}\r\n";
        for endian in [Endian::Little, Endian::Big] {
            assert_eq!(detect(&utf16(&chinese.repeat(60), endian)), Some((endian, 0)));
        }
        let listed = b"one/file.txt\0two\0three \xc3\xa4\0".repeat(30);
        assert_eq!(detect(&listed), None);
        let numbers: Vec<u8> =
            (0..500_u16).flat_map(|n| (n.wrapping_mul(40503)).to_le_bytes()).collect();
        assert_eq!(detect(&numbers), None);
        for head in [&b"plain text"[..], b"", b"a\0", &[0; 64], b"\xff\xfe\0\0x\0\0\0"] {
            assert_eq!(detect(head), None, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn any_chunks_give_the_same_text_and_offsets() {
        let text = "a\u{1f600}b\u{e4}\u{20ac}".repeat(700);
        for endian in [Endian::Little, Endian::Big] {
            let bytes = utf16(&text, endian);
            for size in [1, 2, 3, 7, 5000] {
                let mut transcoder = Transcoder::new(endian, 0);
                let mut out = Vec::new();
                for chunk in bytes.chunks(size) {
                    transcoder.push(chunk, &mut out);
                }
                transcoder.finish(&mut out);
                assert_eq!(out, text.as_bytes());
                for (offset, _) in text.char_indices().step_by(97) {
                    let expected = text[..offset].encode_utf16().count() * 2;
                    assert_eq!(transcoder.original(&out, 0, offset), expected);
                }
            }
        }
    }

    #[test]
    fn lone_surrogates_are_replaced() {
        let mut transcoder = Transcoder::new(Endian::Little, 0);
        let mut out = Vec::new();
        transcoder.push(&[0x00, 0xD8, b'a', 0, 0x00, 0xDC, b'b', 0, 0x00, 0xD8], &mut out);
        transcoder.finish(&mut out);
        assert_eq!(out, "\u{fffd}a\u{fffd}b\u{fffd}".as_bytes());
        assert_eq!(transcoder.original(&out, 0, out.len()), 10);
    }
}
