//! The file of a state: JSON lines, under a lock.
//!
//! A run rewrites the file beside itself and renames it, so that it is whole at each moment. Then
//! it appends a line for each notice that went out. A line that was cut short did not happen: its
//! notice goes out again.

use std::collections::{BTreeMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::notice::Channel;
use super::seen::Seen;
use super::state::{About, Pending, State};

const VERSION: u32 = 1;
/// What only its owner may read: names of tokens and addresses are in it.
const MODE: u32 = 0o600;
/// No line is longer.
const LONGEST_LINE: u64 = 1 << 20;

/// A line of the file.
#[derive(Deserialize, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line {
    Watch {
        version: u32,
        #[serde(flatten)]
        about: About,
    },
    Token(Box<Seen>),
    Notice(Box<Pending>),
    Told {
        message_id: String,
        channel: Channel,
    },
}

/// Why a state cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// Another run holds it, and the wait for its end was given up.
    Busy,
    /// A line cannot be understood; the number counts from 1.
    Broken(usize),
    /// It is the state of another instance or scope. Holds both.
    Other(String),
    /// It cannot be read or written.
    Io(io::Error),
}

impl std::fmt::Display for StoreError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Busy => f.write_str("another run is at work with it"),
            Self::Broken(line) => {
                write!(f, "line {line} cannot be understood: look at it, or name another file")
            }
            Self::Other(about) => write!(f, "it is the state of {about}: name another file"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The file of a state. It is locked until this is dropped.
#[derive(Debug)]
pub struct Store {
    file: File,
    path: PathBuf,
}

impl Store {
    /// Opens the state of an instance and scope, or begins one, and locks it. While another run
    /// holds it, `wait` is called again and again; it returns whether to go on waiting.
    ///
    /// # Errors
    ///
    /// The file is another's, cannot be understood or opened, or stays locked.
    pub fn open(
        path: &Path,
        (instance, scope): (&str, &str),
        wait: &mut dyn FnMut() -> bool,
    ) -> Result<(Self, State), StoreError> {
        // A link of the user is kept: what it leads to is replaced.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let mut file = locked(&path, wait)?;
        let state = read(&mut file, State::new(instance, scope))?;
        Ok((Self { file, path }, state))
    }

    /// Replaces the file by this state. When this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// The disk or the folder fails. Then the file is as it was.
    pub fn save(&mut self, state: &State) -> io::Result<()> {
        let mut name = self.path.clone().into_os_string();
        name.push(".new");
        let new = PathBuf::from(name);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(true).mode(MODE);
        let file = options.custom_flags(libc::O_NOFOLLOW).open(&new)?;
        // Whoever waits for the old file finds this one locked, too.
        file.lock()?;
        let mut out = BufWriter::new(&file);
        write(state, &mut out)?;
        out.flush()?;
        drop(out);
        file.sync_all()?;
        std::fs::rename(&new, &self.path)?;
        File::open(folder_of(&self.path))?.sync_all()?;
        self.file = file;
        Ok(())
    }

    /// Notes in the file that notices went out on a way. When this returns, it is on the disk.
    ///
    /// # Errors
    ///
    /// The disk fails: the notices go out again.
    pub fn told(&mut self, message_ids: &[&str], channel: Channel) -> io::Result<()> {
        let mut lines = Vec::new();
        for message_id in message_ids {
            let line = Line::Told { message_id: (*message_id).to_owned(), channel };
            serde_json::to_writer(&mut lines, &line)?;
            lines.push(b'\n');
        }
        self.file.seek(SeekFrom::End(0))?;
        self.file.write_all(&lines)?;
        self.file.sync_data()
    }
}

/// The folder that a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Opens and locks the file that stands at the path once the lock is got: who held it may have
/// replaced it.
fn locked(path: &Path, wait: &mut dyn FnMut() -> bool) -> Result<File, StoreError> {
    loop {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(MODE);
        let file = options.custom_flags(libc::O_NONBLOCK).open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file").into());
        }
        match file.try_lock() {
            Ok(()) if is_at(&file, path)? => return Ok(file),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                if !wait() {
                    return Err(StoreError::Busy);
                }
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let (own, there) = (file.metadata()?, path.metadata());
    Ok(there.is_ok_and(|there| (there.dev(), there.ino()) == (own.dev(), own.ino())))
}

fn write(state: &State, out: &mut dyn Write) -> io::Result<()> {
    let mut line = |line: &Line| {
        serde_json::to_writer(&mut *out, line)?;
        out.write_all(b"\n")
    };
    line(&Line::Watch { version: VERSION, about: state.about.clone() })?;
    for seen in state.seen.values() {
        line(&Line::Token(Box::new(seen.clone())))?;
    }
    state.notices.iter().try_for_each(|notice| line(&Line::Notice(Box::new(notice.clone()))))
}

/// Reads the lines into a state that is as before the first run.
fn read(file: &mut File, mut state: State) -> Result<State, StoreError> {
    file.rewind()?;
    let mut lines = BufReader::new(file);
    let mut text = Vec::new();
    let mut told: BTreeMap<Channel, HashSet<String>> = BTreeMap::new();
    for number in 1.. {
        text.clear();
        io::Read::take(&mut lines, LONGEST_LINE).read_until(b'\n', &mut text)?;
        if !text.ends_with(b"\n") {
            // The end, or what a run that was killed left of its last line.
            let is_of_us = number > 1 || text.is_empty();
            let is_cut = (text.len() as u64) < LONGEST_LINE;
            if !is_of_us || !is_cut {
                return Err(StoreError::Broken(number));
            }
            break;
        }
        let line = serde_json::from_slice(&text).map_err(|_| StoreError::Broken(number))?;
        match (line, number) {
            (Line::Watch { version: VERSION, about }, 1) => {
                let own = &state.about;
                if (&about.instance, &about.scope) != (&own.instance, &own.scope) {
                    let about = format!("{} of {}", about.scope, about.instance);
                    return Err(StoreError::Other(about));
                }
                state.about = about;
            }
            (Line::Watch { .. }, _) | (_, 1) => return Err(StoreError::Broken(number)),
            (Line::Token(seen), _) => {
                state.seen.insert(seen.subject.key(), *seen);
            }
            (Line::Notice(pending), _) => state.notices.push(*pending),
            (Line::Told { message_id, channel }, _) => {
                told.entry(channel).or_default().insert(message_id);
            }
        }
    }
    told.iter().for_each(|(channel, ids)| state.told(ids, *channel));
    Ok(state)
}
