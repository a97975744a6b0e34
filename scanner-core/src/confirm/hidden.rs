//! Text that is hidden though it is no match: it would be one, but for the text behind it.
//!
//! A name of a file or a branch ends where it ends: the quote behind a value is missing, the `@`
//! behind a password, or something is glued to it.

use super::matcher::{self, End};
use super::{Confirmer, Matcher};
use crate::confirm::chance;
use crate::confirm::hit::Hit;
use crate::confirm::raw_match::RawMatch;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::verdict::Confidence;

/// A value stands no further behind its name, where its syntax cannot be read.
const NAME_REACH: usize = 64;
/// Values that are looked for there are at least as long.
const SHORTEST_VALUE: usize = 8;
/// And are followed no further.
const LONGEST_VALUE: usize = 512;
/// The fewest bits that speak for chance in a part of a path that hides a value. Names of files
/// have fewer: `k8s-v1.yaml`, `Saml2X509Credentials.java`.
const LEAST_BITS_IN_PATH: f64 = 4.0;
/// The name of this program: its messages and files begin with it.
const OWN_NAME: &[u8] = b"tokensieve";

impl Confirmer {
    /// The hit at a candidate, whatever stands where its regex has a border.
    pub(super) fn hidden_hit(&self, haystack: &[u8], start: usize, limit: usize) -> Option<Hit> {
        match self.open_matcher() {
            Some((open, End::Border)) => open.at(haystack, start, limit),
            _ => self.matcher().at(haystack, start, limit),
        }
    }

    /// What the regex matches at a candidate up to the end of its secret.
    pub(super) fn open_match(
        &self,
        index: usize,
        haystack: &[u8],
        start: usize,
        limit: usize,
    ) -> Option<RawMatch> {
        let hit = self.open_matcher()?.0.at(haystack, start, limit)?;
        let hit = self.with_head(haystack, hit, LeftBoundary::Ignore)?;
        let prefix_len = self.prefix_len(haystack, hit.secret.start).unwrap_or(0);
        Some(RawMatch::of_wrong_length(index, hit.secret, hit.span, prefix_len))
    }

    fn open_matcher(&self) -> Option<&(Matcher, End)> {
        let open = self.open_matcher.get_or_init(|| {
            matcher::without_end(&self.hir()).map(|(hir, end)| (self.matcher_of(hir), end))
        });
        open.as_ref()
    }

    /// The value of a telling name. A refuted value is hidden with the text behind it: in `token =
    /// "Bearer x` the first word is no secret.
    pub(super) fn hidden_named(&self, index: usize, haystack: &[u8], hit: Hit) -> Option<RawMatch> {
        let judged = self.judge_named(index, haystack, hit);
        if judged.as_ref().is_some_and(|judged| judged.confidence > Confidence::Refuted) {
            return judged;
        }
        // In our own messages stand our own name and those of our files.
        if haystack[hit.span.start..].starts_with(OWN_NAME) {
            return None;
        }
        let beside = self.beside_name(index, haystack, hit);
        match (judged, beside) {
            (Some(judged), Some(beside)) if beside.span.end > judged.span.end => {
                Some(RawMatch { span: judged.span.joined(beside.span), ..judged })
            }
            (judged, beside) => judged.or(beside),
        }
    }

    /// What could be the value of a telling name whose syntax cannot be read: the next run that is
    /// long enough and has digits, or letters of both cases. The rest of a path that the name is a
    /// part of is none.
    fn beside_name(&self, index: usize, haystack: &[u8], hit: Hit) -> Option<RawMatch> {
        let is_value = |byte: &u8| !byte.is_ascii_whitespace() && !b"\"'`<>(),;=:".contains(byte);
        let until = haystack.len().min(hit.span.end + NAME_REACH);
        let mut at = hit.span.end;
        while at < until {
            let rest = &haystack[at..haystack.len().min(at + LONGEST_VALUE)];
            let len = rest.iter().take_while(|byte| is_value(byte)).count();
            let value = &rest[..len];
            let is_shown = || at == hit.span.end && is_rest_of_path(value);
            if len >= SHORTEST_VALUE && is_mixed(value) && !is_shown() {
                let span = Span::new(at, at + len);
                return Some(RawMatch::of_wrong_length(index, span, hit.span.joined(span), 0));
            }
            at += len + 1;
        }
        None
    }
}

fn is_mixed(value: &[u8]) -> bool {
    let has = |is_in: fn(&u8) -> bool| value.iter().any(is_in);
    has(u8::is_ascii_digit) || has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase)
}

/// Whether a value is a path, or the name of a file, of which no part looks made by chance. The
/// name in front of it is a part of the path, too: `secrets/k8s-v1.yaml`, `token_v2.test.ts`.
fn is_rest_of_path(value: &[u8]) -> bool {
    const LONGEST_ENDING: usize = 10;
    let ending = value.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let has_ending = ending.len() < value.len()
        && ending.len() <= LONGEST_ENDING
        && ending.first().is_some_and(u8::is_ascii_alphabetic)
        && ending.iter().all(u8::is_ascii_alphanumeric);
    (has_ending || value.contains(&b'/'))
        && value.split(|byte| *byte == b'/').all(|part| chance::bits(part) < LEAST_BITS_IN_PATH)
}

#[cfg(test)]
mod tests {
    use crate::{RuleSet, Scanner};

    /// Findings cannot be found again if the names of their files are hidden.
    #[test]
    fn paths_with_telling_names_are_shown() {
        let scanner = Scanner::new(&RuleSet::builtin());
        for path in [
            "saml2/credentials/TestSaml2X509Credentials.java",
            "x/passwords/2fa/V2Handler7.java",
            "deploy/secrets/k8s-v1.yaml",
            "deploy/secret-v1.yaml",
            "docs/tokens/2024-05-11-x9.md",
            "tests/test_token_v2.test.ts",
            "password/x86_64/y2.txt",
        ] {
            assert_eq!(scanner.redactor().redact(path), path);
        }
    }

    #[test]
    fn values_in_paths_are_hidden() {
        let scanner = Scanner::new(&RuleSet::builtin());
        for (before, value, after) in [
            ("secrets/", "PqM5rVZm", "r.env"),
            ("a/password-", "Xk29fLq8", "Zt.txt"),
            ("tokens/wJ/", "Xk29fLq8Zt1", "/d"),
            ("passwords/", "k7Qv2mZp", "-Rw9x"),
        ] {
            let shown = scanner.redactor().redact(&[before, value, after].concat());
            assert!(!shown.contains(value), "{shown}");
        }
    }
}
