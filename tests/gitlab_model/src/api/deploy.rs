//! Deploy tokens: of the instance, a project, a group; and the Git request that checks one.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::access::{MAINTAINER, OWNER, Place};
use crate::core::{Kind, add};
use crate::records::DeployToken;
use crate::render::with;
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route, WRITE};

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/deploy_tokens", READ, all),
    Route::new("GET", "/api/v4/projects/:id/deploy_tokens", READ, list)
        .granted("read_deploy_token"),
    Route::new("GET", "/api/v4/groups/:id/deploy_tokens", READ, list).granted("read_deploy_token"),
    Route::new("GET", "/api/v4/projects/:id/deploy_tokens/:token_id", READ, one),
    Route::new("GET", "/api/v4/groups/:id/deploy_tokens/:token_id", READ, one),
    Route::new("POST", "/api/v4/projects/:id/deploy_tokens", WRITE, create),
    Route::new("POST", "/api/v4/groups/:id/deploy_tokens", WRITE, create),
    Route::new("DELETE", "/api/v4/projects/:id/deploy_tokens/:token_id", WRITE, delete),
    Route::new("DELETE", "/api/v4/groups/:id/deploy_tokens/:token_id", WRITE, delete),
    Route::new("GET", "/:space/:project/info/refs", Access::Public, refs),
    Route::new("GET", "/:top/:space/:project/info/refs", Access::Public, refs),
    Route::new("GET", "/jwt/auth", Access::Public, registry),
];

/// The scopes that GitLab knows for deploy tokens.
const SCOPES: &[&str] = &[
    "read_repository",
    "read_registry",
    "write_registry",
    "read_package_registry",
    "write_package_registry",
    "read_virtual_registry",
    "write_virtual_registry",
];

fn rows(call: &Call<'_>, place: Option<Place>) -> Vec<DeployToken> {
    let active = call.flag("active");
    let now = call.core.now();
    let wanted = |token: &&DeployToken| {
        let lives = !token.revoked && token.expires_at.is_none_or(|ends| ends > now);
        place.is_none_or(|place| place.holds(token.project_id, token.group_id))
            && active.is_none_or(|active| active == lives)
    };
    call.core.deploy_tokens.values().filter(wanted).cloned().collect()
}

fn all(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    call.page(&rows(call, None), |token| call.core.show_deploy_token(token))
}

fn list(call: &mut Call<'_>) -> Outcome {
    let place = call.place_at(MAINTAINER, Reply::forbidden)?;
    call.page(&rows(call, Some(place)), |token| call.core.show_deploy_token(token))
}

fn find(call: &Call<'_>, place: Place) -> Result<DeployToken, Reply> {
    let token = call.core.deploy_tokens.get(&call.number("token_id")?);
    let here = |token: &&DeployToken| place.holds(token.project_id, token.group_id);
    token.filter(here).cloned().ok_or_else(|| Reply::not_found("DeployToken"))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let place = call.place_at(MAINTAINER, Reply::forbidden)?;
    let token = find(call, place)?;
    Ok(Reply::json(200, &call.core.show_deploy_token(&token)))
}

/// Returns the place for callers who may change its deploy tokens.
fn writable(call: &Call<'_>) -> Result<Place, Reply> {
    let level = match call.place()? {
        Place::Project(_) => MAINTAINER,
        Place::Group(_) => OWNER,
    };
    call.place_at(level, Reply::forbidden)
}

fn create(call: &mut Call<'_>) -> Outcome {
    let place = writable(call)?;
    let name = call.required("name")?;
    let scopes = call.request.list("scopes");
    if scopes.is_empty() {
        return Err(Reply::parameter("scopes is missing"));
    }
    if scopes.iter().any(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err(Reply::parameter("scopes does not have a valid value"));
    }
    let expires_at = super::time_parameter(call, "expires_at")?;
    let (project_id, group_id) = place.ids();
    let username = call.request.text("username").filter(|text| !text.is_empty());
    let draft = DeployToken {
        name,
        username,
        scopes,
        expires_at,
        project_id,
        group_id,
        ..DeployToken::default()
    };
    let id = add(&mut call.core.deploy_tokens, draft);
    let secret = call.core.issue((Kind::DeployToken, id));
    let token = call.core.deploy_tokens.get(&id).cloned().unwrap_or_default();
    let shown = call.core.show_deploy_token(&token);
    Ok(Reply::json(201, &with(shown, json!({"token": secret}))))
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let place = writable(call)?;
    let id = find(call, place)?.id;
    call.core.deploy_tokens.remove(&id);
    call.core.forget((Kind::DeployToken, id));
    Ok(Reply::empty(204))
}

/// Returns the user name and the password of `Authorization: Basic`.
fn basic(call: &Call<'_>) -> Option<(String, String)> {
    let text = call.request.header("authorization")?.strip_prefix("Basic ")?;
    let text = String::from_utf8(STANDARD.decode(text).ok()?).ok()?;
    let (name, password) = text.split_once(':')?;
    Some((name.to_owned(), password.to_owned()))
}

/// Finds the living deploy token whose name and secret were sent.
fn signed_in(call: &Call<'_>, scope: &str) -> Option<DeployToken> {
    let (name, secret) = basic(call)?;
    let Some((Kind::DeployToken, id)) = call.core.owner(&secret) else {
        return None;
    };
    let token = call.core.deploy_tokens.get(&id)?;
    let default = format!("gitlab+deploy-token-{id}");
    let named = token.username.as_ref().unwrap_or(&default) == &name;
    let lives = !token.revoked && token.expires_at.is_none_or(|ends| ends > call.core.now());
    let may = token.scopes.iter().any(|own| own == scope);
    (named && lives && may).then(|| token.clone())
}

fn challenge() -> Reply {
    Reply::plain(401, "HTTP Basic: Access denied.\n")
        .with("WWW-Authenticate", "Basic realm=\"GitLab\"")
}

fn refs(call: &mut Call<'_>) -> Outcome {
    let segments = ["top", "space", "project"].map(|name| call.segment(name).to_owned());
    let path = segments.into_iter().filter(|segment| !segment.is_empty());
    let path = path.collect::<Vec<_>>().join("/");
    let path = path.strip_suffix(".git").unwrap_or(&path);
    let token = signed_in(call, "read_repository").ok_or_else(challenge)?;
    let project = call.core.find_project(path).ok_or_else(challenge)?;
    let place = Place::Project(project);
    let reaches = match (token.project_id, token.group_id) {
        (Some(id), _) => id == project,
        (None, Some(group)) => call.core.is_below(place, group),
        (None, None) => false,
    };
    if !reaches {
        return Err(Reply::plain(404, "The project you were looking for could not be found.\n"));
    }
    let body = b"001e# service=git-upload-pack\n00000000".to_vec();
    let content_type = "application/x-git-upload-pack-advertisement";
    Ok(Reply { content_type, body, ..Reply::empty(200) })
}

fn registry(call: &mut Call<'_>) -> Outcome {
    let errors =
        json!({"errors": [{"code": "UNAUTHORIZED", "message": "HTTP Basic: Access denied."}]});
    let token = signed_in(call, "read_registry");
    token.ok_or_else(|| Reply::json(401, &errors))?;
    Ok(Reply::json(200, &json!({"token": "model"})))
}
