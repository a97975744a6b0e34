//! Kinds and states, and the answers that must not be taken for death.

use gitlab_model::{Fault, Fixture, Kind, Model, Profile, Tier};

use super::{ADMIN, assert_no_leak, model, on_line, secret, verify};

/// A row: kind and id of the fixture, the text before the secret, the state.
type Row = (Kind, u64, &'static str, &'static str);

const WITHOUT_ADMIN: &[Row] = &[
    (Kind::AccessToken, 2, "", "active"),
    (Kind::AccessToken, 4, "", "active"),
    (Kind::AccessToken, 5, "", "expired"),
    (Kind::AccessToken, 6, "", "revoked"),
    (Kind::AccessToken, 7, "", "expired"),
    (Kind::AccessToken, 9, "", "refused"),
    (Kind::AccessToken, 10, "", "refused"),
    (Kind::AccessToken, 11, "", "refused"),
    (Kind::AccessToken, 12, "", "refused"),
    (Kind::AccessToken, 13, "", "refused"),
    (Kind::AccessToken, 14, "", "active"),
    (Kind::AccessToken, 15, "", "refused"),
    (Kind::AccessToken, 16, "", "active"),
    (Kind::AccessToken, 17, "", "active"),
    (Kind::AccessToken, 30, "", "active"),
    (Kind::AccessToken, 31, "", "expired"),
    (Kind::AccessToken, 32, "", "active"),
    (Kind::AccessToken, 33, "", "active"),
    (Kind::DeployToken, 2, "", "active"),
    (Kind::DeployToken, 4, "", "unknown"),
    (Kind::Runner, 1, "", "active"),
    (Kind::Runner, 3, "", "active"),
    (Kind::Runner, 4, "", "active"),
    (Kind::Runner, 5, "", "invalid"),
    (Kind::Job, 1, "", "active"),
    // Its JWT has expired by its own claims: it is not sent.
    (Kind::Job, 2, "", "expired"),
    (Kind::Job, 3, "", "active"),
    (Kind::Trigger, 1, "", "active"),
    (Kind::Trigger, 2, "", "unknown"),
    (Kind::Application, 1, "", "active"),
    (Kind::OauthToken, 1, "gitlab_access_token=", "active"),
    (Kind::OauthToken, 3, "gitlab_access_token=", "invalid"),
    (Kind::FlagsClient, 1, "", "active"),
    (Kind::ScimToken, 1, "", "active"),
    (Kind::ScimToken, 2, "", "unknown"),
    (Kind::Session, 1, "", "active"),
    (Kind::AgentToken, 1, "", "unchecked"),
    (Kind::Feed, 2, "", "unchecked"),
    (Kind::IncomingMail, 2, "", "unchecked"),
    (Kind::ControllerToken, 1, "", "unchecked"),
    (Kind::ProjectRegistration, 1, "", "unchecked"),
];

const ALLOWED: &[&str] = &[
    "--project",
    "1",
    "--group",
    "acme",
    "--application-id",
    "model-application",
    "--deploy-user",
    "puller",
    "--allow-side-effects",
];

/// The line that a row's secret stands on.
fn line(model: &Model, row: &Row) -> String {
    let text = secret(model, row.0, row.1);
    let is_bare_cookie = row.0 == Kind::Session && !text.contains('=');
    let before = if is_bare_cookie { "_gitlab_session=" } else { row.2 };
    format!("{before}{text}")
}

