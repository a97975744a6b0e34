//! A vectorised sieve for anchors: 32 positions at a time, any number of anchors, both cases of letters for free.
//!
//! The idea is that of Teddy (Hyperscan, and the packed searcher of `aho-corasick`). Each anchor is put into one of
//! eight *buckets*. For each of the four bytes of an anchor there are two tables of 16 entries, one for the low and one
//! for the high half of a byte; an entry has a bit for each bucket that allows it. Looking up the halves of four
//! consecutive bytes and combining the results leaves the buckets whose anchors may start there, for 32 positions with
//! a handful of instructions. The upper and the lower case of a letter share their low half, so both cases take one
//! more bit in a table and no time.
//!
//! What is left is compared with the anchors themselves by a small hash table. Two things differ from Teddy: the number
//! of anchors has no limit, since the comparison does not go through the bucket; and buckets are filled so that each
//! stays selective, where Teddy deals out the anchors in turn.
//!
//! This is the one module of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions are loaded from memory by pointer")]

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256,
    _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm256_testz_si256,
};

use super::anchors::{Anchor, GRAM};
use super::frequency;
use crate::span::Span;

const BUCKETS: usize = 8;
/// Positions that one step decides.
const LANES: usize = 32;
/// Bytes that one step reads.
const STEP_READS: usize = LANES + GRAM - 1;
const HASH_BITS: u32 = 10;

/// For each half of a byte, the buckets that allow it.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: [u8; 16],
    high: [u8; 16],
}

impl Halves {
    fn allow(&mut self, byte: u8, bucket: usize) {
        self.low[usize::from(byte & 15)] |= 1 << bucket;
        self.high[usize::from(byte >> 4)] |= 1 << bucket;
    }

    /// How common the bytes are that a bucket allows.
    fn share(&self, bucket: usize) -> f32 {
        let has = |buckets: u8| buckets >> bucket & 1 == 1;
        let mut share = 0;
        for (high, _) in self.high.iter().enumerate().filter(|(_, buckets)| has(**buckets)) {
            for (low, _) in self.low.iter().enumerate().filter(|(_, buckets)| has(**buckets)) {
                share += frequency::of_byte((high << 4 | low) as u8);
            }
        }
        share as f32
    }
}

/// An anchor of four bytes, to be compared with.
struct Entry {
    /// The bytes, in lower case.
    lower: u32,
    /// The bytes as written; none where either case will do.
    exact: Option<u32>,
    anchor: usize,
}

/// Finds anchors with AVX2.
pub(super) struct Sieve {
    tables: [Halves; GRAM],
    /// The entries sorted by their hash, and where those of each hash begin.
    entries: Vec<Entry>,
    begins: Vec<u16>,
    /// Anchors of three bytes.
    short: Vec<(Anchor, usize)>,
    /// Whether all anchors are ASCII.
    is_ascii: bool,
}

impl Sieve {
    /// Builds the tables; none where the processor has no AVX2.
    pub(super) fn new(anchors: &[Anchor]) -> Option<Self> {
        if !is_x86_feature_detected!("avx2") {
            return None;
        }
        let mut tables = [Halves::default(); GRAM];
        for anchor in anchors {
            let bucket = best_bucket(&tables, anchor);
            put(&mut tables, anchor, bucket);
        }
        let mut entries = Vec::new();
        let mut short = Vec::new();
        for (index, anchor) in anchors.iter().enumerate() {
            match anchor.bytes.first_chunk::<GRAM>() {
                Some(bytes) => entries.push(Entry {
                    lower: u32::from_le_bytes(bytes.map(|byte| byte.to_ascii_lowercase())),
                    exact: (!anchor.is_folded).then(|| u32::from_le_bytes(*bytes)),
                    anchor: index,
                }),
                None => short.push((anchor.clone(), index)),
            }
        }
        entries.sort_by_key(|entry| hash(entry.lower));
        let begin = |wanted| entries.partition_point(|entry| hash(entry.lower) < wanted);
        let begins = (0..=1 << HASH_BITS).map(|wanted| u16::try_from(begin(wanted)).ok()).collect::<Option<_>>()?;
        let is_ascii = anchors.iter().all(|anchor| anchor.bytes.is_ascii());
        Some(Self { tables, entries, begins, short, is_ascii })
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack.
    pub(super) fn search(&self, haystack: &[u8], part: Span, hit: &mut impl FnMut(usize, usize)) {
        if self.entries.is_empty() && self.short.is_empty() {
            return;
        }
        let text = &haystack[..part.end];
        // SAFETY: A sieve is only made where AVX2 was detected.
        let rest = unsafe {
            if self.is_ascii {
                self.search_steps::<true>(text, part.start, hit)
            } else {
                self.search_steps::<false>(text, part.start, hit)
            }
        };
        for at in rest..text.len() {
            self.compare(text, at, hit);
        }
    }

    /// Decides as many positions as whole steps take; returns the first that is left.
    #[target_feature(enable = "avx2")]
    fn search_steps<const IS_ASCII: bool>(
        &self,
        text: &[u8],
        from: usize,
        hit: &mut impl FnMut(usize, usize),
    ) -> usize {
        let tables: [(__m256i, __m256i); GRAM] =
            self.tables.map(|halves| (both_lanes(&halves.low), both_lanes(&halves.high)));
        let mut at = from;
        // Two steps at once: one test for both, and more to do while loads are under way.
        while at + LANES + STEP_READS <= text.len() {
            let first = step::<IS_ASCII>(&tables, text, at);
            let second = step::<IS_ASCII>(&tables, text, at + LANES);
            let either = _mm256_or_si256(first, second);
            if _mm256_testz_si256(either, either) == 0 {
                self.compare_all(text, at, positions(first), hit);
                self.compare_all(text, at + LANES, positions(second), hit);
            }
            at += 2 * LANES;
        }
        while at + STEP_READS <= text.len() {
            self.compare_all(text, at, positions(step::<IS_ASCII>(&tables, text, at)), hit);
            at += LANES;
        }
        at
    }

    #[cold]
    fn compare_all(&self, text: &[u8], at: usize, mut positions: u32, hit: &mut impl FnMut(usize, usize)) {
        while positions != 0 {
            self.compare(text, at + positions.trailing_zeros() as usize, hit);
            positions &= positions - 1;
        }
    }

    /// Compares the bytes at a position with the anchors.
    #[inline]
    fn compare(&self, text: &[u8], at: usize, hit: &mut impl FnMut(usize, usize)) {
        if let Some(bytes) = text[at..].first_chunk::<GRAM>() {
            let exact = u32::from_le_bytes(*bytes);
            let mut lower = *bytes;
            lower.make_ascii_lowercase();
            let lower = u32::from_le_bytes(lower);
            let slot = hash(lower) as usize;
            for entry in &self.entries[usize::from(self.begins[slot])..usize::from(self.begins[slot + 1])] {
                if entry.lower == lower && entry.exact.is_none_or(|wanted| wanted == exact) {
                    hit(entry.anchor, at);
                }
            }
        }
        for (anchor, index) in &self.short {
            let is_there = text[at..].get(..anchor.bytes.len()).is_some_and(|bytes| {
                if anchor.is_folded { bytes.eq_ignore_ascii_case(&anchor.bytes) } else { bytes == anchor.bytes }
            });
            if is_there {
                hit(*index, at);
            }
        }
    }
}

fn hash(lower: u32) -> u32 {
    // Multiplicative hashing; the factor is 2^32 divided by the golden ratio.
    lower.wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASH_BITS)
}

