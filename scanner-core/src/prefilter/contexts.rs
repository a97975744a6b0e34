//! What stands around anchors, as far as all literals of an anchor agree: `server =` is looked for
//! by its `erve`, and few places with that have an `s` before it and `r =` behind it.
//!
//! It is asked without a branch, of places where an anchor probably is. Comparing them with its
//! literals one by one takes many times as long.

use super::anchors::{Anchor, FOLD};
use super::entries::FACTOR;
use crate::rules::literals::{Literal, MIN_LITERAL_LEN};

/// How many bytes are compared before the start of an anchor, and as many from there on.
pub(super) const REACH: usize = 8;

/// The bytes around the start of an anchor.
pub(super) type Neighbours = [u8; 2 * REACH];

/// The bits that are the same around an anchor wherever one of its literals is.
#[derive(Clone, Copy)]
struct Context {
    bytes: u128,
    known: u128,
}

impl Context {
    /// No text is like this, but one.
    const OF_NONE: Self = Self { bytes: 0, known: u128::MAX };

    /// That of an anchor which is so far from the start of a literal.
    fn of(literal: &Literal, offset: usize) -> Self {
        /// The bit that makes an upper case letter of ASCII a lower case one.
        const CASE: u8 = 0x20;
        let (mut bytes, mut known): (Neighbours, Neighbours) = Default::default();
        // Where what is seen of the literal begins, in it and in what is around the anchor.
        let (from, at) = (offset.saturating_sub(REACH), REACH.saturating_sub(offset));
        let seen = &literal.bytes[from..];
        let seen = &seen[..seen.len().min(bytes.len() - at)];
        let places = at..at + seen.len();
        bytes[places.clone()].copy_from_slice(seen);
        for (byte, known) in seen.iter().zip(&mut known[places]) {
            *known = if literal.is_folded && byte.is_ascii_alphabetic() { !CASE } else { u8::MAX };
        }
        Self { bytes: u128::from_le_bytes(bytes), known: u128::from_le_bytes(known) }
    }

    /// What both have in common.
    fn with(self, other: Self) -> Self {
        Self { known: self.known & other.known & !(self.bytes ^ other.bytes), ..self }
    }
}

const SLOT_BITS: u32 = 12;

/// The contexts of anchors, by the hash of their first bytes.
pub(super) struct Contexts {
    /// For each hash, the context that all anchors with it share.
    slots: Box<[u16; 1 << SLOT_BITS]>,
    contexts: Vec<Context>,
}

impl Contexts {
    /// Those of the anchors that are wanted; none where they are more than can be numbered.
    pub(super) fn of(
        anchors: &[Anchor],
        literals: &[Literal],
        is_wanted: impl Fn(&Anchor) -> bool,
    ) -> Option<Self> {
        let mut contexts = vec![Context::OF_NONE];
        let mut slots = Box::new([0; 1 << SLOT_BITS]);
        for anchor in anchors.iter().filter(|anchor| is_wanted(anchor)) {
            let each =
                anchor.uses.iter().map(|usage| Context::of(&literals[usage.literal], usage.offset));
            let Some(context) = each.reduce(Context::with) else { continue };
            let slot = &mut slots[slot(&anchor.bytes)];
            if *slot == 0 {
                *slot = u16::try_from(contexts.len()).ok()?;
                contexts.push(context);
            } else {
                let shared = &mut contexts[usize::from(*slot)];
                *shared = shared.with(context);
            }
        }
        Some(Self { slots, contexts })
    }

    /// Whether a literal of the anchor that starts in the middle of some bytes could be there.
    #[inline]
    pub(super) fn allow(&self, around: &Neighbours) -> bool {
        let context = &self.contexts[usize::from(self.slots[slot(&around[REACH..])])];
        (u128::from_le_bytes(*around) ^ context.bytes) & context.known == 0
    }
}

/// The slot of what starts like this.
#[inline]
fn slot(text: &[u8]) -> usize {
    const { assert!(MIN_LITERAL_LEN == 3) };
    let first = u32::from_le_bytes([text[0], text[1], text[2], 0]) | FOLD;
    (first.wrapping_mul(FACTOR) >> (u32::BITS - SLOT_BITS)) as usize
}
