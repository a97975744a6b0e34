//! All integration tests are one program, so that they link once.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod cases;
mod cli;
mod docs;
mod engine;
mod faults;
mod fuzz;
mod git_ci;
mod git_range;
mod git_staged;
mod rule_cases;
mod support;
