//! Patterns of paths that a user excludes.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use tokensieve_core::suppression::path_pattern;

/// Compiles patterns of paths for a root. They mean what they would in a `.gitignore` there, and
/// are read as [`path_pattern`] does: one that can match nothing is left out.
///
/// # Errors
///
/// A pattern is invalid.
pub fn exclusions(patterns: &[String], root: &Path) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        if let Ok(plain) = path_pattern(pattern) {
            builder.add_line(None, &plain)?;
        }
    }
    builder.build()
}
