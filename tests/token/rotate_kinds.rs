//! `token rotate` of each kind is killed at each of its steps, and run again.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gitlab_model::{Fault, Kind};
use serde_json::json;
use tokensieve::gitlab::rotate::{TargetKind, Way};

use super::rig::Rig;
use super::rotate_kill::can_trace;

/// A token of the fixture and how it is named on a command line.
struct Row {
    args: &'static [&'static str],
    kind: Kind,
    id: u64,
}

const fn row(args: &'static [&'static str], kind: Kind, id: u64) -> Row {
    Row { args, kind, id }
}

const ROWS: &[Row] = &[
    row(&["personal_access_token", "--id", "18", "--in-use"], Kind::AccessToken, 18),
    row(&["impersonation_token", "--id", "17"], Kind::AccessToken, 17),
    row(&["project_access_token", "--id", "30", "--project", "1"], Kind::AccessToken, 30),
    row(&["group_access_token", "--id", "32", "--group", "1"], Kind::AccessToken, 32),
    row(&["service_account_token", "--id", "33", "--group", "1"], Kind::AccessToken, 33),
    row(&["service_account_token", "--id", "34"], Kind::AccessToken, 34),
    row(&["runner_authentication_token", "--id", "3"], Kind::Runner, 3),
    row(&["runner_controller_token", "--id", "1", "--in-use"], Kind::ControllerToken, 1),
    row(&["oauth_application_secret", "--id", "1", "--in-use"], Kind::Application, 1),
    row(&["deploy_token", "--id", "2", "--group", "1", "--expires-in", "20"], Kind::DeployToken, 2),
    row(&["pipeline_trigger_token", "--id", "1", "--project", "1"], Kind::Trigger, 1),
    row(&["kubernetes_agent_token", "--id", "1", "--project", "1"], Kind::AgentToken, 1),
];

impl Row {
    fn target(&self) -> TargetKind {
        TargetKind::named(self.args[0]).unwrap()
    }

    fn arguments(&self) -> Vec<&'static str> {
        [&["--kind"], self.args, &["--yes"]].concat()
    }

    fn rig(&self) -> Rig {
        let rig = Rig::new();
        rig.credential("me", 1);
        rig
    }

    fn table(&self) -> (&'static str, &'static str) {
        match self.kind {
            Kind::DeployToken => ("deploy_tokens", "name"),
            Kind::Trigger => ("triggers", "description"),
            _ => ("agent_tokens", "name"),
        }
    }

    /// Runs it again after a kill: in the end exactly one descendant lives, and its value is in the
    /// file.
    #[track_caller]
    fn ends_well(&self, rig: &Rig, what: &str) {
        let run = rig.rotate(&self.arguments());
        let report = run.json();
        let state = report["rotations"][0]["state"].as_str().unwrap().to_owned();
        assert!(["done", "recovered"].contains(&state.as_str()), "{what}: {run:?}");
        let owner = rig.model.owner(&rig.text("new"));
        match self.target().way() {
            Way::Rotate => {
                rig.assert_saved(self.id, "new");
                rig.assert_careful(self.id, &[run]);
            }
            Way::Reset => {
                assert_eq!(owner.map(|(kind, _)| kind), Some(self.kind), "{what}: {run:?}");
            }
            Way::Swap => {
                let new = report["rotations"][0]["new_id"].as_u64().unwrap();
                assert_eq!(owner, Some((self.kind, new)), "{what}");
                self.is_one_of_two(rig, what);
                let end = rig.rotate(&[&self.arguments()[..], &["--confirm-deployed"]].concat());
                assert_eq!(end.assert_code(0).json()["complete"], true, "{what}: {end:?}");
                assert_eq!(rig.model.owner(&rig.text("new")), Some((self.kind, new)), "{what}");
            }
        }
    }

    /// The old token and one that takes its place live: what was made and never told is gone.
    #[track_caller]
    fn is_one_of_two(&self, rig: &Rig, what: &str) {
        let (table, name) = self.table();
        let old = rig.row(table, self.id)[name].clone();
        let state = rig.model.state();
        let rows = state[table].as_array().unwrap().iter();
        let same = rows.filter(|row| row[name] == old && row["revoked"] != json!(true));
        assert_eq!(same.count(), 2, "{what}");
    }
}

/// A kind that can be rotated and has no row here would go untested.
#[test]
fn each_kind_has_a_row() {
    for kind in TargetKind::ALL {
        assert!(ROWS.iter().any(|row| row.target() == kind), "{}", kind.name());
    }
}

/// While the model stalls: before the work, after it, and in the middle of the answer.
#[test]
fn each_kind_is_killed_while_the_instance_is_slow() {
    for row in ROWS {
        for fault in ["stall-before", "stall-after", "stall-body"] {
            let rig = row.rig();
            rig.model.fault(Fault::named(fault).on("POST", "").times(1));
            let mut command = rig.command("rotate", &["--secret-file", "new"]);
            command.args(row.arguments()).stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            let start = Instant::now();
            while rig.count("POST", "") == 0 && start.elapsed() < Duration::from_secs(30) {
                std::thread::sleep(Duration::from_millis(10));
            }
            std::thread::sleep(Duration::from_millis(50));
            child.kill().unwrap();
            child.wait().unwrap();
            assert_eq!(rig.count("POST", ""), 1, "{fault} {:?}", row.args);
            assert_eq!(rig.text("new"), "", "{fault} {:?}", row.args);
            row.ends_well(&rig, &format!("{fault} {:?}", row.args));
        }
    }
}

/// At each write to a file and each sync, before and after the call.
#[test]
fn each_kind_is_killed_at_each_write_and_each_sync() {
    if !can_trace() {
        println!("skipped: no process may trace another here");
        return;
    }
    for row in ROWS {
        let mut kills = 0;
        for call in ["pwrite64", "fsync", "fdatasync", "ftruncate"] {
            for number in 1..30 {
                let rig = row.rig();
                let command = rig.command("rotate", &["--secret-file", "new"]);
                let mut traced = Command::new("strace");
                traced.args(["-f", "-qq", "-o", "/dev/null", "-e", &format!("trace={call}")]);
                traced.args(["-e", &format!("inject={call}:signal=KILL:when={number}")]);
                traced.arg(command.get_program()).args(command.get_args()).args(row.arguments());
                traced.current_dir(rig.dir.path()).stdout(Stdio::null()).stderr(Stdio::null());
                traced.env("XDG_STATE_HOME", rig.dir.path().join(".state"));
                // 3: a second token is there and waits for being deployed.
                if matches!(traced.status().unwrap().code(), Some(0 | 3)) {
                    break;
                }
                kills += 1;
                row.ends_well(&rig, &format!("{call} {number} {:?}", row.args));
            }
        }
        assert!(kills > 4, "{:?}: killed {kills} times", row.args);
    }
}
