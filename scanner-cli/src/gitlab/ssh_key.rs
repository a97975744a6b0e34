//! The public half of a private key, and its fingerprint, for the formats that hold it.
//!
//! OpenSSH's own format has the public half in clear, encrypted keys too (`PROTOCOL.key` in its
//! sources), as have PuTTY's files. RSA keys in PEM and PKCS#8 hold modulus and exponent (RFC
//! 8017), elliptic ones mostly the point (RFC 5915, RFC 5958). From other formats it would have to
//! be computed.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD_NO_PAD};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The fingerprint that GitLab shows: `SHA256:` and base64 without padding.
///
/// None where the format does not hold the public half, or the key is broken or of a type that
/// SSH does not know.
#[must_use]
pub fn fingerprint(key: &[u8]) -> Option<String> {
    let blob = public_half(key)?;
    Some(format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(blob))))
}

/// The public half in SSH's wire format.
fn public_half(key: &[u8]) -> Option<Vec<u8>> {
    let text = Zeroizing::new(std::str::from_utf8(key).ok()?.to_owned());
    if text.starts_with("PuTTY-User-Key-File-") {
        return of_putty(&text);
    }
    if !text.starts_with("-----BEGIN ") {
        let inner = Zeroizing::new(BASE64.decode(text.trim()).ok()?);
        return of_armour(std::str::from_utf8(&inner).ok()?);
    }
    of_armour(&text)
}

fn of_armour(text: &str) -> Option<Vec<u8>> {
    let rest = text.strip_prefix("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let (body, _) = rest.split_once("-----END")?;
    let raw = decoded(body)?;
    match label.trim() {
        "OPENSSH PRIVATE KEY" => of_openssh(&raw),
        "RSA PRIVATE KEY" => of_rsa(&raw),
        "EC PRIVATE KEY" => of_ec(&raw, None),
        "PRIVATE KEY" => of_pkcs8(&raw),
        _ => None,
    }
}

/// The bytes of a body, whatever indents, quotes or escapes its lines. Headers make it an
/// encrypted key, which is left.
fn decoded(body: &str) -> Option<Zeroizing<Vec<u8>>> {
    if body.contains("Proc-Type") {
        return None;
    }
    let mut digits = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut bytes = body.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            // `\n` of a string literal.
            b'\\' => drop(bytes.next()),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' | b'=' => digits.push(byte),
            _ => {}
        }
    }
    Some(Zeroizing::new(BASE64.decode(&*digits).ok()?))
}

fn of_openssh(raw: &[u8]) -> Option<Vec<u8>> {
    let mut rest = raw.strip_prefix(b"openssh-key-v1\0")?;
    for _cipher_kdf_and_options in 0..3 {
        ssh_string(&mut rest)?;
    }
    let count = rest.split_off(..4)?;
    if count != [0, 0, 0, 1] {
        return None;
    }
    let blob = ssh_string(&mut rest)?;
    let mut inner = blob;
    ssh_string(&mut inner)?;
    Some(blob.to_vec())
}

fn ssh_string<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = rest.split_off(..4)?;
    let len = u32::from_be_bytes(len.try_into().ok()?);
    rest.split_off(..usize::try_from(len).ok()?)
}

fn of_putty(text: &str) -> Option<Vec<u8>> {
    let mut lines =
        text.lines().map(str::trim).skip_while(|line| !line.starts_with("Public-Lines:"));
    let count = lines.next()?.strip_prefix("Public-Lines:")?.trim().parse::<usize>().ok()?;
    let body: String = lines.take(count.min(1000)).collect();
    let blob = BASE64.decode(body).ok()?;
    let mut inner = &blob[..];
    ssh_string(&mut inner)?;
    Some(blob)
}

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OCTET_STRING: u8 = 0x04;
const OBJECT_ID: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
/// `[0]` and `[1]`, with a value inside, and `[1]` in place of one.
const TAGGED_0: u8 = 0xa0;
const TAGGED_1: u8 = 0xa1;
const IMPLICIT_1: u8 = 0x81;

/// 1.2.840.113549.1.1.1
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
/// 1.2.840.10045.2.1
const ELLIPTIC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.3.101.112
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];

/// The value of the next DER element, which has this tag.
fn der<'a>(rest: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (len, header) = match **rest {
        [found, len, ..] if found == tag && len < 0x80 => (usize::from(len), 2),
        [found, 0x81, len, ..] if found == tag => (usize::from(len), 3),
        [found, 0x82, high, low, ..] if found == tag => {
            (usize::from(u16::from_be_bytes([high, low])), 4)
        }
        _ => return None,
    };
    rest.split_off(..header)?;
    rest.split_off(..len)
}

fn of_rsa(raw: &[u8]) -> Option<Vec<u8>> {
    let mut key = der(&mut &raw[..], SEQUENCE)?;
    der(&mut key, INTEGER)?;
    let modulus = der(&mut key, INTEGER)?;
    let exponent = der(&mut key, INTEGER)?;
    // Numbers have the same bytes in DER and in SSH's format.
    Some(blob(&[b"ssh-rsa", exponent, modulus]))
}

