//! A server for unit tests: one handler, which sees the raw request and writes the raw answer.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// Stops when it is dropped.
pub(super) struct TestServer {
    pub(super) url: String,
    pub(super) requests: Arc<Mutex<Vec<String>>>,
    worker: Option<JoinHandle<()>>,
}

impl TestServer {
    /// Answers each request with what the handler makes of it: number of the request, its text.
    /// An empty answer cuts the connection.
    pub(super) fn start(handler: impl Fn(usize, &str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let worker = std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                let Some(request) = read(&mut stream) else { continue };
                if request.starts_with("STOP") {
                    return;
                }
                let number = {
                    let mut log = log.lock().unwrap();
                    log.push(request.clone());
                    log.len() - 1
                };
                let _ = stream.write_all(handler(number, &request).as_bytes());
            }
        });
        Self { url, requests, worker: Some(worker) }
    }

    pub(super) fn count(&self) -> usize {
        self.requests.lock().unwrap().len()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let address = self.url.trim_start_matches("http://");
        if let Ok(mut stream) = TcpStream::connect(address) {
            let _ = stream.write_all(b"STOP / HTTP/1.1\r\n\r\n");
        }
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// Head and body of a request.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut raw = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&raw);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let lower = head.to_lowercase();
            let len = lower.lines().find_map(|line| line.strip_prefix("content-length:"));
            let len = len.map_or(0, |len| len.trim().parse().unwrap());
            if body.len() >= len {
                return Some(text.into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => raw.extend_from_slice(&buffer[..count]),
        }
    }
}

/// An answer that ends its connection.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> String {
    let len = body.len();
    format!(
        "HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {len}\r\n{headers}\r\n{body}"
    )
}
