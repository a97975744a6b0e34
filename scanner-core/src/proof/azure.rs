//! Microsoft's identifiable keys, and client secrets of Entra.
//!
//! A key is base64 of random bytes, with four characters that name the service before the last six.
//! Its last four bytes are a checksum (Marvin32) of those before them, under a seed that names the
//! use. So a key is found by its four characters, and how far it goes to the left is tried out: the
//! checksum tells.
//!
//! Source: the generator and its table of signatures and seeds, `IdentifiableSecrets.cs` and
//! `IdentifiableMetadata.cs` in
//! <https://github.com/microsoft/security-utilities/tree/main/src/Microsoft.Security.Utilities.Core>.

use super::fields::decoded;
use super::marvin;
use crate::proof::claim::{Claim, Evidence, ProofResult};
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts};

/// What a service calls its keys.
struct Service {
    signature: &'static [u8],
    name: &'static str,
    /// Seeds, and what a key with such a checksum may do, where the service has several.
    uses: &'static [(&'static [u8; 8], &'static str)],
}

const fn service(
    signature: &'static [u8],
    name: &'static str,
    uses: &'static [(&'static [u8; 8], &'static str)],
) -> Service {
    Service { signature, name, uses }
}

const MESSAGING: &[(&[u8; 8], &str)] = &[
    (b"Send0000", "send"),
    (b"Listen00", "listen"),
    (b"Manage00", "manage"),
    (b"System00", "system"),
    (b"Unknown0", ""),
];

const SERVICES: [Service; 14] = [
    service(b"+ASt", "storage", &[(b"Default0", "")]),
    service(
        b"ACDb",
        "cosmos-db",
        &[
            (b"MastRW00", "read-write"),
            (b"MastRO00", "read-only"),
            (b"SystRW00", "system-read-write"),
            (b"SystRO00", "system-read-only"),
            (b"SysAll00", "system"),
            (b"Resour00", "resource"),
            (b"Encryp00", "encryption"),
        ],
    ),
    service(b"+ASb", "service-bus", MESSAGING),
    service(b"+AEh", "event-hubs", MESSAGING),
    service(b"+ARm", "relay", MESSAGING),
    service(b"AzCa", "redis", &[(b"Access00", "")]),
    service(b"+ABa", "batch", &[(b"AbAcct00", "")]),
    service(
        b"AzFu",
        "functions",
        &[(b"Master00", "master"), (b"System00", "system"), (b"Functi00", "function")],
    ),
    service(b"AzSe", "search", &[(b"Query000", "query"), (b"PAdmin00", "admin")]),
    service(b"+AMC", "machine-learning", &[(b"Classic0", "")]),
    service(b"+ACR", "container-registry", &[(b"ACRDflt0", "")]),
    service(b"+SQL", "sql", &[(b"UsrPwd00", "")]),
    service(
        b"AIoT",
        "iot",
        &[(b"IoTHub00", "hub"), (b"DpsKey00", "device-provisioning"), (b"Device00", "device")],
    ),
    service(
        b"APIM",
        "api-management",
        &[
            (b"Tenant00", "direct-management"),
            (b"IoTHub00", "subscription"),
            (b"Gatewy00", "gateway"),
            (b"GitKey00", "repository"),
        ],
    ),
];

/// The signature and the six characters behind it.
const TAIL_LEN: usize = 10;
/// The generator makes no shorter ones; the keys of the services have 32 to 64 bytes.
const SHORTEST_KEY: usize = 24;
const LONGEST_KEY: usize = 72;

/// Examines the end of a key, from its signature on.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let Some(service) = SERVICES.iter().find(|service| claim.text().starts_with(service.signature))
    else {
        return ProofResult::NoMatch;
    };
    (SHORTEST_KEY..=LONGEST_KEY)
        .find_map(|len| key_of(len, service, claim))
        .map_or(ProofResult::NoMatch, ProofResult::Verdict)
}

/// The key of `len` bytes that ends in the claim.
fn key_of(len: usize, service: &Service, claim: &Claim<'_>) -> Option<Evidence> {
    let signature = claim.secret.start;
    let start = signature.checked_sub((len * 4).div_ceil(3) - TAIL_LEN)?;
    let key =
        decoded(claim.haystack.get(start..signature + TAIL_LEN)?).filter(|key| key.len() == len)?;
    let (body, sum) = key.split_last_chunk::<4>()?;
    let is_seed = |seed: &[u8; 8]| {
        marvin::hash32(body, u64::from_be_bytes(*seed)) == u32::from_le_bytes(*sum)
    };
    let (_, access) = service.uses.iter().find(|(seed, _)| is_seed(seed))?;
    let padding = (claim.text().len() - TAIL_LEN).min((3 - len % 3) % 3);
    let access = (!access.is_empty()).then(|| ("access", (*access).to_owned()));
    Some(Evidence {
        span: Span::new(start, signature + TAIL_LEN + padding),
        prefix_len: 0,
        confidence: Confidence::Proved,
        reason: None,
        facts: [("service", service.name.to_owned())].into_iter().chain(access).collect(),
    })
}

