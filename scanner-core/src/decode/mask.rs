//! Where runs and escapes are: 64 bytes at a time, as the bits of a number.
//!
//! A byte is of a set if the tables for its low and its high half both have the bit of the set, as in the prefilter.
//! With AVX2 that takes a few instructions for 32 bytes, which is what makes it bearable to look at every byte once more;
//! byte by byte it takes longer than all the rest of a scan.
#![expect(unsafe_code, reason = "vector instructions are loaded from memory by pointer")]

use crate::span::Span;

/// Shorter runs are not looked for: no token has fewer than the 20 bytes that so many characters hold.
pub(super) const SHORTEST: usize = 27;
/// Bytes that are looked at together.
const WIDTH: usize = 64;

/// Whether a byte can be in a run: letters, digits and the other characters of both alphabets of base64.
pub(super) const fn is_in_run(byte: u8) -> bool {
    sets_of(byte) & !INTRODUCERS != 0
}

/// Whether an escape can start with a byte.
const fn is_introducer(byte: u8) -> bool {
    sets_of(byte) & INTRODUCERS != 0
}

const fn sets_of(byte: u8) -> u8 {
    HALVES.0[(byte & 15) as usize] & HALVES.1[(byte >> 4) as usize]
}

/// The bits of the sets whose characters start escapes: the highest two.
const INTRODUCERS: u8 = 0b1100_0000;

/// For the low and the high half of a byte, the sets of characters that allow it. A set has all characters that can be
/// made of its halves.
const HALVES: ([u8; 16], [u8; 16]) = {
    const SETS: [&[u8]; 8] =
        [b"ABCDEFGHIJKLMNOabcdefghijklmno", b"PQRSTUVWXYZpqrstuvwxyz", b"0123456789", b"+-/", b"_", b"", b"%&", b"\\"];
    let (mut low, mut high) = ([0; 16], [0; 16]);
    let mut set = 0;
    while set < SETS.len() {
        let mut at = 0;
        while at < SETS[set].len() {
            low[(SETS[set][at] & 15) as usize] |= 1 << set;
            high[(SETS[set][at] >> 4) as usize] |= 1 << set;
            at += 1;
        }
        set += 1;
    }
    (low, high)
};

/// A run of [`SHORTEST`] bytes or more, from one byte that is in none to the next.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Run {
    pub(super) span: Span,
    pub(super) marks: Option<Marks>,
}

/// Which of the first 64 bytes from the start of a run are characters that only one of the alphabets has.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Marks {
    /// `-` and `_`
    pub(super) of_url: u64,
    /// `+` and `/`
    pub(super) of_standard: u64,
}

/// What is done with what is found.
pub(super) trait Visit {
    /// A run of [`SHORTEST`] bytes or more.
    fn run(&mut self, run: Run);
    /// A byte that escapes start with.
    fn introducer(&mut self, at: usize);
}

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Where runs start.
    pub(super) range: Span,
    /// No run is longer.
    pub(super) longest: usize,
    /// Introducers are looked for from the start of the range to this place.
    pub(super) introducers_to: usize,
}

/// Finds runs and introducers, each in their order.
pub(super) fn find(text: &[u8], wanted: Wanted, visit: &mut impl Visit) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: The processor has AVX2.
        return unsafe { avx2::find(text, wanted, visit) };
    }
    search(text, wanted, &Plain, visit);
}

/// Where one bit stands for each byte of a block, the lowest for the first one.
trait Masks {
    /// The bytes that are in runs, and the introducers.
    fn sets(&self, block: &[u8; WIDTH]) -> (u64, u64);
    fn marks(&self, block: &[u8; WIDTH]) -> Marks;
}

#[inline(always)]
fn search(text: &[u8], wanted: Wanted, masks: &impl Masks, visit: &mut impl Visit) {
    let Wanted { range, longest, introducers_to } = wanted;
    let mut at = range.start;
    // How many bytes of a run are to the left. What goes on from the left of the range does not start in it.
    let mut open = if at > 0 && is_in_run(text[at - 1]) { longest + 1 } else { 0 };
    let end = range.end.max(introducers_to).min(text.len());
    // On to the end of the range, and of a run that starts in it.
    while at < end || (at < text.len() && open > 0 && open <= longest && at - open < range.end) {
        let mut last = [0; WIDTH];
        let block = match text[at..].first_chunk::<WIDTH>() {
            Some(block) => block,
            None => {
                last[..text.len() - at].copy_from_slice(&text[at..]);
                &last
            }
        };
        let (bits, introducers) = masks.sets(block);
        let long = starts(bits);
        let first = bits.trailing_ones() as usize;
        // Nearly always there is nothing.
        if long | introducers != 0 || open + first >= SHORTEST {
            let block = Block { at, open, bits, introducers, long };
            open = block.visit(text, wanted, masks, visit);
        } else {
            open = bits.leading_ones() as usize;
        }
        at += WIDTH;
    }
    // Where the text ends with a block, a run can end with both.
    if at == text.len() && (SHORTEST..=longest).contains(&open) {
        tell(text, Span::new(at - open, at), wanted, masks, visit);
    }
}

