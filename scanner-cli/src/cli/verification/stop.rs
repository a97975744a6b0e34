//! Ctrl-C while an instance is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a shell reports for a process that an interrupt ended.
const INTERRUPTED: i32 = 130;

/// The first Ctrl-C sets `stop`, the second one ends the program.
pub(super) fn on_ctrl_c(stop: Arc<AtomicBool>) {
    let handler = move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(INTERRUPTED);
        }
    };
    // Where a handler is there already, that one decides.
    let _ = ctrlc::set_handler(handler);
}
