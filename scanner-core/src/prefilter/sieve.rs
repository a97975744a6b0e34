//! A vectorised sieve for some dozen anchors: 32 positions at a time, both cases of letters for
//! free.
//!
//! The idea is that of Teddy (Hyperscan, and the packed searcher of `aho-corasick`). Each anchor is
//! put into a *bucket*. For each of the four bytes of an anchor there are two tables of 16 entries,
//! one for the low and one for the high half of a byte; an entry has a bit for each bucket that
//! allows it. Looking up the halves of four consecutive bytes and combining the results leaves the
//! buckets whose anchors may start there, for 32 positions with a handful of instructions. The
//! upper and the lower case of a letter share their low half, so both cases take one more bit in a
//! table and no time.
//!
//! A table holds eight buckets, and two sets of tables are used where one lets too much through.
//! With many hundred anchors every bucket lets nearly all letters through; then
//! [`hashes`](super::hashes) takes over.
//!
//! What is left is compared with the anchors themselves by a small hash table. Two things differ
//! from Teddy: the comparison does not go through the bucket, so that it costs the same for any
//! number of anchors; and buckets are filled so that each stays selective, where Teddy deals out
//! the anchors in turn.
//!
//! This is one of the four modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions are loaded from memory by pointer")]

use std::arch::x86_64::{
    __m256i, _mm256_and_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_movemask_epi8,
    _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm256_testz_si256,
};

use super::anchors::{self, Anchor, GRAM};
use super::entries::{BothLengths, Window};
use crate::rules::literals::Literal;
use crate::text::byte_classes::avx2::both_lanes;
use crate::text::byte_frequency;
use crate::text::span::Span;

/// Buckets of one set of tables.
const BUCKETS: usize = 8;
/// Positions that one step decides.
const LANES: usize = 32;
/// Bytes that one step reads.
const STEP_READS: usize = LANES + GRAM - 1;
/// At most one of this many positions may pass; otherwise a slower and stricter first look is
/// cheaper.
const SELECTIVE: f64 = 150.0;
/// More literals are hardly ever few enough anchors.
const MOST_LITERALS: usize = 512;
/// With more anchors than this, buckets are not even tried.
const MOST_FOR_BUCKETS: usize = 256;

/// For each half of a byte, the buckets that allow it.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: [u8; 16],
    high: [u8; 16],
}

/// The tables of eight buckets.
type Tables = [Halves; GRAM];

/// The bytes that a bucket allows at one place of an anchor: a set of low halves and a set of high
/// halves.
#[derive(Clone, Copy, Default)]
struct Allowed {
    low: u16,
    high: u16,
}

impl Allowed {
    const ANY: Self = Self { low: u16::MAX, high: u16::MAX };

    /// What an anchor needs at a place of a window.
    fn by(anchor: &Anchor, place: usize) -> Self {
        let one = |byte: u8| Self { low: 1 << (byte & 15), high: 1 << (byte >> 4) };
        match anchor.bytes.get(place) {
            Some(byte) if anchor.is_folded => {
                one(byte.to_ascii_lowercase()).or(one(byte.to_ascii_uppercase()))
            }
            Some(byte) => one(*byte),
            // A shorter anchor says nothing about the other bytes.
            None => Self::ANY,
        }
    }

    fn or(self, other: Self) -> Self {
        Self { low: self.low | other.low, high: self.high | other.high }
    }

    /// The share of all bytes that is allowed.
    fn share(self, shares: &[[f64; 16]; 16]) -> f64 {
        let each = |set: u16| (0..16).filter(move |half| set >> half & 1 == 1);
        each(self.high)
            .map(|high: usize| each(self.low).map(|low: usize| shares[high][low]).sum::<f64>())
            .sum()
    }
}

/// A bucket while anchors are dealt out.
#[derive(Clone, Copy, Default)]
struct Bucket {
    allowed: [Allowed; GRAM],
    shares: [f64; GRAM],
}

impl Bucket {
    /// The share of positions that it lets through.
    fn hits(&self) -> f64 {
        self.shares.iter().product()
    }

    fn with(mut self, needed: &[Allowed; GRAM], shares: &[[f64; 16]; 16]) -> Self {
        for ((allowed, share), needed) in self.allowed.iter_mut().zip(&mut self.shares).zip(needed)
        {
            let more = allowed.or(*needed);
            if (allowed.low, allowed.high) != (more.low, more.high) {
                *allowed = more;
                *share = more.share(shares);
            }
        }
        self
    }
}

