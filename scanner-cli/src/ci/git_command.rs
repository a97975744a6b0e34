//! The `git` program, which fetches with the credentials that the runner has set up.
//!
//! It is the one program that is ever run, and the clone that it is run for is not trusted: an
//! earlier job may have left settings there. So it runs in a folder of its own, whose settings
//! [`clone_settings`] has chosen, and works on the objects of the clone. The settings of the user
//! and of the system are theirs.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use gix::ObjectId;

use crate::ci::clone_settings::{self, CloneSettings, Refused};
use crate::ci::fetch_folder::{FetchFolder, REMOTE};

/// Settings that speak louder than those of the repository.
const SETTINGS: [&str; 8] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "protocol.ext.allow=never",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
];

/// Variables that would point git to another repository than the one that is meant.
const OTHER_REPOSITORY: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_CONFIG",
    "GIT_DIR",
    "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// How much of the output of git is read, in bytes.
const MAX_OUTPUT_LEN: u64 = 64 << 20;

/// Listing settings takes no longer, whatever files they include.
const LISTING_LIMIT: Duration = Duration::from_secs(20);

/// The program, ready to fetch from a remote of a clone.
#[derive(Debug)]
pub(crate) struct Program {
    git: Git,
    folder: FetchFolder,
    /// The name that the clone has for the remote.
    pub(crate) remote: String,
    /// The settings of the clone that would have counted for git and do not: their names.
    pub(crate) left_out: Vec<String>,
}

/// How git is run.
#[derive(Debug)]
struct Git {
    path: PathBuf,
    /// How long one run may take.
    limit: Duration,
}

/// Why a run failed. What git printed is not kept: it may hold a URL with a password in it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Failure {
    /// The remote does not have what it was asked for.
    Unknown,
    /// The remote does not let us in.
    Authentication,
    /// The remote was not reached, or hung up.
    Network,
    /// This git does not know the command or one of its options.
    TooOld,
    /// It took too long.
    TimedOut(Duration),
    /// It could not be started.
    NotStarted,
    /// The list of the commits where the history of the clone ends cannot be read or written.
    Border,
    /// Something else, with the exit status.
    Other(Option<i32>),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("the remote has no such commit or reference"),
            Self::Authentication => {
                f.write_str("the remote refused: no credentials, wrong ones, or no permission")
            }
            Self::Network => {
                f.write_str("the remote could not be reached, or the connection broke")
            }
            Self::TooOld => {
                f.write_str("the git program does not know an option: 2.29 or later is needed")
            }
            Self::TimedOut(limit) => write!(f, "it was not done after {} s", limit.as_secs()),
            Self::NotStarted => f.write_str("the git program could not be started"),
            Self::Border => f.write_str(
                "the file `shallow` of the clone cannot be read or written, or another git holds \
                 its lock",
            ),
            Self::Other(Some(status)) => write!(f, "git ended with status {status}"),
            Self::Other(None) => f.write_str("git was killed"),
        }
    }
}

impl Program {
    /// Makes the program ready for a clone. `server` is the URL of the server that the job is of,
    /// as the environment names it: settings for that one are taken over from the clone.
    ///
    /// # Errors
    ///
    /// There is no program, no remote, or the remote's address would make git run something else.
    pub(crate) fn new(
        repo: &gix::Repository,
        server: Option<&str>,
        limit: Duration,
    ) -> Result<Self, Refused> {
        let path =
            found().ok_or_else(|| Refused("there is no git program to fetch with".to_owned()))?;
        let git_dir = repo.git_dir().canonicalize();
        let git_dir = git_dir
            .map_err(|error| Refused(format!("the repository cannot be reached: {error}")))?;
        let arguments = ["config", "--null", "--list", "--show-scope", "--includes"];
        let listing = Git { path: path.clone(), limit: limit.min(LISTING_LIMIT) };
        let listed = listing.run(&git_dir, None, &arguments, "").map_err(|failure| {
            Refused(format!(
                "the settings of the repository could not be listed, so nothing is \
             fetched: {failure}"
            ))
        })?;
        let base = repo.workdir().unwrap_or(&git_dir);
        let CloneSettings { remote, kept, left_out } =
            clone_settings::choose(&String::from_utf8_lossy(&listed), base, server)?;
        let folder = FetchFolder::new(repo, &kept).map_err(|error| {
            Refused(format!("git cannot be given a folder of its own to fetch with: {error}"))
        })?;
        Ok(Self { git: Git { path, limit }, folder, remote, left_out })
    }

