//! Holds the entries of one run against what earlier runs saw.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::notice::{Channel, Event, Notice};
use super::seen::{Key, Seen, Subject};
use super::state::{Pending, State};
use crate::gitlab::inventory::{Entry, EntryKind, days_between};
use crate::gitlab::policy::Violation;

/// How many days before the end of a credential notices say so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Steps(BTreeSet<u32>);

impl Steps {
    /// These steps, in any order.
    #[must_use]
    pub fn new(days: &[u32]) -> Self {
        Self(days.iter().copied().collect())
    }

    /// Returns the nearest step that is reached with `days_left` days left.
    #[must_use]
    pub fn reached(&self, days_left: i64) -> Option<u32> {
        self.0.iter().copied().find(|step| days_left <= i64::from(*step))
    }

    /// The steps, the farthest first.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().rev().copied()
    }
}

/// A run under way.
///
/// Each change becomes a notice in the state, once. An entry that is met for the first time is
/// taken into stock without a notice at the first run, and where its kind was never listed
/// completely unless it was made since the first run.
pub struct Watcher<'s> {
    state: &'s mut State,
    steps: Steps,
    channels: BTreeSet<Channel>,
    now: Timestamp,
    found: Vec<(Event, Key)>,
    /// What no earlier run saw.
    arrivals: Vec<Key>,
}

impl<'s> Watcher<'s> {
    /// Begins a run. Notices have to go out on all of the ways.
    #[must_use]
    pub fn new(state: &'s mut State, steps: Steps, channels: &[Channel], now: Timestamp) -> Self {
        for seen in state.seen.values_mut() {
            seen.is_met = false;
            seen.was_revoked = seen.subject.is_revoked();
        }
        let channels = channels.iter().copied().collect();
        Self { state, steps, channels, now, found: Vec::new(), arrivals: Vec::new() }
    }

    /// Takes an entry that filters accept, with the policies that it does not meet.
    pub fn meet(&mut self, entry: &Entry, violations: &[Violation]) {
        let key = Subject::of(entry).key();
        let mut events = Vec::new();
        let is_new = self.is_new(entry);
        let steps = &self.steps;
        let seen = match self.state.seen.get_mut(&key) {
            Some(seen) => {
                let (lost_owner, has_expired) = seen.meet(entry);
                let addresses = seen.meet_addresses(entry);
                events.extend(lost_owner.then_some(Event::InactiveOwner));
                events.extend(has_expired.then_some(Event::Expired));
                events.extend(addresses.into_iter().map(|address| Event::NewAddress { address }));
                let fresh = violations
                    .iter()
                    .filter(|it| !seen.violations.iter().any(|old| old == it.policy));
                events.extend(fresh.map(violation));
                seen
            }
            None => {
                events.extend(is_new.then_some(Event::New { replaces: None }));
                events.extend(violations.iter().filter(|_| is_new).map(violation));
                self.arrivals.push(key);
                self.state.seen.entry(key).or_insert_with(|| Seen::first(entry))
            }
        };
        seen.violations = violations.iter().map(|it| it.policy.to_owned()).collect();
        events.extend(expiring(seen, steps, self.now));
        self.found.extend(events.into_iter().map(|event| (event, key)));
    }

    /// Takes an entry that filters leave out: remembers it, and makes no notice of it.
    pub fn pass(&mut self, entry: &Entry) {
        let key = Subject::of(entry).key();
        match self.state.seen.get_mut(&key) {
            Some(seen) => {
                seen.meet(entry);
                seen.meet_addresses(entry);
            }
            None => {
                self.arrivals.push(key);
                self.state.seen.insert(key, Seen::first(entry));
            }
        }
    }

    /// Whether an entry that no run saw is worth a notice.
    fn is_new(&self, entry: &Entry) -> bool {
        let about = &self.state.about;
        let is_since = |since| entry.created_at.is_some_and(|made| made >= since);
        about.since.is_some_and(|since| about.stock.contains(&entry.kind) || is_since(since))
    }

