//! Pipeline trigger tokens, and the request that uses one.

use jiff::Timestamp;
use serde_json::json;

use crate::access::{MAINTAINER, Place};
use crate::core::{Kind, add};
use crate::records::Trigger;
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route, WRITE};

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/projects/:id/triggers", READ, list).granted("read_trigger"),
    Route::new("GET", "/api/v4/projects/:id/triggers/:trigger_id", READ, one),
    Route::new("POST", "/api/v4/projects/:id/triggers", WRITE, create),
    Route::new("PUT", "/api/v4/projects/:id/triggers/:trigger_id", WRITE, update),
    Route::new("DELETE", "/api/v4/projects/:id/triggers/:trigger_id", WRITE, delete),
    Route::new("POST", "/api/v4/projects/:id/trigger/pipeline", Access::Public, run),
    Route::new("POST", "/api/v4/projects/:id/ref/:ref/trigger/pipeline", Access::Public, run),
];

fn project(call: &Call<'_>) -> Result<u64, Reply> {
    call.place_at(MAINTAINER, Reply::forbidden).map(Place::id)
}

fn list(call: &mut Call<'_>) -> Outcome {
    let project = project(call)?;
    let rows = call.core.triggers.values().filter(|trigger| trigger.project_id == project);
    let rows: Vec<Trigger> = rows.cloned().collect();
    call.page(&rows, |trigger| call.core.show_trigger(trigger, call.caller.user_id))
}

fn find(call: &Call<'_>) -> Result<Trigger, Reply> {
    let project = project(call)?;
    let trigger = call.core.triggers.get(&call.number("trigger_id")?);
    let here = |trigger: &&Trigger| trigger.project_id == project;
    trigger.filter(here).cloned().ok_or_else(|| Reply::not_found("Trigger"))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let trigger = find(call)?;
    Ok(Reply::json(200, &call.core.show_trigger(&trigger, call.caller.user_id)))
}

fn create(call: &mut Call<'_>) -> Outcome {
    let project_id = project(call)?;
    let description = call.required("description")?;
    let expires_at: Option<Timestamp> = super::time_parameter(call, "expires_at")?;
    let draft = Trigger {
        project_id,
        owner_id: call.caller.user_id,
        description,
        created_at: call.core.now(),
        expires_at,
        ..Trigger::default()
    };
    let id = add(&mut call.core.triggers, draft);
    call.core.issue((Kind::Trigger, id));
    let trigger = call.core.triggers.get(&id).cloned().unwrap_or_default();
    Ok(Reply::json(201, &call.core.show_trigger(&trigger, call.caller.user_id)))
}

fn update(call: &mut Call<'_>) -> Outcome {
    let mut trigger = find(call)?;
    if let Some(description) = call.request.text("description") {
        trigger.description = description;
    }
    let shown = call.core.show_trigger(&trigger, call.caller.user_id);
    call.core.triggers.insert(trigger.id, trigger);
    Ok(Reply::json(200, &shown))
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let trigger = find(call)?;
    call.core.triggers.remove(&trigger.id);
    call.core.forget((Kind::Trigger, trigger.id));
    Ok(Reply::empty(204))
}

/// Runs a pipeline. Only `main` exists, and no pipeline is kept.
fn run(call: &mut Call<'_>) -> Outcome {
    let token = call.required("token")?;
    let reference = call.request.text("ref").unwrap_or_else(|| call.segment("ref").to_owned());
    let project = call.core.find_project(call.segment("id"));
    let project = project.ok_or_else(|| Reply::not_found("Project"))?;
    let Some((Kind::Trigger, id)) = call.core.owner(&token) else {
        return Err(Reply::not_found(""));
    };
    let now = call.core.now();
    let trigger = call.core.triggers.get_mut(&id).ok_or_else(|| Reply::not_found(""))?;
    let lives = trigger.expires_at.is_none_or(|ends| ends > now);
    if trigger.project_id != project || !lives {
        return Err(Reply::not_found(""));
    }
    if reference != "main" {
        return Err(Reply::message_of("base", "Reference not found"));
    }
    trigger.last_used = Some(now);
    let user = trigger.owner_id;
    Ok(Reply::json(
        201,
        &json!({
            "id": 1,
            "iid": 1,
            "project_id": project,
            "ref": reference,
            "status": "created",
            "source": "trigger",
            "user": call.core.show_user(user),
        }),
    ))
}
