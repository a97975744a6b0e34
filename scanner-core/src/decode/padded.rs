//! UTF-16 and UTF-32 in the middle of other bytes: characters of ASCII with one zero byte between
//! them, or three.
//!
//! A text that is UTF-16 from its beginning on is searched as that: see [`crate::text::utf16`].
//! Here is what begins late, or was appended to text in another encoding, what stands between
//! characters of other scripts, and all UTF-32. A line is decoded by itself. Of other text only a
//! zero byte is looked for.

use memchr::memchr;

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{LONGEST, Map, Region, Text};
use crate::text::span::Span;

/// Fewer characters are no secret with a name.
const FEWEST: usize = 20;
/// How far the search skips behind a zero byte that is in no run, in bytes: any run that is long
/// enough has another zero byte there, and characters behind that.
const STEP: usize = 32;
const _: () = assert!(STEP + BESIDE <= 2 * FEWEST);
/// How far apart the characters of UTF-16 and of UTF-32 are, in bytes.
const WIDTHS: [(Decoding, usize); 2] = [(Decoding::Utf16, 2), (Decoding::Utf32, 4)];
/// How many bytes on either side decide whether a run begins or ends.
pub(super) const BESIDE: usize = 8;

fn width_of(decoding: Decoding) -> Option<usize> {
    WIDTHS.iter().find(|(known, _)| *known == decoding).map(|(_, width)| *width)
}

fn is_text(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\t')
}

/// Adds the runs that start in `range`.
pub(super) fn find(text: &[u8], range: Span, found: &mut Vec<Region>) {
    let to = text.len().min(range.end + STEP + 2);
    let mut at = range.start;
    while at < to {
        let Some(before) = memchr(0, &text[at..to]) else { return };
        at += before;
        let Some((run, decoding)) = run_around(text, at, range.start) else {
            at += STEP;
            continue;
        };
        let is_long = run.len() >= (FEWEST - 1) * width_of(decoding).unwrap_or(1);
        let is_inside = (range.start..range.end).contains(&run.start);
        if is_inside && is_long && run.len() <= LONGEST {
            found.push(Region { span: run, decoding });
        }
        at = run.end.max(at + 1);
    }
}

/// The run around a place, which goes on behind it, and its encoding. The span of a run that began
/// before `from` starts before `from`, but perhaps not at its beginning.
fn run_around(text: &[u8], at: usize, from: usize) -> Option<(Span, Decoding)> {
    let zeros = |at: usize| text[at..].iter().take(BESIDE).take_while(|byte| **byte == 0).count();
    let inside = at + zeros(at);
    let (decoding, width) =
        *WIDTHS.iter().find(|(_, width)| *width == zeros((inside + 1).min(text.len())) + 1)?;
    // Whether two characters of a run stand at this place and at the next one.
    let is_pair = |at: usize| {
        text.get(at..=at + width).is_some_and(|pair| {
            is_text(pair[0]) && is_text(pair[width]) && pair[1..width].iter().all(|byte| *byte == 0)
        })
    };
    if !is_pair(inside) {
        return None;
    }
    let (mut start, mut last) = (inside, inside);
    while start >= from.max(1) && start >= width && is_pair(start - width) {
        start -= width;
    }
    while last - inside <= LONGEST && is_pair(last) {
        last += width;
    }
    Some((Span::new(start, last + 1), decoding))
}

/// Decodes a run.
pub(super) fn decode(text: &[u8], run: Region) -> Option<Text> {
    let width = width_of(run.decoding)?;
    let bytes = text[run.span.range()].iter().step_by(width).copied().collect();
    Some(Text { bytes, map: Map::Padded(run.span.start, width), decoding: run.decoding })
}

