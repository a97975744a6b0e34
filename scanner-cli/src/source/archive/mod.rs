//! Opens archives and compressed files, and visits what they hold.
//!
//! A member is a blob like any other; its path is that of the archive, a `!`, and its own name.
//! Nothing is written to disk, and no name is ever used as a path of this machine. What an archive
//! claims about itself is not believed: expanding is bounded by [`Limits`], memory by the windows
//! of the decoders and by [`budget::MAX_HELD_BYTES`].
//!
//! A member that cannot be opened is skipped and reported. Reading goes on behind it where the
//! format allows that. The bytes of each archive are searched as they are, too: see [`raw`].

mod budget;
mod expand;
mod format;
mod limits;
mod member;
mod opener;
mod pax;
mod raw;
mod sparse;
mod tar;
mod tar_header;
mod zip;
mod zip_forward;
mod zip_record;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;

use self::budget::Budget;
use self::format::Format;
pub(super) use self::limits::Opening;
pub use self::limits::{Limit, Limits};
use self::member::{BUFFER_LEN, FileAt, Slice, Source};
use self::opener::Opener;
use crate::pipeline::{CONTAINER_HEAD_LEN, Named, Worker, read_full};

/// Opens a file if it is an archive; says whether it was one.
pub(super) fn scan_file(
    worker: &mut Worker<'_>,
    opening: Opening<'_>,
    file: &File,
    named: &dyn Named,
) -> io::Result<bool> {
    let mut head = [0; CONTAINER_HEAD_LEN];
    let mut filled = 0;
    while filled < CONTAINER_HEAD_LEN {
        match file.read_at(&mut head[filled..], filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let Some(format) = Format::of(&head[..filled]) else { return Ok(false) };
    let len = file.metadata()?.len();
    let budget = Budget::new(opening.limits, worker.deadline());
    let origin = named.origin();
    let mut opener = Opener::new(worker, opening, budget.clone());
    if format == Format::Zip {
        opener.zip_file(&origin, &FileAt::new(file, len, &budget));
    } else {
        let source = FileAt::new(file, len, &budget);
        let all = Slice::new(&source, 0, len);
        opener.open(format, &origin, 0, Box::new(BufReader::with_capacity(BUFFER_LEN, all)));
    }
    worker.forget_secrets();
    Ok(true)
}

/// Scans a stream, and opens it if it is an archive.
pub(super) fn scan_stream(
    worker: &mut Worker<'_>,
    opening: Opening<'_>,
    named: &dyn Named,
    mut reader: impl Read,
) -> io::Result<()> {
    let mut head = vec![0; CONTAINER_HEAD_LEN];
    let filled = read_full(&mut reader, &mut head)?;
    head.truncate(filled);
    let Some(format) = Format::of(&head) else {
        return worker.reader(named, head.chain(reader)).map(drop);
    };
    let budget = Budget::new(opening.limits, worker.deadline());
    let origin = named.origin();
    let whole = Source::new(io::Cursor::new(head).chain(reader), &budget);
    Opener::new(worker, opening, budget).open(format, &origin, 0, Box::new(whole));
    worker.forget_secrets();
    Ok(())
}
