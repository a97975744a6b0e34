//! A lexer for values and their names, in all syntaxes that assign one to the other.
//!
//! It is no parser of a language: it starts at a word that a name is made of, finds out how far the
//! name extends and how a value belongs to it, and reads that value to what delimits it. The same
//! few forms serve configuration files, programs, commands, documents and logs:
//!
//! - `assign`: `NAME = value`, `"name": "value"`, `name => value`, with types, tags and colours, on
//!   the next line, in a heredoc; `f("NAME", "value")`, `setName("value")`, `NAME || "value"`,
//!   `--name value`, a tab between them;
//! - `element`: `<name>value</name>`, `<add key="NAME" value="..."/>`, `<key>NAME</key>` in front
//!   of `<string>value</string>`;
//! - `pair`: `{"name": "NAME", "value": "..."}`, `variable "NAME" { default = "..." }`;
//! - `fallback`: `${NAME:-value}`, `{{ name | default('value') }}`.
//!
//! All functions are pure. They look at [`LEFT_REACH`] bytes before a word and [`right_reach`]
//! bytes from it on, never further, so the result is the same for every part of a text that has
//! those; their time is linear in that reach, and they allocate nothing.

mod assign;
mod bare;
mod cursor;
mod element;
mod fallback;

mod line;
mod name;
mod neighbours;
mod pair;
mod quoted;
mod value;

pub(crate) use self::line::values;
pub(crate) use self::name::words;
pub(crate) use self::value::{Delimiter, Separator};
use crate::text::span::Span;

use memchr::memrchr;

/// How many bytes before a word can decide which value its name gets.
pub(crate) const LEFT_REACH: usize = 320;
/// How many bytes from the beginning of the word on can decide it, if a line is that long.
const RIGHT_REACH: usize = 4_608;
/// How many can decide it if lines are short: a value ends on its line, or a few lines below its
/// name.
const NEAR_REACH: usize = 768;
/// Lines that start within this many bytes of the word are read to their end.
const NEAR_LINES: usize = 512;

/// How many bytes from `at` on, where a word begins, can decide what is assigned to the name that
/// it is in. Depends on the first [`NEAR_REACH`] of them.
pub(crate) fn right_reach(text: &[u8], at: usize) -> usize {
    if near_end(text, at).is_some() { NEAR_REACH } else { RIGHT_REACH }
}

/// The end of the last line that ends between [`NEAR_LINES`] and [`NEAR_REACH`] bytes behind `at`.
fn near_end(text: &[u8], at: usize) -> Option<usize> {
    let from = text.len().min(at + NEAR_LINES);
    let lines = &text[from..text.len().min(at + NEAR_REACH)];
    memrchr(b'\n', lines).map(|len| from + len + 1)
}

/// A name and its value.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Named {
    /// The whole name.
    pub(crate) name: Span,
    pub(crate) separator: Separator,
    pub(crate) delimiter: Delimiter,
    /// The value without its delimiters; never empty. It can stand before the name.
    pub(crate) value: Span,
}

/// Reads the name that `word` is a part of, and its value.
///
/// Returns none where no value belongs to the name, and where the name is too long for one.
pub(crate) fn named(text: &[u8], word: Span) -> Option<Named> {
    let from = word.start.saturating_sub(LEFT_REACH);
    let far = text.len().min(word.start + RIGHT_REACH);
    let to = near_end(text, word.start).unwrap_or(far);
    if word.end > to {
        return None;
    }
    // A word can be told by the sign behind it: `pass=`.
    let is_sign = |byte: &&u8| !byte.is_ascii_alphanumeric() && **byte != b'_';
    let signs = text[word.range()].iter().rev().take_while(is_sign).count();
    let text = &text[from..to];
    let name = name::around(text, Span::new(word.start - from, word.end - signs - from))?;
    let (separator, delimiter, value) = assigned(text, name)?;
    let value = fallback::in_value(text, value).unwrap_or(value);
    let moved = |span: Span| Span::new(span.start + from, span.end + from);
    (!value.is_empty()).then(|| Named {
        name: moved(name),
        separator,
        delimiter,
        value: moved(value),
    })
}

fn assigned(text: &[u8], name: Span) -> Option<assign::Assigned> {
    match text[..name.start].last() {
        Some(b'<' | b':') => {
            if let Some(found) = element::of_tag(text, name) {
                return Some(found);
            }
        }
        Some(b'"' | b'\'') => {
            if let Some(found) = element::of_attribute(text, name) {
                return Some(found);
            }
        }
        Some(b'>') => return element::of_sibling(text, name),
        _ => {}
    }
    if text[..name.start].ends_with(b"${")
        && let Some(value) = fallback::of_variable(text, name.end)
    {
        return Some((Separator::Fallback, Delimiter::Quoted, value));
    }
    pair::of_entry(text, name)
        .or_else(|| pair::of_object(text, name))
        .or_else(|| assign::read(text, name))
}

/// The names that stand beside what is at `at` in the same object, section or line.
pub(crate) fn neighbours(text: &[u8], at: usize) -> impl Iterator<Item = &[u8]> {
    neighbours::names(text, at)
}

#[cfg(test)]
mod tests;
