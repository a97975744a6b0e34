//! Service accounts: made once a name, and members only where that is asked for.

use serde_json::{Value, json};

use super::creator::Creator;
use super::fill::accounts;
use crate::gitlab::choose::Call;
use crate::gitlab::credential::Body;
use crate::gitlab::rotate::api::{Api, Refusal};
use crate::gitlab::rotate::outcome::State;
use crate::gitlab::rotate::record::Record;
use crate::gitlab::rotate::target::Place;
use crate::gitlab::rotate::variable::place_of;

/// How many accounts are looked at.
const MOST: usize = 1000;

/// A service account that is to be there.
#[derive(Clone, Debug)]
pub struct AccountDraft {
    /// The call that makes it.
    pub call: Call,
    /// Its id, where it is there already.
    pub id: Option<u64>,
    /// The memberships that it is to have.
    pub members: Vec<Membership>,
    place: Option<Place>,
}

/// A place that an account is to be a member of.
#[derive(Clone, Debug)]
pub struct Membership {
    /// The place, as the user names it.
    pub named: String,
    /// The access level.
    pub level: u64,
    /// The level that it has already, inherited or its own.
    pub held: Option<u64>,
    place: Place,
}

impl Membership {
    /// Whether nothing has to be done.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some_and(|held| held >= self.level)
    }
}

/// What became of an account.
#[derive(Clone, Debug)]
pub struct AccountOutcome {
    /// How it ended; `done` where the account and all memberships are there.
    pub state: State,
    /// Its id, where it is known.
    pub id: Option<u64>,
    /// Why, in words that can be shown.
    pub reason: String,
}

/// A service account with its tokens.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: u64,
    /// Its user name.
    pub username: String,
    /// Its name.
    pub name: String,
    /// Its tokens, or why they are not shown.
    pub tokens: Result<Vec<Record>, Refusal>,
}

impl Creator<'_> {
    /// What has to be done for an account to be there. Only reads are sent.
    ///
    /// # Errors
    ///
    /// Accounts or places are not shown to the caller, or two accounts have the name.
    pub fn account(
        &self,
        call: Call,
        place: Option<&Place>,
        members: &[(String, u64)],
    ) -> Result<AccountDraft, Refusal> {
        let ids = self.accounts_called(&call, place)?;
        if ids.len() > 1 {
            let why = "several service accounts have this name: take another one";
            return Err(Refusal::new(why));
        }
        let id = ids.first().copied();
        let members = members.iter().map(|(named, level)| self.membership(named, *level, id));
        let members = members.collect::<Result<_, _>>()?;
        Ok(AccountDraft { call, id, members, place: place.cloned() })
    }

    fn membership(&self, named: &str, level: u64, id: Option<u64>) -> Result<Membership, Refusal> {
        let place = place_of(self.api(), named)?;
        let held = match id {
            Some(id) => self.level(&place, id)?,
            None => None,
        };
        Ok(Membership { named: named.to_owned(), level, held, place })
    }

    /// The access level of an account in a place.
    fn level(&self, place: &Place, id: u64) -> Result<Option<u64>, Refusal> {
        let row = |row: &mut Value| {
            let is_it = row.get("id").and_then(Value::as_u64) == Some(id);
            row.get("access_level").and_then(Value::as_u64).filter(|_| is_it)
        };
        let path = format!("{}/members/all?user_ids%5B%5D={id}", place.path());
        Ok(self.api().rows(&path, row)?.first().copied())
    }

    /// Makes the account where it is not there, and then its memberships. Nothing is sent twice;
    /// running it again goes on where it ended.
    #[must_use]
    pub fn run_account(&self, draft: &AccountDraft) -> AccountOutcome {
        let id = match draft.id {
            Some(id) => id,
            None => match self.make_account(&draft.call, draft.place.as_ref()) {
                Ok(id) => id,
                Err((state, reason)) => return AccountOutcome { state, id: None, reason },
            },
        };
        let mut reasons = Vec::new();
        for member in draft.members.iter().filter(|member| !member.is_held()) {
            if let Err(why) = self.join(member, id) {
                let why = self.clean(&why.reason);
                reasons.push(format!("{} is no member of {}: {why}", id, member.named));
            }
        }
        let state = if reasons.is_empty() { State::Done } else { State::NotStarted };
        let was_there = draft.id.map(|_| "it was there".to_owned());
        let reason = was_there.into_iter().chain(reasons).collect::<Vec<_>>().join("; ");
        AccountOutcome { state, id: Some(id), reason }
    }

    fn join(&self, member: &Membership, id: u64) -> Result<(), Refusal> {
        let path = format!("{}/members", member.place.path());
        let body = Body::of_value(&json!({"user_id": id, "access_level": member.level}));
        let credential = self.caller.credential();
        let answer = self.client.post(&path, Some(&credential), &body)?;
        if answer.is_success() { Ok(()) } else { Err(Refusal::of(&answer)) }
    }

    /// The service accounts of a place, or of the instance, with their tokens.
    ///
    /// # Errors
    ///
    /// The accounts are not shown to the caller.
    pub fn accounts(&self, place: Option<&Place>) -> Result<Vec<Account>, Refusal> {
        let api = self.api();
        let text = |row: &Value, key: &str| {
            row.get(key).and_then(Value::as_str).map(|text| self.clean(text)).unwrap_or_default()
        };
        let row = |row: &mut Value| {
            let id = row.get("id").and_then(Value::as_u64)?;
            Some((id, text(row, "username"), text(row, "name")))
        };
        let mut rows = api.rows(&accounts(place), row)?;
        if rows.len() > MOST {
            return Err(Refusal::new("there are more than 1,000: name a group or a project"));
        }
        rows.sort();
        let account = |(id, username, name)| {
            let tokens = self.tokens_of(api, place, id);
            Account { id, username, name, tokens }
        };
        Ok(rows.into_iter().map(account).collect())
    }

    fn tokens_of(
        &self,
        api: Api<'_>,
        place: Option<&Place>,
        id: u64,
    ) -> Result<Vec<Record>, Refusal> {
        let path = match place {
            Some(place) => format!("{}/service_accounts/{id}/personal_access_tokens", place.path()),
            None => format!("/api/v4/personal_access_tokens?user_id={id}"),
        };
        let clean = |record: Record| Record {
            name: self.clean(&record.name),
            scopes: record.scopes.iter().map(|scope| self.clean(scope)).collect(),
            expires_at: record.expires_at.map(|text| self.clean(&text)),
            ..record
        };
        let rows = api.rows(&path, |row| Record::read(row).map(clean));
        rows.map_err(|refusal| Refusal { reason: self.clean(&refusal.reason), ..refusal })
    }
}
