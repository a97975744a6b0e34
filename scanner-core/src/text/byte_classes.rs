//! Which of 64 bytes are in which classes of characters, as the bits of a number.
//!
//! Code that looks at every byte of a text for some classes of characters is a [`Task`], written
//! once. It is done with the best of three ways to look:
//!
//! - With AVX-512 one instruction looks up all 64 bytes in a table of all of ASCII. That needs its
//!   extension VBMI.
//! - With AVX2 the halves of a byte are looked up, 32 bytes at a time. A byte is in a class if the
//!   tables for its low and its high half both have the bit of the class, so a class has all
//!   characters that can be made of its halves.
//! - Byte by byte, on all other processors.
//!
//! This is one of the four modules of the crate with unsafe code. It pays: see docs/performance.md.
#![expect(unsafe_code, reason = "vector instructions load from memory by pointer")]

/// Bytes that are looked at together.
pub(crate) const WIDTH: usize = 64;
/// Characters that can be in a class.
const ASCII: usize = 128;

/// Eight classes of characters. They start where a line of the processor's cache does, as loads of
/// whole lines are fastest there.
#[repr(C, align(64))]
pub(crate) struct Classes {
    /// For each character, its classes.
    of: [u8; ASCII],
    /// For each value of the low half of a byte, the classes that allow it, as bits.
    low: [u8; 16],
    high: [u8; 16],
    /// The classes of all bytes above ASCII.
    above_ascii: u8,
}

impl Classes {
    /// The class at each index gets the bit of that index. It has ASCII characters alone.
    ///
    /// # Panics
    /// If a class does not have all characters that can be made of its halves.
    pub(crate) const fn new(classes: [&[u8]; 8]) -> Self {
        let (mut low, mut high, mut of) = ([0; 16], [0; 16], [0; ASCII]);
        let mut class = 0;
        while class < classes.len() {
            let mut at = 0;
            while at < classes[class].len() {
                let byte = classes[class][at];
                low[(byte & 15) as usize] |= 1 << class;
                high[(byte >> 4) as usize] |= 1 << class;
                of[byte as usize] |= 1 << class;
                at += 1;
            }
            class += 1;
        }
        let mut byte = 0;
        while byte < ASCII {
            assert!(
                low[byte & 15] & high[byte >> 4] == of[byte],
                "a class lacks a character made of its halves"
            );
            byte += 1;
        }
        Self { low, high, of, above_ascii: 0 }
    }

    /// Classes of these bytes, each with its classes as bits. With AVX2, others can be seen to be
    /// in a class too.
    pub(crate) fn covering(bytes: impl Iterator<Item = (u8, u8)>) -> Self {
        let mut classes = Self { low: [0; 16], high: [0; 16], of: [0; ASCII], above_ascii: 0 };
        for (byte, of) in bytes {
            match classes.of.get_mut(usize::from(byte)) {
                Some(all) => {
                    *all |= of;
                    classes.low[usize::from(byte & 15)] |= of;
                    classes.high[usize::from(byte >> 4)] |= of;
                }
                None => classes.above_ascii |= of,
            }
        }
        classes
    }

    /// The same classes, of which some, given as bits, have all bytes above ASCII as well.
    pub(crate) const fn with_above_ascii(self, classes: u8) -> Self {
        Self { above_ascii: classes, ..self }
    }

    /// The classes of a byte, as bits.
    pub(crate) const fn of(&self, byte: u8) -> u8 {
        if byte.is_ascii() { self.of[byte as usize] } else { self.above_ascii }
    }
}

/// A way to look at 64 bytes. One bit stands for each of them, the lowest for the first one.
pub(crate) trait Look: Copy {
    /// The classes of each byte.
    type Seen: Copy;

    fn see(self, classes: &Classes, block: &[u8; WIDTH]) -> Self::Seen;

    /// The classes that each byte has in both.
    fn both(self, a: Self::Seen, b: Self::Seen) -> Self::Seen;

    /// The bytes that are in any of some classes, given as bits.
    fn within(self, seen: Self::Seen, classes: u8) -> u64;

