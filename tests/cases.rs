//! Command line cases as files: `tests/cases/*.toml`.
//!
//! Each has the arguments, the files to make (tokens in pieces, so that no scanner minds them
//! here), the exit code, and what must be on stdout and stderr: all of it, or parts.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    let mut failures = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let case: Case = toml::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        if let Err(problem) = check(&case) {
            failures.push(format!("{name} {problem}"));
        }
        count += 1;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count >= 8, "{count} cases");
}
