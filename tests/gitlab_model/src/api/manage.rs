//! The credentials inventory of a top-level group on gitlab.com, revocation by value, and
//! enterprise users.

use serde_json::Value;

use crate::access::{OWNER, Place};
use crate::core::{Core, Kind};
use crate::profile::Tier;
use crate::records::{AccessKind, AccessToken, SshKey};
use crate::render::{Shape, stamp, time};
use crate::reply::{Outcome, Reply};
use crate::rotation;
use crate::routes::{Call, READ, Route, WRITE};

use super::personal::{select, token_page};
use super::resource::LISTED;

const PERSONAL: &str = "/api/v4/groups/:id/manage/personal_access_tokens";
const PERSONAL_ONE: &str = "/api/v4/groups/:id/manage/personal_access_tokens/:token_id";
const PERSONAL_ROTATE: &str = "/api/v4/groups/:id/manage/personal_access_tokens/:token_id/rotate";
const RESOURCE: &str = "/api/v4/groups/:id/manage/resource_access_tokens";
const RESOURCE_ONE: &str = "/api/v4/groups/:id/manage/resource_access_tokens/:token_id";
const RESOURCE_ROTATE: &str = "/api/v4/groups/:id/manage/resource_access_tokens/:token_id/rotate";
const KEYS: &str = "/api/v4/groups/:id/manage/ssh_keys";
const KEYS_ONE: &str = "/api/v4/groups/:id/manage/ssh_keys/:key_id";

pub(super) const ROUTES: &[Route] = &[
    paid("GET", PERSONAL, personal).since(18, 7),
    paid("DELETE", PERSONAL_ONE, revoke_personal).since(18, 7),
    paid("POST", PERSONAL_ROTATE, rotate_personal).since(18, 7),
    paid("GET", RESOURCE, resource).since(18, 7),
    paid("DELETE", RESOURCE_ONE, revoke_resource).since(18, 7),
    paid("POST", RESOURCE_ROTATE, rotate_resource).since(18, 7),
    paid("GET", KEYS, keys).since(18, 7),
    paid("DELETE", KEYS_ONE, delete_key).since(18, 7),
    paid("GET", "/api/v4/groups/:id/enterprise_users", enterprise_users).since(17, 7),
    Route::new("POST", "/api/v4/groups/:id/tokens/revoke", WRITE, revoke_by_value).since(17, 2),
];

