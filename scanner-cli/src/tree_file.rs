//! Reads files that nobody named: those that are picked up by their names in a scanned tree, and
//! those that such a file names.
//!
//! They are regular files of a bounded size, and no links are followed: one leads out of the tree.

use std::io;
#[cfg(feature = "cli")]
use std::path::Component;
use std::path::Path;

use crate::regular_file;

/// The largest file that is read.
const MAX_LEN: u64 = 16 << 20;

/// Reads a file that was picked up.
///
/// # Errors
///
/// It is a link, no regular file, or larger than 16 MiB.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::symlink_metadata(path)?.is_symlink() {
        let why = "it is a link, which is not followed for a file that nobody named";
        return Err(io::Error::other(why));
    }
    regular_file::read(regular_file::open_unlinked(path)?, MAX_LEN)
}

/// Reads a file that may be a link: one that is linted, whoever has named it, or the settings of a
/// repository.
///
/// # Errors
///
/// It is no regular file, or larger than 16 MiB.
#[cfg(any(feature = "cli", feature = "git"))]
pub(crate) fn read_bounded(path: &Path) -> io::Result<Vec<u8>> {
    regular_file::read(regular_file::open(path)?, MAX_LEN)
}

/// Reads a file below `root` that a file of the tree names. `path` is absolute, or relative to
/// `root`.
///
/// # Errors
///
/// Those of [`read`]; it is not below the root, or a folder on the way is a link.
#[cfg(feature = "cli")]
pub(crate) fn read_below(root: &Path, path: &Path) -> io::Result<Vec<u8>> {
    let outside = || io::Error::other("a file of the tree can name only files below its root");
    let mut at = root.to_owned();
    for part in root.join(path).strip_prefix(root).map_err(|_| outside())?.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => {
                at.push(name);
                if std::fs::symlink_metadata(&at)?.is_symlink() {
                    return Err(io::Error::other("a link is on the way to it"));
                }
            }
            _ => return Err(outside()),
        }
    }
    read(&at)
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_read() {
        use std::os::unix::fs::symlink;

        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("root");
        std::fs::create_dir_all(root.join("a")).unwrap();
        std::fs::write(root.join("a/file"), "text").unwrap();
        std::fs::write(dir.path().join("outside"), "text").unwrap();
        symlink("file", root.join("a/link")).unwrap();
        symlink("a", root.join("b")).unwrap();
        let large = std::fs::File::create(root.join("large")).unwrap();
        large.set_len(MAX_LEN + 1).unwrap();
        let text = |path: &str| read_below(&root, Path::new(path)).ok();
        for good in ["a/file", "./a/file", root.join("a/file").to_str().unwrap()] {
            assert_eq!(text(good).as_deref(), Some(&b"text"[..]), "{good}");
        }
        let bad =
            ["a", "a/link", "b/file", "../outside", "/dev/zero", "large", "none", "a/../a/file"];
        for bad in bad {
            assert_eq!(text(bad), None, "{bad}");
        }
    }
}
