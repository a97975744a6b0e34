//! Configurations, ignore files and baselines of any bytes are read or refused.

use tokensieve_core::RuleSet;
use tokensieve_core::gitleaks::Gitleaks;
use tokensieve_core::suppression::GitleaksReport;
use tokensieve_core::suppression::{Baseline, IgnoreFile};

use super::run_on;
use crate::hostile::sandbox::{Limits, Sandbox};
use crate::support::tokens::{Random, personal};

/// What gitleaks would refuse has a line; what it takes can be written in the form of this program,
/// and is read.
fn reading_gitleaks(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    // What is missing at the end stands behind the last line.
    let lines = text.lines().count() + 1;
    let remarks = Gitleaks::lint("g.toml", text, &|_| None);
    assert!(remarks.iter().all(|remark| remark.line <= lines), "{remarks:?}");
    if let Ok(gitleaks) = Gitleaks::read("g.toml", text, &|_| None) {
        let native = gitleaks.to_native("r.toml");
        if !native.rules.is_empty() {
            drop(RuleSet::from_toml("r.toml", &native.rules));
        }
    }
}

/// Baselines of both kinds, and ignore files.
fn reading_lists(data: &[u8]) {
    let file = IgnoreFile::read(data);
    drop(format!("{file:?}"));
    let Ok(text) = str::from_utf8(data) else { return };
    if let Err(error) = Baseline::read("b", text) {
        assert!(error.place().is_some_and(|(_, line)| line >= 1), "{error}");
    }
    if GitleaksReport::is_one(text) {
        drop(GitleaksReport::read("b", text));
    }
}

/// A tree with the file as each that is picked up, scanned by the program: that of this program is
/// read nowhere else.
fn configuring(data: &[u8]) {
    let sandbox = Sandbox::new();
    sandbox.file(".tokensieve.toml", data);
    sandbox.file("a", "text\n");
    for args in [&["scan"][..], &["config", "lint"]] {
        sandbox.run(args, Limits::ANY).keeps(&[]);
    }
}

fn seeds() -> Vec<Vec<u8>> {
    let token = personal(&mut Random::new(4));
    let salt = "0".repeat(32);
    [
        "title = 'a'\n[extend]\nuseDefault = true\ndisabledRules = ['a', 'b']\n[[allowlists]]\n\
         paths = ['''a/.*''']\n",
        "[[rules]]\nid = 'a'\ndescription = 'b'\nregex = '''(?i)key\\s*=\\s*([a-z]{10})'''\n\
         secretGroup = 1\n",
        "[[rules]]\nid = 'a'\nregex = '''a'''\nentropy = 3.5\nkeywords = ['a']\n\
         [[rules.allowlists]]\nregexTarget = 'line'\n",
        "[[rules]]\nid = 'a'\npath = '''\\.p12$'''\n[[rules.required]]\nid = 'b'\n\
         withinLines = 3\n",
        "version = 1\nonly = ['gitlab']\nexclude_paths = ['/a/', '*.b']\nmax_file_size = '50M'\n\
         jobs = 2\n",
        "version = 1\n[[allow]]\nregexes = ['^a+$']\nexpires = 2030-01-01\ntarget = 'line'\n\
         [gitlab]\nprefixes = ['a']\n",
        "version = 1\nformat = 'json'\nexit_code = 7\nfollow = true\narchives = true\n\
         archive_depth = 2\n",
        "a/b.txt:rule:1\n0123456789012345678901234567890123456789:a b:rule:22\n# comment\n\
         \\#a:b:3\n",
        "[{\"RuleID\": \"a\", \"File\": \"b\", \"Secret\": \"c\", \"StartLine\": 1, \"Commit\": \
         \"\", \"Match\": \"c\"}]",
    ]
    .into_iter()
    .map(ToOwned::to_owned)
    .chain([
        format!(
            "tokensieve-baseline version=1 salt={salt}\n# c\n\
                 gitlab {salt} path=\"a/\" reason=\"b\" expires=2030-01-01\n"
        ),
        format!("version = 1\nonly = ['{token}']\n[[allow]]\nregexes = ['{token}(']\n"),
        format!("{token}:a:1\n{token} = '{token}'\n"),
    ])
    .map(String::into_bytes)
    .collect()
}

#[test]
fn fuzz_reading_gitleaks() {
    run_on(reading_gitleaks, &seeds());
}

#[test]
fn fuzz_reading_lists() {
    run_on(reading_lists, &seeds());
}

#[test]
fn fuzz_configuring() {
    run_on(configuring, &seeds());
}
