//! What was seen of a repository, kept for the next scan.
//!
//! A record describes a set of objects: which of them tell what was found, and what commits, trees
//! and tags lead to. It holds ids and numbers, no secrets and no text. Objects never change, so a
//! record stays true as long as the engine and its rules are the same, which its name tells, and as
//! long as objects that were missing then are missing still, and its trees are there still.
//! Described objects are not read again, except those with matches, which are scanned again: all
//! with a match that is not refuted, and for every other secret one (see
//! [`Matches::with_matches`](crate::git::findings::matches::Matches::telling)).
//!
//! A record is written beside its place and renamed, and ends with a checksum. So a run that was
//! cut short leaves nothing behind that would be taken for a record, and runs at the same time do
//! not get into each other's way.

use crate::git::store::numbers::{Numbering, Numbers};
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gix::ObjectId;
use serde::{Deserialize, Serialize};
use tokensieve_core::coverage::Container;

use crate::git::history::graph::{Graph, GraphCommit};
use crate::git::store::objects::{NONE, Number, Objects};
use crate::mmap::with_map;

/// The form of records. It is part of their names.
const RECORD_VERSION: u32 = 5;
const RECORD_EXTENSION: &str = "tokensieve-cache";
/// How many records a folder may have before they are merged into one.
const MAX_RECORDS: usize = 8;
const CHECKSUM_LEN: usize = 4;

/// A record. Objects are named by their position in `ids`.
#[derive(Deserialize, Serialize)]
struct Record<'r> {
    /// The ids of all objects that are described, sorted, then of those that are only mentioned.
    #[serde(borrow)]
    ids: &'r [u8],
    described: u32,
    /// Blobs with their sizes.
    blobs: Vec<(u32, u64)>,
    /// Objects with matches, which have to be scanned again to know the secrets in them.
    with_matches: Vec<u32>,
    containers: Vec<(u8, u32)>,
    /// Trees with a digest of the submodules that they list.
    submodules: Vec<(u32, u128)>,
    /// Commits with their trees, times and numbers of parents.
    commits: Vec<(u32, u32, i64, u32)>,
    parents: Vec<u32>,
    tags: Vec<(u32, u32)>,
    /// Trees with the number of their subtrees.
    trees: Vec<(u32, u32)>,
    subtrees: Vec<u32>,
    /// Blobs that trees list.
    listed: Vec<u32>,
    /// Trees with those blobs that they list.
    marked: Vec<(u32, Vec<u32>)>,
    /// What is mentioned and was not stored.
    absent: Vec<u32>,
}

/// What is known of objects.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) described: Numbers,
    /// Blobs that were scanned, with their sizes.
    pub(crate) blobs: Vec<(Number, u64)>,
    pub(crate) with_matches: Numbers,
    pub(crate) containers: Vec<(Container, Number)>,
    /// Trees that list submodules, each with a digest of what it says of them.
    pub(crate) submodules: Vec<(Number, u128)>,
    pub(crate) graph: Graph,
}

impl Known {
    /// Adds what was seen of other objects.
    pub(crate) fn add(&mut self, other: &Self) {
        self.described.merge(&other.described);
        self.blobs.extend(&other.blobs);
        self.with_matches.merge(&other.with_matches);
        self.containers.extend(&other.containers);
        self.submodules.extend(&other.submodules);
        self.graph.add(&other.graph);
    }
}

/// A folder with records.
pub(crate) struct Cache {
    folder: PathBuf,
    /// What the names of records that can be used begin with.
    prefix: String,
    /// The records that were read.
    read: Vec<PathBuf>,
}

