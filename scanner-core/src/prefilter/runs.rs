//! Short literals at the beginning of a word with a long run of token characters in it: `ghp_` and 36 letters and
//! digits, say.
//!
//! As words go, three or four letters are everywhere, but runs of [`RUN`] token characters are not. So these are looked
//! for first, 64 bytes at a time, and only what stands before one is compared with the literals. Source code has long
//! names, too; but they begin with other letters, and what is inside of a word is no beginning of a token: so much of
//! what [`boundary`](crate::confirm::boundary) decides can be told from bits.
//!
//! This is one of the four modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions load from memory by pointer")]

use std::arch::x86_64::{
    _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8,
    _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
};

use super::anchors::{Anchor, GRAM, RUN, Seen};
use super::entries::{Entries, Window};
use super::sieve::{LANES, Loaded, STEP_READS, Tables, both_lanes, loaded, positions, step, two_sets};
use crate::confirm::boundary::{is_token, is_word};

/// Bytes that one step decides.
const BLOCK: usize = 2 * LANES;
/// An escape that ends where a token begins starts so many bytes before it, at most.
const LONGEST_ESCAPE: u32 = 28;

/// A set of characters: for each half of a byte, the groups of characters that it can be in.
struct Halves {
    low: [u8; 16],
    high: [u8; 16],
    /// Whether all bytes above ASCII are in it.
    has_others: bool,
}

impl Halves {
    /// `[0-9A-Za-z_-]`
    const OF_TOKENS: Self = Self::of(Contains::Tokens);
    /// `[0-9A-Za-z_]`
    const OF_WORDS: Self = Self::of(Contains::Words);
    /// What escapes start with. One does with a byte above ASCII.
    const OF_ESCAPES: Self = Self::of(Contains::Introducers);

    /// Each value of the high half is a group, so there are eight of ASCII.
    const fn of(contains: Contains) -> Self {
        let mut halves = Self { low: [0; 16], high: [0; 16], has_others: matches!(contains, Contains::Introducers) };
        let mut byte = 0;
        while byte < 0x80 {
            let is_in = match contains {
                Contains::Tokens => is_token(byte),
                Contains::Words => is_word(byte),
                Contains::Introducers => matches!(byte, b'\\' | b'%' | 0x1b),
            };
            if is_in {
                halves.low[(byte & 15) as usize] |= 1 << (byte >> 4);
                halves.high[(byte >> 4) as usize] = 1 << (byte >> 4);
            }
            byte += 1;
        }
        halves
    }
}

/// Which characters are in a set. Constants cannot take functions.
#[derive(Clone, Copy)]
enum Contains {
    Tokens,
    Words,
    Introducers,
}

/// Finds anchors before runs with AVX2.
pub(super) struct Runs {
    /// Anchors of four bytes.
    whole: Entries,
    /// Anchors of three.
    short: Entries,
    tables: Box<[Tables; 2]>,
}

impl Runs {
    /// Takes the anchors before runs of many; none where they are too many.
    pub(super) fn new(anchors: &[Anchor]) -> Option<Self> {
        let is_wanted = |anchor: &Anchor| anchor.seen == Seen::BeforeRun;
        let wanted: Vec<Anchor> = anchors.iter().filter(|anchor| is_wanted(anchor)).cloned().collect();
        Some(Self {
            whole: Entries::of(anchors, |anchor| is_wanted(anchor) && anchor.bytes.len() == GRAM)?,
            short: Entries::of(anchors, |anchor| is_wanted(anchor) && anchor.bytes.len() < GRAM)?,
            tables: Box::new(two_sets(&wanted)),
        })
    }

    /// Calls `hit` with the index and the start of each anchor before a run, from an offset on, and of some that start
    /// before it. Runs that go on behind the text are not seen. `IS_BOUNDED` leaves out what is inside of a word.
    #[target_feature(enable = "avx2")]
    pub(super) fn search<const IS_BOUNDED: bool>(&self, text: &[u8], from: usize, hit: &mut impl FnMut(usize, usize)) {
        if self.whole.is_empty() && self.short.is_empty() {
            return;
        }
        let tables = [loaded(&self.tables[0]), loaded(&self.tables[1])];
        let mut here = bits_of(&Halves::OF_TOKENS, text, from);
        for at in (from..text.len()).step_by(BLOCK) {
            let next = bits_of(&Halves::OF_TOKENS, text, at + BLOCK);
            let mut starts = starts(u128::from(next) << BLOCK | u128::from(here));
            here = next;
            if IS_BOUNDED && starts != 0 {
                starts &= behind_short_beginnings(text, at);
            }
            if starts != 0 {
                starts &= behind_anchors(&tables, text, at);
            }
            while starts != 0 {
                self.compare(text, at + starts.trailing_zeros() as usize, hit);
                starts &= starts - 1;
            }
        }
    }

    /// Compares what stands before a run.
    #[inline(never)]
    fn compare(&self, text: &[u8], run: usize, hit: &mut impl FnMut(usize, usize)) {
        const SHORT: usize = GRAM - 1;
        if let Some(start) = run.checked_sub(SHORT) {
            self.short.compare(Window::at_start(&text[start..]), |anchor| hit(anchor, start));
        }
        if let Some(start) = run.checked_sub(GRAM) {
            self.whole.compare(Window::at_start(&text[start..]), |anchor| hit(anchor, start));
        }
    }
}

