//! What people read and type: verdicts, colours, severities, rules and findings explained, findings
//! accepted by their fingerprint, misspelt names.

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

fn with_token() -> (Dir, String) {
    let dir = Dir::new();
    let token = personal(&mut Random::new(31));
    dir.file("a.env", format!("TOKEN={token}\n"));
    dir.file("b.env", format!("\n\nTOKEN={token}\n"));
    (dir, token)
}

fn fingerprint(dir: &Dir, args: &[&str]) -> String {
    let run = dir.run(&[&["scan", "-f", "json"], args].concat());
    run.json()["findings"][0]["fingerprint"].as_str().unwrap().to_owned()
}

fn last_line(run: &Run) -> &str {
    run.stderr.lines().last().unwrap()
}

#[test]
fn the_summary_is_first_and_the_verdict_last() {
    let (dir, _) = with_token();
    let run = dir.run(&["scan"]);
    run.assert_code(1);
    assert!(
        run.stdout
            .starts_with("1 secret in 2 places of 2 files: 1 critical (1 likely)\n\na.env:1:7"),
        "{run:?}"
    );
    assert!(run.stdout.contains("  also at b.env:3:7\n"), "{run:?}");
    assert_eq!(last_line(&run), "failed: 2 findings, the worst of critical severity");
    assert!(run.stderr.contains("\nto accept a finding that is harmless: "), "{run:?}");
    dir.file("clean/a", "nothing");
    let run = dir.run(&["scan", "clean"]);
    assert_eq!(last_line(&run), "clean: nothing to report");
    assert!(!run.stderr.contains("to accept"), "{run:?}");
}

#[test]
fn severities_decide_what_is_reported_and_what_fails() {
    let dir = Dir::new();
    // Medium.
    dir.file("a", ["client_se", "cret = \"Zx8vQ2mK9pLr4TnW7yBc3DfG\"\n"].concat());
    let finding = dir.run(&["scan", "-f", "json"]).finding();
    assert_eq!(finding["severity"], "medium");
    let run = dir.run(&["scan", "--fail-on", "high"]);
    run.assert_code(0);
    assert!(run.stdout.contains("a:1:"), "{run:?}");
    assert_eq!(
        last_line(&run),
        "passed: 1 finding, the worst of medium severity, none is so severe as to fail"
    );
    dir.run(&["scan", "--fail-on", "medium"]).assert_code(1);
    let run = dir.run(&["scan", "--min-severity", "high"]);
    run.assert_code(0);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("1 suppressed: low severity"), "{run:?}");
    dir.run(&["scan", "--min-severity", "medium"]).assert_code(1);
    let run = dir.run(&["scan", "--fail-on", "huge"]);
    run.assert_code(2);
    assert!(run.stderr.contains("[possible values: info, low, medium, high, critical]"), "{run:?}");
}

#[test]
fn colours_follow_the_environment() {
    let (dir, _) = with_token();
    let is_coloured = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = dir.command(&[&["scan"], args].concat());
        command.env_remove("CLICOLOR").env_remove("CLICOLOR_FORCE");
        let run = Run::of(command.envs(variables.iter().copied()).output().unwrap());
        run.stdout.contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]), "a pipe has none");
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
    assert!(is_coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
}

#[test]
fn findings_are_accepted_by_their_fingerprints() {
    let (dir, token) = with_token();
    let other = personal(&mut Random::new(32));
    dir.file("c.env", format!("TOKEN={other}\n"));
    let known = fingerprint(&dir, &["a.env"]);
    let run = dir.run(&["baseline", "add", &known]);
    run.assert_code(2);
    assert!(run.stderr.contains("say why they are known: --reason"), "{run:?}");
    assert!(!dir.path().join(".tokensieve.baseline").exists());
    let run = dir.run(&["baseline", "add", &known, "--reason", "made up"]);
    run.assert_code(0);
    assert!(run.stderr.contains("a.env:1: "), "{run:?}");
    assert!(run.stderr.contains("1 new of 1 entry"), "{run:?}");
    assert!(!run.stderr.contains(&token[6..]), "{run:?}");
    let text = std::fs::read_to_string(dir.path().join(".tokensieve.baseline")).unwrap();
    assert!(text.contains("reason=\"made up\"") && !text.contains(&token[6..]), "{text}");
    // The secret is known wherever it is; the other one is not.
    let run = dir.run(&["scan", "-f", "json"]);
    assert_eq!(run.paths(), ["c.env"]);
    // The baseline has changed the key: what reports show now is what is accepted next.
    let next = run.finding()["fingerprint"].as_str().unwrap().to_owned();
    dir.run(&["baseline", "add", &next, "--reason", "also made up"]).assert_code(0);
    dir.run(&["scan"]).assert_code(0);
    let before = std::fs::read_to_string(dir.path().join(".tokensieve.baseline")).unwrap();
    // Known already, and unknown: nothing changes.
    let unknown = "0".repeat(32);
    let run = dir.run(&["baseline", "add", &unknown, "--reason", "x"]);
    run.assert_code(2);
    assert!(run.stderr.contains("Nothing was written"), "{run:?}");
    dir.run(&["baseline", "add", &next, "--reason", "again"]).assert_code(0);
    let after = std::fs::read_to_string(dir.path().join(".tokensieve.baseline")).unwrap();
    assert_eq!(after, before);
    let run = dir.run(&["baseline", "add", &next, "--reason", &token]);
    run.assert_code(2);
    assert!(!run.stderr.contains(&token[6..]), "{run:?}");
}

