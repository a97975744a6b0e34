//! Settings of instance and group that decide what tokens may do, held against GitLab's advice.

use serde::Serialize;
use serde_json::{Map, Value};

use super::caller::Caller;
use super::gap::Gap;
use super::scope::Scope;
use crate::gitlab::clean::Cleaner;
use crate::gitlab::percent_encoded;
use tokensieve_core::Secret;

/// What a setting is worth.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Worth {
    /// It is as GitLab advises.
    Good,
    /// It is not.
    Weak,
    /// There is no general advice.
    Told,
    /// This release, tier or caller does not see it.
    Unseen,
}

/// A setting.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Setting {
    /// `instance`, or a group by id or path.
    #[serde(rename = "where")]
    pub place: String,
    /// Its name in GitLab's API.
    pub name: &'static str,
    /// Its value, where it is seen.
    pub value: Value,
    /// What it is worth.
    pub worth: Worth,
    /// What it decides, and what is advised.
    pub advice: &'static str,
}

/// A setting that is looked for.
struct Row {
    name: &'static str,
    /// Whether a value is as advised; none where there is no advice.
    is_good: Option<fn(&Value) -> bool>,
    advice: &'static str,
}

const fn row(name: &'static str, is_good: fn(&Value) -> bool, advice: &'static str) -> Row {
    Row { name, is_good: Some(is_good), advice }
}

fn is_on(value: &Value) -> bool {
    value.as_bool() == Some(true)
}

fn is_off(value: &Value) -> bool {
    value.as_bool() == Some(false)
}

/// A limit of at most 400 days, which is the longest that GitLab offers.
fn is_limited(value: &Value) -> bool {
    value.as_u64().is_some_and(|days| (1..=400).contains(&days))
}

fn is_filled(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

const OF_INSTANCE: [Row; 10] = [
    row(
        "require_personal_access_token_expiry",
        is_on,
        "new access tokens need an expiry date (17.3): on",
    ),
    row(
        "max_personal_access_token_lifetime",
        is_limited,
        "days that an access token may live, which is also the default of project and group tokens \
         (Ultimate): 365 or fewer",
    ),
    row("max_ssh_key_lifetime", is_limited, "days that an SSH key may live (Ultimate): set it"),
    row(
        "service_access_tokens_expiration_enforced",
        is_on,
        "tokens of service accounts need an expiry date: on, unless something rotates them",
    ),
    Row {
        name: "disable_personal_access_tokens",
        is_good: None,
        advice: "refuses every personal access token: for instances that work with others alone",
    },
    row(
        "enforce_granular_tokens",
        is_on,
        "people's tokens have to be fine-grained (19.2): on, once tools can",
    ),
    row(
        "allow_runner_registration_token",
        is_off,
        "runners are registered with tokens that never end: off",
    ),
    row("admin_mode", is_on, "administrators' tokens need the scope admin_mode: on"),
    row("throttle_authenticated_api_enabled", is_on, "limits what a stolen token can fetch: on"),
    Row {
        name: "inactive_resource_access_tokens_delete_after_days",
        is_good: None,
        advice: "days after which records of inactive project and group tokens go, with their bots",
    },
];

const OF_GROUP: [Row; 3] = [
    row(
        "service_access_tokens_expiration_enforced",
        is_on,
        "tokens of service accounts need an expiry date: on, unless something rotates them",
    ),
    row(
        "ip_restriction_ranges",
        is_filled,
        "addresses that the group can be reached from (Premium): those of your offices and runners",
    ),
    row(
        "extended_grat_expiry_webhooks_execute",
        is_on,
        "webhooks hear of group tokens that expire 60 and 30 days ahead, too: on",
    ),
];

/// The settings of a scope: those of the group, and those of the instance. What the caller may not
/// see is a gap as well.
#[must_use]
pub fn settings(caller: Caller<'_>, scope: &Scope) -> (Vec<Setting>, Vec<Gap>) {
    let no_secret = Secret::new(b"");
    let cleaner = Cleaner { redactor: caller.redactor, secret: &no_secret };
    let (mut settings, mut gaps) = (Vec::new(), Vec::new());
    let mut add = |place: &str, call: &str, path: &str, rows: &[Row]| {
        let (record, refusal) = ask(caller, path);
        let mut unseen = Vec::new();
        for row in rows {
            let setting = judge(row, &record, cleaner.clean(place), &cleaner);
            if setting.worth == Worth::Unseen {
                unseen.push(row.name);
            }
            settings.push(setting);
        }
        if !unseen.is_empty() {
            let why = refusal.unwrap_or_else(|| "not in this release or tier".to_owned());
            let reason = format!("{why}: {}", unseen.join(", "));
            gaps.push(Gap { call: call.to_owned(), reason, count: 1, places: Vec::new() });
        }
    };
    if let Scope::Group(name) = scope {
        let path = format!("/api/v4/groups/{}", percent_encoded(name));
        add(name, "GET /groups/:id", &path, &OF_GROUP);
    }
    let path = "/api/v4/application/settings";
    add("instance", "GET /application/settings", path, &OF_INSTANCE);
    (settings, gaps)
}

/// A record, and why it is empty.
fn ask(caller: Caller<'_>, path: &str) -> (Map<String, Value>, Option<String>) {
    match caller.client.get(path, Some(caller.credential)) {
        Ok(answer) if answer.is_success() => match answer.json() {
            Some(Value::Object(record)) => (record, None),
            _ => (Map::new(), Some("the answer is no record".to_owned())),
        },
        Ok(answer) => {
            let reason = format!("{}: not shown to this caller", answer.status());
            (Map::new(), Some(reason))
        }
        Err(error) => (Map::new(), Some(error.to_string())),
    }
}

fn judge(row: &Row, record: &Map<String, Value>, place: String, cleaner: &Cleaner<'_>) -> Setting {
    let value = record.get(row.name).map(|value| match value {
        Value::String(text) => Value::String(cleaner.clean(text)),
        Value::Array(_) | Value::Object(_) => Value::String(cleaner.clean(&value.to_string())),
        other => other.clone(),
    });
    let worth = match (&value, row.is_good) {
        (None, _) => Worth::Unseen,
        (Some(_), None) => Worth::Told,
        (Some(value), Some(is_good)) if is_good(value) => Worth::Good,
        (Some(_), Some(_)) => Worth::Weak,
    };
    Setting { place, name: row.name, value: value.unwrap_or_default(), worth, advice: row.advice }
}
