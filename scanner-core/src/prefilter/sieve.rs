//! A vectorised sieve for anchors: 32 positions at a time, any number of anchors, both cases of letters for free.
//!
//! The idea is that of Teddy (Hyperscan, and the packed searcher of `aho-corasick`). Each anchor is put into a
//! *bucket*. For each of the four bytes of an anchor there are two tables of 16 entries, one for the low and one for the
//! high half of a byte; an entry has a bit for each bucket that allows it. Looking up the halves of four consecutive
//! bytes and combining the results leaves the buckets whose anchors may start there, for 32 positions with a handful of
//! instructions. The upper and the lower case of a letter share their low half, so both cases take one more bit in a
//! table and no time.
//!
//! A table holds eight buckets, and two sets of tables are used where one lets too much through. With many hundred
//! anchors every bucket lets nearly all letters through. Then another first look takes over: the four bytes at each
//! position, case folded, are hashed, eight positions at a time, and looked up in a bitmap.
//!
//! What is left is compared with the anchors themselves by a small hash table. Two things differ from Teddy: the number
//! of anchors has no limit, since the comparison does not go through the bucket; and buckets are filled so that each
//! stays selective, where Teddy deals out the anchors in turn.
//!
//! This is one of the two modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions are loaded from memory by pointer")]

use std::arch::x86_64::{
    __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_castsi256_ps, _mm256_cmpeq_epi8,
    _mm256_i32gather_epi32, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_movemask_ps, _mm256_mullo_epi32,
    _mm256_or_si256, _mm256_set1_epi8, _mm256_set1_epi32, _mm256_setr_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_sllv_epi32, _mm256_srli_epi16, _mm256_srli_epi32, _mm256_testz_si256,
};

use super::anchors::{Anchor, GRAM};
use super::frequency;
use crate::confirm::boundary::is_token;
use crate::span::Span;

/// Buckets of one set of tables.
const BUCKETS: usize = 8;
/// Positions that one step decides.
const LANES: usize = 32;
/// Bytes that one step reads.
const STEP_READS: usize = LANES + GRAM - 1;
/// Of so many positions at most one may be let through; else a slower first look that lets less through is cheaper.
const SELECTIVE: f64 = 150.0;
/// With more anchors than this, buckets are not even tried.
const MOST_FOR_BUCKETS: usize = 256;
/// Positions that are hashed at once.
const HASHED: usize = 8;
/// Bytes that are loaded for them.
const HASHED_READS: usize = 16;
/// The size of the bitmap: 2^18 bits stay in the processor's first or second cache.
const MAP_BITS: u32 = 18;
/// The size of the second one.
const SECOND_MAP_BITS: u32 = 17;
const WORD_BITS: u32 = u32::BITS.trailing_zeros();
/// Multiplicative hashing; the factor is 2^32 divided by the golden ratio.
const FACTOR: u32 = 0x9e37_79b1;
/// Letters of both cases become one, and other characters as well: the comparison tells them apart.
const FOLD: u32 = 0x2020_2020;

/// For each half of a byte, the buckets that allow it.
#[derive(Clone, Copy, Default)]
struct Halves {
    low: [u8; 16],
    high: [u8; 16],
}

/// The tables of eight buckets.
type Tables = [Halves; GRAM];

/// The bytes that a bucket allows at one place of an anchor: a set of low halves and a set of high halves.
#[derive(Clone, Copy, Default)]
struct Allowed {
    low: u16,
    high: u16,
}

impl Allowed {
    const ANY: Self = Self { low: u16::MAX, high: u16::MAX };

    /// What an anchor needs at a place.
    fn by(anchor: &Anchor, place: usize) -> Self {
        let one = |byte: u8| Self { low: 1 << (byte & 15), high: 1 << (byte >> 4) };
        match anchor.bytes.get(place) {
            Some(byte) if anchor.is_folded => one(byte.to_ascii_lowercase()).or(one(byte.to_ascii_uppercase())),
            Some(byte) => one(*byte),
            // A shorter anchor says nothing about this byte.
            None => Self::ANY,
        }
    }

    fn or(self, other: Self) -> Self {
        Self { low: self.low | other.low, high: self.high | other.high }
    }

