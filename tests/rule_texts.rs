//! What rules say to people: plain English, of a length that a report has room for, and links that
//! can be followed.

use tokensieve_core::RuleSet;

/// Words that speak of how a rule is made, or that nobody would say.
const FORBIDDEN: [&str; 17] = [
    "begin in",
    "begins in",
    "ids that",
    "regex",
    "by api: ",
    "anew",
    "so many",
    "is told",
    "e.g.",
    "i.e.",
    "none:",
    "todo:",
    "fixme",
    "click here",
    "please",
    "that of the ",
    "!!",
];

/// A text with the limits of its length.
fn check(id: &str, what: &str, text: &str, (least, most): (usize, usize)) -> Vec<String> {
    let mut wrong = Vec::new();
    let len = text.chars().count();
    if !(least..=most).contains(&len) {
        wrong.push(format!("{id}: the {what} has {len} characters, not {least} to {most}: {text}"));
    }
    let lower = text.to_lowercase();
    for word in FORBIDDEN.iter().filter(|word| lower.contains(**word)) {
        wrong.push(format!("{id}: the {what} says `{word}`: {text}"));
    }
    if text != text.trim() || text.contains("  ") || text.chars().any(char::is_control) {
        wrong.push(format!("{id}: the {what} has blanks or line ends that it should not: {text}"));
    }
    wrong
}

/// Whether a text is an address that a browser can follow.
fn is_link(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '#', '?']).next().unwrap_or_default();
    let is_host = host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let is_path =
        rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"`{}|\\^".contains(&byte));
    is_host && is_path && !text.ends_with(['.', ',', ';', ')'])
}

#[test]
fn texts_of_rules_are_plain_and_short() {
    let mut wrong = Vec::new();
    for rule in RuleSet::builtin().iter() {
        let id = rule.id();
        let remedy = rule.remediation();
        wrong.extend(check(id, "name", rule.name(), (6, 64)));
        wrong.extend(check(id, "description", rule.description(), (20, 200)));
        wrong.extend(check(id, "remedy", remedy.ui(), (10, 170)));
        wrong.extend(check(id, "call", remedy.api(), (0, 160)));
        if rule.name().ends_with('.') || !rule.description().ends_with('.') {
            wrong.push(format!("{id}: a name is no sentence, a description is"));
        }
        let starts = rule.description().chars().next();
        if !starts.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) {
            wrong.push(format!("{id}: a sentence begins with a capital: {}", rule.description()));
        }
        if !is_link(rule.url()) {
            wrong.push(format!("{id}: {} is no link", rule.url()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn links_are_told_from_what_is_none() {
    for link in ["https://a.example", "https://a.example/b?c=d#e", "https://docs.a-b.example/~x/"] {
        assert!(is_link(link), "{link}");
    }
    for wrong in [
        "",
        "http://a.example",
        "https://a",
        "https://.example",
        "https://a.example/b c",
        "https://a.example/<id>",
        "https://a.example/b.",
        "a.example",
    ] {
        assert!(!is_link(wrong), "{wrong}");
    }
    assert_eq!(check("a", "name", "Key (ids that begin in 1)  ", (1, 9)).len(), 4);
}
