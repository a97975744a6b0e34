//! A model and a scratch folder for commands that change tokens.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use gitlab_model::{Fixture, Kind, Model, Options};
use serde_json::Value;

use crate::support::command::{Dir, Run};

pub(super) struct Rig {
    pub(super) model: Model,
    pub(super) dir: Dir,
}

impl Rig {
    pub(super) fn new() -> Self {
        Self::of(Fixture::example())
    }

    pub(super) fn of(fixture: Fixture) -> Self {
        let model = Model::start_with(fixture, Options::default()).unwrap();
        Self { model, dir: Dir::new() }
    }

    /// Puts the secret of an access token in a file that only its owner may read.
    pub(super) fn credential(&self, name: &str, id: u64) -> PathBuf {
        let secret = self.model.secret(Kind::AccessToken, id).unwrap();
        self.secret(name, &secret)
    }

    pub(super) fn secret(&self, name: &str, secret: &str) -> PathBuf {
        let path = self.dir.file(name, format!("{secret}\n"));
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        path
    }

    /// `token VERB ...` in JSON, on the model, with the credential in the file `me`.
    pub(super) fn command(&self, verb: &str, args: &[&str]) -> Command {
        let mut all = vec!["token", verb, "--instance", self.model.url(), "--format", "json"];
        all.extend(["--token-file", "me"]);
        all.extend(args);
        self.dir.command(&all)
    }

    pub(super) fn run(&self, verb: &str, args: &[&str]) -> Run {
        Run::of(self.command(verb, args).output().unwrap())
    }

    pub(super) fn rotate(&self, args: &[&str]) -> Run {
        let mut all = vec!["--secret-file", "new"];
        all.extend(args);
        self.run("rotate", &all)
    }

    /// A file of the scratch folder, without blanks at its ends; empty where it is not there.
    pub(super) fn text(&self, name: &str) -> String {
        let text = std::fs::read_to_string(self.dir.path().join(name)).unwrap_or_default();
        text.trim().to_owned()
    }

    pub(super) fn journal(&self) -> String {
        self.text(".state/tokensieve/rotations.jsonl")
    }

    /// Posts a form to the model with the credential of an access token. Returns the status line.
    pub(super) fn post(&self, caller: u64, path: &str, form: &str) -> String {
        let secret = self.model.secret(Kind::AccessToken, caller).unwrap();
        let mut stream = TcpStream::connect(self.model.address()).unwrap();
        let head = format!(
            "POST /api/v4{path} HTTP/1.1\r\nHost: model\r\nConnection: close\r\n\
             PRIVATE-TOKEN: {secret}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.lines().next().unwrap_or_default().to_owned()
    }

    /// Gets a path of the model with the credential of an access token. Returns the body.
    pub(super) fn get(&self, caller: u64, path: &str) -> String {
        let secret = self.model.secret(Kind::AccessToken, caller).unwrap();
        let mut stream = TcpStream::connect(self.model.address()).unwrap();
        let head = format!(
            "GET /api/v4{path} HTTP/1.1\r\nHost: model\r\nConnection: close\r\n\
             PRIVATE-TOKEN: {secret}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// A row of a table of the model.
    pub(super) fn row(&self, table: &str, id: u64) -> Value {
        let state = self.model.state();
        let rows = state[table].as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).cloned().unwrap_or_default()
    }

    /// How many requests of a method end in this.
    pub(super) fn count(&self, method: &str, end: &str) -> usize {
        let requests = self.model.requests();
        requests.iter().filter(|it| it.method == method && it.path.ends_with(end)).count()
    }

    /// The ids of an access token and its successors, and of those that are active.
    pub(super) fn family(&self, id: u64) -> (Vec<u64>, Vec<u64>) {
        let state = self.model.state();
        let rows = state["access_tokens"].as_array().unwrap();
        let (mut all, mut active) = (vec![id], Vec::new());
        for row in rows {
            let own = row["id"].as_u64().unwrap();
            if row["rotated_from"].as_u64().is_some_and(|parent| all.contains(&parent)) {
                all.push(own);
            }
            if all.contains(&own) && row["revoked"] == false {
                active.push(own);
            }
        }
        (all, active)
    }

    /// No token was rotated twice, no secret is where none is to be.
    pub(super) fn assert_careful(&self, id: u64, runs: &[Run]) {
        let (family, _) = self.family(id);
        let state = self.model.state();
        for own in &family {
            let rows = state["access_tokens"].as_array().unwrap().iter();
            let successors = rows.filter(|row| row["rotated_from"] == *own).count();
            assert!(successors <= 1, "{own} was rotated {successors} times");
        }
        let journal = self.journal();
        let secrets = family.iter().filter_map(|id| self.model.secret(Kind::AccessToken, *id));
        for secret in secrets {
            assert!(!journal.contains(&secret), "a secret in the journal");
            for run in runs {
                assert!(!run.stdout.contains(&secret) && !run.stderr.contains(&secret), "{run:?}");
            }
            for request in self.model.requests() {
                assert!(!request.query.contains(&secret) && !request.path.contains(&secret));
            }
        }
    }

    /// Exactly one of a family is active, and its value is in the file.
    pub(super) fn assert_saved(&self, id: u64, file: &str) {
        let (_, active) = self.family(id);
        let secret = self.text(file);
        let owner = self.model.owner(&secret);
        let [only] = active.as_slice() else { panic!("active: {active:?}") };
        assert_eq!(owner, Some((Kind::AccessToken, *only)), "the file has another value");
        let mode = self.dir.path().join(file).metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

/// The words of a command line as a shell would part them: quotes and backslashes.
pub(super) fn words(line: &str) -> Vec<String> {
    let (mut words, mut is_quoted) = (vec![String::new()], false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let word = words.last_mut().unwrap();
        match letter {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            '\\' if !is_quoted => word.extend(letters.next()),
            _ => word.push(letter),
        }
    }
    words
}