#[test]
fn rules_and_findings_are_explained() {
    let (dir, token) = with_token();
    let run = dir.run(&["explain", "gitlab-pat"]);
    run.assert_code(0);
    assert!(run.stdout.starts_with("gitlab_personal_access_token: "), "{run:?}");
    for line in ["  severity: critical\n", "  also known as: gitlab-pat\n", "  regex: glpat-"] {
        assert!(run.stdout.contains(line), "{line} in {run:?}");
    }
    assert_eq!(run.stdout, dir.run(&["rules", "show", "gitlab-pat"]).stdout);
    let what = fingerprint(&dir, &["."]);
    let run = dir.run(&["explain", &what.to_uppercase()]);
    run.assert_code(0);
    for part in ["a.env:1:7", "  also at b.env:3:7\n", "gitlab_personal_access_token: "] {
        assert!(run.stdout.contains(part), "{part} in {run:?}");
    }
    assert!(!run.stdout.contains(&token[6..]), "{run:?}");
    let run = dir.run(&["explain", &"0".repeat(32)]);
    assert!(run.assert_code(2).stderr.contains("--git looks at the history"), "{run:?}");
}

#[test]
fn rules_are_listed_by_words() {
    let dir = Dir::new();
    let run = dir.run(&["rules", "list", "GitLab", "deploy"]);
    run.assert_code(0);
    assert!(run.stdout.lines().any(|line| line.starts_with("gitlab_deploy_token ")), "{run:?}");
    // An alias counts, too.
    assert!(run.stdout.lines().any(|line| line.starts_with("private_key ")), "{run:?}");
    assert!(run.stdout.lines().count() < 10, "{run:?}");
    assert_eq!(dir.run(&["rules", "list", "no-such-word"]).stdout, "");
    let all = dir.run(&["rules", "list"]).stdout;
    assert!(all.lines().count() > 500);
}

#[test]
fn misspelt_names_are_guessed() {
    let (dir, _) = with_token();
    let run = dir.run(&["scan", "--only", "gitlab_deploy_tokn"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains("`gitlab_deploy_tokn`: did you mean `gitlab_deploy_token`?"),
        "{run:?}"
    );
    dir.file(".tokensieve.toml", "version = 1\nexclude_path = [\"a\"]\n");
    let run = dir.run(&["scan"]);
    run.assert_code(2);
    assert!(
        run.stderr.contains(
            ".tokensieve.toml:2: unknown field `exclude_path`: did you mean `exclude_paths`?"
        ),
        "{run:?}"
    );
    dir.file(".tokensieve.toml", "version = 1\n[allow]\npaths = [\"a\"]\n");
    let run = dir.run(&["scan"]);
    assert!(run.assert_code(2).stderr.contains("written `[[allow]]`"), "{run:?}");
    let run = dir.run(&["scan", "-f", "jsno"]);
    assert!(run.assert_code(2).stderr.contains("json"), "{run:?}");
}

#[test]
fn quick_scans_show_no_progress() {
    let (dir, _) = with_token();
    for how in ["auto", "plain", "never"] {
        let mut command = dir.command(&["scan", "--progress", how]);
        let run = Run::of(command.env("CI", "true").output().unwrap());
        run.assert_code(1);
        assert!(!run.stderr.contains("so far"), "{run:?}");
    }
}

/// The first `baseline add` makes the baseline, and changes all fingerprints with it.
#[test]
fn fingerprints_of_a_report_from_before_the_baseline_are_found() {
    let dir = Dir::new();
    let mut random = Random::new(31);
    for name in ["a.env", "b.env"] {
        dir.file(name, personal(&mut random));
    }
    let findings = dir.run(&["scan", "-f", "json"]).findings();
    let of = |at: usize| findings[at]["fingerprint"].as_str().unwrap().to_owned();
    dir.run(&["baseline", "add", &of(0), "--reason", "made up"]).assert_code(0);
    assert!(dir.run(&["explain", &of(1)]).assert_code(0).stdout.contains("b.env:1:1"));
    dir.run(&["baseline", "add", &of(1), "--reason", "made up"]).assert_code(0);
    dir.run(&["scan"]).assert_code(0);
    let unknown = "0123456789abcdef0123456789abcdef";
    dir.run(&["baseline", "add", unknown, "--reason", "made up"]).assert_code(2);
}
