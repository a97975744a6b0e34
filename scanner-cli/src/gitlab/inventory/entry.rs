//! Rows of the inventory.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What an entry is. The order is that of reports.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names are GitLab's own")]
pub enum EntryKind {
    PersonalAccessToken,
    ImpersonationToken,
    ProjectAccessToken,
    GroupAccessToken,
    ServiceAccountToken,
    DeployToken,
    PipelineTriggerToken,
    Runner,
    RunnerControllerToken,
    KubernetesAgentToken,
    DeployKey,
    SshKey,
    GpgKey,
    OauthApplication,
    Webhook,
    JobTokenScope,
}

impl EntryKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 16] = [
        Self::PersonalAccessToken,
        Self::ImpersonationToken,
        Self::ProjectAccessToken,
        Self::GroupAccessToken,
        Self::ServiceAccountToken,
        Self::DeployToken,
        Self::PipelineTriggerToken,
        Self::Runner,
        Self::RunnerControllerToken,
        Self::KubernetesAgentToken,
        Self::DeployKey,
        Self::SshKey,
        Self::GpgKey,
        Self::OauthApplication,
        Self::Webhook,
        Self::JobTokenScope,
    ];

    /// The name in reports and in `--kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PersonalAccessToken => "personal_access_token",
            Self::ImpersonationToken => "impersonation_token",
            Self::ProjectAccessToken => "project_access_token",
            Self::GroupAccessToken => "group_access_token",
            Self::ServiceAccountToken => "service_account_token",
            Self::DeployToken => "deploy_token",
            Self::PipelineTriggerToken => "pipeline_trigger_token",
            Self::Runner => "runner",
            Self::RunnerControllerToken => "runner_controller_token",
            Self::KubernetesAgentToken => "kubernetes_agent_token",
            Self::DeployKey => "deploy_key",
            Self::SshKey => "ssh_key",
            Self::GpgKey => "gpg_key",
            Self::OauthApplication => "oauth_application",
            Self::Webhook => "webhook",
            Self::JobTokenScope => "job_token_scope",
        }
    }

    /// Whether it is a row of GitLab's table of access tokens.
    #[must_use]
    pub fn is_access_token(self) -> bool {
        self <= Self::ServiceAccountToken
    }
}

/// Whether an entry works.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EntryState {
    /// It does, as far as the list tells.
    Active,
    /// Its last day is past.
    Expired,
    /// Somebody revoked it.
    Revoked,
    /// It is paused, disabled, or switched off.
    Off,
}

impl EntryState {
    /// The name in reports and in `--state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Off => "off",
        }
    }
}

/// What an account is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OwnerType {
    /// Neither a bot nor, as far as the lists tell, a service account.
    Person,
    /// The bot behind a project or group token.
    Bot,
    /// A service account.
    ServiceAccount,
}

impl OwnerType {
    /// The name in reports and in `--owner-type`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Bot => "bot",
            Self::ServiceAccount => "service_account",
        }
    }
}

/// Whether an account may still act.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OwnerState {
    /// It may.
    Active,
    /// An administrator blocked or banned it.
    Blocked,
    /// It was not used for long, and is switched off.
    Deactivated,
    /// The account is gone, or is no member of the place any more.
    Departed,
    /// Nobody said so.
    Unknown,
}

impl OwnerState {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Deactivated => "deactivated",
            Self::Departed => "departed",
            Self::Unknown => "unknown",
        }
    }
}

/// The account that an entry acts as, or whose it is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Owner {
    /// The account's id.
    pub id: u64,
    /// Its name, where it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub owner_type: OwnerType,
    /// Whether it may still act.
    pub state: OwnerState,
}

/// A project, a group, a user or the instance.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// `project`, `group`, `user` or `instance`.
    #[serde(rename = "type")]
    pub place_type: &'static str,
    /// Its id; 0 for the instance.
    pub id: u64,
    /// Its path, or the user's name; empty for the instance.
    pub path: String,
}

/// Fields that only some kinds have.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Details {
    /// Deploy keys: may it push?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_push: Option<bool>,
    /// Webhooks: is there a secret token?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_token: Option<bool>,
    /// Webhooks: is there a signing token?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_signing_token: Option<bool>,
    /// Webhooks: are they sent when access tokens expire?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_events: Option<bool>,
    /// Webhooks: are they sent when deploy tokens expire?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deploy_expiry_events: Option<bool>,
    /// Webhooks: are they sent 60 and 30 days ahead, too?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub early_expiry_events: Option<bool>,
    /// Keys: `SHA256:...`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Job token scopes: are other projects kept out that are not on the allowlist?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allowlist: Option<bool>,
}

/// What an audit event says about the making of a token.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Made {
    /// The name of the account that made it.
    pub author: String,
    /// The id of that account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_id: Option<i64>,
    /// When.
    pub at: Option<Timestamp>,
    /// From where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A credential, or a thing that holds one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its id: of its own kind, not across kinds.
    pub id: u64,
    /// Its name, title, description or URL, without secrets.
    pub name: String,
    /// Where it was made, where that is known.
    #[serde(rename = "where", skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The access level of its bot: 10 Guest, 20 Reporter, 30 Developer, 40 Maintainer, 50 Owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<u32>,
    /// Its scopes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The permissions of a fine-grained token.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub permissions: Vec<String>,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// The first moment at which it is dead; none means never, or that the kind has no end.
    pub expires_at: Option<Timestamp>,
    /// When it was used last.
    pub last_used_at: Option<Timestamp>,
    /// Whether this release tells of this kind when it was used.
    #[serde(skip)]
    pub is_use_told: bool,
    /// From where it was used; none where this release or kind does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_used_ips: Option<Vec<String>>,
    /// Whether it works.
    pub state: EntryState,
    /// Days until GitLab deletes the record of an expired project or group token, with its bot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_in_days: Option<i64>,
    /// Who made it, where audit events were asked for and one tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<Made>,
    /// Fields that only its kind has.
    #[serde(flatten)]
    pub details: Details,
}

impl Entry {
    /// Days from `now` to its end, rounded down; negative once it is past.
    #[must_use]
    pub fn days_left(&self, now: Timestamp) -> Option<i64> {
        self.expires_at.map(|ends| days_between(now, ends))
    }

    /// The path of its place; empty where there is none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.place.as_ref().map_or("", |place| place.path.as_str())
    }
}

/// Whole days between two times, rounded down.
#[must_use]
pub fn days_between(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_second() - from.as_second()).div_euclid(24 * 3600)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_reports() {
        for kind in EntryKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
        assert!(EntryKind::ImpersonationToken.is_access_token());
        assert!(!EntryKind::DeployToken.is_access_token());
    }

    #[test]
    fn days_are_rounded_down() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let now = at("2026-03-01T12:00:00Z");
        assert_eq!(days_between(now, at("2026-03-02T11:00:00Z")), 0);
        assert_eq!(days_between(now, at("2026-03-02T12:00:00Z")), 1);
        assert_eq!(days_between(now, at("2026-03-01T11:00:00Z")), -1);
    }
}
