//! Microsoft's common annotated security keys, which begin in 52 random characters and then say
//! what they are.
//!
//! ```text
//! <random, 52>JQQJ9<kind, 1><year, 1><month, 1><platform, 12><provider, 4>
//!     <signature of the service, 4><checksum, 4>
//! ```
//!
//! Long ones have two more characters of the checksum and `==`. The checksum is Marvin32 of the 60
//! bytes that the first 80 characters stand for, written in base62, of older ones in base64.
//!
//! Sources: `IdentifiableSecrets.cs` and `LegacyCaskProviderSignatures.cs` in
//! <https://github.com/microsoft/security-utilities/tree/main/src/Microsoft.Security.Utilities.Core>;
//! for NuGet's keys, `ApiKeyV5.cs` in
//! <https://github.com/NuGet/NuGetGallery/tree/main/src/NuGetGallery.Services/Authentication>.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::checksum::BASE62;
use super::fields::{decoded, timestamp};
use super::marvin;
use crate::proof::claim::{Claim, Evidence, ProofResult};
use crate::text::boundary::Boundary;
use crate::text::boundary::is_free_on_the_left;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

const RANDOM_LEN: usize = 52;
const YEAR: usize = 58;
const MONTH: usize = 59;
const SIGNATURE: usize = 76;
const CHECKSUM: usize = 80;
const SEED: &[u8; 8] = b"Default0";
const FIRST_YEAR: usize = 2024;

const NUGET: &[u8] = b"NUGT";
const SERVICES: [(&[u8], &str); 10] = [
    (b"MSQL", "sql"),
    (b"AZAC", "app-configuration"),
    (b"AZFR", "fluid-relay"),
    (b"AZEG", "event-grid"),
    (b"AZDO", "devops"),
    (b"AZMR", "mixed-reality"),
    (b"AZMP", "maps"),
    (b"AZCS", "communication-services"),
    (b"ACOG", "cognitive-services"),
    (NUGET, "nuget"),
];

/// Examines the end of a key, from `JQQJ` on.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let Some(start) = claim.secret.start.checked_sub(RANDOM_LEN) else {
        return ProofResult::NoMatch;
    };
    let key = &claim.haystack[start..claim.secret.end];
    let (Some(signature), Some(checksum)) = (key.get(SIGNATURE..CHECKSUM), key.get(CHECKSUM..))
    else {
        return ProofResult::NoMatch;
    };
    let Some(body) = decoded(&key[..CHECKSUM])
        .filter(|_| key[..RANDOM_LEN].iter().all(u8::is_ascii_alphanumeric))
    else {
        return ProofResult::NoMatch;
    };
    let is_right = is_checksum_of(checksum, &body);
    if !is_right && !is_free_on_the_left(Boundary::Word, claim.haystack, start) {
        return ProofResult::NoMatch;
    }
    let signature = signature.to_ascii_uppercase();
    // Who could use another seed than the generator's own is not known, but for NuGet, whose
    // documentation says so.
    let (confidence, reason) = match is_right {
        true => (Confidence::Proved, None),
        false if signature == NUGET => (Confidence::Refuted, Some(Reason::WrongChecksum)),
        false => (Confidence::Likely, None),
    };
    let facts = if reason.is_some() { Facts::default() } else { facts(key, &signature) };
    ProofResult::Verdict(Evidence {
        span: Span::new(start, claim.secret.end),
        prefix_len: 0,
        confidence,
        reason,
        facts,
    })
}

fn is_checksum_of(written: &[u8], body: &[u8]) -> bool {
    let sum = marvin::hash32(body, u64::from_be_bytes(*SEED)).to_le_bytes();
    // Decoding and encoding clears the bits of the sixth character that stand for nothing.
    let in_base62 = decoded(&digits(sum)).map(|bytes| STANDARD.encode(bytes)).unwrap_or_default();
    let in_base64 = STANDARD.encode(sum);
    let len = written.iter().rposition(|byte| *byte != b'=').map_or(0, |last| last + 1);
    matches!(len, 4 | 6)
        && [in_base62, in_base64]
            .iter()
            .any(|sum| sum.as_bytes().get(..len) == Some(&written[..len]))
}

/// Six digits: the number whose bytes these are, the highest first. A byte of zero at the beginning
/// is one digit, and what is missing at the end is filled with zeros.
fn digits(bytes: [u8; 4]) -> [u8; 6] {
    let mut reversed = Vec::with_capacity(6);
    let mut number = u32::from_be_bytes(bytes);
    while number > 0 {
        reversed.push(BASE62[(number % 62) as usize]);
        number /= 62;
    }
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(3);
    let mut digits = [b'0'; 6];
    for (digit, value) in digits.iter_mut().skip(zeros).zip(reversed.iter().rev()) {
        *digit = *value;
    }
    digits
}

