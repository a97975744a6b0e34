//! Git repositories: histories, ranges of commits, the index.

mod attribution;
mod database;
mod delta;
mod excluded;
mod graph;
mod history;
mod matches;
mod objects;
mod repository;
mod sweep;
mod trees;

pub use self::history::{HistoryOptions, scan_history};
pub use self::repository::{GitError, Repository};
