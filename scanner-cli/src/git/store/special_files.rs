//! Finds files of a repository that cannot be read as they are: reading a pipe never ends, a
//! device or a file of `/proc` has no end, and what is far larger than git makes it takes memory.
//!
//! gix reads such files whole, whatever they are. So they are looked at before it opens a
//! repository.

use std::fmt;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::regular_file;
use gix::bstr::ByteSlice;

/// A file with one id or one path.
const LINE: u64 = 64 << 10;
/// Settings take more than a hundred times their size in memory.
const SETTINGS: u64 = 2 << 20;
/// A list of commits, such as the border of a shallow clone.
const COMMITS: u64 = 16 << 20;
/// A list of everything: 2.5 million references, or 2 million files.
const MAX_LIST_LEN: u64 = 192 << 20;
/// A list of alternates that is longer is refused: reading it takes time that grows with its
/// square.
const ALTERNATES: u64 = 128 << 10;
/// It is mapped, and each thing in it is looked up.
const ANY: u64 = u64::MAX;

/// The files that are read whenever a repository is opened, or a reference is looked for, with the
/// most bytes that they may have.
const NAMES: [(&str, u64); 13] = [
    ("HEAD", LINE),
    ("config", SETTINGS),
    ("config.worktree", LINE),
    ("commondir", LINE),
    ("gitdir", LINE),
    ("packed-refs", MAX_LIST_LEN),
    ("index", MAX_LIST_LEN),
    ("shallow", COMMITS),
    ("objects/info/alternates", ALTERNATES),
    ("objects/info/commit-graph", ANY),
    ("objects/info/commit-graphs/commit-graph-chain", LINE),
    ("objects/pack/multi-pack-index", ANY),
    ("logs/refs/stash", COMMITS),
];

/// A file that keeps a repository from being read.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Special {
    file: PathBuf,
    /// What is too much; none where it is no file at all.
    most: Option<u64>,
}

impl fmt::Display for Special {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        match self.most {
            None => write!(
                f,
                "{file}: no file that git would write, so the repository cannot be read: remove it"
            ),
            Some(most) => write!(
                f,
                "{file}: it is larger than {} KiB, so the repository cannot be read: git would \
                 write less; make it smaller or remove it",
                most >> 10
            ),
        }
    }
}

/// Returns the first such file of the repository that is found from a place upwards; none where
/// there is no repository.
pub(crate) fn find(place: &Path) -> Option<Special> {
    let start = place.canonicalize().ok()?;
    let folder = start.ancestors().find_map(data_folder)?;
    find_in(&folder)
}

/// The folder of git's data of a working tree, or of a bare repository.
fn data_folder(folder: &Path) -> Option<PathBuf> {
    let has_head = |folder: &Path| folder.join("HEAD").symlink_metadata().is_ok();
    let git = folder.join(".git");
    if git.is_dir() {
        return has_head(&git).then_some(git);
    }
    if git.is_file() {
        let named = read_path(&git)?;
        return Some(folder.join(path_of(named.strip_prefix(b"gitdir:")?)));
    }
    (has_head(folder) && folder.join("objects").is_dir()).then(|| folder.to_owned())
}

/// Returns the first such file in a folder of git's data, and in the one that it shares with other
/// working trees.
pub(crate) fn find_in(folder: &Path) -> Option<Special> {
    if let Some(found) = in_data(folder) {
        return Some(found);
    }
    let common = read_path(&folder.join("commondir"))?;
    in_data(&folder.join(path_of(&common)))
}

fn in_data(folder: &Path) -> Option<Special> {
    NAMES
        .iter()
        .find_map(|(name, most)| check(&folder.join(name), *most))
        .or_else(|| of_head_names(folder))
        .or_else(|| in_worktrees(&folder.join("worktrees")))
        .or_else(|| below(folder.join("objects/info/commit-graphs"), ANY))
        .or_else(|| below(folder.join("refs"), LINE))
        .or_else(|| below(folder.join("logs"), MAX_LIST_LEN))
}

/// Looks at the file that a revision names, such as `ORIG_HEAD`: whatever its name, it is looked
/// for in the folder with the data, too.
pub(crate) fn named_by(revision: &str, git: &gix::Repository) -> Option<Special> {
    let name = revision.split(['~', '^', '@', ':']).next()?;
    let folders = [git.git_dir(), git.common_dir()];
    folders.iter().find_map(|folder| check(&folder.join(name), MAX_LIST_LEN))
}

/// Looks at the list of commits where a shallow clone ends.
pub(crate) fn of_border(file: &Path) -> Option<Special> {
    let special = || Special { file: file.to_owned(), most: None };
    check(file, COMMITS).or_else(|| is_made_up(file).then(special))
}

/// Reads a list of commits. One that is no file, or too large, is empty.
pub(crate) fn read_list(file: &Path) -> Vec<u8> {
    let mut content = Vec::new();
    let read =
        regular_file::open(file).and_then(|file| file.take(COMMITS).read_to_end(&mut content));
    read.map_or_else(|_| Vec::new(), |_| content)
}

