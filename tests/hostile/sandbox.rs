//! Runs the binary under limits of the kernel, and says what became of it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const MIB: u64 = 1 << 20;

/// Address space that costs no memory: the binary itself, stacks of threads, what an allocator
/// reserves, maps of files.
const RESERVED: u64 = 768 * MIB;

/// No report of a test is larger. More is a failure of its own.
const LARGEST_OUTPUT: u64 = 64 * MIB;

/// What a run may use. The binary of tests is optimised little (opt-level 1), and machines that
/// test are busy: seconds are several times those that a release needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of resident memory.
    pub(crate) memory: u64,
    /// Bytes of addresses. A program that is refused memory may go on; with more, it is seen to
    /// take it.
    pub(crate) space: u64,
    /// Seconds of all processors together.
    pub(crate) cpu: u64,
    /// Seconds until a run counts as hanging. Waiting for a FIFO needs no processor.
    pub(crate) wall: u64,
}

impl Limits {
    /// What is promised for any input.
    pub(crate) const ANY: Self = Self::new(512 * MIB, 30, 60);
    /// With less time or memory, or more.
    pub(crate) const fn new(memory: u64, cpu: u64, wall: u64) -> Self {
        Self { memory, space: memory + RESERVED, cpu, wall }
    }

    /// For input that is small and gives little to do. A run without any input takes a tenth of a
    /// second.
    pub(crate) const SMALL: Self = Self::new(128 * MIB, 6, 30);
}

/// A scratch folder: `in` is scanned, `out` is what nobody may touch.
pub(crate) struct Sandbox {
    dir: TempDir,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let mut dir = tempfile::tempdir().unwrap();
        // To look at what a seed has made.
        dir.disable_cleanup(std::env::var_os("TOKENSIEVE_HOSTILE_KEEP").is_some());
        for name in ["in", "out"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        Self { dir }
    }

    /// The whole folder.
    pub(crate) fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The folder that is scanned.
    pub(crate) fn inside(&self) -> PathBuf {
        self.dir.path().join("in")
    }

    /// The folder beside it.
    pub(crate) fn outside(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    /// Writes a file of the scanned folder, with the folders above it.
    pub(crate) fn file(&self, name: impl AsRef<Path>, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.inside().join(name);
        assert!(path.starts_with(self.path()), "{} is outside", path.display());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// The binary in the scanned folder, with an environment that says nothing of this machine.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokensieve"));
        command.args(args).stdin(Stdio::null());
        self.prepare(&mut command);
        command
    }

    fn prepare(&self, command: &mut Command) {
        command.current_dir(self.inside()).env_clear().env("HOME", self.path()).env("LC_ALL", "C");
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{role}_NAME"), "Ada")
                .env(format!("GIT_{role}_EMAIL"), "ada@example.com");
            command.env(format!("GIT_{role}_DATE"), "1700000000 +0000");
        }
        // Each arena of glibc's allocator reserves 64 MiB of addresses, and there are eight a
        // processor.
        command.env("MALLOC_ARENA_MAX", "2");
    }

    /// Runs the binary.
    pub(crate) fn run(&self, args: &[&str], limits: Limits) -> Run {
        self.run_command(self.command(args), b"", limits)
    }

    /// Runs a command that was made by [`Self::command`] and changed.
    pub(crate) fn run_command(&self, mut command: Command, input: &[u8], limits: Limits) -> Run {
        command.stderr(Stdio::piped());
        self.run_deaf(command, input, limits)
    }

    /// The same with the standard error that the command has, whose end is not seen.
    pub(crate) fn run_deaf(&self, mut command: Command, input: &[u8], limits: Limits) -> Run {
        if !input.is_empty() {
            command.stdin(Stdio::piped());
        }
        command.stdout(Stdio::piped());
        limit(&mut command, limits);
        Run::of(command, input, limits)
    }

    /// What git prints in the scanned folder. It has to succeed.
    pub(crate) fn git(&self, args: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args([
            "-c",
            "gc.auto=0",
            "-c",
            "maintenance.auto=false",
            "-c",
            "protocol.file.allow=always",
        ]);
        self.prepare(&mut command);
        let output = command.args(args).stdin(Stdio::null()).output().unwrap();
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Everything in the folder: to see that a run has changed nothing.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        note(self.path(), &mut found);
        found
    }
}

fn note(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let data = std::fs::symlink_metadata(&path).unwrap();
        let content = if data.is_symlink() {
            format!("-> {:?}", std::fs::read_link(&path).unwrap())
        } else {
            format!("{:o} {} {}", data.mode(), data.len(), data.mtime_nsec())
        };
        if data.is_dir() {
            note(&path, found);
            // Its own time changes with that of a temporary file, which is gone.
            found.insert(path, "folder".to_owned());
        } else {
            found.insert(path, content);
        }
    }
}

