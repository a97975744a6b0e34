//! Options of git scans that several commands share.

use anyhow::Result;
use gix::ObjectId;
use tokensieve_core::coverage::RepositorySource;

use crate::cli::settings::Settings;
use crate::git::{HistoryOptions, RangeOptions, Repository, scan_history, scan_range};
use crate::pipeline::{Outcome, Pipeline};

/// Returns where a repository comes from, unless its address holds a secret.
pub(crate) fn source(pipeline: &Pipeline, repository: &Repository) -> Option<RepositorySource> {
    let redactor = pipeline.scanner().redactor();
    repository.source().filter(|source| !redactor.is_needed(source.uri.as_bytes()))
}

/// What some commits lead to and others do not.
pub(crate) fn scan_included(
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
    Ok(scan_range(
        pipeline,
        repository,
        &range_options(settings, include.to_vec(), exclude.to_vec()),
    ))
}

pub(crate) fn range_options(
    settings: &Settings,
    include: Vec<ObjectId>,
    exclude: Vec<ObjectId>,
) -> RangeOptions {
    RangeOptions {
        include,
        exclude,
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
    }
}
