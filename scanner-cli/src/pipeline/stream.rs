//! Scans what a reader yields, in bounded memory.

use std::io::{self, Read};
use std::time::Instant;

use tokensieve_core::{Located, Scanner};

/// How many bytes at the beginning of an input are kept to tell whether it is a container.
pub(crate) const CONTAINER_HEAD_LEN: usize = 512;

/// How many bytes are read and searched at a time.
const CHUNK_LEN: usize = 1 << 20;

/// What was read of an input that came as a stream.
pub(crate) struct Streamed {
    /// Its beginning.
    pub(crate) head: Vec<u8>,
    pub(crate) len: u64,
    /// How many encoded texts in it were not searched to their end.
    pub(crate) cut: usize,
    /// How reading ended. The bytes read before an error have been scanned.
    pub(crate) end: io::Result<()>,
}

/// A reader that ends with an error when time is over.
pub(crate) struct InTime<R> {
    reader: R,
    deadline: Option<Instant>,
}

impl<R> InTime<R> {
    pub(crate) fn new(reader: R, deadline: Option<Instant>) -> Self {
        Self { reader, deadline }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.deadline.is_some_and(|deadline| Instant::now() >= deadline)
    }
}

impl<R: Read> Read for InTime<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.is_over() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.reader.read(buffer)
    }
}

/// Scans all that a reader yields, in bounded memory.
pub(crate) fn scan_stream<'s>(
    scanner: &'s Scanner,
    reader: &mut impl Read,
    on_match: &mut dyn FnMut(Located<'s>),
) -> Streamed {
    let mut chunk = vec![0; CHUNK_LEN];
    let mut stream = scanner.stream();
    let mut streamed = Streamed { head: Vec::new(), len: 0, cut: 0, end: Ok(()) };
    loop {
        let (read, end) = read_until_full(reader, &mut chunk);
        if streamed.len == 0 {
            streamed.head = chunk[..read.min(CONTAINER_HEAD_LEN)].to_vec();
        }
        streamed.len += read as u64;
        stream.push(&chunk[..read], on_match);
        if read < chunk.len() {
            streamed.end = end;
            break;
        }
    }
    streamed.cut = stream.finish(on_match);
    streamed
}

/// Reads until the buffer is full or the input ends.
pub(crate) fn read_full(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let (filled, end) = read_until_full(reader, buffer);
    end.map(|()| filled)
}

/// Reads until the buffer is full, or the input ends or fails. Says how much was read in any case.
pub(crate) fn read_until_full(
    reader: &mut impl Read,
    buffer: &mut [u8],
) -> (usize, io::Result<()>) {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Err(error)),
        }
    }
    (filled, Ok(()))
}
