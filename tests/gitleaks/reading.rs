//! Reading, merging and refusing configuration files.

use tokensieve_core::gitleaks::Gitleaks;

use super::{beside, error, found, read, rule};
use crate::support::tokens::{Random, personal};

#[test]
fn keys_are_of_any_case_and_values_of_many_types() {
    let config = "[[RULES]]\nID = 'a'\nReGex = 'key=([a-z]+)'\nKEYWORDS = 'key,other'\n\
        ENTROPY = '1.5'\nsecretgroup = '1'\ntags = 7\n";
    let gitleaks = read(config);
    let rule = &gitleaks.rules()[0];
    assert_eq!(rule.keywords, ["key", "other"]);
    assert_eq!((rule.entropy, rule.secret_group), (1.5, 1));
    assert_eq!(rule.tags, ["7"]);
    assert_eq!(found(config, "key=abcd\nkey=aabb\n"), ["a:abcd"]);
    // A table alone is a list of one.
    assert_eq!(found("[rules]\nid = 'a'\nregex = 'y+'\n", "xyyx"), ["a:yy"]);
    // Unknown keys are passed over, with a word.
    let gitleaks = read("[[rules]]\nid = 'a'\nregex = 'y+'\nseverity = 'high'\n");
    assert!(
        gitleaks
            .remarks()
            .iter()
            .any(|remark| remark.line == 4 && remark.message.contains("`severity`"))
    );
}

#[test]
fn what_gitleaks_refuses_is_refused_with_its_line() {
    let table: &[(&str, &str)] = &[
        ("[[rules]]\nid = ' '\nregex = 'a'\n", "g.toml:1: a rule has an `id`"),
        ("[[rules]]\nregex = 'a'\n", "g.toml:1: a rule has an `id`"),
        ("\n[[rules]]\nid = 'a'\n", "g.toml:3: rule `a` has neither `regex` nor `path`"),
        (
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\n",
            "g.toml:4: rule `a` has neither `regex` nor `path`, and is not one of the built-in",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = '(a)'\nsecretGroup = 2\n",
            "g.toml:4: secretGroup is 2, and the regex has 1 groups",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'a'\n[rules.allowlist]\ndescription = 'x'\n",
            "g.toml:4: an allowlist has",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'a'\n[[rules.allowlist]]\nregexes = ['x']\n",
            "g.toml:4: `allowlist` of a rule is one table",
        ),
        ("[[allowlist]]\nregexes = ['x']\n", "g.toml:1: `allowlist` of the file is one table"),
        ("[allowlist]\nregexes = ['x']\n[[allowlists]]\nregexes = ['x']\n", "and both are there"),
        ("[[allowlists]]\nregexes = ['x']\ncondition = 'xor'\n", "g.toml:3: `xor` is no condition"),
        (
            "[[allowlists]]\nregexes = ['x']\nregexTarget = 'file'\n",
            "g.toml:3: `file` is no regexTarget",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'a'\n[[allowlists]]\ntargetRules = ['b']\n\
             regexes = ['x']\n",
            "g.toml:4: `targetRules` names `b`",
        ),
        (
            "[extend]\npath = 'base.toml'\nuseDefault = true\n",
            "g.toml:2: `path` and `useDefault` exclude each other",
        ),
        ("[extend]\npath = 'no-such.toml'\n", "g.toml:2: cannot read `no-such.toml`"),
        (
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = 'a'\n[[rules.required]]\n\
             id = 'gitlab-pat'\n",
            "g.toml:7: rule `a` requires `gitlab-pat`, which must be in the same file",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'a(?!b)'\n",
            "g.toml:3: `regex`, character 2: `(?!` is not known to Go",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = '''\na\n(b'''\n",
            "g.toml:4: `regex`, character 1: a `(` is not closed",
        ),
        ("[[rules]]\nid = 'a'\nregex = '(a'\n", "a `(` is not closed"),
        (
            "[[rules]]\nid = 'a'\nregex = ['a']\n",
            "g.toml:3: `regex` of a rule is a text, not a value of the type array",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = 'a'\nentropy = 'much'\n",
            "g.toml:4: `entropy` of a rule is a number",
        ),
        (
            "[[rules]]\nid = 'a'\nregex = '(?:[a-z]{900}){1}[a-z]{999}(?:x{30}y{30}){30}'\n\
             keywords = 3\n[extend]\nuseDefault = 'perhaps'\n",
            "g.toml:6: `useDefault` of [extend] is `true` or `false`",
        ),
        ("minVersion = 'abc'\n", "g.toml:1: minVersion `abc` is no version"),
        ("rules = 3\n", "g.toml:1: `rules` of the file is a list of tables"),
        ("[[rules]\n", "g.toml:1: "),
        ("[[rules]]\nid = 'a'\nID = 'b'\nregex = 'a'\n", "g.toml:3: `ID` is there twice"),
    ];
    for (text, expected) in table {
        let error = error(text);
        assert!(error.contains(expected), "{text}\n{expected}\n{error}");
    }
}

