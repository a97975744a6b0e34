//! What was found in objects: each secret once, with the objects that hold it.
//!
//! Objects are named by numbers or by ids.

use std::collections::HashMap;

use tokensieve_core::{Confidence, Match, Rule, Secret};

use crate::pipeline::{Outcome, Pipeline};

/// What identifies a finding in a history: a rule and a secret.
type Key<'s> = (&'s str, Vec<u8>);

/// A secret and the objects that hold it.
pub(crate) struct FoundSecret<'s, O> {
    pub(crate) rule: &'s Rule,
    pub(crate) secret: Secret,
    pub(crate) objects: Vec<O>,
    /// Wherever it is, a better match holds its bytes. It counts only where an allowlist clears
    /// that one.
    pub(crate) is_shadowed: bool,
}

/// Collects what is found, on one thread.
pub(crate) struct Matches<'s, O> {
    least: Confidence,
    found: HashMap<Key<'s>, FoundSecret<'s, O>>,
    /// Objects with what is no more than not sure enough to be reported.
    unsure: Vec<O>,
    /// What is not reported, with the reason and one of the objects that say so.
    suppressed: HashMap<Key<'s>, (&'static str, O)>,
}

impl<'s, O: Copy + Ord> Matches<'s, O> {
    pub(crate) fn new(least: Confidence) -> Self {
        Self { least, found: HashMap::new(), unsure: Vec::new(), suppressed: HashMap::new() }
    }

    /// Adds a match in an object.
    pub(crate) fn insert(&mut self, object: O, matched: &Match<'s>, secret: &Secret) {
        let rule = matched.rule();
        let key = (rule.id(), secret.expose().to_vec());
        if matched.confidence() < self.least {
            if matched.confidence() > Confidence::Refuted && self.unsure.last() != Some(&object) {
                self.unsure.push(object);
            }
            let reason =
                matched.reason().map_or("below the least confidence", |reason| reason.as_str());
            self.suppress(key, (reason, object));
            return;
        }
        let found = self.found.entry(key);
        let found = found.or_insert_with(|| FoundSecret {
            rule,
            secret: secret.clone(),
            objects: Vec::new(),
            is_shadowed: true,
        });
        found.is_shadowed &= matched.overlap().is_some_and(|overlap| overlap.is_shadowed);
        if found.objects.last() != Some(&object) {
            found.objects.push(object);
        }
    }

    /// Notes why a secret is not reported. It can stand in places that each say otherwise, and
    /// these come in any order: always the same reason is kept.
    fn suppress(&mut self, key: Key<'s>, reason: (&'static str, O)) {
        let kept = self.suppressed.entry(key).or_insert(reason);
        *kept = reason.min(*kept);
    }

    /// The objects whose scan gives all this again: all with a match that is reported, or would be
    /// if less confidence were asked for, and one for each other secret. May have repetitions.
    pub(crate) fn with_matches(&self) -> impl Iterator<Item = O> + '_ {
        let others = self.suppressed.values().map(|(_, object)| object);
        self.holders().chain(self.unsure.iter().chain(others).copied())
    }

    /// The objects with a match that is sure enough to be reported. May have repetitions.
    pub(crate) fn holders(&self) -> impl Iterator<Item = O> + '_ {
        self.found.values().flat_map(|found| &found.objects).copied()
    }

    /// These matches with other names for the objects.
    pub(crate) fn renamed<P>(self, name: impl Fn(O) -> P) -> Matches<'s, P> {
        let renamed = |found: FoundSecret<'s, O>| FoundSecret {
            rule: found.rule,
            secret: found.secret,
            objects: found.objects.into_iter().map(&name).collect(),
            is_shadowed: found.is_shadowed,
        };
        let found = self.found.into_iter().map(|(key, found)| (key, renamed(found))).collect();
        let unsure = self.unsure.into_iter().map(&name).collect();
        let suppressed = self
            .suppressed
            .into_iter()
            .map(|(key, (reason, object))| (key, (reason, name(object))));
        Matches { least: self.least, found, unsure, suppressed: suppressed.collect() }
    }

    /// Adds what another thread has found.
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, found) in other.found {
            match self.found.get_mut(&key) {
                Some(known) => {
                    known.objects.extend(found.objects);
                    known.is_shadowed &= found.is_shadowed;
                }
                None => drop(self.found.insert(key, found)),
            }
        }
        self.unsure.extend(other.unsure);
        for (key, reason) in other.suppressed {
            self.suppress(key, reason);
        }
    }

    /// What was found, in the order of rules and secrets, and why the rest is not reported.
    pub(crate) fn finish(mut self) -> (Vec<FoundSecret<'s, O>>, Vec<(&'s str, &'static str)>) {
        // A secret can stand in one place where it is reported and in another where it is not.
        self.suppressed.retain(|key, _| !self.found.contains_key(key));
        let mut suppressed: Vec<_> =
            self.suppressed.into_iter().map(|((rule, _), (reason, _))| (rule, reason)).collect();
        suppressed.sort_unstable();
        let mut found: Vec<(Key<'s>, FoundSecret<'s, O>)> = self.found.into_iter().collect();
        found.sort_by(|(a, _), (b, _)| a.cmp(b));
        let sorted = found.into_iter().map(|(_, mut found)| {
            found.objects.sort_unstable();
            found.objects.dedup();
            found
        });
        (sorted.collect(), suppressed)
    }
}

/// Counts the secrets that are not reported, by reason.
pub(crate) fn add_suppressed(
    suppressed: &[(&str, &'static str)],
    pipeline: &Pipeline,
    outcome: &mut Outcome,
) {
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
            for reason in reasons {
                matches.suppress(("rule", b"secret".to_vec()), (reason, 1));
            }
            matches
        };
        for (first, second) in
            [(["a", "b"], ["c", "a"]), (["b", "a"], ["a", "c"]), (["c", "b"], ["b", "a"])]
        {
            let mut matches = with(&first);
            matches.merge(with(&second));
            assert_eq!(matches.finish().1, [("rule", "a")], "{first:?} {second:?}");
        }
    }
}
