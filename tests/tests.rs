//! All integration tests are one program, so that they link once.

mod support;

mod cli;
mod docs;
mod engine;
mod faults;
mod rule_cases;
