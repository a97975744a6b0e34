//! Where a regex matched.

use crate::text::span::Span;

/// Where a regex matched.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Hit {
    /// The whole match.
    pub(crate) span: Span,
    /// The group `secret`, else the whole match.
    pub(crate) secret: Span,
}
