//! What proofs have in common: how text in tokens is decoded, and how facts are written.
//!
//! Anybody can write a token, so only facts that are short and harmless are shown.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
/// Base64 with padding or without.
pub(super) const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
/// Base64url with padding or without.
pub(super) const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);

/// What base64 of either alphabet stands for.
pub(super) fn decoded(encoded: &[u8]) -> Option<Vec<u8>> {
    let is_of_urls = encoded.iter().any(|byte| matches!(byte, b'-' | b'_'));
    if is_of_urls { BASE64_URL.decode(encoded).ok() } else { BASE64.decode(encoded).ok() }
}

/// The JSON object in base64.
pub(super) fn object(encoded: &[u8]) -> Option<Map<String, Value>> {
    serde_json::from_slice(&decoded(encoded)?).ok()
}

/// A text that a report can show: a name, an address, an id.
pub(super) fn shown(text: &str) -> Option<String> {
    const LONGEST: usize = 200;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" ._@:/+-".contains(&byte);
    (!text.is_empty() && text.len() <= LONGEST && text.bytes().all(is_plain))
        .then(|| text.to_owned())
}

/// The same for bytes.
pub(super) fn shown_bytes(text: &[u8]) -> Option<String> {
    shown(std::str::from_utf8(text).ok()?)
}

/// The host of a URL, or the bare name: `https://gitlab.example.com/path`.
pub(super) fn host(url: &str) -> Option<String> {
    const LONGEST: usize = 255;
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split('/').next()?;
    let is_host = !host.is_empty()
        && host.len() <= LONGEST
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':'));
    is_host.then(|| host.to_owned())
}

/// RFC 3339 in UTC.
pub(super) fn timestamp(seconds: i64) -> Option<String> {
    Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
}

/// The number that decimal digits stand for, as they are written.
pub(super) fn number(digits: &[u8]) -> Option<String> {
    const LONGEST: usize = 20;
    let is_number = (1..=LONGEST).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if is_number { shown_bytes(digits) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_text_is_shown() {
        assert_eq!(shown("CI of acme/web-1").as_deref(), Some("CI of acme/web-1"));
        for bad in ["", "a\u{1b}[31m", "a\nb", "<b>", &"a".repeat(201)] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }

    #[test]
    fn both_alphabets() {
        assert_eq!(decoded(b"-_8="), Some(vec![0xfb, 0xff]));
        assert_eq!(decoded(b"+/8"), Some(vec![0xfb, 0xff]));
        assert_eq!(decoded(b"+_8"), None);
    }

    #[test]
    fn hosts_and_numbers() {
        assert_eq!(host("https://sentry.example.com/").as_deref(), Some("sentry.example.com"));
        assert_eq!(host("a b"), None);
        assert_eq!(number(b"0123").as_deref(), Some("0123"));
        assert_eq!(number(b"12x"), None);
        assert_eq!(number(b""), None);
        assert_eq!(timestamp(1_760_000_000).as_deref(), Some("2025-10-09T08:53:20Z"));
        assert_eq!(timestamp(i64::MAX), None);
    }
}
