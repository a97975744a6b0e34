//! Makes entries of records.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use sha2::{Digest, Sha256};

use super::entry::{Details, Entry, EntryKind, EntryState, Owner, Place, days_between};
use super::record::{Grant, Record};
use crate::gitlab::clean::Cleaner;

/// Turns records into entries.
#[derive(Clone, Copy)]
pub(super) struct Builder<'a> {
    pub(super) cleaner: Cleaner<'a>,
    pub(super) now: Timestamp,
    /// Days after which GitLab deletes the record of an inactive project or group token; none: it
    /// keeps them.
    pub(super) retention: Option<i64>,
}

impl Builder<'_> {
    /// A text of the server, fit to be shown.
    pub(super) fn clean(&self, text: &str) -> String {
        self.cleaner.clean(text)
    }

    pub(super) fn entry(
        &self,
        kind: EntryKind,
        record: Record,
        place: Option<Place>,
        owner: Option<Owner>,
    ) -> Entry {
        let expires_at = record.expires_at.as_deref().or(record.token_expires_at.as_deref());
        let expires_at = expires_at.and_then(moment);
        let told = record.last_used_at.as_ref().and_then(Option::as_ref);
        let used = [told, record.last_used.as_ref(), record.contacted_at.as_ref()];
        let last_used_at = used.into_iter().flatten().find_map(|text| moment(text));
        let is_old_form = matches!(kind, EntryKind::PipelineTriggerToken | EntryKind::Runner);
        let is_use_told = record.last_used_at.is_some() || is_old_form;
        let state = self.state(kind, &record, expires_at);
        let name = self.name(&record);
        let clean_all =
            |texts: Vec<String>| texts.iter().map(|text| self.clean(text)).collect::<Vec<_>>();
        Entry {
            kind,
            id: record.id,
            name,
            place,
            owner,
            role: record.access_level.filter(|level| *level > 0),
            permissions: self.permissions(record.granular_scopes.as_deref().unwrap_or_default()),
            created_at: record.created_at.as_deref().and_then(moment),
            expires_at,
            last_used_at,
            is_use_told,
            last_used_ips: record.last_used_ips.map(clean_all),
            state,
            deleted_in_days: self.deleted_in_days(kind, state, expires_at),
            made_by: None,
            details: Details {
                can_push: record.can_push,
                has_token: record.token_present,
                has_signing_token: record.signing_token_present,
                expiry_events: record.resource_access_token_events,
                deploy_expiry_events: record.resource_deploy_token_events,
                early_expiry_events: None,
                fingerprint: record.key.as_deref().and_then(fingerprint),
                allowlist: record.inbound_enabled,
            },
            scopes: clean_all(record.scopes.unwrap_or_default()),
        }
    }

    fn name(&self, record: &Record) -> String {
        if let Some(url) = &record.url {
            // A query can hold a secret of no known form, and so can a user.
            let bare = url.split(['?', '#']).next().unwrap_or_default();
            let bare = match bare.split_once("://").zip(bare.rsplit_once('@')) {
                Some(((scheme, _), (_, host))) => format!("{scheme}://{host}"),
                None => bare.to_owned(),
            };
            return self.clean(&bare);
        }
        let names = [&record.name, &record.title, &record.application_name, &record.description];
        let name = names.into_iter().flatten().find(|name| !name.is_empty());
        self.clean(name.map_or("", String::as_str))
    }

    fn state(&self, kind: EntryKind, record: &Record, ends: Option<Timestamp>) -> EntryState {
        let alert = record.alert_status.as_deref().unwrap_or("executable");
        let is_past = ends.is_some_and(|ends| ends <= self.now) || record.expired == Some(true);
        let is_inactive = kind.is_access_token() && record.active == Some(false);
        if record.revoked == Some(true) {
            EntryState::Revoked
        } else if is_past || is_inactive {
            EntryState::Expired
        } else if record.paused == Some(true)
            || alert != "executable"
            || record.inbound_enabled == Some(false)
        {
            EntryState::Off
        } else {
            EntryState::Active
        }
    }

    /// Known of expired tokens alone: records do not say when a token was revoked.
    fn deleted_in_days(
        &self,
        kind: EntryKind,
        state: EntryState,
        ends: Option<Timestamp>,
    ) -> Option<i64> {
        let is_bots = matches!(kind, EntryKind::ProjectAccessToken | EntryKind::GroupAccessToken);
        if !is_bots || state != EntryState::Expired {
            return None;
        }
        Some((self.retention? + days_between(self.now, ends?)).max(0))
    }

    /// `read_project on project 1`.
    fn permissions(&self, grants: &[Grant]) -> Vec<String> {
        let mut all = Vec::new();
        for grant in grants {
            let boundary = match (grant.project_id, grant.group_id) {
                (Some(id), _) => format!("project {id}"),
                (None, Some(id)) => format!("group {id}"),
                (None, None) => grant.access.as_deref().unwrap_or_default().to_owned(),
            };
            let texts = grant.permissions.iter();
            all.extend(texts.map(|name| self.clean(&format!("{name} on {boundary}"))));
        }
        all
    }
}

