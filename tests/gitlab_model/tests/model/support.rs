//! A small HTTP client, and models that check themselves when a test ends.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::ops::Deref;
use std::time::Duration;

use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
use serde_json::Value;

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let fits = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.headers.iter().find(fits).map(|(_, value)| value.as_str())
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Returns the URL of `link` with that relation.
    pub(super) fn link(&self, relation: &str) -> Option<String> {
        let wanted = format!("rel=\"{relation}\"");
        let mut parts = self.header("link")?.split(", ");
        let part = parts.find(|part| part.ends_with(&wanted))?;
        Some(part.split_once('>')?.0.trim_start_matches('<').to_owned())
    }
}

/// Sends one request on its own connection, and reads until the end of the connection.
pub(super) fn send(
    address: SocketAddr,
    request: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let body = body.map_or_else(String::new, Value::to_string);
    let mut text = format!("{request} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all((text + &body).as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    read(&String::from_utf8_lossy(&bytes))
}

fn read(text: &str) -> io::Result<Answer> {
    let broken = || io::Error::new(io::ErrorKind::UnexpectedEof, "half an answer");
    let (head, body) = text.split_once("\r\n\r\n").ok_or_else(broken)?;
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answer = Answer {
        status: status.ok_or_else(broken)?,
        headers: headers.collect(),
        body: body.to_owned(),
    };
    let length = answer.header("content-length").and_then(|length| length.parse().ok());
    if length.is_some_and(|length: usize| length != answer.body.len()) {
        return Err(broken());
    }
    Ok(answer)
}

/// A model that is held to the OpenAPI document when the test ends.
pub(super) struct Checked(pub(super) Model);

impl Deref for Checked {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0
    }
}

impl Drop for Checked {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(self.0.violations(), [""; 0]);
        }
    }
}

/// Starts a model of the newest release with the example's rows.
pub(super) fn model() -> Checked {
    start(Profile::R19_6, |_| {})
}

/// Starts a model of a release with the example's rows, changed.
pub(super) fn start(profile: Profile, change: impl FnOnce(&mut Fixture)) -> Checked {
    let mut fixture = Fixture::example();
    change(&mut fixture);
    Checked(Model::start(fixture, profile, Tier::Ultimate).unwrap())
}

impl Checked {
    /// Calls the API with an access token of the example.
    pub(super) fn call(&self, token: u64, request: &str, body: Option<&Value>) -> Answer {
        self.try_call(token, request, body).unwrap()
    }

    /// As [`Checked::call`], where the connection may fail.
    pub(super) fn try_call(
        &self,
        token: u64,
        request: &str,
        body: Option<&Value>,
    ) -> io::Result<Answer> {
        let secret = self.secret(Kind::AccessToken, token).unwrap();
        self.with(&secret, request, body)
    }

    /// Calls the API with a secret.
    pub(super) fn with(
        &self,
        secret: &str,
        request: &str,
        body: Option<&Value>,
    ) -> io::Result<Answer> {
        let request = request.replacen(' ', " /api/v4", 1);
        send(self.address(), &request, &[("PRIVATE-TOKEN", secret)], body)
    }

    /// Calls the API with other headers.
    pub(super) fn raw(&self, request: &str, headers: &[(&str, &str)]) -> Answer {
        send(self.address(), request, headers, None).unwrap()
    }

    /// Returns a row of the state.
    pub(super) fn row(&self, table: &str, id: u64) -> Option<Value> {
        let state = self.state();
        let rows = state[table].as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).cloned()
    }

    /// Tells whether an access token is active in the model's own memory.
    pub(super) fn revoked(&self, id: u64) -> bool {
        self.row("access_tokens", id).unwrap()["revoked"] == true
    }
}
