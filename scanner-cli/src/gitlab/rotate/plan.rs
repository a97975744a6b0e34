//! What would happen: nothing is changed here.

use jiff::{Timestamp, ToSpan};
use serde_json::Value;
use tokensieve_core::{Redactor, Secret};

use super::api::{Api, Caller, CallerError, Refusal, runner_of};
use super::outcome::{Plan, Settings};
use super::record::{LastUse, Record};
use super::target::{Located, Place, Target, TargetKind, Way};
use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;

/// A token that was used within this time needs `--in-use`.
const RECENT: i64 = 24 * 60 * 60;
const RECENT_USE: &str = "it was used within 24 hours, perhaps by a check: --in-use rotates it";
const UNKNOWN_USE: &str = "its use is not known: --in-use rotates it";
/// How many addresses are shown.
const MOST_IPS: usize = 5;

/// Makes plans.
pub struct Planner<'a> {
    /// Talks to the instance.
    pub client: &'a Client,
    /// Who asks.
    pub caller: &'a Caller,
    /// Cleans what the server says.
    pub redactor: &'a Redactor,
    /// What is allowed.
    pub settings: &'a Settings,
}

impl Planner<'_> {
    /// The plan to rotate the caller itself. `place` is where a second credential could help.
    #[must_use]
    pub fn plan_self(&self, place: Option<&Place>, secret_id: String) -> Plan {
        let record = self.caller.record.clone();
        let located = Located::personal(record.id);
        let mut plan = self.plan_of(located, record, self.caller.server_time);
        plan.is_self = true;
        plan.recovery = plan.located.beside(place);
        plan.secret_id = Some(secret_id);
        plan.notes.extend(self.reach());
        plan.notes.extend(self.variables(place, Some(self.caller.secret()), &plan));
        plan
    }

    /// The plan to reset a runner's token by itself.
    ///
    /// # Errors
    ///
    /// The token is dead, or there is no answer.
    pub fn plan_runner(
        client: &Client,
        secret: &Secret,
        (settings, secret_id): (&Settings, String),
    ) -> Result<Plan, CallerError> {
        let id = runner_of(client, secret)?;
        let kind = TargetKind::RunnerAuthenticationToken;
        let located = Located { kind, id, base: "/api/v4/runners".to_owned() };
        let refusal = (!settings.allows_in_use).then(|| UNKNOWN_USE.to_owned());
        Ok(Plan {
            recovery: located.clone(),
            located,
            is_self: true,
            record: None,
            expires_at: None,
            server_time: None,
            notes: vec!["the runner needs the new token at once".to_owned()],
            refusal,
            secret_id: Some(secret_id),
        })
    }

    /// The plan for a token by its id. `secret` is its value, where that is known.
    ///
    /// # Errors
    ///
    /// The caller is not shown the token.
    pub fn plan(&self, target: &Target, secret: Option<&Secret>) -> Result<Plan, Refusal> {
        let api = Api { client: self.client, caller: self.caller };
        let located = api.locate(target).map_err(|refusal| self.clean(refusal))?;
        let (record, time) = api.read(&located).map_err(|refusal| self.clean(refusal))?;
        let mut plan = self.plan_of(located, record, time);
        // Ids of access tokens are those of one table.
        plan.is_self = target.kind.is_access_token() && target.id == self.caller.record.id;
        plan.notes.extend(self.owner(&plan));
        plan.notes.extend(self.variables(target.place.as_ref(), secret, &plan));
        Ok(plan)
    }

    fn clean(&self, refusal: Refusal) -> Refusal {
        Refusal { reason: self.show(&refusal.reason), ..refusal }
    }

    fn show(&self, text: &str) -> String {
        Cleaner { redactor: self.redactor, secret: self.caller.secret() }.clean(text)
    }

    fn plan_of(&self, located: Located, record: Record, server_time: Option<i64>) -> Plan {
        let mut notes = vec![self.what_happens(&located, &record)];
        notes.extend(use_of(&record, self.redactor, self.caller.secret()));
        let (expires_at, limit) = match self.expiry(&located, &record) {
            Ok(expires_at) => (expires_at, None),
            Err(why) => (None, Some(why)),
        };
        let refusal = self.refusal(&located, &record).or(limit);
        Plan {
            recovery: located.clone(),
            located,
            is_self: false,
            record: Some(record),
            expires_at,
            server_time,
            notes,
            refusal,
            secret_id: None,
        }
    }

    fn what_happens(&self, located: &Located, record: &Record) -> String {
        let name = self.show(&record.name);
        let how = if self.settings.is_overlap || located.kind.way() == Way::Swap {
            "a second one is made; the old one lives until it is revoked by a later run"
        } else {
            "the old secret ends at once, wherever it is used"
        };
        format!("{name:?}: {how}")
    }

    /// The expiry to ask for: the old token's lifetime from today on.
    fn expiry(&self, located: &Located, record: &Record) -> Result<Option<String>, String> {
        // Runners, controllers and applications have no date to ask for.
        if located.kind.way() == Way::Reset || located.kind == TargetKind::KubernetesAgentToken {
            return Ok(None);
        }
        if let Some(day) = &self.settings.expires_at {
            return Ok(Some(day.clone()));
        }
        let lasts = [TargetKind::ServiceAccountToken, TargetKind::DeployToken];
        if record.expires_at.is_none() {
            let is_free = located.kind.way() == Way::Swap || lasts.contains(&located.kind);
            let why = "the old token never expires, and the instance would choose a week: \
                       name the new lifetime with --expires-in or --expires-at";
            return if is_free { Ok(None) } else { Err(why.to_owned()) };
        }
        let Some(days) = record.lifetime_days() else {
            let why = "the old token's lifetime is not told: name the new one with --expires-in \
                       or --expires-at";
            return Err(why.to_owned());
        };
        Ok(Some(day_after(self.settings.now, days.max(1))))
    }

    fn refusal(&self, located: &Located, record: &Record) -> Option<String> {
        let settings = self.settings;
        if record.is_revoked {
            return Some("it is revoked: nothing can be rotated".to_owned());
        }
        let is_expired = record.is_expired(settings.now);
        if is_expired != settings.is_rescue {
            let why = if is_expired {
                "it has expired: --rescue rotates expired tokens"
            } else {
                "it has not expired: --rescue is for expired tokens"
            };
            return Some(why.to_owned());
        }
        if settings.is_overlap && !located.kind.can_overlap() {
            return Some("this kind allows no second token".to_owned());
        }
        let is_replaced_at_once = !settings.is_overlap && located.kind.way() != Way::Swap;
        if is_expired || settings.allows_in_use || !is_replaced_at_once {
            return None;
        }
        match record.last_use {
            LastUse::Never => None,
            LastUse::Unknown => Some(UNKNOWN_USE.to_owned()),
            LastUse::At(time) if settings.now - time < RECENT => Some(RECENT_USE.to_owned()),
            LastUse::At(_) => None,
        }
    }

    /// Warns of an account that has left.
    fn owner(&self, plan: &Plan) -> Option<String> {
        let id = plan.record.as_ref()?.user_id?;
        let api = Api { client: self.client, caller: self.caller };
        let (user, _) = api.get(&format!("/api/v4/users/{id}")).ok()?;
        let state = user.get("state")?.as_str().filter(|state| *state != "active")?;
        Some(format!("its account {id} has left: {}", self.show(state)))
    }

    /// How much the caller reaches.
    fn reach(&self) -> Option<String> {
        let api = Api { client: self.client, caller: self.caller };
        let path = "/api/v4/personal_access_tokens/self/associations?per_page=100";
        let (reach, _) = api.get(path).ok()?;
        let count = |key: &str| reach.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        Some(format!("it reaches {} projects and {} groups", count("projects"), count("groups")))
    }

    /// CI/CD variables of the place that hold the value, or are called like the token.
    fn variables(
        &self,
        place: Option<&Place>,
        secret: Option<&Secret>,
        plan: &Plan,
    ) -> Vec<String> {
        let (Some(place), Some(record)) = (place, &plan.record) else { return Vec::new() };
        let api = Api { client: self.client, caller: self.caller };
        let value = secret.and_then(|secret| std::str::from_utf8(secret.expose()).ok());
        let name = key_of(&record.name);
        let note = |row: &mut Value| {
            let key = row.get("key")?.as_str()?;
            let holds = value.is_some_and(|value| row["value"] == value);
            let scope = row["environment_scope"].as_str().unwrap_or("*");
            let (key, scope) = (self.show(key), self.show(scope));
            let is_named = key_of(&key).contains(&name) && !name.is_empty();
            let what = if holds { "holds its value" } else { "is called like it" };
            (holds || is_named).then(|| format!("the variable {key} ({scope}) {what}"))
        };
        api.rows(&format!("{}/variables", place.path()), note).unwrap_or_default()
    }
}

