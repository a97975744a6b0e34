//! Why a repository cannot be scanned.

use std::fmt;

/// Something is wrong with a repository, a revision or a range, and nothing was scanned.
#[derive(Debug)]
pub struct GitError {
    message: String,
}

impl GitError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for GitError {}
