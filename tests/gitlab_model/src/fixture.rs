//! What a model starts with: rows, settings, a clock.

use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::records::*;

/// Everything that a model knows when it starts. Read it with [`Fixture::from_json`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fixture {
    /// From it all secrets follow that the rows do not state.
    pub seed: u64,
    /// The time at the start, at which the clock then stands. Absent: the machine's clock.
    pub now: Option<Timestamp>,
    /// Settings of the instance.
    pub instance: Instance,
    /// How many more personal tokens the first user gets, for long lists.
    pub more_personal_tokens: u64,
    /// How many more project tokens the first project gets, for long lists.
    pub more_project_tokens: u64,
    /// Accounts.
    pub users: Vec<User>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Projects.
    pub projects: Vec<Project>,
    /// Roles.
    pub members: Vec<Member>,
    /// Personal, impersonation, project, group and service-account tokens.
    pub access_tokens: Vec<AccessToken>,
    /// Deploy tokens.
    pub deploy_tokens: Vec<DeployToken>,
    /// Deploy keys.
    pub deploy_keys: Vec<DeployKey>,
    /// Users' SSH keys.
    pub ssh_keys: Vec<SshKey>,
    /// Users' GPG keys.
    pub gpg_keys: Vec<GpgKey>,
    /// Trigger tokens.
    pub triggers: Vec<Trigger>,
    /// Runners.
    pub runners: Vec<Runner>,
    /// Runner controllers.
    pub runner_controllers: Vec<RunnerController>,
    /// Tokens of runner controllers.
    pub controller_tokens: Vec<ControllerToken>,
    /// Agents for Kubernetes.
    pub agents: Vec<Agent>,
    /// Tokens of agents.
    pub agent_tokens: Vec<AgentToken>,
    /// OAuth applications.
    pub applications: Vec<Application>,
    /// OAuth access tokens.
    pub oauth_tokens: Vec<OauthToken>,
    /// CI/CD jobs.
    pub jobs: Vec<Job>,
    /// Feature flags clients.
    pub flags_clients: Vec<FlagsClient>,
    /// SCIM tokens.
    pub scim_tokens: Vec<ScimToken>,
    /// Browser sessions.
    pub sessions: Vec<Session>,
    /// Webhooks.
    pub hooks: Vec<Hook>,
    /// CI/CD variables.
    pub variables: Vec<Variable>,
    /// Audit events.
    pub audit_events: Vec<AuditEvent>,
}

/// Settings of the instance, where they change answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Instance {
    /// What `link` headers and `web_url` begin with. Absent: the address the model listens on.
    pub external_url: Option<String>,
    /// The path below which GitLab is installed, such as `/gitlab`.
    pub relative_url_root: String,
    /// Whether this is gitlab.com.
    pub gitlab_com: bool,
    /// Replaces the prefix of personal, project and group tokens.
    pub personal_access_token_prefix: String,
    /// Stands, with a hyphen, before the prefix of twelve kinds.
    pub instance_token_prefix: String,
    /// Whether new access tokens need an expiry date.
    pub require_personal_access_token_expiry: bool,
    /// Whether tokens of service accounts need one.
    pub service_access_tokens_expiration_enforced: bool,
    /// Days that an access token may live.
    pub max_personal_access_token_lifetime: u16,
    /// Refuses every call with a personal access token.
    pub disable_personal_access_tokens: bool,
    /// Whether impersonation tokens work.
    pub impersonation_enabled: bool,
    /// Refuses to rotate classic tokens of people.
    pub enforce_granular_tokens: bool,
    /// Whether administrators need the scope `admin_mode`.
    pub admin_mode: bool,
    /// Whether `DELETE /admin/token` is on.
    pub api_admin_token_revoke: bool,
    /// Whether registration tokens still make runners.
    pub allow_runner_registration_token: bool,
    /// Whether answers carry `RateLimit-*`.
    pub rate_headers: bool,
    /// Whether lists say how many rows there are.
    pub totals: bool,
    /// Whether lists show `last_used_ips` before 19.4.
    pub expose_last_used_ips: bool,
    /// Days after which the row of an inactive project or group token goes. Absent: never.
    pub inactive_resource_access_tokens_delete_after_days: Option<u16>,
}

impl Default for Instance {
    fn default() -> Self {
        Instance {
            external_url: None,
            relative_url_root: String::new(),
            gitlab_com: false,
            personal_access_token_prefix: "glpat-".to_owned(),
            instance_token_prefix: String::new(),
            require_personal_access_token_expiry: true,
            service_access_tokens_expiration_enforced: false,
            max_personal_access_token_lifetime: 365,
            disable_personal_access_tokens: false,
            impersonation_enabled: true,
            enforce_granular_tokens: false,
            admin_mode: false,
            api_admin_token_revoke: true,
            allow_runner_registration_token: false,
            rate_headers: false,
            totals: true,
            expose_last_used_ips: false,
            inactive_resource_access_tokens_delete_after_days: Some(30),
        }
    }
}

/// The fixture that comes with the model: each kind of token in each of its states.
const EXAMPLE: &str = include_str!("../fixtures/example.json");

impl Fixture {
    /// Reads a fixture. Keys are the names of the fields; unknown keys are errors. Where a date
    /// or a time belongs, `"+30d"` and `"-5d"` count days from the start.
    ///
    /// # Errors
    ///
    /// Says at which line the text is no fixture.
    pub fn from_json(text: &str) -> Result<Fixture, String> {
        let mut value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let now = match value.get("now").and_then(Value::as_str) {
            Some(text) => text.parse().map_err(|error| format!("now: {error}"))?,
            None => Timestamp::now(),
        };
        resolve_days(&mut value, now, false)?;
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    /// Returns the fixture that comes with the model.
    ///
    /// # Panics
    ///
    /// When that file is broken, which a test would show.
    #[must_use]
    pub fn example() -> Fixture {
        match Fixture::from_json(EXAMPLE) {
            Ok(fixture) => fixture,
            Err(error) => panic!("fixtures/example.json: {error}"),
        }
    }
}

/// Puts dates and times in the place of `+Nd` and `-Nd`. `as_date` holds inside of rows whose
/// `expires_at` is a date without a time.
fn resolve_days(value: &mut Value, now: Timestamp, as_date: bool) -> Result<(), String> {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let dated = as_date && key == "expires_at";
                let rows_dated = key == "access_tokens" || key == "members";
                match value {
                    Value::String(text) => {
                        if let Some(days) = days(text) {
                            *text = shifted(now, days, dated)?;
                        }
                    }
                    other => resolve_days(other, now, rows_dated)?,
                }
            }
            Ok(())
        }
        Value::Array(rows) => rows.iter_mut().try_for_each(|row| resolve_days(row, now, as_date)),
        _ => Ok(()),
    }
}

/// Reads `+30d` or `-5d`.
fn days(text: &str) -> Option<i64> {
    let number = text.strip_suffix('d')?;
    if !number.starts_with(['+', '-']) {
        return None;
    }
    number.parse().ok()
}

/// Returns the date or the time that is `days` away from `now`.
fn shifted(now: Timestamp, days: i64, as_date: bool) -> Result<String, String> {
    let hours = days.checked_mul(24).ok_or("too many days")?;
    let then = now.checked_add(hours.hours()).map_err(|error| error.to_string())?;
    Ok(if as_date { date_of(then).to_string() } else { then.to_string() })
}

/// Returns the day, in UTC, that a time lies in.
#[must_use]
pub fn date_of(time: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(time).date()
}
