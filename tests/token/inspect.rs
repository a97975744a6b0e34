//! `token inspect`: what tokens tell, and where they are revoked.

use gitlab_model::{Fixture, Kind};

use super::{model, on_line, secret};
use crate::support::command::Dir;

#[test]
fn kinds_owners_and_calls() {
    let model = model();
    let rows = [
        (Kind::AccessToken, 2, "personal_access_token", "harmless"),
        (Kind::DeployToken, 1, "deploy_token", "harmless"),
        (Kind::Trigger, 1, "pipeline_trigger_token", "side effect"),
        (Kind::Runner, 3, "runner_authentication_token", "harmless"),
        (Kind::AgentToken, 1, "kubernetes_agent_token", "no check"),
        (Kind::Job, 1, "ci_job_token", "harmless"),
        (Kind::Application, 1, "oauth_application_secret", "harmless"),
        (Kind::FlagsClient, 1, "feature_flags_client_token", "harmless"),
        (Kind::ScimToken, 1, "scim_token", "harmless"),
        (Kind::Feed, 2, "feed_token", "no check"),
        (Kind::IncomingMail, 2, "incoming_email_token", "no check"),
        (Kind::ControllerToken, 1, "runner_controller_token", "no check"),
        (Kind::ProjectRegistration, 1, "runner_registration_token", "no check"),
    ];
    let lines: Vec<String> = rows.iter().map(|row| secret(&model, row.0, row.1)).collect();
    let dir = Dir::new();
    dir.file("leaks.txt", lines.join("\n"));
    let run = dir.run(&["token", "inspect", "leaks.txt", "--format", "json"]);
    let report = run.assert_code(0).json();
    for (at, (_, _, kind, effect)) in rows.iter().enumerate() {
        let token = on_line(&report, at);
        assert_eq!(token["kind"], *kind, "{token}");
        assert_eq!(token["check"]["effect"], *effect, "{token}");
        assert!(token["redacted"].as_str().unwrap().ends_with("..."), "{token}");
        assert!(!token["revoke"].as_array().unwrap().is_empty());
        assert!(token.get("state").is_none());
    }
    let personal = on_line(&report, 0);
    assert_eq!(personal["form"], "routable v1");
    assert_eq!(personal["facts"]["user"], "2");
    let agent = on_line(&report, 4);
    assert_eq!(agent["revoke"][0], "DELETE /api/v4/projects/1/cluster_agents/:agent/tokens/:id");
    for line in &lines {
        assert!(!run.stdout.contains(line.as_str()));
    }
    assert_eq!(model.requests().len(), 0);
    let text = dir.run(&["token", "inspect", "leaks.txt"]);
    assert!(text.assert_code(0).stdout.contains("revoke: DELETE /api/v4/projects/1/"));
}

#[test]
fn reports_and_standard_input_are_read() {
    let model = model();
    let dir = Dir::new();
    let lines = [secret(&model, Kind::AccessToken, 2), secret(&model, Kind::Runner, 3)];
    dir.file("leaks.txt", lines.join("\n"));
    let expected = dir.run(&["token", "inspect", "leaks.txt", "--format", "json"]).json();
    for format in ["json", "jsonl"] {
        let report = dir.run(&["scan", "leaks.txt", "--show-secrets", "--format", format]);
        let again = dir.run_with_input(
            &["token", "inspect", "-", "--format", "json"],
            report.stdout.as_bytes(),
        );
        assert_eq!(again.assert_code(0).json(), expected, "{format}");
    }
    let hidden = dir.run(&["scan", "leaks.txt", "--format", "json"]);
    let refused = dir.run_with_input(&["token", "inspect", "-"], hidden.stdout.as_bytes());
    assert!(refused.assert_code(2).stderr.contains("--show-secrets"), "{refused:?}");
    dir.run(&["token", "inspect", "missing.txt"]).assert_code(2);
    dir.run(&["token", "inspect"]).assert_code(2);
}

#[test]
fn instance_prefixes_are_told() {
    let mut fixture = Fixture::example();
    fixture.instance.instance_token_prefix = "acme".to_owned();
    let options = gitlab_model::Options::default();
    let model = gitlab_model::Model::start_with(fixture, options).unwrap();
    let dir = Dir::new();
    dir.file("leaks.txt", secret(&model, Kind::AccessToken, 2));
    let report = dir.run(&["token", "inspect", "leaks.txt", "--format", "json"]).json();
    assert_eq!(report["tokens"][0]["prefix"], "acme-glpat-", "{report}");
    assert_eq!(report["tokens"][0]["custom_prefix"], "acme");
}
