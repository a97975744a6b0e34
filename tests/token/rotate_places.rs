//! `token rotate`: second tokens, variables, commands, findings.

use gitlab_model::{Fault, Fixture, Kind};
use serde_json::{Value, json};

use super::rig::Rig;

const PROJECT: &[&str] =
    &["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    args.iter().chain(more).copied().collect()
}

fn row(report: &Value) -> &Value {
    &report["rotations"][0]
}

/// Arguments, kind and old id of tokens that are replaced by a second one.
const SWAPPED: &[(&[&str], Kind, u64)] = &[
    (&["deploy_token", "--id", "2", "--group", "1", "--expires-in", "20"], Kind::DeployToken, 2),
    (&["pipeline_trigger_token", "--id", "1", "--project", "1"], Kind::Trigger, 1),
    (&["kubernetes_agent_token", "--id", "1", "--project", "1"], Kind::AgentToken, 1),
    (&["service_account_token", "--id", "33", "--group", "1", "--overlap"], Kind::AccessToken, 33),
    (&["project_access_token", "--id", "30", "--project", "1", "--overlap"], Kind::AccessToken, 30),
];

fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::DeployToken => "deploy_tokens",
        Kind::Trigger => "triggers",
        Kind::AgentToken => "agent_tokens",
        _ => "access_tokens",
    }
}

/// Whether a row is there and not revoked.
fn lives(rig: &Rig, kind: Kind, id: u64) -> bool {
    let row = rig.row(table(kind), id);
    !row.is_null() && row["revoked"] != json!(true)
}

#[test]
fn a_second_token_is_made_deployed_and_then_the_first_goes() {
    for (args, kind, id) in SWAPPED {
        let rig = Rig::new();
        rig.credential("me", 2);
        let args = with(&["--kind"], &with(args, &["--yes"]));
        let made = rig.rotate(&args);
        assert_eq!(row(&made.assert_code(0).json())["state"], "done", "{args:?}: {made:?}");
        let new = row(&made.json())["new_id"].as_u64().unwrap();
        assert_eq!(rig.model.owner(&rig.text("new")), Some((*kind, new)), "{args:?}");
        assert_eq!(made.json()["complete"], false);
        assert!(lives(&rig, *kind, *id) && lives(&rig, *kind, new));
        // Nobody says that it is deployed, and the instance shows no use.
        let waits = rig.rotate(&args);
        assert!(waits.stdout.contains("--confirm-deployed"), "{waits:?}");
        assert!(lives(&rig, *kind, *id));
        waits.assert_code(3);
        let end = rig.rotate(&with(&args, &["--confirm-deployed"]));
        assert_eq!(end.assert_code(0).json()["complete"], true, "{end:?}");
        assert!(!lives(&rig, *kind, *id) && lives(&rig, *kind, new));
        assert_eq!(rig.model.owner(&rig.text("new")), Some((*kind, new)));
        let (old, made) = (rig.row(table(*kind), *id), rig.row(table(*kind), new));
        if !old.is_null() {
            assert_eq!((&old["name"], &old["scopes"]), (&made["name"], &made["scopes"]));
        }
    }
}

/// The second token was used: nobody has to confirm.
#[test]
fn use_proves_that_it_is_deployed() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = ["--kind", "service_account_token", "--id", "33", "--group", "1", "--overlap"];
    let args = with(&args, &["--yes"]);
    rig.rotate(&args);
    rig.secret("user", &rig.text("new"));
    let user = rig.dir.run(&[
        "token",
        "rotate",
        "--self",
        "--token-file",
        "user",
        "--secret-file",
        "x",
        "--instance",
        rig.model.url(),
    ]);
    assert_eq!(user.code, Some(1), "a dry run that needs --in-use: {user:?}");
    let end = rig.rotate(&args);
    assert_eq!(end.assert_code(0).json()["complete"], true, "{end:?}");
    assert!(!lives(&rig, Kind::AccessToken, 33));
}

