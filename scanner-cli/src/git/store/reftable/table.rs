//! The format of one table of references: blocks of sorted records, whose names leave out what
//! they share with the one before.
//!
//! Source: `Documentation/technical/reftable.adoc` of git. Tables are hostile input: whatever is
//! read is bounded by the bytes that are there.

use std::collections::BTreeMap;

use gix::ObjectId;

/// Names of references are no longer.
const MAX_NAME_LEN: usize = 4096;
/// A block of a log is no longer when it is expanded; the format has three bytes for its length.
const MAX_BLOCK_LEN: usize = 1 << 24;
const MAGIC: &[u8] = b"REFT";
/// The length of the checksum at the end of a table.
const CHECKSUM_LEN: usize = 4;
/// The length of a block's kind and length.
const BLOCK_HEAD_LEN: usize = 4;

/// What a reference leads to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    Object(ObjectId),
    /// The name of another reference.
    Reference(Vec<u8>),
}

/// What a stack of tables says: later tables replace what earlier ones say.
#[derive(Debug, Default)]
pub(super) struct References {
    pub(super) targets: BTreeMap<Vec<u8>, Target>,
    /// What the log of the stash says that it led to, by the number of the update.
    pub(super) stashes: BTreeMap<u64, ObjectId>,
}

/// The name of the only reference whose log matters.
const STASH: &[u8] = b"refs/stash";

/// Adds what a table says. None where it is broken, or of a kind that is not known.
pub(super) fn read(table: &[u8], id_len: usize, references: &mut References) -> Option<()> {
    let layout = Layout::read(table, id_len)?;
    layout.references(references)?;
    layout.log(references)
}

/// The parts of a table.
struct Layout<'t> {
    /// Without the footer.
    bytes: &'t [u8],
    id_len: usize,
    block_size: usize,
    header_len: usize,
    /// Where the blocks of the log begin, if there are any.
    log: Option<usize>,
}

impl<'t> Layout<'t> {
    fn read(table: &'t [u8], id_len: usize) -> Option<Self> {
        let version = *table.strip_prefix(MAGIC)?.first()?;
        let header_len = match version {
            1 => 24,
            2 => 28,
            _ => return None,
        };
        // Version 1 has no field for the kind of ids.
        let kind = table.get(24..28).filter(|_| version == 2);
        let known = if id_len == 20 { b"sha1" } else { b"s256" };
        if kind.map_or(id_len != 20, |kind| kind != known) {
            return None;
        }
        // The footer repeats the header, and has five positions and a checksum.
        let footer_len = header_len + 5 * 8 + CHECKSUM_LEN;
        let end = table.len().checked_sub(footer_len).filter(|end| *end >= header_len)?;
        let footer = &table[end..];
        let (summed, sum) = footer.split_at(footer.len() - CHECKSUM_LEN);
        if footer[..header_len] != table[..header_len]
            || crc32fast::hash(summed).to_be_bytes() != *sum
        {
            return None;
        }
        let log = usize::try_from(number(&footer[header_len + 24..header_len + 32])).ok()?;
        Some(Self {
            bytes: &table[..end],
            id_len,
            block_size: usize::try_from(number(&table[5..8])).ok()?,
            header_len,
            // A table that has nothing but a log begins with it.
            log: if log > 0 {
                Some(log)
            } else {
                (table.get(header_len) == Some(&b'g')).then_some(0)
            },
        })
    }

    /// Reads the blocks of references, which come first.
    fn references(&self, references: &mut References) -> Option<()> {
        let mut start = 0;
        while let Some(head) = self.block_head(start) {
            if self.bytes.get(head) != Some(&b'r') {
                break;
            }
            // The first block counts the header as its own.
            let len = usize::try_from(number(self.bytes.get(head + 1..head + 4)?)).ok()?;
            let block = self.bytes.get(start..start.checked_add(len)?)?;
            let mut records = Records::new(block, head - start + BLOCK_HEAD_LEN)?;
            while let Some((name, kind)) = records.next()? {
                records.number()?;
                let target = match kind {
                    0 => None,
                    1 | 2 => {
                        let id = records.id(self.id_len)?;
                        if kind == 2 {
                            records.id(self.id_len)?;
                        }
                        Some(Target::Object(id))
                    }
                    3 => {
                        let len = records.len()?;
                        Some(Target::Reference(records.take(len)?.to_vec()))
                    }
                    _ => return None,
                };
                match target {
                    Some(target) => drop(references.targets.insert(name, target)),
                    None => drop(references.targets.remove(&name)),
                }
            }
            // Blocks are padded with zeros to their size, unless the writer left that out.
            let padded = self.block_size;
            let is_padded = padded > len && self.bytes.get(start + len) == Some(&0);
            start += if is_padded { padded } else { len };
        }
        Some(())
    }

    /// Reads the log, as far as it is about stashes. Its blocks are compressed.
    fn log(&self, references: &mut References) -> Option<()> {
        let Some(mut start) = self.log else { return Some(()) };
        while let Some(head) = self.block_head(start) {
            if self.bytes.get(head) != Some(&b'g') {
                break;
            }
            let len = usize::try_from(number(self.bytes.get(head + 1..head + 4)?)).ok()?;
            let body_len = len.checked_sub(head - start + BLOCK_HEAD_LEN)?;
            if body_len > MAX_BLOCK_LEN {
                return None;
            }
            let mut block = vec![0; body_len];
            let (_, used, written) = gix::zlib::Inflate::default()
                .once(self.bytes.get(head + BLOCK_HEAD_LEN..)?, &mut block)
                .ok()?;
            if written != body_len || used == 0 {
                return None;
            }
            let mut records = Records::new(&block, 0)?;
            while let Some((key, kind)) = records.next()? {
                let (name, update) = key.split_at(key.len().checked_sub(9)?);
                // The newest come first: the number is turned around.
                let update = !number(&update[1..]);
                if kind == 0 {
                    references.remove_stash(name, update);
                    continue;
                }
                records.id(self.id_len)?;
                let new = records.id(self.id_len)?;
                records.skip_who_and_why()?;
                if name == STASH {
                    references.stashes.insert(update, new);
                }
            }
            start = head + BLOCK_HEAD_LEN + used;
        }
        Some(())
    }

