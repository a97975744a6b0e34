//! Sorts commits: parents before their children.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

use smallvec::SmallVec;

/// Sorts commits, which are given with their times: parents before their children, and among those
/// that do not depend on each other the older ones first. Parents that are not among them are
/// passed over.
pub(crate) fn parents_first<'c, C: Copy + Eq + Hash + Ord + 'c>(
    commits: impl Iterator<Item = (i64, C)>,
    parents_of: impl Fn(C) -> &'c [C],
) -> Vec<C> {
    let commits: Vec<(i64, C)> = commits.collect();
    let indexes: HashMap<C, usize> =
        commits.iter().zip(0..).map(|((_, commit), index)| (*commit, index)).collect();
    let mut children: Vec<SmallVec<[usize; 2]>> = vec![SmallVec::new(); commits.len()];
    // How many parents each of them waits for.
    let mut waiting = vec![0_usize; commits.len()];
    let mut ready = BinaryHeap::new();
    for (child, (time, commit)) in commits.iter().enumerate() {
        for parent in parents_of(*commit).iter().filter_map(|parent| indexes.get(parent)) {
            // A commit can name a parent twice.
            if children[*parent].last() != Some(&child) {
                children[*parent].push(child);
                waiting[child] += 1;
            }
        }
        if waiting[child] == 0 {
            ready.push(Reverse((*time, *commit, child)));
        }
    }
    let mut order = Vec::with_capacity(commits.len());
    while let Some(Reverse((_, commit, index))) = ready.pop() {
        order.push(commit);
        for child in &children[index] {
            waiting[*child] -= 1;
            if waiting[*child] == 0 {
                let (time, commit) = commits[*child];
                ready.push(Reverse((time, commit, *child)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_first_and_then_age_counts() {
        // Each commit is its own number; 4 merges 2 and 3, twice, and 9 is not among them.
        let parents = |commit: u32| -> &'static [u32] {
            match commit {
                2 | 3 => &[1],
                4 => &[3, 2, 3],
                1 => &[9],
                _ => &[],
            }
        };
        let commits = [(5, 1), (20, 2), (10, 3), (0, 4), (7, 6)];
        assert_eq!(parents_first(commits.into_iter(), parents), [1, 6, 3, 2, 4]);
    }
}