/// Where a part of a decoded run stands, which is not empty.
pub(super) fn original((start, width): (usize, usize), span: Span) -> Span {
    Span::new(start + width * span.start, start + width * (span.end.max(1) - 1) + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::scanner::delta::tests::carried_and_searched;
    use crate::{Located, RuleSet, Scanner};

    fn wide(text: &str, width: usize) -> Vec<u8> {
        let padded = |byte: u8| std::iter::once(byte).chain(std::iter::repeat_n(0, width - 1));
        text.bytes().flat_map(padded).collect()
    }

    fn found(text: &[u8], range: Span) -> Vec<(Decoding, Vec<u8>)> {
        let mut found = Vec::new();
        find(text, range, &mut found);
        let decoded = |run: &Region| (run.decoding, decode(text, *run).unwrap().bytes);
        found.iter().map(decoded).collect()
    }

    #[test]
    fn runs_wherever_they_start() {
        let line = "some longer text in a line";
        for (decoding, width) in WIDTHS {
            let lines = wide(&format!("{line}\r\nshort\r\n{line}"), width);
            for before in ["", "text", "a\n", "\0", "\0\0\0\0\0"] {
                let text = [before.as_bytes(), &lines, b"and text"].concat();
                let whole = Span::new(0, text.len());
                let all = found(&text, whole);
                assert_eq!(all.len(), 2, "{before:?} {width}: {all:?}");
                assert!(all.iter().all(|(kind, _)| *kind == decoding));
                assert!(all[0].1.ends_with(line.as_bytes()), "{all:?}");
                assert!(all[1].1.starts_with(line.as_bytes()), "{all:?}");
                // Each run is found once, however the text is cut into parts.
                for cut in 0..=text.len() {
                    let mut parts = found(&text, Span::new(0, cut));
                    parts.extend(found(&text, Span::new(cut, text.len())));
                    assert_eq!(parts, all, "{before:?} {width} {cut}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_text() {
        let zeros = vec![0; 5000];
        let numbers: Vec<u8> = (0..1000_u32).map(|n| n * 31).flat_map(u32::to_le_bytes).collect();
        let long = wide(&"x".repeat(LONGEST), 2);
        for text in [&zeros[..], &numbers, &long, b"plain text", b"a\0b\0c", b"\0a"] {
            assert_eq!(found(text, Span::new(0, text.len())), []);
        }
    }

    #[test]
    fn places_of_characters() {
        let text = [&b"x\n"[..], &wide("0123456789abcdefghij", 4)].concat();
        let mut runs = Vec::new();
        find(&text, Span::new(0, text.len()), &mut runs);
        let place = original((runs[0].span.start, 4), Span::new(1, 3));
        assert_eq!(&text[place.range()], b"1\0\0\x002");
    }

    fn token() -> String {
        ["glp", "at-6K5h83Aac", "UCCGxzdUCuD"].concat()
    }

    fn told(located: &Located<'_>) -> String {
        assert!(!format!("{:?}", located.excerpt).contains("6\\u{0}K"), "{:?}", located.excerpt);
        format!("{:?} {} {:?}", located.matched, located.start.line, located.secret.expose())
    }

    fn all(scanner: &Scanner, text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        scanner.scan(text, &mut |located| found.push(told(&located)));
        found
    }

    #[test]
    fn files_of_other_encodings() {
        let scanner = Scanner::new(&RuleSet::builtin());
        let lines = format!("one = 1\ntoken: {}\n", token());
        let ascii = "a line of text\n".repeat(200);
        let chinese = "\u{914d}\u{7f6e} \u{4e00}\u{4e0a}\n".repeat(99);
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let utf32 = |text: &str, bytes: fn(u32) -> [u8; 4]| {
            text.chars().flat_map(|c| bytes(c.into())).collect::<Vec<_>>()
        };
        for (text, line) in [
            (utf32(&format!("\u{feff}{lines}"), u32::to_le_bytes), 2),
            (utf32(&format!("\u{feff}{lines}"), u32::to_be_bytes), 2),
            (utf32(&lines, u32::to_le_bytes), 2),
            ([ascii.as_bytes(), &utf16(&lines)].concat(), 202),
            ([ascii.as_bytes(), &utf16(&format!("\u{feff}{lines}"))].concat(), 202),
            (utf16(&format!("{chinese}{lines}")), 101),
            (utf16(&lines), 2),
        ] {
            let found = all(&scanner, &text);
            assert_eq!(found.len(), 1, "{found:?}");
            let end = format!(" {line} {:?}", token().as_bytes());
            assert!(found[0].ends_with(&end), "{} {end}", found[0]);
            assert_eq!(scanner.find(&text).len(), 1);
        }
    }

    /// Texts in which characters have one byte, two or four, and parts of them.
    fn texts() -> impl Strategy<Value = Vec<u8>> {
        let part = (0..3_usize, "[a-z \n]{0,30}", any::<bool>(), 0..3_usize).prop_map(
            |(kind, text, has_token, zeros)| {
                let token = if has_token { token() } else { String::new() };
                [wide(&format!("{text} {token}\n"), 1 << kind), vec![0; zeros]].concat()
            },
        );
        prop::collection::vec(part, 1..8).prop_map(|parts| parts.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        /// All ways to search a text find the same.
        #[test]
        fn all_ways_tell_the_same(
            text in texts(),
            size in 1_usize..3000,
            cuts: [prop::sample::Index; 2],
        ) {
            let scanner = Scanner::new(&RuleSet::builtin());
            let sorted = |mut found: Vec<String>| {
                found.sort();
                found
            };
            let (mut streamed, mut stream) = (Vec::new(), scanner.stream());
            for chunk in text.chunks(size) {
                stream.push(chunk, &mut |located| streamed.push(told(&located)));
            }
            stream.finish(&mut |located| streamed.push(told(&located)));
            prop_assert_eq!(sorted(streamed), sorted(all(&scanner, &text)));
            let (of_carried, of_text) = carried_and_searched(&scanner, &text, cuts);
            prop_assert_eq!(sorted(of_carried), sorted(of_text));
        }
    }
}
