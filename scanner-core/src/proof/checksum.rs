//! Tokens that end in a CRC-32 of what stands before it.
//!
//! Sources: GitHub's and npm's announcements of their token formats
//! (<https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>) and
//! `pkg/components/satokengen` in Grafana's repository.

use super::{Claim, Evidence};
use crate::verdict::{Confidence, Facts, Reason};

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^6 is more than 2^32.
const BASE62_LEN: usize = 6;
const HEX_LEN: usize = 8;

/// GitHub and npm: the last six characters are the checksum of the body before them, in base62.
pub(super) fn base62(claim: &Claim<'_>) -> Evidence {
    let is_right = claim.body().split_last_chunk().is_some_and(|(body, sum)| *sum == in_base62(crc32fast::hash(body)));
    decided(claim, is_right)
}

/// Grafana: behind the last `_` the checksum of all that stands before it, its lowest byte first, in hex.
pub(super) fn hex(claim: &Claim<'_>) -> Evidence {
    let is_right = claim.text().split_last_chunk::<HEX_LEN>().is_some_and(|(head, sum)| {
        let Some(head) = head.strip_suffix(b"_") else { return false };
        let expected = crc32fast::hash(head).swap_bytes();
        std::str::from_utf8(sum).is_ok_and(|sum| u32::from_str_radix(sum, 16) == Ok(expected))
    });
    decided(claim, is_right)
}

fn decided(claim: &Claim<'_>, is_right: bool) -> Evidence {
    if is_right { claim.with(Confidence::Proved, Facts::default()) } else { claim.refuted(Reason::WrongChecksum) }
}

fn in_base62(mut number: u32) -> [u8; BASE62_LEN] {
    let mut digits = [BASE62[0]; BASE62_LEN];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(number % 62) as usize];
        number /= 62;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    fn claim(text: &str, prefix_len: usize) -> Claim<'_> {
        Claim { haystack: text.as_bytes(), secret: Span::new(0, text.len()), prefix_len, custom_prefix: None }
    }

    #[test]
    fn base62_of_numbers() {
        assert_eq!(in_base62(0), *b"000000");
        assert_eq!(in_base62(61), *b"00000z");
        assert_eq!(in_base62(u32::MAX), *b"4gfFC3");
    }

    #[test]
    fn the_examples_of_the_formats() {
        // As published with the formats, in parts.
        let github = ["ghp_zQWBuTSOoRi4A9", "spHcVY5ncnsDkxkJ", "0mLq17"].concat();
        assert_eq!(base62(&claim(&github, 4)).confidence, Confidence::Proved);
        let grafana = ["glsa_yscW25imSKJIuav", "8zF37RZmnbiDvB05G", "_fcaaf58a"].concat();
        assert_eq!(hex(&claim(&grafana, 5)).confidence, Confidence::Proved);
        for (text, check) in [(github, base62 as fn(&Claim<'_>) -> Evidence), (grafana, hex)] {
            let wrong = text.replace('V', "W").replace('8', "9");
            assert_eq!(check(&claim(&wrong, 4)).reason, Some(Reason::WrongChecksum));
        }
    }

    #[test]
    fn too_short_texts() {
        assert_eq!(base62(&claim("ghp_", 4)).confidence, Confidence::Refuted);
        assert_eq!(hex(&claim("glsa_", 5)).confidence, Confidence::Refuted);
    }
}
