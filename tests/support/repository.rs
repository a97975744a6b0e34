//! Git repositories that git itself makes, with fixed names, mail addresses and dates, and without
//! the configuration of this machine.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use super::command::{Dir, Run, output_with_input, remove_variables};
use super::tokens::{Random, personal};

/// The name of every author.
pub(crate) const AUTHOR: &str = "Ada Author";
/// The mail address of every author.
pub(crate) const EMAIL: &str = "ada@example.com";
/// When a repository's clock starts, in seconds since 1970.
pub(crate) const START: u64 = 1_700_000_000;

/// How far the clock goes on for each command, in seconds.
const TICK: u64 = 60;

/// Arguments for every call of git: it repacks nothing on its own, clones from folders, and calls
/// the first branch `main`.
const SETTINGS: [&str; 10] = [
    "-c",
    "init.defaultBranch=main",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
    "-c",
    "protocol.file.allow=always",
    "-c",
    "advice.detachedHead=false",
];

/// Returns git, ready to start in a folder. Neither variables nor settings of this machine reach
/// it; authors and committers sign at `date`, in seconds since 1970.
pub(crate) fn isolated_git(folder: &Path, args: &[&str], date: u64) -> Command {
    let mut command = Command::new("git");
    command.args(SETTINGS).args(args);
    isolate(&mut command, folder, date);
    // Tests look at what is stored, whatever is replaced.
    command.env("GIT_NO_REPLACE_OBJECTS", "1");
    command
}

/// Gives a command its folder and an environment in which git behaves the same everywhere.
fn isolate(command: &mut Command, folder: &Path, date: u64) {
    remove_variables(command, &["GIT_", "PRE_COMMIT"]);
    command.current_dir(folder).stdin(Stdio::null());
    let date = format!("{date} +0130");
    command.envs([
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", AUTHOR),
        ("GIT_AUTHOR_EMAIL", EMAIL),
        ("GIT_AUTHOR_DATE", &date),
        ("GIT_COMMITTER_NAME", "Carl Committer"),
        ("GIT_COMMITTER_EMAIL", "carl@example.com"),
        ("GIT_COMMITTER_DATE", &date),
        ("GIT_EDITOR", "true"),
        ("GIT_TERMINAL_PROMPT", "0"),
        ("LC_ALL", "C"),
    ]);
}

/// A repository in a scratch folder, perhaps with others beside it. All of them share one clock,
/// which goes on by a minute with each command.
pub(crate) struct Repository {
    dir: Rc<Dir>,
    name: String,
    clock: Rc<Cell<u64>>,
    random: Rc<RefCell<Random>>,
}

/// An object as it is stored.
pub(crate) struct Object {
    /// Its id in hexadecimal digits.
    pub(crate) id: String,
    /// `blob`, `tree`, `commit` or `tag`.
    pub(crate) kind: String,
    /// Its content without a header.
    pub(crate) data: Vec<u8>,
}

/// Makes repositories.
impl Repository {
    /// Creates a repository without a commit, in a scratch folder of its own.
    pub(crate) fn new() -> Self {
        Self::init(&[])
    }

    /// Creates a repository without a commit, with more arguments for `git init`.
    pub(crate) fn init(args: &[&str]) -> Self {
        let repository = Self::uninitialized();
        repository.git(&[&["init", "-q"], args].concat());
        repository
    }

    /// Creates an empty folder, where git has not made a repository yet.
    pub(crate) fn uninitialized() -> Self {
        let folder = Self {
            dir: Rc::new(Dir::new()),
            name: "repository".to_owned(),
            clock: Rc::new(Cell::new(START)),
            random: Rc::new(RefCell::new(Random::new(77))),
        };
        std::fs::create_dir(folder.path()).unwrap();
        folder
    }

    /// Creates a repository with one commit, of two files without secrets.
    pub(crate) fn with_commit() -> Self {
        let repository = Self::new();
        repository.file("README", "first line\nsecond line\nthird line\n");
        repository.file("src/main.rs", "fn main() {}\n");
        repository.commit("first");
        repository
    }

    /// Names a folder in the same scratch folder. Creates nothing: some command of git does.
    pub(crate) fn beside(&self, name: &str) -> Self {
        Self {
            dir: Rc::clone(&self.dir),
            name: name.to_owned(),
            clock: Rc::clone(&self.clock),
            random: Rc::clone(&self.random),
        }
    }

