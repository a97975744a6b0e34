//! Which part of a history is scanned, and how.

use std::path::PathBuf;

use gix::ObjectId;

/// Which part of a history is scanned.
#[derive(Clone, Debug, Default)]
pub struct HistoryOptions {
    /// Objects that no reference leads to, too.
    pub all_objects: bool,
    /// The references or revisions to scan from. An empty list means everything.
    pub tips: Vec<String>,
    /// The same, by id. What is not stored is missing.
    pub tip_ids: Vec<ObjectId>,
    /// Only what commits introduced that were made at this time or later, in seconds since 1970.
    pub since: Option<i64>,
    /// Only what commits introduced that were made at this time or earlier.
    pub until: Option<i64>,
    /// Only the secrets that this many of the last commits introduced.
    pub max_commits: Option<usize>,
    /// Patterns of paths that are left out.
    pub exclude_paths: Vec<String>,
    /// A folder that keeps what was seen for the next scan.
    pub cache: Option<PathBuf>,
    /// The number of threads; one a processor, where it is not given.
    pub threads: Option<usize>,
}

impl HistoryOptions {
    /// Whether only some commits count.
    pub(crate) fn selects(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.max_commits.is_some()
    }
}
