//! `token revoke`.

use gitlab_model::{Fault, Kind};
use serde_json::{Value, json};

use super::rig::Rig;
use crate::support::command::Run;

fn row(run: &Run) -> Value {
    run.json()["revocations"][0].clone()
}

/// Runs it with a value on standard input.
fn by_value(rig: &Rig, secret: &str, args: &[&str]) -> Run {
    let mut all = vec!["token", "revoke", "--value", "-", "--instance", rig.model.url()];
    all.extend(["--format", "json"]);
    all.extend(args);
    rig.dir.run_with_input(&all, secret.as_bytes())
}

#[test]
fn by_id_each_kind_that_can_be() {
    let rows: &[(&[&str], &str, u64)] = &[
        (&["personal_access_token", "--id", "18"], "access_tokens", 18),
        (&["impersonation_token", "--id", "17"], "access_tokens", 17),
        (&["project_access_token", "--id", "30", "--project", "1"], "access_tokens", 30),
        (&["group_access_token", "--id", "32", "--group", "1"], "access_tokens", 32),
        (&["service_account_token", "--id", "33", "--group", "1"], "access_tokens", 33),
        (&["deploy_token", "--id", "1", "--project", "1"], "deploy_tokens", 1),
        (&["pipeline_trigger_token", "--id", "1", "--project", "1"], "triggers", 1),
        (&["kubernetes_agent_token", "--id", "1", "--project", "1"], "agent_tokens", 1),
        (&["runner_controller_token", "--id", "1"], "controller_tokens", 1),
        (&["runner_authentication_token", "--id", "3", "--delete-runner"], "runners", 3),
    ];
    for (args, table, id) in rows {
        let rig = Rig::new();
        rig.credential("me", 1);
        let mut all = vec!["--kind"];
        all.extend(*args);
        let lives = |rig: &Rig| {
            let row = rig.row(table, *id);
            !row.is_null() && row["revoked"] != json!(true)
        };
        let plan = rig.run("revoke", &all);
        assert_eq!(row(plan.assert_code(0))["state"], "planned", "{args:?}");
        assert!(row(&plan)["reason"].as_str().unwrap().contains("use"), "{plan:?}");
        assert!(lives(&rig), "{args:?}");
        all.extend(["--yes", "--expect", "1"]);
        let run = rig.run("revoke", &all);
        assert_eq!(row(run.assert_code(0))["state"], "revoked", "{args:?}: {run:?}");
        assert_eq!(row(&run)["status"], 204);
        assert!(!lives(&rig), "{args:?}");
        // Again: nothing is sent that changes anything.
        let before = rig.count("DELETE", "");
        let again = rig.run("revoke", &all);
        assert!(matches!(again.code, Some(0 | 4)), "{again:?}");
        assert_eq!(rig.count("DELETE", ""), before, "{args:?}");
    }
}

#[test]
fn what_would_take_more_with_it_is_refused() {
    let rig = Rig::new();
    rig.credential("me", 1);
    for (args, words) in [
        (&["--kind", "runner_authentication_token", "--id", "3"], "--delete-runner"),
        (&["--kind", "oauth_application_secret", "--id", "1"], "token rotate"),
    ] {
        let mut all = args.to_vec();
        all.push("--yes");
        let run = rig.run("revoke", &all);
        assert!(row(run.assert_code(1))["reason"].as_str().unwrap().contains(words));
    }
    assert_eq!(rig.count("DELETE", ""), 0);
}

