//! Few bytes that stand for very many paths.

use serde_json::Value;

use super::token;
use crate::support::command::Run;
use crate::support::repository::Repository;

/// What a scan may take. Unoptimised code is slow, so these limits only catch work that grows with
/// the number of paths, which would take hours.
const LIMITS: &str = "ulimit -v 1500000 -t 60";

/// Stores `levels` nested trees of `width` equal entries each, above a blob. Returns a commit of
/// them on top of HEAD.
fn nested(repository: &Repository, leaf: &str, levels: usize, width: usize) -> String {
    let mut id = repository.blob(leaf);
    let mut mode = "100644 blob";
    for _ in 0..levels {
        let lines = (0..width).map(|number| format!("{mode} {id}\td{number:03}\n"));
        id = repository.tree(&lines.collect::<String>());
        mode = "040000 tree";
    }
    repository.git(&["commit-tree", "-p", "HEAD", "-m", "grow", &id])
}

/// Runs the binary within [`LIMITS`].
fn limited(repository: &Repository, args: &[&str], input: &str) -> Run {
    let file = repository.dir().file("input", input);
    let script = format!(
        "{LIMITS}; exec '{}' \"$@\" <'{}'",
        env!("CARGO_BIN_EXE_tokensieve"),
        file.display()
    );
    let template = repository.tokensieve(&[]);
    let mut command = std::process::Command::new("sh");
    command.args(["-c", &script, "sh"]).args(args).current_dir(repository.path());
    for (name, value) in template.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    Run::of(command.output().unwrap())
}

/// All commands that look at what a commit brings, with their standard input.
fn looks(repository: &Repository, head: &str) -> Vec<(Vec<String>, String)> {
    let (base, null) = (repository.id("HEAD"), "0".repeat(40));
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    vec![
        (words(&format!("git -f json --range {base}..{head}")), String::new()),
        (words(&format!("git -f json --branch {head}")), String::new()),
        (words("git -f json --all-objects"), String::new()),
        (words(&format!("ci -f json --base {base} --head {head}")), String::new()),
        (words("git -f json --pre-push=origin"), format!("x {head} refs/heads/x {null}\n")),
        (words("git -f json --pre-push=origin"), format!("x {head} refs/heads/x {base}\n")),
        (words("pre-receive"), format!("{null} {head} refs/heads/new\n")),
    ]
}

#[test]
fn trees_that_stand_for_billions_of_paths() {
    let repository = Repository::with_commit();
    for (levels, width) in [(10, 10), (40, 2), (2, 1000)] {
        let clean = nested(&repository, "nothing\n", levels, width);
        for (args, input) in looks(&repository, &clean) {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            limited(&repository, &args, &input).assert_code(0);
        }
        let secret = token(levels as u64);
        let bad = nested(&repository, &format!("key = {secret}\n"), levels, width);
        let paths = (width as u64).pow(levels as u32);
        for (args, input) in looks(&repository, &bad) {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let run = limited(&repository, &args, &input);
            run.assert_code(1);
            if args[0] == "pre-receive" {
                continue;
            }
            let report: Value = serde_json::from_str(&run.stdout).unwrap();
            let finding = &report["findings"][0];
            assert_eq!(finding["places"].as_array().unwrap().len(), 100, "{args:?}");
            assert_eq!(finding["place_count"], paths, "{args:?}");
            assert!(run.is_complete(), "{run:?}");
        }
        // The next one is as if this had never been: `--all-objects` looks at everything.
        repository.git(&["prune", "--expire=now"]);
    }
}

#[test]
fn trees_that_differ_a_little_from_others() {
    // On both sides there are billions of paths, so that nothing is simply new.
    let repository = Repository::with_commit();
    let base = nested(&repository, "before\n", 9, 10);
    let head = nested(&repository, &format!("key = {}\n", token(9)), 9, 10);
    let range = format!("{base}..{head}");
    let run = limited(&repository, &["git", "-f", "json", "--range", &range], "");
    assert_eq!(run.assert_code(1).findings()[0]["place_count"], 1_000_000_000);
}

#[test]
fn paths_that_were_not_looked_at_are_gaps() {
    let repository = Repository::with_commit();
    let secret = format!("key = {}\n", token(7));
    let head = nested(&repository, &secret, 9, 10);
    let range = format!("HEAD..{head}");
    // Each path that is looked at is excluded, or allowed; billions of others are not.
    let excluded = ["git", "-f", "json", "--range", &range, "--exclude-path", "/d000"];
    let run = limited(&repository, &excluded, "");
    assert!(run.code == Some(1) || !run.is_complete(), "{run:?}");
    repository.file("allow.toml", "version = 1\n[[allow]]\npaths = ['/d000']\n");
    for part in [["--range", &range], ["--branch", &head]] {
        let args = [&["git", "-f", "json", "--config", "allow.toml"], &part[..]].concat();
        let run = limited(&repository, &args, "");
        assert!(run.code == Some(1) || !run.is_complete(), "{run:?}");
    }
}

#[test]
fn trees_that_are_nested_too_deeply_are_gaps() {
    let repository = Repository::with_commit();
    let blob = repository.blob(format!("key = {}\n", token(8)));
    repository.stage_entry("100644", &blob, &format!("{}f", "d/".repeat(2500)));
    let tree = repository.git(&["write-tree"]);
    let head = repository.git(&["commit-tree", "-p", "HEAD", "-m", "deep", &tree]);
    let run = limited(&repository, &["git", "-f", "json", "--range", &format!("HEAD..{head}")], "");
    run.assert_code(3);
    assert!(run.skipped("unlisted paths").0 > 0, "{run:?}");
}
