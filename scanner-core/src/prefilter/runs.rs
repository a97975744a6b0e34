//! Short literals at the beginning of a word with a long run of token characters in it, `ghp_` and
//! 36 letters and digits, say; or before such a word: `12|` and 27 of them.
//!
//! As words go, three or four letters are everywhere, but runs of [`RUN`] token characters are not.
//! So these are looked for first, 64 bytes at a time, and only what stands before one is compared
//! with the literals. Source code has long names, too; but they begin with other letters, and no
//! token begins inside of a word. Bits are enough to see that, though
//! [`boundary`](crate::text::boundary) decides more.

use super::anchors::{Anchor, GRAM, Seen};
use super::entries::{Entries, Window};
use crate::rules::literals::RUN;
use crate::text::boundary::LeftBoundary;
use crate::text::boundary::{MAX_ESCAPE_LEN, is_token};
use crate::text::byte_classes::{self, Classes, Look, Task, WIDTH};

/// The bytes of the shorter anchors.
const SHORT: usize = GRAM - 1;

/// How many blocks are classified before their runs are handed on. The processor recovers faster
/// from a wrong guess at a branch if the classes are ready.
const TOGETHER: usize = 16;

/// What tokens and words are made of, and what escapes start with. One does with a byte above
/// ASCII.
static CLASSES: Classes = Classes::new([
    b"ABCDEFGHIJKLMNOabcdefghijklmno",
    b"PQRSTUVWXYZpqrstuvwxyz",
    b"0123456789",
    b"_",
    b"-",
    b"\\",
    b"%",
    b"\x1b",
])
.with_above_ascii(INTRODUCER);
const WORD: u8 = 0b0000_1111;
const TOKEN: u8 = 0b0001_1111;
const INTRODUCER: u8 = 0b1110_0000;

/// Finds anchors before runs.
pub(super) struct Runs {
    /// Anchors of four bytes.
    whole: Entries,
    /// Anchors of three.
    short: Entries,
    ends: Ends,
}

impl Runs {
    /// Takes the anchors before runs of many; none where they are too many.
    pub(super) fn new(anchors: &[Anchor]) -> Option<Self> {
        let is_wanted = |anchor: &&Anchor| anchor.seen == Seen::BeforeRun;
        Some(Self {
            whole: Entries::of(anchors, |anchor| is_wanted(&anchor) && anchor.bytes.len() == GRAM)?,
            short: Entries::of(anchors, |anchor| {
                is_wanted(&anchor) && anchor.bytes.len() == SHORT
            })?,
            ends: Ends::new(anchors.iter().filter(is_wanted)),
        })
    }

    /// Calls `hit` with the index and the start of each anchor before a run, from an offset on, and
    /// of some that start before it. Runs that go on behind the text are not seen. A literal inside
    /// of a word is left out, if the left boundary of the rule is enforced.
    pub(super) fn search(
        &self,
        text: &[u8],
        from: usize,
        left: LeftBoundary,
        hit: &mut impl FnMut(usize, usize),
    ) {
        if !self.whole.is_empty() || !self.short.is_empty() {
            match left {
                LeftBoundary::Enforce => {
                    byte_classes::with_best(Search::<true, _> { runs: self, text, from, hit })
                }
                LeftBoundary::Ignore => {
                    byte_classes::with_best(Search::<false, _> { runs: self, text, from, hit })
                }
            }
        }
    }

    /// Compares what stands before a run.
    #[inline(never)]
    fn compare(&self, text: &[u8], run: usize, hit: &mut impl FnMut(usize, usize)) {
        if let Some(start) = run.checked_sub(SHORT) {
            self.short.compare(Window::at_start(&text[start..]), |anchor| hit(anchor, start));
        }
        if let Some(start) = run.checked_sub(GRAM) {
            self.whole.compare(Window::at_start(&text[start..]), |anchor| hit(anchor, start));
        }
    }
}

