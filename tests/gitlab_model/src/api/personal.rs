//! `/personal_access_tokens`: list, by number, by itself.

use jiff::{Timestamp, civil::Date};
use serde_json::{Value, json};

use crate::access::{GUEST, Place};
use crate::auth::is_expired;
use crate::core::Core;
use crate::fixture::date_of;
use crate::records::{AccessKind, AccessToken, Record};
use crate::render::{Ips, Shape, stamp};
use crate::reply::{Outcome, Reply};
use crate::rotation;
use crate::routes::{Access, Call, READ, Route, WRITE};

/// The scopes that may rotate the token itself.
pub(crate) const SELF_ROTATE: Access = Access::Scopes(&["api", "self_rotate"]);

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/personal_access_tokens", READ, list)
        .granted("read_personal_access_token"),
    Route::new("GET", "/api/v4/personal_access_tokens/self", Access::AnyScope, own)
        .granted("read_personal_access_token"),
    Route::new("GET", "/api/v4/personal_access_tokens/:id", READ, one)
        .granted("read_personal_access_token"),
    Route::new(
        "GET",
        "/api/v4/personal_access_tokens/self/associations",
        Access::AnyScope,
        associations,
    )
    .since(17, 4)
    .granted("read_personal_access_token"),
    Route::new("POST", "/api/v4/personal_access_tokens/self/rotate", SELF_ROTATE, rotate_self)
        .granted("rotate_personal_access_token"),
    Route::new("POST", "/api/v4/personal_access_tokens/:id/rotate", WRITE, rotate)
        .granted("rotate_personal_access_token"),
    Route::new("DELETE", "/api/v4/personal_access_tokens/self", Access::AnyScope, revoke_self)
        .granted("revoke_personal_access_token"),
    Route::new("DELETE", "/api/v4/personal_access_tokens/:id", WRITE, revoke)
        .granted("revoke_personal_access_token"),
];

/// Shape of an answer about one token.
pub(crate) const ONE: Shape =
    Shape { ips: Ips::One, resource: false, impersonation: false, of_self: false };

/// Reads a date, or the date of a time.
fn day(text: &str) -> Result<Date, Reply> {
    let by_time = || text.parse::<Timestamp>().ok().map(date_of);
    let by_day = text.parse::<Date>().ok();
    by_day.or_else(by_time).ok_or_else(|| Reply::parameter("a date is invalid"))
}

/// Reads a time, or the start of a date.
pub(super) fn instant(text: &str) -> Result<Timestamp, Reply> {
    let midnight = |day: Date| jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    let by_day = || midnight(text.parse().ok()?);
    text.parse().ok().or_else(by_day).ok_or_else(|| Reply::parameter("a time is invalid"))
}

/// Filters and sorts access tokens as the parameters of a list say. Returns their numbers.
pub(crate) fn select(
    call: &Call<'_>,
    in_scope: impl Fn(&AccessToken) -> bool,
) -> Result<Vec<u64>, Reply> {
    let text = |name| call.request.text(name);
    let instants = |name| text(name).map(|text| instant(&text)).transpose();
    let days = |name| text(name).map(|text| day(&text)).transpose();
    let (created_after, created_before) = (instants("created_after")?, instants("created_before")?);
    let (used_after, used_before) = (instants("last_used_after")?, instants("last_used_before")?);
    let (expires_after, expires_before) = (days("expires_after")?, days("expires_before")?);
    let revoked = call.flag("revoked");
    let search = text("search").map(|text| text.to_lowercase());
    let state = text("state").filter(|state| state != "all");
    let wanted = |token: &AccessToken| {
        let active = !token.revoked && !is_expired(call.core, token);
        created_after.is_none_or(|time| token.created_at > time)
            && created_before.is_none_or(|time| token.created_at < time)
            && used_after.is_none_or(|time| token.last_used_at.is_some_and(|used| used > time))
            && used_before.is_none_or(|time| token.last_used_at.is_some_and(|used| used < time))
            && expires_after.is_none_or(|day| token.expires_at.is_some_and(|ends| ends > day))
            && expires_before.is_none_or(|day| token.expires_at.is_some_and(|ends| ends < day))
            && revoked.is_none_or(|revoked| token.revoked == revoked)
            && state.as_deref().is_none_or(|state| (state == "active") == active)
            && search.as_ref().is_none_or(|part| token.name.to_lowercase().contains(part))
    };
    let all = call.core.access_tokens.values();
    let mut found: Vec<&AccessToken> =
        all.filter(|token| in_scope(token) && wanted(token)).collect();
    sort(&mut found, &text("sort").unwrap_or_default())?;
    Ok(found.iter().map(|token| token.id).collect())
}