impl Cache {
    /// A cache in a folder, for an engine with this identity.
    pub(crate) fn new(folder: &Path, identity: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            prefix: format!("{RECORD_VERSION}-{identity}-"),
            read: Vec::new(),
        }
    }

    /// Reads what is known of the objects that are stored. A record that cannot be used is as good
    /// as none.
    pub(crate) fn load(&mut self, objects: &Objects, numbering: &Numbering<'_>) -> Known {
        let mut known = Known::default();
        let files = std::fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        let mut files: Vec<PathBuf> =
            files.map(|file| file.path()).filter(|path| self.is_record(path)).collect();
        files.sort();
        for file in files {
            let Ok(opened) = File::open(&file) else { continue };
            let Ok(len) = opened.metadata().map(|metadata| metadata.len() as usize) else {
                continue;
            };
            let read = with_map(&opened, len, |data| {
                let record = postcard::from_bytes::<Record<'_>>(checked(data)?).ok()?;
                record.add_to(&mut known, objects, numbering)
            });
            if read.is_ok() {
                self.read.push(file);
            }
        }
        known
    }

    fn is_record(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.starts_with(&self.prefix)
            && path.extension().is_some_and(|extension| extension == RECORD_EXTENSION)
    }

    /// Whether what is known should be written as one record, together with what is new.
    pub(crate) fn is_crowded(&self) -> bool {
        self.read.len() >= MAX_RECORDS
    }

    /// Writes a record of what is known of some objects.
    pub(crate) fn store(
        &self,
        known: &Known,
        objects: &Objects,
        missing: &HashMap<Number, ObjectId>,
    ) -> io::Result<()> {
        let mut ids = Vec::new();
        let mut names = Names { numbers: HashMap::new(), ids: &mut ids, objects, missing };
        let described: Vec<Number> = known.described.iter().collect();
        for number in &described {
            names.name(*number);
        }
        let graph = &known.graph;
        let mut record = Record {
            ids: &[],
            described: described.len() as u32,
            blobs: known.blobs.iter().map(|(number, size)| (names.name(*number), *size)).collect(),
            with_matches: known.with_matches.iter().map(|number| names.name(number)).collect(),
            containers: known
                .containers
                .iter()
                .map(|(kind, number)| (byte(*kind), names.name(*number)))
                .collect(),
            submodules: known
                .submodules
                .iter()
                .map(|(tree, digest)| (names.name(*tree), *digest))
                .collect(),
            commits: Vec::new(),
            parents: Vec::new(),
            tags: sorted(&graph.tags)
                .into_iter()
                .map(|(tag, to)| (names.name(tag), names.name(*to)))
                .collect(),
            trees: Vec::new(),
            subtrees: Vec::new(),
            listed: graph.listed.iter().map(|number| names.name(number)).collect(),
            marked: sorted(&graph.marked)
                .into_iter()
                .map(|(tree, blobs)| {
                    (names.name(tree), blobs.iter().map(|blob| names.name(*blob)).collect())
                })
                .collect(),
            absent: Vec::new(),
        };
        for GraphCommit { object, tree, parents, time } in &graph.commits {
            record.commits.push((
                names.name(*object),
                names.name(*tree),
                *time,
                parents.len() as u32,
            ));
            record.parents.extend(parents.iter().map(|parent| names.name(*parent)));
        }
        for (tree, subtrees) in graph.each_tree() {
            record.trees.push((names.name(tree), subtrees.len() as u32));
            record.subtrees.extend(subtrees.iter().map(|tree| names.name(*tree)));
        }
        record.absent = names
            .numbers
            .iter()
            .filter(|(number, _)| missing.contains_key(number))
            .map(|(_, name)| *name)
            .collect();
        record.absent.sort_unstable();
        record.ids = &ids;
        let mut data = postcard::to_stdvec(&record).map_err(io::Error::other)?;
        let checksum = crc32fast::hash(&data).to_le_bytes();
        data.extend_from_slice(&checksum);
        self.write(&data)
    }

    fn write(&self, data: &[u8]) -> io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::Builder::new().prefix(".tokensieve-").tempfile_in(&self.folder)?;
        file.write_all(data)?;
        let name = format!(
            "{}{:08x}{:08x}.{RECORD_EXTENSION}",
            self.prefix,
            data.len(),
            crc32fast::hash(data)
        );
        file.persist(self.folder.join(name)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Removes the records that were read, after one that holds all of them was written.
    pub(crate) fn remove_read(&self) {
        for file in &self.read {
            // Another run may have done so already.
            let _ = std::fs::remove_file(file);
        }
    }
}

/// The data before the checksum, if that is right.
fn checked(data: &[u8]) -> Option<&[u8]> {
    let (data, checksum) = data.split_last_chunk::<CHECKSUM_LEN>()?;
    (crc32fast::hash(data) == u32::from_le_bytes(*checksum)).then_some(data)
}

fn sorted<T>(map: &HashMap<Number, T>) -> Vec<(Number, &T)> {
    let mut list: Vec<_> = map.iter().map(|(number, value)| (*number, value)).collect();
    list.sort_by_key(|(number, _)| *number);
    list
}

/// Positions in the list of ids.
struct Names<'a> {
    numbers: HashMap<Number, u32>,
    ids: &'a mut Vec<u8>,
    objects: &'a Objects,
    missing: &'a HashMap<Number, ObjectId>,
}

