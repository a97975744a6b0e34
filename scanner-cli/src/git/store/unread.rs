//! Why an object cannot be read.

/// Why an object cannot be read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Unread {
    Missing,
    Corrupt,
    /// It, or what it is made of, is larger than the limit.
    TooLarge,
}
