//! Asks an instance about tokens: does each of them live, whose is it, what may it do?

mod check;
mod meaning;
mod reach;
mod record;
mod settings;
mod verdict;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Map, Value};
use tokensieve_core::Redactor;
use zeroize::Zeroize;

use self::check::Check;
pub use self::check::Plan;
use self::meaning::Reading;
pub use self::settings::Settings;
pub use self::verdict::{Evidence, State, Verdict};
use super::clean::Cleaner;
use super::client::Client;
use super::error::Error;
use super::gate::MOST_AT_ONCE;
use super::kinds::Kind;
use super::token::Token;

/// Asks one instance about tokens.
pub struct Verifier<'a> {
    client: &'a Client,
    settings: &'a Settings,
    redactor: &'a Redactor,
    /// Why the administrator's credential is of no use, once that is known.
    refused_administrator: OnceLock<Reading>,
}

impl<'a> Verifier<'a> {
    /// A verifier. The redactor cleans what the server says.
    #[must_use]
    pub fn new(client: &'a Client, settings: &'a Settings, redactor: &'a Redactor) -> Self {
        Self { client, settings, redactor, refused_administrator: OnceLock::new() }
    }

    /// What would be asked about a token. Nothing is sent.
    #[must_use]
    pub fn plan(&self, token: &Token) -> Plan {
        match Check::choose(token, self.settings, self.client.instance()) {
            Ok(check) => Plan::Ask(check.call()),
            Err(reading) => Plan::Skip(reading.state, reading.reason),
        }
    }

    /// Asks about all tokens, about each distinct secret once, and four at a time.
    ///
    /// The result has a verdict for each token, in their order. `progress` is called with the
    /// number of verdicts so far. When the client is stopped, the rest is [`State::Unknown`].
    pub fn verify_all(&self, tokens: &[Token], progress: &(dyn Fn(usize) + Sync)) -> Vec<Verdict> {
        let mut first_of: HashMap<&[u8], usize> = HashMap::new();
        let mut distinct: Vec<&Token> = Vec::new();
        let mut row_of = Vec::with_capacity(tokens.len());
        for token in tokens {
            let row = *first_of.entry(token.secret().expose()).or_insert_with(|| {
                distinct.push(token);
                distinct.len() - 1
            });
            row_of.push(row);
        }
        let verdicts = self.verify_distinct(&distinct, progress);
        row_of.into_iter().map(|row| verdicts[row].clone()).collect()
    }

    fn verify_distinct(
        &self,
        tokens: &[&Token],
        progress: &(dyn Fn(usize) + Sync),
    ) -> Vec<Verdict> {
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let verdicts: Mutex<Vec<Option<Verdict>>> = Mutex::new(vec![None; tokens.len()]);
        std::thread::scope(|scope| {
            for _ in 0..MOST_AT_ONCE.min(tokens.len()) {
                scope.spawn(|| {
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(token) = tokens.get(at) else { return };
                        let verdict = self.verify(token);
                        verdicts.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(verdict);
                        progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                    }
                });
            }
        });
        let verdicts = verdicts.into_inner().unwrap_or_else(PoisonError::into_inner);
        let missing = || Verdict::unasked(State::Unknown, "not asked");
        verdicts.into_iter().map(|verdict| verdict.unwrap_or_else(missing)).collect()
    }

    /// Asks about one token.
    #[must_use]
    pub fn verify(&self, token: &Token) -> Verdict {
        let check = match Check::choose(token, self.settings, self.client.instance()) {
            Ok(check) => check,
            Err(reading) => return Verdict::unasked(reading.state, reading.reason),
        };
        if let Some(verdict) = self.ask(token, &check) {
            return self.with_reach(token, verdict);
        }
        // The administrator's API does not know the kind, or is not there.
        let settings = Settings { administrator: None, ..self.settings.clone() };
        match Check::choose(token, &settings, self.client.instance()) {
            Ok(check) => {
                let verdict = self.ask(token, &check);
                let nothing = || Verdict::unasked(State::Unknown, "not asked");
                self.with_reach(token, verdict.unwrap_or_else(nothing))
            }
            Err(reading) => {
                let why = "the administrator's API of this instance does not know its kind";
                Verdict::unasked(reading.state, format!("{}; {why}", reading.reason))
            }
        }
    }

    /// The verdict of a check; none where the administrator's API does not know the kind.
    fn ask(&self, token: &Token, check: &Check<'_>) -> Option<Verdict> {
        if check.is_administrators()
            && let Some(reading) = self.refused_administrator.get()
        {
            return Some(Verdict::unasked(reading.state, reading.reason.clone()));
        }
        let cleaner = Cleaner { redactor: self.redactor, secret: token.secret() };
        let mut evidence = Evidence { endpoint: Some(check.call()), ..Evidence::default() };
        let answer = match check.send(token, self.settings, self.client) {
            Ok(answer) => answer,
            Err(error) => {
                let is_unsent = matches!(error, Error::Stopped | Error::TooManyRefusals(_));
                let endpoint = evidence.endpoint.filter(|_| !is_unsent);
                let state = match error {
                    Error::Unsendable => State::Unchecked,
                    _ => State::Unknown,
                };
                // The reason can quote a server: the host of a redirect, a TLS alert.
                let reason = cleaner.clean(&error.to_string());
                let evidence = Evidence { endpoint, status: None, reason };
                return Some(Verdict { state, evidence, record: Map::new() });
            }
        };
        evidence.status = Some(answer.status());
        let json = answer.json().map(without_secret);
        let outcome = check.read(token, &answer, json.as_ref(), self.settings.now)?;
        if check.is_administrators() && outcome.is_callers_fault {
            let _ = self.refused_administrator.set(outcome.reading.clone());
        }
        let Reading { state, reason } = outcome.reading;
        if state.lives() {
            self.client.accepted();
        }
        evidence.reason = cleaner.clean(&reason);
        let record =
            json.filter(|_| outcome.has_record).map(|json| record::record(&json, &cleaner));
        Some(Verdict { state, evidence, record: record.unwrap_or_default() })
    }

    /// The verdict with what the token reaches, where that was asked for.
    fn with_reach(&self, token: &Token, mut verdict: Verdict) -> Verdict {
        let is_wanted = self.settings.with_associations
            && token.kind() == Kind::PersonalAccessToken
            && verdict.state == State::Active;
        if is_wanted {
            let cleaner = Cleaner { redactor: self.redactor, secret: token.secret() };
            let reach = reach::ask(self.client, token, &cleaner);
            verdict.record.insert("associations".to_owned(), reach);
        }
        verdict
    }
}

/// The answer without the secret that it may repeat: the string under `token`, zeroed.
fn without_secret(mut json: Value) -> Value {
    if let Some(Value::String(secret)) = json.get_mut("token") {
        secret.zeroize();
    }
    json
}

#[cfg(test)]
mod tests;
