//! Hostile input, from outside: what is promised holds whatever is scanned.
//!
//! Each run of the binary is under limits of the kernel. Attacks that worked once are tests by
//! their kind, with variants. [`generator`] makes up repositories, trees and archives from seeds.

mod bombs;
mod clone_files;
mod config;
mod containers;
mod generator;
mod hidden;
mod leaks;
mod lies;
pub(crate) mod make;
mod outside;
pub(crate) mod sandbox;
mod scene;
mod server;
