//! `token watch` against the model: which notices it makes, in which form, and each once.

use std::process::Stdio;

use gitlab_model::Fixture;
use gitlab_model::records::UserState;
use serde_json::Value;

use super::rig::Rig;
use crate::support::command::Run;

const ALL: &[&str] = &["--whole-instance", "--state", "state.jsonl"];

pub(super) fn rig(fixture: Fixture) -> Rig {
    let rig = Rig::of(fixture);
    rig.credential("me", 1);
    rig
}

fn watch(rig: &Rig, more: &[&str]) -> Run {
    rig.run("watch", &[ALL, more].concat())
}

/// `expiring 30: project_access_token 30`.
pub(super) fn brief(notice: &Value) -> String {
    let keys = ["step", "address", "replaces", "policy"];
    let more = keys.iter().find_map(|key| notice.get(*key));
    let more = more.map_or_else(String::new, |more| format!(" {more}").replace('"', ""));
    let entry = notice.get("entry").unwrap_or(&notice["object_attributes"]);
    let kind = entry["kind"].as_str().unwrap_or_default();
    let event = notice["notice"].as_str().or(notice["event_name"].as_str()).unwrap();
    format!("{event}{more}: {kind} {}", entry["id"])
}

/// The same in another format than JSON.
fn watch_as(rig: &Rig, format: &str, more: &[&str]) -> Run {
    let mut args = vec!["token", "watch", "--instance", rig.model.url(), "--token-file", "me"];
    args.extend(["--format", format]);
    rig.dir.run(&[&args[..], ALL, more].concat())
}

fn told(run: &Run) -> Vec<String> {
    run.json()["notices"].as_array().unwrap().iter().map(brief).collect()
}

#[test]
fn what_happened_since_the_last_run_is_told_once() {
    let rig = rig(Fixture::example());
    let first = watch(&rig, &["--quiet"]);
    let near = told(first.assert_code(1));
    assert!(near.iter().all(|notice| notice.starts_with("expiring ")), "{near:?}");
    for notice in [
        "expiring 30: project_access_token 30",
        "expiring 60: personal_access_token 2",
        "expiring 7: personal_access_token 3",
        "expiring 7: impersonation_token 17",
        "expiring 30: service_account_token 34",
        "expiring 30: deploy_token 2",
    ] {
        assert!(near.iter().any(|told| told == notice), "{notice}: {near:?}");
    }
    assert_eq!(told(watch(&rig, &[]).assert_code(0)), [""; 0]);

    assert!(rig.post(1, "/projects/1/access_tokens/30/rotate", "").contains("200"));
    let mut token = rig.model.access_token(2).unwrap();
    token.last_used_ips.push("203.0.113.77".to_owned());
    rig.model.put_access_token(token);
    let mut made = rig.model.access_token(4).unwrap();
    (made.id, made.name, made.expires_at) = (0, "made by whom".to_owned(), None);
    let made = rig.model.put_access_token(made);
    rig.model.remove_access_token(34);
    let eve = serde_json::json!({"id": 6, "username": "eve", "name": "Eve Enterprise"});
    let mut eve: gitlab_model::records::User = serde_json::from_value(eve).unwrap();
    eve.state = UserState::Blocked;
    rig.model.put_user(eve);
    let rotated = rig.family(30).1[0];
    let second = watch(&rig, &["--days", "60,30,7,3"]);
    let mut expected = vec![
        "disappeared: service_account_token 34".to_owned(),
        "inactive_owner: impersonation_token 17".to_owned(),
        "inactive_owner: personal_access_token 18".to_owned(),
        "inactive_owner: ssh_key 3".to_owned(),
        "new_address 203.0.113.77: personal_access_token 2".to_owned(),
        format!("new: personal_access_token {made}"),
        format!("new 30: project_access_token {rotated}"),
        // A step that was added.
        "expiring 3: impersonation_token 17".to_owned(),
        format!("expiring 7: project_access_token {rotated}"),
    ];
    let mut found = told(second.assert_code(1));
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(told(watch(&rig, &[]).assert_code(0)), [""; 0]);
    assert!(
        rig.model.requests().iter().all(|it| it.method == "GET" || it.path.ends_with("rotate"))
    );
}

#[test]
fn an_incomplete_list_says_of_no_token_that_it_disappeared() {
    let rig = rig(Fixture::example());
    watch(&rig, &[]).assert_code(1);
    rig.model.remove_access_token(32);
    rig.model.fault("500-json@GET:/groups/1/access_tokens".parse().unwrap());
    let run = watch(&rig, &[]);
    let report = run.assert_code(3).json();
    assert_eq!((&report["complete"], told(&run).len()), (&false.into(), 0), "{report}");
    rig.model.clear_faults();
    assert_eq!(told(watch(&rig, &[]).assert_code(1)), ["disappeared: group_access_token 32"]);
}

