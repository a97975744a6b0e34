//! Text made valid UTF-8 for regexes that know characters, with a way back to the original offsets.

use std::borrow::Cow;

use crate::text::span::Span;

/// How many bytes on either side of a searched range become UTF-8 with it: regexes look beside a
/// match.
pub(crate) const MARGIN: usize = 64;

/// A part of a text as UTF-8.
pub(crate) struct Utf8Part<'t> {
    bytes: Cow<'t, [u8]>,
    /// The offset of the part in the text.
    base: usize,
    /// Where bytes were replaced, in the new text.
    replaced: Vec<usize>,
}

const REPLACEMENT: &str = "\u{fffd}";

impl<'t> Utf8Part<'t> {
    /// The part of a text that a search of `range` for matches of at most `max_len` bytes sees.
    pub(crate) fn of(haystack: &'t [u8], range: Span, max_len: usize) -> Self {
        let base = range.start.saturating_sub(MARGIN);
        let end = haystack.len().min(range.end.saturating_add(max_len + MARGIN));
        let mut rest = &haystack[base..end];
        if core::str::from_utf8(rest).is_ok() {
            // Without a copy the whole text can be seen.
            return Self { bytes: Cow::Borrowed(haystack), base: 0, replaced: Vec::new() };
        }
        let (mut bytes, mut replaced) =
            (Vec::with_capacity(rest.len() + rest.len() / 8), Vec::new());
        while let Err(error) = core::str::from_utf8(rest) {
            let (valid, wrong) = rest.split_at(error.valid_up_to());
            bytes.extend_from_slice(valid);
            replaced.push(bytes.len());
            bytes.extend_from_slice(REPLACEMENT.as_bytes());
            rest = &wrong[1..];
        }
        bytes.extend_from_slice(rest);
        Self { bytes: Cow::Owned(bytes), base, replaced }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The offset in the original text.
    pub(crate) fn original(&self, offset: usize) -> usize {
        let grown = self.replaced.partition_point(|at| *at < offset) * (REPLACEMENT.len() - 1);
        self.base + offset - grown
    }

    /// The offset in the new text.
    pub(crate) fn converted(&self, original: usize) -> usize {
        let wanted = original - self.base;
        // The nth replaced byte stood two bytes for each earlier one further to the left.
        let grown = |index: usize| index * (REPLACEMENT.len() - 1);
        let mut count = 0;
        let (mut from, mut to) = (0, self.replaced.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.replaced[middle] - grown(middle) < wanted {
                count = middle + 1;
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        wanted + grown(count)
    }
}
