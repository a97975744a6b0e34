//! Command line cases in steps: `tests/steps/*.toml`, each a git repository of its own.
//!
//! A step writes and removes files, calls git, or runs the program, in this order, and says what is
//! expected of that. `{a}`, `{b}` ... stand for fake tokens, the same in all steps of a case. Lists
//! of places are whole: what is not listed must not be found.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::support::cases::each_case;
use crate::support::command::Run;
use crate::support::repository::Repository;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why the case is there; shown where it fails.
    about: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Files with their content.
    #[serde(default)]
    write: BTreeMap<String, String>,
    #[serde(default)]
    remove: Vec<String>,
    /// Arguments of git, separated by blanks.
    #[serde(default)]
    git: Vec<String>,
    /// Arguments of the program, separated by blanks. Findings are read from JSON.
    run: Option<String>,
    #[serde(default)]
    environment: BTreeMap<String, String>,
    #[serde(default)]
    status: i32,
    /// `path:line` of all findings that count.
    #[serde(default)]
    found: Vec<String>,
    /// `path:line` of all findings that were there before.
    #[serde(default)]
    old: Vec<String>,
    /// How many are suppressed, by kind.
    #[serde(default)]
    suppressed: BTreeMap<String, u64>,
    #[serde(default)]
    stderr_has: Vec<String>,
}

/// Puts fake tokens in the place of `{a}` and so on.
fn filled(text: &str, tokens: &[String]) -> String {
    ('a'..).zip(tokens).fold(text.to_owned(), |text, (letter, token)| {
        text.replace(&format!("{{{letter}}}"), token)
    })
}

fn places(run: &Run, is_new: bool) -> Vec<String> {
    let findings = run.findings();
    let wanted = findings.iter().filter(|it| (it["new"] != false) == is_new);
    wanted.map(|it| format!("{}:{}", it["path"].as_str().unwrap(), it["start_line"])).collect()
}

/// What a run came to, where that is not what is expected.
fn check(step: &Step, run: &Run, tokens: &[String]) -> Result<(), String> {
    if run.code != Some(step.status) {
        return Err(format!("ends with {:?}: {run:?}", run.code));
    }
    if step.status != 2 {
        let found = (places(run, true), places(run, false));
        if found != (step.found.clone(), step.old.clone()) {
            return Err(format!("finds {found:?}: {}", run.stderr));
        }
        for (kind, count) in &step.suppressed {
            if run.suppressed_count(kind) != *count {
                return Err(format!("suppresses {} {kind}", run.suppressed_count(kind)));
            }
        }
    }
    for part in &step.stderr_has {
        if !run.stderr.contains(part.as_str()) {
            return Err(format!("does not say `{part}`: {}", run.stderr));
        }
    }
    match tokens.iter().find(|token| run.stderr.contains(&token[8..])) {
        Some(_) => Err(format!("shows a token: {}", run.stderr)),
        None => Ok(()),
    }
}

fn take(repo: &Repository, step: &Step, tokens: &[String]) -> Result<(), String> {
    for (name, text) in &step.write {
        repo.file(name, filled(text, tokens));
    }
    for name in &step.remove {
        repo.remove(name);
    }
    for args in &step.git {
        let args: Vec<&str> = args.split(' ').collect();
        repo.git(&args);
    }
    let Some(args) = &step.run else { return Ok(()) };
    let args = filled(args, tokens);
    let mut args: Vec<&str> = args.split(' ').collect();
    args.splice(1..1, ["--format", "json"]);
    let mut command = repo.tokensieve(&args);
    command.envs(step.environment.iter().map(|(name, value)| (name, filled(value, tokens))));
    check(step, &Run::of(command.output().unwrap()), tokens)
}

#[test]
fn every_case() {
    const TOKENS: usize = 6;
    each_case("tests/steps", |case: Case| {
        let repo = Repository::with_commit();
        let tokens: Vec<String> = (0..TOKENS).map(|_| repo.token()).collect();
        for (at, step) in (1..).zip(&case.steps) {
            take(&repo, step, &tokens)
                .map_err(|problem| format!("({}), step {at} {problem}", case.about))?;
        }
        Ok(())
    });
}
