//! Macaroons of version 2, as PyPI makes its tokens.
//!
//! ```text
//! macaroon = 02 [location] identifier 00 caveats 00 signature
//! caveat = [location] identifier [verification id] 00
//! ```
//!
//! A field is its type (1 location, 2 identifier, 4 verification id, 6 signature), its length and
//! that many bytes, the numbers as varints. A caveat of PyPI is JSON: `[1, ["project"]]`, or an
//! object in older tokens.
//!
//! Sources: <https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt>, and
//! `warehouse/macaroons/caveats` in <https://github.com/pypi/warehouse>.

use serde_json::Value;

use super::fields::{decoded, shown, shown_bytes, timestamp};
use crate::proof::claim::{Claim, ProofResult};
use crate::verdict::{Confidence, Facts};

/// The word and hyphen before the macaroon.
const PYPI: &[u8] = b"pypi-";
const VERSION: u8 = 2;
const END: u8 = 0;
const SIGNATURE_LEN: usize = 32;

const LOCATION: u64 = 1;
const IDENTIFIER: u64 = 2;
const VERIFICATION_ID: u64 = 4;
const SIGNATURE: u64 = 6;

/// Examines a token of a Python package index.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let encoded = claim.text().strip_prefix(PYPI).unwrap_or_default();
    match decoded(encoded).as_deref().and_then(Macaroon::read) {
        Some(macaroon) => ProofResult::Verdict(claim.with(Confidence::Proved, macaroon.facts())),
        // Indexes of one's own may put another version into their tokens.
        None => ProofResult::Inconclusive,
    }
}

struct Macaroon<'b> {
    location: Option<&'b [u8]>,
    caveats: Vec<&'b [u8]>,
}

impl<'b> Macaroon<'b> {
    fn read(bytes: &'b [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[VERSION])?;
        let location = field(&mut rest, LOCATION);
        field(&mut rest, IDENTIFIER)?;
        rest = rest.strip_prefix(&[END])?;
        let mut caveats = Vec::new();
        while rest.first() != Some(&END) {
            field(&mut rest, LOCATION);
            caveats.push(field(&mut rest, IDENTIFIER)?);
            field(&mut rest, VERIFICATION_ID);
            rest = rest.strip_prefix(&[END])?;
        }
        rest = rest.strip_prefix(&[END])?;
        let signature = field(&mut rest, SIGNATURE)?;
        (signature.len() == SIGNATURE_LEN && rest.is_empty()).then_some(Self { location, caveats })
    }

    fn facts(&self) -> Facts {
        let host = self.location.and_then(shown_bytes).map(|host| ("host", host));
        let caveats = self.caveats.iter().filter_map(|caveat| serde_json::from_slice(caveat).ok());
        host.into_iter().chain(caveats.filter_map(|caveat: Value| restriction(&caveat))).collect()
    }
}

/// What a caveat of PyPI restricts the token to.
fn restriction(caveat: &Value) -> Option<(&'static str, String)> {
    if let Some(projects) = caveat.pointer("/permissions/projects") {
        return Some(("project", list(projects)?));
    }
    if let Some(time) = caveat.get("exp") {
        return Some(("expires_at", timestamp(time.as_i64()?)?));
    }
    let [tag, value, ..] = caveat.as_array()?.as_slice() else { return None };
    match tag.as_u64()? {
        0 => Some(("expires_at", timestamp(value.as_i64()?)?)),
        1 => Some(("project", list(value)?)),
        2 => Some(("project_id", list(value)?)),
        3 => Some(("user", shown(value.as_str()?)?)),
        _ => None,
    }
}

fn list(names: &Value) -> Option<String> {
    let names: Option<Vec<&str>> = names.as_array()?.iter().map(Value::as_str).collect();
    shown(&names?.join(" "))
}

/// The contents of the next field, which is taken if it is of a type.
fn field<'b>(rest: &mut &'b [u8], kind: u64) -> Option<&'b [u8]> {
    let mut ahead = *rest;
    if varint(&mut ahead)? != kind {
        return None;
    }
    let len = usize::try_from(varint(&mut ahead)?).ok()?;
    let (contents, behind) = ahead.split_at_checked(len)?;
    *rest = behind;
    Some(contents)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    const MOST_BITS: u32 = 63;
    let (mut value, mut shift) = (0, 0);
    loop {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift += 7;
        if shift >= MOST_BITS {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proof::fields::BASE64_URL;
    use crate::text::span::Span;
    use base64::Engine;

    fn bytes(caveats: &[&str]) -> Vec<u8> {
        let field = |kind: u8, contents: &[u8]| {
            let len = contents.len();
            let len = if len < 128 {
                vec![len as u8]
            } else {
                vec![(len & 0x7f) as u8 | 0x80, (len >> 7) as u8]
            };
            [&[kind][..], &len, contents].concat()
        };
        let mut bytes = vec![VERSION];
        bytes.extend(field(1, b"pypi.org"));
        bytes.extend(field(2, b"00000000-0000-4000-8000-000000000000"));
        bytes.push(END);
        for caveat in caveats {
            bytes.extend(field(2, caveat.as_bytes()));
            bytes.push(END);
        }
        bytes.push(END);
        bytes.extend(field(6, &[7; SIGNATURE_LEN]));
        bytes
    }

    fn examined(bytes: &[u8]) -> ProofResult {
        let token =
            format!("{}{}", ["py", "pi-"].concat(), BASE64_URL.encode(bytes).trim_end_matches('='));
        examine(&Claim {
            haystack: token.as_bytes(),
            secret: Span::new(0, token.len()),
            prefix_len: 5,
            custom_prefix: None,
        })
    }

    #[test]
    fn what_tokens_are_for() {
        let long = format!(r#"[1,["{}"]]"#, "a".repeat(150));
        for (caveats, expected) in [
            (&[][..], &[("host", "pypi.org")][..]),
            (&[r#"{"version":1,"permissions":"user"}"#], &[("host", "pypi.org")]),
            (
                &[r#"{"version":1,"permissions":{"projects":["acme"]}}"#],
                &[("host", "pypi.org"), ("project", "acme")],
            ),
            (
                &[
                    r#"[1,["acme","beta"]]"#,
                    r#"[0,1760000000,1750000000]"#,
                    r#"[3,"u-1"]"#,
                    r#"[2,["p-1"]]"#,
                ],
                &[
                    ("expires_at", "2025-10-09T08:53:20Z"),
                    ("host", "pypi.org"),
                    ("project", "acme beta"),
                    ("project_id", "p-1"),
                    ("user", "u-1"),
                ],
            ),
            (&["no JSON", "[9]", "[1]", "{}", "[\"a\",1]"], &[("host", "pypi.org")]),
            (&[&long], &[("host", "pypi.org"), ("project", &"a".repeat(150))]),
        ] {
            let ProofResult::Verdict(found) = examined(&bytes(caveats)) else {
                panic!("{caveats:?}")
            };
            assert_eq!(found.confidence, Confidence::Proved, "{caveats:?}");
            assert_eq!(found.facts.iter().collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn what_is_cut_or_goes_on_is_left_undecided() {
        let is_undecided = |bytes: &[u8]| matches!(examined(bytes), ProofResult::Inconclusive);
        let whole = bytes(&["[1,[\"a\"]]"]);
        for cut in 0..whole.len() {
            assert!(is_undecided(&whole[..cut]), "{cut}");
        }
        assert!(is_undecided(&[&whole[..], &[0]].concat()));
        assert!(is_undecided(&[2, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1]));
    }
}
