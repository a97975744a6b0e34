//! Runs of the characters that base64 and hex are made of.
//!
//! A run that [`mask`] finds is read in each of the forms that its characters allow.

use super::mask::is_in_run;
use crate::confirm::raw_match::Decoding;
use crate::decode::region::BESIDE_BLOCK;
use crate::decode::region::{LINES, MAX_INDENT};
use crate::decode::region::{LONGEST, Region};
use crate::decode::{base64, hex};
use crate::text::span::Span;

/// The shortest run of digits that is taken for hex, in bytes.
const SHORTEST_HEX: usize = 32;
/// The lengths of lines that a run can be broken into. All lines but the last have whole groups of
/// characters.
/// One of this many lines begins a block by its content alone, so that a block is found without its
/// beginning ...
const LINES_A_BLOCK: u32 = 256;
/// ... and a block shares this many lines with the next one.
const LINES_SHARED: usize = 128;
/// What can matter beside a run: an escape that its first characters belong to.
const BESIDE_RUN: usize = 8;

fn run_len(text: &[u8]) -> usize {
    text.iter().position(|byte| !is_in_run(*byte)).unwrap_or(text.len())
}

fn run_len_before(text: &[u8]) -> usize {
    text.iter().rev().position(|byte| !is_in_run(*byte)).unwrap_or(text.len())
}

/// The ways to read a run as a whole. Most runs are names, and are seen to be none of them by their
/// first characters; where their beginning `is_open`, they are not judged by that.
pub(super) fn forms(text: &[u8], run: Span, is_open: bool, found: &mut Vec<Region>) {
    // A run with characters of both alphabets is decoded as if they were one.
    let span = without_escape(text, run);
    push(text, span, is_open, found);
    if *LINES.start() <= span.len()
        && let Some(block) = block_of_lines(text, span)
    {
        push(text, block, is_open, found);
    }
    if SHORTEST_HEX <= span.len() {
        let hex = |span| Region { span, decoding: Decoding::Hex };
        if is_open {
            found.extend(all_digits(text, run).map(hex));
        } else {
            found.extend(digits(text, span).map(hex));
        }
    }
}

/// All that could be hex in a run, whatever it stands beside: what begins with either of the first
/// two digits.
fn all_digits(text: &[u8], run: Span) -> impl Iterator<Item = Span> {
    let is_digit = |byte: &u8| hex::digit(*byte).is_some();
    let mut at = run.start;
    let pieces = text[run.range()].chunk_by(move |a, b| is_digit(a) == is_digit(b));
    pieces
        .filter_map(move |piece| {
            let span = Span::new(at, at + piece.len());
            at = span.end;
            (piece.len() >= SHORTEST_HEX && is_digit(&piece[0])).then_some(span)
        })
        .flat_map(|span| [span, Span::new(span.start + 1, span.end)])
}

/// A part of a run: a character of only one alphabet can divide text of the other, in a path or a
/// name.
pub(super) fn form_of_part(
    text: &[u8],
    run: Span,
    part: Span,
    is_open: bool,
    found: &mut Vec<Region>,
) {
    let start = if part.start == run.start { without_escape(text, run).start } else { part.start };
    push(text, Span::new(start, part.end), is_open, found);
}

fn push(text: &[u8], span: Span, is_open: bool, found: &mut Vec<Region>) {
    if is_open || base64::could_be_text(&text[span.range()]) {
        found.push(Region { span, decoding: Decoding::Base64 });
    }
}

/// The digits of a run that could be hex: of text, so that the first of two is never above 7, or of
/// gzip.
fn digits(text: &[u8], run: Span) -> Option<Span> {
    let start = run.start + if text[run.range()].starts_with(b"0x") { 2 } else { 0 };
    let span = Span::new(start, run.end);
    let digits = &text[span.range()];
    let is_text = |pair: &[u8; 2]| matches!(pair[0], b'0'..=b'7') && hex::digit(pair[1]).is_some();
    let is_hex = digits.len() >= SHORTEST_HEX
        && digits.len().is_multiple_of(2)
        && (digits.as_chunks::<2>().0.iter().all(is_text)
            || hex::begins_gzip(digits) && digits.iter().all(|byte| hex::digit(*byte).is_some()));
    is_hex.then_some(span)
}

