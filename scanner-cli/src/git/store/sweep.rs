//! Visits all objects of some kinds, each delta right after its base.
//!
//! Git reads an object by resolving its chain of deltas; read one by one, bases are resolved again
//! and again. Here each entry of a pack is inflated once: a base stays in memory as long as there
//! are deltas to be made of it. A visitor gets back whatever it kept of a base with each object
//! made of that base, so that it need not look at copied bytes twice.

use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gix::objs::Kind;
use gix::odb::pack;
use tokensieve_core::internal::Piece;

use crate::git::store::database::{Database, Reader};
use crate::git::store::delta;
use crate::git::store::objects::{Linked, NONE, Number, Objects, Pack, PackEntry, StoredAt};
use crate::git::store::stored::{inflated, loose_header};
use crate::git::store::unread::Unread;
use crate::pipeline::Progress;
use crate::regular_file;

/// Blobs larger than this, if they are stored whole, are read as a stream.
pub(crate) const MIN_STREAMED_LEN: u64 = 64 << 20;

/// Visits objects, on one thread.
pub(crate) trait ObjectVisitor: Send {
    /// The data of an object that is kept for its deltas.
    type State: Default;

    /// An object, with what was kept of its base and how it is made of it. An object that is not
    /// `chosen` is only there for what is made of it.
    fn object(
        &mut self,
        number: Number,
        is_chosen: bool,
        kind: Kind,
        data: &[u8],
        made_of: Option<(&Self::State, &[Piece])>,
    ) -> Self::State;

    /// A blob that is too large for memory.
    fn large(&mut self, number: Number, data: &mut dyn Read) -> std::io::Result<()>;

    /// An object that cannot be read.
    fn unreadable(&mut self, number: Number);

    /// How many bytes a state takes, about.
    fn weight(_: &Self::State) -> usize {
        0
    }

    /// Whether to go on.
    fn goes_on(&self) -> bool {
        true
    }
}

/// What to visit.
pub(crate) struct Sweep<'a> {
    pub(crate) objects: &'a Objects,
    pub(crate) database: &'a Database,
    pub(crate) kinds: &'a [Kind],
    /// The objects that are visited; all, where there is no choice.
    pub(crate) choice: Option<&'a (dyn Fn(Number) -> bool + Sync)>,
    pub(crate) threads: usize,
    /// Counts the objects, for a progress bar.
    pub(crate) progress: Option<&'a Progress>,
}

/// A piece of work for one thread.
#[derive(Clone, Copy)]
enum Task {
    /// An entry that is stored whole, with all deltas made of it.
    Tree {
        pack: u32,
        entry: u32,
    },
    Loose {
        number: Number,
    },
}

