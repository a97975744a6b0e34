//! Makes texts that a regex matches, for tests.
//!
//! Borders of words and lines are not minded, so a few of the texts are no matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Repeats without an end are not made longer than this.
const MOST_REPEATS: u32 = 40;

/// Repeatable random numbers (SplitMix64, by Steele, Lea and Flood).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % u64::from(limit)).unwrap()
    }
}

/// A text of a regex.
pub(crate) fn text_of(hir: &Hir, random: &mut Random) -> Vec<u8> {
    let mut text = Vec::new();
    add(hir, random, &mut text);
    text
}

fn add(hir: &Hir, random: &mut Random, text: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.extend_from_slice(&literal.0),
        HirKind::Class(Class::Bytes(class)) => {
            let range =
                class.ranges()[random.below(u32::try_from(class.ranges().len()).unwrap()) as usize];
            let width = u32::from(range.end() - range.start()) + 1;
            text.push(range.start() + u8::try_from(random.below(width)).unwrap());
        }
        HirKind::Class(Class::Unicode(_)) => {
            unreachable!("rules are parsed without Unicode classes")
        }
        HirKind::Repetition(repetition) => {
            let max = repetition.max.unwrap_or(u32::MAX).min(repetition.min + MOST_REPEATS);
            // The least and the most are where mistakes are.
            let count = match random.below(4) {
                0 => repetition.min,
                1 => max,
                _ => repetition.min + random.below(max - repetition.min + 1),
            };
            (0..count).for_each(|_| add(&repetition.sub, random, text));
        }
        HirKind::Capture(capture) => add(&capture.sub, random, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| add(part, random, text)),
        HirKind::Alternation(ways) => {
            let way = random.below(u32::try_from(ways.len()).unwrap());
            add(&ways[way as usize], random, text);
        }
    }
}
