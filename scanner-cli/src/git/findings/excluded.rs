//! Paths in a repository that are left out.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use ignore::gitignore::Gitignore;

use crate::exclude::exclusions;

/// Patterns such as in a `.gitignore` at the root of the repository.
pub(crate) struct Excluded {
    patterns: Option<Gitignore>,
}

impl Excluded {
    /// The patterns, which are known to be valid.
    pub(crate) fn new(patterns: &[String]) -> Self {
        let patterns = exclusions(patterns, Path::new("/")).ok();
        Self { patterns: patterns.filter(|patterns| !patterns.is_empty()) }
    }

    /// Whether a path from the root of the repository is left out.
    pub(crate) fn leaves_out(&self, path: &[u8]) -> bool {
        self.patterns.as_ref().is_some_and(|patterns| {
            let path = Path::new("/").join(OsStr::from_bytes(path));
            patterns.matched_path_or_any_parents(path, false).is_ignore()
        })
    }
}
