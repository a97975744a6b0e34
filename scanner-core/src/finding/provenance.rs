//! Where a secret comes from in a history of commits.

use serde::Serialize;

use crate::redact::Redactor;

/// Where a finding comes from in a history. Everything in it is fit to be shown.
///
/// ```
/// use tokensieve_core::{Commit, Place, Provenance, RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let commit = Commit {
///     id: "1f0c".to_owned(),
///     author: "Ada".to_owned(),
///     email: "ada@example.com".to_owned(),
///     date: "2026-01-01T00:00:00+00:00".to_owned(),
///     summary: ["Use glp", "at-6K5h83AacUCCGxzdUCuD"].concat(),
/// };
/// let provenance = Provenance { commit: Some(commit), ..Provenance::default() }.redacted(scanner.redactor());
/// assert_eq!(provenance.commit.unwrap().summary, "Use glpat-...");
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct Provenance {
    /// The first commit that introduced the secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<Commit>,
    /// The id of the last commit that holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_commit: Option<String>,
    /// Whether the checked-out commit still holds it.
    pub in_head: bool,
    /// The names of the branches, tags and other references whose history holds it.
    pub refs: Vec<String>,
    /// Where it was introduced: each commit that did, with each path.
    pub places: Vec<Place>,
}

/// What a commit says about itself.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Commit {
    /// Its id in hex.
    pub id: String,
    /// The name of its author.
    pub author: String,
    /// The mail address of its author.
    pub email: String,
    /// When it was made, as ISO 8601 with the offset of its author.
    pub date: String,
    /// The first line of its message.
    pub summary: String,
}

/// A place in a history.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Place {
    /// The id of the commit.
    pub commit: String,
    /// The path from the root of the repository.
    pub path: String,
    /// The first line of the secret.
    pub start_line: usize,
}

impl Provenance {
    /// Hides every secret in it.
    #[must_use]
    pub fn redacted(mut self, redactor: &Redactor) -> Self {
        let clean = |text: &mut String| *text = redactor.redact(text);
        if let Some(commit) = &mut self.commit {
            [&mut commit.author, &mut commit.email, &mut commit.summary]
                .into_iter()
                .for_each(clean);
        }
        self.refs.iter_mut().for_each(clean);
        self.places.iter_mut().map(|place| &mut place.path).for_each(clean);
        self
    }
}
