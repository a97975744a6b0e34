//! Values without quotes: where they end.

use memchr::memchr;

use crate::text::span::Span;

/// How far to the left of a name its line is looked at.
const LONGEST_LINE_START: usize = 200;
/// The longest value without quotes, in bytes. Longer text is data, and reading it for each name in
/// it would take quadratic time.
const LONGEST_VALUE: usize = 512;
/// The longest name of a parameter in a query, in bytes.
const LONGEST_PARAMETER: usize = 24;

/// What stands around a value without quotes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Setting {
    /// A line of its own: the value goes on to a blank.
    Line,
    /// A query of a URL or a form: it also ends at `&`.
    Query,
    /// Something with structure: it ends at what structures it.
    Structure,
    /// The content of an element: it ends where the next tag begins.
    Element,
}

/// Signs that structure a line.
static STRUCTURE: [bool; 256] = table(b"{(,\"'`<;=?&|\\");

/// A table in which these bytes are marked.
pub(super) const fn table(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// What stands around a value whose name starts at `name`.
pub(super) fn setting(text: &[u8], name: usize) -> Setting {
    let start = line_start(text, name);
    let before = &text[start..name];
    match before.last() {
        Some(b'?' | b'&') => return Setting::Query,
        Some(b'<') => return Setting::Element,
        _ => {}
    }
    if before.iter().any(|byte| STRUCTURE[usize::from(*byte)]) {
        Setting::Structure
    } else {
        Setting::Line
    }
}

/// The start of the line of `at`, or as much of it as is looked at.
pub(super) fn line_start(text: &[u8], at: usize) -> usize {
    let from = at.saturating_sub(LONGEST_LINE_START);
    text[from..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(from, |newline| from + newline + 1)
}

/// The end of the line of `at`.
pub(super) fn line_end(text: &[u8], at: usize) -> usize {
    let end = memchr(b'\n', &text[at..]).map_or(text.len(), |len| at + len);
    if end > at && text[end - 1] == b'\r' { end - 1 } else { end }
}

/// How far the line of `at` is indented; the dash of a list counts.
pub(super) fn indent(text: &[u8], at: usize) -> usize {
    let line = &text[line_start(text, at)..at];
    line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'-')).count()
}

/// The bytes at which a value can end: controls, blanks and these signs.
const fn ends(signs: &[u8]) -> [bool; 256] {
    let mut table = table(signs);
    let mut byte = 0;
    while byte <= 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[0x7f] = true;
    table
}

static LINE_ENDS: [bool; 256] = ends(b"&,");
static STRUCTURE_ENDS: [bool; 256] = ends(b"&,;\"'`<>)]}\\");
static ELEMENT_ENDS: [bool; 256] = table(b"<\n\r");

/// Reads the value without quotes that starts at `at`; it is empty where nothing stands there, and
/// where it has no end within 512 bytes.
pub(super) fn read(text: &[u8], at: usize, setting: Setting) -> Span {
    let rest = &text[at..text.len().min(at + LONGEST_VALUE)];
    let ends = match setting {
        Setting::Element => &ELEMENT_ENDS,
        Setting::Line => &LINE_ENDS,
        Setting::Query | Setting::Structure => &STRUCTURE_ENDS,
    };
    // `a=1&b=2`, `--set a=1,b=2`
    let goes_on = |index: usize| {
        let is_always = matches!(
            (setting, rest[index]),
            (Setting::Query, b'&' | b',') | (Setting::Structure, b',')
        );
        matches!(rest[index], b'&' | b',')
            && setting != Setting::Element
            && !is_always
            && !is_name_behind(&rest[index + 1..])
    };
    let is_cut = at + rest.len() < text.len();
    let most = if is_cut { 0 } else { rest.len() };
    let mut end = next_end(rest, 0, ends);
    while let Some(at) = end.filter(|at| goes_on(*at)) {
        end = next_end(rest, at + 1, ends);
    }
    let end = end.unwrap_or(most);
    let mut value = Span::new(at, at + end);
    let is_trimmed = |byte: u8| match setting {
        Setting::Element => byte.is_ascii_whitespace(),
        _ => matches!(byte, b',' | b';'),
    };
    while value.end > value.start && is_trimmed(text[value.end - 1]) {
        value.end -= 1;
    }
    value
}

