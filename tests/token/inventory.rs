//! `token inventory` against the model's own dump: nothing lost, nothing twice.

use std::collections::BTreeSet;

use gitlab_model::{Fault, Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use super::{ADMIN, model, secret};
use crate::support::command::{Dir, Run};

/// Runs `token inventory` with the secret of an access token in the environment.
pub(super) fn inventory(model: &Model, token: u64, args: &[&str]) -> Run {
    let dir = Dir::new();
    let mut all = vec!["token", "inventory", "--instance", model.url(), "--token-env", ADMIN];
    all.extend(args);
    let own = secret(model, Kind::AccessToken, token);
    Run::of(dir.command(&all).env(ADMIN, own).output().unwrap())
}

/// Kinds and ids of a report, with the path of keys that several projects have.
fn listed(report: &Value) -> Vec<(String, u64, String)> {
    let entry = |entry: &Value| {
        let kind = entry["kind"].as_str().unwrap().to_owned();
        let path = match kind.as_str() {
            "deploy_key" => entry["where"]["path"].as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        (kind, entry["id"].as_u64().unwrap(), path)
    };
    let mut rows: Vec<_> = report["entries"].as_array().unwrap().iter().map(entry).collect();
    rows.sort();
    rows
}

/// What the model knows, in the same form. Agents' revoked tokens are in no list.
fn known(state: &Value) -> Vec<(String, u64, String)> {
    let mut rows = Vec::new();
    let mut add = |table: &str, kind: &dyn Fn(&Value) -> Option<String>| {
        for row in state[table].as_array().unwrap() {
            if let Some(kind) = kind(row) {
                rows.push((kind, row["id"].as_u64().unwrap(), String::new()));
            }
        }
    };
    add("access_tokens", &|row| {
        Some(match row["kind"].as_str().unwrap() {
            "personal" => "personal_access_token".into(),
            "impersonation" => "impersonation_token".into(),
            "service_account" => "service_account_token".into(),
            place => format!("{place}_access_token"),
        })
    });
    for (table, kind) in [
        ("deploy_tokens", "deploy_token"),
        ("triggers", "pipeline_trigger_token"),
        ("runners", "runner"),
        ("controller_tokens", "runner_controller_token"),
        ("ssh_keys", "ssh_key"),
        ("gpg_keys", "gpg_key"),
        ("applications", "oauth_application"),
        ("hooks", "webhook"),
    ] {
        add(table, &|_| Some(kind.to_owned()));
    }
    add("agent_tokens", &|row| {
        (row["revoked"] == false).then(|| "kubernetes_agent_token".to_owned())
    });
    for key in state["deploy_keys"].as_array().unwrap() {
        for project in key["projects"].as_array().unwrap() {
            let path = match project.as_u64().unwrap() {
                1 => "acme/shop",
                2 => "acme/web/site",
                _ => "mike/notes",
            };
            rows.push(("deploy_key".into(), key["id"].as_u64().unwrap(), path.into()));
        }
    }
    rows.sort();
    rows
}

fn reasons(report: &Value) -> Vec<String> {
    let gap = |gap: &Value| format!("{}: {}", gap["call"], gap["reason"]).replace('"', "");
    report["gaps"].as_array().unwrap().iter().map(gap).collect()
}

#[test]
fn the_instance_is_listed_as_the_model_knows_it() {
    let mut fixture = Fixture::example();
    fixture.deploy_keys[0].projects = vec![1, 2];
    let model = Model::start(fixture, Profile::R19_6, Tier::Ultimate).unwrap();
    let run = inventory(&model, 1, &["--whole-instance", "--format", "json"]);
    let report = run.assert_code(0).json();
    assert_eq!(listed(&report), known(&model.state()));
    assert_eq!((&report["complete"], &report["gaps"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(report["release"], "19.6.0-ee");
    assert_eq!(model.violations(), Vec::<String>::new());
    for (_, secret) in model_secrets(&model) {
        assert!(!run.stdout.contains(&secret), "a secret in the report");
    }
    assert!(model.requests().iter().all(|request| request.method == "GET"));
}

fn model_secrets(model: &Model) -> Vec<(u64, String)> {
    let of = |kind: Kind| (1..60).filter_map(move |id| Some((id, model.secret(kind, id)?)));
    of(Kind::AccessToken).chain(of(Kind::Trigger)).chain(of(Kind::Runner)).collect()
}

fn entry<'r>(report: &'r Value, kind: &str, id: u64) -> &'r Value {
    let is_it = |entry: &&Value| entry["kind"] == kind && entry["id"] == id;
    let found = report["entries"].as_array().unwrap().iter().find(is_it);
    found.unwrap_or_else(|| panic!("no {kind} {id}: {report}"))
}

#[test]
fn columns_tell_whose_and_what() {
    let model = model();
    let report = inventory(&model, 1, &["--whole-instance", "--format", "json"]).json();
    let owner = entry(&report, "personal_access_token", 2);
    assert_eq!(owner["owner"]["username"], "anna");
    assert_eq!(owner["owner"]["type"], "person");
    assert_eq!(owner["scopes"], serde_json::json!(["api"]));
    assert_eq!(owner["last_used_ips"].as_array().unwrap().len(), 2);
    let blocked = entry(&report, "personal_access_token", 9);
    assert_eq!(blocked["owner"]["state"], "blocked");
    let ci = entry(&report, "project_access_token", 30);
    assert_eq!((&ci["role"], &ci["where"]["path"]), (&40.into(), &"acme/shop".into()));
    assert_eq!(ci["owner"]["type"], "bot");
    let dead = entry(&report, "project_access_token", 31);
    assert_eq!((&dead["state"], &dead["deleted_in_days"]), (&"expired".into(), &27.into()));
    let granular = entry(&report, "personal_access_token", 14);
    assert_eq!(granular["permissions"][0], "read_project on project 1");
    let service = entry(&report, "service_account_token", 33);
    assert_eq!(service["owner"]["type"], "service_account");
    assert_eq!(entry(&report, "impersonation_token", 17)["owner"]["username"], "eve");
    assert_eq!(entry(&report, "deploy_key", 1)["can_push"], true);
    assert!(entry(&report, "ssh_key", 2)["fingerprint"].as_str().unwrap().starts_with("SHA256:"));
    let hook = entry(&report, "webhook", 1);
    assert_eq!((&hook["has_token"], &hook["expiry_events"]), (&true.into(), &true.into()));
    assert_eq!(hook["early_expiry_events"], false);
    assert_eq!(entry(&report, "webhook", 3)["has_signing_token"], true);
    assert_eq!(entry(&report, "runner", 3)["state"], "off");
    assert!(!entry(&report, "runner", 1)["last_used_at"].is_null());
    assert!(!entry(&report, "kubernetes_agent_token", 1)["last_used_at"].is_null());
}

#[test]
fn a_group_is_listed_with_all_below_it() {
    let model = model();
    let run = inventory(&model, 2, &["--group", "acme", "--format", "json"]);
    let report = run.json();
    let ids = |kind: &str| -> BTreeSet<u64> {
        let rows = listed(&report);
        rows.into_iter().filter(|row| row.0 == kind).map(|row| row.1).collect()
    };
    assert_eq!(ids("project_access_token"), BTreeSet::from([30, 31]));
    assert_eq!(ids("group_access_token"), BTreeSet::from([32]));
    assert_eq!(ids("service_account_token"), BTreeSet::from([33]));
    assert_eq!(ids("deploy_token"), BTreeSet::from([1, 2, 3, 4]));
    assert_eq!(ids("runner"), BTreeSet::from([2, 3, 4, 5]));
    assert_eq!(ids("ssh_key"), BTreeSet::from([2, 3]), "of members");
    assert_eq!(ids("webhook"), BTreeSet::from([1, 2]));
    run.assert_code(0);
    assert!(run.stdout.contains("personal and impersonation tokens of members"));
    let one = inventory(&model, 19, &["--project", "acme/shop", "--format", "json"]);
    let report = one.assert_code(0).json();
    assert_eq!(entry(&report, "project_access_token", 30)["name"], "ci");
    let moved = inventory(&model, 19, &["--project", "acme/old-shop", "--format", "json"]);
    assert_eq!(listed(&moved.json()), listed(&report));
}

#[test]
fn gitlab_com_lists_a_top_level_group_at_once() {
    let mut fixture = Fixture::example();
    fixture.instance.gitlab_com = true;
    let model = Model::start(fixture, Profile::R19_6, Tier::Premium).unwrap();
    let report = inventory(&model, 2, &["--group", "acme", "--format", "json"]).json();
    assert_eq!(entry(&report, "personal_access_token", 18)["owner"]["username"], "eve");
    let ci = entry(&report, "project_access_token", 30);
    assert_eq!(ci["where"]["path"], "acme/shop");
    let walked = |request: &gitlab_model::Logged| request.path.ends_with("1/access_tokens");
    assert!(!model.requests().iter().any(walked), "places are not asked one by one");
    let rows = listed(&report);
    assert_eq!(rows.iter().collect::<BTreeSet<_>>().len(), rows.len());
}

#[test]
fn a_broken_inventory_is_walked_around() {
    let mut fixture = Fixture::example();
    fixture.instance.gitlab_com = true;
    let model = Model::start(fixture, Profile::R19_6, Tier::Premium).unwrap();
    model.fault("500-json@GET:/manage/resource_access_tokens".parse().unwrap());
    let run = inventory(&model, 2, &["--group", "acme", "--format", "json"]);
    let report = run.assert_code(0).json();
    assert_eq!(entry(&report, "group_access_token", 32)["role"], 50);
}

#[test]
fn a_user_lists_ones_own() {
    let model = model();
    let run = inventory(&model, 2, &["--user", "--format", "json"]);
    let report = run.assert_code(3).json();
    assert!(reasons(&report)[0].contains("impersonation_tokens: 403"), "{report}");
    assert_eq!(entry(&report, "personal_access_token", 8)["expires_at"], Value::Null);
    let args = ["--user", "--format", "json", "--skip-kind", "impersonation_token"];
    inventory(&model, 2, &args).assert_code(0);
    let others = inventory(&model, 1, &["--user", "eve", "--format", "json"]);
    let report = others.assert_code(0).json();
    let kinds: Vec<String> = listed(&report).into_iter().map(|row| row.0).collect();
    assert_eq!(kinds, ["impersonation_token", "personal_access_token", "ssh_key"]);
    inventory(&model, 1, &["--user", "nobody", "--format", "json"]).assert_code(3);
    // Other people's tokens are not shown to each other.
    let denied = inventory(&model, 2, &["--user", "mike", "--format", "json"]);
    assert!(reasons(&denied.assert_code(3).json()).iter().any(|gap| gap.contains("401")));
}

#[test]
fn what_a_release_or_tier_lacks_is_named() {
    for (profile, tier) in [
        (Profile::R16_11, Tier::Free),
        (Profile::R17_11, Tier::Premium),
        (Profile::R18_4, Tier::Ultimate),
    ] {
        let model = Model::start(Fixture::example(), profile, tier).unwrap();
        let run = inventory(&model, 1, &["--whole-instance", "--format", "json"]);
        let report = run.assert_code(3).json();
        let gaps = reasons(&report).join("\n");
        let missing = "GET /runner_controllers: this release has no such endpoint";
        assert!(gaps.contains(missing), "{gaps}");
        let hooks = "GET /groups/:id/hooks: 403";
        assert_eq!(gaps.contains(hooks), tier == Tier::Free, "{gaps}");
        let lists = listed(&report);
        for row in known(&model.state()) {
            let is_offered = row.0 != "runner_controller_token"
                && (row.0 != "webhook" || row.1 != 2 || tier != Tier::Free);
            assert_eq!(lists.contains(&row), is_offered, "{profile:?}: {row:?}");
        }
        let args = ["--whole-instance", "--kind", "deploy_token,gpg_key", "--format", "json"];
        inventory(&model, 1, &args).assert_code(0);
    }
}

#[test]
fn one_refusal_ends_nothing_and_a_stranger_gets_nothing() {
    let model = model();
    model.fault("403-json@GET:/projects/1/deploy_tokens".parse::<Fault>().unwrap());
    let run = inventory(&model, 1, &["--whole-instance", "--format", "json"]);
    let report = run.assert_code(3).json();
    let call = "GET /projects/:id/deploy_tokens: 403: not for this caller, or not in this tier";
    assert_eq!(reasons(&report), [call]);
    assert_eq!(report["gaps"][0]["places"], serde_json::json!(["acme/shop"]));
    entry(&report, "deploy_token", 2);
    model.clear_faults();
    let stranger = inventory(&model, 16, &["--group", "acme", "--format", "json"]);
    let report = stranger.assert_code(3).json();
    assert_eq!(listed(&report), []);
    assert!(reasons(&report)[0].contains("GET /groups/:id"), "{report}");
}

#[test]
fn filters_choose_and_formats_agree() {
    let model = model();
    let count = |args: &[&str]| {
        let all = [&["--whole-instance", "--format", "jsonl", "--quiet"], args].concat();
        let run = inventory(&model, 1, &all);
        run.stdout.lines().filter(|line| line.starts_with(r#"{"type":"entry""#)).count()
    };
    let state = model.state();
    let rows = known(&state).len();
    assert_eq!(count(&[]), rows);
    assert_eq!(count(&["--state", "revoked"]), 3);
    assert_eq!(count(&["--owner", "eve"]), 3);
    assert_eq!(count(&["--owner-type", "service-account"]), 2);
    assert_eq!(count(&["--inactive-owner-only", "--kind", "personal_access_token"]), 2);
    assert_eq!(count(&["--scope", "read_registry"]), 3);
    assert_eq!(count(&["--min-role", "50"]), 1);
    assert_eq!(count(&["--below", "acme/web"]), 1);
    assert_eq!(count(&["--name", "REVOKED"]), 3);
    assert_eq!(count(&["--used-from", "198.51.100.0/24"]), 1);
    assert_eq!(count(&["--deleted-within", "30"]), 1);
    assert_eq!(count(&["--kind", "ssh_key", "--never-used"]), 1);
    assert_eq!(count(&["--kind", "personal_access_token", "--never-expires"]), 1);
    let (past, future) = (["--created-before", "2020-01-01"], ["--expires-after", "2099-01-01"]);
    assert_eq!((count(&past), count(&future)), (0, 0));
    assert_eq!(count(&["--created-after", "2020-01-01", "--kind", "gpg_key"]), 1);
    let csv = inventory(&model, 1, &["--whole-instance", "--format", "csv"]);
    assert_eq!(csv.stdout.lines().count(), rows + 1);
    assert!(csv.stderr.contains("No API lists"), "{}", csv.stderr);
    let text = inventory(&model, 1, &["--whole-instance"]);
    assert!(text.stdout.lines().all(|line| line.chars().count() <= 160), "{}", text.stdout);
    assert!(text.stdout.contains("impersonation_token"), "{}", text.stdout);
}

#[test]
fn nothing_is_sent_by_a_dry_run_and_little_is_taken_for_granted() {
    let model = model();
    let run = inventory(&model, 1, &["--group", "acme", "--dry-run"]);
    assert!(run.assert_code(0).stderr.contains("lists group acme at http://127.0.0.1"));
    assert_eq!(model.requests().len(), 0);
    inventory(&model, 1, &[]).assert_code(2);
    inventory(&model, 1, &["--group", "a", "--project", "b"]).assert_code(2);
    inventory(&model, 1, &["--whole-instance", "--kind", "password"]).assert_code(2);
    let dir = Dir::new();
    let args = ["token", "inventory", "--user", "--instance", model.url()];
    assert!(dir.run(&args).assert_code(2).stderr.contains("--token-file"));
}
