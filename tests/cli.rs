//! The command line: arguments, configuration, output, exit codes.

use serde_json::Value;

use crate::support::command::Dir;
use crate::support::tokens::{Random, friendly, personal, routable};

/// A repository of one file with one token.
fn with_token() -> (Dir, String) {
    let dir = Dir::new();
    let token = personal(&mut Random::new(11));
    dir.file("src/config.yml", format!("a: 1\ntoken: {token}\n"));
    (dir, token)
}

#[test]
fn a_finding_in_json() {
    let (dir, token) = with_token();
    let run = dir.run(&["scan", "--format", "json", "."]);
    run.assert_code(1);
    let document = run.json();
    assert_eq!(document["version"], 1);
    let finding = &document["findings"][0];
    assert_eq!(finding["rule_id"], "gitlab_personal_access_token");
    assert_eq!(finding["kind"], "personal_access_token");
    assert_eq!(finding["path"], "src/config.yml");
    let place = ["start_line", "start_column", "end_line", "end_column", "start_byte", "end_byte"];
    assert_eq!(place.map(|key| finding[key].as_u64().unwrap()), [2, 8, 2, 34, 12, 38]);
    assert_eq!(finding["redacted"], concat!("glp", "at-..."));
    assert_eq!(finding["confidence"], "likely");
    assert_eq!(finding["severity"], "critical");
    assert!(finding.get("secret").is_none() && finding.get("path_bytes").is_none());
    assert!(!run.stdout.contains(&token) && !run.stderr.contains(&token));
    let coverage = &document["coverage"];
    assert_eq!(coverage["complete"], true);
    assert_eq!(coverage["files_scanned"], 1);
    assert_eq!(coverage["bytes_scanned"], 39);
    assert!(coverage["rules"].as_u64().unwrap() > 20);
    assert!(run.stderr.contains("1 file scanned (39 B), 1 finding, 0 skipped"), "{}", run.stderr);
}

#[test]
fn owner_facts_of_a_proved_token() {
    let dir = Dir::new();
    let token = routable(&mut Random::new(1), concat!("glp", "at-"), "c:1\no:1\nu:3f");
    let run = dir.run_with_input(&["scan", "-f", "json", "-"], token.as_bytes());
    run.assert_code(1);
    let finding = run.json()["findings"][0].clone();
    assert_eq!(finding["confidence"], "proved");
    assert_eq!(
        finding["facts"],
        serde_json::json!({"cell": "1", "organization": "1", "user": "123"})
    );
    assert_eq!(finding["path"], "<stdin>");
}

#[test]
fn exit_codes() {
    let (dir, _) = with_token();
    dir.file("clean/a", "nothing");
    dir.run(&["scan", "clean"]).assert_code(0);
    dir.run(&["scan"]).assert_code(1);
    dir.run(&["scan", "--exit-code", "0"]).assert_code(0);
    dir.run(&["scan", "--exit-code", "42"]).assert_code(42);
    for wrong in [
        &["scan", "no-such-path"][..],
        &["scan", "--no-such-flag"],
        &["scan", "--only", "no-such-rule"],
        &["scan", "--min-confidence", "sure"],
        &["scan", "--rules", "no-such-file.toml"],
        &["scan", "--config", "no-such-file.toml"],
        &["scan", "--gitlab-prefix", "with space"],
        &["scan", "--only", "gitlab", "--exclude-rule", "gitlab"],
        &["scan", "--jobs", "0"],
        &["nonsense"],
    ] {
        let run = dir.run(wrong);
        run.assert_code(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{wrong:?}: {run:?}");
    }
    dir.run(&["--version"]).assert_code(0);
    dir.run(&["scan", "--help"]).assert_code(0);
}

#[test]
fn secrets_are_shown_on_request_only() {
    let (dir, token) = with_token();
    for format in ["text", "json", "jsonl", "sarif"] {
        let run = dir.run(&["scan", "--verbose", "--format", format]);
        assert!(
            !run.stdout.contains(&token[10..]) && !run.stderr.contains(&token[10..]),
            "{format}: {run:?}"
        );
    }
    for format in ["text", "json", "jsonl"] {
        let run = dir.run(&["scan", "--show-secrets", "--format", format]);
        assert!(run.stdout.contains(&token), "{format}: {run:?}");
    }
}

#[test]
fn mistakes_that_quote_a_secret_are_redacted() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(12));
    for args in [
        &["scan", &token][..],
        &["scan", "--only", &token],
        &[&token],
        &["scan", "--format", &token],
    ] {
        let run = dir.run(args);
        run.assert_code(2);
        assert!(!run.stderr.contains(&token[8..]), "{run:?}");
    }
}

