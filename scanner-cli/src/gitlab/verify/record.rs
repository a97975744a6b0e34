//! What a server tells about a token that it knows, and what that says about its life.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::{Map, Value};

use super::verdict::State;
use crate::gitlab::clean::Cleaner;
use crate::gitlab::kinds::Kind;

/// The longest list that is kept.
const MOST: usize = 100;

/// How a value looks that is kept.
#[derive(Clone, Copy)]
enum Shape {
    Number,
    Flag,
    Text,
    Texts,
    /// Entries of fine-grained permissions.
    Grants,
}

/// Where a value stands in an answer, the key that it is kept under, and its shape.
const KEPT: &[(&str, &str, Shape)] = &[
    ("/id", "id", Shape::Number),
    ("/user_id", "user_id", Shape::Number),
    ("/resource_owner_id", "user_id", Shape::Number),
    ("/user/id", "user_id", Shape::Number),
    ("/owner/id", "user_id", Shape::Number),
    ("/username", "username", Shape::Text),
    ("/user/username", "username", Shape::Text),
    ("/owner/username", "username", Shape::Text),
    ("/name", "name", Shape::Text),
    ("/title", "name", Shape::Text),
    ("/description", "description", Shape::Text),
    ("/scopes", "scopes", Shape::Texts),
    ("/scope", "scopes", Shape::Texts),
    ("/granular", "granular", Shape::Flag),
    ("/granular_scopes", "granular_scopes", Shape::Grants),
    ("/impersonation", "impersonation", Shape::Flag),
    ("/access_level", "access_level", Shape::Number),
    ("/resource_type", "resource_type", Shape::Text),
    ("/resource_id", "resource_id", Shape::Number),
    ("/created_at", "created_at", Shape::Text),
    ("/expires_at", "expires_at", Shape::Text),
    ("/token_expires_at", "expires_at", Shape::Text),
    ("/expires_in", "expires_in", Shape::Number),
    ("/last_used_at", "last_used_at", Shape::Text),
    ("/last_used", "last_used_at", Shape::Text),
    ("/contacted_at", "last_used_at", Shape::Text),
    ("/last_used_ips", "last_used_ips", Shape::Texts),
    ("/status", "status", Shape::Text),
    ("/usage_type", "usage_type", Shape::Text),
    ("/application/uid", "application_id", Shape::Text),
    ("/application_id", "application_id", Shape::Text),
    ("/pipeline/project_id", "project_id", Shape::Number),
    ("/pipeline/id", "pipeline_id", Shape::Number),
    ("/agent_id", "agent_id", Shape::Number),
    ("/project/id", "project_id", Shape::Number),
];

/// The keys of an answer that are worth telling, cleaned and bounded.
pub(super) fn record(answer: &Value, cleaner: &Cleaner<'_>) -> Map<String, Value> {
    let mut kept = Map::new();
    for (pointer, key, shape) in KEPT {
        if kept.contains_key(*key) {
            continue;
        }
        if let Some(value) =
            answer.pointer(pointer).and_then(|value| shaped(value, *shape, cleaner))
        {
            kept.insert((*key).to_owned(), value);
        }
    }
    kept
}

fn shaped(value: &Value, shape: Shape, cleaner: &Cleaner<'_>) -> Option<Value> {
    match (shape, value) {
        (Shape::Number, Value::Number(number)) => number.as_u64().map(Value::from),
        // GitLab types some ids as strings.
        (Shape::Number, Value::String(text)) => text.parse::<u64>().ok().map(Value::from),
        (Shape::Flag, Value::Bool(_)) => Some(value.clone()),
        (Shape::Text, Value::String(text)) => Some(cleaner.clean(text).into()),
        // Doorkeeper counts seconds.
        (Shape::Text, Value::Number(number)) => {
            Some(Timestamp::from_second(number.as_i64()?).ok()?.to_string().into())
        }
        (Shape::Texts, Value::Array(list)) => {
            let texts = list.iter().take(MOST).filter_map(Value::as_str);
            Some(texts.map(|text| cleaner.clean(text)).collect::<Vec<_>>().into())
        }
        (Shape::Grants, Value::Array(list)) => {
            Some(list.iter().take(MOST).map(|grant| granted(grant, cleaner)).collect())
        }
        _ => None,
    }
}

fn granted(grant: &Value, cleaner: &Cleaner<'_>) -> Value {
    let mut kept = Map::new();
    let keys = [
        ("access", Shape::Text),
        ("permissions", Shape::Texts),
        ("project_id", Shape::Number),
        ("group_id", Shape::Number),
    ];
    for (key, shape) in keys {
        if let Some(value) = grant.get(key).and_then(|value| shaped(value, shape, cleaner)) {
            kept.insert(key.to_owned(), value);
        }
    }
    Value::Object(kept)
}

