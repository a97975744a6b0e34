//! Where runs and escapes are: 64 bytes at a time, as the bits of a number.
//!
//! [`Classes`] make a second look at every byte bearable: byte by byte that takes longer
//! than all the rest of a scan.

use crate::text::byte_classes::{self, Classes, Look, Task, WIDTH};
use crate::text::span::Span;

/// Shorter runs are not looked for: 27 characters of base64 hold 20 bytes, and no token is shorter.
pub(super) const SHORTEST: usize = 27;

/// What runs are made of, and what escapes start with.
static CLASSES: Classes = Classes::new([
    b"ABCDEFGHIJKLMNOabcdefghijklmno",
    b"PQRSTUVWXYZpqrstuvwxyz",
    b"0123456789",
    b"-",
    b"_",
    b"+/",
    b"%&",
    b"\\",
]);
/// Characters that only one of the alphabets of base64 has.
const OF_URL: u8 = 0b0001_1000;
const OF_STANDARD: u8 = 0b0010_0000;
const RUN: u8 = 0b0011_1111;
const INTRODUCER: u8 = 0b1100_0000;

/// Whether a byte can be in a run: letters, digits and the other characters of both alphabets of
/// base64.
pub(super) const fn is_in_run(byte: u8) -> bool {
    CLASSES.of(byte) & RUN != 0
}

/// What is done with what is found.
pub(super) trait Visit {
    /// A run of [`SHORTEST`] bytes or more, from one byte that is in none to the next.
    fn run(&mut self, run: Span);
    /// A part of that run which is as long, from one character that only one alphabet has to the
    /// next.
    fn part(&mut self, run: Span, part: Span);
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

/// Finds runs and introducers.
pub(super) fn find(text: &[u8], wanted: Wanted, visit: &mut impl Visit) {
    byte_classes::with_best(Find { text, wanted, visit });
}

struct Find<'t, V> {
    text: &'t [u8],
    wanted: Wanted,
    visit: &'t mut V,
}

impl<V: Visit> Task for Find<'_, V> {
    #[inline(always)]
    fn run(mut self, look: impl Look) {
        let Wanted { range, longest, introducers_to } = self.wanted;
        let text = self.text;
        let mut at = range.start;
        // A run that begins to the left of the range does not start in it.
        let mut runs =
            Joined { open: if at > 0 && is_in_run(text[at - 1]) { longest + 1 } else { 0 } };
        let end = range.end.max(introducers_to).min(text.len());
        // On to the end of the range, and of a run that starts in it.
        while at < end
            || (at < text.len() && (1..=longest).contains(&runs.open) && at - runs.open < range.end)
        {
            let seen = look.see_at(&CLASSES, text, at);
            let introducers = look.within(seen, INTRODUCER);
            let ends = runs.take(at, look.within(seen, RUN));
            // Nearly always there is nothing.
            if introducers != 0 {
                self.introducers(at, introducers);
            }
            if ends.could_be_any() {
                for run in ends {
                    self.emit_run(look, run);
                }
            }
            at += WIDTH;
        }
        // Where the text ends with a block, a run can end with both.
        if at == text.len()
            && let Some(run) = runs.last(at)
        {
            self.emit_run(look, run);
        }
    }
}

impl<V: Visit> Find<'_, V> {
    #[inline(always)]
    fn introducers(&mut self, at: usize, mut introducers: u64) {
        while introducers != 0 {
            let introducer = at + introducers.trailing_zeros() as usize;
            if introducer < self.wanted.introducers_to {
                self.visit.introducer(introducer);
            }
            introducers &= introducers - 1;
        }
    }

    /// Tells a run, if it is one that is wanted, and its parts.
    #[inline(always)]
    fn emit_run(&mut self, look: impl Look, run: Span) {
        let Wanted { range, longest, .. } = self.wanted;
        if !(range.start..range.end).contains(&run.start) || run.len() > longest {
            return;
        }
        self.visit.run(run);
        let mut joined = [(OF_URL, Joined { open: 0 }), (OF_STANDARD, Joined { open: 0 })];
        let mut at = run.start;
        while at < run.end {
            let seen = look.see_at(&CLASSES, self.text, at);
            let bits = if run.end - at < WIDTH { !(u64::MAX << (run.end - at)) } else { u64::MAX };
            for (marks, joined) in &mut joined {
                let ends = joined.take(at, bits & !look.within(seen, *marks));
                if ends.could_be_any() {
                    ends.for_each(|part| self.emit_part(run, part));
                }
            }
            at += WIDTH;
        }
        if at == run.end {
            joined
                .iter()
                .filter_map(|(_, joined)| joined.last(at))
                .for_each(|part| self.emit_part(run, part));
        }
    }

    fn emit_part(&mut self, run: Span, part: Span) {
        if part.len() < run.len() {
            self.visit.part(run, part);
        }
    }
}

/// Joins set bits to spans, block after block.
#[derive(Clone, Copy)]
struct Joined {
    /// As many bytes up to the end of the last block are of one span.
    open: usize,
}

impl Joined {
    /// Takes the block at an offset.
    #[inline(always)]
    fn take(&mut self, at: usize, bits: u64) -> Ends {
        let ends = Ends { at, open: self.open, bits, long: starts(bits) };
        self.open = if bits == u64::MAX { self.open + WIDTH } else { bits.leading_ones() as usize };
        ends
    }

    /// The span that goes on to the end of the text.
    fn last(self, end: usize) -> Option<Span> {
        (self.open >= SHORTEST).then(|| Span::new(end.saturating_sub(self.open), end))
    }
}

/// The spans of [`SHORTEST`] bytes or more that end in a block.
#[derive(Clone, Copy)]
struct Ends {
    at: usize,
    /// As many bytes to the left of the block are of one span.
    open: usize,
    bits: u64,
    /// Where [`SHORTEST`] set bits follow each other.
    long: u64,
}

