//! The one error type of the crate.
//!
//! Only *building* can fail: reading rules, selecting them, reading a key. Searching never does,
//! whatever the haystack holds.

use core::fmt;

/// What went wrong, as far as a caller can act on it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A rule file is not TOML, or not of the documented form.
    Syntax,
    /// A rule breaks one of the rules for rules: see `tokensieve rules lint`.
    Rule,
    /// A rule or a provider was named that does not exist.
    UnknownRule,
    /// A custom token prefix that GitLab would not accept.
    Prefix,
    /// A fingerprint key that is too short.
    Key,
    /// An allowlist entry, a baseline or a line of an ignore file that cannot be understood.
    Suppression,
    /// A report could not be written.
    Report,
}

/// An error with the place where it was found.
///
/// ```
/// use tokensieve_core::{ErrorKind, RuleSet};
///
/// let error = RuleSet::from_toml("my.toml", "[[rules]]\nid = 'x'\n").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Syntax);
/// assert!(error.to_string().starts_with("my.toml:2"), "{error}");
/// ```
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Option<(String, usize)>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None }
    }

    pub(crate) fn at(mut self, file: &str, line: usize) -> Self {
        self.place = Some((file.to_owned(), line));
        self
    }

    /// What went wrong.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The message without its place.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The file and the 1-based line, where the error has a place in a rule file.
    #[must_use]
    pub fn place(&self) -> Option<(&str, usize)> {
        self.place.as_ref().map(|(file, line)| (file.as_str(), *line))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((file, line)) = &self.place {
            write!(f, "{file}:{line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl core::error::Error for Error {}
