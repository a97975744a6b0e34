//! Where reports go.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, bail};

/// What names standard output where a file is asked for.
pub(crate) const STDOUT: &str = "-";
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

/// A file to be written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target<'a> {
    pub(crate) path: &'a Path,
    /// Nobody but its owner may read it.
    pub(crate) is_private: bool,
    /// Folders whose links are not followed, absolute and without links: whoever writes a scanned
    /// tree must not choose the file that a report overwrites.
    pub(crate) roots: &'a [PathBuf],
}

impl<'a> Target<'a> {
    /// A file that anyone may read, where no tree is scanned.
    pub(crate) fn of_user(path: &'a Path) -> Self {
        Self { path, is_private: false, roots: &[] }
    }
}

/// Writes a report to a file: whole or not at all where the file is absent or a regular one that
/// can be replaced, in place where it can only be written to, and where it is something else, such
/// as `/dev/null` or a pipe.
///
/// A link is followed, unless it stands below one of the roots: then it is replaced itself.
///
/// # Errors
///
/// The file cannot be written, a folder on the way to it is a link below a root, or it could not be
/// kept private.
pub(crate) fn to_file(
    target: &Target<'_>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let path = target.path;
    if path.as_os_str() == STDOUT {
        return to_stdout(write);
    }
    let failed = || format!("cannot write the report to {}", path.display());
    let is_planted = match planted_link(path, target.roots) {
        Some(link) if link != std::path::absolute(path).with_context(failed)? => bail!(
            "{}: {} is a link in the scanned tree, which is not followed",
            failed(),
            link.display()
        ),
        link => link.is_some(),
    };
    let is_special = !is_planted && path.metadata().is_ok_and(|metadata| !metadata.is_file());
    if is_special {
        let file = OpenOptions::new().write(true).open(path).with_context(failed)?;
        return write_all(file, write).with_context(failed);
    }
    // A link of the user is kept: what it leads to is replaced.
    let followed = if is_planted { None } else { path.canonicalize().ok() };
    let file = followed.unwrap_or_else(|| path.to_owned());
    replace(&file, target.is_private, write).with_context(failed)
}

/// The first link on the way to a path that stands below one of the roots.
fn planted_link(path: &Path, roots: &[PathBuf]) -> Option<PathBuf> {
    let absolute = std::path::absolute(path).ok()?;
    let mut on_the_way: Vec<&Path> = absolute.ancestors().collect();
    on_the_way.reverse();
    let is_planted = |link: &&Path| {
        let folder = || link.parent().and_then(|folder| folder.canonicalize().ok());
        link.is_symlink()
            && folder().is_some_and(|folder| roots.iter().any(|root| folder.starts_with(root)))
    };
    on_the_way.into_iter().find(is_planted).map(Path::to_owned)
}

/// Puts a new file in the place of one, or writes it in place where that cannot be done: in a
/// folder that is read-only or sticky, or where something is mounted on the file.
fn replace(
    file: &Path,
    is_private: bool,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder =
        file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mode = if is_private { PRIVATE_MODE } else { PUBLIC_MODE };
    let temporary = tempfile::Builder::new().prefix(".tokensieve-").make_in(folder, |path| {
        OpenOptions::new().write(true).read(true).create_new(true).mode(mode).open(path)
    });
    let temporary = match temporary {
        Ok(temporary) => temporary,
        Err(error) => {
            return match open_in_place(file, is_private) {
                Ok(existing) => write_all(existing, write),
                // Why it could not be replaced says more than that it is not there.
                Err(_) => Err(error),
            };
        }
    };
    let guard = CtrlC::removes(temporary.path());
    write_all(temporary.as_file().try_clone()?, write)?;
    if let Ok(existing) = file.metadata()
        && existing.is_file()
        && !file.is_symlink()
        && !is_private
    {
        temporary
            .as_file()
            .set_permissions(PermissionsExt::from_mode(existing.permissions().mode()))?;
    }
    if let Err(failed) = temporary.persist(file) {
        let mut existing = open_in_place(file, is_private).map_err(|_| failed.error)?;
        let mut written = failed.file.as_file();
        written.rewind()?;
        io::copy(&mut written, &mut existing)?;
    }
    drop(guard);
    Ok(())
}

/// Opens a regular file that is there, without following a link, and empties it.
fn open_in_place(file: &Path, is_private: bool) -> io::Result<File> {
    let existing = OpenOptions::new()
        .write(true)
        .custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK)
        .open(file)?;
    if !existing.metadata()?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    if is_private {
        existing.set_permissions(PermissionsExt::from_mode(PRIVATE_MODE))?;
    }
    existing.set_len(0)?;
    Ok(existing)
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
