//! Where a secret comes from in a history of commits.

use core::ops::Deref;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::redact::Redactor;

/// Where a finding comes from in a history. All texts in it are redacted.
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
/// let provenance = Provenance { commit: Some(commit), ..Provenance::default() };
/// let provenance = provenance.redacted(scanner.redactor());
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
    /// The last commit in the history of the checked-out one that removed it, where that does not
    /// hold it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<Commit>,
    /// How many whole days lie between the first commit that introduced it and the one that removed
    /// it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exposed_days: Option<u64>,
    /// The branches, tags and other references whose history holds it.
    #[serde(flatten)]
    pub refs: SharedReferences,
    /// The first [`Provenance::MAX_PLACES`] places where it was introduced: each commit with each
    /// path.
    pub places: Vec<Place>,
    /// How many such places there are. Beyond a limit they are counted without being looked at one
    /// by one, so that some of them may be suppressed.
    pub place_count: u64,
}

/// References that lead to a secret: how many there are, and the names of the first. A server has
/// ten thousands of them.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
pub struct References {
    /// The names of the first of them, in their order.
    #[serde(rename = "refs")]
    names: Vec<String>,
    /// How many there are.
    #[serde(rename = "ref_count")]
    count: u64,
    /// How many there are in each namespace, such as `refs/heads/`.
    #[serde(rename = "ref_namespaces")]
    namespaces: BTreeMap<String, u64>,
}

impl References {
    /// How many names are listed unless all are asked for.
    pub const MAX_NAMES: usize = 20;
    /// How many namespaces are counted separately; the others are counted together.
    const MAX_NAMESPACES: usize = 20;
    /// The name of all namespaces beyond the limit.
    const OTHERS: &'static str = "others";

    /// Counts names, and keeps the first `max` of them, without the secrets in them.
    ///
    /// ```
    /// use tokensieve_core::{References, RuleSet, Scanner};
    ///
    /// let scanner = Scanner::new(&RuleSet::builtin());
    /// let names = ["HEAD", "refs/heads/main", "refs/merge-requests/1/head"];
    /// let references = References::new(names.into_iter(), 2, scanner.redactor());
    /// assert_eq!((references.count(), references.names()), (3, &names.map(String::from)[..2]));
    /// ```
    pub fn new<'n>(names: impl Iterator<Item = &'n str>, max: usize, redactor: &Redactor) -> Self {
        let mut references = Self::default();
        for name in names {
            if references.names.len() < max {
                references.names.push(redactor.redact(name));
            }
            references.count += 1;
            if let Some(namespace) = namespace(name) {
                references.count_in(namespace, redactor);
            }
        }
        references
    }

    fn count_in(&mut self, namespace: &str, redactor: &Redactor) {
        if let Some(count) = self.namespaces.get_mut(namespace) {
            *count += 1;
            return;
        }
        let name = if self.namespaces.len() < Self::MAX_NAMESPACES {
            redactor.redact(namespace)
        } else {
            Self::OTHERS.to_owned()
        };
        *self.namespaces.entry(name).or_default() += 1;
    }

    /// The names of the first of them.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many there are in each namespace. `HEAD` is in none.
    #[must_use]
    pub fn namespaces(&self) -> &BTreeMap<String, u64> {
        &self.namespaces
    }
}

/// The namespace of a reference: its name up to the second slash, or up to the third one where the
/// second part only says that others' references follow.
fn namespace(name: &str) -> Option<&str> {
    let rest = name.strip_prefix("refs/")?;
    let of_others = ["remotes/", "forks/", "namespaces/"];
    let skipped =
        of_others.iter().find(|part| rest.starts_with(**part)).map_or(0, |part| part.len());
    let end = rest[skipped..].find('/')?;
    Some(&name[.."refs/".len() + skipped + end + 1])
}

/// References that findings share, since many secrets can be in one commit.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct SharedReferences(Arc<References>);

impl From<References> for SharedReferences {
    fn from(references: References) -> Self {
        Self(Arc::new(references))
    }
}

impl Deref for SharedReferences {
    type Target = References;

    fn deref(&self) -> &References {
        &self.0
    }
}

impl Serialize for SharedReferences {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// A commit as reports show it.
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
    /// More places than this are not listed.
    pub const MAX_PLACES: usize = 100;

    /// Hides every secret in it. Names of references have none: see [`References::new`].
    #[must_use]
    pub fn redacted(mut self, redactor: &Redactor) -> Self {
        let clean = |text: &mut String| *text = redactor.redact(text);
        for commit in self.commit.iter_mut().chain(&mut self.removed) {
            [&mut commit.author, &mut commit.email, &mut commit.summary]
                .into_iter()
                .for_each(clean);
        }
        self.places.iter_mut().map(|place| &mut place.path).for_each(clean);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces() {
        let table = [
            ("HEAD", None),
            ("refs/stash", None),
            ("refs/heads/main", Some("refs/heads/")),
            ("refs/heads/a/b", Some("refs/heads/")),
            ("refs/merge-requests/1/head", Some("refs/merge-requests/")),
            ("refs/forks/x/heads/main", Some("refs/forks/x/")),
            ("refs/remotes/origin/main", Some("refs/remotes/origin/")),
            ("refs/remotes/x", None),
        ];
        for (name, expected) in table {
            assert_eq!(namespace(name), expected, "{name}");
        }
    }

    #[test]
    fn names_and_namespaces_are_bounded() {
        let names: Vec<String> = (0..1000).map(|at| format!("refs/{}/x", at % 100)).collect();
        let redactor = crate::Scanner::new(&crate::RuleSet::builtin()).redactor().clone();
        let references = References::new(names.iter().map(String::as_str), 20, &redactor);
        assert_eq!((references.count(), references.names().len()), (1000, 20));
        assert_eq!(references.namespaces().len(), 21);
        assert_eq!(references.namespaces()["others"], 800);
        assert_eq!(references.namespaces().values().sum::<u64>(), 1000);
    }
}
