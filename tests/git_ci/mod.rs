//! Ranges of CI events, in clones such as CI systems make them: shallow, of one branch, and not to
//! be trusted.
//!
//! Git says what a range has to be, in the repository that has everything.

mod clones;
mod events;
mod hostile;

use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;
use tokensieve::ci::{Fetching, Plan, RangeOverride, Resolved, Unresolved, detect, resolve};

use crate::support::repository::{START, isolated_git};

const ALLOWED: Fetching = Fetching::Allowed { limit: Duration::from_secs(60) };

/// Runs git in a folder. It must succeed. Returns what it prints, without space at the ends.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = isolated_git(folder, arguments, START).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {stderr}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A scratch folder with a bare repository as the server, another one to commit in, and clones.
struct Scene {
    dir: TempDir,
    count: std::cell::Cell<usize>,
}

impl Scene {
    /// Creates the server and the working repository, both without a commit.
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        git(dir.path(), &["init", "-q", "--bare", "server"]);
        git(dir.path(), &["init", "-q", "work"]);
        git(&dir.path().join("work"), &["remote", "add", "origin", "../server"]);
        Self { dir, count: std::cell::Cell::new(0) }
    }

    fn server(&self) -> PathBuf {
        self.dir.path().join("server")
    }

    /// Returns the URL of the server, so that git fetches as over a network.
    fn url(&self) -> String {
        format!("file://{}", self.server().display())
    }

    /// Runs git in the working repository.
    fn work(&self, arguments: &[&str]) -> String {
        git(&self.dir.path().join("work"), arguments)
    }

    /// Adds empty commits to the branch that is checked out. Returns the id of the last one.
    fn commits(&self, count: usize) -> String {
        for _ in 0..count {
            self.count.set(self.count.get() + 1);
            self.work(&[
                "commit",
                "-q",
                "--allow-empty",
                "-m",
                &format!("commit {}", self.count.get()),
            ]);
        }
        self.work(&["rev-parse", "HEAD"])
    }

    /// Pushes references to the server.
    fn push(&self, what: &[&str]) {
        let mut arguments = vec!["push", "-q", "origin"];
        arguments.extend(what);
        self.work(&arguments);
    }

    /// Clones as GitLab Runner and actions/checkout do: one commit, checked out without a branch,
    /// with a history of `depth` commits, or all of it where that is 0.
    fn clone(&self, commit: &str, depth: usize) -> PathBuf {
        let path = self
            .dir
            .path()
            .join(format!("clone-{}", std::fs::read_dir(self.dir.path()).unwrap().count()));
        git(self.dir.path(), &["init", "-q", path.to_str().unwrap()]);
        git(&path, &["remote", "add", "origin", &self.url()]);
        let depth_argument = format!("--depth={depth}");
        let mut arguments = vec!["fetch", "-q", "--no-tags"];
        if depth > 0 {
            arguments.push(&depth_argument);
        }
        arguments.extend(["origin", commit]);
        git(&path, &arguments);
        git(&path, &["checkout", "-q", "--detach", commit]);
        std::fs::remove_file(path.join(".git/FETCH_HEAD")).unwrap();
        path
    }

    /// Returns the commits that a range should have, sorted.
    fn expected(&self, revisions: &[&str]) -> Vec<String> {
        let mut arguments = vec!["rev-list"];
        arguments.extend(revisions);
        sorted(&self.work(&arguments))
    }
}

fn sorted(lines: &str) -> Vec<String> {
    let mut lines: Vec<String> = lines.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// Returns the commits that a resolved range has in a clone, as git sees it, sorted.
fn listed(clone: &Path, resolved: &Resolved) -> Vec<String> {
    let mut arguments = vec!["rev-list".to_owned()];
    arguments.extend(resolved.include.iter().map(ToString::to_string));
    arguments.extend(resolved.exclude.iter().map(|id| format!("^{id}")));
    sorted(&git(clone, &arguments.iter().map(String::as_str).collect::<Vec<_>>()))
}

/// Plans the range of an event: its variables and the content of its file.
fn plan(variables: &[(&str, &str)], payload: Option<&str>) -> Plan {
    wished(variables, payload, &RangeOverride::default())
}

/// The same, where a user asks for another range.
fn wished(
    variables: &[(&str, &str)],
    payload: Option<&str>,
    range_override: &RangeOverride,
) -> Plan {
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let (platform, event) = detect(&variable, payload);
    event.plan(platform, range_override)
}

/// Plans the range of a merge request in GitLab.
fn merge_request(base: &str, head: &str) -> Plan {
    plan(
        &[
            ("GITLAB_CI", "true"),
            ("CI_PIPELINE_SOURCE", "merge_request_event"),
            ("CI_MERGE_REQUEST_DIFF_BASE_SHA", base),
            ("CI_COMMIT_SHA", head),
        ],
        None,
    )
}

/// Plans the range of a push in GitLab.
fn push(before: &str, head: &str, branch: &str) -> Plan {
    plan(
        &[
            ("GITLAB_CI", "true"),
            ("CI_PIPELINE_SOURCE", "push"),
            ("CI_COMMIT_BRANCH", branch),
            ("CI_DEFAULT_BRANCH", "main"),
            ("CI_COMMIT_BEFORE_SHA", before),
            ("CI_COMMIT_SHA", head),
        ],
        None,
    )
}

/// The id that stands for no commit.
const ZEROS: &str = "0000000000000000000000000000000000000000";

/// Resolves a plan in a clone.
fn resolved(clone: &Path, plan: &Plan, fetching: Fetching) -> Result<Resolved, Unresolved> {
    resolve(&gix::open(clone).unwrap(), plan, fetching)
}

/// Whether a notice about the range contains a text.
fn is_said(resolved: &Resolved, text: &str) -> bool {
    resolved.notices.iter().any(|line| line.contains(text))
}
