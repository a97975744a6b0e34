//! How files are visited, from arguments and configuration.

use std::path::{Path, PathBuf};

#[cfg(feature = "archives")]
use crate::cli::args::ArchiveArgs;
use crate::cli::args::InputArgs;
use crate::cli::settings::Settings;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::TreeFiles;
#[cfg(feature = "archives")]
use crate::source::{Limit, Limits};
use crate::source::{Reading, Root, Walk};

pub(crate) fn walk(
    args: &InputArgs,
    settings: &Settings,
    loaded: &Loaded,
    files: &TreeFiles,
) -> Walk {
    let config = &loaded.config;
    let mut walk = Walk {
        is_gitignore_honoured: !(args.no_ignore || config.no_ignore),
        follows_links: args.follow || loaded.runner.follow,
        max_file_size: args.max_file_size.or(loaded.max_file_size),
        excluded: settings.exclude_paths.clone(),
        our_files: [&loaded.file, &loaded.gitleaks_file, &settings.output]
            .into_iter()
            .flatten()
            .chain(settings.reports.iter().map(|report| &report.file))
            .chain(&files.on_disk)
            .cloned()
            .collect(),
        reading: if args.mmap {
            Reading::Mapped
        } else if args.no_mmap {
            Reading::Plain
        } else {
            Reading::Auto
        },
        #[cfg(feature = "archives")]
        archives: archives(&args.archives, loaded),
        ..Walk::default()
    };
    if let Some(jobs) = settings.jobs {
        walk.jobs = jobs;
    }
    walk
}

/// How far archives are opened, if they are.
#[cfg(feature = "archives")]
fn archives(args: &ArchiveArgs, loaded: &Loaded) -> Option<Limits> {
    let config = &loaded.config;
    (args.is_wanted || config.archives).then(|| Limits {
        depth: Limit::new(args.depth.or(config.archive_depth.map(u64::from)), Limits::DEPTH),
        size: Limit::new(args.max_size.or(loaded.max_archive_size), Limits::SIZE),
        ratio: Limit::new(
            args.max_ratio.or(config.max_archive_ratio.map(u64::from)),
            Limits::RATIO,
        ),
        members: Limit::new(args.max_members.or(config.max_archive_members), Limits::MEMBERS),
    })
}

/// What configurations and baselines are looked for from.
pub(crate) fn roots(paths: &[PathBuf]) -> Vec<Root> {
    let mut roots: Vec<Root> = paths.iter().filter_map(|path| Root::of(path).ok()).collect();
    // Standard input and lists belong to where the command was called.
    if roots.is_empty() {
        roots.extend(Root::of(Path::new(".")).ok());
    }
    roots
}
