//! All values of a line.

use super::bare::{self, Setting};
use super::quoted;
use super::value::Delimiter;
use crate::text::span::Span;

/// A value of a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Value {
    /// The value, without its quotes, complete to its delimiters.
    pub(crate) span: Span,
    /// How it is delimited.
    pub(crate) delimiter: Delimiter,
}

/// The values of a line, from left to right: strings, what is assigned, what is listed.
///
/// Values do not overlap. A string that does not close goes on to the end of the line, as lines are
/// cut; one in it, between escaped quotes, is a part of it. A value without quotes goes on to a
/// blank where it is assigned on a line without structure, elsewhere to the next sign that
/// structures the line. Names are not told from listed values. Takes time linear in the length of
/// the line.
pub(crate) fn values(line: &[u8]) -> impl Iterator<Item = Value> {
    let mut at = 0;
    let mut is_structured = false;
    std::iter::from_fn(move || {
        while at < line.len() {
            if let Some(start) = opening(line, at) {
                is_structured = true;
                let (span, end) = match (quoted::read(line, at), quoted::end_behind(line, at)) {
                    (Some((span, _)), Some(end)) => (span, end),
                    _ => (Span::new(start, line.len()), line.len()),
                };
                at = end.max(at + 1);
                return Some(Value { span, delimiter: Delimiter::Quoted });
            }
            let byte = line[at];
            if is_separator(byte) {
                is_structured |= !matches!(byte, 0..=b' ' | 0x7f | b'=' | b':');
                at += 1;
                continue;
            }
            let is_assigned = at > 0 && line[..at].trim_ascii_end().ends_with(b"=")
                || line[..at].ends_with(b": ")
                || line[..at].ends_with(b":\t");
            let end = word_end(line, at, is_assigned && !is_structured);
            let span = Span::new(at, end);
            at = end;
            is_structured |= is_assigned;
            return Some(Value { span, delimiter: Delimiter::Bare });
        }
        None
    })
}

/// Where the content of a string starts that opens at `at` and belongs to no word before it.
fn opening(line: &[u8], at: usize) -> Option<usize> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte >= 0x80;
    // An apostrophe.
    if at > 0 && is_word(&line[at - 1]) && line[at] == b'\'' {
        return None;
    }
    let is_after_word = at > 0 && is_word(&line[at - 1]);
    if is_after_word && is_word(&line[at]) {
        return None;
    }
    quoted::content_start(line, at)
}

fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' '
            | 0x7f
            | b','
            | b';'
            | b'='
            | b':'
            | b'('
            | b')'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'<'
            | b'>'
            | b'|'
            | b'"'
            | b'\''
            | b'`'
            | b'\\'
    )
}

/// The end of the word without quotes at `at`.
fn word_end(line: &[u8], at: usize, is_alone: bool) -> usize {
    if is_alone {
        return bare::read(line, at, Setting::Line).end.max(at + 1);
    }
    let len = line[at..].iter().position(|byte| is_separator(*byte)).unwrap_or(line.len() - at);
    at + len.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Vec<&str> {
        values(line.as_bytes()).map(|value| &line[value.span.range()]).collect()
    }

    #[test]
    fn values_of_lines() {
        for (line, expected) in [
            ("A=\"a'b\" B=c,d", vec!["A", "a'b", "B", "c", "d"]),
            ("pw: a1,B2;c3.D4:e5/F6 x", vec!["pw", "a1,B2;c3.D4:e5/F6", "x"]),
            ("pw = p~7\"h'z", vec!["pw", "p~7\"h'z"]),
            ("{\"a\":\"b,c\",'d':\"e\\\"f\"}", vec!["a", "b,c", "d", "e\\\"f"]),
            ("a,b;c\td", vec!["a", "b", "c", "d"]),
            ("f(\"a\", b'c', @\"d\")", vec!["f", "a", "c", "d"]),
            ("x = \"cut off, here", vec!["x", "cut off, here"]),
            ("don't", vec!["don", "t"]),
            ("<pw>a1</pw>", vec!["pw", "a1", "/pw"]),
            ("", vec![]),
        ] {
            assert_eq!(of(line), expected, "{line}");
        }
    }
}
