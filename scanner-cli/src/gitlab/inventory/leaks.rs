//! Joins leaked secrets to entries.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::entry::{Entry, EntryKind, days_between};
use crate::gitlab::ssh_key;

/// How surely a leak is an entry.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Certainty {
    /// The instance told the id, or the fingerprints are the same.
    Sure,
    /// The secret tells the owner, and the entry is one of the owner's that is old enough.
    Candidate,
}

/// A leaked secret, as a report tells of it. Holds no secret.
#[derive(Clone, Debug)]
pub struct Leak {
    /// The report's name for the secret.
    pub secret_id: String,
    /// Where it was found first: `path:line`.
    pub place: String,
    kind: String,
    id: Option<u64>,
    fingerprint: Option<String>,
    user: Option<u64>,
    project: Option<u64>,
    group: Option<u64>,
    /// When it was there at the latest.
    seen_at: Option<Timestamp>,
}

/// An entry's leak.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Match {
    /// The report's name for the secret.
    pub secret_id: String,
    /// Where it was found first.
    pub place: String,
    /// How sure that is.
    pub certainty: Certainty,
}

impl Leak {
    /// Reads a row of a report: of `token inspect` and `token verify`, or of a scan. None for what
    /// is no credential of GitLab's.
    #[must_use]
    pub fn read(row: &Value) -> Option<Self> {
        let text = |value: &Value, key: &str| value.get(key)?.as_str().map(str::to_owned);
        let number = |value: &Value, key: &str| {
            let value = value.get(key)?;
            value.as_u64().or_else(|| value.as_str()?.parse().ok())
        };
        let kind = text(row, "kind")?;
        let verdict = row.get("verification").unwrap_or(row);
        let state = text(verdict, "state").unwrap_or_default();
        let is_known = matches!(state.as_str(), "active" | "refused" | "expired" | "revoked");
        let place = row.get("places").and_then(|places| places.get(0)).unwrap_or(row);
        let line = number(place, "line").or_else(|| number(place, "start_line"));
        let facts = row.get("facts").unwrap_or(&Value::Null);
        let secret = text(row, "secret").filter(|_| kind == "private_key");
        let date = row.get("commit").and_then(|commit| text(commit, "date"));
        Some(Self {
            secret_id: text(row, "secret_id").unwrap_or_default(),
            place: format!("{}:{}", text(place, "path").unwrap_or_default(), line.unwrap_or(1)),
            id: number(verdict, "id").filter(|_| is_known),
            fingerprint: secret.and_then(|key| ssh_key::fingerprint(key.as_bytes())),
            user: number(facts, "user"),
            project: number(facts, "project"),
            group: number(facts, "group"),
            seen_at: date.and_then(|date| date.parse().ok()),
            kind,
        })
    }

    /// Whether an entry is this leak's.
    #[must_use]
    pub fn matches(&self, entry: &Entry) -> Option<Match> {
        let found = |certainty| {
            Some(Match { secret_id: self.secret_id.clone(), place: self.place.clone(), certainty })
        };
        if let (Some(own), Some(other)) = (&self.fingerprint, &entry.details.fingerprint) {
            return if own == other { found(Certainty::Sure) } else { None };
        }
        if !self.is_of_kind(entry.kind) {
            return None;
        }
        match self.id {
            Some(id) if id == entry.id => found(Certainty::Sure),
            Some(_) => None,
            None if self.could_be(entry) => found(Certainty::Candidate),
            None => None,
        }
    }

    fn is_of_kind(&self, kind: EntryKind) -> bool {
        match self.kind.as_str() {
            "personal_access_token" => kind.is_access_token(),
            "deploy_token" => kind == EntryKind::DeployToken,
            "pipeline_trigger_token" => kind == EntryKind::PipelineTriggerToken,
            "runner_authentication_token" => kind == EntryKind::Runner,
            "runner_controller_token" => kind == EntryKind::RunnerControllerToken,
            "kubernetes_agent_token" => kind == EntryKind::KubernetesAgentToken,
            "oauth_application_secret" => kind == EntryKind::OauthApplication,
            _ => false,
        }
    }