    /// Sees a text that is shorter than a block, with zeros behind it.
    #[inline(always)]
    fn see_start(self, classes: &Classes, text: &[u8]) -> Self::Seen {
        let mut block = [0; WIDTH];
        block[..text.len()].copy_from_slice(text);
        self.see(classes, &block)
    }

    /// Sees the block from an offset on; it has zeros where the text has ended.
    #[inline(always)]
    fn see_at(self, classes: &Classes, text: &[u8], at: usize) -> Self::Seen {
        let rest = &text[at.min(text.len())..];
        match rest.first_chunk() {
            Some(block) => self.see(classes, block),
            None => self.see_start(classes, rest),
        }
    }

    /// Sees the block before an offset; it has zeros where the text has not begun.
    #[inline(always)]
    fn see_before(self, classes: &Classes, text: &[u8], at: usize) -> Self::Seen {
        let text = &text[..at];
        match text.last_chunk() {
            Some(block) => self.see(classes, block),
            None => {
                let mut first = [0; WIDTH];
                first[WIDTH - text.len()..].copy_from_slice(text);
                self.see(classes, &first)
            }
        }
    }
}

/// Work that is run with the fastest way to look that the processor has.
pub(crate) trait Task {
    /// This has to be inlined, as all that it calls with the look: only then it is compiled for the
    /// processor's instructions.
    fn run(self, look: impl Look);
}

pub(crate) fn with_best(task: impl Task) {
    #[cfg(target_arch = "x86_64")]
    {
        if avx512::is_there() {
            // SAFETY: The processor has these instructions.
            return unsafe { avx512::run(task) };
        }
        if avx2::is_there() {
            // SAFETY: The processor has these instructions.
            return unsafe { avx2::run(task) };
        }
    }
    task.run(Plain);
}

/// Does the same with each way to look that the processor has.
#[cfg(test)]
pub(crate) fn with_each<T: Task>(task: impl Fn() -> T) {
    task().run(Plain);
    #[cfg(target_arch = "x86_64")]
    {
        if avx2::is_there() {
            // SAFETY: The processor has these instructions.
            unsafe { avx2::run(task()) };
        }
        if avx512::is_there() {
            // SAFETY: The processor has these instructions.
            unsafe { avx512::run(task()) };
        }
    }
}

/// Byte by byte.
#[derive(Clone, Copy)]
struct Plain;

impl Look for Plain {
    type Seen = [u8; WIDTH];

    fn see(self, classes: &Classes, block: &[u8; WIDTH]) -> Self::Seen {
        block.map(|byte| classes.of(byte))
    }

    fn both(self, a: Self::Seen, b: Self::Seen) -> Self::Seen {
        std::array::from_fn(|at| a[at] & b[at])
    }

