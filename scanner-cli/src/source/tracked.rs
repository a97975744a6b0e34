//! Which files git tracks. A file that is tracked is scanned, whatever `.gitignore` says about it:
//! git does not ask `.gitignore` about it either.
//!
//! The index is read as a list of names, so neither the owner of the repository nor its settings
//! matter, and `GIT_INDEX_FILE` is not asked: a scan of files is about the files that are there.

use std::path::{Path, PathBuf};

#[cfg(feature = "git")]
use std::collections::HashMap;
#[cfg(feature = "git")]
use std::ffi::OsStr;
#[cfg(feature = "git")]
use std::os::unix::ffi::OsStrExt;
#[cfg(feature = "git")]
use std::sync::{Arc, OnceLock, RwLock};

#[cfg(feature = "git")]
use crate::index_file;
#[cfg(feature = "git")]
use crate::regular_file;
#[cfg(feature = "git")]
use crate::source::root::GIT_FOLDER;
#[cfg(feature = "git")]
use crate::tree_file;

/// The largest file with a path that is read: the longest path of Linux, with room for `gitdir: `.
#[cfg(feature = "git")]
const MAX_PATH_FILE_LEN: u64 = 4096 + 64;

/// The file in which a repository describes its submodules.
#[cfg(feature = "git")]
const SUBMODULES_FILE: &str = ".gitmodules";

/// Whether git tracks something.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[cfg_attr(not(feature = "git"), allow(dead_code, reason = "only an index knows more"))]
pub(super) enum IsTracked {
    Yes,
    No,
    /// The index of a repository that it is in cannot be read.
    Unknown,
}

/// The indexes of the repositories that a walk meets: that of its own root, those of submodules and
/// of other repositories in it. Each is read when it is first asked for: most walks never do.
pub(super) struct Tracked<'r> {
    root: &'r Path,
    /// The repository with its root at this folder, if there is one.
    #[cfg(feature = "git")]
    repositories: RwLock<HashMap<PathBuf, Option<Arc<Repository>>>>,
    /// Whether submodules are to be expected.
    #[cfg(feature = "git")]
    has_submodules: OnceLock<bool>,
}

/// A repository in the walk.
#[cfg(feature = "git")]
#[derive(Default)]
struct Repository {
    index: OnceLock<Option<gix::index::File>>,
}

impl<'r> Tracked<'r> {
    /// The files tracked by the repository with this root, if it is one, and by those below it.
    pub(super) fn new(root: &'r Path) -> Self {
        Self {
            root,
            #[cfg(feature = "git")]
            repositories: RwLock::default(),
            #[cfg(feature = "git")]
            has_submodules: OnceLock::new(),
        }
    }

    /// Whether the folder at an absolute path is that of a submodule that is not checked out: git
    /// makes an empty folder for it.
    #[cfg(feature = "git")]
    pub(super) fn is_absent_submodule(&self, path: &Path) -> bool {
        // Most repositories have none, and no folder is read for them.
        let expects = || self.root.join(SUBMODULES_FILE).symlink_metadata().is_ok();
        if !*self.has_submodules.get_or_init(expects) || !is_empty_folder(path) {
            return false;
        }
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(self.root));
        let mut repositories = above.filter_map(|root| Some((root, self.repository(root)?)));
        repositories.any(|(root, repository)| {
            let index = repository.index.get_or_init(|| read_index(root)).as_ref();
            index.is_some_and(|index| has_submodule(index, path.strip_prefix(root).unwrap_or(path)))
        })
    }

    #[cfg(not(feature = "git"))]
    pub(super) fn is_absent_submodule(&self, _path: &Path) -> bool {
        false
    }

    /// Whether the file at an absolute path is tracked by one of the repositories that it is in;
    /// for a folder, whether a file in it is, or it is a submodule.
    #[cfg(feature = "git")]
    pub(super) fn find(&self, path: &Path, is_folder: bool) -> IsTracked {
        let mut found = IsTracked::No;
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(self.root));
        for root in above {
            let Some(repository) = self.repository(root) else { continue };
            match repository.index.get_or_init(|| read_index(root)) {
                Some(index) if has(index, path.strip_prefix(root).unwrap_or(path), is_folder) => {
                    return IsTracked::Yes;
                }
                Some(_) => {}
                None => found = IsTracked::Unknown,
            }
        }
        found
    }

    #[cfg(not(feature = "git"))]
    pub(super) fn find(&self, _path: &Path, _is_folder: bool) -> IsTracked {
        let _ = self.root;
        IsTracked::No
    }

    /// The roots of repositories whose index could not be read, sorted.
    #[cfg(feature = "git")]
    pub(super) fn broken(self) -> Vec<PathBuf> {
        let repositories = self.repositories.into_inner().expect("nothing panics here");
        let is_broken = |repository: &Arc<Repository>| matches!(repository.index.get(), Some(None));
        let mut broken: Vec<PathBuf> = repositories
            .into_iter()
            .filter(|(_, repository)| repository.as_ref().is_some_and(is_broken))
            .map(|(root, _)| root)
            .collect();
        broken.sort();
        broken
    }

    #[cfg(not(feature = "git"))]
    pub(super) fn broken(self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// The repository with this root.
    #[cfg(feature = "git")]
    fn repository(&self, root: &Path) -> Option<Arc<Repository>> {
        if let Some(known) = self.repositories.read().expect("nothing panics here").get(root) {
            return known.clone();
        }
        let is_repository = root.join(GIT_FOLDER).symlink_metadata().is_ok();
        let repository = is_repository.then(Arc::default);
        let mut repositories = self.repositories.write().expect("nothing panics here");
        // Another thread may have met it meanwhile.
        repositories.entry(root.to_owned()).or_insert(repository).clone()
    }
}