const fn paid(
    method: &'static str,
    path: &'static str,
    run: fn(&mut Call<'_>) -> Outcome,
) -> Route {
    // Methods are told apart by their length: `==` on texts is no constant.
    let access = if method.len() == "GET".len() { READ } else { WRITE };
    Route::new(method, path, access, run).tier(Tier::Premium)
}

/// Returns the top-level group of the path, for its owners.
fn owned(call: &Call<'_>) -> Result<u64, Reply> {
    let place = call.place_at(OWNER, Reply::forbidden)?;
    let top = call.core.groups.get(&place.id()).is_some_and(|group| group.parent_id.is_none());
    if top { Ok(place.id()) } else { Err(Reply::not_found("Group")) }
}

/// As [`owned`], where the inventory is: on gitlab.com.
fn inventory(call: &Call<'_>) -> Result<u64, Reply> {
    if !call.core.instance.gitlab_com {
        return Err(Reply::not_found(""));
    }
    owned(call)
}

fn is_enterprise(core: &Core, user_id: u64, group: u64) -> bool {
    core.users.get(&user_id).and_then(|user| user.enterprise_group_id) == Some(group)
}

fn is_personal(core: &Core, token: &AccessToken, group: u64) -> bool {
    token.kind == AccessKind::Personal && is_enterprise(core, token.user_id, group)
}

fn is_resource(core: &Core, token: &AccessToken, group: u64) -> bool {
    let place = core.place_of(token.project_id, token.group_id);
    matches!(token.kind, AccessKind::Project | AccessKind::Group)
        && place.is_some_and(|place| core.is_below(place, group))
}

fn personal(call: &mut Call<'_>) -> Outcome {
    let group = inventory(call)?;
    let rows = select(call, |token| is_personal(call.core, token, group))?;
    token_page(call, &rows, Shape::default())
}

fn resource(call: &mut Call<'_>) -> Outcome {
    let group = inventory(call)?;
    let rows = select(call, |token| is_resource(call.core, token, group))?;
    token_page(call, &rows, LISTED)
}

fn find(
    call: &Call<'_>,
    wanted: fn(&Core, &AccessToken, u64) -> bool,
) -> Result<AccessToken, Reply> {
    let group = inventory(call)?;
    let token = call.core.access_tokens.get(&call.number("token_id")?);
    let token = token.filter(|token| wanted(call.core, token, group));
    token.cloned().ok_or_else(|| Reply::not_found("Personal Access Token"))
}

fn revoke_personal(call: &mut Call<'_>) -> Outcome {
    let token = find(call, is_personal)?;
    rotation::revoke(call, token.id)
}

fn revoke_resource(call: &mut Call<'_>) -> Outcome {
    let token = find(call, is_resource)?;
    rotation::revoke(call, token.id)
}

fn rotate_personal(call: &mut Call<'_>) -> Outcome {
    let token = find(call, is_personal)?;
    rotation::rotate(call, &token, Shape::default())
}

fn rotate_resource(call: &mut Call<'_>) -> Outcome {
    let token = find(call, is_resource)?;
    rotation::rotate(call, &token, LISTED)
}

fn show_key(key: &SshKey) -> Value {
    serde_json::json!({
        "id": key.id,
        "title": key.title,
        "created_at": stamp(key.created_at),
        "expires_at": time(key.expires_at),
        "last_used_at": time(key.last_used_at),
        "usage_type": key.usage_type.as_deref().unwrap_or("auth_and_signing"),
        "user_id": key.user_id,
    })
}

fn keys(call: &mut Call<'_>) -> Outcome {
    let group = inventory(call)?;
    let keys = call.core.ssh_keys.values();
    let keys = keys.filter(|key| is_enterprise(call.core, key.user_id, group));
    let rows: Vec<SshKey> = keys.cloned().collect();
    call.page(&rows, show_key)
}

fn delete_key(call: &mut Call<'_>) -> Outcome {
    let group = inventory(call)?;
    let id = call.number("key_id")?;
    let key = call.core.ssh_keys.get(&id);
    let key = key.filter(|key| is_enterprise(call.core, key.user_id, group));
    key.ok_or_else(|| Reply::not_found("Key"))?;
    call.core.ssh_keys.remove(&id);
    Ok(Reply::empty(204))
}

fn enterprise_users(call: &mut Call<'_>) -> Outcome {
    let group = owned(call)?;
    let wanted = call.request.text("username");
    let users = call.core.users.values().filter(|user| {
        user.enterprise_group_id == Some(group)
            && wanted.as_ref().is_none_or(|name| *name == user.username)
    });
    let rows: Vec<u64> = users.map(|user| user.id).collect();
    call.page(&rows, |&id| call.core.show_user_fully(id, true))
}

/// Revokes what a secret belongs to, when that lies in the group. Again: the same answer.
fn revoke_by_value(call: &mut Call<'_>) -> Outcome {
    let group = owned(call)?;
    let token = call.required("token")?;
    let missing = || Reply::not_found("");
    match call.core.owner(&token) {
        Some((Kind::AccessToken, id)) => {
            let token = call.core.access_tokens.get(&id).cloned().ok_or_else(missing)?;
            let member = call.core.level(token.user_id, Place::Group(group)) > 0;
            if !member && !is_resource(call.core, &token, group) {
                return Err(missing());
            }
            rotation::revoke(call, id)?;
            let token = call.core.access_tokens.get(&id).cloned().unwrap_or_default();
            Ok(Reply::json(201, &call.core.show_access_token(&token, Shape::default())))
        }
        Some((Kind::DeployToken, id)) => {
            let token = call.core.deploy_tokens.get(&id).cloned().ok_or_else(missing)?;
            let of_group = token.group_id.map(Place::Group);
            of_group.filter(|&place| call.core.is_below(place, group)).ok_or_else(missing)?;
            let revoked = crate::records::DeployToken { revoked: true, ..token };
            let shown = call.core.show_deploy_token(&revoked);
            call.core.deploy_tokens.insert(id, revoked);
            Ok(Reply::json(201, &shown))
        }
        Some((Kind::Feed, id)) if call.core.level(id, Place::Group(group)) > 0 => {
            call.core.issue((Kind::Feed, id));
            Ok(Reply::json(201, &call.core.show_user(id)))
        }
        _ => Err(missing()),
    }
}
