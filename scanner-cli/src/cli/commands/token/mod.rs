//! `tokensieve token`

mod choose;
mod input;
mod inspect;
mod inventory;
mod listing;
mod report;
mod revoke;
mod rotate;
mod targets;
mod usage;
mod verify;
mod watch;

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
    /// List credentials of a GitLab project, group, user or instance, and hold them against
    /// policies.
    Inventory(Box<inventory::InventoryArgs>),
    /// Tell what happened to credentials since the last run: ends that come near, new tokens, new
    /// addresses, owners that left, tokens that disappeared.
    Watch(Box<watch::WatchArgs>),
    /// Tell which kind of credential is right, with the narrowest scopes, and how it is made.
    Choose(choose::ChooseArgs),
    /// Tell from GitLab's log of API requests how tokens were used, without asking anybody.
    Usage(usage::UsageArgs),
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
        TokenCommand::Inventory(args) => inventory::run(args),
        TokenCommand::Watch(args) => watch::run(args),
        TokenCommand::Choose(args) => choose::run(args),
        TokenCommand::Usage(args) => usage::run(args),
        TokenCommand::Verify(args) => verify::run(args),
        TokenCommand::Rotate(args) => rotate::run(args),
        TokenCommand::Revoke(args) => revoke::run(args),
    }
}
