//! Writes the reports of a scan: the one that was asked for first, and the files beside it.
//!
//! A report that cannot be written takes no other one with it. Where the findings have then been
//! shown to nobody, they go to standard error.

use std::borrow::Cow;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use tokensieve_core::Finding;
use tokensieve_core::report::{Forge, Format, LinkTemplate, Report, TextStyle};

use crate::cli::args::ReportFile;
use crate::cli::output::message;
use crate::cli::output::{STDOUT, Target, to_file, to_stdout};
use crate::cli::settings::Settings;
use crate::pipeline::Outcome;

/// All that is special about a device is that nothing written to it is lost.
const NULL_DEVICE: &str = "/dev/null";

/// The reports of one scan.
pub(crate) struct Reports<'a> {
    settings: &'a Settings,
    /// When the scan started, in seconds since 1970.
    started: i64,
    failures: usize,
    /// Somebody can read the findings where the program was called.
    is_shown: bool,
}

impl<'a> Reports<'a> {
    /// Refuses two reports that go to one place. Nothing is written yet.
    pub(crate) fn new(settings: &'a Settings) -> Result<Self> {
        let mut places: Vec<PathBuf> = Vec::new();
        let files = settings.reports.iter().map(|report| report.file.as_path());
        let main = settings.output.as_deref().unwrap_or(Path::new(STDOUT));
        for file in std::iter::once(main).chain(files) {
            let place = place_of(file);
            if place != Path::new(NULL_DEVICE) && places.contains(&place) {
                let name = if file == Path::new(STDOUT) {
                    Cow::Borrowed("standard output")
                } else {
                    file.to_string_lossy()
                };
                bail!("two reports cannot both go to {name}: give one of them another --report");
            }
            places.push(place);
        }
        Ok(Self { settings, started: now(), failures: 0, is_shown: false })
    }

    /// Writes the reports that hold secrets in clear though the others do not. They come first,
    /// while the findings have their secrets.
    pub(crate) fn write_raw(&mut self, outcome: &Outcome) {
        if self.settings.has_raw_extracts {
            self.write_where(outcome, |format| format == Format::Gitlab);
        }
    }

    /// Writes all others.
    pub(crate) fn write_others(&mut self, outcome: &Outcome) {
        let raw = self.settings.has_raw_extracts;
        self.write_where(outcome, |format| !(raw && format == Format::Gitlab));
    }

    /// Returns whether all of them were written. If not, and nobody has seen the findings, they are
    /// written to standard error.
    pub(crate) fn finish(self, outcome: &Outcome) -> bool {
        if self.failures > 0 && !self.is_shown {
            let findings = findings(self.settings, outcome);
            let report = Report::new(&findings, &outcome.coverage, env!("CARGO_PKG_VERSION"));
            let mut text = Vec::new();
            if report.write(Format::Text, TextStyle::default(), &mut text).is_ok() {
                message::write_stderr(&String::from_utf8_lossy(&text));
            }
        }
        self.failures == 0
    }

    fn write_where(&mut self, outcome: &Outcome, is_wanted: impl Fn(Format) -> bool) {
        let settings = self.settings;
        let findings = findings(settings, outcome);
        let link = link(settings, outcome);
        let mut report = Report::new(&findings, &outcome.coverage, env!("CARGO_PKG_VERSION"));
        report.started_and_ended = (self.started, now());
        report.link = link.as_ref();
        report.has_raw_extracts = settings.has_raw_extracts;
        report.is_uncommitted = outcome.is_uncommitted;
        let main = (settings.format, settings.output.as_deref());
        let files = settings.reports.iter().map(|ReportFile { format, file }| {
            (*format, Some(file.as_path()).filter(|file| *file != Path::new(STDOUT)))
        });
        for (format, file) in std::iter::once(main).chain(files) {
            if !is_wanted(format) {
                continue;
            }
            match write(settings, &report, format, file) {
                Ok(()) => self.is_shown |= file.is_none() && format == Format::Text,
                Err(error) => {
                    self.failures += 1;
                    message::error(&error);
                }
            }
        }
    }
}

fn write(
    settings: &Settings,
    report: &Report<'_>,
    format: Format,
    file: Option<&Path>,
) -> Result<()> {
    let Some(path) = file else {
        return to_stdout(|out| report.write(format, settings.style, out));
    };
    let is_raw = settings.has_raw_extracts && format == Format::Gitlab;
    let is_private = settings.options.shows_secrets || is_raw;
    let style = TextStyle { is_coloured: settings.colours_files, ..settings.style };
    let target = Target { path, is_private, roots: &settings.roots };
    to_file(&target, |out: &mut dyn Write| report.write(format, style, out))
}

/// What reports list: what counts, and on request what is suppressed.
fn findings<'a>(settings: &Settings, outcome: &'a Outcome) -> Cow<'a, [Finding]> {
    let mut findings = Cow::Borrowed(outcome.findings.as_slice());
    if settings.shows_suppressed {
        findings.to_mut().extend(outcome.suppressed.iter().cloned());
        findings.to_mut().sort_by(Finding::report_order);
    }
    findings
}

/// How findings link to a forge: as the user says, else by the remote. A CI job knows what kind of
/// forge its own host is.
fn link(settings: &Settings, outcome: &Outcome) -> Option<LinkTemplate> {
    if settings.link.is_some() {
        return settings.link.clone();
    }
    let remote = &outcome.coverage.repository.as_ref()?.uri;
    let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let is_on = |server: &str| {
        let host = server.split_once("://").map_or(server, |(_, rest)| rest);
        let host = host.split(['/', ':']).next().unwrap_or_default();
        let rest = remote.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', ':']).next() == Some(host)
    };
    let forge = if variable("CI_SERVER_HOST").is_some_and(|host| is_on(&host)) {
        Some(Forge::Gitlab)
    } else if variable("GITHUB_SERVER_URL").is_some_and(|server| is_on(&server)) {
        Some(Forge::Github)
    } else {
        None
    };
    LinkTemplate::of_remote(remote, forge)
}

/// The file that a path leads to, as far as it is there.
fn place_of(path: &Path) -> PathBuf {
    if path == Path::new(STDOUT) {
        return path.to_owned();
    }
    if let Ok(place) = path.canonicalize() {
        return place;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
}
