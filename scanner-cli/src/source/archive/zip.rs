//! Reads zips from their directory, which stands at the end.
//!
//! The crate `zip` keeps the whole directory in memory and one of several members with the same
//! name; here the directory is read entry by entry.

use std::io::{self, BufRead, BufReader, Read};

use tokensieve_core::Origin;
use tokensieve_core::coverage::{Container, Skip};

use crate::source::archive::expand::{Codec, inflate};
use crate::source::archive::member::{BUFFER_LEN, Input, Promise, ReadAt, Slice};
use crate::source::archive::opener::{Opener, inside};

const END: &[u8] = b"PK\x05\x06";
const END_LEN: usize = 22;
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const LOCATOR_64_LEN: usize = 20;
pub(super) const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_LEN: usize = 46;
pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
pub(super) const LOCAL_LEN: usize = 30;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

/// How the data of a member is stored.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Stored,
    Deflated,
    Compressed(Codec),
    /// With a passphrase.
    Encrypted,
    /// In a way that is not known here.
    Unknown,
}

impl Method {
    pub(super) fn new(flags: u16, method: u16) -> Self {
        const ENCRYPTED: u16 = 1;
        /// Even the directory is encrypted.
        const MASKED: u16 = 1 << 13;
        match method {
            _ if flags & (ENCRYPTED | MASKED) != 0 => Self::Encrypted,
            0 => Self::Stored,
            8 => Self::Deflated,
            12 => Self::Compressed(Codec::Bzip2),
            93 => Self::Compressed(Codec::Zstd),
            95 => Self::Compressed(Codec::Xz),
            _ => Self::Unknown,
        }
    }

    /// The container that a member stays, where it cannot be read.
    pub(super) fn unopened(self) -> Option<Container> {
        match self {
            Self::Encrypted => Some(Container::Encrypted),
            Self::Unknown => Some(Container::Archive),
            Self::Stored | Self::Deflated | Self::Compressed(_) => None,
        }
    }

    pub(super) fn decoder<'x>(self, input: Input<'x>) -> Box<dyn Read + 'x> {
        match self {
            Self::Deflated => inflate(input),
            Self::Compressed(codec) => codec.decoder(input),
            Self::Stored | Self::Encrypted | Self::Unknown => Box::new(input),
        }
    }
}

/// Where the directory is.
struct Directory {
    start: u64,
    end: u64,
    entries: u64,
    /// What stands before the archive, such as a program that unpacks it. Offsets do not count it.
    before: u64,
}

