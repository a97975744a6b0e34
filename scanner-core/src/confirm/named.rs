//! Values that a lexer reads: from a hit in a name to the match of its value.

use super::hit::Hit;
use super::raw_match::RawMatch;
use super::{Confirmer, generic, placeholder};
use crate::rules::rule::Filter;
use crate::syntax;
use crate::verdict::{Confidence, Facts, Passwords};

impl Confirmer {
    /// Reads and judges the value of the name that a hit is a part of.
    pub(super) fn judge_named(&self, index: usize, haystack: &[u8], hit: Hit) -> Option<RawMatch> {
        let rule = &**self.rule();
        let named = syntax::named(haystack, hit.span)?;
        let secret = generic::secret_in(haystack, &named);
        let refuted = placeholder::of_any(rule, &haystack[secret.range()]);
        let filter = rule.filter.unwrap_or(Filter::Generated);
        let judged = match refuted {
            Some(reason) => Err(reason),
            None => generic::judge_named(filter, rule.confidence, haystack, &named, secret),
        };
        let is_literal = || generic::is_literal_password(haystack, &named, secret);
        let judged = match judged {
            Err(_)
                if self.passwords == Passwords::Paranoid
                    && filter == Filter::Password
                    && is_literal() =>
            {
                Ok(Confidence::Possible)
            }
            judged => judged,
        };
        Some(RawMatch {
            rule: index,
            span: secret,
            whole: hit.span.joined(named.value),
            prefix_len: 0,
            confidence: judged.unwrap_or(Confidence::Refuted),
            reason: judged.err(),
            facts: Facts::default(),
            decoded: None,
            overlap: None,
        })
    }
}