fn sort(tokens: &mut [&AccessToken], by: &str) -> Result<(), Reply> {
    match by.rsplit_once('_').unwrap_or((by, "")).0 {
        "" => return Ok(()),
        "created" => tokens.sort_by_key(|token| token.created_at),
        "expires" => tokens.sort_by_key(|token| token.expires_at),
        "last_used" => tokens.sort_by_key(|token| token.last_used_at),
        "name" => tokens.sort_by(|a, b| a.name.cmp(&b.name)),
        _ => return Err(Reply::parameter("sort does not have a valid value")),
    }
    if by.ends_with("_desc") {
        tokens.reverse();
    }
    Ok(())
}

/// Answers with a page of tokens, and changes the rows when a fault says so.
pub(crate) fn token_page(call: &mut Call<'_>, rows: &[u64], shape: Shape) -> Outcome {
    let token = |id: &u64| call.core.access_tokens.get(id);
    let show = |token: &AccessToken| call.core.show_access_token(token, shape);
    let reply = call.page(rows, |id| token(id).map_or(Value::Null, show))?;
    let first = rows.first().and_then(token).cloned();
    if call.core.quirks.insert_row
        && let Some(first) = &first
    {
        let mut token = first.clone();
        token.set_id(0);
        token.created_at = call.core.now();
        token.name = format!("inserted beside {}", first.id);
        let id = crate::core::add(&mut call.core.access_tokens, token);
        call.core.issue((crate::core::Kind::AccessToken, id));
    }
    if call.core.quirks.remove_row
        && let Some(first) = &first
    {
        call.core.access_tokens.remove(&first.id);
        call.core.forget((crate::core::Kind::AccessToken, first.id));
    }
    Ok(reply)
}

fn list(call: &mut Call<'_>) -> Outcome {
    let asked = call.request.text("user_id");
    let asked: Option<u64> = asked
        .map(|text| text.parse().map_err(|_| Reply::parameter("user_id is invalid")))
        .transpose()?;
    let rows = if call.caller.admin {
        if asked.is_some_and(|id| !call.core.users.contains_key(&id)) {
            return Err(Reply::not_found("User"));
        }
        select(call, |token| asked.is_none_or(|id| token.user_id == id))?
    } else {
        let own = call.caller.user_id;
        if asked.is_some_and(|id| id != own) {
            return Err(Reply::unauthorized());
        }
        select(call, |token| token.user_id == own && token.kind != AccessKind::Impersonation)?
    };
    token_page(call, &rows, Shape::default())
}

/// Returns the caller's own token.
fn own_token(call: &Call<'_>) -> Result<AccessToken, Reply> {
    let id = call.caller.token_id.ok_or_else(Reply::unauthorized)?;
    call.core.access_tokens.get(&id).cloned().ok_or_else(Reply::unauthorized)
}

fn own(call: &mut Call<'_>) -> Outcome {
    let token = own_token(call)?;
    let shape = Shape { of_self: true, ..ONE };
    Ok(Reply::json(200, &call.core.show_access_token(&token, shape)))
}

/// Returns a token by number: one's own, or any for an administrator.
///
/// # Errors
///
/// 401 also for a number that nothing has; 404 only for administrators.
pub(crate) fn visible(call: &Call<'_>, name: &'static str) -> Result<AccessToken, Reply> {
    let id = call.number(name)?;
    let token = call.core.access_tokens.get(&id);
    if call.caller.admin {
        return token.cloned().ok_or_else(|| Reply::not_found("Personal Access Token"));
    }
    let own = |token: &&AccessToken| {
        token.user_id == call.caller.user_id && token.kind != AccessKind::Impersonation
    };
    token.filter(own).cloned().ok_or_else(Reply::unauthorized)
}

