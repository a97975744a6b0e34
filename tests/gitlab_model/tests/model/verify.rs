//! What each kind of token is answered in each state: what a verifier has to tell apart.

use gitlab_model::{Kind, Profile};
use serde_json::json;

use super::support::{Answer, Checked, model, send, start};

const SELF: &str = "GET /personal_access_tokens/self";

fn error(answer: &Answer) -> (u16, String) {
    let value = answer.json();
    let text = value["error"].as_str().or(value["message"].as_str()).unwrap_or("").to_owned();
    (answer.status, text)
}

#[test]
fn access_tokens_say_what_they_died_of() {
    let model = model();
    for (token, status, code, words) in [
        (5, 401, "invalid_token", "is expired"),
        (6, 401, "invalid_token", "was revoked"),
        (7, 401, "invalid_token", "is expired"),
        (9, 403, "", "blocked"),
        (10, 403, "", "deactivated"),
        (11, 403, "", "Terms of Service"),
        (12, 401, "dpop_error", "DPoP validation error:"),
        (13, 401, "restricted_language_server_client_error", ""),
        (15, 403, "insufficient_granular_scope", "[Personal Access Token: Read]"),
        (31, 401, "invalid_token", "is expired"),
    ] {
        let answer = model.call(token, SELF, None);
        assert_eq!(answer.status, status, "{token}: {answer:?}");
        assert!(answer.body.contains(words), "{token}: {answer:?}");
        if !code.is_empty() {
            assert_eq!(answer.json()["error"], code, "{token}: {answer:?}");
        }
    }
    let unknown = model.with(&["glp", "at-", "unknown"].concat(), SELF, None).unwrap();
    assert_eq!(error(&unknown), (401, "401 Unauthorized".to_owned()));
    let nobody = model.raw("GET /api/v4/personal_access_tokens/self", &[]);
    assert_eq!(error(&nobody), (401, "401 Unauthorized".to_owned()));
}

#[test]
fn living_access_tokens_show_themselves_with_any_scope() {
    let model = model();
    for token in [1, 2, 3, 4, 8, 14, 16, 17, 18, 19, 30, 32, 33, 34] {
        let answer = model.call(token, SELF, None);
        assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(token)), "{answer:?}");
        assert_eq!(answer.json()["active"], true);
    }
    let secret = model.secret(Kind::AccessToken, 2).unwrap();
    let bearer = [("Authorization", format!("Bearer {secret}"))];
    let bearer = [(bearer[0].0, bearer[0].1.as_str())];
    assert_eq!(model.raw("GET /api/v4/personal_access_tokens/self", &bearer).status, 200);
    let elsewhere = model.call(4, "GET /user", None);
    assert_eq!(error(&elsewhere), (403, "insufficient_scope".to_owned()));
    assert_eq!(elsewhere.json()["scope"], "api read_api read_user");
    let granular = model.call(14, "GET /user", None);
    assert_eq!(error(&granular), (403, "insufficient_granular_scope".to_owned()));
}

#[test]
fn settings_refuse_tokens_that_live() {
    let model = start(Profile::R18_4, |fixture| {
        fixture.instance.disable_personal_access_tokens = true;
    });
    let answer = model.call(2, SELF, None);
    assert_eq!(answer.status, 401);
    assert!(answer.body.contains("Personal access tokens are disabled"), "{answer:?}");
    assert_eq!(model.call(33, SELF, None).status, 200, "service accounts go on");

    let model = start(Profile::R18_4, |fixture| fixture.instance.impersonation_enabled = false);
    let answer = model.call(17, SELF, None);
    assert_eq!(error(&answer), (401, "invalid_token".to_owned()));
    assert!(answer.body.contains("impersonation"), "{answer:?}");
}

#[test]
fn a_token_dies_at_midnight_of_its_day() {
    let model = start(Profile::R18_4, |fixture| {
        fixture.now = Some("2026-03-10T23:59:59Z".parse().unwrap());
        fixture.access_tokens.iter_mut().find(|token| token.id == 3).unwrap().expires_at =
            Some("2026-03-12".parse().unwrap());
    });
    assert_eq!(model.call(3, SELF, None).status, 200);
    model.advance_days(1);
    assert_eq!(model.call(3, SELF, None).status, 200);
    model.advance_days(1);
    assert_eq!(error(&model.call(3, SELF, None)), (401, "invalid_token".to_owned()));
}

fn verify_runner(model: &Checked, secret: &str, more: &serde_json::Value) -> Answer {
    let mut body = json!({"token": secret});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    send(model.address(), "POST /api/v4/runners/verify", &[], Some(&body)).unwrap()
}

