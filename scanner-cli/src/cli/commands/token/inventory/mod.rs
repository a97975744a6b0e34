//! `tokensieve token inventory`

mod columns;
mod leaks;
mod report;
mod settings;
mod text;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;
use jiff::Timestamp;
use tokensieve_core::{Redactor, RuleSet, Scanner};

use self::leaks::Leaks;
use self::report::{InventoryFormat, Report};
use super::listing::{self, FilterArgs, PageAbout, PolicyArgs, ScopeArgs, StateArgs, Unchecked};
use crate::cli::args::CallerArgs;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::verification::Connection;
use crate::gitlab::Credential;
use crate::gitlab::inventory::{self, Caller, Entry, Listed, Request, Worth};
use crate::gitlab::policy::{Evidence, Policy, Reach};

const EXIT_CODES: &str = "Exit codes:
  0  everything was listed that an API lists, and meets the policies
  1  an entry does not meet a policy, a setting is weak, or a living entry leaked
  2  a wrong argument or policy file, or a credential that cannot be read
  3  something could not be listed or checked: the end of the report says what; or Ctrl-C";

/// Days whose ends a page counts.
const STEPS: [u32; 3] = [60, 30, 7];

/// List credentials of a project, a group, a user or a whole GitLab instance, and hold them
/// against policies.
///
/// Access tokens of all kinds, deploy tokens and keys, trigger tokens, runners, agents, SSH and GPG
/// keys, OAuth applications, webhooks. Nothing is changed. A list that this release, tier or caller
/// does not have is named at the end; kinds that you leave out are not asked about.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct InventoryArgs {
    /// Tell, instead of a list, which settings of the instance and of --group decide what tokens
    /// may do, and which of them GitLab advises otherwise.
    #[arg(long)]
    settings: bool,

    /// List only entries that the leaks of this report could be: of `token verify` or of a scan
    /// with
    /// --verify, in JSON. An id that the instance told, or a fingerprint, is sure; an owner's id in
    /// the secret makes candidates.
    #[arg(long = "match", value_name = "FINDINGS", conflicts_with = "settings")]
    findings: Option<PathBuf>,

    /// Ask audit events who made each token, when and from where (Premium and Ultimate). Of the
    /// instance and of users, those of the last 406 days are read.
    #[arg(long, conflicts_with = "settings")]
    audit: bool,

    /// Say what would be listed, and send nothing.
    #[arg(long)]
    dry_run: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: InventoryFormat,

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
    states: StateArgs,

    #[command(flatten)]
    policies: PolicyArgs,
}

/// The credentials that are listed, and what is done with each.
struct Run<'a> {
    args: &'a InventoryArgs,
    connection: &'a Connection,
    policy: &'a Policy,
    request: Request,
    scanner: &'a Scanner,
    /// The scope's name.
    named: String,
}

pub(super) fn run(args: &InventoryArgs) -> Result<Exit> {
    let policy = args.policies.policy()?;
    let connection = Connection::prepare(&args.caller)?;
    let (scope, named) = args.scope.scope();
    let kinds = args.filters.kinds(policy.job_token_allowlist_off);
    if !args.quiet || args.dry_run {
        let instance = connection.client().instance();
        output::message::print(&format!("tokensieve: lists {named} at {instance}"));
        if args.dry_run {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            output::message::print(&format!("  {}", names.join(", ")));
            return Ok(Exit::Clean);
        }
    }
    let request = Request { scope, kinds, now: Timestamp::now(), with_audit: args.audit };
    let scanner = Scanner::builder().build(&RuleSet::builtin())?;
    let redactor = scanner.redactor();
    let leaks = match &args.findings {
        Some(path) => Leaks::read(path, redactor)?,
        None => Leaks::default(),
    };
    let (connection, scanner) = (&connection, &scanner);
    let run = Run { args, connection, policy: &policy, request, scanner, named };
    let mut done = Done::default();
    let write = |out: &mut dyn Write| {
        done = if args.settings { run.settings(out)? } else { run.list(leaks, out)? };
        Ok(())
    };
    match &args.output {
        Some(path) => output::to_file(&Target::of_user(path), write)?,
        None => output::to_stdout(write)?,
    }
    if !args.quiet {
        output::message::print(&done.summary);
    }
    Ok(match (done.findings, done.is_complete) {
        (1.., _) => Exit::Findings(1),
        (0, true) => Exit::Clean,
        (0, false) => Exit::Incomplete,
    })
}

