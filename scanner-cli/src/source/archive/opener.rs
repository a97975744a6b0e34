//! Visits archives and their members, and reports the ones that could not be visited.

use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::pipeline::{CONTAINER_HEAD_LEN, Worker, read_until_full};
use crate::source::archive::budget::{Budget, SOURCE_LAYER};
use crate::source::archive::expand::Codec;
use crate::source::archive::format::Format;
use crate::source::archive::limits::Opening;
use crate::source::archive::member::{BUFFER_LEN, Counted, Expanded, Failing, Input, Promise};
use crate::source::archive::raw::{RawPosition, RawSearch};

/// Members up to this size are searched as one piece.
const MAX_WHOLE_MEMBER_LEN: usize = 256 << 10;

/// The path of a member.
pub(super) fn inside(archive: &Origin, name: &[u8]) -> Origin {
    let join = |path: &[u8]| [path, b"!", name].concat();
    Origin::new(join(archive.path()), join(archive.from_root()))
}

/// The visitor of one outermost archive.
pub(super) struct Opener<'w, 'p, 'o> {
    worker: &'w mut Worker<'p>,
    opening: Opening<'o>,
    pub(super) budget: Rc<Budget>,
    buffer: Vec<u8>,
    /// Where the reader of the archive that is being opened is.
    position: Rc<RawPosition>,
}

impl<'w, 'p, 'o> Opener<'w, 'p, 'o> {
    pub(super) fn new(
        worker: &'w mut Worker<'p>,
        opening: Opening<'o>,
        budget: Rc<Budget>,
    ) -> Self {
        worker.remember_secrets();
        Self { worker, opening, budget, buffer: Vec::new(), position: Rc::default() }
    }

    /// Searches the bytes of an archive while `open` reads it. What members show is not reported
    /// again.
    pub(super) fn with_raw<T>(
        &mut self,
        origin: &Origin,
        input: Input<'_>,
        open: impl FnOnce(&mut Self, Input<'_>) -> T,
    ) -> T {
        let mut raw = RawSearch::new(self.worker.scanner(), input);
        let outer = std::mem::replace(&mut self.position, raw.position());
        let opened = open(self, Box::new(&mut raw));
        self.position = outer;
        let (found, cut) = raw.finish();
        self.report_fault(origin);
        self.worker.located_raw(origin, found);
        self.worker.note_cut(origin, cut);
        opened
    }

    /// Bytes of the archive that is being opened are the data of a member that is left out.
    pub(super) fn position(&self) -> &RawPosition {
        &self.position
    }

    /// Opens an archive that is a stream of the outermost layer.
    pub(super) fn open(&mut self, format: Format, origin: &Origin, depth: u64, input: Input<'_>) {
        self.open_in(format, origin, depth, SOURCE_LAYER, input);
    }

    /// Opens an archive within `depth` others. `layer` is what its bytes come from.
    pub(super) fn open_in(
        &mut self,
        format: Format,
        origin: &Origin,
        depth: u64,
        layer: u32,
        input: Input<'_>,
    ) {
        self.with_raw(origin, input, |opener, input| match format {
            Format::Zip => opener.zip_stream(origin, depth, layer, input),
            Format::Tar => {
                if opener.tar(origin, depth + 1, layer, input) {
                    opener.opened(origin);
                }
            }
            Format::Compressed(codec) => opener.compressed(codec, origin, depth, input),
        });
    }

    /// Expands a compressed file. A tar in it is opened in one step.
    fn compressed(&mut self, codec: Codec, origin: &Origin, depth: u64, input: Input<'_>) {
        let (input, taken) = Counted::new(input);
        let mut expanded = self.expanded(codec.decoder(Box::new(input)));
        expanded.taken = Some(taken);
        expanded.max_size = self.opening.max_size;
        let layer = expanded.layer;
        let (head, input) = peek_head(Box::new(BufReader::with_capacity(BUFFER_LEN, expanded)));
        let is_whole = if Format::of(&head) == Some(Format::Tar) {
            self.with_raw(origin, input, |opener, input| {
                opener.tar(origin, depth + 1, layer, input)
            })
        } else {
            let content = inside(origin, &codec.name_of_content(origin.path()));
            if self.enters(&content) && !self.leaves_out(&content, None) {
                self.member(&content, depth + 1, layer, input);
            }
            !self.budget.is_at_fault()
        };
        self.budget.close_layer(layer);
        if is_whole {
            self.opened(origin);
        }
    }

    /// The size above which members are not wanted.
    pub(super) fn max_size(&self) -> Option<u64> {
        self.opening.max_size
    }

    /// Whether something that claims to be larger than is wanted really is: it is expanded that
    /// far. Where too much was expanded for that already, it counts as small, and is expanded as
    /// others are, within the limits.
    pub(super) fn is_too_large(&self, claimed: u64, expanded: impl Read) -> bool {
        let Some(max) = self.opening.max_size.filter(|max| claimed > *max) else { return false };
        if !self.budget.admits_check(max) {
            return false;
        }
        // The reader that searches a broken layer reports it.
        let mut wanted = expanded.take(max.saturating_add(1));
        let mut buffer = vec![0; BUFFER_LEN];
        let mut len = 0;
        loop {
            match wanted.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => len += read as u64,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        self.budget.spend_check(len);
        len > max
    }

    /// What a decoder yields, as a layer of its own.
    pub(super) fn expanded<'x>(&self, inner: Box<dyn Read + 'x>) -> Expanded<'x> {
        Expanded {
            inner,
            taken: None,
            layer: self.budget.new_layer(),
            budget: self.budget.clone(),
            promise: None,
            max_size: None,
            given: 0,
            crc: crc32fast::Hasher::new(),
            is_failed: false,
        }
    }

