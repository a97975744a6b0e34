//! Replaces placeholders in the text of a sample by fake secrets: `<<gitlab:1>>`, `<<hex:40>>`,
//! `<<base64 user:<<password:2>>>>`.
//!
//! A placeholder names a kind and its argument: a number that tells it from others, a length, or a
//! text. Equal placeholders in one file give equal secrets.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::tokens::{Random, friendly, personal};

/// Returns the text with all placeholders replaced, the inner ones first. `file` is a part of the
/// seed of each secret. Panics for a kind that does not exist and for a missing `<<`.
pub(crate) fn fill_placeholders(file: &str, text: &str) -> String {
    let mut text = text.to_owned();
    while let Some(end) = text.find(">>") {
        let start = text[..end]
            .rfind("<<")
            .unwrap_or_else(|| panic!("{file}: a placeholder has no beginning"));
        let value = value(file, &text[start + 2..end]);
        text.replace_range(start..end + 2, &value);
    }
    text
}

const DIGITS: &[u8] = b"0123456789";
const HEX: &[u8] = b"0123456789abcdef";
const UPPER_HEX: &[u8] = b"0123456789ABCDEF";
const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE62: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The characters of WordPress' salts, without quotes and those that begin a template.
const SALT: &[u8] =
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#^&*()-_ []|~+=,.;:/?";
const DJANGO: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";

fn value(file: &str, placeholder: &str) -> String {
    let (kind, rest) = placeholder.split_once([':', ' ']).unwrap_or((placeholder, ""));
    let random = &mut Random::new(hash(&format!("{file} {placeholder}")));
    let len = || {
        rest.split(':')
            .next()
            .and_then(|len| len.parse().ok())
            .unwrap_or_else(|| panic!("{placeholder}"))
    };
    match kind {
        "base64" => STANDARD.encode(rest.replace("\\n", "\n")),
        "gzip" => STANDARD.encode(gzip(rest.as_bytes())),
        "escaped" => rest.replace('-', "\\u002d"),
        "lines" => rest.replace('\n', "\\n"),
        "gitlab" => personal(random),
        "runner" => format!("{}{}", concat!("gl", "rt-"), friendly(random, 20)),
        "trigger" => format!("{}{}", concat!("glp", "tt-"), of(random, HEX, 40)),
        "npm" => npm(random),
        "pypi" => format!("{}{}", concat!("pypi-AgEI", "cHlwaS5vcmc"), of(random, BASE62, 150)),
        "password" => password(random),
        "uuid" => uuid(random),
        "base62" => of(random, BASE62, len()),
        "hex" => of(random, HEX, len()),
        "HEX" => of(random, UPPER_HEX, len()),
        "base32" => of(random, BASE32, len()),
        "digits" => of(random, DIGITS, len()),
        "salt" => of(random, SALT, 64),
        "django" => of(random, DJANGO, 50),
        "random64" => STANDARD.encode(random.bytes(len())),
        "random64url" => URL_SAFE_NO_PAD.encode(random.bytes(len())),
        "wireguard" => wireguard(random),
        "pem" => armoured(concat!("PRIVATE", " KEY"), &pkcs8(random), 64),
        "openssh" => armoured(concat!("OPENSSH PRIVATE", " KEY"), &openssh(random), 70),
        _ => panic!("{file}: <<{placeholder}>> is of no kind"),
    }
}

/// Compresses bytes as one gzip member.
pub(crate) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::default());
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

/// Returns the FNV-1a hash.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn of(random: &mut Random, alphabet: &[u8], len: usize) -> String {
    (0..len).map(|_| char::from(alphabet[random.below(alphabet.len())])).collect()
}

/// Makes a password that a person could remember: letters, a sign, digits, letters.
fn password(random: &mut Random) -> String {
    const UPPER: &[u8] = b"BCDFGHJKMNPQRTVWXZ";
    const LOWER: &[u8] = b"bcdfghjkmnpqrtvwxz";
    [
        (UPPER, 1),
        (LOWER, 3),
        (&b"!+~?"[..], 1),
        (&b"6789"[..], 2),
        (LOWER, 2),
        (UPPER, 2),
        (&b"6789"[..], 1),
    ]
    .map(|(alphabet, len)| of(random, alphabet, len))
    .concat()
}

fn uuid(random: &mut Random) -> String {
    let groups = [8, 4, 3, 3, 12].map(|len| of(random, HEX, len));
    format!("{}-{}-4{}-a{}-{}", groups[0], groups[1], groups[2], groups[3], groups[4])
}

/// Makes an npm token: 30 characters and their checksum in base62.
fn npm(random: &mut Random) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let body = of(random, BASE62, 30);
    let mut sum = crc32fast::hash(body.as_bytes());
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(sum % 62) as usize];
        sum /= 62;
    }
    format!("{}{body}{}", concat!("np", "m_"), String::from_utf8_lossy(&digits))
}

/// Makes a key for Curve25519, with the bits set that WireGuard sets.
fn wireguard(random: &mut Random) -> String {
    let mut key = random.bytes(32);
    key[0] &= 248;
    key[31] = key[31] & 127 | 64;
    STANDARD.encode(key)
}

/// Makes an Ed25519 key in PKCS#8, as DER.
fn pkcs8(random: &mut Random) -> Vec<u8> {
    let head = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ];
    [&head[..], &random.bytes(32)].concat()
}

/// Makes an Ed25519 key as OpenSSH writes it without a passphrase (`PROTOCOL.key` in its sources).
fn openssh(random: &mut Random) -> Vec<u8> {
    let text = |bytes: &[u8]| [&(bytes.len() as u32).to_be_bytes()[..], bytes].concat();
    let (public, secret, check) = (random.bytes(32), random.bytes(32), random.bytes(4));
    let name = text(b"ssh-ed25519");
    let pair = text(&[&secret[..], &public].concat());
    let mut private =
        [&check[..], &check, &name, &text(&public), &pair, &text(b"ada@corp.test")].concat();
    let padding = (8 - private.len() % 8) % 8;
    private.extend((1..=padding).map(|byte| byte as u8));
    let public = text(&[name, text(&public)].concat());
    let head = [
        b"openssh-key-v1\0".to_vec(),
        text(b"none"),
        text(b"none"),
        text(b""),
        1_u32.to_be_bytes().to_vec(),
    ];
    [head.concat(), public, text(&private)].concat()
}

fn armoured(label: &str, raw: &[u8], width: usize) -> String {
    let encoded = STANDARD.encode(raw);
    let lines: Vec<&str> =
        encoded.as_bytes().chunks(width).map(|line| str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", lines.join("\n"))
}
