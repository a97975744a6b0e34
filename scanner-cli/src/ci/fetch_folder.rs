//! The folder that git fetches in: settings that were chosen, the border of the clone's history,
//! and what the clone has, so that git does not fetch it again. Objects go to those of the clone.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::regular_file;
use gix::ObjectId;
use tempfile::TempDir;

/// The name of the remote in that folder.
pub(super) const REMOTE: &str = "origin";
/// The most references of the clone that a fetch names to the server, which then does not send
/// their commits.
const MAX_REFERENCES: usize = 4096;
/// The border of a history has no more commits.
const MAX_BORDER_LEN: u64 = 64 << 20;

/// What the settings in that folder say beside its form.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Kept {
    pub(super) url: String,
    /// Whether the clone left out files on purpose.
    pub(super) is_partial: bool,
    /// Section, subsection, name and value.
    pub(super) settings: Vec<[String; 4]>,
}

/// A git directory that stands in for that of a clone.
#[derive(Debug)]
pub(super) struct FetchFolder {
    folder: TempDir,
    objects: PathBuf,
    /// The file of the clone with the commits where its history ends.
    border: PathBuf,
}

impl FetchFolder {
    /// Makes the folder; it is removed when this is dropped.
    pub(super) fn new(repo: &gix::Repository, kept: &Kept) -> io::Result<Self> {
        let folder = TempDir::new()?;
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("objects"))?;
        fs::create_dir(at("refs"))?;
        fs::write(at("HEAD"), "ref: refs/heads/none\n")?;
        fs::write(at("config"), config(repo.object_hash(), kept))?;
        let packed: String = references(repo)
            .iter()
            .enumerate()
            .map(|(number, id)| format!("{id} refs/have/{number:08}\n"))
            .collect();
        fs::write(at("packed-refs"), packed)?;
        let common = repo.common_dir().canonicalize()?;
        Ok(Self { folder, objects: common.join("objects"), border: common.join("shallow") })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The folder with the objects of the clone.
    pub(super) fn objects(&self) -> &Path {
        &self.objects
    }

    fn own_border(&self) -> PathBuf {
        self.folder.path().join("shallow")
    }

    /// Takes the border of the clone over.
    pub(super) fn update(&self) -> io::Result<()> {
        match border(&self.border)? {
            Some(border) => fs::write(self.own_border(), border),
            None => remove(&self.own_border()),
        }
    }

    /// Gives the border that git has left to the clone, under the lock that git uses.
    pub(super) fn keep_border(&self) -> io::Result<()> {
        let new = border(&self.own_border())?;
        if new == border(&self.border)? {
            return Ok(());
        }
        let lock = self.border.with_extension("lock");
        let mut file = fs::File::create_new(&lock)?;
        let done = match new {
            Some(new) => file.write_all(&new).and_then(|()| fs::rename(&lock, &self.border)),
            None => remove(&self.border).and_then(|()| fs::remove_file(&lock)),
        };
        if done.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&lock);
        }
        done
    }
}

/// Reads the file of a border. None where the history has none.
fn border(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let no_list = |error| {
        io::Error::other(format!("the border of the history is no list of commits: {error}"))
    };
    let border = match regular_file::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => {
            opened.and_then(|file| regular_file::read(file, MAX_BORDER_LEN)).map_err(no_list)?
        }
    };
    // An empty one counts as none.
    Ok(Some(border).filter(|border| !border.is_empty()))
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// What the clone has: the objects that its references and its HEAD lead to.
fn references(repo: &gix::Repository) -> Vec<ObjectId> {
    let mut ids: Vec<ObjectId> = repo.head_id().map(gix::Id::detach).into_iter().collect();
    if let Ok(platform) = repo.references()
        && let Ok(all) = platform.all()
    {
        let all = all.filter_map(Result::ok);
        ids.extend(all.filter_map(|reference| reference.try_id().map(gix::Id::detach)));
    }
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| repo.has_object(id));
    ids.truncate(MAX_REFERENCES);
    ids
}

fn config(hash: gix::hash::Kind, kept: &Kept) -> String {
    let mut text = "[core]\n\trepositoryFormatVersion = 1\n\tbare = true\n".to_owned();
    if hash != gix::hash::Kind::Sha1 {
        text += &format!("[extensions]\n\tobjectFormat = {hash}\n");
    }
    let mut remote = vec![("url", kept.url.as_str())];
    if kept.is_partial {
        text += &format!("[extensions]\n\tpartialClone = {REMOTE}\n");
        remote.extend([("promisor", "true"), ("partialCloneFilter", "blob:none")]);
    }
    text += &format!("[remote \"{REMOTE}\"]\n");
    for (name, value) in remote {
        text += &format!("\t{name} = \"{}\"\n", escaped(value));
    }
    for [section, subsection, name, value] in &kept.settings {
        text += &format!("[{section} \"{}\"]\n", escaped(subsection));
        text += &format!("\t{name} = \"{}\"\n", escaped(value));
    }
    text
}

/// A string as it stands between quotes in the settings of git. A subsection cannot hold a line
/// end; the parts of a URL that is one of the server's have none.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_written_so_that_they_stay_one() {
        let url = "https://h/\"\n[core]\n\tsshCommand = x\\".to_owned();
        let helper = ["credential", "https://h", "helper", "!f() { echo \"a\"; }"];
        let settings = vec![helper.map(str::to_owned)];
        let text = config(gix::hash::Kind::Sha1, &Kept { url, is_partial: true, settings });
        assert!(
            text.contains("url = \"https://h/\\\"\\n[core]\\n\tsshCommand = x\\\\\"\n"),
            "{text}"
        );
        assert!(
            text.contains("[credential \"https://h\"]\n\thelper = \"!f() { echo \\\"a\\\"; }\"\n")
        );
        assert!(text.contains("promisor = \"true\"") && text.contains("partialClone = origin"));
        assert!(!text.contains("\n[core]\n\tssh"), "{text}");
    }
}
