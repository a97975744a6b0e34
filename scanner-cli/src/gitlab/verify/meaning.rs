//! What an answer says about the life of a token.
//!
//! A refusal is death only with the words that say so. A proxy, a ban of the address, an overload
//! or a limit answers with the same statuses, and must not make a live token look dead.

use serde_json::Value;

use super::verdict::State;

/// An answer as far as it counts: its status, and its body where that is JSON.
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) json: Option<Value>,
}

/// A state, and why.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Reading {
    pub(super) state: State,
    pub(super) reason: String,
}

impl Reading {
    pub(super) fn new(state: State, reason: impl Into<String>) -> Self {
        Self { state, reason: reason.into() }
    }
}

impl Reply {
    fn text(&self, key: &str) -> &str {
        self.json.as_ref().and_then(|json| json.get(key)?.as_str()).unwrap_or_default()
    }

    fn error(&self) -> &str {
        self.text("error")
    }

    /// All words of an error, in lower case.
    fn words(&self) -> String {
        let parts = [self.text("message"), self.error(), self.text("error_description")];
        parts.join(" ").to_lowercase()
    }

    /// `{"message":"401 Unauthorized"}` and nothing more.
    fn is_plain(&self, text: &str) -> bool {
        self.text("message").trim() == text && self.error().is_empty()
    }

    fn has_id(&self) -> bool {
        let is_id = |id: &Value| id.is_u64() || id.is_string();
        self.json.as_ref().and_then(|json| json.get("id")).is_some_and(is_id)
    }

    /// Nothing is known from it: status and words.
    pub(super) fn unknown(&self) -> Reading {
        let words = match self.text("message") {
            "" => format!("{} {}", self.error(), self.text("error_description")),
            message => message.to_owned(),
        };
        let words = words.trim();
        let why = match self.status {
            429 => "too many requests".to_owned(),
            500.. => "the server fails".to_owned(),
            300..400 => "a redirect that leads out of the API".to_owned(),
            status if self.json.is_none() => format!("{status} without JSON: not GitLab's API"),
            status if words.is_empty() => format!("{status} without a word about the token"),
            _ => format!("it says: {words}"),
        };
        Reading::new(State::Unknown, why)
    }

    /// What the checks of all of GitLab's API say before any work is done.
    fn refusal(&self) -> Option<Reading> {
        if !matches!(self.status, 400 | 401 | 403) || self.json.is_none() {
            return None;
        }
        let words = self.words();
        if words.contains("dpop validation error") {
            return Some(Reading::new(State::Refused, "its user demands proofs of possession"));
        }
        match self.error() {
            "invalid_token" if self.status == 401 => return Some(invalid_token(&words)),
            "insufficient_scope" | "insufficient_granular_scope" => {
                return Some(Reading::new(State::Refused, "it lives, but its scope is too small"));
            }
            "dpop_error" => {
                return Some(Reading::new(State::Refused, "its user demands proofs of possession"));
            }
            "restricted_language_server_client_error" => {
                return Some(Reading::new(State::Refused, "it is for another client"));
            }
            _ => {}
        }
        if words.contains("personal access token") && words.contains("disable") {
            return Some(Reading::new(State::Refused, "the instance has such tokens disabled"));
        }
        (self.status == 403).then(|| of_account(&words)).flatten()
    }
}

/// RFC 6750's `invalid_token`, whose description says what is wrong.
fn invalid_token(words: &str) -> Reading {
    if words.contains("impersonation") {
        return Reading::new(State::Refused, "the instance has impersonation tokens disabled");
    }
    if words.contains("expired") {
        return Reading::new(State::Expired, "the instance says that it has expired");
    }
    if words.contains("revoked") {
        return Reading::new(State::Revoked, "the instance says that it was revoked");
    }
    let unknown = ["bad access token", "is invalid", "not found"];
    if unknown.iter().any(|phrase| words.contains(phrase)) {
        return Reading::new(State::Invalid, "the instance does not know it");
    }
    Reading::new(State::Unknown, "the instance calls it invalid, but not why")
}

