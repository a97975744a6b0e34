//! Characters and classes as they are written here.

use core::fmt::Write;

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

pub(super) fn single(c: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(c, c)])
}

pub(super) fn folded(mut class: ClassUnicode) -> ClassUnicode {
    // A crate without its tables would fail here, and a test would see it: `K` has a third form.
    let _ = class.try_case_fold_simple();
    class
}

/// A class as it is written: as bytes where it is ASCII, else of characters.
pub(super) fn class_text(class: &ClassUnicode) -> String {
    let ranges = class.ranges();
    if let [range] = ranges
        && range.start() == range.end()
    {
        return char_text(range.start());
    }
    if ranges.is_empty() {
        return r"[^\x00-\xFF]".to_owned();
    }
    let is_ascii = ranges.iter().all(|range| range.end().is_ascii());
    // What goes on to the last character is shorter as what it leaves out.
    let mut rest = class.clone();
    rest.negate();
    let is_inverse = !is_ascii
        && ranges.last().is_some_and(|range| range.end() == char::MAX)
        && !rest.ranges().is_empty();
    let mut text = String::from(if is_inverse { "[^" } else { "[" });
    for range in if is_inverse { rest.ranges() } else { ranges } {
        push_class_char(&mut text, range.start());
        if range.start() != range.end() {
            if u32::from(range.end()) - u32::from(range.start()) > 1 {
                text.push('-');
            }
            push_class_char(&mut text, range.end());
        }
    }
    text.push(']');
    if is_ascii { text } else { format!("(?u:{text})") }
}

fn push_class_char(text: &mut String, c: char) {
    match c {
        c if c.is_ascii_alphanumeric() => text.push(c),
        '\t' => text.push_str(r"\t"),
        '\n' => text.push_str(r"\n"),
        '\r' => text.push_str(r"\r"),
        ' ' | '_' | '"' | '\'' | '/' | '.' | ',' | ';' | ':' | '=' | '+' | '*' | '?' | '!'
        | '@' | '%' | '<' | '>' => {
            text.push(c);
        }
        c if c.is_ascii_graphic() => {
            text.push('\\');
            text.push(c);
        }
        c if c.is_ascii() => {
            let _ = write!(text, r"\x{:02X}", u32::from(c));
        }
        c => {
            let _ = write!(text, r"\x{{{:X}}}", u32::from(c));
        }
    }
}

pub(super) fn char_text(c: char) -> String {
    match c {
        '\t' => r"\t".to_owned(),
        '\n' => r"\n".to_owned(),
        '\r' => r"\r".to_owned(),
        c if c.is_ascii_graphic() || c == ' ' => regex_syntax::escape(c.encode_utf8(&mut [0; 4])),
        c if c.is_ascii() => format!(r"\x{:02X}", u32::from(c)),
        c => format!(r"(?u:\x{{{:X}}})", u32::from(c)),
    }
}
