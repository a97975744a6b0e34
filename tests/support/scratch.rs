//! Repositories made by git itself, with fixed names and dates, in scratch folders.

use std::cell::{Cell, RefCell};
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::command::{Dir, Run};
use super::tokens::{Random, personal};

/// When the first commit is made, in seconds since 1970.
const FIRST: i64 = 1_700_000_000;

/// No work behind the back of a test, and submodules may come from folders.
const SETTINGS: [&str; 6] =
    ["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "protocol.file.allow=always"];

/// A repository, and git and the binary run in it.
pub(crate) struct Repo {
    dir: Dir,
    ticks: Cell<i64>,
    random: RefCell<Random>,
}

impl Repo {
    /// A repository without a commit.
    pub(crate) fn new() -> Self {
        let repo = Self::outside();
        repo.git(&["init", "-q", "-b", "main"]);
        repo
    }

    /// A folder that is no repository yet.
    pub(crate) fn outside() -> Self {
        Self { dir: Dir::new(), ticks: Cell::new(0), random: RefCell::new(Random::new(77)) }
    }

    /// A repository with one commit, of files without secrets.
    pub(crate) fn with_commit() -> Self {
        let repo = Self::new();
        repo.file("README", "first line\nsecond line\nthird line\n");
        repo.file("src/main.rs", "fn main() {}\n");
        repo.commit("first");
        repo
    }

    /// A token that the repository has not seen.
    pub(crate) fn token(&self) -> String {
        personal(&mut self.random.borrow_mut())
    }

    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file of the working tree.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.dir.file(name, content)
    }

    /// Writes a file of the working tree and stages it.
    pub(crate) fn stage(&self, name: &str, content: impl AsRef<[u8]>) {
        self.file(name, content);
        self.git(&["add", "--", name]);
    }

    /// Commits all of the working tree; the id of the commit.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.commit_staged(message)
    }

    /// Commits what is staged; the id of the commit.
    pub(crate) fn commit_staged(&self, message: &str) -> String {
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.id("HEAD")
    }

    /// The id that a revision has.
    pub(crate) fn id(&self, revision: &str) -> String {
        self.git(&["rev-parse", "--verify", revision])
    }

    /// Git, with nothing but this repository's own configuration.
    pub(crate) fn git_command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(SETTINGS).args(args);
        self.prepare(&mut command);
        command
    }

    /// What git prints. It has to succeed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let output = self.git_output(args);
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
    }

    /// What git comes to, well or not.
    pub(crate) fn git_output(&self, args: &[&str]) -> Output {
        self.git_command(args).output().unwrap()
    }

    /// Git, with standard input.
    pub(crate) fn git_with_input(&self, args: &[&str], input: impl AsRef<[u8]>) -> String {
        let mut command = self.git_command(args);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "git {args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
    }

    /// Puts content into the objects of the repository; its id.
    pub(crate) fn blob(&self, content: impl AsRef<[u8]>) -> String {
        self.git_with_input(&["hash-object", "-w", "--stdin"], content)
    }

    /// Makes an entry of the index, without the working tree.
    pub(crate) fn entry(&self, mode: &str, id: &str, path: &(impl AsRef<OsStr> + ?Sized)) {
        let mut command = self.git_command(&["update-index", "--add", "--cacheinfo", mode, id]);
        let output = command.arg(path).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// The binary, started as a shell or a hook of this repository would.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.dir.command(args);
        self.prepare(&mut command);
        command
    }

    /// `tokensieve git`, with a report in JSON.
    pub(crate) fn scan(&self, args: &[&str]) -> Scan {
        self.scan_with(args, &[])
    }

    /// The same, with variables of the environment.
    pub(crate) fn scan_with(&self, args: &[&str], variables: &[(&str, &str)]) -> Scan {
        let mut command = self.command(&[&["git", "-f", "json"], args].concat());
        Scan::of(Run::of(command.envs(variables.iter().copied()).output().unwrap()))
    }

    /// A hook: a script for the shell that finds the binary as `$TOKENSIEVE`.
    pub(crate) fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;

        let folder = self.git(&["rev-parse", "--path-format=absolute", "--git-path", "hooks"]);
        let path = Path::new(&folder).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        // Written by another program: a file that is open for writing in a child of this process cannot be run.
        let text =
            format!("#!/bin/sh\nTOKENSIEVE='{}'\n{script}\n", env!("CARGO_BIN_EXE_tokensieve"));
        let mut child = Command::new("sh")
            .args(["-c", "cat > \"$0\""])
            .arg(&path)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(child.wait().unwrap().success());
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// The environment of git and of the binary: nothing of this machine, and a clock that ticks once a command.
    fn prepare(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("GIT_") || name.starts_with("PRE_COMMIT") {
                command.env_remove(name);
            }
        }
        self.ticks.set(self.ticks.get() + 60);
        let date = format!("@{} +0000", FIRST + self.ticks.get());
        command.current_dir(self.path()).stdin(Stdio::null());
        command.envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_AUTHOR_NAME", "Ada Author"),
            ("GIT_AUTHOR_EMAIL", "ada@example.com"),
            ("GIT_AUTHOR_DATE", &date),
            ("GIT_COMMITTER_NAME", "Carl Committer"),
            ("GIT_COMMITTER_EMAIL", "carl@example.com"),
            ("GIT_COMMITTER_DATE", &date),
            ("GIT_EDITOR", "true"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ]);
    }
}

/// A run of the binary with a report in JSON.
#[derive(Debug)]
pub(crate) struct Scan {
    pub(crate) run: Run,
}

impl Scan {
    pub(crate) fn of(run: Run) -> Self {
        Self { run }
    }

    /// The same command with its report for people.
    pub(crate) fn of_text(repo: &Repo, args: &[&str]) -> Run {
        Run::of(repo.command(&[&["git"], args].concat()).output().unwrap())
    }

    pub(crate) fn assert_code(&self, code: i32) -> &Self {
        self.run.assert_code(code);
        self
    }

    pub(crate) fn findings(&self) -> Vec<Value> {
        self.run.json()["findings"].as_array().unwrap().clone()
    }

    /// Where something was found: `path:line`, with `(old)` behind what was there before.
    pub(crate) fn found(&self) -> Vec<String> {
        let shown = |finding: &Value| {
            let old = if finding["new"] == false { " (old)" } else { "" };
            format!("{}:{}{old}", finding["path"].as_str().unwrap(), finding["start_line"])
        };
        self.findings().iter().map(shown).collect()
    }

    pub(crate) fn coverage(&self) -> Value {
        self.run.json()["coverage"].clone()
    }

    /// How many files were read.
    pub(crate) fn files(&self) -> u64 {
        self.coverage()["files_scanned"].as_u64().unwrap()
    }

    /// How often something was skipped for a reason.
    pub(crate) fn skipped(&self, reason: &str) -> u64 {
        let coverage = self.coverage();
        let entry = coverage["skipped"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["reason"] == reason)
            .cloned();
        entry.map_or(0, |entry| entry["count"].as_u64().unwrap())
    }

    /// The paths that were not opened, by their kind.
    pub(crate) fn unopened(&self, kind: &str) -> Vec<String> {
        let coverage = self.coverage();
        let entry = coverage["unopened"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["kind"] == kind)
            .cloned();
        let examples = entry.map(|entry| entry["examples"].as_array().unwrap().clone());
        examples.unwrap_or_default().iter().map(|path| path.as_str().unwrap().to_owned()).collect()
    }
}
