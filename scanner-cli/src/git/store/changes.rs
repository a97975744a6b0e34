//! The entries of a tree that other trees lack.
//!
//! Trees can list one subtree many times: a few hundred bytes stand for billions of paths. A
//! subtree that was compared with the same others is walked again only within a budget, and beyond
//! it the paths are counted. Each blob is listed at one path at least.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use gix::ObjectId;
use gix::bstr::BString;

use crate::git::store::tree_diff::{EntryKind, Tree, TreeEntry, Trees};

/// The depth of the deepest folder that is looked into, as in git's `core.maxTreeDepth`.
const MAX_TREE_DEPTH: usize = 2048;

/// A folder on the way to an entry. Paths are made when they are asked for: those of deep folders
/// take much more memory than their trees.
#[derive(Debug)]
struct Folder {
    above: Option<Rc<Self>>,
    name: BString,
}

/// Something that is in a tree and in none of those it is compared with, at this path.
#[derive(Clone, Debug)]
pub(crate) struct NewEntry {
    folder: Option<Rc<Folder>>,
    name: BString,
    pub(crate) id: ObjectId,
    pub(crate) kind: EntryKind,
}

impl NewEntry {
    /// The path from the root of the tree.
    pub(crate) fn path(&self) -> Vec<u8> {
        let mut names: Vec<&[u8]> = vec![self.name.as_slice()];
        let mut above = self.folder.as_deref();
        while let Some(folder) = above {
            names.push(folder.name.as_slice());
            above = folder.above.as_deref();
        }
        names.reverse();
        names.join(&b"/"[..])
    }
}

/// What tells a tree from others.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// In the order of their paths.
    pub(crate) new: Vec<NewEntry>,
    /// The blobs that one of the others has where this tree has another one, or none.
    pub(crate) old: HashSet<ObjectId>,
    /// Objects that stand at more paths than are in `new`, with the number of the others.
    pub(crate) unlisted: HashMap<ObjectId, u64>,
    /// Trees that are nested so deeply that they were not looked into.
    pub(crate) too_deep: HashSet<ObjectId>,
    /// Time was over before everything was compared.
    pub(crate) is_late: bool,
}

/// A tree and those that it is compared with, sorted.
type Compared = (Option<ObjectId>, Vec<ObjectId>);

/// What was compared.
#[derive(Default)]
struct Node {
    /// The folders in it; one that is there twice, twice.
    folders: Vec<u32>,
    entries: Vec<ObjectId>,
    /// How often it was met without being walked.
    unwalked: u64,
    /// It is being walked.
    is_open: bool,
}

/// What is to be done next.
enum Step {
    List(NewEntry),
    Walk { folder: Option<Rc<Folder>>, depth: usize, compared: Compared, above: Option<u32> },
    Leave(u32),
}

/// Returns what `tree` has at its paths that none of `others` has there. Memory grows with the
/// number of different trees, and with the repetitions that [`Trees`] allows.
pub(crate) fn changes(trees: &mut Trees, tree: ObjectId, others: &[ObjectId]) -> Changes {
    Comparison::run(trees, tree, others)
}

/// Compares a tree with others.
struct Comparison<'t> {
    trees: &'t mut Trees,
    numbers: HashMap<Compared, u32>,
    nodes: Vec<Node>,
    /// The nodes, folders before what holds them.
    left: Vec<u32>,
    open: Vec<Step>,
    changes: Changes,
}

impl<'t> Comparison<'t> {
    fn run(trees: &'t mut Trees, tree: ObjectId, others: &[ObjectId]) -> Changes {
        let mut comparison = Self {
            trees,
            numbers: HashMap::new(),
            nodes: Vec::new(),
            left: Vec::new(),
            open: Vec::new(),
            changes: Changes::default(),
        };
        comparison.open(None, 0, (Some(tree), others.to_vec()), None);
        while let Some(step) = comparison.open.pop() {
            if comparison.trees.is_late() {
                comparison.changes.is_late = true;
                break;
            }
            match step {
                Step::List(entry) => comparison.changes.new.push(entry),
                Step::Walk { folder, depth, compared, above } => {
                    comparison.walk(folder.as_ref(), depth, compared, above);
                }
                Step::Leave(node) => {
                    comparison.nodes[node as usize].is_open = false;
                    comparison.left.push(node);
                }
            }
        }
        comparison.count_unlisted();
        comparison.changes
    }

    /// Puts a folder on the list, unless one of the others has the same tree there: then none of it
    /// is new.
    fn open(
        &mut self,
        folder: Option<Rc<Folder>>,
        depth: usize,
        (tree, mut others): Compared,
        above: Option<u32>,
    ) {
        if tree.is_some_and(|tree| others.contains(&tree)) {
            return;
        }
        others.sort_unstable();
        others.dedup();
        self.open.push(Step::Walk { folder, depth, compared: (tree, others), above });
    }

