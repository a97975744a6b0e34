//! The `git` program, which fetches with the credentials that the runner has set up.
//!
//! It is the one program that is ever run, and the clone that it is run in is not trusted: an
//! earlier job may have left settings there. Whatever of them would make git run something else is
//! refused before the first byte is sent, and what can be switched off is switched off as well. The
//! settings of the user and of the system are theirs.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use gix::ObjectId;

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

/// What GitLab Runner writes into the settings of its clones: the token of the job comes from the
/// environment.
const RUNNER_HELPER: &str =
    r#"!f(){ if [ "$1" = "get" ] ; then echo "password=${CI_JOB_TOKEN}" ; fi ; } ; f"#;

/// So much of what git prints is read.
const MAX_OUTPUT_LEN: u64 = 64 << 20;

/// The program, ready to fetch from a remote of a repository that it may be run in.
#[derive(Debug)]
pub(crate) struct Program {
    path: PathBuf,
    git_dir: PathBuf,
    /// The name of the remote.
    pub(crate) remote: String,
    /// How long one run may take.
    limit: Duration,
}

/// Why the program is not run at all.
#[derive(Debug)]
pub(crate) struct Refused(pub(crate) String);

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
            Self::Other(Some(status)) => write!(f, "git ended with status {status}"),
            Self::Other(None) => f.write_str("git was killed"),
        }
    }
}

impl Program {
    /// The program for a repository, if that has no settings which would run anything else. That it
    /// may be used at all was asked when it was opened, and git asks itself.
    pub(crate) fn new(repo: &gix::Repository, limit: Duration) -> Result<Self, Refused> {
        let path =
            found().ok_or_else(|| Refused("there is no git program to fetch with".to_owned()))?;
        let git_dir = repo.git_dir().canonicalize();
        let git_dir = git_dir
            .map_err(|error| Refused(format!("the repository cannot be reached: {error}")))?;
        let mut program = Self { path, git_dir, remote: String::new(), limit };
        let arguments = ["config", "--null", "--list", "--show-scope", "--includes"];
        let listed = program.run(&arguments, "").map_err(|failure| {
            Refused(format!(
                "the settings of the repository could not be listed, so nothing is \
             fetched: {failure}"
            ))
        })?;
        let settings = settings(&String::from_utf8_lossy(&listed));
        if let Some(setting) = settings.iter().find(|setting| setting.is_refused()) {
            return Err(Refused(format!(
                "the repository's own settings have `{}`, which would make git run a program or \
                 talk to another server, so nothing is fetched",
                setting.shown()
            )));
        }
        program.remote = remote(&settings)?;
        Ok(program)
    }

    /// What the branches of the remote lead to, and the name of the default one.
    pub(crate) fn branches(&self) -> Result<Branches, Failure> {
        let listed = self.run(
            &["ls-remote", "--quiet", "--symref", "--", &self.remote, "HEAD", "refs/heads/*"],
            "",
        )?;
        Ok(Branches::read(&String::from_utf8_lossy(&listed)))
    }

    /// What a tag of the remote leads to: the tag itself, where it has a text of its own.
    pub(crate) fn tag(&self, name: &str) -> Result<Option<ObjectId>, Failure> {
        let name = format!("refs/tags/{name}");
        let listed = self.run(&["ls-remote", "--quiet", "--tags", "--", &self.remote], "")?;
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
        arguments.extend(["--", &self.remote]);
        let ids: String = ids.iter().map(|id| format!("{id}\n")).collect();
        self.run(&arguments, &ids).map(drop)
    }

    fn run(&self, arguments: &[&str], input: &str) -> Result<Vec<u8>, Failure> {
        let mut command = Command::new(&self.path);
        command.arg("--no-pager").arg("--git-dir").arg(&self.git_dir);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        for variable in OTHER_REPOSITORY {
            command.env_remove(variable);
        }
        command
            .args(arguments)
            .current_dir(&self.git_dir)
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
                    // What it has started ends when its pipes do.
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

/// A setting of the repository itself.
#[derive(Debug)]
struct Setting {
    /// In lower case.
    section: String,
    /// As it is written.
    subsection: String,
    /// In lower case.
    name: String,
    value: String,
}

/// Reads what `git config --null --list --show-scope` prints, as far as it comes from the
/// repository.
fn settings(listed: &str) -> Vec<Setting> {
    let mut parts = listed.split('\0');
    let mut settings = Vec::new();
    while let (Some(scope), Some(pair)) = (parts.next(), parts.next()) {
        if matches!(scope, "system" | "global" | "command") {
            continue;
        }
        let (key, value) = pair.split_once('\n').unwrap_or((pair, "true"));
        let (section, rest) = key.split_once('.').unwrap_or((key, ""));
        let (subsection, name) = rest.rsplit_once('.').unwrap_or(("", rest));
        settings.push(Setting {
            section: section.to_lowercase(),
            subsection: subsection.to_owned(),
            name: name.to_lowercase(),
            value: value.to_owned(),
        });
    }
    settings
}

impl Setting {
    /// Whether it could make git run a program, or send it to another server.
    fn is_refused(&self) -> bool {
        let value = self.value.trim();
        match (self.section.as_str(), self.name.as_str()) {
            ("core", "sshcommand" | "gitproxy" | "askpass" | "alternaterefscommand") => {
                !value.is_empty()
            }
            ("core", "fsmonitor") => {
                let is_switch = ["", "0", "1", "true", "false", "yes", "no", "on", "off"];
                !is_switch.contains(&value.to_lowercase().as_str())
            }
            ("hook", "command") | ("fetch", "bundleuri") => !value.is_empty(),
            ("credential", "helper") => !value.is_empty() && self.value != RUNNER_HELPER,
            ("remote", "uploadpack" | "receivepack" | "vcs") => true,
            ("remote", "url" | "pushurl") => is_strange(value),
            // An address that begins like this is rewritten.
            ("url", "insteadof" | "pushinsteadof") => is_strange(&self.subsection),
            _ => false,
        }
    }

    /// The name. What stands in its middle is left out if it may be an address.
    fn shown(&self) -> String {
        let Self { section, subsection, name, .. } = self;
        match subsection.as_str() {
            "" => format!("{section}.{name}"),
            plain if is_plain(plain) => format!("{section}.{plain}.{name}"),
            _ => format!("{section}.*.{name}"),
        }
    }
}

fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
    !name.is_empty() && !name.starts_with('-') && name.bytes().all(is_plain)
}

/// Whether an address is one that git needs a further program for, other than those for HTTP and
/// SSH.
fn is_strange(address: &str) -> bool {
    const KNOWN: [&str; 9] =
        ["http", "https", "ssh", "git", "file", "git+ssh", "ssh+git", "ftp", "ftps"];
    let end = address
        .find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c))
        .unwrap_or(address.len());
    let (scheme, rest) = address.split_at(end);
    rest.starts_with("::")
        || (rest.starts_with("://") && !KNOWN.contains(&scheme.to_lowercase().as_str()))
}

