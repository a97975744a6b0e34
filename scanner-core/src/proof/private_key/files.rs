//! Keys in formats of their own: PuTTY, minisign and signify, XML, JSON, WireGuard.

use base64::Engine;

use crate::proof::fields::{BASE64, BASE64_URL};
use crate::proof::private_key::found::{Found, is_der_sequence, ssh_string};
use crate::verdict::Reason;

/// Keys in base64 without armour: one sequence of DER, to the last byte. The rule's regex has seen
/// how it begins.
pub(super) fn der(text: &[u8]) -> Found {
    const OF_RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let Some(raw) = BASE64.decode(text).ok().filter(|raw| is_der_sequence(raw)) else {
        return Found::Foreign;
    };
    // The version comes first, then the key, or what it is for.
    let format = match raw.iter().position(|byte| *byte == 0x02).and_then(|at| raw.get(at + 2..)) {
        Some([0, 0x30, ..]) => "pkcs8",
        Some([0, 0x02, ..]) => "pkcs1",
        Some([1, 0x04, ..]) => "sec1",
        _ if raw.windows(OF_RSA.len()).any(|part| part == OF_RSA) => "pkcs8",
        _ => return Found::Foreign,
    };
    Found::key(format, false)
}

/// PuTTY's files: counted lines of the public and the private half.
pub(super) fn putty(text: &[u8]) -> Found {
    let text = String::from_utf8_lossy(text).replace("\\r", "").replace("\\n", "\n");
    let value_of = |name: &str| {
        text.lines().find_map(|line| line.trim_start().strip_prefix(name)?.strip_prefix(": "))
    };
    let block = |name: &str| -> Option<Vec<u8>> {
        let count: usize = value_of(name)?.trim().parse().ok()?;
        let mut lines =
            text.lines().skip_while(|line| !line.trim_start().starts_with(name)).skip(1);
        let encoded: String = lines.by_ref().take(count).map(str::trim).collect();
        BASE64.decode(encoded).ok()
    };
    let kind =
        text.lines().next().and_then(|line| line.split_once(": ")).map(|(_, kind)| kind.trim());
    let (Some(kind), Some(public), Some(private)) =
        (kind, block("Public-Lines"), block("Private-Lines"))
    else {
        return Found::Undecided;
    };
    let is_encrypted = value_of("Encryption").is_some_and(|cipher| cipher.trim() != "none");
    let holds = ssh_string(&public) == Some(kind.as_bytes()) && private.len() >= 16;
    Found::if_it(holds, "putty", is_encrypted)
}

/// What minisign and signify write below their comment: two letters of the algorithm, two of the
/// key derivation.
pub(super) fn minisign(text: &[u8]) -> Found {
    const MINISIGN_LEN: usize = 158;
    const SIGNIFY_LEN: usize = 104;
    let Ok(raw) = BASE64.decode(text) else { return Found::Foreign };
    match (raw.as_slice(), raw.len()) {
        ([b'E', b'd', b'S', b'c', b'B', b'2', ..], MINISIGN_LEN) => Found::key("minisign", true),
        ([b'E', b'd', 0, 0, b'B', b'2', ..], MINISIGN_LEN) => Found::key("minisign", false),
        ([b'E', b'd', b'B', b'K', rounds @ ..], SIGNIFY_LEN) => {
            Found::key("signify", rounds[..4] != [0; 4])
        }
        _ => Found::Foreign,
    }
}

/// .NET's `<RSAKeyValue>`: with the private exponent `D`, as long as the modulus.
pub(super) fn xml(text: &[u8]) -> Found {
    let text = String::from_utf8_lossy(text).replace("&lt;", "<").replace("&gt;", ">");
    let value = |name: &str| -> Option<Vec<u8>> {
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        let (encoded, _) = rest.split_once(&format!("</{name}>"))?;
        let encoded: String = encoded.split_whitespace().collect();
        BASE64.decode(encoded).ok()
    };
    let (Some(modulus), Some(exponent)) = (value("Modulus"), value("D")) else {
        return Found::Undecided;
    };
    if exponent.is_empty() || text.contains("<D></D>") {
        return Found::Foreign;
    }
    // Leading zeros may be left out.
    Found::if_it(
        modulus.len() >= 32
            && exponent.len() <= modulus.len()
            && exponent.len() + 4 >= modulus.len(),
        "xml",
        false,
    )
}

/// The private exponent, scalar or symmetric key of a JWK (RFC 7518, 8037): as long as its modulus,
/// curve or cipher.
pub(super) fn jwk(text: &[u8]) -> Found {
    let Ok(raw) = BASE64_URL.decode(text) else { return Found::Refuted(Reason::WrongStructure) };
    let is_scalar = matches!(raw.len(), 16 | 24 | 32 | 48 | 56 | 57 | 64 | 66);
    let is_exponent = (120..=1024).contains(&raw.len());
    if is_scalar || is_exponent { Found::Undecided } else { Found::Refuted(Reason::WrongStructure) }
}

/// A key of Curve25519, clamped as `wg genkey` does it. One that is not clamped may be a key too.
pub(super) fn curve25519(text: &[u8]) -> Found {
    match BASE64.decode(text).as_deref() {
        Ok(raw) if raw.len() == 32 && raw.iter().all(|byte| *byte == raw[0]) => {
            Found::Refuted(Reason::Placeholder)
        }
        Ok(raw) if raw.len() == 32 => Found::Undecided,
        _ => Found::Refuted(Reason::WrongStructure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_jwks() {
        for len in [32, 48, 66, 256] {
            assert!(
                matches!(jwk(BASE64_URL.encode(vec![7; len]).as_bytes()), Found::Undecided),
                "{len}"
            );
        }
        for len in [17, 33, 2000] {
            assert!(
                matches!(jwk(BASE64_URL.encode(vec![7; len]).as_bytes()), Found::Refuted(_)),
                "{len}"
            );
        }
    }

    #[test]
    fn kinds_of_minisign() {
        let raw =
            |head: &[u8], len: usize| BASE64.encode([head, &vec![9; len - head.len()]].concat());
        assert!(matches!(
            minisign(raw(b"EdScB2", 158).as_bytes()),
            Found::Key { is_encrypted: true, .. }
        ));
        assert!(matches!(
            minisign(raw(b"Ed\0\0B2", 158).as_bytes()),
            Found::Key { is_encrypted: false, .. }
        ));
        assert!(matches!(
            minisign(raw(b"EdBK\0\0\0\0", 104).as_bytes()),
            Found::Key { is_encrypted: false, .. }
        ));
        assert!(matches!(minisign(raw(b"EdScB2", 157).as_bytes()), Found::Foreign));
    }
}
