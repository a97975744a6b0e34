//! `token rotate`: what is planned, refused and done without any fault.

use gitlab_model::{Fixture, Kind};
use serde_json::json;

use super::rig::Rig;

/// Arguments that rotate the project token 30 as the owner of its group.
const PROJECT: &[&str] = &["--kind", "project_access_token", "--id", "30", "--project", "1"];

fn with<'a>(args: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    args.iter().chain(more).copied().collect()
}

#[test]
fn a_dry_run_changes_nothing_and_tells_what_breaks() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let before = rig.model.state()["access_tokens"].clone();
    let run = rig.rotate(PROJECT);
    let report = run.assert_code(0).json();
    let row = &report["rotations"][0];
    assert_eq!(report["version"], 1);
    assert_eq!(report["complete"], false);
    assert_eq!((&row["kind"], &row["id"]), (&json!("project_access_token"), &json!(30)));
    assert_eq!(row["state"], "planned");
    let reason = row["reason"].as_str().unwrap();
    assert!(reason.contains("last used") && reason.contains("ends at once"), "{reason}");
    assert!(!rig.dir.path().join("new").exists());
    assert!(!rig.dir.path().join(".state").exists());
    let mut after = rig.model.state()["access_tokens"].clone();
    // Asking is a use of the caller.
    after[1]["last_used_at"] = before[1]["last_used_at"].clone();
    assert_eq!(after, before);
    assert!(rig.model.requests().iter().all(|request| request.method == "GET"));
}

#[test]
fn variables_with_the_value_or_the_name_are_named() {
    let mut fixture = Fixture::example();
    let secret = Rig::new().model.secret(Kind::AccessToken, 2).unwrap();
    fixture.variables[0].value = secret;
    fixture.access_tokens[1].name = "api token".to_owned();
    let rig = Rig::of(fixture);
    rig.credential("me", 2);
    let run = rig.rotate(&["--self", "--in-use", "--project", "1"]);
    let reason = run.assert_code(0).json()["rotations"][0]["reason"].to_string();
    for part in [
        "DEPLOY_TOKEN (*) holds its value",
        "API_TOKEN (production) is called like it",
        "198.51.100.4",
        "projects and",
    ] {
        assert!(reason.contains(part), "{part}: {reason}");
    }
}

#[test]
fn a_token_by_its_id() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let run = rig.rotate(&with(PROJECT, &["--yes", "--expect", "1"]));
    let report = run.assert_code(0).json();
    let row = &report["rotations"][0];
    assert_eq!(row["state"], "done", "{report}");
    assert_eq!(report["complete"], true);
    let id = row["new_id"].as_u64().unwrap();
    assert_eq!(rig.model.owner(&rig.text("new")), Some((Kind::AccessToken, id)));
    assert!(row["secret_file"].as_str().unwrap().ends_with("/new"));
    // The old one was to live for 60 days.
    let (old, new) = (rig.row("access_tokens", 30), rig.row("access_tokens", id));
    assert_eq!(row["expires_at"], new["expires_at"]);
    assert!(new["expires_at"].as_str() > old["expires_at"].as_str());
    rig.assert_saved(30, "new");
    rig.assert_careful(30, &[run]);
    // Again: the journal knows, and nothing is sent but what asks.
    let again = rig.rotate(&with(PROJECT, &["--yes"]));
    let again = again.assert_code(0).json();
    assert_eq!(
        (&again["rotations"][0]["state"], &again["rotations"][0]["new_id"]),
        (&json!("done"), &json!(id))
    );
    assert_eq!(rig.count("POST", "/rotate"), 1);
}

