//! Which tokens a command is about: those that are named by id, or those of a findings report.

use std::path::Path;

use anyhow::{Result, anyhow};
use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;
use tokensieve_core::{FingerprintKey, Secret};

use super::input::{TokenInput, Tokens};
use crate::gitlab::rotate::{
    Caller, Entry, Place, Refusal, Scope, Target, TargetKind, identify, last_of_secret,
};
use crate::gitlab::{Client, other_hosts};

/// Tokens that are named by kind and id.
#[derive(ClapArgs, Debug)]
pub(super) struct IdArgs {
    /// The kind of the tokens that --id names.
    #[arg(
        long,
        value_name = "KIND",
        requires = "id",
        value_parser = PossibleValuesParser::new(TargetKind::ALL.map(TargetKind::name))
    )]
    pub(super) kind: Option<String>,

    /// The id of a token; of a runner or an application, theirs. Repeatable.
    #[arg(long, value_name = "N", requires = "kind")]
    pub(super) id: Vec<u64>,

    /// The project, by id or path, whose token it is.
    #[arg(long, value_name = "PROJECT", conflicts_with = "group")]
    pub(super) project: Option<String>,

    /// The group, by id or path, whose token it is.
    #[arg(long, value_name = "GROUP")]
    pub(super) group: Option<String>,
}

impl IdArgs {
    /// Where the tokens belong to.
    pub(super) fn place(&self) -> Option<Place> {
        let project = self.project.clone().map(Place::Project);
        project.or_else(|| self.group.clone().map(Place::Group))
    }

    /// The tokens.
    pub(super) fn targets(&self) -> Vec<Target> {
        let Some(kind) = self.kind.as_deref().and_then(TargetKind::named) else {
            return Vec::new();
        };
        self.id.iter().map(|id| Target { kind, id: *id, place: self.place() }).collect()
    }
}

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
