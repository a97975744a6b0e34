//! `tokensieve ci`

use crate::cli::args::{CommonArgs, EXIT_CODES, VerifyArgs};
use clap::Args as ClapArgs;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use gix::ObjectId;
use tokensieve_core::coverage::Skip;

use crate::ci::{Fetching, Plan, RangeOverride, Resolved, Unresolved, detect};
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::settings::config::of_commit;
use crate::cli::settings::config::{FILE_NAME, GITLEAKS_NAME, Loaded};
use crate::cli::settings::git_options::scan_included;
use crate::cli::settings::suppressions::{BASELINE, Comments, IGNORE_FILE, TreeFiles};
use crate::cli::settings::{self, Settings};
use crate::git::Repository;
use crate::pipeline::{Outcome, shown_path};

/// Scan what a job of GitLab CI or GitHub Actions is about: a merge request, a push, a tag.
///
/// The range is worked out from the environment and told, with the reason. Where the clone is too
/// shallow for it, it is deepened. A range that cannot be told is exit code 3, with the command
/// that repairs it. The configuration is that of the base; what a merge request brings along does
/// not count.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
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
    let plan = plan(args)?;
    let mut repository = Repository::open(args.repo.as_deref())?;
    if let Some(max_memory) = args.common.max_memory {
        repository.set_max_memory(max_memory);
    }
    let fetching =
        if args.no_fetch { Fetching::Forbidden } else { Fetching::Allowed { limit: FETCH_LIMIT } };
    let resolved = match repository.resolve(&plan, fetching) {
        Ok(resolved) => resolved,
        Err(unresolved) if unresolved.is_mistyped => bail!("{}", unresolved.why),
        Err(unresolved) => return unknown(args, &plan, &unresolved),
    };
    for line in &resolved.notices {
        notice(args, line);
    }
    // What a merge request brings along does not count for itself.
    let trusted = resolved.base.or_else(|| resolved.include.first().copied());
    let loaded = settings::configuration(&args.common, || of_commit(&repository, trusted))?;
    let files = TreeFiles::of_commit(&args.common, &repository, trusted);
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Brought)?;
    let new = new_suppressions(args, &repository, &resolved);
    for suppression in &new {
        notice(
            args,
            &format!(
                "the range adds a suppression, which does not count for itself: {suppression}"
            ),
        );
    }
    let exit = crate::cli::run::run_verified(&settings, &args.verify, |pipeline| {
        scan_included(pipeline, &mut repository, &settings, &resolved.include, &resolved.exclude)
    })?;
    if exit == Exit::Clean && args.deny_new_suppressions && !new.is_empty() {
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
    Ok(event.plan(platform, &RangeOverride { base: args.base.clone(), head: args.head.clone() }))
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

/// The suppressions in the configuration, the baseline and the ignore file that the head has and
/// the base has not.
fn new_suppressions(args: &CiArgs, repository: &Repository, resolved: &Resolved) -> Vec<String> {
    if args.common.no_config {
        return Vec::new();
    }
    let of = |commit: Option<&ObjectId>| -> BTreeSet<String> {
        let Some(commit) = commit else { return BTreeSet::new() };
        let mut lines = BTreeSet::new();
        for name in [BASELINE, IGNORE_FILE] {
            let text = repository.file(Some(*commit), name).unwrap_or_default();
            let text = String::from_utf8_lossy(&text).into_owned();
            let entries = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.extend(entries.map(|line| format!("{name}: {line}")));
        }
        lines.extend(of_configuration(repository, commit));
        lines
    };
    let base = of(resolved.base.as_ref());
    of(resolved.include.first()).difference(&base).cloned().collect()
}

/// What of the configurations in a commit suppresses something. They need not be valid to be told.
fn of_configuration(repository: &Repository, commit: &ObjectId) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for file in [FILE_NAME, GITLEAKS_NAME] {
        let Some(text) = repository.file(Some(*commit), file) else { continue };
        let name = format!("{commit}:{file}");
        let Ok(text) = String::from_utf8(text) else {
            all.insert(format!("{name} is not UTF-8"));
            continue;
        };
        let loaded = if file == FILE_NAME {
            Loaded::of_text(&text, &name, &|_| Some(String::new()))
        } else {
            let mut loaded = Loaded::default();
            loaded.add_gitleaks(&text, &name, &|_| Some(String::new())).map(|()| loaded)
        };
        match loaded {
            Ok(loaded) => all.extend(loaded.suppressions()),
            Err(error) => drop(all.insert(format!("{error:#}"))),
        }
    }
    all
}

/// Prints a line on standard error unless `--quiet` is given. Names of branches and revisions can
/// hold anything, so it is redacted.
fn notice(args: &CiArgs, text: &str) {
    if !args.common.output.quiet {
        eprintln!("tokensieve ci: {}", output::redact_without_scanner(text));
    }
}
