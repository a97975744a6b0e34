//! What may stand directly beside a match.
//!
//! A token that is glued to a word is not that token. But in escaped text the character to the left
//! is often the end of an escape: the `n` of `\n`, the `D` of `%3D` and `=3D`, the `2` of `\u0022`,
//! the `m` of a colour code.

/// Which characters may not stand directly to the left or the right of a match.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Boundary {
    /// Any character may.
    #[default]
    None,
    /// `[A-Za-z0-9_]` may not. On the left, the end of an escape (`\n`, `%3D`, `=3D`, `\u0022`, a
    /// colour code) may.
    Word,
    /// `[A-Za-z0-9_-]` may not. On the left, the same escapes as for `Word` may.
    Token,
}

/// What may be glued to the left of a token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum LeftBoundary {
    /// What the rule allows: for finding.
    Enforce,
    /// Anything: for hiding, where one too many does no harm.
    Ignore,
}

/// The parameters of a control sequence are followed no further.
const MAX_PARAMETERS_LEN: usize = 20;
/// The longest escape that can end where a match begins: the longest introducer, the parameters
/// and the last letter.
pub(crate) const MAX_ESCAPE_LEN: usize = br"\u001b[".len() + MAX_PARAMETERS_LEN + 1;

/// Whether a match may start at `start`.
pub(crate) fn is_free_on_the_left(boundary: Boundary, haystack: &[u8], start: usize) -> bool {
    let left = &haystack[..start];
    match left.last() {
        None => true,
        Some(byte) => !is_glue(boundary, *byte) || ends_with_escape(left),
    }
}

/// Whether a match may end at `end`.
pub(crate) fn is_free_on_the_right(boundary: Boundary, haystack: &[u8], end: usize) -> bool {
    haystack.get(end).is_none_or(|byte| !is_glue(boundary, *byte))
}

fn is_glue(boundary: Boundary, byte: u8) -> bool {
    match boundary {
        Boundary::None => false,
        Boundary::Word => is_word(byte),
        Boundary::Token => is_token(byte),
    }
}

/// `[A-Za-z0-9_]`
pub(crate) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// `[A-Za-z0-9_-]`
pub(crate) const fn is_token(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn ends_with_escape(left: &[u8]) -> bool {
    match left {
        // \n \t \r and their like, as JSON and most languages write them
        [.., b'\\', b'a' | b'b' | b'e' | b'f' | b'n' | b'r' | b't' | b'v' | b'0'] => true,
        // %3D
        [.., b'%', a, b] if is_hex(&[*a, *b]) => true,
        // =3D, =22, =0A of quoted-printable: signs, blanks and line ends
        [.., b'=', b'0' | b'2', b'0'..=b'9' | b'A'..=b'F'] => true,
        [.., b'=', b'3', b'A'..=b'F'] => true,
        // \x22
        [.., b'\\', b'x', a, b] if is_hex(&[*a, *b]) => true,
        // \u0022, \033
        [.., b'\\', b'u', a, b, c, d] if is_hex(&[*a, *b, *c, *d]) => true,
        [.., b'\\', b'0', a, b] if a.is_ascii_digit() && b.is_ascii_digit() => true,
        // a choice of character set: ESC ( B
        [.., 0x1b, b'(' | b')', _] => true,
        [head @ .., last] if last.is_ascii_alphabetic() => ends_with_control_sequence(head),
        _ => false,
    }
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

/// Whether the text ends in the beginning of a terminal's control sequence, up to its parameters:
/// ESC `[1;32` of a colour, ESC `[0` of a cleared line. ESC may be escaped, and ESC `[` may be the
/// one character U+009B.
fn ends_with_control_sequence(head: &[u8]) -> bool {
    let is_parameter = |byte: &&u8| byte.is_ascii_digit() || matches!(**byte, b';' | b':' | b'?');
    let parameters = head.iter().rev().take(MAX_PARAMETERS_LEN).take_while(is_parameter).count();
    let introducer = &head[..head.len() - parameters];
    let escapes: [&[u8]; 7] =
        [b"\x1b", b"\\e", b"\\033", b"\\x1b", b"\\x1B", b"\\u001b", b"\\u001B"];
    introducer.ends_with("\u{9b}".as_bytes())
        || introducer
            .strip_suffix(b"[")
            .is_some_and(|rest| escapes.iter().any(|escape| rest.ends_with(escape)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn left_neighbours() {
        let free: &[&[u8]] = &[
            b"",
            b" ",
            b"\"",
            b"=",
            b"-",
            b"acme-",
            b"\\n",
            b"\\t",
            b"a\\r",
            b"%3D",
            b"%22",
            b"%3a",
            b"=3D",
            b"=22",
            b"=0A",
            b"\\u0022",
            b"\\x3d",
            b"\x1b[m",
            b"\x1b[1;32m",
            b"\\033[0m",
            b"\\e[31m",
            b"\\u001b[0m",
            b"&quot;",
            b"\xff",
            b"\n",
        ];
        let glued: &[&[u8]] = &[
            b"a", b"Z", b"0", b"_", b"n", b"3D", b"%3", b"%3G0", b"u0022", b"[0m", b"m", b"0m",
            b"x22", b"=3d", b"=41", b"=2G",
        ];
        for left in free {
            assert!(
                is_free_on_the_left(Boundary::Word, left, left.len()),
                "{}",
                left.escape_ascii()
            );
        }
        for left in glued {
            assert!(
                !is_free_on_the_left(Boundary::Word, left, left.len()),
                "{}",
                left.escape_ascii()
            );
        }
        assert!(!is_free_on_the_left(Boundary::Token, b"-", 1));
        assert!(is_free_on_the_left(Boundary::None, b"a", 1));
    }

    #[test]
    fn right_neighbours() {
        for (byte, word, token) in
            [(b'-', true, false), (b'.', true, true), (b'a', false, false), (b'"', true, true)]
        {
            assert_eq!(is_free_on_the_right(Boundary::Word, &[byte], 0), word);
            assert_eq!(is_free_on_the_right(Boundary::Token, &[byte], 0), token);
        }
        assert!(is_free_on_the_right(Boundary::Token, b"", 0));
    }
}
