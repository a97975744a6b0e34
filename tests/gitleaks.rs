//! Configuration files of gitleaks: what they mean is what they mean there. Each clause of the contract is a case.
//!
//! What gitleaks 8.30.1 finds in such texts was asked of its binary.

use proptest::prelude::*;
use tokensieve_core::gitleaks::Gitleaks;
use tokensieve_core::{Confidence, RuleSet, Scanner};

use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

/// A file beside the one that is read.
fn beside(path: &str) -> Option<String> {
    let text = match path {
        "base.toml" => {
            "[extend]\npath = 'second.toml'\n[[rules]]\nid = 'base'\ndescription = 'Base'\nregex = 'base_(x*)([0-9]+)'\n\
             entropy = 1\nkeywords = ['base_']\ntags = ['b']\n[[rules]]\nid = 'other'\nregex = 'other_[0-9]+'\n\
             [[allowlists]]\nregexes = ['base_never']\n"
        }
        "second.toml" => {
            "[extend]\npath = 'third.toml'\n[[rules]]\nid = 'second'\nregex = 'second_[0-9]+'\n"
        }
        "third.toml" => "[[rules]]\nid = 'third'\nregex = 'third_[0-9]+'\n",
        "with-default.toml" => {
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'base'\nregex = 'base_[0-9]+'\n"
        }
        _ => return None,
    };
    Some(text.to_owned())
}

