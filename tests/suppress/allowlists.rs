//! Allowlists of the configuration and of rules.

use super::{ID, rules_and_lines};
use crate::support::repository::Repository;
use crate::support::tokens::Random;

#[test]
fn broken_baselines_and_allowlists_name_their_line() {
    let repo = Repository::new();
    repo.file("a", repo.token());
    repo.run(&["baseline", "create"]).assert_code(0);
    let good = repo.read(".tokensieve.baseline");
    for (text, expected) in [
        (format!("{good}<<<<<<< HEAD\n"), ".tokensieve.baseline:4: a merge left a conflict here"),
        (good.replace("version=1", "version=7"), ".tokensieve.baseline:1: version 7 is not known"),
        (format!("{good}{ID}\n"), ".tokensieve.baseline:4: behind the rule"),
        (String::new(), ".tokensieve.baseline:1: a baseline starts"),
    ] {
        repo.file(".tokensieve.baseline", text);
        for run in [repo.run(&["scan"]), repo.run(&["git"]), repo.run(&["baseline", "update"])] {
            assert!(run.code == Some(2) && run.stderr.contains(expected), "{run:?}");
        }
    }
    repo.remove(".tokensieve.baseline");
    for (entry, expected) in [
        ("reason = 'x'", ".tokensieve.toml:3: an entry that names nothing"),
        ("rules = ['no-such-rule']", ".tokensieve.toml:3: no rule is named `no-such-rule`"),
        ("paths = ['!a']", ".tokensieve.toml:3: `!a` is no pattern"),
        ("regexes = ['(']", ".tokensieve.toml:3: `(` is no regex"),
        ("stopwords = ['x']\nexpires = 'soon'", ".tokensieve.toml:3: `soon` is no date"),
        ("stopwords = ['x']\nexpires = 2026", ".tokensieve.toml:3: expires is a date"),
        ("stopword = ['x']", ".tokensieve.toml:4: unknown field `stopword`"),
    ] {
        repo.file(".tokensieve.toml", format!("version = 1\n\n[[allow]]\n{entry}\n"));
        let run = repo.run(&["scan"]);
        assert!(run.code == Some(2) && run.stderr.contains(expected), "{expected}: {run:?}");
    }
}

#[test]
fn allowlists_of_the_configuration_suppress_in_files_and_histories() {
    let repo = Repository::new();
    repo.file("tests/a", format!("one {}\n", repo.token()));
    repo.file("src/b", format!("two {}\n", repo.token()));
    repo.commit("both");
    let with = |entry: &str| {
        repo.file(".tokensieve.toml", format!("version = 1\n[[allow]]\n{entry}\n"));
        let (files, history) = (repo.scan_files(&[]).locations(), repo.scan(&[]).locations());
        assert_eq!(files, history, "{entry}");
        files
    };
    assert_eq!(with("paths = ['tests/']"), ["src/b:1"]);
    assert_eq!(with("rules = ['gitlab-pat']\nregexes = ['^two ']\ntarget = 'line'"), ["tests/a:1"]);
    assert_eq!(
        with("paths = ['tests/']\nregexes = ['^two ']\ntarget = 'line'"),
        ["src/b:1", "tests/a:1"]
    );
    assert_eq!(
        with("condition = 'or'\npaths = ['tests/']\nregexes = ['^two ']\ntarget = 'line'"),
        [""; 0]
    );
    assert_eq!(
        with("rules = ['gitlab_deploy_token']\npaths = ['tests/']"),
        ["src/b:1", "tests/a:1"]
    );
    assert_eq!(with("paths = ['tests/']\nexpires = 2020-01-31"), ["src/b:1", "tests/a:1"]);
    assert_eq!(with("paths = ['tests/']\nexpires = '9999-12-31'"), ["src/b:1"]);
}

/// Patterns of allowlists mean what `--exclude-path` takes them for, which is what git takes them
/// for.
#[test]
fn patterns_mean_what_they_mean_elsewhere() {
    use tokensieve_core::RuleSet;
    use tokensieve_core::suppression::{Allowlist, AllowlistSpec, Subject};

    // A class that is negated matches a slash there, in git and here it does not.
    const PARTS: [&str; 11] = ["a", "b", "ab", "/", "/", "*", "**", "?", "[ab]", ".", "a*"];
    let (rules, mut random) = (RuleSet::builtin(), Random::new(3));
    let around = tokensieve_core::suppression::LineContext::default();
    let mut agreed = 0;
    for _ in 0..20_000 {
        let glob: String =
            (0..1 + random.below(5)).map(|_| PARTS[random.below(PARTS.len())]).collect();
        // What stars beside others mean is left to those who like riddles.
        let is_plain = !glob.contains("***")
            && glob.split('/').all(|part| part == "**" || !part.contains("**"));
        // Folders at the root: there, the root itself is one of them.
        let plain = tokensieve_core::suppression::path_pattern(&glob).unwrap_or((&*glob).into());
        let is_root = plain.ends_with('/') && matches!(plain.trim_matches('/'), "*" | "**");
        if !is_plain || glob.contains("//") || glob == "/" || is_root {
            continue;
        }
        let path = (0..1 + random.below(3)).map(|_| ["a", "b", "ab", "a.b", "ba"][random.below(5)]);
        let path = path.collect::<Vec<_>>().join("/");
        let spec = AllowlistSpec { globs: vec![glob.clone()], ..AllowlistSpec::default() };
        let Ok(list) = Allowlist::new(spec) else {
            assert!(tokensieve_core::suppression::path_pattern(&glob).is_err(), "{glob}");
            continue;
        };
        let subject = Subject {
            rule: rules.get(ID).unwrap(),
            path: path.as_bytes(),
            is_walked: true,
            commit: None,
            fingerprint: None,
            secret: b"x",
            around: &around,
        };
        let expected =
            tokensieve::source::exclusions(std::slice::from_ref(&glob), std::path::Path::new("/r"))
                .unwrap()
                .matched_path_or_any_parents(std::path::Path::new("/r").join(&path), false)
                .is_ignore();
        assert_eq!(list.allows(&subject), expected, "{glob} {path}");
        agreed += usize::from(expected);
    }
    assert!(agreed > 1000, "{agreed}");
}

/// A token that is allowed is not found again as the password that it is used as.
#[test]
fn an_allowlisted_token_is_not_reported_as_a_password() {
    let repo = Repository::new();
    let token = repo.token();
    repo.file("tests/a", format!("password = \"{token}\"\n"));
    repo.file(
        ".tokensieve.toml",
        "version = 1\n[[allow]]\nrules = ['gitlab-pat']\npaths = ['tests/']\n",
    );
    assert_eq!(
        rules_and_lines(&repo.scan_files(&["--exclude-rule", "gitlab-pat"])),
        ["generic_password:1"; 0]
    );
    assert_eq!(rules_and_lines(&repo.scan_files(&[])), [""; 0]);
}