impl Sweep<'_> {
    /// Visits with one visitor a thread, and hands the visitors back.
    pub(crate) fn run<V: ObjectVisitor>(&self, mut visitor: impl FnMut() -> V) -> Vec<V> {
        let linked = self.linked();
        let needed: Vec<Vec<bool>> = linked.iter().map(|pack| self.needed(pack)).collect();
        let tasks = self.tasks(&linked, &needed);
        if let Some(progress) = self.progress {
            let entries = linked
                .iter()
                .flat_map(|pack| &pack.entries)
                .filter(|entry| self.is_wanted(entry))
                .count();
            progress.expect(entries as u64);
        }
        let next = AtomicUsize::new(0);
        let is_over = AtomicBool::new(false);
        let work = |visitor: V| {
            let mut walker = Walker::new(self, &linked, &needed, visitor);
            while !is_over.load(Ordering::Relaxed)
                && let Some(task) = tasks.get(next.fetch_add(1, Ordering::Relaxed))
            {
                if walker.run(*task).is_break() {
                    is_over.store(true, Ordering::Relaxed);
                }
            }
            walker.visitor
        };
        let threads = self.threads.clamp(1, tasks.len().max(1));
        let mut visitors: Vec<V> = (0..threads).map(|_| visitor()).collect();
        let own = visitors.pop().expect("there is one thread at least");
        std::thread::scope(|scope| {
            let others: Vec<_> =
                visitors.into_iter().map(|visitor| scope.spawn(|| work(visitor))).collect();
            let own = work(own);
            let others = others.into_iter().map(|other| match other.join() {
                Ok(visitor) => visitor,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            others.chain([own]).collect()
        })
    }

    /// The entries of the packs. Those of a pack with nothing to be visited are not read.
    fn linked(&self) -> Vec<Cow<'_, Linked>> {
        let mut is_visited = vec![self.choice.is_none(); self.objects.packs.len()];
        if let Some(choice) = self.choice {
            for number in self.objects.numbers().filter(|number| choice(*number)) {
                if let StoredAt::Packed { pack } = self.objects.places[number as usize] {
                    is_visited[pack as usize] = true;
                }
            }
        }
        let linked = |(pack, is_visited)| match is_visited {
            true => Cow::Borrowed(self.objects.linked(pack, self.database)),
            false => Cow::Owned(Linked::default()),
        };
        self.objects.packs.iter().zip(is_visited).map(linked).collect()
    }

    fn is_wanted(&self, entry: &PackEntry) -> bool {
        entry.is_chosen
            && entry.kind.is_some_and(|kind| self.kinds.contains(&kind))
            && self.choice.is_none_or(|choice| choice(entry.object))
    }

    /// The entries that are visited, or lie on the way to one that is.
    fn needed(&self, pack: &Linked) -> Vec<bool> {
        let mut needed = vec![false; pack.entries.len()];
        for (index, entry) in pack.entries.iter().enumerate() {
            let is_wanted = self.is_wanted(entry);
            let mut at = index;
            while is_wanted && !needed[at] {
                needed[at] = true;
                if pack.entries[at].base == NONE {
                    break;
                }
                at = pack.entries[at].base as usize;
            }
        }
        needed
    }

    /// The tasks: the longest ones first, so that no thread is left alone with one at the end, then
    /// in the order of storage.
    fn tasks(&self, linked: &[Cow<'_, Linked>], needed: &[Vec<bool>]) -> Vec<Task> {
        /// A task is long if its cost is more than the whole divided by this.
        const LONG_TASK_FRACTION: u64 = 256;
        let mut tasks = Vec::new();
        let mut total = 0;
        for (number, pack) in (0..).zip(linked) {
            let needed = &needed[number as usize];
            let mut costs = vec![0_u64; pack.entries.len()];
            let end = self.objects.packs[number as usize].data.pack_end() as u64;
            let ends = pack.entries.iter().skip(1).map(|entry| entry.offset).chain([end]);
            let mut root: Vec<u32> = (0..).take(pack.entries.len()).collect();
            for (index, end) in (0..pack.entries.len()).zip(ends) {
                if !needed[index] {
                    continue;
                }
                // Bases nearly always stand before their deltas; where not, the cost is counted to
                // the delta.
                let base = pack.entries[index].base;
                if base != NONE && (base as usize) < index {
                    root[index] = root[base as usize];
                }
                let cost = end.saturating_sub(pack.entries[index].offset);
                costs[root[index] as usize] += cost;
                total += cost;
            }
            let roots = (0..).zip(&pack.entries).filter(|(index, entry)| {
                entry.base == NONE && entry.kind.is_some() && needed[*index as usize]
            });
            tasks.extend(
                roots.map(|(entry, _)| (costs[entry as usize], Task::Tree { pack: number, entry })),
            );
        }
        let loose = (0..).zip(&self.objects.places).filter(|(number, place)| {
            matches!(place, StoredAt::Loose { .. })
                && self.choice.is_none_or(|choice| choice(*number))
        });
        tasks.extend(loose.map(|(number, _)| (0, Task::Loose { number })));
        tasks.sort_by_key(|(cost, _)| {
            std::cmp::Reverse(if *cost > total / LONG_TASK_FRACTION { *cost } else { 0 })
        });
        tasks.into_iter().map(|(_, task)| task).collect()
    }
}

/// An object with the deltas that are still to be made of it.
struct OpenObject<S> {
    /// Made again when it is needed, where memory was needed for others.
    made: Option<Made<S>>,
    /// The next one in the list of its deltas.
    next: usize,
    entry: u32,
}

/// An object in memory.
struct Made<S> {
    data: Vec<u8>,
    state: S,
}

/// One thread's walk.
struct Walker<'a, V: ObjectVisitor> {
    sweep: &'a Sweep<'a>,
    linked: &'a [Cow<'a, Linked>],
    needed: &'a [Vec<bool>],
    visitor: V,
    inflate: gix::zlib::Inflate,
    delta: Vec<u8>,
    pieces: Vec<Piece>,
    /// Buffers to be used again.
    spare: Vec<Vec<u8>>,
    /// Made when it is needed.
    reader: Option<Reader>,
}

