//! Zips, tars and streams, each field of which can lie.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};

/// One entry of a zip.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) name: Vec<u8>,
    /// What is stored, as it is.
    pub(crate) data: Vec<u8>,
    /// 0 is stored, 8 is deflated.
    pub(crate) method: u16,
    pub(crate) flags: u16,
    pub(crate) sum: u32,
    /// What the directory says of the stored and the expanded size.
    pub(crate) sizes: (u32, u32),
    pub(crate) is_listed: bool,
}

impl Member {
    pub(crate) fn stored(name: &str, data: &[u8]) -> Self {
        let len = data.len() as u32;
        Self {
            name: name.into(),
            data: data.to_vec(),
            method: 0,
            flags: 0,
            sum: crc32fast::hash(data),
            sizes: (len, len),
            is_listed: true,
        }
    }

    pub(crate) fn deflated(name: &str, data: &[u8]) -> Self {
        let mut writer = DeflateEncoder::new(Vec::new(), Compression::fast());
        writer.write_all(data).unwrap();
        let packed = writer.finish().unwrap();
        let sizes = (packed.len() as u32, data.len() as u32);
        Self { data: packed, method: 8, sizes, ..Self::stored(name, data) }
    }

    /// What stands the same way before the data and in the directory.
    fn fields(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for value in [20, self.flags, self.method, 0, 0x21] {
            bytes.extend(value.to_le_bytes());
        }
        for value in [self.sum, self.sizes.0, self.sizes.1] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend((self.name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }
}

/// A zip.
#[derive(Clone, Default)]
pub(crate) struct Zip {
    pub(crate) members: Vec<Member>,
    pub(crate) comment: Vec<u8>,
    /// What the end says of the number of entries and the size of the directory, instead of what is
    /// right.
    pub(crate) claims: Option<(u16, u32)>,
    /// What stands between the members and the directory.
    pub(crate) gap: Vec<u8>,
}

impl Zip {
    pub(crate) fn of(members: impl IntoIterator<Item = Member>) -> Self {
        Self { members: members.into_iter().collect(), ..Self::default() }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let (mut bytes, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
        for member in &self.members {
            if member.is_listed {
                count = count.wrapping_add(1);
                directory.extend(b"PK\x01\x02\x14\0");
                directory.extend(member.fields());
                directory.extend([0; 10]);
                directory.extend((bytes.len() as u32).to_le_bytes());
                directory.extend(&member.name);
            }
            bytes.extend(b"PK\x03\x04");
            bytes.extend(member.fields());
            bytes.extend(&member.name);
            bytes.extend(&member.data);
        }
        bytes.extend(&self.gap);
        let start = bytes.len() as u32;
        let (count, size) = self.claims.unwrap_or((count, directory.len() as u32));
        bytes.extend(directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
        bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
        bytes.extend((self.comment.len() as u16).to_le_bytes());
        bytes.extend(&self.comment);
        bytes
    }
}

/// An entry of a tar of a type, with a size that may not be that of its data. Without the two empty
/// blocks at the end.
pub(crate) fn tar_entry(name: &[u8], kind: u8, size: u64, link: &[u8], data: &[u8]) -> Vec<u8> {
    let mut head = [0; 512];
    let mut put = |at: usize, text: &[u8]| head[at..at + text.len()].copy_from_slice(text);
    put(0, &name[..name.len().min(100)]);
    put(100, b"0000644\0");
    put(108, b"0000000\0");
    put(116, b"0000000\0");
    put(124, format!("{size:011o}\0").as_bytes());
    put(136, b"00000000000\0");
    put(148, b"        ");
    put(156, &[kind]);
    put(157, &link[..link.len().min(100)]);
    put(257, b"ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let padding = (512 - data.len() % 512) % 512;
    [&head[..], data, &vec![0; padding]].concat()
}

/// Ends a tar.
pub(crate) fn tar(entries: &[Vec<u8>]) -> Vec<u8> {
    [entries.concat(), vec![0; 1024]].concat()
}

/// One record of an extended header of a tar.
pub(crate) fn pax_record(key: &str, value: &str) -> String {
    let rest = format!(" {key}={value}\n");
    let mut len = rest.len();
    while len != rest.len() + len.to_string().len() {
        len = rest.len() + len.to_string().len();
    }
    format!("{len}{rest}")
}

/// A gzip stream with optional fields: name, comment and extra.
pub(crate) fn gzip(data: &[u8], name: &[u8], comment: &[u8], extra: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(data).unwrap();
    let plain = writer.finish().unwrap();
    let flags = u8::from(!name.is_empty()) << 3
        | u8::from(!comment.is_empty()) << 4
        | u8::from(!extra.is_empty()) << 2;
    let mut bytes = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
    if !extra.is_empty() {
        bytes.extend((extra.len() as u16).to_le_bytes());
        bytes.extend(extra);
    }
    for text in [name, comment].into_iter().filter(|text| !text.is_empty()) {
        bytes.extend(text);
        bytes.push(0);
    }
    bytes.extend(&plain[10..]);
    bytes
}

/// A frame of Zstandard that decoders skip.
pub(crate) fn skippable_frame(data: &[u8]) -> Vec<u8> {
    [&0x184d_2a50_u32.to_le_bytes()[..], &(data.len() as u32).to_le_bytes(), data].concat()
}

/// A frame of Zstandard with one raw block (RFC 8878), of at most 255 bytes.
pub(crate) fn zstd(data: &[u8]) -> Vec<u8> {
    let block = 1 | (data.len() as u32) << 3;
    [&0xfd2f_b528_u32.to_le_bytes()[..], &[0x20, data.len() as u8], &block.to_le_bytes()[..3], data]
        .concat()
}
