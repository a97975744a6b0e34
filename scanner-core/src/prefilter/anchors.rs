//! Which part of each literal is looked for.

use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;

use crate::rules::literals::{Literal, RUN};
use crate::text::byte_frequency;

/// A literal that an anchor is a part of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Use {
    pub(super) literal: usize,
    /// How far the anchor is from the start of the literal.
    pub(super) offset: usize,
    pub(super) head: Head,
}

/// The first bytes of a literal, for a quick look before it is compared as a whole.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Head {
    pub(super) folded: u64,
    pub(super) mask: u64,
}

impl Head {
    const FOLD: u64 = 0x2020_2020_2020_2020;

    pub(super) fn of(literal: &Literal) -> Self {
        let mut bytes = [0; size_of::<u64>()];
        let mut mask = [0; size_of::<u64>()];
        for ((byte, mask), known) in bytes.iter_mut().zip(&mut mask).zip(&literal.bytes) {
            (*byte, *mask) = (*known, u8::MAX);
        }
        let mask = u64::from_le_bytes(mask);
        Self { folded: (u64::from_le_bytes(bytes) | Self::FOLD) & mask, mask }
    }

    /// Whether a text could start with the literal.
    #[inline]
    pub(super) fn could_start(self, text: &[u8]) -> bool {
        text.first_chunk().is_none_or(|bytes| {
            (u64::from_le_bytes(*bytes) | Self::FOLD) & self.mask == self.folded
        })
    }
}

/// The length of an anchor, in bytes. A literal of three bytes is its own anchor.
pub(super) const GRAM: usize = 4;

/// The distance between positions that are looked at, where there are many anchors.
pub(super) const STRIDE: usize = 2;

/// What is looked for, and the literals that it speaks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Anchor {
    /// Three or four bytes; in lower case where `is_folded`.
    pub(super) bytes: Vec<u8>,
    /// Letters stand for both cases.
    pub(super) is_folded: bool,
    pub(super) seen: Seen,
    pub(super) uses: Vec<Use>,
}

/// Where an anchor is looked for.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) enum Seen {
    /// At the start of a window of [`GRAM`] bytes.
    FromStart,
    /// Behind the first byte of a window, which is before the literal and says nothing.
    BehindOne,
    /// Directly before a run of [`RUN`] token characters.
    BeforeRun,
}

impl Anchor {
    /// How many bytes from its start on have to be seen.
    pub(super) fn reach(&self) -> usize {
        if self.seen == Seen::BeforeRun { self.bytes.len() + RUN } else { GRAM }
    }

    /// The windows of [`GRAM`] bytes that it is seen in, [`folded`], without repetition.
    pub(super) fn windows(&self) -> impl Iterator<Item = u32> {
        /// Values of a byte that are different when they are folded.
        const FOLDED_BYTES: u32 = 128;
        let (window, other_at, count) = match (self.bytes.as_slice(), self.seen) {
            (_, Seen::BeforeRun) => ([0; GRAM], 0, 0),
            ([a, b, c, d], Seen::FromStart) => ([*a, *b, *c, *d], 0, 1),
            ([a, b, c], Seen::FromStart) => ([*a, *b, *c, 0], 3, FOLDED_BYTES),
            ([a, b, c], Seen::BehindOne) => ([0, *a, *b, *c], 0, FOLDED_BYTES),
            _ => unreachable!("anchors have three bytes or four"),
        };
        // Five bits below the one that is folded, two above it.
        let byte = |other: u32| other & 0x1f | (other & 0x60) << 1;
        (0..count).map(move |other| folded(window) | byte(other) << (u8::BITS * other_at))
    }
}

/// Letters of both cases become one, and other characters as well.
pub(super) const FOLD: u32 = 0x2020_2020;

/// A window as a number, for a look that takes too much for an anchor rather than too little.
#[inline]
pub(super) fn folded(window: [u8; GRAM]) -> u32 {
    u32::from_le_bytes(window) | FOLD
}

/// What one more anchor costs wherever it is, since it makes the searcher less selective; in units
/// of [`byte_frequency::of_gram`].
const COST_OF_ANCHOR: u64 = byte_frequency::UNITS >> 20;

/// A part of a literal that could be its anchor.
#[derive(Clone, Copy)]
struct Part {
    /// How far it is from the start of the literal.
    offset: usize,
    key: Key,
}

/// What is the same in parts that share an anchor: the bytes, how many they are, whether case
/// matters, where it is seen.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
struct Key(u64);

impl Key {
    const FOLDED: u64 = 1;
    const SEEN: [(Seen, u64); 3] =
        [(Seen::FromStart, 0), (Seen::BehindOne, 1 << 1), (Seen::BeforeRun, 2 << 1)];
    const SEEN_MASK: u64 = 3 << 1;
    const LEN_SHIFT: u32 = 3;
    const LEN_MASK: u64 = 7;

    fn new(gram: &[u8], is_folded: bool, seen: Seen) -> Self {
        let mut bytes = [0; size_of::<u64>()];
        bytes[..gram.len()].copy_from_slice(gram);
        let (_, seen) = Self::SEEN[seen as usize];
        let len = (gram.len() as u64) << Self::LEN_SHIFT;
        // The bytes come first, so that keys sort as they do.
        Self(u64::from_be_bytes(bytes) | len | seen | if is_folded { Self::FOLDED } else { 0 })
    }

    fn bytes(self) -> Vec<u8> {
        let len = (self.0 >> Self::LEN_SHIFT & Self::LEN_MASK) as usize;
        self.0.to_be_bytes()[..len].to_vec()
    }

