//! Patterns of paths as in `.gitignore`, as regexes: the core has no file system, and all else that
//! is compared with a path is a regex too.

use core::fmt::Write;

/// The regex that matches the paths, relative to the root, that a pattern names or that are below
/// what it names. None where it is no pattern: empty, negated, or with a class that is not closed.
pub(crate) fn to_regex(glob: &str) -> Option<String> {
    if glob.starts_with('!') {
        return None;
    }
    let is_folder = glob.ends_with('/');
    let body = glob.strip_suffix('/').unwrap_or(glob);
    let is_anchored = body.contains('/');
    let body = body.strip_prefix('/').unwrap_or(body);
    if body.is_empty() {
        return None;
    }
    let mut regex = String::from(r"(?s-u)\A");
    if !is_anchored {
        regex += "(?:.*/)?";
    }
    let mut rest = body;
    let mut is_at_start = true;
    while let Some(next) = rest.chars().next() {
        if is_at_start && let Some(tail) = rest.strip_prefix("**/") {
            regex += "(?:.*/)?";
            rest = tail;
            continue;
        }
        if is_at_start && rest == "**" {
            // Everything below.
            return Some(regex + if is_folder { ".+/" } else { ".+" });
        }
        is_at_start = next == '/';
        rest = match next {
            '*' => {
                regex += "[^/]*";
                rest.trim_start_matches('*')
            }
            '?' => {
                regex += "[^/]";
                &rest[1..]
            }
            '[' => class(&rest[1..], &mut regex)?,
            '\\' => {
                let escaped = rest[1..].chars().next()?;
                literal(escaped, &mut regex);
                &rest[1 + escaped.len_utf8()..]
            }
            other => {
                literal(other, &mut regex);
                &rest[other.len_utf8()..]
            }
        };
    }
    regex += if is_folder { "/" } else { r"(?:/|\z)" };
    Some(regex)
}

/// Bytes that mean themselves, whatever they are.
fn literal(c: char, regex: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _ = write!(regex, r"\x{byte:02x}");
    }
}

/// The class behind its opening bracket; what is left behind its closing one.
fn class<'g>(text: &'g str, regex: &mut String) -> Option<&'g str> {
    let (is_negated, text) = match text.strip_prefix(['!', '^']) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    // A bracket at the beginning means itself.
    let end = text.bytes().skip(1).position(|byte| byte == b']')? + 1;
    let entries = text
        .get(..end)
        .filter(|entries| entries.is_ascii() && !entries.contains(['/', '\\', '[']))?;
    *regex += if is_negated { "[^/" } else { "[" };
    let bytes = entries.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let _ = write!(regex, r"\x{:02x}", bytes[at]);
        if let [b'-', to, ..] = bytes[at + 1..] {
            if to < bytes[at] {
                return None;
            }
            let _ = write!(regex, r"-\x{to:02x}");
            at += 2;
        }
        at += 1;
    }
    regex.push(']');
    Some(&text[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        let hir = crate::rules::regex::parse(&to_regex(glob).unwrap()).unwrap();
        regex_automata::meta::Regex::builder().build_from_hir(&hir).unwrap().is_match(path)
    }

    #[test]
    fn patterns_mean_what_they_mean_in_gitignore() {
        let yes = [
            ("*.md", "docs/a.md"),
            ("docs", "docs/a.md"),
            ("docs/", "x/docs/a.md"),
            ("/docs", "docs"),
            ("docs/*.md", "docs/a.md"),
            ("a/**/b", "a/b"),
            ("a/**/b", "a/x/y/b"),
            ("**/b", "b"),
            ("a/**", "a/x"),
            ("a?c", "abc"),
            ("[a-c]x", "bx"),
            ("[!a]x", "bx"),
            (r"\*", "*"),
            ("\u{e4}*", "\u{e4}b"),
            ("a.b", "a.b"),
        ];
        for (glob, path) in yes {
            assert!(matches(glob, path), "{glob} {path}");
        }
        let no = [
            ("*.md", "a.mdx"),
            ("docs/", "docs"),
            ("/docs", "x/docs"),
            ("docs/*.md", "docs/x/a.md"),
            ("docs/*.md", "x/docs/a.md"),
            ("a/**", "a"),
            ("a/**/", "a/b"),
            ("a?c", "a/c"),
            ("[!a]x", "/x"),
            ("a.b", "axb"),
            ("docs", "docs2/a"),
        ];
        for (glob, path) in no {
            assert!(!matches(glob, path), "{glob} {path}");
        }
    }

    #[test]
    fn what_is_no_pattern() {
        for glob in ["", "/", "!a", "[a", "[z-a]", "a\\", "[/]"] {
            assert_eq!(to_regex(glob), None, "{glob}");
        }
    }
}
