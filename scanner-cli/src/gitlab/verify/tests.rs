use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use serde_json::json;
use tokensieve_core::{Facts, RuleSet, Scanner, Secret};

use super::*;
use crate::gitlab::client::Options;
use crate::gitlab::instance::Instance;
use crate::gitlab::test_server::{TestServer, answer};

/// 2026-10-09, 08:53:20 UTC.
const NOW: i64 = 1_791_536_000;
const UNAUTHORIZED: &str = r#"{"message":"401 Unauthorized"}"#;

fn facts(pairs: &[(&'static str, &str)]) -> Facts {
    pairs.iter().map(|(key, value)| (*key, (*value).to_owned())).collect()
}

/// A token of a rule, with a secret that only has to be distinct.
fn token(rule: &str, secret: &str, pairs: &[(&'static str, &str)]) -> Token {
    let rules = RuleSet::builtin();
    let rule = rules.get(rule).unwrap_or_else(|| panic!("no rule {rule}"));
    Token::new(rule, Secret::new(secret.as_bytes()), facts(pairs)).unwrap()
}

fn settings() -> Settings {
    Settings { now: NOW, ..Settings::default() }
}

fn client(server: &TestServer) -> Client {
    let instance = Instance::parse(&server.url).unwrap();
    let options =
        Options { attempts: 2, longest_wait: Duration::from_secs(2), ..Options::default() };
    Client::new(instance, options, Arc::new(AtomicBool::new(false))).unwrap()
}

fn verdicts(server: &TestServer, settings: &Settings, tokens: &[Token]) -> Vec<Verdict> {
    let scanner = Scanner::new(&RuleSet::builtin());
    let client = client(server);
    Verifier::new(&client, settings, scanner.redactor()).verify_all(tokens, &|_| {})
}

fn one(server: &TestServer, settings: &Settings, token: Token) -> Verdict {
    verdicts(server, settings, &[token]).remove(0)
}

fn admin() -> Option<Secret> {
    Some(Secret::new(b"admin-credential"))
}

/// For each kind: the request that is sent, and where in it the secret travels.
#[test]
fn each_kind_is_asked_at_its_own_endpoint() {
    let hex = "0123456789abcdef".repeat(4);
    let given = Settings {
        project: Some("acme/web".into()),
        group: Some("acme".into()),
        application_id: Some("app-1".into()),
        deploy_user: Some("robot".into()),
        allows_side_effects: true,
        ..settings()
    };
    let rows: &[(&str, &str, &str, &str)] = &[
        (
            "gitlab_personal_access_token",
            "sesame",
            "GET /api/v4/personal_access_tokens/self",
            "private-token: sesame\r\n",
        ),
        (
            "gitlab_oauth_access_token",
            &hex,
            "GET /oauth/token/info",
            "authorization: bearer 0123456789abcdef",
        ),
        ("gitlab_ci_build_token", "sesame", "GET /api/v4/job", "job-token: sesame\r\n"),
        (
            "gitlab_stateless_access_token",
            "sesame",
            "GET /api/v4/user",
            "authorization: bearer sesame\r\n",
        ),
        (
            "gitlab_session_cookie",
            "sesame",
            "GET /api/v4/user",
            "cookie: _gitlab_session=sesame\r\n",
        ),
        (
            "gitlab_runner_auth_token",
            "sesame",
            "POST /api/v4/runners/verify",
            r#"{"token":"sesame"}"#,
        ),
        ("gitlab_deploy_token", "sesame", "GET /jwt/auth", "authorization: basic cm9ib3q6c2vzyw1l"),
        (
            "gitlab_scim_oauth_token",
            "sesame",
            "GET /api/scim/v2/groups/acme/Users",
            "authorization: bearer sesame\r\n",
        ),
        (
            "gitlab_feature_flags_client_token",
            "sesame",
            "GET /api/v4/feature_flags/unleash/acme%2Fweb",
            "unleash-instanceid: sesame\r\n",
        ),
        (
            "gitlab_pipeline_trigger_token",
            "sesame",
            "POST /api/v4/projects/acme%2Fweb/trigger/pipeline",
            "token=sesame&ref=tokensieve%2f",
        ),
        (
            "gitlab_oauth_app_secret",
            "sesame",
            "POST /oauth/token",
            "client_id=app-1&client_secret=sesame&scope=tokensieve_no_such_scope",
        ),
    ];
    let server = TestServer::start(|_, _| answer(404, "", r#"{"error":"404 Not Found"}"#));
    for (at, (rule, secret, call, carrier)) in rows.iter().enumerate() {
        let verdict = one(&server, &given, token(rule, secret, &[]));
        assert_eq!(verdict.evidence.endpoint.as_deref(), Some(*call), "{rule}");
        assert_eq!((verdict.state, verdict.evidence.status), (State::Unknown, Some(404)), "{rule}");
        let request = server.requests.lock().unwrap()[at].clone();
        let first = request.lines().next().unwrap();
        assert!(first.starts_with(call) && !first.contains("sesame"), "{first}");
        let carrier = carrier.to_lowercase();
        assert!(request.to_lowercase().contains(&carrier), "{rule}: {request}");
    }
}

#[test]
fn what_is_not_asked_says_why() {
    let key = "-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----";
    let rows = [
        ("gitlab_deploy_token", "needs --deploy-user"),
        ("gitlab_oauth_app_secret", "needs --application-id"),
        ("gitlab_scim_oauth_token", "needs --group"),
        ("gitlab_feature_flags_client_token", "needs --project"),
        ("gitlab_pipeline_trigger_token", "needs --allow-side-effects"),
        ("gitlab_session_cookie", "needs --allow-side-effects"),
        ("gitlab_feed_token_v2", "needs --admin"),
        ("gitlab_incoming_email_token", "needs --admin"),
        ("gitlab_kubernetes_agent_token", "needs --admin"),
        ("gitlab_routable_token", "needs --admin"),
        ("gitlab_workspace_token", "none is documented"),
        ("gitlab_runner_registration_token", "creates a runner"),
        ("gitlab_runner_controller_token", "agent server"),
        ("gitlab_oauth_refresh_token", "spends it"),
        ("gitlab_webhook_secret", "takes it from nobody"),
        ("gitlab_static_object_token", "public files"),
        ("gitlab_health_check_token", "URL"),
        ("gitlab_saml_discovery_token", "URL"),
        ("gitlab_external_storage_token", "external storage"),
        ("private_key", "no public half"),
    ];
    let server = TestServer::start(|_, _| answer(200, "", "{}"));
    for (rule, reason) in rows {
        let verdict = one(&server, &settings(), token(rule, key, &[]));
        assert_eq!(verdict.state, State::Unchecked, "{rule}");
        assert!(verdict.evidence.reason.contains(reason), "{rule}: {}", verdict.evidence.reason);
        assert_eq!(verdict.evidence.endpoint, None);
    }
    assert_eq!(server.count(), 0);
}

#[test]
fn ids_come_from_the_token_before_the_options() {
    let server = TestServer::start(|_, _| answer(200, "", ""));
    let given = Settings { project: Some("9".into()), ..settings() };
    let flags = token("gitlab_feature_flags_client_token", "a", &[("project", "7")]);
    let verdict = one(&server, &given, flags);
    assert_eq!(verdict.state, State::Active);
    let call = verdict.evidence.endpoint.unwrap();
    assert_eq!(call, "GET /api/v4/feature_flags/unleash/7");
}

#[test]
fn other_hosts_get_nothing() {
    let server = TestServer::start(|_, _| answer(200, "", r#"{"id":1}"#));
    let claims = [("issuer", "gitlab.other.example:8443")];
    let near = token("gitlab_personal_access_token", "a", &[])
        .with_other_hosts(vec!["gitlab.other.example".into()]);
    for token in [token("gitlab_ci_build_token_jwt", "b", &claims), near] {
        let verdict = one(&server, &settings(), token);
        assert_eq!(verdict.state, State::Unchecked);
        assert_eq!(verdict.evidence.reason, "other host: gitlab.other.example");
    }
    assert_eq!(server.count(), 0);
    let own = token("gitlab_ci_build_token_jwt", "c", &[("issuer", "127.0.0.1:1")]);
    assert_eq!(one(&server, &settings(), own).state, State::Active);
}

#[test]
fn jwts_that_have_expired_are_not_sent() {
    let server = TestServer::start(|_, _| answer(401, "", UNAUTHORIZED));
    let rows = [
        ("2026-10-09T08:00:00Z", State::Expired, 0),
        // Clocks differ by minutes.
        ("2026-10-09T08:52:00Z", State::Invalid, 1),
        ("2026-10-09T09:00:00Z", State::Invalid, 2),
    ];
    for (expiry, state, count) in rows {
        let jwt = token("gitlab_ci_build_token_jwt", expiry, &[("expires_at", expiry)]);
        assert_eq!(one(&server, &settings(), jwt).state, state, "{expiry}");
        assert_eq!(server.count(), count, "{expiry}");
    }
}

#[test]
fn each_distinct_secret_is_asked_once() {
    let server = TestServer::start(|_, _| answer(200, "", r#"{"id":1,"user_id":2}"#));
    let pat = |secret| token("gitlab_personal_access_token", secret, &[]);
    let tokens = [pat("a"), pat("b"), pat("a"), token("gitlab_private_token", "a", &[]), pat("b")];
    let told = verdicts(&server, &settings(), &tokens);
    assert_eq!(server.count(), 2);
    assert_eq!(told.len(), 5);
    assert!(told.iter().all(|verdict| verdict.state == State::Active));
    assert_eq!(told[0].record["user_id"], 2);
}

#[test]
fn guessed_kinds_are_not_dead_by_a_plain_refusal() {
    let server = TestServer::start(|_, _| answer(401, "", UNAUTHORIZED));
    let state = |rule| one(&server, &settings(), token(rule, rule, &[])).state;
    assert_eq!(state("gitlab_personal_access_token"), State::Invalid);
    assert_eq!(state("gitlab_private_token"), State::Invalid);
    assert_eq!(state("gitlab_token_variable"), State::Unknown);
    assert_eq!(state("gitlab_bearer_token"), State::Unknown);
    let revoked = r#"{"error":"invalid_token","error_description":"Token was revoked."}"#;
    let server = TestServer::start(move |_, _| answer(401, "", revoked));
    let guessed = token("gitlab_token_variable", "a", &[]);
    assert_eq!(one(&server, &settings(), guessed).state, State::Revoked);
}

#[test]
fn what_servers_say_is_cleaned() {
    let server = TestServer::start(|_, _| {
        let body = json!({"message": "no \u{1b}[2J for open-sesame"}).to_string();
        answer(403, "", &body)
    });
    let verdict =
        one(&server, &settings(), token("gitlab_personal_access_token", "open-sesame", &[]));
    assert_eq!(verdict.state, State::Unknown);
    assert_eq!(verdict.evidence.reason, r"it says: no \u{1b}[2J for [redacted]");
}

#[test]
fn an_administrator_asks_for_what_has_no_check() {
    let server = TestServer::start(|_, request| {
        assert!(request.starts_with("POST /api/v4/admin/token "), "{request}");
        assert!(request.to_lowercase().contains("private-token: admin-credential\r\n"));
        let (status, body) = match request {
            _ if request.ends_with(r#"{"token":"feed"}"#) => {
                (200, json!({"id": 3, "state": "active"}))
            }
            _ if request.ends_with(r#"{"token":"dead"}"#) => {
                (200, json!({"id": 4, "revoked": true}))
            }
            _ if request.ends_with(r#"{"token":"_gitlab_session=s"}"#) => (200, json!({"id": 5})),
            _ => (404, json!({"message": {"error": "Not found"}})),
        };
        answer(status, "", &body.to_string())
    });
    let given = Settings { administrator: admin(), ..settings() };
    let rows = [
        ("gitlab_feed_token_v2", "feed", State::Active),
        ("gitlab_deploy_token", "dead", State::Revoked),
        ("gitlab_session_cookie", "s", State::Active),
        ("gitlab_incoming_email_token", "mail", State::Invalid),
    ];
    for (rule, secret, state) in rows {
        assert_eq!(one(&server, &given, token(rule, secret, &[])).state, state, "{rule}");
    }
}

#[test]
fn kinds_that_the_administrator_cannot_ask_for_are_asked_otherwise() {
    let server = TestServer::start(|_, request| {
        if request.starts_with("POST /api/v4/admin/token ") {
            let status = if request.contains("old") { 404 } else { 422 };
            let body = match status {
                404 => json!({"error": "404 Not Found"}),
                _ => json!({"message": "422 Unprocessable"}),
            };
            return answer(status, "", &body.to_string());
        }
        answer(200, "", r#"{"id":8}"#)
    });
    let given = Settings { administrator: admin(), ..settings() };
    let runner = one(&server, &given, token("gitlab_runner_auth_token", "glrtr", &[]));
    assert_eq!(runner.state, State::Active);
    assert_eq!(runner.evidence.endpoint.as_deref(), Some("POST /api/v4/runners/verify"));
    let old = one(&server, &given, token("gitlab_personal_access_token", "old", &[]));
    assert_eq!(old.state, State::Active);
    let feed = one(&server, &given, token("gitlab_feed_token_v2", "feed", &[]));
    assert_eq!(feed.state, State::Unchecked);
    assert!(feed.evidence.reason.contains("does not know"), "{}", feed.evidence.reason);
}

#[test]
fn a_refused_administrator_is_refused_once() {
    let server = TestServer::start(|_, _| answer(403, "", r#"{"message":"403 Forbidden"}"#));
    let given = Settings { administrator: admin(), ..settings() };
    let scanner = Scanner::new(&RuleSet::builtin());
    let client = client(&server);
    let verifier = Verifier::new(&client, &given, scanner.redactor());
    for secret in ["a", "b", "c"] {
        let verdict = verifier.verify(&token("gitlab_feed_token_v2", secret, &[]));
        assert_eq!(verdict.state, State::Unknown);
        assert!(verdict.evidence.reason.contains("administrator's own credential"));
    }
    assert_eq!(server.count(), 1);
}

#[test]
fn reach_is_asked_of_what_lives() {
    let server = TestServer::start(|_, request| {
        if request.contains("/self/associations?per_page=100&page=1 ") {
            let page = json!({
                "projects": [{"id": 7, "path_with_namespace": "acme/web",
                    "access_levels": {"project_access_level": 40, "group_access_level": null}}],
                "groups": [],
            });
            return answer(200, "x-next-page: 2\r\n", &page.to_string());
        }
        if request.contains("page=2") {
            let page = json!({"projects": [], "groups": [{"id": 9, "access_levels": 50,
                "web_url": "https://x.example/groups/acme"}]});
            return answer(200, "x-next-page: \r\n", &page.to_string());
        }
        answer(200, "", r#"{"id":1,"scopes":["api"]}"#)
    });
    let given = Settings { with_associations: true, ..settings() };
    let verdict = one(&server, &given, token("gitlab_personal_access_token", "a", &[]));
    let expected = json!({
        "projects": [{"id": 7, "path": "acme/web", "access_level": 40}],
        "groups": [{"id": 9, "path": "https://x.example/groups/acme", "access_level": 50}],
        "complete": true,
    });
    assert_eq!(verdict.record["associations"], expected);
}

#[test]
fn a_storm_of_refusals_leaves_the_rest_unknown() {
    let server = TestServer::start(|_, _| answer(403, "", "<html>banned</html>"));
    let tokens: Vec<Token> =
        (0..40).map(|at| token("gitlab_personal_access_token", &format!("t{at}"), &[])).collect();
    let told = verdicts(&server, &settings(), &tokens);
    assert_eq!(server.count(), 20);
    assert!(told.iter().all(|verdict| verdict.state == State::Unknown));
    let unasked = told.iter().filter(|verdict| verdict.evidence.endpoint.is_none());
    assert_eq!(unasked.count(), 20);
}
