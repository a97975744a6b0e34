//! `tokensieve ci`

use crate::cli::args::{CommonArgs, EXIT_CODES, VerifyArgs, help};
use clap::Args as ClapArgs;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gix::ObjectId;
use tokensieve_core::coverage::Skip;

use crate::ci::{
    Fetching, Plan, RangeOverride, Resolved, Unresolved, default_branch, detect, server,
};
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings::committed;
use crate::cli::settings::config::{Loaded, of_commit};
use crate::cli::settings::git_options::{scan_included, source};
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::{self, Settings};
use crate::git::Repository;
use crate::pipeline::{Outcome, shown_path};

/// Scan what a job of GitLab CI or GitHub Actions is about: a merge request, a push, a tag.
///
/// The range is worked out from the environment and told, with the reason. Where the clone is too
/// shallow for it, it is deepened. A range that cannot be told is exit code 3, with the command
/// that repairs it. The configuration is that of the base, or where there is none that of the
/// default branch; what a change brings along does not count.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES, after_long_help = help::CI)]
pub(crate) struct CiArgs {
    /// The repository, or a folder in it. Without one, that of the current folder, or of GIT_DIR.
    #[arg(value_name = "REPO")]
    pub(crate) repo: Option<PathBuf>,

    /// Scan from here on, whatever the environment says.
    #[arg(long, value_name = "REV", help_heading = "Which part")]
    pub(crate) base: Option<String>,

    /// Scan up to here, whatever the environment says.
    #[arg(long, value_name = "REV", help_heading = "Which part")]
    pub(crate) head: Option<String>,

    /// Do not use the network: a clone that is too shallow is exit code 3.
    #[arg(long, help_heading = "Which part")]
    pub(crate) no_fetch: bool,

    /// Fail if the range adds suppressions to the configuration.
    #[arg(long, help_heading = "Configuration")]
    pub(crate) deny_new_suppressions: bool,

    #[command(flatten)]
    pub(crate) common: CommonArgs,

    #[command(flatten)]
    pub(crate) verify: VerifyArgs,
}

/// The variable of GitHub Actions that names a file with the event.
const EVENT_FILE: &str = "GITHUB_EVENT_PATH";
/// A single fetch takes no longer, or the network is not to be waited for.
const FETCH_LIMIT: Duration = Duration::from_secs(300);

/// Determines the range of a job and scans it.
pub(crate) fn run(args: &CiArgs) -> Result<Exit> {
    let deadline = args.common.deadline();
    let plan = plan(args)?;
    let mut repository = Repository::open(args.repo.as_deref())?;
    let limit = args.common.timeout.map_or(FETCH_LIMIT, |timeout| timeout.min(FETCH_LIMIT));
    let fetching = if args.no_fetch { Fetching::Forbidden } else { Fetching::Allowed { limit } };
    let resolved = match repository.resolve(&plan, fetching) {
        Ok(resolved) => resolved,
        Err(unresolved) if unresolved.is_mistyped => bail!("{}", unresolved.why),
        Err(unresolved) => return unknown(args, &plan, &unresolved),
    };
    for line in &resolved.notices {
        notice(args, line);
    }
    let trusted = resolved.trusted.commit();
    let (loaded, files) = match trusted {
        Some(commit) => (
            settings::configuration(&args.common, || of_commit(&repository, Some(commit)))?,
            TreeFiles::of_commit(&args.common, &repository, Some(commit)),
        ),
        None => (
            settings::configuration(&args.common, || Ok(Loaded::default()))?,
            TreeFiles::without_files(repository.root().canonicalize()),
        ),
    };
    if let Some(max_memory) = args.common.max_memory.or(loaded.user.max_memory) {
        repository.set_max_memory(max_memory);
    }
    let mut settings = Settings::resolve(&args.common, &loaded, &files, Comments::Brought)?;
    settings.options.deadline = deadline;
    let untrusted = untrusted_suppressions(args, &repository, &resolved);
    let why = match trusted {
        Some(_) => "the range adds a suppression, which does not count for itself",
        None => "a suppression of the scanned commit does not count",
    };
    for suppression in &untrusted {
        notice(args, &format!("{why}: {suppression}"));
    }
    // Where nothing is known to be old and nothing was pushed, nothing is known to be new either.
    let has_new = !untrusted.is_empty() && (trusted.is_some() || plan.is_push());
    let exit = crate::cli::run::run_verified(&settings, &args.verify, |pipeline| {
        let (include, exclude) = (&resolved.include, &resolved.exclude);
        let mut outcome = scan_included(pipeline, &mut repository, &settings, include, exclude)?;
        outcome.coverage.repository = source(pipeline, &repository);
        Ok(outcome)
    })?;
    if exit == Exit::Clean && args.deny_new_suppressions && has_new {
        notice(args, "suppressions that the range adds are denied by --deny-new-suppressions");
        return Ok(Exit::Findings(settings.exit_code));
    }
    Ok(exit)
}

fn plan(args: &CiArgs) -> Result<Plan> {
    let variable = |name: &str| std::env::var(name).ok();
    let payload = match std::env::var_os(EVENT_FILE).filter(|file| !file.is_empty()) {
        Some(file) => Some(
            std::fs::read_to_string(&file).with_context(|| format!("cannot read {EVENT_FILE}"))?,
        ),
        None => None,
    };
    let (platform, event) = detect(&variable, payload.as_deref());
    let given = RangeOverride { base: args.base.clone(), head: args.head.clone() };
    let mut plan = event.plan(platform, &given);
    plan.default_branch = default_branch(&variable, payload.as_deref());
    plan.server = server(&variable);
    Ok(plan)
}

/// Reports that the range is unknown: nothing is scanned, which is a gap and no clean result.
fn unknown(args: &CiArgs, plan: &Plan, unresolved: &Unresolved) -> Result<Exit> {
    let settings = Settings::resolve(
        &args.common,
        &Loaded::default(),
        &TreeFiles::default(),
        Comments::Brought,
    )?;
    let exit = crate::cli::run::run(&settings, |pipeline| {
        let mut outcome = Outcome::default();
        let example = shown_path(
            pipeline.scanner().redactor(),
            format!("{}: {}", plan.event, unresolved.why).as_bytes(),
        );
        outcome.coverage.skip(Skip::UnresolvedRange, example);
        Ok(outcome)
    })?;
    notice(args, &format!("to repair it: {}", unresolved.fix));
    Ok(exit)
}

/// The suppressions that the head has and the commit whose files count has not.
fn untrusted_suppressions(
    args: &CiArgs,
    repository: &Repository,
    resolved: &Resolved,
) -> Vec<String> {
    if args.common.no_config {
        return Vec::new();
    }
    let of = |commit: Option<ObjectId>| {
        commit.map(|commit| committed::suppressions(repository, commit)).unwrap_or_default()
    };
    let trusted = of(resolved.trusted.commit());
    let mut head = of(resolved.include.first().copied());
    head.retain(|suppression, _| !trusted.contains_key(suppression));
    head.into_values().collect()
}

/// Prints a line on standard error unless `--quiet` is given. Names of branches and revisions can
/// hold anything, so it is redacted.
fn notice(args: &CiArgs, text: &str) {
    if !args.common.output.quiet {
        message::print(&format!("tokensieve ci: {text}"));
    }
}
