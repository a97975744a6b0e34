//! Private keys in PEM armour (RFC 7468) and OpenSSH's own format (`PROTOCOL.key` in its sources).
//!
//! The armour may be indented, or written into a string with `\n` in place of line ends. A body that decodes to the
//! structure which its label promises is proved; one that decodes to something else is refuted; one that does not
//! decode, because something stands between its lines, is left to the rule.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Claim, Examined};
use crate::verdict::{Confidence, Facts, Reason};

const OPENSSH_MAGIC: &[u8] = b"openssh-key-v1\0";
const DER_SEQUENCE: u8 = 0x30;
/// An Ed25519 key in PKCS#8 takes 48 bytes, the least of all.
const SHORTEST_KEY: usize = 48;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Examines an armoured key.
pub(super) fn examine(claim: &Claim<'_>) -> Examined {
    let text = String::from_utf8_lossy(claim.text()).replace("\\r", "").replace("\\n", "\n");
    let Some((label, body)) = label_and_body(&text) else { return Examined::Undecided };
    let is_header = |line: &str| line.contains(':');
    let is_encrypted_by_header = body.lines().any(|line| is_header(line) && line.contains("ENCRYPTED"));
    let encoded: String = body.lines().filter(|line| !is_header(line)).flat_map(base64_of).collect();
    if encoded.trim_end_matches('=').len() * 3 / 4 < SHORTEST_KEY {
        return Examined::Decided(claim.refuted(Reason::Placeholder));
    }
    let Ok(raw) = BASE64.decode(encoded.as_bytes()) else { return Examined::Undecided };
    let Some((format, is_encrypted)) = structure(label, &raw, is_encrypted_by_header) else {
        return Examined::Decided(claim.refuted(Reason::WrongStructure));
    };
    let facts: Facts = [("format", format.to_owned()), ("encrypted", is_encrypted.to_string())].into_iter().collect();
    Examined::Decided(claim.with(Confidence::Proved, facts))
}

/// The characters of base64 in a line. A `+` that stands by itself joins strings of a program.
fn base64_of(line: &str) -> impl Iterator<Item = char> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')));
    words.filter(|word| *word != "+").flat_map(str::chars)
}

/// The words between `BEGIN` and `PRIVATE KEY`, and what stands between the armour lines.
fn label_and_body(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("-----BEGIN ")?.split_once("PRIVATE KEY-----")?;
    let (body, _) = rest.rsplit_once("-----END ")?;
    Some((label.trim(), body))
}

/// The format and whether a passphrase protects it; none where the bytes are not what the label says.
fn structure(label: &str, raw: &[u8], is_encrypted_by_header: bool) -> Option<(&'static str, bool)> {
    match label {
        "OPENSSH" => {
            let cipher = ssh_string(raw.strip_prefix(OPENSSH_MAGIC)?)?;
            Some(("openssh", cipher != b"none"))
        }
        // Encrypted by a header, the bytes are those of a cipher.
        "RSA" | "EC" | "DSA" if is_encrypted_by_header => Some(("pem", true)),
        "RSA" | "EC" | "DSA" => is_der_sequence(raw).then_some(("pem", false)),
        "ENCRYPTED" => is_der_sequence(raw).then_some(("pkcs8", true)),
        "" => is_der_sequence(raw).then_some(("pkcs8", false)),
        _ => Some(("other", is_encrypted_by_header)),
    }
}

/// A string of SSH's wire format: a length of four bytes, then the bytes.
fn ssh_string(raw: &[u8]) -> Option<&[u8]> {
    let (len, rest) = raw.split_first_chunk::<4>()?;
    rest.get(..usize::try_from(u32::from_be_bytes(*len)).ok()?)
}

/// Whether the bytes are one DER sequence, to the last byte.
fn is_der_sequence(raw: &[u8]) -> bool {
    let (len, header) = match raw {
        [DER_SEQUENCE, len, ..] if *len < 0x80 => (usize::from(*len), 2),
        [DER_SEQUENCE, 0x81, len, ..] => (usize::from(*len), 3),
        [DER_SEQUENCE, 0x82, high, low, ..] => (usize::from(u16::from_be_bytes([*high, *low])), 4),
        _ => return false,
    };
    raw.len() == header + len
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
