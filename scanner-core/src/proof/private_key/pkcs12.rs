//! PKCS#12 (RFC 7292): a sequence of version 3 and authenticated content, as a file or in base64.

use base64::Engine;

use super::{BASE64, der_sequence_len, facts};
use crate::proof::{Claim, Examined};
use crate::span::Span;
use crate::verdict::{Confidence, Reason};

/// The header of the sequence stands in front of what the rule looks for.
const HEADER_LEN: usize = 4;

/// Examines what starts like a PFX.
pub(super) fn examine(claim: &Claim<'_>) -> Examined {
    let text = claim.text();
    if text.first() == Some(&b'M') {
        let encoded: Vec<u8> = text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let Ok(raw) = BASE64.decode(&encoded) else { return Examined::Undecided };
        let holds = der_sequence_len(&raw) == Some(raw.len());
        return Examined::Decided(if holds {
            claim.with(Confidence::Proved, facts("pkcs12", true))
        } else {
            claim.refuted(Reason::WrongStructure)
        });
    }
    let Some(start) = claim.secret.start.checked_sub(HEADER_LEN) else { return Examined::Foreign };
    match der_sequence_len(&claim.haystack[start..]) {
        Some(len) if claim.haystack.len() >= start + len && len > HEADER_LEN => {
            let mut evidence = claim.with(Confidence::Proved, facts("pkcs12", true));
            evidence.span = Span::new(start, start + len.min(claim.secret.end - start));
            Examined::Decided(evidence)
        }
        _ => Examined::Foreign,
    }
}