impl Directory {
    /// Looks for the record at the end, which may have a comment behind it.
    fn find(source: &dyn ReadAt) -> io::Result<Option<Self>> {
        let tail_len = source.len().min((END_LEN + usize::from(u16::MAX)) as u64);
        let tail_start = source.len() - tail_len;
        let mut tail = vec![0; usize::try_from(tail_len).expect("some KiB fit into memory")];
        source.read_exact_at(&mut tail, tail_start)?;
        let ends = (0..(tail.len() + 1).saturating_sub(END_LEN))
            .rev()
            .filter(|at| tail[*at..].starts_with(END));
        for at in ends {
            let record = &tail[at..at + END_LEN];
            let end = tail_start + at as u64;
            let size = u64::from(u32_at(record, 12));
            let offset = u64::from(u32_at(record, 16));
            let entries = u64::from(u16_at(record, 10));
            let is_large = entries == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff;
            if is_large && let Some(found) = Self::find_64(source, end)? {
                return Ok(Some(found));
            }
            if let Some(found) = Self::at(end, size, offset, entries) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The record of zips that are too large for the other one.
    fn find_64(source: &dyn ReadAt, end: u64) -> io::Result<Option<Self>> {
        let mut locator = [0; LOCATOR_64_LEN];
        let Some(at) = end.checked_sub(LOCATOR_64_LEN as u64) else { return Ok(None) };
        source.read_exact_at(&mut locator, at)?;
        let record_at = u64_at(&locator, 8);
        let mut record = [0; 56];
        if !locator.starts_with(LOCATOR_64) || record_at.checked_add(56).is_none_or(|end| end > at)
        {
            return Ok(None);
        }
        source.read_exact_at(&mut record, record_at)?;
        if !record.starts_with(END_64) {
            return Ok(None);
        }
        Ok(Self::at(record_at, u64_at(&record, 40), u64_at(&record, 48), u64_at(&record, 32)))
    }

    fn at(end: u64, size: u64, offset: u64, entries: u64) -> Option<Self> {
        let start = end.checked_sub(size)?;
        let before = start.checked_sub(offset)?;
        Some(Self { start, end, entries, before })
    }
}

/// An entry of the directory.
struct ZipEntry {
    name: Vec<u8>,
    method: Method,
    promise: Promise,
    compressed: u64,
    local: u64,
}

impl ZipEntry {
    /// Reads the next entry; nothing where there is none.
    fn read(directory: &mut impl Read) -> io::Result<Option<Self>> {
        let mut fixed = [0; ENTRY_LEN];
        directory.read_exact(&mut fixed[..4])?;
        if !fixed.starts_with(ENTRY) {
            return Ok(None);
        }
        directory.read_exact(&mut fixed[4..])?;
        let mut name = vec![0; u16_at(&fixed, 28).into()];
        let mut extra = vec![0; u16_at(&fixed, 30).into()];
        directory.read_exact(&mut name)?;
        directory.read_exact(&mut extra)?;
        io::copy(&mut directory.take(u16_at(&fixed, 32).into()), &mut io::sink())?;
        let mut sizes = [u32_at(&fixed, 24), u32_at(&fixed, 20), u32_at(&fixed, 42)].map(u64::from);
        widen(&mut sizes, &extra);
        let [size, compressed, local] = sizes;
        let promise = Promise { size, crc: u32_at(&fixed, 16) };
        let method = Method::new(u16_at(&fixed, 8), u16_at(&fixed, 10));
        Ok(Some(Self { name, method, promise, compressed, local }))
    }
}

/// Takes from the extra field what does not fit into 32 bits, in the order of `sizes`. Says whether
/// it was there.
pub(super) fn widen(sizes: &mut [u64], mut extra: &[u8]) -> bool {
    const ZIP64: u16 = 1;
    while extra.len() >= 4 {
        let (id, len) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let field = &extra[4..extra.len().min(4 + len)];
        if id == ZIP64 {
            let mut wide = field.chunks_exact(8);
            for size in sizes.iter_mut().filter(|size| **size == 0xffff_ffff) {
                if let Some(bytes) = wide.next() {
                    *size = u64_at(bytes, 0);
                }
            }
            return true;
        }
        extra = &extra[extra.len().min(4 + len)..];
    }
    false
}

/// A member that is a folder has nothing in it.
pub(super) fn is_folder(name: &[u8], compressed: u64) -> bool {
    name.ends_with(b"/") && compressed == 0
}

/// A zip that can be read from anywhere.
struct ZipDirectoryScan<'a> {
    origin: &'a Origin,
    /// How many archives its members are in.
    depth: u64,
    layer: u32,
    source: &'a dyn ReadAt,
    directory: Directory,
}

impl ZipDirectoryScan<'_> {
    /// Where the data of a member starts: behind its own header, which has a length of its own.
    fn start_of(&self, entry: &ZipEntry) -> io::Result<u64> {
        let at = entry.local.saturating_add(self.directory.before);
        let mut header = [0; LOCAL_LEN];
        self.source.read_exact_at(&mut header, at)?;
        if !header.starts_with(LOCAL) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(at + LOCAL_LEN as u64 + u64::from(u16_at(&header, 26)) + u64::from(u16_at(&header, 28)))
    }
}

