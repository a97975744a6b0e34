//! Reads tars: the old form, ustar, GNU's and that of POSIX.
//!
//! The crate `tar` keeps long names in memory whatever their size, so headers are read here.

use std::io::{self, BufRead, BufReader, Read};

use tokensieve_core::{Origin, Skip};

use super::member::{BUFFER, Exact, Input};
use super::opener::{Opener, inside};
use super::pax::Extension;
use super::sparse::{Holes, Segments};

pub(super) const BLOCK: usize = 512;
/// Longer names and records are taken for a fault.
const MOST_EXTENSION: u64 = 1 << 20;

/// Whether a block is the header of a member: its checksum is right, and it is not all zeros.
pub(super) fn is_header(block: &[u8]) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    if block.len() < BLOCK || block[0] == 0 {
        return false;
    }
    let Some(expected) = number(&block[CHECKSUM]) else { return false };
    let sum: u64 = (0..BLOCK).map(|at| if CHECKSUM.contains(&at) { 32 } else { u64::from(block[at]) }).sum();
    // Some old programs took bytes for signed ones.
    let high = block[..BLOCK].iter().enumerate().filter(|(at, byte)| **byte >= 128 && !CHECKSUM.contains(at)).count();
    expected == sum || expected == sum.wrapping_sub(256 * high as u64)
}

/// A number in octal digits, or in binary where its first bit says so.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let bytes = field.iter().enumerate().map(|(at, byte)| if at == 0 { byte & 0x7f } else { *byte });
        return bytes.into_iter().try_fold(0_u64, |value, byte| Some(value.checked_mul(256)? | u64::from(byte)));
    }
    let digits = field.trim_ascii_start();
    let end = digits.iter().position(|byte| matches!(byte, 0 | b' ')).unwrap_or(digits.len());
    digits[..end].iter().try_fold(0_u64, |value, byte| match byte {
        b'0'..=b'7' => value.checked_mul(8)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    })
}

fn text(field: &[u8]) -> &[u8] {
    &field[..field.iter().position(|byte| *byte == 0).unwrap_or(field.len())]
}

fn name_of(header: &[u8; BLOCK]) -> Vec<u8> {
    let name = text(&header[..100]);
    let prefix = if &header[257..263] == b"ustar\0" { text(&header[345..500]) } else { &[] };
    if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() }
}

/// Where reading a tar has come to.
struct Tar<'a, 'x> {
    origin: &'a Origin,
    /// How many archives its members are in.
    depth: u64,
    layer: u32,
    input: Input<'x>,
}

