//! Project and group access tokens: `/projects/:id/access_tokens`, `/groups/:id/access_tokens`.

use crate::access::{MAINTAINER, OWNER, Place};
use crate::auth::is_expired;
use crate::core::add;
use crate::records::{AccessKind, AccessToken, Member, User, UserKind};
use crate::render::{Ips, Shape};
use crate::reply::{Outcome, Reply};
use crate::rotation;
use crate::routes::{Call, READ, Route, WRITE};

use super::personal::{SELF_ROTATE, select, token_page};

const PROJECT: &str = "/api/v4/projects/:id/access_tokens";
const GROUP: &str = "/api/v4/groups/:id/access_tokens";
const PROJECT_ONE: &str = "/api/v4/projects/:id/access_tokens/:token_id";
const GROUP_ONE: &str = "/api/v4/groups/:id/access_tokens/:token_id";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", PROJECT, READ, list).granted("read_resource_access_token"),
    Route::new("GET", GROUP, READ, list).granted("read_resource_access_token"),
    Route::new("POST", PROJECT, WRITE, create).granted("create_resource_access_token"),
    Route::new("POST", GROUP, WRITE, create).granted("create_resource_access_token"),
    Route::new("GET", PROJECT_ONE, READ, one).granted("read_resource_access_token"),
    Route::new("GET", GROUP_ONE, READ, one).granted("read_resource_access_token"),
    Route::new("DELETE", PROJECT_ONE, WRITE, revoke).granted("revoke_resource_access_token"),
    Route::new("DELETE", GROUP_ONE, WRITE, revoke).granted("revoke_resource_access_token"),
    Route::new("POST", "/api/v4/projects/:id/access_tokens/:token_id/rotate", WRITE, rotate),
    Route::new("POST", "/api/v4/groups/:id/access_tokens/:token_id/rotate", WRITE, rotate),
    Route::new("POST", "/api/v4/projects/:id/access_tokens/self/rotate", SELF_ROTATE, rotate_self),
    Route::new("POST", "/api/v4/groups/:id/access_tokens/self/rotate", SELF_ROTATE, rotate_self),
];

/// Shape of a list of project or group tokens.
pub(super) const LISTED: Shape =
    Shape { resource: true, ips: Ips::List, impersonation: false, of_self: false };

/// Returns the place of the path, for callers who manage its tokens: 401 for others, not 403.
fn managed(call: &Call<'_>) -> Result<Place, Reply> {
    let level = match call.place()? {
        Place::Project(_) => MAINTAINER,
        Place::Group(_) => OWNER,
    };
    call.place_at(level, Reply::unauthorized)
}

fn is_of(token: &AccessToken, place: Place) -> bool {
    matches!(token.kind, AccessKind::Project | AccessKind::Group)
        && place.holds(token.project_id, token.group_id)
}

fn list(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let rows = if call.core.since(17, 0) {
        select(call, |token| is_of(token, place))?
    } else {
        old_select(call, place)
    };
    token_page(call, &rows, LISTED)
}

/// Lists as older releases do: they know `state` alone, and the newest token comes first.
fn old_select(call: &Call<'_>, place: Place) -> Vec<u64> {
    let state = call.request.text("state");
    let wanted = |token: &&AccessToken| {
        let active = !token.revoked && !is_expired(call.core, token);
        is_of(token, place) && state.as_deref().is_none_or(|state| (state == "active") == active)
    };
    call.core.access_tokens.values().rev().filter(wanted).map(|token| token.id).collect()
}

/// Returns the token of the path.
fn find(call: &Call<'_>, place: Place, missing: fn(Place) -> Reply) -> Result<AccessToken, Reply> {
    let token = call.core.access_tokens.get(&call.number("token_id")?);
    let token = token.filter(|token| is_of(token, place));
    token.cloned().ok_or_else(|| missing(place))
}

fn not_found(place: Place) -> Reply {
    Reply::not_found(match place {
        Place::Project(_) => "Project Access Token",
        Place::Group(_) => "Group Access Token",
    })
}

fn one(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let token = find(call, place, not_found)?;
    Ok(Reply::json(200, &call.core.show_access_token(&token, LISTED)))
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let token = find(call, place, not_found)?;
    rotation::revoke(call, token.id)
}

/// Tells whether the caller's token is that of a project's or group's bot.
fn caller_is_bot(call: &Call<'_>) -> bool {
    let user = call.core.users.get(&call.caller.user_id);
    user.is_some_and(|user| user.kind == UserKind::Bot)
}

/// Makes a bot, its membership and its token.
fn create(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    if caller_is_bot(call) {
        return Err(Reply::bad("User does not have permission to create access tokens"));
    }
    let level = call.request.text("access_level").unwrap_or_else(|| MAINTAINER.to_string());
    let level: u8 = level.parse().map_err(|_| Reply::parameter("access_level is invalid"))?;
    if !matches!(level, 5 | 10 | 15 | 20 | 25 | 30 | 40 | 50) {
        return Err(Reply::parameter("access_level does not have a valid value"));
    }
    if level > call.level(place) {
        return Err(Reply::bad("Access level of the token can't be greater than your own"));
    }
    let (project_id, group_id) = place.ids();
    let kind = if project_id.is_some() { AccessKind::Project } else { AccessKind::Group };
    let next = call.core.users.last_key_value().map_or(1, |(last, _)| last + 1);
    let draft = AccessToken {
        kind,
        user_id: next,
        project_id,
        group_id,
        access_level: level,
        ..AccessToken::default()
    };
    // The token is checked before its bot is made.
    let reply = rotation::create(call, draft, LISTED)?;
    let bot = User {
        id: next,
        username: format!("{}_{}_bot_{next:08x}", place.word(), place.id()),
        name: call.request.text("name").unwrap_or_default(),
        kind: UserKind::Bot,
        created_at: call.core.now(),
        ..User::default()
    };
    add(&mut call.core.users, bot);
    let role =
        Member { user_id: next, project_id, group_id, access_level: level, ..Member::default() };
    add(&mut call.core.members, role);
    Ok(reply)
}

fn rotate(call: &mut Call<'_>) -> Outcome {
    let place = managed(call)?;
    let missing = if call.caller.admin { not_found } else { |_: Place| Reply::unauthorized() };
    let token = find(call, place, missing)?;
    let held = call.level(place);
    if token.access_level > held {
        let text = "Not eligible to rotate token with access level higher than the user";
        return Err(Reply::bad(text));
    }
    rotation::rotate(call, &token, LISTED)
}

fn rotate_self(call: &mut Call<'_>) -> Outcome {
    let id = call.caller.token_id;
    let token = id.and_then(|id| call.core.access_tokens.get(&id)).cloned();
    let bots = |token: &AccessToken| matches!(token.kind, AccessKind::Project | AccessKind::Group);
    let token = token.filter(bots);
    let token = token.ok_or_else(|| Reply::message(405, "405 Method Not Allowed"))?;
    let place = call.place().map_err(|_| Reply::unauthorized())?;
    if !is_of(&token, place) {
        return Err(Reply::unauthorized());
    }
    rotation::rotate(call, &token, LISTED)
}
