//! `tokensieve git`

use anyhow::Result;

use super::args::{GitArgs, PartArgs};
use super::config::Loaded;
use super::exit::Exit;
use super::settings::{self, Settings};
use crate::git::{HistoryOptions, Repository, scan_history};
use crate::source::Root;

/// Scans a repository and reports what was found.
pub(super) fn run(args: &GitArgs) -> Result<Exit> {
    let mut repository = Repository::open(args.repo.as_deref())?;
    let loaded = settings::configuration(&args.common, || {
        let roots: Vec<Root> = Root::of(repository.root()).into_iter().collect();
        Loaded::find(&roots)
    })?;
    let settings = Settings::resolve(&args.common, &loaded)?;
    let options = history_options(&args.part, &settings);
    super::run::run(&settings, |pipeline| Ok(scan_history(pipeline, &mut repository, &options)?))
}

fn history_options(args: &PartArgs, settings: &Settings) -> HistoryOptions {
    HistoryOptions {
        all_objects: args.all_objects,
        tips: args.branches.clone(),
        since: args.since,
        until: args.until,
        max_commits: args.max_commits,
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
    }
}
