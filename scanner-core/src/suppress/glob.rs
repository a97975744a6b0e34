//! Patterns of paths as in `.gitignore`, as regexes: the core has no file system, and all else that
//! is compared with a path is a regex too.

use core::fmt::Write;
use std::borrow::Cow;

/// Returns a pattern of paths in the form that `.gitignore` knows, anchored where it is written as
/// a path: `./a`, `a//b`, `a/./b` and `a\b` mean `/a`, `a/b`, `a/b` and `a/b`.
///
/// A backslash separates folders only where it cannot be an escape: before a letter, a digit or
/// `_`, or at the end, and where the pattern has no class.
///
/// # Errors
///
/// The pattern can match no path of a tree; the text says why.
///
/// ```
/// use tokensieve_core::suppression::path_pattern;
///
/// assert_eq!(path_pattern("./vendor/"), Ok("/vendor/".into()));
/// assert!(path_pattern("../vendor").is_err());
/// ```
pub fn path_pattern(pattern: &str) -> Result<Cow<'_, str>, &'static str> {
    if let Some(negated) = pattern.strip_prefix('!') {
        return path_pattern(negated).map(|plain| Cow::Owned(format!("!{plain}")));
    }
    if pattern.trim().is_empty() {
        return Err("it is empty");
    }
    if pattern.starts_with('#') {
        return Err("it is a comment: write `\\#` for a name that begins with `#`");
    }
    let slashed = if has_separating_backslash(pattern) {
        Cow::Owned(pattern.replace('\\', "/"))
    } else {
        Cow::Borrowed(pattern)
    };
    if matches!(slashed.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic()) {
        return Err("it begins with a drive, and patterns begin at the root of the repository");
    }
    if slashed.split('/').any(|part| part == "..") {
        return Err("`..` leads out of the repository");
    }
    // A leading separator and a trailing one mean something, the other empty parts do not.
    let is_plain = |part: &&str| !part.is_empty() && *part != ".";
    let parts: Vec<&str> = slashed.split('/').filter(is_plain).collect();
    if parts.is_empty() {
        return Err("it names the root itself: `*` matches everything in it");
    }
    let is_anchored = slashed.starts_with(['/', '.']) && !slashed.starts_with(parts[0]);
    let is_folder = slashed.ends_with('/') || slashed.ends_with("/.");
    let start = if is_anchored { "/" } else { "" };
    let plain = format!("{start}{}{}", parts.join("/"), if is_folder { "/" } else { "" });
    Ok(if plain == pattern { Cow::Borrowed(pattern) } else { Cow::Owned(plain) })
}

/// Whether a pattern is written with the separators of Windows.
fn has_separating_backslash(pattern: &str) -> bool {
    if pattern.contains('[') {
        return false;
    }
    let mut chars = pattern.chars();
    while let Some(next) = chars.next() {
        if next == '\\' {
            match chars.next() {
                Some(escaped) if !escaped.is_alphanumeric() && escaped != '_' => {}
                _ => return true,
            }
        }
    }
    false
}

/// The regex that matches the paths, relative to the root, that a pattern names or that are below
/// what it names. None where it is no pattern: negated, with a class that is not closed, or one
/// that [`path_pattern`] refuses.
pub(crate) fn to_regex(glob: &str) -> Option<String> {
    let glob = &*path_pattern(glob).ok()?;
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
        for glob in ["", "/", "!a", "[a", "[z-a]", "[a]\\", "[/]", "../a", "a/../b", "#a"] {
            assert_eq!(to_regex(glob), None, "{glob}");
        }
    }

    #[test]
    fn patterns_that_are_written_as_paths() {
        let table = [
            ("./vendor", "/vendor"),
            ("././vendor/", "/vendor/"),
            (".//vendor", "/vendor"),
            ("vendor//a", "vendor/a"),
            ("//vendor", "/vendor"),
            ("vendor/./a", "vendor/a"),
            ("vendor/.", "vendor/"),
            (r"vendor\a", "vendor/a"),
            (r"vendor\", "vendor/"),
            (r".\vendor\*.js", "/vendor/*.js"),
            ("!./vendor", "!/vendor"),
        ];
        for (pattern, plain) in table {
            assert_eq!(path_pattern(pattern).as_deref(), Ok(plain), "{pattern}");
        }
        for same in ["vendor", "/a", ".env", ".env/", "*.md", r"\#a", r"a\*", r"[\d]", "**/b"] {
            assert_eq!(path_pattern(same).as_deref(), Ok(same), "{same}");
        }
        for none in ["", "  ", "#a", "/", ".", "./", "..", r"..\a", "a/..", r"C:\a", "C:/a", "!"] {
            assert!(path_pattern(none).is_err(), "{none}");
        }
        assert!(matches("./docs", "docs/a.md"));
        assert!(!matches("./docs", "x/docs/a.md"));
    }
}
