//! What patterns of Go mean, and which of them Go refuses.

use super::*;
use crate::rules::regex::parse;

/// The first match of a pattern of Go in a text.
fn first(pattern: &str, text: &str) -> Option<String> {
    let translated = translate(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
    let hir = parse(&translated.regex)
        .unwrap_or_else(|error| panic!("{pattern}: {}: {error}", translated.regex));
    let regex = regex_automata::meta::Regex::builder()
        .configure(regex_automata::meta::Config::new().utf8_empty(false))
        .build_from_hir(&hir)
        .unwrap();
    regex
        .find(text)
        .map(|found| String::from_utf8(text.as_bytes()[found.range()].to_vec()).unwrap())
}

#[test]
fn matches_are_those_of_go() {
    let table: &[(&str, &str, Option<&str>)] = &[
        // Perl's classes are ASCII.
        (r"\w+", "caf\u{e9}s", Some("caf")),
        (r"\d+", "\u{663}7", Some("7")),
        (r"a\sb", "a\u{a0}b", None),
        (r"a\sb", "a\u{b}b", None),
        (r"a\sb", "a\u{c}b", Some("a\u{c}b")),
        (r"\W", "\u{e9}", Some("\u{e9}")),
        (r"\D+", "7\u{663}8", Some("\u{663}")),
        (r"\S+", " \u{a0}\u{b}", Some("\u{a0}\u{b}")),
        (r"[\w.-]+", "\u{e9}a.b-c\u{e9}", Some("a.b-c")),
        (r"[^\w]", "a\u{e9}", Some("\u{e9}")),
        // A border of a word is one of ASCII words.
        (r"\bkey\b", "\u{e9}key\u{e9}", Some("key")),
        (r"\bkey\b", "xkey", None),
        (r"\Bkey", "\u{e9}key", None),
        (r"\Bkey", "xkey", Some("key")),
        // Everything else works on characters.
        (r"^.$", "\u{e9}", Some("\u{e9}")),
        (r"^..$", "\u{e9}", None),
        (r"^[^a]$", "\u{1f600}", Some("\u{1f600}")),
        (r"^[^a]{2}$", "\u{e9}\u{e8}", Some("\u{e9}\u{e8}")),
        (r".", "\n", None),
        (r"(?s).", "\n", Some("\n")),
        (r"[^a]", "\n", Some("\n")),
        // So does the folding of case.
        (r"(?i)\x{e9}", "\u{c9}", Some("\u{c9}")),
        (r"(?i)k", "\u{212a}", Some("\u{212a}")),
        (r"(?i)[a-z]", "\u{17f}", Some("\u{17f}")),
        (r"(?i)\w", "\u{212a}", Some("\u{212a}")),
        (r"(?i)[^k]", "\u{212a}K", None),
        (r"(?i)stra\x{df}e", "STRA\u{1e9e}E", Some("STRA\u{1e9e}E")),
        (r"a(?i)b", "aB", Some("aB")),
        (r"a(?i)b", "AB", None),
        (r"(?:a(?i)b)c", "aBC", None),
        (r"(?i:a)b", "Ab", Some("Ab")),
        (r"(?i)a(?-i)b", "AB", None),
        (r"a(?i)b|c", "C", Some("C")),
        // Text and borders.
        (r"\Qa.b*\E+", "a.b***", Some("a.b***")),
        (r"\Qa.b", "a.b", Some("a.b")),
        (r"\Q\E", "", Some("")),
        (r"a$", "a\n", None),
        (r"(?m)a$", "a\nb", Some("a")),
        (r"a\z", "a", Some("a")),
        (r"^b", "a\nb", None),
        (r"(?m)^b", "a\nb", Some("b")),
        (r"\Aa", "a", Some("a")),
        (r"^*a", "ba", Some("a")),
        // Greed can be turned round.
        (r"(?U)a+", "aaa", Some("a")),
        (r"(?U)a+?", "aaa", Some("aaa")),
        (r"a+?", "aaa", Some("a")),
        (r"(?U)a{2,3}", "aaa", Some("aa")),
        // Braces that count nothing are text.
        (r"a{", "a{", Some("a{")),
        (r"a{,3}", "aaa{,3}", Some("a{,3}")),
        (r"a{x}", "a{x}", Some("a{x}")),
        (r"a{02}", "a{02}", Some("a{02}")),
        (r"\{\{a\}\}", "{{a}}", Some("{{a}}")),
        (r"}", "}", Some("}")),
        (r"a{2}", "aaa", Some("aa")),
        (r"a{2,}", "aaa", Some("aaa")),
        (r"a(?i)*b", "aaB", Some("aaB")),
        // A class has no operators, and no class in it.
        (r"[a&&b]+", "x&ab&", Some("&ab&")),
        (r"[a~~b]+", "~a", Some("~a")),
        (r"[[a]+", "[a", Some("[a")),
        (r"[]a]+", "a]", Some("a]")),
        (r"[^]a]", "]ab", Some("b")),
        (r"[a-]+", "-a", Some("-a")),
        (r"[-a]+", "-a", Some("-a")),
        (r"[\w-]+", "a-b", Some("a-b")),
        (r"[#\- ]+", "#- ", Some("#- ")),
        (r"[[:alpha:]]+", "\u{e9}ab1", Some("ab")),
        (r"[[:^digit:]]+", "1\u{e9}a2", Some("\u{e9}a")),
        (r"[[:word:]]+", "-a_1", Some("a_1")),
        (r"[[:space:]]", "\u{b}", Some("\u{b}")),
        (r"[:alpha:]+", "help:", Some("h")),
        (r"[[:alpha]+", "[:a", Some("[:a")),
        // Escapes.
        (r"\x41\x{42}\103", "ABC", Some("ABC")),
        (r"\0", "\0", Some("\0")),
        (r"\012", "\n", Some("\n")),
        (r"\12", "\n", Some("\n")),
        (r"\<a\>", "<a>", Some("<a>")),
        (r#"\"\'\`\/\@\_\~\%"#, "\"'`/@_~%", Some("\"'`/@_~%")),
        (r"\a\f\t\r\v", "\u{7}\u{c}\t\r\u{b}", Some("\u{7}\u{c}\t\r\u{b}")),
        (r"\p{Greek}+", "a\u{3b1}\u{3b2}", Some("\u{3b1}\u{3b2}")),
        (r"\pL+", "1\u{e9}a", Some("\u{e9}a")),
        (r"\P{L}+", "a1-", Some("1-")),
        (r"\p{^L}+", "a1-", Some("1-")),
        (r"[\p{Lu}\d]+", "a\u{c9}1", Some("\u{c9}1")),
        (r"#a b", "#a b", Some("#a b")),
        // Names of groups are of no use here.
        (r"(?P<secret>a)(?<b>c)", "ac", Some("ac")),
        (r"a||b", "b", Some("")),
        (r"()", "b", Some("")),
        (r"(?)a", "a", Some("a")),
    ];
    for (pattern, text, expected) in table {
        assert_eq!(first(pattern, text).as_deref(), *expected, "{pattern}");
    }
}

#[test]
fn what_go_refuses_is_refused_where_it_stands() {
    let table: &[(&str, usize, &str)] = &[
        (r"a(?=b)", 1, "look-around"),
        (r"a(?!b)", 1, "look-around"),
        (r"(?<=a)b", 0, "look-around"),
        (r"(?<!a)b", 0, "look-around"),
        (r"(?>a)", 0, "not known to Go"),
        (r"(a)\1", 3, "refers to a group"),
        (r"a\8", 1, "refers to a group"),
        (r"(?x)a", 0, "flags"),
        (r"(?u)a", 0, "flags"),
        (r"(?i-)a", 0, "flags"),
        (r"(?--i)a", 0, "flags"),
        (r"(?i", 0, "flags"),
        (r"a**", 2, "repeats a repetition"),
        (r"a+*", 2, "repeats a repetition"),
        (r"a*??", 3, "repeats a repetition"),
        (r"a{2}{3}", 4, "repeats a repetition"),
        (r"*a", 0, "nothing for `*`"),
        (r"a|*", 2, "nothing for `*`"),
        (r"(+)", 1, "nothing for `+`"),
        (r"a{1001}", 1, "at most 1000"),
        (r"a{2,1}", 1, "counts rise"),
        (r"a{99999999999}", 1, "at most 1000"),
        (r"(a{500}){3}", 8, "1000 times in all"),
        (r"((a{50}){20}b){2}", 14, "1000 times in all"),
        (r"a\Z", 1, "not known to Go"),
        (r"\h", 0, "not known to Go"),
        (r"\R", 0, "not known to Go"),
        (r"\C", 0, "not known to Go"),
        (r"\E", 0, "not known to Go"),
        (r"\u00e9", 0, "not known to Go"),
        (r"a\", 1, "ends the pattern"),
        (r"\x4", 0, "two hexadecimal digits"),
        (r"\x{110000}", 0, "up to 10FFFF"),
        (r"\x{d800}", 0, "no character"),
        (r"\p{Nonsense}", 0, "no class of Unicode"),
        (r"\p{L", 0, "not closed"),
        (r"[a", 0, "not closed"),
        (r"x[]", 1, "not closed"),
        (r"[b-a]", 1, "backwards"),
        (r"[a--]", 1, "backwards"),
        (r"[a-\d]", 3, "not known to Go"),
        (r"[[:foo:]]", 1, "no class that Go knows"),
        (r"[\Qa\E]", 1, "not known to Go"),
        (r"(a", 0, "not closed"),
        (r"a)", 1, "closes nothing"),
        (r"(?P<a>x)(?P<a>y)", 8, "two groups"),
        (r"(?P<a-b>x)", 0, "name of a group"),
        (r"(?P=a)", 0, "flags"),
    ];
    for (pattern, offset, message) in table {
        let error = translate(pattern).expect_err(pattern);
        assert!(error.to_string().contains(message), "{pattern}: {error}");
        assert_eq!(error.offset, *offset, "{pattern}: {error}");
    }
    let deep = "(".repeat(MAX_DEPTH + 1) + &")".repeat(MAX_DEPTH + 1);
    assert!(translate(&deep).unwrap_err().to_string().contains("groups in each other"));
    let deep = "(".repeat(MAX_DEPTH) + &")".repeat(MAX_DEPTH);
    assert!(parse(&translate(&deep).unwrap().regex).is_ok());
}

#[test]
fn groups_keep_their_numbers() {
    for (pattern, groups) in
        [("a", 0), ("(a)(?:b)((?i)c)", 2), ("(?P<x>a(b))", 2), (r"\(", 0), ("[(]", 0)]
    {
        let translated = translate(pattern).unwrap();
        assert_eq!(translated.groups, groups, "{pattern}");
        let hir = parse(&translated.regex).unwrap();
        assert_eq!(hir.properties().explicit_captures_len(), groups, "{pattern}");
    }
}

#[test]
fn what_is_ascii_stays_readable() {
    for (pattern, expected) in [
        (r"acme_[0-9a-f]{16}", r"acme_[0-9a-f]{16}"),
        (r"\b(ab[\w-]+)\b", r"\b(ab[\-0-9A-Z_a-z]+)\b"),
        (r"(?i)abc", "[Aa][Bb][Cc]"),
        (r"x(?:\s|$)", r"x(?:[\t\n\x0C\r ]|\z)"),
        (r"[^']", r"(?u:[^'])"),
    ] {
        assert_eq!(translate(pattern).unwrap().regex, expected);
    }
}

proptest::proptest! {
    /// Whatever is translated can be parsed, and nothing panics.
    #[test]
    fn translations_are_regexes(
        pattern in concat!(
            r"([a-c\[\](){}|*+?^$.\\\-:&,0-9EQdwpPisxz\u{e9}]",
            r"|\[\[:|\(\?i?[:)]|\\Q|\{2,3\}){0,16}",
        ),
    ) {
        if let Ok(translated) = translate(&pattern) {
            let hir = parse(&translated.regex);
            proptest::prop_assert!(hir.is_ok(), "{pattern} as {}", translated.regex);
            let groups = hir.unwrap().properties().explicit_captures_len();
            proptest::prop_assert_eq!(groups, translated.groups);
        }
    }
}
