//! Command line cases in steps: `tests/steps/*.toml`, each a git repository of its own.
//!
//! A step writes, stages and removes files, calls git, commits, and runs the program, in this
//! order, and says what is expected of that. `{a}`, `{b}` ... stand for fake tokens, the same in
//! all steps of a case, and `{id:REV}` for the id of a revision. Lists of places are whole: what is
//! not listed must not be found.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;

use crate::support::cases::each_case;
use crate::support::command::Run;
use crate::support::repository::Repository;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why the case is there; shown where it fails.
    about: String,
    /// The repository begins without a commit.
    #[serde(default)]
    empty: bool,
    steps: Vec<Step>,
}

/// What is done and expected. What is left out is not looked at, but for the code and the places.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// Files with their content.
    #[serde(default)]
    write: BTreeMap<String, String>,
    /// The same, and they are staged.
    #[serde(default)]
    stage: BTreeMap<String, String>,
    #[serde(default)]
    remove: Vec<String>,
    /// Scripts of hooks, which find the program as `$TOKENSIEVE`.
    #[serde(default)]
    hook: BTreeMap<String, String>,
    /// Arguments of git, separated by blanks.
    #[serde(default)]
    git: Vec<String>,
    /// The message of a commit of the whole working tree.
    commit: Option<String>,
    /// Arguments of git, which has to fail and to leave HEAD where it is.
    #[serde(default)]
    refused: Vec<String>,
    /// What each of these calls of git says.
    #[serde(default)]
    refused_says: Vec<String>,
    /// Arguments of the program, separated by blanks. Findings are read from JSON.
    run: Option<String>,
    /// More calls of which the same is step.
    #[serde(default)]
    runs: Vec<String>,
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
    /// `rule:line` of all findings, in place of the two lists above.
    rules: Option<Vec<String>>,
    /// `message path:line` of the commits that introduced each finding, in place of the three lists
    /// above. The places of one finding are separated by `, `.
    introduced: Option<Vec<String>>,
    files_scanned: Option<u64>,
    commits: Option<u64>,
    /// How many are suppressed, by kind.
    #[serde(default)]
    suppressed: BTreeMap<String, u64>,
    /// How much was skipped, by reason.
    #[serde(default)]
    skipped: BTreeMap<String, u64>,
    /// What was not opened, by kind.
    #[serde(default)]
    unopened: BTreeMap<String, Vec<String>>,
    /// What the text report says; no JSON is asked for.
    #[serde(default)]
    stdout_has: Vec<String>,
    #[serde(default)]
    stderr_has: Vec<String>,
    #[serde(default)]
    stderr_lacks: Vec<String>,
}

/// The repository of a case and its tokens.
struct Scene {
    repo: Repository,
    tokens: Vec<String>,
}

impl Scene {
    fn new(case: &Case) -> Self {
        const TOKENS: usize = 6;
        let repo = if case.empty { Repository::new() } else { Repository::with_commit() };
        let tokens = (0..TOKENS).map(|_| repo.token()).collect();
        Self { repo, tokens }
    }

    /// Puts tokens and ids in their places.
    fn filled(&self, text: &str) -> String {
        let mut text = ('a'..).zip(&self.tokens).fold(text.to_owned(), |text, (letter, token)| {
            text.replace(&format!("{{{letter}}}"), token)
        });
        while let Some(start) = text.find("{id:") {
            let end = start + text[start..].find('}').unwrap();
            let id = self.repo.id(&text[start + 4..end]);
            text.replace_range(start..=end, &id);
        }
        text
    }

    fn words(&self, line: &str) -> Vec<String> {
        self.filled(line).split(' ').map(str::to_owned).collect()
    }

    fn take(&self, step: &Step) -> Result<(), String> {
        let repo = &self.repo;
        for (name, text) in &step.write {
            repo.file(name, self.filled(text));
        }
        for (name, text) in &step.stage {
            repo.stage(name, self.filled(text));
        }
        for name in &step.remove {
            repo.remove(name);
        }
        for (name, script) in &step.hook {
            repo.hook(name, script);
        }
        for line in &step.git {
            let words = self.words(line);
            repo.git(&words.iter().map(String::as_str).collect::<Vec<_>>());
        }
        if let Some(message) = &step.commit {
            repo.commit(message);
        }
        for line in &step.refused {
            self.expect_refusal(line, step)?;
        }
        for line in step.run.iter().chain(&step.runs) {
            let run = self.run(line, step);
            let check = if is_json(line, step) { self.check_report(step, &run) } else { Ok(()) };
            check
                .and_then(|()| self.check(step, &run))
                .map_err(|problem| format!("`{line}` {problem}"))?;
        }
        Ok(())
    }

    fn expect_refusal(&self, line: &str, step: &Step) -> Result<(), String> {
        let head = || self.repo.git_output(&["rev-parse", "-q", "--verify", "HEAD"]).stdout;
        let before = head();
        let words = self.words(line);
        let output = self.repo.git_output(&words.iter().map(String::as_str).collect::<Vec<_>>());
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        if output.status.success() || head() != before {
            return Err(format!("`git {line}` is not refused: {said}"));
        }
        if let Some(text) = step.refused_says.iter().find(|text| !said.contains(text.as_str())) {
            return Err(format!("`git {line}` does not say `{text}`: {said}"));
        }
        self.expect_no_token(&said)
    }

