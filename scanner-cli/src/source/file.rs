//! Reads one regular file.
//!
//! Small files are read into a buffer that is kept from file to file; large ones are mapped and
//! searched in parallel. Which is faster where is measured in docs/performance.md.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
use std::path::Path;

use rayon::prelude::*;
use tokensieve_core::Span;
use tokensieve_core::coverage::Skip;

use crate::mmap::{Visit, with_map};
use crate::pipeline::{CONTAINER_HEAD_LEN, Named, Worker, read_full};

/// The largest file that is read whole, and so the largest buffer of a thread.
const MAX_READ_WHOLE_LEN: u64 = 8 << 20;
/// The first size of a buffer, which holds nearly every file of a source tree.
const FIRST_BUFFER_LEN: usize = 256 << 10;
/// The size of the parts in which a mapped file is searched.
const PART_LEN: usize = 1 << 20;
/// How many parts are searched before their matches are put in order, so that memory does not grow
/// with the file.
const PARTS_PER_BATCH: usize = 64;

/// How files are read.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Reading {
    /// What is faster for the size of the file.
    #[default]
    Auto,
    /// Everything is read.
    Plain,
    /// Everything is mapped.
    Mapped,
}

/// What a file is read with.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FileOptions<'a> {
    pub(super) reading: Reading,
    pub(super) max_size: Option<u64>,
    /// How archives are opened, if they are.
    #[cfg(feature = "archives")]
    pub(super) archives: Option<crate::source::archive::Opening<'a>>,
    #[cfg(not(feature = "archives"))]
    pub(super) archives: std::marker::PhantomData<&'a ()>,
}

/// Scans a file. One that cannot be read is a gap in the coverage, and so is one that comes up
/// after the time of the scan.
pub(super) fn scan(
    worker: &mut Worker<'_>,
    options: FileOptions<'_>,
    path: &Path,
    named: &dyn Named,
) {
    if worker.is_over() {
        return worker.skip(Skip::OutOfTime, named);
    }
    if let Err(error) = try_scan(worker, options, path, named) {
        let reason = if worker.is_over() { Skip::OutOfTime } else { skip_of(&error) };
        worker.skip(reason, named);
    }
}

/// Why an error of the file system makes something be skipped.
pub(super) fn skip_of(error: &io::Error) -> Skip {
    match error.kind() {
        io::ErrorKind::NotFound => Skip::Vanished,
        _ => Skip::Unreadable,
    }
}

/// What is skipped instead of being opened.
pub(super) fn skip_of_type(file_type: std::fs::FileType) -> Option<Skip> {
    if file_type.is_fifo() {
        Some(Skip::Fifo)
    } else if file_type.is_socket() {
        Some(Skip::Socket)
    } else if file_type.is_block_device() || file_type.is_char_device() {
        Some(Skip::Device)
    } else {
        None
    }
}

fn try_scan(
    worker: &mut Worker<'_>,
    options: FileOptions<'_>,
    path: &Path,
    named: &dyn Named,
) -> io::Result<()> {
    // The type was checked before but may have changed since: a fifo must not block.
    let mut file =
        OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path)?;
    if let Some(max) = options.max_size
        && file.metadata()?.len() > max
    {
        worker.skip(Skip::TooLarge, named);
        return Ok(());
    }
    #[cfg(feature = "archives")]
    if let Some(opening) = options.archives
        && crate::source::archive::scan_file(worker, opening, &file, named)?
    {
        return Ok(());
    }
    if options.reading == Reading::Mapped {
        let size = file.metadata()?.len();
        if size > 0 {
            return scan_mapped(worker, &file, size, named);
        }
    }
    let mut buffer = std::mem::take(&mut worker.buffer);
    let result = scan_read(worker, options, &mut file, &mut buffer, named);
    worker.buffer = buffer;
    result
}