/// What is known about the use of a token, in words that can be shown.
fn use_of(record: &Record, redactor: &Redactor, secret: &Secret) -> Vec<String> {
    let cleaner = Cleaner { redactor, secret };
    let mut notes = vec![match record.last_use {
        LastUse::Unknown => "its last use is not told".to_owned(),
        LastUse::Never => "it was never used".to_owned(),
        LastUse::At(time) => {
            let time = Timestamp::from_second(time).map(|time| time.to_string());
            format!("last used {}", time.unwrap_or_default())
        }
    }];
    if !record.ips.is_empty() {
        let ips = record.ips.iter().take(MOST_IPS).map(|ip| cleaner.clean(ip));
        notes.push(format!("from {}", ips.collect::<Vec<_>>().join(", ")));
    }
    notes
}

/// Name and use of a token, in words that can be shown.
#[must_use]
pub fn plan_notes(record: &Record, redactor: &Redactor, secret: &Secret) -> String {
    let name = Cleaner { redactor, secret }.clean(&record.name);
    let mut notes = vec![format!("{name:?}: it ends at once, wherever it is used")];
    notes.extend(use_of(record, redactor, secret));
    notes.join("; ")
}

/// Returns the date a number of days after a time.
#[must_use]
pub fn day_after(now: i64, days: i64) -> String {
    let now = Timestamp::from_second(now).unwrap_or_default();
    let today = jiff::tz::Offset::UTC.to_datetime(now).date();
    today.checked_add(days.days()).unwrap_or(jiff::civil::Date::MAX).to_string()
}

/// A name as a variable would have it: `ci token` becomes `CI_TOKEN`.
fn key_of(name: &str) -> String {
    let letter = |letter: char| {
        if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' }
    };
    name.chars().map(letter).collect()
}
