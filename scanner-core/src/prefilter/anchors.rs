//! Which part of each literal is looked for.

use std::collections::{BTreeMap, HashMap};

use super::{Use, frequency};
use crate::ruleset::literals::Literal;

/// So many bytes are looked for; a literal of three bytes is looked for as it is.
pub(super) const GRAM: usize = 4;

/// What is looked for, and the literals that it speaks for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Anchor {
    /// Three or four bytes; in lower case where `is_folded`.
    pub(super) bytes: Vec<u8>,
    /// Letters stand for both cases.
    pub(super) is_folded: bool,
    /// Whether a token character follows an anchor of three bytes.
    pub(super) is_continued: bool,
    pub(super) uses: Vec<Use>,
}

/// What one more anchor costs wherever it is, since it makes the searcher less selective; in units of
/// [`frequency::of_gram`].
const COST_OF_ANCHOR: u64 = frequency::UNITS >> 20;

/// The anchors of all literals: sorted, each once. Uses name literals by their place in the list.
///
/// Of each literal the part is taken that is rarest, where that is much the same one that many literals share.
pub(super) fn of(literals: &[Literal]) -> Vec<Anchor> {
    let mut shares: HashMap<(&[u8], bool), u64> = HashMap::new();
    for literal in literals {
        for (_, gram, is_folded) in parts(literal) {
            *shares.entry((gram, is_folded)).or_default() += 1;
        }
    }
    let cheapest = |literal| {
        parts(literal).min_by_key(|(offset, gram, is_folded)| {
            let share = shares.get(&(*gram, *is_folded)).copied().unwrap_or(1);
            (frequency::of_gram(gram) + COST_OF_ANCHOR / share, *offset)
        })
    };
    let mut found: BTreeMap<(&[u8], bool), Vec<Use>> = BTreeMap::new();
    for (index, literal) in literals.iter().enumerate() {
        if let Some((offset, gram, is_folded)) = cheapest(literal) {
            found.entry((gram, is_folded)).or_default().push(Use { literal: index, offset });
        }
    }
    let anchor = |((gram, is_folded), uses): ((&[u8], bool), Vec<Use>)| Anchor {
        bytes: gram.to_vec(),
        is_folded,
        is_continued: uses.iter().all(|usage| literals[usage.literal].is_continued),
        uses,
    };
    found.into_iter().map(anchor).collect()
}

/// The parts of a literal that could be its anchor: where they start, their bytes, whether case matters.
fn parts(literal: &Literal) -> impl Iterator<Item = (usize, &[u8], bool)> {
    let size = literal.bytes.len().min(GRAM);
    literal.bytes.windows(size).enumerate().map(|(offset, gram)| {
        // Without letters both cases are one.
        (offset, gram, literal.is_folded && gram.iter().any(u8::is_ascii_alphabetic))
    })
}
