//! Findings of secrets that commits introduced, for histories and ranges.

use std::fmt::Display;

use tokensieve_core::coverage::Skip;
use tokensieve_core::{Commit, Fingerprint, Located, Origin, Place, Provenance};

use crate::pipeline::finding_builder::FindingBuilder;
use crate::pipeline::matcher::Query;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::suppress::SuppressedBy;

/// A match at a place in a repository, with its identities.
#[derive(Clone)]
pub(crate) struct Location<'s> {
    pub(crate) origin: Origin,
    pub(crate) located: Located<'s>,
    pub(crate) fingerprint: Fingerprint,
}

impl<'s> Location<'s> {
    /// Puts a match at a path from the root of the repository.
    pub(crate) fn new(path: Vec<u8>, located: Located<'s>, fingerprint: Fingerprint) -> Self {
        Self { origin: Origin::new(path.clone(), path), located, fingerprint }
    }

    /// The question whether suppressions apply to it. `commit` is the one that brought it there.
    pub(crate) fn query<'a>(&'a self, commit: Option<&'a str>) -> Query<'a> {
        Query {
            located: &self.located,
            origin: &self.origin,
            commit,
            is_walked: false,
            fingerprint: self.fingerprint,
        }
    }

    fn place(&self, commit: Option<impl Display>) -> Place {
        Place {
            commit: commit.map(|commit| commit.to_string()).unwrap_or_default(),
            path: String::from_utf8_lossy(self.origin.path()).into_owned(),
            start_line: self.located.start.line,
        }
    }
}

/// The result of looking for a secret in an object again, for its place.
pub(crate) enum Lookup<'s> {
    /// The first place that is reported.
    Reportable(Location<'s>),
    /// All places are suppressed; this is the first.
    Suppressed(Location<'s>, SuppressedBy),
    /// A better match holds its bytes, wherever it is, or its rule is about other files.
    Shadowed,
    /// The object cannot be read any more, or not alike.
    Unreadable,
}

impl FindingBuilder<'_> {
    /// Adds one finding for all introductions of a secret, at the first that is reported; where
    /// none is, counts the first suppressed one. Introductions behind those that are listed are
    /// counted and not looked at, unless an audit asks about all of them.
    ///
    /// `base` is what is known of the secret without these introductions; its `place_count` is that
    /// of others, which were not looked at. Returns what is missing where no introduction is
    /// reported and one cannot be read any more, or was not looked at: then nobody knows whether
    /// there is a finding, and none is added.
    #[must_use]
    pub(crate) fn add_introduced<'s, C: Copy + Display>(
        &self,
        introductions: impl ExactSizeIterator<Item = (Option<C>, Lookup<'s>)>,
        base: &Provenance,
        describe: &dyn Fn(C) -> Option<Commit>,
        outcome: &mut Outcome,
    ) -> Option<Skip> {
        let mut provenance = base.clone();
        let (mut first, mut suppressed, mut is_unreadable) = (None, None, false);
        let mut introductions = introductions;
        while let Some((commit, lookup)) = introductions.next() {
            match lookup {
                Lookup::Reportable(location) => {
                    provenance.place_count = provenance.place_count.saturating_add(1);
                    if provenance.places.len() < Provenance::MAX_PLACES {
                        provenance.places.push(location.place(commit));
                    }
                    if first.is_none() {
                        provenance.commit = commit.and_then(describe);
                        first = Some(location);
                    }
                }
                Lookup::Suppressed(location, by) => {
                    suppressed.get_or_insert((location, by, commit));
                }
                Lookup::Shadowed => {}
                Lookup::Unreadable => is_unreadable = true,
            }
            if provenance.places.len() == Provenance::MAX_PLACES && !self.is_audit() {
                let rest = introductions.len() as u64;
                provenance.place_count = provenance.place_count.saturating_add(rest);
                break;
            }
        }
        let finding = |location: &Location<'_>, provenance: Provenance| {
            let redactor = self.redactor();
            self.finding(&location.query(None)).with_provenance(provenance.redacted(redactor))
        };
        if let Some(location) = first {
            outcome.findings.push(finding(&location, provenance));
            return None;
        }
        if is_unreadable {
            return Some(Skip::CorruptObject);
        }
        if let Some((location, by, commit)) = suppressed {
            let provenance = || Provenance { commit: commit.and_then(describe), ..base.clone() };
            let finding = || finding(&location, provenance());
            let Location { origin, located, .. } = &location;
            self.add_suppressed(&by, origin.path(), located, finding, outcome);
        }
        (base.place_count > 0).then_some(Skip::UnlistedPaths)
    }
}
