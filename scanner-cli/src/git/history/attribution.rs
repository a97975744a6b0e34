//! Who introduced a secret, and where it is now.
//!
//! A commit introduces a secret when its tree holds it and the tree of none of its parents does. So
//! for each tree it is worked out which of the secrets it holds, each tree once, and commits are
//! compared with their parents.

use crate::git::store::numbers::{ByNumber, Numbers};
use std::collections::HashMap;

use smallvec::SmallVec;

use crate::git::history::graph::Graph;
use crate::git::store::objects::Number;
use crate::git::store::order::parents_first;

/// A set of secrets, by its number. The empty set is 0.
type Set = u32;

/// The secrets that trees hold.
#[derive(Debug, Default)]
pub(crate) struct Holdings {
    sets: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, Set>,
    trees: ByNumber<Set>,
    /// Trees that are being worked out. One that is part of itself cannot be made, but a broken
    /// pack may claim so.
    started: Numbers,
}

impl Holdings {
    /// Works out what the trees hold, given what blobs do.
    pub(crate) fn new(
        graph: &Graph,
        trees: impl IntoIterator<Item = Number>,
        blobs: &HashMap<Number, Vec<u32>>,
    ) -> Self {
        let mut holdings = Self::default();
        holdings.number(Vec::new());
        for tree in trees {
            holdings.work_out(graph, tree, blobs);
        }
        holdings
    }

    /// What the trees of commits hold, where that is known.
    pub(crate) fn of_roots(roots: impl IntoIterator<Item = (Number, Vec<u32>)>) -> Self {
        let mut holdings = Self::default();
        holdings.number(Vec::new());
        for (tree, set) in roots {
            let set = holdings.number(set);
            *holdings.trees.at(tree) = set;
        }
        holdings
    }

    fn number(&mut self, set: Vec<u32>) -> Set {
        if let Some(known) = self.numbers.get(&set) {
            return *known;
        }
        let number = self.sets.len() as Set;
        self.sets.push(set.clone());
        self.numbers.insert(set, number);
        number
    }

    /// Subtrees first. A tree can be nested deeper than a stack of calls.
    fn work_out(&mut self, graph: &Graph, tree: Number, blobs: &HashMap<Number, Vec<u32>>) {
        let mut open = vec![(tree, false)];
        while let Some((tree, is_ready)) = open.pop() {
            let subtrees = graph.subtrees(tree);
            if !is_ready {
                if !self.started.insert(tree) {
                    continue;
                }
                let before = open.len();
                open.push((tree, true));
                let unknown = subtrees.iter().filter(|tree| !self.started.contains(**tree));
                open.extend(unknown.map(|tree| (*tree, false)));
                if open.len() > before + 1 {
                    continue;
                }
                open.pop();
            }
            let marked = graph.marked.get(&tree).map_or(&[][..], Vec::as_slice);
            let mut held: SmallVec<[Set; 8]> = subtrees
                .iter()
                .map(|subtree| self.trees.get(*subtree))
                .filter(|set| *set != 0)
                .collect();
            held.sort_unstable();
            held.dedup();
            // Most trees hold nothing, or what one of their trees does.
            let set = match held.as_slice() {
                [] if marked.is_empty() => continue,
                [one] if marked.is_empty() => *one,
                _ => {
                    let own = marked.iter().filter_map(|blob| blobs.get(blob)).flatten();
                    let of_subtrees = held.iter().flat_map(|set| &self.sets[*set as usize]);
                    let mut set: Vec<u32> = own.chain(of_subtrees).copied().collect();
                    set.sort_unstable();
                    set.dedup();
                    self.number(set)
                }
            };
            *self.trees.at(tree) = set;
        }
    }

    pub(crate) fn of_tree(&self, tree: Number) -> Set {
        self.trees.get(tree)
    }

    pub(crate) fn secrets(&self, set: Set) -> &[u32] {
        &self.sets[set as usize]
    }

    pub(crate) fn holds(&self, tree: Number, secret: u32) -> bool {
        self.secrets(self.of_tree(tree)).binary_search(&secret).is_ok()
    }
}

