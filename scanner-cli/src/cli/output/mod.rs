//! What leaves the program: reports, the summary, the progress bar, the exit code.

pub(crate) mod about_rule;
pub(crate) mod exit;
mod file;
pub(crate) mod message;
pub(crate) mod progress;
pub(crate) mod summary;
mod warnings;

pub(crate) use self::file::{STDOUT, Target, to_file, to_stdout};
pub(crate) use self::warnings::warn;
