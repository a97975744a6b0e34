//! Which part of each literal is looked for.

use super::Use;
use crate::ruleset::literals::Literal;

/// So many bytes are looked for; a literal of three bytes is looked for as it is.
pub(super) const GRAM: usize = 4;

/// What is looked for, and the rules that it speaks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Anchor {
    /// Three or four bytes; in lower case where `is_folded`.
    pub(super) bytes: Vec<u8>,
    /// Letters stand for both cases.
    pub(super) is_folded: bool,
    pub(super) uses: Vec<Use>,
}

/// The anchors of all literals, given by rule index: sorted, each once.
pub(super) fn of<'l>(rules: impl Iterator<Item = (usize, &'l [Literal])>) -> Vec<Anchor> {
    let mut all: Vec<(Vec<u8>, bool, Use)> = Vec::new();
    for (rule, literals) in rules {
        for literal in literals {
            let offset = rarest_gram(literal);
            let end = literal.bytes.len().min(offset + GRAM);
            let bytes = literal.bytes[offset..end].to_vec();
            // Without letters both cases are one.
            let is_folded = literal.is_folded && bytes.iter().any(u8::is_ascii_alphabetic);
            all.push((bytes, is_folded, Use { rule, offset }));
        }
    }
    all.sort();
    all.dedup();
    let mut anchors: Vec<Anchor> = Vec::new();
    for (bytes, is_folded, usage) in all {
        match anchors.last_mut() {
            Some(anchor) if anchor.bytes == bytes && anchor.is_folded == is_folded => anchor.uses.push(usage),
            _ => anchors.push(Anchor { bytes, is_folded, uses: vec![usage] }),
        }
    }
    anchors
}

/// Where the rarest gram of a literal starts.
fn rarest_gram(literal: &Literal) -> usize {
    let bytes = &literal.bytes;
    let last = bytes.len().saturating_sub(GRAM);
    (0..=last)
        .min_by_key(|offset| {
            let gram = &bytes[*offset..bytes.len().min(offset + GRAM)];
            let cost: u32 = gram.iter().map(|byte| commonness(*byte)).sum();
            // Both cases of a letter are nearly twice as common as one.
            let letters = gram.iter().filter(|byte| byte.is_ascii_alphabetic()).count() as u32;
            cost + if literal.is_folded { letters * 2 } else { 0 }
        })
        .unwrap_or(0)
}

/// A rough scale of how common a byte is in source code: higher is more common, three points a factor of two.
fn commonness(byte: u8) -> u32 {
    match byte {
        b' ' | b'\n' | b'\t' | b'e' | b't' => 24,
        b'a' | b'i' | b'n' | b'o' | b'r' | b's' | b'_' => 22,
        b'c' | b'd' | b'l' | b'u' | b'm' | b'p' | b'f' | b'0' => 20,
        b'*' | b'-' | b'=' | b'/' | b',' | b';' | b'(' | b')' => 20,
        b'b' | b'g' | b'h' | b'x' | b'1' | b'"' | b'.' | b':' | b'>' | b'A' | b'E' | b'R' | b'S' | b'T' => 18,
        b'v' | b'w' | b'y' | b'k' | b'2'..=b'9' | b'C' | b'D' | b'I' | b'L' | b'N' | b'O' | b'P' | b'M' => 16,
        b'q' | b'z' | b'j' | b'J' | b'Q' | b'Z' | b'X' | b'Y' | b'~' | b'^' | b'@' | b'%' | b'?' | b'$' => 10,
        0x21..=0x7e => 14,
        0 => 24,
        _ => 12,
    }
}
