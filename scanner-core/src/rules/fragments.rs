//! Parts that many regexes of rules share, by name:
//! `acme{{path}}{{word}}{{assign}}(?<secret>[0-9a-f]{32}){{end}}`.
//!
//! Values without a prefix of their own are recognised by a provider's name, a word such as `key`,
//! and an assignment. There are many ways to write that, and each rule means all of them. The forms
//! are described in docs/formats.md.

use std::borrow::Cow;

/// From a provider's name to the word: the rest of the name, and the brackets, keys and other lines
/// of nested settings.
const PATH: &str = concat!(
    r#"[0-9A-Za-z_.\x20-]{0,24}?"#,
    r#"(?:["\x27]?\]?(?:->|::|[\x20\t]{0,4}[:=]?>?[\x20\t]{0,4}[{\[(]{1,2}\s{0,40}|:?\s{1,40})"#,
    r#"(?:["\x27]?[0-9A-Za-z_.-]{1,24}["\x27]?\x20?[:=][^\n]{0,60}\n[\x20\t]{0,24}){0,3}?"#,
    r#"["\x27:]?[0-9A-Za-z_.-]{0,16}?)?"#,
);

/// A word that says that a secret follows.
const WORD: &str =
    r"(?i:key|token|secret|passw(?:or)?d|pass|pwd|auth|cred(?:ential)?s?|api|access|bearer|pat)";

/// From the word to the value: an environment, then an assignment, an argument, an element or a
/// cell.
const ASSIGN: &str = concat!(
    r"(?:[_.-]?(?i:prod(?:uction)?|dev|stag(?:e|ing)|test|live|main|default|value|text",
    r"|v?[0-9]{1,2}))?",
    r#"\\?["\x27`]?\*{0,2}"#,
    r"(?:(?:[\])]|\[[0-9A-Z_]{0,12}\])?[\x20\t]{0,9}",
    r"(?::?\x20?[&A-Za-z\x27\x20<>?\[\]]{3,20}=|=>|<-|\|\|=?|\?\?=?|[:?+.]{0,3}==?|:-?|>",
    r"|%3[AaDd])(?:\*{0,2}\s{0,9}|%20)",
    r#"(?:(?:[A-Za-z_:.\x20]{1,24}\()?(?:[bfruLR@$]{0,2}\\{0,2}["\x27`]{1,3}){1,2})?"#,
    r#"|[\x20\t]{0,4}[,;(|]\s{0,9}(?:\\{0,2}["\x27`]){0,3}"#,
    r#"|,?\s{0,40}["\x27]?value["\x27]?\s{0,4}[:=]\s{0,4}["\x27]?"#,
    r#"|\x20\{[^{}]{0,160}?default\s{0,12}=\s{0,4}""#,
    r"|</(?:name|key)>\s{0,40}<(?:value|string)>",
    r#"|[\x20\t]{1,4}(?:(?:is|was|to)(?::|\x20=)?\x20)?["\x27`]?)"#,
    r"(?:(?i:bearer|token|basic|apikey)\x20)?",
);

/// Behind the value: nothing that would make it a part of a name, a path or a longer value.
const END: &str = r"(?:[^0-9A-Za-z_+/=.(\[-]|[.](?:[^0-9A-Za-z_]|(?m:$))|(?m:$))";

const FRAGMENTS: [(&str, &str); 4] =
    [("path", PATH), ("word", WORD), ("assign", ASSIGN), ("end", END)];

/// The regex with all fragments in the place of their names.
///
/// # Errors
///
/// The name that no fragment has.
pub(super) fn expand(regex: &str) -> Result<Cow<'_, str>, String> {
    if !regex.contains("{{") {
        return Ok(Cow::Borrowed(regex));
    }
    let mut expanded = String::with_capacity(regex.len() + 1024);
    let mut rest = regex;
    while let Some((head, tail)) = rest.split_once("{{") {
        expanded.push_str(head);
        let (name, tail) = tail.split_once("}}").unwrap_or((tail, ""));
        let fragment =
            FRAGMENTS.iter().find(|(known, _)| *known == name).ok_or_else(|| name.to_owned())?;
        expanded.push_str(fragment.1);
        rest = tail;
    }
    expanded.push_str(rest);
    Ok(Cow::Owned(expanded))
}

/// The names, for error messages.
pub(super) fn names() -> String {
    FRAGMENTS.map(|(name, _)| format!("{{{{{name}}}}}")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::regex::parse;

    #[test]
    fn fragments_are_regexes_by_themselves() {
        for (name, fragment) in FRAGMENTS {
            assert!(parse(fragment).is_ok(), "{name}");
            // They can stand in a regex with `(?x)` and in one without.
            assert!(!fragment.contains(char::is_whitespace) && !fragment.contains('#'), "{name}");
        }
    }

    #[test]
    fn names_are_replaced() {
        assert_eq!(expand("a{2}b").unwrap(), "a{2}b");
        assert_eq!(expand("a{{word}}b").unwrap(), format!("a{WORD}b"));
        assert_eq!(expand("a{{nope}}").unwrap_err(), "nope");
        assert_eq!(expand("a{{path").unwrap(), format!("a{PATH}"));
    }
}
