//! What all scans do around their source: progress, report, last words, exit code.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use anyhow::Result;
use tokensieve_core::Finding;
use tokensieve_core::report::Report;

use crate::cli::args::VerifyArgs;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::output::message;
use crate::cli::output::progress;
use crate::cli::output::summary;
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
/// The scan could not start, or the report could not be written.
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
    options.shows_secrets |= revise.is_some();
    let pipeline = Pipeline::new(settings.scanner.clone(), options);
    if !settings.is_quiet {
        output::warn(&settings.warnings);
        output::warn(settings.options.suppressions.warnings());
    }
    let is_watched = !settings.is_quiet && io::stderr().is_terminal();
    let outcome = std::thread::scope(|scope| {
        let bar = is_watched.then(|| progress::show(scope, pipeline.progress()));
        let outcome = scan(&pipeline);
        drop(bar);
        outcome
    });
    let mut outcome = outcome?;
    outcome.finish();
    outcome.coverage.rules = settings.rules.len();
    outcome.coverage.configuration.clone_from(&settings.configuration);
    if let Some(revise) = revise {
        revise(&mut outcome);
        if !settings.options.shows_secrets {
            hide_secrets(&mut outcome.findings);
            hide_secrets(&mut outcome.suppressed);
        }
    }
    write_report(settings, &outcome)?;
    if !settings.is_quiet {
        let mut text = outcome.notes.iter().fold(String::new(), |text, note| text + note + "\n");
        if settings.style.is_verbose {
            text += &summary::details(&outcome.coverage);
        }
        text += &summary::of(&outcome, started.elapsed());
        message::write_stderr(&text);
    }
    Ok(Exit::of(&outcome, settings.exit_code))
}

fn hide_secrets(findings: &mut Vec<Finding>) {
    let hidden = findings.drain(..).map(Finding::without_secret).collect();
    *findings = hidden;
}

fn write_report(settings: &Settings, outcome: &Outcome) -> Result<()> {
    let mut findings = Cow::Borrowed(&outcome.findings);
    if settings.shows_suppressed {
        findings.to_mut().extend(outcome.suppressed.iter().cloned());
        findings.to_mut().sort_by(Finding::report_order);
    }
    let report = Report {
        findings: &findings,
        coverage: &outcome.coverage,
        tool_version: env!("CARGO_PKG_VERSION"),
    };
    let write = |out: &mut dyn Write| report.write(settings.format, settings.style, out);
    match &settings.output {
        Some(path) => {
            let target =
                Target { path, is_private: settings.options.shows_secrets, roots: &settings.roots };
            output::to_file(&target, write)
        }
        None => output::to_stdout(write),
    }
}