#[test]
fn runners_verify_without_a_trace_unless_a_system_id_is_sent() {
    let model = model();
    for id in [1, 2, 3, 4] {
        let secret = model.secret(Kind::Runner, id).unwrap();
        let answer = verify_runner(&model, &secret, &json!({}));
        assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(id)));
        assert_eq!(answer.json()["token"], secret.as_str());
    }
    let expired = model.secret(Kind::Runner, 5).unwrap();
    let registration = model.secret(Kind::ProjectRegistration, 1).unwrap();
    for secret in [expired.as_str(), registration.as_str(), "unknown"] {
        let answer = verify_runner(&model, secret, &json!({}));
        assert_eq!(error(&answer), (403, "403 Forbidden".to_owned()));
    }
    assert_eq!(model.row("runners", 1).unwrap()["managers"], json!([]));
    let secret = model.secret(Kind::Runner, 1).unwrap();
    verify_runner(&model, &secret, &json!({"system_id": "s_1"}));
    assert_eq!(model.row("runners", 1).unwrap()["managers"], json!(["s_1"]));
}

#[test]
fn registration_tokens_make_runners_where_they_still_may() {
    let modern = model();
    let token = json!({"token": modern.secret(Kind::GroupRegistration, 1).unwrap()});
    let register = |model: &Checked, token| {
        send(model.address(), "POST /api/v4/runners", &[], Some(token)).unwrap()
    };
    assert_eq!(register(&modern, &token).status, 410);
    let old = start(Profile::R16_11, |_| {});
    let token = json!({"token": old.secret(Kind::GroupRegistration, 1).unwrap()});
    assert_eq!(register(&old, &token).status, 201);
}

#[test]
fn job_tokens_live_as_long_as_their_job() {
    let model = model();
    let job = |id| {
        let secret = model.secret(Kind::Job, id).unwrap();
        model.raw("GET /api/v4/job", &[("JOB-TOKEN", &secret)])
    };
    assert_eq!((job(1).status, job(2).status, job(3).status), (200, 401, 200));
    assert_eq!(job(1).json()["id"], 1);
    let secret = model.secret(Kind::Job, 1).unwrap();
    let as_token = model.with(&secret, "GET /user", None).unwrap();
    assert_eq!(as_token.status, 401, "a job token is no access token");
}

#[test]
fn deploy_tokens_are_checked_by_git() {
    let model = model();
    let refs = |path: &str, id| {
        let secret = model.secret(Kind::DeployToken, id).unwrap();
        let row = model.row("deploy_tokens", id).unwrap();
        let default = format!("gitlab+deploy-token-{id}");
        let name = row["username"].as_str().unwrap_or(&default).to_owned();
        let basic = base64(&format!("{name}:{secret}"));
        let path = format!("GET /{path}.git/info/refs?service=git-upload-pack");
        model.raw(&path, &[("Authorization", &format!("Basic {basic}"))]).status
    };
    assert_eq!(refs("acme/shop", 1), 200);
    assert_eq!(refs("acme/web/site", 1), 404, "another project");
    assert_eq!(refs("acme/shop", 2), 401, "no scope for repositories");
    assert_eq!((refs("acme/shop", 3), refs("acme/shop", 4)), (401, 401), "expired, revoked");
}

/// Encodes as base 64, a few bytes at a time.
fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for part in text.as_bytes().chunks(3) {
        let bits = part.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte));
        let bits = bits << (8 * (3 - part.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            encoded.push(if place > part.len() { '=' } else { char::from(digit) });
        }
    }
    encoded
}

#[test]
fn triggers_tell_a_good_token_by_a_reference_that_is_not_there() {
    let model = model();
    let run = |id, reference: &str| {
        let body = json!({"token": model.secret(Kind::Trigger, id).unwrap(), "ref": reference});
        let path = "POST /api/v4/projects/1/trigger/pipeline";
        send(model.address(), path, &[], Some(&body)).unwrap().status
    };
    assert_eq!((run(1, "no-such"), run(2, "no-such"), run(1, "main")), (400, 404, 201));
}

