//! A sieve for any number of anchors with AVX-512: 64 positions at a time.
//!
//! The idea is that of the [`sieve`](super::sieve) for few anchors. But one instruction looks up 64
//! bytes in a table of all of ASCII, where AVX2 has to look up the two halves of 32 bytes. So a
//! bucket says more exactly what it lets through, and there is time for many buckets: eight share a
//! table.
//!
//! With many hundred anchors some bucket lets every tenth position through. So what gets through is
//! put into a list first and looked up in a set of hashes, and what is left is held against the
//! [`contexts`] of anchors, all without a branch: a processor that guesses wrong each time loses
//! more than the lookups take. [`BothLengths`] compare the rest.
//!
//! This is one of the four modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions load from memory by pointer")]

use core::array;
use std::arch::x86_64::{
    __m512i, _mm512_add_epi16, _mm512_castsi512_si256, _mm512_cvtepu8_epi16,
    _mm512_extracti64x4_epi64, _mm512_maskz_compress_epi8, _mm512_permutex2var_epi8,
    _mm512_set1_epi16, _mm512_setzero_si512, _mm512_storeu_si512, _mm512_ternarylogic_epi64,
    _mm512_test_epi8_mask,
};

use super::anchors::{self, Anchor, GRAM, Seen, folded};
use super::contexts::{self, Contexts};
use super::entries::{BothLengths, Window};
use super::runs::Runs;
use super::word_set::{OTHER_FACTOR, WordSet};
use crate::rules::literals::Literal;
use crate::text::boundary::LeftBoundary;
use crate::text::byte_classes::avx512::{self, load, load_start};
use crate::text::byte_frequency;
use crate::text::span::Span;

/// Buckets that share tables.
const BUCKETS: usize = u8::BITS as usize;
/// More take longer than what they let through.
const MOST_TABLES: usize = 6;
/// How many anchors a bucket has where fewer buckets are enough.
const ANCHORS_A_BUCKET: usize = 8;
/// Positions that one block decides.
const LANES: usize = 64;
/// Blocks that are decided together.
const BLOCKS: usize = 4;
const STEP: usize = BLOCKS * LANES;
const STEP_READS: usize = STEP + contexts::REACH;
/// Positions whose hashes are looked up together.
const LIST: usize = 8 * STEP;
const ASCII: usize = 128;

/// For each place of an anchor and each character, the buckets that allow it. A byte above ASCII is
/// taken for the character that has its other bits.
type Tables = [[u8; ASCII]; GRAM];

/// The characters that a bucket allows at each place of an anchor, as bits, and how common they
/// are.
#[derive(Clone, Copy, Default)]
struct Bucket {
    allowed: [u128; GRAM],
    shares: [f32; GRAM],
}

impl Bucket {
    /// One for an anchor alone. A shorter anchor says nothing about the last byte.
    fn of(anchor: &Anchor, shares: &[f32; ASCII]) -> Self {
        let mut bucket = Self { allowed: [u128::MAX; GRAM], shares: [1.0; GRAM] };
        for ((allowed, share), byte) in
            bucket.allowed.iter_mut().zip(&mut bucket.shares).zip(&anchor.bytes)
        {
            let character = |byte: u8| usize::from(byte) % ASCII;
            let (lower, upper) =
                (character(byte.to_ascii_lowercase()), character(byte.to_ascii_uppercase()));
            let both = anchor.is_folded && lower != upper;
            *allowed = if both { 1 << lower | 1 << upper } else { 1 << character(*byte) };
            *share = if both { shares[lower] + shares[upper] } else { shares[character(*byte)] };
        }
        bucket
    }

    /// The share of positions that it lets through.
    fn hits(&self) -> f32 {
        self.shares.iter().product()
    }

    fn with(mut self, other: &Self) -> Self {
        for place in 0..GRAM {
            if other.allowed[place] & !self.allowed[place] != 0 {
                self.allowed[place] |= other.allowed[place];
                self.shares[place] = (self.shares[place] + other.shares[place]).min(1.0);
            }
        }
        self
    }
}

/// Finds any number of anchors with AVX-512.
pub(super) struct Wide {
    tables: Vec<Tables>,
    /// The first bytes of all anchors, folded.
    grams: WordSet<20, OTHER_FACTOR>,
    contexts: Contexts,
    entries: BothLengths,
    /// Those before runs.
    runs: Runs,
}