/// How positions are looked at first.
enum Look {
    Nothing,
    OneSet(Box<[Tables; 1]>),
    TwoSets(Box<[Tables; 2]>),
}

impl Look {
    /// The cheapest look that is selective, if one is.
    fn new(anchors: &[Anchor]) -> Option<Self> {
        if anchors.is_empty() {
            return Some(Self::Nothing);
        }
        if anchors.len() > MOST_FOR_BUCKETS {
            return None;
        }
        let needed: Vec<[Allowed; GRAM]> = anchors
            .iter()
            .map(|anchor| std::array::from_fn(|place| Allowed::by(anchor, place)))
            .collect();
        let shares = shares();
        if let Some(buckets) = deal::<BUCKETS>(&needed, &shares) {
            return Some(Self::OneSet(Box::new([tables_of(&buckets)])));
        }
        let buckets = deal::<{ 2 * BUCKETS }>(&needed, &shares)?;
        let (one, two) = buckets.split_at(BUCKETS);
        Some(Self::TwoSets(Box::new([tables_of(one), tables_of(two)])))
    }
}

/// Finds anchors with AVX2.
pub(super) struct Sieve {
    look: Look,
    entries: BothLengths,
    /// Whether all anchors consist of four ASCII characters.
    is_ascii: bool,
}

impl Sieve {
    /// Chooses the anchors and builds the tables; none where the processor has no AVX2, or the
    /// anchors are too many.
    pub(super) fn new(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        if !is_x86_feature_detected!("avx2") || literals.len() > MOST_LITERALS {
            return None;
        }
        let anchors = anchors::everywhere(literals);
        let sieve = Self {
            look: Look::new(&anchors)?,
            entries: BothLengths::of(&anchors, |_| true)?,
            is_ascii: anchors
                .iter()
                .all(|anchor| anchor.bytes.len() == GRAM && anchor.bytes.is_ascii()),
        };
        Some((anchors, sieve))
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack.
    pub(super) fn search(&self, haystack: &[u8], part: Span, hit: &mut impl FnMut(usize, usize)) {
        let text = &haystack[..part.end];
        let from = part.start;
        // SAFETY: A sieve is only made where AVX2 was detected.
        let rest = unsafe {
            match (&self.look, self.is_ascii) {
                (Look::Nothing, _) => return,
                (Look::OneSet(tables), true) => {
                    self.search_steps::<true, 1>(tables, text, from, hit)
                }
                (Look::OneSet(tables), false) => {
                    self.search_steps::<false, 1>(tables, text, from, hit)
                }
                (Look::TwoSets(tables), true) => {
                    self.search_steps::<true, 2>(tables, text, from, hit)
                }
                (Look::TwoSets(tables), false) => {
                    self.search_steps::<false, 2>(tables, text, from, hit)
                }
            }
        };
        for at in rest..text.len() {
            self.compare(text, at, hit);
        }
    }

    /// Decides as many positions as whole steps take; returns the first that is left.
    #[target_feature(enable = "avx2")]
    fn search_steps<const IS_ASCII: bool, const SETS: usize>(
        &self,
        tables: &[Tables; SETS],
        text: &[u8],
        from: usize,
        hit: &mut impl FnMut(usize, usize),
    ) -> usize {
        let tables: [Loaded; SETS] = tables.map(|set| loaded(&set));
        let mut at = from;
        // Two steps at once: one test for both, and more to do while loads are under way.
        while at + LANES + STEP_READS <= text.len() {
            let first = step::<IS_ASCII, SETS>(&tables, text, at);
            let second = step::<IS_ASCII, SETS>(&tables, text, at + LANES);
            let either = _mm256_or_si256(first, second);
            if _mm256_testz_si256(either, either) == 0 {
                self.compare_all(text, at, positions(first), hit);
                self.compare_all(text, at + LANES, positions(second), hit);
            }
            at += 2 * LANES;
        }
        while at + STEP_READS <= text.len() {
            self.compare_all(text, at, positions(step::<IS_ASCII, SETS>(&tables, text, at)), hit);
            at += LANES;
        }
        at
    }

    fn compare_all(
        &self,
        text: &[u8],
        at: usize,
        mut positions: u32,
        hit: &mut impl FnMut(usize, usize),
    ) {
        while positions != 0 {
            self.compare(text, at + positions.trailing_zeros() as usize, hit);
            positions &= positions - 1;
        }
    }

    /// Compares the bytes at a position with the anchors.
    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, hit: &mut impl FnMut(usize, usize)) {
        self.entries.compare(Window::at_start(&text[at..]), |anchor| hit(anchor, at));
    }
}