/// Commits, parents before their children; among those that do not depend on each other the older
/// ones first.
pub(crate) fn in_order(graph: &Graph, commits: &Numbers, shallow: &Numbers) -> Vec<Number> {
    let known = commits
        .iter()
        .filter_map(|number| graph.commit(number))
        .map(|commit| (commit.time, commit.object));
    parents_first(known, |number| match graph.commit(number) {
        Some(commit) if !shallow.contains(number) => &commit.parents,
        _ => &[],
    })
}

/// What became of one secret.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// The commits that introduced it, parents before children.
    pub(crate) introduced: Vec<Number>,
    /// Those of them whose message holds it and whose tree brings nothing new.
    pub(crate) only_said: Vec<Number>,
    /// The last commit that holds it.
    pub(crate) last: Option<Number>,
}

/// Tells what became of `count` secrets. `texts` are those that stand in the message of a commit.
pub(crate) fn stories(
    graph: &Graph,
    holdings: &Holdings,
    order: &[Number],
    shallow: &Numbers,
    texts: &HashMap<Number, Vec<u32>>,
    count: usize,
) -> Vec<Story> {
    let mut stories = vec![Story::default(); count];
    // Commits are given by their place in the order.
    let mut last_of_set: HashMap<Set, usize> = HashMap::new();
    for (place, number) in order.iter().enumerate() {
        let commit = graph.commit(*number).expect("it is in order");
        let held = holdings.of_tree(commit.tree);
        if held != 0 {
            last_of_set.insert(held, place);
            let is_cut = shallow.contains(*number);
            let parents: Vec<Set> = commit
                .parents
                .iter()
                .filter(|_| !is_cut)
                .filter_map(|parent| graph.commit(*parent))
                .map(|parent| holdings.of_tree(parent.tree))
                .collect();
            if !parents.contains(&held) {
                let is_old = |secret: &u32| {
                    parents
                        .iter()
                        .any(|parent| holdings.secrets(*parent).binary_search(secret).is_ok())
                };
                for secret in holdings.secrets(held).iter().filter(|secret| !is_old(secret)) {
                    stories[*secret as usize].introduced.push(*number);
                }
            }
        }
        for secret in texts.get(number).into_iter().flatten() {
            let story = &mut stories[*secret as usize];
            if story.introduced.last() != Some(number) {
                story.introduced.push(*number);
                story.only_said.push(*number);
            }
        }
    }
    let mut last: Vec<Option<usize>> = vec![None; count];
    for (set, place) in last_of_set {
        for secret in holdings.secrets(set) {
            let known = &mut last[*secret as usize];
            *known = Some(place).max(*known);
        }
    }
    for (story, last) in stories.iter_mut().zip(last) {
        story.last = last.map(|place| order[place]).or(story.introduced.last().copied());
    }
    stories
}

/// Which of the tips have a commit in their history that introduced a secret: for each secret, the
/// positions of tips.
pub(crate) fn reaching(
    graph: &Graph,
    order: &[Number],
    shallow: &Numbers,
    stories: &[Story],
    tips: &[Number],
) -> Vec<Vec<usize>> {
    let mut reaching = vec![Vec::new(); stories.len()];
    // As many at once as there are bits in a word.
    let mut masks: ByNumber<u64> = ByNumber::default();
    for (batch, stories) in stories.chunks(64).enumerate() {
        masks.clear();
        for (bit, story) in stories.iter().enumerate() {
            for commit in &story.introduced {
                *masks.at(*commit) |= 1 << bit;
            }
        }
        for number in order.iter().filter(|number| !shallow.contains(**number)) {
            let parents = &graph.commit(*number).expect("it is in order").parents;
            let mask = parents.iter().fold(0, |mask, parent| mask | masks.get(*parent));
            if mask != 0 {
                *masks.at(*number) |= mask;
            }
        }
        for (at, tip) in tips.iter().enumerate() {
            let mask = masks.get(graph.peeled(*tip));
            for bit in (0..stories.len()).filter(|bit| mask & (1 << bit) != 0) {
                reaching[batch * 64 + bit].push(at);
            }
        }
    }
    reaching
}
