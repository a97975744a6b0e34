//! Allowlists of rules and of a file.

use crate::support::command::Dir;

/// What is found in files, with an allowlist in `.gitleaks.toml` beside them: the values and where
/// they are.
fn left_by(allowlist: &str) -> Vec<String> {
    let dir = Dir::new();
    dir.file(
        ".gitleaks.toml",
        format!(
            "[[rules]]\nid = 'acme'\nregex = 'acme=([a-z0-9]+)'\n[[rules]]\nid = 'corp'\n\
             regex = 'corp=([a-z0-9]+)'\n{allowlist}"
        ),
    );
    dir.file("src/a.txt", "acme=one1 # fixture\ncorp=two2\n");
    dir.file("docs/b.txt", "acme=three3\n");
    let run = dir.run(&["scan", "--format", "jsonl", "--show-secrets", "-q"]);
    let found =
        run.stdout.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let mut secrets: Vec<String> =
        found.filter_map(|finding| finding["secret"].as_str().map(ToOwned::to_owned)).collect();
    secrets.sort();
    secrets
}

#[test]
fn allowlists_suppress_what_they_do_there() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["one1", "three3", "two2"]),
        // Regexes are searched in the secret, the match or the line.
        ("[[allowlists]]\nregexes = ['one']\n", &["three3", "two2"]),
        ("[[allowlists]]\nregexes = ['acme=o']\n", &["one1", "three3", "two2"]),
        ("[[allowlists]]\nregexTarget = 'match'\nregexes = ['acme=o']\n", &["three3", "two2"]),
        ("[[allowlists]]\nregexTarget = 'line'\nregexes = ['fixture$']\n", &["three3", "two2"]),
        // Stopwords are parts of the secret, in any case of letters.
        ("[[allowlists]]\nstopwords = ['TWO']\n", &["one1", "three3"]),
        ("[[allowlists]]\nstopwords = ['fixture']\n", &["one1", "three3", "two2"]),
        ("[[allowlists]]\npaths = ['^docs/']\n", &["one1", "two2"]),
        // One check is enough, unless all must hold.
        ("[[allowlists]]\npaths = ['^docs/']\nregexes = ['one']\n", &["two2"]),
        (
            "[[allowlists]]\ncondition = 'AND'\npaths = ['^docs/']\nregexes = ['one']\n",
            &["one1", "three3", "two2"],
        ),
        (
            "[[allowlists]]\ncondition = 'AND'\npaths = ['^src/']\nregexes = ['one']\n",
            &["three3", "two2"],
        ),
        // An allowlist of a rule, one for some rules, and the old form.
        ("[[rules.allowlists]]\npaths = ['^src/']\n", &["one1", "three3"]),
        ("[[allowlists]]\ntargetRules = ['acme']\npaths = ['^src/']\n", &["three3", "two2"]),
        ("[allowlist]\nregexes = ['one', 'three']\n", &["two2"]),
        // Folders are passed over by what belongs to no rule, and where a path is enough.
        ("[[allowlists]]\npaths = ['^docs$']\n", &["one1", "two2"]),
        ("[[allowlists]]\npaths = ['^docs$']\nregexes = ['one']\n", &["two2"]),
        ("[[allowlists]]\ncondition = 'AND'\npaths = ['^docs$']\n", &["one1", "two2"]),
        (
            "[[allowlists]]\ncondition = 'AND'\npaths = ['^docs$']\nregexes = ['three']\n",
            &["one1", "three3", "two2"],
        ),
        (
            "[[allowlists]]\ntargetRules = ['acme']\npaths = ['^docs$']\n",
            &["one1", "three3", "two2"],
        ),
    ];
    for (allowlist, expected) in cases {
        assert_eq!(left_by(allowlist), *expected, "{allowlist}");
    }
}

/// What another rule requires has to be a finding itself, so its allowlists count there.
#[test]
fn a_required_rule_that_is_allowlisted_does_not_count() {
    let config = |own: &str, all: &str| {
        format!(
            "[[rules]]\nid = 'key'\nregex = 'key=([a-z0-9]+)'\n[[rules.required]]\nid = 'user'\n\
             withinLines = 1\n\
             [[rules]]\nid = 'user'\nregex = 'user=([a-z]+)'\nskipReport = true\n{own}{all}"
        )
    };
    let own = "[[rules.allowlists]]\n";
    let all = "[[allowlists]]\n";
    for (lists, expected) in [
        (String::new(), &["k1", "k2"][..]),
        (format!("{own}stopwords = ['BOB']\n"), &["k2"]),
        (format!("{own}regexTarget = 'line'\nregexes = ['# x$']\n"), &["k2"]),
        (format!("{own}paths = ['nowhere']\nstopwords = ['bob']\n"), &["k2"]),
        (format!("{own}condition = 'AND'\nregexes = ['^b']\nstopwords = ['ob']\n"), &["k2"]),
        (format!("{own}condition = 'AND'\nregexes = ['^c']\nstopwords = ['ob']\n"), &["k1", "k2"]),
        (format!("{all}stopwords = ['bob']\n"), &["k2"]),
        (format!("{all}targetRules = ['user']\nstopwords = ['bob']\n"), &["k2"]),
        (format!("{all}targetRules = ['key']\nstopwords = ['bob']\n"), &["k1", "k2"]),
    ] {
        let dir = Dir::new();
        let config = config(&lists, "");
        dir.file(".gitleaks.toml", &config);
        dir.file("a.txt", "user=bob # x\nkey=k1\n\n\nuser=ann\nkey=k2\n");
        let secrets = |args: &[&str]| -> Vec<String> {
            let run = dir.run(
                &[&["scan", "a.txt", "--format", "jsonl", "--show-secrets", "-q"], args].concat(),
            );
            let found = run
                .stdout
                .lines()
                .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
            found.filter_map(|finding| finding["secret"].as_str().map(ToOwned::to_owned)).collect()
        };
        assert_eq!(secrets(&[]), expected, "{config}");
        dir.run(&["config", "convert", "-o", "out"]).assert_code(0);
        assert_eq!(secrets(&["--config", "out/.tokensieve.toml"]), expected, "{config}");
    }
}
