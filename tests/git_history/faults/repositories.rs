//! Repositories, revisions and configurations that are missing or broken.

use std::fs;
use std::path::Path;

use super::{assert_gap, token, with_history, write};
use crate::support::command::Run;
use crate::support::repository::Repository;

#[test]
fn a_folder_without_a_repository_is_an_error() {
    let repository = Repository::new();
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    let run = repository.scan(&["."]);
    assert!(run.assert_code(2).stderr.contains("not a git repository"), "{}", run.stderr);
    let run = repository.scan(&["nowhere"]);
    assert!(run.assert_code(2).stderr.contains("there is no such folder"), "{}", run.stderr);
    repository.file(".git", "gitdir: /nowhere/at/all\n");
    repository.scan(&["."]).assert_code(2);
}

#[test]
fn unknown_revisions_are_errors() {
    let repository = with_history();
    for wrong in [
        &["--branch", "no-such-branch", "no-such-branch"][..],
        &["--range", "no-such..main", "no-such"],
        &["--range", "main..no-such", "no-such"],
        &["--range", "main", "main..HEAD"],
        &["--branch", "main~99", "main~99"],
        &["--range", "main..1111111111111111111111111111111111111111", "11111"],
    ] {
        let run = repository.scan(&[&wrong[..2], &["."]].concat());
        run.assert_code(2);
        assert!(run.stdout.is_empty() && run.stderr.contains(wrong[2]), "{wrong:?}: {run:?}");
    }
    // A whole id is a name even if nothing is stored under it.
    let id = "1111111111111111111111111111111111111111";
    let run = repository.scan(&["--branch", id, "."]);
    assert!(matches!(run.code, Some(2 | 3)), "{run:?}");
}

#[test]
fn unborn_branches_are_clean() {
    for args in [&[][..], &["--bare"]] {
        let repository = Repository::init(args);
        let run = repository.scan(&["."]);
        run.assert_code(0);
        assert_eq!((run.coverage_count("commits"), run.coverage_count("blobs_scanned")), (0, 0));
        assert!(run.is_complete());
    }
    // An orphan branch beside one with commits.
    let repository = with_history();
    repository.git(&["checkout", "-q", "--orphan", "fresh"]);
    let run = repository.scan(&["."]);
    assert_eq!(
        (&run.finding()["refs"], &run.finding()["in_head"]),
        (&serde_json::json!(["refs/heads/main"]), &false.into())
    );
}

#[test]
fn paths_that_are_not_utf8_keep_their_bytes() {
    let repository = Repository::new();
    let blob = repository.blob(token(59));
    let entry = [format!("100644 {blob}\t").as_bytes(), b"dir\xff/caf\xe9.txt\0"].concat();
    repository.git_with_input(&["update-index", "-z", "--index-info"], &entry);
    repository.commit_staged("latin");
    let run = repository.scan(&["."]);
    let finding = run.finding();
    assert_eq!(finding["path"], "dir\u{fffd}/caf\u{fffd}.txt");
    assert_eq!(finding["path_bytes"], "ZGly/y9jYWbpLnR4dA==");
    assert_eq!(finding["places"][0]["path"], "dir\u{fffd}/caf\u{fffd}.txt");
    let staged = Repository::new();
    let blob = staged.blob(token(59));
    let entry = [format!("100644 {blob}\t").as_bytes(), b"caf\xe9.txt\0"].concat();
    staged.git_with_input(&["update-index", "-z", "--index-info"], &entry);
    assert_eq!(staged.scan(&["--staged", "."]).finding()["path_bytes"], "Y2Fm6S50eHQ=");
}

/// Runs a scan and returns the most memory it used, in MiB.
fn peak_memory(repository: &Repository, args: &[&str]) -> (Run, u64) {
    let log = repository.dir().path().join("memory");
    let mut command = std::process::Command::new("/usr/bin/time");
    let scan = repository.tokensieve(&[&["git", "-f", "json"], args].concat());
    command.args(["-f", "%M", "-o"]).arg(&log).arg(scan.get_program()).args(scan.get_args());
    command.current_dir(repository.path());
    for (name, value) in scan.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let run = Run::of(command.output().unwrap());
    let text = fs::read_to_string(log).unwrap();
    (run, text.lines().last().unwrap().parse::<u64>().unwrap() / 1024)
}

/// A blob of a hundred megabytes is read as a stream, loose or packed.
#[test]
fn large_blobs_take_little_memory() {
    const LEN: usize = 100 << 20;
    let repository = Repository::new();
    let mut content = vec![0; LEN];
    let token = token(60);
    let at = LEN - 1000;
    content[at - 1] = b'\n';
    content[at..at + token.len()].copy_from_slice(token.as_bytes());
    let store = [
        "-c",
        "core.compression=1",
        "-c",
        "core.bigFileThreshold=1m",
        "hash-object",
        "-w",
        "--stdin",
    ];
    let blob = repository.git_with_input(&store, &content);
    drop(content);
    let tree = repository.tree(&format!("100644 blob {blob}\tlarge\n"));
    let commit = repository.git(&["commit-tree", "-m", "large", &tree]);
    repository.git(&["update-ref", "refs/heads/main", &commit]);
    let check = |how: &str| {
        let (run, memory) = if Path::new("/usr/bin/time").exists() {
            peak_memory(&repository, &["."])
        } else {
            (repository.scan(&["."]), 0)
        };
        let finding = run.finding();
        assert_eq!(
            (&finding["path"], &finding["start_line"]),
            (&"large".into(), &2.into()),
            "{how}"
        );
        assert_eq!(finding["start_byte"], at);
        assert_eq!(run.coverage_count("bytes_scanned"), LEN as u64);
        assert!(memory < 250, "{how}: {memory} MiB");
    };
    check("loose");
    // Cut off before the token.
    let path = repository.loose(&blob);
    let whole = fs::read(&path).unwrap();
    write(&path, &whole[..whole.len() - 200]);
    assert_gap(&repository.scan(&["."]), "corrupt object", 1, &blob);
    write(&path, &whole);
    repository.git(&[
        "-c",
        "core.bigFileThreshold=1m",
        "-c",
        "core.compression=1",
        "repack",
        "-adq",
    ]);
    assert!(!repository.loose(&blob).exists());
    check("packed");
}

/// A configuration that is broken is an error that says so.
#[test]
fn a_broken_configuration_is_an_error() {
    let repository = with_history();
    write(&repository.git_path("config"), "[core\nnonsense");
    let run = repository.scan(&["."]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot open the git repository"), "{}", run.stderr);
}
