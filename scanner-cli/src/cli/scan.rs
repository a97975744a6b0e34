//! `tokensieve scan`

use std::io::{self, IsTerminal, Write};
use std::time::Instant;

use anyhow::Result;
use tokensieve_core::report::Report;
use tokensieve_core::{Origin, Skip};

use super::args::ScanArgs;
use super::exit::Exit;
use super::settings::Settings;
use super::{output, progress, summary};
use crate::pipeline::{Outcome, Pipeline};
use crate::source::scan_paths;

/// Scans what the arguments name and reports what was found.
pub(super) fn run(args: &ScanArgs) -> Result<Exit> {
    let started = Instant::now();
    let settings = Settings::resolve(args)?;
    let pipeline = Pipeline::new(settings.scanner.clone(), settings.options.clone());
    let is_watched = !args.output.quiet && io::stderr().is_terminal();
    let mut outcome = std::thread::scope(|scope| {
        let bar = is_watched.then(|| progress::show(scope, pipeline.progress()));
        let outcome = scan_everything(&pipeline, &settings);
        drop(bar);
        outcome
    });
    outcome.coverage.rules = settings.rules.len();
    write_report(&settings, &outcome)?;
    if !args.output.quiet {
        let mut text = outcome.notes.iter().fold(String::new(), |text, note| text + note + "\n");
        if args.output.verbose {
            text += &summary::details(&outcome.coverage);
        }
        text += &summary::of(&outcome, started.elapsed());
        // Nobody is there to be told that stderr is gone.
        let _ = io::stderr().write_all(text.as_bytes());
    }
    Ok(Exit::of(&outcome, settings.exit_code))
}

fn scan_everything(pipeline: &Pipeline, settings: &Settings) -> Outcome {
    if let Some(name) = &settings.stdin {
        let origin = Origin::new(name.as_bytes(), name.as_bytes());
        let mut worker = pipeline.worker();
        if worker.reader(&origin, io::stdin().lock()).is_err() {
            worker.skip(Skip::Unreadable, &origin);
        }
    }
    scan_paths(pipeline, &settings.walk, &settings.paths)
}

fn write_report(settings: &Settings, outcome: &Outcome) -> Result<()> {
    let report =
        Report { findings: &outcome.findings, coverage: &outcome.coverage, tool_version: env!("CARGO_PKG_VERSION") };
    let write = |out: &mut dyn Write| report.write(settings.format, settings.style, out);
    match &settings.output {
        Some(path) => output::to_file(path, settings.options.shows_secrets, write),
        None => output::to_stdout(write),
    }
}
