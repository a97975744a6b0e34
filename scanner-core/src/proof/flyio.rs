//! Fly.io's macaroons: an array of MessagePack in base64.
//!
//! ```text
//! [[key id, 16 random bytes, is it a proof], location, caveats, signature of 32 bytes]
//! ```
//!
//! Source: `macaroon.go`, `nonce.go` and `format.go` in <https://github.com/superfly/macaroon>.

use super::fields::{decoded, host};
use crate::proof::claim::{Claim, ProofResult};
use crate::verdict::Confidence;

const NONCE_LEN: usize = 16;
const SIGNATURE_LEN: usize = 32;

/// Examines a token, of several the first one.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let first = claim.text().split(|byte| *byte == b',').next().unwrap_or_default();
    let encoded =
        first.iter().position(|byte| *byte == b'_').map_or(&[][..], |at| &first[at + 1..]);
    let Some(location) = decoded(encoded).as_deref().and_then(location) else {
        return ProofResult::Inconclusive;
    };
    let facts = host(&location).map(|host| ("host", host)).into_iter().collect();
    ProofResult::Verdict(claim.with(Confidence::Proved, facts))
}

/// Where the token is for, if the whole of it is a macaroon.
fn location(mut rest: &[u8]) -> Option<String> {
    let rest = &mut rest;
    if array(rest)? != 4 {
        return None;
    }
    let fields @ 2..=3 = array(rest)? else { return None };
    text(rest)?;
    if text(rest)?.len() != NONCE_LEN {
        return None;
    }
    if fields == 3 {
        skip(rest)?;
    }
    let location = std::str::from_utf8(text(rest)?).ok()?;
    skip(rest)?;
    (text(rest)?.len() == SIGNATURE_LEN && rest.is_empty()).then(|| location.to_owned())
}

fn number<const LEN: usize>(rest: &mut &[u8]) -> Option<usize> {
    let (bytes, behind) = rest.split_first_chunk::<LEN>()?;
    *rest = behind;
    Some(bytes.iter().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

fn take<'b>(rest: &mut &'b [u8], len: usize) -> Option<&'b [u8]> {
    let (bytes, behind) = rest.split_at_checked(len)?;
    *rest = behind;
    Some(bytes)
}

/// The number of elements of a short array.
fn array(rest: &mut &[u8]) -> Option<usize> {
    match number::<1>(rest)? {
        tag @ 0x90..=0x9f => Some(tag & 0x0f),
        _ => None,
    }
}

/// A string or bytes.
fn text<'b>(rest: &mut &'b [u8]) -> Option<&'b [u8]> {
    let len = match number::<1>(rest)? {
        tag @ 0xa0..=0xbf => tag & 0x1f,
        0xc4 | 0xd9 => number::<1>(rest)?,
        0xc5 | 0xda => number::<2>(rest)?,
        _ => return None,
    };
    take(rest, len)
}

/// Goes behind the next value, whatever it is.
fn skip(rest: &mut &[u8]) -> Option<()> {
    let mut pending = 1_usize;
    while pending > 0 {
        // Each value takes a byte at least, so more than there are bytes cannot follow.
        if pending > rest.len() {
            return None;
        }
        pending -= 1;
        let len = match number::<1>(rest)? {
            0x00..=0x7f | 0xe0..=0xff | 0xc0 | 0xc2 | 0xc3 => 0,
            tag @ 0xa0..=0xbf => tag & 0x1f,
            0xcc | 0xd0 => 1,
            0xcd | 0xd1 => 2,
            0xca | 0xce | 0xd2 => 4,
            0xcb | 0xcf | 0xd3 => 8,
            tag @ 0xd4..=0xd8 => 1 + (1 << (tag - 0xd4)),
            0xc4 | 0xd9 => number::<1>(rest)?,
            0xc5 | 0xda => number::<2>(rest)?,
            0xc6 | 0xdb => number::<4>(rest)?,
            0xc7 => number::<1>(rest)? + 1,
            0xc8 => number::<2>(rest)? + 1,
            0xc9 => number::<4>(rest)? + 1,
            tag @ 0x80..=0x9f => {
                pending += if tag < 0x90 { 2 * (tag & 0x0f) } else { tag & 0x0f };
                0
            }
            tag @ 0xdc..=0xdf => {
                let elements = if tag % 2 == 0 { number::<2>(rest)? } else { number::<4>(rest)? };
                pending += if tag < 0xde { elements } else { 2 * elements };
                0
            }
            _ => return None,
        };
        take(rest, len)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    fn bytes(caveats: &[u8]) -> Vec<u8> {
        let nonce = [&[0x93, 0xc4, 3, 1, 2, 3, 0xc4, 16][..], &[7; 16], &[0xc2]].concat();
        let location = [&[0xb5][..], b"https://api.fly.io/v1"].concat();
        [&[0x94][..], &nonce, &location, caveats, &[0xc4, 32], &[9; 32]].concat()
    }

    fn examined(bytes: &[u8]) -> ProofResult {
        let token = format!("fm{}_{},fm2_AAAA", 2, STANDARD.encode(bytes));
        examine(&Claim {
            haystack: token.as_bytes(),
            secret: Span::new(0, token.len()),
            prefix_len: 4,
            custom_prefix: None,
        })
    }

    #[test]
    fn macaroons_tell_where_they_are_for() {
        let all_kinds = [
            &[
                0xdc, 0, 16, 0x01, 0xff, 0xc0, 0xc3, 0xa1, b'a', 0xcc, 1, 0xcd, 1, 1, 0xca, 0, 0,
                0, 0,
            ][..],
            &[
                0xcb, 0, 0, 0, 0, 0, 0, 0, 0, 0xd5, 1, 2, 2, 0xc4, 1, 9, 0xda, 0, 1, b'b', 0xc7, 1,
                5, 5,
            ],
            &[0x81, 0x01, 0x91, 0x02, 0xdc, 0, 1, 0x03, 0xde, 0, 1, 0x04, 0x05],
        ];
        for caveats in [vec![0x90], all_kinds.concat()] {
            let ProofResult::Verdict(found) = examined(&bytes(&caveats)) else {
                panic!("{caveats:?}")
            };
            assert_eq!(found.confidence, Confidence::Proved);
            assert_eq!(found.facts.get("host"), Some("api.fly.io"));
        }
    }

    #[test]
    fn other_bytes() {
        let whole = bytes(&[0x90]);
        for cut in 0..whole.len() {
            assert!(matches!(examined(&whole[..cut]), ProofResult::Inconclusive), "{cut}");
        }
        for caveats in
            [&[0xc1][..], &[0xdd, 0xff, 0xff, 0xff, 0xff], &[0xdb, 0xff, 0xff, 0xff, 0xff], &[0xdf]]
        {
            assert!(matches!(examined(&bytes(caveats)), ProofResult::Inconclusive), "{caveats:?}");
        }
        assert!(matches!(examined(&[&whole[..], &[0]].concat()), ProofResult::Inconclusive));
    }
}
