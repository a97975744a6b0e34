//! The objects of a repository: which there are, and where each is stored.

use std::cell::LazyCell;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gix::ObjectId;
use gix::hash::oid;
use gix::objs::Kind;
use gix::odb::{loose, pack};

use crate::git::store::database::Database;

/// The number of an object: ids in use are numbered in their order.
pub(crate) type Number = u32;

/// No entry, no object.
pub(crate) const NONE: u32 = u32::MAX;

/// Something that could not be read while objects were listed.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// The file or folder.
    pub(crate) path: PathBuf,
}

/// One entry of a pack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackEntry {
    /// Where it begins in the pack.
    pub(crate) offset: u64,
    /// The object it holds; [`NONE`] where the index does not tell.
    pub(crate) object: Number,
    /// The entry that it is a delta of, in the same pack.
    pub(crate) base: u32,
    /// The kind of object, where its chain of deltas ends at one.
    pub(crate) kind: Option<Kind>,
    /// Its base is an object outside of the pack.
    pub(crate) is_based_outside: bool,
    /// This is the copy of the object that is looked at; others are there for what is made of them.
    pub(crate) is_chosen: bool,
}

/// A pack. Its entries are only read when they are needed.
pub(crate) struct Pack {
    pub(crate) data: pack::data::File,
    index: pack::index::File,
    number: u32,
    linked: OnceLock<Linked>,
}

/// The entries of a pack, with what is made of which.
#[derive(Clone, Default)]
pub(crate) struct Linked {
    /// In their order in the pack.
    pub(crate) entries: Vec<PackEntry>,
    /// The deltas made of each entry: from where in `deltas`.
    first_delta: Vec<u32>,
    deltas: Vec<u32>,
}

impl Pack {
    /// Its entries, if they were read.
    pub(crate) fn entries_read(&self) -> Option<&[PackEntry]> {
        self.linked.get().map(|linked| linked.entries.as_slice())
    }
}

impl Linked {
    /// The entries that are deltas of an entry.
    pub(crate) fn deltas_of(&self, entry: u32) -> &[u32] {
        let entry = entry as usize;
        &self.deltas[self.first_delta[entry] as usize..self.first_delta[entry + 1] as usize]
    }

    /// Lists the deltas of each entry and tells the kinds of all.
    fn of(entries: Vec<PackEntry>) -> Self {
        let mut counts = vec![0_u32; entries.len() + 1];
        for entry in entries.iter().filter(|entry| entry.base != NONE) {
            counts[entry.base as usize + 1] += 1;
        }
        for at in 1..counts.len() {
            counts[at] += counts[at - 1];
        }
        let mut linked = Self { entries, first_delta: counts.clone(), deltas: Vec::new() };
        linked.deltas = vec![0; *counts.last().unwrap_or(&0) as usize];
        for (index, entry) in (0..).zip(&linked.entries) {
            if entry.base != NONE {
                let at = &mut counts[entry.base as usize];
                linked.deltas[*at as usize] = index;
                *at += 1;
            }
        }
        let is_root = |entry: &PackEntry| entry.base == NONE && entry.kind.is_some();
        let mut open: Vec<u32> = (0..)
            .zip(&linked.entries)
            .filter(|(_, entry)| is_root(entry))
            .map(|(index, _)| index)
            .collect();
        let mut order = Vec::with_capacity(linked.entries.len());
        while let Some(index) = open.pop() {
            order.push(index);
            let kind = linked.entries[index as usize].kind;
            for at in linked.first_delta[index as usize]..linked.first_delta[index as usize + 1] {
                let delta = linked.deltas[at as usize];
                linked.entries[delta as usize].kind = kind;
                open.push(delta);
            }
        }
        linked.put_small_first(&order);
        linked
    }

