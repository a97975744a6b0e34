//! `tokensieve mask` and `tokensieve serve`.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

#[test]
fn mask_hides_secrets_and_passes_the_rest() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(5));
    let input = format!("one\ntoken {token} end\nlast, without a line end {token}");
    let run = dir.run_with_input(&["mask"], input.as_bytes());
    run.assert_code(0);
    assert_eq!(run.stdout, "one\ntoken glpat-... end\nlast, without a line end glpat-...");
    assert_eq!(run.stderr, "");
    // Bytes that are no text go through.
    let mut command = dir.command(&["mask"]);
    let bytes = b"\xff\x00\xfe\n\x80";
    let output = crate::support::command::output_with_input(&mut command, bytes);
    assert_eq!(output.stdout, bytes);
}

#[test]
fn mask_writes_at_once_what_begins_no_secret() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(6));
    let mut child =
        dir.command(&["mask"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut read = |len: usize| {
        let mut text = vec![0; len];
        output.read_exact(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    // Rules are loaded once.
    input.write_all(b"a\n").unwrap();
    assert_eq!(read(2), "a\n");
    let started = Instant::now();
    input.write_all(b"Enter password: ").unwrap();
    assert_eq!(read(16), "Enter password: ");
    let took = started.elapsed();
    assert!(took < Duration::from_secs(2), "{took:?}, on however busy a machine");
    // A token in two writes is not split.
    input.write_all(&token.as_bytes()[..12]).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    input.write_all(&token.as_bytes()[12..]).unwrap();
    drop(input);
    let mut rest = String::new();
    output.read_to_string(&mut rest).unwrap();
    // Behind that prompt it is a password, too; its public beginning says more.
    assert_eq!(rest, "glpat-...");
    assert!(child.wait().unwrap().success());
}

#[test]
fn serve_answers_line_by_line() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(7));
    let mut child =
        dir.command(&["serve"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut ask = |request: Value| -> Value {
        writeln!(input, "{request}").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert!(!line.contains(&token[6..]), "{line}");
        serde_json::from_str(&line).unwrap()
    };
    let text = format!("a\n{token}\n");
    let answer = ask(json!({"id": 1, "method": "scan", "text": text, "path": "a.env"}));
    assert_eq!(answer["id"], 1);
    assert_eq!(answer["findings"][0]["rule_id"], "gitlab_personal_access_token");
    assert_eq!(
        (&answer["findings"][0]["path"], &answer["findings"][0]["start_line"]),
        (&json!("a.env"), &json!(2))
    );
    let bytes = [b"\xff ", token.as_bytes()].concat();
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let answer = ask(json!({"id": "b", "method": "scan", "base64": encoded}));
    assert_eq!((&answer["id"], &answer["findings"][0]["start_byte"]), (&json!("b"), &json!(2)));
    let answer = ask(json!({"method": "redact", "text": format!("see {token}")}));
    assert_eq!(answer, json!({"id": null, "text": "see glpat-..."}));
    let answer = ask(json!({"id": 2, "method": "version"}));
    assert!(answer["rules"].as_u64().unwrap() > 500, "{answer}");
    // Mistakes are answers, and the next request works.
    for wrong in [
        json!({"id": 3, "method": "scan"}),
        json!({"id": 3, "method": "scan", "text": "", "base64": ""}),
        json!({"id": 3, "method": "scan", "base64": "*"}),
        json!({"id": 3, "method": token}),
        json!({"id": 3}),
    ] {
        let answer = ask(wrong);
        assert_eq!(answer["id"], 3, "{answer}");
        assert!(answer["error"].is_string(), "{answer}");
    }
    assert!(ask(json!([]))["error"].is_string());
    assert_eq!(ask(json!({"id": 4, "method": "scan", "text": ""}))["findings"], json!([]));
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn serve_bounds_requests() {
    let dir = Dir::new();
    let long = "x".repeat(100_000);
    let input = format!("{long}\n\n{{\"id\":1,\"method\":\"version\"}}\nnot json");
    let run = dir.run_with_input(&["serve", "--max-request", "1K"], input.as_bytes());
    run.assert_code(0);
    let answers: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 3, "{run:?}");
    assert_eq!(answers[0]["error"], "a request of more than 1024 bytes");
    assert_eq!(answers[1]["id"], 1);
    assert!(answers[2]["error"].as_str().unwrap().starts_with("no JSON"));
}
