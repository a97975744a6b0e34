//! The run of a revocation: checks the caller, shows the plan, revokes, and reports.

use std::io::Write;

use anyhow::{Result, anyhow, bail};
use tokensieve_core::{RuleSet, Scanner, Secret};

use super::args::RevokeArgs;
use super::report::write;
use crate::cli::commands::token::targets::{self, Named};
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::verification;
use crate::gitlab::rotate::{
    By, Caller, End, Planner, Revocation, Revoker, Settings, Target, plan_notes,
};
use crate::gitlab::{Client, Kind, Token};

struct Session<'a> {
    args: &'a RevokeArgs,
    client: Client,
    own: Option<Secret>,
    scanner: Scanner,
}

pub(crate) fn run(args: &RevokeArgs) -> Result<Exit> {
    args.check()?;
    let (client, own) = verification::connect(&args.caller.to_instance())?;
    let mut builder = Scanner::builder();
    builder.gitlab_prefixes(args.gitlab_prefixes.iter().cloned());
    let scanner = builder.build(&RuleSet::builtin())?;
    let session = Session { args, client, own, scanner };
    let rows = if args.itself || args.value.is_some() {
        vec![session.one_value()?]
    } else {
        session.by_ids()?
    };
    output::to_stdout(|out: &mut dyn Write| write(&rows, args.format, out))?;
    Ok(exit(&rows))
}

impl Session<'_> {
    fn revoker<'s>(&'s self, caller: Option<&'s Caller>) -> Revoker<'s> {
        Revoker {
            client: &self.client,
            caller,
            redactor: self.scanner.redactor(),
            allows_reset: self.args.reset,
            deletes_runners: self.args.delete_runner,
        }
    }

    fn caller(&self) -> Result<Caller> {
        let Some(own) = &self.own else {
            bail!("your credential is missing: --token-file or --token-env");
        };
        let caller = Caller::ask(&self.client, own);
        caller.map_err(|error| anyhow!("your credential is refused: {error}"))
    }

    /// The caller's own credential, or the one that was found.
    fn one_value(&self) -> Result<Revocation> {
        self.expect(1)?;
        let secret = match (&self.args.value, &self.own) {
            (Some(file), _) => verification::credential_of(file)?,
            (None, Some(own)) => own.clone(),
            (None, None) => bail!("your credential is missing: --token-file or --token-env"),
        };
        let by = match &self.args.by_group {
            Some(group) => By::Group(group.clone()),
            None if self.args.by_admin => By::Administrator,
            None => By::Itself,
        };
        let caller = if matches!(by, By::Itself) { None } else { Some(self.caller()?) };
        let revoker = self.revoker(caller.as_ref());
        let kind = self.kind(&secret);
        let (record, dead) = revoker.look(kind, &secret);
        let id = record.as_ref().map(|record| record.id);
        if let Some(dead) = dead {
            return Ok(dead);
        }
        if let Some(why) = revoker.obstacle_of_value(kind, &by) {
            return Ok(Revocation::new(kind.name(), id, End::Refused, why));
        }
        if !self.args.yes {
            let notes = record.map_or("it ends wherever it is used".to_owned(), |record| {
                plan_notes(&record, self.scanner.redactor(), &secret)
            });
            return Ok(Revocation::new(kind.name(), id, End::Planned, notes));
        }
        Ok(Revocation { id, ..revoker.by_value(kind, &secret, &by) })
    }

    /// The kind that the form of a value tells; without one it counts as an access token.
    fn kind(&self, secret: &Secret) -> Kind {
        let matches = self.scanner.find(secret.expose());
        let whole = matches.iter().find(|matched| matched.span().len() == secret.expose().len());
        whole
            .and_then(|it| Token::new(it.rule(), secret.clone(), it.facts().clone()))
            .map_or(Kind::PersonalAccessToken, |token| token.kind())
    }

    fn by_ids(&self) -> Result<Vec<Revocation>> {
        let caller = self.caller()?;
        let named = Named {
            targets: self.args.ids.targets(),
            from: self.args.from.as_deref(),
            within: self.args.within.as_deref(),
            prefixes: &self.args.gitlab_prefixes,
            entries: &[],
        };
        let found = targets::find(&named, &self.client, &caller)?;
        self.expect(found.len())?;
        let is_batch = found.len() > 1 || self.args.from.is_some();
        let settings = Settings { allows_in_use: true, ..Settings::default() };
        let planner = Planner {
            client: &self.client,
            caller: &caller,
            redactor: self.scanner.redactor(),
            settings: &settings,
        };
        let one = |named: targets::Found| match named {
            Ok((target, secret)) => {
                let is_own = target.kind.is_access_token() && target.id == caller.record.id;
                if is_own && is_batch {
                    let why = "it is your own credential, which is no part of a batch: --self";
                    return row(&target, End::Refused, why);
                }
                self.by_id(&planner, &target, secret.as_ref())
            }
            Err(refused) => {
                let end = End::Refused;
                Revocation::new(refused.kind, refused.id, end, refused.reason)
            }
        };
        Ok(found.into_iter().map(one).collect())
    }

    fn by_id(&self, planner: &Planner<'_>, target: &Target, secret: Option<&Secret>) -> Revocation {
        let revoker = self.revoker(Some(planner.caller));
        if let Some(why) = revoker.obstacle(target.kind) {
            return row(target, End::Refused, why);
        }
        let plan = match planner.plan(target, secret) {
            Ok(plan) => plan,
            Err(refusal) => {
                let end = if refusal.status == Some(404) { End::NotFound } else { End::Refused };
                let status = refusal.status;
                return Revocation { status, ..row(target, end, &refusal.reason) };
            }
        };
        if plan.record.as_ref().is_some_and(|record| record.is_revoked) {
            return row(target, End::Already, "it was revoked before");
        }
        if !self.args.yes {
            return row(target, End::Planned, &plan.notes.join("; "));
        }
        revoker.by_id(&plan.located)
    }

    fn expect(&self, count: usize) -> Result<()> {
        match self.args.expect {
            Some(expected) if expected != count => {
                bail!("--expect {expected}, and it is about {count}: nothing was done")
            }
            _ => Ok(()),
        }
    }
}

fn row(target: &Target, end: End, reason: &str) -> Revocation {
    Revocation::new(target.kind.name(), Some(target.id), end, reason)
}

fn exit(rows: &[Revocation]) -> Exit {
    let has = |end: End| rows.iter().any(|row| row.end == end);
    if has(End::Unknown) {
        Exit::Incomplete
    } else if has(End::Refused) {
        Exit::Findings(1)
    } else if has(End::Unsupported) {
        Exit::Findings(5)
    } else if has(End::NotFound) {
        Exit::Findings(4)
    } else {
        Exit::Clean
    }
}
