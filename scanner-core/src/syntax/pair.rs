//! Names and values that stand apart, each with a key of its own: `{"name": "NAME", "value":
//! "..."}`.

use memchr::{memchr2, memchr3, memrchr2};

use super::assign::Assigned;
use super::bare;
use super::cursor::Cursor;
use super::quoted;
use super::value::{Delimiter, Separator};
use crate::text::span::Span;

/// An object is looked at so far to the left of a name in it,
const LEFT_REACH: usize = 280;
/// and this many of its entries on either side.
const MOST_ENTRIES: usize = 8;
/// The longest entry, without its value, in bytes.
const LONGEST_KEY: usize = 40;

/// So is a comment between them.
const LONGEST_COMMENT: usize = 120;

/// The end of a value without quotes is looked for so far.
const LONGEST_BARE: usize = 400;

/// Keys of names.
const NAMES: [&[u8]; 5] = [b"name", b"key", b"parameterkey", b"variable", b"field"];
/// Keys of values.
const VALUES: [&[u8]; 6] =
    [b"value", b"parametervalue", b"default", b"content", b"body", b"stringvalue"];

/// Reads the value that stands beside a name in the same object, element of a list or call.
pub(super) fn of_entry(text: &[u8], name: Span) -> Option<Assigned> {
    let start = entry_of_name(text, name)?;
    let behind = quoted_end(text, name);
    let found = search(Cursor::new(text, behind)).or_else(|| {
        let object = object_start(text, start);
        let found = search(Cursor::new(text, object))?;
        (found.1.end <= start).then_some(found)
    });
    found.map(|(delimiter, value)| (Separator::Pair, delimiter, value))
}

/// Reads the value in the object that a name is the key of: `NAME: {value: ...}`, `variable "NAME"
/// { default = ... }`, `NAME:` with `value: ...` on the lines behind it.
pub(super) fn of_object(text: &[u8], name: Span) -> Option<Assigned> {
    let mut cursor = Cursor::new(text, quoted_end(text, name));
    cursor.skip_blanks();
    let has_colon = cursor.eat(b":") || cursor.eat(b"=>") || cursor.eat(b"=");
    cursor.skip_blanks();
    let is_object = cursor.eat(b"{");
    let is_block = !is_object && has_colon && cursor.eat_line_end() && {
        cursor.skip_blanks() > bare::indent(text, name.start)
    };
    if !is_object && !is_block {
        return None;
    }
    search(cursor).map(|(delimiter, value)| (Separator::Pair, delimiter, value))
}

/// The end of a name with its closing quote.
fn quoted_end(text: &[u8], name: Span) -> usize {
    let mut cursor = Cursor::new(text, name.end);
    cursor.skip(3, |byte| byte == b'\\');
    if cursor.skip(1, |byte| matches!(byte, b'"' | b'\'')) == 1 { cursor.at } else { name.end }
}

/// The start of the entry that a name is the value of: `name: NAME`, `"key":"NAME"`, `--name
/// /a/NAME`.
fn entry_of_name(text: &[u8], name: Span) -> Option<usize> {
    let from = name.start.saturating_sub(LONGEST_KEY);
    let mut before = &text[from..name.start];
    // `/prod/db/password`
    if before.last() == Some(&b'/') {
        let len = before
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_'));
        before = &before[..before.len() - len.count()];
    }
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    let before = before.strip_suffix(b"\\").unwrap_or(before);
    let sign = before.trim_ascii_end();
    let is_option = sign.len() < before.len() && sign.ends_with(b"--name");
    if is_option {
        return Some(from + sign.len() - 6);
    }
    let key = sign
        .strip_suffix(b"=>")
        .or_else(|| sign.strip_suffix(b":"))
        .or_else(|| sign.strip_suffix(b"="))?;
    let key = key.trim_ascii_end();
    let end = key.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let start =
        key[..end].iter().rposition(|byte| !byte.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    NAMES.iter().any(|name| key[start..end].eq_ignore_ascii_case(name)).then_some(from + start)
}

/// Where the entries of the object, the element or the call begin that an entry is in.
fn object_start(text: &[u8], entry: usize) -> usize {
    let from = entry.saturating_sub(LEFT_REACH);
    let before = &text[from..entry];
    if let Some(open) = memrchr2(b'{', b'}', before).filter(|at| before[*at] == b'{') {
        return from + open + 1;
    }
    // `- value: ...` begins an element of a list.
    let dash = before.windows(2).rposition(|pair| pair == b"- ");
    dash.map_or(entry, |dash| from + dash + 2)
}

/// Reads entries until one has the key of a value.
fn search(mut cursor: Cursor<'_>) -> Option<(Delimiter, Span)> {
    for _ in 0..MOST_ENTRIES {
        let is_between = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b';');
        cursor.skip(64, is_between);
        if cursor.eat(b"# ") || cursor.eat(b"// ") {
            cursor.skip(LONGEST_COMMENT, |byte| byte != b'\n');
            cursor.skip(64, is_between);
        }
        let is_option = cursor.eat(b"--");
        let is_list = !is_option && cursor.rest().starts_with(b"- ");
        if is_list || matches!(cursor.peek(), None | Some(b'}' | b']' | b'{' | b'[')) {
            return None;
        }
        let key = key(&mut cursor)?;
        if is_option {
            cursor.eat(b"=");
            cursor.skip_blanks();
        } else if !separator(&mut cursor) {
            return None;
        }
        let (delimiter, value, end) = if is_option { argument(cursor) } else { value(cursor) }?;
        if VALUES.iter().any(|name| cursor.text[key.range()].eq_ignore_ascii_case(name)) {
            return Some((delimiter, value));
        }
        cursor.at = end;
    }
    None
}

