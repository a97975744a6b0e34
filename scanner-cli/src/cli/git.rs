//! `tokensieve git`

use std::io::Read;

use anyhow::{Context, Result};
use gix::ObjectId;

use super::args::{GitArgs, PartArgs};
use super::config::Loaded;
use super::exit::Exit;
use super::known::{Comments, TreeFiles};
use super::settings::{self, Settings};
use crate::git::{
    HistoryOptions, Push, RangeOptions, Repository, StagedOptions, scan_history, scan_range, scan_staged,
};
use crate::pipeline::{Outcome, Pipeline};
use crate::source::Root;

/// Scans a repository and reports what was found.
pub(super) fn run(args: &GitArgs) -> Result<Exit> {
    let mut repository = Repository::open(args.repo.as_deref())?;
    let roots: Vec<Root> = Root::of(repository.root()).into_iter().collect();
    let loaded = settings::configuration(&args.common, || Loaded::find(&roots))?;
    let files = TreeFiles::of_folders(&args.common, &roots)?;
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    super::run::run(&settings, |pipeline| scan(pipeline, &mut repository, &args.part, &settings))
}

fn scan(pipeline: &Pipeline, repository: &mut Repository, part: &PartArgs, settings: &Settings) -> Result<Outcome> {
    if part.staged {
        return staged(pipeline, repository, part, settings);
    }
    if let Some(range) = &part.range {
        let (include, exclude) = repository.range(range)?;
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    if let Some(remote) = &part.pre_push {
        let mut lines = String::new();
        std::io::stdin().read_to_string(&mut lines).context("cannot read what git says is to be pushed")?;
        let Push { include, exclude } = repository.to_be_pushed(&lines, remote)?;
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    Ok(scan_history(pipeline, repository, &history_options(part, settings))?)
}

/// What some commits lead to and others do not.
pub(super) fn scan_included(
    pipeline: &Pipeline,
    repository: &mut Repository,
    settings: &Settings,
    include: &[ObjectId],
    exclude: &[ObjectId],
) -> Result<Outcome> {
    if exclude.is_empty() && !include.is_empty() {
        // Everything they lead to: that is faster object by object than commit by commit.
        let options = HistoryOptions {
            tip_ids: include.to_vec(),
            exclude_paths: settings.exclude_paths.clone(),
            threads: settings.jobs,
            ..HistoryOptions::default()
        };
        return Ok(scan_history(pipeline, repository, &options)?);
    }
    Ok(scan_range(pipeline, repository, &range_options(settings, include.to_vec(), exclude.to_vec())))
}

/// What is staged. The pre-commit framework can ask for something else by its environment.
fn staged(pipeline: &Pipeline, repository: &mut Repository, part: &PartArgs, settings: &Settings) -> Result<Outcome> {
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
        exclude.extend(variable("PRE_COMMIT_REMOTE_NAME").iter().flat_map(|remote| repository.known_to(remote)));
        return scan_included(pipeline, repository, settings, &include, &exclude);
    }
    let mut options = StagedOptions {
        everything: false,
        all_lines: part.all_lines,
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
    };
    // `pre-commit run --all-files`: nothing is staged, and yet something is to be looked at. When git itself is
    // committing, it names the index: then nothing but a message is changed.
    let is_run_by_hand = variable("PRE_COMMIT").is_some() && variable("GIT_INDEX_FILE").is_none();
    options.everything = is_run_by_hand && !repository.has_staged_changes()?;
    Ok(scan_staged(pipeline, repository, &options)?)
}

pub(super) fn range_options(settings: &Settings, include: Vec<ObjectId>, exclude: Vec<ObjectId>) -> RangeOptions {
    RangeOptions {
        include,
        exclude,
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
        deadline: None,
    }
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