/// Behind which of 64 positions an anchor may end, as bits.
#[target_feature(enable = "avx2")]
#[inline]
fn behind_anchors(tables: &[Loaded; 2], text: &[u8], at: usize) -> u64 {
    const READS: usize = LANES + STEP_READS;
    // Where there are too few bytes, it may everywhere.
    let Some(part) = at.checked_sub(GRAM).and_then(|start| text[start..].first_chunk::<READS>()) else {
        return u64::MAX;
    };
    let half = |at| u64::from(positions(step::<false, 2>(tables, part, at)));
    half(LANES) << LANES | half(0)
}

/// Of bits for token characters, those in the first 64 that a run of [`RUN`] starts with.
#[inline]
fn starts(tokens: u128) -> u64 {
    const { assert!(RUN == 20) };
    let of_2 = tokens & tokens >> 1;
    let of_4 = of_2 & of_2 >> 2;
    let of_8 = of_4 & of_4 >> 4;
    let of_16 = of_8 & of_8 >> 8;
    (of_16 & of_4 >> 16) as u64
}

/// The offsets in a block that are three or four bytes behind a place where a token may begin, as bits.
#[target_feature(enable = "avx2")]
#[inline]
fn behind_short_beginnings(text: &[u8], at: usize) -> u64 {
    const { assert!(GRAM == 4) };
    // The block and the one before it, with the bit of the block's first byte in the middle.
    let joined = |set| {
        let here = u128::from(bits_of(set, text, at)) << BLOCK;
        match at.checked_sub(BLOCK) {
            Some(before) => here | u128::from(bits_of(set, text, before)),
            // Of what is before an offset near the start, the last byte has the bit below the middle, too.
            None if at > 0 => here | u128::from(bits_of(set, text, 0) << (BLOCK - at)),
            None => here,
        }
    };
    let inside = joined(&Halves::OF_WORDS) << 1;
    let beginnings = match joined(&Halves::OF_ESCAPES) {
        0 => !inside,
        introducers => !inside | behind(introducers),
    };
    (beginnings << 3 >> BLOCK) as u64 | (beginnings << 4 >> BLOCK) as u64
}

/// The bits that are one to [`LONGEST_ESCAPE`] places behind a bit.
#[inline]
fn behind(bits: u128) -> u128 {
    const { assert!(LONGEST_ESCAPE == 28) };
    let to_2 = bits | bits << 1;
    let to_4 = to_2 | to_2 << 2;
    let to_8 = to_4 | to_4 << 4;
    let to_16 = to_8 | to_8 << 8;
    (to_16 | to_16 << 12) << 1
}

/// Which of 64 bytes from an offset on are in a set, as bits; what is behind the text is not.
#[target_feature(enable = "avx2")]
#[inline]
fn bits_of(set: &Halves, text: &[u8], at: usize) -> u64 {
    let rest = text.get(at..).unwrap_or_default();
    match rest.first_chunk::<BLOCK>() {
        Some(block) => bits_of_block(set, block),
        None => {
            let mut block = [0; BLOCK];
            block[..rest.len()].copy_from_slice(rest);
            bits_of_block(set, &block)
        }
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn bits_of_block(set: &Halves, block: &[u8; BLOCK]) -> u64 {
    let (low, high) = (both_lanes(&set.low), both_lanes(&set.high));
    let bits = |half: &[u8]| {
        // SAFETY: Either half of the block has the 32 bytes that are loaded; loads may be unaligned.
        let bytes = unsafe { _mm256_loadu_si256(half.as_ptr().cast()) };
        // For bytes above ASCII the first shuffle gives zero.
        let by_low = _mm256_shuffle_epi8(low, bytes);
        let by_high = _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), _mm256_set1_epi8(15)));
        let none = _mm256_cmpeq_epi8(_mm256_and_si256(by_low, by_high), _mm256_setzero_si256());
        let others = if set.has_others { _mm256_movemask_epi8(bytes).cast_unsigned() } else { 0 };
        u64::from(!_mm256_movemask_epi8(none).cast_unsigned() | others)
    };
    let (first, second) = block.split_at(LANES);
    bits(second) << LANES | bits(first)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn runs_are_seen(text in "([0-9A-Za-z_-]{1,40}|[ -~\u{e9}\u{20ac}]{0,9}){0,20}") {
            let text = text.as_bytes();
            if !is_x86_feature_detected!("avx2") {
                return Ok(());
            }
            for at in 0..=text.len() {
                // SAFETY: There is AVX2.
                let bits = |at| unsafe { bits_of(&Halves::OF_TOKENS, text, at) };
                let (here, next) = (bits(at), bits(at + BLOCK));
                let starts = starts(u128::from(next) << BLOCK | u128::from(here));
                for place in at..at + BLOCK {
                    let is_run = text.get(place..place + RUN).is_some_and(|run| run.iter().all(|byte| is_token(*byte)));
                    prop_assert_eq!(starts >> (place - at) & 1 == 1, is_run);
                }
            }
        }
    }
}
