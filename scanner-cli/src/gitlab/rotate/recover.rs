//! What became of a call whose answer was lost, and how its value is brought back.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokensieve_core::Secret;

use super::api::{Api, Caller, CallerError, runner_of};
use super::call::{Actor, Call, LINES, Truth, finished, refused};
use super::journal::{Entry, Event, Journal};
use super::outcome::{Plan, Rotation, State};
use super::record::Record;
use super::rotator::Rotator;
use super::secret_file::SecretFile;
use super::target::{Located, Way};
use crate::gitlab::credential::percent_encoded;

impl Rotator<'_> {
    /// Goes on where an earlier run was cut short.
    pub(super) fn resume(
        &self,
        plan: &Plan,
        journal: &mut Journal,
        entry: &Entry,
        file: &Path,
    ) -> Rotation {
        let earlier = PathBuf::from(&entry.secret_file);
        if let Ok(Some(secret)) = SecretFile::value(&earlier) {
            return self.written(plan, journal, entry, &secret);
        }
        let current = plan.recovery.with_id(entry.current);
        let is_other = |caller: &&Caller| {
            let has_id = [entry.current, entry.id].contains(&caller.record.id);
            let is_own = plan.is_self || has_id && plan.located.kind.is_access_token();
            !is_own
        };
        let second = self.second.or(self.caller.filter(is_other));
        let truth = match second {
            _ if entry.event == Event::Lost => Truth::Done,
            Some(second) => self.truth_of(second, &current),
            None => self.truth_of_self(self.own, &current),
        };
        let run = (plan, entry, file);
        match truth {
            Truth::NotDone if entry.current == entry.id => self.again(plan, journal, entry, file),
            // A successor lives whose value is lost.
            Truth::NotDone => match second {
                Some(second) => self.renew(second, (&current, None), journal, run),
                None => self.lost(plan, journal, entry, "there is no second credential"),
            },
            Truth::Unknown(why) => {
                let reason = format!("whether it was rotated is not known: {why}");
                Rotation::new(&plan.located, State::Lost, reason)
            }
            Truth::Done => match second {
                Some(second) => self.recover(second, &current, journal, run),
                None => self.lost(plan, journal, entry, "there is no second credential"),
            },
        }
    }

    /// The old token lives after a lost answer.
    fn again(&self, plan: &Plan, journal: &mut Journal, entry: &Entry, file: &Path) -> Rotation {
        let left = entry.at + self.settings.settle - self.settings.now;
        // A late request of the token itself would kill its successors; by another it would not.
        if plan.is_self && left > 0 {
            let reason = format!(
                "the old token still lives, but the request may still be under way: run the \
                 command again in {left} s"
            );
            return Rotation::new(&plan.located, State::NotStarted, reason);
        }
        if let Some(why) = &plan.refusal {
            return refused(plan, why);
        }
        if plan.record.is_none() && plan.located.kind.is_access_token() {
            return refused(plan, "the caller was refused a moment ago: run the command again");
        }
        self.begin(plan, journal, file)
    }

    /// The earlier run wrote the secret, and was cut short before it could say so.
    fn written(
        &self,
        plan: &Plan,
        journal: &mut Journal,
        entry: &Entry,
        secret: &Secret,
    ) -> Rotation {
        let mut last = Entry { event: Event::Done, ..entry.clone() };
        let mut reason = "an earlier run wrote the secret".to_owned();
        if plan.located.kind.is_access_token() {
            match Caller::ask(self.client, secret) {
                Ok(caller) => {
                    last.new_id = Some(caller.record.id);
                    last.expires_at = caller.record.expires_at;
                }
                Err(CallerError::Revoked(why) | CallerError::Refused(why)) => {
                    let why = self.clean(&why);
                    let text = format!("{}: its token is dead ({why})", entry.secret_file);
                    return Rotation::new(&plan.located, State::Lost, text);
                }
                Err(CallerError::Unknown(why)) => {
                    reason = format!("{reason}; it could not be checked: {}", self.clean(&why));
                }
            }
        }
        if let Err(error) = journal.reserve(LINES).and_then(|()| journal.append(&last)) {
            reason = format!("{reason}; the journal does not know: {error}");
        }
        Rotation { reason, ..finished(plan, &last) }
    }

    /// Finds the successor of a token whose rotation was lost, and gives it a fresh value.
    fn recover(
        &self,
        second: &Caller,
        current: &Located,
        journal: &mut Journal,
        (plan, entry, file): (&Plan, &Entry, &Path),
    ) -> Rotation {
        let (next, expires_at) = if plan.located.kind.way() == Way::Reset {
            (current.clone(), None)
        } else {
            match self.successor(second, current, entry) {
                Ok(record) => (current.with_id(record.id), record.expires_at),
                Err(why) => return self.lost(plan, journal, entry, &why),
            }
        };
        self.renew(second, (&next, expires_at), journal, (plan, entry, file))
    }

    /// Gives a token whose value is lost a fresh one, by its id.
    fn renew(
        &self,
        second: &Caller,
        (next, expires_at): (&Located, Option<String>),
        journal: &mut Journal,
        (plan, entry, file): (&Plan, &Entry, &Path),
    ) -> Rotation {
        let line = Entry {
            current: next.id,
            base: next.base.clone(),
            secret_file: file.to_string_lossy().into_owned(),
            event: Event::Begin,
            new_id: None,
            reason: String::new(),
            ..entry.clone()
        };
        let asked = expires_at.or_else(|| plan.expires_at.clone());
        let asked = asked.filter(|_| plan.located.kind.is_access_token());
        let actor = Actor::Other(second);
        let call = Call { located: next, actor, expires_at: asked.as_deref() };
        self.once(&call, journal, &line, Event::Recovered)
    }

    /// The one active token that can have come of a lost rotation.
    fn successor(
        &self,
        second: &Caller,
        current: &Located,
        entry: &Entry,
    ) -> Result<Record, String> {
        let api = Api { client: self.client, caller: second };
        let name = api.read(current).ok().map(|(record, _)| record.name);
        let since = Timestamp::from_second(entry.since).unwrap_or_default();
        let mut path = format!(
            "{}?state=active&created_after={}",
            current.base,
            percent_encoded(&since.to_string())
        );
        if let Some(user) =
            entry.user_id.filter(|_| current.base.ends_with("personal_access_tokens"))
        {
            path = format!("{path}&user_id={user}");
        }
        // Older releases know no filters.
        let records = api.rows(&path, Record::read).map_err(|refusal| refusal.reason)?;
        let fits = |record: &Record| {
            record.id > entry.current
                && !record.is_revoked
                && (entry.user_id.is_none() || record.user_id == entry.user_id)
                && name.as_ref().is_none_or(|name| *name == record.name)
                && record.created_at.is_some_and(|time| time.as_second() >= entry.since)
        };
        let mut fitting: Vec<Record> = records.into_iter().filter(fits).collect();
        match (fitting.len(), fitting.pop()) {
            (1, Some(record)) => Ok(record),
            (0, _) | (_, None) => Err("no successor is shown to the second credential".to_owned()),
            (_, Some(last)) => {
                let mut ids: Vec<String> =
                    fitting.iter().map(|record| record.id.to_string()).collect();
                ids.push(last.id.to_string());
                Err(format!("several tokens could be its successor: {}", ids.join(", ")))
            }
        }
    }

    /// Says what is lost, and what brings it back.
    fn lost(&self, plan: &Plan, journal: &mut Journal, entry: &Entry, why: &str) -> Rotation {
        if entry.event != Event::Lost {
            let line = Entry { event: Event::Lost, ..entry.clone() };
            let _ = journal.reserve(1).and_then(|()| journal.append(&line));
        }
        let user = entry.user_id.map_or("its user".to_owned(), |id| format!("user {id}"));
        let since = Timestamp::from_second(entry.since).unwrap_or_default();
        let reason = format!(
            "token {} was rotated and the new value is lost ({}). Run the command again with \
             --with TOKENFILE, a credential of {user}, of an administrator, or of an owner of the \
             place; or let them rotate by id the token that {user} got after {since}",
            entry.current,
            self.clean(why)
        );
        let mut rotation = Rotation::new(&plan.located, State::Lost, reason);
        rotation.new_id = entry.new_id;
        rotation
    }

    /// Whether the caller's own secret still works.
    pub(super) fn truth_of_self(&self, secret: &Secret, located: &Located) -> Truth {
        if located.kind.way() == Way::Reset {
            return match runner_of(self.client, secret) {
                Ok(_) => Truth::NotDone,
                Err(CallerError::Revoked(_)) => Truth::Done,
                Err(error) => Truth::Unknown(self.clean(&error.to_string())),
            };
        }
        match Caller::ask(self.client, secret) {
            Ok(_) => Truth::NotDone,
            Err(CallerError::Revoked(_)) => Truth::Done,
            Err(error) => Truth::Unknown(self.clean(&error.to_string())),
        }
    }

    /// Whether another credential sees the token alive.
    pub(super) fn truth_of(&self, caller: &Caller, located: &Located) -> Truth {
        if located.kind.way() == Way::Reset {
            // Nothing tells; a second reset by id ends what the first one made and nobody has.
            return Truth::Done;
        }
        match (Api { client: self.client, caller }).read(located) {
            Ok((record, _)) if record.is_revoked => Truth::Done,
            Ok(_) => Truth::NotDone,
            Err(refusal) => Truth::Unknown(self.clean(&refusal.reason)),
        }
    }
}
