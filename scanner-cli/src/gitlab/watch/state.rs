//! What a run remembers for the next one.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::notice::{Channel, Notice};
use super::seen::{Key, Seen};
use crate::gitlab::inventory::EntryKind;

/// What a state is about.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub(super) struct About {
    /// The instance's URL.
    pub(super) instance: String,
    /// The scope, as the user names it: `group acme`.
    pub(super) scope: String,
    /// The time of the first run; none before it.
    pub(super) since: Option<Timestamp>,
    /// Kinds that were once listed completely: what turns up later is new.
    pub(super) stock: BTreeSet<EntryKind>,
}

/// A notice with the ways on which it still has to go.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Pending {
    pub(super) pending: BTreeSet<Channel>,
    #[serde(flatten)]
    pub(super) notice: Notice,
}

/// What is known of all credentials of a scope, and which notices are not told yet. Takes about
/// 500 bytes of memory for each credential.
#[derive(Clone, Debug)]
pub struct State {
    pub(super) about: About,
    pub(super) seen: BTreeMap<Key, Seen>,
    pub(super) notices: Vec<Pending>,
}

impl State {
    /// The state before the first run.
    #[must_use]
    pub fn new(instance: &str, scope: &str) -> Self {
        let about = About {
            instance: instance.to_owned(),
            scope: scope.to_owned(),
            since: None,
            stock: BTreeSet::new(),
        };
        Self { about, seen: BTreeMap::new(), notices: Vec::new() }
    }

    /// Whether no run has ended yet.
    #[must_use]
    pub fn is_first_run(&self) -> bool {
        self.about.since.is_none()
    }

    /// How many credentials are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether none is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The notices that still have to go out on a way, those of earlier runs first.
    #[must_use]
    pub fn pending(&self, channel: Channel) -> Vec<Notice> {
        let pending = self.notices.iter().filter(|notice| notice.pending.contains(&channel));
        pending.map(|pending| pending.notice.clone()).collect()
    }

    /// Notes that notices went out on a way.
    pub fn told(&mut self, message_ids: &HashSet<String>, channel: Channel) {
        for pending in &mut self.notices {
            if message_ids.contains(&pending.notice.message_id) {
                pending.pending.remove(&channel);
            }
        }
        self.notices.retain(|pending| !pending.pending.is_empty());
    }
}