fn read(text: &str) -> Gitleaks {
    Gitleaks::read("g.toml", text, &beside).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn error(text: &str) -> String {
    Gitleaks::read("g.toml", text, &beside).expect_err(text).to_string()
}

fn scanner(text: &str) -> Scanner {
    let gitleaks = read(text);
    let mut rules =
        if gitleaks.extends_builtin() { RuleSet::builtin() } else { RuleSet::default() };
    gitleaks.apply_to(&mut rules);
    Scanner::new(&rules)
}

/// The rules and the secrets that are found in a text.
fn found(config: &str, text: impl AsRef<[u8]>) -> Vec<String> {
    let text = text.as_ref();
    let scanner = scanner(config);
    let secret = |span: core::ops::Range<usize>| String::from_utf8_lossy(&text[span]).into_owned();
    scanner
        .find(text)
        .iter()
        .map(|found| format!("{}:{}", found.rule().id(), secret(found.span().range())))
        .collect()
}

fn rule(lines: &str) -> String {
    format!("[[rules]]\nid = 'a'\n{lines}\n")
}

#[test]
fn keys_are_of_any_case_and_values_of_many_types() {
    let config = "[[RULES]]\nID = 'a'\nReGex = 'key=([a-z]+)'\nKEYWORDS = 'key,other'\nENTROPY = '1.5'\nsecretgroup = '1'\ntags = 7\n";
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
            "[[rules]]\nid = 'a'\nregex = 'a'\n[[allowlists]]\ntargetRules = ['b']\nregexes = ['x']\n",
            "g.toml:4: `targetRules` names `b`",
        ),
        (
            "[extend]\npath = 'base.toml'\nuseDefault = true\n",
            "g.toml:2: `path` and `useDefault` exclude each other",
        ),
        ("[extend]\npath = 'no-such.toml'\n", "g.toml:2: cannot read `no-such.toml`"),
        (
            "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = 'a'\n[[rules.required]]\nid = 'gitlab-pat'\n",
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
            "[[rules]]\nid = 'a'\nregex = '(?:[a-z]{900}){1}[a-z]{999}(?:x{30}y{30}){30}'\nkeywords = 3\n[extend]\nuseDefault = 'perhaps'\n",
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
    let config = "[extend]\npath = 'base.toml'\ndisabledRules = ['base', 'second', 'own', 'no-such']\n[[rules]]\nid = 'own'\nregex = 'own_[0-9]+'\n";
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
        "tags = ['c']\nkeywords = ['new']\nentropy = 2\nsecretGroup = 2\n[[rules.allowlists]]\nstopwords = ['x']",
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
    // One that only gitleaks has cannot be changed: that is said, and the others work.
    let gitleaks =
        read("[extend]\nuseDefault = true\n[[rules]]\nid = 'no-such-key'\nentropy = 3\n");
    assert!(
        gitleaks.rules().is_empty()
            && gitleaks.remarks()[0].message.contains("none of the built-in rules")
    );
}

#[test]
fn keywords_open_the_way_for_a_rule() {
    let config = rule("regex = '[0-9]{4}'\nkeywords = ['PIN', 'zz']");
    assert_eq!(found(&config, "number 1234\nmy pin\n"), ["a:1234"]);
    assert_eq!(found(&config, "number 1234\nZZ\n"), ["a:1234"]);
    assert_eq!(found(&config, "number 1234\npi n\n"), Vec::<String>::new());
    assert_eq!(found(&rule("regex = '[0-9]{4}'"), "number 1234"), ["a:1234"]);
    // Far away it is another part of the file.
    let far = format!("1234{}pin 5678", " ".repeat(120_000));
    assert_eq!(found(&config, far), ["a:5678"]);
}

#[test]
fn the_secret_is_the_group_that_is_named_or_the_first_that_holds_something() {
    let config = |lines: &str| rule(&format!("regex = 'k=(x*)(y+)(z*)'\n{lines}"));
    assert_eq!(found(&config(""), "k=xyz"), ["a:x"]);
    assert_eq!(found(&config(""), "k=yz"), ["a:y"]);
    assert_eq!(found(&config("secretGroup = 2"), "k=xyyz"), ["a:yy"]);
    assert_eq!(found(&rule("regex = 'k=(x*)'"), "k=1"), ["a:k="]);
    assert_eq!(found(&rule("regex = '(?:k)=x+'"), "k=xx"), ["a:k=xx"]);
    // A name means nothing.
    assert_eq!(found(&rule("regex = '(?P<a>k)=(?P<secret>x+)'"), "k=xx"), ["a:k"]);
    // Line ends at the borders of a match are no part of it.
    assert_eq!(found(&rule("regex = '\\s*x+\\n*'"), "a\n\nxx\n\nb"), ["a:xx"]);
    assert_eq!(found(&rule("regex = 'y*'"), "xyx"), ["a:y"]);
}

#[test]
fn one_finding_for_a_place() {
    let two = |id: &str| {
        rule("regex = 'k=(\\w+)'").replace("'a'", &format!("'{id}'"))
            + "[[rules]]\nid = 'b'\nregex = '=(\\w+)'\n"
    };
    assert_eq!(found(&two("first"), "k=abcd"), ["first:abcd"]);
    assert_eq!(found(&two("a-generic-one"), "k=abcd"), ["b:abcd"]);
}

#[test]
fn entropy_must_be_more_than_the_limit() {
    let config = |entropy: &str| rule(&format!("regex = 'k=(\\S+)'\nentropy = {entropy}"));
    assert_eq!(found(&config("2"), "k=abcd k=abcde"), ["a:abcde"]);
    assert_eq!(found(&config("1.99"), "k=abcd"), ["a:abcd"]);
    assert_eq!(found(&config("0"), "k=aaaa"), ["a:aaaa"]);
    // Characters are counted, but shared out over bytes.
    assert_eq!(found(&config("1.5"), "k=\u{e9}\u{e8}\u{ea}\u{eb}"), Vec::<String>::new());
    assert_eq!(found(&config("1.4"), "k=\u{e9}\u{e8}\u{ea}\u{eb}"), ["a:\u{e9}\u{e8}\u{ea}\u{eb}"]);
}

#[test]
fn nothing_is_taken_for_a_placeholder() {
    let config = rule("regex = 'key=(\\w+)'");
    assert_eq!(
        found(&config, "key=xxxxxxxxxxxxxxxx key=example_0123456789"),
        ["a:xxxxxxxxxxxxxxxx", "a:example_0123456789"]
    );
}

#[test]
fn bytes_that_are_no_text_are_characters_too() {
    let config = rule("regex = '''pass='([^']{4,8})' '''\nkeywords = ['pass']");
    let mut text = b"pass='caf\xe9s' pass='".to_vec();
    text.extend_from_slice("\u{e9}\u{e9}\u{e9}' ".as_bytes());
    let scanner = scanner(&config);
    let spans: Vec<_> =
        scanner.find(&text).iter().map(|found| (found.span().start, found.span().end)).collect();
    assert_eq!(spans, [(6, 11)]);
}

#[test]
fn borders_are_those_of_the_text() {
    let config = rule("regex = '(?:^|\\s)k=(x+)(?:\\s|$)'");
    assert_eq!(found(&config, "k=xx"), ["a:xx"]);
    assert_eq!(found(&config, "a\nk=x\nk=xx;"), ["a:x"]);
    assert_eq!(found(&rule("regex = '^k'"), "a\nk"), Vec::<String>::new());
}

#[test]
fn required_rules_are_found_nearby() {
    let config = |limits: &str| {
        "[[rules]]\nid = 'a'\nregex = 'key=(\\w+)'\n[[rules.required]]\nid = 'b'\n".to_owned()
            + limits
            + "\n[[rules]]\nid = 'b'\nregex = 'user=(\\w+)'\nskipReport = true\nkeywords = ['user']\nentropy = 1.5\n"
    };
    assert_eq!(found(&config(""), "key=k1\n\n\n\nuser=abcd"), ["a:k1"]);
    assert_eq!(found(&config(""), "key=k1\n"), Vec::<String>::new());
    assert_eq!(found(&config(""), "user=abcd\n"), Vec::<String>::new());
    // Without its keyword it would be no finding of its own, but it is found.
    let unmet = config("").replace("['user']", "['nope']");
    assert_eq!(found(&unmet, "key=k1 user=abcd\n"), ["a:k1"]);
    // The other one has to be a finding itself.
    assert_eq!(found(&config(""), "key=k1 user=aaaa\n"), Vec::<String>::new());
    assert_eq!(
        found(&config("withinLines = 1"), "key=k1\nuser=abcd\n\nkey=k2\n\n\nkey=k3\n"),
        ["a:k1"]
    );
    assert_eq!(found(&config("withinLines = 0"), "key=k1\nuser=abcd key=k2\n"), ["a:k2"]);
    assert_eq!(
        found(&config("withinLines = 0\nwithinColumns = 7"), "user=abcd\nuser=abcd; key=k1\n"),
        Vec::<String>::new()
    );
    assert_eq!(
        found(&config("withinLines = 0\nwithinColumns = 11"), "user=abcd; key=k1\n"),
        ["a:k1"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// However the input is cut, the same is found.
    #[test]
    fn chunks_do_not_matter(
        pieces in prop::collection::vec(prop_oneof![
            4 => Just("key=ab12".to_owned()), 4 => Just("user=abcd\n".to_owned()), 2 => Just("\u{e9}\n".to_owned()),
            1 => (1_usize..90_000).prop_map(|len| ".\n".repeat(len)),
        ], 1..14),
        cuts in prop::collection::vec(1_usize..300_000, 1..6),
        has_wrong_byte in any::<bool>(),
    ) {
        let config = "[[rules]]\nid = 'a'\nregex = 'key=(\\w+)'\nkeywords = ['user=']\n[[rules.required]]\nid = 'b'\nwithinLines = 500\n\
                      [[rules]]\nid = 'b'\nregex = 'user=(\\w+)'\nkeywords = ['user=']\n\
                      [[rules]]\nid = 'c'\nregex = '(?:^|\\n)\u{e9}(?:\\n|$)'\nkeywords = ['key']\n";
        let mut text = pieces.concat().into_bytes();
        if has_wrong_byte {
            text.insert(text.len() / 2, 0xff);
        }
        let scanner = scanner(config);
        let whole: Vec<String> = scanner.find(&text).iter().map(|found| format!("{found:?}")).collect();
        let mut stream = scanner.stream();
        let mut found = Vec::new();
        let (mut rest, mut at) = (text.as_slice(), 0);
        while !rest.is_empty() {
            let (chunk, later) = rest.split_at(cuts[at % cuts.len()].min(rest.len()));
            stream.push(chunk, &mut |located| found.push(format!("{:?}", located.matched)));
            (rest, at) = (later, at + 1);
        }
        stream.finish(&mut |located| found.push(format!("{:?}", located.matched)));
        prop_assert_eq!(found, whole);
    }

    /// Whatever a file says, reading it ends with a value or an error.
    #[test]
    fn reading_never_panics(text in "(\\[\\[?(rules|allowlists?|extend|rules\\.allowlists?|rules\\.required)\\]\\]?\n|(id|regex|path|keywords|entropy|secretGroup|paths|regexes|stopwords|condition|useDefault|disabledRules|targetRules|withinLines) = ('[a-c(\\[{}*+?\\\\)|.]{0,8}'|\\['a', 'b'\\]|3|-1|true|1e9|nan|2020-01-01)\n){0,12}") {
        let _ = Gitleaks::lint("g.toml", &text, &beside);
        if let Ok(gitleaks) = Gitleaks::read("g.toml", &text, &beside) {
            let mut rules = RuleSet::default();
            gitleaks.apply_to(&mut rules);
            let _ = Scanner::new(&rules).find(b"abc abc\n(a) 12\xff");
            let native = gitleaks.to_native("r.toml");
            prop_assert!(native.config.starts_with("version = 1\n"));
        }
    }
}

#[test]
fn a_converted_file_finds_the_same() {
    let config = "[[rules]]\nid = 'a'\nregex = '(?i)key=(x*)(\\w+)(?:\\s|$)'\nkeywords = ['KEY']\nentropy = 1\n[[rules.required]]\nid = 'b'\n\
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
fn low_entropy_is_counted_as_suppressed() {
    let mut seen = Vec::new();
    let scanner = scanner(&rule("regex = 'k=(\\w+)'\nentropy = 2"));
    scanner.scan(b"k=aaaa", &mut |located| seen.push(located.matched.confidence()));
    assert_eq!(seen, [Confidence::Refuted]);
}

/// The ids and paths of the findings of a run.
fn places(dir: &Dir, args: &[&str]) -> Vec<String> {
    let run = dir.run(&[&["scan", "-f", "json"], args].concat());
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let place = |finding: &serde_json::Value| {
        format!("{}@{}", finding["rule_id"].as_str().unwrap(), finding["path"].as_str().unwrap())
    };
    findings.iter().map(place).collect()
}

const ACME: &str = "[[rules]]\nid = 'acme'\nregex = 'acme_[0-9]{4}'\nkeywords = ['acme_']\n";

#[test]
fn the_file_of_the_repository_is_read_without_a_flag() {
    let dir = Dir::new();
    let token = personal(&mut Random::new(8));
    dir.file("a.txt", format!("{token}\nacme_1234\n"));
    assert_eq!(places(&dir, &["."]), ["gitlab_personal_access_token@a.txt"]);
    dir.file(".gitleaks.toml", ACME);
    // Only its own rules, as there; and that is said.
    let run = dir.run(&["scan", "."]);
    assert!(
        run.stderr.contains(".gitleaks.toml:1: warning: the built-in rules are not used"),
        "{run:?}"
    );
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
fn the_order_of_configurations() {
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
fn rules_about_paths() {
    let dir = Dir::new();
    dir.file("a.env", "acme_1234\n");
    dir.file("b.txt", "acme_1234\nother_1\n");
    dir.file(
        "g.toml",
        "[[rules]]\nid = 'acme'\nregex = 'acme_[0-9]{4}'\npath = '\\.env$'\n[[rules]]\nid = 'file'\npath = '(?i)\\.TXT$'\n",
    );
    assert_eq!(places(&dir, &["--config", "g.toml", "."]), ["acme@a.env", "file@b.txt"]);
    let run = dir.run(&["scan", "-f", "json", "--config", "g.toml", "b.txt"]);
    run.assert_code(1);
    assert_eq!(run.json()["findings"][0]["start_line"], 1);
    assert_eq!(run.json()["findings"][0]["redacted"], "[by its path]");
    // A rule that is not about a file does not stand in the way of one that is.
    let both = "[[rules]]\nid = 'narrow'\nregex = 'acme_[0-9]{4}'\npath = '\\.env$'\n[[rules]]\nid = 'wide'\nregex = 'acme_[0-9]'\n";
    dir.file("g.toml", both);
    assert_eq!(places(&dir, &["--config", "g.toml", "."]), ["wide@a.env", "wide@b.txt"]);
}

#[test]
fn lint_and_convert() {
    let dir = Dir::new();
    dir.run(&["config", "lint"]).assert_code(2);
    dir.file(".gitleaks.toml", "[extend]\nuseDefault = true\n[[rules]]\nid = 'acme'\nregx = 'x'\nregex = 'acme_[0-9]{4}'\nkeywords = ['acmee']\n");
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

/// What is found in files, with an allowlist in `.gitleaks.toml` beside them: the values and where they are.
fn left_by(allowlist: &str) -> Vec<String> {
    let dir = Dir::new();
    dir.file(
        ".gitleaks.toml",
        format!(
            "[[rules]]\nid = 'acme'\nregex = 'acme=([a-z0-9]+)'\n[[rules]]\nid = 'corp'\nregex = 'corp=([a-z0-9]+)'\n{allowlist}"
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
        "[extend]\nuseDefault = true\n[[rules]]\nid = 'gitlab-pat'\npath = '^src/'\nkeywords = ['none']\n\
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

/// What another rule requires has to be a finding itself, so its allowlists count there.
#[test]
fn what_is_allowed_is_nothing_to_require() {
    let config = |own: &str, all: &str| {
        format!(
            "[[rules]]\nid = 'key'\nregex = 'key=([a-z0-9]+)'\n[[rules.required]]\nid = 'user'\nwithinLines = 1\n\
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

#[test]
fn converted_allowlists_suppress_the_same() {
    let dir = Dir::new();
    dir.file(
        ".gitleaks.toml",
        "[[rules]]\nid = 'acme'\nregex = 'acme=([a-z0-9]+)'\n[[allowlists]]\npaths = ['^docs/']\nstopwords = ['one']\n",
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
