//! What the user says before an instance is asked.

use tokensieve_core::Secret;

/// What the user allows, and what tokens do not tell themselves.
#[derive(Clone, Default)]
pub struct Settings {
    /// Id or path of the project of triggers and feature flags.
    pub project: Option<String>,
    /// Path of the group of SCIM tokens.
    pub group: Option<String>,
    /// The application of OAuth secrets.
    pub application_id: Option<String>,
    /// The user name of deploy tokens.
    pub deploy_user: Option<String>,
    /// Whether checks with side effects may be made.
    pub allows_side_effects: bool,
    /// An administrator's credential, to ask for tokens by value and for keys by fingerprint.
    pub administrator: Option<Secret>,
    /// Whether to ask what living access tokens reach.
    pub with_associations: bool,
    /// The time, in Unix seconds.
    pub now: i64,
}
