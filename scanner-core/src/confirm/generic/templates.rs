//! Values that stand in the place of one: templates, masks, names of other places.

use super::values::contains;
use crate::confirm::chance;
use crate::syntax;

/// Whether a value is masked, encrypted or a template, whatever kind of value is expected.
pub(super) fn is_replaced(value: &[u8]) -> bool {
    is_template(value) || stands_for_another(value)
}

/// `${X}`, `{{ x }}`, `%X%`, `$(x)`, `<x>`, `#{x}`, `@x@`, `%s`, `$X`, `***`, `a::b`
///
/// Signs that begin a template and close none, and names that chance has made, are no template.
pub(super) fn is_template(value: &[u8]) -> bool {
    const MARKS: [&[u8]; 9] = [b"${", b"{{", b"}}", b"$(", b"#{", b"<%", b"%{", b"()", b"{$"];
    /// Of programs and formats, but chance puts such signs side by side, too.
    const SIGNS: [&[u8]; 9] = [b"->", b"::", b"%s", b"%d", b"%v", b"..", b":/", b"&#", b"=>"];
    // Most values have few signs, so most marks need not be looked for.
    let signs = signs_of(value);
    let has = |marks: &[&[u8]]| {
        marks.iter().any(|mark| signs_of(mark) & !signs == 0 && contains(value, mark))
    };
    let is_of_format =
        || signs & signs_of(b"%") != 0 && (has_directives(value) || is_escaped(value));
    let has_braces = signs_of(b"{}") & !signs == 0;
    if has(&MARKS) || is_of_format() || (has_braces && has_placeholder(value)) {
        return true;
    }
    let is_wordy = || syntax::words(value).all(|word| chance::bits(word) < 3.0);
    match value {
        [] => false,
        [b'<', .., b'>']
        | [b'%', .., b'%']
        | [b'@', .., b'@']
        | [b'{', .., b'}']
        | [b'[', .., b']'] => true,
        // `name["part"]`: a part of something with a name.
        [.., b'"', b']'] if contains(value, b"[\"") || contains(value, b"[\\\"") => true,
        // `/^[a-z]+$/`
        [b'/', b'^', ..] => true,
        // `AIza<<key>>`: a fixed beginning, and what is to be filled in.
        [.., b'>', b'>'] if contains(value, b"<<") => true,
        [b'*', rest @ ..] if rest.iter().all(|byte| *byte == b'*') => true,
        [.., b'(' | b'{' | b'\\'] => true,
        [
            b'$' | b'<' | b'[' | b'*' | b'(' | b'{' | b'@' | b'%' | b'&' | b'\\' | b'=' | b'!',
            rest @ ..,
        ] => {
            let is_name = rest
                .iter()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
            (is_name && chance::bits(rest) < 6.0) || has_few_kinds(rest)
        }
        _ => has(&SIGNS) && (is_wordy() || has_few_kinds(value)),
    }
}

/// The signs that a text has, each a bit.
fn signs_of(text: &[u8]) -> u32 {
    const BITS: [u32; 256] = {
        let signs = b"${}()#<%->:.&=/";
        let mut bits = [0; 256];
        let mut at = 0;
        while at < signs.len() {
            bits[signs[at] as usize] = 1 << at;
            at += 1;
        }
        bits
    };
    text.iter().fold(0, |all, byte| all | BITS[usize::from(*byte)])
}

/// Values that were masked, encrypted or left out, and names of other places where the value is.
pub(super) fn stands_for_another(value: &[u8]) -> bool {
    const MARKS: [&[u8]; 6] = [b"...", b"\xe2\x80\xa6", b"***", b"[MASKED]", b"[FILTERED]", b"://"];
    const BEGINNINGS: [&[u8]; 10] = [
        b"ENC[",
        b"ENC(",
        b"{cipher}",
        b"encrypted:",
        b"vault:",
        b"op://",
        b"arn:",
        b"{AES",
        b"{resolve:",
        b"AQICAH",
    ];
    let has = |mark: &&[u8]| contains(value, mark);
    let is_in_braces = value.starts_with(b"{") && value.ends_with(b"}");
    MARKS.iter().any(has) || BEGINNINGS.iter().any(|mark| value.starts_with(mark)) || is_in_braces
}

/// `/accounts/{account-key}`: words in braces, to be replaced.
fn has_placeholder(value: &[u8]) -> bool {
    let is_of_name = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'-');
    memchr::memchr_iter(b'{', value).any(|open| {
        let len = value[open + 1..].iter().take_while(|byte| is_of_name(byte)).count();
        let name = &value[open + 1..open + 1 + len];
        value.get(open + 1 + len) == Some(&b'}') && len >= 3 && chance::bits(name) < 0.0
    })
}

/// `%3A%40c`: hardly anything but percent-encoded bytes.
fn is_escaped(value: &[u8]) -> bool {
    let is_escape = |part: &&[u8]| part[0] == b'%' && part[1..].iter().all(u8::is_ascii_hexdigit);
    let escapes = value.windows(3).filter(is_escape).count();
    escapes >= 2 && value.len() < escapes * 3 + 4
}

/// `\u6c92\u6709`: text in another script, whose letters make up half of the value and more.
pub(super) fn is_escaped_text(value: &[u8]) -> bool {
    const ESCAPE_LEN: usize = 6;
    let is_letter = |at: &usize| {
        let digits = value.get(at + 2..at + ESCAPE_LEN).unwrap_or_default();
        // From `\u0080` on.
        value.get(at + 1) == Some(&b'u')
            && digits.iter().all(u8::is_ascii_hexdigit)
            && digits.get(..2).is_some_and(|high| high != b"00" || digits[2] >= b'8')
    };
    let letters = memchr::memchr_iter(b'\\', value).filter(is_letter).count();
    letters > 0 && letters * ESCAPE_LEN * 2 >= value.len()
}

/// `%hhd:%*s`, `0x%.16llx:0x%.16llx`: several directives of a format.
fn has_directives(value: &[u8]) -> bool {
    let is_directive = |at: &usize| {
        let rest = &value[at + 1..];
        let is_of_width = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'.' | b'#' | b'+' | b'-');
        let width = rest.iter().take_while(is_of_width).count();
        let is_kind =
            |byte: &u8| matches!(byte, b'*' | b's' | b'd' | b'h' | b'l' | b'u' | b'x' | b'v');
        // `%2d` is an escaped hyphen, too.
        let is_escape = width == 1 && rest.get(1) == Some(&b'd');
        rest.get(width).is_some_and(is_kind) && !is_escape
    };
    memchr::memchr_iter(b'%', value).filter(is_directive).count() >= 2
}

/// Whether small letters, capital ones and digits are not all there.
fn has_few_kinds(value: &[u8]) -> bool {
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    !(has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_digit))
}