impl<'a, V: ObjectVisitor> Walker<'a, V> {
    fn new(
        sweep: &'a Sweep<'a>,
        linked: &'a [Cow<'a, Linked>],
        needed: &'a [Vec<bool>],
        visitor: V,
    ) -> Self {
        Self {
            sweep,
            linked,
            needed,
            visitor,
            inflate: gix::zlib::Inflate::default(),
            delta: Vec::new(),
            pieces: Vec::new(),
            spare: Vec::new(),
            reader: None,
        }
    }

    fn run(&mut self, task: Task) -> ControlFlow<()> {
        match task {
            Task::Tree { pack, entry } => self.tree(pack as usize, entry),
            Task::Loose { number } => {
                self.loose(number);
                self.end()
            }
        }
    }

    fn end(&self) -> ControlFlow<()> {
        if self.visitor.goes_on() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Visits an entry that is stored whole, and all that is made of it.
    fn tree(&mut self, pack: usize, root: u32) -> ControlFlow<()> {
        let stored: &Linked = &self.linked[pack];
        let Some(frame) = self.root(stored, pack, root) else { return self.end() };
        let mut frames = vec![frame];
        while let Some(top) = frames.last_mut() {
            let deltas = stored.deltas_of(top.entry);
            while deltas.get(top.next).is_some_and(|delta| !self.needed[pack][*delta as usize]) {
                top.next += 1;
            }
            let Some(&entry) = deltas.get(top.next) else {
                let frame = frames.pop().expect("it was the last one");
                self.spare.extend(frame.made.map(|made| made.data));
                continue;
            };
            top.next += 1;
            let base = top.made.take().or_else(|| self.made_again(stored, pack, top.entry));
            let made = match &base {
                Some(base) => self.made(stored, pack, entry, base),
                None => Err(Unread::Corrupt),
            };
            // The last delta needs its base no more.
            if deltas[top.next..].iter().all(|delta| !self.needed[pack][*delta as usize]) {
                frames.pop();
                self.spare.extend(base.map(|base| base.data));
            } else {
                top.made = base;
            }
            match made {
                Ok(frame) if stored.deltas_of(entry).is_empty() => {
                    self.spare.extend(frame.made.map(|made| made.data));
                }
                Ok(frame) => frames.push(frame),
                Err(why) => self.lost(pack, entry, why),
            }
            self.keep_budget(&mut frames);
            self.end()?;
        }
        self.end()
    }

    /// Drops what is not needed next, the oldest first, where the objects that are open take more
    /// memory than they may.
    fn keep_budget(&mut self, frames: &mut [OpenObject<V::State>]) {
        /// Buffers that are kept to be used again.
        const MAX_SPARE: usize = 8;
        let weight = |made: &Made<V::State>| made.data.capacity() + V::weight(&made.state);
        let open: usize = frames.iter().filter_map(|frame| frame.made.as_ref()).map(weight).sum();
        let spare: usize = self.spare.iter().map(Vec::capacity).sum();
        let budget = self.sweep.database.max_memory() / self.sweep.threads.max(1) as u64;
        let budget = usize::try_from(budget).unwrap_or(usize::MAX);
        if open + spare > budget / 4 {
            self.spare.clear();
        }
        self.spare.truncate(MAX_SPARE);
        let mut over = open.saturating_sub(budget);
        let Some((_, below)) = frames.split_last_mut() else { return };
        for frame in below {
            if over == 0 {
                break;
            }
            let dropped = frame.made.take().map_or(0, |made| weight(&made));
            over = over.saturating_sub(dropped);
        }
    }

    /// Makes an object that was visited before once more, from the beginning of its chain.
    fn made_again(&mut self, linked: &Linked, pack: usize, index: u32) -> Option<Made<V::State>> {
        let stored = &self.sweep.objects.packs[pack];
        let limit = self.sweep.database.max_memory();
        let mut chain = vec![index];
        while let Some(base) = chain.last().map(|last| linked.entries[*last as usize].base)
            && base != NONE
        {
            chain.push(base);
        }
        let root = linked.entries[chain.pop()? as usize];
        let header = stored.data.entry(root.offset).ok()?;
        let mut data = Vec::new();
        self.inflated_root(stored, &header, &mut data).ok()?;
        let mut next = Vec::new();
        for index in chain.into_iter().rev() {
            let header = stored.data.entry(linked.entries[index as usize].offset).ok()?;
            inflated(&stored.data, &header, &mut self.inflate, &mut self.delta, limit).ok()?;
            delta::apply(&data, &self.delta, &mut next, &mut self.pieces, limit).ok()?;
            std::mem::swap(&mut data, &mut next);
        }
        let entry = linked.entries[index as usize];
        let state = self.visitor.object(entry.object, false, entry.kind?, &data, None);
        Some(Made { data, state })
    }

    /// Reads an entry that is stored whole, or whose base is outside of the pack.
    fn root(&mut self, linked: &Linked, pack: usize, index: u32) -> Option<OpenObject<V::State>> {
        let stored = &self.sweep.objects.packs[pack];
        let entry = linked.entries[index as usize];
        let kind = entry.kind.expect("only entries of a known kind are visited");
        let header = stored.data.entry(entry.offset).ok();
        if let Some(header) = &header
            && kind == Kind::Blob
            && !entry.is_based_outside
            && header.decompressed_size > MIN_STREAMED_LEN
            && linked.deltas_of(index).is_empty()
        {
            let end = stored.data.pack_end() as u64;
            let compressed = stored.data.entry_slice(header.data_offset..end).unwrap_or_default();
            let size = header.decompressed_size;
            if self.visitor.large(entry.object, &mut Inflating::new(compressed, size)).is_err() {
                self.visitor.unreadable(entry.object);
            }
            return None;
        }
        let mut data = self.spare.pop().unwrap_or_default();
        let read = match &header {
            Some(header) => self.inflated_root(stored, header, &mut data),
            None => Err(Unread::Corrupt),
        };
        if let Err(why) = read {
            self.spare.push(data);
            self.lost(pack, index, why);
            return None;
        }
        let state = self.visitor.object(entry.object, self.is_visited(&entry), kind, &data, None);
        Some(OpenObject { made: Some(Made { data, state }), next: 0, entry: index })
    }

    /// Inflates an entry that is no delta of another one in the pack.
    fn inflated_root(
        &mut self,
        stored: &Pack,
        header: &pack::data::Entry,
        data: &mut Vec<u8>,
    ) -> Result<(), Unread> {
        let limit = self.sweep.database.max_memory();
        let pack::data::entry::Header::RefDelta { base_id } = header.header else {
            return inflated(&stored.data, header, &mut self.inflate, data, limit);
        };
        inflated(&stored.data, header, &mut self.inflate, &mut self.delta, limit)?;
        let mut base = Vec::new();
        let reader = self.reader.get_or_insert_with(|| self.sweep.database.reader());
        reader.read(&base_id, &mut base).ok_or(Unread::Corrupt)?;
        delta::apply(&base, &self.delta, data, &mut self.pieces, limit)
    }

    /// Makes an object of its base.
    fn made(
        &mut self,
        linked: &Linked,
        pack: usize,
        index: u32,
        base: &Made<V::State>,
    ) -> Result<OpenObject<V::State>, Unread> {
        let stored = &self.sweep.objects.packs[pack];
        let limit = self.sweep.database.max_memory();
        let entry = linked.entries[index as usize];
        let header = stored.data.entry(entry.offset).map_err(|_| Unread::Corrupt)?;
        inflated(&stored.data, &header, &mut self.inflate, &mut self.delta, limit)?;
        let mut data = self.spare.pop().unwrap_or_default();
        delta::apply(&base.data, &self.delta, &mut data, &mut self.pieces, limit)?;
        let kind = entry.kind.expect("only entries of a known kind are visited");
        let made_of = Some((&base.state, self.pieces.as_slice()));
        let state =
            self.visitor.object(entry.object, self.is_visited(&entry), kind, &data, made_of);
        Ok(OpenObject { made: Some(Made { data, state }), next: 0, entry: index })
    }

    fn is_visited(&self, entry: &PackEntry) -> bool {
        entry.is_chosen && self.sweep.choice.is_none_or(|choice| choice(entry.object))
    }

    /// An entry cannot be read, nor can what is made of it.
    fn lost(&mut self, pack: usize, index: u32, why: Unread) {
        let stored: &Linked = &self.linked[pack];
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            let entry = stored.entries[index as usize];
            if self.is_visited(&entry) {
                if why == Unread::TooLarge {
                    self.sweep.database.note_too_large(self.sweep.objects.id(entry.object));
                }
                self.other_copy(entry.object);
            }
            open.extend(
                stored.deltas_of(index).iter().filter(|delta| self.needed[pack][**delta as usize]),
            );
        }
    }

    /// Visits another copy of an object, if there is one that can be read.
    fn other_copy(&mut self, number: Number) {
        let reader = self.reader.get_or_insert_with(|| self.sweep.database.reader());
        let mut data = Vec::new();
        match reader.read(&self.sweep.objects.id(number), &mut data) {
            Some(kind) => drop(self.visitor.object(number, true, kind, &data, None)),
            None => self.visitor.unreadable(number),
        }
    }

    fn loose(&mut self, number: Number) {
        let StoredAt::Loose { store } = self.sweep.objects.places[number as usize] else { return };
        let store = &self.sweep.objects.stores[store as usize];
        let id = self.sweep.objects.id(number);
        let path = store.object_path(&id);
        let Ok((kind, size)) = loose_header(&path) else {
            return self.other_copy(number);
        };
        if !self.sweep.kinds.contains(&kind) {
            return;
        }
        if kind == Kind::Blob && size > MIN_STREAMED_LEN {
            let read = regular_file::open(&path).and_then(|file| {
                let mut data = Inflating::new(BufReader::with_capacity(1 << 16, file), u64::MAX);
                skip_header(&mut data)?;
                data.rest = size;
                self.visitor.large(number, &mut data)
            });
            if read.is_err() {
                self.visitor.unreadable(number);
            }
            return;
        }
        let mut data = self.spare.pop().unwrap_or_default();
        let reader = self.reader.get_or_insert_with(|| self.sweep.database.reader());
        match reader.read(&id, &mut data) {
            Some(kind) => drop(self.visitor.object(number, true, kind, &data, None)),
            None => self.visitor.unreadable(number),
        }
        self.spare.push(data);
    }
}

