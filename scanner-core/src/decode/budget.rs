//! How much work encoded text may give: a few bytes of gzip can stand for very many.
//!
//! The budget depends on the region alone, so chunks, parts and deltas of a text come to the same.

use crate::text::boundary::LeftBoundary;

/// What is left for one region and all that is encoded in it.
pub(super) struct Budget {
    bytes: usize,
    candidates: usize,
    matches: usize,
    /// Something was not looked at, since there was nothing left for it.
    pub(super) is_over: bool,
}

impl Budget {
    /// Small regions may have as many candidates as this in any case.
    const LEAST_CANDIDATES: usize = 32;
    /// The least number of matches that a region may have.
    const LEAST_MATCHES: usize = 16;
    /// How many bytes of the region allow one match: a match costs as much as ten candidates. The
    /// bytes of a random secret of 20 characters and its name are encoded in about as many.
    const BYTES_PER_MATCH: usize = 48;

    /// Returns the budget for a region of `len` bytes. A candidate takes about as long as a
    /// KiB of text.
    ///
    /// For finding, it is far above what settings and releases need. For hiding, less is enough:
    /// what is over it is hidden as a whole.
    pub(super) fn of(len: usize, left: LeftBoundary) -> Self {
        let (times, bytes_per_candidate) = match left {
            LeftBoundary::Enforce => (12, 4),
            LeftBoundary::Ignore => (8, 16),
        };
        let candidates = Self::LEAST_CANDIDATES.max(len / bytes_per_candidate);
        let matches = Self::LEAST_MATCHES.max(len / Self::BYTES_PER_MATCH);
        Self { bytes: times * len, candidates, matches, is_over: false }
    }

    /// Returns how many more bytes may be decoded.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes decoded bytes from the budget; returns false where it has fewer left.
    pub(super) fn expand(&mut self, bytes: usize) -> bool {
        let left = self.bytes.checked_sub(bytes);
        self.is_over |= left.is_none();
        self.bytes = left.unwrap_or(self.bytes);
        left.is_some()
    }

    /// Takes the cost of this many matches. Returns false if that is more than is left.
    pub(super) fn tell(&mut self, matches: usize) -> bool {
        let left = self.matches.checked_sub(matches);
        self.is_over |= left.is_none();
        self.matches = left.unwrap_or(0);
        left.is_some()
    }

    /// Takes candidates with these costs, as long as there is something left; returns how many.
    pub(super) fn judge(&mut self, costs: impl Iterator<Item = usize>) -> usize {
        let mut judged = 0;
        for cost in costs {
            let Some(left) = self.candidates.checked_sub(cost) else {
                self.is_over = true;
                break;
            };
            self.candidates = left;
            judged += 1;
        }
        judged
    }
}