fn check(model: &Model, rows: &[Row], more: &[&str]) {
    let lines: Vec<String> = rows.iter().map(|row| line(model, row)).collect();
    let run = verify(model, &lines, more);
    let report = run.json();
    let mut wrong = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let token = on_line(&report, at);
        if token["state"] != row.3 {
            wrong.push(format!("{:?} {}: {token}", row.0, row.1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    run.assert_code(1);
    assert_no_leak(model, &run, &lines);
    assert!(
        !model.requests().iter().any(|request| {
            request.method == "POST" && request.path.ends_with("/api/v4/runners")
        })
    );
}

#[test]
fn each_kind_has_its_state() {
    let model = model();
    check(&model, WITHOUT_ADMIN, ALLOWED);
    let asked = model.requests().len();
    let unsent = |row: &&Row| row.3 == "unchecked" || (row.0, row.1) == (Kind::Job, 2);
    let unsent = WITHOUT_ADMIN.iter().filter(unsent).count();
    assert_eq!(asked, WITHOUT_ADMIN.len() - unsent, "each distinct secret is asked about once");
}

#[test]
fn an_administrator_knows_more() {
    let rows: &[Row] = &[
        (Kind::AccessToken, 2, "", "active"),
        (Kind::AccessToken, 5, "", "expired"),
        (Kind::AccessToken, 6, "", "revoked"),
        (Kind::DeployToken, 1, "", "active"),
        (Kind::DeployToken, 3, "", "expired"),
        (Kind::DeployToken, 4, "", "revoked"),
        (Kind::Runner, 1, "", "active"),
        (Kind::Runner, 4, "", "active"),
        (Kind::Trigger, 1, "", "active"),
        (Kind::FlagsClient, 1, "", "active"),
        (Kind::AgentToken, 1, "", "active"),
        (Kind::Feed, 2, "", "active"),
        (Kind::IncomingMail, 2, "", "active"),
        (Kind::Session, 1, "", "active"),
        (Kind::Application, 1, "", "active"),
        (Kind::Job, 1, "", "active"),
    ];
    check(&model(), rows, &["--admin", "--token-env", ADMIN]);
}

#[test]
fn records_say_whose_a_token_is_and_what_it_may() {
    let model = model();
    let run = verify(&model, &[secret(&model, Kind::AccessToken, 2)], &["--associations"]);
    let report = run.assert_code(1).json();
    let token = &report["tokens"][0];
    assert_eq!(token["id"], 2);
    assert_eq!(token["user_id"], 2);
    assert_eq!(token["name"], "owner");
    assert_eq!(token["scopes"], serde_json::json!(["api"]));
    assert_eq!(token["last_used_ips"].as_array().unwrap().len(), 2);
    assert_eq!(token["evidence"]["endpoint"], "GET /api/v4/personal_access_tokens/self");
    assert_eq!(token["evidence"]["status"], 200);
    assert_eq!(token["associations"]["complete"], true);
    assert!(!token["associations"]["projects"].as_array().unwrap().is_empty());
    assert_eq!(report["complete"], true);
}

#[test]
fn a_token_that_nobody_made_is_invalid() {
    let model = model();
    let unknown = ["glp", "at-6K5h83AacUCCGxzdUCuD"].concat();
    let run = verify(&model, &[unknown], &[]);
    assert_eq!(run.assert_code(0).json()["tokens"][0]["state"], "invalid");
}

#[test]
fn faults_are_never_death() {
    let names = [
        "401-html",
        "403-html",
        "403-plain",
        "403-json",
        "404-html",
        "429-plain",
        "429-json",
        "429-html",
        "500-json",
        "500-html",
        "502-html",
        "503-html",
        "200-html",
        "200-empty",
        "broken-json",
        "half-body",
        "half-headers",
        "cut-before",
        "reset-before",
        "endless-body",
        "redirect-foreign",
        "redirect-sign-in",
    ];
    std::thread::scope(|scope| {
        for name in names {
            scope.spawn(move || {
                let model = model();
                model.fault(name.parse::<Fault>().unwrap());
                let mut lines =
                    vec![secret(&model, Kind::AccessToken, 2), secret(&model, Kind::Job, 1)];
                // `{"message":"403 Forbidden"}` is what GitLab says of an unknown runner token.
                if name != "403-json" {
                    lines.push(secret(&model, Kind::Runner, 1));
                }
                let run = verify(&model, &lines, &[]);
                let report = run.json();
                for token in report["tokens"].as_array().unwrap() {
                    assert_eq!(token["state"], "unknown", "{name}: {token}");
                }
                assert_eq!(report["complete"], false);
                run.assert_code(3);
                assert_no_leak(&model, &run, &lines);
            });
        }
    });
}

#[test]
fn a_limit_that_ends_is_waited_for() {
    let model = model();
    model.fault("429-headers*1".parse().unwrap());
    let run = verify(&model, &[secret(&model, Kind::AccessToken, 2)], &[]);
    assert_eq!(run.assert_code(1).json()["tokens"][0]["state"], "active");
    assert_eq!(model.requests().len(), 2);
}

#[test]
fn old_releases_are_asked_what_they_know() {
    let model = Model::start(Fixture::example(), Profile::R16_11, Tier::Free).unwrap();
    let lines = [secret(&model, Kind::AccessToken, 2), secret(&model, Kind::Feed, 2)];
    let run = verify(&model, &lines, &["--admin", "--token-env", ADMIN]);
    let report = run.assert_code(1).json();
    assert_eq!(on_line(&report, 0)["state"], "active");
    assert_eq!(on_line(&report, 1)["state"], "unchecked");
}

#[test]
fn keys_are_asked_about_by_their_fingerprint() {
    let model = model();
    // The private half of no key; the public half is that of the fixture's deploy key.
    let mut blob = b"\0\0\0\x0bssh-ed25519\0\0\0\x20".to_vec();
    blob.extend(1..=32);
    let half = [&b"\0\0\0\0"[..], b"xxxx"].concat();
    let raw = [
        &b"openssh-key-v1\0\0\0\0\x04none\0\0\0\x04none\0\0\0\0\0\0\0\x01\0\0\0\x33"[..],
        &blob,
        &half,
    ]
    .concat();
    let body = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, raw);
    let label = ["OPENSSH PRIVATE", " KEY"].concat();
    let key = format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----");
    let run = verify(&model, std::slice::from_ref(&key), &["--admin", "--token-env", ADMIN]);
    let report = run.json();
    let token = &report["tokens"][0];
    assert_eq!((&token["state"], &token["name"]), (&"active".into(), &"deploys".into()), "{token}");
    let alone = verify(&model, &[key], &[]).json();
    assert_eq!(alone["tokens"][0]["evidence"]["reason"], "needs --admin");
}
