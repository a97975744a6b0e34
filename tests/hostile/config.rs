//! Configurations that a tree brings along: they take no time, and take nothing away without a
//! word.

use super::make::token::{github, gitlab, word};
use super::sandbox::{Limits, Run, Sandbox};
use crate::support::tokens::Random;

/// A tree with a token, some text, and a configuration.
fn with_config(name: &str, text: &str) -> (Sandbox, String) {
    let sandbox = Sandbox::new();
    let secret = gitlab(&mut Random::new(60));
    sandbox.file("a.txt", format!("key = {secret}\n"));
    sandbox.file("b.txt", "a".repeat(200_000));
    sandbox.file(name, text);
    (sandbox, secret)
}

#[track_caller]
fn is_fast(name: &str, text: &str, limits: Limits) -> Run {
    let (sandbox, secret) = with_config(name, text);
    for args in [&["scan", "."][..], &["audit", "--no-history"], &["config", "lint"]] {
        sandbox.run(args, limits).keeps(std::slice::from_ref(&secret));
    }
    sandbox.run(&["scan", "-f", "json", "."], limits)
}

#[test]
fn threads() {
    // Without a stack for each of them there is room for few.
    for jobs in [257, 1000, 65_535] {
        is_fast(".tokensieve.toml", &format!("version = 1\njobs = {jobs}\n"), Limits::SMALL);
    }
}

#[test]
fn regexes_that_take_time() {
    // Each alone is legal. Searching takes as many steps as the text is long, times the size of the
    // regex.
    let regexes = [
        r"(?s)a.{0,4000}b.{0,4000}c",
        r"(a|aa|aaa){100}b",
        r"(?s)(?:a.{0,900}){3}b",
        r"a(?:a?){500}b",
    ];
    for regex in regexes {
        let rule = format!("[[rules]]\nid = 'slow'\nregex = '''{regex}'''\nkeywords = ['a']\n");
        let (sandbox, secret) = with_config("r.toml", &rule);
        sandbox.file(".tokensieve.toml", "version = 1\nrules = ['r.toml']\n");
        sandbox.run(&["scan", "."], Limits::SMALL).keeps(std::slice::from_ref(&secret));
        is_fast(".gitleaks.toml", &rule, Limits::SMALL);
        let allow = format!("version = 1\n[[allow]]\ntarget = 'line'\nregexes = ['''{regex}''']\n");
        is_fast(".tokensieve.toml", &allow, Limits::SMALL);
    }
}

#[test]
fn regexes_that_take_memory() {
    let limits = Limits { cpu: 12, ..Limits::ANY };
    let rule = |number: usize| {
        format!("[[rules]]\nid = 'r{number}'\nregex = '\\pL{{100}}[\\pL\\d_]{{50}}{number}'\n")
    };
    let rules: String = (0..500).map(rule).collect();
    is_fast(".gitleaks.toml", &rules, limits);
    let (sandbox, secret) =
        with_config("r.toml", &rules.replace("regex", "keywords = ['k']\nregex"));
    sandbox.file(".tokensieve.toml", "version = 1\nrules = ['r.toml']\n");
    sandbox.run(&["scan", "."], limits).keeps(std::slice::from_ref(&secret));
    let allow: String =
        (0..500).map(|number| format!("[[allow]]\nregexes = ['\\pL{{100}}{number}']\n")).collect();
    is_fast(".tokensieve.toml", &format!("version = 1\n{allow}"), limits);
    for regex in [
        r"(((((a{100}){100}){100}){100}){100})",
        r"\pL{60000}",
        &"(".repeat(100_000),
        &"a|".repeat(300_000),
    ] {
        is_fast(".gitleaks.toml", &format!("[[rules]]\nid = 'r'\nregex = '''{regex}'''\n"), limits);
    }
}

#[test]
fn twenty_thousand_allow_entries() {
    // Promised: under a second.
    let mut random = Random::new(14);
    let entries: String = (0..20_000)
        .map(|number| {
            format!("[[allow]]\nregexes = ['x{}']\npaths = ['/p{number}']\n", word(&mut random, 12))
        })
        .collect();
    is_fast(
        ".tokensieve.toml",
        &format!("version = 1\n{entries}"),
        Limits { memory: 256 << 20, ..Limits::SMALL },
    );
    let lists: String = (0..20_000)
        .map(|number| {
            format!("[[allowlists]]\npaths = ['''^p{number}$''']\nstopwords = ['w{number}']\n")
        })
        .collect();
    is_fast(".gitleaks.toml", &lists, Limits { memory: 256 << 20, ..Limits::SMALL });
}

