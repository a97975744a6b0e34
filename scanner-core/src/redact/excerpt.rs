//! The line around a match, redacted and cut to what a report shows.

use crate::redact::unknown::{self, Line};
use crate::redact::{Redaction, apply, mask};
use crate::text::escape::escape;
use crate::text::position;
use crate::text::span::Span;

/// The line around a match, fit to be shown: secrets and all other values that are not plainly a
/// word, a path, a number or an identifier replaced, cut to about 200 columns, control characters
/// escaped.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Excerpt {
    /// What stands before the match.
    pub before: String,
    /// What stands in the place of the match.
    pub redacted: String,
    /// What stands behind the match; empty where the match goes on in the next line.
    pub after: String,
}

/// Text further from a match than this is in no excerpt, however much of it is redacted.
pub(crate) const EXCERPT_REACH: usize = 2048;

/// Columns shown on either side.
const COLUMNS_BESIDE: usize = 90;

/// An excerpt goes no further than this many redactions to the left and to the right. So a byte is
/// in few excerpts, however many matches stand on its line.
pub(crate) const REDACTIONS_BESIDE: usize = 4;

impl Excerpt {
    /// The line around a match, as far as it is looked at; the first one where the match has
    /// several.
    pub(crate) fn line(text: &[u8], matched: Span) -> Span {
        let left = matched.start.saturating_sub(EXCERPT_REACH);
        let right = text.len().min(matched.end.saturating_add(EXCERPT_REACH));
        let start = memchr::memrchr(b'\n', &text[left..matched.start])
            .map_or(left, |newline| left + newline + 1);
        let end = memchr::memchr(b'\n', &text[matched.start..right])
            .map_or(right, |newline| matched.start + newline);
        Span::new(start, end)
    }

    /// The excerpt for a match in bytes that are no text beside it: nothing of them is shown.
    pub(crate) fn alone() -> Self {
        Self { redacted: shown(&mask(b"")), ..Self::default() }
    }

    /// Cuts the excerpt for a match out of its line. `redactions` are known secrets, sorted; what
    /// nobody knows is hidden beside them.
    pub(crate) fn of(
        text: &[u8],
        line: Span,
        matched: Redaction,
        redactions: &[Redaction],
    ) -> Self {
        let Span { start, end } = matched.span;
        let line = near(line, matched.span, redactions);
        let redactions = with_unknown(text, line, matched, redactions);
        let before = apply(text, Span::new(line.start, start), &redactions);
        let after = if end < line.end {
            apply(text, Span::new(end, line.end), &redactions)
        } else {
            Vec::new()
        };
        let public = Span::new(start, start + matched.prefix_len);
        let redacted = mask(&text[public.range()]);
        // The rest of what is redacted needs no second mark.
        let rest = after.strip_prefix(b"...").filter(|_| redacted.ends_with(b"..."));
        let after = rest.unwrap_or(&after);
        Self {
            before: last_columns(&before),
            redacted: shown(&redacted),
            after: first_columns(after.strip_suffix(b"\r").unwrap_or(after)),
        }
    }
}

/// The part of a line with [`REDACTIONS_BESIDE`] redactions on either side of a match.
fn near(line: Span, matched: Span, redactions: &[Redaction]) -> Span {
    let first = redactions.partition_point(|redaction| redaction.span.start < matched.start);
    let last = redactions.partition_point(|redaction| redaction.span.start < matched.end);
    let left = first.checked_sub(REDACTIONS_BESIDE).map(|at| redactions[at].span.start);
    let right = redactions.get(last + REDACTIONS_BESIDE).map(|redaction| redaction.span.start);
    Span::new(
        left.map_or(line.start, |left| left.max(line.start)),
        right.map_or(line.end, |right| right.min(line.end)),
    )
}

/// Adds the values of a line that no rule knows and that are not plain.
fn with_unknown(
    text: &[u8],
    line: Span,
    matched: Redaction,
    redactions: &[Redaction],
) -> Vec<Redaction> {
    let is_seen = |redaction: &&Redaction| redaction.span.overlaps(line);
    let mut all: Vec<Redaction> = redactions.iter().filter(is_seen).copied().collect();
    all.push(matched);
    all.sort_by_key(|redaction| redaction.span);
    let mut known: Vec<Span> = Vec::new();
    for Redaction { span, .. } in all.iter().filter(|redaction| redaction.span.overlaps(line)) {
        let span = Span::new(span.start.max(line.start), span.end.min(line.end));
        let span = Span::new(span.start - line.start, span.end - line.start);
        match known.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => known.push(span),
        }
    }
    let is_newline = |at: Option<usize>| at.and_then(|at| text.get(at)).is_none_or(|b| *b == b'\n');
    let shown = Line {
        text: &text[line.range()],
        is_cut_left: !is_newline(line.start.checked_sub(1)),
        is_cut_right: !is_newline(Some(line.end)),
    };
    let unknown = unknown::spans(shown, &known);
    all.extend(unknown.into_iter().map(|span| Redaction {
        span: Span::new(span.start + line.start, span.end + line.start),
        prefix_len: 0,
    }));
    all.sort_by_key(|redaction| redaction.span);
    all
}

fn shown(text: &[u8]) -> String {
    escape(position::chars(text))
}

fn first_columns(text: &[u8]) -> String {
    let mut chars = position::chars(text);
    let mut out = escape(chars.by_ref().take(COLUMNS_BESIDE));
    if chars.next().is_some() {
        out.push('\u{2026}');
    }
    out
}

fn last_columns(text: &[u8]) -> String {
    let count = position::chars(text).count();
    let cut = count.saturating_sub(COLUMNS_BESIDE);
    let out = escape(position::chars(text).skip(cut));
    if cut == 0 { out } else { format!("\u{2026}{out}") }
}
