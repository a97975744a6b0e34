//! Runners: those that show their own token, and those that list, make and reset them.

use serde_json::{Value, json};

use crate::access::{MAINTAINER, OWNER, Place};
use crate::core::{Kind, add};
use crate::records::Runner;
use crate::render::{stamp, time};
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route};

const CREATE: Access = Access::Scopes(&["api", "create_runner"]);
const MANAGE: Access = Access::Scopes(&["api", "manage_runner"]);
const REGISTRATION: &str = "/api/v4/runners/reset_registration_token";

pub(super) const ROUTES: &[Route] = &[
    Route::new("POST", "/api/v4/runners/verify", Access::Public, verify),
    Route::new("POST", "/api/v4/runners", Access::Public, register),
    Route::new("DELETE", "/api/v4/runners", Access::Public, delete_by_token),
    Route::new(
        "POST",
        "/api/v4/runners/reset_authentication_token",
        Access::Public,
        reset_by_token,
    ),
    Route::new("GET", "/api/v4/runners", READ, own).granted("read_runner"),
    Route::new("GET", "/api/v4/runners/all", READ, all).granted("read_runner"),
    Route::new("GET", "/api/v4/projects/:id/runners", READ, of_place).granted("read_runner"),
    Route::new("GET", "/api/v4/groups/:id/runners", READ, of_place).granted("read_runner"),
    Route::new("GET", "/api/v4/runners/:id", READ, one).granted("read_runner"),
    Route::new("GET", "/api/v4/runners/:id/managers", READ, managers),
    Route::new("POST", "/api/v4/runners/:id/reset_authentication_token", MANAGE, reset),
    Route::new("DELETE", "/api/v4/runners/:id", MANAGE, delete),
    Route::new("POST", "/api/v4/user/runners", CREATE, create),
    Route::new("POST", REGISTRATION, MANAGE, reset_registration),
    Route::new(
        "POST",
        "/api/v4/projects/:id/runners/reset_registration_token",
        MANAGE,
        reset_registration_of,
    ),
    Route::new(
        "POST",
        "/api/v4/groups/:id/runners/reset_registration_token",
        MANAGE,
        reset_registration_of,
    ),
];

/// Finds the runner whose token the body or, in newer releases, a header holds.
fn by_token(call: &Call<'_>) -> Result<Runner, Reply> {
    let header = call.request.header("runner-token").map(str::to_owned);
    let header = header.filter(|_| call.core.since(18, 0));
    let token = call.request.text("token").or(header);
    let token = token.ok_or_else(|| Reply::parameter("token is missing"))?;
    let Some((Kind::Runner, id)) = call.core.owner(&token) else {
        return Err(Reply::forbidden());
    };
    let runner = call.core.runners.get(&id).ok_or_else(Reply::forbidden)?;
    if runner.token_expires_at.is_some_and(|ends| ends <= call.core.now()) {
        return Err(Reply::forbidden());
    }
    Ok(runner.clone())
}

fn verify(call: &mut Call<'_>) -> Outcome {
    let runner = by_token(call)?;
    let secret = call.core.secret((Kind::Runner, runner.id)).unwrap_or_default();
    let shown = json!({
        "id": runner.id,
        "token": secret,
        "token_expires_at": time(runner.token_expires_at),
    });
    if let Some(system) = call.request.text("system_id")
        && let Some(row) = call.core.runners.get_mut(&runner.id)
        && !row.managers.contains(&system)
    {
        row.managers.push(system);
    }
    Ok(Reply::json(200, &shown))
}

fn registration_place(call: &Call<'_>) -> Result<(Option<u64>, Option<u64>), Reply> {
    let token = call.required("token")?;
    match call.core.owner(&token) {
        Some((Kind::InstanceRegistration, _)) => Ok((None, None)),
        Some((Kind::GroupRegistration, id)) => Ok((None, Some(id))),
        Some((Kind::ProjectRegistration, id)) => Ok((Some(id), None)),
        _ => Err(Reply::forbidden()),
    }
}

/// Registers a runner with a registration token: it makes one.
fn register(call: &mut Call<'_>) -> Outcome {
    if !call.core.instance.allow_runner_registration_token && call.core.since(17, 0) {
        return Err(Reply::message(410, "410 Gone - runner registration disallowed"));
    }
    let (project_id, group_id) = registration_place(call)?;
    let registered = Runner { registered: true, project_id, group_id, ..Runner::default() };
    made(call, registered)
}

fn made(call: &mut Call<'_>, draft: Runner) -> Outcome {
    let created_at = call.core.now();
    let description = call.request.text("description").unwrap_or_default();
    let tag_list = call.request.list("tag_list");
    let runner = Runner { created_at, description, tag_list, ..draft };
    let id = add(&mut call.core.runners, runner);
    let secret = call.core.issue((Kind::Runner, id));
    Ok(Reply::json(201, &json!({"id": id, "token": secret, "token_expires_at": null})))
}