    /// Puts the deltas of each entry in an order in which few bases are needed at a time: the one
    /// that most is made of comes last, when its base is needed no more. So at most as many objects
    /// are open as the number of entries has bits. In `order`, bases come before their deltas.
    fn put_small_first(&mut self, order: &[u32]) {
        let mut sizes = vec![1_u32; self.entries.len()];
        for index in order.iter().rev() {
            let entry = self.entries[*index as usize];
            if entry.base != NONE {
                sizes[entry.base as usize] += sizes[*index as usize];
            }
        }
        for index in 0..self.entries.len() {
            let range = self.first_delta[index] as usize..self.first_delta[index + 1] as usize;
            self.deltas[range].sort_by_key(|delta| sizes[*delta as usize]);
        }
    }
}

/// Where the copy of an object that is read is stored.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum StoredAt {
    /// In a pack, which is read faster, by its number.
    Packed { pack: u32 },
    /// In a file of its own, in one of the folders.
    Loose { store: u32 },
}

/// All objects that are stored, each once.
pub(crate) struct Objects {
    hash: gix::hash::Kind,
    /// The ids, sorted, one behind the other.
    ids: Vec<u8>,
    /// Where the ids begin whose highest bits are a given number.
    buckets: Vec<u32>,
    bucket_bits: u32,
    pub(crate) places: Vec<StoredAt>,
    /// Those that are stored more than once, sorted.
    repeated: Vec<Number>,
    pub(crate) packs: Vec<Pack>,
    pub(crate) stores: Vec<loose::Store>,
    /// What could not be read.
    pub(crate) unreadable: Vec<Unreadable>,
}

impl Objects {
    /// Lists the objects in folders such as `.git/objects`.
    pub(crate) fn list(folders: &[PathBuf], hash: gix::hash::Kind) -> Self {
        let mut unreadable = Vec::new();
        let mut packs: Vec<Pack> = Vec::new();
        let mut stores = Vec::new();
        let mut loose: Vec<(ObjectId, StoredAt)> = Vec::new();
        for folder in folders {
            for index in indices(&folder.join("pack"), &mut unreadable) {
                let number = u32::try_from(packs.len()).expect("there are fewer packs");
                match open_pack(&index, hash, number) {
                    Ok(pack) => packs.push(pack),
                    Err(path) => unreadable.push(Unreadable { path }),
                }
            }
            let store = loose::Store::at(folder.clone(), hash);
            let number = u32::try_from(stores.len()).expect("there are fewer folders");
            for id in store.iter() {
                match id {
                    Ok(id) => loose.push((id, StoredAt::Loose { store: number })),
                    // A folder that is not there holds nothing.
                    Err(_) if !folder.is_dir() => {}
                    Err(_) => unreadable.push(Unreadable { path: folder.clone() }),
                }
            }
            stores.push(store);
        }
        loose.sort_unstable();
        let mut lists: Vec<Box<dyn Iterator<Item = (ObjectId, StoredAt)> + '_>> =
            vec![Box::new(loose.into_iter())];
        for pack in &packs {
            let place = StoredAt::Packed { pack: pack.number };
            lists.push(Box::new(pack.index.iter().map(move |entry| (entry.oid, place))));
        }
        let count = packs.iter().map(|pack| pack.index.num_objects() as usize).sum();
        let (ids, places, repeated) = merged(lists, count, hash.len_in_bytes());
        let (buckets, bucket_bits) = buckets(&ids, hash.len_in_bytes());
        Self { hash, ids, buckets, bucket_bits, places, repeated, packs, stores, unreadable }
    }

    /// The entries of a pack. `database` knows the kinds of bases that are stored elsewhere.
    pub(crate) fn linked<'o>(&'o self, pack: &'o Pack, database: &Database) -> &'o Linked {
        pack.linked.get_or_init(|| Linked::of(self.entries(pack, database)))
    }