const CLIENT_SECRET_SEED: &[u8; 8] = b"AadPwd00";
const CLIENT_SECRET_ALPHABET: &[u8; 66] =
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890.-_~";

/// Client secrets with `8Q~` in them end in the first three of six digits of their checksum. Those
/// with another digit have none.
pub(super) fn client_secret(claim: &Claim<'_>) -> ProofResult {
    let text = claim.text();
    let is_right = text.get(3..6) == Some(b"8Q~")
        && text.split_last_chunk::<3>().is_some_and(|(body, sum)| {
            let hash = marvin::hash32(body, u64::from_be_bytes(*CLIENT_SECRET_SEED));
            *sum == [66_u32.pow(5), 66_u32.pow(4), 66_u32.pow(3)]
                .map(|unit| CLIENT_SECRET_ALPHABET[(hash / unit % 66) as usize])
        });
    if is_right {
        ProofResult::Verdict(claim.with(Confidence::Proved, Facts::default()))
    } else {
        ProofResult::Inconclusive
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    /// Makes a key as the generator does: the bits of the signature stand where they appear in
    /// base64.
    fn key(len: usize, signature: &str, seed: &[u8; 8]) -> String {
        let random: Vec<u8> = (0..len).map(|i| (i * 37 + 11) as u8).collect();
        let plain = URL_SAFE.encode(&random);
        let unpadded = plain.trim_end_matches('=').len();
        let at = unpadded - TAIL_LEN;
        let is_of_urls = signature == "AzFu";
        let signed = format!("{}{signature}{}", &plain[..at], &plain[at + 4..]);
        let mut bytes = if is_of_urls {
            URL_SAFE.decode(signed)
        } else {
            STANDARD.decode(signed.replace('-', "+").replace('_', "/"))
        }
        .unwrap();
        let sum = marvin::hash32(&bytes[..len - 4], u64::from_be_bytes(*seed)).to_le_bytes();
        bytes[len - 4..].copy_from_slice(&sum);
        if is_of_urls { URL_SAFE.encode(bytes) } else { STANDARD.encode(bytes) }
    }

    fn examined(text: &str, signature: &str) -> ProofResult {
        let start = text.find(signature).unwrap();
        let end = start
            + TAIL_LEN
            + text[start + TAIL_LEN..].bytes().take_while(|byte| *byte == b'=').count();
        examine(&Claim {
            haystack: text.as_bytes(),
            secret: Span::new(start, end),
            prefix_len: 0,
            custom_prefix: None,
        })
    }

    #[test]
    fn keys_of_all_services() {
        for service in &SERVICES {
            for (seed, access) in service.uses {
                for len in [32, 39, 40, 64] {
                    let signature = std::str::from_utf8(service.signature).unwrap();
                    let key = key(len, signature, seed);
                    let text = format!("k=\\n{key}==");
                    let ProofResult::Verdict(found) = examined(&text, signature) else {
                        panic!("{key}")
                    };
                    assert_eq!(found.span, Span::new(4, 4 + key.len()), "{key}");
                    assert_eq!(found.confidence, Confidence::Proved);
                    assert_eq!(found.facts.get("service"), Some(service.name));
                    assert_eq!(found.facts.get("access").unwrap_or_default(), *access);
                }
            }
        }
    }

    #[test]
    fn other_bytes_are_none() {
        let key = key(64, "+ASt", b"Default0");
        for edited in [key.replacen('C', "D", 1), key[1..].to_owned(), key.replace("+ASt", "+ASb")]
        {
            assert!(matches!(
                examined(&edited, if edited.contains("+ASt") { "+ASt" } else { "+ASb" }),
                ProofResult::NoMatch
            ));
        }
        assert!(matches!(examined("+AStABCDEF==", "+ASt"), ProofResult::NoMatch));
    }

    #[test]
    fn client_secrets() {
        let body = ["abc", "8Q~", "0123456789abcdefghijklmnopqrstu"].concat();
        let hash = marvin::hash32(body.as_bytes(), u64::from_be_bytes(*CLIENT_SECRET_SEED));
        let mut digits: Vec<u8> =
            (0..6).map(|i| CLIENT_SECRET_ALPHABET[(hash / 66_u32.pow(i) % 66) as usize]).collect();
        digits.reverse();
        let secret = format!("{body}{}", std::str::from_utf8(&digits[..3]).unwrap());
        let examined = |text: &str| {
            client_secret(&Claim {
                haystack: text.as_bytes(),
                secret: Span::new(0, text.len()),
                prefix_len: 0,
                custom_prefix: None,
            })
        };
        let ProofResult::Verdict(found) = examined(&secret) else { panic!("no verdict") };
        assert_eq!(found.confidence, Confidence::Proved);
        assert!(matches!(examined(&secret.replace("8Q", "7Q")), ProofResult::Inconclusive));
        assert!(matches!(examined(&secret.replace("abc", "abd")), ProofResult::Inconclusive));
        assert!(matches!(examined("8Q~"), ProofResult::Inconclusive));
    }
}
