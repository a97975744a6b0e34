//! `token inventory` of long lists: rows that come and go between pages, and memory.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

use super::inventory::inventory;
use super::{ADMIN, secret};
use crate::support::command::Dir;

fn large(profile: Profile, change: impl Fn(&mut Fixture)) -> Model {
    let mut fixture = Fixture::example();
    change(&mut fixture);
    Model::start(fixture, profile, Tier::Ultimate).unwrap()
}

fn ids(state: &Value) -> BTreeSet<u64> {
    let rows = state["access_tokens"].as_array().unwrap();
    rows.iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

/// The most memory that a process had, in KiB, as far as the kernel still tells.
fn peak(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[test]
fn a_hundred_thousand_tokens_in_little_memory() {
    let model = large(Profile::R19_6, |fixture| {
        fixture.more_personal_tokens = 60_000;
        fixture.more_project_tokens = 40_000;
    });
    let before = ids(&model.state());
    for fault in [
        "rows-inserted*40@GET:access_tokens",
        "rows-removed*40@GET:access_tokens",
        "429-headers*1@GET:access_tokens",
        "502-html*2@GET:access_tokens",
        "link-foreign@GET:/projects",
    ] {
        model.fault(fault.parse().unwrap());
    }
    let dir = Dir::new();
    let kinds = "personal_access_token,impersonation_token,project_access_token,\
                 group_access_token,service_account_token";
    let args = [
        "token",
        "inventory",
        "--whole-instance",
        "--kind",
        kinds,
        "--format",
        "jsonl",
        "--instance",
        model.url(),
        "--token-env",
        ADMIN,
        "--output",
        "list.jsonl",
    ];
    let own = secret(&model, Kind::AccessToken, 1);
    let mut child = dir.command(&args).env(ADMIN, own).spawn().unwrap();
    let mut most = 0;
    let status = loop {
        most = most.max(peak(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(status.code(), Some(0));
    assert!(most > 4 << 10, "memory was measured");
    assert!(most < 64 << 10, "{most} KiB");
    let after = ids(&model.state());
    let mut listed = BTreeSet::new();
    let mut end = Value::Null;
    for line in BufReader::new(File::open(dir.path().join("list.jsonl")).unwrap()).lines() {
        let row: Value = serde_json::from_str(&line.unwrap()).unwrap();
        if row["type"] == "entry" {
            assert!(listed.insert(row["id"].as_u64().unwrap()), "twice: {row}");
        } else {
            end = row;
        }
    }
    assert_eq!(end["complete"], true, "{end}");
    let stayed: BTreeSet<u64> = before.intersection(&after).copied().collect();
    assert!(stayed.len() > 99_000);
    assert_eq!(stayed.difference(&listed).count(), 0, "nothing that stayed is lost");
    let ever: BTreeSet<u64> = before.union(&after).copied().collect();
    assert_eq!(listed.difference(&ever).count(), 0);
}

#[test]
fn without_an_order_two_passes_have_to_agree() {
    let model = large(Profile::R16_11, |fixture| fixture.more_project_tokens = 250);
    let args = ["--project", "acme/shop", "--kind", "project_access_token", "--format", "json"];
    let report = inventory(&model, 19, &args).assert_code(0).json();
    assert_eq!(report["entries"].as_array().unwrap().len(), 251);
    let pages = model.requests().iter().filter(|r| r.path.ends_with("access_tokens")).count();
    assert!(pages >= 6, "three pages, twice: {pages}");
    // Two rows go while the first pass runs: later passes agree, and have the rest.
    model.fault("rows-removed*2@GET:access_tokens".parse().unwrap());
    let report = inventory(&model, 19, &args).assert_code(0).json();
    let left = ids(&model.state());
    let rows = report["entries"].as_array().unwrap();
    let listed: BTreeSet<u64> = rows.iter().map(|row| row["id"].as_u64().unwrap()).collect();
    assert_eq!(listed.len(), rows.len());
    assert!(left.iter().filter(|id| **id > 100).all(|id| listed.contains(id)));
    model.clear_faults();
    model.fault("rows-inserted@GET:access_tokens".parse().unwrap());
    let report = inventory(&model, 19, &args).assert_code(3).json();
    let reason = "the list changed while it was read: no two passes agree";
    assert_eq!(report["gaps"][0]["reason"], reason);
}

#[test]
fn tokens_of_one_moment_are_read_until_two_passes_agree() {
    let model = large(Profile::R19_6, |fixture| {
        fixture.now = Some("2026-03-10T12:00:00Z".parse().unwrap());
        let proto = fixture.access_tokens.iter().find(|token| token.id == 30).unwrap().clone();
        for number in 0..350 {
            fixture.access_tokens.push(gitlab_model::records::AccessToken {
                id: 1000 + number,
                created_at: "2026-03-01T00:00:00Z".parse().unwrap(),
                expires_at: Some("2026-12-01".parse().unwrap()),
                ..proto.clone()
            });
        }
        for token in &mut fixture.access_tokens {
            token.expires_at = token.expires_at.map(|_| "2026-12-01".parse().unwrap());
        }
    });
    let args = ["--project", "1", "--kind", "project_access_token", "--format", "json"];
    let report = inventory(&model, 19, &args).assert_code(0).json();
    assert_eq!(report["entries"].as_array().unwrap().len(), 351);
}

#[test]
fn half_a_list_is_a_gap() {
    let model = large(Profile::R19_6, |fixture| fixture.more_project_tokens = 250);
    let fault = gitlab_model::Fault::named("broken-json").on("GET", "/projects/1/access_tokens");
    model.fault(fault.after(1));
    let args = ["--project", "1", "--kind", "project_access_token", "--format", "json"];
    let report = inventory(&model, 19, &args).assert_code(3).json();
    assert_eq!(report["gaps"][0]["reason"], "the answer is no list");
    assert_eq!(report["entries"].as_array().unwrap().len(), 100, "what came is kept");
}
