//! Which entries `.gitignore` files leave out, and how many.
//!
//! The walk of the crate `ignore` can leave entries out by itself, but does not tell which.
//! Counting them is part of the coverage, so the same matchers are asked here, folder by folder.
//! Only `.gitignore` is read: neither the user's global file nor `.git/info/exclude`, so that a
//! scan gives the same result on every machine.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::tree_file;

const GITIGNORE_FILE: &str = ".gitignore";

/// A folder with the patterns that count in it.
struct Folder {
    patterns: Option<Gitignore>,
    /// It is left out itself, and so is everything in it, whatever patterns say.
    is_left_out: bool,
    /// For a folder above the walk, which is known by its absolute path: what the walk calls its
    /// start, and the absolute path of that.
    renamed: Option<(PathBuf, PathBuf)>,
    parent: Option<Arc<Self>>,
}

impl Folder {
    fn new(
        path: &Path,
        renamed: Option<(PathBuf, PathBuf)>,
        parent: Option<Arc<Self>>,
    ) -> Arc<Self> {
        let file = path.join(GITIGNORE_FILE);
        // Most folders have none, and asking is cheaper than trying to read it.
        let is_there = std::fs::symlink_metadata(&file).is_ok_and(|found| found.is_file());
        let patterns = is_there.then(|| read_patterns(path, &file));
        match (patterns, parent) {
            // A folder without patterns of its own is as good as its parent.
            (None, Some(parent)) => parent,
            (patterns, parent) => {
                let is_left_out = parent.as_ref().is_some_and(|parent| parent.is_left_out);
                Arc::new(Self { patterns, is_left_out, renamed, parent })
            }
        }
    }

    /// The nearest folder that has something to say about an entry decides.
    fn leaves_out(&self, path: &Path, is_folder: bool) -> bool {
        if self.is_left_out {
            return true;
        }
        let mut folder = Some(self);
        while let Some(this) = folder {
            if let Some(patterns) = &this.patterns {
                let decision = match &this.renamed {
                    None => patterns.matched(path, is_folder),
                    Some((walked, absolute)) => patterns.matched(
                        absolute.join(path.strip_prefix(walked).unwrap_or(path)),
                        is_folder,
                    ),
                };
                if !decision.is_none() {
                    return decision.is_ignore();
                }
            }
            folder = this.parent.as_deref();
        }
        false
    }
}

/// A file with more lines and wildcards would take more memory than a scan.
const MAX_PATTERNS: usize = 20_000;

/// Reads the patterns of a file. One that cannot be read, or has more than [`MAX_PATTERNS`], leaves
/// nothing out.
fn read_patterns(folder: &Path, file: &Path) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    let content = tree_file::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&content));
    if text.bytes().filter(|byte| b"\n*?[".contains(byte)).count() > MAX_PATTERNS {
        return Gitignore::empty();
    }
    for line in text.lines() {
        // A broken line is left out, as git does.
        let _ = builder.add_line(None, line);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// The `.gitignore` files met on a walk, shared by its threads.
pub(crate) struct IgnoreTree {
    /// By the bytes of the path: hashing a `Path` takes it apart.
    folders: RwLock<HashMap<OsString, Arc<Folder>>>,
}

impl IgnoreTree {
    /// A tree for a walk of `walked`, whose absolute path is `start`. Patterns of folders above it
    /// count too, up to `root`.
    pub(crate) fn new(walked: &Path, start: &Path, root: &Path) -> Self {
        let above: Vec<&Path> =
            start.ancestors().skip(1).take_while(|folder| folder.starts_with(root)).collect();
        let renamed = || Some((walked.to_owned(), start.to_owned()));
        let above = above
            .into_iter()
            .rev()
            .fold(None, |parent, folder| Some(Folder::new(folder, renamed(), parent)));
        let top = Folder::new(walked, None, above);
        Self { folders: RwLock::new(HashMap::from([(walked.as_os_str().to_owned(), top)])) }
    }

    /// The view of one thread.
    pub(crate) fn view(&self) -> IgnoreView<'_> {
        IgnoreView { tree: self, last: None }
    }

    fn folder(&self, path: &Path) -> Arc<Folder> {
        if let Some(folder) =
            self.folders.read().expect("nothing panics here").get(path.as_os_str())
        {
            return Arc::clone(folder);
        }
        let parent = path.parent().map(|parent| self.folder(parent));
        let folder = Folder::new(path, None, parent);
        self.folders
            .write()
            .expect("nothing panics here")
            .insert(path.as_os_str().to_owned(), Arc::clone(&folder));
        folder
    }
}

/// A thread's view of the tree. It remembers the last folder, since a walk yields a folder's
/// entries in a row.
pub(crate) struct IgnoreView<'t> {
    tree: &'t IgnoreTree,
    last: Option<(OsString, Arc<Folder>)>,
}

impl IgnoreView<'_> {
    /// Says that a folder is left out, but walked for what git tracks in it.
    pub(crate) fn leave_out_all_in(&mut self, path: &Path) {
        let folder =
            Arc::new(Folder { patterns: None, is_left_out: true, renamed: None, parent: None });
        self.tree
            .folders
            .write()
            .expect("nothing panics here")
            .insert(path.as_os_str().to_owned(), folder);
    }

    /// Whether an entry below the start of the walk is left out. The folders above it are not.
    pub(crate) fn leaves_out(&mut self, path: &Path, is_folder: bool) -> bool {
        let Some(parent) = path.parent() else { return false };
        match &self.last {
            Some((last, folder)) if last == parent.as_os_str() => {
                folder.leaves_out(path, is_folder)
            }
            _ => {
                let folder = self.tree.folder(parent);
                let is_left_out = folder.leaves_out(path, is_folder);
                self.last = Some((parent.as_os_str().to_owned(), folder));
                is_left_out
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_that_is_too_costly_leaves_nothing_out() {
        let dir = tempfile::tempdir().unwrap();
        for (count, is_left_out) in [(5_000, true), (5_001, false)] {
            fs::write(dir.path().join(".gitignore"), "a*b*c*\n".repeat(count)).unwrap();
            let tree = IgnoreTree::new(dir.path(), dir.path(), dir.path());
            assert_eq!(tree.view().leaves_out(&dir.path().join("abc"), false), is_left_out);
        }
    }

    #[test]
    fn nearest_folder_decides() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::write(root.join(".gitignore"), "*.log\n/top\nout/\n").unwrap();
        fs::write(root.join("a/b/.gitignore"), "!keep.log\n").unwrap();
        let tree = IgnoreTree::new(&root.join("a"), &root.join("a"), root);
        let mut tree = tree.view();
        assert!(tree.leaves_out(&root.join("a/x.log"), false));
        assert!(tree.leaves_out(&root.join("a/b/x.log"), false));
        assert!(!tree.leaves_out(&root.join("a/b/keep.log"), false));
        assert!(!tree.leaves_out(&root.join("a/top"), false));
        assert!(tree.leaves_out(&root.join("a/out"), true));
        assert!(!tree.leaves_out(&root.join("a/out"), false));
    }
}
