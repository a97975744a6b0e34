//! Ranges of CI events, in clones such as CI systems make them: shallow, of one branch, and not to be trusted.
//!
//! What a range is to be is asked of git, in the repository that has everything.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokensieve::ci::{Fetching, Plan, Resolved, Unresolved, Wish, detect, resolve};
use tokensieve::git::{RangeOptions, Repository, scan_range};

const ALLOWED: Fetching = Fetching::Allowed { limit: Duration::from_secs(60) };

/// Runs git with nothing but what it is given.
fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.com")
        .env("GIT_AUTHOR_DATE", "2020-01-01T00:00:00Z")
        .env("GIT_COMMITTER_NAME", "C")
        .env("GIT_COMMITTER_EMAIL", "c@example.com")
        .env("GIT_COMMITTER_DATE", "2020-01-01T00:00:00Z")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A server, a place to write commits in, and clones.
struct Scene {
    dir: TempDir,
    count: std::cell::Cell<usize>,
}

impl Scene {
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

    fn url(&self) -> String {
        format!("file://{}", self.server().display())
    }

    fn work(&self, arguments: &[&str]) -> String {
        git(&self.dir.path().join("work"), arguments)
    }

    /// Adds commits to what is checked out.
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

    fn push(&self, what: &[&str]) {
        let mut arguments = vec!["push", "-q", "origin"];
        arguments.extend(what);
        self.work(&arguments);
    }

    /// A clone as GitLab Runner and actions/checkout make it: one commit with so much history, no branch.
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

    /// The commits that a range should have.
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

/// The commits that a range has in a clone, as git sees it.
fn listed(clone: &Path, resolved: &Resolved) -> Vec<String> {
    let mut arguments = vec!["rev-list".to_owned()];
    arguments.extend(resolved.include.iter().map(ToString::to_string));
    arguments.extend(resolved.exclude.iter().map(|id| format!("^{id}")));
    sorted(&git(clone, &arguments.iter().map(String::as_str).collect::<Vec<_>>()))
}

fn plan(variables: &[(&str, &str)], payload: Option<&str>) -> Plan {
    wished(variables, payload, &Wish::default())
}

fn wished(variables: &[(&str, &str)], payload: Option<&str>, wish: &Wish) -> Plan {
    let variable = |name: &str| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    };
    let (platform, event) = detect(&variable, payload);
    event.plan(platform, wish)
}

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

const ZEROS: &str = "0000000000000000000000000000000000000000";

fn resolved(clone: &Path, plan: &Plan, fetching: Fetching) -> Result<Resolved, Unresolved> {
    resolve(&gix::open(clone).unwrap(), plan, fetching)
}

fn is_said(resolved: &Resolved, text: &str) -> bool {
    resolved.told.iter().any(|line| line.contains(text))
}

#[test]
fn a_shallow_clone_is_deepened_until_it_is_connected() {
    let scene = Scene::new();
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(70);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 5);

    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{base}")]));
    assert_eq!(listed(&clone, &range).len(), 70);
    assert_eq!(range.base.unwrap().to_string(), base);
    assert!(
        is_said(&range, "50 more commits") && is_said(&range, "remote origin"),
        "{:?}",
        range.told
    );
    // No reference was written, and the second time there is nothing to fetch.
    assert_eq!(git(&clone, &["for-each-ref"]), "");
    assert!(!clone.join(".git/FETCH_HEAD").exists());
    assert_eq!(
        resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap().exclude,
        range.exclude
    );
}

#[test]
fn a_base_that_was_fetched_by_its_id_is_not_connected() {
    let scene = Scene::new();
    scene.commits(5);
    let fork = scene.commits(1);
    let base = scene.commits(8);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(6);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 3);
    git(&clone, &["fetch", "-q", "--depth=1", "origin", &base]);

    let expected = scene.expected(&[&head, &format!("^{base}")]);
    let naive = sorted(&git(&clone, &["rev-list", &head, &format!("^{base}")]));
    assert!(naive.len() < expected.len(), "this is the trap");
    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("shallow"), "{failed:?}");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), expected);
    assert_eq!(range.base.unwrap().to_string(), fork);
}