/// Whether an index has a path from its root; of a folder, a path in it, or the folder itself,
/// which is a submodule then.
#[cfg(feature = "git")]
fn has(index: &gix::index::File, path: &Path, is_folder: bool) -> bool {
    let entries = index.entries();
    let path = path.as_os_str().as_bytes();
    let first_from = |wanted: &[u8]| {
        let at = entries.partition_point(|entry| **entry.path(index) < *wanted);
        entries.get(at).map(|entry| entry.path(index))
    };
    if first_from(path).is_some_and(|found| **found == *path) {
        return true;
    }
    let below = [path, b"/"].concat();
    is_folder && first_from(&below).is_some_and(|found| found.starts_with(&below))
}

/// Whether an index has a submodule at a path from its root.
#[cfg(feature = "git")]
fn has_submodule(index: &gix::index::File, path: &Path) -> bool {
    let path = path.as_os_str().as_bytes();
    let found = index.entries().binary_search_by(|entry| (**entry.path(index)).cmp(path));
    found.is_ok_and(|at| index.entries()[at].mode == gix::index::entry::Mode::COMMIT)
}

#[cfg(feature = "git")]
fn is_empty_folder(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

/// Reads the index of the working tree with this root, which has a `.git`. An index that is not
/// there is empty where nothing was ever added. Returns nothing where it cannot be read.
#[cfg(feature = "git")]
fn read_index(root: &Path) -> Option<gix::index::File> {
    let git_dir = git_dir(root)?;
    let path = git_dir.join("index");
    // Opening a pipe would block.
    let is_unusable = match path.metadata() {
        Ok(metadata) => !metadata.is_file(),
        Err(_) => path.is_symlink() || has_objects(&git_dir),
    };
    if is_unusable {
        return None;
    }
    // The kind of hash is a setting, and the settings may be unreadable: a wrong one does not fit.
    [object_hash(&git_dir), gix::hash::Kind::Sha1, gix::hash::Kind::Sha256]
        .into_iter()
        .find_map(|hash| index_file::read(&path, hash, true).ok())
}

/// Whether something was added to a repository: there is an object.
#[cfg(feature = "git")]
fn has_objects(git_dir: &Path) -> bool {
    let objects = common_dir(git_dir).join("objects");
    let Ok(folders) = std::fs::read_dir(&objects) else { return false };
    folders.filter_map(Result::ok).any(|folder| match folder.file_name().as_bytes() {
        b"info" => false,
        _ => folder.path().is_dir() && !is_empty_folder(&folder.path()),
    })
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

/// The folder that a linked working tree shares with the repository it belongs to.
#[cfg(feature = "git")]
fn common_dir(git_dir: &Path) -> PathBuf {
    match read_path(&git_dir.join("commondir")) {
        Some(common) => git_dir.join(OsStr::from_bytes(common.trim_ascii())),
        None => git_dir.to_owned(),
    }
}

/// The kind of hash that names objects. Only the configuration says so; a linked working tree has
/// that of the repository it belongs to.
#[cfg(feature = "git")]
fn object_hash(git_dir: &Path) -> gix::hash::Kind {
    /// Settings take more than a hundred times their size in memory.
    const MAX_SETTINGS_LEN: usize = 2 << 20;
    let read = tree_file::read_bounded(&common_dir(git_dir).join("config"));
    let text = read.ok().filter(|text| text.len() <= MAX_SETTINGS_LEN).unwrap_or_default();
    let metadata = gix::config::file::Metadata::from(gix::config::Source::Local);
    let config = gix::config::File::from_bytes_no_includes(&text, metadata, Default::default());
    let config = config.ok();
    let format = config.as_ref().and_then(|config| config.string("extensions.objectFormat"));
    match format {
        Some(format) if format.eq_ignore_ascii_case(b"sha256") => gix::hash::Kind::Sha256,
        _ => gix::hash::Kind::Sha1,
    }
}

/// Reads a file that holds one path, such as the file `.git`. A longer one names nothing.
#[cfg(feature = "git")]
fn read_path(file: &Path) -> Option<Vec<u8>> {
    regular_file::read(regular_file::open(file).ok()?, MAX_PATH_FILE_LEN).ok()
}
