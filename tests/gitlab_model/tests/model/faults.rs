//! Faults: what the client sees, and whether the work was done.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use gitlab_model::{Fault, Fixture, Model, Options};

use super::support::{model, send};

const ROTATE: &str = "POST /personal_access_tokens/2/rotate";

#[test]
fn each_fault_of_a_write_says_whether_the_work_was_done() {
    for (name, done) in [
        ("cut-before", false),
        ("reset-before", false),
        ("cut-after", true),
        ("reset-after", true),
        ("half-headers", true),
        ("half-body", true),
    ] {
        let model = model();
        model.fault(Fault::named(name).on("POST", "/rotate").times(1));
        let error = model.try_call(2, ROTATE, None).unwrap_err();
        let reset = name.starts_with("reset");
        assert_eq!(error.kind() == ErrorKind::ConnectionReset, reset, "{name}: {error}");
        assert_eq!(model.revoked(2), done, "{name}");
        let rotations: Vec<_> =
            model.requests().into_iter().filter(|logged| logged.method == "POST").collect();
        assert_eq!(rotations.len(), 1, "{name}");
    }
}

#[test]
fn answers_that_come_late_come_after_the_work() {
    for (name, done) in [("stall-before", false), ("stall-after", true), ("stall-body", true)] {
        let model = model();
        let stall = Duration::from_millis(300);
        model.fault(Fault::named(name).on("POST", "/rotate").times(1).stall(stall));
        let start = Instant::now();
        let answer = model.try_call(2, ROTATE, None);
        assert!(start.elapsed() >= stall, "{name}");
        assert_eq!(answer.is_ok(), name == "stall-after", "{name}: {answer:?}");
        assert_eq!(model.revoked(2), done, "{name}");
    }
}

#[test]
fn a_model_that_is_dropped_waits_for_no_stall() {
    let model = model();
    model.fault(Fault::named("stall-before"));
    let address = model.address();
    let client = std::thread::spawn(move || send(address, "GET /api/v4/user", &[], None));
    while model.requests().is_empty() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let start = Instant::now();
    drop(model);
    assert!(client.join().unwrap().is_err());
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn refusals_have_the_shapes_of_gitlab_and_of_what_stands_before_it() {
    let model = model();
    let ask = |name: &str| {
        model.clear_faults();
        model.fault(Fault::named(name));
        model.call(2, "GET /personal_access_tokens/self", None)
    };
    let limited = ask("429-headers");
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("1")));
    assert_eq!(limited.body, "Retry later\n");
    let bare = ask("429-plain");
    assert_eq!((bare.status, bare.header("retry-after")), (429, None));
    let json = ask("429-json");
    assert!(json.json()["message"]["error"].as_str().unwrap().contains("too many times"));
    assert_eq!(json.header("retry-after"), None);
    for (name, status) in
        [("403-html", 403), ("502-html", 502), ("503-html", 503), ("200-html", 200)]
    {
        let answer = ask(name);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some("text/html")));
        assert!(answer.body.starts_with("<!DOCTYPE html>"), "{name}");
    }
    let foreign = ask("redirect-foreign");
    assert_eq!(foreign.status, 302);
    assert!(foreign.header("location").unwrap().starts_with("http://203.0.113.7/"));
    let broken = ask("broken-json");
    assert!(serde_json::from_str::<serde_json::Value>(&broken.body).is_err());
    let plain = ask("401");
    assert_eq!(plain.json()["message"], "401 Unauthorized");
}

#[test]
fn slow_answers_are_whole() {
    let model = model();
    model.fault(Fault::named("slow").times(1));
    let answer = model.call(2, "GET /personal_access_tokens/self", None);
    assert_eq!(answer.json()["id"], 2);
}

#[test]
fn the_log_has_names_and_hashes_and_no_values() {
    let model = model();
    let secret = model.secret(gitlab_model::Kind::AccessToken, 2).unwrap();
    let body = serde_json::json!({"name": "x", "scopes": ["k8s_proxy"]});
    model.call(2, "GET /personal_access_tokens?state=active", None);
    model.call(2, "POST /user/personal_access_tokens", Some(&body));
    let log = model.requests();
    assert_eq!((log[0].method.as_str(), log[0].query.as_str()), ("GET", "state=active"));
    assert!(log[0].headers.contains(&"private-token".to_owned()));
    assert_ne!(log[0].body_sha256, log[1].body_sha256);
    assert_ne!(log[0].connection, log[1].connection);
    assert_eq!((log[0].status, log[1].status), (200, 400), "the date is missing");
    let shown = model.raw("GET /-/model/requests", &[]).body;
    assert!(!shown.contains(&secret) && shown.contains("private-token"));
    let state = model.raw("GET /-/model/state", &[]).body;
    assert!(!state.contains(&secret) && state.contains("\"access_tokens\""));
}

#[test]
fn tests_of_other_programs_steer_by_http() {
    let model = model();
    let post = |path: &str, body| send(model.address(), path, &[], Some(&body)).unwrap();
    let fault = serde_json::json!({"fault": "503-html*1"});
    assert_eq!(post("POST /-/model/fault", fault).status, 200);
    assert_eq!(model.call(2, "GET /user", None).status, 503);
    assert_eq!(model.call(2, "GET /user", None).status, 200);
    let unknown = post("POST /-/model/fault", serde_json::json!({"fault": "x"}));
    assert!(unknown.body.contains("429-plain"), "{unknown:?}");
    assert_eq!(post("POST /-/model/advance", serde_json::json!({"days": 100})).status, 200);
    assert_eq!(model.call(2, "GET /user", None).status, 401, "it ran out");
    let secrets = model.raw("GET /-/model/secrets", &[]).json();
    let all = secrets.as_array().unwrap();
    assert!(all.iter().any(|row| row["kind"] == "AccessToken" && row["id"] == 2));
}

#[test]
fn only_loopback_addresses_are_listened_on() {
    let listen = "0.0.0.0:0".parse().unwrap();
    let result = Model::start_with(Fixture::default(), Options { listen, ..Options::default() });
    assert_eq!(result.err().map(|error| error.kind()), Some(ErrorKind::InvalidInput));
    let options = || Options { listen: "[::1]:0".parse().unwrap(), ..Options::default() };
    // A machine without IPv6 has no such address.
    if let Ok(model) = Model::start_with(Fixture::example(), options()) {
        assert!(model.url().starts_with("http://[::1]:"));
        assert_eq!(send(model.address(), "GET /api/v4/user", &[], None).unwrap().status, 401);
    }
}

#[test]
fn connections_are_kept_and_requests_follow_each_other() {
    use std::io::{Read, Write};
    let model = model();
    let mut stream = std::net::TcpStream::connect(model.address()).unwrap();
    let request = "GET /api/v4/user HTTP/1.1\r\nHost: a\r\n\r\n";
    let last = "GET /api/v4/user HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    stream.write_all(format!("{request}{request}{last}").as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("HTTP/1.1 401").count(), 3, "{text}");
    assert!(model.requests().iter().all(|logged| logged.connection == 1));
}
