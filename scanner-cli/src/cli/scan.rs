//! `tokensieve scan`

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tokensieve_core::{Origin, Skip};

#[cfg(feature = "archives")]
use super::args::ArchiveArgs;
use super::args::{InputArgs, ScanArgs};
use super::config::Loaded;
use super::exit::Exit;
use super::known::{Comments, TreeFiles};
use super::settings::{self, Settings};
use crate::pipeline::{Outcome, Pipeline};
#[cfg(feature = "archives")]
use crate::source::{Limit, Limits};
use crate::source::{Reading, Root, Walk, scan_paths, scan_stream};

const STDIN: &str = "-";

/// Scans what the arguments name and reports what was found.
pub(super) fn run(args: &ScanArgs) -> Result<Exit> {
    let (paths, stdin) = paths(args)?;
    let roots = roots(&paths);
    let loaded = settings::configuration(&args.common, || Loaded::find(&roots))?;
    let mut files = TreeFiles::of_folders(&args.common, &roots)?;
    let settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    files.on_disk.extend(args.common.baseline.clone());
    let walk = walk(&args.input, &settings, &loaded, &files);
    super::run::run(&settings, |pipeline| Ok(scan(pipeline, &walk, &paths, stdin.as_deref())))
}

fn scan(pipeline: &Pipeline, walk: &Walk, paths: &[PathBuf], stdin: Option<&str>) -> Outcome {
    if let Some(name) = stdin {
        let origin = Origin::new(name.as_bytes(), name.as_bytes());
        let mut worker = pipeline.worker();
        if scan_stream(&mut worker, walk, &origin, io::stdin().lock()).is_err() {
            worker.skip(Skip::Unreadable, &origin);
        }
    }
    scan_paths(pipeline, walk, paths)
}

/// The paths to scan, and the name of standard input where it is one of them.
fn paths(args: &ScanArgs) -> Result<(Vec<PathBuf>, Option<String>)> {
    let mut paths = args.paths.clone();
    let is_stdin = |path: &PathBuf| path.as_os_str() == STDIN;
    let stdin = paths.iter().any(is_stdin).then(|| args.input.stdin_path.clone());
    paths.retain(|path| !is_stdin(path));
    for path in &paths {
        if let Err(error) = path.symlink_metadata() {
            bail!("cannot scan {}: {error}", path.display());
        }
    }
    if let Some(list) = &args.input.files_from {
        if list.as_os_str() == STDIN && stdin.is_some() {
            bail!("standard input cannot be both scanned and the list of files");
        }
        paths.extend(listed(list, args.input.is_null_separated)?);
    } else if paths.is_empty() && stdin.is_none() {
        paths.push(PathBuf::from("."));
    }
    Ok((paths, stdin))
}

/// The paths in a list. One that does not exist is for the coverage to tell: files come and go between listing and
/// scanning.
fn listed(list: &Path, is_null_separated: bool) -> Result<Vec<PathBuf>> {
    use std::os::unix::ffi::OsStringExt;

    let mut text = Vec::new();
    let read = if list.as_os_str() == STDIN {
        io::stdin().read_to_end(&mut text).map(drop)
    } else {
        std::fs::read(list).map(|read| text = read)
    };
    read.with_context(|| format!("cannot read the list of files {}", list.display()))?;
    let end = if is_null_separated { b'\0' } else { b'\n' };
    let path = |line: &[u8]| {
        let line = if is_null_separated { line } else { line.strip_suffix(b"\r").unwrap_or(line) };
        (!line.is_empty()).then(|| PathBuf::from(std::ffi::OsString::from_vec(line.to_vec())))
    };
    Ok(text.split(|byte| *byte == end).filter_map(path).collect())
}

/// What configurations and baselines are looked for from.
fn roots(paths: &[PathBuf]) -> Vec<Root> {
    let mut roots: Vec<Root> = paths.iter().filter_map(|path| Root::of(path).ok()).collect();
    // Standard input and lists belong to where the command was called.
    if roots.is_empty() {
        roots.extend(Root::of(Path::new(".")).ok());
    }
    roots
}

pub(super) fn walk(args: &InputArgs, settings: &Settings, loaded: &Loaded, files: &TreeFiles) -> Walk {
    let config = &loaded.config;
    let mut walk = Walk {
        is_gitignore_honoured: !(args.no_ignore || config.no_ignore),
        follows_links: args.follow || config.follow,
        max_file_size: args.max_file_size.or(loaded.max_file_size),
        excluded: settings.exclude_paths.clone(),
        own_files: [&loaded.file, &loaded.gitleaks_file, &settings.output]
            .into_iter()
            .flatten()
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
        ratio: Limit::new(args.max_ratio.or(config.max_archive_ratio.map(u64::from)), Limits::RATIO),
        members: Limit::new(args.max_members.or(config.max_archive_members), Limits::MEMBERS),
    })
}
