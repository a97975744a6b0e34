//! `token rotate` while answers are lost, disks are full and runs meet.

use std::time::Duration;

use gitlab_model::{Fault, Kind};
use serde_json::json;

use super::rig::Rig;
use crate::support::command::Run;

/// What goes wrong with the one call, and whether the work was done before.
const FAULTS: &[(&str, bool)] = &[
    ("cut-before", false),
    ("reset-before", false),
    ("503-html", false),
    ("429-plain", false),
    ("cut-after", true),
    ("reset-after", true),
    ("502-after", true),
    ("half-headers", true),
    ("half-body", true),
    ("broken-json", true),
];

const BY_ID: &[&str] = &["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"];
const BY_SELF: &[&str] = &["--self", "--in-use", "--yes", "--settle", "0"];

fn strike(rig: &Rig, name: &str) {
    rig.model.fault(Fault::named(name).on("POST", "rotate").times(1));
}

/// The states of a run with one rotation.
fn state(run: &Run) -> String {
    run.json()["rotations"][0]["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_caller_that_is_another_recovers_by_itself() {
    for (name, is_done) in FAULTS {
        let rig = Rig::new();
        rig.credential("me", 2);
        strike(&rig, name);
        let first = rig.rotate(BY_ID);
        let expected = match (*name, is_done) {
            (_, true) => "lost",
            ("429-plain", _) => "refused",
            _ => "not_started",
        };
        assert_eq!(state(&first), expected, "{name}: {first:?}");
        let second = rig.rotate(BY_ID);
        let expected = if *is_done { "recovered" } else { "done" };
        assert_eq!(state(second.assert_code(0)), expected, "{name}");
        rig.assert_saved(30, "new");
        rig.assert_careful(30, &[first, second]);
    }
}

/// A second call with the dead caller would kill its successor.
#[test]
fn a_caller_that_is_the_token_needs_a_second_credential() {
    for (name, is_done) in FAULTS {
        let rig = Rig::new();
        rig.credential("me", 16);
        rig.credential("owner", 2);
        strike(&rig, name);
        let first = rig.rotate(BY_SELF);
        let second = rig.rotate(BY_SELF);
        if *is_done {
            assert_eq!(state(&first), "lost", "{name}: {first:?}");
            assert_eq!(state(second.assert_code(3)), "lost", "{name}");
            let reason = second.json()["rotations"][0]["reason"].to_string();
            assert!(reason.contains("token 16") && reason.contains("--with"), "{reason}");
            assert_eq!(rig.count("POST", "/rotate"), 1, "{name}");
            let (_, active) = rig.family(16);
            assert_eq!(active.len(), 1, "{name}: the family lives");
            let mut args = BY_SELF.to_vec();
            args.extend(["--with", "owner"]);
            let third = rig.rotate(&args);
            assert_eq!(state(third.assert_code(0)), "recovered", "{name}");
            rig.assert_careful(16, &[third]);
        } else {
            assert_eq!(state(second.assert_code(0)), "done", "{name}");
        }
        rig.assert_saved(16, "new");
        rig.assert_careful(16, &[first, second]);
    }
}

/// The request could still be under way: the caller waits before it calls again.
#[test]
fn a_caller_that_is_the_token_waits() {
    let rig = Rig::new();
    rig.credential("me", 16);
    strike(&rig, "cut-before");
    for _ in 0..2 {
        let run = rig.rotate(&["--self", "--in-use", "--yes"]);
        assert_eq!(state(run.assert_code(1)), "not_started");
        assert!(run.stdout.contains("run the command again in"), "{run:?}");
        assert_eq!(rig.count("POST", "/rotate"), 1);
    }
    rig.rotate(BY_SELF).assert_code(0);
    rig.assert_saved(16, "new");
}

#[test]
fn a_lost_recovery_is_recovered() {
    for name in ["502-after", "cut-before", "half-body", "429-plain"] {
        let rig = Rig::new();
        rig.credential("me", 2);
        strike(&rig, "cut-after");
        assert_eq!(state(&rig.rotate(BY_ID)), "lost");
        strike(&rig, name);
        assert_eq!(state(&rig.rotate(BY_ID)), "lost", "{name}");
        assert_eq!(state(rig.rotate(BY_ID).assert_code(0)), "recovered", "{name}");
        rig.assert_saved(30, "new");
        rig.assert_careful(30, &[]);
    }
}

#[test]
fn rows_that_are_reset_are_reset_again() {
    for name in ["cut-after", "502-after", "cut-before"] {
        let rig = Rig::new();
        rig.credential("me", 1);
        rig.model.fault(Fault::named(name).on("POST", "/reset").times(1));
        let args = ["--kind", "runner_authentication_token", "--id", "3", "--yes"];
        assert_eq!(state(&rig.rotate(&args)), "lost", "{name}");
        assert_eq!(state(rig.rotate(&args).assert_code(0)), "recovered", "{name}");
        assert_eq!(rig.model.owner(&rig.text("new")), Some((Kind::Runner, 3)));
    }
}

/// Two tokens could be the successor: none is guessed.
#[test]
fn an_ambiguous_successor_is_named_and_not_touched() {
    let rig = Rig::new();
    rig.credential("me", 16);
    rig.credential("admin", 1);
    strike(&rig, "cut-after");
    rig.rotate(BY_SELF).assert_code(3);
    let day = rig.row("access_tokens", 16)["expires_at"].as_str().unwrap().to_owned();
    let form = format!("name=rotates+itself&scopes[]=api&expires_at={day}");
    let answer = rig.post(1, "/users/2/personal_access_tokens", &form);
    assert!(answer.contains("201"), "{answer}");
    let mut args = BY_SELF.to_vec();
    args.extend(["--with", "admin"]);
    let run = rig.rotate(&args);
    assert_eq!(state(run.assert_code(3)), "lost");
    assert!(run.stdout.contains("several tokens"), "{run:?}");
    assert_eq!(rig.count("POST", "/rotate"), 1);
}

#[test]
fn nobody_there_is_no_rotation() {
    let rig = Rig::new();
    rig.credential("me", 2);
    // The model reads, and refuses the connection of the write.
    strike(&rig, "stall-before");
    let mut command = rig.command("rotate", &["--secret-file", "new"]);
    let url = rig.model.url().to_owned();
    drop(rig.model);
    let run = Run::of(command.args(BY_ID).output().unwrap());
    assert!(run.assert_code(2).stderr.contains("refused"), "{url}: {run:?}");
    assert!(!rig.dir.path().join("new").exists());
}

/// Before the call: nothing is sent where the secret could not be kept.
#[test]
fn full_disks_and_closed_folders_before_the_call() {
    use std::os::unix::fs::PermissionsExt;

    let rig = Rig::new();
    rig.credential("me", 2);
    let binary = env!("CARGO_BIN_EXE_tokensieve");
    // 2 blocks of 512 bytes are less than the file of a secret has.
    let script = format!("ulimit -f 2; exec {binary} \"$@\"");
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", &script, "sh"]).current_dir(rig.dir.path());
    limited.env("XDG_STATE_HOME", rig.dir.path().join(".state"));
    limited.args(["token", "rotate", "--instance", rig.model.url(), "--format", "json"]);
    limited.args(["--token-file", "me", "--secret-file", "new"]).args(BY_ID);
    let run = Run::of(limited.output().unwrap());
    assert_eq!(state(run.assert_code(1)), "refused");
    assert!(run.stdout.contains("nothing was sent"), "{run:?}");
    assert_eq!(rig.count("POST", ""), 0);
    assert!(!rig.dir.path().join("new").exists());
    let folder = rig.dir.path().join("closed");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o500)).unwrap();
    let mut args = vec!["--secret-file", "closed/new"];
    args.extend(BY_ID);
    // Root may write everywhere.
    if std::fs::write(folder.join("probe"), "").is_err() {
        assert_eq!(state(rig.run("rotate", &args).assert_code(1)), "refused");
        assert_eq!(rig.count("POST", ""), 0);
    }
    let mut args = vec!["--secret-file", "missing/folder/new"];
    args.extend(BY_ID);
    assert_eq!(state(rig.run("rotate", &args).assert_code(1)), "refused");
    assert_eq!(rig.count("POST", ""), 0);
}

