//! Where reports go.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};

/// What only its owner may read.
const PRIVATE_MODE: u32 = 0o600;
/// What a shell's redirection would make, before the umask.
const PUBLIC_MODE: u32 = 0o666;

/// Writes a report to standard output. A reader that has gone away has read enough.
pub(crate) fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result.context("cannot write the report to standard output"),
    }
}

/// Writes a report to a file: whole or not at all where the file is absent or a regular one, in
/// place where it is something else, such as `/dev/null` or a pipe.
pub(crate) fn to_file(
    path: &Path,
    is_private: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let failed = || format!("cannot write the report to {}", path.display());
    let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    if is_special {
        let file = OpenOptions::new().write(true).open(path).with_context(failed)?;
        return write_all(file, write).with_context(failed);
    }
    // A link is kept: what it leads to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder =
        target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = if is_private { PRIVATE_MODE } else { PUBLIC_MODE };
    let temporary = tempfile::Builder::new()
        .prefix(".tokensieve-")
        .make_in(folder, |path| {
            OpenOptions::new().write(true).create_new(true).mode(mode).open(path)
        })
        .with_context(failed)?;
    let guard = CtrlC::removes(temporary.path());
    write_all(temporary.as_file().try_clone().with_context(failed)?, write).with_context(failed)?;
    if let Ok(existing) = target.metadata()
        && !is_private
    {
        let mode = existing.permissions().mode();
        temporary
            .as_file()
            .set_permissions(PermissionsExt::from_mode(mode))
            .with_context(failed)?;
    }
    temporary.persist(&target).map_err(|error| error.error).with_context(failed)?;
    drop(guard);
    Ok(())
}

fn write_all(file: File, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    write(&mut out)?;
    out.flush()
}

/// While it lives, Ctrl-C and SIGTERM remove a file before they end the process.
struct CtrlC {
    file: Arc<Mutex<Option<PathBuf>>>,
}

impl CtrlC {
    fn removes(path: &Path) -> Self {
        /// What a shell reports for a process that an interrupt ended.
        const INTERRUPTED: i32 = 130;
        let file = Arc::new(Mutex::new(Some(path.to_owned())));
        let for_handler = Arc::clone(&file);
        // Where a handler is there already, that one decides.
        let _ = ctrlc::set_handler(move || {
            if let Ok(Some(path)) = for_handler.lock().map(|mut file| file.take()) {
                let _ = std::fs::remove_file(path);
            }
            std::process::exit(INTERRUPTED);
        });
        Self { file }
    }
}

impl Drop for CtrlC {
    fn drop(&mut self) {
        if let Ok(mut file) = self.file.lock() {
            *file = None;
        }
    }
}