impl Names<'_> {
    fn name(&mut self, number: Number) -> u32 {
        let next = self.numbers.len() as u32;
        *self.numbers.entry(number).or_insert_with(|| {
            let id = self.missing.get(&number).copied().unwrap_or_else(|| self.objects.id(number));
            self.ids.extend_from_slice(id.as_slice());
            next
        })
    }
}

impl Record<'_> {
    /// Adds what the record says of objects that are stored. `None` if it cannot be used.
    fn add_to(
        mut self,
        known: &mut Known,
        objects: &Objects,
        numbering: &Numbering<'_>,
    ) -> Option<()> {
        let len = objects.id_len();
        let count = self.ids.len() / len;
        let (ours, others) = self.ids.split_at_checked(self.described as usize * len)?;
        let id = |name: u32| {
            gix::hash::oid::from_bytes_unchecked(&self.ids[name as usize * len..][..len])
        };
        if self
            .absent
            .iter()
            .any(|name| *name as usize >= count || objects.number(id(*name)).is_some())
        {
            return None;
        }
        let mut stored: Vec<Number> = Vec::with_capacity(count);
        let other = |id| objects.number(gix::hash::oid::from_bytes_unchecked(id));
        stored.extend(
            objects.numbers_of(ours.chunks_exact(len)).map(|number| number.unwrap_or(NONE)),
        );
        stored.extend(others.chunks_exact(len).map(|id| other(id).unwrap_or(NONE)));
        let described = |name: u32| -> Option<Number> {
            stored
                .get(name as usize)
                .copied()
                .filter(|number| name < self.described && *number != NONE)
        };
        // An object does not count if only an object that is gone mentions it.
        let mentioned = |name: u32| match stored[name as usize] {
            NONE => numbering.number(id(name)),
            number => number,
        };
        let is_sound = |name: &u32| (*name as usize) < count;
        let names = self.commits.iter().map(|(_, tree, ..)| tree).chain(&self.parents);
        let names = names
            .chain(self.tags.iter().map(|(_, to)| to))
            .chain(&self.subtrees)
            .chain(&self.listed);
        if !names.chain(self.marked.iter().flat_map(|(_, blobs)| blobs)).all(is_sound) {
            return None;
        }
        // An object need not be there if only a tree that is gone lists it.
        if self.trees.iter().any(|(tree, _)| described(*tree).is_none()) {
            return None;
        }
        known.described.extend((0..self.described).filter_map(described));
        let blobs = self.blobs.iter();
        known.blobs.extend(blobs.filter_map(|(name, size)| Some((described(*name)?, *size))));
        known.with_matches.extend(self.with_matches.iter().filter_map(|name| described(*name)));
        let containers = self.containers.iter();
        known.containers.extend(
            containers.filter_map(|(kind, name)| Some((container(*kind)?, described(*name)?))),
        );
        let submodules = self.submodules.iter();
        known
            .submodules
            .extend(submodules.filter_map(|(name, digest)| Some((described(*name)?, *digest))));
        let graph = &mut known.graph;
        let mut parents = self.parents.as_slice();
        graph.commits.reserve(self.commits.len());
        for (object, tree, time, count) in &self.commits {
            let own = parents.split_off(..*count as usize)?;
            if let Some(object) = described(*object) {
                let parents = own.iter().map(|parent| mentioned(*parent)).collect();
                graph.commits.push(GraphCommit {
                    object,
                    tree: mentioned(*tree),
                    parents,
                    time: *time,
                });
            }
        }
        graph.tags.extend(
            self.tags.iter().filter_map(|(tag, to)| Some((described(*tag)?, mentioned(*to)))),
        );
        let mut subtrees = std::mem::take(&mut self.subtrees);
        if self.trees.iter().map(|(_, count)| u64::from(*count)).sum::<u64>()
            != subtrees.len() as u64
        {
            return None;
        }
        for name in &mut subtrees {
            *name = mentioned(*name);
        }
        graph
            .add_trees(self.trees.iter().map(|(tree, count)| (described(*tree), *count)), subtrees);
        graph.listed.extend(self.listed.iter().map(|name| mentioned(*name)));
        for (tree, blobs) in &self.marked {
            if let Some(tree) = described(*tree) {
                graph.marked.insert(tree, blobs.iter().map(|blob| mentioned(*blob)).collect());
            }
        }
        Some(())
    }
}

const CONTAINERS: [Container; 4] =
    [Container::Archive, Container::Lfs, Container::Submodule, Container::Encrypted];

fn byte(kind: Container) -> u8 {
    CONTAINERS.iter().position(|other| *other == kind).unwrap_or_default() as u8
}

fn container(byte: u8) -> Option<Container> {
    CONTAINERS.get(usize::from(byte)).copied()
}