impl Wide {
    /// Chooses the anchors and builds the tables; none where the processor lacks the instructions.
    pub(super) fn new(literals: &[Literal]) -> Option<(Vec<Anchor>, Self)> {
        if !avx512::is_there() || !is_x86_feature_detected!("avx512vbmi2") {
            return None;
        }
        let anchors = anchors::of_many(literals);
        let is_wanted = |anchor: &&Anchor| anchor.seen == Seen::FromStart;
        let wanted: Vec<&Anchor> = anchors.iter().filter(is_wanted).collect();
        let wide = Self {
            tables: deal(&wanted).chunks(BUCKETS).map(tables_of).collect(),
            grams: WordSet::new(wanted.iter().flat_map(|anchor| anchor.windows()).map(folded)),
            contexts: Contexts::of(&anchors, literals, |anchor| is_wanted(&anchor))?,
            entries: BothLengths::of(&anchors, |anchor| is_wanted(&anchor))?,
            runs: Runs::new(&anchors)?,
        };
        Some((anchors, wide))
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack, and of
    /// some that start before it.
    pub(super) fn search(
        &self,
        haystack: &[u8],
        part: Span,
        left: LeftBoundary,
        hit: &mut impl FnMut(usize, usize),
    ) {
        let text = &haystack[..part.end];
        self.runs.search(text, part.start, left, hit);
        if !self.tables.is_empty() {
            // SAFETY: This is only made where the instructions were detected.
            unsafe { self.search_text(text, part.start, hit) };
        }
    }

    #[target_feature(enable = "avx512bw,avx512vbmi,avx512vbmi2,bmi2,popcnt")]
    fn search_text(&self, text: &[u8], from: usize, hit: &mut impl FnMut(usize, usize)) {
        let mut at = from;
        // Short texts are many, and a list takes time to be made.
        if text.len() - at >= STEP_READS {
            at = self.search_steps(text, at, hit);
        }
        let rest = &text[at..];
        match rest.len().div_ceil(LANES) {
            0 => {}
            1 => self.search_blocks::<1>(text, at, hit),
            2 => self.search_blocks::<2>(text, at, hit),
            3 => self.search_blocks::<3>(text, at, hit),
            // The last one has less bytes than are read behind a whole step.
            _ => self.search_blocks::<{ BLOCKS + 1 }>(text, at, hit),
        }
    }

    /// Decides the positions of the last blocks of a text, from an offset on.
    #[target_feature(enable = "avx512bw,avx512vbmi,avx512vbmi2,bmi2,popcnt")]
    fn search_blocks<const BLOCKS: usize>(
        &self,
        text: &[u8],
        at: usize,
        hit: &mut impl FnMut(usize, usize),
    ) {
        let rest = &text[at..];
        let bits: [u64; BLOCKS] = self.look(|from| load_start(&rest[from.min(rest.len())..]));
        for (block, mut bits) in bits.into_iter().enumerate() {
            while bits != 0 {
                let position = block * LANES + bits.trailing_zeros() as usize;
                let is_likely = match rest.get(position..).map(<[u8]>::first_chunk) {
                    Some(Some(window)) => self.grams.may_have(folded(*window)),
                    // A short anchor can be at the end of the text.
                    Some(None) => true,
                    // Behind the end, zeros can be let through.
                    None => false,
                };
                if is_likely {
                    self.compare(text, at + position, hit);
                }
                bits &= bits - 1;
            }
        }
    }

    /// Decides as many positions as whole steps take; returns the first that is left.
    #[target_feature(enable = "avx512bw,avx512vbmi,avx512vbmi2,bmi2,popcnt")]
    fn search_steps(&self, text: &[u8], from: usize, hit: &mut impl FnMut(usize, usize)) -> usize {
        let mut list = List::EMPTY;
        let mut at = from;
        while text.len() - at >= STEP_READS {
            let base = at;
            list.len = 0;
            while at - base < LIST
                && let Some(part) = text[at..].first_chunk::<STEP_READS>()
            {
                let bits: [u64; BLOCKS] = self
                    .look(|from| load(part[from..].first_chunk().expect("a step reads no more")));
                for (block, bits) in bits.into_iter().enumerate() {
                    list.push(at - base + block * LANES, bits);
                }
                at += STEP;
            }
            const { assert!(GRAM <= contexts::REACH) };
            let seen = &text[..at + contexts::REACH];
            list.retain(|position| {
                debug_assert!(base + position < at, "{position}");
                // SAFETY: All positions are from before `at`, and what is seen goes on behind it. A
                // reference to bytes needs no alignment.
                let window = unsafe { &*seen.as_ptr().add(base + position).cast::<[u8; GRAM]>() };
                self.grams.may_have(folded(*window))
            });
            let likely = list.retain(|position| {
                let from = (base + position).saturating_sub(contexts::REACH);
                // SAFETY: As many bytes are seen behind `at` as are read from a position on, and a
                // step is longer than what is read from the start of the text.
                let around = unsafe { &*seen.as_ptr().add(from).cast::<contexts::Neighbours>() };
                // Too little stands before the first ones.
                base + position < contexts::REACH || self.contexts.allow(around)
            });
            for position in likely {
                self.compare(text, base + usize::from(*position), hit);
            }
        }
        at
    }

    /// Where the anchors of some bucket may start, as bits; of each block, the first position has
    /// the lowest one. `load` gives the bytes from an offset on.
    #[target_feature(enable = "avx512bw,avx512vbmi,avx512vbmi2,bmi2,popcnt")]
    #[inline]
    fn look<const BLOCKS: usize>(&self, load_from: impl Fn(usize) -> __m512i) -> [u64; BLOCKS] {
        let bytes: [[__m512i; GRAM]; BLOCKS] =
            array::from_fn(|block| array::from_fn(|place| load_from(block * LANES + place)));
        let mut buckets = [_mm512_setzero_si512(); BLOCKS];
        for tables in &self.tables {
            let tables: [[__m512i; 2]; GRAM] = tables.each_ref().map(|table| {
                let (halves, _) = table.as_chunks();
                [load(&halves[0]), load(&halves[1])]
            });
            for (buckets, bytes) in buckets.iter_mut().zip(&bytes) {
                let allowed = |place: usize| {
                    let [first, second] = tables[place];
                    _mm512_permutex2var_epi8(first, bytes[place], second)
                };
                const { assert!(GRAM == 4) };
                let first_three =
                    _mm512_ternarylogic_epi64::<ALL>(allowed(0), allowed(1), allowed(2));
                *buckets = _mm512_ternarylogic_epi64::<OR_BOTH>(*buckets, first_three, allowed(3));
            }
        }
        buckets.map(|buckets| _mm512_test_epi8_mask(buckets, buckets))
    }

    /// Compares the bytes at a position with the anchors.
    #[inline(never)]
    fn compare(&self, text: &[u8], at: usize, hit: &mut impl FnMut(usize, usize)) {
        self.entries.compare(Window::at_start(&text[at..]), |anchor| hit(anchor, at));
    }
}

/// What a bit of the result is, for each value of the bits of three operands: `a & b & c`.
const ALL: i32 = 0b1000_0000;
/// `a | b & c`
const OR_BOTH: i32 = 0b1111_1000;

/// A list of positions that is filled without a branch for each.
struct List {
    /// There is place for a block more than can be in the list.
    positions: [u16; LIST + LANES],
    len: usize,
}

impl List {
    const EMPTY: Self = Self { positions: [0; LIST + LANES], len: 0 };

