//! Private keys in their file formats: each decodes to a structure that says what it is.
//!
//! Armoured keys are PEM (RFC 7468), OpenSSH's own format (`PROTOCOL.key` in its sources), OpenPGP
//! (RFC 9580, with the checksum of RFC 4880) and SSH2 of ssh.com. Then there are PuTTY's files,
//! age's and WireGuard's one-line keys, those of minisign and signify, XML and JSON, PKCS#12, and
//! all of PEM once more in base64.
//!
//! The armour may be indented, or written into a string with `\n` in place of line ends. A body
//! that decodes to the structure which its label promises is proved; one that decodes to something
//! else is refuted; one that does not decode, because something stands between its lines, is left
//! to the rule.

mod armour;
mod bech32;
mod files;
mod found;
mod pkcs12;

use self::found::{Found, WIREGUARD_LEN, facts};
use crate::proof::claim::{Claim, ProofResult};
use crate::proof::fields::shown;
use crate::verdict::Confidence;

/// Examines a key of any format: its beginning says which.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let text = claim.text();
    let starts = |beginning: &str| text.starts_with(beginning.as_bytes());
    let found = if text.len() == WIREGUARD_LEN && text.ends_with(b"=") {
        files::curve25519(text)
    } else if starts("----") {
        armour::examine(before(claim), text)
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
    } else if starts("M") {
        files::der(text)
    } else {
        files::jwk(text)
    };
    match found {
        Found::Key { format, is_encrypted } => {
            let project = google_project(claim).map(|project| ("project", project));
            let known = facts(format, is_encrypted);
            let facts =
                known.iter().map(|(name, value)| (name, value.to_owned())).chain(project).collect();
            ProofResult::Verdict(claim.with(Confidence::Proved, facts))
        }
        Found::Refuted(reason) => ProofResult::Verdict(claim.refuted(reason)),
        Found::Foreign => ProofResult::NoMatch,
        Found::Undecided => ProofResult::Inconclusive,
    }
}

/// What stands to the left of a key on its line, as far as it is looked at.
fn before<'h>(claim: &Claim<'h>) -> &'h [u8] {
    const REACH: usize = 100;
    let before = &claim.haystack[claim.secret.start.saturating_sub(REACH)..claim.secret.start];
    before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default()
}

/// The project of a service account of Google, whose key file has `project_id`, `private_key_id`
/// and `private_key` in this order (<https://cloud.google.com/iam/docs/keys-create-delete>).
fn google_project(claim: &Claim<'_>) -> Option<String> {
    // A stream keeps at least this much before a candidate.
    const REACH: usize = 300;
    let before = &claim.haystack[claim.secret.start.saturating_sub(REACH)..claim.secret.start];
    let before = String::from_utf8_lossy(before).replace('\\', "");
    let (before, _) = before.rsplit_once("\"private_key_id\"")?;
    let (_, value) = before.rsplit_once("\"project_id\"")?;
    shown(value.split('"').nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::found::{is_der_sequence, ssh_string};
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
    fn projects_of_google() {
        let told = |before: &str| {
            let text = format!("{before}-----BEGIN");
            google_project(&Claim {
                haystack: text.as_bytes(),
                secret: crate::text::span::Span::new(before.len(), text.len()),
                prefix_len: 0,
                custom_prefix: None,
            })
        };
        let file = r#"{"type": "service_account", "project_id": "acme-web",
            "private_key_id": "0a", "private_key": ""#;
        assert_eq!(told(file).as_deref(), Some("acme-web"));
        assert_eq!(told(&file.replace('"', "\\\"")).as_deref(), Some("acme-web"));
        for other in
            ["", "\"project_id\"", "\"private_key_id\"", "\"project_id\" \"private_key_id\""]
        {
            assert_eq!(told(other), None, "{other}");
        }
    }

    #[test]
    fn ssh_strings() {
        assert_eq!(ssh_string(&[0, 0, 0, 2, b'o', b'k', 9]), Some(&b"ok"[..]));
        assert_eq!(ssh_string(&[0, 0, 0, 9, b'o']), None);
        assert_eq!(ssh_string(&[0, 0]), None);
    }
}
