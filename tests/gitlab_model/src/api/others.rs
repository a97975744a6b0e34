//! What checks the kinds that have no token endpoint: OAuth, feeds, feature flags, SCIM.

use serde_json::{Value, json};

use crate::core::{Kind, add};
use crate::records::Application;
use crate::render::with;
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route, WRITE};

const APPLICATIONS: &str = "/api/v4/applications";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", APPLICATIONS, READ, applications),
    Route::new("POST", APPLICATIONS, WRITE, create),
    Route::new("DELETE", "/api/v4/applications/:id", WRITE, delete),
    Route::new("POST", "/api/v4/applications/:id/renew-secret", WRITE, renew),
    Route::new("GET", "/oauth/token/info", Access::Public, token_info),
    Route::new("POST", "/oauth/token", Access::Public, token),
    Route::new("POST", "/oauth/revoke", Access::Public, revoke),
    Route::new("GET", "/dashboard/projects.atom", Access::Public, feed),
    Route::new("GET", "/api/v4/feature_flags/unleash/:project_id", Access::Public, unleash),
    Route::new(
        "GET",
        "/api/v4/feature_flags/unleash/:project_id/client/features",
        Access::Public,
        unleash,
    ),
    Route::new("GET", "/api/scim/v2/groups/:path/Users", Access::Public, scim_group),
    Route::new("GET", "/api/scim/v2/application/Users", Access::Public, scim_instance),
];

fn applications(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let rows: Vec<Application> = call.core.applications.values().cloned().collect();
    call.page(&rows, |row| call.core.show_application(row))
}

fn issued(call: &mut Call<'_>, id: u64, status: u16) -> Outcome {
    let row = call.core.applications.get(&id).cloned();
    let row = row.ok_or_else(|| Reply::not_found("Application"))?;
    let secret = call.core.issue((Kind::Application, id));
    let shown = with(call.core.show_application(&row), json!({"secret": secret}));
    Ok(Reply::json(status, &shown))
}

fn create(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let draft = Application {
        name: call.required("name")?,
        redirect_uri: call.required("redirect_uri")?,
        scopes: call.request.list("scopes"),
        confidential: call.flag("confidential").unwrap_or(true),
        ..Application::default()
    };
    let id = add(&mut call.core.applications, draft);
    if let Some(row) = call.core.applications.get_mut(&id) {
        row.application_id = format!("application-{id}");
    }
    issued(call, id, 200)
}

fn delete(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let id = call.number("id")?;
    call.core.applications.remove(&id).ok_or_else(|| Reply::not_found("Application"))?;
    call.core.forget((Kind::Application, id));
    Ok(Reply::empty(204))
}

fn renew(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let id = call.number("id")?;
    issued(call, id, 200)
}

fn bearer<'a>(call: &'a Call<'_>) -> Option<&'a str> {
    call.request.header("authorization")?.strip_prefix("Bearer ")
}

fn token_info(call: &mut Call<'_>) -> Outcome {
    let owner = bearer(call).and_then(|token| call.core.owner(token));
    let row = match owner {
        Some((Kind::OauthToken, id)) => call.core.oauth_tokens.get(&id),
        _ => None,
    };
    let invalid = || {
        let text = "The access token is invalid";
        Reply::json(401, &json!({"error": "invalid_token", "error_description": text}))
    };
    let row = row.ok_or_else(invalid)?;
    let ends = row.created_at.as_second() + i64::from(row.expires_in);
    let left = ends - call.core.now().as_second();
    if row.revoked || left <= 0 {
        return Err(invalid());
    }
    let application = call.core.applications.get(&row.application_id);
    Ok(Reply::json(
        200,
        &json!({
            "resource_owner_id": row.user_id,
            "scope": row.scopes,
            "expires_in": left,
            "application": {"uid": application.map(|row| row.application_id.clone())},
            "created_at": row.created_at.as_second(),
        }),
    ))
}

/// Finds the application whose number and secret the body holds.
fn client(call: &Call<'_>) -> Result<u64, Reply> {
    let invalid = || {
        let text = "Client authentication failed.";
        Reply::json(401, &json!({"error": "invalid_client", "error_description": text}))
    };
    let id = call.request.text("client_id").unwrap_or_default();
    let secret = call.request.text("client_secret").unwrap_or_default();
    let row = call.core.applications.values().find(|row| row.application_id == id);
    let row = row.ok_or_else(invalid)?;
    let own = call.core.owner(&secret) == Some((Kind::Application, row.id));
    if own { Ok(row.id) } else { Err(invalid()) }
}

/// Checks the client first; no grant is modelled, so a good pair ends in 400.
fn token(call: &mut Call<'_>) -> Outcome {
    client(call)?;
    let text = "The requested scope is invalid, unknown, or malformed.";
    Err(Reply::json(400, &json!({"error": "invalid_scope", "error_description": text})))
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    client(call)?;
    let token = call.required("token")?;
    if let Some((Kind::OauthToken, id)) = call.core.owner(&token)
        && let Some(row) = call.core.oauth_tokens.get_mut(&id)
    {
        row.revoked = true;
    }
    Ok(Reply::json(200, &json!({})))
}

/// Shows a feed to the owner of the token in the query, which is the only way.
fn feed(call: &mut Call<'_>) -> Outcome {
    let token = call.request.text("feed_token").unwrap_or_default();
    match call.core.owner(&token) {
        Some((Kind::Feed, _)) => {
            let body =
                b"<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"/>".to_vec();
            Ok(Reply { content_type: "application/atom+xml", body, ..Reply::empty(200) })
        }
        _ => Err(Reply::html(401, "Sign in")),
    }
}

fn unleash(call: &mut Call<'_>) -> Outcome {
    let project = call.number("project_id")?;
    let header = call.request.header("unleash-instanceid").map(str::to_owned);
    let token = header.or_else(|| call.request.text("instance_id")).unwrap_or_default();
    let row = match call.core.owner(&token) {
        Some((Kind::FlagsClient, id)) => call.core.flags_clients.get(&id),
        _ => None,
    };
    if row.is_none_or(|row| row.project_id != project) {
        return Err(Reply::unauthorized());
    }
    Ok(Reply::json(200, &json!({"version": 1, "features": []})))
}

fn scim(call: &Call<'_>, group: Option<u64>) -> Outcome {
    let row = match bearer(call).and_then(|token| call.core.owner(token)) {
        Some((Kind::ScimToken, id)) => call.core.scim_tokens.get(&id),
        _ => None,
    };
    if row.is_none_or(|row| row.group_id != group) {
        let schema = "urn:ietf:params:scim:api:messages:2.0:Error";
        let value = json!({"schemas": [schema], "detail": "Unauthorized", "status": 401});
        return Err(Reply::json(401, &value));
    }
    let schema = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    let users: [Value; 0] = [];
    Ok(Reply::json(
        200,
        &json!({
            "schemas": [schema],
            "totalResults": 0,
            "itemsPerPage": 20,
            "startIndex": 1,
            "Resources": users,
        }),
    ))
}

fn scim_group(call: &mut Call<'_>) -> Outcome {
    let group = call.core.find_group(call.segment("path"));
    let group = group.ok_or_else(|| Reply::not_found("Group"))?;
    scim(call, Some(group))
}

fn scim_instance(call: &mut Call<'_>) -> Outcome {
    scim(call, None)
}
