//! JSON that can be shown: it reads back as the same values, but holds no character that changes
//! how the rest looks.
//!
//! Reports hold paths as they are, and a file can be named with a control sequence, a direction
//! mark or a line separator. JSON itself asks only for the ASCII control characters to be escaped;
//! a terminal obeys U+009B too, and many readers of JSON lines split at U+2028.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::text::escape::escape;

/// Writes a value as compact JSON, without characters that change how the rest looks.
///
/// # Errors
///
/// Those of the writer.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    Ok(value.serialize(&mut Serializer::with_formatter(out, Escaping))?)
}

struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Of most texts no byte needs a look at its character. Without an end at the first one,
        // the bytes are looked at many at a time.
        let may_be_odd = |byte: u8| !matches!(byte, b' '..=b'~') || byte == b'[';
        if !fragment.bytes().fold(false, |any, byte| any | may_be_odd(byte)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        let is_command =
            |at: usize| fragment[..at].ends_with("##") && fragment[at..].starts_with('[');
        let odd = |(at, c): &(usize, char)| !is_plain(*c) || is_command(*at);
        for (at, c) in fragment.char_indices().filter(odd) {
            writer.write_all(&fragment.as_bytes()[written..at])?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            written = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[written..])
    }
}

/// Whether the redactor's module shows the character as it is. A backslash is never part of a
/// fragment.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~') || !escape([c].into_iter()).starts_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_text_reads_back_the_same() {
        let text = "##[a]a\u{9b}\u{7f}\u{202e}\u{2028}\u{e0041}\"\\\n\u{e4}\u{1f600}z";
        let mut out = Vec::new();
        write_json(&text, &mut out).unwrap();
        let out = String::from_utf8(out).unwrap();
        assert_eq!(
            out,
            "\"##\\u005ba]a\\u009b\\u007f\\u202e\\u2028\\udb40\\udc41\\\"\\\\\\n\u{e4}\u{1f600}z\""
        );
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
    }
}
