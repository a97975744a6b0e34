//! What is known when a run ends.

use crate::gitlab::Instance;
use crate::gitlab::inventory::Listed;
use crate::gitlab::watch::Notice;

/// What is known at the end of a run.
pub(super) struct End<'a> {
    pub(super) instance: &'a Instance,
    pub(super) scope: &'a str,
    pub(super) listed: &'a Listed,
    pub(super) notices: &'a [Notice],
    pub(super) undelivered: usize,
    /// Whether a state is kept, without which nothing makes notices.
    pub(super) has_state: bool,
}
