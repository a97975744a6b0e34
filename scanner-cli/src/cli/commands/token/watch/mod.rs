//! `tokensieve token watch`

mod args;
mod deliver;
mod end;
mod ical;
mod prometheus;
mod report;
mod run;

pub(super) use self::args::WatchArgs;
pub(super) use self::run::run;
