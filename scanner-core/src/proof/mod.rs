//! Offline proofs: what a match tells about itself.

pub(crate) mod claim;

mod annotated;
mod aws;
mod azure;
mod base36;
mod checksum;
mod fields;
mod flyio;
mod ids;
mod jwt;
mod macaroon;
mod marvin;
mod mode;
mod object;
mod private_key;
pub(crate) mod routable;
mod sas;

use crate::proof::claim::{Claim, ProofResult};
use crate::rules::rule::Proof;

pub(crate) use self::sas::REACH as MAX_LOOKAHEAD;

/// Examines a claim.
pub(crate) fn examine(proof: Proof, claim: &Claim<'_>) -> ProofResult {
    match proof {
        Proof::GitlabRoutable => routable::examine(claim),
        Proof::GitlabJwt => ProofResult::Verdict(jwt::examine(claim)),
        Proof::GithubJwt => ProofResult::Verdict(jwt::examine_of_github(claim)),
        Proof::Jwt => ProofResult::Verdict(jwt::examine_of_any_issuer(claim)),
        Proof::Crc32Base62 => ProofResult::Verdict(checksum::base62(claim)),
        Proof::Crc32Base62OfAll => ProofResult::Verdict(checksum::base62_of_all(claim)),
        Proof::Crc32Base64 => ProofResult::Verdict(checksum::base64(claim)),
        Proof::Crc32Hex => ProofResult::Verdict(checksum::hex(claim)),
        Proof::AwsKeyId => ProofResult::Facts(aws::facts(claim)),
        Proof::AwsBedrockKey => ProofResult::Facts(aws::bedrock(claim)),
        Proof::PrivateKey => private_key::examine(claim),
        Proof::AzureKey => azure::examine(claim),
        Proof::AnnotatedKey => annotated::examine(claim),
        Proof::AzureClientSecret => azure::client_secret(claim),
        Proof::AzureSas => sas::examine(claim),
        Proof::PypiToken => macaroon::examine(claim),
        Proof::SentryToken
        | Proof::GrafanaApiKey
        | Proof::GrafanaCloudToken
        | Proof::OnePasswordToken
        | Proof::MapboxToken
        | Proof::CloudflareTunnelToken
        | Proof::NeptuneToken
        | Proof::TinybirdToken => object::examine(proof, claim),
        Proof::FlyioToken => flyio::examine(claim),
        Proof::Mode => ProofResult::Facts(mode::facts(claim)),
        Proof::SlackIds => ProofResult::Facts(ids::slack(claim)),
        Proof::DiscordId => ProofResult::Facts(ids::discord(claim)),
        Proof::TelegramId => ProofResult::Facts(ids::telegram(claim)),
        Proof::JfrogExpiry => ProofResult::Facts(ids::jfrog(claim)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use crate::verdict::tests::all_of;
    use proptest::prelude::*;

    fn examine_all(haystack: &[u8], secret: Span) {
        for proof in all_of::<Proof>() {
            if let ProofResult::Verdict(evidence) =
                examine(proof, &Claim { haystack, secret, prefix_len: 0, custom_prefix: None })
            {
                assert!(
                    evidence.span.end <= haystack.len()
                        && !haystack[evidence.span.range()].is_empty(),
                    "{proof:?}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_can_be_examined(
            bytes in prop::collection::vec(any::<u8>(), 1..200),
            from: prop::sample::Index,
        ) {
            let start = from.index(bytes.len());
            examine_all(&bytes, Span::new(start, bytes.len()));
        }

        #[test]
        fn beginnings_can_be_examined(
            before in "[0-9A-Za-z+/]{0,90}",
            beginning in "(sntrys_eyJ|pypi-AgEIcHlwaS5vcmc|JQQJ99ALN5|[+]ASt|AzFu|\
                ABSKQmVkcm9ja0FQSUtleS0|cmVmdGtuOjAx|sk_live_|T0123/|eyJhIjoi)",
            body in "[0-9A-Za-z+/_.=:-]{1,120}",
        ) {
            let text = format!("{before}{beginning}{body}");
            examine_all(text.as_bytes(), Span::new(before.len(), text.len()));
        }
    }
}
