//! Reads zips from their directory, which stands at the end.
//!
//! The crate `zip` keeps the whole directory in memory and one of several members with the same
//! name; here the directory is read entry by entry.

use std::io::{self, BufRead, BufReader, Read};

use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::source::archive::member::{BUFFER_LEN, Input, Promise, ReadAt, Slice};
use crate::source::archive::opener::{Opener, inside};
use crate::source::archive::zip_forward::Forward;
use crate::source::archive::zip_record::{
    ENTRY, LOCAL, LOCAL_LEN, Method, is_folder, u16_at, u32_at, u64_at, widen,
};

const END: &[u8] = b"PK\x05\x06";
const END_LEN: usize = 22;
const END_64: &[u8] = b"PK\x06\x06";
const LOCATOR_64: &[u8] = b"PK\x06\x07";
const LOCATOR_64_LEN: usize = 20;
const ENTRY_LEN: usize = 46;

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
    /// Reads the next entry. Returns `None` behind the last one.
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

/// Where a member stands that no entry refers to: the first header near the start of a gap, where
/// what describes the data before it may stand, too.
fn unlisted(source: &dyn ReadAt, start: u64, end: u64) -> io::Result<Option<u64>> {
    /// The longest description of data, with its signature.
    const DESCRIPTOR_LEN: usize = 24;
    let mut head = [0; DESCRIPTOR_LEN + LOCAL.len()];
    let Some(len) = end.checked_sub(start).filter(|len| *len >= LOCAL_LEN as u64) else {
        return Ok(None);
    };
    let len = usize::try_from(len).unwrap_or(usize::MAX).min(head.len());
    source.read_exact_at(&mut head[..len], start)?;
    let found = head[..len].windows(LOCAL.len()).position(|bytes| bytes == LOCAL);
    Ok(found.map(|at| start + at as u64))
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

    /// Opens a file that is a zip.
    pub(super) fn zip_file(&mut self, origin: &Origin, source: &dyn ReadAt) {
        let all = Slice::new(source, 0, source.len());
        let all = Box::new(BufReader::with_capacity(BUFFER_LEN, all));
        self.with_raw(origin, all, |opener, _| opener.zip_at(origin, 0, source));
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
        // From the header of each member to the end of its data.
        let mut listed = Vec::new();
        while !list.fill_buf()?.is_empty() {
            // Behind the entries there may be a signature.
            let Some(entry) = ZipEntry::read(&mut list)? else { break };
            entries += 1;
            let start = zip.start_of(&entry);
            if let Ok(data) = &start {
                let header = entry.local.saturating_add(zip.directory.before);
                listed.push((header, data.saturating_add(entry.compressed)));
            }
            self.listed_member(zip, &entry, start);
            if self.budget.is_at_fault() {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        let has_unlisted = self.unlisted_members(zip, listed)?;
        // Their number is kept in 16 bits.
        if entries % 0x1_0000 == expected % 0x1_0000 && !has_unlisted {
            Ok(())
        } else {
            Err(io::ErrorKind::InvalidData.into())
        }
    }

    /// Visits members that the directory does not list, and says whether there are any: other
    /// programs find them by their own headers.
    fn unlisted_members(
        &mut self,
        zip: &ZipDirectoryScan<'_>,
        mut listed: Vec<(u64, u64)>,
    ) -> io::Result<bool> {
        listed.sort_unstable();
        listed.push((zip.directory.start, zip.directory.start));
        let (mut at, mut has_unlisted) = (0, false);
        for (start, end) in listed {
            if let Some(member) = unlisted(zip.source, at, start)? {
                has_unlisted = true;
                let rest = Slice::new(zip.source, member, start - member);
                let rest = Box::new(BufReader::with_capacity(BUFFER_LEN, rest));
                // Where it ends is no fault of its own: the directory is, and that is reported.
                let layer = self.budget.new_layer();
                let _ =
                    self.try_forward(&mut Forward::new(zip.origin, zip.depth, layer, member, rest));
                self.budget.close_layer(layer);
            }
            at = at.max(end);
        }
        Ok(has_unlisted)
    }

    /// Visits a member whose data starts there.
    fn listed_member(
        &mut self,
        zip: &ZipDirectoryScan<'_>,
        entry: &ZipEntry,
        start: io::Result<u64>,
    ) {
        let member = inside(zip.origin, &entry.name);
        if !self.enters(&member) || is_folder(&entry.name, entry.compressed) {
            return;
        }
        let size = self.size_if_too_large(zip, entry, start.as_ref().ok().copied());
        if self.leaves_out(&member, size) {
            if let Ok(start) = start {
                self.position().leave_out(start, entry.compressed);
            }
            return;
        }
        if let Some(kind) = entry.method.unopened() {
            self.leave_unopened(kind, &member);
            return;
        }
        match start {
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

    /// The size of a member that is larger than is wanted. What it claims is not believed.
    fn size_if_too_large(
        &self,
        zip: &ZipDirectoryScan<'_>,
        entry: &ZipEntry,
        start: Option<u64>,
    ) -> Option<u64> {
        let start =
            start.filter(|_| self.max_size().is_some_and(|max| entry.promise.size > max))?;
        let there = zip.source.len().saturating_sub(start).min(entry.compressed);
        let data = Slice::new(zip.source, start, there);
        let data = Box::new(BufReader::with_capacity(BUFFER_LEN, data));
        let claimed = entry.promise.size;
        self.is_too_large(claimed, entry.method.decoder(data)).then_some(claimed)
    }
}
