//! `tokensieve token inspect`

use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;

use super::input::{TokenInput, Tokens};
use super::report::{self, Row, TokenFormat};
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;

/// Tell what GitLab tokens are, without asking anybody.
///
/// Kind, form, owner and expiry as far as the token tells them, what it can do, how it is checked,
/// and where it is rotated and revoked, with the ids that the token tells. Nothing is sent.
#[derive(ClapArgs, Debug)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    input: TokenInput,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &InspectArgs) -> Result<Exit> {
    let tokens = Tokens::read(&args.input)?;
    let rows: Vec<_> = tokens.found.iter().map(|found| Row { found, verdict: None }).collect();
    let write = |out: &mut dyn std::io::Write| report::write(&rows, true, args.format, out);
    match &args.output {
        Some(path) => output::to_file(&Target::of_user(path), write)?,
        None => output::to_stdout(write)?,
    }
    Ok(Exit::Clean)
}