    /// Ends the run. `kinds` were asked about; where `is_complete`, what is alive and was not met
    /// has disappeared, else nothing is said of it. The state then holds the notices of this run
    /// after those of earlier ones.
    pub fn finish(mut self, kinds: &[EntryKind], is_complete: bool) {
        let replaced = self.name_successors(is_complete);
        let mut gone = Vec::new();
        if is_complete {
            gone = self.gone(kinds, &replaced);
            self.state.about.stock.extend(kinds);
        }
        self.state.about.since.get_or_insert(self.now);
        self.found.sort();
        for (event, key) in self.found {
            let Some(seen) = self.state.seen.get(&key) else { continue };
            let instance = &self.state.about.instance;
            let notice = Notice::new(instance, self.now, event, seen.subject.clone());
            self.state.notices.push(Pending { pending: self.channels.clone(), notice });
        }
        for key in gone {
            self.state.seen.remove(&key);
        }
    }

    /// Says of arrivals which token was rotated into them: the last one of the same account and
    /// name that this run saw revoked or, in a complete list, not at all. Returns those tokens.
    fn name_successors(&mut self, is_complete: bool) -> BTreeSet<Key> {
        let mut families: HashMap<(u64, &str), BTreeMap<u64, Key>> = HashMap::new();
        for (key, seen) in &self.state.seen {
            let is_over = seen.subject.is_revoked() || (!seen.is_met && is_complete);
            if let Some(family) = seen.subject.family().filter(|_| is_over && !seen.was_revoked) {
                families.entry(family).or_default().insert(seen.subject.id, *key);
            }
        }
        let mut successors = BTreeMap::new();
        for key in &self.arrivals {
            let Some(seen) = self.state.seen.get(key) else { continue };
            let members = seen.subject.family().and_then(|family| families.get(&family));
            let before = members.and_then(|members| members.range(..seen.subject.id).next_back());
            successors.extend(before.map(|(id, old)| (*key, (*id, *old))));
        }
        for (event, key) in &mut self.found {
            if let (Event::New { replaces }, Some((id, _))) = (event, successors.get(key)) {
                *replaces = Some(*id);
            }
        }
        successors.into_values().map(|(_, old)| old).collect()
    }

    /// What a complete list lacks. A credential that was alive and not rotated has expired
    /// meanwhile, or disappeared; records of dead tokens are deleted by GitLab itself.
    fn gone(&mut self, kinds: &[EntryKind], replaced: &BTreeSet<Key>) -> Vec<Key> {
        let is_gone = |seen: &Seen| !seen.is_met && kinds.contains(&seen.subject.kind);
        let mut gone = Vec::new();
        for (key, seen) in self.state.seen.iter().filter(|(_, seen)| is_gone(seen)) {
            gone.push(*key);
            if seen.subject.is_alive() && !replaced.contains(key) {
                let has_expired = seen.subject.expires_at.is_some_and(|ends| ends <= self.now);
                let event = if has_expired { Event::Expired } else { Event::Disappeared };
                self.found.push((event, *key));
            }
        }
        gone
    }
}

fn violation(violation: &Violation) -> Event {
    Event::Violation {
        policy: violation.policy.to_owned(),
        message: violation.message.clone(),
        remedy: violation.remedy.to_owned(),
    }
}

/// The step that is reached and was not told; it stands for the farther ones, too.
fn expiring(seen: &mut Seen, steps: &Steps, now: Timestamp) -> Option<Event> {
    let days_left = days_between(now, seen.subject.expires_at.filter(|_| seen.subject.is_alive())?);
    let step = steps.reached(days_left)?;
    if seen.step.is_some_and(|told| told <= step) {
        return None;
    }
    seen.step = Some(step);
    Some(Event::Expiring { step, days_left })
}
