//! Keys between `-----BEGIN ...-----` and `-----END ...-----`.

use base64::Engine;

use crate::proof::fields::BASE64;
use crate::proof::private_key::found::{Found, WIREGUARD_LEN, is_der_sequence, ssh_string};
use crate::verdict::Reason;

const OPENSSH_MAGIC: &[u8] = b"openssh-key-v1\0";
const SSH2_MAGIC: [u8; 4] = [0x3f, 0x6f, 0xf9, 0xeb];
/// An Ed25519 key in PKCS#8 takes 48 bytes, the least of all.
const SHORTEST_KEY: usize = 48;

/// Examines an armoured key.
pub(super) fn examine(text: &[u8]) -> Found {
    let text = String::from_utf8_lossy(text).replace("\\r", "").replace("\\n", "\n");
    let Some((label, body)) = label_and_body(&text) else { return Found::Foreign };
    // A header is folded with a backslash at the end of the line.
    let mut was_folded = false;
    let is_header = |line: &str, was_folded: &mut bool| {
        let is = line.contains(':') || *was_folded;
        *was_folded = is && line.trim_end().ends_with('\\');
        is
    };
    let is_encrypted_by_header =
        body.lines().any(|line| line.contains(':') && line.contains("ENCRYPTED"));
    let lines = body.lines().filter(|line| !is_header(line, &mut was_folded));
    if label == "PGP" {
        return openpgp(lines);
    }
    let encoded: String = lines.flat_map(base64_of).collect();
    if encoded.trim_end_matches('=').len() * 3 / 4 < SHORTEST_KEY {
        // Raw keys in armour are shorter: 32 bytes.
        let is_raw = label.contains("25519") && encoded.len() == WIREGUARD_LEN;
        return if is_raw { Found::key("pem", false) } else { Found::Refuted(Reason::Placeholder) };
    }
    let Ok(raw) = BASE64.decode(encoded.as_bytes()) else { return Found::Undecided };
    match structure(label, &raw, is_encrypted_by_header) {
        Some((format, is_encrypted)) => Found::key(format, is_encrypted),
        None => Found::Refuted(Reason::WrongStructure),
    }
}

/// Examines an armoured key that is encoded in base64 once more. Certificates look the same at the
/// beginning.
pub(super) fn examine_encoded(text: &[u8]) -> Found {
    let encoded: Vec<u8> =
        text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    // What is cut off at its end decodes up to the last four characters.
    let whole = encoded.len() / 4 * 4;
    let Ok(raw) = BASE64.decode(&encoded).or_else(|_| BASE64.decode(&encoded[..whole])) else {
        return Found::Foreign;
    };
    let decoded = String::from_utf8_lossy(&raw);
    let Some(start) = decoded.find("-----BEGIN ").filter(|_| decoded.contains("PRIVATE KEY"))
    else {
        return Found::Foreign;
    };
    // A certificate can stand in front of its key.
    let key = decoded[start..]
        .split("-----BEGIN ")
        .find(|block| block.split("-----").next().is_some_and(|l| l.contains("PRIVATE KEY")));
    let Some(key) = key else { return Found::Foreign };
    match examine(format!("-----BEGIN {}", key.trim_end()).as_bytes()) {
        Found::Key { format, is_encrypted } => Found::Key { format, is_encrypted },
        Found::Foreign if !decoded.contains("-----END") => Found::Undecided,
        other => other,
    }
}

/// The characters of base64 in a line. A `+` that stands by itself joins strings of a program.
fn base64_of(line: &str) -> impl Iterator<Item = char> {
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=')));
    words.filter(|word| *word != "+").flat_map(str::chars)
}

/// The words between `BEGIN` and `PRIVATE KEY`, and what stands between the armour lines, which
/// must agree.
fn label_and_body(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text
        .trim_start_matches('-')
        .trim_start()
        .strip_prefix("BEGIN ")?
        .split_once("PRIVATE KEY")?;
    let rest = rest.strip_prefix(" BLOCK").unwrap_or(rest).trim_start_matches([' ', '-']);
    let at = rest.rfind("END ")?;
    let (end, _) = rest[at..].strip_prefix("END ")?.split_once("PRIVATE KEY")?;
    let body = rest[..at].trim_end_matches([' ', '-']);
    (label.trim() == end.trim()).then_some((label.trim(), body))
}

