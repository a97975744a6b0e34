//! `tokensieve token migrate`

mod plan;
mod report;

use std::io::Write;

use anyhow::Result;
use clap::Args as ClapArgs;
use jiff::Timestamp;
use tokensieve_core::{RuleSet, Scanner};

use self::plan::{Ground, Move, plan};
use super::create::PlaceArgs;
use super::recognise::is_access_token;
use super::report::TokenFormat;
use crate::cli::args::CallerArgs;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::verification::Connection;
use crate::gitlab::inventory::{self, Caller, Entry, EntryKind, EntryState, Held, Request, Scope};
use crate::gitlab::policy::Cidr;

const EXIT_CODES: &str = "Exit codes:
  0  the plan is whole
  2  a wrong argument, or a credential that cannot be read
  3  something could not be read: the plan says what; or Ctrl-C";

/// Plan the way from a person's tokens in automation to service accounts. Nothing is changed.
///
/// For each living token of the person: what uses it (addresses, CI/CD variables, and of your own
/// token the groups and projects that it reaches), which scopes, and the commands in their order.
/// A token that nothing shows to be used by machines is named and left alone.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct MigrateArgs {
    /// The person, by id or name; yourself without it. Others take an administrator.
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    #[command(flatten, next_help_heading = "Where service accounts are made, and variables read")]
    place: PlaceArgs,

    /// Addresses of runners and servers: a token that is used from there is used by machines.
    /// Repeatable.
    #[arg(long, value_name = "CIDR")]
    automation_cidr: Vec<Cidr>,

    /// Do not read CI/CD variables. Reading them looks up which tokens they hold: without an
    /// administrator's credential each is asked about itself, which counts as a use.
    #[arg(long)]
    no_variables: bool,

    /// Plan for tokens, too, that nothing shows to be used by machines.
    #[arg(long)]
    all: bool,

    /// Days that the new tokens live.
    #[arg(long, value_name = "DAYS", default_value_t = 90)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=400))]
    days: u32,

    #[command(flatten)]
    caller: CallerArgs,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,
}

pub(super) fn run(args: &MigrateArgs) -> Result<Exit> {
    let connection = Connection::prepare(&args.caller)?;
    let scanner = Scanner::builder().build(&RuleSet::builtin())?;
    let credential = connection.credential();
    let redactor = scanner.redactor();
    let caller = Caller { client: connection.client(), credential: &credential, redactor };
    let now = Timestamp::now();
    let is_token = |value: &[u8]| is_access_token(&scanner, value);
    // Before variables are looked up: the list is to show uses by others, not by this.
    let (tokens, mut gaps) = living(caller, args, now);
    let reach = inventory::own_reach(caller);
    let held = if args.no_variables {
        Held::default()
    } else {
        inventory::held(caller, &scope(&args.place), now, &is_token)
    };
    let ground = Ground {
        place: &args.place,
        caller: &args.caller,
        automation: &args.automation_cidr,
        user: args.user.as_deref(),
        days: args.days,
        all: args.all,
    };
    let moves: Vec<Move> = tokens
        .iter()
        .map(|entry| {
            let own = reach.as_ref().filter(|(id, _)| *id == entry.id);
            plan(&ground, entry, held.of(entry.id), own.map(|(_, text)| text.as_str()))
        })
        .collect();
    gaps.extend(held.gaps.iter().cloned());
    let is_complete = gaps.is_empty() && !caller.client.is_stopped();
    output::to_stdout(|out: &mut dyn Write| match args.format {
        TokenFormat::Json => report::write_document(&moves, &gaps, is_complete, out),
        TokenFormat::Text => report::write_text(&moves, &gaps, out),
    })?;
    Ok(if is_complete { Exit::Clean } else { Exit::Incomplete })
}

/// The person's living tokens, and what could not be read.
fn living(
    caller: Caller<'_>,
    args: &MigrateArgs,
    now: Timestamp,
) -> (Vec<Entry>, Vec<inventory::Gap>) {
    let scope = Scope::User(args.user.clone());
    let kinds = vec![EntryKind::PersonalAccessToken];
    let request = Request { scope, kinds, now, with_audit: false };
    let mut tokens = Vec::new();
    let listed = inventory::list(caller, &request, &mut |entry| {
        if entry.state == EntryState::Active {
            tokens.push(entry);
        }
        true
    });
    (tokens, listed.gaps)
}

fn scope(place: &PlaceArgs) -> Scope {
    match (&place.project, &place.group) {
        (Some(name), _) => Scope::Project(name.clone()),
        (None, Some(name)) => Scope::Group(name.clone()),
        (None, None) => Scope::Instance,
    }
}
