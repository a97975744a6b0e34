//! Finds the paths in trees that rules about paths alone match.
//!
//! Such a finding is a path: it is introduced by a commit whose tree has a file there and none of
//! whose parents has one. Content does not matter, so it is not read, and trees are walked, each
//! once for each folder that it is found at.

use std::collections::{BTreeSet, HashMap, HashSet};

use gix::hash::oid;
use gix::objs::Kind;
use tokensieve_core::Scanner;

use crate::git::findings::excluded::Excluded;
use crate::git::findings::rescanner::FoundPath;
use crate::git::store::database::Reader;
use crate::git::store::objects::{Number, Objects};
use crate::git::store::trees;

/// The number of a folder, and that of a tree that it has.
type Node = (u32, Number);
/// What is found directly in a tree, and the trees in it.
type Content = (Vec<u32>, Vec<Node>);

/// Finds paths in trees.
pub(crate) struct PathWalk<'a, 's> {
    scanner: &'s Scanner,
    objects: &'a Objects,
    reader: Reader,
    excluded: &'a Excluded,
    hash_len: usize,
    /// What was found, each rule and path once.
    pub(crate) found: Vec<FoundPath<'s>>,
    numbers: HashMap<Vec<u8>, Vec<u32>>,
    /// Folders, each with a slash at its end but for the root.
    folders: Vec<Vec<u8>>,
    folder_numbers: HashMap<Vec<u8>, u32>,
    /// What is in a tree that stands for a folder; trees without anything are only in `seen`.
    held: HashMap<Node, Vec<u32>>,
    seen: HashSet<Node>,
    /// In how many folders each tree was walked.
    walks: HashMap<Number, usize>,
    /// Trees that were not walked in all of their folders.
    pub(crate) unwalked: BTreeSet<Number>,
}

impl<'a, 's> PathWalk<'a, 's> {
    pub(crate) fn new(
        scanner: &'s Scanner,
        objects: &'a Objects,
        reader: Reader,
        excluded: &'a Excluded,
    ) -> Self {
        Self {
            scanner,
            objects,
            reader,
            excluded,
            hash_len: objects.id_len(),
            found: Vec::new(),
            numbers: HashMap::new(),
            folders: vec![Vec::new()],
            folder_numbers: HashMap::new(),
            held: HashMap::new(),
            seen: HashSet::new(),
            walks: HashMap::new(),
            unwalked: BTreeSet::new(),
        }
    }

    /// What is found below the tree of a commit, by the positions in `found`, sorted.
    pub(crate) fn of_root(&mut self, root: Number) -> Vec<u32> {
        // Subtrees first, without recursion: a tree can be nested deeper than a stack of calls.
        let mut open: Vec<(Node, Option<Content>)> = vec![((0, root), None)];
        while let Some((node, read)) = open.pop() {
            let Some((mut own, children)) = read else {
                if self.is_to_be_walked(node) {
                    let (own, children) = self.read(node);
                    open.push((node, Some((own, children.clone()))));
                    open.extend(children.into_iter().map(|child| (child, None)));
                }
                continue;
            };
            own.extend(children.iter().filter_map(|child| self.held.get(child)).flatten());
            if !own.is_empty() {
                own.sort_unstable();
                own.dedup();
                self.held.insert(node, own);
            }
        }
        self.held.get(&(0, root)).cloned().unwrap_or_default()
    }

    /// Whether a tree has not been walked for its folder. A tree that is in very many folders is
    /// not walked for all of them.
    fn is_to_be_walked(&mut self, node: Node) -> bool {
        const MAX_FOLDERS: usize = 1000;
        const MAX_FOLDER_LEN: usize = 1 << 16;
        let (folder, tree) = node;
        if self.seen.contains(&node) {
            return false;
        }
        let walks = self.walks.entry(tree).or_default();
        if *walks >= MAX_FOLDERS || self.folders[folder as usize].len() > MAX_FOLDER_LEN {
            self.unwalked.insert(tree);
            return false;
        }
        *walks += 1;
        self.seen.insert(node)
    }

    fn read(&mut self, (folder, tree): Node) -> Content {
        let (mut own, mut children, mut data) = (Vec::new(), Vec::new(), Vec::new());
        let is_stored = (tree as usize) < self.objects.len();
        if !is_stored || self.reader.read(&self.objects.id(tree), &mut data) != Some(Kind::Tree) {
            return (own, children);
        }
        for entry in trees::each(&data, self.hash_len).filter_map(Result::ok) {
            let path = [self.folders[folder as usize].as_slice(), entry.name].concat();
            if entry.is_tree() {
                if let Some(number) = self.objects.number(oid::from_bytes_unchecked(entry.id)) {
                    children.push((self.folder([path.as_slice(), b"/"].concat()), number));
                }
            } else if !entry.is_submodule() {
                own.extend(self.of_path(path));
            }
        }
        (own, children)
    }

    fn folder(&mut self, path: Vec<u8>) -> u32 {
        let folders = &mut self.folders;
        *self.folder_numbers.entry(path).or_insert_with_key(|path| {
            folders.push(path.clone());
            u32::try_from(folders.len() - 1).expect("memory is full before there are as many")
        })
    }

    fn of_path(&mut self, path: Vec<u8>) -> Vec<u32> {
        if let Some(known) = self.numbers.get(&path) {
            return known.clone();
        }
        let fresh = FoundPath::all(self.scanner, &path);
        if fresh.is_empty() || self.excluded.leaves_out(&path) {
            return Vec::new();
        }
        let from =
            u32::try_from(self.found.len()).expect("memory is full before there are as many");
        self.found.extend(fresh);
        let numbers: Vec<u32> = (from..).take(self.found.len() - from as usize).collect();
        self.numbers.insert(path, numbers.clone());
        numbers
    }
}