/// The first byte at or after `from` at which a value can end.
fn next_end(text: &[u8], from: usize, ends: &[bool; 256]) -> Option<usize> {
    let is_end = |byte: &u8| ends[usize::from(*byte)];
    let (parts, _) = text[from..].as_chunks::<8>();
    // Most parts of a long value have no end: they are looked at without a branch for each byte.
    let has_end = |part: &[u8; 8]| part.iter().fold(false, |has, byte| has | is_end(byte));
    let skipped = 8 * parts.iter().take_while(|part| !has_end(part)).count();
    text[from + skipped..].iter().position(is_end).map(|len| from + skipped + len)
}

/// Whether a text begins with a name and its `=`.
fn is_name_behind(text: &[u8]) -> bool {
    let is_of_name =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let len = text.iter().take(LONGEST_PARAMETER).take_while(is_of_name).count();
    len > 1 && text.get(len) == Some(&b'=') && text.get(len + 1).is_some_and(|byte| *byte != b'=')
}

/// The only word of a line, from its first byte on that is no blank to its comment; none where
/// there are more.
pub(super) fn only_word(text: &[u8], at: usize) -> Option<Span> {
    let word = read(text, at, Setting::Line);
    let rest = text[word.end..line_end(text, at).max(word.end)].trim_ascii_start();
    (!word.is_empty() && (rest.is_empty() || is_comment(rest))).then_some(word)
}

/// Whether a comment starts at the beginning of a text.
fn is_comment(text: &[u8]) -> bool {
    matches!(text, [b'#' | b';', ..] | [b'/', b'/', ..] | [b'-', b'-', b' ', ..] | [b'/', b'*', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        for (text, expected) in [
            ("  - DB_", Setting::Line),
            ("2026-05-01T10:00:00Z [INFO] x: ", Setting::Line),
            ("a = 1\n", Setting::Line),
            ("https://h/p?a=b&", Setting::Query),
            ("<", Setting::Element),
            ("f(a, ", Setting::Structure),
            ("{\"", Setting::Structure),
            ("a=1 ", Setting::Structure),
        ] {
            assert_eq!(setting(text.as_bytes(), text.len()), expected, "{text}");
        }
    }

    #[test]
    fn ends() {
        for (text, setting, expected) in [
            ("a1,B2;c3.D4 x", Setting::Line, "a1,B2;c3.D4"),
            ("p~7\"h'z\r\n", Setting::Line, "p~7\"h'z"),
            ("abc;\n", Setting::Line, "abc"),
            ("a&b=c", Setting::Query, "a"),
            ("a&b,c", Setting::Structure, "a&b"),
            ("a}", Setting::Structure, "a"),
            ("a b&amp;c </x>", Setting::Element, "a b&amp;c"),
            ("", Setting::Line, ""),
        ] {
            assert_eq!(&text[read(text.as_bytes(), 0, setting).range()], expected, "{text}");
        }
    }

    #[test]
    fn what_has_no_end_within_the_limit_is_no_value() {
        let text = [b'a'; LONGEST_VALUE + 1];
        assert_eq!(read(&text, 0, Setting::Line).len(), 0);
        assert_eq!(read(&text, 1, Setting::Line).len(), LONGEST_VALUE);
        assert_eq!(read(&[&text[1..], b" b"].concat(), 1, Setting::Line).len(), LONGEST_VALUE - 1);
    }

    #[test]
    fn words_alone_on_their_line() {
        for (text, expected) in [
            ("abc\n", Some("abc")),
            ("abc # x\n", Some("abc")),
            ("abc  ", Some("abc")),
            ("abc d", None),
            ("\n", None),
        ] {
            assert_eq!(
                only_word(text.as_bytes(), 0).map(|word| &text[word.range()]),
                expected,
                "{text}"
            );
        }
    }
}
