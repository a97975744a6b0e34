//! The order in which commits are told.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

/// Sorts commits, which are given with their times: parents before their children, and among those that do not depend
/// on each other the older ones first. Parents that are not among them are passed over.
pub(super) fn parents_first<'c, C: Copy + Eq + Hash + Ord + 'c>(
    commits: impl Iterator<Item = (i64, C)>,
    parents_of: impl Fn(C) -> &'c [C],
) -> Vec<C> {
    let times: HashMap<C, i64> = commits.map(|(time, commit)| (commit, time)).collect();
    let mut children: HashMap<C, Vec<C>> = HashMap::new();
    let mut waiting: HashMap<C, usize> = HashMap::new();
    let mut ready = BinaryHeap::new();
    for (commit, time) in &times {
        let mut parents: Vec<C> =
            parents_of(*commit).iter().copied().filter(|parent| times.contains_key(parent)).collect();
        // A commit can name a parent twice.
        parents.sort_unstable();
        parents.dedup();
        if parents.is_empty() {
            ready.push(Reverse((*time, *commit)));
        }
        waiting.insert(*commit, parents.len());
        for parent in parents {
            children.entry(parent).or_default().push(*commit);
        }
    }
    let mut order = Vec::with_capacity(times.len());
    while let Some(Reverse((_, commit))) = ready.pop() {
        order.push(commit);
        for child in children.remove(&commit).unwrap_or_default() {
            let count = waiting.get_mut(&child).expect("it waits for its parents");
            *count -= 1;
            if *count == 0 {
                ready.push(Reverse((times[&child], child)));
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
