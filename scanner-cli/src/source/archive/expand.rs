//! Expands compressed streams. Those that consist of several, one behind the other, are expanded as
//! one, as their own programs do it.

use std::io::{self, BufRead, Read};

use bzip2::bufread::BzDecoder;
use flate2::bufread::{DeflateDecoder, GzDecoder};
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::source::archive::member::Input;

/// The largest window of a decoder, which bounds its memory: enough for the highest levels of xz
/// and Zstandard. A stream that asks for more is not expanded.
const MAX_WINDOW_BYTES: u64 = 128 << 20;

/// A way of compressing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Codec {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

impl Codec {
    /// Judges by the first bytes.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        const RESERVED_FLAGS: u8 = 0b1110_0000;
        /// What a block begins with, and what an empty file has in its place.
        const BZIP2_BLOCKS: [&[u8]; 2] = [b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"];
        match head {
            [0x1f, 0x8b, 8, flags, ..] if flags & RESERVED_FLAGS == 0 => Some(Self::Gzip),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if BZIP2_BLOCKS.iter().any(|block| rest.starts_with(block)) =>
            {
                Some(Self::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// What a compressed file holds is named as its own program would name it.
    pub(super) fn name_of_content(self, path: &[u8]) -> Vec<u8> {
        let endings: &[(&[u8], &[u8])] = match self {
            Self::Gzip => &[(b".gz", b""), (b".tgz", b".tar")],
            Self::Bzip2 => &[(b".bz2", b""), (b".tbz2", b".tar"), (b".tbz", b".tar")],
            Self::Xz => &[(b".xz", b""), (b".txz", b".tar")],
            Self::Zstd => &[(b".zst", b""), (b".tzst", b".tar")],
        };
        let name = path.rsplit(|byte| matches!(byte, b'/' | b'!')).next().unwrap_or(path);
        let stripped = endings.iter().find_map(|(ending, instead)| {
            let stem = name.strip_suffix(*ending).filter(|stem| !stem.is_empty())?;
            Some([stem, instead].concat())
        });
        stripped.unwrap_or_else(|| b"content".to_vec())
    }

    /// Expands all of an input.
    pub(super) fn decoder<'x>(self, input: Input<'x>) -> Box<dyn Read + 'x> {
        if self == Self::Xz {
            let most = u32::try_from(MAX_WINDOW_BYTES >> 10).expect("128 MiB are a few KiB");
            return Box::new(XzReader::new_mem_limit(input, true, most));
        }
        Box::new(Streams { codec: self, state: StreamState::Between(input), has_begun: false })
    }
}

/// Expands the deflated data of a zip, and takes no byte behind it.
pub(super) fn inflate<'x>(input: Input<'x>) -> Box<dyn Read + 'x> {
    Box::new(DeflateDecoder::new(input))
}

/// Compressed streams behind one another.
struct Streams<'x> {
    codec: Codec,
    state: StreamState<'x>,
    has_begun: bool,
}

enum StreamState<'x> {
    Between(Input<'x>),
    Gzip(Box<GzDecoder<Input<'x>>>),
    Bzip2(Box<BzDecoder<Input<'x>>>),
    Zstd(Box<ZstdFrame<'x>>),
    Failed,
}

impl<'x> Streams<'x> {
    /// The next stream, or nothing at the end. Programs that write to tapes fill up with zeros.
    fn next(&mut self, mut input: Input<'x>) -> io::Result<Option<StreamState<'x>>> {
        loop {
            let available = input.fill_buf()?;
            let zeros = available.iter().take_while(|byte| **byte == 0).count();
            if available.is_empty() && self.has_begun {
                return Ok(None);
            }
            if zeros == 0 || !self.has_begun {
                break;
            }
            input.consume(zeros);
        }
        self.has_begun = true;
        Ok(Some(match self.codec {
            Codec::Gzip => StreamState::Gzip(Box::new(GzDecoder::new(input))),
            Codec::Bzip2 => StreamState::Bzip2(Box::new(BzDecoder::new(input))),
            Codec::Zstd => StreamState::Zstd(Box::new(ZstdFrame::new(input)?)),
            Codec::Xz => StreamState::Failed,
        }))
    }
}

impl Read for Streams<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = match &mut self.state {
                StreamState::Between(_) => 0,
                StreamState::Gzip(decoder) => decoder.read(buffer)?,
                StreamState::Bzip2(decoder) => decoder.read(buffer)?,
                StreamState::Zstd(frame) => frame.read(buffer)?,
                StreamState::Failed => return Err(io::ErrorKind::InvalidData.into()),
            };
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let input = match std::mem::replace(&mut self.state, StreamState::Failed) {
                StreamState::Between(input) => input,
                StreamState::Gzip(decoder) => decoder.into_inner(),
                StreamState::Bzip2(decoder) => decoder.into_inner(),
                StreamState::Zstd(frame) => frame.input,
                StreamState::Failed => return Err(io::ErrorKind::InvalidData.into()),
            };
            match self.next(input)? {
                Some(state) => self.state = state,
                None => {
                    self.state = StreamState::Between(Box::new(io::empty()));
                    return Ok(0);
                }
            }
        }
    }
}

/// One frame of Zstandard.
struct ZstdFrame<'x> {
    input: Input<'x>,
    /// Nothing for frames that hold no data.
    decoder: Option<FrameDecoder>,
}

impl<'x> ZstdFrame<'x> {
    fn new(mut input: Input<'x>) -> io::Result<Self> {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(MAX_WINDOW_BYTES);
        match decoder.init(&mut input) {
            Ok(()) => Ok(Self { input, decoder: Some(decoder) }),
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length,
                ..
            })) => {
                let skipped = io::copy(&mut (&mut input).take(u64::from(length)), &mut io::sink())?;
                if skipped < u64::from(length) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                Ok(Self { input, decoder: None })
            }
            Err(error) => Err(kind_of(&error).into()),
        }
    }
}

impl Read for ZstdFrame<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(decoder) = &mut self.decoder else { return Ok(0) };
        while decoder.can_collect() == 0 {
            if decoder.is_finished() {
                let is_kept = decoder
                    .get_checksum_from_data()
                    .is_none_or(|sum| decoder.get_calculated_checksum() == Some(sum));
                return if is_kept { Ok(0) } else { Err(io::ErrorKind::InvalidData.into()) };
            }
            decoder
                .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                .map_err(|error| io::Error::from(kind_of(&error)))?;
        }
        decoder.read(buffer)
    }
}

/// Whether a frame is broken or has no end.
fn kind_of(error: &FrameDecoderError) -> io::ErrorKind {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind();
        }
        cause = error.source();
    }
    io::ErrorKind::InvalidData
}
