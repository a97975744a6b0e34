//! Values in elements and attributes of XML and HTML.

use memchr::{memchr, memrchr};

use super::assign::Assigned;
use super::bare::{self, Setting};
use super::cursor::Cursor;
use super::quoted;
use super::value::{Delimiter, Separator};
use crate::text::span::Span;

/// A tag is looked at so far on either side of a name in it.
const LONGEST_TAG: usize = 240;
/// The longest closing tag, or tag with nothing but a value in it, in bytes.
const LONGEST_SIMPLE_TAG: usize = 40;

/// Reads the value of the element that a name is the tag of: `<name a="b">value</name>`, `<name
/// value="..."/>`.
pub(super) fn of_tag(text: &[u8], name: Span) -> Option<Assigned> {
    let before = text[..name.start].iter().rev().take(24).position(|byte| *byte == b'<')?;
    let namespace = &text[name.start - before..name.start];
    let is_namespace = namespace.is_empty()
        || (namespace.ends_with(b":")
            && namespace[..before - 1].iter().all(u8::is_ascii_alphanumeric));
    if !is_namespace {
        return None;
    }
    let tag = Span::new(name.end, tag_end(text, name.end)?);
    value_attribute(text, tag)
        .or_else(|| content(text, tag))
        .map(|(delimiter, value)| (Separator::Element, delimiter, value))
}

/// Reads the value beside a name that an attribute holds: `<add key="NAME" value="..."/>`, in
/// either order, and
/// `<string name="NAME">value</string>`, `<property name="NAME"><value>...</value>`.
pub(super) fn of_attribute(text: &[u8], name: Span) -> Option<Assigned> {
    let open = tag_start(text, name.start)?;
    if !is_value_of(&text[open..name.start], &[b"name", b"key", b"id"]) {
        return None;
    }
    let tag = Span::new(open, tag_end_within(text, open, 2 * LONGEST_TAG)?);
    let found = value_attribute(text, tag).or_else(|| content(text, tag))?;
    Some((Separator::Pair, found.0, found.1))
}

/// Reads the value of an element behind that of a name: `<key>NAME</key> <string>value</string>`.
pub(super) fn of_sibling(text: &[u8], name: Span) -> Option<Assigned> {
    const NAMES: [&[u8]; 5] = [b"<key", b"<name", b"<Name", b"<Key", b"<string"];
    const VALUES: [&[u8]; 6] =
        [b"<string>", b"<value>", b"<Value>", b"<data>", b"<value ", b"<string "];
    let open = tag_start(text, name.start.checked_sub(1)?)?;
    if !NAMES.iter().any(|tag| text[open..].starts_with(tag)) {
        return None;
    }
    let mut cursor = Cursor::new(text, name.end);
    if !cursor.eat(b"</") {
        return None;
    }
    cursor.at = tag_end_within(text, cursor.at, LONGEST_SIMPLE_TAG)?;
    cursor.eat(b">");
    cursor.skip_space();
    if !VALUES.iter().any(|tag| cursor.rest().starts_with(tag)) {
        return None;
    }
    let tag = Span::new(cursor.at, tag_end_within(text, cursor.at, LONGEST_TAG)?);
    content(text, tag).map(|(delimiter, value)| (Separator::Pair, delimiter, value))
}

/// The `<` of the tag that `at` is in, or of the tag that ends just before it.
fn tag_start(text: &[u8], at: usize) -> Option<usize> {
    let from = at.saturating_sub(LONGEST_TAG);
    let open = memrchr(b'<', &text[from..at])? + from;
    let inside = &text[open + 1..at];
    inside.first().is_some_and(u8::is_ascii_alphabetic).then_some(open)
}

/// The `>` or the `/>` of the tag that `at` is in.
fn tag_end(text: &[u8], at: usize) -> Option<usize> {
    tag_end_within(text, at, LONGEST_TAG)
}

fn tag_end_within(text: &[u8], at: usize, most: usize) -> Option<usize> {
    let rest = &text[at..text.len().min(at + most)];
    let mut quote = None;
    for (index, byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at + index),
            (None, b'<') if index > 0 => return None,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(mark), byte) if mark == *byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Whether an attribute with one of these names begins at the end of a text: `... name="`.
