//! Which file counts on the command line.

use super::{ACME, places};
use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

#[test]
fn the_file_of_the_repository_is_read_without_a_flag() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(8));
    dir.file("a.txt", format!("{token}\nacme_1234\n"));
    assert_eq!(places(&dir, &["."]), ["gitlab_personal_access_token@a.txt"]);
    dir.file(".gitleaks.toml", ACME);
    // Only its own rules, as there; and that is said.
    let run = dir.run(&["scan", "."]);
    assert!(run.stderr.contains(".gitleaks.toml:1: the built-in rules are not used"), "{run:?}");
    assert_eq!(places(&dir, &["."]), ["acme@a.txt"]);
    assert_eq!(places(&dir, &["--no-config", "."]), ["gitlab_personal_access_token@a.txt"]);
    dir.file(".gitleaks.toml", format!("[extend]\nuseDefault = true\n{ACME}"));
    assert_eq!(places(&dir, &["."]), ["gitlab_personal_access_token@a.txt", "acme@a.txt"]);
    assert_eq!(
        places(&dir, &["--only", "gitlab-pat", "."]),
        ["gitlab_personal_access_token@a.txt"]
    );
    // The native one wins: the built-in rules stay, and gitleaks' add.
    dir.file(".gitleaks.toml", ACME);
    dir.file(".tokensieve.toml", "version = 1\n");
    assert_eq!(places(&dir, &["."]), ["gitlab_personal_access_token@a.txt", "acme@a.txt"]);
}

