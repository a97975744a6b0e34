//! docs/rules.md is made from the rules; the README is followed to the letter.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tokensieve_core::report::Format;
use tokensieve_core::{Proof, Rule, RuleSet};

use crate::support::command::Dir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Compares a file with what it should be, or writes it where `TOKENSIEVE_UPDATE` is set.
fn check_or_write(path: &PathBuf, expected: &str) {
    if std::env::var_os("TOKENSIEVE_UPDATE").is_some() {
        std::fs::write(path, expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap();
    assert!(
        found == expected,
        "{} is stale: run the tests with TOKENSIEVE_UPDATE=1",
        path.display()
    );
}

fn section(rule: &Rule) -> String {
    let mut text = format!("### `{}`\n\n{}. {}\n\n", rule.id(), rule.name(), rule.description());
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            writeln!(text, "- {name}: {value}").unwrap();
        }
    };
    let code = |values: &[String]| {
        values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
    };
    row("kind", format!("`{}`", rule.kind()));
    row("severity", rule.severity().to_string());
    row("prefixes", code(rule.prefixes()));
    row("also known as", code(rule.aliases()));
    row("proved offline", if rule.proof().is_some() { "yes".to_owned() } else { String::new() });
    row("documentation", format!("<{}>", rule.url()));
    row("when it leaks", rule.remediation().ui().to_owned());
    row("by API", rule.remediation().api().to_owned());
    text
}

#[test]
fn rules_md_is_current() {
    let rules = RuleSet::builtin();
    let mut text = format!(
        "# Rules\n\nMade from `rules/*.toml` by the tests; do not edit. {} rules. \
         What the keys of a rule mean is in [formats.md](formats.md).\n",
        rules.len()
    );
    let mut provider = "";
    for rule in rules.iter() {
        if rule.provider() != provider {
            provider = rule.provider();
            write!(text, "\n## {provider}\n").unwrap();
        }
        write!(text, "\n{}", section(rule)).unwrap();
    }
    check_or_write(&root().join("docs/rules.md"), &text);
}

/// The commands in the README's blocks of shell code.
fn commands(readme: &str) -> Vec<&str> {
    let blocks = readme.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).filter(|line| !line.is_empty()).collect()
}

#[test]
fn the_readmes_commands_are_what_they_should_be() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert_eq!(
        commands(&readme),
        ["cargo run --release --locked -- scan .", "cargo test --workspace --locked"],
        "this test and .ci/run follow the README: change them together"
    );
    // Each one in its table of tasks. The first of the two above is what it does, built before.
    let dir = Dir::new();
    dir.run(&["scan", "."]).assert_code(0);
    for args in [
        &["init", "-q", "-b", "main"][..],
        &[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "commit",
            "-q",
            "--allow-empty",
            "-m",
            "first",
        ],
    ] {
        assert!(
            std::process::Command::new("git")
                .args(args)
                .current_dir(dir.path())
                .status()
                .unwrap()
                .success()
        );
    }
    dir.file("my.toml", "[[rules]]\nid = 'acme-key'\nregex = 'acme_[0-9a-f]{16}'\n");
    dir.file(".gitleaks.toml", "[extend]\nuseDefault = true\n");
    let rows =
        readme.lines().filter(|line| line.starts_with("| ") && line.contains("`tokensieve "));
    let mut count = 0;
    for row in rows {
        for code in row.split('`').skip(1).step_by(2).filter(|code| code.starts_with("tokensieve "))
        {
            let mut args: Vec<&str> = code.split(' ').skip(1).collect();
            // A word in capitals stands for something that the reader has: then the options are
            // read, and nothing more.
            let is_placeholder = |arg: &&str| arg.chars().all(|c| c.is_ascii_uppercase());
            if args.iter().any(is_placeholder) {
                args.push("--help");
            }
            let run = dir.run(&args);
            assert_eq!(run.code, Some(0), "{code}: {run:?}");
            count += 1;
        }
    }
    assert!(count >= 25, "{count} commands");
}

/// The names of all commands, as the program's help lists them.
fn names_of_commands() -> Vec<String> {
    let help = Dir::new().run(&["--help"]).stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let is_name = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let names = commands.lines().filter(is_name).filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.filter(|name| *name != "help").map(str::to_owned).collect();
    assert!(names.len() >= 12, "{help}");
    names
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for name in names_of_commands() {
        assert!(readme.contains(&format!("tokensieve {name}")), "{name} has no row in the README");
    }
}

/// Some test calls each command: in code, `["scan", ...]`, or in a step of a case, `run = "scan`.
#[test]
fn every_command_is_called_by_a_test() {
    let mut sources = String::new();
    read_files(&root().join("tests"), &["rs", "toml"], &mut sources);
    for name in names_of_commands() {
        let is_called = sources.contains(&format!("[\"{name}\""))
            || ["\"", " "].iter().any(|end| sources.contains(&format!("run = \"{name}{end}")));
        assert!(is_called, "no test calls {name}");
    }
}

#[test]
fn every_format_is_described() {
    let formats = std::fs::read_to_string(root().join("docs/formats.md")).unwrap();
    // Other tables have rows of the same form.
    let is_theirs = |block: &&str| block.contains("\n| `html` | ");
    let table = formats.split("\n\n").find(is_theirs).unwrap();
    for format in Format::ALL {
        assert!(table.contains(&format!("\n| `{format}` | ")), "{format} is not in the table");
    }
}

/// Serde names all proofs where it does not know one.
#[test]
fn every_proof_is_described() {
    let formats = std::fs::read_to_string(root().join("docs/formats.md")).unwrap();
    let row = formats.lines().find(|line| line.starts_with("| `proof` | ")).unwrap();
    let error = serde_json::from_str::<Proof>("\"none\"").unwrap_err().to_string();
    let (_, known) = error.split_once("expected one of ").unwrap();
    for name in known.split('`').skip(1).step_by(2) {
        assert!(row.contains(&format!("`{name}`")), "docs/formats.md does not describe `{name}`");
    }
}

/// The recipes name files and tests that are there.
#[test]
fn the_recipes_name_what_is_there() {
    let text = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let mut sources = String::new();
    for folder in ["tests", "scanner-core/src", "scanner-cli/src"] {
        read_files(&root().join(folder), &["rs"], &mut sources);
    }
    let (mut paths, mut tests) = (0, 0);
    for code in text.split('`').skip(1).step_by(2) {
        let is_path = code.contains('/') && !code.contains([' ', '<', ':']);
        if is_path {
            assert!(root().join(code).exists(), "{code}");
            paths += 1;
        } else if code.matches('_').count() >= 1
            && code.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            assert!(sources.contains(&format!("fn {code}(")), "{code}");
            tests += 1;
        }
    }
    assert!(paths >= 15 && tests >= 12, "{paths} {tests}");
}

/// Appends all files below a folder that have one of these extensions.
fn read_files(folder: &Path, extensions: &[&str], out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_wanted = |it: &std::ffi::OsStr| extensions.iter().any(|wanted| it == *wanted);
        if path.is_dir() {
            read_files(&path, extensions, out);
        } else if path.extension().is_some_and(is_wanted) {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}
