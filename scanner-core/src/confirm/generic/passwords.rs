//! Values that somebody chose as a password, and what stands in the place of one.

use super::values::{
    different, has_any, has_no_filler, has_uuid, is_not_public, is_path, is_random_uuid,
    is_repeating, is_uuid, looks_generated, stands_in,
};
use super::{base64_of_secret, text_in_base64};
use crate::confirm::chance;
use crate::text::span::Span;
use crate::verdict::Reason;

/// Passwords shorter than this are too common as words and defaults.
const SHORTEST_PASSWORD: usize = 8;

/// Whether a value stands between quotes in something that is written like a program.
pub(super) fn is_code(haystack: &[u8], secret: Span) -> bool {
    let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\'' | b'`'));
    is_quote(secret.start.checked_sub(1).and_then(|at| haystack.get(at)))
        && is_quote(haystack.get(secret.end))
}

/// Refutes what is no password that somebody could use.
pub(super) fn password(value: &[u8], is_in_code: bool) -> Result<(), Reason> {
    /// Parts of values that protect nothing, or that stand for another.
    const WORDS: [&[u8]; 32] = [
        b"pass",
        b"change",
        b"insert",
        b"replace",
        b"xxx",
        b"admin",
        b"default",
        b"foo",
        b"bar",
        b"baz",
        b"qwert",
        b"letme",
        b"abc",
        b"123",
        b"hello",
        b"world",
        b"root",
        b"user",
        b"guest",
        b"demo",
        b"string",
        b"value",
        b"invalid",
        b"wrong",
        b"correct",
        b"hunter2",
        b"config",
        b"input",
        b"null",
        b"undefined",
        b"monkey",
        b"swordfish",
    ];
    if is_template(value) {
        return Err(Reason::Placeholder);
    }
    // What is encoded is judged as what it says.
    if text_in_base64(value).is_some() {
        base64_of_secret(value)?;
    }
    let is_token = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'+' | b'/' | b'=' | b'.' | b'~' | b'-')
    };
    if (looks_generated(value) && value.iter().all(is_token) && is_not_public(value).is_ok())
        || (is_uuid(value) && is_random_uuid(value))
    {
        // Short words are spelled by chance, too.
        return has_no_filler(value);
    }
    let plain = plain_letters(value);
    let says_so = |value: &[u8]| stands_in(value) || has_any(value, &WORDS);
    if says_so(&plain) || says_so(value) || is_repeating(value) {
        return Err(Reason::Placeholder);
    }
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (lower, upper) = (count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
    let digits = count(u8::is_ascii_digit);
    // Names and paths hold these too.
    let symbols = value
        .iter()
        .filter(|byte| matches!(byte, b'!' | b'@' | b'#' | b'^' | b'&' | b'*' | b'~' | b'+' | b'?'))
        .count();
    let classes = [lower, upper, digits, symbols].iter().filter(|count| **count > 0).count();
    let is_strong =
        value.len() >= SHORTEST_PASSWORD && digits > 0 && classes >= 3 && different(value) >= 6;
    let is_mixed = value.len() >= SHORTEST_PASSWORD && digits > 0 && lower + upper > 0;
    let bits = chance::bits(value);
    let is_kept = match is_in_code {
        _ if value
            .iter()
            .any(|byte| matches!(byte, b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'|')) =>
        {
            false
        }
        true => (is_strong && (symbols > 0 || bits > 4.0)) || (is_mixed && bits > 9.0),
        false => (is_strong && (symbols > 0 || bits > 0.0)) || (is_mixed && bits > 6.0),
    };
    if is_kept && !is_path(value) && !has_uuid(value) { Ok(()) } else { Err(Reason::Ordinary) }
}

/// What people write as digits and signs, as the letters that are meant: `P@ssw0rd`.
fn plain_letters(value: &[u8]) -> Vec<u8> {
    let plain = |byte: &u8| match byte {
        b'@' | b'4' => b'a',
        b'0' => b'o',
        b'3' => b'e',
        b'$' | b'5' => b's',
        b'1' | b'!' => b'i',
        b'7' => b't',
        other => other.to_ascii_lowercase(),
    };
    value.iter().map(plain).collect()
}

/// `${X}`, `{{ x }}`, `%X%`, `$(x)`, `<x>`, `#{x}`, `@x@`, `%s`, `$X`, `***`, `@Value`
pub(super) fn is_template(value: &[u8]) -> bool {
    match value {
        [b'$' | b'<' | b'[' | b'*' | b'(' | b'{' | b'@' | b'%' | b'&' | b'\\' | b'=', ..] => true,
        [.., b'>' | b'{' | b'(' | b'\\'] => true,
        _ => {
            let is_mark = |pair: &[u8]| {
                matches!(
                    pair,
                    b"${"
                        | b"{{"
                        | b"$("
                        | b"#{"
                        | b"<%"
                        | b"->"
                        | b"::"
                        | b"()"
                        | b"%s"
                        | b"%d"
                        | b".."
                        | b":/"
                        | b"&#"
                )
            };
            value.windows(2).any(is_mark)
        }
    }
}
