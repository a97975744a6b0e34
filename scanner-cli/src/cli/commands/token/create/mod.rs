//! `tokensieve token create`

mod args;
mod report;
mod run;

pub(super) use self::args::{CreateArgs, MakeArgs, PlaceArgs, RightsArgs};
pub(super) use self::run::{Asking, Order, advice, make, run, target};
