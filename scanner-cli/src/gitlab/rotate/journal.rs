//! What was begun and how it ended, so that a run that was cut short can be understood.
//!
//! JSON lines without any secret. Room for the lines of a rotation is on the disk before it begins.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::secret_file::{check_limit, folder_of};
use super::target::{Place, Target, TargetKind};
use crate::gitlab::wait::unix_now;

const VERSION: u32 = 1;
/// A longer journal is to be put aside.
const LONGEST: u64 = 64 << 20;
/// How many bytes are reserved for each of a rotation's lines.
const LINE: usize = 8 << 10;

/// What happened.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The call is about to be made. Without a later line, whether it was is not known.
    Begin,
    /// The new secret is in the file.
    Done,
    /// The call was not made, or did nothing.
    NotStarted,
    /// The call did its work, and the new secret is nowhere.
    Lost,
    /// As `Done`, after the answer to an earlier call was lost.
    Recovered,
    /// A second token was made; its secret is in the file, and the old one still lives.
    Made,
    /// The old token was revoked after its successor was deployed.
    Retired,
}

/// A line of the journal.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub struct Entry {
    pub(super) version: u32,
    /// Time, in Unix seconds by this machine.
    pub at: i64,
    /// What happened.
    pub event: Event,
    /// The instance's URL.
    pub instance: String,
    /// The kind of the token.
    pub kind: String,
    /// The id of the token that was to be rotated.
    pub id: u64,
    /// The path below which the calls about it are.
    pub base: String,
    /// The token that the call is about: after a lost answer that is a successor.
    pub current: u64,
    /// The name of a token that is made rather than rotated; its id is 0 then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Identifies the old secret without telling it, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_id: Option<String>,
    /// The account of the token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<u64>,
    /// Before this time by the server's clock, in Unix seconds, no successor can have been made.
    pub since: i64,
    /// The file of the new secret, absolute.
    pub secret_file: String,
    /// The new token, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_id: Option<u64>,
    /// When the new token expires.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Entry {
    /// A line about a token, the first of its rotation.
    #[must_use]
    pub fn begin(instance: String, kind: &str, id: u64, base: String) -> Self {
        Self {
            version: VERSION,
            at: 0,
            event: Event::Begin,
            instance,
            kind: kind.to_owned(),
            id,
            base,
            current: id,
            name: None,
            secret_id: None,
            user_id: None,
            since: 0,
            secret_file: String::new(),
            new_id: None,
            expires_at: None,
            reason: String::new(),
        }
    }
}

impl Entry {
    /// The token that it is about, as a command line would name it.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        let kind = TargetKind::named(&self.kind)?;
        let mut parts = self.base.strip_prefix("/api/v4/")?.split('/');
        let place = match (parts.next(), parts.next()) {
            (Some("projects"), Some(id)) => Some(Place::Project(id.to_owned())),
            (Some("groups"), Some(id)) => Some(Place::Group(id.to_owned())),
            _ => None,
        };
        Some(Target { kind, id: self.id, place })
    }
}

/// Why a journal cannot be used.
#[derive(Debug)]
pub enum JournalError {
    /// Another run holds it.
    Busy,
    /// A line cannot be understood; the number counts from 1.
    Broken(usize),
    /// It cannot be read or written.
    Io(io::Error),
}

impl std::fmt::Display for JournalError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Busy => f.write_str("another run is at work with it: wait for its end"),
            Self::Broken(line) => {
                write!(f, "line {line} cannot be understood: look at it, or name another journal")
            }
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for JournalError {}

impl From<io::Error> for JournalError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A journal that this run alone writes.
#[derive(Debug)]
pub struct Journal {
    file: File,
    entries: Vec<Entry>,
    /// Where the next line goes.
    end: u64,
    /// Where the reserved room ends.
    reserved: u64,
}

impl Journal {
    /// Opens or makes a journal, mode 0600, and the folders above it; locks and reads it.
    ///
    /// # Errors
    ///
    /// Another run holds it, it cannot be understood, read or written.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let folder = folder_of(path);
        DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        let file = options.custom_flags(libc::O_NONBLOCK).open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is no regular file").into());
        }
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => JournalError::Busy,
            TryLockError::Error(error) => JournalError::Io(error),
        })?;
        let (entries, end) = read(&file)?;
        file.set_len(end)?;
        File::open(folder)?.sync_all()?;
        Ok(Self { file, entries, end, reserved: end })
    }

    /// The lines of a journal that another run may hold; none where there is no journal.
    ///
    /// # Errors
    ///
    /// It cannot be understood or read.
    pub fn peek(path: &Path) -> Result<Vec<Entry>, JournalError> {
        match OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path) {
            Ok(file) => Ok(read(&file)?.0),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// All lines, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Makes room for a number of lines on the disk.
    ///
    /// # Errors
    ///
    /// There is no room.
    pub fn reserve(&mut self, lines: usize) -> io::Result<()> {
        let needed = self.end + (lines * LINE) as u64;
        if needed > self.reserved {
            check_limit(needed)?;
            let blank = vec![b'\n'; usize::try_from(needed - self.end).unwrap_or(LINE)];
            self.file.write_all_at(&blank, self.end)?;
            self.file.sync_all()?;
            self.reserved = needed;
        }
        Ok(())
    }

    /// Writes a line and syncs it. The time is set here.
    ///
    /// # Errors
    ///
    /// The disk fails.
    pub fn append(&mut self, entry: &Entry) -> io::Result<()> {
        let entry = Entry { at: unix_now(), ..entry.clone() };
        let mut line = serde_json::to_vec(&entry).map_err(io::Error::other)?;
        line.push(b'\n');
        if line.len() > LINE {
            return Err(io::Error::other("a path is too long for the journal"));
        }
        self.file.write_all_at(&line, self.end)?;
        self.file.sync_data()?;
        self.end += line.len() as u64;
        self.entries.push(entry);
        Ok(())
    }
}

