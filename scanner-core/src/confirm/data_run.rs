//! Whether a match stands inside of encoded data: an attachment, an image in a `data:` URI. Chance
//! spells the marks of providers there.

use super::chance;
use crate::text::span::Span;

/// How far a run of base64 is followed to the left of a match, in bytes.
const LEFT_REACH: usize = 160;
/// How far it is followed to the right, in bytes: no further than every match depends on anyway.
pub(super) const RIGHT_REACH: usize = 64;
/// How many bytes around a match must be data, so that they can be no name, path or other value.
const ENOUGH: usize = 100;
/// The fewest bytes on a line of encoded data.
const SHORTEST_LINE: usize = 60;
/// The fewest small letters, capital letters and digits, of each, in a run of that length.
const FEWEST_OF_A_KIND: usize = 5;

/// Whether a match is a part of a run of base64 that goes on for 100 bytes or more around it.
///
/// Reads 160 bytes to its left and 64 to its right at most.
pub(super) fn surrounds(haystack: &[u8], matched: Span) -> bool {
    let from = matched.start.saturating_sub(LEFT_REACH);
    let to = haystack.len().min(matched.end + RIGHT_REACH);
    let left = &haystack[from..matched.start];
    let left = &left[left.len() - length_to_the_left(left)..];
    let right = &haystack[matched.end..to];
    let right = &right[..length_to_the_right(right)];
    if left.len() + right.len() < ENOUGH {
        return false;
    }
    let count = |is: fn(&u8) -> bool| left.iter().chain(right).filter(|byte| is(byte)).count();
    let is_mixed = [u8::is_ascii_lowercase, u8::is_ascii_uppercase, u8::is_ascii_digit]
        .into_iter()
        .all(|is| count(is) >= FEWEST_OF_A_KIND);
    is_mixed && chance::bits(left) + chance::bits(right) > 0.0
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
}

fn length_to_the_left(text: &[u8]) -> usize {
    let mut at = text.len();
    loop {
        at -= text[..at].iter().rev().take_while(|byte| is_base64(**byte)).count();
        let Some(line) = text[..at].strip_suffix(b"\n") else { return text.len() - at };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let len = line.iter().rev().take_while(|byte| is_base64(**byte)).count();
        if len < SHORTEST_LINE {
            return text.len() - at;
        }
        at = line.len();
    }
}

fn length_to_the_right(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += text[at..].iter().take_while(|byte| is_base64(**byte)).count();
        let rest = &text[at..];
        let Some(line) = rest.strip_prefix(b"\n").or_else(|| rest.strip_prefix(b"\r\n")) else {
            return at;
        };
        // The line goes on, at least as far as is looked at.
        let len = line.iter().take_while(|byte| is_base64(**byte)).count();
        if len < SHORTEST_LINE.min(line.len()) || line.is_empty() {
            return at;
        }
        at = text.len() - line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters and digits as chance puts them, always the same.
    fn data(len: usize, mut seed: u32) -> String {
        const ALPHABET: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(ALPHABET[(seed >> 26) as usize])
        };
        std::iter::repeat_with(next).take(len).collect()
    }

    fn is_inside(before: &str, behind: &str) -> bool {
        let text = format!("{before}MARK{behind}");
        surrounds(text.as_bytes(), Span::new(before.len(), before.len() + 4))
    }

    #[test]
    fn data_around_a_match() {
        let (left, right) = (data(200, 1), data(200, 2));
        assert!(is_inside(&left, &right));
        assert!(is_inside(&left, "\""));
        assert!(is_inside(&format!("{}/", &left[..60]), &right));
        let lines = format!("{}\n{}+", &left[..76], &left[76..100]);
        assert!(is_inside(&lines, &format!("/{}\n{}", &right[..47], &right[..76])));
        assert!(is_inside(&lines.replace('\n', "\r\n"), "/\r\n"));
    }

    #[test]
    fn values_beside_other_values() {
        let (left, right) = (data(200, 1), data(200, 2));
        for (before, behind) in [
            ("token=", "\n"),
            ("", ""),
            // Too little of it.
            (&left[..35], &right[..40]),
            // Lines that are shorter than those of encoded data.
            (&*format!("{}\n{}\n", &left[..50], &left[50..100]), "\n"),
            // Another sign ends a run.
            (&*format!("{left}="), "\n"),
            (&*format!("{left}\""), "\""),
            // Words.
            (&*"/usr/lib/python3/Site/Packages".repeat(7), "/"),
            (&*"a".repeat(200), "/"),
        ] {
            assert!(!is_inside(before, behind), "{before} {behind}");
        }
    }
}
