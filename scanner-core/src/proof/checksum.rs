//! Tokens that end in a CRC-32 of what stands before it.
//!
//! Sources: GitHub's and npm's announcements of their token formats
//! (<https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/>),
//! `pkg/components/satokengen` in Grafana's repository, `server/polar/kit/crypto.py` in Polar's,
//! `management/server/types/personal_access_token.go` in NetBird's, `synapse/handlers/auth.py` in
//! Synapse's, `crates/data-model/src/tokens.rs` in that of the Matrix Authentication Service, and
//! <https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html>.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::proof::claim::{Claim, Evidence};
use crate::verdict::{Confidence, Facts, Reason};

pub(super) const BASE62: &[u8; 62] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^6 is more than 2^32.
const BASE62_LEN: usize = 6;
const HEX_LEN: usize = 8;

/// GitHub, npm, NetBird and Polar: the last six characters are the checksum of the body before
/// them, in base62.
pub(super) fn base62(claim: &Claim<'_>) -> Evidence {
    let is_right = claim
        .body()
        .split_last_chunk()
        .is_some_and(|(body, sum)| *sum == in_base62(crc32fast::hash(body)));
    decided(claim, is_right)
}

/// Matrix: behind the last `_` the checksum of all that stands before it, in base62. Synapse
/// (`syt_`) writes it as usual; the Matrix Authentication Service (`mat_`) writes the lowest digit
/// first, and fills up on the left all the same.
pub(super) fn base62_of_all(claim: &Claim<'_>) -> Evidence {
    let is_right = claim.text().split_last_chunk().is_some_and(|(head, sum)| {
        let Some(head) = head.strip_suffix(b"_") else { return false };
        let mut digits = in_base62(crc32fast::hash(head));
        if head.starts_with(b"m") {
            let leading = digits.iter().take_while(|digit| **digit == BASE62[0]).count();
            digits[leading..].reverse();
        }
        *sum == digits
    });
    decided(claim, is_right)
}

/// Confluent: the last six characters are the checksum of the body before them, its lowest byte
/// first, in base64.
pub(super) fn base64(claim: &Claim<'_>) -> Evidence {
    let is_right = claim.body().split_last_chunk::<6>().is_some_and(|(body, sum)| {
        STANDARD_NO_PAD.encode(crc32fast::hash(body).to_le_bytes()).as_bytes() == sum
    });
    decided(claim, is_right)
}

/// Grafana: behind the last `_` the checksum of all that stands before it, its lowest byte first,
/// in hex.
pub(super) fn hex(claim: &Claim<'_>) -> Evidence {
    let is_right = claim.text().split_last_chunk::<HEX_LEN>().is_some_and(|(head, sum)| {
        let Some(head) = head.strip_suffix(b"_") else { return false };
        let expected = crc32fast::hash(head).swap_bytes();
        std::str::from_utf8(sum).is_ok_and(|sum| u32::from_str_radix(sum, 16) == Ok(expected))
    });
    decided(claim, is_right)
}

fn decided(claim: &Claim<'_>, is_right: bool) -> Evidence {
    if is_right {
        claim.with(Confidence::Proved, Facts::default())
    } else {
        claim.refuted(Reason::WrongChecksum)
    }
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
    use crate::text::span::Span;

    fn claim(text: &str, prefix_len: usize) -> Claim<'_> {
        Claim {
            haystack: text.as_bytes(),
            secret: Span::new(0, text.len()),
            prefix_len,
            custom_prefix: None,
        }
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
    fn checksums_of_matrix() {
        // As the documentation of the service's own code has them.
        for token in [
            ["mat_kkLSacJDpek22jKWw", "4AcXG68b7U3W6_0Lg9yb"],
            ["mar_PkpplxPkfjsqvtdfU", "lYR1Afg2TpaHF_GaTQd2"],
        ] {
            let token = token.concat();
            assert_eq!(base62_of_all(&claim(&token, 0)).confidence, Confidence::Proved);
            assert_eq!(
                base62_of_all(&claim(&token.replace('p', "q"), 0)).reason,
                Some(Reason::WrongChecksum)
            );
        }
        let head = ["syt", "_YWRh_abcdefghijklmnopqrst"].concat();
        let sum = String::from_utf8(in_base62(crc32fast::hash(head.as_bytes())).to_vec()).unwrap();
        assert_eq!(
            base62_of_all(&claim(&format!("{head}_{sum}"), 4)).confidence,
            Confidence::Proved
        );
        assert_eq!(
            base62_of_all(&claim(&format!("{head}{sum}"), 4)).confidence,
            Confidence::Refuted
        );
    }

    #[test]
    fn checksums_of_confluent() {
        let body = "abc/".repeat(13) + "de";
        let sum = STANDARD_NO_PAD.encode(crc32fast::hash(body.as_bytes()).to_le_bytes());
        let token = format!("cflt{body}{sum}");
        assert_eq!(token.len(), 64);
        assert_eq!(base64(&claim(&token, 4)).confidence, Confidence::Proved);
        assert_eq!(
            base64(&claim(&token.replace("de", "ed"), 4)).reason,
            Some(Reason::WrongChecksum)
        );
    }

    #[test]
    fn too_short_texts() {
        assert_eq!(base62_of_all(&claim("mat_", 4)).confidence, Confidence::Refuted);
        assert_eq!(base64(&claim("cflt", 4)).confidence, Confidence::Refuted);
        assert_eq!(base62(&claim("ghp_", 4)).confidence, Confidence::Refuted);
        assert_eq!(hex(&claim("glsa_", 5)).confidence, Confidence::Refuted);
    }
}