/// The last three bytes of anchors, a class of characters for each seventh of those at the
/// beginning of a word, and one for those before a word.
struct Ends([Classes; SHORT]);

/// Where anchors could end in a block, as bits.
struct EndsBefore {
    in_words: u64,
    before_words: u64,
}

impl Ends {
    const IN_WORDS: u8 = 0b0111_1111;
    const BEFORE_WORDS: u8 = 0b1000_0000;

    fn new<'a>(anchors: impl Iterator<Item = &'a Anchor>) -> Self {
        let ends = anchors.filter_map(|anchor| anchor.bytes.last_chunk::<SHORT>());
        let (mut in_words, before_words): (Vec<&[u8; SHORT]>, Vec<_>) =
            ends.partition(|end| is_token(end[SHORT - 1]));
        // Those that end alike share a class.
        in_words.sort_by(|a, b| a.iter().rev().cmp(b.iter().rev()));
        let a_seventh = in_words.len().div_ceil(Self::IN_WORDS.count_ones() as usize).max(1);
        let classes = |place: usize| {
            let sevenths = in_words.chunks(a_seventh).enumerate();
            let in_words = sevenths
                .flat_map(|(class, ends)| ends.iter().map(move |end| (end[place], 1 << class)));
            Classes::covering(
                in_words.chain(before_words.iter().map(|end| (end[place], Self::BEFORE_WORDS))),
            )
        };
        Self(std::array::from_fn(classes))
    }

    /// The positions of a block that an anchor could end before.
    #[inline(always)]
    fn before<L: Look>(&self, look: L, text: &[u8], at: usize) -> EndsBefore {
        if at < SHORT {
            return EndsBefore { in_words: u64::MAX, before_words: u64::MAX };
        }
        let seen = |place: usize| look.see_at(&self.0[place], text, at - SHORT + place);
        let seen = look.both(look.both(seen(0), seen(1)), seen(2));
        let within = |classes| look.within(seen, classes);
        EndsBefore { in_words: within(Self::IN_WORDS), before_words: within(Self::BEFORE_WORDS) }
    }
}

struct Search<'s, const IS_WORD_BOUND: bool, F> {
    runs: &'s Runs,
    text: &'s [u8],
    from: usize,
    hit: &'s mut F,
}

impl<const IS_WORD_BOUND: bool, F: FnMut(usize, usize)> Task for Search<'_, IS_WORD_BOUND, F> {
    #[inline(always)]
    fn run(self, look: impl Look) {
        let Self { runs, text, from, hit } = self;
        // The block before the first of those that are looked at together, these, and the one
        // behind them.
        let mut seen =
            [Bits::<IS_WORD_BOUND>::of(look, look.see_before(&CLASSES, text, from)); TOGETHER + 2];
        seen[1] = Bits::of(look, look.see_at(&CLASSES, text, from));
        for first in (from..text.len()).step_by(TOGETHER * WIDTH) {
            let places = || (first..text.len()).step_by(WIDTH).take(TOGETHER);
            for (block, at) in places().enumerate() {
                seen[block + 2] = Bits::of(look, look.see_at(&CLASSES, text, at + WIDTH));
            }
            for (block, at) in places().enumerate() {
                let [before, here, next] = [seen[block], seen[block + 1], seen[block + 2]];
                let mut starts = starts(here.tokens, next.tokens);
                if starts != 0 {
                    let EndsBefore { mut in_words, before_words } =
                        runs.ends.before(look, text, at);
                    if IS_WORD_BOUND {
                        in_words &= behind_short_beginnings(before, here);
                    }
                    starts &= in_words | before_words;
                }
                while starts != 0 {
                    runs.compare(text, at + starts.trailing_zeros() as usize, hit);
                    starts &= starts - 1;
                }
            }
            [seen[0], seen[1]] = [seen[TOGETHER], seen[TOGETHER + 1]];
        }
    }
}

