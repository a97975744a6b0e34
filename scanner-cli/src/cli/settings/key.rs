//! The key of fingerprints, and the key that the ids of a baseline were made with.

use std::path::PathBuf;

use anyhow::{Context, Result};
use tokensieve_core::FingerprintKey;
use tokensieve_core::suppression::Baseline;

/// The environment variable that names a file with the key of all fingerprints.
pub(crate) const KEY_FILE: &str = "TOKENSIEVE_KEY_FILE";

/// Reads the key from the file that the environment names, if it names one.
///
/// # Errors
///
/// The file cannot be read, or holds no key.
pub(crate) fn from_environment() -> Result<Option<FingerprintKey>> {
    let Some(file) = std::env::var_os(KEY_FILE).filter(|file| !file.is_empty()) else {
        return Ok(None);
    };
    let file = PathBuf::from(file);
    let named = || format!("{KEY_FILE} names {}", file.display());
    let key = std::fs::read(&file).with_context(named)?;
    FingerprintKey::new(key.trim_ascii()).map(Some).with_context(named)
}

/// Returns the key that the ids of a baseline were made with.
///
/// # Errors
///
/// The baseline does not hold its key, and `custom_key` is not that key.
pub(crate) fn key_of(
    baseline: &Baseline,
    name: &str,
    custom_key: Option<&FingerprintKey>,
) -> Result<FingerprintKey> {
    baseline.key().key(custom_key).with_context(|| {
        format!(
            "{name}:1: its ids were made with a key that is kept elsewhere: \
             set {KEY_FILE} to the file with it, or use --no-baseline"
        )
    })
}