/// Gives back the room that was not needed.
impl Drop for Journal {
    fn drop(&mut self) {
        // Blank lines at the end do no harm.
        let _ = self.file.set_len(self.end);
    }
}

/// The lines, and where they end. The last line may be half: then what it says did not happen.
fn read(file: &File) -> Result<(Vec<Entry>, u64), JournalError> {
    let mut text = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut text)?;
    if text.len() as u64 > LONGEST {
        return Err(io::Error::other("it is longer than 64 MiB: put it aside").into());
    }
    let mut entries = Vec::new();
    let (mut at, mut end) = (0, 0);
    let last = text.iter().rposition(|byte| *byte != b'\n').unwrap_or(0);
    for (number, line) in text.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let is_last = at + line.len() > last;
        at += line.len();
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Entry>(line) {
            Ok(entry) if entry.version == VERSION && line.ends_with(b"\n") => {
                entries.push(entry);
                end = at as u64;
            }
            Err(_) if is_last && is_beginning(line) => break,
            Ok(entry) if entry.version == VERSION => break,
            _ => return Err(JournalError::Broken(number + 1)),
        }
    }
    Ok((entries, end))
}

/// Whether a text that is no line could be the beginning of one: else it is another's file.
fn is_beginning(text: &[u8]) -> bool {
    const BEGINNING: &[u8] = b"{\"version\":1,";
    let len = text.trim_ascii_end().len().min(BEGINNING.len());
    text[..len] == BEGINNING[..len]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// A process that another test starts holds the lock for a moment: so this waits a little.
    fn open(path: &Path) -> Result<Journal, JournalError> {
        for _ in 0..50 {
            match Journal::open(path) {
                Err(JournalError::Busy) => std::thread::sleep(Duration::from_millis(10)),
                opened => return opened,
            }
        }
        Err(JournalError::Busy)
    }

    fn entry(id: u64, event: Event) -> Entry {
        let begin = Entry::begin("https://gitlab.example.com".into(), "x", id, "/api/v4/x".into());
        Entry { event, ..begin }
    }

    fn ids(entries: &[Entry]) -> Vec<(u64, Event)> {
        entries.iter().map(|entry| (entry.id, entry.event)).collect()
    }

    #[test]
    fn lines_are_kept_and_one_run_writes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b/journal");
        assert!(Journal::peek(&path).unwrap().is_empty());
        let mut journal = open(&path).unwrap();
        assert!(matches!(open(&path), Err(JournalError::Busy)));
        journal.reserve(2).unwrap();
        assert_eq!(path.metadata().unwrap().len(), 2 * LINE as u64);
        journal.append(&entry(1, Event::Begin)).unwrap();
        assert_eq!(ids(&Journal::peek(&path).unwrap()), [(1, Event::Begin)]);
        journal.append(&entry(1, Event::Done)).unwrap();
        assert_eq!(path.metadata().unwrap().len(), 2 * LINE as u64, "no more room is needed");
        drop(journal);
        let journal = open(&path).unwrap();
        assert_eq!(ids(journal.entries()), [(1, Event::Begin), (1, Event::Done)]);
        assert!(path.metadata().unwrap().len() < LINE as u64);
    }

    /// A process can end at each byte.
    #[test]
    fn half_a_line_did_not_happen() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal");
        let mut journal = open(&path).unwrap();
        journal.append(&entry(1, Event::Begin)).unwrap();
        let first = usize::try_from(journal.end).unwrap();
        journal.append(&entry(1, Event::Done)).unwrap();
        drop(journal);
        let whole = std::fs::read(&path).unwrap();
        for cut in first..whole.len() {
            let mut half = whole[..cut].to_vec();
            half.resize(LINE, b'\n');
            for text in [&half[..], &whole[..cut]] {
                std::fs::write(&path, text).unwrap();
                let mut journal = open(&path).unwrap();
                // Padding is as good as the end of the line.
                let is_whole = cut + 1 == whole.len() && text.len() == LINE;
                assert_eq!(journal.entries().len(), 1 + usize::from(is_whole), "{cut}");
                journal.append(&entry(1, Event::Lost)).unwrap();
                drop(journal);
                let last = Journal::peek(&path).unwrap().pop().unwrap();
                assert_eq!(last.event, Event::Lost, "{cut}");
            }
        }
    }

    #[test]
    fn what_is_broken_in_the_middle_is_not_guessed_at() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("journal");
        let mut journal = open(&path).unwrap();
        journal.append(&entry(1, Event::Begin)).unwrap();
        drop(journal);
        let line = std::fs::read_to_string(&path).unwrap();
        for text in [format!("x\n{line}"), format!("{line}{{}}\n{line}")] {
            std::fs::write(&path, text).unwrap();
            assert!(matches!(open(&path), Err(JournalError::Broken(1 | 2))));
        }
        for text in [line.replace("version\":1,", "version\":2,"), "my only diary".to_owned()] {
            std::fs::write(&path, &text).unwrap();
            assert!(matches!(open(&path), Err(JournalError::Broken(1))));
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
        }
    }
}
