//! Makes what no well-behaved program makes: objects, packs and indexes that lie, archives with
//! gaps.

pub(crate) mod archive;
pub(crate) mod pack;
pub(crate) mod sha1;
pub(crate) mod store;
pub(crate) mod token;
