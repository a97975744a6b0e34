//! `tokensieve token rotate`

mod args;
mod deliver;
mod report;
mod run;

pub(super) use self::args::RotateArgs;
pub(super) use self::run::run;
