//! `tokensieve baseline`

use clap::{Args as ClapArgs, Subcommand};
use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tokensieve_core::suppression::Date;

use anyhow::{Context, Result, bail};
use tokensieve_core::suppression::{Baseline, BaselineEntry, BaselineKey, GitleaksReport};
use tokensieve_core::{Coverage, Finding, FingerprintKey, Id, RuleSet, Scanner, Secret};

use crate::cli::args::RuleArgs;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::summary;
use crate::cli::settings::suppressions::BASELINE;
use crate::cli::settings::{self, key};
use crate::cli::survey::{
    SurveyArgs, UnknownSecrets, scan_for_fingerprints, scan_without_baseline,
};
use crate::source::Root;
use crate::tree_file;

#[derive(ClapArgs, Debug)]
pub(crate) struct BaselineArgs {
    #[command(subcommand)]
    pub(crate) command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Write a baseline of everything that is found now.
    Create {
        #[command(flatten)]
        survey: Box<SurveyArgs>,
        #[command(flatten)]
        known: BaselineEntryArgs,
    },
    /// Add to a baseline what is found now and not in it.
    Update {
        #[command(flatten)]
        survey: Box<SurveyArgs>,
        #[command(flatten)]
        known: BaselineEntryArgs,
        /// Also take out what is not found any more.
        #[arg(long)]
        prune: bool,
    },
    /// Accept findings by the fingerprints that reports show.
    Add(Box<AddArgs>),
    /// Make a baseline of a JSON report of gitleaks that holds its secrets in clear.
    Convert {
        /// The report.
        #[arg(value_name = "FILE")]
        report: PathBuf,
        /// The baseline to be written; entries are added to one that exists.
        #[arg(long, value_name = "FILE", default_value = ".tokensieve.baseline")]
        baseline: PathBuf,
        /// Know the rules of a file, too. Repeatable.
        #[arg(long = "rules", value_name = "FILE")]
        rules: Vec<PathBuf>,
    },
}

/// Arguments of `baseline add`.
#[derive(ClapArgs, Debug)]
pub(crate) struct AddArgs {
    /// Fingerprints of findings, as reports show them.
    #[arg(value_name = "FINGERPRINT", required = true)]
    fingerprints: Vec<String>,

    /// The file or folder that was scanned.
    #[arg(long, value_name = "PATH", default_value = ".")]
    path: PathBuf,

    #[command(flatten)]
    rules: RuleArgs,

    /// The baseline, instead of .tokensieve.baseline at the root; it is made where there is none.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    known: BaselineEntryArgs,
}

/// The fields of new entries, and whether the history is scanned for them.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "New entries")]
pub(crate) struct BaselineEntryArgs {
    /// Look at the whole history of the repository, too.
    #[arg(long)]
    pub(crate) git: bool,

    /// Why they are known.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,

    /// Who answers for them.
    #[arg(long, value_name = "TEXT")]
    pub(crate) owner: Option<String>,

    /// Their last day: from the day after on they silence nothing.
    #[arg(long, value_name = "DATE")]
    pub(crate) expires: Option<Date>,
}

pub(crate) fn run(command: &BaselineCommand) -> Result<Exit> {
    match command {
        BaselineCommand::Create { survey, known } => create(survey, known),
        BaselineCommand::Update { survey, known, prune } => update(survey, known, *prune),
        BaselineCommand::Add(args) => add(args),
        BaselineCommand::Convert { report, baseline, rules } => convert(report, baseline, rules),
    }
}

fn create(survey: &SurveyArgs, known: &BaselineEntryArgs) -> Result<Exit> {
    let root =
        Root::of(&survey.path).with_context(|| format!("cannot scan {}", survey.path.display()))?;
    let file = survey.baseline.clone().unwrap_or_else(|| root.path().join(BASELINE));
    if file.exists() {
        bail!("{} exists: `tokensieve baseline update` adds to it", file.display());
    }
    let (mut baseline, key) = empty()?;
    let found = CurrentSecrets::of(survey, known, &root, &file, &key)?;
    let count = found.entries.len();
    baseline.extend(found.entries);
    write(&baseline, &file)?;
    message::print(&format!("{}: {}", file.display(), entries(count)));
    let attributes = tree_file::read(&root.path().join(".gitattributes")).unwrap_or_default();
    if !String::from_utf8_lossy(&attributes).contains(BASELINE) {
        message::print(&format!(
            "to have branches that change it merge without conflicts, add to .gitattributes: \
             {BASELINE} merge=union"
        ));
    }
    Ok(ending(&found.coverage))
}

