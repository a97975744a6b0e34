//! The secrets that were found in an archive, so that its bytes do not report them again.

use std::collections::BTreeSet;
use std::ops::Bound;

use tokensieve_core::Located;

/// Secrets by the ids of their rules.
///
/// In the bytes of an archive other bytes can stand directly behind the data of a member, and a
/// secret without an end of its own takes them in: secrets are the same if one begins like the
/// other.
#[derive(Default)]
pub(crate) struct SeenSecrets {
    by_rule: BTreeSet<(String, Vec<u8>)>,
}

impl SeenSecrets {
    pub(crate) fn insert(&mut self, located: &Located<'_>) {
        self.by_rule.insert(key(located));
    }

    pub(crate) fn contains(&self, located: &Located<'_>) -> bool {
        let key = key(located);
        let is_same = |seen: &(String, Vec<u8>)| {
            seen.0 == key.0 && (seen.1.starts_with(&key.1) || key.1.starts_with(&seen.1))
        };
        let before = self.by_rule.range((Bound::Unbounded, Bound::Included(&key))).next_back();
        let behind = self.by_rule.range((Bound::Included(&key), Bound::Unbounded)).next();
        before.is_some_and(is_same) || behind.is_some_and(is_same)
    }
}

fn key(located: &Located<'_>) -> (String, Vec<u8>) {
    (located.matched.rule().id().to_owned(), located.secret.expose().to_vec())
}