fn is_value_of(before: &[u8], names: &[&[u8]]) -> bool {
    let Some(before) = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")) else {
        return false;
    };
    let Some(before) = before.trim_ascii_end().strip_suffix(b"=") else { return false };
    let before = before.trim_ascii_end();
    names.iter().any(|name| {
        let Some(at) = before.len().checked_sub(name.len()) else { return false };
        before[at..].eq_ignore_ascii_case(name)
            && !before[..at].last().is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// The attribute `value` of a tag.
fn value_attribute(text: &[u8], tag: Span) -> Option<(Delimiter, Span)> {
    const NAME: &[u8] = b"value";
    let inside = &text[tag.range()];
    let mut from = 0;
    while let Some(equals) = memchr(b'=', &inside[from..]).map(|len| from + len) {
        let name = inside[..equals].trim_ascii_end();
        let is_value = name.len().checked_sub(NAME.len()).is_some_and(|at| {
            name[at..].eq_ignore_ascii_case(NAME)
                && !name[..at].last().is_some_and(u8::is_ascii_alphanumeric)
        });
        let mut cursor = Cursor::new(text, tag.start + equals + 1);
        cursor.skip_blanks();
        let string = quoted::read(text, cursor.at).filter(|(span, _)| span.end < tag.end);
        if let (true, Some((span, delimiter))) = (is_value, string) {
            return Some((delimiter, span));
        }
        from = string.map_or(equals + 1, |(span, _)| span.end + 1 - tag.start);
    }
    None
}

/// The text in an element, or in the only element in it: CDATA, `<value>`.
fn content(text: &[u8], tag: Span) -> Option<(Delimiter, Span)> {
    if text[..tag.end].ends_with(b"/") {
        return None;
    }
    let mut cursor = Cursor::new(text, tag.end + 1);
    cursor.skip_space();
    if let Some((span, delimiter)) =
        cursor.rest().starts_with(b"<![").then(|| quoted::read(text, cursor.at)).flatten()
    {
        return Some((delimiter, span));
    }
    if cursor.eat(b"<value") || cursor.eat(b"<string") {
        cursor.at = tag_end_within(text, cursor.at, LONGEST_SIMPLE_TAG)? + 1;
        cursor.skip_space();
        if cursor.rest().starts_with(b"<![") {
            return quoted::read(text, cursor.at).map(|(span, delimiter)| (delimiter, span));
        }
    }
    let value = bare::read(text, cursor.at, Setting::Element);
    let mut behind = Cursor::new(text, value.end);
    behind.skip_space();
    (!value.is_empty() && behind.rest().starts_with(b"</")).then_some((Delimiter::Quoted, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = fn(&[u8], Span) -> Option<Assigned>;

    fn value(read: Read, text: &str) -> Option<&str> {
        let at = text.find("pw").unwrap();
        read(text.as_bytes(), Span::new(at, at + 2)).map(|(_, _, span)| &text[span.range()])
    }

    #[test]
    fn values_of_tags() {
        for (text, expected) in [
            ("<pw>a&amp;1</pw>", Some("a&amp;1")),
            ("<pw type=\"x\">a1</pw>", Some("a1")),
            ("<x:pw>\n  a1\n</x:pw>", Some("a1")),
            ("<pw><![CDATA[a<1]]></pw>", Some("a<1")),
            ("<pw Value=\"a>1\"/>", Some("a>1")),
            ("<pw><b>a1</b></pw>", None),
            ("<pw/>a1</x>", None),
            ("a < pw > b", None),
        ] {
            assert_eq!(value(of_tag, text), expected, "{text}");
        }
    }

    #[test]
    fn values_beside_attributes() {
        for (text, expected) in [
            ("<add key=\"pw\" value=\"a1\" />", Some("a1")),
            ("<add value=\"a1\" key=\"pw\"/>", Some("a1")),
            ("<string name=\"pw\">a1</string>", Some("a1")),
            ("<property name='pw'><value>a1</value></property>", Some("a1")),
            ("<setting name=\"pw\" serializeAs=\"String\">\n<value>a1</value>", Some("a1")),
            ("<input value=\"pw\" name=\"a1\">", None),
            ("<a title=\"pw\">b</a>", None),
        ] {
            assert_eq!(value(of_attribute, text), expected, "{text}");
        }
    }

    #[test]
    fn values_of_siblings() {
        for (text, expected) in [
            ("<key>pw</key>\n\t<string>a1</string>", Some("a1")),
            ("<name>pw</name><value>a1</value>", Some("a1")),
            ("<key>pw</key><true/>", None),
            ("<b>pw</b><string>a1</string>", None),
        ] {
            assert_eq!(value(of_sibling, text), expected, "{text}");
        }
    }
}