/// Refusals of an account: its token was recognised before.
fn of_account(words: &str) -> Option<Reading> {
    let about_user = [
        "account",
        "blocked",
        "deactivated",
        "terms of service",
        "pending approval",
        "banned user",
        "password",
        "confirm your email",
        "admin mode",
    ];
    if about_user.iter().any(|phrase| words.contains(phrase)) {
        return Some(Reading::new(State::Refused, "it lives, but its user may not use the API"));
    }
    let about_place = ["ip address", "ip restriction", "allowed ip", "ip allow"];
    about_place
        .iter()
        .any(|phrase| words.contains(phrase))
        .then(|| Reading::new(State::Refused, "it lives, but not from this address"))
}

/// `GET /personal_access_tokens/self`, `/user` and `/job`, which the same guard stands before.
pub(super) fn guarded(reply: &Reply) -> Reading {
    if reply.status == 200 && reply.has_id() {
        return Reading::new(State::Active, "the instance takes it");
    }
    if let Some(reading) = reply.refusal() {
        return reading;
    }
    if reply.status == 401 && reply.is_plain("401 Unauthorized") {
        return Reading::new(State::Invalid, "the instance does not know it");
    }
    reply.unknown()
}

/// `GET /job`: a plain 401 is also the answer for a job that has ended.
pub(super) fn job(reply: &Reply) -> Reading {
    let reading = guarded(reply);
    match reading.state {
        State::Invalid => Reading::new(State::Invalid, "no running job has it"),
        _ => reading,
    }
}

/// `GET /oauth/token/info`: one answer for expired, revoked and never issued.
pub(super) fn oauth(reply: &Reply) -> Reading {
    let is_info = |json: &Value| {
        ["resource_owner_id", "application", "scope"].iter().any(|key| json.get(key).is_some())
    };
    if reply.status == 200 && reply.json.as_ref().is_some_and(is_info) {
        return Reading::new(State::Active, "the instance takes it");
    }
    match reply.refusal() {
        Some(Reading { state: State::Invalid, .. }) => {
            Reading::new(State::Invalid, "expired, revoked or never issued here")
        }
        Some(reading) => reading,
        None => reply.unknown(),
    }
}

/// `POST /oauth/token` for a client with a scope that does not exist. The client is checked first.
pub(super) fn oauth_client(reply: &Reply) -> Reading {
    match reply.error() {
        "invalid_scope" | "unauthorized_client" if matches!(reply.status, 400 | 401 | 403) => {
            Reading::new(State::Active, "the instance takes it for this application")
        }
        "invalid_client" if matches!(reply.status, 400 | 401) => {
            Reading::new(State::Unknown, "not the secret of this application: dead, or another's")
        }
        _ => reply.unknown(),
    }
}

/// `POST /runners/verify`.
pub(super) fn runner(reply: &Reply) -> Reading {
    // Releases before 15 answer the number 200 alone.
    let is_known = reply.has_id() || reply.json.as_ref().and_then(Value::as_u64) == Some(200);
    if matches!(reply.status, 200 | 201) && is_known {
        return Reading::new(State::Active, "the instance takes it");
    }
    if reply.status == 403 && reply.json.is_some() {
        if reply.words().contains("expired") {
            return Reading::new(State::Expired, "the instance says that it has expired");
        }
        if reply.is_plain("403 Forbidden") {
            return Reading::new(State::Invalid, "no runner of the instance has it");
        }
    }
    reply.unknown()
}

/// `GET /jwt/auth` with a user name and a deploy token.
pub(super) fn registry(reply: &Reply) -> Reading {
    let has_token = |json: &Value| json.get("token").is_some_and(Value::is_string);
    if reply.status == 200 && reply.json.as_ref().is_some_and(has_token) {
        return Reading::new(State::Active, "the registry takes it");
    }
    if reply.status == 401 && reply.json.is_some() {
        return Reading::new(State::Unknown, "dead, or its user name is another one");
    }
    reply.unknown()
}

/// A SCIM list of users: a token is one group's.
pub(super) fn scim(reply: &Reply) -> Reading {
    let is_list = |json: &Value| json.get("schemas").or_else(|| json.get("Resources")).is_some();
    if reply.status == 200 && reply.json.as_ref().is_some_and(is_list) {
        return Reading::new(State::Active, "the group takes it");
    }
    if reply.status == 401 && reply.json.is_some() {
        return Reading::new(State::Unknown, "not the token of this group: dead, or another's");
    }
    reply.unknown()
}

