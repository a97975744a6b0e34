//! Webhooks of projects, groups and the instance. Their secrets are never shown.

use serde_json::{Value, json};

use crate::access::{MAINTAINER, OWNER, Place};
use crate::core::{Core, add};
use crate::profile::Tier;
use crate::records::Hook;
use crate::render::stamp;
use crate::reply::{Outcome, Reply};
use crate::routes::{Call, READ, Route, WRITE};

const PROJECT: &str = "/api/v4/projects/:id/hooks";
const PROJECT_ONE: &str = "/api/v4/projects/:id/hooks/:hook_id";
const GROUP: &str = "/api/v4/groups/:id/hooks";
const GROUP_ONE: &str = "/api/v4/groups/:id/hooks/:hook_id";
const SYSTEM: &str = "/api/v4/hooks";
const SYSTEM_ONE: &str = "/api/v4/hooks/:hook_id";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", PROJECT, READ, list),
    Route::new("POST", PROJECT, WRITE, create),
    Route::new("GET", PROJECT_ONE, READ, one),
    Route::new("PUT", PROJECT_ONE, WRITE, change),
    Route::new("DELETE", PROJECT_ONE, WRITE, delete),
    Route::new("GET", GROUP, READ, list).tier(Tier::Premium),
    Route::new("POST", GROUP, WRITE, create).tier(Tier::Premium),
    Route::new("GET", GROUP_ONE, READ, one).tier(Tier::Premium),
    Route::new("PUT", GROUP_ONE, WRITE, change).tier(Tier::Premium),
    Route::new("DELETE", GROUP_ONE, WRITE, delete).tier(Tier::Premium),
    Route::new("GET", SYSTEM, READ, list),
    Route::new("GET", SYSTEM_ONE, READ, one),
];

/// Returns the place of the path, for those who manage its hooks; none is the instance.
fn place(call: &Call<'_>) -> Result<Option<Place>, Reply> {
    if call.segment("id").is_empty() {
        call.caller.need_admin()?;
        return Ok(None);
    }
    let level = match call.place()? {
        Place::Project(_) => MAINTAINER,
        Place::Group(_) => OWNER,
    };
    call.place_at(level, Reply::forbidden).map(Some)
}

fn show(core: &Core, hook: &Hook) -> Value {
    let mut shown = json!({
        "id": hook.id,
        "url": hook.url,
        "name": "",
        "description": "",
        "created_at": stamp(hook.created_at),
        "push_events": true,
        "tag_push_events": false,
        "merge_requests_events": false,
        "repository_update_events": false,
        "enable_ssl_verification": true,
        "alert_status": "executable",
        "disabled_until": null,
        "url_variables": [],
        "push_events_branch_filter": null,
        "branch_filter_strategy": "wildcard",
        "custom_webhook_template": null,
        "custom_headers": [],
    });
    if core.since(18, 6) {
        shown["token_present"] = json!(hook.has_token);
    }
    if core.since(19, 0) {
        shown["signing_token_present"] = json!(hook.has_signing_token);
    }
    if hook.project_id.is_none() && hook.group_id.is_none() {
        return shown;
    }
    shown["resource_access_token_events"] = json!(hook.resource_access_token_events);
    if core.since(19, 2) {
        shown["resource_deploy_token_events"] = json!(hook.resource_deploy_token_events);
    }
    if let Some(id) = hook.project_id {
        shown["project_id"] = json!(id);
    }
    if let Some(id) = hook.group_id {
        shown["group_id"] = json!(id);
    }
    shown
}

fn is_of(hook: &Hook, place: Option<Place>) -> bool {
    match place {
        Some(place) => place.holds(hook.project_id, hook.group_id),
        None => hook.project_id.is_none() && hook.group_id.is_none(),
    }
}

fn list(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let rows = call.core.hooks.values().filter(|hook| is_of(hook, place));
    let rows: Vec<Hook> = rows.cloned().collect();
    call.page(&rows, |hook| show(call.core, hook))
}

fn find(call: &Call<'_>) -> Result<Hook, Reply> {
    let place = place(call)?;
    let hook = call.core.hooks.get(&call.number("hook_id")?);
    hook.filter(|hook| is_of(hook, place)).cloned().ok_or_else(|| Reply::not_found(""))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let hook = find(call)?;
    Ok(Reply::json(200, &show(call.core, &hook)))
}

/// Sets what the parameters state. Another URL without a token clears the token.
fn set(call: &Call<'_>, hook: &mut Hook) {
    let token = call.request.text("token");
    if let Some(url) = call.request.text("url") {
        if url != hook.url {
            hook.has_token = false;
            hook.token = None;
        }
        hook.url = url;
    }
    if let Some(token) = token {
        hook.has_token = !token.is_empty();
        hook.token = Some(token).filter(|token| !token.is_empty());
    }
    if let Some(token) = call.request.text("signing_token").filter(|_| call.core.since(19, 0)) {
        hook.has_signing_token = !token.is_empty();
    }
    if let Some(events) = call.flag("resource_access_token_events") {
        hook.resource_access_token_events = events;
    }
    if let Some(events) = call.flag("resource_deploy_token_events") {
        hook.resource_deploy_token_events = events;
    }
}

fn create(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    call.required("url")?;
    let (project_id, group_id) = place.map_or((None, None), Place::ids);
    let created_at = call.core.now();
    let mut hook = Hook { project_id, group_id, created_at, ..Hook::default() };
    set(call, &mut hook);
    let id = add(&mut call.core.hooks, hook);
    let hook = call.core.hooks.get(&id).cloned().unwrap_or_default();
    Ok(Reply::json(201, &show(call.core, &hook)))
}

fn change(call: &mut Call<'_>) -> Outcome {
    let mut hook = find(call)?;
    set(call, &mut hook);
    let shown = show(call.core, &hook);
    call.core.hooks.insert(hook.id, hook);
    Ok(Reply::json(200, &shown))
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let id = find(call)?.id;
    call.core.hooks.remove(&id);
    Ok(Reply::empty(204))
}