#[test]
fn the_caller_itself() {
    let rig = Rig::new();
    rig.credential("me", 16);
    let refused = rig.rotate(&["--self", "--yes"]);
    let reason = refused.assert_code(1).json()["rotations"][0]["reason"].to_string();
    assert!(reason.contains("--in-use"), "{reason}");
    let run = rig.rotate(&["--self", "--yes", "--in-use"]);
    run.assert_code(0);
    rig.assert_saved(16, "new");
    assert_eq!(rig.count("POST", "/self/rotate"), 1);
    // The caller is dead: nothing that could kill its successor is sent.
    let again = rig.rotate(&["--self", "--yes", "--in-use"]);
    assert_eq!(again.assert_code(0).json()["rotations"][0]["state"], "done");
    assert_eq!(rig.count("POST", "/self/rotate"), 1);
    rig.assert_saved(16, "new");
}

#[test]
fn revoked_callers_rotate_nothing() {
    let rig = Rig::new();
    rig.credential("me", 6);
    for args in [&["--self", "--yes", "--in-use"][..], &with(PROJECT, &["--yes"])] {
        let run = rig.rotate(args);
        assert!(run.assert_code(2).stderr.contains("revoked"), "{run:?}");
    }
    assert_eq!(rig.count("POST", ""), 0);
    assert!(!rig.dir.path().join("new").exists());
}

#[test]
fn what_is_not_to_be_rotated_is_refused() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let rows: &[(&[&str], &str)] = &[
        (&["--kind", "personal_access_token", "--id", "6"], "revoked"),
        (&["--kind", "personal_access_token", "--id", "5"], "--rescue"),
        (&["--kind", "personal_access_token", "--id", "8", "--in-use"], "--expires-in"),
        (&["--kind", "personal_access_token", "--id", "999"], "401"),
        (&["--kind", "personal_access_token", "--id", "18"], "401"),
        (&["--kind", "project_access_token", "--id", "30"], "--project"),
        (&["--kind", "group_access_token", "--id", "32", "--group", "3"], "404"),
        (&["--kind", "project_access_token", "--id", "30", "--project", "1", "--rescue"], "not"),
    ];
    for (args, words) in rows {
        let run = rig.rotate(&with(args, &["--yes"]));
        let row = &run.assert_code(1).json()["rotations"][0];
        assert_eq!(row["state"], "refused", "{args:?}");
        assert!(row["reason"].as_str().unwrap().contains(words), "{row}");
    }
    let usage: &[&[&str]] = &[
        &[],
        &["--id", "1"],
        &["--self", "--kind", "personal_access_token", "--id", "2"],
        &["--kind", "feed_token", "--id", "2"],
        &["--self", "--in-use", "--expect", "2"],
        &["--from", "x"],
    ];
    for args in usage {
        rig.rotate(&with(args, &["--yes"])).assert_code(2);
    }
    assert_eq!(rig.count("POST", ""), 0);
    assert!(!rig.dir.path().join("new").exists());
}

#[test]
fn batches_leave_the_caller_out() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = ["--kind", "personal_access_token", "--id", "2", "--id", "3", "--id", "4"];
    let run = rig.rotate(&with(&args, &["--yes", "--expect", "3"]));
    let report = run.assert_code(1).json();
    let states: Vec<_> =
        report["rotations"].as_array().unwrap().iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["refused", "done", "done"], "{report}");
    rig.assert_saved(3, "new/personal_access_token-3");
    rig.assert_saved(4, "new/personal_access_token-4");
    assert_eq!(rig.row("access_tokens", 2)["revoked"], false);
}

#[test]
fn the_limit_of_the_instance_is_shown() {
    let mut fixture = Fixture::example();
    fixture.instance.max_personal_access_token_lifetime = 20;
    let rig = Rig::of(fixture);
    rig.credential("me", 2);
    let run = rig.rotate(&with(PROJECT, &["--yes"]));
    let row = run.assert_code(1).json()["rotations"][0].clone();
    assert_eq!(row["state"], "refused");
    assert!(row["reason"].as_str().unwrap().contains("must be before"), "{row}");
    assert!(!rig.dir.path().join("new").exists());
    assert_eq!(rig.row("access_tokens", 30)["revoked"], false);
    rig.rotate(&with(PROJECT, &["--yes", "--expires-in", "10"])).assert_code(0);
    rig.assert_saved(30, "new");
}

