//! Files with holes: what stands between their data reads as zeros, and positions are those in the
//! whole file.

use std::io::{self, Read};

use crate::source::archive::tar_header::{BLOCK_LEN, number};

/// Where the data of a sparse file belongs.
#[derive(Debug)]
pub(super) struct Segments {
    /// Offset and length, in order.
    parts: Vec<(u64, u64)>,
    size: u64,
}

impl Segments {
    /// More are taken for a fault.
    pub(super) const MAX_COUNT: usize = 1 << 16;

    /// Takes offsets and lengths by turns.
    pub(super) fn new(map: &[u64], size: u64) -> io::Result<Self> {
        let parts: Vec<(u64, u64)> = map.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        let mut end = 0;
        for (offset, len) in &parts {
            let is_in_order =
                *offset >= end && offset.checked_add(*len).is_some_and(|end| end <= size);
            if !is_in_order || parts.len() > Self::MAX_COUNT {
                return Err(io::ErrorKind::InvalidData.into());
            }
            end = offset + len;
        }
        Ok(Self { parts, size })
    }

    /// The map in a header of GNU's old form, and in the blocks behind it.
    pub(super) fn of_gnu(
        header: &[u8; BLOCK_LEN],
        mut block: impl FnMut() -> io::Result<[u8; BLOCK_LEN]>,
    ) -> io::Result<Self> {
        let mut map = Vec::new();
        let mut take = |pairs: &[u8]| {
            for pair in pairs.chunks_exact(24).take_while(|pair| pair[0] != 0) {
                map.extend([number(&pair[..12]), number(&pair[12..])].into_iter().flatten());
            }
            if map.len() > 2 * Self::MAX_COUNT {
                Err(io::Error::from(io::ErrorKind::InvalidData))
            } else {
                Ok(())
            }
        };
        take(&header[386..482])?;
        let mut has_more = header[482] != 0;
        while has_more {
            let block = block()?;
            take(&block[..504])?;
            has_more = block[504] != 0;
        }
        let size = number(&header[483..495]).ok_or(io::ErrorKind::InvalidData)?;
        Self::new(&map, size)
    }

    /// The size of the whole file.
    pub(super) fn size(&self) -> u64 {
        self.size
    }
}

/// A sparse file as a whole.
pub(super) struct Holes<R> {
    data: R,
    segments: Segments,
    next: usize,
    at: u64,
}

impl<R: Read> Holes<R> {
    pub(super) fn new(data: R, segments: Segments) -> Self {
        Self { data, segments, next: 0, at: 0 }
    }
}

impl<R: Read> Read for Holes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self
            .segments
            .parts
            .get(self.next)
            .is_some_and(|(offset, len)| offset + len <= self.at)
        {
            self.next += 1;
        }
        let (start, end) = match self.segments.parts.get(self.next) {
            Some((offset, len)) => (*offset, offset + len),
            None => (self.segments.size, self.segments.size),
        };
        let room = |to: u64| usize::try_from(to - self.at).unwrap_or(usize::MAX).min(buffer.len());
        let read = if self.at < start {
            let room = room(start);
            buffer[..room].fill(0);
            room
        } else {
            let room = room(end);
            self.data.read(&mut buffer[..room])?
        };
        if read == 0 && self.at < end && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_read_as_zeros() {
        let segments = Segments::new(&[2, 3, 7, 1, 9, 0], 10).unwrap();
        let mut whole = Vec::new();
        Holes::new(&b"abcd"[..], segments).read_to_end(&mut whole).unwrap();
        assert_eq!(whole, b"\0\0abc\0\0d\0\0");
    }

    #[test]
    fn maps_that_make_no_sense_are_errors() {
        for map in [&[5, 3, 7, 1][..], &[9, 2], &[u64::MAX, 2]] {
            assert!(Segments::new(map, 10).is_err(), "{map:?}");
        }
        let segments = Segments::new(&[0, 5], 5).unwrap();
        assert!(Holes::new(&b"abc"[..], segments).read_to_end(&mut Vec::new()).is_err());
    }
}
