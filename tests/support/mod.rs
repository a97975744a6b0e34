//! Fixtures that the tests share: the binary in a scratch folder, git repositories, readers of
//! reports, and fake secrets.

pub(crate) mod cases;
pub(crate) mod command;
pub(crate) mod placeholders;
pub(crate) mod report;
#[cfg(feature = "git")]
pub(crate) mod repository;
pub(crate) mod tokens;
