//! A server on the loopback that notes what it is asked, and offers cookies.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;

/// Requests so far: their lines, headers included.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<String>>);

impl Log {
    pub(crate) fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

/// What a server does with a request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// It asks for a password.
    Unauthorized,
    /// It serves the repositories below a folder.
    Repositories(PathBuf),
    /// It does so for whoever sends this user and password, in base64, and asks others for them.
    Private(PathBuf, String),
}

/// Starts a server, which lives as long as the tests. Its address is `127.0.0.1:<port>`.
pub(crate) fn serve(answer: &Answer) -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let log = Log::default();
    let (kept, answer) = (log.clone(), answer.clone());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let (log, answer) = (kept.clone(), answer.clone());
            // Whoever goes away early is no failure of the server.
            thread::spawn(move || drop(respond(&stream, &log, &answer)));
        }
    });
    (address, log)
}

/// A cookie whose value a shell would run.
const COOKIE: &str =
    "Set-Cookie: a=$(touch${IFS}pwned); Path=/; Expires=Wed, 01 Jan 2098 00:00:00 GMT";

const UNAUTHORIZED: &str = concat!(
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"git\"\r\n",
    "Content-Length: 0\r\n\r\n"
);

fn respond(mut stream: &TcpStream, log: &Log, answer: &Answer) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    for line in reader.by_ref().lines() {
        let line = line?;
        if line.is_empty() {
            break;
        }
        log.0.lock().unwrap().push_str(&format!("{line}\n"));
        lines.push(line);
    }
    let field = |name: &str| {
        lines
            .iter()
            .find_map(|line| line.split_once(": ").filter(|it| it.0.eq_ignore_ascii_case(name)))
            .map(|it| it.1)
    };
    let mut body = vec![0; field("content-length").and_then(|text| text.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let is_let_in = |password: &str| {
        field("authorization").is_some_and(|it| it.rsplit(' ').next() == Some(password))
    };
    let head = match answer {
        Answer::Private(_, password) if !is_let_in(password) => UNAUTHORIZED.into(),
        Answer::Unauthorized => UNAUTHORIZED.into(),
        Answer::Repositories(folder) | Answer::Private(folder, _) => {
            let mut command = backend(folder, lines.first().map_or("", String::as_str));
            command.env("CONTENT_TYPE", field("content-type").unwrap_or(""));
            command
                .env("CONTENT_LENGTH", body.len().to_string())
                .env("GIT_PROTOCOL", field("git-protocol").unwrap_or(""));
            if field("content-encoding").is_some() {
                command.env("HTTP_CONTENT_ENCODING", "gzip");
            }
            let mut child = command.spawn()?;
            child.stdin.take().map(|mut stdin| stdin.write_all(&body)).transpose()?;
            let output = child.wait_with_output()?.stdout;
            [format!("HTTP/1.1 200 OK\r\n{COOKIE}\r\nConnection: close\r\n").as_bytes(), &output]
                .concat()
        }
    };
    stream.write_all(&head)
}

/// The program of git that answers requests.
fn backend(folder: &Path, request: &str) -> Command {
    let mut parts = request.split(' ');
    let (method, url) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let mut command = Command::new("git");
    command.arg("http-backend").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command
        .env("GIT_PROJECT_ROOT", folder)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("REQUEST_METHOD", method).env("PATH_INFO", path).env("QUERY_STRING", query);
    command
}