#[test]
fn flags_go_before_variables_and_these_before_files() {
    let dir = Dir::new();
    dir.file("a.txt", "one_1 two_1 three_1 four_1\n");
    let own = |name: &str| format!("[[rules]]\nid = '{name}'\nregex = '{name}_[0-9]'\n");
    dir.file(".gitleaks.toml", own("four"));
    dir.file("two.toml", own("two"));
    dir.file("one.toml", own("one"));
    let ids = |variables: &[(&str, &str)], args: &[&str]| -> Vec<String> {
        let mut command = dir.command(&[&["scan", "-q", "-f", "json", "a.txt"], args].concat());
        command.envs(variables.iter().copied());
        let run = crate::support::command::Run::of(command.output().unwrap());
        let findings = run.json()["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["rule_id"].as_str().unwrap().to_owned()).collect()
    };
    let (two, three) = (("GITLEAKS_CONFIG", "two.toml"), own("three"));
    let three = ("GITLEAKS_CONFIG_TOML", three.as_str());
    assert_eq!(ids(&[], &[]), ["four"]);
    assert_eq!(ids(&[three], &[]), ["three"]);
    assert_eq!(ids(&[three, two], &[]), ["two"]);
    assert_eq!(ids(&[three, two], &["--config", "one.toml"]), ["one"]);
    assert_eq!(ids(&[("GITLEAKS_CONFIG", "")], &[]), ["four"]);
    let run = {
        let mut command = dir.command(&["scan", "a.txt"]);
        command.env("GITLEAKS_CONFIG", "no-such.toml");
        crate::support::command::Run::of(command.output().unwrap())
    };
    run.assert_code(2);
    assert!(run.stderr.contains("GITLEAKS_CONFIG names it: cannot read no-such.toml"), "{run:?}");
}

#[test]
fn no_rule_left_is_an_error_with_the_way_out() {
    let dir = Dir::new();
    dir.file("a.txt", "x");
    for text in [
        "",
        "[[allowlists]]\npaths = ['x1']\n",
        "[extend]\npath = 'base.toml'\ndisabledRules = ['acme']\n",
    ] {
        dir.file("base.toml", ACME);
        dir.file(".gitleaks.toml", text);
        let run = dir.run(&["scan", "."]);
        run.assert_code(2);
        assert!(
            run.stderr.contains("no rule is left") && run.stderr.contains("useDefault = true"),
            "{run:?}"
        );
    }
    dir.file(".gitleaks.toml", "[[rules]]\nid = 'a'\nregex = '(?<=a)b'\n");
    let run = dir.run(&["scan", "."]);
    run.assert_code(2);
    assert!(
        run.stderr.contains(".gitleaks.toml:3: `regex`, character 1: `(?<=` is not known to Go"),
        "{run:?}"
    );
}

#[test]
fn rules_about_paths_find_paths() {
    let dir = Dir::new();
    dir.file("a.env", "acme_1234\n");
    dir.file("b.txt", "acme_1234\nother_1\n");
    dir.file(
        "g.toml",
        "[[rules]]\nid = 'acme'\nregex = 'acme_[0-9]{4}'\npath = '\\.env$'\n[[rules]]\n\
         id = 'file'\npath = '(?i)\\.TXT$'\n",
    );
    assert_eq!(places(&dir, &["--config", "g.toml", "."]), ["acme@a.env", "file@b.txt"]);
    let run = dir.run(&["scan", "-f", "json", "--config", "g.toml", "b.txt"]);
    run.assert_code(1);
    assert_eq!(run.json()["findings"][0]["start_line"], 1);
    assert_eq!(run.json()["findings"][0]["redacted"], "[by its path]");
    // A rule that is not about a file does not stand in the way of one that is.
    let both = "[[rules]]\nid = 'narrow'\nregex = 'acme_[0-9]{4}'\npath = '\\.env$'\n[[rules]]\n\
        id = 'wide'\nregex = 'acme_[0-9]'\n";
    dir.file("g.toml", both);
    assert_eq!(places(&dir, &["--config", "g.toml", "."]), ["wide@a.env", "wide@b.txt"]);
}

/// The form of gitleaks' own rules: borders as one of several ends, entropies, allowlists of rules.
#[test]
fn a_sound_file_of_many_rules_is_passed_over_in_silence() {
    let dir = Dir::new();
    dir.file("a.txt", "nothing\n");
    let mut text = "title = 'Example'\n[[allowlists]]\ndescription = 'global'\n\
        paths = ['\\.lock$', '(?:^|/)vendor/']\nregexes = ['^[a-z]+$']\n"
        .to_owned();
    for at in 0..50 {
        text += &format!(
            "[[rules]]\nid = 'rule-{at}'\ndescription = 'Rule {at}'\n\
             regex = '''\\b(acme{at}_[a-z0-9]{{32}})(?:[\\x60'\"\\s;]|\\\\[nr]|$)'''\n\
             entropy = 3.5\nkeywords = ['acme{at}_']\n[[rules.allowlists]]\n\
             regexTarget = 'line'\nregexes = ['example']\nstopwords = ['changeme']\n"
        );
    }
    dir.file(".gitleaks.toml", &text);
    let run = dir.run(&["config", "lint"]);
    run.assert_code(0);
    // What matters is that the built-in rules do not count.
    assert!(run.stdout.contains("the built-in rules are not used"), "{run:?}");
    assert_eq!((run.stdout.lines().count(), run.stderr.as_str()), (1, "0 errors, 1 warning\n"));
    let run = dir.run(&["scan", "."]);
    run.assert_code(0);
    assert_eq!(run.stderr.matches("warning: ").count(), 1, "{run:?}");
    let run = dir.run(&["scan", "--quiet", "."]);
    assert_eq!(run.stderr, "");
    // A border that every match ends at does matter.
    dir.file(".gitleaks.toml", text.replace("|$)'''", ")$'''"));
    assert_eq!(dir.run(&["config", "lint"]).stdout.lines().count(), 51);
}

#[test]
fn a_scan_says_in_one_line_what_is_wrong() {
    let dir = Dir::new();
    dir.file("a.txt", "nothing\n");
    let rule = "[[rules]]\nid = 'a'\nregex = 'acme_[0-9]{4}'\nkeywords = ['acme_']\n";
    dir.file(".gitleaks.toml", format!("{rule}tag = 'a'\ndescriptoin = 'b'\nseverty = 'c'\n"));
    let run = dir.run(&["scan", "."]);
    let warnings: Vec<&str> =
        run.stderr.lines().filter(|line| line.starts_with("warning: ")).collect();
    let [warning] = warnings[..] else { panic!("{run:?}") };
    assert!(warning.contains(".gitleaks.toml:5: `tag`"), "{warning}");
    assert!(warning.contains("(3 more: see `tokensieve config lint "), "{warning}");
    assert_eq!(dir.run(&["config", "lint"]).stdout.lines().count(), 4);
}
