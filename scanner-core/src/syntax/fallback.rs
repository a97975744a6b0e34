//! Values that stand in for a variable that is not set: `${NAME:-value}`, `{{ name |
//! default('value') }}`.

use memchr::{memchr, memchr2, memmem};

use super::cursor::{Cursor, MOST_BLANKS};
use super::quoted;
use crate::text::span::Span;

/// Variables in the place of a default are followed so deep: `${A:${B:value}}`.
const DEEPEST: usize = 3;
/// The longest default, in bytes.
const LONGEST_DEFAULT: usize = 512;

/// The default of the variable whose name ends at `at`, in `${NAME:-value}`; `at` is where its sign
/// stands.
pub(super) fn of_variable(text: &[u8], at: usize) -> Option<Span> {
    let mut cursor = Cursor::new(text, at);
    let is_default = cursor.eat(b":-") || cursor.eat(b":=") || cursor.eat(b"-") || cursor.eat(b"=");
    if !is_default && (!cursor.eat(b":") || matches!(cursor.peek(), Some(b'?' | b'+'))) {
        return None;
    }
    let rest = &cursor.rest()[..cursor.rest().len().min(LONGEST_DEFAULT)];
    let end = memchr2(b'}', b'\n', rest)?;
    if rest[end] != b'}' || end == 0 {
        return None;
    }
    let value = Span::new(cursor.at, cursor.at + end);
    Some(quoted::read(text, value.start).map_or(value, |(content, _)| content))
}

/// The default in a value that is a template; none where it is no template or has no default.
pub(super) fn in_value(text: &[u8], value: Span) -> Option<Span> {
    let mut found = None;
    let mut from = value.start;
    for _ in 0..DEEPEST {
        let Some(default) = of_template(text, Span::new(from, value.end.max(from))) else { break };
        from = default.start;
        found = Some(default);
    }
    found
}

fn of_template(text: &[u8], value: Span) -> Option<Span> {
    let mut cursor = Cursor::new(text, value.start);
    if cursor.eat(b"${") {
        cursor
            .skip(MOST_BLANKS, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'));
        return of_variable(text, cursor.at).or_else(|| expression(text, value));
    }
    if cursor.eat(b"{{") || cursor.eat(b"#{") || cursor.eat(b"<%") {
        return expression(text, value);
    }
    None
}

/// `default('value')`, `default "value"`, `|| 'value'` in an expression.
fn expression(text: &[u8], value: Span) -> Option<Span> {
    const MARKS: [&[u8]; 4] = [b"default", b"||", b"??", b" or "];
    let inside = &text[value.range()];
    for mark in MARKS {
        let Some(at) = memmem::find(inside, mark) else { continue };
        let mut cursor = Cursor::new(text, value.start + at + mark.len());
        cursor.skip_blanks();
        cursor.eat(b"(");
        if let Some((content, _)) = quoted::read(text, cursor.at) {
            return Some(content).filter(|content| content.end <= value.end);
        }
    }
    None
}

/// The string that stands behind an operator for missing values, further on in the line: `a.b ||
/// "value"`.
pub(super) fn behind_operator(text: &[u8], at: usize) -> Option<Span> {
    const OPERATORS: [&[u8]; 4] = [b"|| ", b"?? ", b"or ", b"?: "];
    let line = &text[at..];
    let line = &line[..memchr(b'\n', line).unwrap_or(line.len()).min(160)];
    let mut cursor = Cursor::new(text, at);
    // Most lines have none of the signs.
    let has_sign = memchr2(b'|', b'?', line).is_some();
    for operator in OPERATORS.into_iter().filter(|operator| has_sign || *operator == b"or ") {
        let Some(found) = memmem::find(line, operator) else { continue };
        cursor.at = at + found + operator.len();
        cursor.skip_blanks();
        if line[..found].ends_with(b" ")
            && let Some((content, _)) = quoted::read(text, cursor.at)
        {
            return Some(content);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_of_templates() {
        for (text, expected) in [
            ("${NAME:-a1}", Some("a1")),
            ("${NAME:=a1}", Some("a1")),
            ("${NAME-a1}", Some("a1")),
            ("${name.x:a1}", Some("a1")),
            ("${A:${B:a1}}", Some("a1")),
            ("${NAME:-\"a1\"}", Some("a1")),
            ("{{ x | default('a1') }}", Some("a1")),
            ("{{ .Values.x | default \"a1\" }}", Some("a1")),
            ("#{ENV['X'] || 'a1'}", Some("a1")),
            ("${NAME:?unset}", None),
            ("${NAME}", None),
            ("${NAME:-}", None),
            ("{{ x }}", None),
            ("a:b", None),
        ] {
            let found = in_value(text.as_bytes(), Span::new(0, text.len()));
            assert_eq!(found.map(|span| &text[span.range()]), expected, "{text}");
        }
    }

    #[test]
    fn defaults_end_within_the_limit() {
        for (len, is_read) in [(LONGEST_DEFAULT - 1, true), (LONGEST_DEFAULT, false)] {
            let text = format!("${{A:-{}}}", "a".repeat(len));
            let found = in_value(text.as_bytes(), Span::new(0, text.len()));
            assert_eq!(found.is_some(), is_read, "{len}");
        }
    }

    #[test]
    fn strings_behind_operators() {
        for (text, expected) in [
            ("a.b || \"a1\";", Some("a1")),
            ("a.b ?? 'a1'", Some("a1")),
            ("env('X') or 'a1'", Some("a1")),
            ("a.b\n || \"a1\"", None),
            ("a.b || c", None),
        ] {
            let found = behind_operator(text.as_bytes(), 0);
            assert_eq!(found.map(|span| &text[span.range()]), expected, "{text}");
        }
    }
}
