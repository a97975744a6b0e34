//! Escapes what a terminal or a log would obey or hide.

/// Escapes what could change how a terminal or a reader sees the rest: control characters,
/// direction marks, invisible characters, and `##[`, which begins a command to CI runners wherever
/// it stands in a line.
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
            '[' if out.ends_with("##") => out.extend(c.escape_unicode()),
            _ if c.is_control() || is_invisible(c) => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

/// Escapes the beginning of a line of escaped text that a CI runner would take for a command:
/// `::`, blanks before it or not.
///
/// ```
/// assert_eq!(tokensieve_core::escape_command(" ::error::a::b"), r" \u{3a}:error::a::b");
/// ```
#[must_use]
pub fn escape_command(line: &str) -> String {
    let blanks = line.len() - line.trim_start().len();
    match line[blanks..].strip_prefix("::") {
        Some(rest) => format!(r"{}\u{{3a}}:{rest}", &line[..blanks]),
        None => line.to_owned(),
    }
}

/// Makes an escaped path fit to begin a line: one that a CI runner would take for a command begins
/// with `./`.
pub(crate) fn at_line_start(path: &str) -> String {
    if path.trim_start().starts_with("::") { format!("./{path}") } else { path.to_owned() }
}

/// Direction marks and overrides, zero-width characters, tags, interlinear annotations.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_to_runners() {
        assert_eq!(escape("##[error]a ###[b #[c".chars()), r"##\u{5b}error]a ###\u{5b}b #[c");
        for (line, expected) in [("a::b", "a::b"), ("::b", r"\u{3a}:b"), ("  ::", r"  \u{3a}:")] {
            assert_eq!(escape_command(line), expected);
        }
        assert_eq!(at_line_start("::add-mask::a"), "./::add-mask::a");
        assert_eq!(at_line_start(" ::a"), "./ ::a");
        assert_eq!(at_line_start("a/::b"), "a/::b");
    }
}
