//! Sources of bytes: they visit files, folders and streams, and own their parallelism.

#[cfg(feature = "archives")]
mod archive;
mod file;
mod gitignore;
mod root;
mod tracked;
mod walk;

#[cfg(feature = "archives")]
pub use self::archive::{Limit, Limits};
pub use self::file::Reading;
pub use self::root::Root;
pub use self::walk::{Walk, scan_paths, scan_stream};
pub use crate::exclude::exclusions;
