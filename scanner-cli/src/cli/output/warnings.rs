//! Warnings on standard error.

use std::io::{self, Write};

use tokensieve_core::escape;

use super::file::redact_without_scanner;

/// Prints warnings on standard error. They may quote files, so secrets and control characters are
/// taken out.
pub(crate) fn warn(warnings: &[String]) {
    for warning in warnings {
        let warning = escape(redact_without_scanner(warning).chars());
        let _ = writeln!(io::stderr(), "tokensieve: warning: {warning}");
    }
}
