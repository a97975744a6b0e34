//! Which access tokens CI/CD variables hold: a person's token there is used by jobs.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::Value;
use tokensieve_core::Secret;
use zeroize::Zeroize;

use super::build::Builder;
use super::caller::Caller;
use super::entry::{EntryKind, Place};
use super::gap::{Gap, Gaps};
use super::pages::Lister;
use super::scope::Scope;
use super::walk::Walk;
use crate::gitlab::clean::Cleaner;
use crate::gitlab::credential::{Body, Credential, Scheme};

/// Places have no more variables than this: GitLab's own limit is below it.
const MOST_PAGES: u32 = 100;

/// A CI/CD variable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Variable {
    /// `project`, `group` or `instance`.
    pub place_type: &'static str,
    /// The path of the project or group; empty for the instance.
    pub path: String,
    /// Its key.
    pub key: String,
    /// Its environment scope.
    pub scope: String,
}

impl std::fmt::Display for Variable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = if self.path.is_empty() { "the instance" } else { &self.path };
        write!(f, "{} ({}) of {place}", self.key, self.scope)
    }
}

/// Variables that hold access tokens, by the token's id. No value is kept.
#[derive(Clone, Debug, Default)]
pub struct Held {
    by_id: HashMap<u64, Vec<Variable>>,
    /// What could not be read.
    pub gaps: Vec<Gap>,
}

impl Held {
    /// The variables that hold a token.
    #[must_use]
    pub fn of(&self, id: u64) -> &[Variable] {
        self.by_id.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Reads the variables of a project, of a group with all below it, or of the instance with all its
/// groups and projects, and finds out which tokens they hold. `is_token` says of a value whether it
/// is an access token of GitLab; others go nowhere.
///
/// An administrator looks a value up, which is no use of the token. Else the token is asked about
/// itself, which GitLab counts as a use of it. Values that are hidden cannot be read.
#[must_use]
pub fn held(
    caller: Caller<'_>,
    scope: &Scope,
    now: Timestamp,
    is_token: &dyn Fn(&[u8]) -> bool,
) -> Held {
    let no_secret = Secret::new(b"");
    let Caller { client, credential, redactor } = caller;
    let mut reading =
        Reading { caller, is_token, gaps: Gaps::default(), values: Vec::new(), is_admin: true };
    if let Scope::User(_) = scope {
        let why = "variables are those of a project, a group or the instance".to_owned();
        reading.gaps.add("GET /projects/:id/variables", why, "");
        return reading.finish();
    }
    let lister = Lister { client, credential, redactor, no_secret: &no_secret };
    let cleaner = Cleaner { redactor, secret: &no_secret };
    let builder = Builder { cleaner, now, retention: None };
    let kinds = vec![EntryKind::ProjectAccessToken, EntryKind::GroupAccessToken];
    let walk = Walk::new(lister, builder, kinds, scope);
    for place in walk.places(scope) {
        if client.is_stopped() {
            break;
        }
        reading.place(&place);
    }
    if *scope == Scope::Instance {
        reading.place(&super::scope::instance());
    }
    let mut found = reading.finish();
    found.gaps.extend(walk.into_gaps());
    found
}

struct Reading<'a> {
    caller: Caller<'a>,
    is_token: &'a dyn Fn(&[u8]) -> bool,
    gaps: Gaps,
    values: Vec<(Secret, Vec<Variable>)>,
    /// No administrator's call was refused so far.
    is_admin: bool,
}

impl Reading<'_> {
    fn place(&mut self, place: &Place) {
        let (path, named) = match place.place_type {
            "project" => (format!("/projects/{}/variables", place.id), "/projects/:id/variables"),
            "group" => (format!("/groups/{}/variables", place.id), "/groups/:id/variables"),
            "instance" => ("/admin/ci/variables".to_owned(), "/admin/ci/variables"),
            _ => return,
        };
        for page in 1..=MOST_PAGES {
            let url = format!("/api/v4{path}?per_page=100&page={page}");
            let answer = self.caller.client.get(&url, Some(self.caller.credential));
            let rows = match answer {
                Ok(answer) if answer.is_success() => answer.json(),
                Ok(answer) => {
                    let why = format!("{}: not shown to this caller", answer.status());
                    return self.gaps.add(&format!("GET {named}"), why, &place.path);
                }
                Err(error) => {
                    return self.gaps.add(&format!("GET {named}"), error.to_string(), &place.path);
                }
            };
            let Some(Value::Array(rows)) = rows else {
                let why = "the answer is no list".to_owned();
                return self.gaps.add(&format!("GET {named}"), why, &place.path);
            };
            let count = rows.len();
            rows.into_iter().for_each(|row| self.note(row, place));
            if count < 100 {
                return;
            }
        }
        self.gaps.add(&format!("GET {named}"), "more than 10,000 rows".to_owned(), &place.path);
    }

    /// Keeps the value of a variable until it was looked up, if it is an access token.
    fn note(&mut self, mut row: Value, place: &Place) {
        let no_secret = Secret::new(b"");
        let cleaner = Cleaner { redactor: self.caller.redactor, secret: &no_secret };
        let text = |key: &str| row.get(key).and_then(Value::as_str).map(|text| cleaner.clean(text));
        let variable = Variable {
            place_type: place.place_type,
            path: place.path.clone(),
            key: text("key").unwrap_or_default(),
            scope: text("environment_scope").unwrap_or_else(|| "*".to_owned()),
        };
        let Some(Value::String(value)) = row.get_mut("value") else { return };
        if (self.is_token)(value.trim().as_bytes()) {
            let secret = Secret::new(value.trim().as_bytes());
            match self.values.iter_mut().find(|(known, _)| *known == secret) {
                Some((_, variables)) => variables.push(variable),
                None => self.values.push((secret, vec![variable])),
            }
        }
        value.zeroize();
    }

    fn finish(mut self) -> Held {
        let mut held = Held::default();
        for (secret, variables) in std::mem::take(&mut self.values) {
            if let Some(id) = self.id_of(&secret) {
                held.by_id.entry(id).or_default().extend(variables);
            }
        }
        held.gaps = self.gaps.into_sorted();
        held
    }

    /// The id of a token; none for one that is dead.
    fn id_of(&mut self, secret: &Secret) -> Option<u64> {
        let id = |json: Option<Value>| json?.get("id")?.as_u64();
        if self.is_admin {
            let body = Body::json(&[("token", secret.expose())]).ok()?;
            let path = "/api/v4/admin/token";
            match self.caller.client.post(path, Some(self.caller.credential), &body) {
                Ok(answer) if answer.is_success() => return id(answer.json()),
                Ok(answer) => self.is_admin = answer.status() == 404,
                Err(_) => self.is_admin = false,
            }
        }
        let own = Credential::new(Scheme::PrivateToken, secret);
        match self.caller.client.get("/api/v4/personal_access_tokens/self", Some(&own)) {
            Ok(answer) if answer.is_success() => id(answer.json()),
            Ok(answer) if answer.status() == 401 => None,
            Ok(answer) => {
                let why =
                    format!("{}: a token in a variable does not tell its id", answer.status());
                self.gaps.add("GET /personal_access_tokens/self", why, "");
                None
            }
            Err(error) => {
                self.gaps.add("GET /personal_access_tokens/self", error.to_string(), "");
                None
            }
        }
    }
}