    fn walk(
        &mut self,
        folder: Option<&Rc<Folder>>,
        depth: usize,
        compared: Compared,
        above: Option<u32>,
    ) {
        if depth > MAX_TREE_DEPTH {
            self.changes.too_deep.extend(compared.0);
            return;
        }
        let known = self.numbers.get(&compared).copied();
        let number = known.unwrap_or_else(|| {
            self.nodes.push(Node::default());
            let number = u32::try_from(self.nodes.len() - 1)
                .expect("memory is full before there are as many");
            self.numbers.insert(compared.clone(), number);
            number
        });
        if self.nodes[number as usize].is_open {
            // No honest tree is a part of itself.
            self.trees.missing.extend(compared.0);
            return;
        }
        if let Some(above) = above {
            self.nodes[above as usize].folders.push(number);
        }
        let is_first = known.is_none();
        if !is_first {
            if compared.0.is_none() {
                return;
            }
            if self.trees.repetitions == 0 {
                self.nodes[number as usize].unwalked += 1;
                return;
            }
        }
        let before = self.open.len();
        if is_first {
            self.nodes[number as usize].is_open = true;
            self.open.push(Step::Leave(number));
        }
        self.compare(folder, depth, &compared, is_first.then_some(number));
        if !is_first {
            let steps = self.open.len() - before + 1;
            self.trees.repetitions = self.trees.repetitions.saturating_sub(steps);
        }
    }

    /// Puts what a folder holds on the list, and notes it in a node that is met for the first time.
    fn compare(
        &mut self,
        folder: Option<&Rc<Folder>>,
        depth: usize,
        (tree, others): &Compared,
        node: Option<u32>,
    ) {
        let tree = tree.and_then(|tree| self.trees.read(tree));
        let others: Vec<Arc<Tree>> =
            others.iter().filter_map(|other| self.trees.read(*other)).collect();
        self.open_gone(depth, tree.as_deref(), &others);
        let mut entries: Vec<(&BString, &TreeEntry)> =
            tree.iter().flat_map(|tree| tree.iter()).collect();
        // The last step is taken first.
        entries.sort_by(|a, b| in_order(*b).cmp(in_order(*a)));
        for (name, entry) in entries {
            let there: Vec<TreeEntry> =
                others.iter().filter_map(|other| other.get(name)).copied().collect();
            if there.contains(entry) {
                continue;
            }
            let ids = |kind: EntryKind| {
                there.iter().filter(move |old| old.kind == kind).map(|old| old.id)
            };
            self.changes.old.extend(ids(EntryKind::Blob));
            let trees: Vec<ObjectId> = ids(EntryKind::Tree).collect();
            if entry.kind == EntryKind::Tree {
                let below = Folder { above: folder.cloned(), name: name.clone() };
                self.open(Some(Rc::new(below)), depth + 1, (Some(entry.id), trees), node);
                continue;
            }
            if !trees.is_empty() {
                self.open(None, depth + 1, (None, trees), None);
            }
            if let Some(node) = node {
                self.nodes[node as usize].entries.push(entry.id);
            }
            let (folder, name) = (folder.cloned(), name.clone());
            self.open.push(Step::List(NewEntry { folder, name, id: entry.id, kind: entry.kind }));
        }
    }

    /// Notes what others hold where this tree holds nothing.
    fn open_gone(&mut self, depth: usize, tree: Option<&Tree>, others: &[Arc<Tree>]) {
        for (name, entry) in others.iter().flat_map(|other| other.iter()) {
            if tree.is_none_or(|tree| !tree.contains_key(name)) {
                match entry.kind {
                    EntryKind::Blob => drop(self.changes.old.insert(entry.id)),
                    EntryKind::Tree => self.open(None, depth + 1, (None, vec![entry.id]), None),
                    EntryKind::Submodule => {}
                }
            }
        }
    }

    /// Counts the paths of what was met without being walked, from the root to the leaves.
    fn count_unlisted(&mut self) {
        if self.nodes.iter().all(|node| node.unwalked == 0) {
            return;
        }
        for number in self.left.iter().rev() {
            let node = std::mem::take(&mut self.nodes[*number as usize]);
            if node.unwalked == 0 {
                continue;
            }
            for folder in node.folders {
                let below = &mut self.nodes[folder as usize].unwalked;
                *below = below.saturating_add(node.unwalked);
            }
            for id in node.entries {
                let count = self.changes.unlisted.entry(id).or_default();
                *count = count.saturating_add(node.unwalked);
            }
        }
    }
}

/// The bytes of an entry's path that decide its place among its neighbours.
fn in_order<'a>((name, entry): (&'a BString, &TreeEntry)) -> impl Iterator<Item = u8> + use<'a> {
    name.iter().copied().chain((entry.kind == EntryKind::Tree).then_some(b'/'))
}
