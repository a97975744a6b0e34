//! What an inventory could not list, and why.

use serde::Serialize;

/// The most places of one gap that are named.
const MOST_PLACES: usize = 5;

/// A call that brought no list.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Gap {
    /// The call, with `:id` for the ids of places.
    pub call: String,
    /// Why, without secrets.
    pub reason: String,
    /// How many places it concerns.
    pub count: usize,
    /// The first of them: paths of projects and groups, names of users.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

impl Gap {
    /// Makes the gap of a policy that could not be checked for `count` entries.
    #[must_use]
    pub fn of_policy(policy: &str, reason: String, count: usize) -> Self {
        Self { call: format!("policy {policy}"), reason, count, places: Vec::new() }
    }
}

/// All gaps of a run: each call and reason once.
#[derive(Debug, Default)]
pub(super) struct Gaps(Vec<Gap>);

impl Gaps {
    pub(super) fn add(&mut self, call: &str, reason: String, place: &str) {
        let known = self.0.iter().position(|gap| gap.call == call && gap.reason == reason);
        let at = known.unwrap_or_else(|| {
            let call = call.to_owned();
            self.0.push(Gap { call, reason, count: 0, places: Vec::new() });
            self.0.len() - 1
        });
        let gap = &mut self.0[at];
        gap.count += 1;
        if !place.is_empty() && gap.places.len() < MOST_PLACES {
            gap.places.push(place.to_owned());
        }
    }

    pub(super) fn into_sorted(mut self) -> Vec<Gap> {
        // Calls run in parallel; reports do not tell in what order they ended.
        self.0.sort_by(|a, b| (&a.call, &a.reason).cmp(&(&b.call, &b.reason)));
        self.0.iter_mut().for_each(|gap| gap.places.sort());
        self.0
    }
}
