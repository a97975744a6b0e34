//! Opening a repository, and what its references lead to.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::refs::TargetRef;

use crate::git::store::commits;
use crate::git::store::database::{DEFAULT_MAX_MEMORY, Database};
pub use crate::git::store::error::GitError;
use crate::git::store::opening::{check_border, opened};
use crate::git::store::reftable::{self, Tables};
use crate::git::store::special_files;

/// A name that leads to an object.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Tip {
    pub(crate) name: String,
    pub(crate) id: ObjectId,
}

/// Where symbolic references end.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum End {
    Object(ObjectId),
    /// At a name that leads to nothing; perhaps to that of a branch.
    Nowhere {
        is_branch: bool,
    },
    /// In a circle, or so far away that git would not follow.
    Circle,
    Unreadable,
}

impl End {
    fn is_nowhere(self) -> bool {
        matches!(self, Self::Nowhere { .. })
    }

    /// What is wrong with a reference that ends so, as the end of a sentence.
    fn wrong(self) -> Option<&'static str> {
        match self {
            Self::Object(_) => None,
            Self::Nowhere { .. } => Some(": a symbolic reference that leads nowhere"),
            Self::Circle => Some(": a symbolic reference that leads in a circle"),
            Self::Unreadable => Some(": a reference that cannot be read"),
        }
    }
}

/// A git repository: bare, with a working tree, a linked one, or that of a submodule.
pub struct Repository {
    pub(crate) git: gix::Repository,
    pub(crate) database: Database,
    /// References that could not be read.
    pub(crate) unreadable: Vec<String>,
    /// The folder with what all working trees share.
    data: PathBuf,
    /// The references, where they are in tables.
    tables: Option<Tables>,
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repository").field("git_dir", &self.git.git_dir()).finish_non_exhaustive()
    }
}

impl Repository {
    /// Opens the repository that a path is in. Without one, the repository that git would take:
    /// that of `GIT_DIR`, else that of the current folder; `GIT_OBJECT_DIRECTORY` and
    /// `GIT_ALTERNATE_OBJECT_DIRECTORIES` are respected then, which is how git hands a push to its
    /// hooks.
    ///
    /// Nothing of it is executed, and a repository of another user is refused unless
    /// `safe.directory` allows it, as git does.
    ///
    /// # Errors
    ///
    /// No repository is there, or it must not be opened.
    pub fn open(path: Option<&Path>) -> Result<Self, GitError> {
        let place = path.unwrap_or(Path::new("."));
        let named = std::env::var_os("GIT_DIR").filter(|_| path.is_none());
        let special = match &named {
            Some(folder) => special_files::find_in(Path::new(folder)),
            None => special_files::find(place),
        };
        if let Some(special) = special {
            return Err(GitError::new(special.to_string()));
        }
        let mut git = opened(place, path.is_none())?;
        check_border(&git)?;
        // Objects of all namespaces are in one place, so the references of all count.
        git.clear_namespace();
        let folders = match path {
            None => object_folders(&git),
            Some(_) => vec![git.common_dir().join("objects")],
        };
        if git.object_hash() != gix::hash::Kind::Sha1
            && git.object_hash() != gix::hash::Kind::Sha256
        {
            return Err(GitError::new(format!(
                "{}: ids of objects are of an unknown kind",
                place.display()
            )));
        }
        let database =
            Database::open(&folders, git.object_hash(), DEFAULT_MAX_MEMORY).map_err(|error| {
                GitError::new(format!("{}: cannot read the objects: {error}", place.display()))
            })?;
        let data = git.common_dir().to_owned();
        let tables = reftable::attach(&mut git).map_err(|error| {
            GitError::new(format!("{}: cannot read the references: {error}", place.display()))
        })?;
        Ok(Self { git, database, unreadable: Vec::new(), data, tables })
    }

    /// Bounds the memory for objects and what they are made of, in bytes, for each thread that
    /// reads single ones and for all threads of a history together. 256 MiB, where nothing is said.
    pub fn set_max_memory(&mut self, bytes: u64) {
        self.database = self.database.with_max_memory(bytes);
    }

