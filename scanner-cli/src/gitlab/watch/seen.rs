//! What a state remembers of a credential.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::gitlab::inventory::{Entry, EntryKind, EntryState, OwnerState, OwnerType};

/// The most addresses of a credential that are remembered. GitLab itself lists the last five.
const MOST_ADDRESSES: usize = 64;

/// Tells credentials apart. Access tokens of all kinds share their ids; a deploy key is one of each
/// project that it is enabled in.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    kind: EntryKind,
    id: u64,
    place: u64,
}

/// Where a credential was made.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SubjectPlace {
    /// `project`, `group`, `user` or `instance`.
    #[serde(rename = "type")]
    pub place_type: String,
    /// Its id; 0 for the instance.
    pub id: u64,
    /// Its path, or the user's name.
    pub path: String,
}

/// The account that a credential acts as.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct SubjectOwner {
    /// The account's id.
    pub id: u64,
    /// Its name, where it was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub owner_type: OwnerType,
    /// Whether it may still act, as far as anybody said.
    pub state: OwnerState,
}

/// The credential that a notice is about, as it was seen last. Holds no secret.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Subject {
    /// What it is.
    pub kind: EntryKind,
    /// Its id.
    pub id: u64,
    /// Its name, title, description or URL.
    pub name: String,
    /// Where it was made.
    #[serde(default, rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<SubjectPlace>,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<SubjectOwner>,
    /// Its scopes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// The first moment at which it is dead.
    pub expires_at: Option<Timestamp>,
    /// When it was used last.
    pub last_used_at: Option<Timestamp>,
    /// Whether it works.
    pub state: EntryState,
}

impl Subject {
    /// What an entry is about.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self {
            kind: entry.kind,
            id: entry.id,
            name: entry.name.clone(),
            place: entry.place.as_ref().map(|place| SubjectPlace {
                place_type: place.place_type.to_owned(),
                id: place.id,
                path: place.path.clone(),
            }),
            owner: entry.owner.as_ref().map(|owner| SubjectOwner {
                id: owner.id,
                username: owner.username.clone(),
                owner_type: owner.owner_type,
                state: owner.state,
            }),
            scopes: entry.scopes.clone(),
            created_at: entry.created_at,
            expires_at: entry.expires_at,
            last_used_at: entry.last_used_at,
            state: entry.state,
        }
    }

    pub(super) fn key(&self) -> Key {
        let kind =
            if self.kind.is_access_token() { EntryKind::PersonalAccessToken } else { self.kind };
        let is_shared = self.kind == EntryKind::DeployKey;
        let place = self.place.as_ref().filter(|_| is_shared).map_or(0, |place| place.id);
        Key { kind, id: self.id, place }
    }

    /// Whether it is neither expired nor revoked.
    pub(super) fn is_alive(&self) -> bool {
        !matches!(self.state, EntryState::Expired | EntryState::Revoked)
    }

    pub(super) fn is_revoked(&self) -> bool {
        self.state == EntryState::Revoked
    }

    /// The account and the name that a rotation keeps.
    pub(super) fn family(&self) -> Option<(u64, &str)> {
        let owner = self.owner.as_ref().filter(|_| self.kind.is_access_token())?;
        Some((owner.id, self.name.as_str()))
    }
}

/// A credential that an earlier run saw, or this one.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Seen {
    #[serde(flatten)]
    pub(super) subject: Subject,
    /// The nearest expiry step that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) step: Option<u32>,
    /// Addresses that it was used from, the latest last; none where none was ever told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) addresses: Option<Vec<String>>,
    /// Policies that it does not meet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) violations: Vec<String>,
    /// This run met it.
    #[serde(skip)]
    pub(super) is_met: bool,
    /// It was revoked before this run.
    #[serde(skip)]
    pub(super) was_revoked: bool,
}

impl Seen {
    /// What is known of an entry that no earlier run saw.
    pub(super) fn first(entry: &Entry) -> Self {
        let mut seen = Self {
            subject: Subject::of(entry),
            step: None,
            addresses: None,
            violations: Vec::new(),
            is_met: true,
            was_revoked: false,
        };
        seen.meet_addresses(entry);
        seen
    }

    /// Takes over what an entry says. Returns whether its owner stopped being active, and whether
    /// it expired.
    pub(super) fn meet(&mut self, entry: &Entry) -> (bool, bool) {
        let mut now = Subject::of(entry);
        let before = std::mem::replace(&mut self.subject, now.clone());
        if before.expires_at != now.expires_at {
            self.step = None;
        }
        // What nobody says any more holds on.
        if let (Some(old), Some(new)) = (&before.owner, &mut now.owner)
            && new.state == OwnerState::Unknown
        {
            new.state = old.state;
        }
        self.is_met = true;
        let was_active = before.owner.as_ref().is_none_or(|owner| !is_inactive(owner.state));
        let is_gone = now.owner.as_ref().is_some_and(|owner| is_inactive(owner.state));
        let has_expired = before.is_alive() && now.state == EntryState::Expired;
        self.subject = now;
        (was_active && is_gone && self.subject.is_alive(), has_expired)
    }

    /// Takes over addresses. Returns those that are new; where none were told before, all are taken
    /// for known.
    pub(super) fn meet_addresses(&mut self, entry: &Entry) -> Vec<String> {
        let Some(told) = &entry.last_used_ips else { return Vec::new() };
        let is_first = self.addresses.is_none();
        let known = self.addresses.get_or_insert_default();
        let mut new = Vec::new();
        for address in told {
            match known.iter().position(|old| old == address) {
                Some(at) => known[at..].rotate_left(1),
                None => {
                    known.push(address.clone());
                    new.push(address.clone());
                }
            }
        }
        let surplus = known.len().saturating_sub(MOST_ADDRESSES);
        known.drain(..surplus);
        if is_first { Vec::new() } else { new }
    }
}

/// Whether an account is known not to act any more.
fn is_inactive(state: OwnerState) -> bool {
    matches!(state, OwnerState::Blocked | OwnerState::Deactivated | OwnerState::Departed)
}
