//! What the service that a secret is for says about it.

use serde::Serialize;
use serde_json::{Map, Value};

/// The answer of a service about a secret. Everything in it is fit to be shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verification {
    /// `active`, `refused`, `expired`, `revoked`, `invalid`, `unknown` or `unchecked`.
    pub state: &'static str,
    /// Why, in words.
    pub reason: String,
    /// Method and path that were asked; none where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The HTTP status of the answer; none without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What the service tells of the secret: its id, its user, its scopes.
    #[serde(flatten)]
    pub record: Map<String, Value>,
}

impl Verification {
    /// A state and its reason.
    ///
    /// ```
    /// use tokensieve_core::Verification;
    ///
    /// let verification = Verification::new("revoked", "the instance says that it was revoked");
    /// assert_eq!(verification.state, "revoked");
    /// ```
    #[must_use]
    pub fn new(state: &'static str, reason: impl Into<String>) -> Self {
        Self { state, reason: reason.into(), ..Self::default() }
    }
}