    /// Reads the headers of a pack's entries.
    fn entries(&self, pack: &Pack, database: &Database) -> Vec<PackEntry> {
        use pack::data::entry::Header;

        let mut listed: Vec<(u64, ObjectId)> =
            pack.index.iter().map(|entry| (entry.pack_offset, entry.oid)).collect();
        listed.sort_unstable();
        listed.dedup_by_key(|(offset, _)| *offset);
        let by_offset =
            |offset: u64| listed.binary_search_by_key(&offset, |(offset, _)| *offset).ok();
        // Packs made today name their bases by offset.
        let by_id = LazyCell::new(|| -> HashMap<ObjectId, u32> {
            listed.iter().zip(0..).map(|((_, id), index)| (*id, index)).collect()
        });
        let reader = LazyCell::new(|| database.reader());
        let mut entries = Vec::with_capacity(listed.len());
        for (offset, id) in &listed {
            let object = self.number(id).unwrap_or(NONE);
            let is_chosen = object != NONE
                && self.places[object as usize] == StoredAt::Packed { pack: pack.number };
            let mut entry = PackEntry {
                offset: *offset,
                object,
                base: NONE,
                kind: None,
                is_based_outside: false,
                is_chosen,
            };
            match pack.data.entry(*offset).map(|entry| entry.header) {
                Ok(Header::OfsDelta { base_distance }) => {
                    let base = offset
                        .checked_sub(base_distance)
                        .filter(|_| base_distance > 0)
                        .and_then(by_offset);
                    entry.base = base.map_or(NONE, |base| base as u32);
                }
                Ok(Header::RefDelta { base_id }) => match by_id.get(&base_id) {
                    Some(base) => entry.base = *base,
                    None => {
                        entry.kind = reader.header(&base_id).map(|(kind, _)| kind);
                        entry.is_based_outside = true;
                    }
                },
                Ok(header) => entry.kind = header.as_kind(),
                Err(_) => {}
            }
            entries.push(entry);
        }
        entries
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// The length of ids, in bytes.
    pub(crate) fn id_len(&self) -> usize {
        self.hash.len_in_bytes()
    }

    /// Whether an object is stored more than once.
    pub(crate) fn is_repeated(&self, number: Number) -> bool {
        self.repeated.binary_search(&number).is_ok()
    }

    /// The numbers of all objects.
    pub(crate) fn numbers(&self) -> std::ops::Range<Number> {
        0..self.len() as Number
    }

    /// The id of an object.
    pub(crate) fn id(&self, number: Number) -> ObjectId {
        ObjectId::from_bytes_or_panic(self.bytes(number as usize))
    }

    fn bytes(&self, number: usize) -> &[u8] {
        let len = self.hash.len_in_bytes();
        &self.ids[number * len..(number + 1) * len]
    }

    /// The numbers of sorted ids, where the objects are stored. They are looked for from one to the
    /// next.
    pub(crate) fn numbers_of<'i>(
        &self,
        sorted: impl Iterator<Item = &'i [u8]>,
    ) -> impl Iterator<Item = Option<Number>> {
        let mut at = 0;
        sorted.map(move |id| {
            while at < self.len() && self.bytes(at) < id {
                at += 1;
            }
            (at < self.len() && self.bytes(at) == id).then_some(at as Number)
        })
    }

    /// The number of an id, where the object is stored.
    pub(crate) fn number(&self, id: &oid) -> Option<Number> {
        let bucket = bucket(id.as_bytes(), self.bucket_bits);
        let (mut low, mut high) =
            (self.buckets[bucket] as usize, self.buckets[bucket + 1] as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.bytes(middle).cmp(id.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Greater => high = middle,
                Ordering::Equal => return Some(middle as Number),
            }
        }
        None
    }

    /// The objects that no chain of deltas leads to, in the packs that were read.
    pub(crate) fn broken(&self) -> impl Iterator<Item = Number> + '_ {
        let entries = self
            .packs
            .iter()
            .filter_map(|pack| pack.linked.get())
            .flat_map(|linked| &linked.entries);
        entries.filter(|entry| entry.is_chosen && entry.kind.is_none()).map(|entry| entry.object)
    }
}

