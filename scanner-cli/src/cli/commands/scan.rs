//! `tokensieve scan`

use crate::cli::args::{CommonArgs, EXIT_CODES, VerifyArgs, help};
use clap::Args as ClapArgs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tokensieve_core::Origin;
use tokensieve_core::coverage::Skip;

use crate::cli::args::InputArgs;
use crate::cli::output::exit::Exit;
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{Comments, TreeFiles};
use crate::cli::settings::walk::{roots, walk};
use crate::cli::settings::{self, Settings};
use crate::pipeline::{Outcome, Pipeline};
use crate::source::{Walk, scan_paths, scan_stream};

/// Scan files, folders or standard input.
///
/// Findings go to standard output, the summary to standard error. Secrets are never printed unless
/// asked for.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES, after_long_help = help::SCAN)]
pub(crate) struct ScanArgs {
    /// Files or folders; `-` is standard input. Without any, the current folder.
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) common: CommonArgs,

    #[command(flatten)]
    pub(crate) verify: VerifyArgs,

    #[command(flatten)]
    pub(crate) input: InputArgs,
}

const STDIN: &str = "-";

/// Scans what the arguments name and reports what was found.
pub(crate) fn run(args: &ScanArgs) -> Result<Exit> {
    let deadline = args.common.deadline();
    let (paths, stdin) = paths(args)?;
    let roots = roots(&paths);
    let loaded = settings::configuration(&args.common, || Loaded::find(&roots))?;
    let mut files = TreeFiles::of_folders(&args.common, &roots)?;
    let mut settings = Settings::resolve(&args.common, &loaded, &files, Comments::Honoured)?;
    settings.options.deadline = deadline;
    files.on_disk.extend(args.common.baseline.clone());
    let walk = walk(&args.input, &settings, &loaded, &files);
    crate::cli::run::run_verified(&settings, &args.verify, |pipeline| {
        Ok(scan(pipeline, &walk, &paths, stdin.as_deref()))
    })
}

fn scan(pipeline: &Pipeline, walk: &Walk, paths: &[PathBuf], stdin: Option<&str>) -> Outcome {
    if let Some(name) = stdin {
        let origin = Origin::new(name.as_bytes(), name.as_bytes());
        let mut worker = pipeline.worker();
        if scan_stream(&mut worker, walk, &origin, io::stdin().lock()).is_err() {
            let reason = if worker.is_over() { Skip::OutOfTime } else { Skip::Unreadable };
            worker.skip(reason, &origin);
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

/// The paths in a list. One that does not exist is for the coverage to tell: files come and go
/// between listing and scanning.
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
