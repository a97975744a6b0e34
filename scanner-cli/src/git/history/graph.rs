//! Commits, trees and tags, and what is reached from where.

use crate::git::store::numbers::{Numbering, Numbers};
use std::collections::HashMap;

use gix::hash::oid;
use gix::objs::{CommitRefIter, Kind, TagRefIter};
use smallvec::SmallVec;
use tokensieve_core::Scanner;
use tokensieve_core::internal::Piece;

use crate::git::findings::matches::Matches;
use crate::git::store::ids::is_object;
use crate::git::store::objects::{NONE, Number};
use crate::git::store::sweep::ObjectVisitor;
use crate::git::store::trees::{self, Listing};

/// A commit.
#[derive(Clone, Debug)]
pub(crate) struct GraphCommit {
    pub(crate) object: Number,
    pub(crate) tree: Number,
    pub(crate) parents: SmallVec<[Number; 2]>,
    /// When it was committed, in seconds since 1970.
    pub(crate) time: i64,
}

/// Which objects mention which.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) commits: Vec<GraphCommit>,
    /// The targets of tags.
    pub(crate) tags: HashMap<Number, Number>,
    /// The trees in trees: the number of a tree, from where to where in `subtrees`.
    trees: Vec<(Number, u32, u32)>,
    subtrees: Vec<Number>,
    /// The blobs of interest in each tree that lists any.
    pub(crate) marked: HashMap<Number, Vec<Number>>,
    /// Blobs that any tree lists.
    pub(crate) listed: Numbers,
    /// The position of each tree in `trees`, of each commit in `commits`; [`NONE`] for other
    /// objects.
    positions: Vec<u32>,
    /// The numbers of the commits.
    commit_numbers: Numbers,
}

impl Graph {
    /// Adds what another thread has read.
    pub(crate) fn merge(&mut self, other: Self) {
        if self.trees.is_empty() && self.commits.is_empty() && self.tags.is_empty() {
            let listed = std::mem::take(&mut self.listed);
            *self = other;
            self.listed.merge(&listed);
        } else {
            self.add(&other);
        }
    }

    /// Adds what else is known.
    pub(crate) fn add(&mut self, other: &Self) {
        let offset = self.end();
        self.commits.extend(other.commits.iter().cloned());
        self.tags.extend(&other.tags);
        self.trees
            .extend(other.trees.iter().map(|(tree, from, to)| (*tree, from + offset, to + offset)));
        self.subtrees.extend(&other.subtrees);
        self.marked.extend(other.marked.iter().map(|(tree, blobs)| (*tree, blobs.clone())));
        self.listed.merge(&other.listed);
    }

    /// Sorts what was merged, so that it can be asked for.
    pub(crate) fn finish(&mut self) {
        self.commits.sort_unstable_by_key(|commit| commit.object);
        let numbers = || self.commits.iter().map(|commit| commit.object);
        let trees = || self.trees.iter().map(|(tree, ..)| *tree);
        let count = numbers().chain(trees()).max().map_or(0, |last| last as usize + 1);
        let mut positions = vec![NONE; count];
        for (number, at) in numbers().zip(0..).chain(trees().zip(0..)) {
            positions[number as usize] = at;
        }
        let mut commit_numbers = Numbers::default();
        commit_numbers.extend(numbers());
        (self.positions, self.commit_numbers) = (positions, commit_numbers);
    }

    fn end(&self) -> u32 {
        u32::try_from(self.subtrees.len()).expect("memory is full before there are as many")
    }

    /// Adds a tree.
    pub(crate) fn add_tree(&mut self, tree: Number, subtrees: impl IntoIterator<Item = Number>) {
        let from = self.end();
        self.subtrees.extend(subtrees);
        self.trees.push((tree, from, self.end()));
    }

    /// Adds trees, each with the number of its subtrees, which follow each other. A tree without a
    /// number is left out.
    pub(crate) fn add_trees(
        &mut self,
        trees: impl IntoIterator<Item = (Option<Number>, u32)>,
        subtrees: Vec<Number>,
    ) {
        let mut from = self.end();
        for (tree, count) in trees {
            self.trees.extend(tree.map(|tree| (tree, from, from + count)));
            from += count;
        }
        if self.subtrees.is_empty() {
            self.subtrees = subtrees;
        } else {
            self.subtrees.extend(subtrees);
        }
    }

