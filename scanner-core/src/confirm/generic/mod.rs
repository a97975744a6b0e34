//! Judges values that only their name speaks for: `secret = "..."`, `password: ...`,
//! `scheme://user:...@host`.
//!
//! Nothing in such a value says what it is. So everything that has the looks of code, words,
//! fillers, hashes or public data is refuted, and of what is left only what a generator could have
//! made, or what somebody chose as a password, is kept.

mod names;
mod passwords;
mod urls;
mod values;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use self::names::{is_argument, is_not_refused, is_spaced};
use self::passwords::{is_code, is_template, password};
use self::urls::userinfo;
use self::values::{generated, has_any, looks_generated};
use crate::rules::rule::Filter;
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};

/// A name, and what stands between it and its value, is looked for so far to the left.
pub(super) const MAX_NAME_LEN: usize = 120;
/// What is behind a value, its host, is looked for so far to the right.
pub(super) const MAX_HOST_LEN: usize = 80;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a filter comes to: how sure it is, or why it is nothing.
pub(super) type Judgement = Result<Confidence, Reason>;

/// Judges the value of a rule with a filter. `confidence` is the rule's own.
pub(super) fn judge(
    filter: Filter,
    confidence: Confidence,
    haystack: &[u8],
    secret: Span,
) -> Judgement {
    let value = &haystack[secret.range()];
    let left = left_of(haystack, secret.start);
    match filter {
        Filter::Generated => generated(left, value).map(|()| confidence),
        Filter::Password => {
            is_not_refused(left)?;
            if is_spaced(left) && !is_argument(left) {
                return Err(Reason::Ordinary);
            }
            password(value, is_code(haystack, secret)).map(|()| confidence)
        }
        Filter::Userinfo => userinfo(left, value, &haystack[secret.end..]).map(|is_generated| {
            if is_generated { Confidence::Likely } else { Confidence::Possible }
        }),
        Filter::BasicAuth => basic_auth(value).map(|()| confidence),
        Filter::Base64 => base64_of_secret(value).map(|()| confidence),
    }
}

/// The part of the line to the left that can hold the name; with the line before it, where that has
/// the name of a value.
fn left_of(haystack: &[u8], start: usize) -> &[u8] {
    let left = &haystack[start.saturating_sub(MAX_NAME_LEN)..start];
    let is_end = |at: usize| match left[at] {
        b'\n' => !is_value(&left[at + 1..]),
        // In a URL, not in `token: &str`.
        b'&' => at == 0 || left[at - 1] != b' ',
        // `host:6380,password=`
        b',' => left.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
        byte => matches!(byte, b';' | b'{' | b'?'),
    };
    let from = (0..left.len()).rev().find(|at| is_end(*at)).map_or(0, |at| at + 1);
    &left[from..]
}

/// `  value: "`, of an element with a name and a value.
fn is_value(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    line.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"value"))
        && line[5..].iter().all(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'\t' | b':' | b'='))
}

// --- encoded values
// --------------------------------------------------------------------------------------------------

/// What a value says in base64, if it is text. Chance does not decode to text.
fn text_in_base64(value: &[u8]) -> Option<Vec<u8>> {
    let is_text =
        |text: &Vec<u8>| text.len() >= 4 && text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    BASE64.decode(value).ok().filter(is_text)
}

/// `user:password` in base64.
fn basic_auth(value: &[u8]) -> Result<(), Reason> {
    let decoded = BASE64.decode(value).map_err(|_| Reason::WrongStructure)?;
    let at = decoded.iter().position(|byte| *byte == b':').ok_or(Reason::WrongStructure)?;
    if !decoded.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Reason::WrongStructure);
    }
    let (user, rest) = decoded.split_at(at);
    let password = &rest[1..];
    userinfo(&[user, b":"].concat(), password, b"").map(|_| ())
}

/// A secret in base64, as Kubernetes keeps them.
fn base64_of_secret(value: &[u8]) -> Result<(), Reason> {
    let decoded = BASE64.decode(value).map_err(|_| Reason::WrongStructure)?;
    let text = decoded.trim_ascii();
    if text.len() < 6 {
        return Err(Reason::Ordinary);
    }
    if !text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return if looks_generated(value) || value.len() >= 64 {
            Ok(())
        } else {
            Err(Reason::Ordinary)
        };
    }
    if text.starts_with(b"{")
        && text.ends_with(b"}")
        && has_any(text, &[b"\"auth\"", b"private_key", b"password"])
    {
        return Ok(());
    }
    let is_public =
        text.starts_with(b"-----BEGIN CERTIFICATE") || text.starts_with(b"-----BEGIN PUBLIC");
    if is_public || is_template(text) {
        return Err(Reason::Placeholder);
    }
    userinfo(b"", text, b"").map(|_| ())
}