impl Opener<'_, '_, '_> {
    /// Opens a zip that is a stream: in memory, if it fits, else from front to back.
    pub(super) fn zip_stream(
        &mut self,
        origin: &Origin,
        depth: u64,
        layer: u32,
        mut input: Input<'_>,
    ) {
        match self.budget.clone().hold(&mut *input) {
            Ok((held, true)) => {
                self.zip_at(origin, depth, &held);
                self.budget.release(held.len());
            }
            Ok((held, false)) => {
                let len = held.len();
                let whole = Box::new(io::Cursor::new(held).chain(input));
                if self.zip_forward(origin, depth + 1, layer, whole) {
                    self.opened(origin);
                }
                self.budget.release(len);
            }
            Err(_) => self.report_fault(origin),
        }
    }

    /// Opens a zip that can be read from anywhere.
    pub(super) fn zip_at(&mut self, origin: &Origin, depth: u64, source: &dyn ReadAt) {
        let layer = self.budget.new_layer();
        let depth = depth + 1;
        match Directory::find(source) {
            Ok(Some(directory)) => {
                if self.listed(&ZipDirectoryScan { origin, depth, layer, source, directory }) {
                    self.opened(origin);
                }
            }
            // Its end is missing; the members before that are read.
            Ok(None) => {
                let all = Slice::new(source, 0, source.len());
                if self.zip_forward(
                    origin,
                    depth,
                    layer,
                    Box::new(BufReader::with_capacity(BUFFER_LEN, all)),
                ) {
                    self.skip(Skip::Truncated, origin);
                }
            }
            Err(_) => self.report_fault(origin),
        }
        self.budget.close_layer(layer);
    }

    /// Visits what the directory lists; says whether that was all.
    fn listed(&mut self, zip: &ZipDirectoryScan<'_>) -> bool {
        let is_read = self.try_listed(zip).is_ok();
        if !is_read {
            self.budget.blame(zip.layer, Skip::BrokenArchive);
            self.report_fault(zip.origin);
        }
        is_read
    }

    fn try_listed(&mut self, zip: &ZipDirectoryScan<'_>) -> io::Result<()> {
        let Directory { start, end, entries: expected, .. } = zip.directory;
        let mut list =
            BufReader::with_capacity(BUFFER_LEN, Slice::new(zip.source, start, end - start));
        let mut entries: u64 = 0;
        while !list.fill_buf()?.is_empty() {
            // Behind the entries there may be a signature.
            let Some(entry) = ZipEntry::read(&mut list)? else { break };
            entries += 1;
            self.listed_member(zip, &entry);
            if self.budget.is_at_fault() {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        // Their number is kept in 16 bits.
        if entries % 0x1_0000 == expected % 0x1_0000 {
            Ok(())
        } else {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    fn listed_member(&mut self, zip: &ZipDirectoryScan<'_>, entry: &ZipEntry) {
        let member = inside(zip.origin, &entry.name);
        if !self.enters(&member)
            || is_folder(&entry.name, entry.compressed)
            || self.leaves_out(&member, Some(entry.promise.size))
        {
            return;
        }
        if let Some(kind) = entry.method.unopened() {
            self.leave_unopened(kind, &member);
            return;
        }
        match zip.start_of(entry) {
            Ok(start) => {
                let data = Slice::new(zip.source, start, entry.compressed);
                let input = Box::new(BufReader::with_capacity(BUFFER_LEN, data));
                self.compressed_member(&member, zip.depth, Some(entry.promise), input, |input| {
                    entry.method.decoder(input)
                });
            }
            Err(error) => {
                let layer = self.budget.new_layer();
                let is_short = error.kind() == io::ErrorKind::UnexpectedEof;
                self.budget
                    .blame(layer, if is_short { Skip::Truncated } else { Skip::BrokenArchive });
                self.report_fault(&member);
                self.budget.close_layer(layer);
            }
        }
    }
}
