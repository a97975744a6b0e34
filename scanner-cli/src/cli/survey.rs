//! Arguments of `baseline` and `audit`, which scan but print no findings, and their scan.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;

use crate::cli::args::{CommonArgs, InputArgs, OutputArgs, RuleArgs};
use crate::cli::settings::Settings;
use crate::pipeline::{Outcome, Pipeline};
use crate::source::scan_paths;

/// Arguments of `baseline` and `audit`, which scan but print no findings.
#[derive(ClapArgs, Debug)]
pub(crate) struct SurveyArgs {
    /// A file or folder. Without one, the current folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    /// Skip what matches this pattern, which means what it would in a .gitignore at the
    /// repository's root. Repeatable.
    #[arg(long = "exclude-path", value_name = "GLOB", help_heading = "Where to look")]
    exclude_paths: Vec<String>,

    /// Scan what .gitignore files leave out, too.
    #[arg(long, help_heading = "Where to look")]
    no_ignore: bool,

    /// The number of threads [default: one a processor].
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    #[arg(help_heading = "Where to look")]
    jobs: Option<u16>,

    /// Read this configuration file instead of the repository's .tokensieve.toml.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Configuration")]
    config: Option<PathBuf>,

    /// Read no configuration file of the repository.
    #[arg(long, alias = "no-repo-config", help_heading = "Configuration")]
    no_config: bool,

    /// The baseline, instead of .tokensieve.baseline at the root.
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    pub(crate) baseline: Option<PathBuf>,
}

impl SurveyArgs {
    /// The same as arguments of a scan.
    pub(crate) fn common(&self) -> CommonArgs {
        CommonArgs {
            rules: self.rules.clone(),
            output: OutputArgs::default(),
            exclude_paths: self.exclude_paths.clone(),
            max_memory: None,
            jobs: self.jobs,
            config: self.config.clone(),
            no_config: self.no_config,
            baseline: self.baseline.clone(),
            no_baseline: false,
            no_inline_allow: false,
        }
    }

    /// How files are visited.
    pub(crate) fn input(&self) -> InputArgs {
        InputArgs { no_ignore: self.no_ignore, ..InputArgs::default() }
    }
}

/// Scans the files, and with `with_history` the whole history of their repository.
pub(crate) fn scan_everything(
    survey: &SurveyArgs,
    settings: &Settings,
    walk: &crate::source::Walk,
    with_history: bool,
) -> Result<Outcome> {
    let pipeline = Pipeline::new(settings.scanner.clone(), settings.options.clone());
    let mut outcome = scan_paths(&pipeline, walk, std::slice::from_ref(&survey.path));
    if with_history {
        let history = scan_whole_history(survey, settings, &pipeline)?;
        outcome.merge(history);
    }
    outcome.coverage.configuration.clone_from(&settings.configuration);
    Ok(outcome)
}

#[cfg(feature = "git")]
fn scan_whole_history(
    survey: &SurveyArgs,
    settings: &Settings,
    pipeline: &Pipeline,
) -> Result<Outcome> {
    let mut repository = crate::git::Repository::open(Some(&survey.path))?;
    let options = crate::git::HistoryOptions {
        exclude_paths: settings.exclude_paths.clone(),
        threads: settings.jobs,
        ..crate::git::HistoryOptions::default()
    };
    Ok(crate::git::scan_history(pipeline, &mut repository, &options)?)
}

#[cfg(not(feature = "git"))]
fn scan_whole_history(_: &SurveyArgs, _: &Settings, _: &Pipeline) -> Result<Outcome> {
    anyhow::bail!("this program was built without git")
}