/// Reads into a buffer. The size of a file is asked for only where it does not fit into the first
/// buffer: for most files of a tree that would be a system call too many.
fn scan_read(
    worker: &mut Worker<'_>,
    options: FileOptions<'_>,
    file: &mut File,
    buffer: &mut Vec<u8>,
    named: &dyn Named,
) -> io::Result<()> {
    buffer.resize(buffer.len().max(FIRST_BUFFER_LEN), 0);
    let mut len = read_full(file, buffer)?;
    if len < buffer.len() {
        worker.blob(named, &buffer[..len]);
        return Ok(());
    }
    let size = file.metadata()?.len();
    if size > MAX_READ_WHOLE_LEN {
        return match options.reading {
            Reading::Plain => scan_in_chunks(worker, file, &buffer[..len], named),
            Reading::Auto | Reading::Mapped => scan_mapped(worker, file, size, named),
        };
    }
    // One byte more than the file has, so that its end is met.
    let wanted = usize::try_from(size).map_err(io::Error::other)? + 1;
    buffer.resize(buffer.len().max(wanted), 0);
    len += read_full(file, &mut buffer[len..])?;
    if len == buffer.len() {
        // It has grown meanwhile.
        return scan_in_chunks(worker, file, buffer, named);
    }
    worker.blob(named, &buffer[..len]);
    report_if_cut(worker, file, len as u64, size, named)
}

/// A file that ends before the size it had was cut short, unless its size was never true, as in
/// `/sys`.
fn report_if_cut(
    worker: &mut Worker<'_>,
    file: &File,
    len: u64,
    size: u64,
    named: &dyn Named,
) -> io::Result<()> {
    if len < size && file.metadata()?.len() == len {
        worker.skip(Skip::Truncated, named);
    }
    Ok(())
}

/// Scans what was read of a file already and then the rest of it.
fn scan_in_chunks(
    worker: &mut Worker<'_>,
    file: &File,
    begun: &[u8],
    named: &dyn Named,
) -> io::Result<()> {
    let size = file.metadata()?.len();
    let len = worker.reader(named, begun.chain(file))?;
    report_if_cut(worker, file, len, size, named)
}

fn scan_mapped(
    worker: &mut Worker<'_>,
    mut file: &File,
    size: u64,
    named: &dyn Named,
) -> io::Result<()> {
    let len = usize::try_from(size).map_err(io::Error::other)?;
    let before = worker.begin_attempt();
    let visit = with_map(file, len, |bytes| {
        let is_whole = search_in_parallel(worker, named, bytes);
        (is_whole, bytes[..len.min(CONTAINER_HEAD_LEN)].to_vec())
    });
    if let Ok(Visit::Whole((is_whole, head))) = visit {
        worker.keep_attempt(before);
        if is_whole {
            worker.scanned(named, &head, size);
        } else {
            worker.skip(Skip::OutOfTime, named);
        }
        return Ok(());
    }
    worker.undo_attempt(before);
    // Not everything that can be read can be mapped; and what was cut short is read again, as far
    // as it goes.
    file.seek(SeekFrom::Start(0))?;
    scan_in_chunks(worker, file, &[], named)?;
    if matches!(visit, Ok(Visit::Cut)) {
        worker.skip(Skip::Truncated, named);
    }
    Ok(())
}

/// Searches a file that is in memory in parts, several at a time. Matches are handed on as soon as
/// nothing can change them, so memory does not grow with the file. Returns false where the time of
/// the scan was over before the end.
fn search_in_parallel(worker: &mut Worker<'_>, named: &dyn Named, bytes: &[u8]) -> bool {
    let scanner = worker.scanner();
    let pipeline = worker.pipeline();
    let mut is_whole = true;
    worker.collect(named, bytes, |on_match| {
        if scanner.is_utf16(bytes) {
            // Text in UTF-16 is decoded from its beginning on.
            let searched = scanner.scan_while(bytes, on_match, &mut || !pipeline.is_over());
            is_whole = searched.is_whole;
            return searched.cut;
        }
        let mut parts = scanner.in_parts(bytes);
        let mut start = 0;
        while start < bytes.len() {
            if pipeline.is_over() {
                is_whole = false;
                return parts.cut();
            }
            let end = bytes.len().min(start + PART_LEN * PARTS_PER_BATCH);
            let ranges: Vec<Span> = (start..end)
                .step_by(PART_LEN)
                .map(|part| Span::new(part, end.min(part + PART_LEN)))
                .collect();
            let searched = ranges.into_par_iter().map(|range| parts.search(range)).collect();
            parts.accept(searched, on_match);
            start = end;
        }
        parts.cut()
    });
    is_whole
}
