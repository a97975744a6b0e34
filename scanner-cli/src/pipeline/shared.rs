//! What the workers of a scan share: scanner, options, progress, and the merged outcome.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use tokensieve_core::Scanner;

use crate::pipeline::options::Options;
use crate::pipeline::outcome::Outcome;
use crate::pipeline::progress::Progress;

/// A scanner with its options, shared by all workers of a scan.
pub struct Pipeline {
    pub(super) scanner: Scanner,
    pub(super) options: Options,
    pub(super) progress: Progress,
    pub(super) merged: Mutex<Outcome>,
}

impl Pipeline {
    /// A pipeline with nothing in it yet.
    pub fn new(scanner: Scanner, options: Options) -> Self {
        Self { scanner, options, progress: Progress::default(), merged: Mutex::default() }
    }

    /// The scanner.
    pub fn scanner(&self) -> &Scanner {
        &self.scanner
    }

    /// What the caller has decided.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Whether the time of the scan is over.
    pub fn is_over(&self) -> bool {
        self.is_over_since(Duration::ZERO)
    }

    /// Whether the time of the scan has been over for `grace`, or longer.
    pub(crate) fn is_over_since(&self, grace: Duration) -> bool {
        self.options.deadline.is_some_and(|deadline| Instant::now() >= deadline + grace)
    }

    /// How far the scan has come.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Takes the merged findings of all workers dropped so far, in the order of reports.
    pub fn take_outcome(&self) -> Outcome {
        let mut outcome =
            std::mem::take(&mut *self.merged.lock().expect("no worker panics while it merges"));
        outcome.finish();
        // A path that was named twice was scanned twice.
        outcome.findings.dedup_by(|a, b| a.report_order(b).is_eq());
        outcome.suppressed.dedup_by(|a, b| a.report_order(b).is_eq());
        outcome.notes.dedup();
        outcome
    }
}
