//! Reads a repository's objects: packs, deltas, trees, commits. Nothing here knows a finding.

pub(crate) mod alternates;
pub(crate) mod changes;
pub(crate) mod commits;
pub(crate) mod database;
pub(crate) mod delta;
mod error;
pub(crate) mod ids;
pub(crate) mod numbers;
pub(crate) mod objects;
mod opening;
pub(crate) mod order;
pub(crate) mod reftable;
pub(crate) mod remotes;
pub(crate) mod repository;
mod safe_directory;
pub(crate) mod special_files;
pub(crate) mod stored;
pub(crate) mod sweep;
pub(crate) mod tree_diff;
pub(crate) mod trees;
pub(crate) mod unread;
