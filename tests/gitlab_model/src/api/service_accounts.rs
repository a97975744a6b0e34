//! Service accounts of the instance, a group or a project, and their tokens.

use serde_json::{Value, json};

use crate::access::{OWNER, Place};
use crate::core::{Core, add};
use crate::profile::Tier;
use crate::records::{AccessKind, AccessToken, User, UserKind};
use crate::reply::{Outcome, Reply};
use crate::rotation;
use crate::routes::{Call, READ, Route, WRITE};

use super::personal::{ONE, select, token_page};

const GROUP: &str = "/api/v4/groups/:id/service_accounts";
const GROUP_ONE: &str = "/api/v4/groups/:id/service_accounts/:user_id";
const GROUP_TOKENS: &str = "/api/v4/groups/:id/service_accounts/:user_id/personal_access_tokens";
const GROUP_TOKEN: &str =
    "/api/v4/groups/:id/service_accounts/:user_id/personal_access_tokens/:token_id";
const GROUP_ROTATE: &str =
    "/api/v4/groups/:id/service_accounts/:user_id/personal_access_tokens/:token_id/rotate";
const PROJECT: &str = "/api/v4/projects/:id/service_accounts";
const PROJECT_ONE: &str = "/api/v4/projects/:id/service_accounts/:user_id";
const PROJECT_TOKENS: &str =
    "/api/v4/projects/:id/service_accounts/:user_id/personal_access_tokens";
const PROJECT_TOKEN: &str =
    "/api/v4/projects/:id/service_accounts/:user_id/personal_access_tokens/:token_id";
const PROJECT_ROTATE: &str =
    "/api/v4/projects/:id/service_accounts/:user_id/personal_access_tokens/:token_id/rotate";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/service_accounts", READ, list_instance).since(17, 1),
    Route::new("POST", "/api/v4/service_accounts", WRITE, create_instance),
    Route::new("PATCH", "/api/v4/service_accounts/:user_id", WRITE, change_instance).since(18, 2),
    Route::new("GET", GROUP, READ, list).since(17, 1),
    Route::new("POST", GROUP, WRITE, create),
    Route::new("PATCH", GROUP_ONE, WRITE, change).since(17, 10),
    Route::new("DELETE", GROUP_ONE, WRITE, delete).since(17, 1),
    Route::new("GET", GROUP_TOKENS, READ, tokens).since(17, 11),
    Route::new("POST", GROUP_TOKENS, WRITE, create_token),
    Route::new("POST", GROUP_ROTATE, WRITE, rotate),
    Route::new("DELETE", GROUP_TOKEN, WRITE, revoke).since(17, 11),
    Route::new("GET", PROJECT, READ, list).since(18, 11),
    Route::new("POST", PROJECT, WRITE, create).since(18, 11),
    Route::new("PATCH", PROJECT_ONE, WRITE, change).since(18, 11),
    Route::new("DELETE", PROJECT_ONE, WRITE, delete).since(18, 11),
    Route::new("GET", PROJECT_TOKENS, READ, tokens).since(18, 11),
    Route::new("POST", PROJECT_TOKENS, WRITE, create_token).since(18, 11),
    Route::new("POST", PROJECT_ROTATE, WRITE, rotate).since(18, 11),
    Route::new("DELETE", PROJECT_TOKEN, WRITE, revoke).since(18, 11),
];

/// Fails on the tiers that have no service accounts: before 18.11, Free.
fn licensed(core: &Core) -> Result<(), Reply> {
    let free = core.tier == Tier::Free && !core.since(18, 11);
    if free { Err(Reply::forbidden()) } else { Ok(()) }
}

/// Returns the place of the path, for those who manage its service accounts.
fn managed(call: &Call<'_>) -> Result<Place, Reply> {
    licensed(call.core)?;
    let level = match call.place()? {
        Place::Group(_) => OWNER,
        Place::Project(_) => crate::access::MAINTAINER,
    };
    call.place_at(level, Reply::forbidden)
}

fn is_of(user: &User, place: Option<Place>) -> bool {
    let own = user.project_id.map(Place::Project).or(user.group_id.map(Place::Group));
    user.kind == UserKind::ServiceAccount && own == place
}

