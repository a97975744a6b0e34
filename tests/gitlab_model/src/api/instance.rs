//! The instance and the caller: `/version`, `/metadata`, `/user`, `/users/:id`, settings.

use serde_json::json;

use crate::profile::Tier;
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, READ, Route, WRITE};

const ABOUT: Access = Access::Scopes(&["api", "read_api", "read_user", "ai_features"]);
const USER: Access = Access::Scopes(&["api", "read_api", "read_user"]);

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/version", ABOUT, metadata).granted("read_metadata"),
    Route::new("GET", "/api/v4/metadata", ABOUT, metadata).granted("read_metadata"),
    Route::new("GET", "/api/v4/user", USER, own).granted("read_user"),
    Route::new("GET", "/api/v4/users", USER, list).granted("read_user"),
    Route::new("GET", "/api/v4/users/:id", USER, one).granted("read_user"),
    Route::new("GET", "/api/v4/application/settings", READ, settings),
    Route::new("PUT", "/api/v4/application/settings", WRITE, change_settings),
];

fn metadata(call: &mut Call<'_>) -> Outcome {
    let (major, minor) = call.core.release;
    let free = call.core.tier == Tier::Free;
    let suffix = if free { "" } else { "-ee" };
    Ok(Reply::json(
        200,
        &json!({
            "version": format!("{major}.{minor}.0{suffix}"),
            "revision": "0123456789a",
            "kas": {
                "enabled": false,
                "externalUrl": null,
                "externalK8sProxyUrl": null,
                "version": null,
            },
            "enterprise": !free,
        }),
    ))
}

fn own(call: &mut Call<'_>) -> Outcome {
    Ok(Reply::json(200, &call.core.show_user_fully(call.caller.user_id, true)))
}

fn list(call: &mut Call<'_>) -> Outcome {
    let name = call.request.text("username");
    let named = |username: &str| name.as_deref().is_none_or(|name| name == username);
    let users = call.core.users.values().filter(|user| named(&user.username));
    let users: Vec<u64> = users.map(|user| user.id).collect();
    call.keyset(&users, |&id| id, |&id| call.core.show_user_fully(id, call.caller.admin))
}

fn one(call: &mut Call<'_>) -> Outcome {
    let id = call.number("id")?;
    if !call.core.users.contains_key(&id) {
        return Err(Reply::not_found("User"));
    }
    let inside = call.caller.admin || call.caller.user_id == id;
    Ok(Reply::json(200, &call.core.show_user_fully(id, inside)))
}

fn shown_settings(call: &Call<'_>) -> Reply {
    let instance = &call.core.instance;
    let mut value = json!({
        "require_personal_access_token_expiry": instance.require_personal_access_token_expiry,
        "personal_access_token_prefix": instance.personal_access_token_prefix,
        "allow_runner_registration_token": instance.allow_runner_registration_token,
        "admin_mode": instance.admin_mode,
        "throttle_authenticated_api_enabled": instance.rate_headers,
        "throttle_authenticated_api_requests_per_period": 7200,
        "throttle_authenticated_api_period_in_seconds": 3600,
        "inactive_resource_access_tokens_delete_after_days":
            instance.inactive_resource_access_tokens_delete_after_days,
    });
    if call.core.tier >= Tier::Ultimate {
        value["max_personal_access_token_lifetime"] =
            json!(instance.max_personal_access_token_lifetime);
        value["max_ssh_key_lifetime"] = json!(null);
    }
    if call.core.since(19, 2) {
        value["enforce_granular_tokens"] = json!(instance.enforce_granular_tokens);
    }
    if call.core.tier >= Tier::Premium {
        value["disable_personal_access_tokens"] = json!(instance.disable_personal_access_tokens);
        value["service_access_tokens_expiration_enforced"] =
            json!(instance.service_access_tokens_expiration_enforced);
    }
    Reply::json(200, &value)
}

fn settings(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    Ok(shown_settings(call))
}

fn change_settings(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let flags = [
        "require_personal_access_token_expiry",
        "disable_personal_access_tokens",
        "service_access_tokens_expiration_enforced",
        "allow_runner_registration_token",
    ];
    for name in flags {
        let Some(value) = call.flag(name) else { continue };
        let instance = &mut call.core.instance;
        *match name {
            "require_personal_access_token_expiry" => {
                &mut instance.require_personal_access_token_expiry
            }
            "disable_personal_access_tokens" => &mut instance.disable_personal_access_tokens,
            "allow_runner_registration_token" => &mut instance.allow_runner_registration_token,
            _ => &mut instance.service_access_tokens_expiration_enforced,
        } = value;
    }
    Ok(shown_settings(call))
}
