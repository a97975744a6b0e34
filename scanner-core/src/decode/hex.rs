//! Two hexadecimal digits a byte.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{Map, Text};
use crate::text::span::Span;

/// Decodes a run of digits. What is not text from beginning to end is not decoded: most runs are
/// hashes.
pub(super) fn decode(text: &[u8], span: Span) -> Option<Text> {
    let mut bytes = Vec::with_capacity(span.len() / 2);
    for pair in text[span.range()].as_chunks::<2>().0 {
        let byte = pair_of(*pair)?;
        if !matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r' | 0) {
            return None;
        }
        bytes.push(byte);
    }
    Some(Text { bytes, map: Map::Hex(span.start), decoding: Decoding::Hex })
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
        let decoded =
            |text: &str| decode(text.as_bytes(), Span::new(0, text.len())).map(|text| text.bytes);
        assert_eq!(decoded("686578206F662074657874").unwrap(), b"hex of text");
        assert!(decoded("da39a3ee5e6b4b0d3255bfef95601890afd80709").is_none());
        assert!(decoded("68657g").is_none());
        let text = decode(b"--686578", Span::new(2, 8)).unwrap();
        assert_eq!(text.original(Span::new(1, 3)), Span::new(4, 8));
    }
}
