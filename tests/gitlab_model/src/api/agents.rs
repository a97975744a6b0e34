//! Agents for Kubernetes, runner controllers, and the tokens of both.

use serde_json::{Value, json};

use crate::access::{DEVELOPER, MAINTAINER, Place};
use crate::core::{Core, Kind, add};
use crate::records::{Agent, AgentToken, ControllerToken};
use crate::render::{stamp, time, with};
use crate::reply::{Outcome, Reply};
use crate::routes::{Call, READ, Route, WRITE};

const AGENTS: &str = "/api/v4/projects/:id/cluster_agents";
const TOKENS: &str = "/api/v4/projects/:id/cluster_agents/:agent_id/tokens";
const TOKEN: &str = "/api/v4/projects/:id/cluster_agents/:agent_id/tokens/:token_id";
const CONTROLLER: &str = "/api/v4/runner_controllers/:id/tokens";
const CONTROLLER_ONE: &str = "/api/v4/runner_controllers/:id/tokens/:token_id";
const CONTROLLER_ROTATE: &str = "/api/v4/runner_controllers/:id/tokens/:token_id/rotate";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", AGENTS, READ, agents),
    Route::new("GET", "/api/v4/projects/:id/cluster_agents/:agent_id", READ, agent),
    Route::new("GET", TOKENS, READ, tokens),
    Route::new("POST", TOKENS, WRITE, create),
    Route::new("GET", TOKEN, READ, one),
    Route::new("DELETE", TOKEN, WRITE, revoke),
    Route::new("GET", "/api/v4/runner_controllers", READ, controllers).since(18, 8),
    Route::new("GET", CONTROLLER, READ, controller_tokens).since(18, 8),
    Route::new("POST", CONTROLLER, WRITE, create_controller_token).since(18, 8),
    Route::new("GET", CONTROLLER_ONE, READ, controller_token).since(18, 8),
    Route::new("DELETE", CONTROLLER_ONE, WRITE, revoke_controller_token).since(18, 8),
    Route::new("POST", CONTROLLER_ROTATE, WRITE, rotate_controller_token).since(18, 8),
];

/// The most active tokens that an agent may have.
const MOST: usize = 2;

fn project(call: &Call<'_>, level: u8) -> Result<u64, Reply> {
    call.place_at(level, Reply::forbidden).map(Place::id)
}

fn show_agent(core: &Core, agent: &Agent) -> Value {
    let path = core.project_path(agent.project_id);
    let name = core.projects.get(&agent.project_id).map(|project| project.name.clone());
    json!({
        "id": agent.id,
        "name": agent.name,
        "config_project": {
            "id": agent.project_id,
            "description": null,
            "name": name,
            "name_with_namespace": path.replace('/', " / "),
            "path": path.rsplit('/').next(),
            "path_with_namespace": path,
            "created_at": stamp(agent.created_at),
        },
        "created_at": stamp(agent.created_at),
        "created_by_user_id": agent.created_by,
    })
}

fn agents(call: &mut Call<'_>) -> Outcome {
    let project = project(call, DEVELOPER)?;
    let rows = call.core.agents.values().filter(|agent| agent.project_id == project);
    let rows: Vec<Agent> = rows.cloned().collect();
    call.page(&rows, |agent| show_agent(call.core, agent))
}

fn find_agent(call: &Call<'_>, level: u8) -> Result<Agent, Reply> {
    let project = project(call, level)?;
    let agent = call.core.agents.get(&call.number("agent_id")?);
    let agent = agent.filter(|agent| agent.project_id == project);
    agent.cloned().ok_or_else(|| Reply::not_found("Agent"))
}

fn agent(call: &mut Call<'_>) -> Outcome {
    let agent = find_agent(call, DEVELOPER)?;
    Ok(Reply::json(200, &show_agent(call.core, &agent)))
}

fn active(call: &Call<'_>, agent: &Agent) -> Vec<AgentToken> {
    let tokens = call.core.agent_tokens.values();
    tokens.filter(|token| token.agent_id == agent.id && !token.revoked).cloned().collect()
}

fn tokens(call: &mut Call<'_>) -> Outcome {
    let agent = find_agent(call, DEVELOPER)?;
    call.page(&active(call, &agent), |token| call.core.show_agent_token(token))
}

