//! Whether a token lives, and what that rests on.

use serde_json::{Map, Value};

/// Whether a token lives.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum State {
    /// It works.
    Active,
    /// It lives, but this caller, scope or place is refused.
    Refused,
    /// No answer, or none that says anything about the token.
    Unknown,
    /// It was not asked about.
    Unchecked,
    /// It has expired.
    Expired,
    /// It was revoked.
    Revoked,
    /// This instance does not know it.
    Invalid,
}

impl State {
    /// All of them, those that matter most first.
    pub const ALL: [Self; 7] = [
        Self::Active,
        Self::Refused,
        Self::Unknown,
        Self::Unchecked,
        Self::Expired,
        Self::Revoked,
        Self::Invalid,
    ];

    /// The name that reports have.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Unchecked => "unchecked",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Invalid => "invalid",
        }
    }

    /// Whether the token is known to live.
    #[must_use]
    pub fn lives(self) -> bool {
        matches!(self, Self::Active | Self::Refused)
    }

    /// Returns whether the instance says explicitly that the token is dead.
    #[must_use]
    pub fn is_proved_dead(self) -> bool {
        matches!(self, Self::Expired | Self::Revoked)
    }
}

/// What a state rests on.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Evidence {
    /// Method and path that were asked; none where nothing was.
    pub endpoint: Option<String>,
    /// The status of the answer; none without one.
    pub status: Option<u16>,
    /// The reason in words.
    pub reason: String,
}

/// A state with what it rests on and what the instance told.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Whether it lives.
    pub state: State,
    /// Why.
    pub evidence: Evidence,
    /// What the instance tells of the token, under the keys of reports; secrets are redacted.
    pub record: Map<String, Value>,
}

impl Verdict {
    pub(super) fn unasked(state: State, reason: impl Into<String>) -> Self {
        let evidence = Evidence { reason: reason.into(), ..Evidence::default() };
        Self { state, evidence, record: Map::new() }
    }
}
