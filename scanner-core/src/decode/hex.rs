//! Two hexadecimal digits a byte.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{Map, Text};
use crate::decode::{base64, gzip};
use crate::text::span::Span;

/// Decodes a run of digits. Digits that encode neither text from beginning to end nor gzip are not
/// decoded: most runs are hashes. Where the beginning of the run `is_open`, text can stand anywhere
/// in it.
pub(super) fn decode(text: &[u8], span: Span, is_open: bool) -> Option<Text> {
    let digits = &text[span.range()];
    let is_text_only = !is_open && !begins_gzip(digits);
    let mut bytes = Vec::with_capacity(span.len() / 2);
    for pair in digits.as_chunks::<2>().0 {
        let byte = pair_of(*pair)?;
        if is_text_only && !base64::is_text(byte) {
            return None;
        }
        bytes.push(byte);
    }
    if is_open && !base64::holds_text(&bytes) && !gzip::is_begun(&bytes) {
        return None;
    }
    Some(Text { bytes, map: Map::Hex(span.start), decoding: Decoding::Hex })
}

/// Whether digits are the first ones of gzip.
pub(super) fn begins_gzip(digits: &[u8]) -> bool {
    digits.get(..6).is_some_and(|first| first.eq_ignore_ascii_case(b"1f8b08"))
}

/// The byte that two digits stand for.
pub(super) fn pair_of([high, low]: [u8; 2]) -> Option<u8> {
    Some(digit(high)? << 4 | digit(low)?)
}

pub(super) fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_text_only() {
        let decoded = |text: &str| {
            decode(text.as_bytes(), Span::new(0, text.len()), false).map(|text| text.bytes)
        };
        assert_eq!(decoded("686578206F662074657874").unwrap(), b"hex of text");
        assert!(decoded("da39a3ee5e6b4b0d3255bfef95601890afd80709").is_none());
        assert!(decoded("68657g").is_none());
        assert_eq!(decoded("1F8b0800").unwrap(), [0x1f, 0x8b, 8, 0]);
        let text = decode(b"--686578", Span::new(2, 8), false).unwrap();
        assert_eq!(text.original(Span::new(1, 3)), Span::new(4, 8));
    }
}
