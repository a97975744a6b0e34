//! Searches the bytes of an archive as they are, too.
//!
//! An archive has room for bytes that belong to no member: comments, names, padding, what stands
//! between members. A file that only begins like an archive is nothing else. So all that goes into
//! the readers of a format is searched on the way, and what members have shown already is left out.

use std::cell::{Cell, RefCell};
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use tokensieve_core::{Located, Scanner, Span, Stream};

use crate::source::archive::member::Input;

/// How many bytes are searched at a time.
const CHUNK_LEN: usize = 1 << 20;

/// Where the reader of an archive is, and the parts of it that the user leaves out.
#[derive(Default)]
pub(super) struct RawPosition {
    at: Cell<u64>,
    left_out: RefCell<Vec<(u64, u64)>>,
}

impl RawPosition {
    /// The bytes from the reader's place on, which are the data of a member, are not reported.
    pub(super) fn leave_out_next(&self, len: u64) {
        self.leave_out(self.at.get(), len);
    }

    /// Bytes that are the data of a member are not reported.
    pub(super) fn leave_out(&self, start: u64, len: u64) {
        self.left_out.borrow_mut().push((start, start.saturating_add(len)));
    }

    /// Takes the parts that are left out, in order, none of which touches another.
    fn take_left_out(&self) -> Vec<(u64, u64)> {
        let mut parts = self.left_out.take();
        parts.sort_unstable();
        parts.dedup_by(|next, last| {
            let is_connected = next.0 <= last.1;
            if is_connected {
                last.1 = last.1.max(next.1);
            }
            is_connected
        });
        parts
    }
}

/// Reads an archive, and searches what is read.
pub(super) struct RawSearch<'x, 'p> {
    input: Input<'x>,
    stream: Stream<'p>,
    chunk: Vec<u8>,
    found: Vec<Located<'p>>,
    position: Rc<RawPosition>,
}

impl<'x, 'p> RawSearch<'x, 'p> {
    pub(super) fn new(scanner: &'p Scanner, input: Input<'x>) -> Self {
        Self {
            input,
            stream: scanner.stream(),
            chunk: Vec::new(),
            found: Vec::new(),
            position: Rc::default(),
        }
    }

    pub(super) fn position(&self) -> Rc<RawPosition> {
        Rc::clone(&self.position)
    }

    /// Reads what nobody wanted to read, and returns all matches but those that lie in parts that
    /// are left out, and how many encoded texts were not searched to their end. A fault of the
    /// input has been noted by its own reader.
    pub(super) fn finish(mut self) -> (Vec<Located<'p>>, usize) {
        loop {
            match self.fill_buf().map(<[u8]>::len) {
                Ok(0) => break,
                Ok(available) => self.consume(available),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        self.search_chunk();
        let mut found = self.found;
        let cut = self.stream.finish(&mut |located| found.push(located));
        let left_out = self.position.take_left_out();
        found.retain(|located| !lies_in(located.matched.span(), &left_out));
        (found, cut)
    }

    fn search_chunk(&mut self) {
        let found = &mut self.found;
        self.stream.push(&self.chunk, &mut |located| found.push(located));
        self.chunk.clear();
    }
}

/// Whether a span lies in one of some parts, which are in order.
fn lies_in(span: Span, parts: &[(u64, u64)]) -> bool {
    let (start, end) = (span.start as u64, span.end as u64);
    let next = parts.partition_point(|part| part.0 <= start);
    next.checked_sub(1).is_some_and(|at| end <= parts[at].1)
}

impl BufRead for RawSearch<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        // The consumed bytes are still in the buffer, so nothing is read for them.
        if let Ok(buffer) = self.input.fill_buf() {
            self.chunk.extend_from_slice(&buffer[..amount.min(buffer.len())]);
        }
        self.input.consume(amount);
        self.position.at.set(self.position.at.get() + amount as u64);
        if self.chunk.len() >= CHUNK_LEN {
            self.search_chunk();
        }
    }
}

impl Read for RawSearch<'_, '_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        if read > 0 {
            self.consume(read);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_are_left_out() {
        let position = RawPosition::default();
        for (start, len) in [(30, 10), (0, 10), (5, 10), (15, 5)] {
            position.leave_out(start, len);
        }
        let parts = position.take_left_out();
        assert_eq!(parts, [(0, 20), (30, 40)]);
        for (start, end, is_in) in [(0, 20, true), (3, 4, true), (19, 21, false), (25, 28, false)] {
            assert_eq!(lies_in(Span::new(start, end), &parts), is_in, "{start}..{end}");
        }
    }
}
