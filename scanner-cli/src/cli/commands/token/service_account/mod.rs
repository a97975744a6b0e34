//! `tokensieve token service-account`

mod account;
mod list;
mod token;

use anyhow::Result;
use clap::{Args as ClapArgs, Subcommand};

use super::rotate::{self, AccountTokenArgs};
use crate::cli::output::exit::Exit;

/// Service accounts and their tokens, with the advice of GitLab's guide built in: one account and
/// one token a use, narrow scopes, an expiry date, membership only where it is needed.
#[derive(ClapArgs, Debug)]
pub(super) struct ServiceAccountArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a service account and its memberships: a dry run without --yes.
    Create(account::AccountArgs),
    /// List service accounts with their tokens, and what speaks against each.
    List(list::ListArgs),
    /// Give a service account a token: a dry run without --yes.
    Token(Box<token::AccountTokenArgs>),
    /// Give tokens of service accounts new secrets: `token rotate` for this kind.
    Rotate(Box<AccountTokenArgs>),
}

pub(super) fn run(args: &ServiceAccountArgs) -> Result<Exit> {
    match &args.command {
        Command::Create(args) => account::run(args),
        Command::List(args) => list::run(args),
        Command::Token(args) => token::run(args),
        Command::Rotate(args) => rotate::run(&(**args).clone().into_rotate()),
    }
}
