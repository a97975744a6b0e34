//! Reads single objects as they are stored: loose, or in a pack.
//!
//! Sizes are promises of whoever wrote them: no memory is taken for more than the compressed bytes
//! can hold, nor for more than the limit.

use std::io::Read;
use std::path::Path;

use gix::ObjectId;
use gix::bstr::ByteSlice;
use gix::hash::oid;
use gix::objs::Kind;
use gix::odb::pack;
use gix::odb::pack::data::entry::Header;

use crate::git::store::delta;
use crate::git::store::unread::Unread;
use crate::regular_file;

/// The best ratio that zlib can reach.
const MAX_ZLIB_RATIO: u64 = 1032;
/// The longest chain of deltas that is followed; git makes none longer than 4095.
const MAX_CHAIN_LEN: usize = 4096;

/// The kind of an object and its size.
pub(crate) type ObjectHeader = (Kind, u64);

/// Checks the size that a header promises against what its compressed bytes can hold, and against a
/// limit.
pub(crate) fn checked_size(size: u64, compressed: u64, limit: u64) -> Result<usize, Unread> {
    if size > compressed.saturating_add(1).saturating_mul(MAX_ZLIB_RATIO) {
        return Err(Unread::Corrupt);
    }
    if size > limit {
        return Err(Unread::TooLarge);
    }
    usize::try_from(size).map_err(|_| Unread::TooLarge)
}

/// Inflates an entry of a pack into a buffer.
pub(crate) fn inflated(
    pack: &pack::data::File,
    entry: &pack::data::Entry,
    inflate: &mut gix::zlib::Inflate,
    out: &mut Vec<u8>,
    limit: u64,
) -> Result<(), Unread> {
    let compressed = (pack.pack_end() as u64).saturating_sub(entry.data_offset);
    let size = checked_size(entry.decompressed_size, compressed, limit)?;
    // What is in the buffer is written over; only where it grows, it has to be filled.
    out.resize(size, 0);
    pack.decompress_entry(entry, inflate, out).map(drop).map_err(|_| Unread::Corrupt)
}

/// A loose object: its header is read first, the rest if it is wanted.
struct Loose {
    compressed: Vec<u8>,
    state: gix::zlib::Decompress,
    /// The beginning of what was inflated, header and all.
    head: Vec<u8>,
    /// Where the data begins in it.
    data: usize,
    kind: Kind,
    size: u64,
    is_ended: bool,
}

impl Loose {
    fn open(path: &Path, limit: u64) -> Result<Self, Unread> {
        const MAX_HEAD_LEN: usize = 4096;
        let file = regular_file::open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Unread::Missing,
            _ => Unread::Corrupt,
        })?;
        // Stored without compression, an object is a little larger than it is.
        let most = limit.saturating_add(limit / 64).saturating_add(1 << 16);
        let mut compressed = Vec::new();
        file.take(most).read_to_end(&mut compressed).map_err(|_| Unread::Corrupt)?;
        if compressed.len() as u64 == most {
            return Err(Unread::TooLarge);
        }
        let mut state = gix::zlib::Decompress::new();
        let mut head = vec![0; MAX_HEAD_LEN];
        let status = state
            .decompress(&compressed, &mut head, gix::zlib::FlushDecompress::None)
            .map_err(|_| Unread::Corrupt)?;
        head.truncate(usize::try_from(state.total_out()).map_err(|_| Unread::Corrupt)?);
        let end = head.find_byte(0).ok_or(Unread::Corrupt)?;
        let (kind, size) = parsed_header(&head[..end]).ok_or(Unread::Corrupt)?;
        let is_ended = status == gix::zlib::Status::StreamEnd;
        Ok(Self { compressed, state, head, data: end + 1, kind, size, is_ended })
    }

    fn read(mut self, out: &mut Vec<u8>, limit: u64) -> Result<Kind, Unread> {
        let size = checked_size(self.size, self.compressed.len() as u64, limit)?;
        let begun = &self.head[self.data..];
        out.clear();
        // One byte more than there should be, so that what is too long is seen.
        out.resize(size.max(begun.len()) + 1, 0);
        out[..begun.len()].copy_from_slice(begun);
        let mut filled = begun.len();
        while !self.is_ended {
            let (before_in, before_out) = (self.state.total_in(), self.state.total_out());
            let rest = usize::try_from(before_in).ok().and_then(|at| self.compressed.get(at..));
            let status = self
                .state
                .decompress(
                    rest.unwrap_or_default(),
                    &mut out[filled..],
                    gix::zlib::FlushDecompress::None,
                )
                .map_err(|_| Unread::Corrupt)?;
            filled += usize::try_from(self.state.total_out() - before_out).unwrap_or(0);
            self.is_ended = status == gix::zlib::Status::StreamEnd;
            let is_stuck =
                (before_in, before_out) == (self.state.total_in(), self.state.total_out());
            if !self.is_ended && (is_stuck || filled > size) {
                return Err(Unread::Corrupt);
            }
        }
        let is_whole = filled == size && self.state.total_in() == self.compressed.len() as u64;
        out.truncate(filled);
        if is_whole { Ok(self.kind) } else { Err(Unread::Corrupt) }
    }
}

