//! Linting and converting configuration files.

use tokensieve_core::{RuleSet, Scanner};

use super::{found, places, read};
use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

#[test]
fn a_converted_file_finds_the_same() {
    let config = "[[rules]]\nid = 'a'\nregex = '(?i)key=(x*)(\\w+)(?:\\s|$)'\n\
        keywords = ['KEY']\nentropy = 1\n[[rules.required]]\nid = 'b'\n\
                  [[rules]]\nid = 'b'\nregex = '[^ ]+@'\nskipReport = true\nkeywords = []\n";
    let native = read(config).to_native("r.toml");
    let scanner = Scanner::new(&RuleSet::from_toml("r.toml", &native.rules).unwrap());
    let text = "me@ Key=ab12 key=xaa KEY=yy";
    let again: Vec<String> = scanner
        .find(text.as_bytes())
        .iter()
        .map(|found| format!("{}:{}", found.rule().id(), &text[found.span().range()]))
        .collect();
    assert_eq!(again, found(config, text));
    assert_eq!(again, ["a:ab12"]);
}

#[test]
fn lint_names_lines_and_convert_overwrites_nothing() {
    let dir = Dir::new();
    dir.run(&["config", "lint"]).assert_code(2);
    dir.file(
        ".gitleaks.toml",
        "[extend]\nuseDefault = true\n[[rules]]\nid = 'acme'\nregx = 'x'\n\
        regex = 'acme_[0-9]{4}'\nkeywords = ['acmee']\n",
    );
    let run = dir.run(&["config", "lint"]);
    run.assert_code(0);
    assert!(run.stdout.contains(".gitleaks.toml:5: warning: `regx` is no key"), "{run:?}");
    assert!(
        run.stdout.contains(
            ".gitleaks.toml:4: warning: rule `acme`: no match can contain the keyword `acmee`"
        ),
        "{run:?}"
    );
    assert!(run.stderr.contains("0 errors, 2 warnings"), "{run:?}");
    dir.file("bad.toml", "[[rules]]\nid = 'a'\nregex = '(a'\n");
    dir.run(&["config", "lint", "bad.toml"]).assert_code(2);
    dir.file("native.toml", "version = 1\nonli = 3\n");
    let run = dir.run(&["config", "lint", "native.toml"]);
    run.assert_code(2);
    assert!(run.stdout.contains("native.toml:2: unknown field `onli`"), "{run:?}");

    dir.file("out/.keep", "");
    dir.file("a.txt", "acmee acme_1234\n");
    let before = places(&dir, &["a.txt"]);
    let run = dir.run(&["config", "convert", "-o", "out"]);
    run.assert_code(0);
    let again = dir.run(&["config", "convert", "-o", "out"]);
    again.assert_code(2);
    assert!(again.stderr.contains("is there already, and is not overwritten"), "{again:?}");
    let after = places(&dir, &["--config", "out/.tokensieve.toml", "a.txt"]);
    assert_eq!((before.as_slice(), after), (["acme@a.txt".to_owned()].as_slice(), before.clone()));
}

/// A rule of gitleaks that changes a built-in one does the same after it was converted.
#[test]
fn converted_changes_do_the_same() {
    let dir = Dir::new();
    let (pat, mut random) = (personal(&mut Random::new(8)), Random::new(9));
    let deploy = format!("{}{}", ["gl", "dt-"].concat(), &personal(&mut random)[6..]);
    dir.file("src/a.txt", format!("{pat}\n{deploy}\nmine-1234\n"));
    dir.file("other/a.txt", format!("{pat}\n"));
    dir.file(
        ".gitleaks.toml",
        "[extend]\nuseDefault = true\n[[rules]]\nid = 'gitlab-pat'\npath = '^src/'\n\
         keywords = ['none']\n\
         [[rules]]\nid = 'gitlab-deploy-token'\nregex = 'mine-[0-9]{4}'\n",
    );
    let before = places(&dir, &["."]);
    assert_eq!(before, ["gitlab_personal_access_token@src/a.txt", "gitlab-deploy-token@src/a.txt"]);
    let run = dir.run(&["config", "convert", "-o", "out"]);
    run.assert_code(0);
    assert!(run.stderr.contains("not converted: keywords of rule `gitlab-pat`"), "{run:?}");
    assert_eq!(places(&dir, &["--config", "out/.tokensieve.toml", "."]), before);
    dir.run(&["config", "lint", "out/.tokensieve.toml"]).assert_code(0);
    // What changes nothing that is there is an error, with its line.
    dir.file("r.toml", "[[changes]]\nrule = 'no-such'\nseverity = 'low'\n");
    dir.file("native.toml", "version = 1\nrules = ['r.toml']\n");
    let scan = dir.run(&["scan", "--config", "native.toml", "."]);
    scan.assert_code(2);
    assert!(scan.stderr.contains("r.toml:2: no rule is named `no-such`"), "{scan:?}");
    let lint = dir.run(&["config", "lint", "native.toml"]);
    lint.assert_code(2);
    assert!(lint.stdout.contains("r.toml:2: no rule is named `no-such`"), "{lint:?}");
}

#[test]
fn converted_allowlists_suppress_the_same() {
    let dir = Dir::new();
    dir.file(
        ".gitleaks.toml",
        "[[rules]]\nid = 'acme'\nregex = 'acme=([a-z0-9]+)'\n[[allowlists]]\npaths = ['^docs/']\n\
         stopwords = ['one']\n",
    );
    dir.run(&["config", "convert", ".gitleaks.toml", "-o", "native"]).assert_code(0);
    dir.file("tree/.git/HEAD", "");
    dir.file("tree/docs/b.txt", "acme=three3\n");
    dir.file("tree/src/a.txt", "acme=one1\nacme=two2\n");
    let run = dir.run(&[
        "scan",
        "tree",
        "--config",
        "native/.tokensieve.toml",
        "--format",
        "jsonl",
        "--show-secrets",
    ]);
    let run = run.assert_code(1);
    assert!(run.stdout.contains("two2"), "{}", run.stdout);
    assert!(!run.stdout.contains("one1") && !run.stdout.contains("three3"), "{}", run.stdout);
}
