//! `token usage`: logs of GitLab, in bounded memory.

use std::io::Write;
use std::process::Stdio;

use crate::support::command::Dir;

fn line(id: u64, address: &str, more: &str) -> String {
    format!(
        concat!(
            r#"{{"time":"2026-03-01T10:00:00.000Z","severity":"INFO","duration_s":0.01,"#,
            r#""status":200,"method":"GET","path":"/api/v4/projects","params":[],"#,
            r#""remote_ip":"{address}","ua":"curl","route":"/api/:version/projects","#,
            r#""user_id":2,"username":"anna","token_id":{id},"#,
            r#""token_type":"PersonalAccessToken"{more}}}"#,
        ),
        address = address,
        id = id,
        more = more
    )
}

#[test]
fn calls_and_refusals_are_counted_by_token() {
    let dir = Dir::new();
    let refused = concat!(
        r#"{"time":"2026-03-02T10:00:00.000Z","status":401,"remote_ip":"203.0.113.7","#,
        r#""meta.auth_fail_reason":"token_revoked","#,
        r#""meta.auth_fail_token_id":"PersonalAccessToken/12"}"#,
    );
    let lines = [line(12, "192.0.2.1", ""), line(13, "192.0.2.2", ""), refused.to_owned()];
    dir.file("api_json.log", lines.join("\n"));
    let run = dir.run(&["token", "usage", "api_json.log", "--format", "json"]);
    let report = run.assert_code(0).json();
    let token = &report["tokens"][0];
    assert_eq!((&token["type"], &token["id"]), (&"PersonalAccessToken".into(), &12.into()));
    assert_eq!((&token["calls"], &token["failures"]["token_revoked"]), (&1.into(), &1.into()));
    assert_eq!(token["username"], "anna");
    let text = dir.run(&["token", "usage", "api_json.log", "--allow-ip", "192.0.2.0/24"]);
    text.assert_code(1);
    assert!(text.stdout.contains("! used from: 203.0.113.7"), "{}", text.stdout);
    assert!(text.stdout.contains("! refused, token_revoked: 1"), "{}", text.stdout);
    let all = ["token", "usage", "api_json.log", "--allow-ip", "0.0.0.0/0"];
    dir.run(&all).assert_code(0);
}

#[test]
fn what_cannot_be_read_is_counted() {
    let dir = Dir::new();
    let run = dir.run_with_input(&["token", "usage", "-"], b"not json\n");
    assert!(run.assert_code(3).stdout.contains("1 lines, 1 of them unreadable"), "{run:?}");
    let hostile = line(1, "x\u{1b}[2J", r#","meta.user":"\u001b[2J\u202e""#);
    let hostile = hostile.replace("\"anna\"", "\"\\u001b[2J\\u202e\"");
    let run = dir.run_with_input(&["token", "usage", "-"], hostile.as_bytes());
    assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{run:?}");
    dir.run(&["token", "usage", "missing.log"]).assert_code(2);
}

/// How long the log is, in bytes.
const LONG: usize = 256 << 20;

#[test]
fn a_long_log_takes_no_more_memory_than_its_tokens() {
    let dir = Dir::new();
    let mut command = dir.command(&["token", "usage", "-", "--format", "json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let block: String = (0..2000)
        .map(|id| line(id, &format!("10.0.{}.{}", id / 256, id % 256), "") + "\n")
        .collect();
    let mut written = 0;
    let mut most = 0;
    while written < LONG {
        stdin.write_all(block.as_bytes()).unwrap();
        written += block.len();
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        most = most.max(peak.split_whitespace().next().unwrap().parse::<u64>().unwrap());
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(most < 48 << 10, "{most} KiB");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["tokens"].as_array().unwrap().len(), 2000);
    let calls = u64::try_from(written / block.len()).unwrap();
    assert_eq!(report["tokens"][7]["calls"], calls);
}
