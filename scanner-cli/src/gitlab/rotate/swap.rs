//! Replacement without a rotation call: make a second token, deploy it, revoke the first.

use std::path::{Path, PathBuf};

use super::api::{Api, Refusal, Sent};
use super::call::{LINES, ready, refused, stored};
use super::journal::{Entry, Event, Journal};
use super::outcome::{Plan, Rotation, State};
use super::record::{LastUse, Record};
use super::rotator::Rotator;
use super::secret_file::SecretFile;
use super::target::TargetKind;

impl Rotator<'_> {
    /// Makes the second token. The line of the journal holds the highest id before it.
    pub(super) fn make(&self, plan: &Plan, journal: &mut Journal, path: &Path) -> Rotation {
        let (Some(caller), Some(record)) = (self.caller, &plan.record) else {
            return refused(plan, "there is no caller");
        };
        let api = Api { client: self.client, caller };
        let seen = match api.rows(&plan.located.base, |row| Record::read(row).map(|row| row.id)) {
            Ok(ids) => ids.into_iter().max().unwrap_or(plan.located.id),
            Err(refusal) => return refused(plan, &self.clean(&refusal.reason)),
        };
        let line = Entry { current: seen, ..self.entry(plan, &plan.located, path) };
        let file = match ready(journal, &line) {
            Ok(file) => file,
            Err(why) => return refused(plan, &why),
        };
        let fields = fields_of(plan, record);
        let fields: Vec<(&str, &[u8])> =
            fields.iter().map(|(key, value)| (*key, value.as_bytes())).collect();
        match api.make(&plan.located.base, plan.located.kind.secret_key(), &fields) {
            Sent::New { secret, id, expires_at } => {
                let last = Entry { event: Event::Made, new_id: id, expires_at, ..line };
                let mut rotation = stored(&plan.located, journal, &file, &secret, last);
                if rotation.state == State::Done {
                    rotation.is_complete = false;
                    rotation.is_made = true;
                    rotation.reason = "made; the old one still lives: deploy the new one, then \
                                       run the command again to revoke the old one"
                        .to_owned();
                }
                rotation
            }
            Sent::Declined(Refusal { reason, .. }) => {
                self.not_started(&plan.located, journal, (&line, file), State::Refused, &reason)
            }
            Sent::Unsent(why) => {
                self.not_started(&plan.located, journal, (&line, file), State::NotStarted, &why)
            }
            Sent::Unclear(why) => {
                let reason = format!(
                    "the answer was lost ({}); the old token lives: run the command again",
                    self.clean(&why)
                );
                Rotation::new(&plan.located, State::NotStarted, reason)
            }
        }
    }

    /// After a lost answer: revokes the token that was made and that nobody has, and makes another.
    pub(super) fn resume_swap(
        &self,
        plan: &Plan,
        journal: &mut Journal,
        entry: &Entry,
        path: &Path,
    ) -> Rotation {
        let (Some(caller), Some(record)) = (self.caller, &plan.record) else {
            return refused(plan, "there is no caller");
        };
        let api = Api { client: self.client, caller };
        let fits = |row: &Record| {
            row.id > entry.current
                && row.name == record.name
                && row.scopes == record.scopes
                && !row.is_revoked
        };
        let orphans = api.rows(&plan.located.base, |row| Record::read(row).filter(fits));
        let orphans = match orphans {
            Ok(orphans) => orphans,
            Err(refusal) => return refused(plan, &self.clean(&refusal.reason)),
        };
        let orphan = match orphans.as_slice() {
            [] => None,
            [orphan] => Some(orphan),
            several => {
                let ids: Vec<String> = several.iter().map(|row| row.id.to_string()).collect();
                let reason = format!(
                    "an answer was lost, and several tokens could be the one that was made: {}; \
                     revoke those that nobody uses",
                    ids.join(", ")
                );
                return Rotation::new(&plan.located, State::Lost, reason);
            }
        };
        let written = SecretFile::value(&PathBuf::from(&entry.secret_file));
        if let Ok(Some(_)) = written {
            let new_id = orphan.map(|row| row.id).or(entry.new_id);
            let made = Entry { event: Event::Made, new_id, ..entry.clone() };
            let _ = journal.reserve(LINES).and_then(|()| journal.append(&made));
            return self.retire(plan, journal, &made);
        }
        if let Some(orphan) = orphan
            && let Err(refusal) = api.delete(&plan.located.with_id(orphan.id).path())
        {
            let reason = format!(
                "an answer was lost; {} was made, nobody has its value, and it could not be \
                 revoked: {}",
                orphan.id,
                self.clean(&refusal.reason)
            );
            let mut rotation = Rotation::new(&plan.located, State::Lost, reason);
            rotation.new_id = Some(orphan.id);
            return rotation;
        }
        match &plan.refusal {
            Some(why) => refused(plan, why),
            None => self.make(plan, journal, path),
        }
    }

    /// Revokes the old token, once its successor is known to be deployed.
    pub(super) fn retire(&self, plan: &Plan, journal: &mut Journal, entry: &Entry) -> Rotation {
        let mut rotation = Rotation::new(&plan.located, State::Done, "");
        rotation.new_id = entry.new_id;
        rotation.expires_at.clone_from(&entry.expires_at);
        rotation.secret_file = Some(PathBuf::from(&entry.secret_file));
        if entry.event == Event::Retired {
            rotation.reason = "an earlier run did it".to_owned();
            return rotation;
        }
        let Some(caller) = self.caller else { return refused(plan, "there is no caller") };
        let api = Api { client: self.client, caller };
        let is_used = entry.new_id.is_some_and(|id| {
            let read = api.read(&plan.located.with_id(id));
            read.is_ok_and(|(record, _)| matches!(record.last_use, LastUse::At(_)))
        });
        if !is_used && !self.settings.is_deployed {
            rotation.is_complete = false;
            rotation.reason = "made by an earlier run; the new one was not seen in use, so the \
                               old one lives: --confirm-deployed revokes it"
                .to_owned();
            return rotation;
        }
        let is_old_used = plan
            .record
            .as_ref()
            .is_some_and(|record| matches!(record.last_use, LastUse::At(time) if time > entry.at));
        if is_old_used && !self.settings.allows_in_use {
            rotation.is_complete = false;
            rotation.reason = "the old one was used after the new one was made: --in-use \
                               revokes it all the same"
                .to_owned();
            return rotation;
        }
        match api.delete(&plan.located.path()) {
            Ok(_) | Err(Refusal { status: Some(404), .. }) => {
                let line = Entry { event: Event::Retired, ..entry.clone() };
                let written = journal.reserve(1).and_then(|()| journal.append(&line));
                rotation.reason = "the old one is revoked".to_owned();
                if let Err(error) = written {
                    rotation.reason = format!("{}; the journal: {error}", rotation.reason);
                }
            }
            Err(refusal) => {
                rotation.is_complete = false;
                rotation.reason =
                    format!("the old one is not revoked: {}", self.clean(&refusal.reason));
            }
        }
        rotation
    }
}

/// What a second token has of the first one.
fn fields_of(plan: &Plan, record: &Record) -> Vec<(&'static str, String)> {
    let kind = plan.located.kind;
    let name = match kind {
        TargetKind::PipelineTriggerToken => "description",
        _ => "name",
    };
    let mut fields = vec![(name, record.name.clone())];
    fields.extend(record.scopes.iter().map(|scope| ("scopes[]", scope.clone())));
    let is_chosen = |name: &&String| !name.starts_with("gitlab+deploy-token-");
    let username = record.username.as_ref().filter(|_| kind == TargetKind::DeployToken);
    fields.extend(username.filter(is_chosen).map(|name| ("username", name.clone())));
    if let Some(level) = record.access_level {
        fields.push(("access_level", level.to_string()));
    }
    if let Some(day) = &plan.expires_at {
        fields.push(("expires_at", day.clone()));
    }
    fields
}
