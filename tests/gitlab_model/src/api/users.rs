//! Tokens that administrators make for users, tokens that users make for themselves, and
//! impersonation tokens.

use crate::records::{AccessKind, AccessToken, UserKind};
use crate::render::Shape;
use crate::reply::{Outcome, Reply};
use crate::rotation;
use crate::routes::{Call, READ, Route, WRITE};

use super::personal::{ONE, select, token_page};

const IMPERSONATION: &str = "/api/v4/users/:user_id/impersonation_tokens";
const IMPERSONATION_ONE: &str = "/api/v4/users/:user_id/impersonation_tokens/:token_id";

pub(super) const ROUTES: &[Route] = &[
    Route::new("POST", "/api/v4/user/personal_access_tokens", WRITE, create_own),
    Route::new("POST", "/api/v4/users/:user_id/personal_access_tokens", WRITE, create_for),
    Route::new("GET", IMPERSONATION, READ, list),
    Route::new("POST", IMPERSONATION, WRITE, create),
    Route::new("GET", IMPERSONATION_ONE, READ, one),
    Route::new("DELETE", IMPERSONATION_ONE, WRITE, revoke),
];

const LISTED: Shape =
    Shape { impersonation: true, resource: false, ips: crate::render::Ips::List, of_self: false };

fn create_own(call: &mut Call<'_>) -> Outcome {
    let scopes = call.request.list("scopes");
    let classic = ["k8s_proxy", "self_rotate"];
    let granular = call.core.since(19, 2) && call.request.value("granular_scopes").is_some();
    if !granular && scopes.iter().any(|scope| !classic.contains(&scope.as_str())) {
        return Err(Reply::parameter("scopes does not have a valid value"));
    }
    let user_id = call.caller.user_id;
    rotation::create(call, AccessToken { user_id, ..AccessToken::default() }, ONE)
}

/// Returns the number of the user of the path, for administrators.
fn user(call: &Call<'_>) -> Result<u64, Reply> {
    call.caller.need_admin()?;
    let id = call.number("user_id")?;
    let known = call.core.users.contains_key(&id);
    if known { Ok(id) } else { Err(Reply::not_found("User")) }
}

fn create_for(call: &mut Call<'_>) -> Outcome {
    let user_id = user(call)?;
    let account = call.core.users.get(&user_id).map(|user| user.kind);
    let kind = match account {
        Some(UserKind::ServiceAccount) => AccessKind::ServiceAccount,
        _ => AccessKind::Personal,
    };
    rotation::create(call, AccessToken { user_id, kind, ..AccessToken::default() }, ONE)
}

fn is_of(token: &AccessToken, user_id: u64) -> bool {
    token.user_id == user_id && token.kind == AccessKind::Impersonation
}

fn list(call: &mut Call<'_>) -> Outcome {
    let user_id = user(call)?;
    let rows = select(call, |token| is_of(token, user_id))?;
    token_page(call, &rows, LISTED)
}

fn create(call: &mut Call<'_>) -> Outcome {
    let user_id = user(call)?;
    let kind = AccessKind::Impersonation;
    rotation::create(call, AccessToken { user_id, kind, ..AccessToken::default() }, LISTED)
}

fn find(call: &Call<'_>) -> Result<AccessToken, Reply> {
    let user_id = user(call)?;
    let token = call.core.access_tokens.get(&call.number("token_id")?);
    let token = token.filter(|token| is_of(token, user_id));
    token.cloned().ok_or_else(|| Reply::not_found("Impersonation Token"))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let token = find(call)?;
    Ok(Reply::json(200, &call.core.show_access_token(&token, LISTED)))
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    let token = find(call)?;
    rotation::revoke(call, token.id)
}