#[test]
fn kinds_with_endpoints_of_their_own_are_told_apart() {
    let model = model();
    let status = |path: &str, name: &str, value: &str| model.raw(path, &[(name, value)]).status;
    let bearer = |kind, id| format!("Bearer {}", model.secret(kind, id).unwrap());
    let info = |id| status("GET /oauth/token/info", "Authorization", &bearer(Kind::OauthToken, id));
    assert_eq!((info(1), info(2), info(3)), (200, 401, 401));
    let flags = model.secret(Kind::FlagsClient, 1).unwrap();
    let unleash = |path: &str, secret: &str| status(path, "UNLEASH-INSTANCEID", secret);
    assert_eq!(unleash("GET /api/v4/feature_flags/unleash/1", &flags), 200);
    assert_eq!(unleash("GET /api/v4/feature_flags/unleash/2", &flags), 401);
    let scim = |path: &str, id| status(path, "Authorization", &bearer(Kind::ScimToken, id));
    assert_eq!(scim("GET /api/scim/v2/groups/acme/Users", 1), 200);
    assert_eq!(scim("GET /api/scim/v2/groups/acme/Users", 2), 401);
    assert_eq!(scim("GET /api/scim/v2/application/Users", 2), 200);
    let feed = model.secret(Kind::Feed, 2).unwrap();
    let path = format!("GET /dashboard/projects.atom?feed_token={feed}");
    assert_eq!(model.raw(&path, &[]).status, 200);
    let cookie = format!("a=b; _gitlab_session={}", model.secret(Kind::Session, 1).unwrap());
    assert_eq!(status("GET /api/v4/user", "Cookie", &cookie), 200);
    assert_eq!(status("GET /api/v4/user", "Cookie", "_gitlab_session=0"), 401);
    let body = |secret: String| json!({"client_id": "model-application", "client_secret": secret});
    let pair = |secret| {
        send(model.address(), "POST /oauth/token", &[], Some(&body(secret))).unwrap().status
    };
    let secret = model.secret(Kind::Application, 1).unwrap();
    assert_eq!((pair(secret), pair("wrong".to_owned())), (400, 401));
}

#[test]
fn administrators_ask_by_value() {
    let model = model();
    let ask = |caller, secret: &str| {
        model.call(caller, "POST /admin/token", Some(&json!({"token": secret})))
    };
    for (kind, id) in [
        (Kind::AccessToken, 6),
        (Kind::DeployToken, 4),
        (Kind::Feed, 2),
        (Kind::Application, 1),
        (Kind::AgentToken, 1),
        (Kind::Runner, 1),
        (Kind::Trigger, 2),
        (Kind::Job, 1),
        (Kind::FlagsClient, 1),
        (Kind::IncomingMail, 2),
    ] {
        let answer = ask(1, &model.secret(kind, id).unwrap());
        assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(id)), "{kind:?}");
    }
    let session = format!("_gitlab_session={}", model.secret(Kind::Session, 1).unwrap());
    assert_eq!(ask(1, &session).json()["username"], "anna");
    assert_eq!(ask(1, &["glp", "at-", "unknown"].concat()).status, 404);
    let registered = model.secret(Kind::Runner, 4).unwrap();
    for unsupported in [registered, model.secret(Kind::ScimToken, 1).unwrap()] {
        assert_eq!(ask(1, &unsupported).status, 422);
    }
    assert_eq!(ask(2, &session).status, 403, "no administrator");
    assert_eq!(ask(3, "x").status, 403, "may read only");
}

#[test]
fn associations_show_what_a_token_reaches() {
    let model = model();
    let answer = model.call(19, "GET /personal_access_tokens/self/associations", None).json();
    assert_eq!(answer["groups"], json!([]));
    let ids: Vec<_> = answer["projects"].as_array().unwrap().iter().map(|p| &p["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!(3)]);
    assert_eq!(answer["projects"][0]["access_levels"]["project_access_level"], 40);
    let path = "GET /personal_access_tokens/self/associations?min_access_level=50";
    let owned = model.call(2, path, None).json();
    assert_eq!(owned["groups"].as_array().unwrap().len(), 2);
}

#[test]
fn ssh_keys_are_found_by_fingerprint() {
    let model = model();
    // ssh-keygen -lf says so of the key in the fixture.
    let print = FINGERPRINT.replace(':', "%3A").replace('+', "%2B").replace('/', "%2F");
    let path = format!("GET /keys?fingerprint={print}");
    let answer = model.call(1, &path, None);
    assert_eq!(answer.json()["user"]["username"], "anna", "{answer:?}");
    assert_eq!(model.call(2, &path, None).status, 403);
    assert_eq!(model.call(1, "GET /keys?fingerprint=SHA256%3Ax", None).status, 404);
    assert_eq!(model.raw("GET /api/v4/users/anna/keys", &[]).json()[0]["id"], 2);
}

const FINGERPRINT: &str = "SHA256:4y+KUxx+DLaitQJrLhVGbh6a18qIjaS0bHnpKiFqYRI";