    /// The share of all bytes that is allowed.
    fn share(self, shares: &[[f64; 16]; 16]) -> f64 {
        let each = |set: u16| (0..16).filter(move |half| set >> half & 1 == 1);
        each(self.high).map(|high: usize| each(self.low).map(|low: usize| shares[high][low]).sum::<f64>()).sum()
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
        for ((allowed, share), needed) in self.allowed.iter_mut().zip(&mut self.shares).zip(needed) {
            let more = allowed.or(*needed);
            if (allowed.low, allowed.high) != (more.low, more.high) {
                *allowed = more;
                *share = more.share(shares);
            }
        }
        self
    }
}

/// An anchor, to be compared with.
struct Entry {
    /// The bytes, in lower case.
    lower: u32,
    /// The bytes as written; none where either case will do.
    exact: Option<u32>,
    anchor: usize,
}

/// Anchors of one length by the hash of their bytes.
#[derive(Default)]
struct Entries {
    /// Sorted by hash.
    list: Vec<Entry>,
    /// Where those of each hash begin.
    begins: Vec<u32>,
    shift: u32,
}

impl Entries {
    fn new(mut list: Vec<Entry>) -> Self {
        if list.is_empty() {
            return Self::default();
        }
        let bits = (list.len() * 4).next_power_of_two().trailing_zeros();
        let shift = u32::BITS - bits;
        list.sort_by_key(|entry| hash(entry.lower, shift));
        let mut begins = vec![0; (1 << bits) + 1];
        for entry in &list {
            begins[hash(entry.lower, shift) as usize + 1] += 1;
        }
        for slot in 1..begins.len() {
            begins[slot] += begins[slot - 1];
        }
        Self { list, begins, shift }
    }

    #[inline]
    fn compare(&self, exact: u32, lower: u32, mut hit: impl FnMut(usize)) {
        let slot = hash(lower, self.shift) as usize;
        for entry in &self.list[self.begins[slot] as usize..self.begins[slot + 1] as usize] {
            if entry.lower == lower && entry.exact.is_none_or(|wanted| wanted == exact) {
                hit(entry.anchor);
            }
        }
    }
}

/// Where the hash of four folded bytes is that of an anchor.
struct Map {
    bits: Box<[u32]>,
    /// The same with another hash, for the few that the first lets through.
    again: Box<[u64]>,
}

impl Map {
    /// The word and the bit of the second hash.
    #[inline]
    fn second(folded: u32) -> (usize, u32) {
        /// A prime of 32 bits that has little to do with the first factor.
        const SECOND_FACTOR: u32 = 0x85eb_ca6b;
        let hash = folded.wrapping_mul(SECOND_FACTOR) >> (u32::BITS - SECOND_MAP_BITS);
        ((hash / u64::BITS) as usize, hash % u64::BITS)
    }

    #[inline]
    fn is_again(&self, bytes: [u8; GRAM]) -> bool {
        let (word, bit) = Self::second(u32::from_le_bytes(bytes) | FOLD);
        self.again[word] >> bit & 1 == 1
    }

    fn new(anchors: &[Anchor]) -> Self {
        let mut map = vec![0; 1 << (MAP_BITS - WORD_BITS)];
        let mut again = vec![0; 1 << SECOND_MAP_BITS >> u64::BITS.trailing_zeros()];
        let mut set = |bytes: [u8; GRAM]| {
            let folded = u32::from_le_bytes(bytes) | FOLD;
            let (word, bit) = Self::second(folded);
            again[word] |= 1 << bit;
            let hash = folded.wrapping_mul(FACTOR);
            // Counted from the highest bit of a word, so that a shift to the left by the count brings it to the sign.
            let bit = hash >> (u32::BITS - MAP_BITS) & (u32::BITS - 1);
            map[(hash >> (u32::BITS - MAP_BITS + WORD_BITS)) as usize] |= 1 << (u32::BITS - 1 - bit);
        };
        for anchor in anchors {
            match anchor.bytes.first_chunk::<GRAM>() {
                Some(bytes) => set(*bytes),
                None => (0..=u8::MAX).filter(|last| !anchor.is_continued || is_token(*last)).for_each(|last| {
                    let mut bytes = [last; GRAM];
                    bytes[..anchor.bytes.len()].copy_from_slice(&anchor.bytes);
                    set(bytes);
                }),
            }
        }
        Self { bits: map.into(), again: again.into() }
    }
}

/// How positions are looked at first.
enum Look {
    Nothing,
    OneSet(Box<[Tables; 1]>),
    TwoSets(Box<[Tables; 2]>),
    Map(Map),
}

