//! Reports of a hostile repository are what their schemas say.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use serde_json::Value;

use crate::support::command::Run;
use crate::support::repository::Repository;

/// Names of files that want to be lines, commands, formulas, elements and terminal sequences.
const NAMES: [&[u8]; 9] = [
    b"a\nb",
    b"\x1b[31mred\x1b[0m",
    "\u{202e}txt.exe".as_bytes(),
    b"caf\xe9",
    b"::add-mask::x",
    b"=cmd|'!A1",
    b"<script>alert(1)<",
    b"##[error]x",
    b"@all #1 `x`",
];

/// A repository with a token in each of those files, one of them twice, and one that is gone.
fn hostile() -> Repository {
    let repo = Repository::with_commit();
    for name in NAMES {
        let path = repo.path().join(OsStr::from_bytes(name));
        let token = repo.token();
        std::fs::write(path, format!("a\n{token}\n{token}\n")).unwrap();
    }
    repo.commit("::error::in a message\n\nbody");
    repo.git(&["remote", "add", "origin", "https://gitlab.example.com/g/p.git"]);
    repo.file("gone", format!("{}\n", repo.token()));
    repo.commit("\u{1b}[31m=cmd");
    repo.file("gone", "");
    repo.commit("gone");
    repo
}

fn schema(name: &str) -> jsonschema::Validator {
    let path = format!("{}/docs/schemas/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

#[track_caller]
fn check(schema: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> = schema
        .iter_errors(value)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

fn document(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap()
}

/// Runs that have something of everything: histories, files, staged changes, suppressions, gaps,
/// nothing at all.
const RUNS: [&[&str]; 5] = [
    &["git"],
    &["git", "--show-secrets", "--min-confidence", "refuted"],
    &["scan", "."],
    &["scan", ".", "--exclude-path", "*"],
    &["scan", ".", "--show-suppressed"],
];

#[test]
fn reports_fit_their_schemas() {
    let repo = hostile();
    repo.file("known", format!("{} # tokensieve:allow -- made up\n", repo.token()));
    for (format, name) in [
        ("json", "report"),
        ("gitlab", "gitlab"),
        ("codequality", "codequality"),
        ("gitleaks", "gitleaks"),
    ] {
        let schema = schema(name);
        for run in RUNS {
            let run = repo.run(&[run, &["-f", format]].concat());
            check(&schema, &document(&run));
        }
    }
    let schema = schema("line");
    for run in RUNS {
        for line in repo.run(&[run, &["-f", "jsonl"]].concat()).stdout.lines() {
            check(&schema, &serde_json::from_str(line).unwrap());
        }
    }
}

#[test]
fn schemas_refuse_what_is_wrong() {
    let repo = hostile();
    for (format, name, broken) in [
        ("json", "report", "/findings/0/severity"),
        ("gitlab", "gitlab", "/vulnerabilities/0/location/commit"),
        ("codequality", "codequality", "/0/fingerprint"),
        ("gitleaks", "gitleaks", "/0/Entropy"),
    ] {
        let mut document = document(&repo.run(&["git", "-f", format]));
        let schema = schema(name);
        check(&schema, &document);
        *document.pointer_mut(broken).unwrap() = Value::Null;
        assert!(!schema.is_valid(&document), "{name}");
    }
}

#[test]
fn no_format_shows_a_secret_or_lets_a_name_act() {
    let repo = hostile();
    let secrets: Vec<String> =
        repo.run(&["git", "-f", "json", "--show-secrets"]).json()["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["secret"].as_str().unwrap()[6..].to_owned())
            .collect();
    assert!(secrets.len() > NAMES.len());
    let formats = [
        "text",
        "json",
        "jsonl",
        "sarif",
        "gitlab",
        "codequality",
        "junit",
        "csv",
        "markdown",
        "github",
        "gitleaks",
    ];
    for format in formats {
        let run = repo.run(&["git", "-f", format]);
        run.assert_code(1);
        for secret in &secrets {
            assert!(!run.stdout.contains(secret), "{format}: {}", run.stdout);
        }
        let odd = run
            .stdout
            .chars()
            .find(|c| (c.is_control() && *c != '\n') || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(odd, None, "{format}: {}", run.stdout);
        let commands: Vec<&str> =
            run.stdout.lines().filter(|line| line.trim_start().starts_with("::")).collect();
        if format == "github" {
            let is_ours = |line: &&str| {
                ["::error file=", "::warning file=", "::notice file="]
                    .iter()
                    .any(|start| line.starts_with(start))
            };
            assert!(!commands.is_empty() && commands.iter().all(is_ours), "{commands:#?}");
        } else {
            assert!(commands.is_empty(), "{format}: {commands:#?}");
        }
    }
}

#[test]
fn links_follow_the_remote_or_the_template() {
    let repo = hostile();
    let range = format!("{}..HEAD", repo.id("HEAD~3"));
    let links = |args: &[&str]| -> Vec<String> {
        let run = repo.run(&[&["git", "--range", &range, "-f", "json"], args].concat());
        let findings = run.json()["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["link"].as_str().unwrap_or("").to_owned()).collect()
    };
    let commit = repo.id("HEAD~1");
    let expected = format!("https://gitlab.example.com/g/p/-/blob/{commit}/gone#L1-1");
    assert!(links(&[]).contains(&expected), "{:#?}", links(&[]));
    let own = links(&["--link", "https://x.example/{path}?at={commit}&line={line}"]);
    assert!(own.contains(&format!("https://x.example/gone?at={commit}&line=1")), "{own:#?}");
    assert!(own.iter().any(|link| link.contains("/%3A%3Aadd-mask%3A%3Ax?")), "{own:#?}");
    let run = repo.run(&["git", "--link", "javascript:{path}"]);
    run.assert_code(2);
    assert!(run.stderr.contains("a link begins with https:// or http://"), "{run:?}");
}
