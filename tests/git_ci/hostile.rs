//! Clones and remotes that are not to be trusted.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use tokensieve::ci::Fetching;

use super::{ALLOWED, Scene, ZEROS, git, is_said, listed, merge_request, push, resolved};

/// A program that leaves a mark.
fn trap(folder: &Path) -> (PathBuf, PathBuf) {
    let (trap, mark) = (folder.join("trap"), folder.join("mark"));
    std::fs::write(&trap, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display())).unwrap();
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).unwrap();
    (trap, mark)
}

#[test]
fn settings_that_run_something_do_not_count() {
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
        match resolved(&clone, &merge_request(&base, &head), ALLOWED) {
            Ok(range) => {
                let is_told = key == "core.fsmonitor" || is_said(&range, "do not count");
                assert!(is_told, "{key}: {:?}", range.notices);
                assert_eq!(listed(&clone, &range).len(), 6, "{key}");
            }
            Err(failed) => {
                assert_eq!((key, value), ("remote.origin.url", ext.as_str()), "{failed:?}");
                assert!(failed.why.contains("settings"), "{failed:?}");
            }
        }
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
fn settings_that_runners_write_do_not_hinder() {
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
fn errors_show_no_password() {
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
fn a_remote_that_does_not_answer_ends_at_the_limit() {
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
