//! The one call that makes a token, and what became of one whose answer was lost.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::Value;
use tokensieve_core::Secret;

use super::creator::Creator;
use super::draft::Draft;
use crate::gitlab::choose::Call;
use crate::gitlab::credential::Body;
use crate::gitlab::rotate::api::{Caller, Refusal, Sent};
use crate::gitlab::rotate::call::{LINES, ready};
use crate::gitlab::rotate::journal::{Entry, Event, Journal};
use crate::gitlab::rotate::outcome::State;
use crate::gitlab::rotate::record::Record;
use crate::gitlab::rotate::rotator::{ROUNDING, SKEW};
use crate::gitlab::rotate::secret_file::SecretFile;
use crate::gitlab::rotate::target::{Place, TargetKind};

/// What became of a token that was to be made.
#[derive(Clone, Debug)]
pub struct Creation {
    /// How it ended.
    pub state: State,
    /// Its id, where it is known.
    pub id: Option<u64>,
    /// Its service account, where it has one.
    pub account_id: Option<u64>,
    /// Its end, as the instance told it, or as it was asked for.
    pub expires_at: Option<String>,
    /// Where the secret is, or would be.
    pub secret_file: Option<PathBuf>,
    /// Why, in words that can be shown.
    pub reason: String,
    /// Living tokens whose value nobody has.
    pub orphans: Vec<u64>,
    /// Whether nothing is left to be done about it.
    pub is_complete: bool,
}

impl Creation {
    /// A token that is as its draft says, in this state.
    #[must_use]
    pub fn new(draft: &Draft, state: State, reason: impl Into<String>) -> Self {
        Self {
            state,
            id: None,
            account_id: draft.account_id,
            expires_at: draft.expires_at.clone(),
            secret_file: None,
            reason: reason.into(),
            orphans: Vec::new(),
            is_complete: state.has_secret(),
        }
    }
}