/// How a run ended.
#[derive(Default)]
struct Done {
    /// Violations, weak settings, and living entries that surely leaked.
    findings: usize,
    is_complete: bool,
    summary: String,
}

impl Run<'_> {
    fn caller<'c>(&'c self, credential: &'c Credential<'c>) -> Caller<'c> {
        Caller { client: self.connection.client(), credential, redactor: self.redactor() }
    }

    fn redactor(&self) -> &Redactor {
        self.scanner.redactor()
    }

    /// Lists and writes.
    fn list(&self, mut leaks: Leaks, out: &mut dyn Write) -> io::Result<Done> {
        let credential = self.connection.credential();
        let caller = self.caller(&credential);
        let reach = self.policy.broad_scopes.then(|| inventory::own_reach(caller)).flatten();
        let reach = reach.map(|(id, text)| Reach { id, text });
        let held = listing::held(self.policy, &self.request, self.scanner, caller);
        let evidence =
            Evidence { now: self.request.now, reach: reach.as_ref(), held: held.as_ref() };
        let instance = self.connection.client().instance();
        let about = PageAbout {
            title: "Credentials of GitLab",
            instance,
            scope: &self.named,
            now: self.request.now,
            steps: STEPS.to_vec(),
        };
        let mut report = Report::start(self.args.format, &about, out)?;
        let mut unchecked = Unchecked::default();
        let mut failed = None;
        let mut take = |entry: Entry| {
            if !self.args.filters.accepts(&entry) || !self.args.states.accepts(&entry) {
                return true;
            }
            let matches = leaks.of(&entry);
            let verdicts = self.policy.check(&entry, evidence);
            unchecked.add(&entry, &verdicts.unchecked);
            let is_joined = self.args.findings.is_some();
            if self.args.policies.hides(&verdicts) || (is_joined && matches.is_empty()) {
                return true;
            }
            failed = report.entry(&entry, &verdicts.violations, &matches).err();
            failed.is_none()
        };
        let listed = inventory::list(caller, &self.request, &mut take);
        if let Some(error) = failed {
            return Err(error);
        }
        let (mut gaps, unchecked) = (listed.gaps, unchecked.into_gaps());
        gaps.extend(unchecked);
        gaps.extend(held.into_iter().flat_map(|held| held.gaps));
        let listed = Listed { gaps, ..listed };
        let is_complete = listed.is_complete();
        let (entries, violations) = report.finish(&listed, &leaks.unmatched())?;
        let summary = summary(entries, violations, is_complete);
        Ok(Done { findings: violations + leaks.alive, is_complete, summary })
    }

    /// Asks for settings and writes them.
    fn settings(&self, out: &mut dyn Write) -> io::Result<Done> {
        let credential = self.connection.credential();
        let (settings, gaps) = inventory::settings(self.caller(&credential), &self.request.scope);
        let is_json = matches!(self.args.format, InventoryFormat::Json | InventoryFormat::Jsonl);
        settings::write(&settings, &gaps, is_json, out)?;
        let weak = settings.iter().filter(|setting| setting.worth == Worth::Weak).count();
        let unseen = settings.iter().filter(|setting| setting.worth == Worth::Unseen).count();
        let summary = format!("{} settings, {weak} weak, {unseen} not seen", settings.len());
        Ok(Done { findings: weak, is_complete: gaps.is_empty(), summary })
    }
}

/// `7 entries, 2 violations; incomplete`.
fn summary(entries: usize, violations: usize, is_complete: bool) -> String {
    let plural = |count: usize, one: &str, many: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    };
    let entries = plural(entries, "entry", "entries");
    let violations = match violations {
        0 => String::new(),
        count => format!(", {}", plural(count, "violation", "violations")),
    };
    let rest = if is_complete { "" } else { "; incomplete: the report says why" };
    format!("{entries}{violations}{rest}")
}