impl Look {
    /// The cheapest look that is selective.
    fn new(anchors: &[Anchor]) -> Self {
        if anchors.is_empty() {
            return Self::Nothing;
        }
        if anchors.len() > MOST_FOR_BUCKETS {
            return Self::Map(Map::new(anchors));
        }
        let mut shares = [[0.0; 16]; 16];
        let all: u32 = (0..=u8::MAX).map(frequency::of_byte).sum();
        for byte in 0..=u8::MAX {
            shares[usize::from(byte >> 4)][usize::from(byte & 15)] =
                f64::from(frequency::of_byte(byte)) / f64::from(all);
        }
        let needed: Vec<[Allowed; GRAM]> =
            anchors.iter().map(|anchor| std::array::from_fn(|place| Allowed::by(anchor, place))).collect();
        if let Some(buckets) = deal::<BUCKETS>(&needed, &shares) {
            return Self::OneSet(Box::new([tables_of(&buckets)]));
        }
        if let Some(buckets) = deal::<{ 2 * BUCKETS }>(&needed, &shares) {
            let (one, two) = buckets.split_at(BUCKETS);
            return Self::TwoSets(Box::new([tables_of(one), tables_of(two)]));
        }
        Self::Map(Map::new(anchors))
    }
}

/// Finds anchors with AVX2.
pub(super) struct Sieve {
    look: Look,
    entries: Entries,
    /// Anchors of three bytes.
    short: Entries,
    /// Whether all anchors consist of four ASCII characters.
    is_ascii: bool,
}

impl Sieve {
    /// Builds the tables; none where the processor has no AVX2.
    pub(super) fn new(anchors: &[Anchor]) -> Option<Self> {
        if !is_x86_feature_detected!("avx2") {
            return None;
        }
        let entry = |(index, anchor): (usize, &Anchor)| {
            let mut bytes = [0; GRAM];
            bytes[..anchor.bytes.len()].copy_from_slice(&anchor.bytes);
            Entry {
                lower: u32::from_le_bytes(bytes.map(|byte| byte.to_ascii_lowercase())),
                exact: (!anchor.is_folded).then(|| u32::from_le_bytes(bytes)),
                anchor: index,
            }
        };
        let of_length = |is_wanted: fn(usize) -> bool| {
            let wanted = anchors.iter().enumerate().filter(|(_, anchor)| is_wanted(anchor.bytes.len()));
            Entries::new(wanted.map(entry).collect())
        };
        Some(Self {
            look: Look::new(anchors),
            entries: of_length(|len| len == GRAM),
            short: of_length(|len| len < GRAM),
            is_ascii: anchors.iter().all(|anchor| anchor.bytes.len() == GRAM && anchor.bytes.is_ascii()),
        })
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack.
    pub(super) fn search(&self, haystack: &[u8], part: Span, hit: &mut impl FnMut(usize, usize)) {
        let text = &haystack[..part.end];
        let from = part.start;
        // SAFETY: A sieve is only made where AVX2 was detected.
        let rest = unsafe {
            match (&self.look, self.is_ascii) {
                (Look::Nothing, _) => return,
                (Look::OneSet(tables), true) => self.search_steps::<true, 1>(tables, text, from, hit),
                (Look::OneSet(tables), false) => self.search_steps::<false, 1>(tables, text, from, hit),
                (Look::TwoSets(tables), true) => self.search_steps::<true, 2>(tables, text, from, hit),
                (Look::TwoSets(tables), false) => self.search_steps::<false, 2>(tables, text, from, hit),
                (Look::Map(map), _) => self.search_map(map, text, from, hit),
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
        let tables: [[(__m256i, __m256i); GRAM]; SETS] =
            tables.map(|set| set.map(|halves| (both_lanes(&halves.low), both_lanes(&halves.high))));
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

    /// Does what [`Sieve::search_steps`] does, by the hashes of the bytes at each position.
    #[target_feature(enable = "avx2")]
    fn search_map(&self, map: &Map, text: &[u8], from: usize, hit: &mut impl FnMut(usize, usize)) -> usize {
        // The four bytes at each of eight positions.
        let spread = _mm256_setr_epi8(
            0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6, //
            4, 5, 6, 7, 5, 6, 7, 8, 6, 7, 8, 9, 7, 8, 9, 10,
        );
        let fold = _mm256_set1_epi32(FOLD.cast_signed());
        let factor = _mm256_set1_epi32(FACTOR.cast_signed());
        let bits = _mm256_set1_epi32((u32::BITS - 1).cast_signed());
        let words = map.bits.as_ptr().cast::<i32>();
        let eight = |at: usize| {
            let text = &text[at..at + HASHED_READS];
            // SAFETY: The 16 bytes of `text` are loaded; the load may be unaligned.
            let bytes = _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(text.as_ptr().cast()) });
            let grams = _mm256_or_si256(_mm256_shuffle_epi8(bytes, spread), fold);
            let hashes = _mm256_mullo_epi32(grams, factor);
            let index = _mm256_srli_epi32::<{ (u32::BITS - MAP_BITS + WORD_BITS) as i32 }>(hashes);
            let bit = _mm256_and_si256(_mm256_srli_epi32::<{ (u32::BITS - MAP_BITS) as i32 }>(hashes), bits);
            // SAFETY: An index is what is left of 32 bits after a shift: less than the number of words of a map.
            let word = unsafe { _mm256_i32gather_epi32::<4>(words, index) };
            _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_sllv_epi32(word, bit))).cast_unsigned()
        };
        let mut at = from;
        while at + 3 * HASHED + HASHED_READS <= text.len() {
            let mut positions = (0..4).fold(0, |all, step| all | eight(at + step * HASHED) << (step * HASHED));
            while positions != 0 {
                let position = at + positions.trailing_zeros() as usize;
                if text[position..].first_chunk().is_some_and(|bytes| map.is_again(*bytes)) {
                    self.compare(text, position, hit);
                }
                positions &= positions - 1;
            }
            at += 4 * HASHED;
        }
        at
    }

