//! Values in base64: what they say decides.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::templates::is_replaced;
use super::urls::userinfo;
use super::values::{has_any, is_path, looks_generated};
use crate::verdict::Reason;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a value says in base64, if it is text. Chance does not decode to text.
pub(super) fn text_in_base64(value: &[u8]) -> Option<Vec<u8>> {
    let is_text = |text: &Vec<u8>| {
        // A line end is there if a command has made it.
        let line = text.trim_ascii_end();
        line.len() >= 4 && line.iter().all(|byte| matches!(byte, b' '..=b'~'))
    };
    BASE64.decode(value).ok().filter(is_text)
}

/// `user:password` in base64.
pub(super) fn basic_auth(value: &[u8]) -> Result<(), Reason> {
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
pub(super) fn base64_of_secret(value: &[u8]) -> Result<(), Reason> {
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
    if is_public || is_replaced(text) {
        return Err(Reason::Placeholder);
    }
    // A configuration or a sentence says what its secrets are; what is decoded is searched for
    // those.
    let is_prose = text.iter().any(u8::is_ascii_whitespace);
    if is_prose || is_path(text) || is_host(text) {
        return Err(Reason::Ordinary);
    }
    userinfo(b"", text, b"").map(|_| ())
}

/// `db-1.corp.internal:5432`, `10.2.0.7`
fn is_host(text: &[u8]) -> bool {
    let is_of_host = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    text.contains(&b'.')
        && text.iter().all(is_of_host)
        && text.split(|byte| *byte == b'.').all(|part| !looks_generated(part))
}
