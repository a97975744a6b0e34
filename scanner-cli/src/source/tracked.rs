//! Which files git tracks. A file that is tracked is scanned, whatever `.gitignore` says about it:
//! git does not ask `.gitignore` about it either.

use std::path::Path;

/// The index of the repository that a walk is in. It is read when it is first asked for: most walks
/// never do.
pub(super) struct Tracked<'r> {
    root: &'r Path,
    #[cfg(feature = "git")]
    index: std::sync::OnceLock<Option<gix::index::File>>,
}

impl<'r> Tracked<'r> {
    /// The files tracked by the repository with this root, if it is one.
    pub(super) fn new(root: &'r Path) -> Self {
        Self {
            root,
            #[cfg(feature = "git")]
            index: std::sync::OnceLock::new(),
        }
    }

    /// Whether the file at an absolute path is tracked; for a folder, whether a file below it is.
    #[cfg(feature = "git")]
    pub(super) fn has(&self, path: &Path, is_folder: bool) -> bool {
        use std::os::unix::ffi::OsStrExt;

        let Ok(path) = path.strip_prefix(self.root) else { return false };
        let Some(index) = self.index.get_or_init(|| read(self.root)) else { return false };
        let mut wanted = path.as_os_str().as_bytes().to_vec();
        if is_folder {
            wanted.push(b'/');
        }
        let entries = index.entries();
        let at = entries.partition_point(|entry| **entry.path(index) < *wanted);
        entries.get(at).is_some_and(|entry| {
            let found = entry.path(index);
            if is_folder { found.starts_with(&wanted) } else { **found == *wanted }
        })
    }

    #[cfg(not(feature = "git"))]
    pub(super) fn has(&self, _path: &Path, _is_folder: bool) -> bool {
        let _ = self.root;
        false
    }
}

/// Reads the index of a working tree. There is none in a folder that is no repository, or one that
/// git would not trust.
#[cfg(feature = "git")]
fn read(root: &Path) -> Option<gix::index::File> {
    let repository = crate::git::Repository::open(Some(root)).ok()?;
    repository.index().ok()
}