#[test]
fn the_last_of_two_rules_with_one_id_wins() {
    assert_eq!(found(&(rule("regex = 'x+'") + &rule("regex = 'y+'")), "xx yy"), ["a:yy"]);
}

#[test]
fn extension_reaches_two_files_further() {
    let config = "[extend]\npath = 'base.toml'\n[[rules]]\nid = 'own'\nregex = 'own_[0-9]+'\n";
    let text = "own_1 base_0123 other_2 second_3 third_4";
    assert_eq!(found(config, text), ["own:own_1", "base:0123", "other:other_2", "second:second_3"]);
    let remarks = Gitleaks::lint("g.toml", config, &beside);
    assert!(
        remarks.iter().any(|remark| remark.file == "second.toml"
            && remark.message.contains("[extend] does nothing"))
    );
    let gitleaks = read(config);
    assert_eq!(gitleaks.allowlists().len(), 1);
    assert!(!gitleaks.extends_builtin());
    // A base can bring the built-in rules.
    assert!(read("[extend]\npath = 'with-default.toml'\n").extends_builtin());
}

#[test]
fn disabled_rules_are_those_of_the_base() {
    let config = "[extend]\npath = 'base.toml'\n\
        disabledRules = ['base', 'second', 'own', 'no-such']\n[[rules]]\nid = 'own'\n\
        regex = 'own_[0-9]+'\n";
    assert_eq!(found(config, "own_1 base_0123 other_2 second_3"), ["own:own_1", "other:other_2"]);
    assert!(read(config).remarks().iter().any(|remark| remark.message.contains("`no-such`")));
    let token = personal(&mut Random::new(5));
    let config = "[extend]\nuseDefault = true\n";
    assert_eq!(found(config, &token).len(), 1);
    assert_eq!(found(&format!("{config}disabledRules = ['gitlab-pat']\n"), &token).len(), 0);
    assert_eq!(
        found(&format!("{config}disabledRules = ['gitlab_personal_access_token']\n"), &token).len(),
        0
    );
}

#[test]
fn a_rule_of_the_base_is_changed_by_one_with_its_id() {
    let merged =
        |lines: &str| format!("[extend]\npath = 'base.toml'\n[[rules]]\nid = 'base'\n{lines}\n");
    let gitleaks = read(&merged(
        "tags = ['c']\nkeywords = ['new']\nentropy = 2\nsecretGroup = 2\n[[rules.allowlists]]\n\
         stopwords = ['x']",
    ));
    let base = gitleaks.rules().iter().find(|rule| rule.id == "base").unwrap();
    assert_eq!((base.description.as_str(), base.entropy, base.secret_group), ("Base", 2.0, 2));
    assert_eq!(
        (base.tags.join(","), base.keywords.join(",")),
        ("b,c".to_owned(), "base_,new".to_owned())
    );
    assert_eq!(base.allowlists.len(), 1);
    // Entropy is not reset by 0, and what it requires is lost.
    let gitleaks = read(&merged("entropy = 0\nskipReport = true\n[[rules.required]]\nid = 'base'"));
    let base = gitleaks.rules().iter().find(|rule| rule.id == "base").unwrap();
    assert!(base.entropy == 1.0 && !base.skips_report && base.required.is_empty());
    assert!(
        gitleaks
            .remarks()
            .iter()
            .any(|remark| remark.message.contains("`required` and `skipReport` here do nothing"))
    );
    assert_eq!(
        found(&merged("regex = 'base-([0-9]+)'"), "base_0123 base-0456 base_"),
        ["base:0456"]
    );
    assert!(
        error(&merged("regex = 'base'\nsecretGroup = 1"))
            .contains("secretGroup is 1, and the regex has 0 groups")
    );
}

#[test]
fn built_in_rules_are_changed_by_the_ids_of_gitleaks() {
    let token = personal(&mut Random::new(6));
    let base = "[extend]\nuseDefault = true\n[[rules]]\nid = 'gitlab-pat'\n";
    assert_eq!(found(base, &token).len(), 1);
    assert_eq!(found(&format!("{base}entropy = 7\n"), &token), Vec::<String>::new());
    let found = found(&format!("{base}regex = 'my-[0-9]+'\n"), format!("{token} my-12"));
    assert_eq!(found, ["gitlab-pat:my-12"]);
}