fn one(call: &mut Call<'_>) -> Outcome {
    let token = visible(call, "id")?;
    Ok(Reply::json(200, &call.core.show_access_token(&token, ONE)))
}

fn rotate_self(call: &mut Call<'_>) -> Outcome {
    if call.caller.token_id.is_none() {
        return Err(Reply::message(405, "405 Method Not Allowed"));
    }
    let token = own_token(call)?;
    rotation::rotate(call, &token, ONE)
}

fn rotate(call: &mut Call<'_>) -> Outcome {
    if call.caller.token_id.is_none() {
        return Err(Reply::message(405, "405 Method Not Allowed"));
    }
    let token = visible(call, "id")?;
    rotation::rotate(call, &token, ONE)
}

fn revoke_self(call: &mut Call<'_>) -> Outcome {
    let token = own_token(call)?;
    rotation::revoke(call, token.id)
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    let token = visible(call, "id")?;
    rotation::revoke(call, token.id)
}

/// Shows the groups and projects that the token's account reaches.
fn associations(call: &mut Call<'_>) -> Outcome {
    let token = own_token(call)?;
    let least = call.request.text("min_access_level").and_then(|text| text.parse().ok());
    let least = least.unwrap_or(GUEST);
    let core = &*call.core;
    let reached = |place| core.level(token.user_id, place) >= least;
    let groups: Vec<u64> =
        core.groups.keys().copied().filter(|&id| reached(Place::Group(id))).collect();
    let projects: Vec<u64> =
        core.projects.keys().copied().filter(|&id| reached(Place::Project(id))).collect();
    // Both lists share the page number, and the headers are those of the longer one.
    let group_page = call.page(&groups, |&id| group_association(core, token.user_id, id))?;
    let project_page = call.page(&projects, |&id| project_association(core, token.user_id, id))?;
    let part = |reply: &Reply| serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
    let both = json!({"groups": part(&group_page), "projects": part(&project_page)});
    let longer = if groups.len() > projects.len() { group_page } else { project_page };
    Ok(Reply { headers: longer.headers, ..Reply::json(200, &both) })
}

fn group_association(core: &Core, user_id: u64, id: u64) -> Value {
    let group = core.groups.get(&id);
    json!({
        "id": id,
        "web_url": format!("{}/groups/{}", core.url, core.group_path(id)),
        "name": group.map(|group| group.name.clone()),
        "parent_id": group.and_then(|group| group.parent_id),
        "organization_id": 1,
        "access_levels": core.level(user_id, Place::Group(id)),
        "visibility": "private",
    })
}

fn project_association(core: &Core, user_id: u64, id: u64) -> Value {
    let Some(project) = core.projects.get(&id) else {
        return Value::Null;
    };
    let own = core
        .members
        .values()
        .find(|member| member.project_id == Some(id) && member.user_id == user_id);
    let by_group = project.group_id.map(|group| core.level(user_id, Place::Group(group)));
    let path = core.project_path(id);
    json!({
        "id": id,
        "description": null,
        "name": project.name,
        "name_with_namespace": path.replace('/', " / "),
        "path": project.path,
        "path_with_namespace": path,
        "created_at": stamp(project.created_at),
        "access_levels": {
            "project_access_level": own.map(|member| member.access_level),
            "group_access_level": by_group.filter(|&level| level > 0),
        },
        "visibility": "private",
        "web_url": format!("{}/{path}", core.url),
        "namespace": namespace(core, project.group_id),
    })
}

fn namespace(core: &Core, group: Option<u64>) -> Value {
    let Some(id) = group else {
        return Value::Null;
    };
    let row = core.groups.get(&id);
    json!({
        "id": id,
        "name": row.map(|group| group.name.clone()),
        "path": row.map(|group| group.path.clone()),
        "kind": "group",
        "full_path": core.group_path(id),
        "parent_id": row.and_then(|group| group.parent_id),
        "avatar_url": null,
        "web_url": format!("{}/groups/{}", core.url, core.group_path(id)),
    })
}
