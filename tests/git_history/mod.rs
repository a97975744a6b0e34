//! Whole histories: which objects are scanned, who introduced what is found, and what happens where
//! objects are missing or broken.
//!
//! Repositories are made by git. What the scan says is compared with what git says, and with a
//! naive scan that looks at each object and at each tree of each commit on its own.

mod attribution;
mod cache;
mod differential;
mod faults;
mod generated;
mod kinds;
mod model;
mod removal;
mod sarif;
mod selection;
mod tables;
