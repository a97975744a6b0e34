//! Puts ids in the gaps that a call of the decision chart has.

use serde_json::{Value, json};

use crate::gitlab::choose::Call;
use crate::gitlab::rotate::api::{Api, Refusal};
use crate::gitlab::rotate::scope::Scope;
use crate::gitlab::rotate::target::Place;

/// What the user names beside kind and name.
#[derive(Clone, Debug, Default)]
pub struct Fill {
    /// Where the token is to be.
    pub place: Option<Place>,
    /// The service account that gets it, by id or user name; none makes one.
    pub account: Option<String>,
    /// The agent that gets it, by id or name; none where the project has one agent alone.
    pub agent: Option<String>,
    /// The user that it acts as, by id or name.
    pub user: Option<String>,
}

impl Fill {
    /// The account that the user names, by its id.
    pub(super) fn account(&self, api: Api<'_>) -> Result<Option<u64>, Refusal> {
        let Some(named) = &self.account else { return Ok(None) };
        if let Ok(id) = named.parse() {
            return Ok(Some(id));
        }
        let row = |row: &mut Value| {
            let is_it = row.get("username").and_then(Value::as_str) == Some(named);
            row.get("id").and_then(Value::as_u64).filter(|_| is_it)
        };
        let found = api.rows(&accounts(self.place.as_ref()), row)?;
        let missing = || Refusal::new(format!("{named}: no such service account is shown there"));
        found.first().copied().map(Some).ok_or_else(missing)
    }

    /// Fills in a call; the account is filled in where it is known.
    pub(super) fn call(&self, api: Api<'_>, call: &Call) -> Result<Call, Refusal> {
        let mut call = call.clone();
        if call.path.contains(":agent_id") {
            let agent = self.agent(api)?;
            call.path = call.path.replace(":agent_id", &agent.to_string());
        }
        if let (true, Some(user)) = (call.path.contains(":user_id"), &self.user) {
            let found = Scope::find(api.client, api.caller, &format!("user:{user}"))?;
            let Scope::User(id) = found else { return Err(Refusal::new("--user is no user")) };
            call.path = call.path.replace(":user_id", &id.to_string());
        }
        for key in ["project_id", "group_id"] {
            if call.body.get(key).is_some_and(Value::is_string) {
                call.body[key] = json!(self.place_id(api)?);
            }
        }
        Ok(call)
    }

    /// The number of the place.
    fn place_id(&self, api: Api<'_>) -> Result<u64, Refusal> {
        let missing = || Refusal::new("it needs --project or --group");
        let place = self.place.as_ref().ok_or_else(missing)?;
        let (row, _) = api.get(&place.path())?;
        row.get("id").and_then(Value::as_u64).ok_or_else(|| Refusal::new("the place has no id"))
    }

    fn agent(&self, api: Api<'_>) -> Result<u64, Refusal> {
        if let Some(id) = self.agent.as_deref().and_then(|named| named.parse().ok()) {
            return Ok(id);
        }
        let Some(place) = &self.place else { return Err(Refusal::new("it needs --project")) };
        let row = |row: &mut Value| {
            let name = row.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
            Some((row.get("id").and_then(Value::as_u64)?, name))
        };
        let mut agents = api.rows(&format!("{}/cluster_agents", place.path()), row)?;
        agents.retain(|(_, name)| self.agent.as_ref().is_none_or(|named| named == name));
        match agents.as_slice() {
            [(id, _)] => Ok(*id),
            [] => Err(Refusal::new("no such agent is shown: --agent")),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
                Err(Refusal::new(format!("--agent is one of {}", names.join(", "))))
            }
        }
    }
}

/// The list of service accounts of a place, or of the instance.
pub(super) fn accounts(place: Option<&Place>) -> String {
    let base = place.map_or_else(|| "/api/v4".to_owned(), Place::path);
    format!("{base}/service_accounts")
}

/// What has to be named before a call can be sent; none where it is whole.
pub(super) fn gap(call: &Call) -> Option<&'static str> {
    let gap = call.path.split('/').find(|part| part.starts_with(':'))?;
    Some(match gap {
        ":project" => "it needs --project",
        ":group" => "it needs --group",
        ":user_id" => "it needs --user",
        _ => "the call has a gap",
    })
}