/// The run without what belongs to an escape in front of it: the `n` of `\n`, the `22` of `%22`,
/// the `u0022` of `\u0022`.
fn without_escape(text: &[u8], run: Span) -> Span {
    let before = run.start.checked_sub(1).map(|at| text[at]);
    let is_hex = |from: usize, len: usize| {
        text.get(run.start + from..run.start + from + len)
            .is_some_and(|digits| digits.iter().all(|byte| hex::digit(*byte).is_some()))
    };
    let skipped = match (before, text[run.start]) {
        (Some(b'%'), _) if is_hex(0, 2) => 2,
        (Some(b'\\'), b'u') if is_hex(1, 4) => 5,
        (Some(b'\\'), b'x') if is_hex(1, 2) => 3,
        (Some(b'\\'), b'n' | b'r' | b't' | b'"') => 1,
        _ => 0,
    };
    Span::new(run.start + skipped, run.end)
}

/// The lines that a run is the first of.
fn block_of_lines(text: &[u8], run: Span) -> Option<Span> {
    if !is_line(text, run) || (continues(text, run) && !is_beginning(text, run)) {
        return None;
    }
    let mut end = run.end;
    let mut last = run;
    let mut shared = None;
    while is_line(text, last)
        && let Some(next) = line_behind(text, last)
        && next.end - run.start <= LONGEST
    {
        if shared.is_none() && is_beginning(text, next) {
            shared = Some(LINES_SHARED);
        }
        match &mut shared {
            Some(0) => break,
            Some(left) => *left -= 1,
            None => {}
        }
        end = next.end;
        last = next;
    }
    (end > run.end).then_some(Span::new(run.start, end))
}

/// Whether a run is a line that another one can follow.
fn is_line(text: &[u8], run: Span) -> bool {
    LINES.contains(&run.len())
        && run.len().is_multiple_of(4)
        && matches!(text[run.end..], [b'\n', ..] | [b'\r', b'\n', ..])
}

/// Whether a line stands where a block begins, whatever is before it: a matter of its first bytes.
fn is_beginning(text: &[u8], line: Span) -> bool {
    let head = text[line.range()].first_chunk::<8>().map_or(0, |head| u64::from_le_bytes(*head));
    // The constant is that of Fibonacci hashing.
    head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - LINES_A_BLOCK.ilog2()) == 0
}

/// Whether a line follows another one.
fn continues(text: &[u8], run: Span) -> bool {
    let before = &text[..run.start];
    let indent = before
        .iter()
        .rev()
        .take(MAX_INDENT + 1)
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count();
    let Some(before) = before[..before.len() - indent].strip_suffix(b"\n") else { return false };
    let before = before.strip_suffix(b"\r").unwrap_or(before);
    let line = run_len_before(&before[before.len().saturating_sub(LINES.end() + 1)..]);
    indent <= MAX_INDENT && is_line(text, Span::new(before.len() - line, before.len()))
}