/// A time, or the start of a day in UTC: access tokens end at 00:00 of their last day.
pub(super) fn moment(text: &str) -> Option<Timestamp> {
    let of_day = || {
        let day: Date = text.parse().ok()?;
        Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
    };
    text.parse().ok().or_else(of_day)
}

/// The fingerprint of a public key, as OpenSSH writes it; none for what is no such key.
fn fingerprint(key: &str) -> Option<String> {
    let mut words = key.split_whitespace();
    words.next().filter(|name| !name.starts_with('-'))?;
    let blob = STANDARD.decode(words.next()?).ok()?;
    Some(format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(blob))))
}

#[cfg(test)]
mod tests {
    use tokensieve_core::{RuleSet, Scanner, Secret};

    use super::*;

    fn entry(kind: EntryKind, json: &str) -> Entry {
        let scanner = Scanner::builder().build(&RuleSet::builtin()).unwrap();
        let secret = Secret::new(b"");
        let cleaner = Cleaner { redactor: scanner.redactor(), secret: &secret };
        let now = "2026-03-10T12:00:00Z".parse().unwrap();
        let builder = Builder { cleaner, now, retention: Some(30) };
        builder.entry(kind, serde_json::from_str(json).unwrap(), None, None)
    }

    #[test]
    fn a_token_ends_at_midnight_of_its_last_day() {
        let kind = EntryKind::ProjectAccessToken;
        let today = entry(kind, r#"{"id":1,"expires_at":"2026-03-10","active":false}"#);
        assert_eq!((today.state, today.deleted_in_days), (EntryState::Expired, Some(29)));
        let next = entry(kind, r#"{"id":1,"expires_at":"2026-03-11","active":true}"#);
        assert_eq!((next.state, next.deleted_in_days), (EntryState::Active, None));
        let revoked = entry(kind, r#"{"id":1,"expires_at":"2026-03-11","revoked":true}"#);
        assert_eq!((revoked.state, revoked.deleted_in_days), (EntryState::Revoked, None));
        let long_ago = entry(kind, r#"{"id":1,"expires_at":"2025-03-11"}"#);
        assert_eq!(long_ago.deleted_in_days, Some(0));
    }

    #[test]
    fn urls_are_shown_without_what_could_be_secret() {
        let rows = [
            ("https://u:p@hooks.example/a?token=b#c", "https://hooks.example/a"),
            ("https://hooks.example/a", "https://hooks.example/a"),
            ("no url", "no url"),
        ];
        for (url, shown) in rows {
            let json = serde_json::json!({"id": 1, "url": url}).to_string();
            assert_eq!(entry(EntryKind::Webhook, &json).name, shown);
        }
    }

    #[test]
    fn names_are_cleaned() {
        let secret = ["glp", "at-6K5h83AacUCCGxzdUCuD"].concat();
        let json = serde_json::json!({"id": 1, "name": format!("a {secret}\u{1b}[2J")});
        let name = entry(EntryKind::DeployToken, &json.to_string()).name;
        assert!(!name.contains("6K5h") && !name.contains('\u{1b}'), "{name}");
    }

    #[test]
    fn fingerprints_are_those_of_openssh() {
        let blob = STANDARD.encode(b"abc");
        let known = "SHA256:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0";
        assert_eq!(fingerprint(&format!("ssh-ed25519 {blob} a@b")).as_deref(), Some(known));
        assert_eq!(fingerprint("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmodel"), None);
        assert_eq!(fingerprint("ssh-ed25519"), None);
    }
}
