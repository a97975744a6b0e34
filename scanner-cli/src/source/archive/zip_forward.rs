//! Reads zips from front to back: streams that are too large to be held, and zips whose end is
//! missing.
//!
//! The headers in front of the members are believed here, for want of anything better. Where one
//! does not say how long its data is and the data does not end by itself, reading ends.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::source::archive::member::{Counted, Exact, Input, Promise};
use crate::source::archive::opener::{Opener, inside};
use crate::source::archive::zip_record::{
    ENTRY, LOCAL, LOCAL_LEN, Method, is_folder, u16_at, u32_at, widen,
};

/// What stands in front of a member.
struct Header {
    name: Vec<u8>,
    method: Method,
    /// What it says of its data, unless that stands behind the data.
    sizes: Option<(u64, Promise)>,
    is_zip64: bool,
}

/// Where reading has come to.
pub(super) struct Forward<'a, 'x> {
    origin: &'a Origin,
    /// How many archives its members are in.
    depth: u64,
    layer: u32,
    input: Input<'x>,
    /// Where that is, from the start of the zip.
    at: Rc<Cell<u64>>,
}

impl<'a, 'x> Forward<'a, 'x> {
    /// Reads an input that begins `start` bytes behind the start of the zip.
    pub(super) fn new(
        origin: &'a Origin,
        depth: u64,
        layer: u32,
        start: u64,
        input: Input<'x>,
    ) -> Self {
        let (input, at) = Counted::new(input);
        at.set(start);
        Self { origin, depth, layer, input: Box::new(input), at }
    }
}

impl Opener<'_, '_, '_> {
    /// Visits the members of a zip up to its directory; says whether that was reached.
    pub(super) fn zip_forward(
        &mut self,
        origin: &Origin,
        depth: u64,
        layer: u32,
        input: Input<'_>,
    ) -> bool {
        let mut zip = Forward::new(origin, depth, layer, 0, input);
        let is_read = self.try_forward(&mut zip).is_ok();
        if !is_read {
            self.budget.blame(layer, Skip::BrokenArchive);
            self.report_fault(origin);
        }
        is_read
    }

    /// Visits the members that follow one another, up to the directory.
    pub(super) fn try_forward(&mut self, zip: &mut Forward<'_, '_>) -> io::Result<()> {
        const SPLIT: &[u8] = b"PK\x07\x08";
        const END: &[u8] = b"PK\x05\x06";
        let mut is_first = true;
        loop {
            let signature: [u8; 4] = self.bytes(zip)?;
            if signature == *ENTRY || (is_first && signature == *END) {
                return Ok(());
            }
            if signature == *LOCAL {
                let header = self.local(zip)?;
                self.forward_member(zip, &header)?;
            } else if !is_first || signature != *SPLIT {
                return Err(io::ErrorKind::InvalidData.into());
            }
            is_first = false;
        }
    }

    fn bytes<const N: usize>(&mut self, zip: &mut Forward<'_, '_>) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        Exact::new(&mut *zip.input, N as u64, zip.layer, &self.budget).read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn text(&mut self, zip: &mut Forward<'_, '_>, len: u16) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        Exact::new(&mut *zip.input, len.into(), zip.layer, &self.budget).read_to_end(&mut text)?;
        Ok(text)
    }

    /// What stands behind the signature of a member.
    fn local(&mut self, zip: &mut Forward<'_, '_>) -> io::Result<Header> {
        const SIZES_FOLLOW: u16 = 1 << 3;
        let fixed: [u8; LOCAL_LEN - 4] = self.bytes(zip)?;
        let name = self.text(zip, u16_at(&fixed, 22))?;
        let extra = self.text(zip, u16_at(&fixed, 24))?;
        let mut sizes = [u32_at(&fixed, 18), u32_at(&fixed, 14)].map(u64::from);
        let is_zip64 = widen(&mut sizes, &extra);
        let [size, compressed] = sizes;
        let flags = u16_at(&fixed, 2);
        let promise = Promise { size, crc: u32_at(&fixed, 10) };
        let is_known = flags & SIZES_FOLLOW == 0;
        let method = Method::new(flags, u16_at(&fixed, 4));
        Ok(Header { name, method, sizes: is_known.then_some((compressed, promise)), is_zip64 })
    }

    fn forward_member(&mut self, zip: &mut Forward<'_, '_>, header: &Header) -> io::Result<()> {
        let member = inside(zip.origin, &header.name);
        if !self.enters(&member) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        match header.sizes {
            Some((compressed, promise)) => {
                self.member_of_size(zip, &member, header, compressed, promise)
            }
            None => self.member_of_unknown_size(zip, &member, header),
        }
    }

    fn member_of_size(
        &mut self,
        zip: &mut Forward<'_, '_>,
        member: &Origin,
        header: &Header,
        compressed: u64,
        promise: Promise,
    ) -> io::Result<()> {
        let budget = self.budget.clone();
        // Of a member that is stored, the size is not only claimed.
        let size = matches!(header.method, Method::Stored).then_some(compressed);
        let is_folder = is_folder(&header.name, compressed);
        let is_left_out = is_folder || self.leaves_out(member, size);
        if is_left_out {
            self.position().leave_out(zip.at.get(), compressed);
        }
        let mut data = Exact::new(&mut *zip.input, compressed, zip.layer, &budget);
        if let Some(kind) = header.method.unopened().filter(|_| !is_left_out) {
            self.leave_unopened(kind, member);
        } else if !is_left_out {
            let decoder = |input| header.method.decoder(input);
            self.compressed_member(member, zip.depth, Some(promise), Box::new(&mut data), decoder);
        }
        if budget.is_at_fault() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        data.skip_rest()
    }

    /// Deflated data says itself where it ends. What it is like stands behind it.
    fn member_of_unknown_size(
        &mut self,
        zip: &mut Forward<'_, '_>,
        member: &Origin,
        header: &Header,
    ) -> io::Result<()> {
        const DESCRIPTOR: &[u8] = b"PK\x07\x08";
        if let Some(kind) = header.method.unopened() {
            self.leave_unopened(kind, member);
            return Err(io::ErrorKind::InvalidData.into());
        }
        let is_deflated = matches!(header.method, Method::Deflated);
        let decoder = |input| header.method.decoder(input);
        if !is_deflated
            || !self.compressed_member(member, zip.depth, None, Box::new(&mut *zip.input), decoder)
        {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let sizes = if header.is_zip64 { 16 } else { 8 };
        let first: [u8; 4] = self.bytes(zip)?;
        let rest = if first == *DESCRIPTOR { sizes + 4 } else { sizes };
        Exact::new(&mut *zip.input, rest, zip.layer, &self.budget).skip_rest()
    }
}
