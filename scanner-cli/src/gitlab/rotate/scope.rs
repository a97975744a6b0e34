//! Whose tokens may be touched: what the caller's credential is shown inside a scope.

use serde_json::Value;
use tokensieve_core::Secret;

use super::api::{Api, Caller, Refusal, runner_of};
use super::record::Record;
use super::target::{Place, Target, TargetKind, base_of};
use super::variable::place_of;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, percent_encoded};
use crate::gitlab::kinds::Kind;

/// A part of an instance.
#[derive(Clone, Debug)]
pub enum Scope {
    /// All of it.
    Instance,
    /// A project, by id, with its full path.
    Project(u64, String),
    /// A group and all below it, by id, with its full path.
    Group(u64, String),
    /// A user, by id.
    User(u64),
}

/// A token that was found, and what the instance knows it as.
#[derive(Debug)]
pub struct Identity {
    kind: TargetKind,
    record: Record,
    /// The agent of an agent's token, or other ids that only some kinds have.
    project_id: Option<u64>,
}

/// Finds out which token a value is: by itself where it lives, else by an administrator.
///
/// # Errors
///
/// Nobody tells the id.
pub fn identify(
    client: &Client,
    caller: &Caller,
    (kind, secret): (Kind, &Secret),
) -> Result<Identity, Refusal> {
    let of = |kind, record| Identity { kind, record, project_id: None };
    let kind = match kind {
        Kind::PersonalAccessToken | Kind::RoutableToken => TargetKind::PersonalAccessToken,
        Kind::RunnerAuthenticationToken => TargetKind::RunnerAuthenticationToken,
        Kind::OauthApplicationSecret => TargetKind::OauthApplicationSecret,
        Kind::DeployToken => TargetKind::DeployToken,
        Kind::PipelineTriggerToken => TargetKind::PipelineTriggerToken,
        Kind::KubernetesAgentToken => TargetKind::KubernetesAgentToken,
        _ => return Err(Refusal::new("its kind has no id to be rotated or revoked by")),
    };
    let mut why = "an administrator's credential is needed to find it by its value".to_owned();
    match kind {
        TargetKind::PersonalAccessToken => match Caller::ask(client, secret) {
            Ok(found) => return Ok(of(kind, found.record)),
            Err(error) => why = format!("{error}; {why}"),
        },
        TargetKind::RunnerAuthenticationToken => {
            if let Ok(id) = runner_of(client, secret) {
                let row = Record::read(&mut serde_json::json!({"id": id}));
                return row.map(|row| of(kind, row)).ok_or_else(|| Refusal::new(why));
            }
        }
        _ => {}
    }
    let body = Body::json(&[("token", secret.expose())])?;
    let answer = client.post("/api/v4/admin/token", Some(&caller.credential()), &body)?;
    let json = answer.json().filter(|_| answer.status() == 200);
    let Some(mut json) = json else {
        return Err(Refusal::new(format!("{}; {why}", Refusal::of(&answer).reason)));
    };
    let record = Record::read(&mut json).ok_or_else(|| Refusal::new(why))?;
    let project_id = json.get("project_id").and_then(Value::as_u64);
    Ok(Identity { project_id, ..of(kind, record) })
}

impl Scope {
    /// Finds what a text names: `instance`, `group:PATH`, `project:PATH`, `user:NAME`, or a path.
    ///
    /// # Errors
    ///
    /// The caller is shown no such thing, or several.
    pub fn find(client: &Client, caller: &Caller, text: &str) -> Result<Self, Refusal> {
        let api = Api { client, caller };
        if text == "instance" {
            return Ok(Self::Instance);
        }
        if let Some(name) = text.strip_prefix("user:") {
            return user(api, name);
        }
        match place_of(api, text) {
            Ok(place) => Self::of_place(api, &place),
            Err(refusal) => user(api, text).map_err(|_| refusal),
        }
    }

    fn of_place(api: Api<'_>, place: &Place) -> Result<Self, Refusal> {
        let (json, _) = api.get(&place.path())?;
        let id = json.get("id").and_then(Value::as_u64);
        let key = match place {
            Place::Project(_) => "path_with_namespace",
            Place::Group(_) => "full_path",
        };
        let path = json.get(key).and_then(Value::as_str).map(str::to_owned);
        let (Some(id), Some(path)) = (id, path) else {
            return Err(Refusal::new("the place has no id and path"));
        };
        Ok(match place {
            Place::Project(_) => Self::Project(id, path),
            Place::Group(_) => Self::Group(id, path),
        })
    }

    /// Whether a place is this one or lies in it.
    fn holds_place(&self, api: Api<'_>, place: &Place) -> Result<bool, Refusal> {
        let other = Self::of_place(api, place)?;
        Ok(match (self, &other) {
            (Self::Instance, _) => true,
            (Self::Project(own, _), Self::Project(id, _))
            | (Self::Group(own, _), Self::Group(id, _))
                if own == id =>
            {
                true
            }
            (Self::Group(_, own), Self::Project(_, path) | Self::Group(_, path)) => {
                path.strip_prefix(own.as_str()).is_some_and(|rest| rest.starts_with('/'))
            }
            _ => false,
        })
    }