#[test]
fn expired_tokens_are_rescued_with_their_bot() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let args = ["--kind", "project_access_token", "--id", "31", "--project", "2", "--rescue"];
    let run = rig.rotate(&with(&args, &["--yes"]));
    let new = run.assert_code(0).json()["rotations"][0]["new_id"].as_u64().unwrap();
    rig.assert_saved(31, "new");
    let row = rig.row("access_tokens", new);
    assert_eq!((&row["user_id"], &row["name"]), (&json!(24), &json!("ran out over the weekend")));
}

#[test]
fn owners_that_left_are_told() {
    let rig = Rig::new();
    rig.credential("me", 1);
    let run = rig.rotate(&["--kind", "personal_access_token", "--id", "9", "--in-use"]);
    let reason = run.assert_code(0).json()["rotations"][0]["reason"].to_string();
    assert!(reason.contains("account 3 has left: blocked"), "{reason}");
}

#[test]
fn all_kinds_with_a_call_of_their_own() {
    let rows: &[(&[&str], Kind, u64)] = &[
        (&["personal_access_token", "--id", "18", "--in-use"], Kind::AccessToken, 18),
        (&["impersonation_token", "--id", "17"], Kind::AccessToken, 17),
        (&["project_access_token", "--id", "30", "--project", "acme/shop"], Kind::AccessToken, 30),
        (&["group_access_token", "--id", "32", "--group", "acme"], Kind::AccessToken, 32),
        (&["service_account_token", "--id", "33", "--group", "1"], Kind::AccessToken, 33),
        (&["service_account_token", "--id", "34"], Kind::AccessToken, 34),
        (&["runner_authentication_token", "--id", "3"], Kind::Runner, 3),
        (&["runner_controller_token", "--id", "1", "--in-use"], Kind::ControllerToken, 1),
        (&["oauth_application_secret", "--id", "1", "--in-use"], Kind::Application, 1),
    ];
    for (args, kind, id) in rows {
        let rig = Rig::new();
        rig.credential("me", 1);
        let old = rig.model.secret(*kind, *id).unwrap();
        let run = rig.rotate(&with(&["--kind"], &with(args, &["--yes"])));
        let row = run.assert_code(0).json()["rotations"][0].clone();
        assert_eq!(row["state"], "done", "{args:?}");
        let new = rig.text("new");
        assert_ne!(new, old);
        let owner = (*kind, row["new_id"].as_u64().unwrap());
        assert_eq!(rig.model.owner(&new), Some(owner), "{args:?}");
        rig.assert_careful(*id, &[run]);
    }
}

#[test]
fn a_runner_resets_itself() {
    let rig = Rig::new();
    let old = rig.model.secret(Kind::Runner, 3).unwrap();
    rig.secret("me", &old);
    rig.rotate(&["--self", "--yes"]).assert_code(1);
    rig.rotate(&["--self", "--yes", "--in-use"]).assert_code(0);
    assert_eq!(rig.model.owner(&rig.text("new")), Some((Kind::Runner, 3)));
    assert_eq!(rig.model.owner(&old), None);
    assert_eq!(rig.row("runners", 3)["managers"], json!([]));
}

#[test]
fn existing_files_are_kept() {
    let rig = Rig::new();
    rig.credential("me", 2);
    for (name, target) in [("new", "me"), ("new", "/dev/full")] {
        let path = rig.dir.path().join(name);
        let _ = std::fs::remove_file(&path);
        std::os::unix::fs::symlink(target, &path).unwrap();
        rig.rotate(&with(PROJECT, &["--yes"])).assert_code(1);
    }
    std::fs::remove_file(rig.dir.path().join("new")).unwrap();
    rig.dir.file("new", "precious");
    let run = rig.rotate(&with(PROJECT, &["--yes"]));
    assert!(run.assert_code(1).stdout.contains("not empty"), "{run:?}");
    assert_eq!(rig.text("new"), "precious");
    assert_eq!(rig.count("POST", ""), 0);
}