fn key(cursor: &mut Cursor<'_>) -> Option<Span> {
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'\\');
    cursor.skip(4, is_quote);
    let start = cursor.at;
    cursor.skip(LONGEST_KEY, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
    });
    let key = Span::new(start, cursor.at);
    cursor.skip(4, is_quote);
    (!key.is_empty()).then_some(key)
}

fn separator(cursor: &mut Cursor<'_>) -> bool {
    cursor.skip_blanks();
    let is_there = cursor.eat(b"=>") || cursor.eat(b":=") || cursor.eat(b":") || cursor.eat(b"=");
    cursor.skip_blanks();
    is_there
}

/// The value of an option here, and where the next one can begin.
fn argument(cursor: Cursor<'_>) -> Option<(Delimiter, Span, usize)> {
    let text = cursor.text;
    if let Some((span, delimiter)) = quoted::read(text, cursor.at) {
        return Some((delimiter, span, quoted::end_behind(text, cursor.at)?));
    }
    let word = bare::read(text, cursor.at, bare::Setting::Line);
    (!word.is_empty()).then_some((Delimiter::Bare, word, word.end))
}

/// The value here, and where the next entry can begin.
fn value(cursor: Cursor<'_>) -> Option<(Delimiter, Span, usize)> {
    let text = cursor.text;
    if let Some((span, delimiter)) = quoted::read(text, cursor.at) {
        return Some((delimiter, span, quoted::end_behind(text, cursor.at)?));
    }
    let rest = &text[cursor.at..text.len().min(cursor.at + LONGEST_BARE)];
    let end = memchr3(b'\n', b',', b'}', rest).unwrap_or(rest.len());
    let end = cursor.at + memchr2(b'\r', b';', &rest[..end]).unwrap_or(end);
    let word = bare::read(text, cursor.at, bare::Setting::Line);
    let value = Span::new(cursor.at, word.end.min(end));
    (!value.is_empty()).then_some((Delimiter::Bare, value, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value_of(read: fn(&[u8], Span) -> Option<Assigned>, text: &str) -> Option<&str> {
        let at = text.find("pw").unwrap();
        read(text.as_bytes(), Span::new(at, at + 2)).map(|(_, _, span)| &text[span.range()])
    }

    #[test]
    fn values_beside_names() {
        for (text, expected) in [
            ("{\"name\": \"pw\", \"value\": \"a,1\"}", Some("a,1")),
            ("{\"value\": \"a1\", \"name\": \"pw\"}", Some("a1")),
            ("{\\\"name\\\":\\\"pw\\\",\\\"value\\\":\\\"a1\\\"}", Some("a1")),
            ("{\"ParameterKey\":\"pw\",\"ParameterValue\":\"a1\"}", Some("a1")),
            ("- name: pw\n  value: a1\n", Some("a1")),
            ("- name: pw\n  description: of it\n  value: \"a1\"\n", Some("a1")),
            ("- value: a1\n  name: pw\n", Some("a1")),
            ("set {\n  name  = \"pw\"\n  value = \"a1\"\n}", Some("a1")),
            ("@{ Name = \"pw\"; Value = \"a1\" }", Some("a1")),
            ("Field(name=\"pw\", default=\"a1\")", Some("a1")),
            ("put --name /a/pw --type String --value \"a1\"", Some("a1")),
            ("- name: pw\n- name: x\n  value: a1\n", None),
            ("{\"name\": \"pw\"}, {\"value\": \"a1\"}", None),
            ("{\"label\": \"pw\", \"value\": \"a1\"}", None),
        ] {
            assert_eq!(value_of(of_entry, text), expected, "{text}");
        }
    }

    #[test]
    fn values_in_objects() {
        for (text, expected) in [
            ("{\"pw\": {\"value\": \"a1\"}}", Some("a1")),
            ("variable \"pw\" {\n  type = string\n  default = \"a1\"\n}", Some("a1")),
            ("pw:\n  value: a1\n", Some("a1")),
            ("pw:\n    Type: String\n    Default: a1\n", Some("a1")),
            ("pw: {}", None),
            ("pw = 1", None),
        ] {
            assert_eq!(value_of(of_object, text), expected, "{text}");
        }
    }
}
