//! `token choose`: the calls that it prints are executed against the model.

use std::io::{Read, Write};
use std::net::TcpStream;

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use super::secret;
use crate::support::command::Dir;

/// Sends a call as the administrator. Returns the status and the body.
fn send(model: &Model, call: &Value, user_id: Option<u64>) -> (u16, Value) {
    let path = call["path"].as_str().unwrap();
    let path = match user_id {
        Some(id) => path.replace(":user_id", &id.to_string()),
        None => path.to_owned(),
    };
    let path = path.replace(":agent_id", "1").replace(":hook_id", "1");
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g";
    let body = call["body"].to_string().replace(":public_key", key);
    let token = secret(model, Kind::AccessToken, 1);
    let request = format!(
        "{} /api/v4{path} HTTP/1.1\r\nHost: model\r\nPrivate-Token: {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        call["method"].as_str().unwrap(),
        body.len()
    );
    let mut stream = TcpStream::connect(model.address()).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    (status, serde_json::from_str(body).unwrap_or_default())
}

fn choose(more: &[&str]) -> Value {
    let rest = ["--service-account", "yes", "--days", "30", "--project", "1", "--group", "1"];
    let name = ["--name", "from the chart", "--format", "json"];
    let dir = Dir::new();
    let mut args = vec!["token", "choose"];
    for (flag, default) in
        [("--in-ci", "no"), ("--access", "read"), ("--span", "project"), ("--permission", "none")]
    {
        if !more.contains(&flag) {
            args.extend([flag, default]);
        }
    }
    args.extend(rest.iter().chain(&name).chain(more));
    dir.run(&args).assert_code(0).json()
}

#[test]
fn every_call_of_the_chart_works() {
    let rows: &[(&[&str], &str)] = &[
        (&["--who", "machine", "--touches", "api", "--in-ci", "yes"], "project_access_token"),
        (&["--who", "machine", "--touches", "git", "--access", "write"], "project_access_token"),
        (&["--who", "machine", "--touches", "api", "--span", "projects"], "group_access_token"),
        (&["--who", "machine", "--touches", "api", "--span", "groups"], "service_account_token"),
        (&["--who", "machine", "--touches", "api", "--span", "instance"], "service_account_token"),
        (&["--who", "machine", "--touches", "registry"], "deploy_token"),
        (&["--who", "machine", "--touches", "packages", "--span", "projects"], "deploy_token"),
        (&["--who", "machine", "--touches", "git-ssh"], "deploy_key"),
        (&["--who", "machine", "--touches", "pipelines"], "pipeline_trigger_token"),
        (&["--who", "machine", "--touches", "runners"], "runner_authentication_token"),
        (
            &["--who", "machine", "--touches", "runners", "--span", "projects"],
            "runner_authentication_token",
        ),
        (
            &["--who", "machine", "--touches", "runners", "--span", "instance"],
            "runner_authentication_token",
        ),
        (&["--who", "machine", "--touches", "cluster"], "kubernetes_agent_token"),
        (&["--who", "machine", "--touches", "application"], "oauth_application"),
        (&["--who", "machine", "--touches", "itself"], "self_rotate_token"),
        (&["--who", "person", "--touches", "itself"], "self_rotate_token"),
        (
            &["--who", "person", "--touches", "api", "--permission", "read_issue"],
            "fine_grained_token",
        ),
        (&["--who", "person", "--touches", "git"], "ssh_key"),
        (&["--who", "gitlab", "--touches", "webhook"], "webhook_signing_token"),
    ];
    let model = Model::start(Fixture::example(), Profile::R19_6, Tier::Ultimate).unwrap();
    for (flags, kind) in rows {
        let advice = choose(flags);
        assert_eq!(advice["kind"], *kind, "{flags:?}");
        let mut user = None;
        for call in advice["calls"].as_array().unwrap() {
            let (status, body) = send(&model, call, user);
            assert!(matches!(status, 200 | 201), "{flags:?}: {call}: {status} {body}");
            user = body["id"].as_u64();
            if let Some(expires) = body["expires_at"].as_str() {
                assert!(expires.starts_with(advice["expires_at"].as_str().unwrap()), "{body}");
            }
        }
    }
    let impersonation = choose(&["--who", "person", "--touches", "other-user"]);
    let (status, _) = send(&model, &impersonation["calls"][0], Some(6));
    assert_eq!(status, 201);
    let hook = &model.state()["hooks"][0];
    assert_eq!(hook["has_signing_token"], true);
}

#[test]
fn where_no_call_is_there_is_a_page() {
    let advice = choose(&["--who", "person", "--touches", "api"]);
    let page = "/-/user_settings/personal_access_tokens?name=from%20the%20chart&scopes=read_api";
    assert_eq!((&advice["page"], advice["calls"].as_array().unwrap().len()), (&page.into(), 0));
    for touches in ["users", "flags", "feed", "mail"] {
        assert!(choose(&["--who", "machine", "--touches", touches])["page"].is_string());
    }
}

#[test]
fn a_dialogue_asks_eight_questions_and_explains() {
    let dir = Dir::new();
    let input = b"machine\nno\nregistry\nread\nproject\nyes\n90\n\n";
    let run = dir.run_with_input(&["token", "choose", "--explain"], input);
    run.assert_code(0);
    assert!(run.stdout.starts_with("deploy_token\n  scopes: read_registry\n"), "{}", run.stdout);
    let reason = "not project_access_token: it would do, and deploy_token is narrower";
    assert!(run.stdout.contains(reason), "{}", run.stdout);
    assert!(!run.stdout.contains("not deploy_token"), "{}", run.stdout);
    assert_eq!(run.stderr.matches("> ").count(), 8, "{}", run.stderr);
    let quiet = dir.run_with_input(&["token", "choose"], input);
    assert!(!quiet.stdout.contains("not project_access_token"));
    dir.run_with_input(&["token", "choose"], b"machine\n").assert_code(2);
    dir.run(&["token", "choose", "--who", "nobody"]).assert_code(2);
    let wrong = b"gitlab\nno\napi\nread\nproject\nyes\n90\n\n";
    let wrong = dir.run_with_input(&["token", "choose"], wrong);
    assert!(wrong.assert_code(2).stderr.contains("no kind of credential fits"), "{wrong:?}");
}
