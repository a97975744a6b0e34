//! Repositories written without git: objects under names that are not theirs, references to
//! anything.

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::sha1::sha1;

#[derive(Clone, Copy, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Id(pub(crate) [u8; 20]);

impl Id {
    /// The id that an object of the kind (`blob`, `tree`, `commit`, `tag`) should have.
    pub(crate) fn of(kind: &str, data: &[u8]) -> Self {
        Self(sha1(&[header(kind, data.len() as u64).as_slice(), data].concat()))
    }

    /// An id that belongs to nothing.
    pub(crate) fn invented(number: u8) -> Self {
        Self([number; 20])
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

pub(crate) const FILE: &str = "100644";
pub(crate) const FOLDER: &str = "40000";
pub(crate) const MODULE: &str = "160000";

fn header(kind: &str, len: u64) -> Vec<u8> {
    format!("{kind} {len}\0").into_bytes()
}

pub(crate) fn deflated(data: &[u8]) -> Vec<u8> {
    let mut writer = ZlibEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(data).unwrap();
    writer.finish().unwrap()
}

/// The bytes of a tree, with its entries in the order in which they are given.
pub(crate) fn tree_of(entries: &[(&str, &[u8], Id)]) -> Vec<u8> {
    let mut data = Vec::new();
    for (mode, name, id) in entries {
        data.extend([mode.as_bytes(), b" ", name, b"\0", &id.0].concat());
    }
    data
}

/// The bytes of a commit.
pub(crate) fn commit_of(tree: Id, parents: &[Id], message: &str) -> Vec<u8> {
    let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
    let who = "Ada <ada@example.com> 1700000000 +0000";
    format!("tree {tree}\n{parents}author {who}\ncommitter {who}\n\n{message}\n").into_bytes()
}

/// The bytes of a tag.
pub(crate) fn tag_of(target: Id, kind: &str, name: &str) -> Vec<u8> {
    let who = "Ada <ada@example.com> 1700000000 +0000";
    format!("object {target}\ntype {kind}\ntag {name}\ntagger {who}\n\n{name}\n").into_bytes()
}

/// The folder where git keeps its data, written file by file.
pub(crate) struct Store {
    path: PathBuf,
}

impl Store {
    /// An empty repository, `main` being its branch.
    pub(crate) fn new(path: impl Into<PathBuf>) -> Self {
        let store = Self { path: path.into() };
        for name in ["objects/pack", "objects/info", "refs/heads", "refs/tags", "info"] {
            std::fs::create_dir_all(store.path.join(name)).unwrap();
        }
        store.write("HEAD", "ref: refs/heads/main\n");
        store.write(
            "config",
            "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n",
        );
        store
    }

    /// The repository of a working tree.
    pub(crate) fn of(folder: &Path) -> Self {
        Self::new(folder.join(".git"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Writes a file in the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn loose_path(&self, id: Id) -> PathBuf {
        let id = id.to_string();
        self.path.join("objects").join(&id[..2]).join(&id[2..])
    }

    /// Stores an object.
    pub(crate) fn put(&self, kind: &str, data: &[u8]) -> Id {
        let id = Id::of(kind, data);
        self.put_as(id, kind, data);
        id
    }

    /// Stores an object under any id.
    pub(crate) fn put_as(&self, id: Id, kind: &str, data: &[u8]) {
        self.put_claiming(id, kind, data.len() as u64, data);
    }

    /// Stores an object whose header promises another size.
    pub(crate) fn put_claiming(&self, id: Id, kind: &str, len: u64, data: &[u8]) {
        let path = self.loose_path(id);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, deflated(&[header(kind, len).as_slice(), data].concat())).unwrap();
    }

    /// Stores `len` spaces under an id.
    pub(crate) fn put_spaces(&self, id: Id, kind: &str, len: u64) {
        let path = self.loose_path(id);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let mut writer =
            ZlibEncoder::new(std::fs::File::create(path).unwrap(), Compression::fast());
        writer.write_all(&header(kind, len)).unwrap();
        std::io::copy(&mut std::io::repeat(b' ').take(len), &mut writer).unwrap();
        writer.finish().unwrap();
    }

    pub(crate) fn blob(&self, data: impl AsRef<[u8]>) -> Id {
        self.put("blob", data.as_ref())
    }

    pub(crate) fn tree(&self, entries: &[(&str, &[u8], Id)]) -> Id {
        self.put("tree", &tree_of(entries))
    }

    pub(crate) fn commit(&self, tree: Id, parents: &[Id], message: &str) -> Id {
        self.put("commit", &commit_of(tree, parents, message))
    }

    /// Makes a commit of one file.
    pub(crate) fn commit_file(&self, name: &str, data: impl AsRef<[u8]>, parents: &[Id]) -> Id {
        let blob = self.blob(data);
        let tree = self.tree(&[(FILE, name.as_bytes(), blob)]);
        self.commit(tree, parents, "one file")
    }

    /// Points a reference to an object.
    pub(crate) fn refer(&self, name: &str, id: Id) {
        self.write(name, format!("{id}\n"));
    }

    /// Points `main` to a commit.
    pub(crate) fn main(&self, id: Id) {
        self.refer("refs/heads/main", id);
    }
}
