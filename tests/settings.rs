//! Where settings come from: options, variables, the tree's file, the user's; and what says so.

use std::process::Command;

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

fn with_token() -> Dir {
    let dir = Dir::new();
    dir.file("a", format!("token: {}\n", personal(&mut Random::new(81))));
    dir
}

fn run_with(dir: &Dir, args: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command: Command = dir.command(args);
    Run::of(command.envs(variables.iter().copied()).output().unwrap())
}

/// The source of a setting, as `config show` says it.
fn source(run: &Run, setting: &str) -> (String, String) {
    run.assert_code(0);
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = rows.as_array().unwrap();
    let row = rows.iter().find(|row| row["setting"] == setting).unwrap();
    (row["value"].as_str().unwrap().to_owned(), row["source"].as_str().unwrap().to_owned())
}

fn pair(value: &str, source: &str) -> (String, String) {
    (value.to_owned(), source.to_owned())
}

#[test]
fn options_before_variables_before_files() {
    let dir = with_token();
    dir.file(".tokensieve.toml", "version = 1\nformat = 'csv'\n");
    dir.file(".config/tokensieve/config.toml", "version = 1\nformat = 'sarif'\njobs = 1\n");
    let json = ("TOKENSIEVE_FORMAT", "json");
    assert!(run_with(&dir, &["scan", "-f", "jsonl"], &[json]).stdout.starts_with("{\"type\""));
    assert!(run_with(&dir, &["scan"], &[json]).stdout.starts_with("{\"version\""));
    let csv = dir.run(&["scan"]).stdout;
    assert!(!csv.starts_with('{') && csv.lines().next().unwrap().contains(','), "{csv}");
    std::fs::remove_file(dir.path().join(".tokensieve.toml")).unwrap();
    assert!(dir.run(&["scan"]).stdout.contains("\"$schema\""));
    assert!(dir.run(&["scan", "--no-config"]).stdout.contains("\"$schema\""));
}

#[test]
fn variables_of_flags_lists_and_ranges() {
    let dir = with_token();
    run_with(&dir, &["scan"], &[("TOKENSIEVE_EXIT_CODE", "7")]).assert_code(7);
    run_with(&dir, &["scan"], &[("TOKENSIEVE_EXCLUDE_PATH", "a\nb")]).assert_code(0);
    let run = run_with(&dir, &["scan"], &[("TOKENSIEVE_QUIET", "1")]);
    assert!(run.stderr.is_empty(), "{run:?}");
    for (name, value) in [("TOKENSIEVE_JOBS", "0"), ("TOKENSIEVE_FORMAT", "xml")] {
        let run = run_with(&dir, &["scan"], &[(name, value)]);
        run.assert_code(2);
        assert!(run.stderr.starts_with(&format!("error: {name}: ")), "{run:?}");
        assert_eq!(run.stdout, "");
    }
    let token = personal(&mut Random::new(82));
    let run = run_with(&dir, &["scan"], &[("TOKENSIEVE_FORMAT", &token)]);
    assert!(run.code == Some(2) && !run.stderr.contains(&token[8..]), "{run:?}");
    let run = run_with(&dir, &["scan"], &[("TOKENSIEVE_SHOW_SECRETS", "true")]);
    run.assert_code(2);
    assert!(run.stderr.contains("not taken from the environment: type --show-secrets"), "{run:?}");
    let run = run_with(&dir, &["scan"], &[("TOKENSIEVE_TIMEOT", "1")]);
    run.assert_code(1);
    assert!(run.stderr.starts_with("warning: TOKENSIEVE_TIMEOT is the variable of no option"));
}

#[test]
fn a_user_does_not_decide_what_is_found() {
    let dir = with_token();
    for key in ["exclude_paths = ['a']", "only = ['github']", "exit_code = 0", "allow = []"] {
        dir.file(".config/tokensieve/config.toml", format!("version = 1\n{key}\n"));
        let run = dir.run(&["scan"]);
        run.assert_code(2);
        assert!(
            run.stderr.contains("config.toml:2: ")
                && run.stderr.contains("is no setting of a user")
        );
    }
    // A folder that is not absolute does not count.
    let run = run_with(&dir, &["scan"], &[("XDG_CONFIG_HOME", ".config"), ("HOME", "")]);
    run.assert_code(1);
}

