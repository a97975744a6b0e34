//! Pages of `token inventory` and `token watch`, and the schedules of docs/token-watch.md.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gitlab_model::{Fixture, Kind};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rig::Rig;
use super::watch::rig;
use crate::support::command::Run;

/// A name that would be markup, a script, the end of one.
const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\u{202e}";

fn hostile() -> Rig {
    let mut fixture = Fixture::example();
    fixture.access_tokens.iter_mut().for_each(|token| token.name = HOSTILE.to_owned());
    fixture.groups[0].name = HOSTILE.to_owned();
    rig(fixture)
}

fn run(rig: &Rig, verb: &str, more: &[&str]) -> Run {
    let mut args = vec!["token", verb, "--instance", rig.model.url(), "--token-file", "me"];
    args.extend(["--format", "html", "--whole-instance"]);
    args.extend(more);
    rig.dir.run(&args)
}

/// What stands between two marks.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    page.split_once(start).unwrap().1.split_once(end).unwrap().0
}

/// Holds a page to what each page keeps. Returns its data.
fn checked(page: &str) -> Value {
    for (start, end) in [("<script>", "</script>"), ("<style>", "</style>")] {
        let hash = STANDARD.encode(Sha256::digest(between(page, start, end)));
        assert!(page.contains(&format!("'sha256-{hash}'")), "{start}");
    }
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    assert_eq!(page.matches("<script").count(), 2, "data and script");
    assert!(!page.contains("<img") && !page.contains('\u{202e}'));
    for word in ["unsafe-", "innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
        assert!(!page.contains(word), "{word}");
    }
    let style = between(page, "<style>", "</style>");
    let script = between(page, "<script>", "</script>");
    let data = between(page, r#"id="data">"#, "</script>");
    let markup = page.replace(style, "").replace(script, "").replace(data, "");
    for word in [" src=", " href=", " style=", " onclick=", "url("] {
        assert!(!markup.contains(word), "{word}");
    }
    serde_json::from_str(data).unwrap()
}

#[test]
fn a_page_has_all_entries_and_no_markup_of_theirs() {
    let rig = hostile();
    let page = run(&rig, "inventory", &["--webhook-without-secret"]);
    let data = checked(&page.assert_code(1).stdout);
    let list = rig.run("inventory", &["--whole-instance", "--webhook-without-secret"]).json();
    // Each run is a use of the caller's token.
    let without_use = |entries: &Value| -> Vec<Value> {
        let rows = entries.as_array().unwrap().iter().cloned();
        rows.map(|mut row| {
            row.as_object_mut().unwrap().remove("last_used_at");
            row
        })
        .collect()
    };
    assert_eq!(without_use(&data["entries"]), without_use(&list["entries"]));
    assert_eq!(data["steps"], serde_json::json!([60, 30, 7]));
    assert!(data.get("notices").is_none());
    assert!(page.stdout.contains("<h2>No API lists</h2>\n<ul>\n<li>feed, incoming mail"));
    assert!(!page.stdout.contains("not complete"));
    for id in 1..60 {
        let secret = rig.model.secret(Kind::AccessToken, id);
        assert!(secret.is_none_or(|secret| !page.stdout.contains(&secret)), "a secret");
    }
}

#[test]
fn an_empty_or_partial_page_says_so() {
    let rig = hostile();
    rig.model.fault("500-json@GET:/groups/1/access_tokens".parse().unwrap());
    let page = run(&rig, "inventory", &["--kind", "group_access_token", "--id", "1000"]);
    let page = &page.assert_code(3).stdout;
    assert_eq!(checked(page)["entries"], serde_json::json!([]));
    assert!(page.contains("This list is not complete"), "{page}");
    assert!(page.contains("<li>GET /groups/:id/access_tokens: "), "{page}");
}

#[test]
fn a_page_with_a_state_tells_notices_once() {
    let rig = hostile();
    let page = run(&rig, "watch", &[]);
    assert!(checked(&page.assert_code(0).stdout).get("notices").is_none());
    let state = ["--state", "state.jsonl", "--days", "30"];
    let page = run(&rig, "watch", &state);
    let data = checked(&page.assert_code(1).stdout);
    let notices = data["notices"].as_array().unwrap();
    assert!(!notices.is_empty() && notices.iter().all(|notice| notice["step"] == 30));
    let name = notices.iter().find(|it| it["entry"]["id"] == 30).unwrap()["entry"]["name"].clone();
    assert!(name.as_str().unwrap().starts_with("</script><script>"), "{name}");
    let page = run(&rig, "watch", &state);
    let data = checked(&page.assert_code(0).stdout);
    assert_eq!(data["notices"], serde_json::json!([]));
}

/// Takes whatever is posted.
fn receiver() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut raw = Vec::new();
            let mut buffer = [0; 4096];
            let is_whole = |raw: &[u8]| {
                let text = String::from_utf8_lossy(raw);
                text.split_once("\r\n\r\n").is_some_and(|(head, body)| {
                    let lines = head.lines().filter_map(|line| line.split_once(": "));
                    let mut lens = lines.filter(|(name, _)| *name == "content-length");
                    lens.any(|(_, len)| len.parse() == Ok(body.len()))
                })
            };
            while !is_whole(&raw) {
                match stream.read(&mut buffer) {
                    Ok(count @ 1..) => raw.extend(&buffer[..count]),
                    _ => break,
                }
            }
            let answer = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

/// The commands of the page's schedules, each up to where a shell goes on.
#[test]
fn schedules_of_the_page_work() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/token-watch.md");
    let page = std::fs::read_to_string(page).unwrap();
    let lines = page.lines().filter(|line| !line.starts_with("$ ") && !line.starts_with('|'));
    let commands = lines.filter_map(|line| line.split_once("tokensieve token watch --"));
    let commands: Vec<&str> =
        commands.map(|(_, rest)| rest.split(" || ").next().unwrap()).collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    for command in commands {
        let rig = rig(Fixture::example());
        std::fs::create_dir(rig.dir.path().join("watch")).unwrap();
        let admin = rig.model.secret(Kind::AccessToken, 1).unwrap();
        rig.secret("admin-token", &admin);
        rig.secret("value", &admin);
        rig.secret("signing", &format!("{}{}", ["whs", "ec_"].concat(), STANDARD.encode([7; 32])));
        let command = format!("token watch --{command}")
            .replace("https://gitlab.example.com", rig.model.url())
            .replace("/token/", "")
            .replace("/state/", "");
        let run = || {
            let args: Vec<&str> = command.split(' ').collect();
            let mut program = rig.dir.command(&args);
            program.env("CI_SERVER_URL", rig.model.url()).env("ALERTS_URL", receiver());
            program.env("WATCH_TOKEN", &admin);
            Run::of(program.output().unwrap())
        };
        run().assert_code(1);
        run().assert_code(0);
    }
}
