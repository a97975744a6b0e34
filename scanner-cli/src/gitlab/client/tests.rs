use std::sync::atomic::Ordering;
use std::time::Instant;

use tokensieve_core::Secret;

use super::*;
use crate::gitlab::credential::Scheme;
use crate::gitlab::gate::MOST_REFUSALS;
use crate::gitlab::test_server::{TestServer, answer};

const OK: &str = r#"{"id":1}"#;

fn client(server: &TestServer) -> Client {
    client_of(&server.url, Options { longest_wait: Duration::from_secs(3), ..Options::default() })
}

fn client_of(url: &str, options: Options) -> Client {
    let instance = Instance::parse(url).unwrap();
    Client::new(instance, options, Arc::new(AtomicBool::new(false))).unwrap()
}

#[test]
fn secrets_travel_in_headers_and_bodies() {
    let server = TestServer::start(|_, _| answer(200, "", OK));
    let client = client_of(&format!("{}/sub/", server.url), Options::default());
    let secret = Secret::new(b"open-sesame");
    let credential = Credential::new(Scheme::PrivateToken, &secret);
    let got = client.get("/api/v4/user", Some(&credential)).unwrap();
    assert!(got.is_success() && got.json().is_some());
    let body = Body::json(&[("token", secret.expose())]).unwrap();
    client.post("/api/v4/runners/verify", None, &body).unwrap();
    let requests = server.requests.lock().unwrap();
    assert!(requests[0].starts_with("GET /sub/api/v4/user HTTP/1.1\r\n"));
    assert!(requests[0].to_lowercase().contains("private-token: open-sesame\r\n"));
    assert!(requests[0].contains("user-agent: tokensieve/"));
    assert!(requests[1].starts_with("POST /sub/api/v4/runners/verify HTTP/1.1\r\n"));
    assert!(requests[1].ends_with(r#"{"token":"open-sesame"}"#));
    let shown = format!("{credential:?} {client:?} {got:?} {body:?}");
    assert!(!shown.contains("sesame"), "{shown}");
}

#[test]
fn reads_are_sent_again_and_writes_are_not() {
    let server = TestServer::start(|number, _| match number {
        0 => answer(429, "", "Retry later\n"),
        1 => answer(502, "", "<html>"),
        2 => String::new(),
        3 => answer(200, "", OK),
        _ => answer(503, "", ""),
    });
    let client = client(&server);
    assert_eq!(client.get("/api/v4/user", None).unwrap().status(), 200);
    assert_eq!(server.count(), 4);
    let body = Body::json(&[]).unwrap();
    assert_eq!(client.post("/api/v4/x", None, &body).unwrap().status(), 503);
    assert_eq!(server.count(), 5);
}

#[test]
fn all_writes_are_sent_once_by_a_connection_of_their_own() {
    let server = TestServer::start(|_, _| answer(502, "", ""));
    let client = client(&server);
    let body = Body::form(&[("value", b"sesame")]);
    assert_eq!(client.put("/api/v4/x", None, &body).unwrap().status(), 502);
    assert_eq!(client.delete("/api/v4/x", None, Some(&body)).unwrap().status(), 502);
    assert_eq!(client.delete("/api/v4/x", None, None).unwrap().status(), 502);
    let requests = server.requests.lock().unwrap();
    let starts: Vec<&str> = requests.iter().map(|it| it.split_once(' ').unwrap().0).collect();
    assert_eq!(starts, ["PUT", "DELETE", "DELETE"]);
    assert!(requests[0].ends_with("value=sesame") && requests[1].ends_with("value=sesame"));
}

/// Who is not there got nothing; who hangs up may have done the work.
#[test]
fn it_is_known_whether_a_write_left() {
    let body = Body::form(&[]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let absent = client_of(&format!("http://{free}"), Options::default());
    assert!(absent.post("/api/v4/x", None, &body).unwrap_err().is_unsent());
    let server = TestServer::start(|_, _| String::new());
    assert!(!client(&server).post("/api/v4/x", None, &body).unwrap_err().is_unsent());
}

#[test]
fn a_write_that_is_cut_is_an_error_and_sent_once() {
    let server = TestServer::start(|_, _| String::new());
    let client = client(&server);
    let result = client.post("/api/v4/x", None, &Body::json(&[]).unwrap());
    assert!(matches!(result, Err(Error::Network(_))), "{result:?}");
    assert_eq!(server.count(), 1);
}

#[test]
fn waits_that_servers_ask_for() {
    let server = TestServer::start(|number, _| match number {
        0 => answer(429, "Retry-After: 1\r\n", ""),
        1 => answer(200, "", OK),
        _ => answer(429, "Retry-After: 3600\r\n", ""),
    });
    let client = client(&server);
    let start = Instant::now();
    client.get("/api/v4/user", None).unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
    let long = client.get("/api/v4/user", None);
    assert_eq!(long.unwrap_err(), Error::Wait(Duration::from_secs(3600)));
    assert_eq!(server.count(), 3);
}

#[test]
fn an_exhausted_limit_delays_the_next_request() {
    let server = TestServer::start(|_, _| {
        let date = "Date: Fri, 09 Oct 2026 08:53:20 GMT\r\n";
        let limit =
            "RateLimit-Remaining: 0\r\nRateLimit-ResetTime: Fri, 09 Oct 2026 08:53:21 GMT\r\n";
        answer(200, &format!("{date}{limit}"), OK)
    });
    let client = client(&server);
    let start = Instant::now();
    client.get("/api/v4/user", None).unwrap();
    assert!(start.elapsed() < Duration::from_millis(900));
    client.get("/api/v4/user", None).unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn redirects_stay_on_the_instance() {
    let other = TestServer::start(|_, _| answer(200, "", OK));
    let foreign = format!("Location: {}/api/v4/user\r\n", other.url);
    let server = TestServer::start(move |_, request| {
        let path = request.split(' ').nth(1).unwrap();
        match path {
            "/api/v4/moved" => answer(301, "Location: /api/v4/there\r\n", ""),
            "/api/v4/there" => answer(200, "", OK),
            "/api/v4/foreign" => answer(302, &foreign, ""),
            "/api/v4/bare" => answer(302, "Location: //evil.example/api/v4/user\r\n", ""),
            "/api/v4/sign" => answer(302, "Location: /users/sign_in\r\n", ""),
            "/api/v4/user-info" => answer(302, "Location: http://x@evil.example/\r\n", ""),
            "/api/v4/none" => answer(302, "", ""),
            _ => answer(308, "Location: /api/v4/loop\r\n", ""),
        }
    });
    let client = client(&server);
    assert_eq!(client.get("/api/v4/moved", None).unwrap().status(), 200);
    for path in ["foreign", "bare", "user-info"] {
        let result = client.get(&format!("/api/v4/{path}"), None);
        assert!(matches!(result, Err(Error::ForeignRedirect(_))), "{path}: {result:?}");
    }
    for path in ["sign", "none"] {
        assert_eq!(client.get(&format!("/api/v4/{path}"), None).unwrap().status(), 302);
    }
    assert_eq!(client.get("/api/v4/loop", None).unwrap_err(), Error::RedirectLoop);
    let post = client.post("/api/v4/moved", None, &Body::json(&[]).unwrap()).unwrap();
    assert_eq!(post.status(), 301);
    assert_eq!(other.count(), 0);
}

#[test]
fn large_and_half_bodies_are_errors() {
    let server = TestServer::start(|_, request| {
        if request.contains("large") {
            answer(200, "", &"x".repeat(2000))
        } else {
            "HTTP/1.1 200 X\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{\"id\":".to_owned()
        }
    });
    let options = Options { max_body: 1000, attempts: 1, ..Options::default() };
    let client = client_of(&server.url, options);
    assert_eq!(client.get("/large", None).unwrap_err(), Error::TooLarge(1000));
    let half = client.get("/half", None);
    assert!(matches!(half, Err(Error::Network(_))), "{half:?}");
}

#[test]
fn late_answers_end_in_a_timeout() {
    let server = TestServer::start(|_, _| {
        std::thread::sleep(Duration::from_millis(400));
        answer(200, "", OK)
    });
    let options =
        Options { attempts: 1, phase_timeout: Duration::from_millis(100), ..Options::default() };
    let result = client_of(&server.url, options).get("/x", None);
    assert!(matches!(result, Err(Error::Timeout(_))), "{result:?}");
}

#[test]
fn refusals_in_a_row_end_all_requests() {
    let server = TestServer::start(|_, _| answer(401, "", r#"{"message":"401 Unauthorized"}"#));
    let client = client(&server);
    for _ in 0..MOST_REFUSALS {
        assert_eq!(client.get("/x", None).unwrap().status(), 401);
    }
    let more = client.get("/x", None).unwrap_err();
    assert_eq!(more, Error::TooManyRefusals(MOST_REFUSALS));
    assert_eq!(server.count(), MOST_REFUSALS as usize);
}

#[test]
fn nothing_is_sent_after_a_stop() {
    let server = TestServer::start(|_, _| answer(200, "", OK));
    let stop = Arc::new(AtomicBool::new(false));
    let instance = Instance::parse(&server.url).unwrap();
    let client = Client::new(instance, Options::default(), Arc::clone(&stop)).unwrap();
    assert!(!client.is_stopped());
    stop.store(true, Ordering::Relaxed);
    assert_eq!(client.get("/x", None).unwrap_err(), Error::Stopped);
    assert_eq!(server.count(), 0);
}

#[test]
fn nobody_there() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let options = Options { attempts: 1, ..Options::default() };
    let result = client_of(&url, options).get("/x", None);
    assert!(matches!(result, Err(Error::Unreached(_))), "{result:?}");
}
