//! Arguments of `baseline` and `audit`, which scan but print no findings, and their scan.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use tokensieve_core::suppression::{Baseline, GitleaksReport};
use tokensieve_core::{Finding, FingerprintKey};

use crate::cli::args::{CommonArgs, InputArgs, OutputArgs, RuleArgs, jobs};
use crate::cli::settings::config::Loaded;
use crate::cli::settings::suppressions::{BASELINE, Comments, TreeFiles};
use crate::cli::settings::walk::walk;
use crate::cli::settings::{self, Settings, key};
use crate::pipeline::{Outcome, Pipeline};
use crate::source::{Root, scan_paths};

/// Arguments of `baseline` and `audit`, which scan but print no findings.
#[derive(ClapArgs, Debug)]
pub(crate) struct SurveyArgs {
    /// A file or folder. Without one, the current folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,

    #[command(flatten)]
    pub(crate) rules: RuleArgs,

    /// Skip paths that match this pattern, written as in a .gitignore at the repository's root.
    /// Repeatable.
    #[arg(long = "exclude-path", value_name = "GLOB", help_heading = "Where to look")]
    exclude_paths: Vec<String>,

    /// Scan what .gitignore files leave out, too.
    #[arg(long, help_heading = "Where to look")]
    no_ignore: bool,

    /// Number of threads [default: number of CPUs].
    #[arg(short, long, value_name = "N", value_parser = jobs)]
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
    /// The arguments of a scan of a path, with these rules and this baseline, by default else.
    pub(crate) fn of(path: PathBuf, rules: RuleArgs, baseline: Option<PathBuf>) -> Self {
        Self {
            path,
            rules,
            exclude_paths: Vec::new(),
            no_ignore: false,
            jobs: None,
            config: None,
            no_config: false,
            baseline,
        }
    }

    /// The same as arguments of a scan.
    pub(crate) fn common(&self) -> CommonArgs {
        CommonArgs {
            rules: self.rules.clone(),
            output: OutputArgs::default(),
            exclude_paths: self.exclude_paths.clone(),
            max_memory: None,
            timeout: None,
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

/// How a survey is done where no baseline counts.
pub(crate) struct UnknownSecrets<'a> {
    pub(crate) root: &'a Root,
    /// The baseline, which is not scanned.
    pub(crate) file: &'a Path,
    /// The key of the fingerprints.
    pub(crate) key: &'a FingerprintKey,
    pub(crate) with_history: bool,
    /// Findings hold their secrets.
    pub(crate) with_secrets: bool,
}

/// Scans everything as if there were no baseline. Returns the rules, too.
pub(crate) fn scan_without_baseline(
    survey: &SurveyArgs,
    wanted: &UnknownSecrets<'_>,
) -> Result<(Settings, Outcome)> {
    let mut common = survey.common();
    common.baseline = None;
    common.no_baseline = true;
    let roots = std::slice::from_ref(wanted.root);
    let loaded = settings::configuration(&common, || Loaded::find(roots))?;
    let mut files = TreeFiles::of_folders(&common, roots)?;
    let mut settings = Settings::resolve(&common, &loaded, &files, Comments::Honoured)?;
    settings.options.key = wanted.key.clone();
    settings.options.shows_secrets |= wanted.with_secrets;
    files.on_disk.push(wanted.file.to_owned());
    let walk = walk(&survey.input(), &settings, &loaded, &files);
    let outcome = scan_everything(survey, &settings, &walk, wanted.with_history)?;
    Ok((settings, outcome))
}

/// Scans for findings that are named by fingerprints.
pub(crate) struct FingerprintScans {
    /// The file of the baseline.
    pub(crate) file: PathBuf,
    /// At least one. They differ in nothing but the fingerprints.
    pub(crate) outcomes: Vec<Outcome>,
}

impl FingerprintScans {
    /// Returns the finding with a fingerprint, and the scan that it is of.
    pub(crate) fn find(&self, fingerprint: &str) -> Option<(&Finding, &Outcome)> {
        let wanted = fingerprint.to_ascii_lowercase();
        let is_it = |it: &&Finding| it.fingerprint().fingerprint.to_string() == wanted;
        self.outcomes
            .iter()
            .find_map(|outcome| Some((outcome.findings.iter().find(is_it)?, outcome)))
    }
}

/// Scans everything as if there were no baseline, with the key that reports have, so that their
/// fingerprints are found again. If one of `fingerprints` is not among them, scans with the fixed
/// key, too: a report from before there was a baseline has its fingerprints from that.
pub(crate) fn scan_for_fingerprints(
    survey: &SurveyArgs,
    fingerprints: &[String],
    with_history: bool,
    with_secrets: bool,
) -> Result<FingerprintScans> {
    let path = &survey.path;
    let root = Root::of(path).with_context(|| format!("cannot scan {}", path.display()))?;
    let file = survey.baseline.clone().unwrap_or_else(|| root.path().join(BASELINE));
    let scan = |key: &FingerprintKey| -> Result<Outcome> {
        let wanted = UnknownSecrets { root: &root, file: &file, key, with_history, with_secrets };
        Ok(scan_without_baseline(survey, &wanted)?.1)
    };
    let outcomes = vec![scan(&report_key(&file)?)?];
    let mut scans = FingerprintScans { file: file.clone(), outcomes };
    let is_unknown = |fingerprint: &String| scans.find(fingerprint).is_none();
    if file.exists() && key::from_environment()?.is_none() && fingerprints.iter().any(is_unknown) {
        let with_fixed_key = scan(&FingerprintKey::default())?;
        scans.outcomes.push(with_fixed_key);
    }
    Ok(scans)
}

/// The key that reports of a tree have their fingerprints from: that of the environment, else that
/// of the baseline, else the fixed one.
fn report_key(file: &Path) -> Result<FingerprintKey> {
    let custom = key::from_environment()?;
    let read = crate::tree_file::read_bounded(file).ok().map(String::from_utf8);
    let text = match read {
        Some(Ok(text)) if !GitleaksReport::is_one(&text) => text,
        _ => return Ok(custom.unwrap_or_default()),
    };
    let name = file.display().to_string();
    let baseline = Baseline::read(&name, &text)?;
    Ok(match custom {
        Some(key) => key,
        None => key::key_of(&baseline, &name, None)?,
    })
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
