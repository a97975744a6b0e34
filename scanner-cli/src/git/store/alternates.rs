//! Folders with objects that others refer to: `objects/info/alternates`.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use crate::regular_file;
use gix::bstr::ByteSlice;

/// More folders than this are an error: each is asked for every object that is not found before.
const MAX_FOLDERS: usize = 1000;
/// How many bytes of a file are read.
const MAX_LEN: u64 = 4 << 20;

/// Returns a folder and all others that it leads to, each once, the nearest ones first.
///
/// # Errors
///
/// A file that cannot be read, or too many folders.
pub(crate) fn with_alternates(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut seen = HashSet::from([folder.to_owned()]);
    let mut all = vec![folder.to_owned()];
    let mut next = 0;
    while let Some(folder) = all.get(next).cloned() {
        next += 1;
        for named in listed(&folder)? {
            let path = folder.join(named);
            let path = path.canonicalize().unwrap_or(path);
            if seen.insert(path.clone()) {
                all.push(path);
            }
            if all.len() > MAX_FOLDERS {
                return Err(io::Error::other(format!(
                    "{}: more than {MAX_FOLDERS} folders",
                    folder.join("info/alternates").display()
                )));
            }
        }
    }
    Ok(all)
}

/// The folders that the file of one lists, line by line; perhaps as C strings.
fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let path = folder.join("info/alternates");
    let mut text = Vec::new();
    match regular_file::open(&path) {
        Ok(file) => file.take(MAX_LEN).read_to_end(&mut text)?,
        Err(error) if is_absent(error.kind()) => return Ok(Vec::new()),
        Err(error) => return Err(io::Error::other(format!("{}: {error}", path.display()))),
    };
    let is_folder = |line: &&[u8]| !line.is_empty() && !line.starts_with(b"#");
    let unquoted = |line: &[u8]| {
        let plain = || line.to_vec();
        if !line.starts_with(b"\"") {
            return plain();
        }
        gix::quote::ansi_c::undo(line.as_bstr()).map_or_else(|_| plain(), |(path, _)| path.to_vec())
    };
    let lines = text.split(|byte| *byte == b'\n').filter(is_folder);
    Ok(lines.map(|line| PathBuf::from(OsString::from_vec(unquoted(line)))).collect())
}

fn is_absent(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
