//! Which objects and trees of a range hold which of the secrets that were found.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Instant;

use gix::ObjectId;

use crate::git::findings::matches::FoundSecret;
use crate::git::findings::rescanner::Introduction;
use crate::git::findings::scan_objects;
use crate::git::store::changes::Changes;
use crate::git::store::commits::StoredCommit;
use crate::git::store::database::Database;
use crate::git::store::tree_diff::{EntryKind, Trees};
use crate::pipeline::Pipeline;

/// Where commits brought a secret in.
#[derive(Clone, Debug, Default)]
pub(super) struct Brought {
    pub(super) places: Vec<Introduction>,
    /// How many more such places there are.
    pub(super) more: u64,
}

impl Brought {
    fn insert(&mut self, place: impl FnOnce() -> Introduction, max: usize) {
        if self.places.len() < max {
            self.places.push(place());
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Adds the places that another commit brought. `count` secrets share what is kept.
    pub(super) fn add(&mut self, other: Self, count: usize) {
        self.more = self.more.saturating_add(other.more);
        for place in other.places {
            self.insert(|| place, Introduction::max_kept(count));
        }
    }
}

/// What searches trees for secrets.
pub(super) struct Lookout<'r, 'p> {
    pub(super) pipeline: &'p Pipeline,
    pub(super) database: &'r Database,
    pub(super) threads: usize,
    pub(super) deadline: Option<Instant>,
    pub(super) trees: &'r mut Trees,
}

/// Which objects hold which of the secrets that were found.
pub(super) struct SecretsByObject {
    secrets: HashMap<(String, Vec<u8>), u32>,
    blobs: HashMap<ObjectId, Vec<u32>>,
    trees: HashMap<ObjectId, Vec<u32>>,
    /// Trees below which all blobs are known.
    known: HashSet<ObjectId>,
}

impl SecretsByObject {
    pub(super) fn new(found: &[FoundSecret<'_, ObjectId>]) -> Self {
        let key = |found: &FoundSecret<'_, ObjectId>| {
            (found.rule.id().to_owned(), found.secret.expose().to_vec())
        };
        let secrets = found.iter().map(key).zip(0..).collect();
        let mut blobs: HashMap<ObjectId, Vec<u32>> = HashMap::new();
        for (secret, found) in (0..).zip(found) {
            for object in &found.objects {
                blobs.entry(*object).or_default().push(secret);
            }
        }
        Self { secrets, blobs, trees: HashMap::new(), known: HashSet::new() }
    }

    /// The secrets in what a commit brought, with their places.
    pub(super) fn brought(
        &self,
        commit: &StoredCommit,
        changes: &Changes,
    ) -> BTreeMap<u32, Brought> {
        let max = Introduction::max_kept(self.secrets.len());
        let mut brought: BTreeMap<u32, Brought> = BTreeMap::new();
        let place = |path: Vec<u8>, object| Introduction { commit: Some(commit.id), path, object };
        for new in &changes.new {
            for secret in self.blobs.get(&new.id).into_iter().flatten() {
                let brought = brought.entry(*secret).or_default();
                brought.insert(|| place(new.path(), new.id), max);
            }
        }
        for secret in self.blobs.get(&commit.id).into_iter().flatten() {
            brought.entry(*secret).or_default().insert(|| place(Vec::new(), commit.id), max);
        }
        for (id, count) in &changes.unlisted {
            for secret in self.blobs.get(id).into_iter().flatten() {
                // Places that are excluded where they are listed have been counted as a gap.
                if let Some(brought) = brought.get_mut(secret) {
                    brought.more = brought.more.saturating_add(*count);
                }
            }
        }
        brought
    }

    /// Whether a tree holds a secret. The blobs that a commit replaced are scanned first: there it
    /// is if it was moved. Blobs are scanned when they are first asked about.
    pub(super) fn tree_contains(
        &mut self,
        lookout: &mut Lookout<'_, '_>,
        tree: ObjectId,
        likely: &HashSet<ObjectId>,
        secret: u32,
    ) -> bool {
        let mut likely: Vec<ObjectId> = likely.iter().copied().collect();
        likely.sort();
        self.scan_for_secrets(lookout, &likely);
        if likely.iter().any(|blob| self.blobs.get(blob).is_some_and(|held| held.contains(&secret)))
        {
            return true;
        }
        self.in_tree(lookout, tree).contains(&secret)
    }

    pub(super) fn contains(
        &mut self,
        lookout: &mut Lookout<'_, '_>,
        commit: &StoredCommit,
        secret: u32,
    ) -> bool {
        self.blobs.get(&commit.id).is_some_and(|held| held.contains(&secret))
            || self.in_tree(lookout, commit.tree).contains(&secret)
    }

    /// Scans blobs that have not been scanned, for the secrets that were found.
    fn scan_for_secrets(&mut self, lookout: &Lookout<'_, '_>, blobs: &[ObjectId]) {
        let unknown: Vec<ObjectId> =
            blobs.iter().copied().filter(|blob| !self.blobs.contains_key(blob)).collect();
        if unknown.is_empty() {
            return;
        }
        let Lookout { pipeline, database, threads, deadline, .. } = *lookout;
        let scanned = scan_objects::scan(pipeline, database, &unknown, threads, deadline);
        for blob in unknown {
            self.blobs.insert(blob, Vec::new());
        }
        for found in scanned.matches.finish().0 {
            let key = (found.rule.id().to_owned(), found.secret.expose().to_vec());
            if let Some(secret) = self.secrets.get(&key) {
                for object in found.objects {
                    self.blobs.entry(object).or_default().push(*secret);
                }
            }
        }
    }

    /// The secrets in a tree.
    fn in_tree(&mut self, lookout: &mut Lookout<'_, '_>, tree: ObjectId) -> &[u32] {
        if !self.trees.contains_key(&tree) {
            let blobs = lookout.trees.blobs(tree, &mut self.known);
            self.scan_for_secrets(lookout, &blobs);
            let held = self.sum(lookout, tree);
            self.trees.insert(tree, held);
        }
        &self.trees[&tree]
    }

    fn sum(&mut self, lookout: &mut Lookout<'_, '_>, root: ObjectId) -> Vec<u32> {
        // Subtrees first, without recursion: a tree can be nested deeper than a stack of calls.
        let mut open = vec![(root, false)];
        let mut started = HashSet::new();
        while let Some((tree, is_ready)) = open.pop() {
            if self.trees.contains_key(&tree) {
                continue;
            }
            let Some(entries) = lookout.trees.read(tree) else {
                self.trees.insert(tree, Vec::new());
                continue;
            };
            let of_kind = |kind: EntryKind| {
                entries.values().filter(move |entry| entry.kind == kind).map(|entry| entry.id)
            };
            if !is_ready {
                if started.insert(tree) {
                    open.push((tree, true));
                    open.extend(of_kind(EntryKind::Tree).map(|tree| (tree, false)));
                }
                continue;
            }
            let in_blobs = of_kind(EntryKind::Blob).filter_map(|blob| self.blobs.get(&blob));
            let in_trees = of_kind(EntryKind::Tree).filter_map(|tree| self.trees.get(&tree));
            let mut held: Vec<u32> = in_blobs.chain(in_trees).flatten().copied().collect();
            held.sort_unstable();
            held.dedup();
            self.trees.insert(tree, held);
        }
        self.trees.get(&root).cloned().unwrap_or_default()
    }
}
