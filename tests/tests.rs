//! All integration tests are one program, so that they link once.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[cfg(feature = "archives")]
mod archives;
mod cases;
mod cli;
mod clients;
mod decode;
mod docs;
mod engine;
mod examples;
mod faults;
mod fuzz;
#[cfg(feature = "git")]
mod git_ci;
#[cfg(feature = "git")]
mod git_history;
#[cfg(feature = "git")]
mod git_range;
#[cfg(feature = "git")]
mod git_receive;
#[cfg(feature = "git")]
mod git_staged;
mod gitleaks;
#[cfg(all(feature = "archives", feature = "git"))]
mod hostile;
mod house;
mod leaks;
mod mails;
mod mistakes;
mod patches;
mod people;
mod picture;
#[cfg(feature = "git")]
mod planted;
mod reports;
mod rule_cases;
mod rule_texts;
mod samples;
mod settings;
#[cfg(feature = "git")]
mod steps;
mod streams;
mod support;
#[cfg(feature = "git")]
mod suppress;
mod timeouts;
#[cfg(feature = "gitlab")]
mod token;
