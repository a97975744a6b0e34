//! Makes archives, with writers that are not the readers under test where there are any.

use std::io::{Cursor, Write};

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

pub(crate) use crate::support::placeholders::gzip;

/// A zip of deflated members.
pub(crate) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
}

/// A zip of members as they are.
pub(crate) fn stored_zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
}

pub(crate) fn zip_with(members: &[(&str, &[u8])], options: SimpleFileOptions) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip as it is written to a pipe: sizes stand behind the data.
pub(crate) fn streamed_zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = zip::ZipWriter::new_stream(&mut bytes);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap();
    bytes
}

/// A tar of regular files.
pub(crate) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *content).unwrap();
    }
    builder.into_inner().unwrap()
}

/// An entry of a tar with a header as it is given, whatever it says.
pub(crate) fn tar_entry(
    kind: u8,
    name: &[u8],
    content: &[u8],
    change: impl FnOnce(&mut [u8; 512]),
) -> Vec<u8> {
    let mut header = tar::Header::new_gnu();
    header.as_mut_bytes()[..name.len()].copy_from_slice(name);
    header.set_entry_type(tar::EntryType::new(kind));
    header.set_size(content.len() as u64);
    change(header.as_mut_bytes());
    header.set_cksum();
    let mut bytes = header.as_bytes().to_vec();
    bytes.extend_from_slice(content);
    bytes.resize(bytes.len().next_multiple_of(512), 0);
    bytes
}

pub(crate) fn bzip2(content: &[u8]) -> Vec<u8> {
    let mut writer = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

pub(crate) fn xz(content: &[u8]) -> Vec<u8> {
    let mut writer =
        lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap()
}

pub(crate) fn zstd(content: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content, ruzstd::encoding::CompressionLevel::Fastest)
}

/// Where a text stands in an archive.
pub(crate) fn find_all(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
    (0..bytes.len().saturating_sub(wanted.len() - 1))
        .filter(|at| bytes[*at..].starts_with(wanted))
        .collect()
}

/// The same archive with each occurrence of a text replaced.
pub(crate) fn replaced(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    for at in find_all(&bytes, old) {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    bytes
}
