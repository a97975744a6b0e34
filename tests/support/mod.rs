//! What the tests share.

pub(crate) mod command;
pub(crate) mod scratch;
pub(crate) mod tokens;
