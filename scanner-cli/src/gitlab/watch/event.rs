//! The bodies that webhooks get: GitLab's own events where GitLab has one, else one of ours.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::Offset;
use serde_json::{Map, Value, json};
use tokensieve_core::Secret;

use super::notice::{Event, Notice};
use super::seen::{Subject, SubjectPlace};
use crate::gitlab::clean::Cleaner;
use crate::gitlab::inventory::{Caller, EntryKind};

/// The header that names an event of GitLab's.
const GITLAB_EVENT: &str = "x-gitlab-event";
/// The header that names one of ours.
const OWN_EVENT: &str = "x-tokensieve-event";

/// What is posted for a notice.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Message {
    /// Stays the same however often it is sent.
    pub id: String,
    /// Name and value of the header that says what it is.
    pub event: (&'static str, String),
    /// JSON.
    pub body: Vec<u8>,
}

/// Makes messages. The project or group of an event of GitLab's is asked for once.
pub struct Bodies<'a> {
    caller: Caller<'a>,
    scope: &'a str,
    places: HashMap<(bool, u64), Value>,
}

impl<'a> Bodies<'a> {
    /// For notices of a scope; the caller asks the instance about its projects and groups.
    #[must_use]
    pub fn new(caller: Caller<'a>, scope: &'a str) -> Self {
        Self { caller, scope, places: HashMap::new() }
    }

    /// The message of a notice. Holds no secret.
    pub fn message(&mut self, notice: &Notice) -> Message {
        let (event, body) = self.gitlab_event(notice).unwrap_or_else(|| self.own_event(notice));
        Message { id: notice.message_id.clone(), event, body: body.to_string().into_bytes() }
    }

