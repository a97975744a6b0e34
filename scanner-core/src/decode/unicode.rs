//! Escapes of characters by number in JSON and in programming languages: `\u002d`, `\u{2d}`,
//! `\x2d`.
//!
//! Text that was escaped several times has several backslashes in front of one escape.

use crate::decode::hex;

/// More backslashes than this are no escape.
const MOST_BACKSLASHES: usize = 8;

/// The length of the escape that a text starts with; what it stands for is appended.
pub(super) fn escape(text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let (unit, len) = unit(text)?;
    let (c, len) = match char::from_u32(unit) {
        Some(c) => (c, len),
        // Half of a pair: the other half has to follow.
        None => {
            let (second, second_len) = self::unit(&text[len..])?;
            let is_pair = (0xD800..0xDC00).contains(&unit) && (0xDC00..0xE000).contains(&second);
            let c = is_pair
                .then(|| 0x1_0000 + ((unit - 0xD800) << 10) + (second - 0xDC00))
                .and_then(char::from_u32)?;
            (c, len + second_len)
        }
    };
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    Some(len)
}

/// The number in the escape that a text starts with, and the length of the escape.
fn unit(text: &[u8]) -> Option<(u32, usize)> {
    let slashes = text.iter().take(MOST_BACKSLASHES).take_while(|byte| **byte == b'\\').count();
    let rest = &text[slashes..];
    let (digits, before, behind) = match rest {
        _ if slashes == 0 => return None,
        [b'u', b'{', rest @ ..] => {
            (&rest[..rest.iter().take(7).position(|byte| *byte == b'}')?], 2, 1)
        }
        [b'u', rest @ ..] => (rest.get(..4)?, 1, 0),
        [b'x', rest @ ..] => (rest.get(..2)?, 1, 0),
        _ => return None,
    };
    if digits.is_empty() {
        return None;
    }
    let unit =
        digits.iter().try_fold(0, |unit, byte| Some(unit << 4 | u32::from(hex::digit(*byte)?)))?;
    Some((unit, slashes + before + digits.len() + behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<(String, usize)> {
        let mut out = Vec::new();
        escape(text.as_bytes(), &mut out).map(|len| (String::from_utf8(out).unwrap(), len))
    }

    #[test]
    fn escapes() {
        assert_eq!(decoded(r"\u002dx"), Some(("-".to_owned(), 6)));
        assert_eq!(decoded(r"\\\u002D"), Some(("-".to_owned(), 8)));
        assert_eq!(decoded(r"\x2d2"), Some(("-".to_owned(), 4)));
        assert_eq!(decoded(r"\u{2d}"), Some(("-".to_owned(), 6)));
        assert_eq!(decoded(r"\ud83d\ude00"), Some(("\u{1f600}".to_owned(), 12)));
    }

    #[test]
    fn broken_escapes() {
        for broken in [
            r"\",
            r"\u",
            r"\u00",
            r"\u00g0",
            r"\x2",
            r"\u{}",
            r"\u{2d",
            r"\u{1234567}",
            r"\u{110000}",
            "u002d",
            "",
        ] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
        for lone in [r"\ud83d", r"\ud83dx", r"\ud83d\u0041", r"\ude00\ud83d", r"\udfff"] {
            assert_eq!(decoded(lone), None, "{lone}");
        }
    }
}
