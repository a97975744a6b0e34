//! Ends tokens: by their id, by their value, by themselves. Each call is made once.

use tokensieve_core::{Redactor, Secret};

use super::api::{Api, Caller, CallerError, Refusal, runner_of};
use super::record::Record;
use super::target::{Located, Place, TargetKind};
use crate::gitlab::answer::Answer;
use crate::gitlab::clean::Cleaner;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, Credential, Scheme};
use crate::gitlab::error::Error;
use crate::gitlab::kinds::Kind;

const SELF: &str = "/api/v4/personal_access_tokens/self";

/// What became of a revocation.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum End {
    /// It would be made.
    Planned,
    /// The token is dead.
    Revoked,
    /// It was dead before, and nothing was done.
    Already,
    /// The instance shows no such token to this caller.
    NotFound,
    /// The instance cannot revoke this kind in this way.
    Unsupported,
    /// The program or the instance declined; the token lives.
    Refused,
    /// No answer says whether it lives.
    Unknown,
}

impl End {
    /// The name that reports have.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Revoked => "revoked",
            Self::Already => "already",
            Self::NotFound => "not_found",
            Self::Unsupported => "unsupported",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// Whether the token is known to be dead.
    #[must_use]
    pub fn is_dead(self) -> bool {
        matches!(self, Self::Revoked | Self::Already)
    }
}

/// A revocation, planned or made.
#[derive(Clone, Debug)]
pub struct Revocation {
    /// The kind.
    pub kind: &'static str,
    /// The id, where it is known.
    pub id: Option<u64>,
    /// What became of it.
    pub end: End,
    /// The status of the answer; none without one.
    pub status: Option<u16>,
    /// Why, in words that can be shown.
    pub reason: String,
}

impl Revocation {
    /// A revocation without an answer.
    #[must_use]
    pub fn new(kind: &'static str, id: Option<u64>, end: End, reason: impl Into<String>) -> Self {
        Self { kind, id, end, status: None, reason: reason.into() }
    }
}

/// Whom a value is handed to, to be revoked.
#[derive(Clone, Debug)]
pub enum By {
    /// The token revokes itself.
    Itself,
    /// The owner of its top-level group.
    Group(String),
    /// An administrator.
    Administrator,
}

/// Revokes tokens of one instance.
pub struct Revoker<'a> {
    /// Talks to the instance.
    pub client: &'a Client,
    /// Who calls; none where tokens revoke themselves.
    pub caller: Option<&'a Caller>,
    /// Cleans what the server says.
    pub redactor: &'a Redactor,
    /// Whether kinds may be reset that cannot be revoked, and runners deleted.
    pub allows_reset: bool,
    /// Whether a runner may go with its token.
    pub deletes_runners: bool,
}