    /// Visits a member that is compressed by itself, and says whether it was well. One that makes
    /// no promise is read to its end, since nothing else tells where that is.
    pub(super) fn compressed_member<'x>(
        &mut self,
        origin: &Origin,
        depth: u64,
        promise: Option<Promise>,
        input: Input<'x>,
        decoder: impl FnOnce(Input<'x>) -> Box<dyn Read + 'x>,
    ) -> bool {
        let (input, taken) = Counted::new(input);
        let mut expanded = self.expanded(decoder(Box::new(input)));
        expanded.taken = Some(taken);
        expanded.promise = promise;
        let claimed = promise.map_or(u64::MAX, |promise| promise.size);
        expanded.max_size = self.opening.max_size.filter(|max| claimed > *max);
        let layer = expanded.layer;
        let mut reader = BufReader::with_capacity(BUFFER_LEN, expanded);
        self.member(origin, depth, layer, Box::new(&mut reader));
        if promise.is_none()
            && !self.budget.is_at_fault()
            && io::copy(&mut reader, &mut io::sink()).is_err()
        {
            self.report_fault(origin);
        }
        let is_well = !self.budget.is_at_fault();
        self.budget.close_layer(layer);
        is_well
    }

    /// Counts a member. Returns whether the budget allows one more; reports it if not.
    pub(super) fn enters(&mut self, origin: &Origin) -> bool {
        let is_in = self.budget.admits_member();
        if !is_in {
            self.report_fault(origin);
        }
        is_in
    }

    /// Whether the user leaves a member out, by its path or by a size that is not only claimed. It
    /// is counted then.
    pub(super) fn leaves_out(&mut self, origin: &Origin, size: Option<u64>) -> bool {
        let is_large = self.opening.max_size.is_some_and(|max| size.is_some_and(|size| size > max));
        let skip = match (self.is_excluded(origin), is_large) {
            (true, _) => Skip::ExcludedPath,
            (false, true) => Skip::TooLarge,
            (false, false) => return false,
        };
        self.skip(skip, origin);
        true
    }

    /// Visits a member within `depth` archives. It need not be read to its end.
    pub(super) fn member(&mut self, origin: &Origin, depth: u64, layer: u32, input: Input<'_>) {
        let (head, mut input) = peek_head(input);
        match Format::of(&head) {
            Some(format) if depth < self.opening.limits.depth.most => {
                self.open_in(format, origin, depth, layer, input);
            }
            Some(_) => {
                self.plain_member(origin, &mut input);
                self.skip(Skip::ArchiveDepth(self.opening.limits.depth.bound), origin);
            }
            None => self.plain_member(origin, &mut input),
        }
    }

    /// Searches what is no archive, or is not opened.
    fn plain_member(&mut self, origin: &Origin, input: &mut Input<'_>) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.resize(MAX_WHOLE_MEMBER_LEN, 0);
        let (filled, end) = read_until_full(input, &mut buffer);
        if end.is_ok() && filled < buffer.len() {
            self.worker.blob(origin, &buffer[..filled]);
        } else {
            let rest: &mut dyn Read = match end {
                Err(error) => &mut Failing(error.kind()),
                Ok(()) => input,
            };
            if self.worker.reader(origin, buffer[..filled].chain(rest)).is_err() {
                self.budget.admits_time();
                self.report_fault(origin);
            }
        }
        self.buffer = buffer;
    }

    fn is_excluded(&self, origin: &Origin) -> bool {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let path = origin.from_root();
        // What is not below the root is named from that of the file system.
        let start = path.iter().position(|byte| *byte != b'/').unwrap_or(path.len());
        let path = Path::new(OsStr::from_bytes(&path[start..]));
        self.opening
            .excluded
            .is_some_and(|excluded| excluded.matched_path_or_any_parents(path, false).is_ignore())
    }

    /// Counts an archive that was opened to its end. What it holds is counted by itself.
    pub(super) fn opened(&mut self, origin: &Origin) {
        self.worker.scanned(origin, &[], 0);
    }

    /// Counts something that is not scanned.
    pub(super) fn skip(&mut self, skip: Skip, origin: &Origin) {
        self.worker.skip(skip, origin);
    }

    /// Counts something that is not opened and need not be.
    pub(super) fn leave_unopened(
        &mut self,
        kind: tokensieve_core::coverage::Container,
        origin: &Origin,
    ) {
        self.worker.leave_unopened(kind, origin);
    }

    /// Skips this with the fault that kept it from being read. A fault is reported once.
    pub(super) fn report_fault(&mut self, origin: &Origin) {
        if let Some(skip) = self.budget.take_unreported_fault() {
            self.skip(skip, origin);
        }
    }
}

/// The beginning of an input, and the input from there on again.
fn peek_head(mut input: Input<'_>) -> (Vec<u8>, Input<'_>) {
    let mut head = vec![0; CONTAINER_HEAD_LEN];
    let (filled, end) = read_until_full(&mut input, &mut head);
    head.truncate(filled);
    let rest: Input<'_> = match end {
        Err(error) => Box::new(Failing(error.kind())),
        Ok(()) => input,
    };
    (head.clone(), Box::new(Cursor::new(head).chain(rest)))
}
