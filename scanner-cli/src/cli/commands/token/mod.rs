//! `tokensieve token`

mod answers;
mod choose;
mod command_line;
mod create;
mod deliver;
mod input;
mod inspect;
mod inventory;
mod journal;
mod listing;
mod migrate;
mod recognise;
mod report;
mod revoke;
mod rotate;
mod service_account;
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
    /// Make a token as `choose` says, or of a named kind: a dry run without --yes.
    Create(Box<create::CreateArgs>),
    /// Tell from GitLab's log of API requests how tokens were used, without asking anybody.
    Usage(usage::UsageArgs),
    /// Ask a GitLab instance whether tokens live, whose they are and what they may do.
    Verify(Box<verify::VerifyTokenArgs>),
    /// Give tokens new secrets, so that none is lost: a dry run without --yes.
    Rotate(Box<rotate::RotateArgs>),
    /// Service accounts and their tokens: what automation should use instead of people's tokens.
    ServiceAccount(service_account::ServiceAccountArgs),
    /// Plan the way from a person's tokens in automation to service accounts.
    Migrate(Box<migrate::MigrateArgs>),
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
        TokenCommand::Create(args) => create::run(args),
        TokenCommand::Usage(args) => usage::run(args),
        TokenCommand::Verify(args) => verify::run(args),
        TokenCommand::Rotate(args) => rotate::run(args),
        TokenCommand::ServiceAccount(args) => service_account::run(args),
        TokenCommand::Migrate(args) => migrate::run(args),
        TokenCommand::Revoke(args) => revoke::run(args),
    }
}
