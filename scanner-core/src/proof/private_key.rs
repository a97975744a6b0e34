//! Private keys in their file formats: each decodes to a structure that says what it is.
//!
//! Armoured keys are PEM (RFC 7468), OpenSSH's own format (`PROTOCOL.key` in its sources), OpenPGP (RFC 9580, with the
//! checksum of RFC 4880) and SSH2 of ssh.com. Then there are PuTTY's files, age's and WireGuard's one-line keys, those of
//! minisign and signify, XML and JSON, PKCS#12, and all of PEM once more in base64.
//!
//! The armour may be indented, or written into a string with `\n` in place of line ends. A body that decodes to the
//! structure which its label promises is proved; one that decodes to something else is refuted; one that does not
//! decode, because something stands between its lines, is left to the rule.

mod armour;
mod bech32;
mod files;
mod pkcs12;

use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Claim, Examined};
use crate::verdict::{Confidence, Facts, Reason};

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, CONFIG);
const BASE64_URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, CONFIG);

/// What a text has been found to be.
enum Found {
    /// A key of this format, with or without a passphrase.
    Key { format: &'static str, is_encrypted: bool },
    /// Not what it says it is.
    Refuted(Reason),
    /// Something else that looks like it: a certificate, the other half of a pair.
    Foreign,
    /// Nothing can be said.
    Undecided,
}

impl Found {
    fn key(format: &'static str, is_encrypted: bool) -> Self {
        Self::Key { format, is_encrypted }
    }

    /// A key where `holds`, else a text of another structure.
    fn if_it(holds: bool, format: &'static str, is_encrypted: bool) -> Self {
        if holds { Self::key(format, is_encrypted) } else { Self::Refuted(Reason::WrongStructure) }
    }
}

/// Examines a key of any format: its beginning says which.
pub(super) fn examine(claim: &Claim<'_>) -> Examined {
    let text = claim.text();
    let starts = |beginning: &str| text.starts_with(beginning.as_bytes());
    let found = if text.len() == WIREGUARD_LEN && text.ends_with(b"=") {
        files::curve25519(text)
    } else if starts("----") {
        armour::examine(text)
    } else if starts("AGE-") {
        bech32::examine(text)
    } else if starts("PuTTY-") {
        files::putty(text)
    } else if starts("RWRTY0Iy") || starts("RWQAAEIy") || starts("RWRCSwAAA") {
        files::minisign(text)
    } else if starts("LS0tLS1CRUdJTiB") {
        armour::examine_encoded(text)
    } else if starts("<") || starts("&") {
        files::xml(text)
    } else if starts("\x02") || text.get(6..12) == Some(b"IBAzCC") {
        return pkcs12::examine(claim);
    } else {
        files::jwk(text)
    };
    match found {
        Found::Key { format, is_encrypted } => {
            Examined::Decided(claim.with(Confidence::Proved, facts(format, is_encrypted)))
        }
        Found::Refuted(reason) => Examined::Decided(claim.refuted(reason)),
        Found::Foreign => Examined::Foreign,
        Found::Undecided => Examined::Undecided,
    }
}

/// 32 bytes in base64.
const WIREGUARD_LEN: usize = 44;

/// The facts of a key. OpenPGP and PKCS#12 do not tell at their beginning whether a passphrase protects the key.
fn facts(format: &'static str, is_encrypted: bool) -> Facts {
    let is_known = !matches!(format, "openpgp" | "pkcs12");
    let encrypted = is_known.then(|| ("encrypted", is_encrypted.to_string()));
    [("format", format.to_owned())].into_iter().chain(encrypted).collect()
}

/// A string of SSH's wire format: a length of four bytes, then the bytes.
fn ssh_string(raw: &[u8]) -> Option<&[u8]> {
    let (len, rest) = raw.split_first_chunk::<4>()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

const DER_SEQUENCE: u8 = 0x30;

/// The length of a DER sequence that a text starts with, its header included.
fn der_sequence_len(raw: &[u8]) -> Option<usize> {
    let (len, header) = match raw {
        [DER_SEQUENCE, len, ..] if *len < 0x80 => (usize::from(*len), 2),
        [DER_SEQUENCE, 0x81, len, ..] => (usize::from(*len), 3),
        [DER_SEQUENCE, 0x82, high, low, ..] => (usize::from(u16::from_be_bytes([*high, *low])), 4),
        _ => return None,
    };
    Some(header + len)
}

/// Whether the bytes are one DER sequence, to the last byte.
fn is_der_sequence(raw: &[u8]) -> bool {
    der_sequence_len(raw) == Some(raw.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn der_lengths() {
        assert!(is_der_sequence(&[0x30, 1, 0]));
        assert!(is_der_sequence(&[&[0x30, 0x81, 200][..], &[0; 200]].concat()));
        assert!(is_der_sequence(&[&[0x30, 0x82, 1, 0][..], &[0; 256]].concat()));
        for bad in [&[][..], &[0x30], &[0x30, 2, 0], &[0x31, 1, 0], &[0x30, 0x80, 0]] {
            assert!(!is_der_sequence(bad), "{bad:?}");
        }
    }

    #[test]
    fn ssh_strings() {
        assert_eq!(ssh_string(&[0, 0, 0, 2, b'o', b'k', 9]), Some(&b"ok"[..]));
        assert_eq!(ssh_string(&[0, 0, 0, 9, b'o']), None);
        assert_eq!(ssh_string(&[0, 0]), None);
    }
}
