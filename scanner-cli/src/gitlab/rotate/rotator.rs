//! Makes rotations, one call each, and finds out what became of those that were cut short.

use std::path::Path;

use tokensieve_core::{Redactor, Secret};

use super::api::{Api, Caller, Refusal, Sent, sent};
use super::call::{Actor, Call, Truth, finished, ready, refused, stored};
use super::journal::{Entry, Event, Journal};
use super::outcome::{Plan, Rotation, Settings, State};
use super::secret_file::SecretFile;
use super::target::{Located, Place, TargetKind, Way};
use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, Credential, Scheme};

/// How far this machine's clock may be off, in seconds, where the server does not tell its own.
pub(super) const SKEW: i64 = 600;
/// The server's clock counts whole seconds, and so may its lists.
pub(super) const ROUNDING: i64 = 2;

/// Rotates tokens of one instance.
pub struct Rotator<'a> {
    /// Talks to the instance.
    pub client: &'a Client,
    /// Who calls; none where the caller is a token of an earlier run that is dead by now.
    pub caller: Option<&'a Caller>,
    /// A second credential, to recover what was lost.
    pub second: Option<&'a Caller>,
    /// The secret of the caller, dead or alive.
    pub own: &'a Secret,
    /// Cleans what the server says.
    pub redactor: &'a Redactor,
    /// What is allowed.
    pub settings: &'a Settings,
}

/// The last word of a journal about a token.
#[must_use]
pub fn last_of<'e>(entries: &'e [Entry], instance: &str, located: &Located) -> Option<&'e Entry> {
    let is_same_kind = |name: &str| {
        // Ids of access tokens are those of one table.
        let kind = TargetKind::named(name);
        kind.is_some_and(|kind| {
            kind == located.kind || kind.is_access_token() && located.kind.is_access_token()
        })
    };
    let is_it = |entry: &&Entry| {
        entry.instance == instance && entry.id == located.id && is_same_kind(&entry.kind)
    };
    entries.iter().rev().find(is_it)
}

/// The last word of a journal about the token with this secret.
#[must_use]
pub fn last_of_secret<'e>(
    entries: &'e [Entry],
    instance: &str,
    secret_id: &str,
) -> Option<&'e Entry> {
    let is_it = |entry: &&Entry| {
        entry.instance == instance && entry.secret_id.as_deref() == Some(secret_id)
    };
    entries.iter().rev().find(is_it)
}

/// What a journal says about a token, for a run that changes nothing; none where it says nothing.
#[must_use]
pub fn standing(entries: &[Entry], instance: &str, located: &Located) -> Option<String> {
    let entry = last_of(entries, instance, located)?;
    let file = &entry.secret_file;
    match entry.event {
        Event::Begin => Some("a run was cut short: --yes finds out what became of it".to_owned()),
        Event::Lost => Some("a run has lost the new value: --yes tries to recover it".to_owned()),
        Event::Done | Event::Recovered => Some(format!("a run has done it: {file}")),
        Event::Made => Some(format!("a run has made a second one: {file}; --yes revokes this one")),
        Event::Retired => Some("a run has revoked it".to_owned()),
        Event::NotStarted => None,
    }
}

/// The plan for a caller that is dead, as an earlier run began it. `place` is where a second
/// credential could help.
#[must_use]
pub fn plan_of_entry(entry: &Entry, place: Option<&Place>) -> Plan {
    let kind = TargetKind::named(&entry.kind).unwrap_or(TargetKind::PersonalAccessToken);
    let located = Located { kind, id: entry.id, base: entry.base.clone() };
    Plan {
        recovery: located.beside(place),
        located,
        is_self: true,
        record: None,
        expires_at: None,
        server_time: None,
        notes: vec!["an earlier run began it".to_owned()],
        refusal: None,
        secret_id: entry.secret_id.clone(),
    }
}