#[test]
fn notices_that_nobody_read_are_told_by_the_next_run() {
    let rig = rig(Fixture::example());
    let args = [ALL, &["--output", "/no/such/folder/report"]].concat();
    rig.run("watch", &args).assert_code(2);
    // A reader that is gone before the report comes.
    let mut command = rig.command("watch", ALL);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait().unwrap();
    assert!(!told(watch(&rig, &[]).assert_code(1)).is_empty());
    assert!(told(watch(&rig, &[]).assert_code(0)).is_empty());
}

#[test]
fn two_runs_at_once_tell_each_notice_once() {
    let rig = rig(Fixture::example());
    let start = || {
        let mut command = rig.command("watch", ALL);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let children = [start(), start(), start()];
    let runs = children.map(|child| Run::of(child.wait_with_output().unwrap()));
    let mut codes = runs.each_ref().map(|run| run.code);
    codes.sort();
    assert_eq!(codes, [Some(0), Some(0), Some(1)], "{runs:?}");
}

#[test]
fn filters_and_policies_are_those_of_the_inventory() {
    let rig = rig(Fixture::example());
    let args = ["--kind", "deploy_key,deploy_token", "--deploy-without-expiry"];
    let near = told(watch(&rig, &args).assert_code(1));
    assert_eq!(near, ["expiring 30: deploy_token 2"]);
    // The policy was not held against them at the first run, so what it finds is new.
    let broken =
        told(watch(&rig, &[&args[..], &["--deploy-key-can-push"]].concat()).assert_code(1));
    assert_eq!(broken, ["violation deploy-key-can-push: deploy_key 1"]);
    // Kinds that join later are taken into stock.
    assert!(told(&watch(&rig, &["--kind", "webhook"])).is_empty());
}

#[test]
fn wrong_uses_are_refused() {
    let rig = rig(Fixture::example());
    let wrong = |args: &[&str], part: &str| {
        let run = rig.run("watch", args);
        assert!(run.assert_code(2).stderr.contains(part), "{args:?}: {run:?}");
    };
    wrong(&["--whole-instance"], "--state is missing");
    let run = watch_as(&rig, "ical", &[]);
    assert!(run.assert_code(2).stderr.contains("tells no notices"), "{run:?}");
    wrong(&["--state", "s"], "--project");
    let to = ["--whole-instance", "--state", "s", "--webhook"];
    wrong(&[&to[..], &["http://hooks.example.com/"]].concat(), "https://");
    wrong(&["--whole-instance", "--state", "s", "--webhook-secret-file", "me"], "--webhook");
    let secret = ["--webhook-secret-file", "me"];
    wrong(&[&to[..], &["http://127.0.0.1:9/"], &secret[..]].concat(), "whsec_");
    watch(&rig, &[]);
    wrong(&["--group", "acme", "--state", "state.jsonl"], "the whole instance of http://");
    rig.dir.file("diary", "my diary\n");
    wrong(&["--whole-instance", "--state", "diary"], "line 1");
    assert_eq!(rig.text("diary"), "my diary");
}

#[test]
fn people_read_what_to_do() {
    let mut fixture = Fixture::example();
    let ci = fixture.access_tokens.iter_mut().find(|token| token.id == 30).unwrap();
    ci.name = "ci\u{1b}[2J\nnew: everything".to_owned();
    let rig = rig(fixture);
    let args = ["--kind", "project_access_token"];
    let run = watch_as(&rig, "text", &args);
    let text = &run.assert_code(1).stdout;
    let head =
        r#"expiring: project_access_token 30 "ci\u{1b}[2J\u{a}new: everything" of acme/shop"#;
    assert!(text.starts_with(head), "{text}");
    assert!(text.contains("\n  it expires in 29 days\n  rotate it before that"), "{text}");
    assert!(run.stderr.ends_with("1 notice\n"), "{}", run.stderr);
    let run = watch_as(&rig, "text", &args);
    assert!(run.assert_code(0).stdout.starts_with("No notices.\n"));
    let lines = watch_as(&rig, "jsonl", &[]).stdout;
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (end, notices) = lines.split_last().unwrap();
    assert_eq!((&end["type"], &end["complete"]), (&"coverage".into(), &true.into()));
    assert!(!notices.is_empty() && notices.iter().all(|line| line["type"] == "notice"));
}
