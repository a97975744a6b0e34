//! What suppresses a finding: each kind of suppression behind one trait.
//!
//! A new kind has a variant in [`SuppressionKind`] and implements [`Matcher`]. Comments are no
//! matchers: they stand beside the secret and are found with it.

use tokensieve_core::suppression::{
    Allowlist, BaselineEntry, Date, GitleaksFinding, IgnoreLine, Subject,
};
use tokensieve_core::{Fingerprint, Id, Located, Origin};

/// What standard input is called unless the user says otherwise.
pub(crate) const STDIN: &str = "<stdin>";

/// The kinds of suppressions.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
#[cfg_attr(all(test, feature = "cli"), derive(serde::Deserialize))]
pub enum SuppressionKind {
    /// `tokensieve:allow` and its like.
    Comment,
    /// An entry of a configuration.
    Allowlist,
    /// A line of a baseline.
    Baseline,
    /// A line of a `.gitleaksignore`.
    IgnoreFile,
}

impl SuppressionKind {
    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comment => "inline comment",
            Self::Allowlist => "allowlist",
            Self::Baseline => "baseline",
            Self::IgnoreFile => "ignore file",
        }
    }
}

/// The question whether a match at a place is suppressed.
#[derive(Clone, Copy)]
pub struct Query<'a> {
    /// The match.
    pub located: &'a Located<'a>,
    /// The file.
    pub origin: &'a Origin,
    /// The id of the commit that brought it there, in a history.
    pub commit: Option<&'a str>,
    /// Whether it was found by walking through folders.
    pub is_walked: bool,
    /// Its identities.
    pub fingerprint: Fingerprint,
}

impl<'a> Query<'a> {
    /// The path from the root, and the path as reached where that is another. Standard input has an
    /// empty path in gitleaks.
    pub(super) fn paths(&self) -> Vec<&'a [u8]> {
        let mut paths = vec![self.origin.from_root(), self.origin.path()];
        paths.dedup();
        if self.origin.path() == STDIN.as_bytes() {
            paths.push(b"");
        }
        paths
    }

    /// The line of the secret, and the first line of the match, which gitleaks counts.
    fn lines(&self) -> [usize; 2] {
        let line = self.located.start.line;
        [line, line.saturating_sub(self.located.context.lines_above())]
    }
}

/// What a match needs to have so that a matcher is asked about it at all.
pub(super) enum MatcherKey<'m> {
    /// Nothing: the matcher is asked about every match.
    Any,
    /// A secret with this id, made with the key that the matcher came with.
    SecretId(Id),
    /// This secret.
    Secret(&'m [u8]),
    /// This path.
    Path(&'m [u8]),
    /// The matcher is never asked.
    Never,
}

/// One suppression of a file.
pub(super) trait Matcher: Send + Sync {
    fn kind(&self) -> SuppressionKind;

    fn key(&self) -> MatcherKey<'_>;

    /// Whether it suppresses a match that has its key.
    fn matches(&self, query: &Query<'_>) -> bool;

    /// Whether it says that a match is no secret of its kind, rather than that a finding is known.
    /// Matches that share bytes with it may be secrets then.
    fn clears(&self) -> bool {
        false
    }

    /// The last day on which it suppresses, where there is one.
    fn expires(&self) -> Option<Date> {
        None
    }

    fn reason(&self) -> Option<&str> {
        None
    }

    fn owner(&self) -> Option<&str> {
        None
    }

    /// Whether it is about a commit, so that only the scan of a history can tell if it is used.
    fn needs_history(&self) -> bool {
        false
    }

    /// Whether it cannot be understood, so that it suppresses nothing.
    fn is_broken(&self) -> bool {
        false
    }

    /// Whether its file has numbered entries rather than lines.
    fn is_numbered_entry(&self) -> bool {
        false
    }
}

impl Matcher for Allowlist {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::Allowlist
    }

    fn key(&self) -> MatcherKey<'_> {
        MatcherKey::Any
    }

    fn matches(&self, query: &Query<'_>) -> bool {
        self.allows(&Subject {
            rule: query.located.matched.rule(),
            path: query.origin.from_root(),
            is_walked: query.is_walked,
            commit: query.commit,
            fingerprint: Some(query.fingerprint),
            secret: query.located.secret.expose(),
            around: &query.located.context,
        })
    }

    fn clears(&self) -> bool {
        self.spec().fingerprints.is_empty()
    }

    fn expires(&self) -> Option<Date> {
        self.spec().expires
    }

    fn reason(&self) -> Option<&str> {
        self.spec().reason.as_deref()
    }

    fn owner(&self) -> Option<&str> {
        self.spec().owner.as_deref()
    }
}