    /// What the branches of the remote lead to, and the name of the default one.
    pub(crate) fn branches(&self) -> Result<Branches, Failure> {
        let listed = self
            .run(&["ls-remote", "--quiet", "--symref", "--", REMOTE, "HEAD", "refs/heads/*"], "")?;
        Ok(Branches::read(&String::from_utf8_lossy(&listed)))
    }

    /// What a tag of the remote leads to: the tag itself, where it has a text of its own.
    pub(crate) fn tag(&self, name: &str) -> Result<Option<ObjectId>, Failure> {
        let name = format!("refs/tags/{name}");
        let listed = self.run(&["ls-remote", "--quiet", "--tags", "--", REMOTE], "")?;
        let listed = String::from_utf8_lossy(&listed);
        let line = listed
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .find(|(_, listed)| *listed == name);
        Ok(line.and_then(|(id, _)| ObjectId::from_hex(id.as_bytes()).ok()))
    }

    /// Fetches commits by their ids. No reference is written.
    pub(crate) fn fetch(&self, depth: Option<&str>, ids: &[ObjectId]) -> Result<(), Failure> {
        let mut arguments =
            vec!["fetch", "--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules"];
        arguments.extend(["--no-write-fetch-head", "--no-filter", "--refmap=", "--stdin"]);
        arguments.extend(depth);
        arguments.extend(["--", REMOTE]);
        let ids: String = ids.iter().map(|id| format!("{id}\n")).collect();
        self.folder.update().map_err(|_| Failure::Border)?;
        self.run(&arguments, &ids)?;
        self.folder.keep_border().map_err(|_| Failure::Border)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, Failure> {
        self.git.run(self.folder.path(), Some(self.folder.objects()), arguments, input)
    }
}

impl Git {
    /// Runs git with a folder as its repository, and another one for the objects if there is one.
    fn run(
        &self,
        git_dir: &Path,
        objects: Option<&Path>,
        arguments: &[&str],
        input: &str,
    ) -> Result<Vec<u8>, Failure> {
        let mut command = Command::new(&self.path);
        command.arg("--no-pager").arg("--git-dir").arg(git_dir);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        for variable in OTHER_REPOSITORY {
            command.env_remove(variable);
        }
        if let Some(objects) = objects {
            command.env("GIT_OBJECT_DIRECTORY", objects);
        }
        command
            .args(arguments)
            .current_dir(git_dir)
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .env_remove("LANGUAGE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|_| Failure::NotStarted)?;
        let end = Instant::now() + self.limit;
        if let Some(mut stdin) = child.stdin.take() {
            let input = input.to_owned();
            // It may end before it has read everything. Its status tells.
            std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        }
        let (stdout, stderr) = (read(child.stdout.take()), read(child.stderr.take()));
        let status = self.wait(&mut child, end)?;
        // Something that it has left behind may hold on to its output.
        let rest = || end.saturating_duration_since(Instant::now()).max(Duration::from_secs(1));
        let stdout = stdout.recv_timeout(rest()).map_err(|_| Failure::TimedOut(self.limit))?;
        if status.success() {
            return Ok(stdout);
        }
        let stderr = stderr.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
        Err(cause(status.code(), &String::from_utf8_lossy(&stderr)))
    }

    fn wait(&self, child: &mut Child, end: Instant) -> Result<std::process::ExitStatus, Failure> {
        let mut pause = Duration::from_millis(1);
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return Ok(status),
                Ok(None) if Instant::now() < end => std::thread::sleep(pause),
                Ok(None) => {
                    // Programs that it has started end when their pipes do.
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(Failure::TimedOut(self.limit));
                }
                Err(_) => return Err(Failure::Other(None)),
            }
            pause = (pause * 2).min(Duration::from_millis(50));
        }
    }
}

/// Reads a pipe on a thread of its own.
fn read(pipe: Option<impl Read + Send + 'static>) -> mpsc::Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            let _ = (&mut pipe).take(MAX_OUTPUT_LEN).read_to_end(&mut bytes);
            // The rest is let go, so that the program can end.
            let _ = std::io::copy(&mut pipe, &mut std::io::sink());
        }
        let _ = sender.send(bytes);
    });
    receiver
}