    fn compare_all(&self, text: &[u8], at: usize, mut positions: u32, hit: &mut impl FnMut(usize, usize)) {
        while positions != 0 {
            self.compare(text, at + positions.trailing_zeros() as usize, hit);
            positions &= positions - 1;
        }
    }

    /// Compares the bytes at a position with the anchors.
    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, hit: &mut impl FnMut(usize, usize)) {
        let mut bytes = [0; GRAM];
        let rest = &text[at..];
        match rest.first_chunk::<GRAM>() {
            Some(all) => bytes = *all,
            None => bytes[..rest.len()].copy_from_slice(rest),
        }
        let exact = u32::from_le_bytes(bytes);
        let lower = u32::from_le_bytes(bytes.map(|byte| byte.to_ascii_lowercase()));
        if rest.len() >= GRAM && !self.entries.list.is_empty() {
            self.entries.compare(exact, lower, |anchor| hit(anchor, at));
        }
        if rest.len() >= GRAM - 1 && !self.short.list.is_empty() {
            let first_three = |bytes: u32| bytes & (u32::MAX >> 8);
            self.short.compare(first_three(exact), first_three(lower), |anchor| hit(anchor, at));
        }
    }
}

fn hash(lower: u32, shift: u32) -> u32 {
    lower.wrapping_mul(FACTOR) >> shift
}

/// Deals out anchors, each to the bucket whose selectivity it harms least; none if all together are not selective.
fn deal<const COUNT: usize>(needed: &[[Allowed; GRAM]], shares: &[[f64; 16]; 16]) -> Option<[Bucket; COUNT]> {
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

/// For each of 32 positions, not zero where the anchors of some bucket may start.
///
/// The shuffle takes the low half of a byte by itself, and gives zero for bytes above ASCII. Where all anchors are ASCII
/// that is just right and saves an instruction; else the low half has to be cut out.
#[target_feature(enable = "avx2")]
#[inline]
fn step<const IS_ASCII: bool, const SETS: usize>(
    tables: &[[(__m256i, __m256i); GRAM]; SETS],
    text: &[u8],
    at: usize,
) -> __m256i {
    let text = &text[at..at + STEP_READS];
    let half = _mm256_set1_epi8(15);
    let mut buckets = [_mm256_set1_epi8(-1); SETS];
    for place in 0..GRAM {
        // SAFETY: 32 bytes from `place`, which is at most 3, are within the 35 of `text`; the load may be unaligned.
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

#[target_feature(enable = "avx2")]
#[inline]
fn both_lanes(table: &[u8; 16]) -> __m256i {
    // SAFETY: The table has the 16 bytes that are loaded; the load may be unaligned.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
}
