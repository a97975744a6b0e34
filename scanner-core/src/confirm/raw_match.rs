//! Matches before overlaps are resolved, and the values that they carry.

use core::fmt;

use crate::secret::Secret;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

/// How much text around a candidate its result depends on: `before` bytes to its left, `len` bytes
/// from its start.
#[derive(Clone, Copy, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Lookaround {
    pub(crate) before: usize,
    pub(crate) len: usize,
}

impl Lookaround {
    pub(crate) fn joined(self, other: Self) -> Self {
        Self { before: self.before.max(other.before), len: self.len.max(other.len) }
    }
}

/// A match before overlaps are resolved.
#[derive(Clone, Debug)]
pub(crate) struct RawMatch {
    /// The index of the rule.
    pub(crate) rule: usize,
    /// What is reported.
    pub(crate) span: Span,
    /// What the whole regex matched; the span is in it.
    pub(crate) whole: Span,
    /// How much of the beginning of the span is public.
    pub(crate) prefix_len: usize,
    pub(crate) confidence: Confidence,
    pub(crate) reason: Option<Reason>,
    pub(crate) facts: Facts,
    /// Where the match is in decoded text: its span is then that of the bytes that encode it.
    pub(crate) decoded: Option<Box<Decoded>>,
    /// How it overlaps other matches, where those are kept.
    pub(crate) overlap: Option<Overlap>,
}

impl RawMatch {
    /// Whether it stands in characters that are wider than a byte.
    pub(crate) fn is_wide(&self) -> bool {
        let first = self.decoded.as_ref().and_then(|decoded| decoded.chain.first());
        matches!(first, Some(Decoding::Utf16 | Decoding::Utf32))
    }

    /// A refuted match: text that would be a match at another length, or beside other text.
    pub(crate) fn of_wrong_length(rule: usize, span: Span, whole: Span, prefix_len: usize) -> Self {
        Self {
            rule,
            span,
            whole,
            prefix_len,
            confidence: Confidence::Refuted,
            reason: Some(Reason::WrongLength),
            facts: Facts::default(),
            decoded: None,
            overlap: None,
        }
    }
}

/// How a match ranks among those that it shares bytes with.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Overlap {
    /// The same for all of them.
    pub group: OverlapGroup,
    /// Its place among them: the best one has 0.
    pub rank: usize,
    /// Whether a better one holds some of its bytes.
    pub is_shadowed: bool,
}

/// Names matches of one text that share bytes with each other.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct OverlapGroup {
    pub(crate) start: usize,
    pub(crate) is_utf16: bool,
}

/// How text was decoded.
///
/// ```
/// use tokensieve_core::{Decoding, RuleSet, Scanner};
///
/// // base64 of a token
/// let text = ["auth: Z2xwY", "XQtNks1aDgz", "QWFjVUNDR3h", "6ZFVDdUQ="].concat();
/// let scanner = Scanner::new(&RuleSet::builtin());
/// let found = scanner.find(text.as_bytes());
/// assert_eq!(found[0].span().range(), 6..41);
/// assert_eq!(found[0].decoded(), [Decoding::Base64]);
/// ```
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, serde::Serialize)]
#[cfg_attr(test, derive(serde::Deserialize))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Decoding {
    /// Base64, of either alphabet, with or without padding.
    Base64,
    /// Two hexadecimal digits a byte.
    Hex,
    /// Percent-encoding of URLs.
    Percent,
    /// Escapes such as `\u002d` and `\x2d`.
    Unicode,
    /// Character references of HTML and XML.
    Html,
    /// UTF-16 inside of something else.
    Utf16,
    /// UTF-32.
    Utf32,
    /// Compressed text inside of base64 or hex.
    Gzip,
    /// Pieces that a program or a format joins: strings with an operator between them, lines.
    Joined,
}

impl Decoding {
    /// The name used in reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Base64 => "base64",
            Self::Hex => "hex",
            Self::Percent => "percent",
            Self::Unicode => "unicode",
            Self::Html => "html",
            Self::Utf16 => "utf16",
            Self::Utf32 => "utf32",
            Self::Gzip => "gzip",
            Self::Joined => "joined",
        }
    }
}

impl fmt::Display for Decoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The encodings and the secret of a match in decoded text.
#[derive(Clone)]
pub(crate) struct Decoded {
    /// How it was decoded, the outermost first.
    pub(crate) chain: Vec<Decoding>,
    /// The bytes that it is about.
    pub(crate) secret: Secret,
}

/// The secret is not told.
impl fmt::Debug for Decoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Decoded").field(&self.chain).finish()
    }
}