impl Ends {
    #[inline(always)]
    fn could_be_any(&self) -> bool {
        (self.long != 0) | (self.open + self.bits.trailing_ones() as usize >= SHORTEST)
    }
}

impl Iterator for Ends {
    type Item = Span;

    #[inline(always)]
    fn next(&mut self) -> Option<Span> {
        let first = self.bits.trailing_ones() as usize;
        if self.open + first >= SHORTEST && first < WIDTH {
            let span = Span::new(self.at.saturating_sub(self.open), self.at + first);
            self.open = 0;
            self.bits &= u64::MAX << first;
            self.long &= u64::MAX << first;
            return Some(span);
        }
        let start = self.long.trailing_zeros();
        if start as usize == WIDTH {
            return None;
        }
        let end = start + (self.bits >> start).trailing_ones();
        if end as usize == WIDTH {
            return None;
        }
        self.long &= u64::MAX << end;
        Some(Span::new(self.at + start as usize, self.at + end as usize))
    }
}

/// The bits where [`SHORTEST`] set ones follow each other: 8 and 8 and 8, and 3 more.
#[inline]
fn starts(bits: u64) -> u64 {
    let pairs = bits & bits >> 1;
    let fours = pairs & pairs >> 2;
    let eights = fours & fours >> 4;
    eights & eights >> 8 & eights >> 16 & eights >> (SHORTEST - 8)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[derive(Debug, Default, Eq, PartialEq)]
    struct Found {
        runs: Vec<Span>,
        parts: Vec<Span>,
        introducers: Vec<usize>,
    }

    impl Visit for Found {
        fn run(&mut self, run: Span) {
            self.runs.push(run);
        }

        fn part(&mut self, run: Span, part: Span) {
            assert_eq!(self.runs.last(), Some(&run));
            self.parts.push(part);
        }

        fn introducer(&mut self, at: usize) {
            self.introducers.push(at);
        }
    }

    /// What is found with each way to look.
    fn found(text: &[u8], range: Span, longest: usize) -> Found {
        struct Collect<'t>(&'t [u8], Wanted, &'t RefCell<Vec<Found>>);
        impl Task for Collect<'_> {
            fn run(self, look: impl Look) {
                let mut found = Found::default();
                Find { text: self.0, wanted: self.1, visit: &mut found }.run(look);
                self.2.borrow_mut().push(found);
            }
        }
        let wanted = Wanted { range, longest, introducers_to: text.len() };
        let all = RefCell::new(Vec::new());
        byte_classes::with_each(|| Collect(text, wanted, &all));
        let all = all.into_inner();
        assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:?}");
        all.into_iter().next().expect("there is at least one way")
    }

    #[test]
    fn characters() {
        for byte in 0..=255_u8 {
            assert_eq!(
                is_in_run(byte),
                byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte),
                "{byte}"
            );
            assert_eq!(CLASSES.of(byte) & INTRODUCER != 0, b"%&\\".contains(&byte), "{byte}");
        }
    }

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=255 {
            for place in 0..2 * WIDTH {
                let mut text = [b'a'; 2 * WIDTH];
                text[place] = byte;
                let found = found(&text, Span::new(0, text.len()), 1000);
                assert_eq!(
                    found.introducers,
                    if CLASSES.of(byte) & INTRODUCER != 0 { vec![place] } else { vec![] }
                );
                let bytes: usize = found.runs.iter().map(|run| run.len()).sum();
                let short = [place, text.len() - place - 1]
                    .into_iter()
                    .filter(|len| *len < SHORTEST)
                    .sum::<usize>();
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
                let expected = if (SHORTEST..=130).contains(&len) {
                    vec![Span::new(start, start + len)]
                } else {
                    vec![]
                };
                let spans = |text: &[u8], range| found(text, range, 130).runs;
                for text in [&text[..], &text[..start + len]] {
                    assert_eq!(spans(text, Span::new(0, text.len())), expected, "{len} at {start}");
                    assert_eq!(
                        spans(text, Span::new(start, start + 1)),
                        expected,
                        "{len} at {start}"
                    );
                    assert!(
                        spans(text, Span::new(start + 1, text.len())).is_empty(),
                        "{len} at {start}"
                    );
                    assert!(spans(text, Span::new(0, start)).is_empty(), "{len} at {start}");
                }
            }
        }
    }

    #[test]
    fn parts_of_a_run() {
        let long = "e".repeat(100);
        for (run, expected) in [
            ("a-b_c+d/", vec![]),
            ("", vec![]),
            (&long, vec![]),
            (&format!("{long}-b"), vec![(0, 100)]),
            (&format!("a/{long}"), vec![(2, 102)]),
            (&format!("a-{}", &long[..62]), vec![(2, 64)]),
            (
                &format!("{}-{}/{}", &long[..26], &long[..27], &long[..70]),
                vec![(27, 125), (0, 54), (55, 125)],
            ),
            (&format!("{}_{}_{}", &long[..27], &long[..30], &long[..26]), vec![(0, 27), (28, 58)]),
        ] {
            for before in [0, 1, 40, 64] {
                for behind in ["", " ", &" ".repeat(80)] {
                    let text = [&" ".repeat(before), run, behind].concat();
                    let mut parts = found(text.as_bytes(), Span::new(0, text.len()), 1000).parts;
                    let at = |(start, end)| Span::new(before + start, before + end);
                    let mut expected: Vec<Span> = expected.iter().copied().map(at).collect();
                    parts.sort();
                    expected.sort();
                    assert_eq!(parts, expected, "{run} at {before}");
                }
            }
        }
    }
}