    fn within(self, seen: Self::Seen, classes: u8) -> u64 {
        seen.iter().rev().fold(0, |bits, of| bits << 1 | u64::from(of & classes != 0))
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx2 {
    use core::arch::x86_64::{
        __m256i, _mm_loadu_si128, _mm256_and_si256, _mm256_broadcastsi128_si256, _mm256_cmpeq_epi8,
        _mm256_cmpgt_epi8, _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_or_si256,
        _mm256_set1_epi8, _mm256_setzero_si256, _mm256_shuffle_epi8, _mm256_srli_epi16,
    };

    use super::{Classes, Look, Task, WIDTH};

    pub(super) fn is_there() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn run(task: impl Task) {
        task.run(Avx2(()));
    }

    /// There is one only where the instructions are: [`run`] makes it.
    #[derive(Clone, Copy)]
    struct Avx2(());

    impl Look for Avx2 {
        type Seen = [__m256i; 2];

        #[inline(always)]
        fn see(self, classes: &Classes, block: &[u8; WIDTH]) -> Self::Seen {
            // SAFETY: See the type.
            unsafe { see(classes, block) }
        }

        #[inline(always)]
        fn both(self, [a, b]: Self::Seen, [c, d]: Self::Seen) -> Self::Seen {
            // SAFETY: See the type.
            unsafe { [_mm256_and_si256(a, c), _mm256_and_si256(b, d)] }
        }

        #[inline(always)]
        fn within(self, seen: Self::Seen, classes: u8) -> u64 {
            // SAFETY: See the type.
            unsafe { within(seen, classes) }
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn see(classes: &Classes, block: &[u8; WIDTH]) -> [__m256i; 2] {
        let (low, high) = (both_lanes(&classes.low), both_lanes(&classes.high));
        let above_ascii = _mm256_set1_epi8(classes.above_ascii.cast_signed());
        load(block).map(|bytes| {
            // A byte above ASCII gives 0 for its low half, whatever it is.
            let by_low = _mm256_shuffle_epi8(low, bytes);
            let halves = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15));
            let of = _mm256_and_si256(by_low, _mm256_shuffle_epi8(high, halves));
            let is_above_ascii = _mm256_cmpgt_epi8(_mm256_setzero_si256(), bytes);
            _mm256_or_si256(of, _mm256_and_si256(is_above_ascii, above_ascii))
        })
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn within(seen: [__m256i; 2], classes: u8) -> u64 {
        let wanted = _mm256_set1_epi8(classes.cast_signed());
        !signs(
            seen.map(|of| _mm256_cmpeq_epi8(_mm256_and_si256(of, wanted), _mm256_setzero_si256())),
        )
    }

    /// The highest bit of each byte.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn signs([first, second]: [__m256i; 2]) -> u64 {
        let bits = |half| u64::from(_mm256_movemask_epi8(half).cast_unsigned());
        bits(first) | bits(second) << 32
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn load(block: &[u8; WIDTH]) -> [__m256i; 2] {
        let from = block.as_ptr();
        // SAFETY: The block has twice as many bytes as each load takes, and unaligned loads take
        // any address.
        unsafe { [_mm256_loadu_si256(from.cast()), _mm256_loadu_si256(from.add(WIDTH / 2).cast())] }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub(crate) fn both_lanes(table: &[u8; 16]) -> __m256i {
        // SAFETY: The table has the 16 bytes that are loaded, and unaligned loads take any address.
        _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(table.as_ptr().cast()) })
    }
}

#[cfg(target_arch = "x86_64")]
pub(crate) mod avx512 {
    use core::arch::x86_64::{
        __m512i, _mm512_and_si512, _mm512_loadu_si512, _mm512_mask_mov_epi8,
        _mm512_maskz_loadu_epi8, _mm512_movepi8_mask, _mm512_permutex2var_epi8, _mm512_set1_epi8,
        _mm512_test_epi8_mask,
    };

    use super::{ASCII, Classes, Look, Task, WIDTH};

    pub(crate) fn is_there() -> bool {
        super::avx2::is_there()
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vbmi")
    }

    #[target_feature(enable = "avx512bw,avx512vbmi,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn run(task: impl Task) {
        task.run(Avx512(()));
    }

    /// There is one only where the instructions are: [`run`] makes it.
    #[derive(Clone, Copy)]
    struct Avx512(());

    impl Look for Avx512 {
        type Seen = __m512i;

        #[inline(always)]
        fn see(self, classes: &Classes, block: &[u8; WIDTH]) -> Self::Seen {
            // SAFETY: See the type.
            unsafe { see(classes, block) }
        }

        #[inline(always)]
        fn see_start(self, classes: &Classes, text: &[u8]) -> Self::Seen {
            // SAFETY: See the type.
            unsafe { see_bytes(classes, load_start(text)) }
        }

        #[inline(always)]
        fn both(self, a: Self::Seen, b: Self::Seen) -> Self::Seen {
            // SAFETY: See the type.
            unsafe { _mm512_and_si512(a, b) }
        }

        #[inline(always)]
        fn within(self, seen: Self::Seen, classes: u8) -> u64 {
            // SAFETY: See the type.
            unsafe { within(seen, classes) }
        }
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    fn see(classes: &Classes, block: &[u8; WIDTH]) -> __m512i {
        see_bytes(classes, load(block))
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    fn see_bytes(classes: &Classes, bytes: __m512i) -> __m512i {
        let (first, second) = classes.of.split_at(ASCII / 2);
        // The lookup takes the low seven bits of a byte.
        let of = _mm512_permutex2var_epi8(load_part(first), bytes, load_part(second));
        let above_ascii = _mm512_set1_epi8(classes.above_ascii.cast_signed());
        _mm512_mask_mov_epi8(of, _mm512_movepi8_mask(bytes), above_ascii)
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    fn within(seen: __m512i, classes: u8) -> u64 {
        _mm512_test_epi8_mask(seen, _mm512_set1_epi8(classes.cast_signed()))
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    pub(crate) fn load(block: &[u8; WIDTH]) -> __m512i {
        // SAFETY: The block has the 64 bytes that are loaded, and unaligned loads take any address.
        unsafe { _mm512_loadu_si512(block.as_ptr().cast()) }
    }

    /// Less than a block, with zeros behind it. An empty text should have an address in memory,
    /// too: the processor takes long to see that nothing is loaded from one that has not.
    #[target_feature(enable = "avx512bw,avx512vbmi,bmi2")]
    #[inline]
    pub(crate) fn load_start(text: &[u8]) -> __m512i {
        let len = u32::try_from(text.len().min(WIDTH)).expect("a block is short");
        let mask = u64::MAX.checked_shr(u64::BITS - len).unwrap_or(0);
        // SAFETY: Only the bytes of the text are loaded: those that the mask has.
        unsafe { _mm512_maskz_loadu_epi8(mask, text.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx512bw,avx512vbmi")]
    #[inline]
    fn load_part(table: &[u8]) -> __m512i {
        load(table.first_chunk().expect("half of ASCII fills a block"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: Classes = Classes::new([
        b"ABCDEFGHIJKLMNO",
        b"0123456789",
        b"_",
        b"+/",
        b"%",
        b"\x1b",
        b"\0",
        b"\x7f",
    ])
    .with_above_ascii(0b1010_0000);

    #[test]
    fn every_byte_at_every_place() {
        struct Every;
        impl Task for Every {
            fn run(self, look: impl Look) {
                for byte in 0..=255_u8 {
                    for place in 0..WIDTH {
                        let mut block = [b' '; WIDTH];
                        block[place] = byte;
                        let seen = look.see(&CLASSES, &block);
                        for class in 0..8 {
                            let is_in = CLASSES.of(byte) >> class & 1;
                            assert_eq!(
                                look.within(seen, 1 << class),
                                u64::from(is_in) << place,
                                "{byte} {place}"
                            );
                        }
                        assert_eq!(
                            look.within(seen, 0xff),
                            u64::from(CLASSES.of(byte) != 0) << place
                        );
                        let both = look.both(seen, look.see(&CLASSES, &[0x80; WIDTH]));
                        assert_eq!(
                            look.within(both, 0xff),
                            u64::from(CLASSES.of(byte) & 0b1010_0000 != 0) << place
                        );
                    }
                }
            }
        }
        with_each(|| Every);
    }

    #[test]
    fn covering_classes_have_all_that_they_were_given() {
        struct Given;
        impl Task for Given {
            fn run(self, look: impl Look) {
                let classes =
                    Classes::covering([(b'a', 1), (b'_', 1), (b'a', 4), (0xe9, 8)].into_iter());
                let mut block = [b' '; WIDTH];
                block[..3].copy_from_slice(&[b'a', b'_', 0xe9]);
                let seen = look.see(&classes, &block);
                assert_eq!(
                    [1, 2, 4, 8].map(|class| look.within(seen, class)),
                    [0b11, 0, 0b1, 0b100]
                );
            }
        }
        with_each(|| Given);
    }

    #[test]
    fn classes_of_characters() {
        assert_eq!(CLASSES.of(b'C'), 1);
        assert_eq!(CLASSES.of(b'/'), 1 << 3);
        assert_eq!(CLASSES.of(0), 1 << 6);
        assert_eq!(
            [b'a', b'-', 0x80, 0xdf].map(|byte| CLASSES.of(byte)),
            [0, 0, 0b1010_0000, 0b1010_0000]
        );
    }
}