/// The format and whether a passphrase protects it; none where the bytes are not what the label
/// says.
fn structure(
    label: &str,
    raw: &[u8],
    is_encrypted_by_header: bool,
) -> Option<(&'static str, bool)> {
    match label {
        "OPENSSH" => {
            let cipher = ssh_string(raw.strip_prefix(OPENSSH_MAGIC)?)?;
            Some(("openssh", cipher != b"none"))
        }
        "SSH2 ENCRYPTED" => {
            // Magic, length, kind of key, cipher.
            let rest = raw.strip_prefix(&SSH2_MAGIC)?.get(4..)?;
            let kind = ssh_string(rest)?;
            let cipher = ssh_string(rest.get(4 + kind.len()..)?)?;
            Some(("ssh2", cipher != b"none"))
        }
        // Encrypted by a header, the bytes are those of a cipher.
        "RSA" | "EC" | "DSA" if is_encrypted_by_header => Some(("pem", true)),
        "RSA" | "EC" | "DSA" => is_der_sequence(raw).then_some(("pem", false)),
        "ENCRYPTED" => is_der_sequence(raw).then_some(("pkcs8", true)),
        "" => is_der_sequence(raw).then_some(("pkcs8", false)),
        // `ENCRYPTED SIGSTORE`, `ENCRYPTED COSIGN` hold JSON, Nebula's raw bytes.
        _ => Some(("other", is_encrypted_by_header || label.contains("ENCRYPTED"))),
    }
}

// --- OpenPGP
// ---------------------------------------------------------------------------------------------------------

/// A packet's first byte, as old and new versions write it, and its number: a secret key.
const SECRET_KEY: u8 = 5;
const SECRET_SUBKEY: u8 = 7;

fn openpgp<'t>(lines: impl Iterator<Item = &'t str>) -> Found {
    let mut encoded = String::new();
    let mut checksum = None;
    for line in lines {
        let line: String = base64_of(line).collect();
        match line.strip_prefix('=') {
            Some(sum) if sum.len() == 4 && !encoded.is_empty() => {
                checksum = BASE64.decode(sum).ok()
            }
            _ => encoded.push_str(&line),
        }
    }
    if encoded.len() * 3 / 4 < SHORTEST_KEY {
        return Found::Refuted(Reason::Placeholder);
    }
    let Ok(raw) = BASE64.decode(encoded.as_bytes()) else { return Found::Undecided };
    if checksum.is_some_and(|sum| sum != crc24(&raw).to_be_bytes()[1..]) {
        return Found::Refuted(Reason::WrongChecksum);
    }
    let is_secret = |tag| tag == SECRET_KEY || tag == SECRET_SUBKEY;
    let tag = match raw[0] {
        new if new & 0xc0 == 0xc0 => new & 0x3f,
        old if old & 0xc0 == 0x80 => (old >> 2) & 0x0f,
        _ => 0,
    };
    // Whether a passphrase protects it stands behind the numbers of the public half: not followed
    // here.
    Found::if_it(is_secret(tag), "openpgp", false)
}

/// The checksum of OpenPGP's armour.
fn crc24(bytes: &[u8]) -> u32 {
    const INIT: u32 = 0x00b7_04ce;
    const POLYNOMIAL: u32 = 0x0186_4cfb;
    const TOP: u32 = 0x0100_0000;
    bytes.iter().fold(INIT, |sum, byte| {
        (0..8).fold(sum ^ (u32::from(*byte) << 16), |sum, _| {
            let sum = sum << 1;
            if sum & TOP == 0 { sum } else { sum ^ POLYNOMIAL }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_openpgp() {
        // The check value of CRC-24/OPENPGP.
        assert_eq!(crc24(b"123456789"), 0x0021_cf02);
        assert_eq!(crc24(b""), 0x00b7_04ce);
    }

    #[test]
    fn labels_have_to_agree() {
        let text =
            |begin: &str, end: &str| format!("-----BEGIN {begin}-----\nbody\n-----END {end}-----");
        assert_eq!(
            label_and_body(&text("RSA PRIVATE KEY", "RSA PRIVATE KEY")),
            Some(("RSA", "\nbody\n"))
        );
        assert_eq!(
            label_and_body(&text("PGP PRIVATE KEY BLOCK", "PGP PRIVATE KEY BLOCK")).unwrap().0,
            "PGP"
        );
        assert_eq!(label_and_body(&text("RSA PRIVATE KEY", "EC PRIVATE KEY")), None);
        assert_eq!(label_and_body("-----BEGIN PRIVATE KEY-----"), None);
    }
}
