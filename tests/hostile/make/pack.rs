//! Packs and their indexes (gitformat-pack), which may say anything.

use super::sha1::sha1;
use super::store::{Id, Store, deflated};

/// What an entry of a pack is made of.
pub(crate) enum Part {
    /// An object as it is. The size is what the header promises; the stream holds the data.
    Whole { kind: &'static str, size: u64, data: Vec<u8> },
    /// A delta of an entry before it, by its number.
    OffsetDelta { base: usize, delta: Vec<u8> },
    /// A delta of any object.
    IdDelta { base: Id, delta: Vec<u8> },
}

impl Part {
    pub(crate) fn whole(kind: &'static str, data: impl Into<Vec<u8>>) -> Self {
        let data = data.into();
        Self::Whole { kind, size: data.len() as u64, data }
    }
}

/// A pack, and where its entries begin and what their checksums are.
pub(crate) struct Pack {
    pub(crate) bytes: Vec<u8>,
    pub(crate) entries: Vec<(u64, u32)>,
}

const OFFSET_DELTA: u8 = 6;
const ID_DELTA: u8 = 7;

impl Pack {
    pub(crate) fn of(parts: &[Part]) -> Self {
        let mut pack = Self { bytes: b"PACK\0\0\0\x02".to_vec(), entries: Vec::new() };
        pack.bytes.extend((parts.len() as u32).to_be_bytes());
        for part in parts {
            let start = pack.bytes.len();
            let entry = pack.entry(part, start as u64);
            pack.bytes.extend(&entry);
            pack.entries.push((start as u64, crc32fast::hash(&entry)));
        }
        let sum = sha1(&pack.bytes);
        pack.bytes.extend(sum);
        pack
    }

    fn entry(&self, part: &Part, start: u64) -> Vec<u8> {
        match part {
            Part::Whole { kind, size, data } => {
                let number =
                    ["", "commit", "tree", "blob", "tag"].iter().position(|it| it == kind).unwrap();
                [head(number as u8, *size), deflated(data)].concat()
            }
            Part::OffsetDelta { base, delta } => {
                let back = backwards(start - self.entries[*base].0);
                [head(OFFSET_DELTA, delta.len() as u64), back, deflated(delta)].concat()
            }
            Part::IdDelta { base, delta } => {
                [head(ID_DELTA, delta.len() as u64), base.0.to_vec(), deflated(delta)].concat()
            }
        }
    }

    /// The checksum at the end.
    pub(crate) fn sum(&self) -> [u8; 20] {
        self.bytes[self.bytes.len() - 20..].try_into().unwrap()
    }

    /// Writes the pack with an index that calls its entries so.
    pub(crate) fn write(&self, store: &Store, ids: &[Id]) {
        store.write("objects/pack/pack-1.pack", &self.bytes);
        store.write("objects/pack/pack-1.idx", self.index(ids));
    }

    /// The index, version 2.
    pub(crate) fn index(&self, ids: &[Id]) -> Vec<u8> {
        assert_eq!(ids.len(), self.entries.len());
        let mut rows: Vec<_> = ids.iter().zip(&self.entries).collect();
        rows.sort();
        let mut index = b"\xfftOc\0\0\0\x02".to_vec();
        for first in 0..=255 {
            let count = rows.iter().filter(|(id, _)| id.0[0] <= first).count();
            index.extend((count as u32).to_be_bytes());
        }
        rows.iter().for_each(|(id, _)| index.extend(id.0));
        rows.iter().for_each(|(_, (_, sum))| index.extend(sum.to_be_bytes()));
        rows.iter().for_each(|(_, (offset, _))| index.extend((*offset as u32).to_be_bytes()));
        index.extend(self.sum());
        with_sum(index)
    }
}

/// The bytes with their checksum behind them, as all of git's indexes end.
pub(crate) fn with_sum(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = sha1(&bytes);
    bytes.extend(sum);
    bytes
}

/// Changes an index and makes its checksum right again.
pub(crate) fn with_change(mut bytes: Vec<u8>, change: impl FnOnce(&mut [u8])) -> Vec<u8> {
    bytes.truncate(bytes.len() - 20);
    change(&mut bytes);
    with_sum(bytes)
}

/// Where a chunk of a multi-pack-index or a commit-graph lies. Both begin with a head of `head`
/// bytes and a table of names and offsets.
pub(crate) fn chunk(bytes: &[u8], head: usize, name: &[u8; 4]) -> std::ops::Range<usize> {
    let row = |number: usize| &bytes[head + number * 12..][..12];
    let offset = |number: usize| u64::from_be_bytes(row(number)[4..].try_into().unwrap()) as usize;
    let number = (0..).find(|number| row(*number).starts_with(name)).unwrap();
    offset(number)..offset(number + 1)
}

/// Length of what stands before the chunks of a multi-pack-index.
pub(crate) const MULTI_HEAD: usize = 12;
/// The same of a commit-graph.
pub(crate) const GRAPH_HEAD: usize = 8;

/// Type and size of an entry.
fn head(kind: u8, mut size: u64) -> Vec<u8> {
    let mut bytes = vec![kind << 4 | (size & 15) as u8];
    size >>= 4;
    while size > 0 {
        *bytes.last_mut().unwrap() |= 0x80;
        bytes.push((size & 0x7f) as u8);
        size >>= 7;
    }
    bytes
}

/// How far back a base is.
fn backwards(mut distance: u64) -> Vec<u8> {
    let mut bytes = vec![(distance & 0x7f) as u8];
    while distance >= 0x80 {
        distance = (distance >> 7) - 1;
        bytes.push(0x80 | (distance & 0x7f) as u8);
    }
    bytes.reverse();
    bytes
}

/// The instructions of a delta.
pub(crate) enum Step<'a> {
    /// Copies bytes of the base: from this offset on, this many, at most 16 MiB - 1.
    Copy(u64, u64),
    /// At most 127 bytes.
    Insert(&'a [u8]),
}

/// A delta from a base of one size to a result of another.
pub(crate) fn delta(base: u64, result: u64, steps: &[Step<'_>]) -> Vec<u8> {
    let mut bytes = [size(base), size(result)].concat();
    for step in steps {
        match step {
            Step::Copy(offset, len) => {
                bytes.push(0xff);
                bytes.extend(&(*offset as u32).to_le_bytes());
                bytes.extend(&(*len as u32).to_le_bytes()[..3]);
            }
            Step::Insert(text) => {
                bytes.push(text.len() as u8);
                bytes.extend(*text);
            }
        }
    }
    bytes
}

fn size(mut size: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while size >= 0x80 {
        bytes.push(0x80 | (size & 0x7f) as u8);
        size >>= 7;
    }
    bytes.push(size as u8);
    bytes
}
