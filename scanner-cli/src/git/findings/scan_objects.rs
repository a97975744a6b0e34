//! Scans chosen objects, in parallel.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use gix::ObjectId;
use gix::objs::Kind;
use tokensieve_core::Located;
use tokensieve_core::coverage::Container;

use crate::git::findings::blob_visitor::BlobVisitor;
use crate::git::findings::matches::Matches;
use crate::git::store::database::Database;
use crate::git::store::objects::Objects;
use crate::git::store::sweep::{MIN_STREAMED_LEN, Sweep};
use crate::pipeline::{CONTAINER_HEAD_LEN, Pipeline};

/// The number of threads: one a processor, where it is not given.
pub(crate) fn threads(wanted: Option<usize>) -> usize {
    wanted.map_or_else(crate::threads::processors, crate::threads::capped)
}

/// What a scan of chosen objects came to.
pub(crate) struct Scanned<'s> {
    pub(crate) matches: Matches<'s, ObjectId>,
    pub(crate) blobs: u64,
    pub(crate) bytes: u64,
    /// Objects that are missing or cannot be read.
    pub(crate) missing: Vec<ObjectId>,
    pub(crate) containers: Vec<(Container, ObjectId)>,
    /// The matches in objects that are too large to be read whole.
    pub(crate) large: HashMap<ObjectId, Vec<Located<'s>>>,
    /// Objects that were not scanned before the deadline.
    pub(crate) left: Vec<ObjectId>,
    /// Objects with encoded texts that were not searched to their end.
    pub(crate) cut: Vec<ObjectId>,
}

impl<'s> Scanned<'s> {
    fn new(pipeline: &Pipeline) -> Self {
        Self {
            matches: Matches::new(pipeline.options().min_confidence),
            blobs: 0,
            bytes: 0,
            missing: Vec::new(),
            containers: Vec::new(),
            large: HashMap::new(),
            left: Vec::new(),
            cut: Vec::new(),
        }
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.matches.merge(other.matches);
        self.blobs += other.blobs;
        self.bytes += other.bytes;
        self.missing.extend(other.missing);
        self.containers.extend(other.containers);
        self.large.extend(other.large);
        self.left.extend(other.left);
        self.cut.extend(other.cut);
    }
}

/// Scans objects: blobs, and the texts of commits and tags. Results do not depend on `threads`;
/// objects that come up after `deadline` are left out.
pub(crate) fn scan<'s>(
    pipeline: &'s Pipeline,
    database: &Database,
    ids: &[ObjectId],
    threads: usize,
    deadline: Option<Instant>,
) -> Scanned<'s> {
    /// How many objects are worth a thread.
    const MIN_OBJECTS_PER_THREAD: usize = 16;
    let next = AtomicUsize::new(0);
    let is_over = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    let work = || {
        let reader = database.reader();
        let scanner = pipeline.scanner();
        let mut scanned = Scanned::new(pipeline);
        let mut large = Vec::new();
        let mut data = Vec::new();
        while let Some(id) = ids.get(next.fetch_add(1, Ordering::Relaxed)) {
            if is_over() {
                scanned.left.push(*id);
                continue;
            }
            // A large object must not be read into memory, so its size is read first.
            if reader
                .header(id)
                .is_some_and(|(kind, size)| kind == Kind::Blob && size > MIN_STREAMED_LEN)
            {
                large.push(*id);
                continue;
            }
            let Some(kind) = reader.read(id, &mut data) else {
                scanned.missing.push(*id);
                continue;
            };
            let searched = scanner.scan_while(
                &data,
                &mut |located| scanned.matches.insert(*id, &located.matched, &located.secret),
                &mut || !is_over(),
            );
            scanned.cut.extend((searched.cut > 0).then_some(*id));
            if !searched.is_whole {
                scanned.left.push(*id);
                continue;
            }
            if kind == Kind::Blob {
                scanned.blobs += 1;
                scanned.bytes += data.len() as u64;
                pipeline.progress().add(1, data.len() as u64);
                if let Some(kind) = Container::of(&data[..data.len().min(CONTAINER_HEAD_LEN)]) {
                    scanned.containers.push((kind, *id));
                }
            }
        }
        (scanned, large)
    };
    let threads = threads.min(ids.len() / MIN_OBJECTS_PER_THREAD).max(1);
    let mut parts = Vec::new();
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        parts.push(work());
        for other in others {
            match other.join() {
                Ok(part) => parts.push(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    let mut all = Scanned::new(pipeline);
    let mut large = Vec::new();
    for (scanned, more) in parts {
        all.merge(scanned);
        large.extend(more);
    }
    if !large.is_empty() {
        all.merge(scan_large(pipeline, database, &large, threads, deadline));
    }
    all
}

/// Scans large blobs where they are stored, as streams.
fn scan_large<'s>(
    pipeline: &'s Pipeline,
    database: &Database,
    ids: &[ObjectId],
    threads: usize,
    deadline: Option<Instant>,
) -> Scanned<'s> {
    let objects = Objects::list(database.folders(), database.hash());
    let wanted: Vec<_> = ids.iter().filter_map(|id| objects.number(id)).collect();
    let choice = |number| wanted.contains(&number);
    let kinds = &[Kind::Blob];
    let sweep = Sweep {
        objects: &objects,
        database,
        kinds,
        choice: Some(&choice),
        threads,
        progress: None,
    };
    let mut all = Scanned::new(pipeline);
    for visitor in sweep.run(|| BlobVisitor::new(pipeline, deadline)) {
        let scan = visitor.finish();
        let id = |number| objects.id(number);
        all.matches.merge(scan.matches.renamed(id));
        all.blobs += scan.blobs.len() as u64;
        all.bytes += scan.blobs.iter().map(|(_, size)| size).sum::<u64>();
        all.missing.extend(scan.unreadable.into_iter().map(id));
        all.left.extend(scan.late.into_iter().map(id));
        all.cut.extend(scan.cut.into_iter().map(id));
        all.containers.extend(scan.containers.into_iter().map(|(kind, number)| (kind, id(number))));
        all.large.extend(scan.large.into_iter().map(|(number, found)| (id(number), found)));
    }
    all
}
