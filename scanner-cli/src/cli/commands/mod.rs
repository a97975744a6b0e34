//! One file per subcommand: its arguments, and what it does with them. No command imports another.

pub(crate) mod audit;
pub(crate) mod baseline;
#[cfg(feature = "git")]
pub(crate) mod ci;
pub(crate) mod config;
pub(crate) mod explain;
#[cfg(feature = "git")]
pub(crate) mod git;
pub(crate) mod mask;
#[cfg(feature = "git")]
pub(crate) mod pre_receive;
pub(crate) mod rules;
pub(crate) mod scan;
pub(crate) mod serve;
#[cfg(feature = "gitlab")]
pub(crate) mod token;
