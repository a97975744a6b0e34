//! Asks a GitLab instance about tokens, for the commands that do: plan, progress, Ctrl-C.

mod connection;
mod credential;
mod findings;
mod instance;
mod stop;

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use indicatif::{ProgressBar, ProgressStyle};
use tokensieve_core::Redactor;

pub(crate) use self::connection::{Connection, connect};
pub(crate) use self::credential::of_file as credential_of;
use crate::cli::args::{InstanceArgs, VerifyArgs};
use crate::gitlab::{Client, Instance, Options, Plan, Settings, Token, Verdict, Verifier};

/// An instance, ready to be asked.
pub(crate) struct VerifySession {
    client: Client,
    settings: Settings,
    stop: Arc<AtomicBool>,
    is_quiet: bool,
    /// Tokens that are proved expired or revoked are not reported.
    drops_dead: bool,
}

/// Verdicts, and whether the user cut them short.
pub(crate) struct Verified {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) is_stopped: bool,
}

impl VerifySession {
    /// Reads the arguments, the credential and the certificates. Connects to nothing.
    pub(crate) fn prepare(args: &InstanceArgs, is_quiet: bool) -> Result<Self> {
        let instance = instance::named(args)?;
        let own = credential::own(args)?;
        if args.admin && own.is_none() {
            bail!("--admin needs your credential: --token-file or --token-env");
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let settings = Settings {
            project: args.project.clone(),
            group: args.group.clone(),
            application_id: args.application_id.clone(),
            deploy_user: args.deploy_user.clone(),
            allows_side_effects: args.allow_side_effects,
            administrator: own.filter(|_| args.admin),
            with_associations: args.associations,
            now: i64::try_from(now).unwrap_or(i64::MAX),
        };
        let stop = Arc::new(AtomicBool::new(false));
        let options = Options { ca_file: args.ca_file.clone(), ..Options::default() };
        let client = Client::new(instance, options, Arc::clone(&stop))?;
        Ok(Self { client, settings, stop, is_quiet, drops_dead: false })
    }

    /// The same for a scan that is to verify what it finds; none where it is not.
    pub(crate) fn of_scan(args: &VerifyArgs, is_quiet: bool) -> Result<Option<Self>> {
        if !args.verify {
            if args.instance.is_given() {
                bail!("what says how to ask GitLab needs --verify");
            }
            return Ok(None);
        }
        let mut verification = Self::prepare(&args.instance, is_quiet)?;
        verification.drops_dead = args.only_active;
        Ok(Some(verification))
    }

    /// The instance.
    pub(crate) fn instance(&self) -> &Instance {
        self.client.instance()
    }

    /// Says whom it asks about how many tokens; nothing is sent.
    pub(crate) fn announce(&self, tokens: &[Token], redactor: &Redactor) {
        if !self.is_quiet {
            let text = self.plan(tokens, redactor);
            // Nobody is there to be told that stderr is gone.
            let _ = io::stderr().write_all(text.as_bytes());
        }
    }

    fn plan(&self, tokens: &[Token], redactor: &Redactor) -> String {
        let verifier = Verifier::new(&self.client, &self.settings, redactor);
        let mut calls: BTreeMap<String, usize> = BTreeMap::new();
        let mut skipped = 0;
        let mut distinct: HashSet<&[u8]> = HashSet::new();
        for token in tokens {
            if !distinct.insert(token.secret().expose()) {
                continue;
            }
            match verifier.plan(token) {
                Plan::Ask(call) => *calls.entry(call).or_default() += 1,
                Plan::Skip(..) => skipped += 1,
            }
        }
        let asked: usize = calls.values().sum();
        let mut text = format!(
            "tokensieve: asks {} about {asked} {}",
            self.client.instance(),
            if asked == 1 { "secret" } else { "secrets" }
        );
        if skipped > 0 {
            let _ = write!(text, ", and not about {skipped}");
        }
        text.push('\n');
        for (call, count) in calls {
            let _ = writeln!(text, "  {count} x {call}");
        }
        text
    }

    /// Asks about all tokens. The first Ctrl-C ends the asking, the second one the program.
    pub(crate) fn run(&self, tokens: &[Token], redactor: &Redactor) -> Verified {
        stop::on_ctrl_c(Arc::clone(&self.stop));
        let bar = self.progress_bar(tokens.len());
        let verifier = Verifier::new(&self.client, &self.settings, redactor);
        let verdicts = verifier.verify_all(tokens, &|done| bar.set_position(done as u64));
        bar.finish_and_clear();
        Verified { verdicts, is_stopped: self.client.is_stopped() }
    }

    fn progress_bar(&self, count: usize) -> ProgressBar {
        if self.is_quiet || !io::stderr().is_terminal() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(count as u64);
        if let Ok(style) =
            ProgressStyle::with_template("{spinner} {pos} of {len} secrets {elapsed}")
        {
            bar.set_style(style);
        }
        bar
    }
}
