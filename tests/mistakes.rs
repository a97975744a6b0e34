//! What people get wrong: every answer is one style, says what and where and the way out, and
//! speaks neither Rust nor the language of a library.

use crate::support::command::Dir;
#[cfg(feature = "git")]
use crate::support::repository::Repository;

/// Words of libraries that no user has to know.
const JARGON: [&str; 16] = [
    "invalid digit",
    "os error",
    "ParseIntError",
    "TryFromInt",
    "called `",
    "unwrap",
    "panicked",
    "u16",
    "u64",
    "usize",
    "gix",
    "odb",
    "couldn't",
    "utf-8 sequence",
    "expected a sequence, ",
    "Custom {",
];

#[track_caller]
fn check(args: &[&str], code: Option<i32>, stderr: &str, expected: &str) {
    assert_eq!(code, Some(2), "{args:?}: {stderr}");
    assert!(stderr.starts_with("error: "), "{args:?}: {stderr}");
    assert!(stderr.contains(expected), "{args:?}: {expected} is not in {stderr}");
    for word in JARGON {
        assert!(!stderr.contains(word), "{args:?}: {word} is in {stderr}");
    }
}

#[test]
fn arguments() {
    let dir = Dir::new();
    dir.file("a", "nothing\n");
    dir.file("empty", "");
    for (args, expected) in [
        (&["scan", "-j", "x"][..], "a number from 1 to 256"),
        (&["scan", "-j", "1000"], "a number from 1 to 256"),
        (&["scan", "--exit-code", "300"], "a number from 0 to 255"),
        (&["scan", "--decode-depth", "9"], "a number from 0 to 5"),
        (&["scan", "--max-file-size", "10X"], "a number such as 4096, 500K or 2G"),
        (&["scan", "--timeout", "soon"], "a time such as 30, 90s, 10m or 2h"),
        (&["scan", "--min-confidence", "sure"], "possible, likely, proved"),
        (&["scan", "--format", "xml"], "json, jsonl"),
        (&["scan", "nope"], "cannot scan nope: "),
        (&["scan", "--config", "nope.toml"], "nope.toml"),
        (&["scan", "--baseline", "nope"], "nope"),
        (&["scan", "--rules", "nope.toml"], "nope.toml"),
        (
            &["scan", "--rules", "empty", "--only", "gitlab_deploy_tokn"],
            "did you mean `gitlab_deploy_token`?",
        ),
        (&["scan", "--files-from", "nope"], "nope"),
        (&["scan", "--report", "a=b=c"], "is no format: one of text, json"),
        (&["scan", "--link", "javascript:x"], "a link begins with https://"),
        (&["scna", "."], "similar subcommand exists: 'scan'"),
        (&["scan", "--hlep"], "similar argument exists: '--help'"),
        (&["rules", "show", "gitlab_deploy_tokn"], "did you mean `gitlab_deploy_token`?"),
        (&["rules", "bench", "-n", "many", "."], "a number such as 10"),
        (&["explain", "gitlab_deploy_tokn"], "did you mean `gitlab_deploy_token`?"),
        (&["config", "lint", "nope.toml"], "nope.toml"),
        (&["baseline", "convert", "nope.json"], "nope.json"),
    ] {
        let run = dir.run(args);
        check(args, run.code, &run.stderr, expected);
        assert_eq!(run.stdout, "", "{args:?}");
    }
    #[cfg(feature = "archives")]
    for (option, expected) in [
        ("--archive-depth", "a number from 1 on"),
        ("--max-archive-ratio", "a number from 1 on"),
        ("--max-archive-members", "a number such as 10"),
    ] {
        let run = dir.run(&["scan", option, "0x"]);
        check(&[option], run.code, &run.stderr, expected);
    }
}

#[test]
fn configurations() {
    let dir = Dir::new();
    for (text, expected) in [
        ("min_confidence = 'sure'", ".toml:2: "),
        ("exclude_path = ['a']", ".toml:2: unknown field `exclude_path`: did you mean"),
        ("[allow]\npaths = ['a']", "a list of tables is written `[[allow]]`"),
        ("[[allow]]\nrules = ['gitlab-pta']", ".toml:2: "),
        ("[[allow]]\npaths = ['a']\nexpires = 'soon'", ".toml:2: "),
        ("only = 'gitlab'", ".toml:2: "),
        ("no_ignore = 'yes'", ".toml:2: "),
        ("decode_depth = 9", ".toml:2: decode_depth is at most 5"),
        ("decode_depth = -1", ".toml:2: "),
        ("jobs = 'four'", ".toml:2: "),
        ("exit_code = 1000", ".toml:2: "),
        ("format = 'xml'", ".toml:2: format is one of "),
        ("= 1", ".toml:2: "),
        ("rules = ['nope.toml']", "nope.toml"),
    ] {
        let file = dir.file("c.toml", format!("version = 1\n{text}\n"));
        let args = ["scan", "--config", file.to_str().unwrap()];
        let run = dir.run(&args);
        check(&[text], run.code, &run.stderr, expected);
    }
    for (name, text, expected) in [
        (".tokensieve.toml", "only = []\n", "a configuration starts with `version = 1`"),
        (".tokensieve.toml", "version = 'one'\n", ".tokensieve.toml:1: "),
        (".gitleaks.toml", "[[rules]]\nid = 'a'\nregex = '('\n", ".gitleaks.toml:3: "),
    ] {
        let file = dir.file(name, text);
        let run = dir.run(&["scan", "."]);
        check(&[text], run.code, &run.stderr, expected);
        std::fs::remove_file(file).unwrap();
    }
}

#[cfg(feature = "git")]
#[test]
fn repositories() {
    let repo = Repository::with_commit();
    for (args, expected) in [
        (&["git", "--range", "foo..bar"][..], "`bar` is no revision of this repository"),
        (&["git", "--range", "foo"], "`foo` is no range of this repository"),
        (&["git", "--branch", "nope"], "`nope` is no revision of this repository"),
        (&["git", "nope"], "nope: there is no such folder"),
        (&["git", "/"], "/: not a git repository"),
        (&["git", "--since", "yesterdayy"], "a date such as 2026-01-31"),
        (&["git", "--max-commits", "x"], "a number of commits"),
        (&["ci", "--no-fetch", "--base", "nope"], "nope"),
    ] {
        let run = repo.run(args);
        check(args, run.code, &run.stderr, expected);
    }
    std::fs::write(repo.git_path("index"), "broken").unwrap();
    let run = repo.run(&["git", "--staged"]);
    check(&["index"], run.code, &run.stderr, "cannot read the index");
}

#[test]
fn a_pipe_gets_whole_lines_whatever_columns_says() {
    let dir = Dir::new();
    let token = crate::support::tokens::personal(&mut crate::support::tokens::Random::new(91));
    dir.file(&format!("{}/a.env", "long-folder/".repeat(6)), format!("TOKEN={token}\n"));
    let mut command = dir.command(&["scan"]);
    let output = command.env("COLUMNS", "20").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("long-folder/a.env:1:7: "), "{text}");
}
