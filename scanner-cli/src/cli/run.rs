//! What all scans do around their source: progress, report, last words, exit code.

use std::time::Instant;

use anyhow::Result;
use tokensieve_core::report::Format;
use tokensieve_core::{Finding, Severity};

use crate::cli::args::VerifyArgs;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::progress;
use crate::cli::output::summary;
use crate::cli::reports::Reports;
use crate::cli::settings::Settings;
#[cfg(feature = "gitlab")]
use crate::cli::verification::VerifySession;
use crate::pipeline::{Outcome, Pipeline};

/// What is done with an outcome before it is reported.
type Revise<'a> = &'a dyn Fn(&mut Outcome);

/// Runs a scan, asks an instance about what it found where that is wanted, and reports it.
pub(crate) fn run_verified(
    settings: &Settings,
    args: &VerifyArgs,
    scan: impl FnOnce(&Pipeline) -> Result<Outcome>,
) -> Result<Exit> {
    #[cfg(feature = "gitlab")]
    if let Some(session) = VerifySession::of_scan(args, settings.is_quiet)? {
        let redactor = settings.scanner.redactor();
        let verify = |outcome: &mut Outcome| session.verify(outcome, redactor);
        return run_revised(settings, Some(&verify), scan);
    }
    let _ = args;
    run_revised(settings, None, scan)
}

/// Runs a scan, writes its report and summary, and returns the exit code.
///
/// # Errors
///
/// The scan could not start, or two reports would go to one file. A report that cannot be written
/// is no error here: a message says so, and the exit code is that of a wrong argument.
#[cfg(feature = "git")]
pub(crate) fn run(
    settings: &Settings,
    scan: impl FnOnce(&Pipeline) -> Result<Outcome>,
) -> Result<Exit> {
    run_revised(settings, None, scan)
}

/// The same; `revise` is handed the outcome with all secrets in clear, which are taken out of it
/// afterwards unless the user wants them shown.
fn run_revised(
    settings: &Settings,
    revise: Option<Revise<'_>>,
    scan: impl FnOnce(&Pipeline) -> Result<Outcome>,
) -> Result<Exit> {
    let started = Instant::now();
    let mut options = settings.options.clone();
    options.shows_secrets |= revise.is_some() || settings.has_raw_extracts;
    let mut reports = Reports::new(settings)?;
    let pipeline = Pipeline::new(settings.scanner.clone(), options);
    if !settings.is_quiet {
        output::warn(&settings.warnings);
        output::warn(settings.options.suppressions.warnings());
    }
    let shows = if settings.is_quiet { None } else { progress::kind(settings.progress) };
    let outcome = std::thread::scope(|scope| {
        let bar = shows.map(|kind| progress::show(scope, pipeline.progress(), kind));
        let outcome = scan(&pipeline);
        drop(bar);
        outcome
    });
    let mut outcome = outcome?;
    outcome.finish();
    outcome.coverage.rules = settings.rules.len();
    leave_out_less_severe(&mut outcome, settings.min_severity);
    outcome.coverage.configuration.clone_from(&settings.configuration);
    if let Some(revise) = revise {
        revise(&mut outcome);
    }
    reports.write_raw(&outcome);
    if !settings.options.shows_secrets {
        hide_secrets(&mut outcome.findings);
        hide_secrets(&mut outcome.suppressed);
    }
    reports.write_others(&outcome);
    let is_written = reports.finish(&outcome);
    let exit = if is_written {
        Exit::of(&outcome, settings.exit_code, settings.fail_on)
    } else {
        Exit::Usage
    };
    if !settings.is_quiet {
        let mut text = outcome.notes.iter().fold(String::new(), |text, note| text + note + "\n");
        if settings.style.is_verbose {
            text += &summary::details(&outcome.coverage);
        }
        text += &summary::of(&outcome, started.elapsed());
        if settings.format == Format::Text {
            text += summary::way_out(&outcome);
        }
        text += &summary::verdict(&outcome, exit);
        message::write_stderr(&text);
    }
    Ok(exit)
}

/// Takes out of the findings what is less severe than the user wants to see, and counts it.
fn leave_out_less_severe(outcome: &mut Outcome, least: Option<Severity>) {
    let Some(least) = least else { return };
    let before = outcome.findings.len();
    outcome.findings.retain(|finding| finding.rule().severity() >= least);
    for _ in outcome.findings.len()..before {
        outcome.coverage.suppress("low severity");
    }
}

fn hide_secrets(findings: &mut Vec<Finding>) {
    let hidden = findings.drain(..).map(Finding::without_secret).collect();
    *findings = hidden;
}
