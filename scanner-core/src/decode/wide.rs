//! UTF-16 inside of base64 or hex, as PowerShell takes its encoded commands.

use crate::confirm::raw_match::Decoding;
use crate::decode::region::{Map, Text};
use crate::text::span::Span;
use crate::text::utf16::{self, Transcoder};

/// Decodes what looks like UTF-16.
pub(super) fn decode(text: &[u8]) -> Option<Text> {
    let (endian, bom) = utf16::detect(text)?;
    let mut transcoder = Transcoder::new(endian, bom);
    let mut bytes = Vec::with_capacity(text.len() / 2);
    transcoder.push(&text[bom..], &mut bytes);
    transcoder.finish(&mut bytes);
    Some(Text { bytes, map: Map::Utf16(Box::new(transcoder)), decoding: Decoding::Utf16 })
}

pub(super) fn original(transcoder: &Transcoder, text: &[u8], span: Span) -> Span {
    let original = |offset| transcoder.original(text, 0, offset);
    Span::new(original(span.start), original(span.end))
}
