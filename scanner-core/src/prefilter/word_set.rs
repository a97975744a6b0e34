//! Sets of words of 32 bits that answer at once and are sometimes wrong.

/// A prime of 32 bits that has little to do with [`FACTOR`](super::entries::FACTOR).
pub(super) const OTHER_FACTOR: u32 = 0x85eb_ca6b;

const WORD_BITS: u32 = u32::BITS.ilog2();

/// Words, of each of which one of `2^BITS` bits is kept: others can have the same.
pub(super) struct WordSet<const BITS: u32, const FACTOR: u32>(Box<[u32]>);

impl<const BITS: u32, const FACTOR: u32> WordSet<BITS, FACTOR> {
    /// As many bits of a hash are left out to have its place.
    pub(super) const SHIFT: u32 = u32::BITS - BITS;

    pub(super) fn new(words: impl Iterator<Item = u32>) -> Self {
        let mut bits = vec![0; 1 << (BITS - WORD_BITS)].into_boxed_slice();
        for word in words {
            let (index, bit) = Self::place(word);
            bits[index] |= bit;
        }
        Self(bits)
    }

    /// Whether a word is in the set; sometimes also of one that is not.
    #[inline]
    pub(super) fn may_have(&self, word: u32) -> bool {
        let (index, bit) = Self::place(word);
        self.0[index] & bit != 0
    }

    /// In each of these, the first bit is the highest.
    pub(super) fn bits(&self) -> &[u32] {
        &self.0
    }

    #[inline]
    fn place(word: u32) -> (usize, u32) {
        let place = word.wrapping_mul(FACTOR) >> Self::SHIFT;
        ((place >> WORD_BITS) as usize, 1 << (u32::BITS - 1) >> (place % u32::BITS))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_in_the_set_is_there(words: Vec<u32>, other: u32) {
            let set = WordSet::<18, OTHER_FACTOR>::new(words.iter().copied());
            prop_assert!(words.iter().all(|word| set.may_have(*word)));
            prop_assert!(!WordSet::<18, OTHER_FACTOR>::new([].into_iter()).may_have(other));
        }
    }
}
