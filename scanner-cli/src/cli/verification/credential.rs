//! Reads a credential: from a file, from standard input, from an environment variable; never from
//! the command line, which other users of the machine can read.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tokensieve_core::Secret;
use zeroize::Zeroizing;

use crate::cli::args::InstanceArgs;
use crate::cli::output;

/// No credential is longer.
const LONGEST: usize = 64 << 10;
/// Bits of a mode that let others than the owner read.
const OTHERS: u32 = 0o044;
const STDIN: &str = "-";

/// The caller's own credential, where one is named.
pub(super) fn own(args: &InstanceArgs) -> Result<Option<Secret>> {
    if let Some(file) = &args.token_file {
        return of_file(file).map(Some);
    }
    let Some(name) = &args.token_env else { return Ok(None) };
    let Some(value) = std::env::var_os(name) else {
        bail!("--token-env: the environment has no variable {name}");
    };
    let value = Zeroizing::new(value.into_vec());
    trimmed(&value).map(Some).with_context(|| format!("the variable {name}"))
}

/// The credential in a file; `-` is standard input. Warns where others can read the file.
pub(crate) fn of_file(path: &Path) -> Result<Secret> {
    let named = || format!("cannot read a credential from {}", path.display());
    let mut bytes = Zeroizing::new(Vec::with_capacity(LONGEST + 1));
    if path.as_os_str() == STDIN {
        io::stdin().take(LONGEST as u64 + 1).read_to_end(&mut bytes).with_context(named)?;
    } else {
        let file = File::open(path).with_context(named)?;
        let metadata = file.metadata().with_context(named)?;
        if metadata.is_file() && metadata.permissions().mode() & OTHERS != 0 {
            let path = path.display();
            output::warn(&[format!("others can read the credential in {path}: chmod 600 {path}")]);
        }
        file.take(LONGEST as u64 + 1).read_to_end(&mut bytes).with_context(named)?;
    }
    trimmed(&bytes).with_context(named)
}

/// The first and only line.
fn trimmed(bytes: &[u8]) -> Result<Secret> {
    let value = bytes.trim_ascii();
    if value.is_empty() {
        bail!("it is empty");
    }
    if bytes.len() > LONGEST || value.iter().any(u8::is_ascii_whitespace) {
        bail!("it is more than one word");
    }
    Ok(Secret::new(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_and_nothing_else() {
        assert_eq!(trimmed(b" sesame\r\n").unwrap().expose(), b"sesame");
        for bad in [&b""[..], b" \n", b"two words", b"two\nlines", &[b'x'; LONGEST + 1]] {
            assert!(trimmed(bad).is_err());
        }
    }
}
