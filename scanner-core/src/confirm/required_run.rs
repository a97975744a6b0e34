//! A cheap look at what follows a candidate, before its regex is tried.
//!
//! Most regexes of rules need a long run of few characters somewhere: 32 hexadecimal digits, say,
//! within 90 bytes of a provider's name. Most places where the name stands have none. A run of 32
//! cannot hide from a look at every 32nd byte, so a few bytes tell nearly always that the regex
//! cannot match, before it is even compiled; for most built-in rules, before their file is read.

use regex_syntax::hir::{Hir, HirKind};
use tokensieve_rules::RowRun;

use crate::text::byte_frequency;
use crate::text::byte_set::ByteSet;

/// Shorter runs are everywhere.
const SHORTEST: usize = 6;
/// Runs need not be looked at for longer.
const LONGEST: usize = 64;

/// A run that every match of a regex holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct RequiredRun {
    set: ByteSet,
    len: usize,
    /// The least and the greatest distance of its start from that of the match.
    from: usize,
    to: usize,
}

/// A part of a regex: how long it is, and of what bytes.
#[derive(Clone, Copy)]
struct Piece {
    set: ByteSet,
    min: usize,
    max: usize,
}

impl RequiredRun {
    /// The run of a row of the built-in rules.
    pub(crate) fn of_row(&(set, len, from, to): &RowRun) -> Self {
        Self { set: ByteSet::of_words(set), len, from, to }
    }

    /// What the row of a built-in rule says of it.
    #[cfg(test)]
    pub(crate) fn row(self) -> RowRun {
        (self.set.words(), self.len, self.from, self.to)
    }

    /// How many bytes from the start of a match on it can be among.
    pub(crate) fn reach(&self) -> usize {
        self.to.saturating_add(self.len)
    }

    /// The run that is rarest, behind the first `known` bytes of a match.
    pub(crate) fn of(hir: &Hir, known: usize) -> Option<Self> {
        if let HirKind::Alternation(ways) = hir.kind() {
            let ways = ways.iter().map(|way| Self::of(way, known)).collect::<Option<Vec<_>>>()?;
            return ways.into_iter().reduce(Self::or).filter(Self::is_telling);
        }
        if let HirKind::Capture(capture) = hir.kind() {
            return Self::of(&capture.sub, known);
        }
        let mut pieces = Vec::new();
        flatten(hir, &mut pieces);
        let starts = pieces.iter().scan((0_usize, 0_usize), |at, piece| {
            let here = *at;
            *at = (at.0 + piece.min, at.1.saturating_add(piece.max));
            Some(here)
        });
        let mut best: Option<(f64, Self)> = None;
        for (first, (from, to)) in starts.enumerate().filter(|(_, (from, _))| *from >= known) {
            let mut run = Self { set: ByteSet::default(), len: 0, from, to };
            let mut rarity = 0.0;
            for piece in &pieces[first..] {
                let before = run.set;
                run.set.add(&piece.set);
                run.len = (run.len + piece.min).min(LONGEST);
                if run.set != before {
                    rarity = rarity_of(&run.set);
                }
                let worth = run.len as f64 * rarity;
                if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                    best = Some((worth, run.clone()));
                }
            }
        }
        best.map(|(_, run)| run).filter(Self::is_telling)
    }

    /// What either of two needs.
    fn or(mut self, other: Self) -> Self {
        self.set.add(&other.set);
        Self {
            set: self.set,
            len: self.len.min(other.len),
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }

    fn is_telling(&self) -> bool {
        self.len >= SHORTEST && self.set != ByteSet::ALL
    }

    /// Whether such a run is where a match from `start` to at most `limit` needs it.
    #[inline]
    pub(crate) fn is_present(&self, haystack: &[u8], start: usize, limit: usize) -> bool {
        let end = limit.min(start.saturating_add(self.reach()));
        // The earliest place where a run could start that has not been ruled out.
        let mut from = start + self.from;
        let mut last = from + self.len - 1;
        while last < end {
            match (from..=last).rev().find(|at| !self.set.has(haystack[*at])) {
                None => return true,
                Some(outside) => from = outside + 1,
            }
            last = from + self.len - 1;
        }
        false
    }
}

/// How rare the bytes of a set are in text: bits that it takes to say that a byte is one of them.
fn rarity_of(set: &ByteSet) -> f64 {
    let share = f64::from(set.iter().map(byte_frequency::of_byte).sum::<u32>());
    -(share / f64::from(byte_frequency::OF_ALL)).log2()
}

fn flatten(hir: &Hir, pieces: &mut Vec<Piece>) {
    match hir.kind() {
        HirKind::Concat(parts) => parts.iter().for_each(|part| flatten(part, pieces)),
        HirKind::Capture(capture) => flatten(&capture.sub, pieces),
        _ => pieces.push(piece(hir)),
    }
}

fn piece(hir: &Hir) -> Piece {
    let properties = hir.properties();
    Piece {
        set: bytes(hir),
        min: properties.minimum_len().unwrap_or(0),
        max: properties.maximum_len().unwrap_or(usize::MAX),
    }
}

/// All bytes that a match can hold.
fn bytes(hir: &Hir) -> ByteSet {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => ByteSet::default(),
        HirKind::Literal(literal) => literal.0.iter().copied().collect(),
        HirKind::Class(class) => ByteSet::of(class).unwrap_or(ByteSet::ALL),
        HirKind::Repetition(repetition) => bytes(&repetition.sub),
        HirKind::Capture(capture) => bytes(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            let mut all = ByteSet::default();
            parts.iter().for_each(|part| all.add(&bytes(part)));
            all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::regex::parse;

    fn required_run(regex: &str, known: usize) -> Option<RequiredRun> {
        RequiredRun::of(&parse(regex).unwrap(), known)
    }

    #[test]
    fn the_rarest_run_is_taken() {
        let found = required_run("acme[^\n]{0,40}?(?<secret>[0-9a-f]{32})(?:\\s|$)", 4).unwrap();
        assert_eq!((found.len, found.from, found.to), (32, 4, 44));
        assert!(found.set.has(b'a') && !found.set.has(b'g'));
        let found = required_run("acme=[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", 4).unwrap();
        assert_eq!(found.len, 36);
        assert!(required_run("acme.{4,40}", 4).is_none_or(|found| !found.set.has(b'\n')));
        assert_eq!(required_run("acme[0-9]{3}", 4), None);
        let found = required_run("acme(?:[0-9]{20})|acme=[0-9a-f]{30}", 4).unwrap();
        assert_eq!((found.len, found.from, found.to), (20, 4, 5));
    }

    #[test]
    fn runs_are_met_where_they_may_be() {
        let found = required_run("acme[^\n]{0,4}?[0-9]{8}", 4).unwrap();
        for (text, is_present) in [
            ("acme12345678", true),
            ("acme====12345678", true),
            ("acme=====12345678", false),
            ("acme1234567 12345678", false),
            ("acme1234567", false),
            ("acme", false),
        ] {
            assert_eq!(found.is_present(text.as_bytes(), 0, text.len()), is_present, "{text}");
        }
        assert!(!found.is_present(b"acme12345678", 0, 11));
    }
}
