//! How paths are shown.

use tokensieve_core::{Redactor, escape};

/// Makes a path fit to be shown: secrets are redacted, control characters escaped, and bytes that
/// are no UTF-8 replaced.
pub fn shown_path(redactor: &Redactor, path: &[u8]) -> String {
    escape(redactor.redact(&String::from_utf8_lossy(path)).chars())
}