    fn run(&self, line: &str, step: &Step) -> Run {
        let mut words = self.words(line);
        if is_json(line, step) {
            words.splice(1..1, ["--format".to_owned(), "json".to_owned()]);
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = self.repo.tokensieve(&words);
        command.envs(step.environment.iter().map(|(name, value)| (name, self.filled(value))));
        Run::of(command.output().unwrap())
    }

    /// What a run came to, where that is not what is step.
    fn check(&self, step: &Step, run: &Run) -> Result<(), String> {
        if run.code != Some(step.status) {
            return Err(format!("ends with {:?}: {run:?}", run.code));
        }
        for (parts, text) in [(&step.stdout_has, &run.stdout), (&step.stderr_has, &run.stderr)] {
            if let Some(part) = parts.iter().find(|part| !text.contains(&self.filled(part))) {
                return Err(format!("does not say `{part}`: {text}"));
            }
        }
        if let Some(part) = step.stderr_lacks.iter().find(|part| run.stderr.contains(*part)) {
            return Err(format!("says `{part}`: {}", run.stderr));
        }
        self.expect_no_token(&run.stdout)?;
        self.expect_no_token(&run.stderr)
    }

    fn check_report(&self, step: &Step, run: &Run) -> Result<(), String> {
        if step.status == 2 {
            return same(&run.stdout.as_str(), &"");
        }
        if run.code != Some(step.status) {
            return Err(format!("ends with {:?}: {run:?}", run.code));
        }
        if let Some(introduced) = &step.introduced {
            same(&self.introduced(run), introduced)?;
        } else if let Some(rules) = &step.rules {
            same(&rules_and_lines(run), rules)?;
        } else {
            let lists = (step.found.clone(), step.old.clone());
            same(&(places(run, true), places(run, false)), &lists)?;
        }
        if let Some(count) = step.files_scanned {
            same(&run.files_scanned(), &count)?;
        }
        if let Some(count) = step.commits {
            same(&run.coverage()["commits"], &Value::from(count))?;
        }
        for (kind, count) in &step.suppressed {
            same(&run.suppressed_count(kind), count)?;
        }
        for (reason, count) in &step.skipped {
            same(&run.skipped_count(reason), count)?;
        }
        for (kind, names) in &step.unopened {
            same(&run.unopened(kind).1, names)?;
        }
        Ok(())
    }

    /// `message path:line` of the commits that introduced each finding, sorted. The finding itself
    /// is at the first of its places.
    fn introduced(&self, run: &Run) -> Vec<String> {
        let log = self.repo.git(&["log", "--all", "--reflog", "--format=%H %s"]);
        let names: HashMap<&str, &str> =
            log.lines().filter_map(|line| line.split_once(' ')).collect();
        let place = |place: &Value| {
            let name = names[place["commit"].as_str().unwrap()];
            format!("{name} {}:{}", place["path"].as_str().unwrap(), place["start_line"])
        };
        let of_finding = |finding: &Value| {
            let places = finding["places"].as_array().unwrap();
            assert_eq!(finding["commit"]["id"], places[0]["commit"]);
            assert_eq!(finding["path"], places[0]["path"]);
            assert_eq!(finding["start_line"], places[0]["start_line"]);
            places.iter().map(place).collect::<Vec<_>>().join(", ")
        };
        let mut all: Vec<String> = run.findings().iter().map(of_finding).collect();
        all.sort();
        all
    }

    fn expect_no_token(&self, text: &str) -> Result<(), String> {
        match self.tokens.iter().find(|token| text.contains(&token[8..])) {
            Some(_) => Err(format!("shows a token: {text}")),
            None => Ok(()),
        }
    }
}

/// Whether a report in JSON is asked for.
fn is_json(line: &str, step: &Step) -> bool {
    let command = line.split(' ').next().unwrap_or_default();
    ["scan", "git", "ci"].contains(&command) && step.stdout_has.is_empty()
}

fn same<T: PartialEq + std::fmt::Debug>(is: &T, should_be: &T) -> Result<(), String> {
    if is == should_be { Ok(()) } else { Err(format!("has {is:?} and not {should_be:?}")) }
}

fn places(run: &Run, is_new: bool) -> Vec<String> {
    let findings = run.findings();
    let wanted = findings.iter().filter(|it| (it["new"] != false) == is_new);
    wanted.map(|it| format!("{}:{}", it["path"].as_str().unwrap(), it["start_line"])).collect()
}

fn rules_and_lines(run: &Run) -> Vec<String> {
    let findings = run.findings();
    let line = |it: &Value| format!("{}:{}", it["rule_id"].as_str().unwrap(), it["start_line"]);
    findings.iter().map(line).collect()
}

#[test]
fn every_case() {
    each_case("tests/steps", |case: Case| {
        let scene = Scene::new(&case);
        for (at, step) in (1..).zip(&case.steps) {
            scene
                .take(step)
                .map_err(|problem| format!("({}), step {at}: {problem}", case.about))?;
        }
        Ok(())
    });
}
