//! `tokensieve token watch`

mod report;
mod run;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use jiff::Timestamp;
use tokensieve_core::{RuleSet, Scanner};

use self::report::WatchFormat;
use self::run::Run;
use super::listing::{FilterArgs, PolicyArgs, ScopeArgs};
use crate::cli::args::CallerArgs;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::verification::Connection;
use crate::gitlab::inventory::Request;
use crate::gitlab::watch::{Channel, State, Steps, Store, StoreError};

const EXIT_CODES: &str = "Exit codes:
  0  nothing happened, and everything was listed that an API lists
  1  there are notices
  2  a wrong argument or policy file, or a credential or a state that cannot be used
  3  there are no notices, and something could not be listed or checked; or a notice could not be
     delivered; or Ctrl-C";

/// How long a run waits for another one that holds the state.
const LONGEST_WAIT: Duration = Duration::from_secs(600);
const PAUSE: Duration = Duration::from_millis(50);

/// Tell what happened to credentials since the last run, once.
///
/// For schedulers. Tells when an end is 60, 30 or 7 days away, when a credential expired, is new, was
/// used from a new address, lost its owner, stopped to meet a policy, or disappeared. The first run
/// takes stock and tells near ends alone. What was seen and told is kept in --state; of two runs at
/// once, the second waits for the first.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct WatchArgs {
    /// Keep in this file what was seen and told. It is made at the first run, and is of one instance
    /// and one scope.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,

    /// Tell an end when it is this many days away. Repeatable, or separated by commas.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_values_t = [60, 30, 7])]
    days: Vec<u32>,

    /// Say what would be listed, and send nothing.
    #[arg(long)]
    dry_run: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: WatchFormat,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Print nothing but the report and errors.
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten)]
    scope: ScopeArgs,

    #[command(flatten, next_help_heading = "Asking GitLab")]
    caller: CallerArgs,

    #[command(flatten)]
    filters: FilterArgs,

    #[command(flatten)]
    policies: PolicyArgs,
}

impl WatchArgs {
    /// The ways on which notices go out.
    fn channels(&self) -> Vec<Channel> {
        if self.format.tells_notices() { vec![Channel::Report] } else { Vec::new() }
    }

    /// Opens the state, where notices go out.
    fn store(&self, connection: &Connection, scope: &str) -> Result<Option<(Store, State)>> {
        let Some(path) = &self.state else {
            if self.channels().is_empty() {
                return Ok(None);
            }
            bail!("--state is missing: the file that keeps what was seen and told");
        };
        let mut waited = Duration::ZERO;
        let mut wait = || {
            if waited.is_zero() && !self.quiet {
                output::message::say("tokensieve: another run is at work with the state: waiting");
            }
            waited += PAUSE;
            std::thread::sleep(PAUSE);
            waited < LONGEST_WAIT && !connection.client().is_stopped()
        };
        let instance = connection.client().instance().to_string();
        let opened = Store::open(path, (&instance, scope), &mut wait);
        let named = |error: StoreError| {
            anyhow::Error::new(error).context(format!("cannot use the state {}", path.display()))
        };
        opened.map(Some).map_err(named)
    }
}

pub(super) fn run(args: &WatchArgs) -> Result<Exit> {
    let policy = args.policies.policy()?;
    let channels = args.channels();
    let connection = Connection::prepare(&args.caller)?;
    let (scope, named) = args.scope.scope();
    let kinds = args.filters.kinds(policy.job_token_allowlist_off);
    if !args.quiet || args.dry_run {
        let instance = connection.client().instance();
        output::message::say(&format!("tokensieve: watches {named} at {instance}"));
        if args.dry_run {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            output::message::say(&format!("  {}", names.join(", ")));
            return Ok(Exit::Clean);
        }
    }
    let scanner = Scanner::builder().build(&RuleSet::builtin())?;
    let store = args.store(&connection, &named)?;
    // The clock is read once the state is this run's: what another run told lies before.
    let request = Request { scope, kinds, now: Timestamp::now(), with_audit: false };
    let run = Run {
        args,
        connection: &connection,
        policy: &policy,
        request,
        scanner: &scanner,
        named,
        steps: Steps::new(&args.days),
        channels,
    };
    let done = run.work(store).context("cannot watch")?;
    if !args.quiet {
        output::message::say(&done.summary());
    }
    Ok(done.exit())
}
