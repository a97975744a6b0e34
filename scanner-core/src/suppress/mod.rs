//! The kinds of suppressions: allowlists, baselines, ignore files and comments.

pub(crate) mod allowlist;
pub(crate) mod baseline;
pub(crate) mod comments;
pub(crate) mod gitleaks_ignore;
pub(crate) mod glob;
mod patterns;
pub(crate) mod suppression;
