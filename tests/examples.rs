//! The examples for embedders do what they say.

use tokensieve_core::{Confidence, RuleSet, Scanner};

use crate::support::command::Dir;
use crate::support::repository::Repository;
use crate::support::tokens::{Random, personal};

/// Includes an example as a module.
macro_rules! example {
    ($name:ident, $path:literal) => {
        #[allow(
            dead_code,
            unreachable_pub,
            reason = "`main` is not called; the rest is to be copied"
        )]
        #[path = $path]
        mod $name;
    };
}

example!(bytes, "../examples/bytes.rs");
example!(custom_rules, "../examples/custom_rules.rs");
#[cfg(feature = "git")]
example!(history, "../examples/history.rs");
example!(sarif, "../examples/sarif.rs");
example!(stream, "../examples/stream.rs");

#[test]
fn bytes_are_scanned() {
    let token = personal(&mut Random::new(1));
    let scanner = Scanner::new(&RuleSet::builtin());
    let findings = bytes::findings(&scanner, ".env", format!("A=1\nT={token}\n").as_bytes());
    let lines: Vec<String> = findings.iter().map(bytes::line).collect();
    assert_eq!(lines, [".env:2:3: gitlab_personal_access_token glpat-..."]);
}

#[test]
fn a_stream_is_scanned() {
    let token = personal(&mut Random::new(2));
    let text = format!("{}\n{token}\n", "x".repeat(1 << 17));
    let scanner = Scanner::new(&RuleSet::builtin());
    let mut lines = Vec::new();
    stream::scan_reader(&scanner, text.as_bytes(), |located| lines.push(located.start.line))
        .unwrap();
    assert_eq!(lines, [2]);
}

#[test]
fn own_rules_are_added() {
    let token = personal(&mut Random::new(3));
    let text = ["acme", "_7k2m9x4q8w1z5v3b6n0d2f7h\n", &token].concat();
    let scanner = custom_rules::scanner(Confidence::Possible).unwrap();
    let found = scanner.find(text.as_bytes());
    let ids: Vec<&str> = found.iter().map(|matched| matched.rule().id()).collect();
    assert_eq!(ids, ["acme_api_key", "gitlab_personal_access_token"]);
}

#[test]
fn a_folder_becomes_sarif() {
    let (dir, token) = (Dir::new(), personal(&mut Random::new(4)));
    dir.file("a/config.yml", format!("token: {token}\n"));
    let mut written = Vec::new();
    sarif::write_sarif(&sarif::scan(dir.path().into()), &mut written).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let results = report["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 1);
    assert_eq!(results[0]["ruleId"], "gitlab_personal_access_token");
    assert!(!String::from_utf8(written).unwrap().contains(&token));
}

#[cfg(feature = "git")]
#[test]
fn a_history_names_commits() {
    let repository = Repository::new();
    repository.file("a.env", format!("T={}\n", repository.token()));
    let first = repository.commit("first");
    repository.remove("a.env");
    repository.commit("second");
    let outcome = history::scan(&repository.path()).unwrap();
    let lines: Vec<String> = outcome.findings.iter().map(history::line).collect();
    assert_eq!(lines, [format!("a.env:1: gitlab_personal_access_token {first} {}", "Ada Author")]);
}
