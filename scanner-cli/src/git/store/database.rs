//! Reading single objects, from all folders that hold some.
//!
//! Each object is read where the index of a pack, or the name of a file, says that it is, and its
//! hash is computed: whoever can write to an index can make it lead to something else. A
//! multi-pack-index is not asked: it says no more than the indices of the packs.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use gix::ObjectId;
use gix::hash::oid;
use gix::objs::{Data, Find, Kind};
use gix::odb::pack;
use tokensieve_core::Coverage;
use tokensieve_core::coverage::Skip;

use crate::git::store::alternates::with_alternates;
use crate::git::store::ids::is_object;
use crate::git::store::stored::{self, ObjectHeader};
use crate::git::store::unread::Unread;

/// The default bound of the memory for objects and the bases of their deltas, in bytes.
pub(crate) const DEFAULT_MAX_MEMORY: u64 = 256 << 20;

/// Folders with objects, such as `.git/objects`, and their alternates.
///
/// Replacements (`refs/replace/`) are not followed: what is stored is what is read.
pub(crate) struct Database {
    shared: Arc<Shared>,
}

struct Shared {
    folders: Vec<PathBuf>,
    hash: gix::hash::Kind,
    /// Objects that take more memory are not read.
    max_memory: u64,
    /// Opened when they are needed.
    packs: OnceLock<Vec<pack::Bundle>>,
    /// Objects that were not read since they are too large.
    too_large: Mutex<HashSet<ObjectId>>,
}

impl Database {
    /// Opens folders with their alternates. The first one that has an object is asked for it.
    pub(crate) fn open(
        folders: &[PathBuf],
        hash: gix::hash::Kind,
        max_memory: u64,
    ) -> std::io::Result<Self> {
        let mut all: Vec<PathBuf> = Vec::new();
        for folder in folders {
            for folder in with_alternates(folder)? {
                if !all.contains(&folder) {
                    all.push(folder);
                }
            }
        }
        let (packs, too_large) = (OnceLock::new(), Mutex::default());
        let shared = Shared { folders: all, hash, max_memory, packs, too_large };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The same folders with another bound of memory.
    pub(crate) fn with_max_memory(&self, max_memory: u64) -> Self {
        let Shared { folders, hash, .. } = &*self.shared;
        let (packs, too_large) = (OnceLock::new(), Mutex::default());
        let shared = Shared { folders: folders.clone(), hash: *hash, max_memory, packs, too_large };
        Self { shared: Arc::new(shared) }
    }

    /// All folders with objects, alternates included.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.shared.folders
    }

    /// The hash of object ids.
    pub(crate) fn hash(&self) -> gix::hash::Kind {
        self.shared.hash
    }

    /// How many bytes objects, and what they are made of, may take.
    pub(crate) fn max_memory(&self) -> u64 {
        self.shared.max_memory
    }

    /// Notes that an object was not read since it is too large.
    pub(crate) fn note_too_large(&self, id: ObjectId) {
        self.shared.note_too_large(id);
    }

    /// Counts an object that could not be read, for `reason` unless it is too large. Then the
    /// example names the option that helps.
    pub(crate) fn skip(&self, id: &oid, reason: Skip, coverage: &mut Coverage) {
        if self.shared.too_large.lock().is_ok_and(|ids| ids.contains(id)) {
            let example = format!("{id} (to read it: --max-memory)");
            coverage.skip(Skip::LargeObject, example);
        } else {
            coverage.skip(reason, id.to_string());
        }
    }

    /// A reader for one thread.
    pub(crate) fn reader(&self) -> Reader {
        Reader { shared: Arc::clone(&self.shared) }
    }
}

impl Shared {
    fn note_too_large(&self, id: ObjectId) {
        if let Ok(mut ids) = self.too_large.lock() {
            ids.insert(id);
        }
    }

    fn packs(&self) -> &[pack::Bundle] {
        self.packs.get_or_init(|| {
            let lists = self
                .folders
                .iter()
                .filter_map(|folder| std::fs::read_dir(folder.join("pack")).ok());
            let mut paths: Vec<PathBuf> =
                lists.flatten().filter_map(Result::ok).map(|entry| entry.path()).collect();
            paths.retain(|path| path.extension().is_some_and(|extension| extension == "idx"));
            paths.retain(|path| path.is_file() && path.with_extension("pack").is_file());
            paths.sort();
            paths.iter().filter_map(|path| pack::Bundle::at(path, self.hash).ok()).collect()
        })
    }

