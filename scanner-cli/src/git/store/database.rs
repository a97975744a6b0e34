//! Reading single objects, from all folders that hold some.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use gix::hash::oid;
use gix::objs::{Data, Exists, Find, FindHeader, Kind};
use gix::odb;

/// Folders with objects, such as `.git/objects`, and their alternates.
///
/// Replacements (`refs/replace/`) are not followed: what is stored is what is read.
pub(crate) struct Database {
    folders: Vec<PathBuf>,
    hash: gix::hash::Kind,
    stores: Vec<Arc<odb::Store>>,
    copies: Arc<Copies>,
}

/// All files with objects, one by one. Where a copy of an object is broken, there may be another
/// one.
struct Copies {
    folders: Vec<PathBuf>,
    hash: gix::hash::Kind,
    packs: OnceLock<Vec<odb::pack::Bundle>>,
}

impl Copies {
    /// Reads any copy of an object.
    fn read(&self, id: &oid, buffer: &mut Vec<u8>) -> Option<Kind> {
        for folder in &self.folders {
            let loose = odb::loose::Store::at(folder.clone(), self.hash);
            if let Ok(Some(object)) = loose.try_find(id, buffer) {
                return Some(object.kind);
            }
        }
        let mut inflate = gix::zlib::Inflate::default();
        self.packs.get_or_init(|| self.open()).iter().find_map(|pack| {
            let found = pack.find(id, buffer, &mut inflate, &mut odb::pack::cache::Never);
            found.ok().flatten().map(|(object, _)| object.kind)
        })
    }

    fn open(&self) -> Vec<odb::pack::Bundle> {
        let lists =
            self.folders.iter().filter_map(|folder| std::fs::read_dir(folder.join("pack")).ok());
        let paths = lists.flatten().filter_map(Result::ok).map(|entry| entry.path());
        let indices =
            paths.filter(|path| path.extension().is_some_and(|extension| extension == "idx"));
        indices.filter_map(|path| odb::pack::Bundle::at(path, self.hash).ok()).collect()
    }
}

impl Database {
    /// Opens folders. The first one that has an object is asked for it.
    pub(crate) fn open(folders: &[PathBuf], hash: gix::hash::Kind) -> std::io::Result<Self> {
        let mut all: Vec<PathBuf> = Vec::new();
        let mut stores = Vec::new();
        let here = std::env::current_dir()?;
        for folder in folders {
            let alternates = odb::alternate::resolve(folder.clone(), &here)
                .map_err(|error| std::io::Error::other(error.to_string()))?;
            for folder in [folder.clone()].into_iter().chain(alternates) {
                if !all.contains(&folder) {
                    all.push(folder);
                }
            }
            let options = odb::store::init::Options::default();
            stores.push(Arc::new(odb::Store::at_opts(
                folder.clone(),
                hash,
                &mut std::iter::empty(),
                options,
            )?));
        }
        let copies = Arc::new(Copies { folders: all.clone(), hash, packs: OnceLock::new() });
        Ok(Self { folders: all, hash, stores, copies })
    }

    /// All folders with objects, alternates included.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// The hash of object ids.
    pub(crate) fn hash(&self) -> gix::hash::Kind {
        self.hash
    }

    /// A reader for one thread.
    pub(crate) fn reader(&self) -> Reader {
        let handle = |store: &Arc<odb::Store>| odb::Cache::from(store.to_handle_arc());
        let handles = self.stores.iter().map(handle).collect();
        Reader { hash: self.hash, handles, copies: Arc::clone(&self.copies) }
    }
}

/// Reads objects by id, on one thread.
#[derive(Clone)]
pub(crate) struct Reader {
    hash: gix::hash::Kind,
    handles: Vec<odb::HandleArc>,
    copies: Arc<Copies>,
}

impl Reader {
    /// Reads an object. There is none if it is missing or cannot be read.
    pub(crate) fn read(&self, id: &oid, buffer: &mut Vec<u8>) -> Option<Kind> {
        let mut found = self.handles.iter().find_map(|handle| {
            handle.try_find(id, buffer).ok().flatten().map(|object| object.kind)
        });
        if found.is_none() && self.has(id) {
            found = self.copies.read(id, buffer);
        }
        found
    }

    /// Whether an object is stored.
    pub(crate) fn has(&self, id: &oid) -> bool {
        self.handles.iter().any(|handle| handle.exists(id))
    }

    /// The kind and the size of an object.
    pub(crate) fn header(&self, id: &oid) -> Option<(Kind, u64)> {
        let header = self.handles.iter().find_map(|handle| handle.try_header(id).ok().flatten())?;
        Some((header.kind, header.size))
    }
}

impl Find for Reader {
    fn try_find<'a>(
        &self,
        id: &oid,
        buffer: &'a mut Vec<u8>,
    ) -> Result<Option<Data<'a>>, gix::Error> {
        let kind = self.read(id, buffer);
        Ok(kind.map(|kind| Data { kind, object_hash: self.hash, data: buffer }))
    }
}
