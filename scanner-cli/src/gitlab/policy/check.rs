//! Holds one entry against the policies.

use std::net::IpAddr;

use jiff::Timestamp;

use super::cidr::Cidr;
use super::rules::{Policy, Violation};
use crate::gitlab::inventory::{
    Entry, EntryKind, EntryState, Held, OwnerState, OwnerType, days_between,
};

/// Scopes that narrower ones could stand for, the broadest first.
const BROAD: [&str; 3] = ["sudo", "admin_mode", "api"];

/// What is known beside the entry.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The time that days are counted from.
    pub now: Timestamp,
    /// How many groups and projects the caller's own token reaches, with its id.
    pub reach: Option<&'a Reach>,
    /// Which tokens CI/CD variables hold.
    pub held: Option<&'a Held>,
}

/// How far an access token reaches.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The token's id.
    pub id: u64,
    /// Groups and projects, as a text: `2 groups and 30 projects`.
    pub text: String,
}

/// What the policies say about an entry.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Verdicts {
    /// Policies that it does not meet.
    pub violations: Vec<Violation>,
    /// Policies that could not be checked, and why.
    pub unchecked: Vec<(&'static str, &'static str)>,
}

impl Verdicts {
    fn add(&mut self, policy: &'static str, message: String, remedy: &'static str) {
        self.violations.push(Violation { policy, message, remedy });
    }
}

impl Policy {
    /// Holds an entry against all policies. A credential that is expired or revoked meets every
    /// policy.
    #[must_use]
    pub fn check(&self, entry: &Entry, evidence: Evidence<'_>) -> Verdicts {
        let mut verdicts = Verdicts::default();
        if matches!(entry.state, EntryState::Expired | EntryState::Revoked) {
            return verdicts;
        }
        self.ends(entry, evidence.now, &mut verdicts);
        self.use_of(entry, evidence.now, &mut verdicts);
        self.rights(entry, evidence.reach, &mut verdicts);
        self.owner(entry, &mut verdicts);
        self.addresses(entry, &mut verdicts);
        self.variables(entry, evidence.held, &mut verdicts);
        self.settings(entry, &mut verdicts);
        verdicts
    }

    fn ends(&self, entry: &Entry, now: Timestamp, verdicts: &mut Verdicts) {
        use EntryKind::{
            DeployKey, DeployToken, PipelineTriggerToken, ServiceAccountToken, SshKey,
        };
        let Some(ends) = entry.expires_at else {
            let is_deploy = matches!(entry.kind, DeployKey | DeployToken);
            let can_end =
                entry.kind.is_access_token() || matches!(entry.kind, PipelineTriggerToken | SshKey);
            let is_excused =
                entry.kind == ServiceAccountToken && self.service_accounts_without_expiry;
            if self.no_expiry && can_end && !is_excused {
                let remedy = "rotate it with an expiry date, or make a new one and revoke this one";
                verdicts.add("no-expiry", "it never expires".to_owned(), remedy);
            }
            if self.deploy_without_expiry && is_deploy {
                let remedy = "make a new one with an expiry date, deploy it, delete this one";
                verdicts.add("deploy-without-expiry", "it never expires".to_owned(), remedy);
            }
            return;
        };
        if let (Some(most), Some(made)) = (self.max_lifetime_days, entry.created_at) {
            let days = days_between(made, ends);
            if days > i64::from(most) {
                let message = format!("it lives {days} days, more than {most}");
                let remedy = "rotate it with an earlier expiry date";
                verdicts.add("max-lifetime", message, remedy);
            }
        }
        let left = days_between(now, ends);
        if self.expiring_within_days.is_some_and(|within| left <= i64::from(within)) {
            let message = match left {
                0 => "it expires within a day".to_owned(),
                1 => "it expires in 1 day".to_owned(),
                _ => format!("it expires in {left} days"),
            };
            let remedy = "rotate it before that, or let it end where nothing uses it";
            verdicts.add("expiring", message, remedy);
        }
    }

    fn use_of(&self, entry: &Entry, now: Timestamp, verdicts: &mut Verdicts) {
        use EntryKind::{DeployToken, GpgKey, JobTokenScope, OauthApplication, Webhook};
        let Some(most) = self.unused_for_days else { return };
        if matches!(entry.kind, DeployToken | GpgKey | JobTokenScope | OauthApplication | Webhook) {
            // GitLab does not record their use in any release.
            return;
        }
        if !entry.is_use_told {
            verdicts.unchecked.push(("unused", "this release does not tell when it was used"));
            return;
        }
        let since = entry.last_used_at.or(entry.created_at);
        let Some(days) = since.map(|since| days_between(since, now)) else { return };
        if days > i64::from(most) {
            let message = match entry.last_used_at {
                Some(_) => format!("it was not used for {days} days"),
                None => format!("it was never used in {days} days"),
            };
            verdicts.add("unused", message, "revoke it");
        }
    }

