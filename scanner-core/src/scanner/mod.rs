//! The face of the engine: a scanner that is built once and finds secrets in bytes.

mod builder;
pub(crate) mod delta;
pub(crate) mod matched;
pub(crate) mod parts;
mod scan;
pub(crate) mod search;
pub(crate) mod standing;
pub(crate) mod stream;
pub(crate) mod window;

pub use self::builder::{Scanner, ScannerBuilder};
