//! Which files git tracks. A file that is tracked is scanned, whatever `.gitignore` says about it:
//! git does not ask `.gitignore` about it either.

#[cfg(feature = "git")]
use std::ffi::OsStr;
#[cfg(feature = "git")]
use std::io::Read;
#[cfg(feature = "git")]
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
#[cfg(feature = "git")]
use std::path::PathBuf;

#[cfg(feature = "git")]
use crate::source::root::GIT_FOLDER;

/// The largest file with a path that is read: the longest path of Linux, with room for `gitdir: `.
#[cfg(feature = "git")]
const MAX_PATH_FILE_LEN: u64 = 4096 + 64;

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
        let Ok(path) = path.strip_prefix(self.root) else { return false };
        let Some(index) = self.index.get_or_init(|| read_index(self.root)) else { return false };
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

/// Reads the index of the working tree with this root. Returns nothing where there is no
/// repository, or its index cannot be read: then `.gitignore` alone decides.
///
/// Neither hooks nor filters run and no configuration is included, so it does not matter who owns
/// the repository.
#[cfg(feature = "git")]
fn read_index(root: &Path) -> Option<gix::index::File> {
    let git_dir = git_dir(root)?;
    let hash = object_hash(&git_dir);
    let skip_checksum = true;
    let path = git_dir.join("index");
    gix::index::File::at_or_default(path, hash, skip_checksum, Default::default()).ok()
}

/// The folder with the repository's data: `.git`, or the one that the file `.git` of a linked
/// working tree or of a submodule names.
#[cfg(feature = "git")]
fn git_dir(root: &Path) -> Option<PathBuf> {
    let git = root.join(GIT_FOLDER);
    if git.is_dir() {
        return Some(git);
    }
    let named = read_path(&git)?;
    let named = Path::new(OsStr::from_bytes(named.strip_prefix(b"gitdir:")?.trim_ascii()));
    Some(root.join(named)).filter(|folder| folder.is_dir())
}

/// The kind of hash that names objects. Only the configuration says so; a linked working tree has
/// that of the repository it belongs to.
#[cfg(feature = "git")]
fn object_hash(git_dir: &Path) -> gix::hash::Kind {
    let common = read_path(&git_dir.join("commondir"));
    let config = match &common {
        Some(common) => git_dir.join(OsStr::from_bytes(common.trim_ascii())).join("config"),
        None => git_dir.join("config"),
    };
    let config = gix::config::File::from_path_no_includes(config, gix::config::Source::Local).ok();
    let format = config.as_ref().and_then(|config| config.string("extensions.objectFormat"));
    match format {
        Some(format) if format.eq_ignore_ascii_case(b"sha256") => gix::hash::Kind::Sha256,
        _ => gix::hash::Kind::Sha1,
    }
}

/// Reads a file that holds one path, such as the file `.git`. A longer one names nothing.
#[cfg(feature = "git")]
fn read_path(file: &Path) -> Option<Vec<u8>> {
    let metadata = file.metadata().ok()?;
    if !metadata.is_file() || metadata.len() > MAX_PATH_FILE_LEN {
        return None;
    }
    let mut content = Vec::new();
    std::fs::File::open(file).ok()?.take(MAX_PATH_FILE_LEN).read_to_end(&mut content).ok()?;
    Some(content)
}