/// The header of a loose object: `blob 123`.
fn parsed_header(header: &[u8]) -> Option<ObjectHeader> {
    let (kind, size) = std::str::from_utf8(header).ok()?.split_once(' ')?;
    if !size.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((Kind::from_bytes(kind.as_bytes()).ok()?, size.parse().ok()?))
}

/// Reads a loose object. Its stream ends with its checksum, and nothing follows.
pub(crate) fn read_loose(path: &Path, out: &mut Vec<u8>, limit: u64) -> Result<Kind, Unread> {
    Loose::open(path, limit)?.read(out, limit)
}

/// Reads the header of a loose object.
pub(crate) fn loose_header(path: &Path) -> Result<ObjectHeader, Unread> {
    const HEAD_LEN: u64 = 4096;
    let file = regular_file::open(path).map_err(|_| Unread::Missing)?;
    let mut compressed = Vec::new();
    file.take(HEAD_LEN).read_to_end(&mut compressed).map_err(|_| Unread::Corrupt)?;
    let mut head = [0; 64];
    let mut state = gix::zlib::Decompress::new();
    state
        .decompress(&compressed, &mut head, gix::zlib::FlushDecompress::None)
        .map_err(|_| Unread::Corrupt)?;
    let end = head.find_byte(0).ok_or(Unread::Corrupt)?;
    parsed_header(&head[..end]).ok_or(Unread::Corrupt)
}

/// The file of a loose object in a folder of objects.
pub(crate) fn loose_path(folder: &Path, id: &oid) -> std::path::PathBuf {
    let hex = id.to_hex().to_string();
    folder.join(&hex[..2]).join(&hex[2..])
}

/// What an entry of a pack is made of: its deltas, the last one first, and what they begin with.
struct Chain {
    deltas: Vec<pack::data::Entry>,
    base: Base,
}

enum Base {
    Entry(pack::data::Entry, Kind),
    /// An object that is not in the pack.
    Elsewhere(ObjectId),
}

impl Chain {
    fn of(pack: &pack::Bundle, mut offset: u64) -> Result<Self, Unread> {
        let mut deltas = Vec::new();
        while deltas.len() < MAX_CHAIN_LEN {
            let entry = pack.pack.entry(offset).map_err(|_| Unread::Corrupt)?;
            match entry.header {
                Header::OfsDelta { base_distance } => {
                    let base = offset.checked_sub(base_distance).filter(|base| *base < offset);
                    offset = base.ok_or(Unread::Corrupt)?;
                }
                Header::RefDelta { base_id } => match pack.index.lookup(base_id) {
                    Some(at) => offset = pack.index.pack_offset_at_index(at),
                    None => {
                        deltas.push(entry);
                        return Ok(Self { deltas, base: Base::Elsewhere(base_id) });
                    }
                },
                header => {
                    let kind = header.as_kind().ok_or(Unread::Corrupt)?;
                    return Ok(Self { deltas, base: Base::Entry(entry, kind) });
                }
            }
            deltas.push(entry);
        }
        Err(Unread::Corrupt)
    }
}

/// Reads an object that is not in the pack.
type ReadElsewhere<'r> = dyn FnMut(&oid, &mut Vec<u8>) -> Result<Kind, Unread> + 'r;

/// Reads an entry of a pack. `elsewhere` reads objects that are not in the pack.
pub(crate) fn read_packed(
    pack: &pack::Bundle,
    offset: u64,
    out: &mut Vec<u8>,
    limit: u64,
    elsewhere: &mut ReadElsewhere<'_>,
) -> Result<Kind, Unread> {
    let chain = Chain::of(pack, offset)?;
    let mut inflate = gix::zlib::Inflate::default();
    let kind = match &chain.base {
        Base::Entry(entry, kind) => {
            inflated(&pack.pack, entry, &mut inflate, out, limit)?;
            *kind
        }
        Base::Elsewhere(id) => elsewhere(id, out)?,
    };
    let (mut instructions, mut made, mut pieces) = (Vec::new(), Vec::new(), Vec::new());
    for entry in chain.deltas.iter().rev() {
        inflated(&pack.pack, entry, &mut inflate, &mut instructions, limit)?;
        delta::apply(out, &instructions, &mut made, &mut pieces, limit)?;
        std::mem::swap(out, &mut made);
    }
    Ok(kind)
}

/// Reads the kind and the size of an entry of a pack.
pub(crate) fn packed_header(
    pack: &pack::Bundle,
    offset: u64,
    elsewhere: &mut dyn FnMut(&oid) -> Result<ObjectHeader, Unread>,
) -> Result<ObjectHeader, Unread> {
    let chain = Chain::of(pack, offset)?;
    let (kind, size) = match &chain.base {
        Base::Entry(entry, kind) => (*kind, entry.decompressed_size),
        Base::Elsewhere(id) => elsewhere(id)?,
    };
    let Some(last) = chain.deltas.first() else { return Ok((kind, size)) };
    let mut head = [0; 32];
    let compressed = pack
        .pack
        .entry_slice(last.data_offset..pack.pack.pack_end() as u64)
        .ok_or(Unread::Corrupt)?;
    gix::zlib::Decompress::new()
        .decompress(compressed, &mut head, gix::zlib::FlushDecompress::None)
        .map_err(|_| Unread::Corrupt)?;
    Ok((kind, delta::result_size(&head).ok_or(Unread::Corrupt)?))
}
