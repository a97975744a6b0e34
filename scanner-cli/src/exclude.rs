//! Patterns of paths that a user excludes.

use std::path::Path;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Compiles patterns of paths for a root. They mean what they would in a `.gitignore` there.
///
/// # Errors
///
/// A pattern is invalid.
pub fn exclusions(patterns: &[String], root: &Path) -> Result<Gitignore, ignore::Error> {
    let mut builder = GitignoreBuilder::new(root);
    for pattern in patterns {
        builder.add_line(None, pattern)?;
    }
    builder.build()
}
