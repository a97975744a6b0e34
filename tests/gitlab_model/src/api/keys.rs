//! SSH keys, GPG keys and deploy keys; whose key has a fingerprint.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, STANDARD_NO_PAD},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::access::MAINTAINER;
use crate::core::{Core, add};
use crate::records::{DeployKey, GpgKey, SshKey};
use crate::render::{stamp, time, with};
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route, WRITE};

const OWN: &str = "/api/v4/user/keys";
const DEPLOY: &str = "/api/v4/projects/:id/deploy_keys";
const DEPLOY_ONE: &str = "/api/v4/projects/:id/deploy_keys/:key_id";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/keys/:id", READ, by_id),
    Route::new("GET", "/api/v4/keys", READ, by_fingerprint),
    Route::new("GET", OWN, READ, own),
    Route::new("POST", OWN, WRITE, create),
    Route::new("DELETE", "/api/v4/user/keys/:key_id", WRITE, delete_own),
    Route::new("GET", "/api/v4/users/:user_id/keys", Access::Public, of_user),
    Route::new("DELETE", "/api/v4/users/:user_id/keys/:key_id", WRITE, delete_of_user),
    Route::new("GET", "/api/v4/user/gpg_keys", READ, own_gpg),
    Route::new("GET", "/api/v4/users/:user_id/gpg_keys", Access::Public, gpg_of_user),
    Route::new("GET", "/api/v4/deploy_keys", READ, all_deploy),
    Route::new("GET", DEPLOY, READ, deploy_list),
    Route::new("POST", DEPLOY, WRITE, create_deploy),
    Route::new("GET", DEPLOY_ONE, READ, deploy_one),
    Route::new("DELETE", DEPLOY_ONE, WRITE, delete_deploy),
];

/// Returns the fingerprint of a public key as OpenSSH writes it.
fn fingerprint(key: &str) -> Option<String> {
    let body = STANDARD.decode(key.split_whitespace().nth(1)?).ok()?;
    Some(format!("SHA256:{}", STANDARD_NO_PAD.encode(Sha256::digest(body))))
}

fn by_id(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let id = call.number("id")?;
    let key = call.core.ssh_keys.get(&id).ok_or_else(|| Reply::not_found(""))?;
    let user = call.core.show_user_fully(key.user_id, false);
    Ok(Reply::json(200, &with(call.core.show_ssh_key(key), json!({"user": user}))))
}

fn by_fingerprint(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let asked = call.required("fingerprint")?;
    let fits = |key: &str| fingerprint(key).as_ref() == Some(&asked);
    let core = &*call.core;
    if let Some(key) = core.ssh_keys.values().find(|key| fits(&key.key)) {
        let user = core.show_user_fully(key.user_id, false);
        return Ok(Reply::json(200, &with(core.show_ssh_key(key), json!({"user": user}))));
    }
    let key = core.deploy_keys.values().find(|key| fits(&key.key));
    let key = key.ok_or_else(|| Reply::not_found("Key"))?;
    let projects: Vec<Value> = key
        .projects
        .iter()
        .map(|&id| json!({"id": key.id, "project": identity(core, id), "can_push": key.can_push}))
        .collect();
    let shown =
        with(show_deploy_base(key), json!({"user": null, "deploy_keys_projects": projects}));
    Ok(Reply::json(200, &shown))
}

fn keys_of(call: &Call<'_>, user_id: u64) -> Outcome {
    let rows = call.core.ssh_keys.values().filter(|key| key.user_id == user_id);
    let rows: Vec<SshKey> = rows.cloned().collect();
    call.page(&rows, |key| call.core.show_ssh_key(key))
}

fn own(call: &mut Call<'_>) -> Outcome {
    keys_of(call, call.caller.user_id)
}

/// Finds the user of the path, by number or name.
fn user(call: &Call<'_>) -> Result<u64, Reply> {
    let text = call.segment("user_id");
    let fits = |user: &&crate::records::User| user.username == text || text.parse() == Ok(user.id);
    let user = call.core.users.values().find(fits);
    user.map(|user| user.id).ok_or_else(|| Reply::not_found("User"))
}

fn of_user(call: &mut Call<'_>) -> Outcome {
    let user = user(call)?;
    keys_of(call, user)
}

fn create(call: &mut Call<'_>) -> Outcome {
    let draft = SshKey {
        user_id: call.caller.user_id,
        title: call.required("title")?,
        key: call.required("key")?,
        created_at: call.core.now(),
        expires_at: super::time_parameter(call, "expires_at")?,
        usage_type: call.request.text("usage_type"),
        ..SshKey::default()
    };
    if fingerprint(&draft.key).is_none() {
        return Err(Reply::message_of("key", "is invalid"));
    }
    let id = add(&mut call.core.ssh_keys, draft);
    let key = call.core.ssh_keys.get(&id).cloned().unwrap_or_default();
    Ok(Reply::json(201, &call.core.show_ssh_key(&key)))
}