#[test]
fn files_that_are_deep_or_long() {
    let limits = Limits::ANY;
    let deep = "[".repeat(100_000);
    let parts = vec!["a"; 100_000].join(".");
    for text in [
        format!("a = {deep}\n"),
        format!("{parts} = 1\n"),
        format!("[{parts}]\n"),
        format!("version = 1\nexclude_paths = [{}]\n", "'**/*a*/**/*b*/**',".repeat(20_000)),
        format!("version = 1\nonly = [{}]\n", "'gitlab',".repeat(100_000)),
        "# comment\n".repeat(1_000_000),
    ] {
        for name in [".tokensieve.toml", ".gitleaks.toml"] {
            is_fast(name, &text, limits);
        }
    }
    is_fast(".gitignore", &"!a*b*c*\n".repeat(200_000), limits);
    is_fast(".gitleaksignore", &"a.txt:rule:1\n".repeat(200_000), limits);
    is_fast(
        ".tokensieve.baseline",
        &"tokensieve-baseline version=1 salt=00\n".repeat(200_000),
        limits,
    );
}

#[test]
fn rules_that_require_each_other() {
    let rule = |number: usize| {
        let next = (number + 1) % 50;
        format!(
            "[[rules]]\nid = 'r{number}'\nregex = 'key'\nkeywords = ['key']\n[[rules.required]]\n\
             id = 'r{next}'\n"
        )
    };
    let rules: String = (0..50).map(rule).collect();
    is_fast(".gitleaks.toml", &rules, Limits::SMALL);
    // A file that extends itself, and two that extend each other.
    is_fast(".gitleaks.toml", "[extend]\npath = '.gitleaks.toml'\n", Limits::SMALL);
    let (sandbox, secret) = with_config(".gitleaks.toml", "[extend]\npath = 'b.toml'\n");
    sandbox.file("b.toml", "[extend]\npath = '.gitleaks.toml'\n");
    sandbox.run(&["scan", "."], Limits::SMALL).keeps(std::slice::from_ref(&secret));
}

#[test]
fn exit_code_is_not_decided_by_the_tree() {
    let (sandbox, secret) = with_config(".tokensieve.toml", "version = 1\nexit_code = 0\n");
    sandbox.git(&["init", "-q", "."]);
    sandbox.git(&["add", "."]);
    sandbox.git(&["commit", "-q", "-m", "all"]);
    for args in [&["scan", "."][..], &["git"], &["git", "--range", "HEAD"]] {
        sandbox.run(args, Limits::SMALL).keeps(std::slice::from_ref(&secret)).code_is(&[2]);
    }
}

#[test]
fn what_a_tree_takes_away_is_told() {
    let keys = [
        "exclude_paths = ['*.txt']",
        "only = ['github']",
        "exclude_rules = ['gitlab']",
        "min_confidence = 'proved'",
        "max_file_size = '1'",
        "[[allow]]\npaths = ['*']",
        "[[allow]]\nregexes = ['.']",
    ];
    for key in keys {
        let (sandbox, secret) = with_config(".tokensieve.toml", &format!("version = 1\n{key}\n"));
        let run = sandbox.run(&["scan", "-f", "json", "."], Limits::SMALL);
        run.keeps(std::slice::from_ref(&secret));
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(
            run.code == Some(1) || said.contains(".tokensieve.toml"),
            "{key} takes the finding without a word: {run:?}"
        );
        // Who does not want to be told by the tree says so.
        sandbox.run(&["scan", "--no-repo-config", "."], Limits::SMALL).code_is(&[1]);
    }
}

#[test]
fn tokens_in_all_places_of_a_configuration() {
    let planted = [github(&mut Random::new(65)), gitlab(&mut Random::new(66))];
    for secret in &planted {
        for text in [
            format!("version = '{secret}'\n"),
            format!("{secret} = 1\n"),
            format!("[{secret}_old]\na = 1\n"),
            format!("version = 1\nonly = ['al{secret}']\n"),
            format!("version = 1\nformat = '{secret}x2'\n"),
            format!("version = 1\nrules = ['/nowhere/{secret}-bak']\n"),
            format!("version = 1\n[[allow]]\nregexes = ['{secret}_a(']\n"),
            format!("version = 1\n[[allow]]\nexpires = '{secret}'\n"),
            format!("version = 1\nversion = '{secret}'\n"),
            format!("version = 1\nexclude_paths = ['{secret}[']\n# {secret}\n"),
        ] {
            for name in [
                ".tokensieve.toml",
                ".gitleaks.toml",
                ".gitleaksignore",
                ".tokensieve.baseline",
                ".gitignore",
            ] {
                let sandbox = Sandbox::new();
                sandbox.file(name, &text);
                sandbox.file("a", "text\n");
                for args in [&["scan"][..], &["config", "lint"]] {
                    sandbox.run(args, Limits::SMALL).keeps(&planted);
                }
            }
        }
    }
}
