//! The paths that a user names, and what reports call the files below them.

use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use tokensieve_core::Origin;

use crate::pipeline::Named;

/// Git's folder at the root of a working tree; in a linked one, a file that names the folder.
pub(super) const GIT_FOLDER: &str = ".git";

/// A path named by the user, and the root that reports refer to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Root {
    /// The path, as the user wrote it.
    pub(super) argument: PathBuf,
    /// The same, absolute and without links.
    pub(super) start: PathBuf,
    /// The root of the repository that holds it; without one, the path itself, or the folder of a
    /// file.
    pub(super) root: PathBuf,
    pub(super) is_folder: bool,
}

impl Root {
    /// Finds the root of a path.
    ///
    /// # Errors
    ///
    /// The path does not exist, or cannot be reached.
    pub fn of(argument: &Path) -> io::Result<Self> {
        let start = argument.canonicalize()?;
        let is_folder = start.is_dir();
        let folder = if is_folder { start.as_path() } else { start.parent().unwrap_or(&start) };
        let root = folder
            .ancestors()
            .find(|above| above.join(GIT_FOLDER).exists())
            .unwrap_or(folder)
            .to_owned();
        Ok(Self { argument: argument.to_owned(), start, root, is_folder })
    }

    /// The root of the repository, or what stands in for it.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The folder that the path is, or is in.
    pub fn folder(&self) -> &Path {
        if self.is_folder { &self.start } else { self.start.parent().unwrap_or(&self.start) }
    }

    /// The absolute form of a path at or below the argument.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        match path.strip_prefix(&self.argument) {
            Ok(below) if below.as_os_str().is_empty() => self.start.clone(),
            Ok(below) => self.start.join(below),
            Err(_) => path.to_owned(),
        }
    }

    pub(super) fn file<'r>(&'r self, path: &'r Path) -> NamedFile<'r> {
        NamedFile { root: self, path }
    }
}

/// A file at or below a named path. Its origin is computed only where something is reported.
pub(super) struct NamedFile<'r> {
    root: &'r Root,
    path: &'r Path,
}

impl Named for NamedFile<'_> {
    fn origin(&self) -> Origin {
        let shown = self.path.as_os_str().as_bytes();
        let shown = shown.strip_prefix(b"./").unwrap_or(shown);
        let absolute = self.root.absolute(self.path);
        let from_root = absolute.strip_prefix(&self.root.root).unwrap_or(&absolute);
        Origin::new(shown, from_root.as_os_str().as_bytes())
    }
}
