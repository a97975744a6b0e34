//! PKCS#12 (RFC 7292): a sequence of version 3 and authenticated content, as a file or in base64.

use base64::Engine;

use crate::proof::claim::{Claim, ProofResult};
use crate::proof::fields::BASE64;
use crate::proof::private_key::found::{der_sequence_len, facts};
use crate::text::span::Span;
use crate::verdict::{Confidence, Reason};

/// The header of the sequence stands in front of what the rule looks for.
const HEADER_LEN: usize = 4;

/// Examines what starts like a PFX.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let text = claim.text();
    if text.first() == Some(&b'M') {
        let encoded: Vec<u8> =
            text.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let Ok(raw) = BASE64.decode(&encoded) else { return ProofResult::Inconclusive };
        let holds = der_sequence_len(&raw) == Some(raw.len());
        return ProofResult::Verdict(if holds {
            claim.with(Confidence::Proved, facts("pkcs12", true))
        } else {
            claim.refuted(Reason::WrongStructure)
        });
    }
    let Some(start) = claim.secret.start.checked_sub(HEADER_LEN) else {
        return ProofResult::NoMatch;
    };
    match der_sequence_len(&claim.haystack[start..]) {
        Some(len) if claim.haystack.len() >= start + len && len > HEADER_LEN => {
            let mut evidence = claim.with(Confidence::Proved, facts("pkcs12", true));
            evidence.span = Span::new(start, start + len.min(claim.secret.end - start));
            ProofResult::Verdict(evidence)
        }
        _ => ProofResult::NoMatch,
    }
}

#[cfg(test)]
mod tests {
    use crate::verdict::Confidence;
    use crate::{RuleSet, Scanner};

    /// The beginning of a PFX whose content is `len` bytes long, with as many bytes as it says, and
    /// something behind it.
    fn file(len: u16) -> Vec<u8> {
        let [high, low] = len.to_be_bytes();
        let mut file = vec![0x30, 0x82, high, low, 2, 1, 3, 0x30, 0x82, 1, 0];
        file.extend([0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
        file.extend((0..300_u16).map(|at| (at * 37 % 251) as u8));
        file.truncate(4 + usize::from(len));
        file
    }

    #[test]
    fn a_file_is_found_from_its_header_to_its_end() {
        let scanner = Scanner::new(&RuleSet::builtin().only(&["pkcs12-file"]).unwrap());
        let found = scanner.find(&[file(300), b"behind it".to_vec()].concat());
        let [only] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((only.span().range(), only.confidence()), (0..304, Confidence::Proved));
        assert!(scanner.find(&file(300)[..200]).is_empty(), "cut off");
        assert!(scanner.find(&file(300)[1..]).is_empty(), "no header");
    }
}
