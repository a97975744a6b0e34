//! The one call of a rotation: who makes it, what is ready before it, what is kept after it.

use std::path::{Path, PathBuf};

use tokensieve_core::Secret;

use super::api::Caller;
use super::journal::{Entry, Event, Journal};
use super::outcome::{Plan, Rotation, State};
use super::secret_file::SecretFile;
use super::target::Located;

/// Lines that one run writes about one token at most: twice begun and ended, and delivered.
pub(super) const LINES: usize = 6;
/// Who makes the one call.
pub(super) enum Actor<'a> {
    /// The token itself.
    Itself(&'a Secret),
    /// Another credential.
    Other(&'a Caller),
}

/// What is known about a call whose answer was lost.
pub(super) enum Truth {
    /// The old token lives.
    NotDone,
    /// The old token is dead.
    Done,
    /// No answer says.
    Unknown(String),
}

/// The one call, with who makes it.
pub(super) struct Call<'a> {
    pub(super) located: &'a Located,
    pub(super) actor: Actor<'a>,
    pub(super) expires_at: Option<&'a str>,
}

/// Makes everything ready that the new secret needs: file, room in the journal, first line.
pub(super) fn ready(journal: &mut Journal, entry: &Entry) -> Result<SecretFile, String> {
    let path = Path::new(&entry.secret_file);
    let file = SecretFile::create(path)
        .map_err(|error| format!("nothing was sent: {}: {error}", path.display()))?;
    match journal.reserve(LINES).and_then(|()| journal.append(entry)) {
        Ok(()) => Ok(file),
        Err(error) => {
            file.discard();
            Err(format!("nothing was sent: the journal: {error}"))
        }
    }
}

/// Puts a new secret in its file and then says so in the journal.
pub(super) fn stored(
    original: &Located,
    journal: &mut Journal,
    file: &SecretFile,
    secret: &Secret,
    last: Entry,
) -> Rotation {
    let mut rotation = Rotation::new(original, State::Done, "");
    if last.event == Event::Recovered {
        rotation.state = State::Recovered;
    }
    rotation.new_id = last.new_id;
    rotation.expires_at.clone_from(&last.expires_at);
    if let Err(error) = file.store(secret) {
        let line = Entry { event: Event::Lost, reason: error.to_string(), ..last };
        let _ = journal.append(&line);
        rotation.state = State::Lost;
        rotation.is_complete = false;
        let id = line.new_id.unwrap_or(line.current);
        rotation.reason = format!(
            "it was rotated, and {} could not be written: {error}. Token {id} lives, and nobody \
             has its value: make room and run the command again, with --with TOKENFILE where the \
             token itself was the caller",
            line.secret_file
        );
        return rotation;
    }
    rotation.secret_file = Some(PathBuf::from(&last.secret_file));
    if let Err(error) = journal.append(&last) {
        rotation.reason = format!("the journal does not know that it is done: {error}");
    }
    rotation
}

pub(super) fn finished(plan: &Plan, entry: &Entry) -> Rotation {
    let state = if entry.event == Event::Recovered { State::Recovered } else { State::Done };
    let mut rotation = Rotation::new(&plan.located, state, "an earlier run did it");
    rotation.new_id = entry.new_id;
    rotation.expires_at.clone_from(&entry.expires_at);
    rotation.secret_file = Some(PathBuf::from(&entry.secret_file));
    rotation
}

pub(super) fn refused(plan: &Plan, why: &str) -> Rotation {
    Rotation::new(&plan.located, State::Refused, why)
}
