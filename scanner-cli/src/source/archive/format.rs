//! Tells archives by their first bytes.
//!
//! It looks closer than [`Container::of`](tokensieve_core::coverage::Container::of): what is taken
//! for an archive here is no longer searched as the bytes that it is.

use crate::source::archive::expand::Codec;
use crate::source::archive::tar_header;

/// What can be opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Format {
    Zip,
    Tar,
    /// One compressed file, or several behind one another.
    Compressed(Codec),
}

impl Format {
    /// Judges by the first 512 bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        /// A zip with members, one without, and one that was split and is whole again.
        const ZIP: [&[u8]; 3] = [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04"];
        if ZIP.iter().any(|magic| head.starts_with(magic)) {
            Some(Self::Zip)
        } else if let Some(codec) = Codec::of(head) {
            Some(Self::Compressed(codec))
        } else {
            tar_header::is_header(head).then_some(Self::Tar)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_archives() {
        for text in
            [&b"BZh is how bzip2 files begin"[..], b"PK", b"", b"\x1f\x8b", &[0; 512], &[b' '; 512]]
        {
            assert_eq!(Format::of(text), None, "{text:?}");
        }
    }

    #[test]
    fn formats_by_their_signature() {
        let table: [(&[u8], Format); 6] = [
            (b"PK\x03\x04rest", Format::Zip),
            (b"PK\x05\x06", Format::Zip),
            (b"\x1f\x8b\x08\x00rest", Format::Compressed(Codec::Gzip)),
            (b"BZh91AY&SYrest", Format::Compressed(Codec::Bzip2)),
            (b"\xfd7zXZ\0rest", Format::Compressed(Codec::Xz)),
            (b"\x28\xb5\x2f\xfdrest", Format::Compressed(Codec::Zstd)),
        ];
        for (head, expected) in table {
            assert_eq!(Format::of(head), Some(expected));
        }
    }
}
