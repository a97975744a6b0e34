//! A part of an input that is in memory.

use crate::text::span::Span;

/// A part of the input that is in memory.
#[derive(Clone, Copy)]
pub(crate) struct View<'t> {
    pub(crate) bytes: &'t [u8],
    /// The offset of its first byte in the input.
    pub(crate) base: usize,
    /// Whether the input ends with it.
    pub(crate) is_last: bool,
}

impl View<'_> {
    pub(crate) fn end(&self) -> usize {
        self.base + self.bytes.len()
    }

    pub(crate) fn local(&self, span: Span) -> Span {
        Span::new(span.start - self.base, span.end - self.base)
    }
}