/// A block with something in it.
struct Block {
    at: usize,
    /// How many bytes of a run are to its left.
    open: usize,
    bits: u64,
    introducers: u64,
    long: u64,
}

impl Block {
    /// Tells what ends in the block; returns how many bytes of a run are at its end, and before.
    #[inline(never)]
    fn visit(&self, text: &[u8], wanted: Wanted, masks: &impl Masks, visit: &mut impl Visit) -> usize {
        let Self { at, open, bits, mut introducers, mut long } = *self;
        while introducers != 0 {
            let introducer = at + introducers.trailing_zeros() as usize;
            if introducer < wanted.introducers_to {
                visit.introducer(introducer);
            }
            introducers &= introducers - 1;
        }
        let first = bits.trailing_ones() as usize;
        if first == WIDTH {
            return open + WIDTH;
        }
        if open > 0 {
            if open + first >= SHORTEST {
                tell(text, Span::new(at.saturating_sub(open), at + first), wanted, masks, visit);
            }
            // What has been open so far is done with.
            long &= u64::MAX << first;
        }
        while long != 0 {
            let start = long.trailing_zeros();
            let end = start + (bits >> start).trailing_ones();
            if end as usize == WIDTH {
                break;
            }
            tell(text, Span::new(at + start as usize, at + end as usize), wanted, masks, visit);
            long &= u64::MAX << end;
        }
        bits.leading_ones() as usize
    }
}

/// Tells a run, if it is one that is wanted.
#[inline(always)]
fn tell(text: &[u8], span: Span, wanted: Wanted, masks: &impl Masks, visit: &mut impl Visit) {
    let is_wanted = (wanted.range.start..wanted.range.end).contains(&span.start) && span.len() <= wanted.longest;
    if is_wanted {
        let block = text[span.start..].first_chunk::<WIDTH>().filter(|_| span.len() <= WIDTH);
        visit.run(Run { span, marks: block.map(|block| masks.marks(block)) });
    }
}

/// The bits where [`SHORTEST`] set ones follow each other: 8 and 8 and 8, and 3 more.
#[inline]
pub(super) fn starts(bits: u64) -> u64 {
    let pairs = bits & bits >> 1;
    let fours = pairs & pairs >> 2;
    let eights = fours & fours >> 4;
    eights & eights >> 8 & eights >> 16 & eights >> (SHORTEST - 8)
}

/// Byte by byte.
struct Plain;

impl Masks for Plain {
    fn sets(&self, block: &[u8; WIDTH]) -> (u64, u64) {
        (bits_of(block, is_in_run), bits_of(block, is_introducer))
    }

    fn marks(&self, block: &[u8; WIDTH]) -> Marks {
        Marks {
            of_url: bits_of(block, |byte| matches!(byte, b'-' | b'_')),
            of_standard: bits_of(block, |byte| matches!(byte, b'+' | b'/')),
        }
    }
}

