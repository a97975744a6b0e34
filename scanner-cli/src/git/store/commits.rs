//! Which commits belong to a range.

use gix::bstr::ByteSlice;
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::time::Instant;
use tokensieve_core::Commit;

use gix::ObjectId;
use gix::objs::{CommitRefIter, Kind, TagRefIter};
use gix::revision::plumbing as revision;

use crate::git::store::database::Reader;
use crate::git::store::order::parents_first;

/// A commit.
#[derive(Clone, Debug)]
pub(crate) struct StoredCommit {
    pub(crate) id: ObjectId,
    pub(crate) tree: ObjectId,
    pub(crate) parents: Vec<ObjectId>,
    /// When it was committed, in seconds since 1970.
    time: i64,
}

/// The commits of a range.
#[derive(Debug, Default)]
pub(crate) struct Commits {
    /// Parents before their children.
    pub(crate) list: Vec<StoredCommit>,
    /// Commits of the range whose parents were left out when the repository was cloned.
    pub(crate) cut: Vec<ObjectId>,
    /// Commits that should be there and cannot be read.
    pub(crate) missing: Vec<ObjectId>,
    /// Where time was over before all commits were listed: the next ones.
    pub(crate) late: Vec<ObjectId>,
}

/// Reads a commit.
pub(crate) fn read(reader: &Reader, id: ObjectId) -> Option<StoredCommit> {
    let mut data = Vec::new();
    if reader.read(&id, &mut data)? != Kind::Commit {
        return None;
    }
    let iter = || CommitRefIter::from_bytes(&data, id.kind());
    Some(StoredCommit {
        id,
        tree: iter().tree_id().ok()?,
        parents: iter().parent_ids().collect(),
        time: iter().committer().map_or(0, |committer| committer.seconds()),
    })
}

/// The commit that an object is, or that a tag leads to in the end. `None` if that is no commit, or
/// tags lead in a circle.
pub(crate) fn commit_at(reader: &Reader, id: ObjectId) -> Option<ObjectId> {
    let (mut id, mut data, mut seen) = (id, Vec::new(), HashSet::new());
    loop {
        match reader.read(&id, &mut data)? {
            Kind::Commit => return Some(id),
            Kind::Tag if seen.insert(id) => {
                id = TagRefIter::from_bytes(&data, id.kind()).target_id().ok()?;
            }
            _ => return None,
        }
    }
}

/// The best commits that a commit and others have in common. A commit-graph file is not asked: it
/// may come from whoever had the clone before. None where a commit cannot be read.
pub(crate) fn merge_bases(
    reader: &Reader,
    one: ObjectId,
    others: &[ObjectId],
) -> Option<Vec<ObjectId>> {
    let mut graph = revision::Graph::new(reader.clone(), None);
    let bases = revision::merge_base(one, others, &mut graph).ok()?;
    Some(bases.into_iter().flatten().collect())
}

/// Commits by their time; and whether each could belong to the range when it was put in.
type Queue = BinaryHeap<(i64, ObjectId, bool)>;

#[derive(Clone, Copy, Default)]
struct Paint {
    is_included: bool,
    is_excluded: bool,
}

