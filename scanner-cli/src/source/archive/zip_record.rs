//! The records of zips that are read from both ends.

use std::io::Read;

use tokensieve_core::coverage::Container;

use crate::source::archive::expand::{Codec, inflate};
use crate::source::archive::member::Input;

/// What an entry of the directory begins with.
pub(super) const ENTRY: &[u8] = b"PK\x01\x02";
/// What the header in front of a member begins with.
pub(super) const LOCAL: &[u8] = b"PK\x03\x04";
pub(super) const LOCAL_LEN: usize = 30;

pub(super) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(super) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

/// How the data of a member is stored.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Stored,
    Deflated,
    Compressed(Codec),
    /// With a passphrase.
    Encrypted,
    /// In a way that is not known here.
    Unknown,
}

impl Method {
    pub(super) fn new(flags: u16, method: u16) -> Self {
        const ENCRYPTED: u16 = 1;
        /// Even the directory is encrypted.
        const MASKED: u16 = 1 << 13;
        match method {
            _ if flags & (ENCRYPTED | MASKED) != 0 => Self::Encrypted,
            0 => Self::Stored,
            8 => Self::Deflated,
            12 => Self::Compressed(Codec::Bzip2),
            93 => Self::Compressed(Codec::Zstd),
            95 => Self::Compressed(Codec::Xz),
            _ => Self::Unknown,
        }
    }

    /// The container that a member stays, where it cannot be read.
    pub(super) fn unopened(self) -> Option<Container> {
        match self {
            Self::Encrypted => Some(Container::Encrypted),
            Self::Unknown => Some(Container::Archive),
            Self::Stored | Self::Deflated | Self::Compressed(_) => None,
        }
    }

    pub(super) fn decoder<'x>(self, input: Input<'x>) -> Box<dyn Read + 'x> {
        match self {
            Self::Deflated => inflate(input),
            Self::Compressed(codec) => codec.decoder(input),
            Self::Stored | Self::Encrypted | Self::Unknown => Box::new(input),
        }
    }
}

/// Takes from the extra field what does not fit into 32 bits, in the order of `sizes`. Says whether
/// it was there.
pub(super) fn widen(sizes: &mut [u64], mut extra: &[u8]) -> bool {
    const ZIP64: u16 = 1;
    while extra.len() >= 4 {
        let (id, len) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        let field = &extra[4..extra.len().min(4 + len)];
        if id == ZIP64 {
            let mut wide = field.chunks_exact(8);
            for size in sizes.iter_mut().filter(|size| **size == 0xffff_ffff) {
                if let Some(bytes) = wide.next() {
                    *size = u64_at(bytes, 0);
                }
            }
            return true;
        }
        extra = &extra[extra.len().min(4 + len)..];
    }
    false
}

/// A member that is a folder has nothing in it.
pub(super) fn is_folder(name: &[u8], compressed: u64) -> bool {
    name.ends_with(b"/") && compressed == 0
}