fn update(survey: &SurveyArgs, known: &BaselineEntryArgs, prunes: bool) -> Result<Exit> {
    let root =
        Root::of(&survey.path).with_context(|| format!("cannot scan {}", survey.path.display()))?;
    let file = survey.baseline.clone().unwrap_or_else(|| root.path().join(BASELINE));
    let (mut baseline, key) = read(&file)?;
    let found = CurrentSecrets::of(survey, known, &root, &file, &key)?;
    let before = baseline.entries().len();
    if prunes && found.coverage.is_complete() {
        let rules = found.rules;
        let is_found = |entry: &BaselineEntry| {
            // An entry can name its rule by another scanner's id.
            let ids = rules
                .iter()
                .filter(|rule| rule.is_called(entry.rule.as_bytes()))
                .map(|rule| rule.id());
            ids.into_iter().any(|id| found.all.contains(&(id.to_owned(), entry.secret)))
        };
        baseline.retain(is_found);
    } else if prunes {
        message::print("nothing is taken out, since not everything could be looked at");
    }
    let kept = baseline.entries().len();
    let is_known: HashSet<(String, Id)> =
        baseline.entries().iter().map(|entry| (entry.rule.clone(), entry.secret)).collect();
    // An entry that holds for one path only, or expires, is not replaced by one that does not.
    baseline.extend(
        found
            .entries
            .into_iter()
            .filter(|entry| !is_known.contains(&(entry.rule.clone(), entry.secret))),
    );
    write(&baseline, &file)?;
    let added = baseline.entries().len() - kept;
    message::print(&format!(
        "{}: {}, {added} new, {} taken out",
        file.display(),
        entries(baseline.entries().len()),
        before - kept
    ));
    Ok(ending(&found.coverage))
}

/// Scans with the key that reports have, so that their fingerprints are found again, and writes
/// entries with the key of the baseline.
fn add(args: &AddArgs) -> Result<Exit> {
    refuse_secrets(&args.known)?;
    if args.known.reason.is_none() {
        bail!("say why they are known: --reason \"made up for the tests\"");
    }
    let survey = SurveyArgs::of(args.path.clone(), args.rules.clone(), args.baseline.clone());
    let scans = scan_for_fingerprints(&survey, &args.fingerprints, args.known.git, true)?;
    let file = &scans.file;
    let (mut baseline, key) = if file.exists() { read(file)? } else { empty()? };
    let mut entries_found = Vec::new();
    for fingerprint in &args.fingerprints {
        let found = scans.find(fingerprint);
        let Some((finding, secret)) = found.and_then(|(it, _)| Some((it, it.secret()?))) else {
            let history = if args.known.git { "" } else { "; --git looks at the history, too" };
            bail!(
                "no finding in {} has the fingerprint {fingerprint}{history}. Nothing was written.",
                args.path.display()
            );
        };
        message::print(&format!(
            "{}:{}: {} {}",
            finding.path(),
            finding.start().line,
            finding.rule().name(),
            finding.redacted()
        ));
        entries_found.push(BaselineEntry {
            reason: args.known.reason.clone(),
            owner: args.known.owner.clone(),
            expires: args.known.expires,
            ..BaselineEntry::new(finding.rule().id(), key.secret_id(secret))
        });
    }
    let before = baseline.entries().len();
    let is_known: HashSet<(String, Id)> =
        baseline.entries().iter().map(|entry| (entry.rule.clone(), entry.secret)).collect();
    entries_found.retain(|entry| !is_known.contains(&(entry.rule.clone(), entry.secret)));
    baseline.extend(entries_found);
    write(&baseline, file)?;
    let added = baseline.entries().len() - before;
    message::print(&format!("{}: {added} new of {}", file.display(), entries(before + added)));
    Ok(ending(&scans.outcomes[0].coverage))
}