    /// Clones this repository into a folder beside it, over git's protocol.
    pub(crate) fn cloned(&self, name: &str, args: &[&str]) -> Self {
        let url = format!("file://{}", self.path().display());
        self.git(&[&["clone", "-q"], args, &[&url, &format!("../{name}")]].concat());
        self.beside(name)
    }

    /// Creates a bare repository beside this one and adds it as the remote `origin`.
    pub(crate) fn add_origin(&self) -> Self {
        let origin = self.beside("origin");
        self.git(&["init", "-q", "--bare", "../origin"]);
        self.git(&["remote", "add", "origin", "../origin"]);
        origin
    }

    /// Copies this repository file by file into a folder beside it. The files are hard links:
    /// replace them, and never write to them.
    pub(crate) fn copied(&self, name: &str) -> Self {
        let copy = self.beside(name);
        let status =
            Command::new("cp").arg("-al").args([self.path(), copy.path()]).status().unwrap();
        assert!(status.success());
        copy
    }
}

/// Files and paths.
impl Repository {
    /// Returns the scratch folder, which holds the folder of the repository.
    pub(crate) fn dir(&self) -> &Dir {
        &self.dir
    }

    /// Returns the absolute path of the repository's folder.
    pub(crate) fn path(&self) -> PathBuf {
        self.dir.path().join(&self.name)
    }

    /// Returns a path in the folder where git keeps its data, bare or not.
    pub(crate) fn git_path(&self, name: &str) -> PathBuf {
        let git_dir = self.path().join(".git");
        if git_dir.is_dir() { git_dir.join(name) } else { self.path().join(name) }
    }

    /// Returns the path that a loose object has or would have.
    pub(crate) fn loose(&self, id: &str) -> PathBuf {
        self.git_path("objects").join(&id[..2]).join(&id[2..])
    }

    /// Returns the files of an extension in the folder of packs, sorted.
    pub(crate) fn packs(&self, extension: &str) -> Vec<PathBuf> {
        let Ok(list) = std::fs::read_dir(self.git_path("objects/pack")) else { return Vec::new() };
        let mut paths: Vec<_> = list.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|it| it == extension));
        paths.sort();
        paths
    }

    /// Writes a file of the working tree and creates the folders above it.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        self.dir.file(&format!("{}/{name}", self.name), content)
    }

    /// Reads a text file of the working tree.
    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Removes a file of the working tree.
    pub(crate) fn remove(&self, name: &str) {
        std::fs::remove_file(self.path().join(name)).unwrap();
    }

    /// Writes an executable hook. Its script, for the shell, finds the binary as `$TOKENSIEVE`.
    pub(crate) fn hook(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;

        let folder = self.git(&["rev-parse", "--path-format=absolute", "--git-path", "hooks"]);
        let path = Path::new(&folder).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let binary = env!("CARGO_BIN_EXE_tokensieve");
        let text = format!("#!/bin/sh\nTOKENSIEVE='{binary}'\n{script}\n");
        // Another process writes it: Linux refuses to run a file that is open for writing, and any
        // process that a parallel test starts inherits what is open here for a moment.
        let mut shell = Command::new("sh");
        shell.args(["-c", "cat > \"$0\""]).arg(&path);
        assert!(output_with_input(&mut shell, text.as_bytes()).status.success());
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Makes a personal access token that this repository has not seen.
    pub(crate) fn token(&self) -> String {
        personal(&mut self.random.borrow_mut())
    }
}

/// Runs git.
impl Repository {
    /// Returns git, ready to start in this repository at the time of its clock.
    pub(crate) fn git_command(&self, args: &[&str]) -> Command {
        isolated_git(&self.path(), args, self.tick())
    }

    /// Runs git, whether it succeeds or not.
    pub(crate) fn git_output(&self, args: &[&str]) -> Output {
        self.git_command(args).output().unwrap()
    }