/// What a record says about life: state and reason. `now` is in Unix seconds.
pub(super) fn life(kind: Kind, answer: &Value, now: i64) -> (State, &'static str) {
    let is = |key: &str| answer.get(key).and_then(Value::as_bool);
    let text = |key: &str| answer.get(key).and_then(Value::as_str);
    if is("revoked") == Some(true) || text("status") == Some("revoked") {
        return (State::Revoked, "its record says that it was revoked");
    }
    let expiry = text("expires_at").or_else(|| text("token_expires_at"));
    if is("expired") == Some(true) || expiry.is_some_and(|expiry| is_past(expiry, now)) {
        return (State::Expired, "its record says that it has expired");
    }
    match kind {
        Kind::CiJobToken => return life_of_job(text("status")),
        Kind::FeedToken | Kind::IncomingEmailToken | Kind::SessionCookie => {
            return life_of_user(text("state"));
        }
        // Of runners and others, `active` is about something else than the token.
        Kind::PersonalAccessToken | Kind::RoutableToken if is("active") == Some(false) => {
            return (State::Unknown, "its record says that it is not active, but not why");
        }
        _ => {}
    }
    (State::Active, "the instance knows it")
}

fn life_of_job(status: Option<&str>) -> (State, &'static str) {
    match status {
        Some("success" | "failed" | "canceled" | "skipped") => {
            (State::Expired, "its job has ended")
        }
        Some("running" | "pending" | "canceling" | "waiting_for_callback") => {
            (State::Active, "its job runs")
        }
        _ => (State::Unknown, "its record does not say whether its job runs"),
    }
}

fn life_of_user(state: Option<&str>) -> (State, &'static str) {
    match state {
        None | Some("active") => (State::Active, "the instance knows it"),
        Some(_) => (State::Refused, "the instance knows it, but its user is not active"),
    }
}

/// Whether a date or a time has come. A token dies when the day of its expiry begins, in UTC.
fn is_past(expiry: &str, now: i64) -> bool {
    if let Ok(time) = expiry.parse::<Timestamp>() {
        return time.as_second() <= now;
    }
    let Ok(date) = expiry.parse::<Date>() else { return false };
    let today = Timestamp::from_second(now).map(|now| TimeZone::UTC.to_datetime(now).date());
    today.is_ok_and(|today| date <= today)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tokensieve_core::{RuleSet, Scanner, Secret};

    use super::*;

    /// 2026-10-09, 08:53:20 UTC.
    const NOW: i64 = 1_791_536_000;

    #[test]
    fn dates_begin_at_midnight_in_utc() {
        let rows = [
            ("2026-10-10", false),
            ("2026-10-09", true),
            ("2026-10-09T08:53:19Z", true),
            ("2026-10-09T08:53:21.000Z", false),
            ("2026-10-09T10:53:21.000+02:00", false),
            ("never", false),
            ("", false),
        ];
        for (expiry, expected) in rows {
            assert_eq!(is_past(expiry, NOW), expected, "{expiry}");
        }
    }

    #[test]
    fn records_say_whether_a_token_lives() {
        let pat = Kind::PersonalAccessToken;
        let rows = [
            (pat, json!({"id": 1, "active": true, "revoked": false}), State::Active),
            (pat, json!({"revoked": true, "expires_at": "2020-01-01"}), State::Revoked),
            (pat, json!({"revoked": false, "expires_at": "2026-10-09"}), State::Expired),
            (pat, json!({"active": false}), State::Unknown),
            (Kind::DeployToken, json!({"revoked": false, "expired": true}), State::Expired),
            (Kind::DeployToken, json!({"revoked": false, "expired": false}), State::Active),
            (Kind::KubernetesAgentToken, json!({"status": "revoked"}), State::Revoked),
            (Kind::KubernetesAgentToken, json!({"status": "active"}), State::Active),
            (
                Kind::RunnerAuthenticationToken,
                json!({"active": false, "paused": true}),
                State::Active,
            ),
            (
                Kind::RunnerAuthenticationToken,
                json!({"token_expires_at": "2020-01-01T00:00:00Z"}),
                State::Expired,
            ),
            (Kind::CiJobToken, json!({"status": "running"}), State::Active),
            (Kind::CiJobToken, json!({"status": "success"}), State::Expired),
            (Kind::CiJobToken, json!({}), State::Unknown),
            (Kind::FeedToken, json!({"state": "active"}), State::Active),
            (Kind::FeedToken, json!({"state": "blocked"}), State::Refused),
            (
                Kind::PipelineTriggerToken,
                json!({"expires_at": "2020-01-01T00:00:00.000Z"}),
                State::Expired,
            ),
        ];
        for (kind, answer, state) in rows {
            assert_eq!(life(kind, &answer, NOW).0, state, "{answer}");
        }
    }

    #[test]
    fn only_known_keys_of_the_right_type_are_kept() {
        let scanner = Scanner::new(&RuleSet::builtin());
        let secret = Secret::new(b"sesame");
        let cleaner = Cleaner { redactor: scanner.redactor(), secret: &secret };
        let answer = json!({
            "id": "7", "user_id": 9, "name": "a\u{1b}[2J sesame", "scopes": ["api", 5],
            "token": "sesame", "expires_at": null, "created_at": 1_760_000_000,
            "active": true, "last_used_ips": ["192.0.2.1"], "granular": "yes",
            "granular_scopes": [{"access": "user", "permissions": ["read_user"], "x": 1}],
        });
        let expected = json!({
            "id": 7, "user_id": 9, "name": r"a\u{1b}[2J [redacted]", "scopes": ["api"],
            "created_at": "2025-10-09T08:53:20Z", "last_used_ips": ["192.0.2.1"],
            "granular_scopes": [{"access": "user", "permissions": ["read_user"]}],
        });
        assert_eq!(Value::Object(record(&answer, &cleaner)), expected);
        assert!(record(&json!([1]), &cleaner).is_empty());
    }
}