impl Opener<'_, '_, '_> {
    /// Visits the members of a tar; says whether it was read to its end.
    pub(super) fn tar(&mut self, origin: &Origin, depth: u64, layer: u32, input: Input<'_>) -> bool {
        let mut tar = Tar { origin, depth, layer, input };
        // Readers note what went wrong; here it only has to be told.
        let is_read = self.members_of(&mut tar).is_ok();
        if !is_read {
            self.budget.blame(layer, Skip::BrokenArchive);
            self.tell(origin);
        }
        is_read
    }

    fn members_of(&mut self, tar: &mut Tar<'_, '_>) -> io::Result<()> {
        let mut extension = Extension::default();
        let mut global = Extension::default();
        while let Some(header) = self.header(tar)? {
            let size = number(&header[124..136]).ok_or(io::ErrorKind::InvalidData)?;
            match header[156] {
                b'L' => extension.path = Some(text(&self.small(tar, size)?).to_vec()),
                // The target of a link is not looked at.
                b'K' => drop(self.small(tar, size)?),
                b'x' => extension.read(&self.small(tar, size)?),
                b'g' => global.read(&self.small(tar, size)?),
                kind => {
                    let own = std::mem::take(&mut extension).or(&global);
                    self.entry(tar, &header, kind, size, own)?;
                }
            }
        }
        Ok(())
    }

    /// The next header. Blocks of zeros stand at the end, and where tars were put behind one another.
    fn header(&mut self, tar: &mut Tar<'_, '_>) -> io::Result<Option<[u8; BLOCK]>> {
        loop {
            if tar.input.fill_buf()?.is_empty() {
                return Ok(None);
            }
            let mut block = [0; BLOCK];
            Exact::new(&mut *tar.input, BLOCK as u64, tar.layer, &self.budget).read_exact(&mut block)?;
            if is_header(&block) {
                return Ok(Some(block));
            }
            if block.iter().any(|byte| *byte != 0) {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    }

    /// The data of an entry that describes the next one.
    fn small(&mut self, tar: &mut Tar<'_, '_>, size: u64) -> io::Result<Vec<u8>> {
        let mut data = Vec::new();
        if size <= MOST_EXTENSION {
            Exact::new(&mut *tar.input, size, tar.layer, &self.budget).read_to_end(&mut data)?;
            self.padding(tar, size)?;
            return Ok(data);
        }
        Err(io::ErrorKind::InvalidData.into())
    }

    fn padding(&mut self, tar: &mut Tar<'_, '_>, size: u64) -> io::Result<()> {
        let len = size.wrapping_neg() % BLOCK as u64;
        Exact::new(&mut *tar.input, len, tar.layer, &self.budget).skip_rest()
    }

    fn entry(
        &mut self,
        tar: &mut Tar<'_, '_>,
        header: &[u8; BLOCK],
        kind: u8,
        size: u64,
        extension: Extension,
    ) -> io::Result<()> {
        let member = inside(tar.origin, &extension.path.clone().unwrap_or_else(|| name_of(header)));
        if !self.enters(&member) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut size = extension.size.unwrap_or(size);
        let sparse = if kind == b'S' {
            Some(Segments::of_gnu(header, || self.block(tar))?)
        } else {
            extension.segments(&mut size, || self.block(tar))?
        };
        match kind {
            b'2' => self.skip(Skip::Symlink, &member),
            b'3' | b'4' => self.skip(Skip::Device, &member),
            b'6' => self.skip(Skip::Fifo, &member),
            // The content of a hard link stands where it links to.
            b'1' if size == 0 => {}
            b'5' | b'D' | b'V' => {}
            _ => return self.file(tar, &member, size, sparse),
        }
        self.data(tar, size, |_, _| ())
    }

    /// Hands out the data of an entry and goes on behind it.
    fn data(
        &mut self,
        tar: &mut Tar<'_, '_>,
        size: u64,
        visit: impl FnOnce(&mut Self, &mut Exact<'_>),
    ) -> io::Result<()> {
        let budget = self.budget.clone();
        let mut data = Exact::new(&mut *tar.input, size, tar.layer, &budget);
        visit(self, &mut data);
        if budget.is_at_fault() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        data.skip_rest()?;
        self.padding(tar, size)
    }

    fn file(&mut self, tar: &mut Tar<'_, '_>, member: &Origin, size: u64, sparse: Option<Segments>) -> io::Result<()> {
        let (depth, layer) = (tar.depth, tar.layer);
        let real_size = sparse.as_ref().map_or(size, Segments::size);
        let is_left_out = self.leaves_out(member, Some(real_size));
        self.data(tar, size, |opener, data| match sparse {
            _ if is_left_out => {}
            None => opener.member(member, depth, layer, Box::new(data)),
            Some(segments) => {
                let whole = opener.expanded(Box::new(Holes::new(data, segments)));
                let layer = whole.layer;
                opener.member(member, depth, layer, Box::new(BufReader::with_capacity(BUFFER, whole)));
                opener.budget.settle(layer);
            }
        })
    }

    /// A further block of a header.
    fn block(&mut self, tar: &mut Tar<'_, '_>) -> io::Result<[u8; BLOCK]> {
        let mut block = [0; BLOCK];
        Exact::new(&mut *tar.input, BLOCK as u64, tar.layer, &self.budget).read_exact(&mut block)?;
        Ok(block)
    }
}
