//! `/admin/token`: which thing a secret belongs to, and its revocation, for administrators.

use serde_json::{Value, json};

use crate::core::{Core, Kind};
use crate::profile::Release;
use crate::reply::{Outcome, Reply};
use crate::routes::{Call, READ, Route, WRITE};
use crate::{records::AccessKind, render::Shape, rotation};

const PATH: &str = "/api/v4/admin/token";

pub(super) const ROUTES: &[Route] = &[
    Route::new("POST", PATH, READ, identify).since(17, 5),
    Route::new("DELETE", PATH, WRITE, revoke).since(17, 7),
];

/// The prefix of a kind, the first release that knows the kind here, and the kinds it leads to.
struct Known {
    prefix: &'static str,
    since: Release,
    kinds: &'static [Kind],
}

/// In the order in which prefixes are tried.
const KNOWN: &[Known] = &[
    Known { prefix: "gldt-", since: (17, 5), kinds: &[Kind::DeployToken] },
    Known { prefix: "glft-", since: (17, 6), kinds: &[Kind::Feed] },
    Known { prefix: "glpat-", since: (17, 5), kinds: &[Kind::AccessToken] },
    Known { prefix: "gloas-", since: (17, 7), kinds: &[Kind::Application] },
    Known { prefix: "glagent-", since: (17, 7), kinds: &[Kind::AgentToken] },
    Known { prefix: "glrt-", since: (17, 7), kinds: &[Kind::Runner] },
    Known { prefix: "glptt-", since: (17, 7), kinds: &[Kind::Trigger] },
    Known { prefix: "glcbt-", since: (17, 9), kinds: &[Kind::Job] },
    Known { prefix: "glffct-", since: (17, 9), kinds: &[Kind::FlagsClient] },
    Known { prefix: "_gitlab_session=", since: (17, 9), kinds: &[Kind::Session] },
    Known { prefix: "glimt-", since: (17, 9), kinds: &[Kind::IncomingMail] },
];

/// Finds the row of the secret in the body.
///
/// # Errors
///
/// 422 for a prefix that this release does not know, 404 for an unknown secret.
fn found(call: &Call<'_>) -> Result<(Kind, u64), Reply> {
    call.caller.need_admin()?;
    let token = call.required("token")?;
    let own = &call.core.instance.personal_access_token_prefix;
    let custom = call.core.instance.instance_token_prefix.clone();
    let bare = token.strip_prefix(&custom).filter(|_| !custom.is_empty());
    let bare = bare.and_then(|rest| rest.strip_prefix('-')).unwrap_or(&token);
    let known = KNOWN.iter().find(|known| {
        let by_setting = known.prefix == "glpat-" && !own.is_empty() && token.starts_with(own);
        bare.starts_with(known.prefix) || by_setting
    });
    let known = known.filter(|known| call.core.release >= known.since).ok_or_else(|| {
        Reply::json(422, &json!({"message": {"error": "Unsupported token type"}}))
    })?;
    // The cookie is sent with its name; the row knows only the value.
    let secret = token.strip_prefix("_gitlab_session=").unwrap_or(&token);
    let owner = call.core.owner(secret).filter(|(kind, _)| known.kinds.contains(kind));
    owner.ok_or_else(|| Reply::json(404, &json!({"message": {"error": "Not found"}})))
}

fn identify(call: &mut Call<'_>) -> Outcome {
    let owner = found(call)?;
    Ok(Reply::json(200, &show(call.core, owner)))
}

fn show(core: &Core, (kind, id): (Kind, u64)) -> Value {
    let shown = match kind {
        Kind::AccessToken => core.access_tokens.get(&id).map(|token| {
            let resource = matches!(token.kind, AccessKind::Project | AccessKind::Group);
            core.show_access_token(token, Shape { resource, ..Shape::default() })
        }),
        Kind::DeployToken => core.deploy_tokens.get(&id).map(|row| core.show_deploy_token(row)),
        Kind::Application => core.applications.get(&id).map(|row| core.show_application(row)),
        Kind::AgentToken => core.agent_tokens.get(&id).map(|row| core.show_agent_token(row)),
        Kind::Runner => core.runners.get(&id).map(|row| core.show_runner(row)),
        Kind::Trigger => core.triggers.get(&id).map(|row| core.show_trigger(row, row.owner_id)),
        Kind::Job => core.jobs.get(&id).map(|row| super::jobs::show(core, row)),
        Kind::FlagsClient => core
            .flags_clients
            .get(&id)
            .map(|row| json!({"id": row.id, "project_id": row.project_id})),
        Kind::Session => core.sessions.get(&id).map(|row| core.show_user_fully(row.user_id, true)),
        Kind::Feed | Kind::IncomingMail => Some(core.show_user_fully(id, true)),
        _ => None,
    };
    shown.unwrap_or(Value::Null)
}

fn revoke(call: &mut Call<'_>) -> Outcome {
    if !call.core.instance.api_admin_token_revoke {
        return Err(Reply::not_found(""));
    }
    let (kind, id) = found(call)?;
    match kind {
        Kind::AccessToken => {
            let token = call.core.access_tokens.get(&id);
            if token.is_some_and(|token| token.kind == AccessKind::ServiceAccount) {
                let text = "Unsupported token type";
                return Err(Reply::json(422, &json!({"message": {"error": text}})));
            }
            return rotation::revoke(call, id);
        }
        Kind::DeployToken => {
            if let Some(token) = call.core.deploy_tokens.get_mut(&id) {
                token.revoked = true;
            }
        }
        Kind::AgentToken => {
            if let Some(token) = call.core.agent_tokens.get_mut(&id) {
                token.revoked = true;
            }
        }
        Kind::Trigger if call.core.since(17, 10) => {
            let now = call.core.now();
            if let Some(trigger) = call.core.triggers.get_mut(&id) {
                trigger.expires_at = Some(now);
            }
        }
        Kind::Session if call.core.since(17, 11) => {
            call.core.sessions.remove(&id);
            call.core.forget((kind, id));
        }
        Kind::Feed | Kind::Runner | Kind::Application | Kind::IncomingMail | Kind::FlagsClient => {
            call.core.issue((kind, id));
        }
        _ => {
            let text = "Unsupported token type";
            return Err(Reply::json(422, &json!({"message": {"error": text}})));
        }
    }
    Ok(Reply::empty(204))
}
