//! Command line cases as files: `tests/cases/*.toml`.
//!
//! Each has the arguments, the files to make (tokens in pieces, so that no scanner minds them
//! here), the exit code, and what must be on stdout and stderr: all of it, or parts.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::support::cases::each_case;
use crate::support::command::Dir;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    #[serde(default)]
    files: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    stdin: Vec<String>,
    status: i32,
    /// All of standard output.
    stdout: Option<String>,
    #[serde(default)]
    stdout_has: Vec<String>,
    #[serde(default)]
    stderr_has: Vec<String>,
}

fn check(case: &Case) -> Result<(), String> {
    let dir = Dir::new();
    for (name, pieces) in &case.files {
        dir.file(name, pieces.concat());
    }
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let run = dir.run_with_input(&args, case.stdin.concat().as_bytes());
    if run.code != Some(case.status) {
        return Err(format!("ends with {:?}: {run:?}", run.code));
    }
    if case.stdout.as_ref().is_some_and(|expected| *expected != run.stdout) {
        return Err(format!("prints\n{}", run.stdout));
    }
    let missing = |parts: &[String], text: &str| {
        parts.iter().find(|part| !text.contains(part.as_str())).cloned()
    };
    match missing(&case.stdout_has, &run.stdout).or_else(|| missing(&case.stderr_has, &run.stderr))
    {
        Some(part) => Err(format!("does not print `{part}`: {run:?}")),
        None => Ok(()),
    }
}

#[test]
fn every_case() {
    each_case("tests/cases", |case: Case| check(&case));
}
