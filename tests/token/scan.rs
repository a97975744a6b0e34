//! `scan --verify` and `git --verify`: the verdict in every format, and what still counts.

use gitlab_model::{Kind, Model};

use super::{assert_no_leak, model, secret};
use crate::support::command::{Dir, Run};

/// Two living tokens and two dead ones of GitLab, and one of somebody else.
fn leaks(model: &Model) -> Vec<String> {
    let mut lines: Vec<String> =
        [2, 5, 6, 30].iter().map(|id| secret(model, Kind::AccessToken, *id)).collect();
    lines.push(["npm_", "8vD4Vs4BfqTmKBdzs2e5y3Kq2jHpXh3dkCzB"].concat());
    lines
}

fn scan(model: &Model, lines: &[String], more: &[&str]) -> Run {
    let dir = Dir::new();
    dir.file("leaks.txt", lines.join("\n"));
    let mut args = vec!["scan", ".", "--verify", "--instance", model.url()];
    args.extend(more);
    dir.run(&args)
}

#[test]
fn every_format_has_the_verdict_and_no_secret() {
    let model = model();
    let lines = leaks(&model)[..4].to_vec();
    for format in ["text", "json", "jsonl", "sarif"] {
        let run = scan(&model, &lines, &["--format", format]);
        run.assert_code(1);
        for state in ["active", "expired", "revoked"] {
            assert!(run.stdout.contains(state), "{format} has no {state}: {}", run.stdout);
        }
        assert_no_leak(&model, &run, &lines);
    }
    let report = scan(&model, &lines, &["--format", "json"]).json();
    let verification = &report["findings"][0]["verification"];
    assert_eq!(verification["state"], "active");
    assert_eq!(verification["user_id"], 2);
    assert_eq!(verification["endpoint"], "GET /api/v4/personal_access_tokens/self");
    let shown = scan(&model, &lines, &["--format", "json", "--show-secrets"]).json();
    assert_eq!(shown["findings"][0]["secret"], lines[0].as_str());
}

#[test]
fn only_what_is_proved_dead_is_left_out() {
    let model = model();
    let mut lines = leaks(&model);
    lines.push(["glp", "at-6K5h83AacUCCGxzdUCuD"].concat());
    let all = scan(&model, &lines, &["--format", "json"]).json();
    let some = scan(&model, &lines, &["--format", "json", "--only-active"]).json();
    let count = |report: &serde_json::Value| report["findings"].as_array().unwrap().len();
    assert_eq!(count(&all) - count(&some), 2);
    let suppressed = some["coverage"]["suppressed"].to_string();
    assert!(suppressed.contains("expired or revoked"), "{suppressed}");
    // What nobody made could be another instance's.
    assert!(some.to_string().contains("invalid"));
    let dead = scan(&model, &lines[1..3], &["--only-active"]);
    dead.assert_code(0);
}

#[test]
fn without_verify_nobody_is_asked() {
    let model = model();
    let dir = Dir::new();
    dir.file("leaks.txt", leaks(&model).join("\n"));
    dir.run(&["scan", "."]).assert_code(1);
    for args in [
        &["scan", ".", "--instance", model.url()][..],
        &["scan", ".", "--only-active"],
        &["scan", ".", "--verify"],
    ] {
        dir.run(args).assert_code(2);
    }
    assert_eq!(model.requests().len(), 0);
}

#[test]
fn the_line_of_a_finding_can_name_another_host() {
    let model = model();
    let text = secret(&model, Kind::AccessToken, 2);
    let lines = [format!("git clone https://oauth2:{text}@gitlab.other.example/a.git")];
    let report = scan(&model, &lines, &["--format", "json"]).json();
    assert_eq!(report["findings"][0]["verification"]["state"], "unchecked");
    assert_eq!(model.requests().len(), 0);
}
