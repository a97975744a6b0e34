//! Accounts that entries belong to: each is asked about once.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::entry::{Owner, OwnerState, OwnerType};
use super::pages::Lister;
use super::record::{Record, UserRecord};

/// What is known of an account.
#[derive(Clone)]
struct Known {
    username: Option<Box<str>>,
    owner_type: OwnerType,
    state: OwnerState,
}

/// The accounts that a run has met. Grows with their number, about 100 bytes each.
#[derive(Default)]
pub(super) struct Owners {
    known: Mutex<HashMap<u64, Known>>,
    service_accounts: Mutex<HashSet<u64>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Each change is whole, also where a thread panicked with the lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Owners {
    /// Notes that an account is a service account.
    pub(super) fn note_service_account(&self, record: &Record) {
        lock(&self.service_accounts).insert(record.id);
        lock(&self.known).insert(
            record.id,
            Known {
                username: record.username.as_deref().map(Into::into),
                owner_type: OwnerType::ServiceAccount,
                state: state_of(record.state.as_deref()),
            },
        );
    }

    /// Notes an account of a list of accounts.
    pub(super) fn note(&self, record: &Record) {
        let is_service = lock(&self.service_accounts).contains(&record.id);
        let known = known_of(record, is_service);
        lock(&self.known).insert(record.id, known);
    }

    /// What an account is; it is asked about where nothing is known of it.
    pub(super) fn get(&self, id: u64, lister: &Lister<'_>) -> Owner {
        let known = lock(&self.known).get(&id).cloned();
        let known = known.unwrap_or_else(|| {
            let known = match lister.one(&format!("/users/{id}")) {
                Ok(record) => known_of(&record, lock(&self.service_accounts).contains(&id)),
                Err(refusal) => Known {
                    username: None,
                    owner_type: OwnerType::Person,
                    // To those who may see accounts, one that is not there is gone.
                    state: if refusal.status == 404 {
                        OwnerState::Departed
                    } else {
                        OwnerState::Unknown
                    },
                },
            };
            lock(&self.known).insert(id, known.clone());
            known
        });
        Owner {
            id,
            username: known.username.map(String::from),
            owner_type: known.owner_type,
            state: known.state,
        }
    }

    /// What a row says of the account in it.
    pub(super) fn of_record(&self, user: &UserRecord) -> Owner {
        let username = user.username.as_deref();
        let is_service = lock(&self.service_accounts).contains(&user.id);
        Owner {
            id: user.id,
            username: username.map(str::to_owned),
            owner_type: type_of(username.unwrap_or_default(), None, is_service),
            state: state_of(user.state.as_deref()),
        }
    }
}

/// The bot behind a project or group token, of which lists tell the id alone.
pub(super) fn bot(id: u64) -> Owner {
    Owner { id, username: None, owner_type: OwnerType::Bot, state: OwnerState::Active }
}

fn known_of(record: &Record, is_service: bool) -> Known {
    let username = record.username.as_deref();
    Known {
        username: username.map(Into::into),
        owner_type: type_of(username.unwrap_or_default(), record.bot, is_service),
        state: state_of(record.state.as_deref()),
    }
}

fn type_of(username: &str, bot: Option<bool>, is_service: bool) -> OwnerType {
    if place_of_bot(username).is_some() {
        OwnerType::Bot
    } else if is_service || username.starts_with("service_account_") {
        OwnerType::ServiceAccount
    } else if bot == Some(true) {
        OwnerType::Bot
    } else {
        OwnerType::Person
    }
}

fn state_of(state: Option<&str>) -> OwnerState {
    match state {
        Some("active") => OwnerState::Active,
        Some("deactivated") => OwnerState::Deactivated,
        Some("blocked" | "banned" | "ldap_blocked" | "blocked_pending_approval") => {
            OwnerState::Blocked
        }
        _ => OwnerState::Unknown,
    }
}

/// The place that a bot's name tells: `project_7_bot_0a1b` is that of project 7.
pub(super) fn place_of_bot(username: &str) -> Option<(&'static str, u64)> {
    let (word, rest) = match username.strip_prefix("project_") {
        Some(rest) => ("project", rest),
        None => ("group", username.strip_prefix("group_")?),
    };
    let (id, _) = rest.split_once("_bot")?;
    Some((word, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_bots_from_people() {
        assert_eq!(place_of_bot("project_7_bot_0a1b"), Some(("project", 7)));
        assert_eq!(place_of_bot("group_12_bot"), Some(("group", 12)));
        for other in ["anna", "project_x_bot", "project_7", "service_account_group_1_bot"] {
            assert_eq!(place_of_bot(other), None, "{other}");
        }
        assert_eq!(type_of("service_account_b", Some(true), false), OwnerType::ServiceAccount);
        assert_eq!(type_of("robot", Some(true), false), OwnerType::Bot);
        assert_eq!(type_of("robot", Some(true), true), OwnerType::ServiceAccount);
        assert_eq!(type_of("anna", Some(false), false), OwnerType::Person);
    }
}
