//! The file that a new secret is put in: made, sized and on the disk before it is needed.

use std::fs::{File, OpenOptions, Permissions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tokensieve_core::Secret;
use zeroize::Zeroizing;

/// What only its owner may read.
const MODE: u32 = 0o600;
/// How many bytes are reserved; no credential of GitLab is as long.
const RESERVED: usize = 4096;

/// A file that is ready to take a secret.
///
/// Line ends fill it, so that it is blank at each moment before the secret is in it, and a whole
/// credential file at each moment after that. Writing needs no further room on the disk.
#[derive(Debug)]
pub struct SecretFile {
    file: File,
    path: PathBuf,
    folder: File,
    /// This run made it, and may remove it again.
    is_new: bool,
}

impl SecretFile {
    /// Makes the file with mode 0600, fills it, and syncs it and its folder. A blank file, as a
    /// run that was cut short leaves it, is taken over.
    ///
    /// # Errors
    ///
    /// The folder cannot be written to, the disk is full, or something else is there.
    pub fn create(path: &Path) -> io::Result<Self> {
        let folder = File::open(folder_of(path))?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).mode(MODE).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK);
        let (file, is_new) = match options.clone().create_new(true).open(path) {
            Ok(file) => (file, true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                (take_over(options.open(path)?)?, false)
            }
            Err(error) => return Err(error),
        };
        let made = Self { file, path: path.to_owned(), folder, is_new };
        match made.fill() {
            Ok(()) => Ok(made),
            Err(error) => {
                made.discard();
                Err(error)
            }
        }
    }

    fn fill(&self) -> io::Result<()> {
        check_limit(RESERVED as u64)?;
        self.file.set_permissions(Permissions::from_mode(MODE))?;
        self.file.write_all_at(&[b'\n'; RESERVED], 0)?;
        self.file.set_len(RESERVED as u64)?;
        self.file.sync_all()?;
        self.folder.sync_all()
    }

    /// Puts the secret and a line end in the file, and syncs it and its folder.
    ///
    /// # Errors
    ///
    /// The disk fails, or the secret is longer than the 4095 bytes that are reserved.
    pub fn store(&self, secret: &Secret) -> io::Result<()> {
        let bytes = secret.expose();
        if bytes.len() >= RESERVED {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the secret is too long"));
        }
        let mut line = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
        line.extend_from_slice(bytes);
        line.push(b'\n');
        self.file.write_all_at(&line, 0)?;
        self.file.sync_all()?;
        self.folder.sync_all()?;
        // The line ends behind it do no harm where they stay.
        let _ = self.file.set_len(line.len() as u64).and_then(|()| self.file.sync_all());
        Ok(())
    }

    /// Removes the file, if this run made it: nothing is to be put in it.
    pub fn discard(self) {
        if self.is_new {
            // A blank file that stays is taken over by the next run.
            let _ = std::fs::remove_file(&self.path);
        }
    }

    /// The secret in a file; none where it is blank or not there.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no credential file.
    pub fn value(path: &Path) -> io::Result<Option<Secret>> {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        value_of(&file)
    }
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fails where the process may not write a file of this length. Without this, the system ends a
/// process that tries.
pub(super) fn check_limit(len: u64) -> io::Result<()> {
    let limit = rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
    match limit {
        Some(most) if most < len => Err(io::ErrorKind::FileTooLarge.into()),
        _ => Ok(()),
    }
}

fn take_over(file: File) -> io::Result<File> {
    let wrong = |why: &str| Err(io::Error::new(io::ErrorKind::AlreadyExists, why));
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return wrong("it is there, and no regular file");
    }
    if metadata.nlink() != 1 {
        return wrong("it is there, and has other names");
    }
    match value_of(&file) {
        Ok(None) => Ok(file),
        _ => wrong("it is there, and not empty: name a new file"),
    }
}

fn value_of(file: &File) -> io::Result<Option<Secret>> {
    let wrong = || Err(io::Error::new(io::ErrorKind::InvalidData, "it holds no single credential"));
    if !file.metadata()?.is_file() {
        return wrong();
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(RESERVED + 1));
    file.take(RESERVED as u64 + 1).read_to_end(&mut bytes)?;
    let value = bytes.trim_ascii();
    if bytes.len() > RESERVED || value.iter().any(|byte| !byte.is_ascii_graphic()) {
        return wrong();
    }
    Ok((!value.is_empty()).then(|| Secret::new(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_before_and_whole_after() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new");
        let file = SecretFile::create(&path).unwrap();
        let metadata = path.metadata().unwrap();
        assert_eq!((metadata.mode() & 0o777, metadata.len()), (0o600, RESERVED as u64));
        assert!(SecretFile::value(&path).unwrap().is_none());
        file.store(&Secret::new(b"sesame")).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"sesame\n");
        assert!(SecretFile::value(&path).unwrap().is_some_and(|it| it.expose() == b"sesame"));
    }

    #[test]
    fn a_read_only_folder_after_the_start_does_no_harm() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new");
        let file = SecretFile::create(&path).unwrap();
        std::fs::set_permissions(dir.path(), Permissions::from_mode(0o500)).unwrap();
        file.store(&Secret::new(b"sesame")).unwrap();
        std::fs::set_permissions(dir.path(), Permissions::from_mode(0o700)).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"sesame\n");
    }

    #[test]
    fn only_blank_files_are_taken_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new");
        SecretFile::create(&path).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let again = SecretFile::create(&path).unwrap();
        assert_eq!(path.metadata().unwrap().mode() & 0o777, 0o600);
        again.store(&Secret::new(b"sesame")).unwrap();
        let error = SecretFile::create(&path).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).unwrap(), b"sesame\n");
        let link = dir.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(SecretFile::create(&link).is_err());
        for special in ["/dev/full", "/dev/null", "/"] {
            assert!(SecretFile::create(Path::new(special)).is_err(), "{special}");
        }
        std::fs::write(&path, "\n\n").unwrap();
        std::fs::hard_link(&path, dir.path().join("other")).unwrap();
        assert!(SecretFile::create(&path).is_err());
    }

    #[test]
    fn what_was_made_in_vain_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("new");
        SecretFile::create(&path).unwrap().discard();
        assert!(!path.exists());
        assert!(SecretFile::create(&dir.path().join("no/such")).is_err());
        let file = SecretFile::create(&path).unwrap();
        assert!(file.store(&Secret::new(&[b'x'; RESERVED])).is_err());
        assert!(SecretFile::value(&path).unwrap().is_none());
    }
}
