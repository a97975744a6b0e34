//! What leaves the program: reports, the summary, the progress bar, the exit code.

pub(crate) mod exit;
mod file;
pub(crate) mod message;
pub(crate) mod progress;
pub(crate) mod summary;
mod warnings;

<<<<<<< HEAD
pub(crate) use self::file::{to_file, to_stdout};
=======
pub(crate) use self::file::{STDOUT, Target, redact_without_scanner, to_file, to_stdout};
pub(crate) use self::warnings::warn;
>>>>>>> ba61d53bd9ddb9aa11a162dcde9c1480ebf507f2
