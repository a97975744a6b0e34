//! A vectorised first look for many hundred anchors: four bytes at every other position are hashed,
//! eight positions at a time, and looked up in a bitmap.
//!
//! Looking at every other position halves the work. A literal can start at an even or at an odd
//! offset of the text, so it has an anchor for either: the rarest four bytes among those at even
//! places of it, and among those at odd ones. Where a literal is so short that a window of four
//! bytes holds three of its bytes and one beside it, the map has an entry for each value of the
//! other byte. See [`Seen`].
//!
//! A second map with another hash rules out most of what the first lets through in vain, and
//! [`Entries`] compares the rest.
//!
//! This is one of the four modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions load from memory by pointer")]

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_castsi256_ps, _mm256_i32gather_epi32,
    _mm256_movemask_ps, _mm256_mullo_epi32, _mm256_or_si256, _mm256_set_m128i, _mm256_set1_epi32,
    _mm256_setr_epi8, _mm256_shuffle_epi8, _mm256_sllv_epi32, _mm256_srli_epi32,
};

use super::anchors::{self, Anchor, FOLD, STRIDE, Seen, folded};
use super::entries::{BothLengths, Entries, FACTOR, Window};
use super::runs::Runs;
use super::word_set::{OTHER_FACTOR, WordSet};
use crate::rules::literals::Literal;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;

/// Positions that are hashed at once.
const AT_ONCE: usize = 8;
/// Bytes from the first of them to the first of the next.
const STEP: usize = AT_ONCE * STRIDE;
/// Bytes that are loaded for them.
const STEP_READS: usize = STEP / 2 + 16;
/// Steps that are taken together.
const STEPS: usize = 4;

/// Which four folded bytes are those of an anchor.
struct Map {
    /// 2^21 bits stay in the processor's second cache.
    first: First,
    again: WordSet<18, OTHER_FACTOR>,
}

type First = WordSet<21, FACTOR>;

impl Map {
    fn new(anchors: &[Anchor]) -> Self {
        let words: Vec<u32> = anchors.iter().flat_map(Anchor::windows).collect();
        let words = || words.iter().copied();
        Self { first: WordSet::new(words()), again: WordSet::new(words()) }
    }

    /// Which of eight positions have the hash of an anchor, as bits.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn look(&self, text: &[u8; STEP_READS]) -> u32 {
        let (low, high) = (text.as_ptr(), text[STEP / 2..].as_ptr());
        // SAFETY: 16 bytes from the first byte, and from the one in the middle of the step, are
        // within the text; loads may be unaligned.
        let bytes =
            unsafe { _mm256_set_m128i(_mm_loadu_si128(high.cast()), _mm_loadu_si128(low.cast())) };
        let grams = _mm256_or_si256(
            _mm256_shuffle_epi8(bytes, windows()),
            _mm256_set1_epi32(FOLD.cast_signed()),
        );
        let hashes = _mm256_mullo_epi32(grams, _mm256_set1_epi32(FACTOR.cast_signed()));
        let places = _mm256_srli_epi32::<{ First::SHIFT.cast_signed() }>(hashes);
        let index = _mm256_srli_epi32::<{ u32::BITS.ilog2().cast_signed() }>(places);
        // SAFETY: An index is what is left of 32 bits after both shifts: less than the number of
        // words of the set.
        let word = unsafe { _mm256_i32gather_epi32::<4>(self.first.bits().as_ptr().cast(), index) };
        // A shift to the left by the bit's place, counted from the highest, brings it to the sign.
        let bit = _mm256_and_si256(places, _mm256_set1_epi32((u32::BITS - 1).cast_signed()));
        _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_sllv_epi32(word, bit))).cast_unsigned()
    }
}

/// The four bytes at every other of 16 positions, where each half begins with the first of its own.
#[target_feature(enable = "avx2")]
#[inline]
fn windows() -> __m256i {
    _mm256_setr_epi8(
        0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 9, //
        0, 1, 2, 3, 2, 3, 4, 5, 4, 5, 6, 7, 6, 7, 8, 9,
    )
}

/// Finds any number of anchors with AVX2.
pub(super) struct Hashes {
    map: Map,
    /// Anchors at the start of a window.
    from_start: BothLengths,
    /// Anchors of three behind its first byte.
    behind_one: Entries,
    /// Those before runs.
    runs: Runs,
}

impl Hashes {
    /// Chooses the anchors and builds the maps; none where the processor has no AVX2.
    pub(super) fn new(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        if !is_x86_feature_detected!("avx2") {
            return None;
        }
        let anchors = anchors::of_many_at_strides(literals);
        let hashes = Self {
            map: Map::new(&anchors),
            from_start: BothLengths::of(&anchors, |anchor| anchor.seen == Seen::FromStart)?,
            behind_one: Entries::of(&anchors, |anchor| anchor.seen == Seen::BehindOne)?,
            runs: Runs::new(&anchors)?,
        };
        Some((anchors, hashes))
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack, and of
    /// some that start one byte before it.
    pub(super) fn search(
        &self,
        haystack: &[u8],
        part: Span,
        left: LeftBoundary,
        hit: &mut impl FnMut(usize, usize),
    ) {
        let text = &haystack[..part.end];
        let from = part.start - part.start % STRIDE;
        self.runs.search(text, part.start, left, hit);
        // SAFETY: Hashes are only made where AVX2 was detected.
        let rest = unsafe { self.search_steps(text, from, hit) };
        for at in (rest..text.len()).step_by(STRIDE) {
            if text[at..].first_chunk().is_none_or(|bytes| self.map.first.may_have(folded(*bytes)))
            {
                self.compare(text, at, hit);
            }
        }
    }

    /// Decides as many positions as whole steps take; returns the first that is left.
    #[target_feature(enable = "avx2")]
    fn search_steps(&self, text: &[u8], from: usize, hit: &mut impl FnMut(usize, usize)) -> usize {
        const READS: usize = (STEPS - 1) * STEP + STEP_READS;
        let mut at = from;
        while let Some(part) = text[at..].first_chunk::<READS>() {
            let mut positions = 0;
            for step in 0..STEPS {
                let bytes =
                    part[step * STEP..].first_chunk().expect("each step reads within the part");
                positions |= self.map.look(bytes) << (step * AT_ONCE);
            }
            while positions != 0 {
                let position = at + positions.trailing_zeros() as usize * STRIDE;
                if text[position..]
                    .first_chunk()
                    .is_some_and(|bytes| self.map.again.may_have(folded(*bytes)))
                {
                    self.compare(text, position, hit);
                }
                positions &= positions - 1;
            }
            at += STEPS * STEP;
        }
        at
    }

    /// Compares the bytes at a position with the anchors.
    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, hit: &mut impl FnMut(usize, usize)) {
        let window = Window::at_start(&text[at..]);
        self.from_start.compare(window, |anchor| hit(anchor, at));
        self.behind_one.compare(window.behind_one(), |anchor| hit(anchor, at + 1));
    }
}
