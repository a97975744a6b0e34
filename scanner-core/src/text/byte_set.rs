//! Sets of bytes.

use regex_syntax::hir::Class;

/// A set of bytes.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    pub(crate) const ALL: Self = Self([u64::MAX; 4]);

    /// The bytes whose bits are set: the lowest bit of the first word stands for 0.
    pub(crate) const fn of_words(words: [u64; 4]) -> Self {
        Self(words)
    }

    /// A bit for each value of a byte, as [`ByteSet::of_words`] takes them.
    #[cfg(test)]
    pub(crate) const fn words(self) -> [u64; 4] {
        self.0
    }

    /// The bytes of a class; none for a class of characters beyond ASCII.
    pub(crate) fn of(class: &Class) -> Option<Self> {
        let Class::Bytes(class) = class else { return None };
        let mut set = Self::default();
        class
            .ranges()
            .iter()
            .flat_map(|range| range.start()..=range.end())
            .for_each(|byte| set.insert(byte));
        Some(set)
    }

    pub(crate) fn insert(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    #[inline]
    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }

    pub(crate) fn is_disjoint(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(mine, theirs)| mine & theirs == 0)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, theirs)| *mine |= theirs);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u8> {
        (0..4_u8).zip(self.0).flat_map(|(word, mut bits)| {
            core::iter::from_fn(move || {
                let bit = bits.trailing_zeros() as u8;
                bits &= bits.checked_sub(1)?;
                Some(word << 6 | bit)
            })
        })
    }
}

/// The bytes that a text consists of.
impl FromIterator<u8> for ByteSet {
    fn from_iter<I: IntoIterator<Item = u8>>(bytes: I) -> Self {
        let mut set = Self::default();
        bytes.into_iter().for_each(|byte| set.insert(byte));
        set
    }
}
