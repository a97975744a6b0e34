//! Git repositories, made by git itself: with fixed names, mails and dates, without the configuration of this machine.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use serde_json::Value;

use super::command::{Dir, Run};

/// The name of every author and committer.
pub(crate) const AUTHOR: &str = "Ada Example";
/// The mail address of every author and committer.
pub(crate) const EMAIL: &str = "ada@example.com";
/// When the first commit is made. Each one is an hour later than the one before.
pub(crate) const START: u64 = 1_700_000_000;

/// A repository in a scratch folder, perhaps with others beside it.
pub(crate) struct Repository {
    dir: Rc<Dir>,
    name: String,
    clock: Rc<Cell<u64>>,
}

/// An object as it is stored.
pub(crate) struct Object {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) data: Vec<u8>,
}

impl Repository {
    /// An empty repository, in a scratch folder of its own.
    pub(crate) fn new() -> Self {
        Self::init(&[])
    }

    /// The same with arguments for `git init`.
    pub(crate) fn init(args: &[&str]) -> Self {
        let repository = Self {
            dir: Rc::new(Dir::new()),
            name: "repository".to_owned(),
            clock: Rc::new(Cell::new(START)),
        };
        std::fs::create_dir(repository.path()).unwrap();
        repository.git(&[&["init", "-q", "-b", "main"], args].concat());
        repository
    }

    /// The name of a folder beside this one, which some command has made or will make into a repository.
    pub(crate) fn beside(&self, name: &str) -> Self {
        Self { dir: Rc::clone(&self.dir), name: name.to_owned(), clock: Rc::clone(&self.clock) }
    }

    /// A clone beside this one.
    pub(crate) fn cloned(&self, name: &str, args: &[&str]) -> Self {
        let url = format!("file://{}", self.path().display());
        self.git(&[&["clone", "-q"], args, &[&url, &format!("../{name}")]].concat());
        self.beside(name)
    }

    /// A copy beside this one, file by file. Its files are linked: they may be replaced, and not written to.
    pub(crate) fn copied(&self, name: &str) -> Self {
        let copy = self.beside(name);
        let status =
            Command::new("cp").arg("-al").args([self.path(), copy.path()]).status().unwrap();
        assert!(status.success());
        copy
    }

    /// The scratch folder.
    pub(crate) fn dir(&self) -> &Dir {
        &self.dir
    }

