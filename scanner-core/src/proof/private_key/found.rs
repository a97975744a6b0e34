//! What the readers of key formats have in common.

use crate::verdict::{Facts, Reason};

pub(super) const DER_SEQUENCE: u8 = 0x30;

/// What a text has been found to be.
pub(super) enum Found {
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
    pub(super) fn key(format: &'static str, is_encrypted: bool) -> Self {
        Self::Key { format, is_encrypted }
    }

    /// A key where `holds`, else a text of another structure.
    pub(super) fn if_it(holds: bool, format: &'static str, is_encrypted: bool) -> Self {
        if holds { Self::key(format, is_encrypted) } else { Self::Refuted(Reason::WrongStructure) }
    }
}

/// The facts of a key. OpenPGP and PKCS#12 do not tell at their beginning whether a passphrase
/// protects the key.
pub(super) fn facts(format: &'static str, is_encrypted: bool) -> Facts {
    let is_known = !matches!(format, "openpgp" | "pkcs12");
    let encrypted = is_known.then(|| ("encrypted", is_encrypted.to_string()));
    [("format", format.to_owned())].into_iter().chain(encrypted).collect()
}

/// A string of SSH's wire format: a length of four bytes, then the bytes.
pub(super) fn ssh_string(raw: &[u8]) -> Option<&[u8]> {
    let (len, rest) = raw.split_first_chunk::<4>()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

/// The length of a DER sequence that a text starts with, its header included.
pub(super) fn der_sequence_len(raw: &[u8]) -> Option<usize> {
    let (len, header) = match raw {
        [DER_SEQUENCE, len, ..] if *len < 0x80 => (usize::from(*len), 2),
        [DER_SEQUENCE, 0x81, len, ..] => (usize::from(*len), 3),
        [DER_SEQUENCE, 0x82, high, low, ..] => (usize::from(u16::from_be_bytes([*high, *low])), 4),
        _ => return None,
    };
    Some(header + len)
}

/// Whether the bytes are one DER sequence, to the last byte.
pub(super) fn is_der_sequence(raw: &[u8]) -> bool {
    der_sequence_len(raw) == Some(raw.len())
}

/// 32 bytes in base64.
pub(super) const WIREGUARD_LEN: usize = 44;
