//! Escapes what a terminal or a log would obey or hide.

/// Escapes what could change how a terminal or a reader sees the rest: control characters,
/// direction marks, invisible characters.
///
/// ```
/// assert_eq!(tokensieve_core::escape("a\u{1b}[2J\u{202e}b\tc".chars()), r"a\u{1b}[2J\u{202e}b c");
/// ```
#[must_use]
pub fn escape(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        match c {
            '\t' => out.push(' '),
            _ if c.is_control() || is_invisible(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// Direction marks and overrides, zero-width characters, tags, interlinear annotations.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