/// The bucket whose selectivity an anchor harms least.
fn best_bucket(tables: &[Halves; GRAM], anchor: &Anchor) -> usize {
    let hits = |tables: &[Halves; GRAM], bucket| tables.iter().map(|halves| halves.share(bucket)).product::<f32>();
    let harm = |bucket| {
        let mut with = *tables;
        put(&mut with, anchor, bucket);
        hits(&with, bucket) - hits(tables, bucket)
    };
    (0..BUCKETS).map(|bucket| (bucket, harm(bucket))).min_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |(bucket, _)| bucket)
}

fn put(tables: &mut [Halves; GRAM], anchor: &Anchor, bucket: usize) {
    for (index, halves) in tables.iter_mut().enumerate() {
        match anchor.bytes.get(index) {
            Some(byte) if anchor.is_folded => {
                halves.allow(byte.to_ascii_lowercase(), bucket);
                halves.allow(byte.to_ascii_uppercase(), bucket);
            }
            Some(byte) => halves.allow(*byte, bucket),
            // A shorter anchor says nothing about this byte.
            None => (0..=u8::MAX).for_each(|byte| halves.allow(byte, bucket)),
        }
    }
}

/// For each of 32 positions, the buckets whose anchors may start there.
///
/// The shuffle takes the low half of a byte by itself, and gives zero for bytes above ASCII. Where all anchors are ASCII
/// that is just right and saves an instruction; else the low half has to be cut out.
#[target_feature(enable = "avx2")]
#[inline]
fn step<const IS_ASCII: bool>(tables: &[(__m256i, __m256i); GRAM], text: &[u8], at: usize) -> __m256i {
    let text = &text[at..at + STEP_READS];
    let half = _mm256_set1_epi8(15);
    let mut buckets = _mm256_set1_epi8(-1);
    for (index, (low, high)) in tables.iter().enumerate() {
        // SAFETY: 32 bytes from `index`, which is at most 3, are within the 35 of `text`; the load may be unaligned.
        let bytes = unsafe { _mm256_loadu_si256(text.as_ptr().add(index).cast()) };
        let low_half = if IS_ASCII { bytes } else { _mm256_and_si256(bytes, half) };
        let by_low = _mm256_shuffle_epi8(*low, low_half);
        let by_high = _mm256_shuffle_epi8(*high, _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half));
        buckets = _mm256_and_si256(buckets, _mm256_and_si256(by_low, by_high));
    }
    buckets
}

/// The positions with any bucket, as bits.
#[target_feature(enable = "avx2")]
#[inline]
fn positions(buckets: __m256i) -> u32 {
    let none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    !_mm256_movemask_epi8(none).cast_unsigned()
}

#[target_feature(enable = "avx2")]
#[inline]
fn both_lanes(table: &[u8; 16]) -> __m256i {
    // SAFETY: The table has the 16 bytes that are loaded; the load may be unaligned.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
}
