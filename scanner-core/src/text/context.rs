//! The text that a match stands in, in clear, for what decides whether it is reported.
//!
//! An [`Excerpt`](crate::Excerpt) is made to be shown; this is made to be compared, and it never
//! leaves the program.

use crate::text::span::Span;
use crate::text::view::View;

/// How many bytes of a line are kept on either side of a match. Streams keep more in memory.
const REACH: usize = 2048;

/// The lines of a match, the line before them, and the match of the whole regex.
///
/// Like a [`Secret`](crate::Secret) it has no `Debug`. It is empty where a match is below the least
/// confidence.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner};
///
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let text = ["before\nT=glp", "at-6K5h83AacUCCGxzdUCuD # why\nafter\n"].concat();
/// scanner.scan(text.as_bytes(), &mut |located| {
///     let around = &located.context;
///     assert_eq!(around.previous_line(), Some(&b"before"[..]));
///     assert!(around.lines().starts_with(b"T=glp") && around.lines().ends_with(b"# why"));
///     assert_eq!(around.matched(), located.secret.expose());
///     assert!(around.has_whole_lines());
/// });
/// ```
#[derive(Clone, Default)]
pub struct LineContext {
    /// The previous line with its line end, then the lines of the match.
    text: Box<[u8]>,
    lines_at: usize,
    matched: Option<Span>,
    secret_at: usize,
    is_cut_left: bool,
    is_cut_right: bool,
}

impl LineContext {
    /// Of a match of a whole regex in a view, and the secret in it. Both are relative to the view.
    pub(crate) fn of(view: &View<'_>, whole: Span, secret: Span) -> Self {
        let bytes = view.bytes;
        let left = whole.start.saturating_sub(REACH);
        let right = bytes.len().min(whole.end + REACH);
        let line_start =
            memchr::memrchr(b'\n', &bytes[left..whole.start]).map(|newline| left + newline + 1);
        // What ends with a line end does not go on in the next line.
        let last = whole.end.saturating_sub(1).max(whole.start);
        let line_end = memchr::memchr(b'\n', &bytes[last..right]).map(|newline| last + newline);
        let previous = line_start.map(|start| {
            memchr::memrchr(b'\n', &bytes[left..start - 1])
                .map_or(left, |newline| left + newline + 1)
        });
        let (from, start) = (previous.unwrap_or(left), line_start.unwrap_or(left));
        Self {
            text: bytes[from..line_end.unwrap_or(right).max(start)].into(),
            lines_at: start - from,
            matched: Some(Span::new(whole.start - from, whole.end - from)),
            secret_at: secret.start - from,
            is_cut_left: line_start.is_none() && view.base + left > 0,
            is_cut_right: line_end.is_none() && !(view.is_last && right == bytes.len()),
        }
    }

    /// The line before the match and its lines, as far as they are kept.
    pub(crate) fn text(&self) -> &[u8] {
        &self.text
    }

    /// The lines of the match, without the last line end, as far as they are kept: see
    /// [`LineContext::has_whole_lines`].
    #[must_use]
    pub fn lines(&self) -> &[u8] {
        let lines = &self.text[self.lines_at..];
        lines.strip_suffix(b"\r").unwrap_or(lines)
    }

    /// Whether [`LineContext::lines`] is all of them. A line that goes on for more than 2 KiB
    /// beside the match is cut.
    #[must_use]
    pub fn has_whole_lines(&self) -> bool {
        !self.is_cut_left && !self.is_cut_right
    }

    /// Whether the last of the lines is cut at its end.
    pub(crate) fn is_cut_right(&self) -> bool {
        self.is_cut_right
    }