    /// The folder that reports refer to: the root of the working tree, or the folder with the data
    /// of a bare repository.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.git.workdir().unwrap_or(&self.data)
    }

    /// The repository as gix knows it.
    #[must_use]
    pub fn gix(&self) -> &gix::Repository {
        &self.git
    }

    /// The id of the checked-out commit, if there is one.
    pub(crate) fn head(&self) -> Option<ObjectId> {
        head_of(&self.git)
    }

    /// The commits that are being merged into the checked-out one.
    pub(crate) fn merged(&self) -> Vec<ObjectId> {
        // Git writes the file only after the hook of a merge without conflicts, to which it names
        // them by variables.
        let file = special_files::read_list(&self.git.git_dir().join("MERGE_HEAD"));
        let named = std::env::vars_os()
            .filter_map(|(name, _)| name.to_str()?.strip_prefix("GITHEAD_").map(str::to_owned));
        named
            .chain(file.lines().map(|line| line.to_str_lossy().into_owned()))
            .filter_map(|id| ObjectId::from_hex(id.as_bytes()).ok())
            .collect()
    }

    /// The object that a revision names.
    pub(crate) fn revision(&self, name: &str) -> Result<ObjectId, GitError> {
        if let Some(special) = special_files::named_by(name, &self.git) {
            return Err(GitError::new(special.to_string()));
        }
        match self.git.rev_parse_single(name) {
            Ok(id) => Ok(id.detach()),
            // The words of gix are for those who know its inside.
            Err(error) if format!("{error:#}").contains("ambiguous") => {
                Err(self.no_revision(name, "it is the beginning of more than one id"))
            }
            Err(_) => Err(self.no_revision(name, "there is no such commit, branch or tag")),
        }
    }

    /// The error for a revision that cannot be found. In a shallow clone it may lie beyond the
    /// border.
    fn no_revision(&self, name: &str, why: &str) -> GitError {
        let mut text = format!("`{name}` is no revision of this repository: {why}");
        if !self.shallow().is_empty() {
            text += ". The clone is shallow, and what lies beyond its border is not here: to get \
                     it, `git fetch --unshallow`, or `git fetch --deepen=N` for N commits more";
        }
        GitError::new(text)
    }

    /// The commits that a range such as `A..B` includes and excludes, with all that they lead to.
    ///
    /// # Errors
    ///
    /// It is no range, or a revision in it does not exist.
    pub fn range(&self, range: &str) -> Result<(Vec<ObjectId>, Vec<ObjectId>), GitError> {
        let wrong =
            |why: &str| GitError::new(format!("`{range}` is no range of this repository: {why}"));
        if let Some((a, b)) = range.split_once("...") {
            let commit = |name: &str| {
                self.revision_or_head(&format!(
                    "{}^{{commit}}",
                    if name.is_empty() { "HEAD" } else { name }
                ))
            };
            let (a, b) = (commit(a)?, commit(b)?);
            let bases =
                commits::merge_bases(&self.database.reader(), a, &[b]).ok_or_else(|| {
                    self.no_revision(range, "no commit can be found that both sides come from")
                })?;
            return Ok((vec![a, b], bases));
        }
        let (a, b) = range.split_once("..").ok_or_else(|| wrong("it should be like main..HEAD"))?;
        Ok((vec![self.revision_or_head(b)?], vec![self.revision_or_head(a)?]))
    }

    fn revision_or_head(&self, name: &str) -> Result<ObjectId, GitError> {
        let id = self.revision(if name.is_empty() { "HEAD" } else { name })?;
        // A whole id is taken as it is, also where there is no such object.
        if self.database.reader().has(&id) {
            Ok(id)
        } else {
            Err(self.no_revision(name, "there is no such object"))
        }
    }

    /// All references with what they lead to, HEAD and those of other working trees included, and
    /// all stashes. What cannot be read is noted.
    pub(crate) fn tips(&mut self) -> Vec<Tip> {
        let (tips, unreadable) = self.named_and_unreadable();
        self.unreadable = unreadable;
        // Whoever sets it wants other references than those that are looked at.
        if std::env::var_os("GIT_NAMESPACE").is_some_and(|namespace| !namespace.is_empty()) {
            self.unreadable.push(
                "GIT_NAMESPACE is set: it is not known here, and the references of all \
                 namespaces count"
                    .to_owned(),
            );
        }
        tips
    }

    /// The same, without notes.
    pub(crate) fn named(&self) -> Vec<Tip> {
        self.named_and_unreadable().0
    }

    fn named_and_unreadable(&self) -> (Vec<Tip>, Vec<String>) {
        let mut tips = Vec::new();
        let mut unreadable = Vec::new();
        match self.git.references() {
            Ok(platform) => match platform.all() {
                Ok(all) => {
                    for reference in all {
                        match reference {
                            Ok(reference) => {
                                let name = reference.name().as_bstr().to_str_lossy().into_owned();
                                match reference.target() {
                                    TargetRef::Object(id) => {
                                        tips.push(Tip { name, id: id.to_owned() })
                                    }
                                    // What it leads to in the end is listed, too.
                                    TargetRef::Symbolic(next) => {
                                        let end = self.end_of(next);
                                        if !(end.is_nowhere() && is_default_branch(&name)) {
                                            unreadable.extend(end.wrong().map(|why| name + why));
                                        }
                                    }
                                }
                            }
                            Err(error) => unreadable.push(format!("a reference: {error}")),
                        }
                    }
                }
                Err(error) => unreadable.push(format!("the references: {error}")),
            },
            Err(error) => unreadable.push(format!("the references: {error}")),
        }
        for name in self.heads(&mut unreadable) {
            // The commit need not be stored; then it is one that is missing.
            match self.led_to(&name) {
                End::Object(id) => tips.push(Tip { name, id }),
                // A branch without a commit.
                End::Nowhere { is_branch: true } => {}
                end => unreadable.extend(end.wrong().map(|why| name + why)),
            }
        }
        if let Some(tables) = &self.tables {
            let heads = tables.heads.iter().cloned();
            tips.extend(heads.map(|(name, id)| Tip { name, id }));
            unreadable.extend(tables.unreadable.iter().cloned());
        }
        self.stashes(&mut tips, &mut unreadable);
        tips.sort();
        tips.dedup();
        (tips, unreadable)
    }

    /// The names of HEAD and of the heads of other working trees, whose folders need not be there.
    fn heads(&self, unreadable: &mut Vec<String>) -> Vec<String> {
        let mut names = vec!["HEAD".to_owned()];
        if self.tables.is_some() {
            return names;
        }
        let is_linked = self.git.kind() == gix::repository::Kind::LinkedWorkTree;
        if is_linked {
            names.push("main-worktree/HEAD".to_owned());
        }
        let own = self.git.git_dir().file_name().filter(|_| is_linked);
        match std::fs::read_dir(self.git.common_dir().join("worktrees")) {
            Ok(list) => {
                for entry in list {
                    match entry.map(|entry| entry.file_name()) {
                        Ok(folder) if Some(folder.as_os_str()) == own => {}
                        Ok(folder) => {
                            names.push(format!("worktrees/{}/HEAD", folder.to_string_lossy()))
                        }
                        Err(error) => unreadable.push(format!("the working trees: {error}")),
                    }
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => unreadable.push(format!("the working trees: {error}")),
        }
        names
    }

    /// What a head leads to.
    fn led_to(&self, head: &str) -> End {
        match self.git.try_find_reference(head) {
            Ok(Some(head)) => match head.target() {
                TargetRef::Object(id) => End::Object(id.to_owned()),
                TargetRef::Symbolic(next) => self.end_of(next),
            },
            Ok(None) => End::Nowhere { is_branch: true },
            Err(_) => End::Unreadable,
        }
    }

    /// What a reference leads to in the end.
    fn end_of(&self, name: &gix::refs::FullNameRef) -> End {
        /// Git follows no more symbolic references one behind the other.
        const MAX_DEPTH: usize = 5;
        let mut name = name.to_owned();
        for _ in 0..MAX_DEPTH {
            let next = match self.git.try_find_reference(name.as_ref()) {
                Ok(Some(reference)) => match reference.target() {
                    TargetRef::Object(id) => return End::Object(id.to_owned()),
                    TargetRef::Symbolic(next) => next.to_owned(),
                },
                Ok(None) => {
                    let is_branch = name.as_bstr().starts_with(b"refs/heads/");
                    return End::Nowhere { is_branch };
                }
                Err(_) => return End::Unreadable,
            };
            name = next;
        }
        End::Circle
    }

    /// Stashes: the reference leads to the last one, its log to the others.
    fn stashes(&self, tips: &mut Vec<Tip>, unreadable: &mut Vec<String>) {
        // A broken reference is reported with all other references.
        let Ok(Some(stash)) = self.git.try_find_reference("refs/stash") else { return };
        let mut wrong = |error: String| unreadable.push(format!("the log of refs/stash: {error}"));
        let mut platform = stash.log_iter();
        match platform.all() {
            Ok(lines) => {
                for line in lines.into_iter().flatten() {
                    match line {
                        Ok(line) => {
                            tips.push(Tip { name: "refs/stash".to_owned(), id: line.new_oid() })
                        }
                        Err(error) => wrong(error.to_string()),
                    }
                }
            }
            Err(error) => wrong(error.to_string()),
        }
    }

    /// The commits whose parents were left out when the repository was cloned.
    pub(crate) fn shallow(&self) -> Vec<ObjectId> {
        self.git
            .shallow_commits()
            .ok()
            .flatten()
            .map(|commits| commits.iter().copied().collect())
            .unwrap_or_default()
    }
}

/// Whether a reference is the note of which branch a remote has as its default. Git leaves it
/// behind where that branch is gone.
fn is_default_branch(name: &str) -> bool {
    name.strip_prefix("refs/remotes/")
        .and_then(|rest| rest.strip_suffix("/HEAD"))
        .is_some_and(|remote| !remote.is_empty())
}

/// The checked-out commit, if there is one, be it that its object is missing.
fn head_of(git: &gix::Repository) -> Option<ObjectId> {
    let head = git.head().ok()?;
    let id = head.id().map(gix::Id::detach);
    head.into_peeled_id().ok().map(gix::Id::detach).or(id)
}

/// Where the objects are for a program that git has started: perhaps those of a push are kept
/// apart.
fn object_folders(git: &gix::Repository) -> Vec<PathBuf> {
    let own = || git.common_dir().join("objects");
    let first = std::env::var_os("GIT_OBJECT_DIRECTORY")
        .filter(|value| !value.is_empty())
        .map(PathBuf::from);
    let mut folders = vec![first.clone().unwrap_or_else(own)];
    if let Some(list) = std::env::var_os("GIT_ALTERNATE_OBJECT_DIRECTORIES") {
        folders.extend(split_list(&list));
    }
    if first.is_some() && !folders.iter().any(|folder| is_same(folder, &own())) {
        folders.push(own());
    }
    folders.retain(|folder| folder.is_dir());
    folders
}

fn is_same(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

/// The paths of a list such as git makes it: with `:` between them, and a path with a `:` or a
/// quote in it as a C string.
fn split_list(list: &OsString) -> Vec<PathBuf> {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};

    let mut paths = Vec::new();
    let mut rest = list.as_bytes();
    while !rest.is_empty() {
        let (path, after) = if rest[0] == b'"' {
            let (path, used) = gix::quote::ansi_c::undo(rest.as_bstr())
                .map_or_else(|_| (rest.to_vec(), rest.len()), |(path, used)| (path.to_vec(), used));
            (path, &rest[used..])
        } else {
            let end = rest.iter().position(|byte| *byte == b':').unwrap_or(rest.len());
            (rest[..end].to_vec(), &rest[end..])
        };
        if !path.is_empty() {
            paths.push(PathBuf::from(OsString::from_vec(path)));
        }
        rest = after.strip_prefix(b":").unwrap_or(after);
        if after.is_empty() {
            break;
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_folders() {
        let split = |list: &str| {
            let paths = split_list(&OsString::from(list));
            paths.into_iter().map(|path| path.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(split("/a:/b"), ["/a", "/b"]);
        assert_eq!(split(r#""/with:colon":/b"#), ["/with:colon", "/b"]);
        assert_eq!(split(""), [""; 0]);
    }
}