impl Rotator<'_> {
    /// Rotates one token: begins, goes on where an earlier run was cut short, or finds it done.
    pub fn run(&self, plan: &Plan, journal: &mut Journal, file: &Path) -> Rotation {
        let instance = self.client.instance().to_string();
        let entry = last_of(journal.entries(), &instance, &plan.located).cloned();
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let is_swap = plan.located.kind.way() == Way::Swap || self.settings.is_overlap;
        match entry {
            Some(entry) if matches!(entry.event, Event::Done | Event::Recovered) => {
                // A row that was reset can be reset again, to another file.
                let is_again =
                    plan.located.kind.way() == Way::Reset && Path::new(&entry.secret_file) != file;
                if is_again { self.begin(plan, journal, &file) } else { finished(plan, &entry) }
            }
            Some(entry) if matches!(entry.event, Event::Made | Event::Retired) => {
                self.retire(plan, journal, &entry)
            }
            Some(entry) if matches!(entry.event, Event::Begin | Event::Lost) => {
                if is_swap {
                    self.resume_swap(plan, journal, &entry, &file)
                } else {
                    self.resume(plan, journal, &entry, &file)
                }
            }
            _ => {
                if let Some(why) = &plan.refusal {
                    return Rotation::new(&plan.located, State::Refused, why.clone());
                }
                if is_swap {
                    self.make(plan, journal, &file)
                } else {
                    self.begin(plan, journal, &file)
                }
            }
        }
    }

    pub(super) fn clean(&self, text: &str) -> String {
        Cleaner { redactor: self.redactor, secret: self.own }.clean(text)
    }

    pub(super) fn begin(&self, plan: &Plan, journal: &mut Journal, file: &Path) -> Rotation {
        let actor = match (self.caller, plan.is_self) {
            (_, true) => Actor::Itself(self.own),
            (Some(caller), false) => Actor::Other(caller),
            (None, false) => return refused(plan, "there is no caller"),
        };
        let entry = self.entry(plan, &plan.located, file);
        let call = Call { located: &plan.located, actor, expires_at: plan.expires_at.as_deref() };
        self.once(&call, journal, &entry, Event::Done)
    }

    /// The first line about a rotation.
    pub(super) fn entry(&self, plan: &Plan, located: &Located, file: &Path) -> Entry {
        let instance = self.client.instance().to_string();
        let name = plan.located.kind.name();
        let since = plan.server_time.unwrap_or(self.settings.now - SKEW) - ROUNDING;
        Entry {
            current: located.id,
            secret_id: plan.secret_id.clone(),
            user_id: plan.record.as_ref().and_then(|record| record.user_id),
            since,
            secret_file: file.to_string_lossy().into_owned(),
            ..Entry::begin(instance, name, plan.located.id, located.base.clone())
        }
    }

    /// The one call: everything that could fail is done before it.
    pub(super) fn once(
        &self,
        call: &Call<'_>,
        journal: &mut Journal,
        entry: &Entry,
        end: Event,
    ) -> Rotation {
        let original = call.located.with_id(entry.id);
        let file = match ready(journal, entry) {
            Ok(file) => file,
            Err(why) => return Rotation::new(&original, State::Refused, why),
        };
        match self.send(call) {
            Sent::New { secret, id, expires_at } => {
                let new_id =
                    id.or((call.located.kind.way() == Way::Reset).then_some(entry.current));
                let last = Entry { event: end, new_id, expires_at, ..entry.clone() };
                stored(&original, journal, &file, &secret, last)
            }
            Sent::Declined(Refusal { reason: why, .. }) | Sent::Unsent(why)
                if end == Event::Recovered =>
            {
                // The line stays: the next run finds the successor alive, and goes on with it.
                file.discard();
                let reason = format!("{} has a lost value: {}", entry.current, self.clean(&why));
                let new_id = Some(entry.current);
                Rotation { new_id, ..Rotation::new(&original, State::Lost, reason) }
            }
            Sent::Declined(refusal) => {
                self.not_started(&original, journal, (entry, file), State::Refused, &refusal.reason)
            }
            Sent::Unsent(why) => {
                self.not_started(&original, journal, (entry, file), State::NotStarted, &why)
            }
            Sent::Unclear(why) => self.unclear(call, journal, entry, &why),
        }
    }

    fn send(&self, call: &Call<'_>) -> Sent {
        let Call { located, actor, expires_at } = call;
        let key = located.kind.secret_key();
        let day = expires_at.map(str::as_bytes);
        let fields: Vec<(&str, &[u8])> = day.iter().map(|day| ("expires_at", *day)).collect();
        match actor {
            Actor::Other(caller) => {
                let api = Api { client: self.client, caller };
                api.make(&located.rotate_path(), key, &fields)
            }
            Actor::Itself(secret) if located.kind.way() == Way::Reset => {
                let body = Body::form(&[("token", secret.expose())]);
                sent(self.client.post(&located.self_path(), None, &body), key)
            }
            Actor::Itself(secret) => {
                let credential = Credential::new(Scheme::PrivateToken, secret);
                let path = located.self_path();
                sent(self.client.post(&path, Some(&credential), &Body::form(&fields)), key)
            }
        }
    }

    pub(super) fn not_started(
        &self,
        located: &Located,
        journal: &mut Journal,
        (entry, file): (&Entry, SecretFile),
        state: State,
        why: &str,
    ) -> Rotation {
        let reason = self.clean(why);
        let line = Entry { event: Event::NotStarted, reason: reason.clone(), ..entry.clone() };
        // Without the line the next run asks the instance before it does anything.
        let _ = journal.append(&line);
        file.discard();
        Rotation::new(located, state, reason)
    }

    /// What is said about a lost answer, after a look at the old token.
    fn unclear(
        &self,
        call: &Call<'_>,
        journal: &mut Journal,
        entry: &Entry,
        why: &str,
    ) -> Rotation {
        let original = call.located.with_id(entry.id);
        let why = self.clean(why);
        let truth = match &call.actor {
            Actor::Itself(secret) => self.truth_of_self(secret, call.located),
            Actor::Other(caller) => self.truth_of(caller, call.located),
        };
        match truth {
            Truth::NotDone if entry.current != entry.id => {
                let reason = format!(
                    "{} has a lost value, and the answer to its renewal was lost, too ({why}): \
                     run the command again",
                    entry.current
                );
                let new_id = Some(entry.current);
                Rotation { new_id, ..Rotation::new(&original, State::Lost, reason) }
            }
            Truth::NotDone => {
                let seconds = self.settings.settle;
                let reason = format!(
                    "the answer was lost ({why}); the old token still lives. The request may \
                     still be under way: run the command again in {seconds} s"
                );
                Rotation::new(&original, State::NotStarted, reason)
            }
            Truth::Unknown(unknown) => {
                let reason = format!(
                    "the answer was lost ({why}), and whether it was rotated is not known \
                     ({unknown}): run the command again"
                );
                Rotation::new(&original, State::Lost, reason)
            }
            Truth::Done => {
                let entry = Entry { event: Event::Lost, reason: why.clone(), ..entry.clone() };
                let _ = journal.append(&entry);
                let reason = format!(
                    "the answer was lost ({why}), the old token is dead: run the command again \
                     to recover"
                );
                Rotation::new(&original, State::Lost, reason)
            }
        }
    }
}