/// The program in the folders of `PATH`. Relative ones are passed over: they would be looked for in
/// the clone.
fn found() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join("git"))
        .find(|path| is_program(path))
}

fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// Recognises a few causes in what git says.
fn cause(status: Option<i32>, stderr: &str) -> Failure {
    const UNKNOWN: [&str; 4] =
        ["not our ref", "couldn't find remote ref", "unadvertised object", "no such remote ref"];
    const AUTHENTICATION: [&str; 10] = [
        "authentication failed",
        "access denied",
        "could not read username",
        "could not read password",
        "permission denied",
        "terminal prompts disabled",
        "host key verification failed",
        "returned error: 401",
        "returned error: 403",
        "repository not found",
    ];
    const NETWORK: [&str; 14] = [
        "could not resolve host",
        "connection refused",
        "connection timed out",
        "connection reset",
        "connection closed",
        "failed to connect",
        "couldn't connect",
        "network is unreachable",
        "timed out",
        "ssl",
        "early eof",
        "hung up unexpectedly",
        "could not read from remote repository",
        "does not appear to be a git repository",
    ];
    let stderr = stderr.to_lowercase();
    let mentions = |any: &[&str]| any.iter().any(|text| stderr.contains(text));
    if mentions(&UNKNOWN) {
        Failure::Unknown
    } else if mentions(&AUTHENTICATION) {
        Failure::Authentication
    } else if mentions(&NETWORK) {
        Failure::Network
    } else if status == Some(129) {
        Failure::TooOld
    } else {
        Failure::Other(status)
    }
}

/// The branches of a remote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Branches {
    /// Short names and what they lead to.
    pub(crate) list: Vec<(String, ObjectId)>,
    /// The name of the default branch.
    pub(crate) default: Option<String>,
}

impl Branches {
    fn read(listed: &str) -> Self {
        let mut branches = Self::default();
        for line in listed.lines() {
            let Some((what, name)) = line.split_once('\t') else { continue };
            if let Some(target) = what.strip_prefix("ref: refs/heads/") {
                if name == "HEAD" {
                    branches.default = Some(target.to_owned());
                }
            } else if let (Ok(id), Some(name)) =
                (ObjectId::from_hex(what.as_bytes()), name.strip_prefix("refs/heads/"))
            {
                branches.list.push((name.to_owned(), id));
            }
        }
        branches
    }

    /// What a branch leads to.
    pub(crate) fn get(&self, name: &str) -> Option<ObjectId> {
        self.list.iter().find(|(branch, _)| branch == name).map(|(_, id)| *id)
    }
}

/// The folder of the tracking branches of a remote, and the name of the remote, for when nothing
/// may be run.
pub(crate) fn remote_without_program(repo: &gix::Repository) -> Option<String> {
    let names: Vec<String> = repo.remote_names().into_iter().map(|name| name.to_string()).collect();
    let name = match names.as_slice() {
        [only] => only.clone(),
        names => names.iter().find(|name| *name == "origin")?.clone(),
    };
    clone_settings::is_plain(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes() {
        let of = |stderr: &str| cause(Some(128), stderr);
        assert_eq!(of("fatal: remote error: upload-pack: not our ref 0123"), Failure::Unknown);
        assert_eq!(
            of("remote: HTTP Basic: Access denied\nfatal: Authentication failed"),
            Failure::Authentication
        );
        assert_eq!(
            of("fatal: unable to access 'https://u:p@h/': Could not resolve host: h"),
            Failure::Network
        );
        assert_eq!(of("fatal: something"), Failure::Other(Some(128)));
        assert_eq!(cause(Some(129), "error: unknown option"), Failure::TooOld);
    }

    #[test]
    fn branches_of_a_remote() {
        let id = "1234567890123456789012345678901234567890";
        let listed = format!(
            "ref: refs/heads/main\tHEAD\n{id}\tHEAD\n{id}\trefs/heads/main\n{id}\trefs/heads/a/b\n"
        );
        let branches = Branches::read(&listed);
        assert_eq!(branches.default.as_deref(), Some("main"));
        assert_eq!(branches.list.len(), 2);
        assert!(branches.get("a/b").is_some() && branches.get("b").is_none());
    }
}
