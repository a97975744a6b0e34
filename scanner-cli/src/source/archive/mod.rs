//! Opens archives and compressed files, and visits what they hold.
//!
//! A member is a blob like any other; its path is that of the archive, a `!`, and its own name.
//! Nothing is written to disk, and no name is ever used as a path of this machine. What an archive
//! claims about itself is not believed: expanding is bounded by [`Limits`], memory by the windows
//! of the decoders and by [`budget::MOST_HELD`].
//!
//! What cannot be opened is told by the member it is about. Where a format lets one go on behind
//! it, one goes on.

mod budget;
mod expand;
mod format;
mod member;
mod opener;
mod pax;
mod sparse;
mod tar;
mod tar_header;
mod zip;
mod zip_forward;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::os::unix::fs::FileExt;

use ignore::gitignore::Gitignore;
use tokensieve_core::Bound;

use self::budget::Budget;
use self::format::Format;
use self::member::Slice;
use self::opener::Opener;
use crate::pipeline::{HEAD, Named, Worker, read_full};

/// A limit, and who set it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limit {
    /// The limit.
    pub most: u64,
    /// Whether going beyond it is a gap.
    pub bound: Bound,
}

impl Limit {
    /// The one that a user chose, or else the default.
    #[must_use]
    pub fn new(chosen: Option<u64>, default: u64) -> Self {
        match chosen {
            Some(most) => Self { most, bound: Bound::Chosen },
            None => Self { most: default, bound: Bound::Default },
        }
    }
}

/// How far archives are opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// So many archives in one another are opened.
    pub depth: Limit,
    /// One outermost archive may expand to so many bytes, with everything in it.
    pub size: Limit,
    /// What is compressed may expand to so many times its size, once it is larger than 10 MiB.
    pub ratio: Limit,
    /// One outermost archive may have so many members, with those of archives in it.
    pub members: Limit,
}

impl Limits {
    /// The depth that is the default.
    pub const DEPTH: u64 = 3;
    /// The size that is the default.
    pub const SIZE: u64 = 1 << 30;
    /// The ratio that is the default.
    pub const RATIO: u64 = 200;
    /// The number of members that is the default.
    pub const MEMBERS: u64 = 100_000;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: Limit::new(None, Self::DEPTH),
            size: Limit::new(None, Self::SIZE),
            ratio: Limit::new(None, Self::RATIO),
            members: Limit::new(None, Self::MEMBERS),
        }
    }
}

/// How archives are opened, and which of their members are left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Opening<'a> {
    pub(super) limits: &'a Limits,
    /// What `--exclude-path` leaves out.
    pub(super) excluded: Option<&'a Gitignore>,
    /// Larger members are skipped.
    pub(super) max_size: Option<u64>,
}

/// Opens a file if it is an archive; says whether it was one.
pub(super) fn scan_file(
    worker: &mut Worker<'_>,
    opening: Opening<'_>,
    file: &File,
    named: &dyn Named,
) -> io::Result<bool> {
    let mut head = [0; HEAD];
    let mut filled = 0;
    while filled < HEAD {
        match file.read_at(&mut head[filled..], filled as u64) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let Some(format) = Format::of(&head[..filled]) else { return Ok(false) };
    let len = file.metadata()?.len();
    let budget = Budget::new(opening.limits);
    let origin = named.origin();
    let mut opener = Opener::new(worker, opening, budget.clone());
    if format == Format::Zip {
        opener.zip_at(&origin, 0, &budget.watched(file, len));
    } else {
        let source = budget.watched(file, len);
        let all = Slice::new(&source, 0, len);
        opener.open(format, &origin, 0, Box::new(BufReader::with_capacity(member::BUFFER, all)));
    }
    Ok(true)
}

/// Scans a stream, and opens it if it is an archive.
pub(super) fn scan_stream(
    worker: &mut Worker<'_>,
    opening: Opening<'_>,
    named: &dyn Named,
    mut reader: impl Read,
) -> io::Result<()> {
    let mut head = vec![0; HEAD];
    let filled = read_full(&mut reader, &mut head)?;
    head.truncate(filled);
    let Some(format) = Format::of(&head) else {
        return worker.reader(named, head.chain(reader)).map(drop);
    };
    let budget = Budget::new(opening.limits);
    let origin = named.origin();
    let whole = budget.source(io::Cursor::new(head).chain(reader));
    Opener::new(worker, opening, budget).open(format, &origin, 0, Box::new(whole));
    Ok(())
}
