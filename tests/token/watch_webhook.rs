//! `token watch --webhook`: shapes, signatures, receivers that fail, runs that are killed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gitlab_model::{Fixture, Kind};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::rig::Rig;
use super::watch::{brief, rig};
use crate::support::command::Run;

const ALL: &[&str] = &["--whole-instance", "--state", "state.jsonl"];

/// A message as it arrived.
#[derive(Clone, Debug)]
struct Received {
    headers: BTreeMap<String, String>,
    body: String,
}

impl Received {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A receiver on loopback, for as long as the test runs.
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Receiver {
    /// Answers each message with what the handler makes of its number.
    fn start(answer: impl Fn(usize) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url =
            format!("http://{}/hooks/path-is-secret?key=sesame", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&received);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let Some(message) = read(&mut stream) else { continue };
                let mut log = log.lock().unwrap();
                log.push(message);
                let text = answer(log.len() - 1);
                drop(log);
                let _ = stream.write_all(text.as_bytes());
            }
        });
        Self { url, received }
    }

    fn all(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut raw = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&raw).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
            let headers: BTreeMap<String, String> =
                lines.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
            if body.len() == headers["content-length"].parse::<usize>().unwrap() {
                return Some(Received { headers, body: body.to_owned() });
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => raw.extend(&buffer[..count]),
        }
    }
}

fn status(status: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
}

fn taken(_: usize) -> String {
    status("204 No Content")
}

fn watch(rig: &Rig, receiver: &Receiver, more: &[&str]) -> Run {
    rig.run("watch", &[ALL, &["--webhook", &receiver.url], more].concat())
}

#[test]
fn events_of_gitlab_have_its_shape_and_others_one_of_ours() {
    let rig = rig(Fixture::example());
    let receiver = Receiver::start(taken);
    let run = watch(&rig, &receiver, &[]);
    run.assert_code(1);
    let all = receiver.all();
    let of = |event: &str, id: u64| {
        let is_it = |received: &&Received| {
            let body = received.json();
            let attributes = body.get("entry").unwrap_or(&body["object_attributes"]);
            body["event_name"] == event && attributes["id"] == id
        };
        all.iter().find(is_it).unwrap_or_else(|| panic!("no {event} {id}")).clone()
    };
    let ci = of("expiring_access_token", 30);
    assert_eq!(ci.headers["x-gitlab-event"], "Resource Access Token Hook");
    assert_eq!(ci.headers["x-gitlab-instance"], rig.model.url());
    let body = ci.json();
    let keys = |value: &Value| {
        let mut keys: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys
    };
    let expected = ["event_name", "interval", "object_attributes", "object_kind", "project"];
    assert_eq!(keys(&body), expected);
    assert_eq!(
        (&body["object_kind"], &body["interval"]),
        (&"access_token".into(), &"thirty_days".into())
    );
    let attributes = &body["object_attributes"];
    let expected = ["created_at", "expires_at", "id", "last_used_at", "name", "user_id"];
    assert_eq!(keys(attributes), expected);
    assert!(attributes["created_at"].as_str().unwrap().ends_with(" UTC"), "{attributes}");
    assert_eq!(attributes["expires_at"].as_str().unwrap().len(), "2026-03-10".len());
    assert_eq!((&attributes["user_id"], &attributes["name"]), (&20.into(), &"ci".into()));
    let project = &body["project"];
    for key in ["name", "web_url", "git_ssh_url", "git_http_url", "namespace", "default_branch"] {
        assert!(project[key].is_string(), "{key}: {project}");
    }
    assert_eq!((&project["id"], &project["visibility_level"]), (&1.into(), &0.into()));
    assert_eq!(project["path_with_namespace"], "acme/shop");
    let group = of("expiring_access_token", 32).json()["group"].clone();
    let acme = serde_json::json!({
        "group_id": 1, "group_name": "Acme", "group_path": "acme", "full_path": "acme",
    });
    assert_eq!(group, acme);
    let deploy = of("expiring_deploy_token", 2);
    assert_eq!(deploy.headers["x-gitlab-event"], "Resource Deploy Token Hook");
    let attributes = deploy.json()["object_attributes"].clone();
    let expected = ["created_at", "deploy_token_type", "expires_at", "id", "name", "revoked"];
    assert_eq!(keys(&attributes), expected);
    assert_eq!(attributes["deploy_token_type"], "group_type");
    let own = of("expiring", 34);
    assert_eq!(own.headers["x-tokensieve-event"], "expiring");
    assert!(!own.headers.contains_key("x-gitlab-event"));
    assert_eq!(own.json()["object_kind"], "tokensieve_notice");
    // The report tells the same.
    assert_eq!(run.json()["notices"].as_array().unwrap().len(), all.len());
    let ids: BTreeSet<&String> =
        all.iter().map(|received| &received.headers["webhook-id"]).collect();
    assert_eq!(ids.len(), all.len());
    for id in 1..60 {
        let secret = rig.model.secret(Kind::AccessToken, id);
        assert!(all.iter().all(|it| secret.as_ref().is_none_or(|own| !it.body.contains(own))));
    }
    assert!(!run.stderr.contains("path-is-secret") && !run.stderr.contains("sesame"), "{run:?}");
}

