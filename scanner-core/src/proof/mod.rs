//! Offline proofs: what a match tells about itself.

mod aws;
mod base36;
mod checksum;
mod jwt;
mod private_key;
pub(crate) mod routable;

use crate::rule::{CustomPrefix, Proof};
use crate::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

pub(crate) use self::routable::MOST_LEFT;

/// What is to be proved.
pub(crate) struct Claim<'h> {
    pub(crate) haystack: &'h [u8],
    /// What would be reported.
    pub(crate) secret: Span,
    /// How much of its beginning is a known prefix.
    pub(crate) prefix_len: usize,
    pub(crate) custom_prefix: Option<CustomPrefix>,
}

impl Claim<'_> {
    fn text(&self) -> &[u8] {
        &self.haystack[self.secret.range()]
    }

    fn body(&self) -> &[u8] {
        &self.text()[self.prefix_len..]
    }

    fn refuted(&self, reason: Reason) -> Evidence {
        Evidence { reason: Some(reason), ..self.with(Confidence::Refuted, Facts::default()) }
    }

    fn with(&self, confidence: Confidence, facts: Facts) -> Evidence {
        Evidence { span: self.secret, prefix_len: self.prefix_len, confidence, reason: None, facts }
    }
}

/// What the proof came to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Evidence {
    /// What is to be reported. It can start further left than the claim did.
    pub(crate) span: Span,
    pub(crate) prefix_len: usize,
    pub(crate) confidence: Confidence,
    pub(crate) reason: Option<Reason>,
    pub(crate) facts: Facts,
}

/// What a proof has to say.
pub(crate) enum Examined {
    /// Nothing about this form: the rule's own measures apply.
    Undecided,
    /// What the secret tells; the rule's own measures decide.
    Told(Facts),
    /// This is no match of the rule at all.
    Foreign,
    /// What it is.
    Decided(Evidence),
}

/// Examines a claim.
pub(crate) fn examine(proof: Proof, claim: &Claim<'_>) -> Examined {
    match proof {
        Proof::GitlabRoutable => routable::examine(claim),
        Proof::GitlabJwt => Examined::Decided(jwt::examine(claim)),
        Proof::Jwt => Examined::Decided(jwt::examine_of_any_issuer(claim)),
        Proof::Crc32Base62 => Examined::Decided(checksum::base62(claim)),
        Proof::Crc32Hex => Examined::Decided(checksum::hex(claim)),
        Proof::AwsKeyId => Examined::Told(aws::facts(claim)),
        Proof::PrivateKey => private_key::examine(claim),
    }
}