impl Revoker<'_> {
    /// Why a token that is named by its id is not to be revoked; none where it can be.
    #[must_use]
    pub fn obstacle(&self, kind: TargetKind) -> Option<&'static str> {
        match kind {
            TargetKind::RunnerAuthenticationToken if !self.deletes_runners => {
                Some("its runner goes with it: --delete-runner; or give it a new one: token rotate")
            }
            TargetKind::OauthApplicationSecret => {
                Some("its application would go with it; give it a new secret: token rotate")
            }
            _ => None,
        }
    }

    /// Revokes a token by its id.
    #[must_use]
    pub fn by_id(&self, located: &Located) -> Revocation {
        let name = located.kind.name();
        let done = |end, reason: &str| Revocation::new(name, Some(located.id), end, reason);
        let Some(caller) = self.caller else { return done(End::Refused, "there is no caller") };
        let answer = self.client.delete(&located.path(), Some(&caller.credential()), None);
        let mut end = self.read(answer, caller.secret());
        if end.0 == End::Unknown
            && let Ok((record, _)) = (Api { client: self.client, caller }).read(located)
        {
            // The answer was lost; the record tells.
            end.0 = if record.is_revoked { End::Revoked } else { End::Unknown };
        }
        Revocation { status: end.1, ..done(end.0, &end.2) }
    }

    /// Why a token that is named by its value is not to be revoked; none where it can be.
    #[must_use]
    pub fn obstacle_of_value(&self, kind: Kind, by: &By) -> Option<&'static str> {
        let is_runner = kind == Kind::RunnerAuthenticationToken;
        match by {
            By::Itself if is_runner && !self.deletes_runners => {
                Some("its runner goes with it: --delete-runner; or reset it: token rotate")
            }
            By::Itself if !is_runner && kind != Kind::PersonalAccessToken => {
                Some("this kind cannot revoke itself: --by-group or --by-admin")
            }
            By::Itself => None,
            By::Group(_) | By::Administrator => {
                let is_reset = is_runner
                    || matches!(
                        kind,
                        Kind::FeedToken
                            | Kind::IncomingEmailToken
                            | Kind::FeatureFlagsClientToken
                            | Kind::OauthApplicationSecret
                    );
                (is_reset && !self.allows_reset)
                    .then_some("it can only be reset, which ends it for all its users: --reset")
            }
        }
    }

    /// What a living value is, without changing anything; what is dead already.
    #[must_use]
    pub fn look(&self, kind: Kind, secret: &Secret) -> (Option<Record>, Option<Revocation>) {
        let name = kind.name();
        match kind {
            Kind::PersonalAccessToken => match Caller::ask(self.client, secret) {
                Ok(caller) => (Some(caller.record), None),
                Err(CallerError::Revoked(why)) => {
                    let why = self.clean(&why, secret);
                    (None, Some(Revocation::new(name, None, End::Already, why)))
                }
                // Expired, refused or not to be reached: the call itself will tell.
                Err(_) => (None, None),
            },
            Kind::RunnerAuthenticationToken => match runner_of(self.client, secret) {
                Ok(id) => (Record::read(&mut serde_json::json!({"id": id})), None),
                Err(CallerError::Revoked(why)) => {
                    let why = self.clean(&why, secret);
                    (None, Some(Revocation::new(name, None, End::Already, why)))
                }
                Err(_) => (None, None),
            },
            _ => (None, None),
        }
    }

    /// Revokes what a value belongs to.
    #[must_use]
    pub fn by_value(&self, kind: Kind, secret: &Secret, by: &By) -> Revocation {
        let is_runner = kind == Kind::RunnerAuthenticationToken;
        let json = || Body::json(&[("token", secret.expose())]);
        let own = Credential::new(Scheme::PrivateToken, secret);
        let callers = self.caller.map(Caller::credential);
        let answer = match by {
            By::Itself if is_runner => {
                json().and_then(|body| self.client.delete("/api/v4/runners", None, Some(&body)))
            }
            By::Itself => self.client.delete(SELF, Some(&own), None),
            By::Group(group) => {
                let path = format!("{}/tokens/revoke", Place::Group(group.clone()).path());
                json().and_then(|body| self.client.post(&path, callers.as_ref(), &body))
            }
            By::Administrator => json().and_then(|body| {
                self.client.delete("/api/v4/admin/token", callers.as_ref(), Some(&body))
            }),
        };
        let mut end = self.read(answer, secret);
        if end.0 == End::Unknown
            && let (_, Some(dead)) = self.look(kind, secret)
        {
            end.0 = if dead.end == End::Already { End::Revoked } else { End::Unknown };
        }
        Revocation { status: end.1, ..Revocation::new(kind.name(), None, end.0, end.2) }
    }

    fn clean(&self, text: &str, secret: &Secret) -> String {
        Cleaner { redactor: self.redactor, secret }.clean(text)
    }

    fn read(&self, answer: Result<Answer, Error>, secret: &Secret) -> (End, Option<u16>, String) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => {
                let end = if error.is_unsent() { End::Refused } else { End::Unknown };
                return (end, None, self.clean(&error.to_string(), secret));
            }
        };
        let status = answer.status();
        let end = match status {
            200..300 => End::Revoked,
            404 => End::NotFound,
            422 => End::Unsupported,
            408 | 499 | 500.. => End::Unknown,
            _ => End::Refused,
        };
        let reason = if end == End::Revoked {
            String::new()
        } else {
            self.clean(&Refusal::of(&answer).reason, secret)
        };
        (end, Some(status), reason)
    }
}
