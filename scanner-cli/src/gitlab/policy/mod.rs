//! Policies: what an organisation wants of its credentials, held against the inventory.

mod check;
mod cidr;
mod rules;

pub use self::check::{Evidence, Reach, Verdicts};
pub use self::cidr::Cidr;
pub use self::rules::{Policy, Violation};
