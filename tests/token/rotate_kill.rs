//! `token rotate` is killed at each of its steps, and run again.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gitlab_model::{Fault, Kind};

use super::rig::Rig;

const BY_ID: &[&str] = &["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"];
const BY_SELF: &[&str] = &["--self", "--in-use", "--yes", "--settle", "0"];

/// While the model stalls: before the work, after it, and in the middle of the answer.
#[test]
fn killed_while_the_instance_is_slow() {
    for fault in ["stall-before", "stall-after", "stall-body"] {
        for (args, id, me) in [(BY_ID, 30, 2), (BY_SELF, 16, 16)] {
            let rig = Rig::new();
            rig.credential("me", me);
            rig.credential("owner", 2);
            rig.model.fault(Fault::named(fault).on("POST", "/rotate").times(1));
            let mut command = rig.command("rotate", &["--secret-file", "new"]);
            let mut child = command.args(args).stdout(Stdio::null()).spawn().unwrap();
            let start = Instant::now();
            while rig.count("POST", "/rotate") == 0 && start.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(10));
            }
            std::thread::sleep(Duration::from_millis(50));
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(rig.text("new"), "", "{fault}");
            let mut with = args.to_vec();
            if id == 16 && fault != "stall-before" {
                let alone = rig.rotate(args);
                assert!(alone.assert_code(3).stdout.contains("token 16"), "{alone:?}");
                with.extend(["--with", "owner"]);
            }
            let run = rig.rotate(&with);
            run.assert_code(0);
            rig.assert_saved(id, "new");
            rig.assert_careful(id, &[run]);
        }
    }
}

/// A report of findings knows values, which are dead after the first run: the journal has the ids.
#[test]
fn killed_in_the_middle_of_a_batch() {
    for (fault, end) in [("stall-before", "done"), ("stall-after", "recovered")] {
        let rig = Rig::new();
        rig.credential("me", 2);
        let secrets = [30, 32].map(|id| rig.model.secret(Kind::AccessToken, id).unwrap());
        rig.dir.file("leaks.txt", secrets.join("\n"));
        let args = ["--from", "leaks.txt", "--within", "acme", "--in-use", "--yes"];
        rig.model.fault(Fault::named(fault).on("POST", "/rotate").after(1).times(1));
        let mut command = rig.command("rotate", &["--secret-file", "new"]);
        let mut child = command.args(args).stdout(Stdio::null()).spawn().unwrap();
        let start = Instant::now();
        while rig.count("POST", "/rotate") < 2 && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let plan = rig.rotate(&args[..5]).assert_code(0).json();
        assert!(plan["rotations"][0]["reason"].as_str().unwrap().contains("has done it"));
        assert!(plan["rotations"][1]["reason"].as_str().unwrap().contains("was cut short"));
        let run = rig.rotate(&args);
        let report = run.assert_code(0).json();
        let states: Vec<_> =
            report["rotations"].as_array().unwrap().iter().map(|row| &row["state"]).collect();
        assert_eq!(states, ["done", end], "{report}");
        rig.assert_saved(30, "new/project_access_token-30");
        rig.assert_saved(32, "new/group_access_token-32");
        rig.assert_careful(30, &[]);
        rig.assert_careful(32, &[run]);
    }
}

/// While secrets are in memory, no core dump can hold them.
#[cfg(target_os = "linux")]
#[test]
fn no_core_dumps() {
    let rig = Rig::new();
    rig.credential("me", 2);
    rig.model.fault(Fault::named("stall-before"));
    let mut command = rig.command("rotate", &["--secret-file", "new"]);
    let mut child = command.args(BY_ID).stdout(Stdio::null()).spawn().unwrap();
    while rig.count("GET", "") == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let limits: Vec<&str> = line.split_ascii_whitespace().skip(4).take(2).collect();
    assert_eq!(limits, ["0", "0"], "{line}");
}

/// Whether this machine lets one process trace another.
pub(super) fn can_trace() -> bool {
    let probe = Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).status();
    probe.is_ok_and(|status| status.success())
}

/// At each write to a file and each sync, before and after the call: the system kills the process
/// instead of doing it.
#[test]
fn killed_at_each_write_and_each_sync() {
    if !can_trace() {
        return;
    }
    let calls = ["pwrite64", "fsync", "fdatasync", "ftruncate"];
    for (args, id, me) in [(BY_ID, 30, 2), (BY_SELF, 16, 16)] {
        for call in calls {
            let mut kills = 0;
            for number in 1..30 {
                let rig = Rig::new();
                rig.credential("me", me);
                rig.credential("owner", 2);
                let command = rig.command("rotate", &["--secret-file", "new"]);
                let mut traced = Command::new("strace");
                traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
                traced.args(["-e", &format!("inject={call}:signal=KILL:when={number}")]);
                traced.arg(command.get_program()).args(command.get_args()).args(args);
                traced.current_dir(rig.dir.path()).stdout(Stdio::null()).stderr(Stdio::null());
                traced.env("XDG_STATE_HOME", rig.dir.path().join(".state"));
                if traced.status().unwrap().success() {
                    break;
                }
                kills += 1;
                let mut with = args.to_vec();
                if id == 16 {
                    with.extend(["--with", "owner"]);
                }
                let run = rig.rotate(&with);
                assert!(run.code == Some(0), "{call} {number}: {run:?}");
                rig.assert_saved(id, "new");
                rig.assert_careful(id, &[run]);
            }
            assert!((1..29).contains(&kills), "{call}: killed {kills} times");
        }
    }
}
