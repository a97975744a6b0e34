//! The runs that matches of built-in rules hold. A candidate without its run is ruled out cheaply.

use crate::confirm::raw_match::Lookaround;
use crate::confirm::required_run::RequiredRun;
use crate::prefilter::Candidate;
use crate::rules::RuleEntry;

/// The run that every match of a rule holds, for those rules without a prefix whose row has one.
///
/// A word such as the name of a provider is in many texts, and hardly ever a key behind it. Here
/// neither the regex nor the file of its rule is read. All runs stand close together, since one is
/// asked at most candidates.
pub(super) struct RequiredRuns(Vec<Option<RequiredRun>>);

impl RequiredRuns {
    /// The runs of `entries`, in their order; rules behind them have none.
    pub(super) fn of(entries: &[RuleEntry]) -> Self {
        Self(entries.iter().map(|entry| entry.run().map(RequiredRun::of_row)).collect())
    }

    fn get(&self, rule: usize) -> Option<&RequiredRun> {
        self.0.get(rule)?.as_ref()
    }

    /// Whether the rule of a candidate could have a prefix.
    pub(super) fn can_have_prefix(&self, candidate: Candidate) -> bool {
        self.get(candidate.rule).is_none()
    }

    /// Rules a candidate out by the bytes behind it, where no match has such bytes. Returns how
    /// much text that takes, or `None` where the candidate has to be judged.
    pub(super) fn rule_out(&self, haystack: &[u8], candidate: Candidate) -> Option<Lookaround> {
        let run = self.get(candidate.rule)?;
        let is_present = run.is_present(haystack, candidate.start, haystack.len());
        (!is_present).then(|| Lookaround { before: 0, len: run.reach() })
    }
}
