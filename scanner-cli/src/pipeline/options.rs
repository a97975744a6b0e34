//! Options of a scan.

use std::sync::Arc;
use std::time::Instant;

use tokensieve_core::{Confidence, FingerprintKey};

use crate::pipeline::suppress::Suppressions;

/// Options of a scan, apart from its rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// Matches that are less sure are counted as suppressed.
    pub min_confidence: Confidence,
    /// Findings carry their secrets in clear.
    pub shows_secrets: bool,
    /// The key of all fingerprints.
    pub key: FingerprintKey,
    /// Each skipped item and each suppressed match is noted.
    pub takes_notes: bool,
    /// The suppressions.
    pub suppressions: Arc<Suppressions>,
    /// Suppressed findings are kept: see
    /// [`Outcome::suppressed`](crate::pipeline::Outcome::suppressed).
    pub keeps_suppressed: bool,
    /// Findings in lines that a patch adds are reported at their places in the file that the patch
    /// changes.
    pub reads_patches: bool,
    /// Findings in histories name all references that lead to them, not only the first.
    pub names_all_refs: bool,
    /// When searching ends. Findings up to then are reported; the rest is a gap,
    /// [`Skip::OutOfTime`](tokensieve_core::coverage::Skip::OutOfTime).
    pub deadline: Option<Instant>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_confidence: Confidence::Possible,
            shows_secrets: false,
            key: FingerprintKey::default(),
            takes_notes: false,
            suppressions: Arc::default(),
            keeps_suppressed: false,
            reads_patches: true,
            names_all_refs: false,
            deadline: None,
        }
    }
}
