//! Policies of `token inventory`: exit codes, what to do, policy files.

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use super::inventory::inventory;
use super::{ADMIN, model, secret};
use crate::support::command::{Dir, Run};

/// The kinds and ids of entries that do not meet a policy.
fn broken(report: &Value) -> Vec<String> {
    let rows = report["entries"].as_array().unwrap().iter();
    let rows = rows.filter(|row| row["violations"].is_array());
    rows.map(|row| format!("{} {}", row["kind"].as_str().unwrap(), row["id"])).collect()
}

fn check(model: &Model, flags: &[&str]) -> (Option<i32>, Vec<String>) {
    let args = [&["--whole-instance", "--format", "json"], flags].concat();
    let run = inventory(model, 1, &args);
    (run.code, broken(&run.json()))
}

#[test]
fn each_policy_finds_its_entries_and_no_others() {
    let model = model();
    let found = |code: i32, rows: &[&str]| (Some(code), rows.iter().map(|r| (*r).into()).collect());
    let never = ["pipeline_trigger_token 1", "ssh_key 3", "personal_access_token 8"];
    let and_service = [&never[..2], &["service_account_token 33"], &never[2..]].concat();
    assert_eq!(check(&model, &["--no-expiry"]), found(1, &and_service));
    let excused = ["--no-expiry", "--service-accounts-without-expiry"];
    assert_eq!(check(&model, &excused), found(1, &never));
    let long = ["ssh_key 2", "personal_access_token 1"];
    assert_eq!(check(&model, &["--max-lifetime-days", "100"]), found(1, &long));
    assert_eq!(check(&model, &["--max-lifetime-days", "140"]), found(0, &[]));
    let soon = ["impersonation_token 17", "personal_access_token 3"];
    assert_eq!(check(&model, &["--expiring-within-days", "5"]), found(1, &soon));
    let unused = ["--unused-for-days", "39", "--kind", "project_access_token"];
    assert_eq!(check(&model, &unused), found(1, &["project_access_token 30"]));
    let unused = ["--unused-for-days", "40", "--kind", "project_access_token"];
    assert_eq!(check(&model, &unused), found(0, &[]));
    let broad = ["--broad-scopes", "--kind", "service_account_token"];
    assert_eq!(check(&model, &broad), found(1, &["service_account_token 33"]));
    let inactive = ["personal_access_token 9", "personal_access_token 10"];
    assert_eq!(check(&model, &["--inactive-owner"]), found(1, &inactive));
    let machines = ["--automation-cidr", "198.51.100.5"];
    assert_eq!(check(&model, &machines), found(1, &["personal_access_token 2"]));
    assert_eq!(check(&model, &["--automation-cidr", "192.0.2.0/24"]), found(0, &[]));
    assert_eq!(check(&model, &["--allow-ip", "198.51.100.4"]).1, ["personal_access_token 2"]);
    assert_eq!(check(&model, &["--allow-ip", "198.51.100.0/24"]), found(0, &[]));
    assert_eq!(check(&model, &["--webhook-without-secret"]), found(1, &["webhook 2"]));
    let deploy = ["deploy_token 1", "deploy_key 1"];
    assert_eq!(check(&model, &["--deploy-without-expiry"]), found(1, &deploy));
    assert_eq!(check(&model, &["--deploy-key-can-push"]), found(1, &["deploy_key 1"]));
    assert_eq!(check(&model, &["--job-token-allowlist-off"]), found(1, &["job_token_scope 2"]));
}

#[test]
fn trigger_tokens_of_those_who_left_are_found() {
    let mut fixture = Fixture::example();
    fixture.members.retain(|member| member.user_id != 2);
    let model = Model::start(fixture, Profile::R19_6, Tier::Ultimate).unwrap();
    let (_, rows) = check(&model, &["--inactive-owner", "--kind", "pipeline_trigger_token"]);
    assert_eq!(rows, ["pipeline_trigger_token 1"]);
}

#[test]
fn what_a_release_does_not_tell_is_not_clean() {
    let model = Model::start(Fixture::example(), Profile::R17_11, Tier::Ultimate).unwrap();
    for flags in [
        &["--allow-ip", "198.51.100.0/24", "--kind", "group_access_token"][..],
        &["--webhook-without-secret", "--kind", "webhook"],
    ] {
        let args = [&["--whole-instance", "--format", "json"], flags].concat();
        let report = inventory(&model, 1, &args).assert_code(3).json();
        assert!(report["gaps"][0]["call"].as_str().unwrap().starts_with("policy "), "{report}");
        assert_eq!(report["complete"], false);
    }
}

#[test]
fn reports_say_what_to_do() {
    let model = model();
    let flags = ["--deploy-key-can-push", "--broad-scopes", "--violations-only"];
    let args = [&["--whole-instance"], &flags[..]].concat();
    let run = inventory(&model, 1, &args);
    run.assert_code(1);
    assert!(run.stdout.contains("  ! deploy-key-can-push: it can push\n    take the write"));
    let run = inventory(&model, 2, &["--user", "--broad-scopes"]);
    let evidence = "it has the scope api; it reaches 2 groups and 2 projects";
    assert_eq!(run.stdout.matches(evidence).count(), 1, "{}", run.stdout);
    let run = inventory(&model, 1, &[&args[..], &["--format", "csv"]].concat());
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].ends_with(",violations,leaks"), "{lines:?}");
    let is_broken = |line: &&str| line.contains("broad-scopes") || line.contains("can-push");
    assert!(lines[1..].iter().all(is_broken), "only violations");
}

#[test]
fn a_file_holds_policies() {
    let model = model();
    let dir = Dir::new();
    dir.file("policy.toml", "deploy_key_can_push = true\nallow_ips = [\"198.51.100.4\"]\n");
    let run = |file: &str| {
        let args = [
            "token",
            "inventory",
            "--whole-instance",
            "--instance",
            model.url(),
            "--token-env",
            ADMIN,
            "--format",
            "json",
            "--policy",
            file,
        ];
        let own = secret(&model, Kind::AccessToken, 1);
        Run::of(dir.command(&args).env(ADMIN, own).output().unwrap())
    };
    let report = run("policy.toml").assert_code(1).json();
    assert_eq!(broken(&report), ["deploy_key 1", "personal_access_token 2"]);
    dir.file("wrong.toml", "no_expiry = true\nno_such_policy = 1\n");
    let wrong = run("wrong.toml");
    assert!(wrong.assert_code(2).stderr.contains("line 2"), "{wrong:?}");
    run("missing.toml").assert_code(2);
}