    /// The copies of an object in packs: the packs with the offsets.
    fn packed(&self, id: &oid) -> impl Iterator<Item = (&pack::Bundle, u64)> {
        let offset = move |pack: &pack::Bundle| {
            Some(pack.index.pack_offset_at_index(pack.index.lookup(id)?))
        };
        self.packs().iter().filter_map(move |pack| Some((pack, offset(pack)?)))
    }

    /// Reads an object that is what its id says. A broken copy is passed over for another one.
    /// `depth` bounds how often a delta in one pack can have its base in another one.
    fn read(&self, id: &oid, out: &mut Vec<u8>, depth: usize) -> Result<Kind, Unread> {
        let mut why = Unread::Missing;
        for (pack, offset) in self.packed(id) {
            let mut elsewhere = |base: &oid, out: &mut Vec<u8>| match depth.checked_sub(1) {
                Some(depth) => self.read(base, out, depth),
                None => Err(Unread::Corrupt),
            };
            match stored::read_packed(pack, offset, out, self.max_memory, &mut elsewhere) {
                Ok(kind) if is_object(id, kind, out) => return Ok(kind),
                Ok(_) => why = Unread::Corrupt,
                Err(error) => why = error,
            }
        }
        for folder in &self.folders {
            match stored::read_loose(&stored::loose_path(folder, id), out, self.max_memory) {
                Ok(kind) if is_object(id, kind, out) => return Ok(kind),
                Ok(_) => why = Unread::Corrupt,
                Err(Unread::Missing) => {}
                Err(error) => why = error,
            }
        }
        Err(why)
    }

    fn header(&self, id: &oid, depth: usize) -> Result<ObjectHeader, Unread> {
        let mut why = Unread::Missing;
        for (pack, offset) in self.packed(id) {
            let mut elsewhere = |base: &oid| match depth.checked_sub(1) {
                Some(depth) => self.header(base, depth),
                None => Err(Unread::Corrupt),
            };
            match stored::packed_header(pack, offset, &mut elsewhere) {
                Ok(header) => return Ok(header),
                Err(error) => why = error,
            }
        }
        for folder in &self.folders {
            match stored::loose_header(&stored::loose_path(folder, id)) {
                Ok(header) => return Ok(header),
                Err(Unread::Missing) => {}
                Err(error) => why = error,
            }
        }
        Err(why)
    }
}

/// How often a delta in one pack can have its base in another one.
const MAX_PACKS_DEEP: usize = 8;

/// Reads objects by id, on one thread.
#[derive(Clone)]
pub(crate) struct Reader {
    shared: Arc<Shared>,
}

impl Reader {
    /// Reads an object into `buffer` and returns its kind. `None` if it is missing, cannot be read,
    /// or has another id than its own.
    pub(crate) fn read(&self, id: &oid, buffer: &mut Vec<u8>) -> Option<Kind> {
        let read = self.shared.read(id, buffer, MAX_PACKS_DEEP);
        if read == Err(Unread::TooLarge) {
            self.shared.note_too_large(id.to_owned());
        }
        read.ok()
    }

    /// Whether an object is stored.
    pub(crate) fn has(&self, id: &oid) -> bool {
        self.shared.packed(id).next().is_some()
            || self.shared.folders.iter().any(|folder| stored::loose_path(folder, id).is_file())
    }

    /// The kind and the size of an object, as they are promised.
    pub(crate) fn header(&self, id: &oid) -> Option<(Kind, u64)> {
        self.shared.header(id, MAX_PACKS_DEEP).ok()
    }
}

impl Find for Reader {
    fn try_find<'a>(
        &self,
        id: &oid,
        buffer: &'a mut Vec<u8>,
    ) -> Result<Option<Data<'a>>, gix::Error> {
        let kind = self.read(id, buffer);
        Ok(kind.map(|kind| Data { kind, object_hash: self.shared.hash, data: buffer }))
    }
}
