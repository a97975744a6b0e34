//! Sources of bytes: they visit files, folders and streams, and own their parallelism.

#[cfg(feature = "archives")]
mod archive;
mod file;
mod ignored;
mod mapped;
mod tracked;
mod walk;

#[cfg(feature = "archives")]
pub use self::archive::{Limit, Limits};
pub use self::file::Reading;
#[cfg(feature = "git")]
pub(crate) use self::mapped::with_map;
pub use self::walk::{Root, Walk, exclusions, scan_paths, scan_stream};
