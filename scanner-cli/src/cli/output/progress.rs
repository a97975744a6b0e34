//! The progress bar: on a terminal only, and only where a scan takes long enough to be waited for.

use std::sync::mpsc::{Sender, channel};
use std::thread::Scope;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::pipeline::Progress;

/// Scans that are done by then show nothing.
const DELAY_BEFORE_BAR: Duration = Duration::from_millis(500);
const REFRESH_INTERVAL: Duration = Duration::from_millis(100);

/// Shows how far a scan has come until the guard is dropped.
pub(crate) fn show<'s>(scope: &'s Scope<'s, '_>, progress: &'s Progress) -> Sender<()> {
    let (done, is_done) = channel::<()>();
    let started = Instant::now();
    scope.spawn(move || {
        // A scan that ends drops its sender, which ends the waiting.
        let is_running =
            |time| is_done.recv_timeout(time) == Err(std::sync::mpsc::RecvTimeoutError::Timeout);
        if !is_running(DELAY_BEFORE_BAR) {
            return;
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        loop {
            let (files, bytes) = progress.so_far();
            let files = match progress.expected() {
                Some(expected) => {
                    format!("{} of {} objects", HumanCount(files), HumanCount(expected))
                }
                None => format!("{} files", HumanCount(files)),
            };
            let rate = (bytes as f64 / started.elapsed().as_secs_f64().max(1e-3)) as u64;
            bar.set_message(format!("{files}, {}, {}/s", HumanBytes(bytes), HumanBytes(rate)));
            bar.tick();
            if !is_running(REFRESH_INTERVAL) {
                break;
            }
        }
        bar.finish_and_clear();
    });
    done
}