/// The feature flags of a project: an instance id is one project's. The body of a success is not
/// looked at: it is empty.
pub(super) fn feature_flags(reply: &Reply, is_empty: bool) -> Reading {
    if reply.status == 200 && (is_empty || reply.json.is_some()) {
        return Reading::new(State::Active, "the project takes it");
    }
    if reply.status == 401 && reply.is_plain("401 Unauthorized") {
        return Reading::new(
            State::Unknown,
            "not the token of this project: dead, another's, or its feature flags are off",
        );
    }
    reply.unknown()
}

/// `POST /projects/:id/trigger/pipeline` with a reference that does not exist.
pub(super) fn trigger(reply: &Reply) -> Reading {
    let message = reply.json.as_ref().and_then(|json| json.get("message"));
    let text = message.map(|message| message.to_string().to_lowercase()).unwrap_or_default();
    if reply.status == 400 && text.contains("reference") {
        return Reading::new(State::Active, "the project takes it");
    }
    if matches!(reply.status, 400 | 401 | 403) && text.contains("expired") {
        return Reading::new(State::Expired, "the instance says that it has expired");
    }
    if reply.status == 404 && reply.text("message").starts_with("404") {
        return Reading::new(State::Unknown, "not a trigger of this project: dead, or another's");
    }
    reply.unknown()
}

/// `GET /keys` by fingerprint; its record is read elsewhere. None where there is one.
pub(super) fn keys(reply: &Reply) -> Option<Reading> {
    if reply.status == 200 && reply.has_id() {
        return None;
    }
    if reply.status == 404 && reply.text("message").starts_with("404") {
        let why = "no user and no deploy key of the instance has it";
        return Some(Reading::new(State::Invalid, why));
    }
    Some(of_caller(reply))
}

/// A refusal of the administrator's own credential.
pub(super) fn of_caller(reply: &Reply) -> Reading {
    let is_refused = matches!(reply.status, 401 | 403) && reply.json.is_some();
    if is_refused {
        return Reading::new(State::Unknown, "the administrator's own credential is refused");
    }
    reply.unknown()
}

/// What `POST /admin/token` says, but for the record of a token that it knows.
#[derive(Debug, Eq, PartialEq)]
pub(super) enum Administered {
    /// The body is its record.
    Known,
    /// This release has no such endpoint, or it does not know the kind: ask otherwise.
    Unsupported,
    /// All of it was read.
    Read(Reading),
}

