//! The `tokensieve` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    tokensieve::cli::run(std::env::args_os()).into()
}