fn show(core: &Core, id: u64) -> Value {
    let user = core.users.get(&id);
    let username = user.map(|user| user.username.clone()).unwrap_or_default();
    let mut shown = json!({
        "id": id,
        "username": username,
        "name": user.map(|user| user.name.clone()),
    });
    if core.since(17, 9) {
        shown["email"] = json!(format!("{username}@noreply.example.com"));
    }
    shown
}

fn page(call: &mut Call<'_>, place: Option<Place>) -> Outcome {
    let users = call.core.users.values().filter(|user| is_of(user, place));
    let mut rows: Vec<(u64, String)> = users.map(|user| (user.id, user.username.clone())).collect();
    if call.request.text("order_by").as_deref() == Some("username") {
        rows.sort_by(|a, b| a.1.cmp(&b.1));
    }
    if call.request.text("sort").as_deref() != Some("asc") {
        rows.reverse();
    }
    call.page(&rows, |(id, _)| show(call.core, *id))
}

fn made(call: &mut Call<'_>, place: Option<Place>) -> Outcome {
    let (project_id, group_id) = place.map_or((None, None), Place::ids);
    let next = call.core.users.last_key_value().map_or(1, |(last, _)| last + 1);
    let of = place.map_or_else(String::new, |place| format!("{}_{}_", place.word(), place.id()));
    let default = format!("service_account_{of}{next:08x}");
    let user = User {
        username: call.request.text("username").unwrap_or(default),
        name: call.request.text("name").unwrap_or_else(|| "Service account user".to_owned()),
        kind: UserKind::ServiceAccount,
        created_at: call.core.now(),
        project_id,
        group_id,
        ..User::default()
    };
    if call.core.users.values().any(|other| other.username == user.username) {
        return Err(Reply::bad("Username has already been taken"));
    }
    let id = add(&mut call.core.users, user);
    Ok(Reply::json(201, &show(call.core, id)))
}

fn changed(call: &mut Call<'_>, place: Option<Place>) -> Outcome {
    let id = account(call, place)?;
    let (name, username) = (call.request.text("name"), call.request.text("username"));
    if let Some(user) = call.core.users.get_mut(&id) {
        user.name = name.unwrap_or_else(|| user.name.clone());
        user.username = username.unwrap_or_else(|| user.username.clone());
    }
    Ok(Reply::json(200, &show(call.core, id)))
}

fn list_instance(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    licensed(call.core)?;
    page(call, None)
}

fn create_instance(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    licensed(call.core)?;
    made(call, None)
}

fn change_instance(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    licensed(call.core)?;
    changed(call, None)
}

fn list(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    page(call, Some(place))
}

fn create(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    made(call, Some(place))
}

fn change(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    changed(call, Some(place))
}

/// Returns the number of the account of the path.
fn account(call: &Call<'_>, place: Option<Place>) -> Result<u64, Reply> {
    let id = call.number("user_id")?;
    let user = call.core.users.get(&id).filter(|user| is_of(user, place));
    user.map(|user| user.id).ok_or_else(|| Reply::not_found("User"))
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let id = account(call, Some(place))?;
    let own = call.core.access_tokens.values().filter(|token| token.user_id == id);
    for token in own.map(|token| token.id).collect::<Vec<_>>() {
        rotation::revoke(call, token)?;
    }
    call.core.users.remove(&id);
    call.core.members.retain(|_, member| member.user_id != id);
    Ok(Reply::empty(204))
}

fn tokens(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let id = account(call, Some(place))?;
    let rows = select(call, |token| token.user_id == id)?;
    token_page(call, &rows, ONE)
}

fn create_token(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let user_id = account(call, Some(place))?;
    let kind = AccessKind::ServiceAccount;
    rotation::create(call, AccessToken { user_id, kind, ..AccessToken::default() }, ONE)
}

fn find(call: &Call<'_>) -> Result<AccessToken, Reply> {
    let place = managed(call)?;
    let user_id = account(call, Some(place))?;
    let token = call.core.access_tokens.get(&call.number("token_id")?);
    let token = token.filter(|token| token.user_id == user_id);
    token.cloned().ok_or_else(|| Reply::not_found("Personal Access Token"))
}

fn rotate(call: &mut Call<'_>) -> Outcome {
    let token = find(call)?;
    rotation::rotate(call, &token, ONE)
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    let token = find(call)?;
    rotation::revoke(call, token.id)
}