#[test]
fn a_whole_head_beside_a_cut_off_base() {
    let scene = Scene::new();
    let fork = scene.commits(4);
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 0);
    git(&clone, &["fetch", "-q", "--depth=1", "origin", &base]);

    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("no commit in common"), "{failed:?}");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{base}")]));
}

#[test]
fn a_whole_clone_stays_whole() {
    let scene = Scene::new();
    let fork = scene.commits(4);
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic", &fork]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 0);
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 2);
    assert!(!clone.join(".git/shallow").exists());
}

#[test]
fn histories_without_a_common_commit() {
    let scene = Scene::new();
    let base = scene.commits(4);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "--orphan", "topic"]);
    let head = scene.commits(3);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 3);
    assert!(is_said(&range, "no history in common"), "{:?}", range.told);
}

#[test]
fn pushes() {
    let scene = Scene::new();
    let before = scene.commits(30);
    let head = scene.commits(4);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 20);
    // All is there, so nothing is fetched.
    let range = resolved(&clone, &push(&before, &head, "main"), Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
    assert!(!is_said(&range, "forced") && !is_said(&range, "fetched"));
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn a_forced_push() {
    let scene = Scene::new();
    let fork = scene.commits(6);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let before = scene.commits(3);
    scene.push(&["topic"]);
    scene.work(&["reset", "-q", "--hard", &fork]);
    let head = scene.commits(5);
    scene.push(&["-f", "topic"]);

    // The remote still has it.
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{before}")]));
    assert!(is_said(&range, "forced"), "{:?}", range.told);
    assert_eq!(range.exclude[0].to_string(), before);

    // It has not: what the default branch lacks counts.
    git(&scene.server(), &["reflog", "expire", "--expire=now", "--all"]);
    git(&scene.server(), &["gc", "-q", "--prune=now"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(&before, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{fork}")]));
    assert!(is_said(&range, "is gone"), "{:?}", range.told);

    // Whether it is gone cannot be told without asking.
    let clone = scene.clone(&head, 2);
    assert!(resolved(&clone, &push(&before, &head, "topic"), Fetching::Forbidden).is_err());
}

#[test]
fn a_forced_push_to_the_default_branch() {
    let scene = Scene::new();
    scene.commits(2);
    scene.work(&["branch", "other"]);
    let before = scene.commits(3);
    scene.push(&["main", "other"]);
    scene.work(&["reset", "-q", "--hard", "other"]);
    let head = scene.commits(4);
    scene.push(&["-f", "main"]);
    git(&scene.server(), &["reflog", "expire", "--expire=now", "--all"]);
    git(&scene.server(), &["gc", "-q", "--prune=now"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(&before, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^other"]));
}

#[test]
fn a_new_branch() {
    let scene = Scene::new();
    scene.commits(30);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "release"]);
    scene.commits(3);
    scene.push(&["release"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(2);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(ZEROS, &head, "topic"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main", "^release"]));
    assert_eq!(range.base.unwrap().to_string(), scene.work(&["rev-parse", "main"]));

    // Made on the server, with nothing new.
    let main = scene.work(&["rev-parse", "main"]);
    scene.push(&["main:empty"]);
    let clone = scene.clone(&main, 1);
    let range = resolved(&clone, &push(ZEROS, &main, "empty"), ALLOWED).unwrap();
    assert!(
        listed(&clone, &range).is_empty() && is_said(&range, "nothing is new"),
        "{:?}",
        range.told
    );
}

#[test]
fn two_new_branches_do_not_hide_each_other() {
    let scene = Scene::new();
    scene.commits(2);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "one"]);
    let head = scene.commits(3);
    scene.push(&["one", "one:two"]);
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &push(ZEROS, &head, "one"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main"]));
    assert!(is_said(&range, "the same push"), "{:?}", range.told);
}

#[test]
fn the_first_push_of_a_project() {
    let scene = Scene::new();
    let head = scene.commits(7);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let range = resolved(&clone, &push(ZEROS, &head, "main"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 7);
    assert!(range.exclude.is_empty() && is_said(&range, "whole history"), "{:?}", range.told);
}

#[test]
fn merged_results_and_trains() {
    let scene = Scene::new();
    scene.commits(3);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let source = scene.commits(4);
    scene.work(&["checkout", "-q", "main"]);
    let target = scene.commits(6);
    scene.work(&["merge", "-q", "--no-ff", "-m", "a merge", "topic"]);
    let merged = scene.work(&["rev-parse", "HEAD"]);
    scene.push(&[
        "topic",
        &format!("{target}:refs/heads/main"),
        &format!("{merged}:refs/merge-requests/1/merge"),
    ]);
    for (kind, event) in [("merged_result", "merged results"), ("merge_train", "merge train")] {
        let plan = plan(
            &[
                ("CI_PIPELINE_SOURCE", "merge_request_event"),
                ("CI_MERGE_REQUEST_EVENT_TYPE", kind),
                ("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", &source),
                ("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", &target),
                ("CI_COMMIT_SHA", &merged),
            ],
            None,
        );
        assert_eq!(plan.event, event);
        let clone = scene.clone(&merged, 1);
        let range = resolved(&clone, &plan, ALLOWED).unwrap();
        assert_eq!(listed(&clone, &range), scene.expected(&[&merged, &format!("^{target}")]));
        assert_eq!(listed(&clone, &range).len(), 5);
    }
}

#[test]
fn a_pull_request_with_a_base_that_is_out_of_date() {
    let scene = Scene::new();
    let old = scene.commits(3);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    scene.commits(2);
    scene.work(&["checkout", "-q", "main"]);
    let new = scene.commits(4);
    // The branch takes over what the target has; the event still tells the base of the beginning.
    scene.work(&["checkout", "-q", "topic"]);
    scene.work(&["merge", "-q", "--no-ff", "-m", "from main", "main"]);
    let head = scene.commits(1);
    scene.work(&["checkout", "-q", "main"]);
    scene.work(&["merge", "-q", "--no-ff", "-m", "to try", "topic"]);
    let merge = scene.work(&["rev-parse", "HEAD"]);
    scene.push(&[
        "topic",
        &format!("{new}:refs/heads/main"),
        &format!("{merge}:refs/pull/1/merge"),
    ]);
    let payload = format!(
        r#"{{"pull_request":{{"base":{{"sha":"{old}","ref":"main"}},"head":{{"sha":"{head}"}}}}}}"#
    );
    let plan =
        plan(&[("GITHUB_EVENT_NAME", "pull_request"), ("GITHUB_SHA", &merge)], Some(&payload));
    let clone = scene.clone(&merge, 1);
    let range = resolved(&clone, &plan, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, &format!("^{new}")]));
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn tags() {
    let scene = Scene::new();
    scene.commits(4);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "--detach"]);
    let head = scene.commits(2);
    scene.work(&["tag", "-a", "-m", "a release", "v1"]);
    // Another tag on the same commit hides nothing.
    scene.work(&["tag", "v1-again"]);
    scene.push(&["v1", "v1-again"]);
    let tag = scene.work(&["rev-parse", "v1"]);
    let of = |name: &str| {
        let variables = [
            ("CI_PIPELINE_SOURCE", "push"),
            ("CI_COMMIT_TAG", name),
            ("CI_COMMIT_SHA", head.as_str()),
        ];
        plan(&variables, None)
    };
    let clone = scene.clone(&head, 1);
    let range = resolved(&clone, &of("v1"), ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range), scene.expected(&[&head, "^main"]));
    assert_eq!(
        range.include.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [head.clone(), tag]
    );
    let range = resolved(&clone, &of("v1-again"), ALLOWED).unwrap();
    assert_eq!((listed(&clone, &range).len(), range.include.len()), (2, 1));

    // A tag of what a branch has brings nothing.
    scene.push(&[&format!("{head}:refs/heads/release")]);
    let range = resolved(&clone, &of("v1-again"), ALLOWED).unwrap();
    assert!(listed(&clone, &range).is_empty() && is_said(&range, "nothing is new"));
}

#[test]
fn a_schedule_looks_at_everything() {
    let scene = Scene::new();
    let head = scene.commits(9);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let plan = plan(&[("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", &head)], None);
    let failed = resolved(&clone, &plan, Fetching::Forbidden).unwrap_err();
    assert!(
        failed.fix.contains("git fetch --unshallow origin") && failed.fix.contains("GIT_DEPTH"),
        "{failed:?}"
    );
    let range = resolved(&clone, &plan, ALLOWED).unwrap();
    assert_eq!((listed(&clone, &range).len(), range.base), (9, None));
}

#[test]
fn plain_clones() {
    let scene = Scene::new();
    scene.commits(3);
    scene.push(&["main"]);
    git(scene.dir.path(), &["clone", "-q", &scene.url(), "plain"]);
    let clone = scene.dir.path().join("plain");
    let nothing = plan(&[], None);
    // On the default branch nothing is new, and that is not taken for an answer.
    let range = resolved(&clone, &nothing, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 3);
    assert!(is_said(&range, "all is looked at"), "{:?}", range.told);
    git(&clone, &["commit", "-q", "--allow-empty", "-m", "new"]);
    let range = resolved(&clone, &nothing, Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 1);
    // Without a remote, everything is.
    git(&clone, &["remote", "remove", "origin"]);
    let range = resolved(&clone, &nothing, ALLOWED).unwrap();
    assert_eq!(listed(&clone, &range).len(), 4);
}

#[test]
fn what_is_given_wins() {
    let scene = Scene::new();
    scene.commits(5);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(3);
    scene.push(&["topic"]);
    let given = |base: &str| {
        let variables = [("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", head.as_str())];
        wished(&variables, None, &Wish { base: Some(base.to_owned()), head: None })
    };
    for (base, count) in [("origin/main", 3), ("main", 3), ("HEAD~2", 2)] {
        let clone = scene.clone(&head, 1);
        let range = resolved(&clone, &given(base), ALLOWED).unwrap();
        assert_eq!(listed(&clone, &range).len(), count, "{base}");
    }
    let clone = scene.clone(&head, 1);
    let failed = resolved(&clone, &given("origin/mian"), ALLOWED).unwrap_err();
    assert!(failed.is_mistyped && failed.why.contains("origin/mian"), "{failed:?}");
    let unknown = "1234567890123456789012345678901234567890";
    assert!(resolved(&clone, &given(unknown), ALLOWED).unwrap_err().is_mistyped);
}

#[test]
fn without_fetching_the_command_that_helps_is_told() {
    let scene = Scene::new();
    let base = scene.commits(3);
    scene.push(&["main"]);
    scene.work(&["checkout", "-q", "-b", "topic"]);
    let head = scene.commits(6);
    scene.push(&["topic"]);
    let clone = scene.clone(&head, 2);
    let failed = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap_err();
    assert!(failed.why.contains("fetching is forbidden") && !failed.is_mistyped, "{failed:?}");
    let command = failed.fix.split(", or ").next().unwrap();
    let arguments: Vec<&str> = command.split(' ').skip(1).collect();
    git(&clone, &arguments);
    let range = resolved(&clone, &merge_request(&base, &head), Fetching::Forbidden).unwrap();
    assert_eq!(listed(&clone, &range).len(), 6);
}

/// A program that leaves a mark.
fn trap(folder: &Path) -> (PathBuf, PathBuf) {
    let (trap, mark) = (folder.join("trap"), folder.join("mark"));
    std::fs::write(&trap, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display())).unwrap();
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
    (trap, mark)
}

#[test]
fn settings_that_run_something_are_refused() {
    let scene = Scene::new();
    let base = scene.commits(3);
    scene.push(&["main"]);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let (trap, mark) = trap(scene.dir.path());
    let trap = trap.to_str().unwrap();
    let included = scene.dir.path().join("included");
    std::fs::write(&included, format!("[core]\n\tsshCommand = {trap}\n")).unwrap();
    let ext = format!("ext::{trap} %S x");
    let rewritten = format!("url.ext::{trap} .insteadOf");
    for (key, value) in [
        ("core.sshCommand", trap),
        ("core.gitProxy", trap),
        ("core.askPass", trap),
        ("core.fsmonitor", trap),
        ("core.alternateRefsCommand", trap),
        ("credential.helper", trap),
        ("credential.https://example.com.helper", trap),
        ("remote.origin.uploadpack", trap),
        ("remote.origin.vcs", "trap"),
        ("remote.origin.url", ext.as_str()),
        (rewritten.as_str(), "file://"),
        ("include.path", included.to_str().unwrap()),
        ("includeIf.gitdir:**.path", included.to_str().unwrap()),
        ("hook.trap.command", trap),
        ("fetch.bundleURI", "file:///nowhere"),
    ] {
        let clone = scene.clone(&head, 2);
        git(&clone, &["config", "--replace-all", "protocol.ext.allow", "always"]);
        git(&clone, &["config", "--replace-all", key, value]);
        let failed = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap_err();
        assert!(failed.why.contains("settings"), "{key}: {failed:?}");
        assert!(!mark.exists(), "{key} was run");
    }
    // The trap is one: git alone walks into it.
    let clone = scene.clone(&head, 2);
    git(&clone, &["config", "remote.origin.uploadpack", trap]);
    let _ =
        Command::new("git").args(["fetch", "--unshallow"]).current_dir(&clone).output().unwrap();
    assert!(mark.exists());
}

#[test]
fn hooks_are_not_run() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let (trap, mark) = trap(scene.dir.path());
    let clone = scene.clone(&head, 2);
    for hook in ["reference-transaction", "post-checkout", "pre-auto-gc", "post-merge"] {
        std::fs::create_dir_all(clone.join(".git/hooks")).unwrap();
        std::fs::copy(&trap, clone.join(".git/hooks").join(hook)).unwrap();
    }
    // Such as tools of developers set it.
    git(&clone, &["config", "core.hooksPath", scene.dir.path().to_str().unwrap()]);
    std::fs::copy(&trap, scene.dir.path().join("reference-transaction")).unwrap();
    assert!(resolved(&clone, &merge_request(&base, &head), ALLOWED).is_ok());
    assert!(!mark.exists());
}

#[test]
fn what_runners_write_works() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let outside = scene.dir.path().join("runner.conf");
    let helper = r#"!f(){ if [ "$1" = "get" ] ; then echo "password=${CI_JOB_TOKEN}" ; fi ; } ; f"#;
    git(
        &clone,
        &[
            "config",
            "--file",
            outside.to_str().unwrap(),
            "credential.https://example.com.helper",
            helper,
        ],
    );
    git(&clone, &["config", "include.path", outside.to_str().unwrap()]);
    git(&clone, &["config", "http.https://example.com/.extraheader", "AUTHORIZATION: basic abc"]);
    git(&clone, &["config", "credential.interactive", "never"]);
    git(&clone, &["config", "fetch.recurseSubmodules", "false"]);
    assert!(resolved(&clone, &merge_request(&base, &head), ALLOWED).is_ok());
}

#[test]
fn a_partial_clone_is_not_filled_up() {
    let scene = Scene::new();
    git(&scene.server(), &["config", "uploadpack.allowFilter", "true"]);
    let file = scene.dir.path().join("work/file");
    let write = |text: &str| {
        std::fs::write(&file, text).unwrap();
        scene.work(&["add", "file"]);
        scene.commits(1)
    };
    let base = write("one");
    write("two");
    let blob = scene.work(&["rev-parse", "HEAD:file"]);
    let head = write("three");
    scene.push(&["main"]);
    git(
        scene.dir.path(),
        &["clone", "-q", "--filter=blob:none", "--no-checkout", &scene.url(), "partial"],
    );
    let clone = scene.dir.path().join("partial");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(range.exclude[0].to_string(), base);
    assert!(is_said(&range, "partial clone"), "{:?}", range.told);
    let blob = gix::ObjectId::from_hex(blob.as_bytes()).unwrap();
    assert!(!gix::open(&clone).unwrap().has_object(blob));

    let arguments =
        ["clone", "-q", "--depth=1", "--filter=blob:none", "--no-checkout", &scene.url(), "both"];
    git(scene.dir.path(), &arguments);
    let clone = scene.dir.path().join("both");
    let range = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap();
    assert_eq!(range.exclude[0].to_string(), base);
    // What is fetched at all is fetched with its files.
    assert!(gix::open(&clone).unwrap().has_object(blob));
}

#[test]
fn what_was_fetched_is_scanned() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(60);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let mut repository = Repository::open(Some(&clone)).unwrap();
    let range = repository.resolve(&merge_request(&base, &head), ALLOWED).unwrap();
    let scanner = tokensieve_core::Scanner::new(&tokensieve_core::RuleSet::builtin());
    let pipeline =
        tokensieve::pipeline::Pipeline::new(scanner, tokensieve::pipeline::Options::default());
    let options =
        RangeOptions { include: range.include, exclude: range.exclude, ..RangeOptions::default() };
    let coverage = scan_range(&pipeline, &mut repository, &options).coverage;
    let git = coverage.git.unwrap();
    assert_eq!((git.commits, git.missing_objects, git.shallow), (60, 0, false));
}

