//! A server on the loopback that notes what it is asked, and offers cookies.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
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

/// Starts a server, which lives as long as the tests. Its address is `127.0.0.1:<port>`.
pub(crate) fn serve() -> (String, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let log = Log::default();
    let kept = log.clone();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let log = kept.clone();
            // Whoever goes away early is no failure of the server.
            thread::spawn(move || drop(answer(&stream, &log)));
        }
    });
    (address, log)
}

/// Asks for a password and sets a cookie whose value a shell would run.
fn answer(mut stream: &TcpStream, log: &Log) -> std::io::Result<()> {
    for line in BufReader::new(stream).lines() {
        let line = line?;
        if line.is_empty() {
            break;
        }
        log.0.lock().unwrap().push_str(&(line + "\n"));
    }
    let head = "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n";
    let cookie = "Set-Cookie: a=$(touch${IFS}pwned); Path=/; Expires=Wed, 01 Jan 2098 00:00:00 GMT\r\n";
    write!(stream, "{head}WWW-Authenticate: Basic realm=\"git\"\r\n{cookie}\r\n")
}
