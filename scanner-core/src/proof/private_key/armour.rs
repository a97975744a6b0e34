//! Keys between `-----BEGIN ...-----` and `-----END ...-----`.

use base64::Engine;

use crate::proof::fields::BASE64;
use crate::proof::private_key::found::{Found, WIREGUARD_LEN, is_der_sequence, ssh_string};
use crate::verdict::Reason;

const OPENSSH_MAGIC: &[u8] = b"openssh-key-v1\0";
const SSH2_MAGIC: [u8; 4] = [0x3f, 0x6f, 0xf9, 0xeb];
/// An Ed25519 key in PKCS#8 takes 48 bytes, the least of all.
const SHORTEST_KEY: usize = 48;

/// Examines an armoured key. `before` is what stands to its left on its line, which stands before
/// each other line, too, where a log, a patch or a program holds the key.
pub(super) fn examine(before: &[u8], text: &[u8]) -> Found {
    // A template: something is filled in.
    if text.contains(&b'{') {
        return Found::Foreign;
    }
    match plain(text) {
        found @ Found::Key { .. } => found,
        found => spread(before.len(), &String::from_utf8_lossy(text)).unwrap_or(found),
    }
}

/// A way to take the key's part out of a line.
type Way<'w> = &'w dyn Fn(&str) -> Option<String>;

/// Examines a key of which each line has something before or behind it; none where no way to take
/// that away leads to a key.
fn spread(column: usize, text: &str) -> Option<Found> {
    let (label, body) = label_and_body(text).filter(|(label, _)| *label != "PGP")?;
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let leading = |text: &str| text.split(|c| !is_base64(c)).next().unwrap_or_default().to_owned();
    let runs = |line: &str| -> Vec<String> {
        line.split(|c| !is_base64(c)).filter(|run| !run.is_empty()).map(str::to_owned).collect()
    };
    let ways: [Way<'_>; 4] = [
        &|line| line.get(column..).map(leading),
        &|line| line.split(['"', '\'']).nth(1).map(leading),
        &|line| runs(line).into_iter().max_by_key(String::len),
        &|line| runs(line).pop(),
    ];
    ways.iter().find_map(|way| {
        // Behind the first label and before the last one stand their own lines.
        let lines = body.split('\n').skip(1);
        let inside = lines.clone().take(lines.count().saturating_sub(1));
        let lines: Vec<String> = inside.filter_map(way).collect();
        // All are of the same length but the last.
        let (last, others) = lines.split_last()?;
        let len = others.first().map_or(last.len(), String::len);
        if last.len() > len || others.iter().any(|line| line.len() != len) {
            return None;
        }
        let encoded = lines.concat();
        let raw = BASE64.decode(encoded.as_bytes()).ok()?;
        let (format, is_encrypted) = structure(label, &raw, false)?;
        let is_whole = raw.len() >= SHORTEST_KEY && (format != "openssh" || is_whole_openssh(&raw));
        is_whole.then_some(())?;
        Some(Found::key(format, is_encrypted))
    })
}

/// Whether the parts of an OpenSSH key end where the bytes do.
fn is_whole_openssh(raw: &[u8]) -> bool {
    let mut rest = raw.strip_prefix(OPENSSH_MAGIC).unwrap_or_default();
    let skip_string = |rest: &mut &[u8]| {
        let len = ssh_string(rest).map(<[u8]>::len);
        *rest = len.and_then(|len| rest.get(4 + len..)).unwrap_or_default();
        len.is_some()
    };
    // Cipher, derivation, its options; the number of keys; the public one, the private one.
    let is_begun = (0..3).all(|_| skip_string(&mut rest));
    let Some((1, keys)) = rest.split_first_chunk().map(|(n, keys)| (u32::from_be_bytes(*n), keys))
    else {
        return false;
    };
    rest = keys;
    is_begun && (0..2).all(|_| skip_string(&mut rest)) && rest.is_empty()
}

fn plain(text: &[u8]) -> Found {
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
    // A key that is cut off at its end decodes up to its last four characters.
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
    match plain(format!("-----BEGIN {}", key.trim_end()).as_bytes()) {
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
        // Whatever the label says.
        "OPENSSH" | "RSA" | "EC" | "DSA" | ""
            if label == "OPENSSH" || raw.starts_with(OPENSSH_MAGIC) =>
        {
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
// -------------------------------------------------------------------------------------------------

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
    fn lines_with_something_beside_them() {
        // A sequence of 70 bytes.
        let raw = [&[0x30, 68][..], &[7; 68]].concat();
        let encoded = BASE64.encode(raw);
        let (first, last) = encoded.split_at(92);
        let lines = ["-----BEGIN EC PRIVATE KEY-----", first, last, "-----END EC PRIVATE KEY-----"];
        assert_eq!(last.len(), 4);
        let of = |before: &str, behind: &str| {
            let text: Vec<_> = lines.map(|line| format!("{before}{line}{behind}")).into();
            let text = text.join("\n");
            examine(before.as_bytes(), &text.as_bytes()[before.len()..text.len() - behind.len()])
        };
        for (before, behind) in [
            ("2026-05-01T10:00:00Z ", ""),
            ("#07 0.123 ", "\r"),
            ("web-1  | ", ""),
            ("\x1b[0;m", "\x1b[0m"),
            ("-", ""),
            ("echo '", "' >> k.pem"),
            ("'", "' . PHP_EOL ."),
        ] {
            assert!(matches!(of(before, behind), Found::Key { .. }), "{before} {behind}");
        }
        assert!(!matches!(of("A", "B"), Found::Key { .. }));
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
