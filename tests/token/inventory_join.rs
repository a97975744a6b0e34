//! `token inventory --settings` and `--match`.

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use super::inventory::inventory;
use super::{ADMIN, model, secret};
use crate::support::command::{Dir, Run};

fn setting<'r>(report: &'r Value, place: &str, name: &str) -> &'r Value {
    let rows = report["settings"].as_array().unwrap();
    let found = rows.iter().find(|row| row["where"] == place && row["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}: {report}"))
}

#[test]
fn settings_are_held_against_the_advice() {
    let model = model();
    let run = inventory(&model, 1, &["--whole-instance", "--settings", "--format", "json"]);
    let report = run.assert_code(1).json();
    let worth = |name: &str| setting(&report, "instance", name)["worth"].clone();
    assert_eq!(worth("require_personal_access_token_expiry"), "good");
    assert_eq!(worth("max_personal_access_token_lifetime"), "good");
    assert_eq!(worth("max_ssh_key_lifetime"), "weak");
    assert_eq!(worth("enforce_granular_tokens"), "weak");
    assert_eq!(worth("allow_runner_registration_token"), "good");
    assert_eq!(worth("disable_personal_access_tokens"), "told");
    assert_eq!(report["complete"], true);
    let mut fixture = Fixture::example();
    fixture.instance.require_personal_access_token_expiry = false;
    fixture.groups[0].ip_restriction_ranges = Some("192.0.2.0/24".into());
    let model = Model::start(fixture, Profile::R19_6, Tier::Ultimate).unwrap();
    let run = inventory(&model, 1, &["--group", "acme", "--settings", "--format", "json"]);
    let report = run.json();
    let expiry = setting(&report, "instance", "require_personal_access_token_expiry");
    assert_eq!((&expiry["value"], &expiry["worth"]), (&false.into(), &"weak".into()));
    assert_eq!(setting(&report, "acme", "ip_restriction_ranges")["worth"], "good");
    let enforced = setting(&report, "acme", "service_access_tokens_expiration_enforced");
    assert_eq!(enforced["worth"], "weak");
}

#[test]
fn settings_that_are_not_seen_are_said() {
    let model = model();
    let run = inventory(&model, 2, &["--group", "acme", "--settings", "--format", "json"]);
    let report = run.json();
    let gap = &report["gaps"][0];
    assert_eq!(gap["call"], "GET /application/settings");
    assert!(gap["reason"].as_str().unwrap().starts_with("403: not shown to this caller"));
    assert_eq!(report["complete"], false);
    let free = Model::start(Fixture::example(), Profile::R16_11, Tier::Free).unwrap();
    let run = inventory(&free, 1, &["--whole-instance", "--settings"]);
    assert!(run.stdout.contains("not in this release or tier: max_personal_access"), "{run:?}");
    assert!(run.stdout.contains("?     instance: max_ssh_key_lifetime = not seen"), "{run:?}");
}

/// Runs `token verify` on leaks, and matches its report.
fn matched(model: &Model, leaks: &str) -> Run {
    let dir = Dir::new();
    dir.file("leaks.txt", leaks);
    let own = secret(model, Kind::AccessToken, 1);
    let run = |args: &[&str]| {
        let ask = ["--instance", model.url(), "--token-env", ADMIN, "--format", "json"];
        let all = [args, &ask].concat();
        Run::of(dir.command(&all).env(ADMIN, &own).output().unwrap())
    };
    let verified = run(&["token", "verify", "leaks.txt", "--admin"]);
    dir.file("verified.json", &verified.stdout);
    run(&["token", "inventory", "--whole-instance", "--match", "verified.json"])
}

#[test]
fn leaks_lead_to_their_entries() {
    let model = model();
    let unknown = ["glp", "at-6K5h83AacUCCGxzdUCuD"].concat();
    let leaks = [
        secret(&model, Kind::AccessToken, 30),
        secret(&model, Kind::DeployToken, 1),
        secret(&model, Kind::AccessToken, 6),
        unknown,
    ];
    let run = matched(&model, &leaks.join("\n"));
    let report = run.assert_code(1).json();
    let rows = report["entries"].as_array().unwrap();
    let ids: Vec<String> =
        rows.iter().map(|row| format!("{} {}", row["kind"].as_str().unwrap(), row["id"])).collect();
    assert_eq!(ids, ["project_access_token 30", "deploy_token 1", "personal_access_token 6"]);
    for (row, place) in rows.iter().zip(["leaks.txt:1", "leaks.txt:2", "leaks.txt:3"]) {
        assert_eq!(row["leaks"][0]["certainty"], "sure");
        assert_eq!(row["leaks"][0]["place"], place);
    }
    assert_eq!(report["unmatched"], serde_json::json!(["leaks.txt:4"]));
    // What is revoked needs nobody.
    matched(&model, &leaks[2]).assert_code(0);
}

#[test]
fn what_is_no_report_is_refused() {
    let model = model();
    inventory(&model, 1, &["--whole-instance", "--match", "missing.json"]).assert_code(2);
    let dir = Dir::new();
    let file = dir.file("text.txt", "no report");
    inventory(&model, 1, &["--whole-instance", "--match", file.to_str().unwrap()]).assert_code(2);
    assert_eq!(model.requests().len(), 0);
}

#[test]
fn audit_events_tell_who_made_a_token() {
    let model = model();
    for (token, scope) in [(1, &["--whole-instance"][..]), (2, &["--group", "acme"])] {
        let args = [scope, &["--audit", "--format", "json"]].concat();
        let report = inventory(&model, token, &args).assert_code(0).json();
        let rows = report["entries"].as_array().unwrap();
        let made = |id: u64| {
            let is_it = |row: &&Value| {
                row["id"] == id && row["kind"].as_str().unwrap().ends_with("access_token")
            };
            rows.iter().find(is_it).unwrap()["made_by"].clone()
        };
        assert_eq!(
            (&made(30)["author"], &made(30)["author_id"]),
            (&"Anna Owner".into(), &2.into())
        );
        assert_eq!(made(32)["address"], "198.51.100.4");
        assert_eq!(made(31), Value::Null, "nobody knows");
    }
    let text = inventory(&model, 1, &["--user", "anna", "--audit"]);
    assert!(text.stdout.contains("  made by Anna Owner from 198.51.100.4"), "{}", text.stdout);
    let free = Model::start(Fixture::example(), Profile::R19_6, Tier::Free).unwrap();
    let args = ["--group", "acme", "--audit", "--kind", "deploy_token", "--format", "json"];
    let report = inventory(&free, 2, &args).assert_code(3).json();
    assert_eq!(report["gaps"][0]["call"], "GET /groups/:id/audit_events");
}
