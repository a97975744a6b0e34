//! Opens and reads regular files alone, up to a length.
//!
//! Whoever writes to a tree or a clone decides what is in the place of a file: a pipe would block,
//! and a device, or a file of `/proc`, has no end.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Opens a regular file, also behind links.
///
/// # Errors
///
/// It is no regular file, or cannot be opened.
#[cfg(any(feature = "cli", feature = "git"))]
pub(crate) fn open(path: &Path) -> io::Result<File> {
    open_with(path, 0)
}

/// Opens a regular file that is no link.
///
/// # Errors
///
/// It is a link, no regular file, or cannot be opened.
pub(crate) fn open_unlinked(path: &Path) -> io::Result<File> {
    open_with(path, libc::O_NOFOLLOW)
}

fn open_with(path: &Path, flag: libc::c_int) -> io::Result<File> {
    let flags = flag | libc::O_NONBLOCK | libc::O_NOCTTY;
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(io::Error::other("it is no regular file"))
    }
}

/// Reads a file to its end, at most `most` bytes.
///
/// # Errors
///
/// It is larger, or cannot be read.
pub(crate) fn read(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut content)?;
    if content.len() as u64 > most {
        let (size, unit) = if most < 1 << 20 { (most >> 10, "KiB") } else { (most >> 20, "MiB") };
        return Err(io::Error::other(format!("it is larger than {size} {unit}")));
    }
    Ok(content)
}
