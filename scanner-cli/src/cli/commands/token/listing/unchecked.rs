//! Policies that could not be checked.

use std::collections::BTreeMap;

use crate::gitlab::inventory::{Entry, Gap};

/// Policies that could not be checked: a reason each, with how many entries it concerns.
#[derive(Default)]
pub(crate) struct Unchecked(BTreeMap<(&'static str, &'static str, &'static str), usize>);

impl Unchecked {
    pub(crate) fn add(&mut self, entry: &Entry, unchecked: &[(&'static str, &'static str)]) {
        for (policy, reason) in unchecked {
            *self.0.entry((policy, entry.kind.name(), reason)).or_default() += 1;
        }
    }

    pub(crate) fn into_gaps(self) -> impl Iterator<Item = Gap> {
        self.0.into_iter().map(|((policy, kind, reason), count)| {
            Gap::of_policy(policy, format!("{kind}: {reason}"), count)
        })
    }
}
