//! Whom the program talks to: the host that the user named, and nobody else.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gitlab_model::{Fault, Fixture, Kind, Model, Options, Tls};

use super::{ADMIN, assert_no_leak, model, secret, verify};
use crate::support::command::{Dir, Run};

/// A listener that nobody may talk to.
struct Forbidden(TcpListener);

impl Forbidden {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn url(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    fn assert_alone(&self) {
        assert!(self.0.accept().is_err(), "somebody connected");
    }
}

#[test]
fn tokens_of_other_hosts_are_not_sent() {
    let model = model();
    let text = secret(&model, Kind::AccessToken, 2);
    for line in [
        format!("git clone https://oauth2:{text}@gitlab.other.example/a/b.git"),
        format!("url=https://gitlab.other.example/\ntoken={text}"),
    ] {
        let run = verify(&model, &[line], &[]);
        let report = run.assert_code(0).json();
        let token = &report["tokens"][0];
        assert_eq!(token["state"], "unchecked");
        assert_eq!(token["evidence"]["reason"], "other host: gitlab.other.example");
        assert_eq!(token["hosts"][0], "gitlab.other.example");
    }
    assert_eq!(model.requests().len(), 0);
}

#[test]
fn hosts_in_scanned_text_are_never_asked() {
    let model = model();
    let forbidden = Forbidden::new();
    let text = secret(&model, Kind::AccessToken, 2);
    let line = format!("curl -H 'PRIVATE-TOKEN: {text}' {} {}", forbidden.url(), model.url());
    let run = verify(&model, &[line], &[]);
    assert_eq!(run.assert_code(1).json()["tokens"][0]["state"], "active");
    forbidden.assert_alone();
}

#[test]
fn proxies_do_not_get_what_is_meant_for_this_machine() {
    let model = model();
    let forbidden = Forbidden::new();
    let dir = Dir::new();
    dir.file("leaks.txt", secret(&model, Kind::AccessToken, 2));
    let mut command = dir.command(&["token", "verify", "leaks.txt", "--instance", model.url()]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY"] {
        command.env(name, forbidden.url());
    }
    Run::of(command.output().unwrap()).assert_code(1);
    forbidden.assert_alone();
}

#[test]
fn instances_below_a_path_with_slashes() {
    let mut fixture = Fixture::example();
    fixture.instance.relative_url_root = "/gitlab".to_owned();
    let model = Model::start_with(fixture, Options::default()).unwrap();
    let dir = Dir::new();
    dir.file("leaks.txt", secret(&model, Kind::AccessToken, 2));
    let base = model.url().trim_end_matches("/gitlab").to_owned();
    for url in ["/gitlab", "/gitlab/", "/gitlab/api/v4/"] {
        let instance = format!("{base}{url}");
        dir.run(&["token", "verify", "leaks.txt", "--instance", &instance]).assert_code(1);
    }
}

#[test]
fn what_is_no_instance_is_a_mistake() {
    let dir = Dir::new();
    dir.file("leaks.txt", "nothing\n");
    for url in ["http://gitlab.example.com", "ftp://x", "https://a:b@gitlab.example.com", "env"] {
        let run = dir.run(&["token", "verify", "leaks.txt", "--instance", url]);
        run.assert_code(2);
        assert!(run.stderr.contains("--instance"), "{run:?}");
    }
    dir.run(&["token", "verify", "leaks.txt"]).assert_code(2);
    let env = dir
        .command(&["token", "verify", "leaks.txt", "--instance", "env"])
        .env("CI_SERVER_URL", "http://127.0.0.1:9")
        .output()
        .unwrap();
    Run::of(env).assert_code(0);
}

#[test]
fn ipv6_is_reached() {
    let listen = "[::1]:0".parse().unwrap();
    let options = Options { listen, ..Options::default() };
    // A machine may have no IPv6.
    let Ok(model) = Model::start_with(Fixture::example(), options) else { return };
    let run = verify(&model, &[secret(&model, Kind::AccessToken, 2)], &[]);
    assert_eq!(run.json()["tokens"][0]["state"], "active");
}

#[test]
fn a_host_that_is_no_gitlab_says_nothing() {
    let model = model();
    model.fault("404-html".parse::<Fault>().unwrap());
    let run = verify(&model, &[secret(&model, Kind::AccessToken, 2)], &[]);
    let report = run.assert_code(3).json();
    let reason = report["tokens"][0]["evidence"]["reason"].as_str().unwrap();
    assert_eq!(reason, "404 without JSON: not GitLab's API");
}

#[test]
fn twenty_refusals_in_a_row_are_enough() {
    let model = model();
    model.fault("403-plain".parse::<Fault>().unwrap());
    let beginning = ["glp", "at-6K5h83AacUCCGxzdU"].concat();
    let lines: Vec<String> = (10..50).map(|at| format!("{beginning}{at}s")).collect();
    let run = verify(&model, &lines, &[]);
    let report = run.assert_code(3).json();
    assert_eq!(report["tokens"].as_array().unwrap().len(), 40);
    assert_eq!(model.requests().len(), 20);
}

/// While the program waits for an answer, no other process can read a secret from its arguments
/// or its environment beyond what the user put there.
#[test]
fn no_secret_in_arguments() {
    let model = model();
    model.fault("stall-before".parse::<Fault>().unwrap());
    let text = secret(&model, Kind::AccessToken, 2);
    let dir = Dir::new();
    dir.file("leaks.txt", &text);
    let mut command = dir.command(&["token", "verify", "leaks.txt", "--instance", model.url()]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while model.requests().is_empty() && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let line = std::fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
    assert!(!String::from_utf8_lossy(&line).contains(&text));
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Ctrl-C keeps what was got.
#[test]
fn an_interrupt_leaves_a_partial_report() {
    let model = model();
    model.fault("stall-before@GET:/job".parse::<Fault>().unwrap());
    let dir = Dir::new();
    let lines = [secret(&model, Kind::AccessToken, 2), secret(&model, Kind::Job, 1)].join("\n");
    dir.file("leaks.txt", lines);
    let args = ["token", "verify", "leaks.txt", "--format", "json", "--instance", model.url()];
    let mut command = dir.command(&args);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while model.requests().len() < 2 && start.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_millis(300));
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let run = Run::of(child.wait_with_output().unwrap());
    let report = run.assert_code(3).json();
    let states: Vec<_> =
        report["tokens"].as_array().unwrap().iter().map(|token| token["state"].clone()).collect();
    assert_eq!(states, ["active", "unknown"]);
    assert_eq!(report["complete"], false);
    assert!(run.stderr.contains("partial"), "{}", run.stderr);
}

#[test]
fn credentials_come_from_files_and_are_not_shown() {
    use std::os::unix::fs::PermissionsExt;

    let model = model();
    let dir = Dir::new();
    let admin = secret(&model, Kind::AccessToken, 1);
    dir.file("leaks.txt", secret(&model, Kind::Feed, 2));
    let file = dir.file("admin", format!("{admin}\n"));
    let args = [
        "token",
        "verify",
        "leaks.txt",
        "--admin",
        "--token-file",
        "admin",
        "--instance",
        model.url(),
    ];
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    let open = dir.run(&args);
    assert!(open.assert_code(1).stderr.contains("others can read"), "{open:?}");
    std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    let closed = dir.run(&args);
    assert!(!closed.assert_code(1).stderr.contains("others can read"));
    assert_no_leak(&model, &closed, &[admin, secret(&model, Kind::Feed, 2)]);
    let missing = dir.run(&["token", "verify", "leaks.txt", "--admin", "--instance", model.url()]);
    assert!(missing.assert_code(2).stderr.contains("--token-file"));
    let unset = dir.run(&[
        "token",
        "verify",
        "leaks.txt",
        "--admin",
        "--token-env",
        ADMIN,
        "--instance",
        model.url(),
    ]);
    assert!(unset.assert_code(2).stderr.contains(ADMIN));
}

/// A private authority, a wrong name, an expired certificate, nobody trusted. Certificates are
/// made by openssl; the test is skipped where it is missing.
#[test]
fn certificates_are_checked() {
    let dir = Dir::new();
    let made = |name: &str, subject: &str, days: &str| {
        let script = format!(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
               -subj /CN=authority -keyout {name}-ca.key -out {name}-ca.pem \
               -addext basicConstraints=critical,CA:TRUE && \
             openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=server \
               -keyout {name}.key -out {name}.csr && \
             printf 'subjectAltName={subject}\\n' > {name}.ext && \
             openssl x509 -req -in {name}.csr -CA {name}-ca.pem -CAkey {name}-ca.key \
               -CAcreateserial {days} -extfile {name}.ext -out {name}.pem"
        );
        let output = Command::new("sh").arg("-c").arg(script).current_dir(dir.path()).output();
        output.is_ok_and(|output| output.status.success())
    };
    let past = "-not_before 20200101000000Z -not_after 20200102000000Z";
    let rows = [
        ("good", "IP:127.0.0.1", "-days 2", "active"),
        ("name", "DNS:other.example", "-days 2", "unknown"),
        ("late", "IP:127.0.0.1", past, "unknown"),
    ];
    let read = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
    for (name, subject, days, state) in rows {
        if !made(name, subject, days) {
            // Older versions of openssl cannot date certificates back.
            eprintln!("skipped: openssl cannot make {name}");
            continue;
        }
        let tls =
            Tls::from_pem(&read(&format!("{name}.pem")), &read(&format!("{name}.key"))).unwrap();
        let options = Options { tls: Some(tls), ..Options::default() };
        let model = Model::start_with(Fixture::example(), options).unwrap();
        dir.file("leaks.txt", secret(&model, Kind::AccessToken, 2));
        let authority = format!("{name}-ca.pem");
        let url = format!("https://{}", model.address());
        let args = ["token", "verify", "leaks.txt", "--format", "json", "--instance", &url];
        let trusted = dir.run(&[&args[..], &["--ca-file", &authority]].concat());
        let token = trusted.json()["tokens"][0].clone();
        assert_eq!(token["state"], state, "{name}: {token}");
        let untrusted = dir.run(&[&args[..], &["--ca-file", "../none.pem"]].concat());
        untrusted.assert_code(2);
        if state == "active" {
            let other = dir.run(&args);
            // A machine without any authorities says so before it asks.
            assert!(matches!(other.code, Some(2 | 3)), "{other:?}");
            assert!(other.stdout.contains("TLS") || other.stderr.contains("TLS"), "{other:?}");
        }
    }
}

/// Without `--verify`, scans open no socket at all, whatever they find.
#[cfg(target_os = "linux")]
#[test]
fn scans_open_no_socket() {
    let probe = Command::new("strace").args(["-qq", "-e", "trace=none", "true"]).status();
    // The machine may have no strace, or forbid it.
    if !probe.is_ok_and(|status| status.success()) {
        return;
    }
    let model = model();
    let dir = Dir::new();
    let line = format!("{} {}", secret(&model, Kind::AccessToken, 2), model.url());
    dir.file("leaks.txt", &line);
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
        assert!(command.current_dir(dir.path()).output().unwrap().status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    for args in [&["scan", "."][..], &["git", "."], &["token", "inspect", "leaks.txt"]] {
        let command = dir.command(args);
        let mut traced = Command::new("strace");
        traced.args(["-f", "-qq", "-o", "trace", "-e", "trace=network"]);
        traced.arg(command.get_program()).args(command.get_args()).current_dir(dir.path());
        let run = Run::of(traced.output().unwrap());
        assert!(run.stdout.contains("glpat-"), "{args:?} found nothing: {run:?}");
        let trace = std::fs::read_to_string(dir.path().join("trace")).unwrap();
        assert!(!trace.contains("socket("), "{args:?}: {trace}");
    }
    assert_eq!(model.requests().len(), 0);
}
