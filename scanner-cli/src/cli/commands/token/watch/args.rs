//! What the user says about a watch.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use super::deliver::WebhookArgs;
use super::report::WatchFormat;
use crate::cli::args::CallerArgs;
use crate::cli::commands::token::listing::{FilterArgs, PolicyArgs, ScopeArgs};
use crate::cli::output;
use crate::cli::verification::Connection;
use crate::gitlab::watch::{Channel, State, Store, StoreError};

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
/// For schedulers. Tells when an end is 60, 30 or 7 days away, when a credential expired, is new,
/// was used from a new address, lost its owner, stopped to meet a policy, or disappeared. The first
/// run takes stock and tells near ends alone. What was seen and told is kept in --state; of two
/// runs at once, the second waits for the first.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct WatchArgs {
    /// Keep in this file what was seen and told. It is made at the first run, and is of one
    /// instance and one scope.
    #[arg(long, value_name = "FILE")]
    pub(super) state: Option<PathBuf>,

    /// Tell an end when it is this many days away. Repeatable, or separated by commas.
    #[arg(long, value_name = "DAYS", value_delimiter = ',', default_values_t = [60, 30, 7])]
    pub(super) days: Vec<u32>,

    /// Say what would be listed, and send nothing.
    #[arg(long)]
    pub(super) dry_run: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: WatchFormat,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    /// Print nothing but the report and errors.
    #[arg(short, long)]
    pub(super) quiet: bool,

    #[command(flatten)]
    pub(super) scope: ScopeArgs,

    #[command(flatten, next_help_heading = "Asking GitLab")]
    pub(super) caller: CallerArgs,

    #[command(flatten)]
    pub(super) webhook: WebhookArgs,

    #[command(flatten)]
    pub(super) filters: FilterArgs,

    #[command(flatten)]
    pub(super) policies: PolicyArgs,
}

impl WatchArgs {
    /// The ways on which notices go out.
    pub(super) fn channels(&self) -> Vec<Channel> {
        let report = self.format.tells_notices(self.state.is_some()).then_some(Channel::Report);
        let webhook = self.webhook.is_any().then_some(Channel::Webhook);
        report.into_iter().chain(webhook).collect()
    }

    /// Opens the state, where notices go out.
    pub(super) fn store(
        &self,
        connection: &Connection,
        scope: &str,
    ) -> Result<Option<(Store, State)>> {
        let Some(path) = &self.state else {
            if self.channels().is_empty() {
                return Ok(None);
            }
            bail!("--state is missing: the file that keeps what was seen and told");
        };
        if self.channels().is_empty() {
            bail!("this format tells no notices: leave --state out, or add --webhook");
        }
        let mut waited = Duration::ZERO;
        let mut wait = || {
            if waited.is_zero() && !self.quiet {
                output::message::print(
                    "tokensieve: another run is at work with the state: waiting",
                );
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
