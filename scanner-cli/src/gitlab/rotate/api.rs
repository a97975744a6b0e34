//! The calls that rotation makes: reads with retries, writes once.

use serde_json::Value;
use tokensieve_core::Secret;
use zeroize::Zeroize;

use super::record::Record;
use super::target::{Located, Target, TargetKind, base_of};
use crate::gitlab::answer::Answer;
use crate::gitlab::client::Client;
use crate::gitlab::credential::{Body, Credential, Scheme};
use crate::gitlab::error::Error;

const SELF: &str = "/api/v4/personal_access_tokens/self";
/// How many pages of a hundred rows are read of a list.
const MOST_PAGES: u32 = 100;
/// How many accounts, agents or controllers are looked through for a token.
const MOST_PARENTS: usize = 200;

/// Why a call brought nothing. The text may quote the server: it is cleaned before it is shown.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The status; none without an answer.
    pub status: Option<u16>,
    /// The reason.
    pub reason: String,
}

impl Refusal {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { status: None, reason: reason.into() }
    }

    pub(super) fn of(answer: &Answer) -> Self {
        let status = answer.status();
        let said = answer.json().and_then(|json| said(&json));
        let reason = said.map_or(format!("HTTP {status}"), |said| format!("HTTP {status}: {said}"));
        Self { status: Some(status), reason }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::new(error.to_string())
    }
}

/// The words of an answer that refuses.
fn said(json: &Value) -> Option<String> {
    let keys = ["error_description", "message", "error"];
    let value = keys.iter().find_map(|key| json.get(key))?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Why a credential is no caller.
#[derive(Clone, Debug)]
pub enum CallerError {
    /// The instance says that it was revoked.
    Revoked(String),
    /// The instance refuses it for another reason.
    Refused(String),
    /// No answer says anything about it.
    Unknown(String),
}

impl std::fmt::Display for CallerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Revoked(why) | Self::Refused(why) | Self::Unknown(why) => f.write_str(why),
        }
    }
}

/// A credential that lives, and what the instance tells about it.
pub struct Caller {
    secret: Secret,
    /// Its own record.
    pub record: Record,
    /// The instance's clock, in Unix seconds, where it tells it.
    pub(super) server_time: Option<i64>,
}

impl Caller {
    /// Asks the instance about the credential; that changes nothing but its last use.
    ///
    /// # Errors
    ///
    /// It is dead, refused, may not read itself, or there is no answer.
    pub fn ask(client: &Client, secret: &Secret) -> Result<Self, CallerError> {
        let credential = Credential::new(Scheme::PrivateToken, secret);
        let answer = client
            .get(SELF, Some(&credential))
            .map_err(|error| CallerError::Unknown(error.to_string()))?;
        if answer.status() == 200
            && let Some(record) = answer.json().as_mut().and_then(Record::read)
        {
            let server_time = answer.server_time();
            return Ok(Self { secret: secret.clone(), record, server_time });
        }
        let refusal = Refusal::of(&answer);
        let json = answer.json();
        let text = json.as_ref().and_then(|json| json.get("error_description")?.as_str());
        Err(match answer.status() {
            401 if text.is_some_and(|text| text.contains("revoked")) => {
                CallerError::Revoked(refusal.reason)
            }
            401 | 403 if json.is_some() => CallerError::Refused(refusal.reason),
            _ => CallerError::Unknown(refusal.reason),
        })
    }

    /// The credential for a request.
    pub(super) fn credential(&self) -> Credential<'static> {
        Credential::new(Scheme::PrivateToken, &self.secret)
    }

    /// The secret itself.
    #[must_use]
    pub fn secret(&self) -> &Secret {
        &self.secret
    }
}

/// The id of the runner that a token belongs to. The call makes nothing.
///
/// # Errors
///
/// The token is dead, or there is no answer.
pub(super) fn runner_of(client: &Client, secret: &Secret) -> Result<u64, CallerError> {
    let body = Body::form(&[("token", secret.expose())]);
    let answer = client
        .post("/api/v4/runners/verify", None, &body)
        .map_err(|error| CallerError::Unknown(error.to_string()))?;
    let json = answer.json();
    let id = json.as_ref().and_then(|json| json.get("id")?.as_u64());
    let has_words = json.is_some();
    if let Some(Value::String(secret)) = json.unwrap_or_default().get_mut("token") {
        secret.zeroize();
    }
    match (answer.status(), id) {
        (200, Some(id)) => Ok(id),
        (403, _) if has_words => Err(CallerError::Revoked(Refusal::of(&answer).reason)),
        _ => Err(CallerError::Unknown(Refusal::of(&answer).reason)),
    }
}

/// What became of a write that makes a new secret.
pub(super) enum Sent {
    /// The answer is whole.
    New { secret: Secret, id: Option<u64>, expires_at: Option<String> },
    /// The instance did not do it, and says so.
    Declined(Refusal),
    /// Nothing left this program.
    Unsent(String),
    /// Whether it was done is not known.
    Unclear(String),
}

/// Reads and writes as one caller.
#[derive(Clone, Copy)]
pub(super) struct Api<'a> {
    pub(super) client: &'a Client,
    pub(super) caller: &'a Caller,
}

