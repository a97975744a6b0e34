//! What is pushed to a server: git itself runs the hook.

use std::process::Output;

use crate::support::command::{Run, output_with_input};
use crate::support::repository::Repository;

/// A server with a hook that has these arguments, and a clone that has pushed its first commit.
fn with_server(args: &str) -> (Repository, Repository) {
    let repo = Repository::with_commit();
    let server = repo.add_origin();
    server.git(&["config", "receive.advertisePushOptions", "true"]);
    server.hook("pre-receive", &format!("exec \"$TOKENSIEVE\" pre-receive {args}"));
    repo.git(&["push", "-q", "origin", "main"]);
    (server, repo)
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn is_accepted(repo: &Repository, args: &[&str]) -> String {
    let output = repo.git_output(&[&["push", "-q"], args].concat());
    assert!(output.status.success(), "{output:?}");
    said(&output)
}

fn is_rejected(server: &Repository, repo: &Repository, args: &[&str]) -> String {
    let references = server.git(&["for-each-ref"]);
    let output = repo.git_output(&[&["push", "-q"], args].concat());
    assert!(!output.status.success(), "{output:?}");
    assert_eq!(server.git(&["for-each-ref"]), references);
    said(&output)
}

#[test]
fn both_verdicts() {
    let (server, repo) = with_server("");
    repo.file("clean", "nothing in here\n");
    repo.commit("clean");
    assert_eq!(is_accepted(&repo, &["origin", "main"]), "");
    // Added and taken back: it would be published all the same.
    let token = repo.token();
    repo.file("deploy/key", format!("first\nkey = {token}\n"));
    let bad = repo.commit("Add a key");
    repo.remove("deploy/key");
    repo.commit("Take it back");
    let told = is_rejected(&server, &repo, &["origin", "main"]);
    for expected in [
        "was rejected",
        "deploy/key:2: GitLab personal access token glpat-...",
        &bad[..12],
        "Add a key",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
    assert!(!told.contains(&token[6..]) && !told.contains("GL-HOOK-ERR"), "{told}");
    // To a new branch as well, and in the text of a tag.
    is_rejected(&server, &repo, &["origin", "main:topic"]);
    repo.git(&["tag", "-a", "-m", &format!("key {}", repo.token()), "v1", "HEAD~2"]);
    assert!(is_rejected(&server, &repo, &["origin", "v1"]).contains("<tag message>:1"));
    // What the server has already is not new in another branch, and a branch can be deleted.
    assert_eq!(is_accepted(&repo, &["origin", "main~2:refs/heads/other"]), "");
    assert_eq!(is_accepted(&repo, &["origin", ":other"]), "");
}

#[test]
fn gitlab_shows_lines_with_its_prefix() {
    let (_, repo) = with_server("");
    repo.file("key", repo.token());
    repo.commit("key");
    let output = repo
        .git_command(&["push", "-q", "origin", "main"])
        .env("GL_ID", "user-1")
        .output()
        .unwrap();
    assert!(!output.status.success());
    let told = said(&output);
    let lines = told.lines().filter_map(|line| line.strip_prefix("remote: ")).map(str::trim_end);
    assert!(
        lines.filter(|line| !line.is_empty()).all(|line| line.starts_with("GL-HOOK-ERR:")),
        "{told}"
    );
}

#[test]
fn overrides() {
    let (server, repo) = with_server("");
    repo.file("one", repo.token());
    repo.commit("key");
    is_rejected(&server, &repo, &["-o", "something.else", "origin", "main"]);
    let told = is_accepted(&repo, &["-o", "tokensieve.skip", "origin", "main"]);
    assert!(told.contains("a push option asked for that") && told.contains("one:1"), "{told}");
    repo.file("two", repo.token());
    repo.commit("key\n\n[skip tokensieve]");
    let told = is_accepted(&repo, &["origin", "main"]);
    assert!(told.contains("a commit message asked for that") && told.contains("two:1"), "{told}");
    // Both can be forbidden.
    let (server, repo) = with_server("--no-override");
    repo.file("key", repo.token());
    repo.commit("key [skip tokensieve]");
    let told = is_rejected(&server, &repo, &["-o", "tokensieve.skip", "origin", "main"]);
    assert!(!told.contains("To push it nevertheless"), "{told}");
}

/// The configuration of the server's HEAD counts; what a push brings along does not count for
/// itself.
#[test]
fn whose_configuration_counts() {
    let (server, repo) = with_server("");
    repo.file("key", repo.token());
    repo.file(".tokensieve.toml", "version = 1\nexclude_paths = ['key', 'known']\n");
    repo.commit("a key with its own excuse");
    is_rejected(&server, &repo, &["origin", "main"]);
    repo.remove("key");
    repo.git(&["reset", "-q", "--soft", "HEAD~"]);
    repo.commit("the excuse alone");
    is_accepted(&repo, &["origin", "main"]);
    repo.file("known", repo.token());
    repo.commit("what is known");
    is_accepted(&repo, &["origin", "main"]);
}

/// The time is over before the first line is there.
#[test]
fn out_of_time() {
    let repo = Repository::with_commit();
    let commit = repo.git(&["commit-tree", "-m", "new", "-p", "HEAD", "HEAD^{tree}"]);
    for (args, code, expected) in [
        ("", 3, "rejected, since not all of it could be looked at"),
        ("--on-timeout reject", 3, "out of time"),
        ("--on-timeout accept", 0, "accepted, though not all of it could be looked at"),
    ] {
        let script = format!(
            "(sleep 1.2; echo {} {commit} refs/heads/x) | '{}' pre-receive --timeout 1 {args}",
            "0".repeat(40),
            env!("CARGO_BIN_EXE_tokensieve")
        );
        let mut command = repo.tokensieve(&[]);
        let environment: Vec<_> =
            command.get_envs().map(|(k, v)| (k.to_owned(), v.map(ToOwned::to_owned))).collect();
        command = std::process::Command::new("sh");
        command.args(["-c", &script]).current_dir(repo.path());
        for (name, value) in environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let run = Run::of(command.output().unwrap());
        run.assert_code(code);
        assert!(run.stderr.contains(expected), "{run:?}");
    }
}

#[test]
fn what_no_git_would_say() {
    let repo = Repository::with_commit();
    let script =
        |line: &str| output_with_input(&mut repo.tokensieve(&["pre-receive"]), line.as_bytes());
    for line in ["x", "a b refs/heads/main"] {
        let output = script(line);
        assert_eq!(output.status.code(), Some(2), "{line}");
        assert!(said(&output).contains("is not what git writes to a pre-receive hook"), "{line}");
    }
    assert_eq!(script("").status.code(), Some(0));
    // An object that is not there is no clean push.
    let missing = format!("{} {} refs/heads/x\n", "0".repeat(40), "1".repeat(40));
    assert_eq!(script(&missing).status.code(), Some(3));
}
