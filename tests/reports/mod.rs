//! Reports to files: `--report`, their forms, their schemas, what becomes of them when one fails.

mod files;
#[cfg(feature = "git")]
mod schemas;

use serde_json::Value;

use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

/// A scratch folder with one token in `src/app.env`, and the token.
fn with_token() -> (Dir, String) {
    let dir = Dir::new();
    let token = personal(&mut Random::new(24));
    dir.file("src/app.env", format!("TOKEN={token}\n"));
    (dir, token)
}

/// Reads a file of a scratch folder.
fn read(dir: &Dir, name: &str) -> String {
    std::fs::read_to_string(dir.path().join(name)).unwrap()
}

fn json(dir: &Dir, name: &str) -> Value {
    serde_json::from_str(&read(dir, name)).unwrap()
}