    fn rights(&self, entry: &Entry, reach: Option<&Reach>, verdicts: &mut Verdicts) {
        if self.broad_scopes
            && entry.kind.is_access_token()
            && let Some(scope) = BROAD.iter().find(|broad| entry.scopes.iter().any(|s| s == *broad))
        {
            let role = entry.role.map(|role| format!(", with access level {role}"));
            let reach = reach.filter(|reach| reach.id == entry.id);
            let reach = reach.map(|reach| format!("; it reaches {}", reach.text));
            let message = format!(
                "it has the scope {scope}{}{}",
                role.unwrap_or_default(),
                reach.unwrap_or_default()
            );
            let remedy = "see what it is used for, and make one with read_api, a repository or \
                          registry scope, or fine-grained permissions (`token choose`)";
            verdicts.add("broad-scopes", message, remedy);
        }
        if self.deploy_key_can_push && entry.details.can_push == Some(true) {
            let remedy = "take the write access from it where it only has to fetch";
            verdicts.add("deploy-key-can-push", "it can push".to_owned(), remedy);
        }
    }

    fn owner(&self, entry: &Entry, verdicts: &mut Verdicts) {
        let Some(owner) = entry.owner.as_ref().filter(|_| self.inactive_owner) else { return };
        let name = owner.username.clone().unwrap_or_else(|| format!("account {}", owner.id));
        match owner.state {
            OwnerState::Active => {}
            OwnerState::Unknown if entry.kind == EntryKind::ServiceAccountToken => {}
            OwnerState::Unknown => {
                verdicts.unchecked.push(("inactive-owner", "the owner's state is not shown"));
            }
            OwnerState::Blocked | OwnerState::Deactivated | OwnerState::Departed => {
                let message = format!("its owner {name} is {}", owner.state.name());
                let remedy = "find what uses it, move that to a service account, revoke it";
                verdicts.add("inactive-owner", message, remedy);
            }
        }
    }

    fn addresses(&self, entry: &Entry, verdicts: &mut Verdicts) {
        if !entry.kind.is_access_token() {
            return;
        }
        let checks_automation = !self.automation_cidrs.is_empty() && is_persons(entry);
        let checks_allowed = !self.allow_ips.is_empty();
        let Some(used_from) = &entry.last_used_ips else {
            let why = "this release does not tell from where it was used";
            if checks_automation {
                verdicts.unchecked.push(("person-in-automation", why));
            }
            if checks_allowed {
                verdicts.unchecked.push(("used-from", why));
            }
            return;
        };
        let lies_in = |ranges: &[Cidr], text: &str| {
            let address = text.parse::<IpAddr>();
            address.is_ok_and(|address| ranges.iter().any(|range| range.contains(address)))
        };
        let machines = used_from.iter().find(|text| lies_in(&self.automation_cidrs, text));
        if let Some(address) = machines.filter(|_| checks_automation) {
            let message = format!("a person's token was used from {address}, where machines are");
            let remedy = "make a service account with its own token for this, then revoke this one";
            verdicts.add("person-in-automation", message, remedy);
        }
        let strangers: Vec<&str> = used_from
            .iter()
            .map(String::as_str)
            .filter(|text| checks_allowed && !lies_in(&self.allow_ips, text))
            .collect();
        if !strangers.is_empty() {
            let message = format!("it was used from {}", strangers.join(", "));
            let remedy = "find out who that is; if nobody knows, revoke it";
            verdicts.add("used-from", message, remedy);
        }
    }

    fn variables(&self, entry: &Entry, held: Option<&Held>, verdicts: &mut Verdicts) {
        let Some(held) = held.filter(|_| self.automation_variables && is_persons(entry)) else {
            return;
        };
        let variables: Vec<String> = held.of(entry.id).iter().map(ToString::to_string).collect();
        if !variables.is_empty() {
            let message = format!("jobs get it by the variable {}", variables.join(", "));
            let remedy = "give the jobs a token of a service account or project (`token migrate`)";
            verdicts.add("person-in-automation", message, remedy);
        }
    }

    fn settings(&self, entry: &Entry, verdicts: &mut Verdicts) {
        let details = &entry.details;
        if self.webhook_without_secret && entry.kind == EntryKind::Webhook {
            match (details.has_token, details.has_signing_token) {
                (Some(true), _) | (_, Some(true)) => {}
                (None, None) => {
                    let why = "this release does not tell whether a webhook has a secret";
                    verdicts.unchecked.push(("webhook-without-secret", why));
                }
                _ => {
                    let remedy = "give it a signing token (19.0 and later) or a secret token, and \
                                  let the receiver check it";
                    let message = "it has neither a secret token nor a signing token".to_owned();
                    verdicts.add("webhook-without-secret", message, remedy);
                }
            }
        }
        if self.job_token_allowlist_off && details.allowlist == Some(false) {
            let message = "job tokens of all projects are let in".to_owned();
            let remedy = "turn the allowlist on: Settings > CI/CD > Job token permissions";
            verdicts.add("job-token-allowlist-off", message, remedy);
        }
    }
}

/// Whether it is a person's access token.
fn is_persons(entry: &Entry) -> bool {
    matches!(entry.kind, EntryKind::PersonalAccessToken | EntryKind::ImpersonationToken)
        && entry.owner.as_ref().is_none_or(|owner| owner.owner_type == OwnerType::Person)
}

#[cfg(test)]
mod tests;
