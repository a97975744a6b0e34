//! Finds files of a repository that are no files: reading a pipe never ends, and a device or a file
//! of `/proc` has no end.

use std::path::{Path, PathBuf};

/// The files that are read whenever a repository is opened, or a reference is looked for.
const NAMES: [&str; 11] = [
    "HEAD",
    "config",
    "config.worktree",
    "commondir",
    "packed-refs",
    "index",
    "shallow",
    "info/grafts",
    "objects/info/alternates",
    "objects/info/commit-graph",
    "MERGE_HEAD",
];

/// A list of alternates that is longer is refused: reading it takes time that grows with its
/// square.
const MAX_ALTERNATES_LEN: u64 = 1 << 17;

/// Returns the first special file in the folder of git's data that is found from a place upwards;
/// none where there is no such folder.
pub(crate) fn find(place: &Path) -> Option<PathBuf> {
    let start = place.canonicalize().ok()?;
    let mut folders = start.ancestors().flat_map(|folder| [folder.join(".git"), folder.to_owned()]);
    let is_git = |folder: &PathBuf| {
        folder.join("HEAD").symlink_metadata().is_ok() && folder.join("objects").is_dir()
    };
    find_in(&folders.find(is_git)?)
}

/// Returns the first special file in a folder of git's data.
pub(crate) fn find_in(folder: &Path) -> Option<PathBuf> {
    let named = NAMES.iter().map(|name| folder.join(name));
    let alternates = folder.join("objects/info/alternates");
    let is_long = alternates.metadata().is_ok_and(|found| found.len() > MAX_ALTERNATES_LEN);
    let mut named = named.into_iter();
    named
        .find(|file| is_special(file))
        .or_else(|| is_long.then_some(alternates))
        .or_else(|| in_worktrees(&folder.join("worktrees")))
        .or_else(|| in_references(folder.join("refs")))
}

/// Looks for a special file in the place of what each linked worktree has checked out.
fn in_worktrees(folder: &Path) -> Option<PathBuf> {
    let list = std::fs::read_dir(folder).ok()?;
    let heads = list.filter_map(Result::ok).map(|worktree| worktree.path().join("HEAD"));
    heads.into_iter().find(|head| is_special(head))
}

/// Looks for a special file among the references.
fn in_references(folder: PathBuf) -> Option<PathBuf> {
    /// More folders than this are not looked at; then the first ones are what counts.
    const MAX_FOLDERS: usize = 100_000;
    let mut open = vec![folder];
    for _ in 0..MAX_FOLDERS {
        // What cannot be listed is told when references are read.
        let Ok(list) = std::fs::read_dir(open.pop()?) else { continue };
        for entry in list.filter_map(Result::ok) {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(kind) if kind.is_file() => {}
                _ if is_special(&entry.path()) => return Some(entry.path()),
                _ => {}
            }
        }
    }
    None
}

/// Whether something is there that is neither a file nor a folder, or a link to a file that the
/// kernel makes up.
fn is_special(path: &Path) -> bool {
    let Ok(found) = path.metadata() else { return false };
    if !found.is_file() {
        return !found.is_dir();
    }
    let made_up = ["/proc", "/sys", "/dev"];
    let is_link = path.symlink_metadata().is_ok_and(|found| found.is_symlink());
    is_link
        && path
            .canonicalize()
            .is_ok_and(|target| made_up.iter().any(|folder| target.starts_with(folder)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_special() {
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        let dir = tempfile::tempdir().unwrap();
        let git = dir.path().join(".git");
        for folder in ["objects", "refs/heads"] {
            std::fs::create_dir_all(git.join(folder)).unwrap();
        }
        std::fs::write(git.join("HEAD"), "ref: refs/heads/main\n").unwrap();
        symlink("HEAD", git.join("config")).unwrap();
        assert_eq!(find(dir.path()), None);
        let reference = git.join("refs/heads/main");
        let _socket = UnixListener::bind(&reference).unwrap();
        assert_eq!(find(dir.path()), Some(reference.canonicalize().unwrap()));
        std::fs::remove_file(&reference).unwrap();
        std::fs::create_dir_all(git.join("worktrees/w")).unwrap();
        for name in ["worktrees/w/HEAD", "MERGE_HEAD"] {
            symlink("/dev/zero", git.join(name)).unwrap();
            assert_eq!(find_in(&git), Some(git.join(name)));
            std::fs::remove_file(git.join(name)).unwrap();
        }
        for target in ["/dev/zero", "/proc/self/pagemap"] {
            std::fs::remove_file(git.join("config")).unwrap();
            symlink(target, git.join("config")).unwrap();
            assert_eq!(find_in(&git), Some(git.join("config")));
        }
    }
}
