//! Git repositories: histories, ranges of commits, the index.

pub(crate) mod findings;
mod history;
mod push;
mod range;
mod staged;
pub(crate) mod store;

pub use self::history::{HistoryOptions, scan_history};
pub use self::push::Push;
pub use self::range::{RangeOptions, scan_range};
pub use self::staged::{StagedOptions, scan_staged};
pub use self::store::repository::{GitError, Repository};