    fn seen(self) -> Seen {
        let bits = self.0 & Self::SEEN_MASK;
        Self::SEEN
            .iter()
            .find(|(_, value)| *value == bits)
            .map_or(Seen::FromStart, |(seen, _)| *seen)
    }

    fn anchor(self, uses: Vec<Use>) -> Anchor {
        Anchor {
            bytes: self.bytes(),
            is_folded: self.0 & Self::FOLDED != 0,
            seen: self.seen(),
            uses,
        }
    }
}

/// Hashes keys: there are tens of thousands at each start of the program.
#[derive(Default)]
struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, key: u64) {
        // The constant is that of Fibonacci hashing.
        let hash = (self.0 ^ key).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = hash ^ hash >> 32;
    }
}

/// The anchors of all literals, to be looked for everywhere: sorted, each once. Uses name literals
/// by their place in the list.
pub(super) fn everywhere(literals: &[Literal]) -> Vec<Anchor> {
    choose(literals, |literal| [everywhere_in(literal)])
}

/// The same of many literals: short ones that start a word with a long run in it are looked for
/// before such a run.
pub(super) fn of_many(literals: &[Literal]) -> Vec<Anchor> {
    choose(literals, |literal| [before_run(literal).unwrap_or_else(|| everywhere_in(literal))])
}

/// The same, where the others are looked for in windows of [`GRAM`] bytes at every [`STRIDE`]th
/// offset; each has two anchors, since it starts at an even offset or at an odd one.
pub(super) fn of_many_at_strides(literals: &[Literal]) -> Vec<Anchor> {
    choose(literals, |literal| {
        let len = literal.bytes.len();
        if let Some(before_run) = before_run(literal) {
            return [before_run, Vec::new()];
        }
        let at_even_places =
            parts(literal, len.min(GRAM), Seen::FromStart).step_by(STRIDE).collect();
        let at_odd_places = match len {
            // The window begins before the literal.
            ..GRAM => parts(literal, GRAM - 1, Seen::BehindOne).collect(),
            // It ends behind the literal.
            GRAM => parts(literal, GRAM - 1, Seen::FromStart).skip(1).collect(),
            _ => parts(literal, GRAM, Seen::FromStart).skip(1).step_by(STRIDE).collect(),
        };
        [at_even_places, at_odd_places]
    })
}

fn everywhere_in(literal: &Literal) -> Vec<Part> {
    parts(literal, literal.bytes.len().min(GRAM), Seen::FromStart).collect()
}

/// The one part of a short literal that starts a word with a long run in it, or stands before such
/// a word.
fn before_run(literal: &Literal) -> Option<Vec<Part>> {
    let len = literal.bytes.len();
    literal.is_before_run().then(|| parts(literal, len, Seen::BeforeRun).collect())
}

/// Of each list of parts of a literal, takes the one that is rarest, where that is much the same
/// one that many literals share.
fn choose<const LISTS: usize>(
    literals: &[Literal],
    lists: impl Fn(&Literal) -> [Vec<Part>; LISTS],
) -> Vec<Anchor> {
    let lists: Vec<_> = literals.iter().map(lists).collect();
    // Made as large as it can become: to grow takes longer than to fill it.
    let count = lists.iter().flatten().map(Vec::len).sum();
    let mut shares: HashMap<Key, u64, BuildHasherDefault<KeyHasher>> =
        HashMap::with_capacity_and_hasher(count, BuildHasherDefault::default());
    lists.iter().flatten().flatten().for_each(|part| *shares.entry(part.key).or_default() += 1);
    let mut costs = shares;
    costs.iter_mut().for_each(|(key, cost)| {
        *cost = byte_frequency::of_gram(&key.bytes()) + COST_OF_ANCHOR / *cost
    });
    let mut chosen: Vec<(Key, Use)> = Vec::with_capacity(lists.len() * LISTS);
    for (literal, lists) in lists.iter().enumerate() {
        let head = Head::of(&literals[literal]);
        for list in lists {
            if let Some(part) = list.iter().min_by_key(|part| (costs.get(&part.key), part.offset)) {
                chosen.push((part.key, Use { literal, offset: part.offset, head }));
            }
        }
    }
    chosen.sort_by_key(|(key, _)| *key);
    let same = chosen.chunk_by(|(a, _), (b, _)| a == b);
    same.map(|same| same[0].0.anchor(same.iter().map(|(_, usage)| *usage).collect())).collect()
}

/// Returns the parts of a literal that have `size` bytes.
fn parts(literal: &Literal, size: usize, seen: Seen) -> impl Iterator<Item = Part> {
    literal.bytes.windows(size).enumerate().map(move |(offset, gram)| {
        // Without letters both cases are one.
        let is_folded = literal.is_folded && gram.iter().any(u8::is_ascii_alphabetic);
        Part { offset, key: Key::new(gram, is_folded, seen) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_of_short_anchors_have_every_other_byte() {
        for (seen, at) in [(Seen::FromStart, 3), (Seen::BehindOne, 0)] {
            let bytes = b"k-1".to_vec();
            let anchor = Anchor { bytes, is_folded: true, seen, uses: Vec::new() };
            let mut windows: Vec<u32> = anchor.windows().collect();
            windows.sort_unstable();
            let mut expected: Vec<u32> = (0..=u8::MAX)
                .map(|other| {
                    let mut window = b"k-1".to_vec();
                    window.insert(at, other);
                    folded(window.try_into().unwrap())
                })
                .collect();
            expected.sort_unstable();
            expected.dedup();
            assert_eq!(windows, expected);
        }
    }
}