#[test]
fn messages_are_signed_and_come_again_with_the_same_id() {
    let rig = rig(Fixture::example());
    let key = [7_u8; 32];
    rig.secret("signing", &format!("{}{}", ["whs", "ec_"].concat(), STANDARD.encode(key)));
    let receiver = Receiver::start(|number| match number {
        0 => status("503 Service Unavailable"),
        1 => String::new(),
        _ => status("200 OK"),
    });
    let args = ["--kind", "deploy_token", "--webhook-secret-file", "signing"];
    watch(&rig, &receiver, &args).assert_code(1);
    let all = receiver.all();
    let [first, second, third] = all.as_slice() else { panic!("{all:?}") };
    for message in [first, second, third] {
        let (id, time) = (&message.headers["webhook-id"], &message.headers["webhook-timestamp"]);
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{id}.{time}.{}", message.body).as_bytes());
        let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(message.headers["webhook-signature"], signature);
        assert_eq!((id, &message.body), (&first.headers["webhook-id"], &first.body));
    }
    watch(&rig, &receiver, &args).assert_code(0);
    assert_eq!(receiver.all().len(), 3);
}

#[test]
fn what_a_receiver_does_not_take_waits_for_the_next_run() {
    let rig = rig(Fixture::example());
    let kind = ["--kind", "project_access_token,group_access_token,deploy_token"];
    let refusing = Receiver::start(|_| status("403 Forbidden"));
    let run = watch(&rig, &refusing, &kind);
    let report = run.assert_code(3).json();
    assert_eq!((&report["undelivered"], refusing.all().len()), (&3.into(), 3), "{run:?}");
    assert!(run.stderr.contains("did not take msg_"), "{run:?}");
    // A redirect is no delivery, and nothing is sent where it leads.
    let other = Receiver::start(taken);
    let location = other.url.clone();
    let moved = Receiver::start(move |_| {
        format!(
            "HTTP/1.1 307 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\
             Connection: close\r\n\r\n"
        )
    });
    assert_eq!(watch(&rig, &moved, &kind).assert_code(3).json()["notices"], serde_json::json!([]));
    assert_eq!((moved.all().len(), other.all().len()), (3, 0));
    let taking = Receiver::start(taken);
    watch(&rig, &taking, &kind).assert_code(1);
    let ids = |receiver: &Receiver| -> BTreeSet<String> {
        receiver.all().iter().map(|it| it.headers["webhook-id"].clone()).collect()
    };
    assert_eq!(ids(&refusing), ids(&taking));
    watch(&rig, &taking, &kind).assert_code(0);
    assert_eq!(taking.all().len(), 3);
}

/// Gauges go to a file, and the notices to the receiver.
#[test]
fn a_webhook_goes_beside_formats_that_tell_no_notices() {
    let rig = rig(Fixture::example());
    let receiver = Receiver::start(taken);
    let mut args = vec!["token", "watch", "--instance", rig.model.url(), "--token-file", "me"];
    args.extend(["--format", "prometheus", "--kind", "deploy_token", "--webhook", &receiver.url]);
    args.extend(ALL);
    let run = rig.dir.run(&args);
    assert!(run.assert_code(1).stdout.contains("tokensieve_tokens{"), "{run:?}");
    assert_eq!(receiver.all().len(), 1);
    rig.dir.run(&args).assert_code(0);
    assert_eq!(receiver.all().len(), 1);
}

/// Small numbers without a library: the order of the kills is the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

#[test]
fn runs_that_are_killed_lose_no_notice() {
    let mut fixture = Fixture::example();
    fixture.more_project_tokens = 120;
    let rig = rig(fixture);
    let receiver = Receiver::start(|_| {
        std::thread::sleep(Duration::from_millis(2));
        status("200 OK")
    });
    let mut args = vec!["token", "watch", "--instance", rig.model.url(), "--token-file", "me"];
    args.extend(["--format", "jsonl", "--kind", "project_access_token,deploy_token"]);
    args.extend(["--webhook", &receiver.url]);
    args.extend(ALL);
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    let mut reports = String::new();
    let mut killed = 0;
    for _ in 0..12 {
        let mut command = rig.dir.command(&args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(chance.below(1_200)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        killed += usize::from(output.status.code().is_none());
        reports += &String::from_utf8_lossy(&output.stdout);
        reports += "\n";
    }
    assert!(killed > 3, "{killed}");
    let run = rig.dir.run(&args);
    assert!(matches!(run.code, Some(0 | 1)), "{run:?}");
    reports += &run.stdout;
    rig.dir.run(&args).assert_code(0);
    let whole = rig.run(
        "watch",
        &[
            "--whole-instance",
            "--state",
            "other.jsonl",
            "--kind",
            "project_access_token,deploy_token",
        ],
    );
    let expected: BTreeSet<String> =
        whole.json()["notices"].as_array().unwrap().iter().map(brief).collect();
    assert!(expected.len() > 100);
    // By the webhook: nothing lost, and what came twice has one id.
    let mut ids: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for message in receiver.all() {
        let id = message.headers["webhook-id"].clone();
        ids.entry(message.body).or_default().insert(id);
    }
    assert_eq!(ids.len(), expected.len());
    assert!(ids.values().all(|ids| ids.len() == 1), "{ids:?}");
    // By the reports: the same.
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for notice in reports.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if notice["type"] == "notice" {
            told.entry(brief(&notice)).or_default().insert(notice["message_id"].to_string());
        }
    }
    assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), expected);
    assert!(told.values().all(|ids| ids.len() == 1), "{told:?}");
}
