//! The exact comparison behind a first look: anchors of one length, in a hash table.

use super::anchors::{Anchor, GRAM};

/// Multiplicative hashing; the factor is 2^32 divided by the golden ratio.
pub(super) const FACTOR: u32 = 0x9e37_79b1;

/// An anchor, to be compared with. It is kept small: the table has to stay in the processor's first
/// cache.
struct Entry {
    /// The bytes; those that a short anchor does not have are zero. In lower case where either case
    /// will do.
    bytes: u32,
    is_folded: bool,
    anchor: u16,
}

/// Anchors of one length by the hash of their bytes.
#[derive(Default)]
pub(super) struct Entries {
    /// How many bytes they have.
    len: usize,
    /// Sorted by hash.
    list: Vec<Entry>,
    /// Where those of each hash begin.
    begins: Vec<u16>,
    shift: u32,
}

impl Entries {
    /// The anchors that are wanted, which have one length; none where they are more than can be
    /// numbered.
    pub(super) fn of(anchors: &[Anchor], is_wanted: impl Fn(&Anchor) -> bool) -> Option<Self> {
        let wanted = || anchors.iter().enumerate().filter(|(_, anchor)| is_wanted(anchor));
        let Some(len) = wanted().next().map(|(_, anchor)| anchor.bytes.len()) else {
            return Some(Self::default());
        };
        u16::try_from(anchors.len()).ok()?;
        let mut list: Vec<Entry> =
            wanted().map(|(index, anchor)| Entry::of(index, anchor)).collect();
        let bits = (list.len() * 2).next_power_of_two().trailing_zeros();
        let shift = u32::BITS - bits;
        list.sort_by_key(|entry| hash(entry.lower(), shift));
        let mut begins = vec![0; (1 << bits) + 1];
        for entry in &list {
            begins[hash(entry.lower(), shift) as usize + 1] += 1;
        }
        for slot in 1..begins.len() {
            begins[slot] += begins[slot - 1];
        }
        Some(Self { len, list, begins, shift })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Calls `hit` with the index of each anchor that a window starts with.
    #[inline]
    pub(super) fn compare(&self, window: Window, mut hit: impl FnMut(usize)) {
        if self.list.is_empty() || window.len < self.len {
            return;
        }
        let beyond = u8::BITS * if self.len < GRAM { 1 } else { 0 };
        let (exact, lower) = (window.exact << beyond >> beyond, window.lower << beyond >> beyond);
        let slot = hash(lower, self.shift) as usize;
        for entry in &self.list[self.begins[slot].into()..self.begins[slot + 1].into()] {
            if entry.bytes == if entry.is_folded { lower } else { exact } {
                hit(entry.anchor.into());
            }
        }
    }
}

/// Anchors of three bytes and of four.
pub(super) struct BothLengths {
    whole: Entries,
    short: Entries,
}

impl BothLengths {
    /// The anchors that are wanted; none where they are more than can be numbered.
    pub(super) fn of(anchors: &[Anchor], is_wanted: impl Fn(&Anchor) -> bool) -> Option<Self> {
        Some(Self {
            whole: Entries::of(anchors, |anchor| is_wanted(anchor) && anchor.bytes.len() == GRAM)?,
            short: Entries::of(anchors, |anchor| is_wanted(anchor) && anchor.bytes.len() < GRAM)?,
        })
    }

    /// Calls `hit` with the index of each anchor that a window starts with.
    #[inline]
    pub(super) fn compare(&self, window: Window, mut hit: impl FnMut(usize)) {
        self.whole.compare(window, &mut hit);
        self.short.compare(window, &mut hit);
    }
}

impl Entry {
    fn of(index: usize, anchor: &Anchor) -> Self {
        let mut bytes = first_bytes(&anchor.bytes);
        if anchor.is_folded {
            bytes.make_ascii_lowercase();
        }
        let anchor_index = u16::try_from(index).expect("anchors are counted before");
        Self { bytes: u32::from_le_bytes(bytes), is_folded: anchor.is_folded, anchor: anchor_index }
    }

    fn lower(&self) -> u32 {
        lower(self.bytes)
    }
}

/// The four bytes at a place, or as many as there are.
#[derive(Clone, Copy)]
pub(super) struct Window {
    exact: u32,
    lower: u32,
    len: usize,
}

impl Window {
    #[inline]
    pub(super) fn at_start(text: &[u8]) -> Self {
        let exact = u32::from_le_bytes(first_bytes(text));
        Self { exact, lower: lower(exact), len: text.len().min(GRAM) }
    }

    /// Without its first byte.
    #[inline]
    pub(super) fn behind_one(self) -> Self {
        Self {
            exact: self.exact >> u8::BITS,
            lower: self.lower >> u8::BITS,
            len: self.len.saturating_sub(1),
        }
    }
}

/// The first bytes of a text, and zeros where there are too few.
#[inline]
fn first_bytes(text: &[u8]) -> [u8; GRAM] {
    text.first_chunk::<GRAM>().copied().unwrap_or_else(|| {
        let mut bytes = [0; GRAM];
        bytes[..text.len()].copy_from_slice(text);
        bytes
    })
}

#[inline]
fn lower(bytes: u32) -> u32 {
    u32::from_le_bytes(bytes.to_le_bytes().map(|byte| byte.to_ascii_lowercase()))
}

#[inline]
fn hash(lower: u32, shift: u32) -> u32 {
    lower.wrapping_mul(FACTOR) >> shift
}