    /// The line before, where there is one and the first line of the match is not cut.
    #[must_use]
    pub fn previous_line(&self) -> Option<&[u8]> {
        let line = self.text[..self.lines_at].strip_suffix(b"\n")?;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// What the whole regex matched: the secret, and with some rules what stands beside it.
    #[must_use]
    pub fn matched(&self) -> &[u8] {
        self.matched
            .map_or(&[], |matched| &self.text[matched.start..matched.end.min(self.text.len())])
    }

    /// How many lines further up the match starts than the secret in it.
    #[must_use]
    pub fn lines_above(&self) -> usize {
        self.matched.map_or(0, |matched| {
            memchr::memchr_iter(b'\n', &self.text[matched.start..self.secret_at]).count()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &[u8], whole: Span, secret: Span) -> LineContext {
        LineContext::of(&View { bytes: text, base: 0, is_last: true }, whole, secret)
    }

    #[test]
    fn lines_around() {
        let text = b"one\r\ntwo key:\nSECRET end\r\nlast";
        let whole = Span::new(9, 20);
        let around = of(text, whole, Span::new(14, 20));
        assert_eq!(around.previous_line(), Some(&b"one"[..]));
        assert_eq!(around.lines(), b"two key:\nSECRET end");
        assert_eq!(around.matched(), b"key:\nSECRET");
        assert_eq!(around.lines_above(), 1);
        assert!(around.has_whole_lines());
        let first = of(text, Span::new(0, 3), Span::new(0, 3));
        assert_eq!((first.previous_line(), first.lines()), (None, &b"one"[..]));
        let last = of(text, Span::new(27, 31), Span::new(27, 31));
        assert_eq!((last.previous_line(), last.lines()), (Some(&b"SECRET end"[..]), &b"last"[..]));
    }

    #[test]
    fn a_match_that_ends_with_a_line_end() {
        let around = of(b"a\nBEGIN\nEND\nnext", Span::new(2, 12), Span::new(2, 12));
        assert_eq!(around.lines(), b"BEGIN\nEND");
        assert_eq!(around.matched(), b"BEGIN\nEND");
    }

    /// However the input arrives, the text around a match is the same.
    #[test]
    fn chunks_do_not_show() {
        let scanner = crate::Scanner::new(&crate::RuleSet::builtin());
        let token = ["glp", "at-6K5h83AacUCCGxzdUCuD"].concat();
        let line = |len: usize| format!("{} {token} {}\n", "a".repeat(len), "b".repeat(len / 2));
        let text: String = [0, 10, 3000, 50, 9000, 0, 2047, 2048, 70_000, 3].map(line).concat();
        let shown = |around: &LineContext| {
            (
                around.text.clone(),
                around.lines_at,
                around.matched,
                around.is_cut_left,
                around.is_cut_right,
            )
        };
        let mut whole = Vec::new();
        scanner.scan(text.as_bytes(), &mut |located| whole.push(shown(&located.context)));
        assert_eq!(whole.len(), 10);
        for size in [1 << 20, 20_000, 4096, 777] {
            let mut found = Vec::new();
            let mut stream = scanner.stream();
            for chunk in text.as_bytes().chunks(size) {
                stream.push(chunk, &mut |located| found.push(shown(&located.context)));
            }
            stream.finish(&mut |located| found.push(shown(&located.context)));
            assert!(found == whole, "chunks of {size}");
        }
    }

    #[test]
    fn long_lines_are_cut_and_say_so() {
        let long = [vec![b'a'; 3000], b"SECRET".to_vec(), vec![b'b'; 3000]].concat();
        let span = Span::new(3000, 3006);
        let around = of(&long, span, span);
        assert!(!around.has_whole_lines() && around.is_cut_right());
        assert_eq!(around.lines().len(), 2 * REACH + 6);
        assert_eq!(around.previous_line(), None);
        // The same through a window that begins and ends nearby.
        let view = View { bytes: &long[900..5100], base: 900, is_last: false };
        let moved = LineContext::of(&view, Span::new(2100, 2106), Span::new(2100, 2106));
        assert_eq!(moved.text, around.text);
        assert_eq!((moved.is_cut_left, moved.is_cut_right), (true, true));
    }
}
