//! Reads the index of a repository, after a look at what it promises.
//!
//! Whoever writes to a clone writes its index. gix expands the paths of version 4 without a limit,
//! and goes into nested folders of two extensions as deep as they say; so both are counted before
//! it reads a byte. The format is that of git's `index-format.adoc`.

use std::io;
use std::path::{Path, PathBuf};

use crate::regular_file;

/// The largest index that is read, in bytes, and the most bytes of paths in it: 2 million files.
const MAX_LEN: u64 = 192 << 20;
/// No path of Linux leads through more folders that have a name in an index.
const MAX_DEPTH: usize = 512;
/// The size of an entry without its id and its path, in bytes.
const FIELDS_LEN: usize = 40;
/// The bit of an entry's flags that says that there are more.
const EXTENDED: u8 = 0x40;

/// Reads an index; one that is not there is empty. `checks_sum`: its checksum is computed.
///
/// # Errors
///
/// It is no regular file, larger than 192 MiB, broken, or promises more than that.
pub(crate) fn read(
    path: &Path,
    hash: gix::hash::Kind,
    checks_sum: bool,
) -> io::Result<gix::index::File> {
    if let Some(shared) = check(path, hash)?
        && check(&shared, hash)?.is_some()
    {
        return Err(broken("an index that is shared is split itself"));
    }
    let options = gix::index::decode::Options::default();
    gix::index::File::at_or_default(path, hash, !checks_sum, options)
        .map_err(|error| io::Error::other(format!("{error:#}")))
}

fn broken(why: &str) -> io::Error {
    io::Error::other(why.to_owned())
}

/// Checks the promises of an index. Returns the one that it shares entries with, if it is split.
fn check(path: &Path, hash: gix::hash::Kind) -> io::Result<Option<PathBuf>> {
    let file = match regular_file::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let bytes = regular_file::read(file, MAX_LEN)?;
    let shared = Reader { rest: &bytes, id_len: hash.len_in_bytes() }.check()?;
    Ok(shared.map(|id| path.with_file_name(format!("sharedindex.{id}"))))
}

/// Reads on in the bytes of an index. Where they end too early, gix says what is wrong.
struct Reader<'b> {
    rest: &'b [u8],
    id_len: usize,
}

impl<'b> Reader<'b> {
    /// Returns the checksum of the index that this one shares entries with.
    fn check(mut self) -> io::Result<Option<gix::ObjectId>> {
        if self.entries()?.is_none() {
            return Ok(None);
        }
        let mut shared = None;
        while let Some(name) = self.take(4) {
            let Some(content) = self.number().and_then(|len| self.take(len)) else { break };
            let content = Reader { rest: content, ..self };
            match name {
                b"TREE" => content.nests(Self::cached_tree)?,
                b"UNTR" => content.untracked()?,
                b"link" => shared = content.rest.get(..self.id_len),
                _ => {}
            }
        }
        Ok(shared.and_then(|id| gix::ObjectId::try_from(id).ok()))
    }

    /// Passes the entries. Returns nothing where they are cut short.
    fn entries(&mut self) -> io::Result<Option<()>> {
        let (mut expanded, mut last) = (0_u64, 0_usize);
        let Some(head) = self.take(8) else { return Ok(None) };
        let (version, Some(count)) = (head[7], self.number()) else { return Ok(None) };
        for _ in 0..count {
            let Some(len) = self.entry(version, last) else { return Ok(None) };
            last = len;
            expanded += len as u64;
            if expanded > MAX_LEN {
                return Err(broken("its paths are larger than 192 MiB"));
            }
        }
        Ok(Some(()))
    }

    /// Passes an entry. Returns the length of its path, `last` being that of the one before.
    fn entry(&mut self, version: u8, last: usize) -> Option<usize> {
        let before = self.rest.len();
        self.take(FIELDS_LEN + self.id_len)?;
        let flags = self.take(2)?;
        if version > 2 && flags[0] & EXTENDED != 0 {
            self.take(2)?;
        }
        if version == 4 {
            let kept = last.checked_sub(self.length()?)?;
            return Some(kept + self.until_zero()?.len());
        }
        let len = self.until_zero()?.len();
        // Filled up with zeros to a multiple of eight.
        let used = before - self.rest.len();
        self.take(used.next_multiple_of(8) - used)?;
        Some(len)
    }

    /// The folders of the extension that remembers what git does not track.
    fn untracked(mut self) -> io::Result<()> {
        let start = (|| {
            let len = self.length()?;
            self.take(len)?;
            // Twice the state of a file, and flags.
            self.take(2 * 36 + 4 + 2 * self.id_len)?;
            self.until_zero()?;
            self.length()
        })();
        if start.is_some_and(|blocks| blocks > 0) {
            self.nests(Self::untracked_folder)
        } else {
            Ok(())
        }
    }

    /// Passes folders in folders. `folder` passes one, and returns how many are in it.
    fn nests(mut self, folder: fn(&mut Self) -> Option<usize>) -> io::Result<()> {
        let mut open = vec![1_usize];
        while let Some(left) = open.last_mut() {
            if *left == 0 {
                open.pop();
                continue;
            }
            *left -= 1;
            let Some(inner) = folder(&mut self) else { return Ok(()) };
            open.push(inner);
            if open.len() > MAX_DEPTH {
                return Err(broken("its folders are nested more than 512 times"));
            }
        }
        Ok(())
    }

