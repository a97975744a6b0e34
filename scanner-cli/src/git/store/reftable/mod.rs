//! References that git keeps in tables (`reftable`), which gix cannot read.
//!
//! The tables are read here. What they say is written, as loose and packed references, into a
//! temporary folder that stands for the folder with the data of the repository; everything else in
//! it is a link to the original. Nothing is executed for that.

mod table;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use tempfile::TempDir;

use self::table::{References, Target};
use crate::regular_file;

/// The tables of a folder are together no larger than that; a reference takes a few bytes.
const MAX_TABLES_LEN: u64 = 192 << 20;
/// Git packs tables when there are more than a few.
const MAX_TABLES: usize = 10_000;
/// While git packs tables, the list of them is out of date for a moment.
const MAX_TRIES: usize = 10;
/// A symbolic reference that leads on to more of them is not followed further.
const MAX_DEPTH: usize = 8;
/// What the temporary folder has of its own: files and folders of references.
const OWN: [&str; 4] = ["HEAD", "refs", "packed-refs", "logs"];
/// A file by which such a folder is known.
const MARK: &str = "tokensieve-references";

/// The references of a repository with tables.
pub(crate) struct Tables {
    /// Removed when this is dropped.
    _folder: TempDir,
    /// The heads of other working trees: names, and what they lead to.
    pub(crate) heads: Vec<(String, ObjectId)>,
    /// The names of references that no reference can have.
    pub(crate) unreadable: Vec<String>,
}

/// Makes a repository whose references are in tables read them. None where they are in files, as
/// is usual.
///
/// # Errors
///
/// They are kept in another way, a table is broken, or there is no room for temporary files.
pub(crate) fn attach(git: &mut gix::Repository) -> Result<Option<Tables>, String> {
    let storage = git.config_snapshot().string("extensions.refStorage");
    match storage.as_ref().map(|storage| storage.to_ascii_lowercase()).as_deref() {
        None | Some(b"files") => return Ok(None),
        Some(b"reftable") => {}
        Some(other) => {
            return Err(format!("they are kept as `{}`, which is not known", other.as_bstr()));
        }
    }
    let (own, common) = (git.git_dir().to_owned(), git.common_dir().to_owned());
    let id_len = git.object_hash().len_in_bytes();
    let mut references = read_stack(&common, id_len)?;
    let mut heads = Vec::new();
    if own != common {
        heads.extend(head(&references).map(|id| ("main-worktree/HEAD".to_owned(), id)));
        let linked = read_stack(&own, id_len)?;
        references.targets.remove(&b"HEAD"[..]);
        references.targets.extend(linked.targets);
    }
    for folder in working_trees(&common).map_err(|error| error.to_string())? {
        if folder != own && folder.join("reftable").is_dir() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut all = References { targets: references.targets.clone(), ..Default::default() };
            all.targets.remove(&b"HEAD"[..]);
            all.targets.extend(read_stack(&folder, id_len)?.targets);
            heads.extend(head(&all).map(|id| (format!("worktrees/{name}/HEAD"), id)));
        }
    }
    let folder = TempDir::new().map_err(|error| error.to_string())?;
    let unreadable = write(folder.path(), &own, &references).map_err(|error| error.to_string())?;
    git.refs = gix::refs::file::Store::at(folder.path().to_owned(), git.object_hash());
    Ok(Some(Tables { _folder: folder, heads, unreadable }))
}

/// Makes a repository see what was fetched. Tables are not read again: nothing is fetched into a
/// reference, and objects and the border of a shallow clone are looked up where they are.
pub(crate) fn reload(git: &mut gix::Repository) -> Result<(), gix::Error> {
    if git.refs.git_dir().join(MARK).exists() {
        return Ok(());
    }
    git.reload().map(drop)
}

/// Reads the tables of a folder, the oldest first. Git replaces them by new ones now and then.
fn read_stack(folder: &Path, id_len: usize) -> Result<References, String> {
    let folder = folder.join("reftable");
    let mut last = String::new();
    for _ in 0..MAX_TRIES {
        match try_read_stack(&folder, id_len) {
            Ok(references) => return Ok(references),
            Err(error) if error.kind() == io::ErrorKind::NotFound => last = error.to_string(),
            Err(error) => return Err(error.to_string()),
        }
    }
    Err(last)
}