    /// All trees with the trees in them.
    pub(crate) fn each_tree(&self) -> impl Iterator<Item = (Number, &[Number])> {
        self.trees
            .iter()
            .map(|(tree, from, to)| (*tree, &self.subtrees[*from as usize..*to as usize]))
    }

    /// The trees in a tree. Empty if it is missing.
    pub(crate) fn subtrees(&self, tree: Number) -> &[Number] {
        match self.position(tree) {
            Some(at) if !self.commit_numbers.contains(tree) => {
                let (_, from, to) = self.trees[at];
                &self.subtrees[from as usize..to as usize]
            }
            _ => &[],
        }
    }

    /// Whether all trees that were read are among these.
    pub(crate) fn reaches_all_trees(&self, reached: &Numbers) -> bool {
        self.trees.iter().all(|(tree, ..)| reached.contains(*tree))
    }

    pub(crate) fn commit(&self, object: Number) -> Option<&GraphCommit> {
        self.commit_numbers
            .contains(object)
            .then(|| self.position(object))
            .flatten()
            .map(|at| &self.commits[at])
    }

    /// Whether an object was read as a commit, a tree or a tag.
    pub(crate) fn has(&self, object: Number) -> bool {
        self.position(object).is_some() || self.tags.contains_key(&object)
    }

    fn position(&self, object: Number) -> Option<usize> {
        self.positions.get(object as usize).filter(|at| **at != NONE).map(|at| *at as usize)
    }

    /// What a tag leads to in the end.
    pub(crate) fn peeled(&self, object: Number) -> Number {
        let mut at = object;
        // A tag is made after its target; a chain that is longer than all tags does not exist.
        for _ in 0..=self.tags.len() {
            match self.tags.get(&at) {
                Some(target) => at = *target,
                None => break,
            }
        }
        at
    }

    /// All commits that are reached from these, themselves included. What is not stored is among
    /// them.
    pub(crate) fn ancestry(
        &self,
        tips: impl IntoIterator<Item = Number>,
        stops: &Numbers,
    ) -> Numbers {
        let mut seen = Numbers::default();
        let mut open: Vec<Number> = tips.into_iter().filter(|tip| seen.insert(*tip)).collect();
        while let Some(object) = open.pop() {
            if stops.contains(object) {
                continue;
            }
            let parents = self.commit(object).map_or(&[][..], |commit| &commit.parents);
            open.extend(parents.iter().filter(|parent| seen.insert(**parent)));
        }
        seen
    }

    /// Everything that is reached from some objects: commits, their trees, tags. Blobs are only in
    /// it where a tag or a tip names them. What is reached and not stored is in it.
    pub(crate) fn reached(
        &self,
        tips: impl IntoIterator<Item = Number>,
        shallow: &Numbers,
    ) -> Numbers {
        let mut seen = Numbers::default();
        let mut open: Vec<Number> = tips.into_iter().filter(|tip| seen.insert(*tip)).collect();
        while let Some(object) = open.pop() {
            let mut reach = |number: Number| {
                if seen.insert(number) {
                    open.push(number);
                }
            };
            if let Some(commit) = self.commit(object) {
                reach(commit.tree);
                if !shallow.contains(object) {
                    for parent in &commit.parents {
                        reach(*parent);
                    }
                }
            } else if self.position(object).is_some() {
                for subtree in self.subtrees(object) {
                    reach(*subtree);
                }
            } else if let Some(target) = self.tags.get(&object) {
                reach(*target);
            }
        }
        seen
    }
}

/// Reads commits, trees and tags into a graph, and scans the texts of commits and tags.
pub(crate) struct GraphReader<'a, 's> {
    pub(crate) numbering: &'a Numbering<'a>,
    pub(crate) hash: gix::hash::Kind,
    pub(crate) scanner: &'s Scanner,
    /// Blobs of interest.
    pub(crate) interest: &'a Numbers,
    pub(crate) graph: Graph,
    pub(crate) matches: Matches<'s, Number>,
    pub(crate) unreadable: Vec<Number>,
    /// Texts with encoded texts in them that were not searched to their end.
    pub(crate) cut: Vec<Number>,
    /// Trees that list submodules, each with a digest of what it says of them.
    pub(crate) with_submodules: Vec<(Number, u128)>,
}

