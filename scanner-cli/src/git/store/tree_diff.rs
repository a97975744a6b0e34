//! What trees hold, tree against tree, and which secrets are in them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

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

/// Something that is in a tree and in none of those it is compared with, at this path.
#[derive(Clone, Debug)]
pub(crate) struct NewEntry {
    pub(crate) path: Vec<u8>,
    pub(crate) id: ObjectId,
    pub(crate) kind: EntryKind,
}

/// What tells a tree from others.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    pub(crate) new: Vec<NewEntry>,
    /// The blobs that one of the others has where this tree has another one, or none.
    pub(crate) old: HashSet<ObjectId>,
}

/// Reads trees, and keeps those that were read last.
pub(crate) struct Trees {
    reader: Reader,
    known: HashMap<ObjectId, Option<Arc<Tree>>>,
    /// Trees that cannot be read.
    pub(crate) missing: HashSet<ObjectId>,
}

impl Trees {
    pub(crate) fn new(reader: Reader) -> Self {
        Self { reader, known: HashMap::new(), missing: HashSet::new() }
    }

    pub(crate) fn read(&mut self, id: ObjectId) -> Option<Arc<Tree>> {
        /// More trees than this are not kept.
        const MAX_CACHED_TREES: usize = 20_000;
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        let tree =
            if id.is_empty_tree() { Some(Tree::new()) } else { self.parsed(id) }.map(Arc::new);
        if tree.is_none() {
            self.missing.insert(id);
        }
        if self.known.len() >= MAX_CACHED_TREES {
            self.known.clear();
        }
        self.known.insert(id, tree.clone());
        tree
    }

    fn parsed(&self, id: ObjectId) -> Option<Tree> {
        let mut data = Vec::new();
        if self.reader.read(&id, &mut data)? != Kind::Tree {
            return None;
        }
        let entries = trees::each(&data, id.kind().len_in_bytes()).map(|entry| {
            let entry = entry.ok()?;
            let kind = match &entry {
                entry if entry.is_tree() => EntryKind::Tree,
                entry if entry.is_submodule() => EntryKind::Submodule,
                _ => EntryKind::Blob,
            };
            Some((
                BString::from(entry.name),
                TreeEntry { id: ObjectId::from_bytes_or_panic(entry.id), kind },
            ))
        });
        entries.collect()
    }

    /// What a tree has at its paths that none of the others has there.
    pub(crate) fn changes(&mut self, tree: ObjectId, others: &[ObjectId]) -> Changes {
        let mut changes = Changes::default();
        let mut open: Vec<(Vec<u8>, Option<ObjectId>, Vec<ObjectId>)> =
            vec![(Vec::new(), Some(tree), others.to_vec())];
        while let Some((folder, tree, others)) = open.pop() {
            // What one of them has, none of this is new.
            if tree.is_some_and(|tree| others.contains(&tree)) {
                continue;
            }
            let tree = tree.and_then(|tree| self.read(tree));
            let others: Vec<Arc<Tree>> =
                others.iter().filter_map(|other| self.read(*other)).collect();
            let path = |name: &BString| [folder.as_slice(), name.as_slice()].concat();
            for (name, entry) in tree.iter().flat_map(|tree| tree.iter()) {
                let there: Vec<TreeEntry> =
                    others.iter().filter_map(|other| other.get(name)).copied().collect();
                if there.contains(entry) {
                    continue;
                }
                changes.old.extend(
                    there.iter().filter(|old| old.kind == EntryKind::Blob).map(|old| old.id),
                );
                let trees = there
                    .iter()
                    .filter(|old| old.kind == EntryKind::Tree)
                    .map(|old| old.id)
                    .collect();
                if entry.kind == EntryKind::Tree {
                    open.push(([path(name).as_slice(), b"/"].concat(), Some(entry.id), trees));
                } else {
                    changes.new.push(NewEntry { path: path(name), id: entry.id, kind: entry.kind });
                    if !trees.is_empty() {
                        open.push(([path(name).as_slice(), b"/"].concat(), None, trees));
                    }
                }
            }
            // What is gone.
            for (name, entry) in others.iter().flat_map(|other| other.iter()) {
                if tree.as_ref().is_none_or(|tree| !tree.contains_key(name)) {
                    match entry.kind {
                        EntryKind::Blob => drop(changes.old.insert(entry.id)),
                        EntryKind::Tree => open.push((path(name), None, vec![entry.id])),
                        EntryKind::Submodule => {}
                    }
                }
            }
        }
        changes.new.sort_by(|a, b| a.path.cmp(&b.path));
        changes
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

    /// All blobs in a tree with their paths.
    pub(crate) fn blobs(&mut self, tree: ObjectId, seen: &mut HashSet<ObjectId>) -> Vec<ObjectId> {
        let mut blobs = Vec::new();
        let mut open = vec![tree];
        while let Some(tree) = open.pop() {
            if !seen.insert(tree) {
                continue;
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