fn convert(report: &Path, file: &Path, rule_files: &[PathBuf]) -> Result<Exit> {
    let name = report.display().to_string();
    let text = std::fs::read_to_string(report).with_context(|| format!("cannot read {name}"))?;
    if !GitleaksReport::is_one(&text) {
        bail!("{name}:1: this is no JSON report of gitleaks");
    }
    let report = GitleaksReport::read(&name, &text)?;
    let mut rules = RuleSet::builtin();
    for file in rule_files {
        rules.extend(settings::rules_of(file)?)?;
    }
    let (mut baseline, key) = if file.exists() { read(file)? } else { empty()? };
    let (mut redacted, mut unknown) = (0, 0);
    for finding in &report.findings {
        let Some(secret) = finding.secret() else {
            redacted += 1;
            continue;
        };
        let secret = key.secret_id(&Secret::new(secret));
        let mut named =
            rules.iter().filter(|rule| rule.is_called(finding.rule().as_bytes())).peekable();
        if named.peek().is_none() {
            unknown += 1;
        }
        baseline.extend(named.map(|rule| BaselineEntry::new(rule.id(), secret)));
    }
    write(&baseline, file)?;
    message::print(&format!("{}: {}", file.display(), entries(baseline.entries().len())));
    if redacted > 0 {
        message::print(&format!(
            "left out: {redacted} without their secrets; use the report itself, as --baseline \
             {name}"
        ));
    }
    if unknown > 0 {
        message::print(&format!("left out: {unknown} of rules that are not known here"));
    }
    Ok(Exit::Clean)
}

/// A baseline without entries, with a key of its own.
fn empty() -> Result<(Baseline, FingerprintKey)> {
    const RANDOM_FILE: &str = "/dev/urandom";
    if let Some(key) = key::from_environment()? {
        return Ok((Baseline::new(BaselineKey::Elsewhere(key.check())), key));
    }
    let mut salt = [0; 16];
    let read = File::open(RANDOM_FILE).and_then(|mut file| file.read_exact(&mut salt));
    read.with_context(|| format!("cannot read random numbers from {RANDOM_FILE}"))?;
    let baseline = Baseline::new(BaselineKey::Salt(salt));
    let key = key::key_of(&baseline, BASELINE, None)?;
    Ok((baseline, key))
}

fn read(file: &Path) -> Result<(Baseline, FingerprintKey)> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("cannot read {name}; `tokensieve baseline create` makes one"))?;
    if GitleaksReport::is_one(&text) {
        bail!(
            "{name} is a report of gitleaks: `tokensieve baseline convert` makes a baseline of it"
        );
    }
    let baseline = Baseline::read(&name, &text)?;
    let key = key::key_of(&baseline, &name, key::from_environment()?.as_ref())?;
    Ok((baseline, key))
}

fn write(baseline: &Baseline, file: &Path) -> Result<()> {
    output::to_file(&Target::of_user(file), |out| write!(out, "{baseline}"))
        .context("the baseline is not written")
}

fn entries(count: usize) -> String {
    format!("{count} {}", if count == 1 { "entry" } else { "entries" })
}

/// Reports gaps: a baseline is written all the same, but it may lack entries.
fn ending(coverage: &Coverage) -> Exit {
    let mut text = String::new();
    summary::gaps(coverage, &mut text);
    message::write_stderr(&text);
    if coverage.is_complete() { Exit::Clean } else { Exit::Incomplete }
}

/// Refuses a reason or an owner that holds a secret: a baseline is for everyone to read.
fn refuse_secrets(known: &BaselineEntryArgs) -> Result<()> {
    let scanner = Scanner::new(&RuleSet::builtin());
    for text in known.reason.iter().chain(&known.owner) {
        if scanner.redactor().is_needed(text.as_bytes()) {
            bail!(
                "a reason or an owner holds a secret, which would stand in the baseline in clear"
            );
        }
    }
    Ok(())
}

/// The secrets that a scan finds without a baseline.
struct CurrentSecrets {
    entries: Vec<BaselineEntry>,
    all: HashSet<(String, Id)>,
    rules: RuleSet,
    coverage: Coverage,
}

impl CurrentSecrets {
    fn of(
        survey: &SurveyArgs,
        known: &BaselineEntryArgs,
        root: &Root,
        file: &Path,
        key: &FingerprintKey,
    ) -> Result<Self> {
        refuse_secrets(known)?;
        let wanted =
            UnknownSecrets { root, file, key, with_history: known.git, with_secrets: false };
        let (settings, outcome) = scan_without_baseline(survey, &wanted)?;
        let id =
            |finding: &Finding| (finding.rule().id().to_owned(), finding.fingerprint().secret_id);
        let all: HashSet<(String, Id)> = outcome.findings.iter().map(id).collect();
        let entries = all.iter().map(|(rule, secret)| BaselineEntry {
            reason: known.reason.clone(),
            owner: known.owner.clone(),
            expires: known.expires,
            ..BaselineEntry::new(rule, *secret)
        });
        Ok(Self {
            entries: entries.collect(),
            all,
            rules: settings.rules,
            coverage: outcome.coverage,
        })
    }
}