    /// The event that GitLab has for it: the near end of a project, group or deploy token.
    fn gitlab_event(&mut self, notice: &Notice) -> Option<((&'static str, String), Value)> {
        let Event::Expiring { step, .. } = notice.event else { return None };
        let entry = &notice.entry;
        let place = entry.place.as_ref()?;
        let is_project = match place.place_type.as_str() {
            "project" => true,
            "group" => false,
            _ => return None,
        };
        let (object_kind, header, attributes) = match entry.kind {
            EntryKind::ProjectAccessToken | EntryKind::GroupAccessToken => {
                ("access_token", "Resource Access Token Hook", access_token(entry)?)
            }
            EntryKind::DeployToken => {
                ("deploy_token", "Resource Deploy Token Hook", deploy_token(entry, is_project))
            }
            _ => return None,
        };
        let mut body = Map::new();
        body.insert("object_kind".into(), object_kind.into());
        let described = self.place(is_project, place);
        body.insert(if is_project { "project" } else { "group" }.into(), described);
        body.insert("object_attributes".into(), attributes);
        body.insert("event_name".into(), format!("expiring_{object_kind}").into());
        // GitLab knows these intervals alone.
        let interval = match step {
            7 => Some("seven_days"),
            30 => Some("thirty_days"),
            60 => Some("sixty_days"),
            _ => None,
        };
        body.extend(interval.map(|interval| ("interval".to_owned(), interval.into())));
        Some(((GITLAB_EVENT, header.to_owned()), Value::Object(body)))
    }

    /// What GitLab has no event for. No receiver takes it for one.
    fn own_event(&self, notice: &Notice) -> ((&'static str, String), Value) {
        let name = notice.event.name();
        let mut body = json!(notice);
        if let Value::Object(body) = &mut body {
            body.remove("notice");
            let more = [
                ("object_kind", "tokensieve_notice".to_owned()),
                ("event_name", name.to_owned()),
                ("instance", self.caller.client.instance().to_string()),
                ("scope", self.scope.to_owned()),
                ("text", notice.message()),
                ("remedy", notice.remedy().to_owned()),
            ];
            body.extend(more.map(|(key, value)| (key.to_owned(), value.into())));
        }
        ((OWN_EVENT, name.to_owned()), body)
    }

    /// A project or group as events have it. Facts that the instance does not give are left out.
    fn place(&mut self, is_project: bool, place: &SubjectPlace) -> Value {
        if let Some(known) = self.places.get(&(is_project, place.id)) {
            return known.clone();
        }
        let word = if is_project { "projects" } else { "groups" };
        let path = format!("/api/v4/{word}/{}", place.id);
        let answer = self.caller.client.get(&path, Some(self.caller.credential)).ok();
        let record = answer.filter(|answer| answer.is_success()).and_then(|answer| answer.json());
        let no_secret = Secret::new(b"");
        let cleaner = Cleaner { redactor: self.caller.redactor, secret: &no_secret };
        let record = record.unwrap_or(Value::Null);
        let described = if is_project {
            let web_url = self.caller.client.instance().url(&format!("/{}", place.path));
            project(&record, (place, web_url), cleaner)
        } else {
            group(&record, place, cleaner)
        };
        self.places.insert((is_project, place.id), described.clone());
        described
    }
}

fn access_token(entry: &Subject) -> Option<Value> {
    let expires_at = Offset::UTC.to_datetime(entry.expires_at?).date();
    Some(json!({
        "user_id": entry.owner.as_ref()?.id,
        "created_at": stamp(entry.created_at?),
        "id": entry.id,
        "name": entry.name,
        "expires_at": expires_at.to_string(),
        "last_used_at": entry.last_used_at.map(stamp),
    }))
}

/// GitLab's lists of deploy tokens do not tell when one was made.
fn deploy_token(entry: &Subject, is_project: bool) -> Value {
    json!({
        "id": entry.id,
        "name": entry.name,
        "expires_at": entry.expires_at.map(stamp),
        "created_at": entry.created_at.map(stamp),
        "revoked": entry.is_revoked(),
        "deploy_token_type": if is_project { "project_type" } else { "group_type" },
    })
}

/// `2026-03-10 12:00:00 UTC`.
fn stamp(time: Timestamp) -> String {
    Offset::UTC.to_datetime(time).strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}

fn project(
    record: &Value,
    (place, web_url): (&SubjectPlace, String),
    cleaner: Cleaner<'_>,
) -> Value {
    let name = place.path.rsplit('/').next().unwrap_or_default();
    let mut body = json!({
        "id": place.id,
        "name": name,
        "web_url": web_url,
        "path_with_namespace": place.path,
        "homepage": web_url,
    });
    let Value::Object(keys) = &mut body else { return body };
    let mut copy = |to: &[&str], from: &Value| {
        let value = match from {
            Value::String(text) => Value::String(cleaner.clean(text)),
            Value::Null => Value::Null,
            _ => return,
        };
        keys.extend(to.iter().map(|key| ((*key).to_owned(), value.clone())));
    };
    for key in ["name", "description", "avatar_url", "default_branch"] {
        if let Some(value) = record.get(key) {
            copy(&[key], value);
        }
    }
    if let Some(value) = record.get("ci_config_path") {
        copy(&["ci_config_path"], value);
    }
    if let Some(value) = record.get("ssh_url_to_repo") {
        copy(&["git_ssh_url", "ssh_url", "url"], value);
    }
    if let Some(value) = record.get("http_url_to_repo") {
        copy(&["git_http_url", "http_url"], value);
    }
    if let Some(value) = record.pointer("/namespace/name") {
        copy(&["namespace"], value);
    }
    let level = match record.get("visibility").and_then(Value::as_str) {
        Some("private") => 0,
        Some("internal") => 10,
        Some("public") => 20,
        _ => return body,
    };
    keys.insert("visibility_level".to_owned(), level.into());
    body
}

fn group(record: &Value, place: &SubjectPlace, cleaner: Cleaner<'_>) -> Value {
    let last = place.path.rsplit('/').next().unwrap_or_default();
    let name = record.get("name").and_then(Value::as_str);
    json!({
        "group_name": name.map_or_else(|| last.to_owned(), |name| cleaner.clean(name)),
        "group_path": last,
        "group_id": place.id,
        "full_path": place.path,
    })
}