/// The line behind a line. It ends as a line does, or as a text in quotes or in a tag.
fn line_behind(text: &[u8], line: Span) -> Option<Span> {
    let line_end = if text[line.end..].starts_with(b"\r") { 2 } else { 1 };
    let rest = text.get(line.end + line_end..)?;
    let indent =
        rest.iter().take(MAX_INDENT + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = line.end + line_end + indent;
    let len = run_len(&text[start..text.len().min(start + LINES.end() + 1)]);
    let is_in_standard = memchr::memchr2(b'-', b'_', &text[start..start + len]).is_none();
    let ends = matches!(
        text.get(start + len),
        None | Some(b'\n' | b'\r' | b'=' | b'"' | b'\'' | b'<' | b'\\')
    );
    let is_next =
        indent <= MAX_INDENT && (1..=*LINES.end()).contains(&len) && is_in_standard && ends;
    is_next.then_some(Span::new(start, start + len))
}

/// How much beside a run or a block of lines decides that it is one: for a block, the lines before
/// and behind it.
pub(super) fn beside(text: &[u8], span: Span) -> (usize, usize) {
    if !text[span.range()].contains(&b'\n') {
        return (BESIDE_RUN, 1);
    }
    let first = line_start(text, span.start, BESIDE_BLOCK).unwrap_or(span.start);
    let left = line_before(text, first).map_or(BESIDE_BLOCK, |before| span.start - before + 1);
    let near = &text[span.end..text.len().min(span.end + BESIDE_BLOCK)];
    let right = memchr::memchr_iter(b'\n', near).nth(1).map_or(BESIDE_BLOCK, |newline| newline + 1);
    (left, right)
}

/// Returns the start of the line around an offset, unless it is more than `most` bytes to the left.
fn line_start(text: &[u8], at: usize, most: usize) -> Option<usize> {
    let lowest = at.saturating_sub(most);
    let newline = memchr::memrchr(b'\n', &text[lowest..at]);
    newline.map(|newline| lowest + newline + 1).or((lowest == 0).then_some(0))
}

/// The start of the line before the one that starts at an offset, if it is so short that it could
/// be one of a block.
fn line_before(text: &[u8], start: usize) -> Option<usize> {
    line_start(text, start.checked_sub(1)?, BESIDE_BLOCK)
}

/// A place up to which no region starts that bytes from `at` on have an influence on.
pub(super) fn influence_to_the_left(text: &[u8], at: usize) -> usize {
    let lowest = at.saturating_sub(LONGEST + 2 * BESIDE_BLOCK);
    let Some(mut start) = line_start(text, at, crate::decode::region::LEFT_CONTEXT) else {
        return lowest;
    };
    // A block ends because of the line behind it, and begins further up.
    while start > lowest
        && let Some(before) = line_before(text, start)
    {
        start = before;
        let first = text[start..].iter().position(|byte| !matches!(byte, b' ' | b'\t'));
        if !first.is_some_and(|first| continues(text, Span::new(start + first, start + first))) {
            break;
        }
    }
    start
}

/// A place behind which no region starts that bytes before `at` have an influence on, where the
/// line around `at` ends at `line_end`.
pub(super) fn influence_to_the_right(text: &[u8], at: usize, line_end: usize) -> usize {
    // A block begins because of the line before it.
    let next = text.len().min(line_end + 1);
    let end = text.len().min(next + BESIDE_BLOCK);
    memchr::memchr(b'\n', &text[next..end])
        .map_or(end, |newline| next + newline)
        .max(text.len().min(at + BESIDE_RUN))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::mask::SHORTEST;
    use super::*;
    use crate::text::boundary::LeftBoundary;

    fn found(text: &str) -> Vec<(Decoding, &str)> {
        let mut found = Vec::new();
        find(text.as_bytes(), Span::new(0, text.len()), &mut found);
        found.iter().map(|region| (region.decoding, &text[region.span.range()])).collect()
    }

    fn find(text: &[u8], range: Span, found: &mut Vec<Region>) {
        let regions = super::super::regions(text, range, LeftBoundary::Ignore);
        found.extend(
            regions
                .into_iter()
                .filter(|region| matches!(region.decoding, Decoding::Base64 | Decoding::Hex)),
        );
    }

    const RUN: &str = "QUJDREVGR0hJSktMTU5PUFFSU1Q";

    #[test]
    fn runs_of_each_alphabet() {
        for around in [
            (" ", " "),
            ("\"", "=="),
            ("\\n", "\\n"),
            ("%22", "%22"),
            ("\\u0022", "\""),
            ("=", "\n"),
            ("", ""),
        ] {
            let text = format!("{}{RUN}{}", around.0, around.1);
            assert_eq!(found(&text), [(Decoding::Base64, RUN)], "{text}");
        }
        let text = format!("a/path/{RUN}");
        assert_eq!(found(&text), [(Decoding::Base64, text.as_str()), (Decoding::Base64, RUN)]);
        let text = format!("a-name_{RUN}");
        assert_eq!(found(&text), [(Decoding::Base64, text.as_str()), (Decoding::Base64, RUN)]);
        let text = format!("a-name/{RUN}");
        let expected = [text.as_str(), &text[2..], &text[7..]].map(|part| (Decoding::Base64, part));
        assert_eq!(found(&text), expected);
        assert!(found(&RUN[..26]).is_empty());
    }

    #[test]
    fn runs_of_hex() {
        let digits = "68657820".repeat(4);
        for text in [digits.clone(), format!("0x{digits}")] {
            // Where something glued to the left is no reason, digits pair up either way.
            assert_eq!(
                found(&text),
                [
                    (Decoding::Base64, text.as_str()),
                    (Decoding::Hex, digits.as_str()),
                    (Decoding::Hex, &digits[1..]),
                ]
            );
        }
        assert_eq!(found(&digits[..31]), [(Decoding::Base64, &digits[..31])]);
    }

    #[test]
    fn runs_that_are_too_long_are_left_out() {
        let text = format!("{} {RUN}", "Q".repeat(LONGEST + 1));
        assert_eq!(found(&text), [(Decoding::Base64, RUN)]);
        let text = "Q".repeat(LONGEST);
        assert_eq!(found(&text), [(Decoding::Base64, text.as_str())]);
    }

    #[test]
    fn blocks_of_lines() {
        let line = "QUJD".repeat(19);
        let block = format!("{line}\n  {line}\r\n{RUN}");
        let text = format!("key: |\n  {block}=\nnext: 1\n{line}\nnext: 1\n");
        let blocks: Vec<_> =
            found(&text).into_iter().filter(|(_, part)| part.contains('\n')).collect();
        assert_eq!(blocks, [(Decoding::Base64, block.as_str())]);
    }

    /// Every byte, one after the other.
    fn naive(text: &[u8]) -> Vec<Region> {
        let mut found = Vec::new();
        let mut start = 0;
        for run in text.split(|byte| !is_in_run(*byte)) {
            if (SHORTEST..=LONGEST).contains(&run.len()) {
                let whole = Span::new(start, start + run.len());
                forms(text, whole, true, &mut found);
                for marks in [b"-_", b"+/"] {
                    let mut at = start;
                    for part in run.split(|byte| marks.contains(byte)) {
                        if (SHORTEST..run.len()).contains(&part.len()) {
                            form_of_part(
                                text,
                                whole,
                                Span::new(at, at + part.len()),
                                true,
                                &mut found,
                            );
                        }
                        at += part.len() + 1;
                    }
                }
            }
            start += run.len() + 1;
        }
        found
    }

    proptest! {
        #[test]
        fn looking_at_some_bytes_finds_every_run(
            text in "([A-Za-z0-9+/_-]{18,40}|[ -~\n]{0,9}){0,12}",
            size in 1_usize..60,
        ) {
            let text = text.as_bytes();
            let mut whole = Vec::new();
            find(text, Span::new(0, text.len()), &mut whole);
            whole.sort();
            let mut expected = naive(text);
            expected.sort();
            prop_assert_eq!(&whole, &expected);
            let mut in_parts = Vec::new();
            for start in (0..text.len()).step_by(size) {
                find(text, Span::new(start, text.len().min(start + size)), &mut in_parts);
            }
            in_parts.sort();
            prop_assert_eq!(&in_parts, &whole);
        }
    }
}
