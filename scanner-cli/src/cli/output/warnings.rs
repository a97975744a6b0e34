//! Warnings on standard error.

use super::message;

/// Prints warnings on standard error. They may quote files, so secrets and control characters are
/// taken out.
pub(crate) fn warn(warnings: &[String]) {
    for warning in warnings {
        message::print(&format!("warning: {warning}"));
    }
}
