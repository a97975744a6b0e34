//! `tokensieve token`

mod input;
mod inspect;
mod report;
mod revoke;
mod rotate;
mod targets;
mod verify;

use anyhow::Result;
use clap::{Args as ClapArgs, Subcommand};

use crate::cli::no_dumps;
use crate::cli::output::exit::Exit;

#[derive(ClapArgs, Debug)]
pub(crate) struct TokenArgs {
    #[command(subcommand)]
    command: TokenCommand,
}

#[derive(Debug, Subcommand)]
enum TokenCommand {
    /// Tell what GitLab tokens are, without asking anybody.
    Inspect(inspect::InspectArgs),
    /// Ask a GitLab instance whether tokens live, whose they are and what they may do.
    Verify(Box<verify::VerifyTokenArgs>),
    /// Give tokens new secrets, so that none is lost: a dry run without --yes.
    Rotate(Box<rotate::RotateArgs>),
    /// End tokens: a dry run without --yes.
    Revoke(Box<revoke::RevokeArgs>),
}

pub(crate) fn run(args: &TokenArgs) -> Result<Exit> {
    // Secrets are about to be read.
    no_dumps::forbid();
    match &args.command {
        TokenCommand::Inspect(args) => inspect::run(args),
        TokenCommand::Verify(args) => verify::run(args),
        TokenCommand::Rotate(args) => rotate::run(args),
        TokenCommand::Revoke(args) => revoke::run(args),
    }
}
