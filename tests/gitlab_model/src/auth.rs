//! Who calls, and whether this credential may.

use serde_json::json;

use crate::core::{Core, Kind};
use crate::http::Request;
use crate::records::{AccessKind, AccessToken, UserKind, UserState};
use crate::reply::Reply;
use crate::routes::{Access, Route};

/// The one that a request comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The account, or 0 for nobody.
    pub(crate) user_id: u64,
    /// The access token, when it is one.
    pub(crate) token_id: Option<u64>,
    /// The job, when its token was sent.
    pub(crate) job_id: Option<u64>,
    /// Whether the caller acts as an administrator.
    pub(crate) admin: bool,
}

impl Caller {
    /// Fails with 403 unless the caller is an administrator.
    pub(crate) fn need_admin(self) -> Result<(), Reply> {
        if self.admin { Ok(()) } else { Err(Reply::forbidden()) }
    }
}

/// A credential of a request.
enum Sent<'a> {
    Nothing,
    /// By `PRIVATE-TOKEN`, `Authorization: Bearer` or their query forms.
    Token(&'a str),
    Job(&'a str),
    Session(&'a str),
}

fn sent(request: &Request) -> Sent<'_> {
    let query = |name: &str| {
        let found = request.parameters.iter().find(|(key, _)| key == name);
        found.and_then(|(_, value)| value.as_str())
    };
    let bearer = || request.header("authorization")?.strip_prefix("Bearer ");
    let cookie = || {
        let cookies = request.header("cookie")?.split("; ");
        cookies.filter_map(|cookie| cookie.strip_prefix("_gitlab_session=")).next()
    };
    if let Some(token) = request.header("job-token").or_else(|| query("job_token")) {
        return Sent::Job(token);
    }
    let token = request.header("private-token").or_else(bearer).or_else(|| query("private_token"));
    match (token, cookie()) {
        (Some(token), _) => Sent::Token(token),
        (None, Some(session)) => Sent::Session(session),
        (None, None) => Sent::Nothing,
    }
}

/// Checks the credential of a request in GitLab's order: known, expired, revoked, scope, account.
///
/// # Errors
///
/// The answer to a caller that is refused.
pub(crate) fn check(
    core: &mut Core,
    request: &Request,
    route: &Route,
    path: &str,
) -> Result<Caller, Reply> {
    if matches!(route.access, Access::Public) {
        return Ok(Caller::default());
    }
    match sent(request) {
        Sent::Token(text) => match core.owner(text) {
            Some((Kind::AccessToken, id)) => access_token(core, id, route, path),
            Some((Kind::OauthToken, id)) => oauth_token(core, id, route),
            _ => Err(Reply::unauthorized()),
        },
        Sent::Job(text) => match (core.owner(text), route.access) {
            (Some((Kind::Job, id)), Access::Job) => job(core, id),
            _ => Err(Reply::unauthorized()),
        },
        Sent::Session(text) => match core.owner(text) {
            Some((Kind::Session, id)) => {
                let user_id = core.sessions.get(&id).map_or(0, |session| session.user_id);
                account(core, user_id)?;
                Ok(Caller { user_id, admin: is_admin(core, user_id), ..Caller::default() })
            }
            _ => Err(Reply::unauthorized()),
        },
        Sent::Nothing => Err(Reply::unauthorized()),
    }
}

fn access_token(core: &mut Core, id: u64, route: &Route, path: &str) -> Result<Caller, Reply> {
    let token = core.access_tokens.get(&id).cloned().ok_or_else(Reply::unauthorized)?;
    let human = core.users.get(&token.user_id).is_some_and(|user| user.kind == UserKind::Human);
    if core.instance.disable_personal_access_tokens && human {
        return Err(Reply::message(401, "401 Unauthorized - Personal access tokens are disabled"));
    }
    if is_expired(core, &token) {
        let text = "Token is expired. Authorize again or refresh the token.";
        return Err(Reply::bearer(401, "invalid_token", text));
    }
    if token.revoked {
        if is_rotation(path) {
            revoke_descendants(core, id);
        }
        let text = "Token was revoked. Authorize again as the user.";
        return Err(Reply::bearer(401, "invalid_token", text));
    }
    if token.kind == AccessKind::Impersonation && !core.instance.impersonation_enabled {
        let text = "Token is an impersonation token but impersonation was disabled.";
        return Err(Reply::bearer(401, "invalid_token", text));
    }
    if let Some(code) = &token.refused_with {
        return Err(Reply::bearer(401, code, &refusal(code)));
    }
    scope(&token, route)?;
    account(core, token.user_id)?;
    let now = core.now();
    if let Some(token) = core.access_tokens.get_mut(&id) {
        let stale = |last: jiff::Timestamp| now.as_second() - last.as_second() >= 600;
        if token.last_used_at.is_none_or(stale) {
            token.last_used_at = Some(now);
        }
    }
    let admin_mode = !core.instance.admin_mode || token.scopes.iter().any(|s| s == "admin_mode");
    let admin = is_admin(core, token.user_id) && admin_mode;
    Ok(Caller { user_id: token.user_id, token_id: Some(id), admin, ..Caller::default() })
}

fn oauth_token(core: &Core, id: u64, route: &Route) -> Result<Caller, Reply> {
    let token = core.oauth_tokens.get(&id).ok_or_else(Reply::unauthorized)?;
    let ends = token.created_at.as_second() + i64::from(token.expires_in);
    if token.revoked || (token.expires_in > 0 && ends <= core.now().as_second()) {
        let why = if token.revoked { "was revoked" } else { "is expired" };
        return Err(Reply::bearer(401, "invalid_token", &format!("Token {why}.")));
    }
    classic_scope(&token.scopes, route)?;
    account(core, token.user_id)?;
    let admin = is_admin(core, token.user_id);
    Ok(Caller { user_id: token.user_id, admin, ..Caller::default() })
}

fn job(core: &Core, id: u64) -> Result<Caller, Reply> {
    let job = core.jobs.get(&id).ok_or_else(Reply::unauthorized)?;
    if job.status != "running" {
        return Err(Reply::unauthorized());
    }
    Ok(Caller { user_id: job.user_id, job_id: Some(id), ..Caller::default() })
}

/// Tells whether a token died at 00:00 UTC of its last day.
pub(crate) fn is_expired(core: &Core, token: &AccessToken) -> bool {
    token.expires_at.is_some_and(|day| day <= core.today())
}

/// Tells whether an account is an administrator.
pub(crate) fn is_admin(core: &Core, user_id: u64) -> bool {
    core.users.get(&user_id).is_some_and(|user| user.admin)
}

fn refusal(code: &str) -> String {
    match code {
        "dpop_error" => "DPoP validation error: the DPoP header is missing".to_owned(),
        _ => "This client may not use the language server".to_owned(),
    }
}

fn scope(token: &AccessToken, route: &Route) -> Result<(), Reply> {
    if token.granular.is_empty() {
        return classic_scope(&token.scopes, route);
    }
    let held = token.granular.iter().flat_map(|grant| &grant.permissions);
    if !route.permission.is_empty() && held.into_iter().any(|held| held == route.permission) {
        return Ok(());
    }
    let text = format!(
        "This operation requires a fine-grained token with the permission [{}]",
        title(route.permission)
    );
    Err(Reply::bearer(403, "insufficient_granular_scope", &text))
}

/// Turns `read_personal_access_token` into `Personal Access Token: Read`.
fn title(permission: &str) -> String {
    let capital = |word: &str| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters).collect::<String>()
    };
    let (verb, thing) = permission.split_once('_').unwrap_or(("", permission));
    let thing: Vec<String> = thing.split('_').map(capital).collect();
    format!("{}: {}", thing.join(" "), capital(verb))
}

