//! What the tests share.

pub(crate) mod command;
pub(crate) mod fill;
#[cfg(feature = "git")]
pub(crate) mod repository;
#[cfg(feature = "git")]
pub(crate) mod scratch;
pub(crate) mod tokens;