impl Matcher for BaselineEntry {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::Baseline
    }

    fn key(&self) -> MatcherKey<'_> {
        MatcherKey::SecretId(self.secret)
    }

    fn matches(&self, query: &Query<'_>) -> bool {
        // The key has the id, so that need not be compared again.
        let rule = query.located.matched.rule();
        self.is_about(rule, self.secret, query.origin.from_root())
    }

    fn expires(&self) -> Option<Date> {
        self.expires
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }
}

/// An entry of a report of gitleaks that serves as a baseline.
impl Matcher for GitleaksFinding {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::Baseline
    }

    fn key(&self) -> MatcherKey<'_> {
        // A report that was redacted has only places.
        match self.secret() {
            Some(secret) => MatcherKey::Secret(secret),
            None => MatcherKey::Path(self.path()),
        }
    }

    fn matches(&self, query: &Query<'_>) -> bool {
        let rule = query.located.matched.rule();
        let secret = query.located.secret.expose();
        self.is_about(rule, secret, &query.paths(), query.lines(), query.commit)
    }

    fn is_numbered_entry(&self) -> bool {
        true
    }
}

impl Matcher for IgnoreLine {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::IgnoreFile
    }

    fn key(&self) -> MatcherKey<'_> {
        MatcherKey::Path(self.path())
    }

    fn matches(&self, query: &Query<'_>) -> bool {
        query.located.matched.rule().is_called(self.rule().as_bytes())
            && self.is_at(&query.paths(), query.lines(), query.commit)
    }

    fn needs_history(&self) -> bool {
        self.has_commit()
    }
}

/// A line of an ignore file that cannot be understood.
pub(super) struct BrokenLine;

impl Matcher for BrokenLine {
    fn kind(&self) -> SuppressionKind {
        SuppressionKind::IgnoreFile
    }

    fn key(&self) -> MatcherKey<'_> {
        MatcherKey::Never
    }

    fn matches(&self, _query: &Query<'_>) -> bool {
        false
    }

    fn is_broken(&self) -> bool {
        true
    }
}

#[cfg(feature = "cli")]
#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn root() -> &'static Path {
        Path::new(env!("CARGO_MANIFEST_DIR"))
    }

    /// Serde names all kinds where it does not know one.
    fn kinds() -> Vec<SuppressionKind> {
        let error = serde_json::from_str::<SuppressionKind>("\"none\"").unwrap_err().to_string();
        let (_, known) = error.split_once("expected one of ").unwrap();
        let names = known.split('`').skip(1).step_by(2);
        names.map(|name| serde_json::from_value(name.into()).unwrap()).collect()
    }

    /// Reads all files of a folder of tests.
    fn texts_of(folder: &str) -> String {
        let entries = std::fs::read_dir(root().join("tests").join(folder)).unwrap();
        entries.map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap()).collect()
    }

    /// The guide names each kind, a case in steps counts its findings, an audit calls it unused.
    #[test]
    fn every_kind_is_described_and_tried() {
        let guide = std::fs::read_to_string(root().join("docs/guide.md")).unwrap();
        let steps = texts_of("steps");
        let audits = steps.clone() + &texts_of("suppress");
        for name in kinds().into_iter().map(SuppressionKind::as_str) {
            assert!(guide.contains(&format!("`{name}`")), "docs/guide.md lacks `{name}`");
            let counts = [format!("suppressed.{name} ="), format!("suppressed.\"{name}\" =")];
            let is_counted = counts.iter().any(|count| steps.contains(count));
            assert!(is_counted, "no case in tests/steps counts what `{name}` suppresses");
            let is_unused = audits.contains(&format!(": {name}: matches nothing"));
            assert!(is_unused, "no case in tests/steps has an audit call `{name}` unused");
        }
    }
}