    /// A name, the number of its entries and of its folders, and its id if the first is known.
    fn cached_tree(&mut self) -> Option<usize> {
        self.until_zero()?;
        let is_known = self.until(b' ')?.first() != Some(&b'-');
        let inner = std::str::from_utf8(self.until(b'\n')?).ok()?.parse().ok()?;
        if is_known {
            self.take(self.id_len)?;
        }
        Some(inner)
    }

    /// How many files and folders are in it, its name, the names of the files.
    fn untracked_folder(&mut self) -> Option<usize> {
        let (files, inner) = (self.length()?, self.length()?);
        self.until_zero()?;
        for _ in 0..files {
            self.until_zero()?;
        }
        Some(inner)
    }

    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number of four bytes.
    fn number(&mut self) -> Option<usize> {
        let bytes = self.take(4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    }

    /// A number of seven bits a byte, the highest first; each byte but the last one has its highest
    /// bit set and counts one more.
    fn length(&mut self) -> Option<usize> {
        let mut value = 0_usize;
        loop {
            let byte = self.take(1)?[0];
            value = value.checked_mul(128)?.checked_add(usize::from(byte & 0x7f))?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            value = value.checked_add(1)?;
        }
    }

    fn until_zero(&mut self) -> Option<&'b [u8]> {
        self.until(0)
    }

    /// Reads up to a byte, and passes it.
    fn until(&mut self, byte: u8) -> Option<&'b [u8]> {
        let len = memchr::memchr(byte, self.rest)?;
        let found = self.take(len)?;
        self.take(1)?;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(bytes: &[u8]) -> Result<Option<gix::ObjectId>, String> {
        Reader { rest: bytes, id_len: 20 }.check().map_err(|error| error.to_string())
    }

    /// An index of entries, each with what is cut off the path before and what is put there
    /// instead.
    fn version_4(entries: impl IntoIterator<Item = (u8, Vec<u8>)>) -> Vec<u8> {
        let (mut bytes, mut count) = (Vec::new(), 0_u32);
        for (cut, added) in entries {
            bytes.extend([0; FIELDS_LEN + 22]);
            bytes.push(cut);
            bytes.extend(added);
            bytes.push(0);
            count += 1;
        }
        [&b"DIRC\0\0\0\x04"[..], &count.to_be_bytes(), &bytes].concat()
    }

    /// Nested folders of the extension `TREE` behind an index without entries.
    fn nested(depth: usize) -> Vec<u8> {
        let tree = ["\0-1 1\n".to_owned(), "a\0-1 1\n".repeat(depth), "b\0-1 0\n".into()].concat();
        let len = u32::try_from(tree.len()).unwrap().to_be_bytes();
        [&b"DIRC\0\0\0\x02\0\0\0\0TREE"[..], &len, tree.as_bytes()].concat()
    }

    /// Nested folders of the extension `UNTR`, in the same way.
    fn nested_untracked(depth: usize) -> Vec<u8> {
        let folders = [b"\0\x01a\0".repeat(depth), b"\0\0a\0".to_vec()].concat();
        let content = [&[0; 1 + 2 * 36 + 4 + 40 + 1][..], b"\x01", &folders].concat();
        let len = u32::try_from(content.len()).unwrap().to_be_bytes();
        [&b"DIRC\0\0\0\x02\0\0\0\0UNTR"[..], &len, &content].concat()
    }

    #[test]
    fn paths_are_counted() {
        let long = |count| {
            let first = (0, vec![b'a'; 100_000]);
            let rest = (0..count).map(|_| (1_u8, b"b".to_vec()));
            checked(&version_4(std::iter::once(first).chain(rest)))
        };
        assert_eq!(long(1_000), Ok(None));
        assert_eq!(long(3_000), Err("its paths are larger than 192 MiB".to_owned()));
    }

    #[test]
    fn folders_are_counted() {
        for index in [nested, nested_untracked] {
            assert_eq!(checked(&index(100)), Ok(None));
            let error = checked(&index(1_000_000)).unwrap_err();
            assert!(error.contains("nested"), "{error}");
        }
    }

    #[test]
    fn the_index_that_is_shared() {
        let link = [&b"DIRC\0\0\0\x02\0\0\0\0link\0\0\0\x14"[..], &[7; 20]].concat();
        assert_eq!(checked(&link), Ok(Some(gix::ObjectId::try_from(&[7; 20][..]).unwrap())));
        assert_eq!(checked(&link[..20]), Ok(None));
    }

    #[test]
    fn an_index_that_links_to_itself() {
        let dir = tempfile::tempdir().unwrap();
        let link = [&b"DIRC\0\0\0\x02\0\0\0\0link\0\0\0\x14"[..], &[0; 40]].concat();
        for name in ["index".to_owned(), format!("sharedindex.{}", "0".repeat(40))] {
            std::fs::write(dir.path().join(name), &link).unwrap();
        }
        let error = read(&dir.path().join("index"), gix::hash::Kind::Sha1, false).unwrap_err();
        assert!(error.to_string().contains("split itself"), "{error}");
    }
}