/// Lists what is reached from some commits and not from others.
///
/// Both sides are followed from the newest commits to the older ones. As clocks go wrong, the
/// excluded side is followed a little further than dates ask for. At `deadline` the list ends where
/// it is.
pub(crate) fn between(
    reader: &Reader,
    include: &[ObjectId],
    exclude: &[ObjectId],
    shallow: &[ObjectId],
    deadline: Option<Instant>,
) -> Commits {
    /// How many commits are followed after dates say that no more belong to the range.
    const MAX_COMMITS_PAST_DATES: usize = 64;
    let shallow: HashSet<ObjectId> = shallow.iter().copied().collect();
    let mut known: HashMap<ObjectId, Option<StoredCommit>> = HashMap::new();
    let mut paints: HashMap<ObjectId, Paint> = HashMap::new();
    let mut queue: Queue = BinaryHeap::new();
    // How many entries of the queue may still belong to the range.
    let mut open = 0_usize;
    let mut oldest = i64::MAX;
    let mut add = |id: ObjectId,
                   paint: Paint,
                   queue: &mut Queue,
                   paints: &mut HashMap<_, Paint>,
                   open: &mut usize| {
        let old = paints.entry(id).or_default();
        let new = Paint {
            is_included: old.is_included || paint.is_included,
            is_excluded: old.is_excluded || paint.is_excluded,
        };
        if (new.is_included, new.is_excluded) != (old.is_included, old.is_excluded) {
            *old = new;
            let commit = known.entry(id).or_insert_with(|| read(reader, id));
            queue.push((
                commit.as_ref().map_or(i64::MIN, |commit| commit.time),
                id,
                !new.is_excluded,
            ));
            *open += usize::from(!new.is_excluded);
        }
        known[&id].clone()
    };
    for id in include {
        add(
            *id,
            Paint { is_included: true, is_excluded: false },
            &mut queue,
            &mut paints,
            &mut open,
        );
    }
    for id in exclude {
        add(
            *id,
            Paint { is_included: false, is_excluded: true },
            &mut queue,
            &mut paints,
            &mut open,
        );
    }
    let mut more = MAX_COMMITS_PAST_DATES;
    let mut late = Vec::new();
    while let Some((time, id, was_open)) = queue.pop() {
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
            late.push(id);
            break;
        }
        open -= usize::from(was_open);
        let paint = paints[&id];
        if paint.is_excluded {
            if open == 0 && time < oldest {
                more -= 1;
                if more == 0 {
                    break;
                }
            }
        } else {
            oldest = oldest.min(time);
            more = MAX_COMMITS_PAST_DATES;
        }
        let Some(commit) = add(id, Paint::default(), &mut queue, &mut paints, &mut open) else {
            continue;
        };
        if shallow.contains(&id) {
            continue;
        }
        for parent in commit.parents {
            add(parent, paint, &mut queue, &mut paints, &mut open);
        }
    }
    let mut commits = Commits { late, ..Commits::default() };
    let mut found = Vec::new();
    for (id, paint) in &paints {
        if paint.is_included && !paint.is_excluded {
            match &known[id] {
                Some(commit) => found.push(commit.clone()),
                None => commits.missing.push(*id),
            }
        }
    }
    commits.missing.sort();
    commits.cut = found.iter().map(|commit| commit.id).filter(|id| shallow.contains(id)).collect();
    commits.cut.sort();
    let in_range: HashMap<ObjectId, &StoredCommit> =
        found.iter().map(|commit| (commit.id, commit)).collect();
    let order = parents_first(found.iter().map(|commit| (commit.time, commit.id)), |id| {
        &in_range[&id].parents
    });
    commits.list = order.into_iter().map(|id| in_range[&id].clone()).collect();
    commits
}

/// Reads the author, date and summary of a stored commit. Returns nothing where it cannot be read
/// or is no commit.
pub(crate) fn read_description(reader: &Reader, id: &ObjectId) -> Option<Commit> {
    let mut data = Vec::new();
    (reader.read(id, &mut data) == Some(Kind::Commit)).then(|| describe(id, &data))
}

/// Reads what a commit says about itself. What cannot be read is left empty.
fn describe(id: &ObjectId, data: &[u8]) -> Commit {
    let read = || CommitRefIter::from_bytes(data, id.kind());
    let author = read().author().ok().map(|author| author.trim());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let message = read().message().map(|message| message.to_vec()).unwrap_or_default();
    let summary = message.trim().lines().next().unwrap_or_default();
    let date = author.and_then(|author| author.time().ok());
    Commit {
        id: id.to_string(),
        author: author.map(|author| text(author.name)).unwrap_or_default(),
        email: author.map(|author| text(author.email)).unwrap_or_default(),
        date: date
            .map(|date| date.format_or_unix(gix::date::time::format::ISO8601_STRICT))
            .unwrap_or_default(),
        summary: text(summary),
    }
}