/// Reads over the header of a loose object: `blob 123\0`.
fn skip_header(data: &mut impl Read) -> std::io::Result<()> {
    const MAX_HEADER_LEN: usize = 32;
    let mut byte = [1];
    for _ in 0..MAX_HEADER_LEN {
        data.read_exact(&mut byte)?;
        if byte[0] == 0 {
            return Ok(());
        }
    }
    Err(std::io::ErrorKind::InvalidData.into())
}

/// Inflates while it is being read. Ends with an error if what comes out is not as long as it
/// should be.
struct Inflating<R> {
    compressed: R,
    state: gix::zlib::Decompress,
    /// How much is to come; [`u64::MAX`] if that is not known.
    rest: u64,
}

impl<R> Inflating<R> {
    fn new(compressed: R, size: u64) -> Self {
        Self { compressed, state: gix::zlib::Decompress::new(), rest: size }
    }
}

impl<R: std::io::BufRead> Read for Inflating<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = gix::zlib::stream::inflate::read(&mut self.compressed, &mut self.state, buffer)?;
        if self.rest != u64::MAX {
            self.rest =
                self.rest.checked_sub(read as u64).ok_or(std::io::ErrorKind::InvalidData)?;
            if read == 0 && !buffer.is_empty() && self.rest > 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(read)
    }
}