#[test]
fn config_show_says_where_each_value_comes_from() {
    let dir = with_token();
    dir.file(
        ".tokensieve.toml",
        "version = 1\nexclude_paths = ['vendor', '*.lock']\nmin_confidence = 'likely'\n\
         [gitlab]\nprefixes = ['acme-']\n[[allow]]\npaths = ['docs']\n",
    );
    let user = dir.file(".config/tokensieve/config.toml", "version = 1\nmax_memory = '1G'\n");
    let root = dir.path().canonicalize().unwrap();
    let file = root.join(".tokensieve.toml");
    let at = |line: usize| format!("{}:{line}", file.display());
    let args = ["config", "show", "--json", "--exclude-path", "x", "--follow"];
    let run = run_with(&dir, &args, &[("TOKENSIEVE_JOBS", "3"), ("TOKENSIEVE_TIMEOUT", "10m")]);
    let of = |setting: &str| source(&run, setting);
    assert_eq!(of("configuration"), pair(&file.display().to_string(), "found in the tree"));
    assert_eq!(of("jobs"), pair("3", "TOKENSIEVE_JOBS"));
    assert_eq!(of("timeout"), pair("600 s", "TOKENSIEVE_TIMEOUT"));
    assert_eq!(of("follow"), pair("true", "--follow"));
    assert_eq!(of("min_confidence"), pair("likely", &at(3)));
    assert_eq!(of("gitlab.prefixes"), pair("acme-", &at(5)));
    assert_eq!(of("allow"), pair("allow: paths docs", &at(6)));
    assert_eq!(of("max_memory"), pair("1.00 GiB", &format!("{}:2", user.display())));
    assert_eq!(of("decode_depth"), pair("2", "default"));
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let patterns = rows.as_array().unwrap().iter().filter(|row| row["setting"] == "exclude_paths");
    let patterns: Vec<(&str, &str)> = patterns
        .map(|row| (row["value"].as_str().unwrap(), row["source"].as_str().unwrap()))
        .collect();
    assert_eq!(patterns, [("vendor", &*at(2)), ("*.lock", &*at(2)), ("x", "--exclude-path")]);
    // For people, in columns.
    let run = dir.run(&["config", "show", "--jobs", "2"]);
    let line = run.stdout.lines().find(|line| line.starts_with("jobs ")).unwrap();
    assert_eq!(line.split_whitespace().collect::<Vec<_>>(), ["jobs", "2", "--jobs"]);
    // Wrong files are errors here, too.
    dir.file(".tokensieve.toml", "version = 1\njobs = 2\n");
    dir.run(&["config", "show"]).assert_code(2);
}

#[test]
fn every_option_of_a_scan_is_shown() {
    let dir = Dir::new();
    let help = dir.run(&["scan", "--help"]).stdout;
    let shown = dir.run(&["config", "show", "--archives"]).stdout.replace('_', "-");
    // What says what is scanned, asks a server, or is about one call.
    let others = [
        "help",
        "files-from",
        "null",
        "stdin-path",
        "no-mmap",
        "mmap",
        "config",
        "no-config",
        "no-inline-allow",
        "gitlab-raw-extract",
        "verify",
        "only-active",
        "instance",
        "ca-file",
        "admin",
        "token-file",
        "token-env",
        "project",
        "group",
        "application-id",
        "deploy-user",
        "allow-side-effects",
        "associations",
        "gitlab-prefix",
        "baseline",
        "no-baseline",
    ];
    let options = help.lines().map(str::trim_start).filter_map(|line| {
        let line = line.strip_prefix("-").map_or(line, |_| line);
        let start = line.starts_with('-').then(|| line.find("--")).flatten()?;
        line[start + 2..].split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next()
    });
    let mut count = 0;
    for option in options.filter(|option| !others.contains(option)) {
        let name = option
            .replace("exclude-path", "exclude-paths")
            .replace("exclude-rule", "exclude-rules");
        assert!(
            shown.lines().any(|line| line.split("  ").next() == Some(&name)),
            "{name}: {shown}"
        );
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn the_long_version_says_what_it_is() {
    let dir = Dir::new();
    let run = dir.run(&["--version"]);
    run.assert_code(0);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines[0], concat!("tokensieve ", env!("CARGO_PKG_VERSION")));
    let value = |name: &str| {
        let line = lines.iter().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..].trim().to_owned()
    };
    assert!(value("rules:").parse::<usize>().unwrap() > 700);
    assert!(value("target:").contains(std::env::consts::ARCH));
    assert!(!value("processor:").is_empty() && !value("commit:").is_empty());
    #[cfg(feature = "git")]
    assert!(value("features:").contains("git"));
    assert_eq!(dir.run(&["-V"]).stdout.lines().count(), 1);
}
