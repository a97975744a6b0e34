//! Findings as people look at them: by secret, the worst first.

use core::cmp::Reverse;
use std::collections::BTreeMap;

use crate::finding::Finding;
use crate::fingerprint::Id;
use crate::rules::rule::Rule;
use crate::verdict::{Confidence, Severity};

/// All places of one secret that one rule finds. It has one place at least.
pub(super) struct Group<'a> {
    /// The worst place is the first one.
    places: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// The place that the others are shown beside.
    pub(super) fn first(&self) -> &'a Finding {
        self.places[0]
    }

    /// All places, the worst first, in the order of the report else.
    pub(super) fn places(&self) -> &[&'a Finding] {
        &self.places
    }

    /// Whether any place counts: it is neither suppressed nor refuted.
    fn is_open(&self) -> bool {
        is_open(self.first())
    }
}

/// Whether a finding counts: it is neither suppressed nor refuted.
fn is_open(finding: &Finding) -> bool {
    finding.suppression().is_none() && finding.confidence() != Confidence::Refuted
}

/// What makes a place worse than another, from the strongest reason on.
fn weight(finding: &Finding) -> impl Ord + use<> {
    let in_head = finding.provenance().is_none_or(|from| from.in_head);
    let is_active = finding.verification().is_some_and(|told| told.state == "active");
    (
        is_open(finding),
        is_active,
        finding.rule().severity(),
        finding.confidence(),
        finding.is_new(),
        in_head,
    )
}

/// Groups findings by rule and secret. Groups and places are ordered by how bad they are, and as
/// they came where they are equally bad. Takes a pointer a finding.
pub(super) fn by_secret(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut of: BTreeMap<(&str, Id), usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for finding in findings {
        let key = (finding.rule().id(), finding.fingerprint().secret_id);
        let at = *of.entry(key).or_insert_with(|| {
            groups.push(Group { places: Vec::new() });
            groups.len() - 1
        });
        groups[at].places.push(finding);
    }
    for group in &mut groups {
        group.places.sort_by_key(|finding| Reverse(weight(finding)));
    }
    groups.sort_by_key(|group| Reverse(weight(group.first())));
    groups
}

/// How many secrets there are of each kind that counts.
#[derive(Default)]
pub(super) struct Totals {
    /// Secrets that count.
    pub(super) secrets: usize,
    /// Findings that count: each place of a secret is one.
    pub(super) findings: usize,
    /// Files that hold them.
    pub(super) files: usize,
    /// The number of secrets of each severity that occurs, the worst first.
    pub(super) severities: Vec<(Severity, usize)>,
    /// Secrets by confidence, from the surest on, likewise.
    pub(super) confidences: Vec<(Confidence, usize)>,
    /// Secrets that the checked-out commit holds, where histories were looked at.
    pub(super) in_head: Option<usize>,
}

impl Totals {
    pub(super) fn of(groups: &[Group<'_>]) -> Self {
        let open: Vec<&Group<'_>> = groups.iter().filter(|group| group.is_open()).collect();
        let places = || open.iter().flat_map(|group| group.places()).filter(|place| is_open(place));
        let count = |wanted: &dyn Fn(&Finding) -> bool| {
            open.iter().filter(|group| wanted(group.first())).count()
        };
        let mut files: Vec<&[u8]> = places().map(|finding| finding.from_root()).collect();
        files.sort_unstable();
        files.dedup();
        let severities = Severity::ALL
            .iter()
            .rev()
            .map(|severity| (*severity, count(&|first| first.rule().severity() == *severity)));
        let confidences = Confidence::ALL
            .iter()
            .rev()
            .map(|confidence| (*confidence, count(&|first| first.confidence() == *confidence)));
        let has_history = places().any(|finding| finding.provenance().is_some());
        let is_in_head = |group: &&&Group<'_>| {
            group.places().iter().any(|place| place.provenance().is_some_and(|from| from.in_head))
        };
        Self {
            secrets: open.len(),
            findings: places().count(),
            files: files.len(),
            severities: severities.filter(|(_, count)| *count > 0).collect(),
            confidences: confidences.filter(|(_, count)| *count > 0).collect(),
            in_head: has_history.then(|| open.iter().filter(is_in_head).count()),
        }
    }

    /// The numbers by severity and confidence, such as `2 critical, 1 medium (3 likely)`.
    pub(super) fn in_words(&self) -> String {
        let severities = self.severities.iter().map(|(each, count)| format!("{count} {each}"));
        let confidences = self.confidences.iter().map(|(each, count)| format!("{count} {each}"));
        let list = |each: Vec<String>| each.join(", ");
        format!("{} ({})", list(severities.collect()), list(confidences.collect()))
    }
}

/// The rules of groups, in their order, each once. What is suppressed needs nothing done.
pub(super) fn rules<'a>(groups: &[Group<'a>]) -> Vec<&'a Rule> {
    let mut seen = std::collections::BTreeSet::new();
    groups
        .iter()
        .map(Group::first)
        .filter(|first| first.suppression().is_none())
        .map(Finding::rule)
        .filter(|rule| seen.insert(rule.id()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::Fixture;
    use super::*;

    #[test]
    fn places_of_a_secret_are_together_and_the_worst_is_first() {
        let fixture = Fixture::repeated();
        let groups = by_secret(fixture.report().findings);
        let shape: Vec<(&str, usize)> =
            groups.iter().map(|group| (group.first().rule().id(), group.places().len())).collect();
        assert_eq!(shape, [("acme-key", 3), ("acme-key", 1), ("acme-word", 2)]);
        let totals = Totals::of(&groups);
        assert_eq!((totals.secrets, totals.findings, totals.files), (3, 6, 3));
        assert_eq!(totals.severities, [(Severity::Critical, 2), (Severity::Medium, 1)]);
        assert_eq!(totals.confidences, [(Confidence::Likely, 2), (Confidence::Possible, 1)]);
        assert_eq!(totals.in_head, None);
        let names: Vec<&str> = rules(&groups).iter().map(|rule| rule.id()).collect();
        assert_eq!(names, ["acme-key", "acme-word"]);
    }

    #[test]
    fn what_is_suppressed_or_refuted_does_not_count() {
        let fixture = Fixture::suppressed();
        let groups = by_secret(fixture.report().findings);
        assert_eq!((groups.len(), Totals::of(&groups).secrets), (1, 0));
        assert!(rules(&groups).is_empty());
        let fixture = Fixture::odd();
        let groups = by_secret(fixture.report().findings);
        assert_eq!((groups.len(), Totals::of(&groups).secrets), (3, 2));
        assert_eq!(groups[2].first().confidence(), Confidence::Refuted);
    }
}