/// Reads an answer of `POST /admin/token`.
pub(super) fn administered(reply: &Reply) -> Administered {
    let is_object = reply.json.as_ref().is_some_and(Value::is_object);
    match reply.status {
        200 | 201 if is_object => Administered::Known,
        // A path that a release lacks answers with `error`, an unknown token with `message`.
        404 if reply.error() == "404 Not Found" => Administered::Unsupported,
        404 if is_object && reply.error().is_empty() => {
            Administered::Read(Reading::new(State::Invalid, "the instance does not know it"))
        }
        422 if is_object => Administered::Unsupported,
        _ => Administered::Read(of_caller(reply)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::State::{Active, Expired, Invalid, Refused, Revoked, Unknown};
    use super::*;

    fn reply(status: u16, json: Value) -> Reply {
        Reply { status, json: Some(json) }
    }

    fn invalid(description: &str) -> Value {
        json!({"error": "invalid_token", "error_description": description})
    }

    fn html(status: u16) -> Reply {
        Reply { status, json: None }
    }

    /// The answers that other tools take for death, and the few that are.
    #[test]
    fn wrong_verdicts_of_guarded_endpoints() {
        let rows = [
            (200, json!({"id": 3, "name": "x"}), Active),
            (200, json!({}), Unknown),
            (200, json!([]), Unknown),
            (200, json!({"id": null}), Unknown),
            (401, json!({"message": "401 Unauthorized"}), Invalid),
            (401, json!({"message": "401 Unauthorized - try later"}), Unknown),
            (401, json!({"message": "Unauthorized"}), Unknown),
            (401, json!({}), Unknown),
            (
                401,
                invalid("Token is expired. You can either do re-authorization or token refresh."),
                Expired,
            ),
            (401, invalid("Token was revoked. You have to re-authorize from the user."), Revoked),
            (401, invalid("Bad Access Token."), Invalid),
            (
                401,
                invalid("Token is an impersonation token but impersonation was disabled."),
                Refused,
            ),
            (401, invalid("something new"), Unknown),
            (401, json!({"error": "invalid_token"}), Unknown),
            (403, invalid("Token was revoked."), Unknown),
            (401, json!({"error": "dpop_error", "error_description": "x"}), Refused),
            (401, json!({"message": "DPoP validation error: DPoP header is missing"}), Refused),
            (401, json!({"error": "restricted_language_server_client_error"}), Refused),
            (403, json!({"error": "insufficient_scope", "scope": "api"}), Refused),
            (403, json!({"error": "insufficient_granular_scope"}), Refused),
            (
                401,
                json!({"message": "401 Unauthorized - Personal access tokens are disabled"}),
                Refused,
            ),
            (403, json!({"message": "403 Forbidden - Your account has been blocked."}), Refused),
            (
                403,
                json!({"message": "403 Forbidden - You must accept the Terms of Service"}),
                Refused,
            ),
            (403, json!({"message": "403 Forbidden - Your IP address is not allowed"}), Refused),
            (403, json!({"message": "403 Forbidden"}), Unknown),
            (404, json!({"error": "404 Not Found"}), Unknown),
            (404, json!({"message": "404 Project Not Found"}), Unknown),
            (
                429,
                json!({"message": {"error": "This endpoint has been requested too many times."}}),
                Unknown,
            ),
            (429, json!({"error": "insufficient_scope"}), Unknown),
            (500, json!({"message": "500 Internal Server Error"}), Unknown),
            (503, invalid("Token was revoked."), Unknown),
            (302, json!({}), Unknown),
        ];
        for (status, body, state) in rows {
            let reading = guarded(&reply(status, body.clone()));
            assert_eq!(reading.state, state, "{status} {body}");
            assert!(!reading.reason.is_empty());
        }
        for status in [200, 302, 401, 403, 404, 429, 500, 502, 503] {
            assert_eq!(guarded(&html(status)).state, Unknown, "{status} without JSON");
        }
    }

    #[test]
    fn jobs_and_oauth() {
        assert_eq!(job(&reply(200, json!({"id": 5}))).state, Active);
        let ended = job(&reply(401, json!({"message": "401 Unauthorized"})));
        assert_eq!(ended, Reading::new(Invalid, "no running job has it"));
        let rows = [
            (200, json!({"resource_owner_id": 1, "scope": ["api"]}), Active),
            (200, json!({"hello": 1}), Unknown),
            (401, invalid("The access token is invalid"), Invalid),
            (401, invalid("The access token expired"), Expired),
            (401, invalid("The access token was revoked"), Revoked),
            (401, json!({"message": "401 Unauthorized"}), Unknown),
            (403, json!({"message": "403 Forbidden"}), Unknown),
            (404, json!({"error": "404 Not Found"}), Unknown),
        ];
        for (status, body, state) in rows {
            assert_eq!(oauth(&reply(status, body.clone())).state, state, "{status} {body}");
        }
        assert_eq!(oauth(&html(401)).state, Unknown);
    }

    #[test]
    fn oauth_clients() {
        let rows = [
            (400, "invalid_scope", Active),
            (401, "unauthorized_client", Active),
            (401, "invalid_client", Unknown),
            (400, "unsupported_grant_type", Unknown),
            (400, "invalid_request", Unknown),
            (429, "invalid_scope", Unknown),
            (200, "", Unknown),
        ];
        for (status, error, state) in rows {
            let reading = oauth_client(&reply(status, json!({"error": error})));
            assert_eq!(reading.state, state, "{status} {error}");
        }
        assert_eq!(oauth_client(&html(401)).state, Unknown);
    }

    #[test]
    fn runners() {
        let rows = [
            (200, json!({"id": 4, "token": "x"}), Active),
            (201, json!({"id": 4}), Active),
            (200, json!(200), Active),
            (200, json!({}), Unknown),
            (403, json!({"message": "403 Forbidden"}), Invalid),
            (403, json!({"message": "403 Forbidden - Token has expired"}), Expired),
            (403, json!({"message": "403 Forbidden - Your IP address is banned"}), Unknown),
            (403, json!({"error": "forbidden"}), Unknown),
            (401, json!({"message": "401 Unauthorized"}), Unknown),
            (410, json!({"message": "410 Gone"}), Unknown),
            (400, json!({"error": "token is missing"}), Unknown),
        ];
        for (status, body, state) in rows {
            assert_eq!(runner(&reply(status, body.clone())).state, state, "{status} {body}");
        }
        for status in [200, 403] {
            assert_eq!(runner(&html(status)).state, Unknown, "{status}");
        }
    }

    #[test]
    fn what_is_bound_to_a_place_is_never_dead_by_a_refusal() {
        let plain = json!({"message": "401 Unauthorized"});
        assert_eq!(registry(&reply(200, json!({"token": "x"}))).state, Active);
        assert_eq!(registry(&reply(401, json!({"errors": []}))).state, Unknown);
        assert_eq!(registry(&html(200)).state, Unknown);
        assert_eq!(scim(&reply(200, json!({"schemas": [], "Resources": []}))).state, Active);
        assert_eq!(scim(&reply(401, plain.clone())).state, Unknown);
        assert_eq!(scim(&reply(200, json!({}))).state, Unknown);
        assert_eq!(feature_flags(&html(200), true).state, Active);
        assert_eq!(feature_flags(&html(200), false).state, Unknown);
        assert_eq!(feature_flags(&reply(401, plain), false).state, Unknown);
        let gone = json!({"message": "404 Not Found"});
        let good = json!({"message": {"base": ["Reference not found"]}});
        let late = json!({"message": "Trigger token has expired"});
        assert_eq!(trigger(&reply(400, good)).state, Active);
        assert_eq!(trigger(&reply(400, late)).state, Expired);
        assert_eq!(trigger(&reply(400, json!({"error": "ref is missing"}))).state, Unknown);
        assert_eq!(trigger(&reply(404, gone)).state, Unknown);
        assert_eq!(trigger(&reply(201, json!({"id": 1}))).state, Unknown);
    }

    #[test]
    fn keys_of_an_instance() {
        assert_eq!(keys(&reply(200, json!({"id": 1}))), None);
        let missing = keys(&reply(404, json!({"message": "404 Key Not Found"}))).unwrap();
        assert_eq!(missing.state, Invalid);
        for (status, body) in [
            (404, json!({"error": "404 Not Found"})),
            (401, json!({"message": "401 Unauthorized"})),
            (403, json!({"message": "403 Forbidden"})),
            (200, json!({})),
        ] {
            assert_eq!(keys(&reply(status, body.clone())).unwrap().state, Unknown, "{body}");
        }
    }

    #[test]
    fn an_administrators_answers() {
        let known = administered(&reply(200, json!({"id": 1, "revoked": true})));
        assert_eq!(known, Administered::Known);
        let state = |reply: &Reply| match administered(reply) {
            Administered::Read(reading) => Some(reading.state),
            _ => None,
        };
        assert_eq!(state(&reply(404, json!({"message": {"error": "Not found"}}))), Some(Invalid));
        let lacking = administered(&reply(404, json!({"error": "404 Not Found"})));
        assert_eq!(lacking, Administered::Unsupported);
        let kind = json!({"message": {"error": "Unsupported token type"}});
        assert_eq!(administered(&reply(422, kind)), Administered::Unsupported);
        for (status, body) in [
            (401, json!({"message": "401 Unauthorized"})),
            (403, json!({"message": "403 Forbidden"})),
            (500, json!({})),
        ] {
            assert_eq!(state(&reply(status, body)), Some(Unknown));
        }
        for status in [200, 404, 422] {
            assert_eq!(state(&html(status)), Some(Unknown), "{status}");
        }
    }
}
