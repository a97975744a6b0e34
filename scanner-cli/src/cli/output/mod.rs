//! What leaves the program: reports, the summary, the progress bar, the exit code.

pub(crate) mod exit;
mod file;
pub(crate) mod message;
pub(crate) mod progress;
pub(crate) mod summary;

pub(crate) use self::file::{to_file, to_stdout};
