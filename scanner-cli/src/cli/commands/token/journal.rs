//! Where the journal of what was begun is.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

/// The journal's file: the one that is named, or the user's own.
///
/// # Errors
///
/// None is named, and the user has no home.
pub(super) fn path(named: Option<&Path>) -> Result<PathBuf> {
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    let absolute = |name: &str| {
        let value = PathBuf::from(std::env::var_os(name)?);
        value.is_absolute().then_some(value)
    };
    let home = || absolute("HOME").map(|home| home.join(".local/state"));
    let Some(state) = absolute("XDG_STATE_HOME").or_else(home) else {
        bail!("there is no home for the journal: name it with --journal");
    };
    Ok(state.join("tokensieve/rotations.jsonl"))
}
