//! `tokensieve token` and `--verify`, against the model of GitLab.

mod choose;
mod create;
mod inspect;
mod inventory;
mod inventory_join;
mod inventory_large;
mod inventory_policy;
mod migrate;
mod network;
mod page;
mod revoke;
mod rig;
mod rotate;
mod rotate_disk;
mod rotate_faults;
mod rotate_kill;
mod rotate_kinds;
mod rotate_places;
mod rotate_random;
mod scan;
mod service_account;
mod usage;
mod verify;
mod watch;
mod watch_formats;
mod watch_page;
mod watch_webhook;
mod watch_year;

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use crate::support::command::{Dir, Run};

/// The environment variable that tests keep the administrator's credential in.
const ADMIN: &str = "MODEL_ADMIN_TOKEN";

fn model() -> Model {
    Model::start(Fixture::example(), Profile::R19_6, Tier::Ultimate).unwrap()
}

/// The secret of a row of the fixture.
fn secret(model: &Model, kind: Kind, id: u64) -> String {
    model.secret(kind, id).unwrap_or_else(|| panic!("no {kind:?} {id}"))
}

/// Runs `token verify` on lines of text, with the administrator's credential in the environment.
fn verify(model: &Model, lines: &[String], more: &[&str]) -> Run {
    let dir = Dir::new();
    dir.file("leaks.txt", lines.join("\n") + "\n");
    let mut args = vec!["token", "verify", "leaks.txt", "--format", "json"];
    args.extend(["--instance", model.url()]);
    args.extend(more);
    let admin = secret(model, Kind::AccessToken, 1);
    Run::of(dir.command(&args).env(ADMIN, admin).output().unwrap())
}

/// The token that stands on a line, counted from 0.
fn on_line(report: &Value, line: usize) -> &Value {
    let tokens = report["tokens"].as_array().unwrap();
    let is_there = |token: &&Value| token["places"][0]["line"] == line + 1;
    tokens.iter().find(is_there).unwrap_or_else(|| panic!("no token on line {line}: {report}"))
}

/// Nothing that leaves the program holds a secret, and no secret travels in a URL.
fn assert_no_leak(model: &Model, run: &Run, secrets: &[String]) {
    let log: String = model
        .requests()
        .iter()
        .map(|request| format!("{} {}?{}\n", request.method, request.path, request.query))
        .collect();
    for secret in secrets {
        let body = secret.rsplit('=').next().unwrap();
        for (name, text) in [("log", &log), ("stdout", &run.stdout), ("stderr", &run.stderr)] {
            assert!(!text.contains(body), "a secret in {name}");
        }
    }
}