/// Lets the kernel end what takes too much.
fn limit(command: &mut Command, limits: Limits) {
    let set = move |resource, soft: u64, hard: u64| {
        let value = libc::rlimit { rlim_cur: soft, rlim_max: hard };
        // SAFETY: the kernel reads the structure during the call and keeps nothing of it.
        match unsafe { libc::setrlimit(resource, &raw const value) } {
            0 => Ok(()),
            _ => Err(std::io::Error::last_os_error()),
        }
    };
    let start = move || {
        set(libc::RLIMIT_AS, limits.space, limits.space)?;
        set(libc::RLIMIT_CPU, limits.cpu, limits.cpu + 1)?;
        set(libc::RLIMIT_CORE, 0, 0)
    };
    // SAFETY: between fork and exec only `setrlimit` is called, which is safe in signal handlers;
    // nothing is allocated.
    unsafe { command.pre_exec(start) };
}

/// What a run came to.
pub(crate) struct Run {
    args: String,
    limits: Limits,
    pub(crate) code: Option<i32>,
    pub(crate) signal: Option<i32>,
    pub(crate) is_hanging: bool,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: Vec<u8>,
    /// The most bytes that were seen resident.
    pub(crate) memory: u64,
    pub(crate) cpu: Duration,
}

impl Run {
    #[expect(
        clippy::zombie_processes,
        reason = "`wait` does it, which also tells what the child used"
    )]
    fn of(mut command: Command, input: &[u8], limits: Limits) -> Self {
        let args = format!("{:?}", command.get_args().collect::<Vec<_>>());
        let mut child = command.spawn().unwrap();
        let id = i32::try_from(child.id()).unwrap();
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (stdout, stderr, end) = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            let stdout = scope.spawn(move || read(stdout));
            let stderr = scope.spawn(move || read(stderr));
            let end = wait(id, Duration::from_secs(limits.wall));
            (stdout.join().unwrap(), stderr.join().unwrap(), end)
        });
        Self {
            args,
            limits,
            code: libc::WIFEXITED(end.status).then(|| libc::WEXITSTATUS(end.status)),
            signal: libc::WIFSIGNALED(end.status).then(|| libc::WTERMSIG(end.status)),
            is_hanging: end.is_hanging,
            stdout,
            stderr,
            memory: end.memory,
            cpu: end.cpu,
        }
    }

    /// Holds for whatever is read: the program ends by itself, within its limits, with a code that
    /// is documented, and shows nothing of what was planted.
    #[track_caller]
    pub(crate) fn keeps(&self, planted: &[String]) -> &Self {
        assert!(!self.is_hanging, "hangs: {self:?}");
        assert_eq!(self.signal, None, "ended by a signal: {self:?}");
        assert!(matches!(self.code, Some(0..=3)), "no documented code: {self:?}");
        assert!(self.memory <= self.limits.memory, "{} MiB: {self:?}", self.memory / MIB);
        self.shows_none(planted)
    }

    /// No eight characters in a row of what was planted, but for the public prefix, are printed.
    #[track_caller]
    pub(crate) fn shows_none(&self, planted: &[String]) -> &Self {
        const SHOWN: usize = 8;
        for output in [&self.stdout, &self.stderr] {
            for secret in planted {
                let body = &secret.as_bytes()[secret.find(['-', '_']).map_or(0, |at| at + 1)..];
                let shown = body.windows(SHOWN).find(|part| has(output, part));
                assert!(
                    shown.is_none(),
                    "shows {:?} of {secret}: {self:?}",
                    shown.map(String::from_utf8_lossy)
                );
            }
        }
        self
    }

    /// What is printed changes nothing of a terminal, and is no command to a CI system.
    #[track_caller]
    pub(crate) fn is_plain(&self) -> &Self {
        for output in [&self.stdout, &self.stderr] {
            let text = String::from_utf8_lossy(output);
            let odd = text.chars().find(|c| c.is_control() && *c != '\n');
            assert_eq!(odd, None, "prints a control character: {self:?}");
            let command = text.lines().find(|line| {
                ["::", "##["].iter().any(|start| line.trim_start().starts_with(start))
            });
            assert_eq!(command, None, "prints a command: {self:?}");
        }
        self
    }

    #[track_caller]
    pub(crate) fn code_is(&self, codes: &[i32]) -> &Self {
        assert!(
            self.code.is_some_and(|code| codes.contains(&code)),
            "not one of {codes:?}: {self:?}"
        );
        self
    }

    /// The report, of a run with `-f json`. None if there is no report at all.
    pub(crate) fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.stdout).ok()
    }

    /// Whether the report says that all was looked at.
    pub(crate) fn is_complete(&self) -> bool {
        self.json().is_some_and(|report| report["coverage"]["complete"] == true)
    }

    /// How often something was skipped for a reason, by the report of a run with `-f json`.
    pub(crate) fn skipped(&self, reason: &str) -> u64 {
        let report = self.json().unwrap_or_default();
        let skipped = report["coverage"]["skipped"].as_array().cloned().unwrap_or_default();
        let of_reason = skipped.iter().filter(|one| one["reason"] == reason);
        of_reason.filter_map(|one| one["count"].as_u64()).sum()
    }

    /// The secrets of the report, of a run with `-f json --show-secrets`.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let report = self.json().unwrap_or_default();
        let findings = report["findings"].as_array().cloned().unwrap_or_default();
        findings
            .iter()
            .filter_map(|finding| finding["secret"].as_str().map(str::to_owned))
            .collect()
    }

    /// A scan never says clean when it did not look. For a run with `-f json --show-secrets`.
    #[track_caller]
    pub(crate) fn is_honest(&self, planted: &[String]) -> &Self {
        let found = self.secrets();
        let lost = planted.iter().find(|secret| !found.contains(secret));
        if let Some(lost) = lost {
            assert!(!self.is_complete(), "says complete and has not found {lost}: {self:?}");
            assert_ne!(self.code, Some(0), "ends with 0 and has not found {lost}: {self:?}");
        }
        self
    }
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let short = |bytes: &[u8]| bytes[..bytes.len().min(1500)].escape_ascii().to_string();
        f.debug_struct("Run")
            .field("args", &self.args)
            .field("code", &self.code)
            .field("signal", &self.signal)
            .field("memory", &self.memory)
            .field("cpu", &self.cpu)
            .field("stdout", &short(&self.stdout))
            .field("stderr", &short(&self.stderr))
            .finish_non_exhaustive()
    }
}

