//! `tokensieve git`

use crate::cli::args::{CommonArgs, EXIT_CODES, VerifyArgs, help};
use crate::cli::settings::git_options::{scan_included, source};
use clap::Args as ClapArgs;
use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::cli::output::exit::Exit;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::{self, Settings};
use crate::git::{HistoryOptions, Push, Repository, StagedOptions, scan_history, scan_staged};
use crate::pipeline::{Outcome, Pipeline};
use crate::source::Root;

/// Scan a git repository: its whole history, a range of commits, or what is staged.
///
/// Without --staged or --range, every blob that any reference leads to is scanned, and each secret
/// is reported once, with the commit that introduced it. Nothing of the repository is executed.
#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES, after_long_help = help::GIT)]
pub(crate) struct GitArgs {
    /// The repository, or a folder in it. Without one, that of the current folder, or of GIT_DIR.
    #[arg(value_name = "REPO")]
    pub(crate) repo: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) part: PartArgs,

    #[command(flatten)]
    pub(crate) common: CommonArgs,

    #[command(flatten)]
    pub(crate) verify: VerifyArgs,
}

#[cfg(feature = "git")]
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Which part")]
pub(crate) struct PartArgs {
    /// Scan what is staged, as it would be committed. For pre-commit hooks.
    #[arg(long, conflicts_with_all = ["range", "pre_push", "all_objects", "branches"])]
    #[arg(conflicts_with_all = ["since", "until", "max_commits"])]
    pub(crate) staged: bool,

    /// With --staged: findings in lines that were there before fail, too.
    #[arg(long, requires = "staged")]
    pub(crate) all_lines: bool,

    /// Scan what the commits of a range brought in: A..B is what B has and A has not.
    #[arg(long, value_name = "A..B")]
    #[arg(conflicts_with_all = ["pre_push", "all_objects", "branches"])]
    #[arg(conflicts_with_all = ["since", "until", "max_commits"])]
    pub(crate) range: Option<String>,

    /// Scan what is about to be pushed. For pre-push hooks: reads their standard input; the value
    /// is their first argument, the name of the remote.
    #[arg(long, value_name = "REMOTE", num_args = 0..=1, default_missing_value = "")]
    #[arg(conflicts_with_all = ["all_objects", "branches", "since", "until", "max_commits"])]
    pub(crate) pre_push: Option<String>,

    /// Scan objects that no reference leads to, too: what was committed and then dropped.
    #[arg(long)]
    pub(crate) all_objects: bool,

    /// Scan only the history of this branch, or of any other revision. Repeatable.
    #[arg(long = "branch", value_name = "REV", conflicts_with = "all_objects")]
    pub(crate) branches: Vec<String>,

    /// Report only secrets that commits since this date introduced: 2026-01-31, or `2 weeks ago`.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<i64>,

    /// Report only secrets that commits until this date introduced.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) until: Option<i64>,

    /// Report only secrets that the newest N commits introduced.
    #[arg(long, value_name = "N", value_parser = commits)]
    pub(crate) max_commits: Option<usize>,

    /// Remember in this folder which objects were scanned, so that the next scan reads new ones
    /// only. It holds no secrets. Do not trust a cache that others can write.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["staged", "range", "pre_push"])]
    pub(crate) cache: Option<PathBuf>,
}

/// A number of commits.
#[cfg(feature = "git")]
fn commits(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "expected a number of commits, such as 100".to_owned())
}

/// A date as git reads it, in seconds since 1970.
#[cfg(feature = "git")]
fn date(text: &str) -> Result<i64, String> {
    let now = gix::date::Zoned::now();
    let date = gix::date::parse(text, Some(now));
    date.map(|date| date.seconds)
        .map_err(|_| "expected a date such as 2026-01-31 or `2 weeks ago`".to_owned())
}

/// Scans a repository and reports what was found.
pub(crate) fn run(args: &GitArgs) -> Result<Exit> {
    let deadline = args.common.deadline();
    let mut repository = Repository::open(args.repo.as_deref())?;
    let roots: Vec<Root> = Root::of(repository.root()).into_iter().collect();
    let loaded = settings::configuration(&args.common, || Loaded::find(&roots))?;
    let files = TreeFiles::of_folders(&args.common, &roots)?;
    if let Some(max_memory) = args.common.max_memory.or(loaded.user.max_memory) {
        repository.set_max_memory(max_memory);
    }
    let mut settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    settings.options.deadline = deadline;
    crate::cli::run::run_verified(&settings, &args.verify, |pipeline| {
        let mut outcome = scan(pipeline, &mut repository, &args.part, &settings)?;
        outcome.coverage.repository = source(pipeline, &repository);
        Ok(outcome)
    })
}

fn scan(
    pipeline: &Pipeline,
    repository: &mut Repository,
    part: &PartArgs,
    settings: &Settings,
) -> Result<Outcome> {
    if part.staged {
        return staged(pipeline, repository, part, settings);
    }
    if let Some(range) = &part.range {
        let (include, exclude) = repository.range(range)?;
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    if let Some(remote) = &part.pre_push {
        let mut lines = String::new();
        std::io::stdin()
            .read_to_string(&mut lines)
            .context("cannot read what git says is to be pushed")?;
        let Push { include, exclude } = repository.to_be_pushed(&lines, remote)?;
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    Ok(scan_history(pipeline, repository, &history_options(part, settings))?)
}

/// What is staged. The pre-commit framework can ask for something else by its environment.
fn staged(
    pipeline: &Pipeline,
    repository: &mut Repository,
    part: &PartArgs,
    settings: &Settings,
) -> Result<Outcome> {
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let branch = variable("PRE_COMMIT_LOCAL_BRANCH");
    let range = match (variable("PRE_COMMIT_FROM_REF"), variable("PRE_COMMIT_TO_REF"), branch) {
        (Some(from), Some(to), _) => Some(repository.range(&format!("{from}..{to}"))?),
        // What is pushed has the first commit of all with it: it is from nowhere.
        (_, _, Some(branch)) => Some((repository.branch(&branch)?, Vec::new())),
        _ => None,
    };
    if let Some((include, mut exclude)) = range {
        // Before a push: what other branches have brought to that remote is not new there.
        exclude.extend(
            variable("PRE_COMMIT_REMOTE_NAME")
                .iter()
                .flat_map(|remote| repository.known_to(remote)),
        );
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    let mut options = StagedOptions {
        everything: false,
        all_lines: part.all_lines,
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
    };
    // `pre-commit run --all-files`: nothing is staged, and yet something is to be looked at. When
    // git itself is committing, it names the index: then nothing but a message is changed.
    let is_run_by_hand = variable("PRE_COMMIT").is_some() && variable("GIT_INDEX_FILE").is_none();
    options.everything = is_run_by_hand && !repository.has_staged_changes()?;
    let mut outcome = scan_staged(pipeline, repository, &options)?;
    outcome.is_uncommitted = true;
    Ok(outcome)
}

fn history_options(args: &PartArgs, settings: &Settings) -> HistoryOptions {
    HistoryOptions {
        all_objects: args.all_objects,
        tips: args.branches.clone(),
        tip_ids: Vec::new(),
        since: args.since,
        until: args.until,
        max_commits: args.max_commits,
        cache: args.cache.clone(),
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
    }
}