/// What was made and never told is revoked: nobody has its value.
#[test]
fn lost_answers_leave_no_orphans() {
    for fault in ["cut-after", "502-after", "half-body", "cut-before"] {
        for (args, kind, id) in SWAPPED {
            let rig = Rig::new();
            rig.credential("me", 2);
            let args = with(&["--kind"], &with(args, &["--yes"]));
            rig.model.fault(Fault::named(fault).on("POST", "").times(1));
            let first = rig.rotate(&args);
            assert_eq!(row(&first.assert_code(1).json())["state"], "not_started", "{args:?}");
            let second = rig.rotate(&args);
            assert_eq!(row(&second.json())["state"], "done", "{fault} {args:?}: {second:?}");
            let new = row(&second.json())["new_id"].as_u64().unwrap();
            assert_eq!(rig.model.owner(&rig.text("new")), Some((*kind, new)));
            let state = rig.model.state();
            let rows = state[table(*kind)].as_array().unwrap();
            let name = if *kind == Kind::Trigger { "description" } else { "name" };
            let old = rig.row(table(*kind), *id)[name].clone();
            let same = rows.iter().filter(|row| row[name] == old && row["revoked"] != json!(true));
            assert_eq!(same.count(), 2, "{fault} {args:?}");
        }
    }
}

#[test]
fn variables_keep_their_attributes() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let target = ["--to-variable", "acme/shop/DEPLOY_TOKEN", "--to-variable", "group:1/NEW_ONE"];
    let before = rig.row("variables", 1);
    let run = rig.rotate(&with(PROJECT, &target));
    assert_eq!(run.assert_code(0).json()["complete"], true);
    let after = rig.row("variables", 1);
    assert_eq!(after["writes"], before["writes"].as_u64().unwrap() + 1);
    for key in ["masked", "hidden", "protected", "raw", "environment_scope", "variable_type"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    let made = rig.row("variables", 5);
    let keys = ["masked", "hidden", "protected"];
    assert!(keys.iter().all(|key| made[*key] == true), "{made}");
    assert_eq!(made["key"], "NEW_ONE");
    rig.assert_saved(30, "new");
    rig.assert_careful(30, &[run]);
}

#[test]
fn ambiguous_variables_are_refused_before_the_call() {
    let rig = Rig::new();
    rig.credential("me", 2);
    for (variable, words) in [
        ("1/API_TOKEN", "say project:1 or group:1"),
        ("project:1/API_TOKEN", "production, *"),
        ("project:1/A-B", "letters"),
        ("nowhere/at/all/KEY", "no project and no group"),
        ("KEY", "PROJECT/KEY"),
    ] {
        let run = rig.rotate(&with(PROJECT, &["--to-variable", variable]));
        assert!(run.assert_code(2).stderr.contains(words), "{variable}: {run:?}");
    }
    assert_eq!(rig.count("POST", ""), 0);
    let scoped = ["--to-variable", "project:1/API_TOKEN", "--scope", "production"];
    rig.rotate(&with(PROJECT, &scoped)).assert_code(0);
    let writes: Vec<_> = (2..4).map(|id| rig.row("variables", id)["writes"].clone()).collect();
    assert_eq!(writes, [1, 0]);
    assert_eq!(rig.row("variables", 2)["hidden"], true);
}

/// The secret stays in its file, and the exit code says that something is left to be done.
#[test]
fn a_variable_that_fails_loses_nothing() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = with(PROJECT, &["--to-variable", "acme/shop/DEPLOY_TOKEN"]);
    rig.model.fault(Fault::named("500-json").on("PUT", "/variables").times(1));
    let run = rig.rotate(&args);
    let report = run.assert_code(3).json();
    assert_eq!((&row(&report)["state"], &report["complete"]), (&json!("done"), &json!(false)));
    rig.assert_saved(30, "new");
    assert_eq!(rig.rotate(&args).assert_code(0).json()["complete"], true);
    assert_eq!(rig.row("variables", 1)["writes"], 1);
    assert_eq!(rig.count("POST", "/rotate"), 1);
}

/// A caller that has rotated itself goes on with its new secret.
#[test]
fn a_caller_writes_its_own_variable() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = ["--self", "--in-use", "--yes", "--to-variable", "acme/shop/DEPLOY_TOKEN"];
    rig.rotate(&args).assert_code(0);
    assert_eq!(rig.row("variables", 1)["writes"], 1);
    rig.assert_saved(2, "new");
    // A token that may rotate itself and nothing else is refused before it is rotated.
    let rig = Rig::new();
    rig.credential("me", 16);
    rig.rotate(&args).assert_code(2);
    assert_eq!(rig.count("POST", ""), 0);
}

