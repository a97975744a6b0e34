//! `token service-account`: accounts, their memberships and their tokens, from the first to the
//! last day.

use gitlab_model::{Fault, Fixture, Model, Options, Profile, Tier};
use serde_json::{Value, json};

use super::rig::{Rig, words};
use crate::support::command::{Dir, Run};

fn run(rig: &Rig, verb: &str, args: &[&str]) -> Run {
    let mut all = vec!["token", "service-account", verb, "--instance", rig.model.url()];
    all.extend(["--format", "json", "--token-file", "me"]);
    all.extend(args);
    rig.dir.run(&all)
}

fn account(run: &Run) -> Value {
    run.json()["accounts"][0].clone()
}

const NAMED: [&str; 4] = ["--name", "nightly report", "--username", "nightly"];

/// Places, and whose credential manages accounts there.
const PLACES: [(&[&str], u64); 3] =
    [(&["--group", "acme"], 2), (&["--project", "acme/shop"], 19), (&[], 1)];

#[test]
fn an_account_with_one_token_in_each_place() {
    for (place, caller) in PLACES {
        let rig = Rig::new();
        rig.credential("me", caller);
        let args = [place, &NAMED, &["--member", "acme/shop=20"]].concat();
        let dry = run(&rig, "create", &args);
        assert_eq!(account(dry.assert_code(0))["state"], "planned");
        assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
        let made = account(run(&rig, "create", &[&args[..], &["--yes"]].concat()).assert_code(0));
        assert_eq!((&made["state"], &made["reason"]), (&json!("done"), &Value::Null));
        let id = made["id"].as_u64().unwrap();
        assert_eq!(rig.row("users", id)["username"], "nightly");
        let member = json!({"user_id": id, "project_id": 1, "access_level": 20});
        let rows = rig.model.state()["members"].as_array().unwrap().clone();
        let is_it = |row: &Value| {
            ["user_id", "project_id", "access_level"].iter().all(|key| row[*key] == member[*key])
        };
        assert!(rows.iter().any(is_it), "{rows:?}");
        // Its name says that it is there: nothing is made twice.
        let again = account(run(&rig, "create", &[&args[..], &["--yes"]].concat()).assert_code(0));
        assert_eq!((&again["id"], &again["reason"]), (&json!(id), &json!("it was there")));
        assert_eq!(rig.count("POST", "/service_accounts"), 1);
        assert_eq!(rig.count("POST", "/members"), 1);
        // The command that the report names gives it a token.
        let next = made["next"].as_str().unwrap();
        assert!(next.contains("service-account token --account nightly"), "{next}");
        let words: Vec<String> = words(next);
        let mut words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        words.push("--yes");
        rig.dir.run(&words).assert_code(0);
        let owner = rig.model.owner(&rig.text("new-token")).unwrap();
        let token = rig.row("access_tokens", owner.1);
        assert_eq!((&token["user_id"], &token["scopes"]), (&json!(id), &json!(["read_api"])));
        assert!(token["expires_at"].is_string(), "no token without an end");
        let listed = run(&rig, "list", place);
        let row = listed.assert_code(0).json();
        let rows = row["accounts"].as_array().unwrap();
        let own = rows.iter().find(|row| row["id"] == id).unwrap();
        assert_eq!(own["tokens"].as_array().unwrap().len(), 1);
        assert_eq!(own["advice"], json!([]), "{own}");
        assert!(!listed.stdout.contains(&rig.text("new-token")));
        let id = owner.1.to_string();
        let rotate = [place, &["--id", &id, "--secret-file", "second", "--in-use", "--yes"]];
        run(&rig, "rotate", &rotate.concat()).assert_code(0);
        rig.assert_saved(owner.1, "second");
        assert!(rig.model.violations().is_empty(), "{:?}", rig.model.violations());
    }
}

#[test]
fn the_advice_of_the_guide_is_built_in() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let token = ["--group", "1", "--account", "service_account_group_1_a", "--name", "x"];
    let token = [&token[..], &["--secret-file", "new", "--yes"]].concat();
    for scope in ["api", "sudo", "read_api,api"] {
        let refused = run(&rig, "token", &[&token[..], &["--scopes", scope]].concat());
        assert!(refused.assert_code(2).stderr.contains("--broad-scopes"), "{refused:?}");
    }
    run(&rig, "token", &token).assert_code(2);
    run(&rig, "token", &[&token[..], &["--scopes", "read_api", "--days", "500"]].concat())
        .assert_code(2);
    assert_eq!(rig.count("POST", "/personal_access_tokens"), 0);
    let allowed = [&token[..], &["--scopes", "api", "--broad-scopes", "--days", "30"]].concat();
    run(&rig, "token", &allowed).assert_code(0);
    // One token a use: the same name makes no second one.
    let again = run(&rig, "token", &allowed).assert_code(0).json();
    assert_eq!(again["creations"][0]["reason"], "an earlier run made it");
    assert_eq!(rig.count("POST", "/personal_access_tokens"), 1);
    let listed = run(&rig, "list", &["--group", "1"]).assert_code(0).json();
    let advice = listed["accounts"][0]["advice"].to_string();
    for part in ["has the scope api", "33 never expires", "33 was never used in 30 days"] {
        assert!(advice.contains(part), "{part}: {advice}");
    }
}

#[test]
fn lost_answers_and_missing_memberships_are_healed_by_the_same_command() {
    for (fault, made) in [("cut-before", 0), ("cut-after", 1), ("502-after", 1), ("half-body", 1)] {
        let rig = Rig::new();
        rig.credential("me", 2);
        let args = [&["--group", "acme"][..], &NAMED, &["--member", "acme/shop=30", "--yes"]];
        let args = args.concat();
        rig.model.fault(Fault::named(fault).on("POST", "/service_accounts").times(1));
        rig.model.fault(Fault::named(fault).on("POST", "/members").times(1));
        assert_eq!(account(run(&rig, "create", &args).assert_code(1))["state"], "not_started");
        let there = rig.model.state()["users"].to_string().matches("\"nightly\"").count();
        assert_eq!(there, made, "{fault}");
        let second = account(run(&rig, "create", &args).assert_code(1));
        assert!(second["reason"].as_str().unwrap().contains("is no member of acme/shop"));
        let last = account(run(&rig, "create", &args).assert_code(0));
        assert_eq!(last["state"], "done");
        let accounts = rig.model.state()["users"].to_string().matches("\"nightly\"").count();
        assert_eq!(accounts, 1, "{fault}");
    }
}

/// A release that does not list the tokens of accounts says so.
#[test]
fn what_is_not_shown_is_no_empty_list() {
    let options = Options { profile: Profile::R16_11, tier: Tier::Premium, ..Options::default() };
    let model = Model::start_with(Fixture::example(), options).unwrap();
    let rig = Rig { model, dir: Dir::new() };
    rig.credential("me", 2);
    run(&rig, "list", &["--group", "1"]).assert_code(2);
    let rig = Rig::new();
    rig.credential("me", 2);
    rig.model.fault(Fault::named("403-html").on("GET", "/22/personal_access_tokens").times(9));
    let list = run(&rig, "list", &["--group", "1"]);
    let report = list.assert_code(3).json();
    assert!(report["accounts"][0]["not_shown"].as_str().unwrap().contains("403"), "{report}");
    assert_eq!(report["complete"], false);
    let text = rig.dir.run(&[
        "token",
        "service-account",
        "list",
        "--group",
        "1",
        "--instance",
        rig.model.url(),
        "--token-file",
        "me",
    ]);
    assert!(text.stdout.contains("its tokens are not shown"), "{text:?}");
}
