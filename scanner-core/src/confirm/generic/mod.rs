//! Judges values that only their name speaks for: `secret = "..."`, `password: ...`,
//! `scheme://user:...@host`.
//!
//! Nothing in such a value says what it is. So everything that has the looks of code, words,
//! fillers, hashes or public data is refuted, and of what is left only what a generator could have
//! made, or what somebody chose as a password, is kept.

mod encoded;
mod generated;
mod names;
mod passwords;
mod templates;
mod typed;
mod urls;
mod values;
mod word_set;

use self::encoded::{base64_of_secret, basic_auth};
use self::generated::generated;
use self::names::{Kind, Name};
use self::passwords::{Login, Setting, is_expression, is_text, password};
use self::templates::{is_escaped_text, is_replaced};
pub(super) use self::urls::MAX_HOST_LEN;
use self::urls::userinfo;
use self::values::{eq, has_any, is_long_text, looks_generated};
use crate::rules::rule::Filter;
use crate::syntax::{self, Delimiter, Named, Separator};
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};

/// The user of a URL is looked for so far to the left of its password.
pub(super) const MAX_NAME_LEN: usize = 120;

/// Blanks behind a value are looked at so far.
const MAX_BLANKS: usize = 64;

/// What a filter comes to: how sure it is, or why it is nothing.
pub(super) type Judgement = Result<Confidence, Reason>;

/// Judges the value of a rule whose regex leads to it. `confidence` is the rule's own.
pub(super) fn judge(
    filter: Filter,
    confidence: Confidence,
    haystack: &[u8],
    secret: Span,
) -> Judgement {
    let value = &haystack[secret.range()];
    let left = left_of(haystack, secret.start);
    match filter {
        Filter::Generated => generated(None, value).map(|()| confidence),
        Filter::Password => {
            let setting =
                Setting { delimiter: Delimiter::Quoted, is_code: false, login: Login::Yes };
            password(value, setting).map(|()| confidence)
        }
        Filter::Userinfo => userinfo(left, value, &haystack[secret.end..]).map(|is_generated| {
            if is_generated { Confidence::Likely } else { Confidence::Possible }
        }),
        Filter::BasicAuth => basic_auth(value).map(|()| confidence),
        Filter::Base64 => base64_of_secret(value).map(|()| confidence),
    }
}

/// Judges the value of a name. `secret` is what of the value is reported.
pub(super) fn judge_named(
    filter: Filter,
    confidence: Confidence,
    haystack: &[u8],
    named: &Named,
    secret: Span,
) -> Judgement {
    let value = &haystack[secret.range()];
    let name = Name::new(&haystack[named.name.range()]);
    let kind = name.kind()?;
    if is_long_text(value) || !is_text(value) {
        return Err(Reason::Ordinary);
    }
    let is_part = secret != named.value;
    if is_replaced(value) || (is_part && is_replaced(&haystack[named.value.range()])) {
        return Err(Reason::Placeholder);
    }
    if is_of_program(haystack, named, value) || is_escaped_text(value) {
        return Err(Reason::Ordinary);
    }
    let is_plain = value.iter().all(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'+' | b'/' | b'=' | b'.' | b'~' | b'-')
    });
    let judged = match filter {
        Filter::Password => password(value, setting_of(haystack, named)),
        _ if is_plain => has_its_own_name(haystack, named, &name, value)
            .and_then(|()| generated(Some(&name), value)),
        // A key has no other signs; a secret that somebody chose can have any. An API by itself is
        // a URL, a library or a function.
        _ if named.delimiter != Delimiter::Quoted
            && has_any(value, &[b"(", b"[", b"{", b"\"", b"'", b"*"]) =>
        {
            Err(Reason::Ordinary)
        }
        _ if kind == Kind::Secret
            || (!name.is_alone() && !name.ends_with(b"api") && value.len() >= 16) =>
        {
            password(
                value,
                Setting { login: Login::No, is_code: true, ..setting_of(haystack, named) },
            )
        }
        _ => Err(Reason::Ordinary),
    };
    judged.map(|()| confidence)
}

/// Whether a value under the name of a password is a literal, whatever it says: no template, mask
/// or encrypted value, and no expression of a program.
pub(super) fn is_literal_password(haystack: &[u8], named: &Named, secret: Span) -> bool {
    const NO_VALUES: [&[u8]; 10] = [
        b"null",
        b"nil",
        b"none",
        b"true",
        b"false",
        b"undefined",
        b"yes",
        b"no",
        b"str",
        b"string",
    ];
    let value = &haystack[secret.range()];
    let name = Name::new(&haystack[named.name.range()]);
    if !name.is_of_password() || !is_text(value) || is_replaced(value) {
        return false;
    }
    if named.delimiter == Delimiter::Quoted {
        return true;
    }
    // Variables and calls stand where a literal could. A literal has the rest of its line.
    let rest = &haystack[secret.end..haystack.len().min(secret.end + MAX_BLANKS)];
    let rest = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let is_last = matches!(rest.trim_ascii_start(), [] | [b'#', ..]);
    let is_variable = Name::new(value).is_of_password() || NO_VALUES.iter().any(|no| eq(value, no));
    (is_last || named.separator == Separator::Option)
        && !is_variable
        && !is_of_program(haystack, named, value)
        && !is_expression(value, named.delimiter)
        && !has_any(value, &[b"(", b"[", b"{"])
}

