//! What goes into a proof, and what comes out.

use crate::rules::rule::CustomPrefix;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

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
    pub(crate) fn text(&self) -> &[u8] {
        &self.haystack[self.secret.range()]
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.text()[self.prefix_len..]
    }

    pub(crate) fn refuted(&self, reason: Reason) -> Evidence {
        Evidence { reason: Some(reason), ..self.with(Confidence::Refuted, Facts::default()) }
    }

    pub(crate) fn with(&self, confidence: Confidence, facts: Facts) -> Evidence {
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
pub(crate) enum ProofResult {
    /// Nothing about this form: the rule's own measures apply.
    Inconclusive,
    /// What the secret tells; the rule's own measures decide.
    Facts(Facts),
    /// This is no match of the rule at all.
    NoMatch,
    /// What it is.
    Verdict(Evidence),
}
