//! `tokensieve token revoke`

mod args;
mod report;
mod run;

pub(super) use self::args::RevokeArgs;
pub(super) use self::run::run;
