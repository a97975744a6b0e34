//! Counters that tell another thread how far a scan has come.

use std::sync::atomic::{AtomicU64, Ordering};

/// How far a scan has come, for a progress bar on another thread.
#[derive(Debug, Default)]
pub struct Progress {
    files: AtomicU64,
    bytes: AtomicU64,
    expected: AtomicU64,
}

impl Progress {
    /// Files and bytes scanned so far.
    pub fn so_far(&self) -> (u64, u64) {
        (self.files.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }

    /// How many files, or objects, there will be, where that is known.
    pub fn expected(&self) -> Option<u64> {
        Some(self.expected.load(Ordering::Relaxed)).filter(|expected| *expected > 0)
    }

    #[cfg(feature = "git")]
    pub(crate) fn expect(&self, files: u64) {
        self.expected.fetch_add(files, Ordering::Relaxed);
    }

    pub(crate) fn add(&self, files: u64, bytes: u64) {
        self.files.fetch_add(files, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }
}