/// Looks at files such as `MERGE_HEAD` and `FETCH_HEAD`, which list commits.
fn of_head_names(folder: &Path) -> Option<Special> {
    let list = std::fs::read_dir(folder).ok()?;
    let is_head = |name: &[u8]| name.ends_with(b"_HEAD") && name.is_ascii();
    let mut heads = list.filter_map(Result::ok).filter(|entry| {
        let name = entry.file_name();
        is_head(name.as_bytes()) && name.as_bytes() != b"FETCH_HEAD"
    });
    heads
        .find_map(|entry| check(&entry.path(), COMMITS))
        .or_else(|| check(&folder.join("FETCH_HEAD"), MAX_LIST_LEN))
}

/// Looks at what each linked worktree has checked out.
fn in_worktrees(folder: &Path) -> Option<Special> {
    let mut list = std::fs::read_dir(folder).ok()?.filter_map(Result::ok);
    list.find_map(|worktree| check(&worktree.path().join("HEAD"), LINE))
}

/// Looks at all files below a folder.
fn below(folder: PathBuf, most: u64) -> Option<Special> {
    /// More folders than this are not looked at; then the first ones are what counts.
    const MAX_FOLDERS: usize = 100_000;
    let mut open = vec![folder];
    for _ in 0..MAX_FOLDERS {
        // Reading the references reports what cannot be listed.
        let Ok(list) = std::fs::read_dir(open.pop()?) else { continue };
        for entry in list.filter_map(Result::ok) {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                _ => {
                    if let Some(found) = check(&entry.path(), most) {
                        return Some(found);
                    }
                }
            }
        }
    }
    None
}

/// Whether something is there that is neither a file nor a folder, a link to a file that the
/// kernel makes up, or a file with too many bytes.
fn check(path: &Path, most: u64) -> Option<Special> {
    let special = |most| Some(Special { file: path.to_owned(), most });
    let found = path.metadata().ok()?;
    if !found.is_file() {
        return if found.is_dir() { None } else { special(None) };
    }
    if found.len() > most {
        return special(Some(most));
    }
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    if is_link && is_made_up(path) { special(None) } else { None }
}

/// Whether a path leads to a file that the kernel makes up.
fn is_made_up(path: &Path) -> bool {
    let made_up = ["/proc", "/sys", "/dev"];
    path.canonicalize().is_ok_and(|target| made_up.iter().any(|folder| target.starts_with(folder)))
}

/// Reads a file that holds one path. A longer one names nothing.
fn read_path(file: &Path) -> Option<Vec<u8>> {
    regular_file::read(regular_file::open(file).ok()?, LINE).ok()
}

fn path_of(named: &[u8]) -> &Path {
    Path::new(std::ffi::OsStr::from_bytes(named.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let git = dir.path().join(".git");
        for folder in ["objects", "refs/heads", "worktrees/w"] {
            std::fs::create_dir_all(git.join(folder)).unwrap();
        }
        std::fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        std::fs::write(git.join("config"), "").unwrap();
        (dir, git)
    }

    #[test]
    fn what_is_special() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let (dir, git) = repository();
        std::fs::remove_file(git.join("config")).unwrap();
        symlink("HEAD", git.join("config")).unwrap();
        assert_eq!(find(dir.path()), None);
        let file = |found: Option<Special>| found.map(|found| found.file);
        let reference = git.join("refs/heads/main");
        let _socket = UnixListener::bind(&reference).unwrap();
        assert_eq!(file(find(dir.path())), Some(reference.canonicalize().unwrap()));
        std::fs::remove_file(&reference).unwrap();
        for name in ["worktrees/w/HEAD", "MERGE_HEAD", "FETCH_HEAD"] {
            symlink("/dev/zero", git.join(name)).unwrap();
            assert_eq!(file(find_in(&git)), Some(git.join(name)));
            std::fs::remove_file(git.join(name)).unwrap();
        }
        for target in ["/dev/zero", "/proc/self/pagemap"] {
            std::fs::remove_file(git.join("config")).unwrap();
            symlink(target, git.join("config")).unwrap();
            assert_eq!(file(find_in(&git)), Some(git.join("config")));
        }
    }

    #[test]
    fn what_is_too_large() {
        let (dir, git) = repository();
        let names = ["HEAD", "ORIG_HEAD", "refs/heads/main", "shallow", "packed-refs", "config"];
        for name in names {
            let path = git.join(name);
            let before = std::fs::read(&path).unwrap_or_default();
            std::fs::File::create(&path).unwrap().set_len(MAX_LIST_LEN + 1).unwrap();
            let found = find(dir.path()).unwrap();
            assert!(found.file.ends_with(name), "{found}");
            assert!(found.to_string().contains("it is larger than "), "{found}");
            std::fs::write(&path, before).unwrap();
        }
        assert_eq!(find(dir.path()), None);
    }

    #[test]
    fn what_a_linked_working_tree_shares() {
        let (_dir, git) = repository();
        let tree = tempfile::tempdir().unwrap();
        let own = git.join("worktrees/w");
        std::fs::write(tree.path().join(".git"), format!("gitdir: {}\n", own.display())).unwrap();
        std::fs::write(own.join("HEAD"), "ref: refs/heads/w\n").unwrap();
        std::fs::write(own.join("commondir"), "../..\n").unwrap();
        assert_eq!(find(tree.path()), None);
        for large in [git.join("packed-refs"), own.join("index")] {
            std::fs::File::create(&large).unwrap().set_len(MAX_LIST_LEN + 1).unwrap();
            assert!(find(tree.path()).is_some(), "{}", large.display());
            std::fs::remove_file(large).unwrap();
        }
    }
}
