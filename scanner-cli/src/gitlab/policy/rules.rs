//! Which policies there are.

use serde::{Deserialize, Serialize};

use super::cidr::Cidr;

/// Which policies hold. All are off at first; the fields are the keys of a policy file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Access tokens, trigger tokens and SSH keys have an end.
    pub no_expiry: bool,
    /// With `no_expiry`: tokens of service accounts need none.
    pub service_accounts_without_expiry: bool,
    /// Access tokens and keys live no longer than this.
    pub max_lifetime_days: Option<u32>,
    /// Nothing ends within this time.
    pub expiring_within_days: Option<u32>,
    /// Everything was used within this time.
    pub unused_for_days: Option<u32>,
    /// No token has a scope that a narrower one could stand for.
    pub broad_scopes: bool,
    /// No owner is blocked, deactivated or departed.
    pub inactive_owner: bool,
    /// People's tokens are not used from these addresses, where machines are.
    pub automation_cidrs: Vec<Cidr>,
    /// People's tokens are in no CI/CD variable, as far as values may be read.
    pub automation_variables: bool,
    /// Access tokens are used from these addresses alone.
    pub allow_ips: Vec<Cidr>,
    /// Webhooks have a secret or a signing token.
    pub webhook_without_secret: bool,
    /// Deploy tokens and deploy keys have an end.
    pub deploy_without_expiry: bool,
    /// Deploy keys cannot push.
    pub deploy_key_can_push: bool,
    /// Job tokens of other projects are let in by an allowlist.
    pub job_token_allowlist_off: bool,
}

impl Policy {
    /// Whether any policy holds.
    #[must_use]
    pub fn is_any(&self) -> bool {
        let flags = [
            self.no_expiry,
            self.broad_scopes,
            self.inactive_owner,
            self.automation_variables,
            self.webhook_without_secret,
            self.deploy_without_expiry,
            self.deploy_key_can_push,
            self.job_token_allowlist_off,
        ];
        let limits = [self.max_lifetime_days, self.expiring_within_days, self.unused_for_days];
        flags.contains(&true)
            || limits.iter().any(Option::is_some)
            || !self.automation_cidrs.is_empty()
            || !self.allow_ips.is_empty()
    }
}

/// A policy that an entry does not meet.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Violation {
    /// The policy: `no-expiry`.
    pub policy: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: &'static str,
}