/// The remote to fetch from: `origin`, else the only one.
fn remote(settings: &[Setting]) -> Result<String, Refused> {
    let mut names: Vec<&str> = settings
        .iter()
        .filter(|setting| setting.section == "remote" && setting.name == "url")
        .map(|setting| setting.subsection.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    let name = match names.as_slice() {
        [] => return Err(Refused("the repository has no remote to fetch from".to_owned())),
        [only] => *only,
        _ if names.contains(&"origin") => "origin",
        _ => {
            return Err(Refused(
                "the repository has several remotes, none of them called origin".to_owned(),
            ));
        }
    };
    if is_plain(name) {
        Ok(name.to_owned())
    } else {
        Err(Refused("the remote has an unusual name".to_owned()))
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
    is_plain(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(key: &str, value: &str) -> bool {
        settings(&format!("local\0{key}\n{value}\0"))[0].is_refused()
    }

    #[test]
    fn settings_that_run_something() {
        for (key, value) in [
            ("core.sshcommand", "touch x"),
            ("core.gitproxy", "x"),
            ("core.askpass", "x"),
            ("core.alternaterefscommand", "x"),
            ("core.fsmonitor", ".git/x"),
            ("credential.helper", "store"),
            ("credential.helper", "!touch x"),
            ("credential.https://gitlab.example.com.helper", "/tmp/x"),
            ("remote.origin.uploadpack", "x"),
            ("remote.origin.vcs", "x"),
            ("remote.origin.url", "ext::sh -c x"),
            ("remote.origin.url", "foo://x"),
            ("url.ext::sh -c x.insteadof", "https://"),
            ("hook.x.command", "x"),
            ("fetch.bundleuri", "https://example.com"),
        ] {
            assert!(refused(key, value), "{key}={value}");
        }
    }

    #[test]
    fn settings_that_runners_write() {
        for (key, value) in [
            ("core.fsmonitor", "true"),
            ("core.hookspath", ".husky/_"),
            ("credential.interactive", "never"),
            ("credential.https://gitlab.example.com.helper", RUNNER_HELPER),
            ("credential.https://gitlab.example.com.username", "gitlab-ci-token"),
            ("credential.helper", ""),
            ("http.https://github.com/.extraheader", "AUTHORIZATION: basic x"),
            ("http.https://gitlab.example.com.sslcainfo", "/builds/x.tmp/CI_SERVER_TLS_CA_FILE"),
            ("include.path", "/builds/x.tmp/.gitlab-runner.ext.conf"),
            (
                "includeif.gitdir:/github/workspace/.git.path",
                "/github/runner_temp/git-credentials-1.config",
            ),
            ("remote.origin.url", "https://gitlab-ci-token:x@gitlab.example.com/g/p.git"),
            ("remote.origin.url", "git@gitlab.example.com:g/p.git"),
            ("remote.origin.url", "../p::q"),
            (
                "url.https://gitlab-ci-token@gitlab.example.com/.insteadof",
                "git@gitlab.example.com:",
            ),
            ("filter.lfs.process", "git-lfs filter-process"),
        ] {
            assert!(!refused(key, value), "{key}={value}");
        }
    }

    #[test]
    fn settings_of_others_are_theirs() {
        assert!(
            settings("global\0core.sshcommand\nx\0system\0core.askpass\nx\0command\0a.b\nx\0")
                .is_empty()
        );
        let own = settings("worktree\0core.sshcommand\nx\0local\0a.b\0");
        assert_eq!((own.len(), own[0].is_refused(), own[1].value.as_str()), (2, true, "true"));
    }

    #[test]
    fn no_address_in_a_name() {
        let shown = |key: &str| settings(&format!("local\0{key}\nx\0"))[0].shown();
        assert_eq!(shown("credential.https://me:pass@host.helper"), "credential.*.helper");
        assert_eq!(shown("remote.origin.uploadpack"), "remote.origin.uploadpack");
        assert_eq!(shown("core.sshcommand"), "core.sshcommand");
    }

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