fn create(call: &mut Call<'_>) -> Outcome {
    let kind = call.required("runner_type")?;
    let number = |name| call.required(name)?.parse::<u64>().map_err(|_| Reply::bad(name));
    let place = match kind.as_str() {
        "instance_type" => None,
        "group_type" => Some(Place::Group(number("group_id")?)),
        "project_type" => Some(Place::Project(number("project_id")?)),
        _ => return Err(Reply::parameter("runner_type does not have a valid value")),
    };
    let allowed = match place {
        None => call.caller.admin,
        Some(place) => call.level(place) >= if kind == "group_type" { OWNER } else { MAINTAINER },
    };
    if !allowed {
        return Err(Reply::forbidden());
    }
    let (project_id, group_id) = place.map_or((None, None), Place::ids);
    let created_by = Some(call.caller.user_id);
    made(call, Runner { project_id, group_id, created_by, ..Runner::default() })
}

fn remove(call: &mut Call<'_>, id: u64) -> Outcome {
    call.core.runners.remove(&id);
    call.core.forget((Kind::Runner, id));
    Ok(Reply::empty(204))
}

fn delete_by_token(call: &mut Call<'_>) -> Outcome {
    let runner = by_token(call)?;
    remove(call, runner.id)
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let runner = managed(call)?;
    remove(call, runner.id)
}

/// Gives a runner another token.
fn renew(call: &mut Call<'_>, runner: &Runner) -> Outcome {
    let secret = call.core.issue((Kind::Runner, runner.id));
    let mut shown = json!({"token": secret});
    let ends = call.core.time_after(30);
    if runner.token_expires_at.is_some()
        && let Some(row) = call.core.runners.get_mut(&runner.id)
    {
        // A token that can expire lives a month from its reset.
        row.token_expires_at = Some(ends);
        shown["token_expires_at"] = json!(stamp(ends));
    }
    Ok(Reply::json(201, &shown))
}

fn reset_by_token(call: &mut Call<'_>) -> Outcome {
    let runner = by_token(call)?;
    renew(call, &runner)
}

fn reset(call: &mut Call<'_>) -> Outcome {
    let runner = managed(call)?;
    renew(call, &runner)
}

fn place_of(call: &Call<'_>, runner: &Runner) -> Option<Place> {
    call.core.place_of(runner.project_id, runner.group_id)
}

fn manages(call: &Call<'_>, runner: &Runner) -> bool {
    let by_place = |place| {
        let needed = if matches!(place, Place::Group(_)) { OWNER } else { MAINTAINER };
        call.level(place) >= needed
    };
    call.caller.admin || place_of(call, runner).is_some_and(by_place)
}

/// Returns the runner of the path, for those who manage it.
fn managed(call: &Call<'_>) -> Result<Runner, Reply> {
    let id = call.number("id")?;
    let runner = call.core.runners.get(&id).ok_or_else(|| Reply::not_found("Runner"))?;
    if manages(call, runner) { Ok(runner.clone()) } else { Err(Reply::forbidden()) }
}

fn one(call: &mut Call<'_>) -> Outcome {
    let runner = managed(call)?;
    Ok(Reply::json(200, &call.core.show_runner_fully(&runner)))
}

fn managers(call: &mut Call<'_>) -> Outcome {
    let runner = managed(call)?;
    let rows: Vec<(usize, String)> = runner.managers.iter().cloned().enumerate().collect();
    call.page(&rows, |(number, system)| {
        json!({
            "id": number + 1,
            "system_id": system,
            "version": null,
            "revision": null,
            "platform": null,
            "architecture": null,
            "created_at": stamp(runner.created_at),
            "contacted_at": time(runner.contacted_at),
            "ip_address": null,
            "status": "online",
        })
    })
}

/// Answers with the runners that `wanted` takes and the parameters select.
fn listed(call: &Call<'_>, wanted: impl Fn(&Runner) -> bool) -> Outcome {
    let is = |shown: &Value, key: &str, name| {
        call.request.text(name).is_none_or(|text| shown[key].as_str() == Some(text.as_str()))
    };
    let paused = call.flag("paused");
    let tags = call.request.list("tag_list");
    let rows = call.core.runners.values().filter(|runner| wanted(runner));
    let rows = rows.filter(|runner| {
        let shown = call.core.show_runner(runner);
        is(&shown, "runner_type", "type")
            && is(&shown, "status", "status")
            && paused.is_none_or(|paused| runner.paused == paused)
            && tags.iter().all(|tag| runner.tag_list.contains(tag))
    });
    let rows: Vec<Runner> = rows.cloned().collect();
    call.page(&rows, |runner| call.core.show_runner(runner))
}

fn own(call: &mut Call<'_>) -> Outcome {
    listed(call, |runner| {
        let user = call.caller.user_id;
        place_of(call, runner).is_some_and(|place| call.core.level(user, place) >= MAINTAINER)
    })
}

fn all(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    listed(call, |_| true)
}

fn of_place(call: &mut Call<'_>) -> Outcome {
    let place = call.place_at(MAINTAINER, Reply::forbidden)?;
    listed(call, |runner| match place_of(call, runner) {
        None => true,
        Some(Place::Group(group)) => call.core.is_below(place, group),
        Some(own) => own == place,
    })
}

fn reset_registration(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let secret = call.core.issue((Kind::InstanceRegistration, 0));
    Ok(Reply::json(201, &json!({"token": secret})))
}

fn reset_registration_of(call: &mut Call<'_>) -> Outcome {
    let place = call.place_at(MAINTAINER, Reply::forbidden)?;
    let kind = match place {
        Place::Group(_) => Kind::GroupRegistration,
        Place::Project(_) => Kind::ProjectRegistration,
    };
    let secret = call.core.issue((kind, place.id()));
    Ok(Reply::json(201, &json!({"token": secret})))
}