    /// The folder of the repository.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join(&self.name)
    }

    /// A path in the folder where git keeps its data.
    pub(crate) fn git_path(&self, name: &str) -> PathBuf {
        let path = self.path().join(".git").join(name);
        if self.path().join(".git").is_dir() { path } else { self.path().join(name) }
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.dir.file(&format!("{}/{name}", self.name), content)
    }

    /// The file of a loose object.
    pub(crate) fn loose(&self, id: &str) -> PathBuf {
        self.git_path("objects").join(&id[..2]).join(&id[2..])
    }

    /// The files in the folder of packs that end so, sorted.
    pub(crate) fn packs(&self, extension: &str) -> Vec<PathBuf> {
        let Ok(list) = std::fs::read_dir(self.git_path("objects/pack")) else { return Vec::new() };
        let mut paths: Vec<_> = list.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|it| it == extension));
        paths.sort();
        paths
    }

    fn prepared(&self, program: &mut Command) {
        let names = std::env::vars_os().map(|(name, _)| name);
        for name in names.filter(|name| name.to_string_lossy().starts_with("GIT_")) {
            program.env_remove(name);
        }
        program.env_remove("PRE_COMMIT");
        program.env("HOME", self.dir.path()).env("LC_ALL", "C");
        program.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    }

    /// Git in this repository, with the time that has come.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        const SETTINGS: [(&str, &str); 4] = [
            ("gc.auto", "0"),
            ("maintenance.auto", "false"),
            ("protocol.file.allow", "always"),
            ("advice.detachedHead", "false"),
        ];
        let mut git = Command::new("git");
        self.prepared(&mut git);
        git.args(args).current_dir(self.path()).stdin(Stdio::null());
        let date = format!("{} +0130", self.clock.get());
        for role in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{role}_NAME"), AUTHOR).env(format!("GIT_{role}_EMAIL"), EMAIL);
            git.env(format!("GIT_{role}_DATE"), &date);
        }
        git.env("GIT_NO_REPLACE_OBJECTS", "1").env("GIT_CONFIG_COUNT", SETTINGS.len().to_string());
        for (number, (key, value)) in SETTINGS.iter().enumerate() {
            git.env(format!("GIT_CONFIG_KEY_{number}"), key)
                .env(format!("GIT_CONFIG_VALUE_{number}"), value);
        }
        git
    }

    /// Runs git, which must succeed, and returns what it prints, without the last line break.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let output = succeeded(self.command(args).output().unwrap(), args);
        String::from_utf8(output).unwrap().trim_end_matches('\n').to_owned()
    }

    /// The same with an input, and bytes.
    pub(crate) fn git_with(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || stdin.write_all(input).unwrap());
            child.wait_with_output().unwrap()
        });
        succeeded(output, args)
    }

    /// Stores a blob.
    pub(crate) fn blob(&self, content: impl AsRef<[u8]>) -> String {
        self.id_of(&["hash-object", "-w", "--stdin"], content.as_ref())
    }

    /// Stores a tree of entries such as `100644 blob <id>`, tab, name.
    pub(crate) fn tree(&self, entries: &str) -> String {
        self.id_of(&["mktree", "--missing"], entries.as_bytes())
    }

    /// Runs git with an input and returns the id it prints.
    pub(crate) fn id_of(&self, args: &[&str], input: &[u8]) -> String {
        String::from_utf8(self.git_with(args, input)).unwrap().trim_end().to_owned()
    }

    /// Commits all files and returns the id.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "-A"]);
        self.commit_staged(message)
    }

    /// Commits what is staged and returns the id.
    pub(crate) fn commit_staged(&self, message: &str) -> String {
        self.tick();
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Lets an hour pass.
    pub(crate) fn tick(&self) {
        self.clock.set(self.clock.get() + 3600);
    }

    /// The binary in the folder of the repository, to be told what to scan.
    pub(crate) fn tokensieve(&self, args: &[&str]) -> Command {
        let mut command = self.dir.command(args);
        self.prepared(&mut command);
        command.current_dir(self.path());
        command
    }

    /// Scans the repository; the report is JSON.
    pub(crate) fn scan(&self, args: &[&str]) -> Run {
        Run::of(self.tokensieve(&[&["git", "-f", "json"], args].concat()).output().unwrap())
    }

    /// The objects that revisions lead to, with their content.
    pub(crate) fn objects(&self, revisions: &[&str]) -> Vec<Object> {
        let list = self.git(&[&["rev-list", "--objects", "--no-object-names"], revisions].concat());
        let batch = self.git_with(&["cat-file", "--batch"], list.as_bytes());
        let mut rest = batch.as_slice();
        let mut objects = BTreeMap::new();
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
            let header = std::str::from_utf8(&rest[..end]).unwrap();
            let [id, kind, len] = header.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{header}")
            };
            let len: usize = len.parse().unwrap();
            let data = rest[end + 1..end + 1 + len].to_vec();
            rest = &rest[end + 1 + len + 1..];
            objects
                .insert(id.to_owned(), Object { id: id.to_owned(), kind: kind.to_owned(), data });
        }
        objects.into_values().collect()
    }

    /// The number of blobs that all references and heads lead to.
    pub(crate) fn count_of_blobs(&self) -> usize {
        self.objects(&["--all"]).iter().filter(|object| object.kind == "blob").count()
    }
}

fn succeeded(output: Output, args: &[&str]) -> Vec<u8> {
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// What a report says about histories.
impl Run {
    pub(crate) fn findings(&self) -> Vec<Value> {
        self.json()["findings"].as_array().unwrap().clone()
    }

    /// A number of the coverage record.
    pub(crate) fn coverage(&self, key: &str) -> u64 {
        self.json()["coverage"][key].as_u64().unwrap_or_else(|| panic!("{key}: {self:?}"))
    }

    pub(crate) fn is_complete(&self) -> bool {
        self.json()["coverage"]["complete"].as_bool().unwrap()
    }

    /// How often something was skipped for a reason, and the examples.
    pub(crate) fn skipped(&self, reason: &str) -> (u64, Vec<String>) {
        let report = self.json();
        let entry = report["coverage"]["skipped"]
            .as_array()
            .unwrap()
            .iter()
            .find(|entry| entry["reason"] == reason);
        entry.map_or((0, Vec::new()), |entry| {
            let examples = entry["examples"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it.as_str().unwrap().to_owned());
            (entry["count"].as_u64().unwrap(), examples.collect())
        })
    }

    /// The paths of the findings.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.findings().iter().map(|finding| finding["path"].as_str().unwrap().to_owned()).collect()
    }

    /// The only finding.
    pub(crate) fn finding(&self) -> Value {
        let mut findings = self.findings();
        assert_eq!(findings.len(), 1, "{self:?}");
        findings.remove(0)
    }
}
