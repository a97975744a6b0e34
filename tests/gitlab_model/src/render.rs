//! Rows as GitLab's JSON, with the keys that the release has.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::access::Place;
use crate::auth::is_expired;
use crate::core::Core;
use crate::records::*;

/// Which keys of an access token an endpoint shows.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Shape {
    /// The addresses it was used from: one row, or a list.
    pub(crate) ips: Ips,
    /// `access_level` and what it is a token of.
    pub(crate) resource: bool,
    /// `impersonation: true`.
    pub(crate) impersonation: bool,
    /// The answer is that of `self`, which shows permissions only since 19.5.
    pub(crate) of_self: bool,
}

/// Whether `last_used_ips` is a key of the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ips {
    /// As in lists: since 19.4, or by a setting.
    #[default]
    List,
    /// As by number and `self`: since 17.10.
    One,
}

/// Writes a time as GitLab does, with milliseconds.
pub(crate) fn stamp(time: Timestamp) -> String {
    format!("{time:.3}")
}

fn stamps(time: Option<Timestamp>) -> Value {
    time.map_or(Value::Null, |time| Value::String(stamp(time)))
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

impl Core {
    /// Shows an access token.
    pub(crate) fn show_access_token(&self, token: &AccessToken, shape: Shape) -> Value {
        let active = !token.revoked && !is_expired(self, token);
        let scopes = if token.granular.is_empty() {
            token.scopes.clone()
        } else {
            vec!["granular".to_owned()]
        };
        let mut map = object(json!({
            "id": token.id,
            "name": token.name,
            "revoked": token.revoked,
            "created_at": stamp(token.created_at),
            "scopes": scopes,
            "user_id": token.user_id,
            "last_used_at": stamps(token.last_used_at),
            "active": active,
            "expires_at": token.expires_at.map(|day| day.to_string()),
        }));
        let mut put = |key: &str, value: Value| map.insert(key.to_owned(), value);
        if self.since(17, 7) {
            put("description", json!(token.description));
        }
        if self.since(18, 10) {
            put("granular", json!(!token.granular.is_empty()));
        }
        let one = shape.ips == Ips::One && self.since(17, 10);
        if one || self.since(19, 4) || self.instance.expose_last_used_ips {
            put("last_used_ips", json!(token.last_used_ips));
        }
        let granted = if shape.of_self { self.since(19, 5) } else { self.since(19, 2) };
        if granted && !token.granular.is_empty() {
            put("granular_scopes", json!(token.granular));
        }
        if shape.impersonation {
            put("impersonation", json!(true));
        }
        if shape.resource {
            put("access_level", json!(token.access_level));
            if self.since(18, 0) {
                let project = token.project_id.map(|id| ("project", id));
                let place = project.or(token.group_id.map(|id| ("group", id)));
                put("resource_type", json!(place.map(|(word, _)| word)));
                put("resource_id", json!(place.map(|(_, id)| id)));
            }
        }
        Value::Object(map)
    }

    /// Shows a deploy token.
    pub(crate) fn show_deploy_token(&self, token: &DeployToken) -> Value {
        let default = format!("gitlab+deploy-token-{}", token.id);
        json!({
            "id": token.id,
            "name": token.name,
            "username": token.username.as_ref().unwrap_or(&default),
            "expires_at": stamps(token.expires_at),
            "scopes": token.scopes,
            "revoked": token.revoked,
            "expired": token.expires_at.is_some_and(|time| time <= self.now()),
        })
    }

    /// Shows an account briefly.
    pub(crate) fn show_user(&self, id: u64) -> Value {
        let Some(user) = self.users.get(&id) else {
            return Value::Null;
        };
        let state = match user.state {
            UserState::Blocked => "blocked",
            UserState::Deactivated => "deactivated",
            UserState::Active | UserState::TermsPending => "active",
        };
        json!({
            "id": id,
            "username": user.username,
            "public_email": null,
            "name": user.name,
            "state": state,
            "locked": false,
            "avatar_url": null,
            "web_url": format!("{}/{}", self.url, user.username),
        })
    }

    /// Shows an account as others see it, or as itself and administrators do.
    pub(crate) fn show_user_fully(&self, id: u64, inside: bool) -> Value {
        let mut map = object(self.show_user(id));
        let Some(user) = self.users.get(&id) else {
            return Value::Null;
        };
        map.insert("created_at".to_owned(), json!(stamp(user.created_at)));
        map.insert("bot".to_owned(), json!(user.kind == UserKind::Bot));
        if inside {
            let mail = format!("{}@example.com", user.username);
            map.insert("email".to_owned(), json!(mail));
            map.insert("two_factor_enabled".to_owned(), json!(false));
            map.insert("external".to_owned(), json!(false));
            if user.admin {
                map.insert("is_admin".to_owned(), json!(true));
            }
        }
        Value::Object(map)
    }

    /// Shows a trigger token: whole to its owner, four characters to others.
    pub(crate) fn show_trigger(&self, trigger: &Trigger, viewer: u64) -> Value {
        let secret = self.secret((crate::core::Kind::Trigger, trigger.id)).unwrap_or_default();
        let whole = trigger.owner_id == viewer;
        let shown = if whole { secret } else { secret.get(..4).unwrap_or_default() };
        let mut map = object(json!({
            "id": trigger.id,
            "token": shown,
            "description": trigger.description,
            "created_at": stamp(trigger.created_at),
            "updated_at": stamp(trigger.created_at),
            "last_used": stamps(trigger.last_used),
            "owner": self.show_user(trigger.owner_id),
        }));
        if self.since(17, 11) {
            map.insert("expires_at".to_owned(), stamps(trigger.expires_at));
        }
        Value::Object(map)
    }

    /// Shows a runner as in lists.
    pub(crate) fn show_runner(&self, runner: &Runner) -> Value {
        let kind = match (runner.project_id, runner.group_id) {
            (Some(_), _) => "project_type",
            (None, Some(_)) => "group_type",
            (None, None) => "instance_type",
        };
        let seconds = runner.contacted_at.map(|time| self.now().as_second() - time.as_second());
        let status = match seconds {
            None => "never_contacted",
            Some(seconds) if seconds < 2 * 3600 => "online",
            Some(seconds) if seconds < 7 * 24 * 3600 => "offline",
            Some(_) => "stale",
        };
        let mut map = object(json!({
            "id": runner.id,
            "description": runner.description,
            "ip_address": "",
            "active": !runner.paused,
            "paused": runner.paused,
            "is_shared": kind == "instance_type",
            "runner_type": kind,
            "name": null,
            "online": status == "online",
            "status": status,
        }));
        if self.since(18, 0) {
            map.insert(
                "created_by".to_owned(),
                runner.created_by.map_or(Value::Null, |id| self.show_user(id)),
            );
            map.insert("created_at".to_owned(), json!(stamp(runner.created_at)));
            map.insert("job_execution_status".to_owned(), json!("idle"));
        }
        Value::Object(map)
    }

    /// Shows a runner with its details.
    pub(crate) fn show_runner_fully(&self, runner: &Runner) -> Value {
        let mut map = object(self.show_runner(runner));
        let projects: Vec<Value> =
            runner.project_id.iter().map(|&id| self.show_project_briefly(id)).collect();
        let groups: Vec<Value> =
            runner.group_id.iter().map(|&id| self.show_group_briefly(id)).collect();
        map.extend(object(json!({
            "tag_list": runner.tag_list,
            "run_untagged": runner.tag_list.is_empty(),
            "locked": false,
            "maximum_timeout": null,
            "access_level": "not_protected",
            "version": null,
            "revision": null,
            "platform": null,
            "architecture": null,
            "contacted_at": stamps(runner.contacted_at),
            "maintenance_note": null,
            "projects": projects,
            "groups": groups,
        })));
        Value::Object(map)
    }

    /// Shows a project as in lists of other things.
    pub(crate) fn show_project_briefly(&self, id: u64) -> Value {
        let Some(project) = self.projects.get(&id) else {
            return Value::Null;
        };
        let path = self.project_path(id);
        json!({
            "id": id,
            "description": null,
            "name": project.name,
            "name_with_namespace": path.replace('/', " / "),
            "path": project.path,
            "path_with_namespace": path,
            "created_at": stamp(project.created_at),
            "web_url": format!("{}/{path}", self.url),
            "visibility": "private",
        })
    }

    /// Shows a group in two keys.
    pub(crate) fn show_group_briefly(&self, id: u64) -> Value {
        let name = self.groups.get(&id).map(|group| group.name.clone());
        let web_url = format!("{}/groups/{}", self.url, self.group_path(id));
        json!({"id": id, "web_url": web_url, "name": name})
    }

    /// Shows a group as in lists.
    pub(crate) fn show_group(&self, id: u64) -> Value {
        let Some(group) = self.groups.get(&id) else {
            return Value::Null;
        };
        let path = self.group_path(id);
        json!({
            "id": id,
            "web_url": format!("{}/groups/{path}", self.url),
            "name": group.name,
            "path": group.path,
            "description": "",
            "visibility": "private",
            "full_name": path.replace('/', " / "),
            "full_path": path,
            "created_at": stamp(group.created_at),
            "parent_id": group.parent_id,
            "organization_id": 1,
        })
    }

    /// Shows an agent's token as in lists.
    pub(crate) fn show_agent_token(&self, token: &AgentToken) -> Value {
        json!({
            "id": token.id,
            "name": token.name,
            "description": token.description,
            "agent_id": token.agent_id,
            "status": if token.revoked { "revoked" } else { "active" },
            "created_at": stamp(token.created_at),
            "created_by_user_id": token.created_by,
        })
    }

    /// Shows an OAuth application, without its secret.
    pub(crate) fn show_application(&self, application: &Application) -> Value {
        json!({
            "id": application.id,
            "application_id": application.application_id,
            "application_name": application.name,
            "callback_url": application.redirect_uri,
            "confidential": application.confidential,
        })
    }

    /// Shows a user's SSH key.
    pub(crate) fn show_ssh_key(&self, key: &SshKey) -> Value {
        let mut map = object(json!({
            "id": key.id,
            "title": key.title,
            "created_at": stamp(key.created_at),
            "expires_at": stamps(key.expires_at),
            "key": key.key,
            "usage_type": key.usage_type.as_deref().unwrap_or("auth_and_signing"),
        }));
        if self.since(17, 9) {
            map.insert("last_used_at".to_owned(), stamps(key.last_used_at));
        }
        Value::Object(map)
    }

    /// Shows the place of a row as `project_id` or `group_id`.
    pub(crate) fn place_of(&self, project_id: Option<u64>, group_id: Option<u64>) -> Option<Place> {
        project_id.map(Place::Project).or(group_id.map(Place::Group))
    }
}

/// Adds keys to a shown row.
pub(crate) fn with(value: Value, more: Value) -> Value {
    let mut map = object(value);
    map.extend(object(more));
    Value::Object(map)
}

/// Writes an optional time.
pub(crate) fn time(time: Option<Timestamp>) -> Value {
    stamps(time)
}
