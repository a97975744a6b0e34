//! `token migrate`: the plan, and its commands, followed in their order; tokens in CI/CD variables.

use gitlab_model::{Fixture, Kind};
use serde_json::{Value, json};

use super::rig::{Rig, words};

/// Eve's token 18 stands in a variable of a project and in one of its group.
fn rig() -> Rig {
    let secret = Rig::new().model.secret(Kind::AccessToken, 18).unwrap();
    let mut fixture = Fixture::example();
    fixture.variables[0].value.clone_from(&secret);
    fixture.variables[3].value = format!("{secret}\n");
    fixture.variables[2].value = ["glp", "at-"].concat() + "no-token-of-this-one";
    let rig = Rig::of(fixture);
    rig.credential("me", 1);
    rig
}

fn token(report: &Value, id: u64) -> Value {
    let tokens = report["tokens"].as_array().unwrap();
    tokens.iter().find(|token| token["id"] == id).unwrap_or_else(|| panic!("{report}")).clone()
}

#[test]
fn the_commands_of_a_plan_lead_from_a_person_to_a_service_account() {
    let rig = rig();
    let old = rig.model.secret(Kind::AccessToken, 18).unwrap();
    let used = rig.row("access_tokens", 18)["last_used_at"].clone();
    let run = rig.run("migrate", &["--user", "eve", "--group", "acme"]);
    let report = run.assert_code(0).json();
    assert_eq!(report["complete"], true, "{report}");
    assert!(!run.stdout.contains(&old) && !run.stderr.contains(&old), "a secret is shown");
    let planned = token(&report, 18);
    let signs = json!([
        "the CI/CD variable GROUP_TOKEN (*) of acme",
        "the CI/CD variable DEPLOY_TOKEN (*) of acme/shop",
    ]);
    assert_eq!(planned["signs"], signs);
    let is_post = |method: &str, path: &str| method == "POST" && path == "/api/v4/admin/token";
    let requests = rig.model.requests();
    let changes = requests.iter().filter(|it| it.method != "GET" && !is_post(&it.method, &it.path));
    assert_eq!(changes.count(), 0, "a plan changes nothing");
    assert_eq!(rig.row("access_tokens", 18)["last_used_at"], used, "an administrator looks it up");
    let commands = planned["commands"].as_array().unwrap();
    assert_eq!(commands.len(), 5);
    for (line, code) in commands.iter().zip([0, 0, 1, 0, 0]) {
        let words = words(line.as_str().unwrap());
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        let run = rig.dir.run(&words);
        // A token that lives is what `verify` ends with 1 for.
        assert_eq!(run.code, Some(code), "{line}: {run:?}");
    }
    let new = rig.text("sa-enterprise-user-s-18.token");
    let (kind, id) = rig.model.owner(&new).unwrap();
    assert_eq!(kind, Kind::AccessToken);
    let row = rig.row("access_tokens", id);
    assert_eq!((&row["kind"], &row["scopes"]), (&json!("service_account"), &json!(["api"])));
    for path in ["/projects/1/variables/DEPLOY_TOKEN", "/groups/1/variables/GROUP_TOKEN"] {
        assert!(rig.get(1, path).contains(&format!("\"value\":\"{new}\"")), "{path}");
    }
    assert_eq!(rig.row("access_tokens", 18)["revoked"], true);
    let members = rig.model.state()["members"].to_string();
    assert!(members.contains(&format!("\"user_id\":{}", row["user_id"])), "{members}");
}

#[test]
fn what_no_machine_uses_is_left_alone() {
    let rig = rig();
    let args = ["--user", "anna", "--group", "acme"];
    let report = rig.run("migrate", &args).assert_code(0).json();
    let owner = token(&report, 2);
    assert_eq!(owner["commands"], json!([]));
    assert!(owner["notes"].to_string().contains("nothing shows that machines use it"));
    let by_address = [&args[..], &["--automation-cidr", "198.51.100.4/32"]].concat();
    let report = rig.run("migrate", &by_address).assert_code(0).json();
    let owner = token(&report, 2);
    assert_eq!(owner["signs"], json!(["used from 198.51.100.4"]));
    assert!(owner["notes"].to_string().contains("add --member PLACE=LEVEL"), "{owner}");
    let all = rig.run("migrate", &[&args[..], &["--all"]].concat()).assert_code(0).json();
    assert_eq!(token(&all, 14)["commands"], json!([]), "fine-grained: no scopes to take over");
    let tokens = all["tokens"].as_array().unwrap();
    assert!(tokens.iter().all(|token| token["id"] != 5 && token["id"] != 6), "dead ones are gone");
}

#[test]
fn a_plan_is_a_script() {
    let rig = rig();
    let url = rig.model.url().to_owned();
    let args = ["token", "migrate", "--user", "eve", "--group", "acme", "--instance", &url];
    let run = rig.dir.run(&[&args[..], &["--token-file", "me"]].concat());
    let lines: Vec<&str> =
        run.assert_code(0).stdout.lines().filter(|line| !line.is_empty()).collect();
    let is_script = |line: &&str| line.starts_with('#') || line.starts_with("tokensieve token ");
    assert!(lines.iter().all(is_script), "{}", run.stdout);
    assert_eq!(lines.iter().filter(|line| line.starts_with("tokensieve")).count(), 5);
}

#[test]
fn what_cannot_be_read_is_told() {
    let rig = rig();
    rig.credential("me", 19);
    let report = rig.run("migrate", &["--group", "acme"]).assert_code(3).json();
    assert!(report["gaps"].to_string().contains("GET /groups/:id"), "{report}");
    let own = rig.run("migrate", &["--project", "acme/shop"]).assert_code(0).json();
    assert!(token(&own, 19)["notes"].to_string().contains("it reaches"), "{own}");
    // Without an administrator each token is asked about itself.
    let asked = rig.model.requests().into_iter().filter(|it| it.path.ends_with("/admin/token"));
    assert!(asked.count() >= 1);
    let without = rig.run("migrate", &["--group", "acme", "--no-variables"]);
    assert!(without.code == Some(0), "{without:?}");
}

#[test]
fn a_person_s_token_in_a_variable_does_not_meet_the_policy() {
    let rig = rig();
    let old = rig.model.secret(Kind::AccessToken, 18).unwrap();
    let args = ["--whole-instance", "--automation-variables", "--violations-only"];
    let run = rig.run("inventory", &args);
    let report = run.assert_code(1).json();
    let entries = report["entries"].as_array().unwrap();
    let [entry] = entries.as_slice() else { panic!("{report}") };
    assert_eq!(entry["id"], 18);
    let violation = entry["violations"][0].clone();
    assert_eq!(violation["policy"], "person-in-automation");
    let message = violation["message"].as_str().unwrap();
    assert!(message.contains("DEPLOY_TOKEN (*) of acme/shop"), "{message}");
    assert!(!run.stdout.contains(&old) && !run.stderr.contains(&old), "a secret is shown");
    // Of a project's or service account's token it is what variables are for.
    let mut fixture = Fixture::example();
    fixture.variables[0].value = Rig::new().model.secret(Kind::AccessToken, 30).unwrap();
    let clean = Rig::of(fixture);
    clean.credential("me", 1);
    let run = clean.run("inventory", &args);
    assert_eq!(run.json()["entries"], json!([]), "{run:?}");
    let of_user = ["--user", "eve", "--automation-variables"];
    let run = clean.run("inventory", &of_user);
    assert!(run.assert_code(3).stdout.contains("a project, a group or the instance"), "{run:?}");
}
