//! Reads trees, and keeps those that were read last.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use gix::ObjectId;
use gix::bstr::{BString, ByteSlice};
use gix::objs::Kind;

use crate::git::store::database::Reader;
use crate::git::store::trees;

/// An entry of a tree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct TreeEntry {
    pub(crate) id: ObjectId,
    pub(crate) kind: EntryKind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum EntryKind {
    Tree,
    Blob,
    Submodule,
}

/// A tree in memory.
pub(crate) type Tree = BTreeMap<BString, TreeEntry>;

/// Reads trees, and keeps those that were read last.
pub(crate) struct Trees {
    reader: Reader,
    known: HashMap<ObjectId, Option<Arc<Tree>>>,
    /// How many trees and entries are kept.
    kept: usize,
    /// Trees that cannot be read.
    pub(crate) missing: HashSet<ObjectId>,
    /// How many more steps may be taken in folders that were compared before.
    pub(crate) repetitions: usize,
    /// When walks have to end.
    deadline: Option<Instant>,
}

impl Trees {
    pub(crate) fn new(reader: Reader, deadline: Option<Instant>) -> Self {
        /// The most paths that are listed one by one of folders that occur more than once.
        const MAX_REPETITIONS: usize = 100_000;
        Self {
            reader,
            known: HashMap::new(),
            kept: 0,
            missing: HashSet::new(),
            repetitions: MAX_REPETITIONS,
            deadline,
        }
    }

    pub(crate) fn read(&mut self, id: ObjectId) -> Option<Arc<Tree>> {
        /// More trees and entries than this are not kept: about 40 MiB.
        const MAX_CACHED: usize = 400_000;
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let tree =
            if id.is_empty_tree() { Some(Tree::new()) } else { self.parsed(id) }.map(Arc::new);
        if tree.is_none() {
            self.missing.insert(id);
        }
        self.kept += 1 + tree.as_ref().map_or(0, |tree| tree.len());
        if self.kept >= MAX_CACHED {
            self.known.clear();
            self.kept = 0;
        }
        self.known.insert(id, tree.clone());
        tree
    }

    fn parsed(&self, id: ObjectId) -> Option<Tree> {
        let mut data = Vec::new();
        if self.reader.read(&id, &mut data)? != Kind::Tree {
            return None;
        }
        let mut tree = Tree::new();
        for entry in trees::each(&data, id.kind().len_in_bytes()) {
            let entry = entry.ok()?;
            let kind = match &entry {
                entry if entry.is_tree() => EntryKind::Tree,
                entry if entry.is_submodule() => EntryKind::Submodule,
                _ => EntryKind::Blob,
            };
            let stored = TreeEntry { id: ObjectId::from_bytes_or_panic(entry.id), kind };
            // Of two entries with one name, a map would hide one.
            if tree.insert(BString::from(entry.name), stored).is_some() {
                return None;
            }
        }
        Some(tree)
    }

    /// Whether time is over.
    pub(crate) fn is_late(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// The blob that a tree has at a path.
    pub(crate) fn blob_at(&mut self, tree: ObjectId, path: &[u8]) -> Option<ObjectId> {
        let mut at = TreeEntry { id: tree, kind: EntryKind::Tree };
        for name in path.split(|byte| *byte == b'/') {
            let folder = (at.kind == EntryKind::Tree).then_some(at.id)?;
            at = *self.read(folder)?.get(name.as_bstr())?;
        }
        (at.kind == EntryKind::Blob).then_some(at.id)
    }

    /// All blobs in a tree, each once; those that were seen before time was over.
    pub(crate) fn blobs(&mut self, tree: ObjectId, seen: &mut HashSet<ObjectId>) -> Vec<ObjectId> {
        let mut blobs = Vec::new();
        let mut open = vec![tree];
        while let Some(tree) = open.pop() {
            if !seen.insert(tree) {
                continue;
            }
            if self.is_late() {
                break;
            }
            for entry in self.read(tree).iter().flat_map(|tree| tree.values()) {
                match entry.kind {
                    EntryKind::Tree => open.push(entry.id),
                    EntryKind::Blob => {
                        if seen.insert(entry.id) {
                            blobs.push(entry.id);
                        }
                    }
                    EntryKind::Submodule => {}
                }
            }
        }
        blobs
    }
}
