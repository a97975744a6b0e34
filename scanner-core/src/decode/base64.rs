//! Base64, of either alphabet.

use crate::confirm::raw_match::Decoding;
use crate::decode::gzip;
use crate::decode::region::{Map, Text};
use crate::text::span::Span;

/// Longer runs are decoded whatever they begin with: text can stand anywhere in them.
const LONG: usize = 256;
/// As many groups of four characters say whether a shorter run is text.
const TELLING_GROUPS: usize = 4;
const NONE: u8 = 0xFF;

/// The value of each character.
const VALUES: [u8; 256] = {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 64 {
        values[alphabet[value as usize] as usize] = value;
        value += 1;
    }
    values[b'-' as usize] = 62;
    values[b'_' as usize] = 63;
    values
};

/// Decodes a run, or lines of it. A run that could not be text is not decoded; where the beginning
/// of the run `is_open`, text can stand behind anything.
pub(super) fn decode(text: &[u8], span: Span, is_open: bool) -> Option<Text> {
    let run = &text[span.range()];
    if !is_open && !could_be_text(run) {
        return None;
    }
    let mut bytes = Vec::with_capacity(run.len() / 4 * 3 + 3);
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some(skipped) = run[at..].iter().position(|byte| VALUES[usize::from(*byte)] != NONE) {
        at += skipped;
        lines.push((bytes.len(), span.start + at));
        at += decode_line(&run[at..], &mut bytes);
    }
    if is_open && !holds_text(&bytes) && !gzip::is_begun(&bytes) {
        return None;
    }
    Some(Text { bytes, map: Map::Base64(lines), decoding: Decoding::Base64 })
}

/// Returns whether bytes hold a run of text that is long enough for a token. Hashes and keys hold
/// none.
pub(super) fn holds_text(bytes: &[u8]) -> bool {
    const SHORTEST_TEXT: usize = 16;
    bytes.chunk_by(|a, b| is_text(*a) && is_text(*b)).any(|run| run.len() >= SHORTEST_TEXT)
}

/// Decodes up to the first byte that is no digit; returns how far that is.
fn decode_line(line: &[u8], out: &mut Vec<u8>) -> usize {
    let value = |byte: u8| VALUES[usize::from(byte)];
    let (groups, _) = line.as_chunks::<4>();
    let mut at = 0;
    for group in groups {
        let [a, b, c, d] = group.map(value);
        if (a | b | c | d) == NONE {
            break;
        }
        out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        at += 4;
    }
    let rest: Vec<u8> = line[at..]
        .iter()
        .map(|byte| value(*byte))
        .take(3)
        .take_while(|value| *value != NONE)
        .collect();
    if let [a, b, ..] = rest[..] {
        out.push(a << 2 | b >> 4);
        out.extend(rest.get(2).map(|c| b << 4 | c >> 2));
    }
    at + rest.len()
}

/// Whether a run is worth decoding.
pub(super) fn could_be_text(run: &[u8]) -> bool {
    run.len() >= LONG || looks_like_text(run) || run.starts_with(gzip::IN_BASE64)
}

/// Whether the first bytes are text: printable ASCII, as it is or in UTF-16.
fn looks_like_text(run: &[u8]) -> bool {
    let (groups, _) = run.as_chunks::<4>();
    groups.iter().take(TELLING_GROUPS).all(|group| {
        let [a, b, c, d] = group.map(|byte| VALUES[usize::from(byte)]);
        // The first of three bytes has its high bit in the first character.
        a < 32 && [a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d].into_iter().all(is_text)
    })
}

pub(super) fn is_text(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r' | 0)
}

pub(super) fn original(lines: &[(usize, usize)], span: Span) -> Span {
    let line_of = |offset: usize| {
        let next = lines.partition_point(|(decoded, _)| *decoded <= offset);
        lines[next.saturating_sub(1)]
    };
    let (decoded, first) = line_of(span.start);
    let start = first + (span.start - decoded) * 4 / 3;
    // The end is that of the last byte, which may be in an earlier line than the byte behind it.
    let (decoded, last) = line_of(span.end.saturating_sub(1));
    Span::new(start, last + ((span.end - decoded) * 4).div_ceil(3))
}

#[cfg(test)]
mod tests {
    use ::base64::Engine;
    use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    fn decoded(text: &str) -> Option<Vec<u8>> {
        decode(text.as_bytes(), Span::new(0, text.len()), false).map(|text| text.bytes)
    }

    #[test]
    fn only_what_could_be_text_is_decoded() {
        assert_eq!(decoded("dGV4dCB0aGF0IGlzIGVuY29kZWQ").unwrap(), b"text that is encoded");
        for name in [
            "aVeryLongIdentifierOfSomeProgram",
            "drivers/gpu/drm/amd/include/asic",
            "0123456789012345678901234567",
        ] {
            assert!(decoded(name).is_none(), "{name}");
        }
    }

    #[test]
    fn lines_of_one_run() {
        let text = "dGV4dCB0aGF0IGlz\r\n  IGVuY29k\nZWQ=";
        let whole = decode(text.as_bytes(), Span::new(0, text.len()), false).unwrap();
        assert_eq!(whole.bytes, b"text that is encoded");
        assert_eq!(whole.original(Span::new(5, 12)), Span::new(6, 16));
        assert_eq!(whole.original(Span::new(12, 18)), Span::new(20, 28));
        assert_eq!(whole.original(Span::new(18, 20)), Span::new(29, 32));
    }

    proptest! {
        #[test]
        fn what_the_crate_encodes_is_decoded(
            bytes in prop::collection::vec(any::<u8>(), 200..400),
            from in 0_usize..200,
            len in 1_usize..100,
        ) {
            for encoded in [STANDARD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
                let text = decode(encoded.as_bytes(), Span::new(0, encoded.len()), false).unwrap();
                prop_assert_eq!(&text.bytes, &bytes);
                // Whole characters that hold all bits of the part, and none that hold no bit of it.
                let part = Span::new(from, (from + len).min(bytes.len()));
                let original = text.original(part);
                let (start, end) = (original.start * 6, original.end * 6);
                prop_assert!(start <= part.start * 8 && part.start * 8 < start + 6);
                prop_assert!(end >= part.end * 8 && part.end * 8 > end - 6);
            }
        }
    }
}