fn facts(key: &[u8], signature: &[u8]) -> Facts {
    let service =
        SERVICES.iter().find(|(known, _)| *known == signature).map(|(_, name)| (*name).to_owned());
    let service = service.unwrap_or_else(|| String::from_utf8_lossy(signature).into_owned());
    let month = in_order(key[MONTH]).filter(|month| *month < 12);
    let year = in_order(key[YEAR]).map(|year| FIRST_YEAR + year);
    let created = year.zip(month).map(|(year, month)| format!("{year}-{:02}", month + 1));
    let mut facts: Vec<(&'static str, String)> = vec![("service", service)];
    if signature == NUGET {
        facts.extend(base62(&key[63..69]).map(|id| ("user", id.to_string())));
        facts.extend(
            created
                .as_deref()
                .and_then(|month| nuget_expiry(key, month))
                .map(|time| ("expires_at", time)),
        );
    }
    facts.extend(created.map(|month| ("created", month)));
    facts.into_iter().collect()
}

/// Times are counted in base64, where capital letters come first.
fn in_order(digit: u8) -> Option<usize> {
    let value = base62(&[digit])?;
    Some(if value < 10 { value + 52 } else { value - 10 })
}

fn base62(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0_usize, |value, byte| {
        let digit = BASE62.iter().position(|known| known == byte)?;
        value.checked_mul(62)?.checked_add(digit)
    })
}

/// When a key of NuGet ends: its day, hour and minute, and how many times five minutes it lives.
fn nuget_expiry(key: &[u8], month: &str) -> Option<String> {
    let first: jiff::Timestamp = format!("{month}-01T00:00:00Z").parse().ok()?;
    let [day, hour, minute] = [69, 70, 71].map(|at| in_order(key[at]));
    let minutes = (day? * 24 + hour?) * 60 + minute? + base62(&key[73..76])? * 5;
    timestamp(first.as_second() + i64::try_from(minutes).ok()? * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examined(text: &str) -> ProofResult {
        let start = text.find("JQQJ").unwrap();
        examine(&Claim {
            haystack: text.as_bytes(),
            secret: Span::new(start, text.len()),
            prefix_len: 0,
            custom_prefix: None,
        })
    }

    fn decided(text: &str) -> Evidence {
        match examined(text) {
            ProofResult::Verdict(evidence) => evidence,
            _ => panic!("{text} is not decided"),
        }
    }

    #[test]
    fn the_published_example() {
        let key = [&"a".repeat(52), "JQQJ99", "ALN5Z0000LZ", "ENeS003NUGT3OrW"].concat();
        let found = decided(&format!("key={key}"));
        assert_eq!(found.span, Span::new(4, 88));
        assert_eq!(found.confidence, Confidence::Proved);
        let facts: Vec<_> = found.facts.iter().collect();
        assert_eq!(
            facts,
            [
                ("created", "2024-12"),
                ("expires_at", "2024-12-05T13:45:00Z"),
                ("service", "nuget"),
                ("user", "1337"),
            ]
        );
        assert_eq!(decided(&key.replace("aa", "ab")).reason, Some(Reason::WrongChecksum));
    }

    #[test]
    fn services_and_both_lengths() {
        let head = [&"b".repeat(52), "JQQJ99", "BK", &"A".repeat(16), "AZDO"].concat();
        let sum = marvin::hash32(&decoded(head.as_bytes()).unwrap(), u64::from_be_bytes(*SEED))
            .to_le_bytes();
        let base62 = STANDARD.encode(decoded(&digits(sum)).unwrap());
        for sum in [&base62[..4], &base62, &STANDARD.encode(sum)[..4], &STANDARD.encode(sum)] {
            let found = decided(&format!("x{head}{sum}"));
            assert_eq!(found.confidence, Confidence::Proved, "{sum}");
            assert_eq!(found.facts.get("service"), Some("devops"));
            assert_eq!(found.facts.get("created"), Some("2025-11"));
        }
        // Another checksum does not refute it, but then it has to stand alone.
        assert_eq!(decided(&format!("{head}0000")).confidence, Confidence::Likely);
        assert!(matches!(examined(&format!("x{head}0000")), ProofResult::NoMatch));
        assert!(matches!(examined(&head[1..]), ProofResult::NoMatch));
    }

    #[test]
    fn digits_with_zeros() {
        assert_eq!(digits([0, 0, 0, 0]), *b"000000");
        assert_eq!(digits([0, 0, 0, 61]), *b"000z00");
        assert_eq!(digits([255, 255, 255, 255]), *b"4gfFC3");
        assert_eq!(digits([0, 255, 255, 255]), *b"018OWF");
    }
}