/// Which bytes of a block are of which class.
#[derive(Clone, Copy)]
struct Bits<const IS_WORD_BOUND: bool> {
    tokens: u64,
    /// Only where it matters what is a word.
    words: u64,
    /// Those that escapes start with; the same.
    introducers: u64,
}

impl<const IS_WORD_BOUND: bool> Bits<IS_WORD_BOUND> {
    #[inline(always)]
    fn of<L: Look>(look: L, seen: L::Seen) -> Self {
        let within = |classes| look.within(seen, classes);
        let (words, introducers) =
            if IS_WORD_BOUND { (within(WORD), within(INTRODUCER)) } else { (0, 0) };
        Self { tokens: within(TOKEN), words, introducers }
    }
}

/// Where runs of [`RUN`] token characters start in a block, given those in it and in the next one.
#[inline]
fn starts(here: u64, next: u64) -> u64 {
    const { assert!(RUN == 20) };
    let of_2 = here & here >> 1;
    let of_4 = of_2 & of_2 >> 2;
    let of_8 = of_4 & of_4 >> 4;
    let of_16 = of_8 & of_8 >> 8;
    let inside = of_16 & of_4 >> 16;
    // Those of the run that goes on into the next block.
    let (left, right) = (here.leading_ones(), next.trailing_ones() as usize);
    let at_the_end = !u64::MAX.checked_shr(left).unwrap_or(0);
    let not_too_late = u64::MAX >> (RUN - 1).saturating_sub(right);
    inside | at_the_end & not_too_late
}

/// The offsets in a block that are three or four bytes behind a place where a token may begin, as
/// bits.
#[inline]
fn behind_short_beginnings<const IS_WORD_BOUND: bool>(
    before: Bits<IS_WORD_BOUND>,
    here: Bits<IS_WORD_BOUND>,
) -> u64 {
    const { assert!(GRAM == 4 && SHORT == 3) };
    // Both blocks, with the bit of the second one's first byte in the middle.
    let joined = |before: u64, here: u64| u128::from(here) << WIDTH | u128::from(before);
    let inside = joined(before.words, here.words) << 1;
    let beginnings = match joined(before.introducers, here.introducers) {
        0 => !inside,
        introducers => !inside | behind(introducers),
    };
    (beginnings << 3 >> WIDTH) as u64 | (beginnings << 4 >> WIDTH) as u64
}

/// The bits that are one to [`MAX_ESCAPE_LEN`] places behind a bit.
#[inline]
fn behind(bits: u128) -> u128 {
    const { assert!(MAX_ESCAPE_LEN == 28) };
    let to_2 = bits | bits << 1;
    let to_4 = to_2 | to_2 << 2;
    let to_8 = to_4 | to_4 << 4;
    let to_16 = to_8 | to_8 << 8;
    (to_16 | to_16 << 12) << 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::boundary::{is_token, is_word};

    #[test]
    fn classes_of_characters() {
        for byte in 0..=u8::MAX {
            assert_eq!(CLASSES.of(byte) & TOKEN != 0, is_token(byte), "{byte}");
            assert_eq!(CLASSES.of(byte) & WORD != 0, is_word(byte), "{byte}");
            assert_eq!(
                CLASSES.of(byte) & INTRODUCER != 0,
                b"\\%\x1b".contains(&byte) || !byte.is_ascii(),
                "{byte}"
            );
        }
    }

    proptest! {
        #[test]
        fn runs_are_seen(here: u64, next: u64, wide in 0_u32..64, narrow in 0_u32..64) {
            // Random bits have hardly any runs.
            let (here, next) = (here | u64::MAX << wide, next | u64::MAX >> narrow);
            let bits = u128::from(next) << WIDTH | u128::from(here);
            for place in 0..WIDTH {
                let is_run = (bits >> place).trailing_ones() as usize >= RUN;
                let starts = starts(here, next) >> place & 1 == 1;
                prop_assert_eq!(starts, is_run, "{} of {:b} {:b}", place, next, here);
            }
        }
    }
}