fn delete(call: &mut Call<'_>, user_id: u64) -> Outcome {
    let id = call.number("key_id")?;
    let key = call.core.ssh_keys.get(&id).filter(|key| key.user_id == user_id);
    key.ok_or_else(|| Reply::not_found("Key"))?;
    call.core.ssh_keys.remove(&id);
    Ok(Reply::empty(204))
}

fn delete_own(call: &mut Call<'_>) -> Outcome {
    let user = call.caller.user_id;
    delete(call, user)
}

fn delete_of_user(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let user = user(call)?;
    delete(call, user)
}

fn gpg(call: &Call<'_>, user_id: u64) -> Outcome {
    let rows = call.core.gpg_keys.values().filter(|key| key.user_id == user_id);
    let rows: Vec<GpgKey> = rows.cloned().collect();
    call.page(
        &rows,
        |key| json!({"id": key.id, "key": key.key, "created_at": stamp(key.created_at)}),
    )
}

fn own_gpg(call: &mut Call<'_>) -> Outcome {
    gpg(call, call.caller.user_id)
}

fn gpg_of_user(call: &mut Call<'_>) -> Outcome {
    let user = user(call)?;
    gpg(call, user)
}

fn identity(core: &Core, id: u64) -> Value {
    let project = core.projects.get(&id);
    let path = core.project_path(id);
    json!({
        "id": id,
        "description": null,
        "name": project.map(|project| project.name.clone()),
        "name_with_namespace": path.replace('/', " / "),
        "path": project.map(|project| project.path.clone()),
        "path_with_namespace": path,
        "created_at": project.map(|project| stamp(project.created_at)),
    })
}

fn show_deploy_base(key: &DeployKey) -> Value {
    json!({
        "id": key.id,
        "title": key.title,
        "created_at": stamp(key.created_at),
        "expires_at": time(key.expires_at),
        "last_used_at": time(key.last_used_at),
        "key": key.key,
        "usage_type": "auth_and_signing",
    })
}

fn show_deploy(core: &Core, key: &DeployKey) -> Value {
    let projects: Vec<Value> = key.projects.iter().map(|&id| identity(core, id)).collect();
    let writes = if key.can_push { projects.clone() } else { Vec::new() };
    let reads = if key.can_push { Vec::new() } else { projects };
    let more = json!({
        "fingerprint": null,
        "fingerprint_sha256": fingerprint(&key.key),
        "projects_with_write_access": writes,
        "projects_with_readonly_access": reads,
    });
    with(show_deploy_base(key), more)
}

fn show_project_deploy(key: &DeployKey) -> Value {
    let more = json!({
        "fingerprint": null,
        "fingerprint_sha256": fingerprint(&key.key),
        "can_push": key.can_push,
    });
    with(show_deploy_base(key), more)
}

fn all_deploy(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let public = call.flag("public");
    let rows = call.core.deploy_keys.values();
    let rows = rows.filter(|key| public.is_none_or(|public| key.public == public));
    let rows: Vec<DeployKey> = rows.cloned().collect();
    call.page(&rows, |key| show_deploy(call.core, key))
}

fn project(call: &Call<'_>) -> Result<u64, Reply> {
    call.place_at(MAINTAINER, Reply::forbidden).map(crate::access::Place::id)
}

fn deploy_list(call: &mut Call<'_>) -> Outcome {
    let project = project(call)?;
    let rows = call.core.deploy_keys.values().filter(|key| key.projects.contains(&project));
    let rows: Vec<DeployKey> = rows.cloned().collect();
    call.page(&rows, show_project_deploy)
}

fn find_deploy(call: &Call<'_>, project: u64) -> Result<DeployKey, Reply> {
    let key = call.core.deploy_keys.get(&call.number("key_id")?);
    let key = key.filter(|key| key.projects.contains(&project));
    key.cloned().ok_or_else(|| Reply::not_found("Deploy Key"))
}

fn deploy_one(call: &mut Call<'_>) -> Outcome {
    let project = project(call)?;
    let key = find_deploy(call, project)?;
    Ok(Reply::json(200, &show_project_deploy(&key)))
}

fn create_deploy(call: &mut Call<'_>) -> Outcome {
    let project = project(call)?;
    let draft = DeployKey {
        title: call.required("title")?,
        key: call.required("key")?,
        created_at: call.core.now(),
        expires_at: super::time_parameter(call, "expires_at")?,
        projects: vec![project],
        can_push: call.flag("can_push").unwrap_or(false),
        ..DeployKey::default()
    };
    if fingerprint(&draft.key).is_none() {
        return Err(Reply::message_of("key", "is invalid"));
    }
    let id = add(&mut call.core.deploy_keys, draft);
    let key = call.core.deploy_keys.get(&id).cloned().unwrap_or_default();
    Ok(Reply::json(201, &show_project_deploy(&key)))
}

/// Takes the key from the project; without a project it is gone.
fn delete_deploy(call: &mut Call<'_>) -> Outcome {
    let project = project(call)?;
    let mut key = find_deploy(call, project)?;
    key.projects.retain(|&id| id != project);
    if key.projects.is_empty() {
        call.core.deploy_keys.remove(&key.id);
    } else {
        call.core.deploy_keys.insert(key.id, key);
    }
    Ok(Reply::empty(204))
}
