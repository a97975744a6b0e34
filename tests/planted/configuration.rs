//! The summary and the coverage name the files of a tree that take something away.

use serde_json::{Value, json};

use crate::support::command::Run;
use crate::support::repository::Repository;

/// A repository with a committed and a staged secret, and files that silence both.
fn silenced(files: &[(&str, &str)]) -> Repository {
    let repo = Repository::with_commit();
    repo.file("s.txt", format!("{}\n", repo.token()));
    for (name, content) in files {
        repo.file(name, content);
    }
    repo.commit("secret");
    repo.file("staged.txt", format!("{}\n", repo.token()));
    repo.git(&["add", "--all"]);
    repo
}

/// Every way to scan the repository.
fn scans(repo: &Repository, args: &[&str]) -> Vec<Run> {
    let with = |command: &[&str]| repo.run(&[command, args].concat());
    vec![
        with(&["scan", "-f", "json", "."]),
        with(&["git", "-f", "json"]),
        with(&["git", "-f", "json", "--staged"]),
        with(&["git", "-f", "json", "--range", "HEAD~1..HEAD"]),
    ]
}

#[test]
fn each_scan_names_what_a_file_of_the_tree_takes_away() {
    let table: [(&str, &str, &[&str]); 9] = [
        (".tokensieve.toml", "exclude_paths = ['*']", &["paths"]),
        (".tokensieve.toml", "only = ['slack-bot-token']", &["rules"]),
        (".tokensieve.toml", "exclude_rules = ['gitlab']", &["rules"]),
        (".tokensieve.toml", "min_confidence = 'proved'", &["confidence"]),
        (".tokensieve.toml", "decode_depth = 1\nmax_file_size = 1", &["decoding", "sizes"]),
        (".tokensieve.toml", "[[allow]]\nregexes = ['.']", &["allowlists"]),
        (".tokensieve.toml", "rules = ['r.toml']", &["rules"]),
        (
            ".gitleaks.toml",
            "[allowlist]\npaths = ['.']\n[extend]\nuseDefault = true",
            &["allowlists"],
        ),
        (
            ".gitleaks.toml",
            "[extend]\nuseDefault = true\ndisabledRules = ['gitlab-pat']",
            &["rules"],
        ),
    ];
    for (file, text, taken) in table {
        let version = if file == ".tokensieve.toml" { "version = 1\n" } else { "" };
        let change = "[[changes]]\nrule = 'gitlab-pat'\npath = '^nowhere$'\n";
        let repo = silenced(&[(file, &format!("{version}{text}\n")), ("r.toml", change)]);
        for run in scans(&repo, &[]) {
            let expected = json!([{"file": file, "takes_away": taken}]);
            assert_eq!(run.coverage()["configuration"], expected, "{text}: {run:?}");
            let line = format!("configuration: {file} takes away: {}\n", taken.join(", "));
            assert!(run.stderr.contains(&line), "{text}: {run:?}");
        }
    }
}

#[test]
fn baselines_and_ignore_files_are_named_too() {
    let repo = silenced(&[(".gitleaksignore", "s.txt:gitlab-pat:1\n")]);
    repo.run(&["baseline", "create"]).assert_code(0);
    let expected = json!([
        {"file": ".gitleaksignore", "takes_away": ["ignored places"]},
        {"file": ".tokensieve.baseline", "takes_away": ["baseline"]},
    ]);
    for run in scans(&repo, &[]) {
        assert_eq!(run.coverage()["configuration"], expected, "{run:?}");
    }
    let summary = repo.run(&["scan", "."]).assert_code(0).stderr.clone();
    assert!(
        summary.contains("0 findings, 2 suppressed: 1 baseline + 1 ignore file, "),
        "{summary}"
    );
    // Nothing that the user has named, or wants none of, is of the tree.
    for args in [["--no-config", "--no-baseline"], ["--no-config", "--no-inline-allow"]] {
        for run in scans(&repo, &args) {
            assert_eq!(run.coverage()["configuration"], json!([]), "{run:?}");
        }
    }
    let run = repo.run(&["scan", "--baseline", ".tokensieve.baseline", "staged.txt"]);
    assert!(run.stderr.contains("0 findings, 1 suppressed: baseline, "), "{run:?}");
    assert!(!run.stderr.contains("configuration: .tokensieve.baseline"), "{run:?}");
}

#[test]
fn what_takes_nothing_away_is_not_named() {
    let repo = silenced(&[
        (
            ".tokensieve.toml",
            "version = 1\nmin_confidence = 'refuted'\narchives = true\nrules = ['r.toml']\n\
         [gitlab]\nprefixes = ['acme']\n[[allow]]\nregexes = ['.']\nexpires = 2020-01-01\n",
        ),
        ("r.toml", "[[rules]]\nid = 'acme'\nname = 'A'\nregex = 'acme_[0-9]{9}'\n"),
    ]);
    for run in scans(&repo, &[]) {
        assert_eq!(run.assert_code(1).coverage()["configuration"], json!([]), "{run:?}");
    }
    // The command line has the last word.
    repo.file(".tokensieve.toml", "version = 1\nonly = ['slack-bot-token']\n");
    let run = repo.run(&["scan", "-f", "json", "--only", "gitlab", "."]);
    assert_eq!(run.assert_code(1).coverage()["configuration"], json!([]));
}

#[test]
fn sarif_and_json_lines_name_them_too() {
    let repo = silenced(&[(".tokensieve.toml", "version = 1\nexclude_paths = ['*.txt']\n")]);
    let sarif = repo.run(&["scan", "-f", "sarif", "."]).json();
    let notes = sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"].to_string();
    assert!(notes.contains(".tokensieve.toml of the scanned tree takes away: paths"), "{notes}");
    let lines = repo.run(&["scan", "-f", "jsonl", "."]).stdout;
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["configuration"][0]["takes_away"], json!(["paths"]));
    let audit = repo.run(&["audit", "-f", "json"]).json();
    assert_eq!(audit["coverage"]["configuration"][0]["file"], ".tokensieve.toml");
}

#[test]
fn a_tree_does_not_decide_for_whoever_scans_it() {
    for key in ["exit_code = 0", "jobs = 1000", "follow = true", "output = 'r.json'"] {
        let repo = silenced(&[(".tokensieve.toml", &format!("version = 1\n{key}\n"))]);
        for run in scans(&repo, &[]) {
            let name = key.split(' ').next().unwrap();
            let told = format!(".tokensieve.toml:2: `{name}` is not for a scanned tree to decide");
            assert!(run.assert_code(2).stderr.contains(&told), "{run:?}");
            assert!(run.stderr.contains("--config"), "{run:?}");
        }
        assert_eq!(repo.run(&["config", "lint"]).code, Some(2));
        let config = repo.dir().file("mine.toml", format!("version = 1\n{key}\n"));
        let run = repo.run(&["scan", ".", "--config", config.to_str().unwrap()]);
        assert_eq!(run.code, Some(if key == "exit_code = 0" { 0 } else { 1 }), "{run:?}");
    }
}