fn classic_scope(scopes: &[String], route: &Route) -> Result<(), Reply> {
    let wanted = match route.access {
        Access::Scopes(wanted) => wanted,
        Access::Public | Access::AnyScope => return Ok(()),
        Access::Job => return Err(Reply::unauthorized()),
    };
    if scopes.iter().any(|scope| wanted.contains(&scope.as_str())) {
        return Ok(());
    }
    let value = json!({
        "error": "insufficient_scope",
        "error_description": "The request needs higher privileges than the access token has.",
        "scope": wanted.join(" "),
    });
    Err(Reply::json(403, &value))
}

fn account(core: &Core, user_id: u64) -> Result<(), Reply> {
    let user = core.users.get(&user_id).ok_or_else(Reply::unauthorized)?;
    let why = match user.state {
        UserState::Active => return Ok(()),
        UserState::Blocked => "Your account has been blocked.".to_owned(),
        UserState::Deactivated => {
            format!("Your account has been deactivated. Sign in at {} to use it again.", core.url)
        }
        UserState::TermsPending => {
            format!("You (@{}) must accept the Terms of Service first.", user.username)
        }
    };
    Err(Reply::message(403, &format!("403 Forbidden - {why}")))
}

/// Tells whether a path ends in `access_tokens/<number or self>/rotate`.
fn is_rotation(path: &str) -> bool {
    let Some(rest) = path.strip_suffix("/rotate") else {
        return false;
    };
    let (before, id) = rest.rsplit_once('/').unwrap_or(("", rest));
    let numbered = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    before.ends_with("access_tokens") && (numbered || id == "self")
}

/// Revokes every active token that was rotated, directly or not, from `id`.
fn revoke_descendants(core: &mut Core, id: u64) {
    let mut parents = vec![id];
    let now = core.now();
    while let Some(parent) = parents.pop() {
        for token in core.access_tokens.values_mut() {
            if token.rotated_from == Some(parent) {
                parents.push(token.id);
                if !token.revoked {
                    token.revoked = true;
                    token.revoked_at = Some(now);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rotation_paths_are_those_of_all_five_kinds() {
        for path in [
            "/api/v4/personal_access_tokens/self/rotate",
            "/api/v4/personal_access_tokens/12/rotate",
            "/api/v4/projects/a%2Fb/access_tokens/12/rotate",
            "/api/v4/groups/3/manage/resource_access_tokens/4/rotate",
            "/api/v4/groups/3/service_accounts/4/personal_access_tokens/5/rotate",
        ] {
            assert!(is_rotation(path), "{path}");
        }
        for path in [
            "/api/v4/personal_access_tokens/self",
            "/api/v4/personal_access_tokens/x1/rotate",
            "/api/v4/runner_controllers/1/tokens/2/rotate",
            "/rotate",
        ] {
            assert!(!is_rotation(path), "{path}");
        }
    }

    #[test]
    fn permissions_have_titles() {
        let text = title("read_personal_access_token");
        assert_eq!(text, "Personal Access Token: Read");
    }
}
