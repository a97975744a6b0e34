//! What is to be done with a token, and what became of it.

use std::path::PathBuf;

use super::record::Record;
use super::target::{Located, Target, TargetKind};

/// How a rotation ended.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum State {
    /// It would be made.
    Planned,
    /// The new secret is in its file.
    Done,
    /// The old token lives as before.
    NotStarted,
    /// It happened and the new secret is gone, or nobody knows whether it happened.
    Lost,
    /// As `Done`, after an answer was lost.
    Recovered,
    /// The program or the instance declined; the old token lives as before.
    Refused,
}

impl State {
    /// The name that reports have.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Done => "done",
            Self::NotStarted => "not_started",
            Self::Lost => "lost",
            Self::Recovered => "recovered",
            Self::Refused => "refused",
        }
    }

    /// Whether the new secret is in its file.
    #[must_use]
    pub fn has_secret(self) -> bool {
        matches!(self, Self::Done | Self::Recovered)
    }
}

/// What became of one token.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// Its kind.
    pub kind: TargetKind,
    /// Its id.
    pub id: u64,
    /// The token that lives now, where it is known.
    pub new_id: Option<u64>,
    /// How it ended.
    pub state: State,
    /// Where the new secret is, or would be.
    pub secret_file: Option<PathBuf>,
    /// When the new token expires.
    pub expires_at: Option<String>,
    /// Why, in words that can be shown.
    pub reason: String,
    /// Whether nothing is left to be done about it.
    pub is_complete: bool,
    /// Whether a second token was made by this run, and the first one is to be revoked later.
    pub is_made: bool,
}

impl Rotation {
    pub(super) fn new(located: &Located, state: State, reason: impl Into<String>) -> Self {
        Self {
            kind: located.kind,
            id: located.id,
            new_id: None,
            state,
            secret_file: None,
            expires_at: None,
            reason: reason.into(),
            is_complete: state.has_secret(),
            is_made: false,
        }
    }

    /// A token that could not even be found.
    #[must_use]
    pub fn refused(target: &Target, reason: impl Into<String>) -> Self {
        let located = Located { kind: target.kind, id: target.id, base: String::new() };
        Self::new(&located, State::Refused, reason)
    }
}

/// What is to be done with one token.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The token.
    pub located: Located,
    /// Whether the token itself is the caller.
    pub is_self: bool,
    /// Where a second credential finds its successors.
    pub(super) recovery: Located,
    /// What the instance tells about it; none where it is the caller and dead.
    pub record: Option<Record>,
    /// The expiry to ask for; none where the instance chooses.
    pub expires_at: Option<String>,
    /// The instance's clock when the record was read.
    pub(super) server_time: Option<i64>,
    /// What will happen and what will break, fit to be shown.
    pub notes: Vec<String>,
    /// Why it is not to be done, fit to be shown.
    pub refusal: Option<String>,
    /// Identifies the old secret, where it is known.
    pub secret_id: Option<String>,
}

impl Plan {
    /// The plan as a row of the report.
    #[must_use]
    pub fn rotation(&self) -> Rotation {
        let (state, reason) = match &self.refusal {
            Some(why) => (State::Refused, why.clone()),
            None => (State::Planned, self.notes.join("; ")),
        };
        let expires_at = self.expires_at.clone();
        Rotation { expires_at, ..Rotation::new(&self.located, state, reason) }
    }
}

/// What the user allows.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Tokens that are in use, or may be, are rotated, too.
    pub allows_in_use: bool,
    /// Expired tokens are rotated, and only these.
    pub is_rescue: bool,
    /// A second token is made where the kind allows two.
    pub is_overlap: bool,
    /// The successor is deployed: the old token can go.
    pub is_deployed: bool,
    /// The expiry to ask for, as a date.
    pub expires_at: Option<String>,
    /// How many seconds after a lost answer an old token that still lives was not rotated.
    pub settle: i64,
    /// The time, in Unix seconds.
    pub now: i64,
}
