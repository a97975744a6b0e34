//! Who introduced a secret, and where it is now.
//!
//! A commit introduces a secret when its tree holds it and the tree of none of its parents does. So
//! the secrets of each tree are collected, each tree once, and commits are compared with their
//! parents.

use crate::git::store::numbers::{ByNumber, Numbers};
use std::collections::HashMap;

use smallvec::SmallVec;

use crate::git::history::graph::Graph;
use crate::git::store::objects::Number;
use crate::git::store::order::parents_first;

/// A set of secrets, by its number. The empty set is 0.
type Set = u32;

/// The secrets in trees. Equal sets are stored once, since most trees have the same as another.
#[derive(Debug, Default)]
pub(crate) struct SecretsByTree {
    sets: Vec<Vec<u32>>,
    numbers: HashMap<Vec<u32>, Set>,
    trees: ByNumber<Set>,
    /// Trees whose secrets are being collected. One that is part of itself cannot be made, but a
    /// broken pack may claim so.
    started: Numbers,
}

impl SecretsByTree {
    /// Collects the secrets of trees from those of blobs. Reads nothing: `graph` knows the trees.
    pub(crate) fn new(
        graph: &Graph,
        trees: impl IntoIterator<Item = Number>,
        blobs: &HashMap<Number, Vec<u32>>,
    ) -> Self {
        let mut secrets_by_tree = Self::default();
        secrets_by_tree.number(Vec::new());
        for tree in trees {
            secrets_by_tree.add_tree(graph, tree, blobs);
        }
        secrets_by_tree
    }

    /// Takes the sets of the trees of commits, where they are known.
    pub(crate) fn of_roots(roots: impl IntoIterator<Item = (Number, Vec<u32>)>) -> Self {
        let mut secrets_by_tree = Self::default();
        secrets_by_tree.number(Vec::new());
        for (tree, set) in roots {
            let set = secrets_by_tree.number(set);
            *secrets_by_tree.trees.at(tree) = set;
        }
        secrets_by_tree
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
    fn add_tree(&mut self, graph: &Graph, tree: Number, blobs: &HashMap<Number, Vec<u32>>) {
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

    pub(crate) fn contains(&self, tree: Number, secret: u32) -> bool {
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

/// The commits that a secret is attributed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attribution {
    /// The commits that introduced it, parents before children.
    pub(crate) introduced: Vec<Number>,
    /// Those of them whose message holds it and whose tree brings nothing new.
    pub(crate) message_only: Vec<Number>,
    /// The last commit that holds it.
    pub(crate) last: Option<Number>,
}

/// Attributes `count` secrets to the commits that introduced them. `texts` gives the secrets in the
/// messages of commits; `order` is that of [`in_order`].
pub(crate) fn attribute(
    graph: &Graph,
    secrets_by_tree: &SecretsByTree,
    order: &[Number],
    shallow: &Numbers,
    texts: &HashMap<Number, Vec<u32>>,
    count: usize,
) -> Vec<Attribution> {
    let mut attributions = vec![Attribution::default(); count];
    // Commits are given by their place in the order.
    let mut last_of_set: HashMap<Set, usize> = HashMap::new();
    for (place, number) in order.iter().enumerate() {
        let commit = graph.commit(*number).expect("it is in order");
        let held = secrets_by_tree.of_tree(commit.tree);
        if held != 0 {
            last_of_set.insert(held, place);
            let is_cut = shallow.contains(*number);
            let parents: Vec<Set> = commit
                .parents
                .iter()
                .filter(|_| !is_cut)
                .filter_map(|parent| graph.commit(*parent))
                .map(|parent| secrets_by_tree.of_tree(parent.tree))
                .collect();
            if !parents.contains(&held) {
                let is_old = |secret: &u32| {
                    parents.iter().any(|parent| {
                        secrets_by_tree.secrets(*parent).binary_search(secret).is_ok()
                    })
                };
                for secret in secrets_by_tree.secrets(held).iter().filter(|secret| !is_old(secret))
                {
                    attributions[*secret as usize].introduced.push(*number);
                }
            }
        }
        for secret in texts.get(number).into_iter().flatten() {
            let attribution = &mut attributions[*secret as usize];
            if attribution.introduced.last() != Some(number) {
                attribution.introduced.push(*number);
                attribution.message_only.push(*number);
            }
        }
    }
    let mut last: Vec<Option<usize>> = vec![None; count];
    for (set, place) in last_of_set {
        for secret in secrets_by_tree.secrets(set) {
            let known = &mut last[*secret as usize];
            *known = Some(place).max(*known);
        }
    }
    for (attribution, last) in attributions.iter_mut().zip(last) {
        attribution.last =
            last.map(|place| order[place]).or(attribution.introduced.last().copied());
    }
    attributions
}

/// For each of `count` secrets the last commit of `history` that removed it: its tree does not hold
/// it, and those of all its parents do. So a merge removes nothing that one side had removed
/// before. Where no commit did that, a merge that left it out, against one of its parents, is
/// taken.
///
/// All secrets are followed in one pass over the commits, whose cost grows with the number of
/// commits at which something changes.
pub(crate) fn removals(
    graph: &Graph,
    secrets_by_tree: &SecretsByTree,
    commits: impl Iterator<Item = Number>,
    shallow: &Numbers,
    count: usize,
) -> Vec<Option<Number>> {
    let mut removed: Vec<Option<Number>> = vec![None; count];
    let mut left_out: Vec<Option<Number>> = vec![None; count];
    for number in commits.filter(|number| !shallow.contains(*number)) {
        let Some(commit) = graph.commit(number) else { continue };
        let held = secrets_by_tree.of_tree(commit.tree);
        let parents = commit.parents.iter().filter_map(|parent| graph.commit(*parent));
        let parents: SmallVec<[Set; 2]> =
            parents.map(|parent| secrets_by_tree.of_tree(parent.tree)).collect();
        if parents.iter().all(|parent| *parent == held) {
            continue;
        }
        let holds =
            |set: Set, secret: u32| secrets_by_tree.secrets(set).binary_search(&secret).is_ok();
        for parent in parents.iter().filter(|parent| **parent != held) {
            let gone = secrets_by_tree.secrets(*parent).iter();
            for secret in gone.copied().filter(|secret| !holds(held, *secret)) {
                let by_all = parents.iter().all(|parent| holds(*parent, secret));
                let list = if by_all { &mut removed } else { &mut left_out };
                list[secret as usize] = Some(number);
            }
        }
    }
    removed.into_iter().zip(left_out).map(|(removed, left_out)| removed.or(left_out)).collect()
}

/// Tells for each secret, in their order, which of the tips have a commit in their history that
/// introduced it: the positions of the tips, sorted.
pub(crate) fn reaching(
    graph: &Graph,
    order: &[Number],
    shallow: &Numbers,
    attributions: &[Attribution],
    tips: &[Number],
    tell: &mut dyn FnMut(usize, Vec<u32>),
) {
    // As many at once as there are bits in a word.
    let mut masks: ByNumber<u64> = ByNumber::default();
    for (batch, attributions) in attributions.chunks(64).enumerate() {
        masks.clear();
        for (bit, attribution) in attributions.iter().enumerate() {
            for commit in &attribution.introduced {
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
        let of_tips: Vec<u64> = tips.iter().map(|tip| masks.get(graph.peeled(*tip))).collect();
        for bit in 0..attributions.len() {
            let reaching = (0..).zip(&of_tips).filter(|(_, mask)| *mask & (1 << bit) != 0);
            tell(batch * 64 + bit, reaching.map(|(at, _)| at).collect());
        }
    }
}