fn create(call: &mut Call<'_>) -> Outcome {
    let agent = find_agent(call, MAINTAINER)?;
    let name = call.required("name")?;
    if active(call, &agent).len() >= MOST {
        return Err(Reply::bad("An agent can have only two active tokens at a time"));
    }
    let draft = AgentToken {
        agent_id: agent.id,
        name,
        description: call.request.text("description"),
        created_at: call.core.now(),
        created_by: call.caller.user_id,
        ..AgentToken::default()
    };
    let id = add(&mut call.core.agent_tokens, draft);
    let secret = call.core.issue((Kind::AgentToken, id));
    let token = call.core.agent_tokens.get(&id).cloned().unwrap_or_default();
    let more = json!({"last_used_at": null, "token": secret});
    Ok(Reply::json(201, &with(call.core.show_agent_token(&token), more)))
}

fn find(call: &Call<'_>, level: u8) -> Result<AgentToken, Reply> {
    let agent = find_agent(call, level)?;
    let id = call.number("token_id")?;
    let token = active(call, &agent).into_iter().find(|token| token.id == id);
    token.ok_or_else(|| Reply::not_found("Agent Token"))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let token = find(call, DEVELOPER)?;
    let more = json!({"last_used_at": time(token.last_used_at)});
    Ok(Reply::json(200, &with(call.core.show_agent_token(&token), more)))
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    let id = find(call, MAINTAINER)?.id;
    if let Some(token) = call.core.agent_tokens.get_mut(&id) {
        token.revoked = true;
    }
    Ok(Reply::empty(204))
}

fn controllers(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let rows: Vec<_> = call.core.runner_controllers.values().cloned().collect();
    call.page(&rows, |row| json!({"id": row.id, "description": row.description}))
}

fn show_controller_token(token: &ControllerToken) -> Value {
    json!({
        "id": token.id,
        "runner_controller_id": token.runner_controller_id,
        "description": token.description,
        "last_used_at": time(token.last_used_at),
        "created_at": stamp(token.created_at),
        "updated_at": stamp(token.updated_at),
    })
}

/// Returns the number of the controller of the path, for administrators.
fn controller(call: &Call<'_>) -> Result<u64, Reply> {
    call.caller.need_admin()?;
    let id = call.number("id")?;
    let known = call.core.runner_controllers.contains_key(&id);
    if known { Ok(id) } else { Err(Reply::not_found("Runner Controller")) }
}

fn controller_tokens(call: &mut Call<'_>) -> Outcome {
    let id = controller(call)?;
    let rows = call.core.controller_tokens.values();
    let rows = rows.filter(|token| token.runner_controller_id == id);
    let rows: Vec<ControllerToken> = rows.cloned().collect();
    call.page(&rows, show_controller_token)
}

fn find_controller_token(call: &Call<'_>) -> Result<ControllerToken, Reply> {
    let id = controller(call)?;
    let token = call.core.controller_tokens.get(&call.number("token_id")?);
    let token = token.filter(|token| token.runner_controller_id == id);
    token.cloned().ok_or_else(|| Reply::not_found("Runner Controller Token"))
}

fn controller_token(call: &mut Call<'_>) -> Outcome {
    let token = find_controller_token(call)?;
    Ok(Reply::json(200, &show_controller_token(&token)))
}

fn create_controller_token(call: &mut Call<'_>) -> Outcome {
    let runner_controller_id = controller(call)?;
    let now = call.core.now();
    let draft = ControllerToken {
        runner_controller_id,
        description: call.request.text("description").unwrap_or_default(),
        created_at: now,
        updated_at: now,
        ..ControllerToken::default()
    };
    let id = add(&mut call.core.controller_tokens, draft);
    Ok(issued(call, id, 201))
}

fn issued(call: &mut Call<'_>, id: u64, status: u16) -> Reply {
    let secret = call.core.issue((Kind::ControllerToken, id));
    let token = call.core.controller_tokens.get(&id).cloned().unwrap_or_default();
    Reply::json(status, &with(show_controller_token(&token), json!({"token": secret})))
}

fn revoke_controller_token(call: &mut Call<'_>) -> Outcome {
    let id = find_controller_token(call)?.id;
    call.core.controller_tokens.remove(&id);
    call.core.forget((Kind::ControllerToken, id));
    Ok(Reply::empty(204))
}

fn rotate_controller_token(call: &mut Call<'_>) -> Outcome {
    let mut token = find_controller_token(call)?;
    token.updated_at = call.core.now();
    let id = token.id;
    call.core.controller_tokens.insert(id, token);
    Ok(issued(call, id, 201))
}
