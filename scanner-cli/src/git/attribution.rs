//! Who introduced a secret, and where it is now.
//!
//! A commit introduces a secret when its tree holds it and the tree of none of its parents does. So for each tree it is
//! worked out which of the secrets it holds, each tree once, and commits are compared with their parents.

use std::collections::HashMap;

use super::graph::{Graph, Numbers};
use super::objects::Number;
use super::order::parents_first;

/// A set of secrets, by its number. The empty set is 0.
type Set = u32;

/// The secrets that trees hold.
#[derive(Debug, Default)]
pub(super) struct Holdings {
    sets: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, Set>,
    trees: HashMap<Number, Set>,
    /// Trees that are being worked out. One that is part of itself cannot be made, but a broken pack may claim so.
    started: Numbers,
}

impl Holdings {
    /// Works out what the trees hold, given what blobs do.
    pub(super) fn new(
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
    pub(super) fn of_roots(roots: impl IntoIterator<Item = (Number, Vec<u32>)>) -> Self {
        let mut holdings = Self::default();
        holdings.number(Vec::new());
        for (tree, set) in roots {
            let set = holdings.number(set);
            holdings.trees.insert(tree, set);
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
            let mut set: Vec<u32> = marked.iter().filter_map(|blob| blobs.get(blob)).flatten().copied().collect();
            for subtree in subtrees {
                let held = self.trees.get(subtree).copied().unwrap_or(0);
                set.extend(&self.sets[held as usize]);
            }
            set.sort_unstable();
            set.dedup();
            let set = self.number(set);
            self.trees.insert(tree, set);
        }
    }

    pub(super) fn of_tree(&self, tree: Number) -> Set {
        self.trees.get(&tree).copied().unwrap_or(0)
    }

    pub(super) fn secrets(&self, set: Set) -> &[u32] {
        &self.sets[set as usize]
    }

    pub(super) fn holds(&self, tree: Number, secret: u32) -> bool {
        self.secrets(self.of_tree(tree)).binary_search(&secret).is_ok()
    }
}

/// Commits, parents before their children; among those that do not depend on each other the older ones first.
pub(super) fn in_order(graph: &Graph, commits: &Numbers, shallow: &Numbers) -> Vec<Number> {
    let known = commits.iter().filter_map(|number| graph.commit(number)).map(|commit| (commit.time, commit.object));
    parents_first(known, |number| match graph.commit(number) {
        Some(commit) if !shallow.contains(number) => &commit.parents,
        _ => &[],
    })
}

/// What became of one secret.
#[derive(Clone, Debug, Default)]
pub(super) struct Story {
    /// The commits that introduced it, parents before children.
    pub(super) introduced: Vec<Number>,
    /// Those of them whose message holds it and whose tree brings nothing new.
    pub(super) only_said: Vec<Number>,
    /// The last commit that holds it.
    pub(super) last: Option<Number>,
}

/// Tells what became of `count` secrets. `texts` are those that stand in the message of a commit.
pub(super) fn stories(
    graph: &Graph,
    holdings: &Holdings,
    order: &[Number],
    shallow: &Numbers,
    texts: &HashMap<Number, Vec<u32>>,
    count: usize,
) -> Vec<Story> {
    let mut stories = vec![Story::default(); count];
    let mut last_of_set: HashMap<Set, Number> = HashMap::new();
    for number in order {
        let commit = graph.commit(*number).expect("it is in order");
        let held = holdings.of_tree(commit.tree);
        if held != 0 {
            last_of_set.insert(held, *number);
            let is_cut = shallow.contains(*number);
            let parents: Vec<Set> = commit
                .parents
                .iter()
                .filter(|_| !is_cut)
                .filter_map(|parent| graph.commit(*parent))
                .map(|parent| holdings.of_tree(parent.tree))
                .collect();
            if !parents.contains(&held) {
                let is_old =
                    |secret: &u32| parents.iter().any(|parent| holdings.secrets(*parent).binary_search(secret).is_ok());
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
    let position: HashMap<Number, usize> = order.iter().copied().zip(0..).collect();
    for (set, last) in last_of_set {
        for secret in holdings.secrets(set) {
            let known = &mut stories[*secret as usize].last;
            if known.is_none_or(|known| position[&known] < position[&last]) {
                *known = Some(last);
            }
        }
    }
    for story in &mut stories {
        story.last = story.last.or(story.introduced.last().copied());
    }
    stories
}

/// Which of the tips have a commit in their history that introduced a secret: for each secret, the positions of tips.
pub(super) fn reaching(
    graph: &Graph,
    order: &[Number],
    shallow: &Numbers,
    stories: &[Story],
    tips: &[Number],
) -> Vec<Vec<usize>> {
    let mut reaching = vec![Vec::new(); stories.len()];
    // As many at once as there are bits in a word.
    for (batch, stories) in stories.chunks(64).enumerate() {
        let mut masks: HashMap<Number, u64> = HashMap::new();
        for (bit, story) in stories.iter().enumerate() {
            for commit in &story.introduced {
                *masks.entry(*commit).or_default() |= 1 << bit;
            }
        }
        for number in order.iter().filter(|number| !shallow.contains(**number)) {
            let parents = &graph.commit(*number).expect("it is in order").parents;
            let mask = parents.iter().filter_map(|parent| masks.get(parent)).fold(0, |mask, parent| mask | parent);
            if mask != 0 {
                *masks.entry(*number).or_default() |= mask;
            }
        }
        for (at, tip) in tips.iter().enumerate() {
            let mask = masks.get(&graph.peeled(*tip)).copied().unwrap_or(0);
            for bit in (0..stories.len()).filter(|bit| mask & (1 << bit) != 0) {
                reaching[batch * 64 + bit].push(at);
            }
        }
    }
    reaching
}