/// Whether a value is a constant or a call in a program, or a number under the name of a type.
fn is_of_program(haystack: &[u8], named: &Named, value: &[u8]) -> bool {
    let is_of_constant =
        |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    let is_bare = named.delimiter != Delimiter::Quoted;
    let is_constant = is_bare && value.contains(&b'_') && value.iter().all(is_of_constant);
    // `"AWS::AppSync::ApiKey": "48205d4ffd7feba3"`
    let is_of_type = haystack[..named.name.start].ends_with(b"::");
    // `Authorization: Digest username="fddc3bc7b753..."`
    let before = haystack.get(named.name.end..named.value.start).unwrap_or_default();
    let is_of_user = before.trim_ascii_end().ends_with(b"username=\"");
    // The address of a register, a mask: `PSW__A 0xC20015`.
    let is_number = |digits: &[u8]| digits.len() <= 16 && digits.iter().all(u8::is_ascii_hexdigit);
    let is_number = is_bare && value.strip_prefix(b"0x").is_some_and(is_number);
    let is_hex = value.iter().all(u8::is_ascii_hexdigit);
    // Ids that a list has behind names, as a baseline has: `generic_secret 82461a66502cb2e7...`.
    let is_listed = named.separator == Separator::Blank && value.len() == 32 && is_hex;
    is_constant || is_number || is_listed || is_of_user || (is_of_type && is_hex)
}

/// Refutes hexadecimal digits under the name `key` alone that stand beside a test vector's fields
/// or are too short to be a key.
fn has_its_own_name(
    haystack: &[u8],
    named: &Named,
    name: &Name<'_>,
    value: &[u8],
) -> Result<(), Reason> {
    const OF_VECTORS: [&[u8]; 16] = [
        b"iv",
        b"aad",
        b"msg",
        b"ct",
        b"tag",
        b"nonce",
        b"plaintext",
        b"ciphertext",
        b"pt",
        b"input",
        b"output",
        b"mac",
        b"digest",
        b"result",
        b"seed",
        b"hash",
    ];
    if !name.is_alone() || !value.iter().all(u8::is_ascii_hexdigit) || !name.has(&[b"key", b"keys"])
    {
        return Ok(());
    }
    let is_of_vector = |other: &[u8]| OF_VECTORS.iter().any(|field| eq(other, field));
    if value.len() == 64 && !syntax::neighbours(haystack, named.name.start).any(is_of_vector) {
        Ok(())
    } else {
        Err(Reason::Ordinary)
    }
}

/// How a password stands where it is.
fn setting_of<'t>(haystack: &'t [u8], named: &Named) -> Setting<'t> {
    let is_code = named.delimiter == Delimiter::Quoted && named.separator != Separator::Element;
    let login = Login::Beside(haystack, named.name.start);
    Setting { delimiter: named.delimiter, is_code, login }
}

/// What of a named value is the secret: without the scheme of a header, the name of an encoding,
/// and the id in front of a key.
pub(super) fn secret_in(haystack: &[u8], named: &Named) -> Span {
    const SCHEMES: [&[u8]; 6] =
        [b"bearer ", b"token ", b"apikey ", b"api-key ", b"key ", b"base64:"];
    let mut secret = named.value;
    for scheme in SCHEMES {
        let value = &haystack[secret.range()];
        if value.len() > scheme.len() && eq(&value[..scheme.len()], scheme) {
            secret.start += scheme.len();
        }
    }
    // A number of a program has 16 digits at most.
    let value = &haystack[secret.range()];
    if value.len() >= 42 && value.starts_with(b"0x") {
        secret.start += 2;
    }
    // `user/password: name/value`
    const PAIRS: [&[u8]; 4] = [b"user/", b"username/", b"login/", b"User/"];
    let value = &haystack[secret.range()];
    if PAIRS.iter().any(|user| haystack[..named.name.start].ends_with(user))
        && let Some(slash) = value.iter().position(|byte| *byte == b'/')
        && slash + 1 < value.len()
    {
        secret.start += slash + 1;
    }
    let value = &haystack[secret.range()];
    if let Some(colon) = value.iter().position(|byte| *byte == b':') {
        let (id, key) = (&value[..colon], &value[colon + 1..]);
        let is_word = |part: &[u8]| {
            part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        };
        if id.len() >= 4 && is_word(id) && key.len() >= 16 && is_word(key) && looks_generated(key) {
            secret.start += colon + 1;
        }
    }
    secret
}

/// The part of the line to the left that can hold the user of a URL.
fn left_of(haystack: &[u8], start: usize) -> &[u8] {
    let left = &haystack[start.saturating_sub(MAX_NAME_LEN)..start];
    let is_end = |at: usize| match left[at] {
        b'\n' => true,
        b'&' => at == 0 || left[at - 1] != b' ',
        b',' => left.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
        byte => matches!(byte, b';' | b'{' | b'?'),
    };
    let from = (0..left.len()).rev().find(|at| is_end(*at)).map_or(0, |at| at + 1);
    &left[from..]
}
