//! From bytes with an origin to findings and a coverage record, the same way for every source.
//!
//! A [`Worker`] belongs to one thread. Its findings are merged at the end, and sorted, so that the
//! number of threads never shows in a report.

mod allow_comments;
mod finding_builder;
#[cfg(feature = "git")]
mod introduced;
pub(crate) mod matcher;
mod options;
mod outcome;
mod progress;
#[cfg(feature = "archives")]
mod seen;
mod shared;
mod shown_path;
mod stream;
pub mod suppress;
mod worker;

#[cfg(feature = "git")]
pub(crate) use self::finding_builder::FindingBuilder;
#[cfg(feature = "git")]
pub(crate) use self::introduced::{Location, Lookup};
pub use self::options::Options;
pub use self::outcome::Outcome;
pub use self::progress::Progress;
pub use self::shared::Pipeline;
pub use self::shown_path::shown_path;
#[cfg(feature = "archives")]
pub(crate) use self::stream::read_until_full;
pub(crate) use self::stream::{CONTAINER_HEAD_LEN, read_full};
#[cfg(feature = "git")]
pub(crate) use self::stream::{InTime, Streamed, scan_stream};
pub use self::worker::{Named, Worker};