/// Puts sorted lists in one order, each id once, with the place that is read fastest.
fn merged(
    mut lists: Vec<Box<dyn Iterator<Item = (ObjectId, StoredAt)> + '_>>,
    count: usize,
    id_len: usize,
) -> (Vec<u8>, Vec<StoredAt>, Vec<Number>) {
    let mut ids: Vec<u8> = Vec::with_capacity(count * id_len);
    let mut places: Vec<StoredAt> = Vec::with_capacity(count);
    let mut repeated: Vec<Number> = Vec::new();
    let mut add = |id: &ObjectId, place: StoredAt| {
        if !ids.ends_with(id.as_slice()) {
            ids.extend_from_slice(id.as_slice());
            places.push(place);
        } else {
            repeated.push(places.len() as Number - 1);
        }
    };
    let mut heads: BinaryHeap<_> = (0..)
        .zip(&mut lists)
        .filter_map(|(list, ids)| ids.next().map(|(id, place)| Reverse((id, place, list))))
        .collect();
    while let Some(Reverse((id, place, list))) = heads.pop() {
        add(&id, place);
        let rest: &mut Box<dyn Iterator<Item = (ObjectId, StoredAt)> + '_> = &mut lists[list];
        if heads.is_empty() {
            // The last list is in order by itself.
            for (id, place) in rest {
                add(&id, place);
            }
        } else {
            heads.extend(rest.next().map(|(id, place)| Reverse((id, place, list))));
        }
    }
    repeated.dedup();
    (ids, places, repeated)
}

/// Where the ids begin whose highest bits are a given number, and how many bits that are.
fn buckets(ids: &[u8], id_len: usize) -> (Vec<u32>, u32) {
    /// As many ids share a bucket, on average.
    const IDS_PER_BUCKET: usize = 4;
    let bits = (ids.len() / id_len / IDS_PER_BUCKET).max(1).ilog2().clamp(1, 24);
    let mut buckets = vec![0_u32; (1 << bits) + 1];
    for id in ids.chunks_exact(id_len) {
        buckets[bucket(id, bits) + 1] += 1;
    }
    for at in 1..buckets.len() {
        buckets[at] += buckets[at - 1];
    }
    (buckets, bits)
}

/// The highest bits of an id.
fn bucket(id: &[u8], bits: u32) -> usize {
    let head = id.first_chunk().expect("ids have twenty bytes or more");
    (u32::from_be_bytes(*head) >> (32 - bits)) as usize
}

/// The pack indices in a folder, in the order of their names. A pack without one is unreadable.
fn indices(folder: &Path, unreadable: &mut Vec<Unreadable>) -> Vec<PathBuf> {
    let list = match std::fs::read_dir(folder) {
        Ok(list) => list,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(_) => {
            unreadable.push(Unreadable { path: folder.to_owned() });
            return Vec::new();
        }
    };
    let mut indices = Vec::new();
    for entry in list {
        match entry.map(|entry| entry.path()) {
            Ok(path) if path.extension().is_some_and(|extension| extension == "idx") => {
                indices.push(path)
            }
            Ok(path) if path.extension().is_some_and(|extension| extension == "pack") => {
                if !path.with_extension("idx").exists() {
                    unreadable.push(Unreadable { path });
                }
            }
            Ok(_) => {}
            Err(_) => unreadable.push(Unreadable { path: folder.to_owned() }),
        }
    }
    indices.sort();
    indices
}

/// Opens a pack with its index. The error is the file that cannot be read.
fn open_pack(index: &Path, hash: gix::hash::Kind, number: u32) -> Result<Pack, PathBuf> {
    let path = index.with_extension("pack");
    // A pipe would block, a device would have no end.
    if !index.is_file() {
        return Err(index.to_owned());
    }
    if !path.is_file() {
        return Err(path);
    }
    let index = pack::index::File::at(index, hash).map_err(|_| index.to_owned())?;
    let data = pack::data::File::at(&path, hash).map_err(|_| path)?;
    Ok(Pack { data, index, number, linked: OnceLock::new() })
}
