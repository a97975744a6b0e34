//! All integration tests are one program, so that they link once.

mod support;

mod cli;
mod engine;
mod faults;
mod formats;
mod readme;
mod rule_cases;