#[test]
fn old_releases_hide_nothing_so_nothing_is_created() {
    let model = gitlab_model::Model::start(
        Fixture::example(),
        gitlab_model::Profile::R16_11,
        gitlab_model::Tier::Ultimate,
    );
    let rig = Rig { model: model.unwrap(), dir: crate::support::command::Dir::new() };
    rig.credential("me", 2);
    let run = rig.rotate(&with(PROJECT, &["--to-variable", "acme/shop/NEW_ONE"]));
    assert!(run.assert_code(3).stdout.contains("deleted again"), "{run:?}");
    assert!(rig.row("variables", 5).is_null());
    rig.assert_saved(30, "new");
}

#[test]
fn commands_get_it_on_standard_input() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let run = rig.rotate(&with(PROJECT, &["--to-command", "dd of=copy status=none"]));
    run.assert_code(0);
    assert_eq!(rig.text("copy"), rig.text("new"));
    rig.assert_saved(30, "new");
    let failing = rig.rotate(&with(PROJECT, &["--to-command", "false"]));
    assert!(failing.assert_code(3).stdout.contains("was not delivered"), "{failing:?}");
    let missing = rig.rotate(&with(PROJECT, &["--to-command", "no-such-program-here"]));
    missing.assert_code(3);
    rig.rotate(&with(PROJECT, &["--to-command", " "])).assert_code(2);
}

/// Everything that leaked, as far as the caller is shown it in the group.
#[test]
fn findings_are_joined_by_id_inside_the_scope() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let secrets = [(Kind::AccessToken, 30), (Kind::AccessToken, 32), (Kind::AccessToken, 33)];
    let others = [(Kind::AccessToken, 19), (Kind::AccessToken, 2), (Kind::Runner, 1)];
    let all: Vec<_> = secrets.iter().chain(&others).collect();
    let lines: Vec<String> =
        all.iter().map(|(kind, id)| rig.model.secret(*kind, *id).unwrap()).collect();
    rig.dir.file("leaks.txt", lines.join("\n"));
    let scan = ["scan", "leaks.txt", "--show-secrets", "--format", "json", "--exit-code", "0"];
    let report = rig.dir.run(&scan);
    rig.dir.file("report.json", &report.stdout);
    let args = ["--from", "report.json", "--within", "acme", "--in-use", "--yes"];
    rig.rotate(&with(&args, &["--expect", "5"])).assert_code(2);
    assert_eq!(rig.count("POST", "/rotate"), 0);
    let run = rig.rotate(&with(&args, &["--expect", "6"]));
    let report = run.assert_code(1).json();
    let rows: Vec<(u64, &str)> = report["rotations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["id"].as_u64().unwrap(), row["state"].as_str().unwrap()))
        .collect();
    for id in [30, 32, 33] {
        // Service accounts without expiry stay without; bots get their lifetime again.
        assert!(rows.contains(&(id, "done")), "{report}");
    }
    assert_eq!(rows.iter().filter(|(_, state)| *state == "refused").count(), 3, "{report}");
    rig.assert_saved(30, "new/project_access_token-30");
    rig.assert_saved(32, "new/group_access_token-32");
    rig.assert_saved(33, "new/service_account_token-33");
    assert_eq!(rig.row("access_tokens", 19)["revoked"], false);
    assert_eq!(rig.row("access_tokens", 2)["revoked"], false);
    rig.assert_careful(30, &[run]);
}

#[test]
fn ids_outside_the_scope_are_refused() {
    let rows: &[(&str, bool)] = &[
        ("acme", true),
        ("group:acme/web", false),
        ("project:acme/shop", true),
        ("project:acme/web/site", false),
        ("instance", true),
        ("user:anna", false),
        ("user:project_1_bot_0a1b2c", true),
    ];
    for (within, is_inside) in rows {
        let rig = Rig::new();
        rig.credential("me", 2);
        let run = rig.rotate(&with(PROJECT, &["--within", within]));
        run.assert_code(if *is_inside { 0 } else { 1 });
        assert_eq!(rig.count("POST", "/rotate"), usize::from(*is_inside), "{within}");
    }
}
