//! Quoted strings: how they open, and where they close.

use memchr::{memchr, memchr2, memmem};

use super::value::Delimiter;
use crate::text::span::Span;

/// More backslashes than this in front of a quote are no level of escaping.
const DEEPEST_ESCAPE: usize = 3;
/// Letters of a string's type in front of its quote: `b"`, `rb'`, `N'`, `@"`.
const LONGEST_PREFIX: usize = 2;
/// The longest content of a string that can have several lines, in bytes.
const LONGEST_BLOCK: usize = 1_024;

/// How a quoted string closes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Close {
    /// At this mark, behind exactly this many backslashes. If that is 0, any even number counts.
    Mark { mark: u8, escapes: usize },
    /// At these bytes, on any line.
    Text(&'static [u8]),
}

/// Strings that close with more than one byte, and brackets that quote. Longer ones first.
const OPENINGS: [(&[u8], &[u8]); 14] = [
    (b"\"\"\"", b"\"\"\""),
    (b"'''", b"'''"),
    (b"```", b"```"),
    (b"R\"(", b")\""),
    (b"##\"", b"\"##"),
    (b"#\"", b"\"#"),
    (b"q{", b"}"),
    (b"q(", b")"),
    (b"q[", b"]"),
    (b"q|", b"|"),
    (b"&quot;", b"&quot;"),
    (b"&#34;", b"&#34;"),
    (b"%22", b"%22"),
    (b"<![CDATA[", b"]]>"),
];

/// Reads the quoted string that opens at `at`: the span of its content, and how it is delimited.
///
/// Returns none where no string opens, and where it does not close: on its line, or for strings of
/// several lines within 1,024 bytes. Reads each byte at most twice.
pub(super) fn read(text: &[u8], at: usize) -> Option<(Span, Delimiter)> {
    let (start, close) = open(text, at)?;
    let end = close_of(text, start, close)?;
    let content = trim(text, Span::new(start, end), close);
    Some((content, Delimiter::Quoted))
}

/// The end of the string that opens at `at`, one past its closing quote.
pub(super) fn end_behind(text: &[u8], at: usize) -> Option<usize> {
    let (start, close) = open(text, at)?;
    let end = close_of(text, start, close)?;
    Some(match close {
        Close::Mark { escapes, .. } => end + escapes + 1,
        Close::Text(mark) => end + mark.len(),
    })
}

/// Where the content of the string that opens at `at` starts.
pub(super) fn content_start(text: &[u8], at: usize) -> Option<usize> {
    open(text, at).map(|(start, _)| start)
}

fn open(text: &[u8], at: usize) -> Option<(usize, Close)> {
    let is_prefix =
        |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'@' | b'$' | b'%' | b'#');
    let rest = &text[at..];
    if !rest.first().is_some_and(|byte| {
        is_prefix(byte) || matches!(byte, b'"' | b'\'' | b'`' | b'\\' | b'&' | b'<')
    }) {
        return None;
    }
    let most = rest.iter().take(LONGEST_PREFIX).take_while(|byte| is_prefix(byte)).count();
    (0..=most).find_map(|prefix| open_at(rest, prefix)).map(|(start, close)| (at + start, close))
}

fn open_at(rest: &[u8], prefix: usize) -> Option<(usize, Close)> {
    let rest = &rest[prefix..];
    let first = *rest.first()?;
    // Most are told apart by their first byte.
    let is_here = |open: &[u8]| open[0] == first && rest.starts_with(open);
    if let Some((open, close)) = OPENINGS.iter().find(|(open, _)| is_here(open)) {
        return Some((prefix + open.len(), Close::Text(close)));
    }
    let escapes = rest.iter().take(DEEPEST_ESCAPE).take_while(|byte| **byte == b'\\').count();
    match rest.get(escapes) {
        Some(&mark @ (b'"' | b'\'' | b'`')) if escapes != 2 => {
            Some((prefix + escapes + 1, Close::Mark { mark, escapes }))
        }
        _ => None,
    }
}

fn close_of(text: &[u8], start: usize, close: Close) -> Option<usize> {
    let rest = &text[start..];
    let (mark, escapes) = match close {
        Close::Text(close) => {
            let rest = &rest[..rest.len().min(LONGEST_BLOCK + close.len())];
            return memmem::find(rest, close).map(|len| start + len);
        }
        Close::Mark { mark, escapes } => (mark, escapes),
    };
    let mut from = 0;
    loop {
        let at = from + memchr2(mark, b'\n', &rest[from..])?;
        if rest[at] == b'\n' {
            return None;
        }
        let slashes = rest[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
        match escapes {
            0 if slashes % 2 == 0 => return Some(start + at),
            // The string around it ends first.
            1.. if slashes < escapes => return None,
            1.. if slashes == escapes => return Some(start + at - escapes),
            _ => from = at + 1,
        }
    }
}

/// Cuts the line ends and the indentation at both ends of a string of several lines: they do not
/// belong to its value.
fn trim(text: &[u8], content: Span, close: Close) -> Span {
    if !matches!(close, Close::Text(_)) || memchr(b'\n', &text[content.range()]).is_none() {
        return content;
    }
    let inside = &text[content.range()];
    let start = content.start + (inside.len() - inside.trim_ascii_start().len());
    Span::new(start, start + inside.trim_ascii().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The content of the string at the start of a text.
    fn content(text: &str) -> Option<&str> {
        read(text.as_bytes(), 0).map(|(span, _)| &text[span.range()])
    }

    #[test]
    fn strings_close_where_they_opened() {
        for (text, expected) in [
            ("\"a'b`c\" x", Some("a'b`c")),
            ("'a\"b'", Some("a\"b")),
            ("`a b`", Some("a b")),
            ("\"a\\\"b\"", Some("a\\\"b")),
            ("\"a\\\\\"b", Some("a\\\\")),
            ("b\"a\"", Some("a")),
            ("rb'a'", Some("a")),
            ("N'a'", Some("a")),
            ("@\"a\"", Some("a")),
            ("$'a'", Some("a")),
            ("\\\"a'b\\\",", Some("a'b")),
            ("\\\"a\\\\\\\"b\\\"", Some("a\\\\\\\"b")),
            ("\\\\\\\"a\\\\\\\"", Some("a")),
            ("\"\"\"a\"b\"\"\"", Some("a\"b")),
            ("\"\"\"\n  a\n\"\"\"", Some("a")),
            ("R\"(a)b)\"", Some("a)b")),
            ("#\"a\"b\"#", Some("a\"b")),
            ("r#\"a\"#", Some("a")),
            ("q{a}", Some("a")),
            ("&quot;a&amp;b&quot;", Some("a&amp;b")),
            ("<![CDATA[a<b]]>", Some("a<b")),
            ("\"a\nb\"", None),
            ("\"a", None),
            ("\\\"a\" b", None),
            ("abc\"d\"", None),
            ("", None),
        ] {
            assert_eq!(content(text), expected, "{text}");
        }
    }

    #[test]
    fn strings_of_several_lines_end_within_the_limit() {
        for (len, is_read) in [(LONGEST_BLOCK, true), (LONGEST_BLOCK + 1, false)] {
            let text = format!("'''{}'''", "a".repeat(len));
            assert_eq!(content(&text).is_some(), is_read, "{len}");
        }
    }

    #[test]
    fn ends() {
        assert_eq!(end_behind(b"\"a\" b", 0), Some(3));
        assert_eq!(end_behind(b"\\\"a\\\" b", 0), Some(5));
        assert_eq!(end_behind(b"'''a''' b", 0), Some(7));
        assert_eq!(content_start(b" b'a'", 1), Some(3));
    }
}