fn try_read_stack(folder: &Path, id_len: usize) -> io::Result<References> {
    let list = read_bounded(&folder.join("tables.list"), MAX_TABLES_LEN)?;
    let mut left = MAX_TABLES_LEN;
    let mut references = References::default();
    for name in list.lines().filter(|name| !name.is_empty()).take(MAX_TABLES + 1) {
        let broken = || io::Error::other(format!("the table {} is broken", name.to_str_lossy()));
        if name.contains(&b'/') || name.starts_with(b".") {
            return Err(broken());
        }
        let table = read_bounded(&folder.join(std::ffi::OsStr::from_bytes(name)), left)?;
        left -= table.len() as u64;
        table::read(&table, id_len, &mut references).ok_or_else(broken)?;
    }
    Ok(references)
}

/// Reads a regular file, up to a length.
fn read_bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    regular_file::open(path)?.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::other("the tables of references are larger than 192 MiB"));
    }
    Ok(bytes)
}

/// The folders of linked working trees.
fn working_trees(common: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(common.join("worktrees")) {
        Ok(list) => list.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// What HEAD leads to in the end.
fn head(references: &References) -> Option<ObjectId> {
    let mut name: &[u8] = b"HEAD";
    for _ in 0..MAX_DEPTH {
        match references.targets.get(name)? {
            Target::Object(id) => return Some(*id),
            Target::Reference(next) => name = next,
        }
    }
    None
}

/// Writes the references into a folder, and links to all else in the original. Returns the names
/// that no reference can have.
fn write(folder: &Path, original: &Path, references: &References) -> io::Result<Vec<String>> {
    fs::create_dir(folder.join("refs"))?;
    fs::write(folder.join(MARK), "")?;
    let (valid, invalid): (BTreeMap<_, _>, BTreeMap<_, _>) =
        references.targets.iter().partition(|(name, target)| is_valid(name, target));
    // The order of names is that of their bytes in both.
    let mut packed = b"# pack-refs with: sorted \n".to_vec();
    for (name, target) in valid {
        match target {
            Target::Object(id) if name.starts_with(b"refs/") => {
                packed.extend_from_slice(format!("{id} ").as_bytes());
                packed.extend_from_slice(name);
                packed.push(b'\n');
            }
            Target::Object(id) => write_loose(folder, name, format!("{id}\n").as_bytes())?,
            Target::Reference(target) => {
                write_loose(folder, name, &[b"ref: ", target.as_slice(), b"\n"].concat())?
            }
        }
    }
    fs::write(folder.join("packed-refs"), packed)?;
    write_stashes(folder, references)?;
    for entry in fs::read_dir(original)? {
        let entry = entry?;
        let link = folder.join(entry.file_name());
        if !OWN.iter().any(|own| entry.file_name() == *own) && link.symlink_metadata().is_err() {
            let target = fs::canonicalize(original)?.join(entry.file_name());
            std::os::unix::fs::symlink(target, link)?;
        }
    }
    Ok(invalid.keys().map(|name| format!("{}: no name of a reference", name.as_bstr())).collect())
}

/// Whether both names are such that they can be written to a file of that name.
fn is_valid(name: &[u8], target: &Target) -> bool {
    let is_name = |name: &[u8]| {
        // A name such as HEAD stands for itself.
        let is_root = name.iter().all(|byte| byte.is_ascii_uppercase() || *byte == b'_');
        !name.is_empty()
            && (is_root || name.starts_with(b"refs/"))
            && gix::validate::reference::name(name.as_bstr()).is_ok()
    };
    is_name(name)
        && match target {
            Target::Object(_) => true,
            Target::Reference(target) => is_name(target),
        }
}

fn write_loose(folder: &Path, name: &[u8], content: &[u8]) -> io::Result<()> {
    let path = folder.join(std::ffi::OsStr::from_bytes(name));
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    fs::write(path, content)
}

/// Writes the log of the stash, the oldest line first.
fn write_stashes(folder: &Path, references: &References) -> io::Result<()> {
    if references.stashes.is_empty() {
        return Ok(());
    }
    let mut log = String::new();
    for id in references.stashes.values() {
        let none = ObjectId::null(id.kind());
        log += &format!("{none} {id} stash <stash> 0 +0000\tstash\n");
    }
    write_loose(folder, b"logs/refs/stash", log.as_bytes())
}