#[test]
fn no_password_is_told() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    let url = format!("http://someone:open-sesame@127.0.0.1:{port}/p.git");
    git(&clone, &["remote", "set-url", "origin", &url]);
    for plan in [merge_request(&base, &head), push(ZEROS, &head, "topic")] {
        let failed = resolved(&clone, &plan, ALLOWED).unwrap_err();
        let all = format!("{failed:?}");
        assert!(all.contains("remote origin"), "{all}");
        assert!(
            !all.contains("sesame") && !all.contains("someone") && !all.contains("127.0.0.1"),
            "{all}"
        );
    }
}

#[test]
fn a_remote_that_does_not_answer() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let clone = scene.clone(&head, 2);
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("git://127.0.0.1:{}/p.git", silent.local_addr().unwrap().port());
    git(&clone, &["remote", "set-url", "origin", &url]);
    let fetching = Fetching::Allowed { limit: Duration::from_millis(500) };
    let failed = resolved(&clone, &merge_request(&base, &head), fetching).unwrap_err();
    assert!(failed.why.contains("not done after"), "{failed:?}");
}

#[test]
fn a_remote_that_is_shallow_itself() {
    let scene = Scene::new();
    let base = scene.commits(3);
    let head = scene.commits(6);
    scene.push(&["main"]);
    let middle = scene.clone(&head, 3);
    git(&middle, &["branch", "main", &head]);
    git(
        scene.dir.path(),
        &["clone", "-q", "--bare", &format!("file://{}", middle.display()), "mirror"],
    );
    let clone = scene.dir.path().join("mirror");
    let failed = resolved(&clone, &merge_request(&base, &head), ALLOWED).unwrap_err();
    assert!(failed.why.contains("neither in the clone nor on the remote"), "{failed:?}");
    let plan = plan(&[("CI_PIPELINE_SOURCE", "schedule"), ("CI_COMMIT_SHA", &head)], None);
    let failed = resolved(&clone, &plan, ALLOWED).unwrap_err();
    assert!(failed.why.contains("so is the remote"), "{failed:?}");
}
