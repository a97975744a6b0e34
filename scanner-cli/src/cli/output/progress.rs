//! How far a scan has come: a bar on a terminal, plain lines in the log of a CI job. Scans that are
//! done soon show nothing.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Scope;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle as BarStyle};

use crate::cli::args::ProgressStyle;
use crate::cli::output::message;
use crate::pipeline::Progress;

/// Scans that are done by then show no bar.
const DELAY_BEFORE_BAR: Duration = Duration::from_millis(500);
const REFRESH_INTERVAL: Duration = Duration::from_millis(100);
/// A log has a line so often.
const LINE_INTERVAL: Duration = Duration::from_secs(10);

/// What is shown.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Bar,
    Lines,
}

/// What is shown here, if anything is.
pub(crate) fn kind(style: ProgressStyle) -> Option<Kind> {
    let is_ci = || std::env::var_os("CI").is_some_and(|value| !value.is_empty());
    match style {
        ProgressStyle::Never => None,
        ProgressStyle::Plain => Some(Kind::Lines),
        ProgressStyle::Auto if io::stderr().is_terminal() => Some(Kind::Bar),
        ProgressStyle::Auto => is_ci().then_some(Kind::Lines),
    }
}

/// Shows how far a scan has come until the guard is dropped.
pub(crate) fn show<'s>(scope: &'s Scope<'s, '_>, progress: &'s Progress, kind: Kind) -> Sender<()> {
    let (done, is_done) = channel::<()>();
    scope.spawn(move || match kind {
        Kind::Bar => bar(progress, &is_done),
        Kind::Lines => lines(progress, &is_done),
    });
    done
}

/// Waits; returns whether the scan still runs. A scan that ends drops its sender.
fn is_running(is_done: &Receiver<()>, time: Duration) -> bool {
    is_done.recv_timeout(time) == Err(RecvTimeoutError::Timeout)
}

fn bar(progress: &Progress, is_done: &Receiver<()>) {
    if !is_running(is_done, DELAY_BEFORE_BAR) {
        return;
    }
    let started = Instant::now();
    let bar = ProgressBar::no_length();
    let style = |template| BarStyle::with_template(template).unwrap_or(BarStyle::default_bar());
    bar.set_style(style("{spinner} {msg} {elapsed}"));
    loop {
        if let Some(expected) = progress.expected().filter(|_| bar.length().is_none()) {
            bar.set_length(expected);
            bar.set_style(style("{bar:24} {percent}% {msg}, {eta} left"));
        }
        bar.set_position(progress.so_far().0);
        bar.set_message(words(progress, started.elapsed()));
        bar.tick();
        if !is_running(is_done, REFRESH_INTERVAL) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn lines(progress: &Progress, is_done: &Receiver<()>) {
    let started = Instant::now();
    while is_running(is_done, LINE_INTERVAL) {
        message::print(&format!("so far {}", words(progress, started.elapsed())));
    }
}

/// Files or objects, bytes, bytes a second.
fn words(progress: &Progress, elapsed: Duration) -> String {
    let (files, bytes) = progress.so_far();
    let files = match progress.expected() {
        Some(expected) => format!("{} of {} objects", HumanCount(files), HumanCount(expected)),
        None => format!("{} files", HumanCount(files)),
    };
    let rate = (bytes as f64 / elapsed.as_secs_f64().max(1e-3)) as u64;
    format!("{files}, {}, {}/s", HumanBytes(bytes), HumanBytes(rate))
}