#[test]
fn a_value_revokes_itself() {
    let rig = Rig::new();
    let secret = rig.model.secret(Kind::AccessToken, 3).unwrap();
    let plan = by_value(&rig, &secret, &[]);
    assert_eq!(row(plan.assert_code(0))["state"], "planned");
    assert_eq!(rig.row("access_tokens", 3)["revoked"], false);
    let run = by_value(&rig, &secret, &["--yes"]);
    assert_eq!(
        row(run.assert_code(0)),
        json!({
            "kind": "personal_access_token", "id": 3, "state": "revoked", "status": 204,
        })
    );
    assert_eq!(rig.row("access_tokens", 3)["revoked"], true);
    let again = by_value(&rig, &secret, &["--yes"]);
    assert_eq!(row(again.assert_code(0))["state"], "already");
    assert_eq!(rig.count("DELETE", "/self"), 1);
    for run in [plan, run, again] {
        assert!(!run.stdout.contains(&secret) && !run.stderr.contains(&secret));
    }
    let two = format!("{secret} {secret}");
    by_value(&rig, &two, &["--yes"]).assert_code(2);
    let deploy = rig.model.secret(Kind::DeployToken, 1).unwrap();
    by_value(&rig, &deploy, &["--yes"]).assert_code(1);
    rig.credential("me", 2);
    rig.run("revoke", &["--self", "--yes"]).assert_code(0);
    assert_eq!(rig.row("access_tokens", 2)["revoked"], true);
}

#[test]
fn by_value_as_owner_of_the_group_and_as_administrator() {
    let rig = Rig::new();
    rig.credential("owner", 2);
    rig.credential("admin", 1);
    let group = ["--by-group", "1", "--token-file", "owner", "--yes"];
    let admin = ["--by-admin", "--token-file", "admin", "--yes"];
    let value = |kind, id| rig.model.secret(kind, id).unwrap();
    let rows = [
        (Kind::AccessToken, 30, &group[..], 0, "revoked", 201),
        (Kind::DeployToken, 2, &group[..], 0, "revoked", 201),
        (Kind::AccessToken, 19, &group[..], 4, "not_found", 404),
        (Kind::AgentToken, 1, &admin[..], 0, "revoked", 204),
        (Kind::DeployToken, 1, &admin[..], 0, "revoked", 204),
        (Kind::AccessToken, 33, &admin[..], 5, "unsupported", 422),
    ];
    for (kind, id, args, code, state, status) in rows {
        let run = by_value(&rig, &value(kind, id), args);
        run.assert_code(code);
        assert_eq!((&row(&run)["state"], &row(&run)["status"]), (&json!(state), &json!(status)));
    }
    for kind in [Kind::Feed, Kind::IncomingMail] {
        let secret = value(kind, 2);
        assert!(by_value(&rig, &secret, &admin).assert_code(1).stdout.contains("--reset"));
        assert_eq!(rig.model.owner(&secret), Some((kind, 2)));
        let mut args = admin.to_vec();
        args.push("--reset");
        by_value(&rig, &secret, &args).assert_code(0);
        assert_eq!(rig.model.owner(&secret), None);
    }
}

#[test]
fn lost_answers_are_looked_up() {
    let args = ["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"];
    for (fault, code, state) in [
        ("cut-after", 0, "revoked"),
        ("502-after", 0, "revoked"),
        ("cut-before", 3, "unknown"),
        ("503-html", 3, "unknown"),
        ("403-html", 1, "refused"),
        ("429-plain", 1, "refused"),
    ] {
        let rig = Rig::new();
        rig.credential("me", 2);
        rig.model.fault(Fault::named(fault).on("DELETE", "").times(1));
        let run = rig.run("revoke", &args);
        assert_eq!(row(run.assert_code(code))["state"], state, "{fault}");
        assert_eq!(rig.count("DELETE", ""), 1, "{fault}");
        rig.run("revoke", &args).assert_code(0);
        assert_eq!(rig.row("access_tokens", 30)["revoked"], true);
    }
}

#[test]
fn everything_that_leaked_in_a_group() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let ids = [30, 33, 19, 2];
    let lines: Vec<String> =
        ids.iter().map(|id| rig.model.secret(Kind::AccessToken, *id).unwrap()).collect();
    rig.dir.file("leaks.txt", lines.join("\n"));
    let run = rig.run("revoke", &["--from", "leaks.txt", "--within", "acme", "--yes"]);
    run.assert_code(1);
    let states: Vec<Value> =
        ids.iter().map(|id| rig.row("access_tokens", *id)["revoked"].clone()).collect();
    assert_eq!(states, [true, true, false, false], "{run:?}");
    rig.run("revoke", &["--from", "leaks.txt", "--yes"]).assert_code(2);
}