    /// Runs git, which must succeed. Returns what it prints, without line breaks at the end.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        printed(succeeded(self.git_output(args), args))
    }

    /// Runs git with standard input; otherwise the same as [`Repository::git`].
    pub(crate) fn git_with_input(&self, args: &[&str], input: impl AsRef<[u8]>) -> String {
        printed(self.git_bytes(args, input.as_ref()))
    }

    fn git_bytes(&self, args: &[&str], input: &[u8]) -> Vec<u8> {
        succeeded(output_with_input(&mut self.git_command(args), input), args)
    }

    /// Lets a minute pass. Returns the new time, in seconds since 1970.
    fn tick(&self) -> u64 {
        self.clock.set(self.clock.get() + TICK);
        self.clock.get()
    }

    /// Writes a file of the working tree and stages it.
    pub(crate) fn stage(&self, name: &str, content: impl AsRef<[u8]>) {
        self.file(name, content);
        self.git(&["add", "--", name]);
    }

    /// Puts an entry into the index, without the working tree. A path may be any bytes.
    pub(crate) fn stage_entry(&self, mode: &str, id: &str, path: &(impl AsRef<OsStr> + ?Sized)) {
        let args = ["update-index", "--add", "--cacheinfo", mode, id];
        succeeded(self.git_command(&args).arg(path).output().unwrap(), &args);
    }

    /// Commits all of the working tree, even where nothing changed. Returns the commit's id.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.commit_staged(message)
    }

    /// Commits the index, even where nothing changed. Returns the commit's id.
    pub(crate) fn commit_staged(&self, message: &str) -> String {
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
        self.id("HEAD")
    }

    /// Returns the id of the object that a revision names.
    pub(crate) fn id(&self, revision: &str) -> String {
        self.git(&["rev-parse", "--verify", revision])
    }

    /// Stores a blob. Returns its id.
    pub(crate) fn blob(&self, content: impl AsRef<[u8]>) -> String {
        self.git_with_input(&["hash-object", "-w", "--stdin"], content)
    }

    /// Stores a tree of lines such as `100644 blob <id>`, tab, name. Returns its id.
    pub(crate) fn tree(&self, entries: &str) -> String {
        self.git_with_input(&["mktree", "--missing"], entries)
    }

    /// Returns the objects that revisions lead to, ordered by id.
    pub(crate) fn objects(&self, revisions: &[&str]) -> Vec<Object> {
        let list = self.git(&[&["rev-list", "--objects", "--no-object-names"], revisions].concat());
        let batch = self.git_bytes(&["cat-file", "--batch"], list.as_bytes());
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
            let object = Object { id: id.to_owned(), kind: kind.to_owned(), data };
            objects.insert(object.id.clone(), object);
        }
        objects.into_values().collect()
    }

    /// Returns the number of blobs that all references and heads lead to.
    pub(crate) fn count_of_blobs(&self) -> usize {
        self.objects(&["--all"]).iter().filter(|object| object.kind == "blob").count()
    }
}

/// Runs the binary.
impl Repository {
    /// Returns the binary, ready to start in this repository as a shell or a hook would start it.
    pub(crate) fn tokensieve(&self, args: &[&str]) -> Command {
        let mut command = self.dir.command(args);
        isolate(&mut command, &self.path(), self.tick());
        command
    }

    /// Runs the binary with any arguments.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.tokensieve(args).output().unwrap())
    }

    /// Runs `tokensieve git` with a JSON report.
    pub(crate) fn scan(&self, args: &[&str]) -> Run {
        self.scan_with_variables(args, &[])
    }

    /// Runs `tokensieve git` with a JSON report and more variables in its environment.
    pub(crate) fn scan_with_variables(&self, args: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = self.tokensieve(&[&["git", "-f", "json"], args].concat());
        Run::of(command.envs(variables.iter().copied()).output().unwrap())
    }

    /// Runs `tokensieve git` with a text report.
    pub(crate) fn scan_as_text(&self, args: &[&str]) -> Run {
        self.run(&[&["git"], args].concat())
    }

    /// Runs `tokensieve scan` with a JSON report: the working tree instead of the history.
    pub(crate) fn scan_files(&self, args: &[&str]) -> Run {
        self.run(&[&["scan", "-f", "json"], args].concat())
    }
}

/// Returns the standard output of git, which must have succeeded.
fn succeeded(output: Output, args: &[&str]) -> Vec<u8> {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {args:?}: {stderr}");
    output.stdout
}

fn printed(output: Vec<u8>) -> String {
    String::from_utf8(output).unwrap().trim_end_matches('\n').to_owned()
}