impl Creator<'_> {
    /// Makes a token, or goes on where an earlier run was cut short.
    pub fn run(&self, draft: &Draft, journal: &mut Journal, file: &Path) -> Creation {
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let instance = self.client.instance().to_string();
        let earlier = last_of(journal.entries(), &instance, draft).cloned();
        if let Some(entry) = earlier {
            let found = self.resume(draft, journal, &entry);
            if let Some(creation) = found {
                return creation;
            }
        }
        if let Some(why) = &draft.refusal {
            return Creation::new(draft, State::Refused, why.clone());
        }
        match &draft.account {
            Some(account) => self.with_account(draft, account, journal, &file),
            None => self.make(draft, journal, &file),
        }
    }

    /// What the journal says about a token that was begun, for a run that changes nothing.
    #[must_use]
    pub fn standing(&self, draft: &Draft, entries: &[Entry]) -> Option<String> {
        let entry = last_of(entries, &self.client.instance().to_string(), draft)?;
        match entry.event {
            Event::Begin | Event::Lost => {
                Some("a run was cut short: --yes finds out what became of it".to_owned())
            }
            Event::Done => Some(format!("a run made it: {}", entry.secret_file)),
            _ => None,
        }
    }

    /// What an earlier run of the same command left; none where the token is to be made.
    fn resume(&self, draft: &Draft, journal: &mut Journal, entry: &Entry) -> Option<Creation> {
        let written = SecretFile::value(Path::new(&entry.secret_file)).ok().flatten();
        match (entry.event, written) {
            (Event::Done, _) => {
                let rows = self.listed(draft, self.api()).ok()?;
                let lives = |id| rows.iter().any(|row| row.id == id && self.lives(row));
                entry.new_id.filter(|id| lives(*id))?;
                Some(self.finished(draft, entry, "an earlier run made it"))
            }
            (Event::Begin | Event::Lost, Some(secret)) => {
                let mut last = Entry { event: Event::Done, ..entry.clone() };
                if draft.kind.is_access_token()
                    && let Ok(caller) = Caller::ask(self.client, &secret)
                {
                    last.new_id = Some(caller.record.id);
                    last.expires_at = caller.record.expires_at;
                }
                let written = journal.reserve(LINES).and_then(|()| journal.append(&last));
                let reason = match written {
                    Ok(()) => "an earlier run wrote the secret".to_owned(),
                    Err(error) => format!("an earlier run wrote the secret; the journal: {error}"),
                };
                Some(self.finished(draft, &last, &reason))
            }
            (Event::Begin | Event::Lost, None) => self.look_for_orphan(draft, entry),
            _ => None,
        }
    }

    fn finished(&self, draft: &Draft, entry: &Entry, reason: &str) -> Creation {
        let mut creation = Creation::new(draft, State::Done, reason);
        creation.id = entry.new_id;
        creation.secret_file = Some(PathBuf::from(&entry.secret_file));
        if entry.expires_at.is_some() {
            creation.expires_at.clone_from(&entry.expires_at);
        }
        creation
    }

    /// After a lost answer: the tokens that can have come of it, else whether to wait.
    fn look_for_orphan(&self, draft: &Draft, entry: &Entry) -> Option<Creation> {
        let rows = match self.listed(draft, self.api()) {
            Ok(rows) => rows,
            Err(refusal) => {
                let why = self.clean(&refusal.reason);
                let reason = format!(
                    "an answer was lost, and whether {:?} was made is not shown ({why}): revoke \
                     what has this name and was made after {}",
                    draft.name,
                    time(entry.since)
                );
                return Some(Creation::new(draft, State::Lost, reason));
            }
        };
        let is_it = |row: &&Record| {
            let is_later = row.created_at.is_none_or(|time| time.as_second() >= entry.since);
            row.name == draft.name && row.id > entry.current && is_later && self.lives(row)
        };
        let orphans: Vec<u64> = rows.iter().filter(is_it).map(|row| row.id).collect();
        if !orphans.is_empty() {
            return Some(self.orphaned(draft, entry, orphans));
        }
        let left = entry.at + self.settle - self.now;
        (left > 0).then(|| {
            let reason = format!(
                "an answer was lost; no token called {:?} is listed, but the request may still be \
                 under way: run the command again in {left} s",
                draft.name
            );
            Creation::new(draft, State::NotStarted, reason)
        })
    }

    fn orphaned(&self, draft: &Draft, entry: &Entry, orphans: Vec<u64>) -> Creation {
        let ids: Vec<String> = orphans.iter().map(u64::to_string).collect();
        let reason = format!(
            "the answer was lost, and nobody has the value of {} (called {:?}, made after {}): \
             revoke it, then run the command again",
            ids.join(", "),
            draft.name,
            time(entry.since)
        );
        let mut creation = Creation::new(draft, State::Lost, reason);
        creation.id = orphans.first().copied().filter(|_| orphans.len() == 1);
        creation.orphans = orphans;
        creation
    }

    /// Makes the account first. A file that cannot be written stops it before that.
    fn with_account(
        &self,
        draft: &Draft,
        account: &Call,
        journal: &mut Journal,
        file: &Path,
    ) -> Creation {
        let early = match SecretFile::create(file) {
            Ok(early) => early,
            Err(error) => {
                let why = format!("nothing was sent: {}: {error}", file.display());
                return Creation::new(draft, State::Refused, why);
            }
        };
        let id = match self.make_account(account, draft.place.as_ref()) {
            Ok(id) => id,
            Err((state, why)) => {
                early.discard();
                return Creation::new(draft, state, why);
            }
        };
        let mut with_id = Draft { account_id: Some(id), account: None, ..draft.clone() };
        with_id.call.path = with_id.call.path.replace(":user_id", &id.to_string());
        let mut creation = self.make(&with_id, journal, file);
        if !creation.state.has_secret() {
            let again = format!("; its account {id} was made: --account {id} goes on");
            creation.reason.push_str(&again);
        }
        creation
    }

    /// Makes a service account. Accounts have no secret: a lost answer loses a name alone.
    ///
    /// # Errors
    ///
    /// The instance declines, or there is no answer; with words that can be shown.
    pub fn make_account(
        &self,
        account: &Call,
        place: Option<&Place>,
    ) -> Result<u64, (State, String)> {
        let path = format!("/api/v4{}", account.path);
        let body = Body::of_value(&account.body);
        let sent = self.client.post(&path, Some(&self.caller.credential()), &body);
        let why = match sent {
            Ok(answer) if answer.is_success() => {
                let id = answer.json().and_then(|json| json.get("id")?.as_u64());
                match id {
                    Some(id) => return Ok(id),
                    None => "the answer has no id".to_owned(),
                }
            }
            Ok(answer) if !matches!(answer.status(), 408 | 499 | 500..) => {
                let why = self.clean(&Refusal::of(&answer).reason);
                return Err((State::Refused, format!("the service account: {why}")));
            }
            Ok(answer) => Refusal::of(&answer).reason,
            Err(error) if error.is_unsent() => return Err((State::NotStarted, error.to_string())),
            Err(error) => error.to_string(),
        };
        let why = self.clean(&why);
        Err(match self.accounts_called(account, place) {
            Ok(ids) if ids.len() == 1 => (
                State::NotStarted,
                format!(
                    "the answer about the service account was lost ({why}), and it was made: \
                     --account {} goes on",
                    ids[0]
                ),
            ),
            _ => (
                State::NotStarted,
                format!(
                    "the answer about the service account was lost ({why}): run the command again"
                ),
            ),
        })
    }

    /// The one call: everything that could fail is done before it.
    fn make(&self, draft: &Draft, journal: &mut Journal, file: &Path) -> Creation {
        let entry = self.entry(draft, file);
        let ready = ready(journal, &entry);
        let file = match ready {
            Ok(file) => file,
            Err(why) => return Creation::new(draft, State::Refused, why),
        };
        let path = format!("/api/v4{}", draft.call.path);
        match self.api().make_of(&path, &draft.call.body, draft.kind.secret_key()) {
            Sent::New { secret, id, expires_at } => {
                let last = Entry { event: Event::Done, new_id: id, expires_at, ..entry };
                self.keep(draft, journal, (&file, &secret), last)
            }
            Sent::Declined(refusal) => {
                self.not_made(draft, journal, (entry, file), (State::Refused, &refusal.reason))
            }
            Sent::Unsent(why) => {
                self.not_made(draft, journal, (entry, file), (State::NotStarted, &why))
            }
            Sent::Unclear(why) => {
                let entry = Entry { at: self.now, ..entry };
                let mut creation = self.look_for_orphan(draft, &entry).unwrap_or_else(|| {
                    let reason = "the answer was lost, and no such token is listed: run the \
                                  command again";
                    Creation::new(draft, State::NotStarted, reason)
                });
                creation.reason = format!("{} ({})", creation.reason, self.clean(&why));
                creation
            }
        }
    }

    /// Puts the secret in its file and then says so in the journal.
    fn keep(
        &self,
        draft: &Draft,
        journal: &mut Journal,
        (file, secret): (&SecretFile, &Secret),
        last: Entry,
    ) -> Creation {
        if let Err(error) = file.store(secret) {
            let line = Entry { event: Event::Lost, reason: error.to_string(), ..last.clone() };
            let _ = journal.append(&line);
            let orphans = last.new_id.into_iter().collect();
            let mut creation = self.orphaned(draft, &last, orphans);
            creation.reason = format!(
                "it was made, and {} could not be written: {error}; revoke it, then run the \
                 command again",
                last.secret_file
            );
            return creation;
        }
        let mut creation = self.finished(draft, &last, "");
        if let Err(error) = journal.append(&last) {
            creation.reason = format!("the journal does not know that it is done: {error}");
        }
        creation
    }

    fn not_made(
        &self,
        draft: &Draft,
        journal: &mut Journal,
        (entry, file): (Entry, SecretFile),
        (state, why): (State, &str),
    ) -> Creation {
        let reason = self.clean(why);
        let line = Entry { event: Event::NotStarted, reason: reason.clone(), ..entry };
        // Without the line the next run asks the instance before it does anything.
        let _ = journal.append(&line);
        file.discard();
        Creation::new(draft, state, reason)
    }

    /// The first line about a token: with the highest id of its list before it.
    fn entry(&self, draft: &Draft, file: &Path) -> Entry {
        let instance = self.client.instance().to_string();
        let since = self.caller.server_time.unwrap_or(self.now - SKEW) - ROUNDING;
        Entry {
            current: draft.seen,
            name: Some(draft.name.clone()),
            user_id: draft.account_id,
            since,
            secret_file: file.to_string_lossy().into_owned(),
            ..Entry::begin(instance, draft.kind.name(), 0, base(draft))
        }
    }
}

/// The path of the call; that of a runner names no place, which its body does.
fn base(draft: &Draft) -> String {
    let id = ["project_id", "group_id"].iter().find_map(|key| draft.call.body.get(*key));
    let id =
        id.and_then(Value::as_u64).filter(|_| draft.kind == TargetKind::RunnerAuthenticationToken);
    let place = draft.call.body.get("runner_type").and_then(Value::as_str).unwrap_or_default();
    match id {
        Some(id) => format!("/api/v4{}#{place}/{id}", draft.call.path),
        None => format!("/api/v4{}", draft.call.path),
    }
}

/// The last word of a journal about a token of this name in this place.
fn last_of<'e>(entries: &'e [Entry], instance: &str, draft: &Draft) -> Option<&'e Entry> {
    let base = base(draft);
    let is_it = |entry: &&Entry| {
        entry.instance == instance
            && entry.id == 0
            && entry.kind == draft.kind.name()
            && entry.base == base
            && entry.name.as_deref() == Some(draft.name.as_str())
    };
    entries.iter().rev().find(is_it)
}

fn time(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}
