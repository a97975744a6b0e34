//! All integration tests are one program, so that they link once.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod support;

mod cases;
mod cli;
mod docs;
mod engine;
mod faults;
mod fuzz;
#[cfg(feature = "git")]
mod git_ci;
mod rule_cases;
