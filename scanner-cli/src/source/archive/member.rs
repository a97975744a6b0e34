//! Readers of parts of archives: slices, members of a given size, and what was expanded.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::os::unix::fs::FileExt;
use std::rc::Rc;

use tokensieve_core::coverage::Skip;

use crate::pipeline::read_full;
use crate::source::archive::budget::{Budget, SOURCE_LAYER};

/// The size of buffers between layers.
pub(super) const BUFFER_LEN: usize = 64 << 10;

/// Something to be read. Archives in one another would have no end of types otherwise.
pub(super) type Input<'x> = Box<dyn BufRead + 'x>;

/// Bytes that can be read from anywhere.
pub(super) trait ReadAt {
    fn len(&self) -> u64;

    /// Reads at least one byte before the end.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;

    /// Fills the buffer, or says that there is not enough.
    fn read_exact_at(&self, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
        while !buffer.is_empty() {
            let read = self.read_at(buffer, offset)?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer = &mut buffer[read..];
            offset += read as u64;
        }
        Ok(())
    }
}

impl ReadAt for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(self.as_slice().len());
        let read = buffer.len().min(self.as_slice().len() - start);
        buffer[..read].copy_from_slice(&self[start..start + read]);
        Ok(read)
    }
}

/// A file of a size that it had once. It is read, not mapped, so that one that is cut short is no
/// more than an error.
pub(super) struct FileAt<'f> {
    file: &'f File,
    len: u64,
    budget: Rc<Budget>,
}

impl<'f> FileAt<'f> {
    pub(super) fn new(file: &'f File, len: u64, budget: &Rc<Budget>) -> Self {
        Self { file, len, budget: budget.clone() }
    }
}

impl ReadAt for FileAt<'_> {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let room = usize::try_from(self.len.saturating_sub(offset))
            .unwrap_or(usize::MAX)
            .min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        if !self.budget.admits_time() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        loop {
            match self.file.read_at(&mut buffer[..room], offset) {
                Ok(0) => {
                    self.budget.blame(SOURCE_LAYER, Skip::Truncated);
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.budget.blame(SOURCE_LAYER, Skip::Unreadable);
                    return Err(error);
                }
                Ok(read) => return Ok(read),
            }
        }
    }
}

/// The bytes of an outermost archive that is a stream. Its buffer is always full but at the end, so
/// that the pieces that it comes in show nowhere.
pub(super) struct Source<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    budget: Rc<Budget>,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R, budget: &Rc<Budget>) -> Self {
        Self { reader, buffer: vec![0; BUFFER_LEN], at: 0, end: 0, budget: budget.clone() }
    }
}

impl<R: Read> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.end {
            if !self.budget.admits_time() {
                return Err(io::ErrorKind::TimedOut.into());
            }
            let filled = read_full(&mut self.reader, &mut self.buffer);
            self.end = filled.inspect_err(|_| self.budget.blame(SOURCE_LAYER, Skip::Unreadable))?;
            self.at = 0;
        }
        Ok(&self.buffer[self.at..self.end])
    }

    fn consume(&mut self, amount: usize) {
        self.at = self.end.min(self.at + amount);
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// A part of something that can be read from anywhere. It is an error if it ends too early.
pub(super) struct Slice<'s> {
    source: &'s dyn ReadAt,
    at: u64,
    end: u64,
}

impl<'s> Slice<'s> {
    pub(super) fn new(source: &'s dyn ReadAt, start: u64, len: u64) -> Self {
        Self { source, at: start, end: start.saturating_add(len) }
    }
}

impl Read for Slice<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let room = usize::try_from(self.end - self.at).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            return Ok(0);
        }
        match self.source.read_at(&mut buffer[..room], self.at)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.at += read as u64;
                Ok(read)
            }
        }
    }
}

/// The next bytes of a stream, as many as it is said to have. If it has fewer, the stream is at
/// fault.
pub(super) struct Exact<'x> {
    input: &'x mut (dyn BufRead + 'x),
    left: u64,
    layer: u32,
    budget: Rc<Budget>,
}