pub(crate) fn has(text: &[u8], part: &[u8]) -> bool {
    memmem(text, part).is_some()
}

/// Where the part begins. The first byte is looked for first: texts of several megabytes are looked
/// at.
pub(crate) fn memmem(text: &[u8], part: &[u8]) -> Option<usize> {
    let (first, rest) = part.split_first()?;
    let mut from = 0;
    loop {
        let at = from + text[from..].iter().position(|byte| byte == first)?;
        if text[at + 1..].starts_with(rest) {
            return Some(at);
        }
        from = at + 1;
    }
}

fn read(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        drop(pipe.take(LARGEST_OUTPUT).read_to_end(&mut bytes));
    }
    bytes
}

/// How a child ended.
struct End {
    status: i32,
    cpu: Duration,
    memory: u64,
    is_hanging: bool,
}

/// Waits for the end of a child, and ends it when its time is over.
fn wait(id: i32, wall: Duration) -> End {
    let until = Instant::now() + wall;
    let mut status = 0;
    // SAFETY: all bytes zero are a valid value of a structure of numbers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    let (mut memory, mut is_hanging) = (0, false);
    loop {
        // What `wait4` says of memory includes what the test itself had at the time of the fork.
        memory = memory.max(most_resident(id).unwrap_or(0));
        let options = if is_hanging { 0 } else { libc::WNOHANG };
        // SAFETY: both pointers are to live variables. The child is ours, and nobody else waits for
        // it.
        let got = unsafe { libc::wait4(id, &raw mut status, options, &raw mut usage) };
        assert!(got >= 0, "{}", std::io::Error::last_os_error());
        if got == id {
            let seconds =
                |time: libc::timeval| Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1000);
            return End {
                status,
                cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
                memory,
                is_hanging,
            };
        }
        if Instant::now() > until {
            is_hanging = true;
            // SAFETY: the child has not been waited for, so its number is still its own.
            unsafe { libc::kill(id, libc::SIGKILL) };
        } else {
            std::thread::sleep(Duration::from_millis(3));
        }
    }
}

/// The most bytes that the program has had resident so far. None if it has ended, or has not begun.
fn most_resident(id: i32) -> Option<u64> {
    let program = std::fs::read_link(format!("/proc/{id}/exe")).ok()?;
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    (Path::new(env!("CARGO_BIN_EXE_tokensieve")).canonicalize().ok()? == program)
        .then_some(kib * 1024)
}

/// Makes a FIFO.
pub(crate) fn fifo(path: &Path) {
    let name = std::ffi::CString::new(path.as_os_str().as_bytes()).unwrap();
    // SAFETY: the name ends with a NUL and lives during the call.
    let made = unsafe { libc::mkfifo(name.as_ptr(), 0o644) };
    assert_eq!(made, 0, "{}: {}", path.display(), std::io::Error::last_os_error());
}

/// Whether owners of files can be changed.
pub(crate) fn is_root() -> bool {
    // SAFETY: the call has no arguments and cannot fail.
    unsafe { libc::geteuid() == 0 }
}

/// Gives a file or folder, and all that is in it, to another user.
pub(crate) fn give_away(path: &Path) {
    const NOBODY: u32 = 65534;
    std::os::unix::fs::lchown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    if std::fs::symlink_metadata(path).unwrap().is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            give_away(&entry.unwrap().path());
        }
    }
}