impl Api<'_> {
    /// Gets JSON.
    pub(super) fn get(&self, path: &str) -> Result<(Value, Option<i64>), Refusal> {
        let answer = self.client.get(path, Some(&self.caller.credential()))?;
        match answer.json().filter(|_| answer.status() == 200) {
            Some(json) => Ok((json, answer.server_time())),
            None => Err(Refusal::of(&answer)),
        }
    }

    /// All rows of a list that `keep` reads something of.
    pub(super) fn rows<T>(
        &self,
        path: &str,
        keep: impl Fn(&mut Value) -> Option<T>,
    ) -> Result<Vec<T>, Refusal> {
        let mark = if path.contains('?') { '&' } else { '?' };
        let mut kept = Vec::new();
        for page in 1..=MOST_PAGES {
            let path = format!("{path}{mark}per_page=100&page={page}");
            let answer = self.client.get(&path, Some(&self.caller.credential()))?;
            let Some(Value::Array(mut rows)) = answer.json().filter(|_| answer.status() == 200)
            else {
                return Err(Refusal::of(&answer));
            };
            kept.extend(rows.iter_mut().filter_map(&keep));
            let has_header = answer.header("x-next-page").is_some();
            let has_next = if has_header {
                answer.next_page().is_some_and(|next| next > page)
            } else {
                rows.len() == 100
            };
            if !has_next {
                return Ok(kept);
            }
        }
        Err(Refusal::new("the list has more than 10,000 rows"))
    }

    /// The record of a token, and the instance's clock.
    pub(super) fn read(&self, located: &Located) -> Result<(Record, Option<i64>), Refusal> {
        if located.is_only_listed() {
            let records = self.rows(&located.base, Record::read)?;
            let found = records.into_iter().find(|record| record.id == located.id);
            return found
                .map(|record| (record, None))
                .ok_or_else(|| Refusal { status: Some(404), reason: "not in its list".into() });
        }
        let (mut json, time) = self.get(&located.path())?;
        let record = Record::read(&mut json);
        record.map(|record| (record, time)).ok_or_else(|| Refusal::new("its record has no id"))
    }

    /// Finds the list that a token is in.
    pub(super) fn locate(&self, target: &Target) -> Result<Located, Refusal> {
        let base = base_of(target.kind, target.place.as_ref()).map_err(Refusal::new)?;
        let suffix = match target.kind {
            TargetKind::ServiceAccountToken if target.place.is_some() => "personal_access_tokens",
            TargetKind::KubernetesAgentToken | TargetKind::RunnerControllerToken => "tokens",
            _ => return Ok(Located { kind: target.kind, id: target.id, base }),
        };
        let parents = self.rows(&base, |row| row.get("id").and_then(Value::as_u64))?;
        for parent in parents.iter().take(MOST_PARENTS) {
            let base = format!("{base}/{parent}/{suffix}");
            let ids = self.rows(&base, |row| row.get("id").and_then(Value::as_u64))?;
            if ids.contains(&target.id) {
                return Ok(Located { kind: target.kind, id: target.id, base });
            }
        }
        Err(Refusal { status: Some(404), reason: "no such token is shown there".into() })
    }

    /// Posts once what makes a new secret.
    pub(super) fn make(&self, path: &str, key: &str, fields: &[(&str, &[u8])]) -> Sent {
        let body = Body::form(fields);
        sent(self.client.post(path, Some(&self.caller.credential()), &body), key)
    }

    /// Posts once, in JSON, what makes a new secret.
    pub(super) fn make_of(&self, path: &str, body: &Value, key: &str) -> Sent {
        let body = Body::of_value(body);
        sent(self.client.post(path, Some(&self.caller.credential()), &body), key)
    }

    /// Deletes once; 404 counts as gone.
    pub(super) fn delete(&self, path: &str) -> Result<u16, Refusal> {
        let answer = self.client.delete(path, Some(&self.caller.credential()), None)?;
        if answer.is_success() { Ok(answer.status()) } else { Err(Refusal::of(&answer)) }
    }
}

/// Reads what became of a write. A 5xx can come from a proxy after the work was done.
pub(super) fn sent(result: Result<Answer, Error>, key: &str) -> Sent {
    let answer = match result {
        Ok(answer) => answer,
        Err(error) if error.is_unsent() => return Sent::Unsent(error.to_string()),
        Err(error) => return Sent::Unclear(error.to_string()),
    };
    let status = answer.status();
    if answer.is_success() {
        let new = answer.json().and_then(|json| new_secret(json, key));
        return new.unwrap_or_else(|| Sent::Unclear(format!("HTTP {status} without a new secret")));
    }
    if matches!(status, 408 | 499 | 500..) {
        Sent::Unclear(Refusal::of(&answer).reason)
    } else {
        Sent::Declined(Refusal::of(&answer))
    }
}

fn new_secret(mut json: Value, key: &str) -> Option<Sent> {
    let Some(Value::String(text)) = json.get_mut(key) else { return None };
    let mut text = std::mem::take(text);
    let secret = Secret::new(text.as_bytes());
    text.zeroize();
    // Text with blanks or line ends in it cannot be a credential, and would not be read back as one
    // from its file.
    let is_whole = !secret.expose().is_empty() && secret.expose().iter().all(u8::is_ascii_graphic);
    let field = |name: &str| json.get(name).and_then(Value::as_str).map(str::to_owned);
    is_whole.then(|| Sent::New {
        secret,
        id: json.get("id").and_then(|id| id.as_u64().or_else(|| id.as_str()?.parse().ok())),
        expires_at: field("expires_at").or_else(|| field("token_expires_at")),
    })
}
