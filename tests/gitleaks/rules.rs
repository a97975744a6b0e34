//! What the rules of a file find.

use tokensieve_core::Confidence;

use super::{found, rule, scanner};

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
            + "\n[[rules]]\nid = 'b'\nregex = 'user=(\\w+)'\nskipReport = true\n\
               keywords = ['user']\nentropy = 1.5\n"
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

#[test]
fn low_entropy_is_counted_as_suppressed() {
    let mut seen = Vec::new();
    let scanner = scanner(&rule("regex = 'k=(\\w+)'\nentropy = 2"));
    scanner.scan(b"k=aaaa", &mut |located| seen.push(located.matched.confidence()));
    assert_eq!(seen, [Confidence::Refuted]);
}