/// The share of each byte, by its halves, in what is searched.
fn shares() -> [[f64; 16]; 16] {
    let mut shares = [[0.0; 16]; 16];
    let all: u32 = (0..=u8::MAX).map(byte_frequency::of_byte).sum();
    for byte in 0..=u8::MAX {
        shares[usize::from(byte >> 4)][usize::from(byte & 15)] =
            f64::from(byte_frequency::of_byte(byte)) / f64::from(all);
    }
    shares
}

/// Deals out anchors, each to the bucket whose selectivity it harms least; none if all together are
/// not selective.
fn deal<const COUNT: usize>(
    needed: &[[Allowed; GRAM]],
    shares: &[[f64; 16]; 16],
) -> Option<[Bucket; COUNT]> {
    let mut buckets = [Bucket::default(); COUNT];
    for (index, needed) in needed.iter().enumerate() {
        let harm = |bucket: &Bucket| bucket.with(needed, shares).hits() - bucket.hits();
        if let Some(best) = buckets.iter_mut().min_by(|a, b| harm(a).total_cmp(&harm(b))) {
            *best = best.with(needed, shares);
        }
        // It only grows: many anchors are seen to be too many long before the last.
        if index % 32 == 31 && !is_selective(&buckets) {
            return None;
        }
    }
    is_selective(&buckets).then_some(buckets)
}

fn is_selective(buckets: &[Bucket]) -> bool {
    buckets.iter().map(Bucket::hits).sum::<f64>() * SELECTIVE <= 1.0
}

fn tables_of(buckets: &[Bucket]) -> Tables {
    let mut tables = Tables::default();
    for (index, bucket) in buckets.iter().enumerate() {
        for (halves, allowed) in tables.iter_mut().zip(&bucket.allowed) {
            for half in 0..16 {
                halves.low[half] |= u8::from(allowed.low >> half & 1 == 1) << index;
                halves.high[half] |= u8::from(allowed.high >> half & 1 == 1) << index;
            }
        }
    }
    tables
}

/// Tables in registers, each in both halves of one.
type Loaded = [(__m256i, __m256i); GRAM];

#[target_feature(enable = "avx2")]
#[inline]
fn loaded(tables: &Tables) -> Loaded {
    tables.map(|halves| (both_lanes(&halves.low), both_lanes(&halves.high)))
}

/// For each of 32 positions, not zero where the anchors of some bucket may start.
///
/// The shuffle takes the low half of a byte by itself, and gives zero for bytes above ASCII. Where
/// all anchors are ASCII that is just right and saves an instruction; else the low half has to be
/// cut out.
#[target_feature(enable = "avx2")]
#[inline]
fn step<const IS_ASCII: bool, const SETS: usize>(
    tables: &[Loaded; SETS],
    text: &[u8],
    at: usize,
) -> __m256i {
    let text = &text[at..at + STEP_READS];
    let half = _mm256_set1_epi8(15);
    let mut buckets = [_mm256_set1_epi8(-1); SETS];
    for place in 0..GRAM {
        // SAFETY: 32 bytes from `place`, which is at most 3, are within the 35 of `text`; the load
        // may be unaligned.
        let bytes = unsafe { _mm256_loadu_si256(text.as_ptr().add(place).cast()) };
        let low_half = if IS_ASCII { bytes } else { _mm256_and_si256(bytes, half) };
        let high_half = _mm256_and_si256(_mm256_srli_epi16::<4>(bytes), half);
        for (buckets, set) in buckets.iter_mut().zip(tables) {
            let (low, high) = &set[place];
            let by_low = _mm256_shuffle_epi8(*low, low_half);
            let by_high = _mm256_shuffle_epi8(*high, high_half);
            *buckets = _mm256_and_si256(*buckets, _mm256_and_si256(by_low, by_high));
        }
    }
    buckets.into_iter().fold(_mm256_setzero_si256(), |all, one| _mm256_or_si256(all, one))
}

/// The positions with any bucket, as bits.
#[target_feature(enable = "avx2")]
#[inline]
fn positions(buckets: __m256i) -> u32 {
    let none = _mm256_cmpeq_epi8(buckets, _mm256_setzero_si256());
    !_mm256_movemask_epi8(none).cast_unsigned()
}