#[test]
fn text_output_tells_place_rule_and_remedy() {
    let (dir, _) = with_token();
    let run = dir.run(&["scan", "--color", "never"]);
    for expected in [
        "src/config.yml:2:8",
        "gitlab_personal_access_token",
        "likely",
        "critical",
        "^^^^",
        "token: ",
    ] {
        assert!(run.stdout.contains(expected), "{expected} in {}", run.stdout);
    }
    assert!(run.stdout.contains("personal_access_tokens/self"), "{}", run.stdout);
    assert!(!run.stdout.contains('\u{1b}'));
    assert!(dir.run(&["scan", "--color", "always"]).stdout.contains('\u{1b}'));
}

#[test]
fn quiet_and_verbose() {
    let (dir, _) = with_token();
    assert!(dir.run(&["scan", "-q"]).stderr.is_empty());
    dir.file("docs.md", format!("use {}{}", concat!("glp", "at-"), "x".repeat(20)));
    let run = dir.run(&["scan", "-v"]);
    assert!(
        run.stderr.contains("docs.md:1:5: suppressed: gitlab_personal_access_token (placeholder)"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("suppressed: 1 placeholder"), "{}", run.stderr);
}

#[test]
fn minimum_confidence() {
    let dir = Dir::new();
    let prefix = concat!("glp", "at-");
    let mut random = Random::new(4);
    dir.file("likely", personal(&mut random));
    dir.file("possible", format!("{prefix}{}", "aB0OIl2cD3eF4gH5iJ6k"));
    dir.file("refuted", format!("{prefix}{}", friendly(&mut random, 19)));
    let count = |confidence: &str| {
        let run = dir.run(&["scan", "-f", "json", "--min-confidence", confidence]);
        run.paths()
    };
    assert_eq!(count("refuted"), ["likely", "possible", "refuted"]);
    assert_eq!(count("possible"), ["likely", "possible"]);
    assert_eq!(count("likely"), ["likely"]);
    assert_eq!(count("proved"), <[&str; 0]>::default());
    let run = dir.run(&["scan", "-f", "json"]);
    assert_eq!(
        run.json()["coverage"]["suppressed"],
        serde_json::json!([{"reason": "wrong length", "count": 1}])
    );
}

#[test]
fn rule_selection_and_rule_files() {
    let (dir, _) = with_token();
    dir.file(
        "acme.toml",
        "[[rules]]\nid = 'acme-key'\nprefixes = ['acme_']\nregex = 'acme_[0-9a-f]{16}'\n",
    );
    dir.file("key", "acme_0123a4567b89cdef");
    let ids = |args: &[&str]| {
        let run = dir.run(&[&["scan", "-f", "json"], args].concat());
        let findings = run.json()["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .map(|finding| finding["rule_id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&["--rules", "acme.toml"]), ["acme-key", "gitlab_personal_access_token"]);
    assert_eq!(ids(&["--rules", "acme.toml", "--only", "acme"]), ["acme-key"]);
    assert_eq!(
        ids(&["--rules", "acme.toml", "--exclude-rule", "gitlab", "--exclude-rule", "generic"]),
        ["acme-key"]
    );
    assert_eq!(ids(&["--only", "gitlab-pat"]), ["gitlab_personal_access_token"]);
    assert_eq!(ids(&["--only", "gitlab_deploy_token"]), <[&str; 0]>::default());
}

#[test]
fn what_is_not_searched_for_is_not_shown_either() {
    let dir = Dir::new();
    let mut random = Random::new(5);
    let (pat, deploy) =
        (personal(&mut random), format!("{}{}", concat!("gl", "dt-"), friendly(&mut random, 20)));
    dir.file("a", format!("{pat} {deploy}\n"));
    let run = dir.run(&["scan", "--only", "gitlab_deploy_token"]);
    run.assert_code(1);
    assert!(!run.stdout.contains(&pat[8..]), "{}", run.stdout);
}

#[test]
fn what_rules_cost() {
    let (dir, _) = with_token();
    let run = dir.run(&["rules", "bench", "."]);
    run.assert_code(0);
    let line =
        run.stdout.lines().find(|line| line.ends_with(" gitlab_personal_access_token")).unwrap();
    let columns: Vec<&str> = line.split_whitespace().collect();
    // The time, the places to try, the findings.
    assert_eq!(columns[1..3], ["1", "1"], "{}", run.stdout);
}

#[test]
fn configuration_file() {
    let (dir, _) = with_token();
    dir.file("sub/.git/HEAD", "");
    dir.file("sub/deep/a", personal(&mut Random::new(1)));
    dir.file(
        "sub/.tokensieve.toml",
        "version = 1\nonly = ['gitlab']\nexclude_rules = ['gitlab']\n",
    );
    // No rule is left, which is an error that names the way out.
    assert!(dir.run(&["scan", "sub/deep"]).assert_code(2).stderr.contains("no rule is left"));
    dir.run(&["scan", "--no-config", "sub/deep"]).assert_code(1);
    dir.file("sub/.tokensieve.toml", "version = 1\nexclude_paths = ['deep']\n");
    dir.run(&["scan", "sub"]).assert_code(0);
    // Not above the root of the repository, and not for another path.
    dir.file(".tokensieve.toml", "version = 1\nexit_code = 7\n");
    dir.run(&["scan", "sub/deep", "--config", ".tokensieve.toml"]).assert_code(7);
    dir.run(&["scan", "src"]).assert_code(1);
    let broken = dir.file("broken.toml", "version = 1\nonli = []\n");
    let run = dir.run(&["scan", "--config", broken.to_str().unwrap()]);
    assert!(
        run.assert_code(2).stderr.contains("broken.toml:2: unknown field `onli`"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_scans_own_files_are_not_scanned() {
    let (dir, token) = with_token();
    dir.file("report.json", format!("old report with {token}"));
    dir.file(".tokensieve.toml", format!("version = 1 # {token}\n"));
    let run = dir.run(&["scan", "-f", "json", "--output", "report.json", "."]);
    run.assert_code(1);
    assert!(run.stdout.is_empty());
    let report: Value =
        serde_json::from_slice(&std::fs::read(dir.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    let own = report["coverage"]["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["reason"] == "own file");
    assert_eq!(own.unwrap()["count"], 2);
}

#[cfg(unix)]
#[test]
fn output_files() {
    use std::os::unix::fs::PermissionsExt;

    let (dir, token) = with_token();
    let out = dir.path().join("out.json");
    let mode = || std::fs::metadata(&out).unwrap().permissions().mode() & 0o777;
    dir.run(&["scan", "-f", "json", "-o", "out.json", "src"]).assert_code(1);
    assert_eq!(mode() & 0o600, 0o600);
    dir.run(&["scan", "-f", "json", "-o", "out.json", "--show-secrets", "src"]).assert_code(1);
    assert_eq!(mode(), 0o600);
    assert!(std::fs::read_to_string(&out).unwrap().contains(&token));
    // Special files survive.
    dir.run(&["scan", "-o", "/dev/null", "src"]).assert_code(1);
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());
    // Nothing half-written is left behind.
    dir.run(&["scan", "-o", "no/such/folder/out", "src"]).assert_code(2);
    let left: Vec<_> =
        std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy().starts_with(".tokensieve-")),
        "{left:?}"
    );
}

#[test]
fn ignore_files_and_their_count() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(3));
    for name in ["a.log", "sub/b.log", "sub/keep.log", ".hidden/c", "build/d", ".git/config"] {
        dir.file(name, &token);
    }
    dir.file(".gitignore", "*.log\nbuild/\n");
    dir.file("sub/.gitignore", "!keep.log\n");
    let run = dir.run(&["scan", "-f", "json"]);
    assert_eq!(run.paths(), [".hidden/c", "sub/keep.log"]);
    assert_eq!((run.skipped_count("ignored"), run.skipped_count("git folder")), (3, 1));
    let run = dir.run(&["scan", "-f", "json", "--no-ignore"]);
    assert_eq!(run.paths(), [".hidden/c", "a.log", "build/d", "sub/b.log", "sub/keep.log"]);
    // A folder below the root still has the patterns of the root.
    let run = dir.run(&["scan", "-f", "json", "sub"]);
    assert_eq!(run.paths(), ["sub/keep.log"]);
    // What is named is scanned.
    assert_eq!(dir.run(&["scan", "-f", "json", "a.log"]).paths(), ["a.log"]);
}

/// Git does not ask `.gitignore` about a file that it tracks.
#[test]
fn tracked_files_are_scanned_though_they_are_ignored() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(8));
    let git = |args: &[&str]| {
        let status =
            std::process::Command::new("git").args(args).current_dir(dir.path()).status().unwrap();
        assert!(status.success(), "{args:?}");
    };
    git(&["init", "-q"]);
    dir.file(".gitignore", ".env\nbuild/\n*.bak\n");
    for name in
        [".env", "build/forced", "build/other", "build/sub/forced", "build/sub/.gitignore", "a.bak"]
    {
        dir.file(name, &token);
    }
    git(&["add", "-f", ".env", "build/forced", "build/sub/forced"]);
    let run = dir.run(&["scan", "-f", "json"]);
    assert_eq!(run.paths(), [".env", "build/forced", "build/sub/forced"]);
    assert_eq!(run.skipped_count("ignored"), 3);
}

