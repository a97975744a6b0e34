//! Turns matches in blobs into findings with their paths and commits.

pub(crate) mod blob_visitor;
pub(crate) mod excluded;
pub(crate) mod matches;
pub(crate) mod paths;
pub(crate) mod references;
pub(crate) mod rescanner;
pub(crate) mod scan_objects;