fn of_pkcs8(raw: &[u8]) -> Option<Vec<u8>> {
    let mut key = der(&mut &raw[..], SEQUENCE)?;
    der(&mut key, INTEGER)?;
    let mut algorithm = der(&mut key, SEQUENCE)?;
    let id = der(&mut algorithm, OBJECT_ID)?;
    let inner = der(&mut key, OCTET_STRING)?;
    if id == RSA {
        return of_rsa(inner);
    }
    if id == ELLIPTIC {
        return of_ec(inner, der(&mut algorithm, OBJECT_ID));
    }
    if id != ED25519 {
        return None;
    }
    // Attributes may stand between.
    let _ = der(&mut key, TAGGED_0);
    match der(&mut key, IMPLICIT_1)? {
        [0, point @ ..] if point.len() == 32 => Some(blob(&[b"ssh-ed25519", point])),
        _ => None,
    }
}

fn of_ec(raw: &[u8], curve: Option<&[u8]>) -> Option<Vec<u8>> {
    let mut key = der(&mut &raw[..], SEQUENCE)?;
    der(&mut key, INTEGER)?;
    der(&mut key, OCTET_STRING)?;
    let named = der(&mut key, TAGGED_0).and_then(|mut named| der(&mut named, OBJECT_ID));
    let (name, point_len) = match curve.or(named)? {
        [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07] => ("nistp256", 65),
        [0x2b, 0x81, 0x04, 0x00, 0x22] => ("nistp384", 97),
        [0x2b, 0x81, 0x04, 0x00, 0x23] => ("nistp521", 133),
        _ => return None,
    };
    let mut tagged = der(&mut key, TAGGED_1)?;
    let [0, point @ ..] = der(&mut tagged, BIT_STRING)? else { return None };
    let is_whole = point.len() == point_len && point.first() == Some(&4);
    let kind = format!("ecdsa-sha2-{name}");
    is_whole.then(|| blob(&[kind.as_bytes(), name.as_bytes(), point]))
}

/// Strings of SSH's wire format, one after the other.
fn blob(parts: &[&[u8]]) -> Vec<u8> {
    let mut blob = Vec::new();
    for part in parts {
        blob.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        blob.extend_from_slice(part);
    }
    blob
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    /// Keys made by ssh-keygen, and the fingerprints that it tells. Skipped where it is missing.
    #[test]
    fn fingerprints_are_those_of_ssh_keygen() {
        let folder = tempfile::tempdir().unwrap();
        let rows: &[&[&str]] = &[
            &["-t", "ed25519"],
            &["-t", "ed25519", "-N", "passphrase"],
            &["-t", "rsa", "-b", "2048"],
            &["-t", "rsa", "-b", "2048", "-m", "PEM"],
            &["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
            &["-t", "ecdsa", "-b", "256", "-m", "PEM"],
            &["-t", "ecdsa", "-b", "384", "-m", "PKCS8"],
            &["-t", "ecdsa", "-b", "521"],
        ];
        for (at, row) in rows.iter().enumerate() {
            let file = folder.path().join(at.to_string());
            let mut command = Command::new("ssh-keygen");
            command.args(["-q", "-C", "test", "-f"]).arg(&file).args(*row);
            if !row.contains(&"-N") {
                command.args(["-N", ""]);
            }
            let Ok(status) = command.status() else { return };
            assert!(status.success());
            let told = Command::new("ssh-keygen").arg("-lf").arg(&file).output().unwrap().stdout;
            let told = String::from_utf8(told).unwrap();
            let expected = told.split(' ').nth(1).unwrap();
            let key = std::fs::read_to_string(&file).unwrap();
            assert_eq!(fingerprint(key.trim().as_bytes()).as_deref(), Some(expected), "{row:?}");
            let escaped = key.trim().replace('\n', "\\n");
            assert_eq!(fingerprint(escaped.as_bytes()).as_deref(), Some(expected), "{row:?}");
            let encoded = base64::engine::general_purpose::STANDARD.encode(&key);
            assert_eq!(fingerprint(encoded.as_bytes()).as_deref(), Some(expected), "{row:?}");
        }
    }

    #[test]
    fn putty_files_have_the_public_half_in_clear() {
        let half = blob(&[b"ssh-ed25519", &[7; 32]]);
        let encoded = base64::engine::general_purpose::STANDARD.encode(&half);
        let (first, second) = encoded.split_at(40);
        let file = format!(
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: x\nPublic-Lines: 2\n\
             {first}\n{second}\nPrivate-Lines: 1\nAAAA\n"
        );
        let expected = format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(&half)));
        assert_eq!(fingerprint(file.as_bytes()), Some(expected));
    }

    #[test]
    fn broken_keys_have_none() {
        let armour = |label: &str, raw: &[u8]| {
            let body = base64::engine::general_purpose::STANDARD.encode(raw);
            format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----")
        };
        let rows = [
            String::new(),
            "-----BEGIN ".into(),
            armour("OPENSSH PRIVATE KEY", b"openssh-key-v1\0\xff\xff\xff\xff"),
            armour("OPENSSH PRIVATE KEY", b""),
            armour("RSA PRIVATE KEY", &[0x30, 0x82, 0xff]),
            armour("PRIVATE KEY", &[0x30, 3, 2, 1, 0]),
            armour("EC PRIVATE KEY", &[0x30, 6, 2, 1, 1, 4, 1, 9]),
            armour("DSA PRIVATE KEY", &[0x30, 3, 2, 1, 0]),
            armour("RSA PRIVATE KEY", b"").replace('\n', "\nProc-Type: 4,ENCRYPTED\n"),
        ];
        for text in rows {
            assert_eq!(fingerprint(text.as_bytes()), None, "{text}");
        }
    }
}
