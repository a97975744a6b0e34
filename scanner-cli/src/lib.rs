/*!
Sources of bytes and the pipeline behind the `tokensieve` command.

The engine is the crate `tokensieve-core`, which does no I/O. This library is everything that
touches the machine: [`source`] visits files, folders and streams, [`pipeline`] turns their bytes
into findings and a coverage record, [`pipeline::suppress`] keeps known findings from the report.
The command line is in `cli`, behind the feature of that name.

```
use tokensieve::pipeline::{Options, Pipeline};
use tokensieve::source::{Walk, scan_paths};
use tokensieve_core::{RuleSet, Scanner};

let pipeline = Pipeline::new(Scanner::new(&RuleSet::builtin()), Options::default());
let outcome = scan_paths(&pipeline, &Walk::default(), &["scanner-cli/src/lib.rs".into()]);
assert_eq!(outcome.coverage.files_scanned, 1);
assert!(outcome.findings.is_empty());
```
*/
#![deny(missing_docs)]
// A standard error that takes nothing ends nothing: see `cli::output::message`.
#![deny(clippy::print_stderr)]

#[cfg(feature = "git")]
pub mod ci;
#[cfg(feature = "cli")]
pub mod cli;
mod exclude;
#[cfg(feature = "git")]
pub mod git;
#[cfg(feature = "gitlab")]
pub mod gitlab;
#[cfg(feature = "git")]
mod index_file;
mod mmap;
pub mod pipeline;
mod regular_file;
pub mod source;
mod threads;
mod tree_file;

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
