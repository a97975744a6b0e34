//! Computes the merge base of a range, and notices where a shallow clone does not determine it.
//!
//! In a shallow clone, missing commits look like the end of history. A merge base is only known if
//! following the head never comes to such an end, and never to the true beginning while the other
//! side's end is a false one: then the clone lacks the commits that connect both.

use std::collections::HashSet;

use gix::ObjectId;

use crate::git::store::commits;
use crate::git::store::database::Reader;

/// The commits where a head has left the history of others.
#[derive(Debug)]
pub(crate) struct MergeBase {
    /// The last commits that the head shares with the others. They and what they lead to are what
    /// is not new.
    pub(crate) shared: Vec<ObjectId>,
    /// Nothing is new.
    pub(crate) is_empty: bool,
}

/// Why a shallow clone does not determine a merge base.
#[derive(Debug)]
pub(crate) enum ShallowGap {
    /// The history was cut off at this commit, which would be in the range.
    Cut(ObjectId),
    /// The histories do not meet, and that of the others was cut off.
    Disconnected,
    /// A commit is missing where none should be.
    Missing(ObjectId),
}

/// Returns the merge base of a commit and others.
///
/// # Errors
///
/// The clone lacks commits that the answer depends on.
pub(crate) fn merge_base(
    repo: &gix::Repository,
    reader: &Reader,
    head: ObjectId,
    others: &[ObjectId],
) -> Result<MergeBase, ShallowGap> {
    let shallow: HashSet<ObjectId> = repo
        .shallow_commits()
        .ok()
        .flatten()
        .map(|ids| ids.iter().copied().collect())
        .unwrap_or_default();
    if shallow.is_empty() {
        return in_full_clone(reader, head, others);
    }
    let theirs = Ancestry::of(reader, &shallow, others, &HashSet::new());
    let ours = Ancestry::of(reader, &shallow, &[head], &theirs.commits);
    if let Some(missing) = ours.missing.iter().chain(&theirs.missing).min() {
        return Err(ShallowGap::Missing(*missing));
    }
    if let Some(cut) = ours.cut.iter().min() {
        return Err(ShallowGap::Cut(*cut));
    }
    if ours.has_beginning && !theirs.cut.is_empty() {
        return Err(ShallowGap::Disconnected);
    }
    let mut shared: Vec<ObjectId> = ours.stopped.into_iter().collect();
    shared.sort();
    Ok(MergeBase { shared, is_empty: ours.commits.is_empty() })
}

/// The same in a clone that is not shallow, where dates keep the walk short.
fn in_full_clone(
    reader: &Reader,
    head: ObjectId,
    others: &[ObjectId],
) -> Result<MergeBase, ShallowGap> {
    if others.is_empty() {
        return Ok(MergeBase { shared: Vec::new(), is_empty: false });
    }
    let mut shared = commits::merge_bases(reader, head, others).ok_or(ShallowGap::Missing(head))?;
    shared.sort();
    Ok(MergeBase { is_empty: shared.contains(&head), shared })
}

/// What some commits lead to, up to where it was cut off.
#[derive(Debug, Default)]
struct Ancestry {
    commits: HashSet<ObjectId>,
    /// Where the clone was cut off.
    cut: Vec<ObjectId>,
    /// Where others take over.
    stopped: HashSet<ObjectId>,
    missing: Vec<ObjectId>,
    /// It has a commit without parents.
    has_beginning: bool,
}

impl Ancestry {
    fn of(
        reader: &Reader,
        shallow: &HashSet<ObjectId>,
        tips: &[ObjectId],
        stops: &HashSet<ObjectId>,
    ) -> Self {
        let mut history = Self::default();
        let mut open = tips.to_vec();
        while let Some(id) = open.pop() {
            if stops.contains(&id) {
                history.stopped.insert(id);
                continue;
            }
            if !history.commits.insert(id) {
                continue;
            }
            if shallow.contains(&id) {
                history.cut.push(id);
                // It has to be there nevertheless.
                if !reader.has(&id) {
                    history.missing.push(id);
                }
                continue;
            }
            match parents(reader, id) {
                Some(parents) => {
                    history.has_beginning |= parents.is_empty();
                    open.extend(parents);
                }
                None => history.missing.push(id),
            }
        }
        history
    }
}

/// The parents of a commit as they are written in it. There is nothing if it cannot be read.
pub(crate) fn parents(reader: &Reader, id: ObjectId) -> Option<Vec<ObjectId>> {
    commits::read(reader, id).map(|commit| commit.parents)
}
