//! Gzip inside of base64 or hex, as Helm keeps its releases and Kubernetes large settings.

use flate2::{Decompress, FlushDecompress, Status};

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{Map, Text};
use crate::text::span::Span;

/// What gzip begins with: its magic number, and the one method of compression there is.
const BEGINNING: [u8; 3] = [0x1f, 0x8b, 8];
/// The same in base64.
pub(super) const IN_BASE64: &[u8] = b"H4sI";
/// The largest window.
const WINDOW_BITS: u8 = 15;

/// Whether bytes begin like gzip.
pub(super) fn is_begun(bytes: &[u8]) -> bool {
    bytes.starts_with(&BEGINNING)
}

/// Decompresses bytes that begin like gzip, up to `most` bytes; also returns whether that is all.
/// Of a broken stream, returns the bytes before the fault.
pub(super) fn decode(bytes: &[u8], most: usize) -> Option<(Text, bool)> {
    if !is_begun(bytes) {
        return None;
    }
    let mut stream = Decompress::new_gzip(WINDOW_BITS);
    let (mut text, mut ends) = (Vec::new(), Vec::with_capacity(bytes.len()));
    let mut is_whole = true;
    // Byte by byte, so that it is known which ones a part of the text comes from.
    for byte in bytes.chunks(1) {
        let goes_on =
            matches!(push(&mut stream, byte, &mut text, most), Some(Status::Ok | Status::BufError));
        ends.push(text.len());
        is_whole = !goes_on || text.len() < most;
        if !goes_on || !is_whole {
            break;
        }
    }
    Some((Text { bytes: text, map: Map::Gzip(ends), decoding: Decoding::Gzip }, is_whole))
}

/// Appends what one more compressed byte tells; none if that cannot be.
fn push(
    stream: &mut Decompress,
    mut byte: &[u8],
    text: &mut Vec<u8>,
    most: usize,
) -> Option<Status> {
    let mut out = [0; 1024];
    loop {
        let (read, written) = (stream.total_in(), stream.total_out());
        let status = stream.decompress(byte, &mut out, FlushDecompress::None).ok()?;
        let written = (stream.total_out() - written) as usize;
        byte = &byte[(stream.total_in() - read) as usize..];
        text.extend_from_slice(&out[..written.min(most - text.len())]);
        if status == Status::StreamEnd || written < out.len() || text.len() >= most {
            return Some(status);
        }
    }
}

/// The bytes that tell a part of the text, given how much of it was known after each.
pub(super) fn original(ends: &[usize], span: Span) -> Span {
    // A byte can tell the last bit of one character and the first of the next.
    let at = |offset: usize| ends.partition_point(|end| *end < offset);
    Span::new(at(span.start), (at(span.end) + 1).min(ends.len()))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn compressed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    proptest! {
        #[test]
        fn each_part_comes_from_its_bytes(
            text in "([a-z]{1,8}|[0-9A-Za-z]{20}|\"password\": ){0,40}",
            from: prop::sample::Index,
            len in 1_usize..40,
        ) {
            let bytes = compressed(text.as_bytes());
            let (decoded, is_whole) = decode(&bytes, usize::MAX).unwrap();
            prop_assert!(is_whole);
            prop_assert_eq!(&decoded.bytes, text.as_bytes());
            if !text.is_empty() {
                let start = from.index(text.len());
                let span = Span::new(start, text.len().min(start + len));
                let original = decoded.original(span);
                prop_assert!(original.start < original.end && original.end <= bytes.len());
                // The text before is known without these bytes, and the text behind does not matter
                // for it.
                let (decoded, _) = decode(&bytes[..original.end], usize::MAX).unwrap();
                prop_assert!(decoded.bytes.starts_with(&text.as_bytes()[..span.end]));
                let before = decode(&bytes[..original.start], usize::MAX);
                prop_assert!(before.is_none_or(|(before, _)| before.bytes.len() <= span.start));
            }
        }

        #[test]
        fn what_is_broken_or_large_is_decoded_to_a_point(
            text in "[a-z]{0,300}",
            cut: prop::sample::Index,
            most in 0_usize..400,
        ) {
            let bytes = compressed(text.as_bytes());
            let cut = &bytes[..cut.index(bytes.len() + 1)];
            if let Some((decoded, is_whole)) = decode(cut, most) {
                prop_assert!(is_whole || decoded.bytes.len() == most);
                prop_assert!(decoded.bytes.len() <= most);
                prop_assert!(text.as_bytes().starts_with(&decoded.bytes));
            }
            let damaged = [&bytes[..10], &[0xff; 40]].concat();
            let (decoded, _) = decode(&damaged, most).unwrap();
            prop_assert!(decoded.bytes.len() <= most);
        }
    }

    #[test]
    fn a_bomb_is_bounded() {
        let bomb = compressed(&vec![b'a'; 10 << 20]);
        assert!(bomb.len() < 16 << 10);
        let (cut, is_whole) = decode(&bomb, 100_000).unwrap();
        assert_eq!((cut.bytes.len(), is_whole), (100_000, false));
        assert_eq!(decode(b"\x1f\x8b\x08", 10).unwrap().0.bytes, b"");
        assert!(decode(b"\x1f\x8b\x09", 10).is_none());
    }
}
