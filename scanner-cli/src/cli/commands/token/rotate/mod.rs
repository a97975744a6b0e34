//! `tokensieve token rotate`

mod args;
mod report;
mod run;

pub(super) use self::args::{AccountTokenArgs, RotateArgs};
pub(super) use self::run::run;