#[test]
fn the_users_global_ignore_file_is_not_read() {
    let (dir, _) = with_token();
    let home = Dir::new();
    home.file(".config/git/ignore", "*\n");
    home.file(".gitconfig", "[core]\n\texcludesFile = ~/.config/git/ignore\n");
    let output = dir.command(&["scan", "-q"]).env("HOME", home.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn excluded_paths_and_sizes() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(3));
    for name in ["a/x.txt", "a/y.md", "b/x.txt"] {
        dir.file(name, &token);
    }
    dir.file("big", format!("{token}\n{}", "x".repeat(5000)));
    let run = dir.run(&[
        "scan",
        "-f",
        "json",
        "--exclude-path",
        "*.md",
        "--exclude-path",
        "/b",
        "--max-file-size",
        "4K",
    ]);
    assert_eq!(run.paths(), ["a/x.txt"]);
    assert_eq!((run.skipped_count("excluded path"), run.skipped_count("too large")), (2, 1));
    assert_eq!(run.json()["coverage"]["complete"], true);
    let run = dir.run(&["scan", "-f", "json", "--exclude-path", "/b", "b/x.txt"]);
    assert_eq!(run.paths(), ["b/x.txt"], "outside a repository the root is the folder of the file");
}

#[test]
fn lists_of_files() {
    let (dir, _) = with_token();
    dir.file("b c.txt", personal(&mut Random::new(8)));
    dir.file("list", "src/config.yml\nb c.txt\n\n");
    let run = dir.run(&["scan", "-f", "json", "--files-from", "list"]);
    assert_eq!(run.paths(), ["b c.txt", "src/config.yml"]);
    let run = dir.run_with_input(
        &["scan", "-f", "json", "--files-from", "-", "-0"],
        b"b c.txt\0src/config.yml\0",
    );
    assert_eq!(run.paths(), ["b c.txt", "src/config.yml"]);
    // A listed file that is gone is a gap, not a mistake.
    dir.file("list", "gone\n");
    let run = dir.run(&["scan", "-f", "json", "--files-from", "list"]);
    run.assert_code(3);
    assert_eq!(run.skipped_count("vanished"), 1);
}

