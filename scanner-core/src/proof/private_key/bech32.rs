//! Bech32 (BIP 173), as age writes its keys: a readable part, `1`, data and a checksum of six
//! characters.

use crate::proof::private_key::found::Found;
use crate::verdict::Reason;

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CHECKSUM_LEN: usize = 6;

/// Examines a key of age.
pub(super) fn examine(text: &[u8]) -> Found {
    if is_valid(text) { Found::key("age", false) } else { Found::Refuted(Reason::WrongChecksum) }
}

fn is_valid(text: &[u8]) -> bool {
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.iter().rposition(|byte| *byte == b'1') else { return false };
    let (readable, data) = (&lower[..at], &lower[at + 1..]);
    let values: Option<Vec<u32>> = data
        .iter()
        .map(|byte| ALPHABET.iter().position(|c| c == byte).and_then(|at| u32::try_from(at).ok()))
        .collect();
    let Some(values) = values.filter(|values| values.len() > CHECKSUM_LEN) else { return false };
    let high = readable.iter().map(|byte| u32::from(byte >> 5));
    let low = readable.iter().map(|byte| u32::from(byte & 31));
    polymod(high.chain([0]).chain(low).chain(values)) == 1
}

fn polymod(values: impl Iterator<Item = u32>) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |sum, value| {
        let top = sum >> 25;
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ value;
        (0..5)
            .filter(|bit| (top >> bit) & 1 == 1)
            .fold(shifted, |sum, bit| sum ^ GENERATOR[bit as usize])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums() {
        // The valid strings of BIP 173.
        assert!(is_valid(b"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw"));
        assert!(is_valid(b"split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w"));
        assert!(!is_valid(b"split1checkupstagehandshakeupstreamerranterredcaperred2y9e3x"));
        assert!(!is_valid(b"no separator"));
        assert!(!is_valid(b"abc1bio"));
    }
}
