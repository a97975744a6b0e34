//! Git repositories: histories, ranges of commits, the index.

mod attribution;
mod blob_visitor;
mod blobs;
mod cache;
mod commits;
mod connected;
mod content;
mod database;
mod delta;
mod event;
mod excluded;
mod fetch;
mod graph;
mod history;
mod matches;
mod objects;
mod order;
mod paths;
mod places;
mod program;
mod push;
mod range;
mod repository;
mod staged;
mod sweep;
mod teller;
mod trees;

pub use self::event::{Base, Event, Plan, Platform, Wish, detect};
pub use self::fetch::{Fetching, Resolved, Unresolved, resolve};
pub use self::history::{HistoryOptions, scan_history};
pub use self::push::Push;
pub use self::range::{RangeOptions, scan_range};
pub use self::repository::{GitError, Repository};
pub use self::staged::{StagedOptions, scan_staged};
