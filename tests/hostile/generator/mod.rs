//! Makes hostile repositories, trees and archives from seeds, and holds each to what is promised.
//!
//! `TOKENSIEVE_HOSTILE_SEEDS` is the number of seeds of each kind; without it there are a few. A
//! seed that fails is run again alone by `TOKENSIEVE_HOSTILE_SEED`, and what it has made stays in
//! the folder for temporary files if `TOKENSIEVE_HOSTILE_KEEP` is set.

mod archives;
mod histories;
mod trees;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::make::token::{github, gitlab};
use super::sandbox::{Limits, Sandbox};
use crate::support::tokens::Random;

/// Seeds of each kind in a run of all tests, which must not take long.
const FEW: u64 = 8;

/// No more tests than that run at a time: each has a program with threads of its own.
const AT_A_TIME: usize = 2;

/// All ways to report.
const FORMATS: [&[&str]; 6] = [
    &["-f", "text"],
    &["-f", "text", "-v"],
    &["-f", "json"],
    &["-f", "jsonl"],
    &["-f", "sarif"],
    &["--show-suppressed"],
];

/// A number of the environment.
fn number(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
}

/// Tries all seeds, and names those that fail.
fn all_seeds(check: fn(&mut Random)) {
    let seeds: Vec<u64> = match number("TOKENSIEVE_HOSTILE_SEED") {
        Some(seed) => vec![seed],
        None => (0..number("TOKENSIEVE_HOSTILE_SEEDS").unwrap_or(FEW)).collect(),
    };
    let (next, failed) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed) as usize) {
                    // What a seed says when it fails is printed by the panic itself.
                    if catch_unwind(AssertUnwindSafe(|| check(&mut Random::new(*seed)))).is_err() {
                        failed.lock().unwrap().push(*seed);
                    }
                }
            });
        }
    });
    let mut failed = failed.into_inner().unwrap();
    failed.sort_unstable();
    assert!(
        failed.is_empty(),
        "{} of {} seeds fail, see above: {failed:?}",
        failed.len(),
        seeds.len()
    );
}

/// One of several.
fn one_of<T: Clone>(random: &mut Random, list: &[T]) -> T {
    list[random.below(list.len())].clone()
}

/// A text with a secret, which is noted.
fn with_secret(random: &mut Random, planted: &mut Vec<String>) -> String {
    let secret = if random.below(2) == 0 { github(random) } else { gitlab(random) };
    planted.push(secret.clone());
    let filler = "some words of no meaning\n".repeat(random.below(4));
    match random.below(4) {
        0 => format!("{filler}token: {secret}\n{filler}"),
        1 => format!("{filler}{{\"key\": \"{secret}\"}}"),
        2 => format!("{filler}export KEY='{secret}'\r\n"),
        _ => format!("{}{secret} {filler}", "x ".repeat(random.below(3000))),
    }
}

/// Names that a file may have, and hardly ever has.
const ODD_NAMES: [&[u8]; 12] = [
    b"::add-mask::a",
    b"##[error]a",
    b"a\nb",
    b"\x1b]0;title\x07",
    b"\xff\xfe\x80",
    "\u{202e}txt.a".as_bytes(),
    b"-f",
    b" ",
    b"a\\b",
    b"%2e%2e%2f",
    b"<img src=x>",
    b"$(touch pwned)",
];

/// Configurations that a tree could bring along.
fn hostile_configuration(sandbox: &Sandbox, random: &mut Random, secret: &str) {
    let files: [(&str, String); 14] = [
        (".tokensieve.toml", format!("version = 1\nexclude_paths = ['*']\n# {secret}\n")),
        (".tokensieve.toml", format!("version = 1\n{secret} = 1\n")),
        (".tokensieve.toml", format!("version = 1\nonly = ['{secret}']\n")),
        (".tokensieve.toml", format!("version = 1\n[[allow]]\nregexes = ['{secret}(']\n")),
        (
            ".tokensieve.toml",
            "version = 1\narchives = true\nmin_confidence = 'proved'\ndecode_depth = 5\n".into(),
        ),
        (".tokensieve.toml", "version = 1\nrules = ['r.toml']\n".into()),
        (".tokensieve.toml", "version = 1\n\"\\u001b]0;a\\u0007\\n::error::a\" = 1\n".into()),
        (".tokensieve.toml", "\u{0}\u{1}".into()),
        (
            ".gitleaks.toml",
            "[[allowlists]]\nregexes = ['''.*''']\n[extend]\nuseDefault = true\n".into(),
        ),
        (
            ".gitleaks.toml",
            format!("[[rules]]\nid = '{secret}'\nregex = '''(a{{0,100}}){{0,100}}b'''\n"),
        ),
        (".gitleaksignore", format!("{secret}\na:b:1\n::error::a\n")),
        (
            ".tokensieve.baseline",
            format!("tokensieve-baseline version=1 salt={}\n{secret} a\n", "0".repeat(32)),
        ),
        (".gitignore", "*\n!*/\n[\n".into()),
        (".gitattributes", "* filter=pwned diff=pwned working-tree-encoding=UTF-32\n".into()),
    ];
    let (name, text) = one_of(random, &files);
    sandbox.file(name, text);
    let rule = "[[rules]]\nid = 'github_personal_access_token'\nname = \"\\u001b[31m\"\n\
         regex = 'fits-nothing-[0-9]{9}'\n";
    sandbox.file("r.toml", rule);
}

/// Runs a command that reports: in one form with all that it finds, which must be right or said to
/// be incomplete, and in another one as it comes, which shows nothing.
fn is_kept(
    sandbox: &Sandbox,
    random: &mut Random,
    args: &[&str],
    more: &[&str],
    planted: &[String],
) {
    let all = [args, more, &["-f", "json", "--show-secrets"]].concat();
    sandbox.run(&all, Limits::ANY).keeps(&[]).is_honest(planted);
    let format = one_of(random, &FORMATS);
    sandbox.run(&[args, format].concat(), Limits::ANY).keeps(planted).is_plain();
}