fn bits_of(block: &[u8; WIDTH], is_set: impl Fn(u8) -> bool) -> u64 {
    block.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(is_set(*byte)))
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use core::arch::x86_64::{
        __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8, _mm256_loadu_si256,
        _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8,
        _mm256_slli_epi16, _mm256_srli_epi16,
    };

    use super::{HALVES, INTRODUCERS, Marks, Masks, Visit, WIDTH, Wanted, search};

    #[target_feature(enable = "avx2")]
    pub(super) fn find(text: &[u8], wanted: Wanted, visit: &mut impl Visit) {
        search(text, wanted, &Avx2(()), visit);
    }

    /// There is one only where AVX2 is: [`find`] makes it.
    struct Avx2(());

    impl Masks for Avx2 {
        #[inline(always)]
        fn sets(&self, block: &[u8; WIDTH]) -> (u64, u64) {
            // SAFETY: See the type.
            unsafe { sets(block) }
        }

        #[inline(always)]
        fn marks(&self, block: &[u8; WIDTH]) -> Marks {
            // SAFETY: See the type.
            unsafe { Marks { of_url: either(block, *b"-_"), of_standard: either(block, *b"+/") } }
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(block: &[u8; WIDTH]) -> [__m256i; 2] {
        let from = block.as_ptr();
        // SAFETY: The block has twice as many bytes as each load takes, and unaligned loads take any address.
        unsafe { [_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(WIDTH / 2).cast())] }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn bits([first, second]: [__m256i; 2]) -> u64 {
        let bits = |half| u64::from(_mm256_movemask_epi8(half).cast_unsigned());
        bits(first) | bits(second) << 32
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn sets(block: &[u8; WIDTH]) -> (u64, u64) {
        // SAFETY: The tables are as long as what is loaded.
        let (low, high) =
            unsafe { (_mm_loadu_si128(HALVES.0.as_ptr().cast()), _mm_loadu_si128(HALVES.1.as_ptr().cast())) };
        let (low, high) = (_mm256_broadcastsi128_si256(low), _mm256_broadcastsi128_si256(high));
        let sets = load(block).map(|bytes| {
            // A byte above 127 gives 0 for its low half, whatever it is.
            let low = _mm256_shuffle_epi8(low, bytes);
            let halves = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
            _mm256_and_si256(low, _mm256_shuffle_epi8(high, halves))
        });
        let no_run = sets.map(|sets| {
            let of_runs = _mm256_and_si256(sets, _mm256_set1_epi8((!INTRODUCERS).cast_signed()));
            _mm256_cmpeq_epi8(of_runs, _mm256_setzero_si256())
        });
        // The highest bit of a byte is what counts, so the one below is moved there.
        let introducers = sets.map(|sets| _mm256_or_si256(sets, _mm256_slli_epi16(sets, 1)));
        (!bits(no_run), bits(introducers))
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn either(block: &[u8; WIDTH], characters: [u8; 2]) -> u64 {
        let [a, b] = characters.map(|byte| _mm256_set1_epi8(byte.cast_signed()));
        bits(load(block).map(|bytes| _mm256_or_si256(_mm256_cmpeq_epi8(bytes, a), _mm256_cmpeq_epi8(bytes, b))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, Eq, PartialEq)]
    struct Found {
        runs: Vec<Run>,
        introducers: Vec<usize>,
    }

    impl Visit for Found {
        fn run(&mut self, run: Run) {
            self.runs.push(run);
        }

        fn introducer(&mut self, at: usize) {
            self.introducers.push(at);
        }
    }

    /// What both ways find.
    fn found(text: &[u8], range: Span, longest: usize) -> Found {
        let wanted = Wanted { range, longest, introducers_to: text.len() };
        let (mut plain, mut fast) = (Found::default(), Found::default());
        search(text, wanted, &Plain, &mut plain);
        find(text, wanted, &mut fast);
        assert_eq!(fast, plain);
        fast
    }

    #[test]
    fn characters() {
        for byte in 0..=255_u8 {
            assert_eq!(is_in_run(byte), byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte), "{byte}");
            assert_eq!(is_introducer(byte), b"%&\\".contains(&byte), "{byte}");
        }
    }

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=255 {
            for place in 0..2 * WIDTH {
                let mut text = [b'a'; 2 * WIDTH];
                text[place] = byte;
                let found = found(&text, Span::new(0, text.len()), 1000);
                assert_eq!(found.introducers, if is_introducer(byte) { vec![place] } else { vec![] });
                let bytes: usize = found.runs.iter().map(|run| run.span.len()).sum();
                let short = [place, text.len() - place - 1].into_iter().filter(|len| *len < SHORTEST).sum::<usize>();
                let expected = if is_in_run(byte) { text.len() } else { text.len() - 1 - short };
                assert_eq!(bytes, expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn runs_wherever_they_start_and_end() {
        for start in 0..150 {
            for len in [26, 27, 28, 64, 130, 131] {
                let text = [vec![b' '; start], vec![b'a'; len], vec![b' '; 70]].concat();
                let expected =
                    if (SHORTEST..=130).contains(&len) { vec![Span::new(start, start + len)] } else { vec![] };
                let spans =
                    |text: &[u8], range| found(text, range, 130).runs.iter().map(|run| run.span).collect::<Vec<_>>();
                for text in [&text[..], &text[..start + len]] {
                    assert_eq!(spans(text, Span::new(0, text.len())), expected, "{len} at {start}");
                    assert_eq!(spans(text, Span::new(start, start + 1)), expected, "{len} at {start}");
                    assert!(spans(text, Span::new(start + 1, text.len())).is_empty(), "{len} at {start}");
                    assert!(spans(text, Span::new(0, start)).is_empty(), "{len} at {start}");
                }
            }
        }
    }

    #[test]
    fn marks_of_a_run() {
        let text = [&b" a-b_c+d/"[..], &[b'e'; 60]].concat();
        let run = found(&text, Span::new(0, text.len()), 1000).runs[0];
        assert_eq!(run.marks, None, "it is longer than a block");
        let text = [&b" a-b_c+d/"[..], &[b'e'; 30], &[b' '; 60]].concat();
        let run = found(&text, Span::new(0, text.len()), 1000).runs[0];
        assert_eq!(run.marks, Some(Marks { of_url: 0b1010, of_standard: 0b1010_0000 }));
    }
}
