//! Runs the built binary in a scratch folder.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Variables that change what the binary does or prints.
const VARIABLES: [&str; 4] = ["NO_COLOR", "TERM", "GITLEAKS_CONFIG", "GITLEAKS_CONFIG_TOML"];

/// How the variables of CI systems and our own begin.
const PREFIXES: [&str; 5] = ["CI_", "GITLAB_", "GITHUB_", "GL_", "TOKENSIEVE_"];

/// A scratch folder, removed when this is dropped.
pub(crate) struct Dir {
    dir: TempDir,
}

impl Dir {
    /// Creates an empty folder.
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// Returns the absolute path of the folder.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes a file and creates the folders above it. `name` is relative to the scratch folder.
    /// Returns the path of the file.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Returns the binary, ready to start in the scratch folder without standard input. It sees no
    /// variable of the machine that its behaviour depends on, so the tests also pass in a CI job.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokensieve"));
        command.args(args).current_dir(self.path()).stdin(Stdio::null());
        // What the program remembers of a test is not the user's.
        command.env("XDG_STATE_HOME", self.path().join(".state"));
        // Nor are the user's settings those of a test.
        command.env("XDG_CONFIG_HOME", self.path().join(".config"));
        for name in VARIABLES {
            command.env_remove(name);
        }
        remove_variables(&mut command, &PREFIXES);
        command
    }

    /// Runs the binary to its end, without standard input.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// Runs the binary to its end, with `input` as its standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: &[u8]) -> Run {
        Run::of(output_with_input(&mut self.command(args), input))
    }
}

/// Keeps the variables of this process that begin with one of the prefixes from a command.
pub(crate) fn remove_variables(command: &mut Command, prefixes: &[&str]) {
    for (name, _) in std::env::vars_os() {
        let bytes = name.as_encoded_bytes();
        if prefixes.iter().any(|prefix| bytes.starts_with(prefix.as_bytes())) {
            command.env_remove(name);
        }
    }
}

/// Runs a command to its end with `input` as its standard input, and captures both outputs.
/// The command may end before it has read all of the input.
pub(crate) fn output_with_input(command: &mut Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    })
}

/// How a run of the binary ended, and what it printed.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code. None after a signal.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Takes over the output of a process. Panics where it is not UTF-8.
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs a copy of the program that was made just now. A test beside this one can have it open
    /// for writing for a moment, in a process that it starts.
    pub(crate) fn of_copy(command: &mut Command) -> Self {
        for _ in 0..100 {
            match command.output() {
                Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => {
                    std::thread::sleep(std::time::Duration::from_millis(20));
                }
                output => return Self::of(output.unwrap()),
            }
        }
        panic!("the copy of the program stays busy");
    }

    /// Asserts the exit code. Returns the run, so that checks of its report can follow.
    pub(crate) fn assert_code(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}
