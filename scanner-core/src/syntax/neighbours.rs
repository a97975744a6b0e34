//! The names that stand beside an assignment in the same object, section or line.

use super::bare;
use crate::text::span::Span;

/// How far on either side of an assignment its neighbours are looked for.
const REACH: usize = 280;
/// The longest name in front of a sign, in bytes.
const LONGEST: usize = 40;

/// The names that are assigned to beside what stands at `at`: those of its object, if it is in one
/// on its line, else those of the lines around it, up to an empty line, the header of a section or
/// the next element of a list.
///
/// Looks at 280 bytes on either side.
pub(super) fn names(text: &[u8], at: usize) -> impl Iterator<Item = &[u8]> {
    let block = block(text, at);
    let inside = &text[block.range()];
    let signs =
        inside.iter().enumerate().filter(|(_, byte)| matches!(byte, b'=' | b':' | b'<' | b' '));
    signs.filter_map(|(at, sign)| match sign {
        b'<' => leading_name(&inside[at + 1..]),
        // `--host pg1`, `machine pg1`
        b' ' => trailing_name(&inside[..at], false),
        _ => trailing_name(&inside[..at], true),
    })
}

fn block(text: &[u8], at: usize) -> Span {
    let (from, to) = (at.saturating_sub(REACH), text.len().min(at + REACH));
    let line = Span::new(bare::line_start(text, at).max(from), bare::line_end(text, at).min(to));
    let open = text[line.start..at].iter().rposition(|byte| matches!(byte, b'{' | b'}'));
    if let Some(open) = open.filter(|open| text[line.start + open] == b'{') {
        let close = text[at..line.end].iter().position(|byte| *byte == b'}');
        return Span::new(line.start + open + 1, close.map_or(line.end, |close| at + close));
    }
    let mut block = line;
    while block.start > from && !text[block.start..].trim_ascii_start().starts_with(b"- ") {
        let start = bare::line_start(text, block.start - 1).max(from);
        if ends_block(&text[start..block.start]) {
            break;
        }
        block.start = start;
    }
    while block.end < to {
        let start = text.len().min(block.end + 1);
        let end = bare::line_end(text, start).min(to);
        let line = &text[start..end.max(start)];
        if ends_block(line) || line.trim_ascii_start().starts_with(b"- ") {
            break;
        }
        block.end = end.max(block.end + 1).min(to);
    }
    block
}

/// Whether a line parts blocks.
fn ends_block(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    line.is_empty() || line.starts_with(b"[") || matches!(line, b"}" | b"{" | b"}," | b"---")
}

/// The name at the end of a text, without quotes and blanks behind it.
fn trailing_name(text: &[u8], is_assigned: bool) -> Option<&[u8]> {
    let text = if is_assigned { text.trim_ascii_end() } else { text };
    let text = text.strip_suffix(b"\"").or_else(|| text.strip_suffix(b"'")).unwrap_or(text);
    let len = text.iter().rev().take(LONGEST).take_while(|byte| is_of_name(byte)).count();
    (len > 0).then(|| &text[text.len() - len..])
}

fn leading_name(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().take(LONGEST).take_while(|byte| is_of_name(byte)).count();
    (len > 0).then(|| &text[..len])
}

fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, name: &str) -> bool {
        let at = text.find("pw").unwrap();
        names(text.as_bytes(), at).any(|found| found == name.as_bytes())
    }

    #[test]
    fn names_of_the_same_block() {
        for text in [
            "{\"a\": {\"user\": \"x\"}, \"pw\": 1}",
            "x:\n  user: a\n\n  pw: b\n",
            "[a]\nuser = b\n[c]\npw = d\n",
            "- user: a\n- pw: b\n",
            "- pw: b\n- user: a\n",
        ] {
            let is_other_object = text.starts_with('{');
            assert!(!has(text, "user") || is_other_object, "{text}");
        }
        for text in [
            "{\"user\": \"x\", \"pw\": 1}",
            "{\"pw\": 1, \"user\": \"x\"}",
            "db:\n  user: a\n  pw: b\n",
            "pw = b\nuser = a\n",
            "- user: a\n  pw: b\n",
            "<user>a</user>\n<pw>b</pw>",
            "f(user=\"a\", pw=\"b\")",
            "tool --user a --pw b",
        ] {
            assert!(has(text, "user") || has(text, "--user"), "{text}");
        }
    }
}
