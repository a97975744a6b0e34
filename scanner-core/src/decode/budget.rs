//! How much work encoded text may give: a few bytes of gzip can stand for very many.
//!
//! The budget depends on the region alone, so chunks, parts and deltas of a text come to the same.

use crate::text::boundary::LeftBoundary;

/// What is left for one region and all that is encoded in it.
pub(super) struct Budget {
    bytes: usize,
    candidates: usize,
    /// Something was not looked at, since there was nothing left for it.
    pub(super) is_over: bool,
}

impl Budget {
    /// Small regions may have as many candidates as this in any case.
    const LEAST_CANDIDATES: usize = 32;

    /// Returns the budget for a region of `len` bytes. A candidate takes about as long as a
    /// KiB of text.
    ///
    /// For finding, it is far above what settings and releases need. For hiding, less is enough:
    /// what is over it is hidden as a whole.
    pub(super) fn of(len: usize, left: LeftBoundary) -> Self {
        let (times, bytes_per_candidate) = match left {
            LeftBoundary::Enforce => (16, 4),
            LeftBoundary::Ignore => (8, 16),
        };
        let candidates = Self::LEAST_CANDIDATES.max(len / bytes_per_candidate);
        Self { bytes: times * len, candidates, is_over: false }
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
