//! Notices: what somebody has to hear of.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::seen::Subject;
use crate::gitlab::inventory::OwnerState;

/// What happened to a credential.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// Its last day is past.
    Expired,
    /// Its end is near.
    Expiring {
        /// The step that is reached, in days.
        step: u32,
        /// Whole days that were left when it was found.
        days_left: i64,
    },
    /// It was alive at the last run, and no list has it any more.
    Disappeared,
    /// Its owner was blocked or deactivated, or is gone.
    InactiveOwner,
    /// It was used from an address that it was not used from before.
    NewAddress {
        /// The address.
        address: String,
    },
    /// It does not meet a policy that it met before.
    Violation {
        /// The policy's name.
        policy: String,
        /// What is wrong.
        message: String,
        /// What to do.
        remedy: String,
    },
    /// It was not there at the last run.
    New {
        /// The id of the token that was rotated into it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<u64>,
    },
}

impl Event {
    /// The name in reports.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Expiring { .. } => "expiring",
            Self::Disappeared => "disappeared",
            Self::InactiveOwner => "inactive_owner",
            Self::NewAddress { .. } => "new_address",
            Self::Violation { .. } => "violation",
            Self::New { .. } => "new",
        }
    }
}

/// A way on which notices go out.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The report of a run.
    Report,
    /// A webhook.
    Webhook,
}

/// One thing that happened to one credential.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Notice {
    /// Stays the same however often it is sent: `msg_` and 32 hexadecimal digits.
    pub message_id: String,
    /// When a run found it.
    pub found_at: Timestamp,
    /// What happened.
    #[serde(flatten)]
    pub event: Event,
    /// To what.
    pub entry: Subject,
}

impl Notice {
    /// A notice of an instance.
    #[must_use]
    pub fn new(instance: &str, found_at: Timestamp, event: Event, entry: Subject) -> Self {
        let place = entry.place.as_ref().map_or(0, |place| place.id);
        let (kind, id) = (entry.kind.name(), entry.id);
        // The debug form tells apart the steps, addresses and policies of one credential.
        let text = format!("{instance}\n{kind}\n{id}\n{place}\n{event:?}\n{found_at}");
        let digest = Sha256::digest(text);
        let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        Self { message_id: format!("msg_{hex}"), found_at, event, entry }
    }

    /// What happened, in words.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.event {
            Event::Expired => "it has expired".to_owned(),
            Event::Expiring { days_left: 0, .. } => "it expires within a day".to_owned(),
            Event::Expiring { days_left: 1, .. } => "it expires in 1 day".to_owned(),
            Event::Expiring { days_left, .. } => format!("it expires in {days_left} days"),
            Event::Disappeared => "it was alive, and no list has it any more".to_owned(),
            Event::InactiveOwner => {
                let owner = self.entry.owner.as_ref();
                let state = owner.map_or(OwnerState::Unknown, |owner| owner.state);
                format!("its owner is {}", state.name())
            }
            Event::NewAddress { address } => {
                format!("it was used from {address} for the first time")
            }
            Event::Violation { policy, message, .. } => format!("{policy}: {message}"),
            Event::New { replaces: Some(id) } => format!("it is new; {id} was rotated into it"),
            Event::New { replaces: None } => "it is new".to_owned(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> &str {
        match &self.event {
            Event::Expired => "rotate it by id with another credential, or let it go",
            Event::Expiring { .. } => "rotate it before that, or let it end where nothing uses it",
            Event::Disappeared => "find out who deleted it, and what used it",
            Event::InactiveOwner => "find what uses it, move that to a service account, revoke it",
            Event::NewAddress { .. } => "find out who that is; if nobody knows, revoke it",
            Event::Violation { remedy, .. } => remedy,
            Event::New { replaces: Some(_) } => "see that what used the old one has the new one",
            Event::New { replaces: None } => "find out who made it, and for what",
        }
    }
}
