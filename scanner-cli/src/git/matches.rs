//! What was found in objects: each secret once, with the objects that hold it.
//!
//! Objects are named by numbers or by ids.

use std::collections::HashMap;

use tokensieve_core::{Confidence, Match, Rule, Secret};

use crate::pipeline::{Outcome, Pipeline};

/// What identifies a finding in a history: a rule and a secret.
type Key<'s> = (&'s str, Vec<u8>);

/// A secret and the objects that hold it.
pub(super) struct Found<'s, O> {
    pub(super) rule: &'s Rule,
    pub(super) secret: Secret,
    pub(super) objects: Vec<O>,
    /// Wherever it is, a better match holds its bytes. It counts only where that one is released.
    pub(super) is_beaten: bool,
}

/// Collects what is found, on one thread.
pub(super) struct Matches<'s, O> {
    least: Confidence,
    found: HashMap<Key<'s>, Found<'s, O>>,
    /// Objects with a match of any confidence.
    touched: Vec<O>,
    /// What is not reported, with the reason.
    suppressed: HashMap<Key<'s>, &'static str>,
}

impl<'s, O: Copy + Ord> Matches<'s, O> {
    pub(super) fn new(least: Confidence) -> Self {
        Self { least, found: HashMap::new(), touched: Vec::new(), suppressed: HashMap::new() }
    }

    /// Takes a match in an object.
    pub(super) fn take(&mut self, object: O, matched: &Match<'s>, secret: &Secret) {
        if self.touched.last() != Some(&object) {
            self.touched.push(object);
        }
        let rule = matched.rule();
        let key = (rule.id(), secret.expose().to_vec());
        if matched.confidence() < self.least {
            let reason = matched.reason().map_or("below the least confidence", |reason| reason.as_str());
            self.suppress(key, reason);
            return;
        }
        let found = self.found.entry(key);
        let found =
            found.or_insert_with(|| Found { rule, secret: secret.clone(), objects: Vec::new(), is_beaten: true });
        found.is_beaten &= matched.contest().is_some_and(|contest| contest.is_beaten);
        if found.objects.last() != Some(&object) {
            found.objects.push(object);
        }
    }

    /// Notes why a secret is not reported. It can stand in places that each say otherwise, and these come in any order:
    /// always the same reason is kept.
    fn suppress(&mut self, key: Key<'s>, reason: &'static str) {
        let kept = self.suppressed.entry(key).or_insert(reason);
        *kept = reason.min(*kept);
    }

    /// The objects with a match of any confidence.
    pub(super) fn touched(&self) -> &[O] {
        &self.touched
    }

    /// The objects with what is reported.
    pub(super) fn holders(&self) -> impl Iterator<Item = O> + '_ {
        self.found.values().flat_map(|found| found.objects.iter().copied())
    }

    /// The same with other names for the objects.
    pub(super) fn renamed<P>(self, name: impl Fn(O) -> P) -> Matches<'s, P> {
        let renamed = |found: Found<'s, O>| Found {
            rule: found.rule,
            secret: found.secret,
            objects: found.objects.into_iter().map(&name).collect(),
            is_beaten: found.is_beaten,
        };
        let found = self.found.into_iter().map(|(key, found)| (key, renamed(found))).collect();
        let touched = self.touched.into_iter().map(&name).collect();
        Matches { least: self.least, found, touched, suppressed: self.suppressed }
    }

    /// Adds what another thread has found.
    pub(super) fn merge(&mut self, other: Self) {
        for (key, found) in other.found {
            match self.found.get_mut(&key) {
                Some(known) => {
                    known.objects.extend(found.objects);
                    known.is_beaten &= found.is_beaten;
                }
                None => drop(self.found.insert(key, found)),
            }
        }
        self.touched.extend(other.touched);
        other.suppressed.into_iter().for_each(|(key, reason)| self.suppress(key, reason));
    }

    /// What was found, in the order of rules and secrets, and why the rest is not reported.
    pub(super) fn finish(mut self) -> (Vec<Found<'s, O>>, Vec<(&'s str, &'static str)>) {
        // A secret can stand in one place where it is reported and in another where it is not.
        self.suppressed.retain(|key, _| !self.found.contains_key(key));
        let mut suppressed: Vec<_> = self.suppressed.into_iter().map(|((rule, _), reason)| (rule, reason)).collect();
        suppressed.sort_unstable();
        let mut found: Vec<(Key<'s>, Found<'s, O>)> = self.found.into_iter().collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        let sorted = found.into_iter().map(|(_, mut found)| {
            found.objects.sort_unstable();
            found.objects.dedup();
            found
        });
        (sorted.collect(), suppressed)
    }
}

/// Counts what is not reported, by reason.
pub(super) fn tell_suppressed(suppressed: &[(&str, &'static str)], pipeline: &Pipeline, outcome: &mut Outcome) {
    for (rule, reason) in suppressed {
        outcome.coverage.suppress(reason);
        if pipeline.options().takes_notes {
            outcome.notes.push(format!("suppressed: {rule} ({reason})"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_places_decides_no_reason() {
        let with = |reasons: &[&'static str]| {
            let mut matches = Matches::<u32>::new(Confidence::Possible);
            reasons.iter().for_each(|reason| matches.suppress(("rule", b"secret".to_vec()), reason));
            matches
        };
        for (first, second) in [(["a", "b"], ["c", "a"]), (["b", "a"], ["a", "c"]), (["c", "b"], ["b", "a"])] {
            let mut matches = with(&first);
            matches.merge(with(&second));
            assert_eq!(matches.finish().1, [("rule", "a")], "{first:?} {second:?}");
        }
    }
}
