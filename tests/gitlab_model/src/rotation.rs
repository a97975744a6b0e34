//! Rotation, revocation and creation of access tokens: each is one step under the lock.

use jiff::civil::Date;
use serde_json::json;

use crate::core::{Kind, add};
use crate::records::{AccessKind, AccessToken, UserKind};
use crate::render::{Shape, with};
use crate::reply::{Outcome, Reply};
use crate::routes::Call;

/// Days that a rotated token lives when no date is asked for.
const DEFAULT_DAYS: i64 = 7;

/// Tells whether a new token of this account needs a date.
fn needs_expiry(call: &Call<'_>, kind: AccessKind, user_id: u64) -> bool {
    let instance = &call.core.instance;
    if kind != AccessKind::ServiceAccount {
        return !call.core.since(17, 3) || instance.require_personal_access_token_expiry;
    }
    let group = call.core.users.get(&user_id).and_then(|user| user.group_id);
    let group = group.and_then(|id| call.core.groups.get(&id));
    instance.service_access_tokens_expiration_enforced
        || group.is_some_and(|group| group.service_access_tokens_expiration_enforced)
}

/// Reads `expires_at` and holds it against the limits.
///
/// # Errors
///
/// 400 for no date, a date that is past, or one beyond the limit.
pub(crate) fn asked_expiry(call: &Call<'_>) -> Result<Option<Date>, Reply> {
    let Some(text) = call.request.text("expires_at").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let day: Date = text.parse().map_err(|_| Reply::parameter("expires_at is invalid"))?;
    let limit = call.core.instance.max_personal_access_token_lifetime;
    if day <= call.core.today() {
        return Err(Reply::bad("Expiration date must be in the future"));
    }
    if day > call.core.day_after(i64::from(limit)) {
        let text = format!("Expiration date must be before {}", call.core.day_after(limit.into()));
        return Err(Reply::bad(&text));
    }
    Ok(Some(day))
}

/// Revokes `token` and makes its successor. An expired token can be rotated, a revoked one not.
///
/// # Errors
///
/// 400 when the token is revoked, or the date or the kind is not allowed.
pub(crate) fn rotate(call: &mut Call<'_>, token: &AccessToken, shape: Shape) -> Outcome {
    if token.revoked {
        return Err(Reply::bad("Token already revoked"));
    }
    let user = call.core.users.get(&token.user_id);
    let human = user.is_some_and(|user| user.kind == UserKind::Human);
    if call.core.instance.enforce_granular_tokens && human && token.granular.is_empty() {
        let text = "Rotation of legacy personal access tokens is disabled. \
                    Use a fine-grained token instead.";
        return Err(Reply::bad(text));
    }
    let asked = if call.core.since(16, 6) { asked_expiry(call)? } else { None };
    let needed = needs_expiry(call, token.kind, token.user_id);
    let default = needed.then(|| call.core.day_after(DEFAULT_DAYS));
    let now = call.core.now();
    let successor = AccessToken {
        id: 0,
        created_at: now,
        expires_at: asked.or(default),
        last_used_at: None,
        last_used_ips: Vec::new(),
        rotated_from: Some(token.id),
        form: crate::records::Form::Current,
        secret: None,
        ..token.clone()
    };
    let id = add(&mut call.core.access_tokens, successor);
    let secret = call.core.issue((Kind::AccessToken, id));
    if let Some(old) = call.core.access_tokens.get_mut(&token.id) {
        old.revoked = true;
        old.revoked_at = Some(now);
    }
    Ok(created(call, 200, id, &secret, shape))
}

/// Makes a token of the parameters of a request, for an account.
///
/// # Errors
///
/// 400 for parameters that are missing or not allowed.
pub(crate) fn create(call: &mut Call<'_>, draft: AccessToken, shape: Shape) -> Outcome {
    let name = call.required("name")?;
    let scopes = call.request.list("scopes");
    let granular = match call.request.value("granular_scopes") {
        Some(value) if call.core.since(19, 2) => serde_json::from_value(value.clone())
            .map_err(|_| Reply::parameter("granular_scopes is invalid"))?,
        _ => Vec::new(),
    };
    if scopes.is_empty() && granular.is_empty() {
        return Err(Reply::parameter("scopes is missing"));
    }
    let expires_at = asked_expiry(call)?;
    if expires_at.is_none() && needs_expiry(call, draft.kind, draft.user_id) {
        return Err(Reply::message_of("expires_at", "can't be blank"));
    }
    let token = AccessToken {
        name,
        description: call.request.text("description"),
        scopes,
        granular,
        created_at: call.core.now(),
        expires_at,
        ..draft
    };
    let id = add(&mut call.core.access_tokens, token);
    let secret = call.core.issue((Kind::AccessToken, id));
    Ok(created(call, 201, id, &secret, shape))
}

fn created(call: &Call<'_>, status: u16, id: u64, secret: &str, shape: Shape) -> Reply {
    let Some(token) = call.core.access_tokens.get(&id) else {
        return Reply::empty(500);
    };
    // New tokens were used from nowhere, and these answers do not say so.
    let mut shown = call.core.show_access_token(token, shape);
    if let Some(map) = shown.as_object_mut() {
        map.remove("last_used_ips");
    }
    Reply::json(status, &with(shown, json!({"token": secret})))
}

/// Revokes a token; one that is revoked already stays so.
///
/// # Errors
///
/// 404 when it is gone.
pub(crate) fn revoke(call: &mut Call<'_>, id: u64) -> Outcome {
    let now = call.core.now();
    let token = call.core.access_tokens.get_mut(&id).ok_or_else(|| Reply::not_found(""))?;
    if !token.revoked {
        token.revoked = true;
        token.revoked_at = Some(now);
    }
    Ok(Reply::empty(204))
}