    /// Where the kind of the block at `start` stands: in the first one behind the header.
    fn block_head(&self, start: usize) -> Option<usize> {
        let head = if start == 0 { self.header_len } else { start };
        (head < self.bytes.len()).then_some(head)
    }
}

impl References {
    fn remove_stash(&mut self, name: &[u8], update: u64) {
        if name == STASH {
            self.stashes.remove(&update);
        }
    }
}

/// The records of a block.
struct Records<'b> {
    /// From the first record to the list of restarts.
    rest: &'b [u8],
    last: Vec<u8>,
}

impl<'b> Records<'b> {
    /// `first` is where the first record of the block stands.
    fn new(block: &'b [u8], first: usize) -> Option<Self> {
        let end = block.len().checked_sub(2)?;
        let restarts = usize::from(u16::from_be_bytes([block[end], block[end + 1]]));
        let rest = block.get(first..end.checked_sub(restarts * 3)?)?;
        Some(Self { rest, last: Vec::new() })
    }

    /// Returns the name and the kind of the next record, whose value follows.
    #[allow(clippy::type_complexity, reason = "broken, at the end, or a record")]
    fn next(&mut self) -> Option<Option<(Vec<u8>, u8)>> {
        if self.rest.is_empty() {
            return Some(None);
        }
        let shared = self.len()?;
        let suffix = self.number()?;
        let kind = (suffix & 7) as u8;
        let suffix = self.take(usize::try_from(suffix >> 3).ok()?)?;
        if shared > self.last.len() || shared + suffix.len() > MAX_NAME_LEN {
            return None;
        }
        self.last.truncate(shared);
        self.last.extend_from_slice(suffix);
        Some(Some((self.last.clone(), kind)))
    }

    fn skip_who_and_why(&mut self) -> Option<()> {
        for _ in ["name", "address"] {
            let len = self.len()?;
            self.take(len)?;
        }
        self.number()?;
        self.take("tz".len())?;
        let len = self.len()?;
        self.take(len).map(drop)
    }

    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    fn id(&mut self, len: usize) -> Option<ObjectId> {
        ObjectId::try_from(self.take(len)?).ok()
    }

    fn len(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// Reads a number of seven bits a byte, the highest first; each byte but the last one has its
    /// highest bit set and counts one more.
    fn number(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for at in 0.. {
            let byte = *self.take(1)?.first()?;
            value = value.checked_mul(128)?.checked_add(u64::from(byte & 0x7f))?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            value = value.checked_add(1)?;
            if at > 9 {
                break;
            }
        }
        None
    }
}

/// The value of up to eight bytes, the highest first.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_seven_bits() {
        let of = |bytes: &[u8]| Records { rest: bytes, last: Vec::new() }.number();
        assert_eq!(of(&[0x7f]), Some(127));
        assert_eq!(of(&[0x80, 0]), Some(128));
        assert_eq!(of(&[0x80, 0x7f]), Some(255));
        assert_eq!(of(&[0x80]), None);
        assert_eq!(of(&[0xff; 30]), None);
    }

    /// A table of one block with two records, without a log.
    fn table(records: &[u8]) -> Vec<u8> {
        let mut header = b"REFT\x01\0\0\0".to_vec();
        header.extend([0; 16]);
        let len = header.len() + 4 + records.len() + 5;
        let mut table = header.clone();
        table.extend([b'r', 0, 0, u8::try_from(len).unwrap()]);
        table.extend(records);
        table.extend([0, 0, 28, 0, 1]);
        let mut footer = header;
        footer.extend([0; 40]);
        let sum = crc32fast::hash(&footer).to_be_bytes();
        table.extend(footer);
        table.extend(sum);
        table
    }

    #[test]
    fn records_share_the_start_of_their_names() {
        let mut records = vec![0, 6 << 3 | 1];
        records.extend(b"refs/a\0");
        records.extend([7; 20]);
        records.extend([5, 1 << 3 | 3]);
        records.extend(b"b\0\x06refs/a");
        let mut found = References::default();
        read(&table(&records), 20, &mut found).unwrap();
        let id = ObjectId::try_from(&[7_u8; 20][..]).unwrap();
        assert_eq!(found.targets[&b"refs/a"[..]], Target::Object(id));
        assert_eq!(found.targets[&b"refs/b"[..]], Target::Reference(b"refs/a".to_vec()));
        let mut broken = table(&records);
        broken[40] ^= 1;
        let last = broken.len() - 1;
        broken[last] ^= 1;
        assert_eq!(read(&broken, 20, &mut References::default()), None);
        assert_eq!(read(&table(&records), 32, &mut References::default()), None);
    }

    proptest! {
        #[test]
        fn any_records_can_be_read(records in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read(&table(&records), 20, &mut References::default());
        }

        #[test]
        fn any_table_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read(&bytes, 20, &mut References::default());
            let _ = read(&bytes, 32, &mut References::default());
        }
    }
}