impl<'x> Exact<'x> {
    pub(super) fn new(
        input: &'x mut (dyn BufRead + 'x),
        len: u64,
        layer: u32,
        budget: &Rc<Budget>,
    ) -> Self {
        Self { input, left: len, layer, budget: budget.clone() }
    }

    /// Skips what is left.
    pub(super) fn skip_rest(&mut self) -> io::Result<()> {
        loop {
            let available = self.fill_buf()?.len();
            if available == 0 {
                return Ok(());
            }
            self.consume(available);
        }
    }
}

impl BufRead for Exact<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let available = self.input.fill_buf()?;
        if available.is_empty() {
            self.budget.blame(self.layer, Skip::Truncated);
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let room = usize::try_from(self.left).unwrap_or(usize::MAX).min(available.len());
        Ok(&available[..room])
    }

    fn consume(&mut self, amount: usize) {
        self.left -= amount as u64;
        self.input.consume(amount);
    }
}

impl Read for Exact<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// Counts what a decoder takes.
pub(super) struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R> Counted<R> {
    pub(super) fn new(inner: R) -> (Self, Rc<Cell<u64>>) {
        let taken = Rc::new(Cell::new(0));
        (Self { inner, taken: taken.clone() }, taken)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.set(self.taken.get() + amount as u64);
        self.inner.consume(amount);
    }
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// What an archive says that a member is.
#[derive(Clone, Copy)]
pub(super) struct Promise {
    pub(super) size: u64,
    pub(super) crc: u32,
}

/// What comes out of a decoder, as far as the budget admits.
pub(super) struct Expanded<'x> {
    pub(super) inner: Box<dyn Read + 'x>,
    /// What the decoder has taken for it, where that is known: holes of sparse files come from
    /// nothing.
    pub(super) taken: Option<Rc<Cell<u64>>>,
    pub(super) layer: u32,
    pub(super) budget: Rc<Budget>,
    pub(super) promise: Option<Promise>,
    /// No more is wanted.
    pub(super) max_size: Option<u64>,
    pub(super) given: u64,
    pub(super) crc: crc32fast::Hasher,
    pub(super) is_failed: bool,
}

impl Expanded<'_> {
    fn fail(&mut self, skip: Skip) -> io::Error {
        self.is_failed = true;
        self.budget.blame(self.layer, skip);
        io::ErrorKind::InvalidData.into()
    }

    /// Reads from the decoder; what is wrong there is wrong with this layer, or else with one
    /// further out.
    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => self.fail(Skip::Truncated),
            _ => self.fail(Skip::BrokenArchive),
        })
    }

    fn end(&mut self) -> io::Result<usize> {
        let is_kept = self.promise.is_none_or(|promise| {
            promise.size == self.given && promise.crc == self.crc.clone().finalize()
        });
        if is_kept { Ok(0) } else { Err(self.fail(Skip::BrokenArchive)) }
    }
}

impl Read for Expanded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_failed {
            return Err(io::ErrorKind::InvalidData.into());
        }
        if buffer.is_empty() {
            return Ok(0);
        }
        if !self.budget.admits_time() {
            self.is_failed = true;
            return Err(io::ErrorKind::TimedOut.into());
        }
        let wanted = self.max_size.map_or(u64::MAX, |max| max - self.given);
        let room =
            usize::try_from(wanted.min(self.budget.left())).unwrap_or(usize::MAX).min(buffer.len());
        if room == 0 {
            // It may be all there is.
            if self.decode(&mut [0])? == 0 {
                return self.end();
            }
            if wanted == 0 {
                return Err(self.fail(Skip::TooLarge));
            }
            self.budget.mark_spent();
            self.is_failed = true;
            return Err(io::ErrorKind::InvalidData.into());
        }
        let read = self.decode(&mut buffer[..room])?;
        if read == 0 {
            return self.end();
        }
        self.given += read as u64;
        self.budget.spend(read as u64);
        if self.promise.is_some() {
            self.crc.update(&buffer[..read]);
        }
        let is_in = self
            .taken
            .as_ref()
            .is_none_or(|taken| self.budget.admits_ratio(self.layer, self.given, taken.get()));
        if !is_in {
            self.is_failed = true;
            return Err(io::ErrorKind::InvalidData.into());
        }
        Ok(read)
    }
}

/// Repeats an error that was met while looking ahead.
pub(super) struct Failing(pub(super) io::ErrorKind);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

impl BufRead for Failing {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        Err(self.0.into())
    }

    fn consume(&mut self, _: usize) {}
}