#[test]
fn standard_input_with_a_name() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(9));
    let run = dir
        .run_with_input(&["scan", "-f", "json", "--stdin-path", "a/b.txt", "-"], token.as_bytes());
    assert_eq!(run.paths(), ["a/b.txt"]);
    dir.run_with_input(&["scan", "-"], b"").assert_code(0);
}

#[test]
fn fingerprints_survive_moved_lines_and_depend_on_the_key() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(10));
    let ids = |key: Option<&str>, text: String| {
        dir.file("a", text);
        let mut command = dir.command(&["scan", "-f", "json", "a"]);
        if let Some(key) = key {
            command.env("TOKENSIEVE_KEY_FILE", dir.file("key", key));
        }
        let document: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        let finding = document["findings"][0].clone();
        (finding["secret_id"].clone(), finding["fingerprint"].clone())
    };
    let plain = ids(None, format!("x {token}\n"));
    assert_eq!(plain, ids(None, format!("\n\n  moved {token}\n")));
    let keyed = ids(Some("a key of sixteen bytes or more"), format!("x {token}\n"));
    assert_ne!(plain.0, keyed.0);
    assert_ne!(plain.1, keyed.1);
    let output = dir
        .command(&["scan"])
        .env("TOKENSIEVE_KEY_FILE", dir.file("key", "short"))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn threads_and_ways_of_reading_do_not_show() {
    let dir = Dir::new();
    let mut random = Random::new(20);
    for index in 0..60 {
        let filler = "line of text\n".repeat(random.below(3000));
        dir.file(
            &format!("d{}/f{index}", index % 7),
            format!("{filler}{}\n{filler}", personal(&mut random)),
        );
    }
    let mut large = "0123456789abcdef\n".repeat(700_000);
    large.insert_str(9_000_017, &format!(" {} ", personal(&mut random)));
    dir.file("large", &large);
    for format in ["text", "json", "jsonl", "sarif"] {
        let expected = dir.run(&["scan", "-f", format, "-j", "1"]);
        expected.assert_code(1);
        for args in [&["-j", "2"][..], &["-j", "8"], &["--mmap"], &["--no-mmap"]] {
            let run = dir.run(&[&["scan", "-f", format], args].concat());
            assert_eq!(run.stdout, expected.stdout, "{format} {args:?}");
        }
    }
    let from_file = dir.run(&["scan", "-f", "json", "large"]);
    let from_stdin =
        dir.run_with_input(&["scan", "-f", "json", "--stdin-path", "large", "-"], large.as_bytes());
    assert_eq!(from_file.json()["findings"], from_stdin.json()["findings"]);
    assert_eq!(from_file.json()["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::Stdio;

    let dir = Dir::new();
    let mut random = Random::new(30);
    let lines: String = (0..20_000).map(|_| format!("{}\n", personal(&mut random))).collect();
    dir.file("a", lines);
    let mut child = dir
        .command(&["scan", "-f", "jsonl", "a"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("cannot write"));
}

#[test]
fn listing_rules() {
    let dir = Dir::new();
    let run = dir.run(&["rules", "list"]);
    run.assert_code(0);
    assert!(run.stdout.lines().any(|line| line.starts_with("gitlab_deploy_token ")));
    let run = dir.run(&["rules", "list", "--format", "jsonl"]);
    for line in run.stdout.lines() {
        let rule: Value = serde_json::from_str(line).unwrap();
        assert!(rule["id"].is_string() && rule["remedy"]["api"].is_string());
    }
}

#[test]
fn linting_rules() {
    let dir = Dir::new();
    dir.run(&["rules", "lint"]).assert_code(0);
    let table = [
        (
            "[[rules]]\nid = 'a'\nregex = 'abc('\n",
            "bad.toml:2: error: rule `a`: `regex` is no regex",
        ),
        (
            "\n[[rules]]\nid = 'a'\nregex = 'x*'\n",
            "bad.toml:3: error: rule `a`: `regex` matches the empty string",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = '[a-z]{9}'\n",
            "bad.toml:2: warning: rule `a`: no literal of 3 bytes",
        ),
        ("[[rules]]\nid = 'a'\nregex = '^abcd'\n", "bad.toml:2: error: rule `a`: `^`"),
        (
            "[[rules]]\nid = 'a'\nregex = 'abcd'\nmax_len = 70000\n",
            "`max_len` must be from 1 to 65536",
        ),
        ("[[rules]]\nid = 'a'\nregex = 'abc(?:[a-z]{1000}){1000}'\n", "`regex` is too large"),
        (
            "[[rules]]\nid = 'a'\nregex = 'abcd'\n[[rules]]\nid = 'a'\nregex = 'abcd'\n",
            "bad.toml:5: error: rule `a`: the id is",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'abcd'\nprefixes = ['zyx']\n",
            "no match of `regex` starts with the prefix `zyx`",
        ),
        (
            "[[rules]]\nid = 'a'\nregx = 'abcd'\n",
            "bad.toml:3: error: unknown field `regx`: did you mean `regex`?",
        ),
        ("[[rules]\n", "bad.toml:1: "),
    ];
    for (text, expected) in table {
        dir.file("bad.toml", text);
        let run = dir.run(&["rules", "lint", "bad.toml"]);
        assert!(run.stdout.contains(expected), "{expected} in {run:?}");
        let is_warning = expected.contains("warning");
        run.assert_code(if is_warning { 0 } else { 2 });
        if !is_warning {
            let run = dir.run(&["scan", "--rules", "bad.toml"]);
            assert!(run.assert_code(2).stderr.contains("bad.toml:"), "{run:?}");
        }
    }
}
