//! What a caller decides about a scan.

use std::sync::Arc;
use std::time::Instant;

use tokensieve_core::{Confidence, FingerprintKey};

use crate::pipeline::suppress::Suppressions;

/// What a caller decides about a scan, apart from the rules.
#[derive(Clone, Debug)]
pub struct Options {
    /// Matches below this are counted as suppressed.
    pub min_confidence: Confidence,
    /// Findings carry their secrets in clear.
    pub shows_secrets: bool,
    /// The key of all fingerprints.
    pub key: FingerprintKey,
    /// Each skipped item and each suppressed match is noted.
    pub takes_notes: bool,
    /// What keeps findings from being reported.
    pub suppressions: Arc<Suppressions>,
    /// What suppressions keep from being reported is kept: see
    /// [`Outcome::suppressed`](crate::pipeline::Outcome::suppressed).
    pub keeps_suppressed: bool,
    /// Findings in histories name all references that lead to them, not only the first.
    pub names_all_refs: bool,
    /// When searching ends. What was found before is reported, and what was not searched by then is
    /// a gap, [`Skip::OutOfTime`](tokensieve_core::coverage::Skip::OutOfTime).
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
            names_all_refs: false,
            deadline: None,
        }
    }
}