/// After the call: its file is there and sized, so a folder that is closed or gone does no harm.
#[test]
fn closed_folders_after_the_call() {
    use std::os::unix::fs::PermissionsExt;

    let rig = Rig::new();
    rig.credential("me", 2);
    let folder = rig.dir.path().join("later");
    std::fs::create_dir(&folder).unwrap();
    let stall = Duration::from_secs(2);
    rig.model.fault(Fault::named("stall-after").on("POST", "/rotate").times(1).stall(stall));
    let mut command = rig.command("rotate", &["--secret-file", "later/new"]);
    let child = command.args(BY_ID).stdout(std::process::Stdio::piped()).spawn().unwrap();
    while rig.count("POST", "/rotate") == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o500)).unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).unwrap();
    assert_eq!(state(run.assert_code(0)), "done");
    rig.assert_saved(30, "later/new");
}

#[test]
fn of_two_runs_one_acts() {
    for other in ["new", "elsewhere"] {
        let rig = Rig::new();
        rig.credential("me", 16);
        let stall = Duration::from_secs(2);
        rig.model.fault(Fault::named("stall-after").on("POST", "/rotate").times(1).stall(stall));
        let mut command = rig.command("rotate", &["--secret-file", "new"]);
        let child = command.args(BY_SELF).stdout(std::process::Stdio::piped()).spawn().unwrap();
        while rig.count("POST", "/rotate") == 0 {
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut args = vec!["--secret-file", other];
        args.extend(BY_SELF);
        let second = rig.run("rotate", &args);
        assert!(second.assert_code(2).stderr.contains("another run"), "{second:?}");
        let first = Run::of(child.wait_with_output().unwrap());
        assert_eq!(first.assert_code(0).json()["complete"], json!(true));
        assert_eq!(rig.count("POST", "/rotate"), 1);
        rig.assert_saved(16, "new");
        rig.assert_careful(16, &[first, second]);
    }
}
