//! Reads tars: the old form, ustar, GNU's and that of POSIX.
//!
//! The crate `tar` keeps long names in memory whatever their size, so headers are read here.

use crate::source::archive::tar_header::{BLOCK_LEN, is_header, name_of, number, text};
use std::io::{self, BufRead, BufReader, Read};

use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::source::archive::member::{BUFFER_LEN, Exact, Input};
use crate::source::archive::opener::{Opener, inside};
use crate::source::archive::pax::Extension;
use crate::source::archive::sparse::{Holes, Segments};

/// Longer names and records are taken for a fault.
const MAX_EXTENSION_LEN: u64 = 1 << 20;

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
    pub(super) fn tar(
        &mut self,
        origin: &Origin,
        depth: u64,
        layer: u32,
        input: Input<'_>,
    ) -> bool {
        let mut tar = Tar { origin, depth, layer, input };
        // Readers note the fault; here it is only reported.
        let is_read = self.members_of(&mut tar).is_ok();
        if !is_read {
            self.budget.blame(layer, Skip::BrokenArchive);
            self.report_fault(origin);
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
                // The target of a link is not followed.
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

    /// The next header. Blocks of zeros stand at the end, and where tars were put behind one
    /// another.
    fn header(&mut self, tar: &mut Tar<'_, '_>) -> io::Result<Option<[u8; BLOCK_LEN]>> {
        loop {
            if tar.input.fill_buf()?.is_empty() {
                return Ok(None);
            }
            let mut block = [0; BLOCK_LEN];
            Exact::new(&mut *tar.input, BLOCK_LEN as u64, tar.layer, &self.budget)
                .read_exact(&mut block)?;
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
        if size <= MAX_EXTENSION_LEN {
            Exact::new(&mut *tar.input, size, tar.layer, &self.budget).read_to_end(&mut data)?;
            self.padding(tar, size)?;
            return Ok(data);
        }
        Err(io::ErrorKind::InvalidData.into())
    }

    fn padding(&mut self, tar: &mut Tar<'_, '_>, size: u64) -> io::Result<()> {
        let len = size.wrapping_neg() % BLOCK_LEN as u64;
        Exact::new(&mut *tar.input, len, tar.layer, &self.budget).skip_rest()
    }

    fn entry(
        &mut self,
        tar: &mut Tar<'_, '_>,
        header: &[u8; BLOCK_LEN],
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

    fn file(
        &mut self,
        tar: &mut Tar<'_, '_>,
        member: &Origin,
        size: u64,
        sparse: Option<Segments>,
    ) -> io::Result<()> {
        let (depth, layer) = (tar.depth, tar.layer);
        let real_size = sparse.as_ref().map_or(size, Segments::size);
        // The holes of a sparse file are only claimed.
        let is_left_out = self.leaves_out(member, Some(size));
        if is_left_out {
            self.position().leave_out_next(size);
        }
        self.data(tar, size, |opener, data| match sparse {
            _ if is_left_out => {}
            None => opener.member(member, depth, layer, Box::new(data)),
            Some(segments) => {
                let mut whole = opener.expanded(Box::new(Holes::new(data, segments)));
                whole.max_size = opener.max_size().filter(|max| real_size > *max);
                let layer = whole.layer;
                opener.member(
                    member,
                    depth,
                    layer,
                    Box::new(BufReader::with_capacity(BUFFER_LEN, whole)),
                );
                opener.budget.close_layer(layer);
            }
        })
    }

    /// A further block of a header.
    fn block(&mut self, tar: &mut Tar<'_, '_>) -> io::Result<[u8; BLOCK_LEN]> {
        let mut block = [0; BLOCK_LEN];
        Exact::new(&mut *tar.input, BLOCK_LEN as u64, tar.layer, &self.budget)
            .read_exact(&mut block)?;
        Ok(block)
    }
}