impl GraphReader<'_, '_> {
    fn commit(&mut self, number: Number, data: &[u8]) -> Option<()> {
        let tree = CommitRefIter::from_bytes(data, self.hash).tree_id().ok()?;
        let parents = CommitRefIter::from_bytes(data, self.hash).parent_ids();
        let parents = parents.map(|id| self.numbering.number(&id)).collect();
        let committer = CommitRefIter::from_bytes(data, self.hash).committer();
        // A date that cannot be read is no reason to lose the commit.
        let time = committer.map_or(0, |committer| committer.seconds());
        self.graph.commits.push(GraphCommit {
            object: number,
            tree: self.numbering.number(&tree),
            parents,
            time,
        });
        self.text(number, data);
        Some(())
    }

    fn tag(&mut self, number: Number, data: &[u8]) -> Option<()> {
        let target = TagRefIter::from_bytes(data, self.hash).target_id().ok()?;
        self.graph.tags.insert(number, self.numbering.number(&target));
        self.text(number, data);
        Some(())
    }

    /// Whether an object is what its id says. An index can lead to another one, and what is reached
    /// from a commit or a tag depends on it.
    fn is_right(&self, number: Number, kind: Kind, data: &[u8]) -> bool {
        is_object(&self.numbering.objects.id(number), kind, data)
    }

    fn text(&mut self, number: Number, data: &[u8]) {
        let matches = &mut self.matches;
        let searched = self
            .scanner
            .scan(data, &mut |located| matches.insert(number, &located.matched, &located.secret));
        self.cut.extend((searched.cut > 0).then_some(number));
    }

    fn tree(
        &mut self,
        number: Number,
        data: &[u8],
        made_of: Option<(&Listing, &[Piece])>,
    ) -> Option<Listing> {
        let hash_len = self.hash.len_in_bytes();
        let (numbering, listed) = (self.numbering, &mut self.graph.listed);
        let listing = Listing::read(data, hash_len, made_of, |entry| {
            let number = numbering.number(oid::from_bytes_unchecked(entry.id));
            if !entry.is_tree() {
                listed.insert(number);
            }
            number
        });
        let listing = listing.ok()?;
        if number != NONE {
            self.graph.add_tree(number, listing.items().iter().filter_map(|item| item.tree()));
            if listing.items().iter().any(|item| item.is_submodule()) {
                // A tree that cannot be hashed is like no other.
                let digest = digest_of_submodules(data, self.hash).unwrap_or(number.into());
                self.with_submodules.push((number, digest));
            }
            let blobs = listing.items().iter().filter_map(|item| item.blob());
            let marked: Vec<Number> = blobs.filter(|blob| self.interest.contains(*blob)).collect();
            if !marked.is_empty() {
                self.graph.marked.insert(number, marked);
            }
        }
        Some(listing)
    }
}

/// Returns the same for trees that list the same submodules under the same names. Most trees list
/// those of the commit before.
fn digest_of_submodules(tree: &[u8], hash: gix::hash::Kind) -> Option<u128> {
    let mut listed = Vec::new();
    for entry in trees::submodules(tree, hash.len_in_bytes()) {
        listed.extend_from_slice(entry.name);
        listed.push(0);
        listed.extend_from_slice(entry.id);
    }
    let digest = gix::objs::compute_hash(hash, Kind::Blob, &listed).ok()?;
    Some(u128::from_be_bytes(*digest.as_slice().first_chunk()?))
}

impl ObjectVisitor for GraphReader<'_, '_> {
    type State = Listing;

    fn object(
        &mut self,
        number: Number,
        is_chosen: bool,
        kind: Kind,
        data: &[u8],
        made_of: Option<(&Listing, &[Piece])>,
    ) -> Listing {
        let read = match kind {
            Kind::Tree => {
                let number = if is_chosen { number } else { NONE };
                // A base that could not be read lists nothing: then the whole tree is read.
                self.tree(number, data, made_of)
            }
            Kind::Commit if is_chosen && self.is_right(number, kind, data) => {
                self.commit(number, data).map(|()| Listing::default())
            }
            Kind::Tag if is_chosen && self.is_right(number, kind, data) => {
                self.tag(number, data).map(|()| Listing::default())
            }
            Kind::Commit | Kind::Tag if is_chosen => None,
            Kind::Commit | Kind::Tag | Kind::Blob => Some(Listing::default()),
        };
        read.unwrap_or_else(|| {
            if is_chosen {
                self.unreadable.push(number);
            }
            Listing::default()
        })
    }

    fn large(&mut self, number: Number, _: &mut dyn std::io::Read) -> std::io::Result<()> {
        // Only blobs come as streams.
        self.unreadable.push(number);
        Ok(())
    }

    fn unreadable(&mut self, number: Number) {
        self.unreadable.push(number);
    }
}