    /// Whether the secret's own ids are those of the entry, which was there before the leak.
    fn could_be(&self, entry: &Entry) -> bool {
        let place = entry.place.as_ref().map(|place| (place.place_type, place.id));
        let is_owners =
            self.user.is_some() && self.user == entry.owner.as_ref().map(|owner| owner.id);
        let is_places = self.project.is_some_and(|id| place == Some(("project", id)))
            || self.group.is_some_and(|id| place == Some(("group", id)));
        let is_old_enough = match (entry.created_at, self.seen_at) {
            // Clocks of commits and servers differ by less than a day.
            (Some(made), Some(seen)) => days_between(made, seen) >= -1,
            _ => true,
        };
        (is_owners || is_places) && is_old_enough
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::gitlab::inventory::{Details, EntryState, Owner, OwnerState, OwnerType, Place};

    fn entry(kind: EntryKind, id: u64) -> Entry {
        Entry {
            kind,
            id,
            name: "a".into(),
            place: Some(Place { place_type: "project", id: 7, path: "a/b".into() }),
            owner: Some(Owner {
                id: 2,
                username: None,
                owner_type: OwnerType::Bot,
                state: OwnerState::Active,
            }),
            role: None,
            scopes: Vec::new(),
            permissions: Vec::new(),
            created_at: Some("2026-03-01T00:00:00Z".parse().unwrap()),
            expires_at: None,
            last_used_at: None,
            is_use_told: true,
            last_used_ips: None,
            state: EntryState::Active,
            deleted_in_days: None,
            made_by: None,
            details: Details::default(),
        }
    }

    fn certainty(row: &Value, entry: &Entry) -> Option<Certainty> {
        Leak::read(row).unwrap().matches(entry).map(|found| found.certainty)
    }

    #[test]
    fn an_id_that_the_instance_told_is_sure() {
        let row = json!({"kind": "personal_access_token", "state": "active", "id": 12,
            "facts": {"user": "2"}, "places": [{"path": "x", "line": 3}]});
        let token = entry(EntryKind::ProjectAccessToken, 12);
        assert_eq!(certainty(&row, &token), Some(Certainty::Sure));
        assert_eq!(Leak::read(&row).unwrap().place, "x:3");
        // The same owner's other token, and another kind with the same number.
        assert_eq!(certainty(&row, &entry(EntryKind::ProjectAccessToken, 13)), None);
        assert_eq!(certainty(&row, &entry(EntryKind::DeployToken, 12)), None);
        let of_scan = json!({"kind": "deploy_token", "path": "y", "start_line": 1,
            "verification": {"state": "revoked", "id": 12}});
        let deploy = entry(EntryKind::DeployToken, 12);
        assert_eq!(certainty(&of_scan, &deploy), Some(Certainty::Sure));
    }

    #[test]
    fn ids_in_the_secret_make_candidates_that_are_old_enough() {
        let row = |facts: Value, date: &str| {
            let kind = "personal_access_token";
            json!({"kind": kind, "facts": facts, "commit": {"date": date}})
        };
        let token = entry(EntryKind::ProjectAccessToken, 12);
        let late = "2026-03-05T10:00:00Z";
        for facts in [json!({"user": "2"}), json!({"project": "7"})] {
            assert_eq!(certainty(&row(facts, late), &token), Some(Certainty::Candidate));
        }
        for facts in [json!({"user": "3"}), json!({"group": "7"}), json!({})] {
            assert_eq!(certainty(&row(facts, late), &token), None);
        }
        let early = row(json!({"user": "2"}), "2026-02-20T10:00:00Z");
        assert_eq!(certainty(&early, &token), None, "the leak is older than the token");
    }
}
