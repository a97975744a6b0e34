//! `tokensieve explain`

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;
use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{Finding, RuleSet};

use crate::cli::args::RuleArgs;
use crate::cli::output;
use crate::cli::output::about_rule;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::settings;
use crate::cli::survey::{SurveyArgs, scan_for_fingerprints};

/// Tell all about a rule, or about a finding by the fingerprint that a report shows.
///
/// For a fingerprint the folder is scanned again. Comments, allowlists and configuration count, the
/// baseline does not.
#[derive(ClapArgs, Debug)]
#[command(after_help = "Examples:
  tokensieve explain gitlab_deploy_token
  tokensieve explain 0123456789abcdef0123456789abcdef --git")]
pub(crate) struct ExplainArgs {
    /// The id of a rule, or a fingerprint.
    #[arg(value_name = "RULE|FINGERPRINT")]
    what: String,

    /// The file or folder that was scanned.
    #[arg(long, value_name = "PATH", default_value = ".")]
    path: PathBuf,

    /// Look at the whole history of the repository, too.
    #[arg(long)]
    git: bool,

    /// The baseline, instead of .tokensieve.baseline at the root: fingerprints have its key.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    #[command(flatten)]
    rules: RuleArgs,
}

/// The number of digits of a fingerprint.
const DIGITS: usize = 32;

/// Prints what is known.
pub(crate) fn run(args: &ExplainArgs) -> Result<Exit> {
    let is_fingerprint =
        args.what.len() == DIGITS && args.what.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_fingerprint { finding(args) } else { rule(args) }
}

fn rule(args: &ExplainArgs) -> Result<Exit> {
    let mut rules = RuleSet::builtin();
    for file in &args.rules.files {
        message::know_rule_file(file);
        rules.extend(settings::rules_of(file)?)?;
    }
    let rules = rules.only(&[&args.what])?;
    output::to_stdout(|out| rules.iter().try_for_each(|rule| about_rule::write(rule, out)))?;
    Ok(Exit::Clean)
}

fn finding(args: &ExplainArgs) -> Result<Exit> {
    let survey = SurveyArgs::of(args.path.clone(), args.rules.clone(), args.baseline.clone());
    let what = &args.what;
    let scans = scan_for_fingerprints(&survey, std::slice::from_ref(what), args.git, false)?;
    let Some((found, outcome)) = scans.find(what) else {
        let history = if args.git { "" } else { "; --git looks at the history, too" };
        bail!("no finding in {} has the fingerprint {what}{history}", args.path.display());
    };
    let rule = found.rule().clone();
    let id = found.fingerprint().secret_id;
    // With all other places of the secret.
    let places: Vec<Finding> = outcome
        .findings
        .iter()
        .filter(|other| other.fingerprint().secret_id == id && other.rule().id() == rule.id())
        .cloned()
        .collect();
    let report = Report::new(&places, &outcome.coverage, env!("CARGO_PKG_VERSION"));
    let style = TextStyle { is_verbose: true, ..TextStyle::default() };
    output::to_stdout(|out| {
        report.write(Format::Text, style, out)?;
        writeln!(out)?;
        about_rule::write(&rule, out)
    })?;
    Ok(Exit::Clean)
}
