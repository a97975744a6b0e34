//! Which tokens a command is about: those that are named by id, or those of a findings report.

use std::path::Path;

use anyhow::{Result, anyhow};
use tokensieve_core::{FingerprintKey, Secret};

use super::input::{TokenInput, Tokens};
use crate::gitlab::rotate::{Caller, Entry, Refusal, Scope, Target, identify, last_of_secret};
use crate::gitlab::{Client, other_hosts};

/// What the user names.
pub(super) struct Named<'a> {
    pub(super) targets: Vec<Target>,
    pub(super) from: Option<&'a Path>,
    pub(super) within: Option<&'a str>,
    pub(super) prefixes: &'a [String],
    /// What earlier runs did: a secret that is dead by now is known from there.
    pub(super) entries: &'a [Entry],
}

/// A token that is not touched.
pub(super) struct NotTouched {
    pub(super) kind: &'static str,
    pub(super) id: Option<u64>,
    pub(super) reason: String,
}

/// A token with its value, where that is known; or why it is not touched.
pub(super) type Found = Result<(Target, Option<Secret>), NotTouched>;

/// Finds all tokens that are named, inside the scope. Nothing is changed.
///
/// # Errors
///
/// The scope is not clear, or the report cannot be read.
pub(super) fn find(named: &Named<'_>, client: &Client, caller: &Caller) -> Result<Vec<Found>> {
    let wrong = |refusal: Refusal| anyhow!("--within: {}", refusal.reason);
    let scope = named.within.map(|text| Scope::find(client, caller, text).map_err(wrong));
    let scope = scope.transpose()?;
    let Some(from) = named.from else {
        return Ok(named.targets.iter().map(|target| Ok((target.clone(), None))).collect());
    };
    let Some(scope) = scope else { return Err(anyhow!("--from needs --within")) };
    let input =
        TokenInput { files: vec![from.to_owned()], gitlab_prefixes: named.prefixes.to_vec() };
    let tokens = Tokens::read(&input)?;
    let one = |found: &super::input::Found| {
        let kind = found.token.kind();
        let reason = |reason: String| NotTouched { kind: kind.name(), id: None, reason };
        let redactor = tokens.scanner.redactor();
        let others = other_hosts(found.hosts.clone(), client.instance());
        if !others.is_empty() {
            return Err(reason(format!("other host: {}", others.join(", "))));
        }
        let secret = found.token.secret();
        let secret_id = FingerprintKey::default().secret_id(secret).to_string();
        let known = last_of_secret(named.entries, &client.instance().to_string(), &secret_id);
        if let Some(target) = known.and_then(Entry::target) {
            return Ok((target, Some(secret.clone())));
        }
        let target = identify(client, caller, (kind, secret))
            .and_then(|identity| scope.join(client, caller, &identity));
        let target = target.map_err(|refusal| {
            reason(format!("{}: {}", found.redacted, redactor.redact(&refusal.reason)))
        })?;
        Ok((target, Some(secret.clone())))
    };
    Ok(tokens.found.iter().map(one).collect())
}

/// Refuses a token that is not inside the scope that the user names.
///
/// # Errors
///
/// It is elsewhere, or the scope is not clear.
pub(super) fn check_scope(
    within: Option<&str>,
    client: &Client,
    caller: &Caller,
    (target, record): (&Target, Option<&crate::gitlab::rotate::Record>),
) -> Result<(), Refusal> {
    match within {
        None => Ok(()),
        Some(text) => Scope::find(client, caller, text)?.check(client, caller, (target, record)),
    }
}
