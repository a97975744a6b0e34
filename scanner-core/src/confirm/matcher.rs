//! Matches the regex of a rule at a candidate, the cheapest way that it allows.

use std::sync::OnceLock;

use regex_syntax::hir::{Hir, HirKind};

use super::anchored::AnchoredRegex;
use super::linear::{LinearMatcher, SECRET_GROUP};
use super::required_run::RequiredRun;
use crate::confirm::hit::Hit;

/// A regex, followed step by step where possible.
pub(super) struct Matcher {
    way: Strategy,
    /// The most bytes that a match can have.
    pub(super) max_len: usize,
}

enum Strategy {
    LinearMatcher(LinearMatcher),
    Engine {
        /// What tells cheaply that the regex does not match.
        required_run: Option<RequiredRun>,
        hir: Box<Hir>,
        /// The groups of which the first that is not empty holds the secret, where it is not the
        /// one of that name.
        secret_groups: Vec<usize>,
        /// Compiled when it is first required_run.
        anchored: OnceLock<Box<AnchoredRegex>>,
    },
}

impl Matcher {
    /// `known` bytes at the beginning of each match need not be looked at again.
    pub(super) fn new(hir: Hir, known: usize, secret_groups: &[usize]) -> Self {
        let max_len = hir.properties().maximum_len().unwrap_or(usize::MAX);
        let way = match LinearMatcher::of(&hir).filter(|_| secret_groups.is_empty()) {
            Some(shape) => Strategy::LinearMatcher(shape),
            None => Strategy::Engine {
                required_run: RequiredRun::of(&hir, known),
                hir: Box::new(hir),
                secret_groups: secret_groups.to_vec(),
                anchored: OnceLock::new(),
            },
        };
        Self { way, max_len }
    }

    /// The match that starts at `start` and ends at or before `limit`.
    pub(super) fn at(&self, haystack: &[u8], start: usize, limit: usize) -> Option<Hit> {
        match &self.way {
            Strategy::LinearMatcher(shape) => shape.at(haystack, start, limit),
            Strategy::Engine { required_run, hir, secret_groups, anchored } => {
                if required_run
                    .as_ref()
                    .is_some_and(|required_run| !required_run.is_present(haystack, start, limit))
                {
                    return None;
                }
                anchored
                    .get_or_init(|| Box::new(AnchoredRegex::new(hir, secret_groups)))
                    .at(haystack, start, limit)
            }
        }
    }
}

/// What stands behind the secret in a regex.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum End {
    /// What the end of the text does as well: it keeps a secret from being a part of a longer one.
    Border,
    /// A sign that a secret is recognised by, such as the `@` behind a password.
    Sign,
}

/// Returns what a regex is without all that stands behind its secret. None if that is nothing, or
/// if the secret is no part of its own at the top of the regex.
pub(super) fn without_end(hir: &Hir) -> Option<(Hir, End)> {
    let HirKind::Concat(parts) = hir.kind() else { return None };
    let is_secret = |part: &Hir| match part.kind() {
        HirKind::Capture(group) => group.name.as_deref() == Some(SECRET_GROUP),
        _ => false,
    };
    let at = parts.iter().position(is_secret)?;
    let behind = &parts[at + 1..];
    let is_border = behind.iter().all(|part| part.properties().minimum_len() == Some(0));
    let end = if is_border { End::Border } else { End::Sign };
    (!behind.is_empty()).then(|| (Hir::concat(parts[..=at].to_vec()), end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::regex::parse;

    #[test]
    fn what_stands_behind_a_secret_is_left_out() {
        let cut = |regex: &str| {
            without_end(&parse(regex).unwrap()).map(|(hir, end)| (hir.to_string(), end))
        };
        let kept = parse("a=(?<secret>[0-9]{16})").unwrap().to_string();
        let of = |end: &str| cut(&format!("a=(?<secret>[0-9]{{16}}){end}"));
        assert_eq!(of("(?:[^0-9]|(?m:$))"), Some((kept.clone(), End::Border)));
        assert_eq!(of("@[a-z]"), Some((kept, End::Sign)));
        for same in ["a=(?<secret>[0-9]{16})", "a=[0-9]{16}b", "(?:a=(?<secret>[0-9])b|c)d"] {
            assert_eq!(cut(same), None, "{same}");
        }
    }
}