    /// Refuses a token that is named by its id and is not in the scope.
    ///
    /// # Errors
    ///
    /// It is elsewhere, or where it is is not told.
    pub fn check(
        &self,
        client: &Client,
        caller: &Caller,
        (target, record): (&Target, Option<&Record>),
    ) -> Result<(), Refusal> {
        let api = Api { client, caller };
        let is_inside = match (self, &target.place) {
            (Self::Instance, _) => true,
            (Self::User(id), _) => record.and_then(|record| record.user_id) == Some(*id),
            (_, Some(place)) => self.holds_place(api, place)?,
            (_, None) if target.kind == TargetKind::RunnerAuthenticationToken => {
                self.shows_runner(api, target.id)?
            }
            (_, None) => false,
        };
        if is_inside { Ok(()) } else { Err(Refusal::new("it is not shown inside --within")) }
    }

    /// The token of the scope with the id of one that was found. What the caller is shown decides.
    ///
    /// # Errors
    ///
    /// The caller is not shown it inside the scope.
    pub fn join(
        &self,
        client: &Client,
        caller: &Caller,
        found: &Identity,
    ) -> Result<Target, Refusal> {
        let api = Api { client, caller };
        let outside = || Refusal::new("it is not shown inside --within");
        let at = |kind, place| Target { kind, id: found.record.id, place };
        let target = match (found.kind, self) {
            (TargetKind::PersonalAccessToken, Self::Instance) => at(found.kind, None),
            (TargetKind::PersonalAccessToken, Self::User(id)) => {
                let is_own = found.record.user_id == Some(*id);
                is_own.then(|| at(found.kind, None)).ok_or_else(outside)?
            }
            (TargetKind::PersonalAccessToken, _) => {
                let place = self.place_of_bot(api, &found.record)?;
                match place {
                    Some(place @ Place::Project(_)) => {
                        at(TargetKind::ProjectAccessToken, Some(place))
                    }
                    Some(place) => at(TargetKind::GroupAccessToken, Some(place)),
                    None => at(TargetKind::ServiceAccountToken, self.own_place()),
                }
            }
            (TargetKind::RunnerAuthenticationToken, Self::User(_)) => return Err(outside()),
            (TargetKind::RunnerAuthenticationToken, Self::Instance) => at(found.kind, None),
            (TargetKind::RunnerAuthenticationToken, _) => {
                let is_shown = self.shows_runner(api, found.record.id)?;
                is_shown.then(|| at(found.kind, None)).ok_or_else(outside)?
            }
            (TargetKind::OauthApplicationSecret, Self::Instance) => at(found.kind, None),
            (kind, _) => {
                let known = found.project_id.map(|id| Place::Project(id.to_string()));
                let place = known.or_else(|| self.own_place()).ok_or_else(outside)?;
                at(kind, Some(place))
            }
        };
        base_of(target.kind, target.place.as_ref()).map_err(Refusal::new)?;
        if let Some(place) = &target.place
            && !self.holds_place(api, place)?
        {
            return Err(outside());
        }
        api.locate(&target).and_then(|located| api.read(&located)).map_err(|_| outside())?;
        Ok(target)
    }

    fn own_place(&self) -> Option<Place> {
        match self {
            Self::Project(id, _) => Some(Place::Project(id.to_string())),
            Self::Group(id, _) => Some(Place::Group(id.to_string())),
            Self::Instance | Self::User(_) => None,
        }
    }

    /// Where to look for a bot's token: its user name tells. That it is there is to be read.
    fn place_of_bot(&self, api: Api<'_>, record: &Record) -> Result<Option<Place>, Refusal> {
        let Some(user) = record.user_id else { return Ok(None) };
        let (user, _) = api.get(&format!("/api/v4/users/{user}"))?;
        let name = user.get("username").and_then(Value::as_str).unwrap_or_default();
        let mut parts = name.splitn(4, '_');
        let (kind, id, bot) = (parts.next(), parts.next(), parts.next());
        let id = id.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()) && !id.is_empty());
        Ok(match (kind, id, bot) {
            (Some("project"), Some(id), Some("bot")) => Some(Place::Project(id.to_owned())),
            (Some("group"), Some(id), Some("bot")) => Some(Place::Group(id.to_owned())),
            _ => None,
        })
    }

    fn shows_runner(&self, api: Api<'_>, id: u64) -> Result<bool, Refusal> {
        let Some(place) = self.own_place() else { return Ok(false) };
        // Lists of a place also have the instance's runners, which are not its own.
        let own = |row: &mut Value| {
            let is_shared = row.get("runner_type").and_then(Value::as_str) == Some("instance_type");
            row.get("id").and_then(Value::as_u64).filter(|_| !is_shared)
        };
        Ok(api.rows(&format!("{}/runners", place.path()), own)?.contains(&id))
    }
}

fn user(api: Api<'_>, name: &str) -> Result<Scope, Refusal> {
    if let Ok(id) = name.parse::<u64>() {
        let (user, _) = api.get(&format!("/api/v4/users/{id}"))?;
        let id = user.get("id").and_then(Value::as_u64);
        return id.map(Scope::User).ok_or_else(|| Refusal::new("no such user is shown"));
    }
    let path = format!("/api/v4/users?username={}", percent_encoded(name));
    let is_it = |row: &mut Value| {
        let own = row.get("username").and_then(Value::as_str)?;
        own.eq_ignore_ascii_case(name).then(|| row.get("id").and_then(Value::as_u64))?
    };
    let ids = api.rows(&path, is_it)?;
    ids.first().copied().map(Scope::User).ok_or_else(|| Refusal::new("no such user is shown"))
}
