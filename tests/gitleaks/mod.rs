//! Configuration files of gitleaks: they mean here what they mean there. Each clause of the
//! contract is a case.
//!
//! The binary of gitleaks 8.30.1 said what it finds in such texts.

mod allowlists;
mod commands;
mod conversion;
mod properties;
mod reading;
mod rules;

use tokensieve_core::gitleaks::Gitleaks;
use tokensieve_core::{RuleSet, Scanner};

use crate::support::command::Dir;

/// Returns the content of a file beside the one that is read.
fn beside(path: &str) -> Option<String> {
    let text = match path {
        "base.toml" => {
            "[extend]\npath = 'second.toml'\n[[rules]]\nid = 'base'\ndescription = 'Base'\n\
             regex = 'base_(x*)([0-9]+)'\n\
             entropy = 1\nkeywords = ['base_']\ntags = ['b']\n[[rules]]\nid = 'other'\n\
             regex = 'other_[0-9]+'\n\
             [[allowlists]]\nregexes = ['base_never']\n"
        }
        "second.toml" => {
            "[extend]\npath = 'third.toml'\n[[rules]]\nid = 'second'\nregex = 'second_[0-9]+'\n"
        }
        "third.toml" => "[[rules]]\nid = 'third'\nregex = 'third_[0-9]+'\n",
        "with-default.toml" => {
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'base'\nregex = 'base_[0-9]+'\n"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

/// Reads a configuration, which must be right.
fn read(text: &str) -> Gitleaks {
    Gitleaks::read("g.toml", text, &beside).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Reads a configuration, which must be wrong. Returns the error.
fn error(text: &str) -> String {
    Gitleaks::read("g.toml", text, &beside).expect_err(text).to_string()
}

/// Makes a scanner of the rules that a configuration leaves.
fn scanner(text: &str) -> Scanner {
    let gitleaks = read(text);
    let mut rules =
        if gitleaks.extends_builtin() { RuleSet::builtin() } else { RuleSet::default() };
    gitleaks.apply_to(&mut rules);
    Scanner::builder().keeps_refuted(true).build(&rules).unwrap()
}

/// Returns `rule:secret` of what a configuration finds in a text.
fn found(config: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let text = text.as_ref();
    let scanner = scanner(config);
    let secret = |span: core::ops::Range<usize>| String::from_utf8_lossy(&text[span]).into_owned();
    scanner
        .find(text)
        .iter()
        .map(|found| format!("{}:{}", found.rule().id(), secret(found.span().range())))
        .collect()
}

/// Writes a configuration of one rule with the id `a`.
fn rule(lines: &str) -> String {
    format!("[[rules]]\nid = 'a'\n{lines}\n")
}

/// Scans files and returns `rule@path` of each finding.
fn places(dir: &Dir, args: &[&str]) -> Vec<String> {
    let run = dir.run(&[&["scan", "-f", "json"], args].concat());
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let place = |finding: &serde_json::Value| {
        format!("{}@{}", finding["rule_id"].as_str().unwrap(), finding["path"].as_str().unwrap())
    };
    findings.iter().map(place).collect()
}

const ACME: &str = "[[rules]]\nid = 'acme'\nregex = 'acme_[0-9]{4}'\nkeywords = ['acme_']\n";