    /// Adds the positions of bits from a position on.
    #[target_feature(enable = "avx512bw,avx512vbmi,avx512vbmi2,bmi2,popcnt")]
    #[inline]
    fn push(&mut self, from: usize, bits: u64) {
        const EACH: [u8; LANES] = {
            let mut each = [0; LANES];
            let mut lane = 0;
            while lane < LANES {
                each[lane] = lane as u8;
                lane += 1;
            }
            each
        };
        let lanes = _mm512_maskz_compress_epi8(bits, load(&EACH));
        let from = _mm512_set1_epi16(from as i16);
        let halves = [_mm512_castsi512_si256(lanes), _mm512_extracti64x4_epi64::<1>(lanes)];
        let places = self.positions[self.len..]
            .first_chunk_mut::<LANES>()
            .expect("there is place for a block");
        for (places, half) in places.as_chunks_mut::<{ LANES / 2 }>().0.iter_mut().zip(halves) {
            let positions = _mm512_add_epi16(_mm512_cvtepu8_epi16(half), from);
            // SAFETY: There is place for half of a block, and unaligned stores take any address.
            unsafe { _mm512_storeu_si512(places.as_mut_ptr().cast(), positions) };
        }
        self.len += bits.count_ones() as usize;
    }

    /// Those that are wanted.
    #[inline]
    fn retain(&mut self, is_wanted: impl Fn(usize) -> bool) -> &[u16] {
        let mut kept = 0;
        for index in 0..self.len {
            let position = self.positions[index];
            self.positions[kept] = position;
            kept += usize::from(is_wanted(position.into()));
        }
        self.len = kept;
        &self.positions[..kept]
    }
}

/// Deals out anchors, each to the bucket whose selectivity it harms least; the most common ones
/// first.
fn deal(anchors: &[&Anchor]) -> Vec<Bucket> {
    let mut shares = [0.0; ASCII];
    for byte in 0..=u8::MAX {
        shares[usize::from(byte) % ASCII] += byte_frequency::of_byte(byte) as f32 / 100_000.0;
    }
    let mut needed: Vec<Bucket> =
        anchors.iter().map(|anchor| Bucket::of(anchor, &shares)).collect();
    needed.sort_by(|a, b| b.hits().total_cmp(&a.hits()));
    let tables = needed.len().div_ceil(ANCHORS_A_BUCKET * BUCKETS).min(MOST_TABLES);
    let mut buckets = vec![Bucket::default(); tables * BUCKETS];
    for needed in needed {
        let harm = |bucket: &Bucket| bucket.with(&needed).hits() - bucket.hits();
        let least = buckets
            .iter_mut()
            .map(|bucket| (harm(bucket), bucket))
            .min_by(|(a, _), (b, _)| a.total_cmp(b));
        if let Some((_, bucket)) = least {
            *bucket = bucket.with(&needed);
        }
    }
    buckets
}

fn tables_of(buckets: &[Bucket]) -> Tables {
    let mut tables = [[0; ASCII]; GRAM];
    for (index, bucket) in buckets.iter().enumerate() {
        for (table, allowed) in tables.iter_mut().zip(bucket.allowed) {
            for (character, buckets) in table.iter_mut().enumerate() {
                *buckets |= u8::from(allowed >> character & 1 == 1) << index;
            }
        }
    }
    tables
}
