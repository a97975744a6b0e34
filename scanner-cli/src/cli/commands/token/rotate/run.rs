//! The run of a rotation: checks the caller, shows the plan, rotates, and reports.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow, bail};
use tokensieve_core::{FingerprintKey, Redactor, RuleSet, Scanner, Secret};

use super::args::RotateArgs;
use super::report::write;
use crate::cli::commands::token::deliver::{check, to_command, to_variables};
use crate::cli::commands::token::journal;
use crate::cli::commands::token::targets::{self, Named};
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::verification;
use crate::gitlab::rotate::{
    Caller, CallerError, Entry, Journal, Plan, Planner, Refusal, Rotation, Rotator, SecretFile,
    Settings, State, Target, TargetKind, last_of_secret, plan_of_entry, standing,
};
use crate::gitlab::{Client, Kind, Token};

/// Who calls, where it lives, and what is planned for each token, or why it is refused.
type Planned = (Option<Caller>, Vec<Result<Plan, Rotation>>);

/// All that a run needs.
struct Session<'a> {
    args: &'a RotateArgs,
    client: Client,
    own: Secret,
    settings: Settings,
    scanner: Scanner,
}

pub(crate) fn run(args: &RotateArgs) -> Result<Exit> {
    args.check()?;
    let (client, own) = verification::connect(&args.how.caller.to_instance())?;
    let Some(own) = own else { bail!("your credential is missing: --token-file or --token-env") };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let settings = args.how.settings(i64::try_from(now).unwrap_or(i64::MAX));
    let mut builder = Scanner::builder();
    builder.gitlab_prefixes(args.gitlab_prefixes.iter().cloned());
    let scanner = builder.build(&RuleSet::builtin())?;
    let session = Session { args, client, own, settings, scanner };
    let path = journal::path(args.how.journal.as_deref())?;
    let named = || format!("the journal {}", path.display());
    if !args.how.yes {
        return session.dry_run(&Journal::peek(&path).with_context(named)?);
    }
    let mut journal = Journal::open(&path).with_context(named)?;
    session.act(&mut journal)
}

impl Session<'_> {
    fn redactor(&self) -> &Redactor {
        self.scanner.redactor()
    }

    fn dry_run(&self, entries: &[Entry]) -> Result<Exit> {
        let (caller, plans) = self.plans(entries)?;
        self.expect(&plans)?;
        if let Some(caller) = &caller {
            check(&self.args.how.deliver, &self.client, caller, self.redactor())?;
        }
        let rows: Vec<Rotation> = plans
            .iter()
            .map(|plan| match plan {
                Ok(plan) => self.planned(plan, entries),
                Err(refused) => refused.clone(),
            })
            .collect();
        self.tell(&rows)
    }

    /// A plan as a row, with what the journal says about it.
    fn planned(&self, plan: &Plan, entries: &[Entry]) -> Rotation {
        let mut row = plan.rotation();
        let instance = self.client.instance().to_string();
        if let Some(standing) = standing(entries, &instance, &plan.located) {
            row.state = State::Planned;
            row.reason = standing;
        }
        if row.state == State::Planned {
            row.secret_file = Some(self.file(plan));
        }
        row
    }

    fn act(&self, journal: &mut Journal) -> Result<Exit> {
        let (caller, plans) = self.plans(journal.entries())?;
        self.expect(&plans)?;
        let second = self.second()?;
        let writer = second.as_ref().or(caller.as_ref());
        if let Some(caller) = writer {
            check(&self.args.how.deliver, &self.client, caller, self.redactor())?;
        }
        if self.args.is_batch() {
            let named = || format!("cannot make {}", self.args.how.secret_file.display());
            make_folder(&self.args.how.secret_file).with_context(named)?;
        }
        let rotator = Rotator {
            client: &self.client,
            caller: caller.as_ref(),
            second: second.as_ref(),
            own: &self.own,
            redactor: self.redactor(),
            settings: &self.settings,
        };
        let mut rows = self.rotate(&rotator, &plans, journal);
        if let ([row], [Ok(plan)]) = (rows.as_mut_slice(), plans.as_slice()) {
            let living = caller.as_ref().filter(|_| !plan.is_self);
            self.deliver(row, second.as_ref().or(living));
        }
        self.tell(&rows)
    }

    /// Rotates one by one. After a loss the rest is left alone: the next answer could be lost, too.
    fn rotate(
        &self,
        rotator: &Rotator<'_>,
        plans: &[Result<Plan, Rotation>],
        journal: &mut Journal,
    ) -> Vec<Rotation> {
        let mut rows: Vec<Rotation> = Vec::with_capacity(plans.len());
        for plan in plans {
            let has_lost = rows.iter().any(|row| row.state == State::Lost);
            rows.push(match plan {
                Ok(plan) if has_lost => {
                    let reason = "not tried, since another one was lost".to_owned();
                    Rotation { state: State::NotStarted, reason, ..plan.rotation() }
                }
                Ok(plan) => rotator.run(plan, journal, &self.file(plan)),
                Err(refused) => refused.clone(),
            });
        }
        rows
    }

    /// The second credential, which is to live and to be another one.
    fn second(&self) -> Result<Option<Caller>> {
        let Some(file) = &self.args.how.with else { return Ok(None) };
        let secret = verification::credential_of(file)?;
        if secret == self.own {
            bail!("--with names the credential of --token-file: it takes another one");
        }
        let caller = Caller::ask(&self.client, &secret);
        let clean = |error: CallerError| anyhow!(self.redactor().redact(&error.to_string()));
        caller.map(Some).map_err(clean).context("--with")
    }

    fn expect(&self, plans: &[Result<Plan, Rotation>]) -> Result<()> {
        match self.args.how.expect {
            Some(count) if count != plans.len() => {
                bail!("--expect {count}, and it is about {}: nothing was done", plans.len())
            }
            _ => Ok(()),
        }
    }

    /// The caller and the plans. A caller that is dead rotates nothing.
    fn plans(&self, entries: &[Entry]) -> Result<Planned> {
        if self.args.itself {
            return self.plan_itself(entries);
        }
        let caller = match Caller::ask(&self.client, &self.own) {
            Ok(caller) => caller,
            Err(error) => bail!("your credential is refused: {error}"),
        };
        let planner = self.planner(&caller);
        let named = Named {
            targets: self.args.ids.targets(),
            from: self.args.from.as_deref(),
            within: self.args.within.as_deref(),
            prefixes: &self.args.gitlab_prefixes,
            entries,
        };
        let found = targets::find(&named, &self.client, &caller)?;
        let plans = found.into_iter().map(|found| self.plan_one(&planner, found)).collect();
        Ok((Some(caller), plans))
    }

    fn plan_one(&self, planner: &Planner<'_>, found: targets::Found) -> Result<Plan, Rotation> {
        let (target, secret) = found.map_err(|left| {
            let kind = TargetKind::named(left.kind).unwrap_or(TargetKind::PersonalAccessToken);
            let target = Target { kind, id: left.id.unwrap_or_default(), place: None };
            Rotation::refused(&target, left.reason)
        })?;
        let refused = |refusal: Refusal| Rotation::refused(&target, refusal.reason);
        let mut plan = planner.plan(&target, secret.as_ref()).map_err(refused)?;
        // Always the same key: the next run is to know the secret again.
        plan.secret_id = secret.map(|it| FingerprintKey::default().secret_id(&it).to_string());
        let within = self.args.within.as_deref();
        let token = (&target, plan.record.as_ref());
        targets::check_scope(within, &self.client, planner.caller, token).map_err(refused)?;
        if plan.is_self && self.args.is_batch() {
            let why = "it is your own credential, which is no part of a batch: --self";
            plan.refusal = Some(why.to_owned());
        }
        Ok(plan)
    }

    fn plan_itself(&self, entries: &[Entry]) -> Result<Planned> {
        // Always the same key: the next run is to know the secret again.
        let secret_id = FingerprintKey::default().secret_id(&self.own).to_string();
        let instance = self.client.instance().to_string();
        let place = self.args.ids.place();
        let earlier = last_of_secret(entries, &instance, &secret_id);
        if self.is_runner() {
            let plan = Planner::plan_runner(&self.client, &self.own, (&self.settings, secret_id));
            return match (plan, earlier) {
                (Ok(plan), _) => Ok((None, vec![Ok(plan)])),
                (Err(CallerError::Revoked(_)), Some(entry)) => {
                    Ok((None, vec![Ok(plan_of_entry(entry, None))]))
                }
                (Err(error), _) => bail!("your credential is refused: {error}"),
            };
        }
        match (Caller::ask(&self.client, &self.own), earlier) {
            (Ok(caller), _) => {
                let plan = self.planner(&caller).plan_self(place.as_ref(), secret_id);
                Ok((Some(caller), vec![Ok(plan)]))
            }
            (Err(_), Some(entry)) => Ok((None, vec![Ok(plan_of_entry(entry, place.as_ref()))])),
            (Err(error), None) => bail!(
                "your credential is refused, and the journal knows no rotation of it: {error}"
            ),
        }
    }

    fn planner<'s>(&'s self, caller: &'s Caller) -> Planner<'s> {
        Planner {
            client: &self.client,
            caller,
            redactor: self.redactor(),
            settings: &self.settings,
        }
    }

    /// Whether the caller's own credential has the form of a runner's token.
    fn is_runner(&self) -> bool {
        let matches = self.scanner.find(self.own.expose());
        matches.iter().any(|matched| {
            let token = Token::new(matched.rule(), self.own.clone(), matched.facts().clone());
            token.is_some_and(|token| token.kind() == Kind::RunnerAuthenticationToken)
        })
    }

    /// The file of a token's new secret.
    fn file(&self, plan: &Plan) -> PathBuf {
        let named = &self.args.how.secret_file;
        if self.args.is_batch() {
            named.join(format!("{}-{}", plan.located.kind.name(), plan.located.id))
        } else {
            named.clone()
        }
    }

    /// Brings the new secret where it is to go. It stays in its file whatever happens.
    fn deliver(&self, row: &mut Rotation, writer: Option<&Caller>) {
        let Some(file) = row.secret_file.clone().filter(|_| row.state.has_secret()) else { return };
        if !self.args.how.deliver.is_any() {
            return;
        }
        let delivered = match SecretFile::value(&file) {
            Ok(Some(secret)) => self.hand_over(&secret, writer),
            Ok(None) => Err(anyhow!("{} is empty", file.display())),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = delivered {
            row.is_complete = false;
            let why = self.redactor().redact(&format!("{error:#}"));
            row.reason = format!("the new secret is in its file, but was not delivered: {why}");
        }
    }

    /// A caller that has rotated itself goes on with its new secret.
    fn hand_over(&self, secret: &Secret, writer: Option<&Caller>) -> Result<()> {
        if !self.args.how.deliver.to_variable.is_empty() {
            let renewed = match writer {
                Some(_) => None,
                None => {
                    let renewed = Caller::ask(&self.client, secret);
                    Some(renewed.map_err(|error| anyhow!("the new secret is refused: {error}"))?)
                }
            };
            if let Some(writer) = writer.or(renewed.as_ref()) {
                to_variables(&self.args.how.deliver, &self.client, (secret, writer))?;
            }
        }
        to_command(&self.args.how.deliver, secret)
    }

    fn tell(&self, rows: &[Rotation]) -> Result<Exit> {
        let format = self.args.how.format;
        output::to_stdout(|out: &mut dyn Write| write(rows, format, out))?;
        Ok(exit(rows))
    }
}

fn exit(rows: &[Rotation]) -> Exit {
    let has = |states: &[State]| rows.iter().any(|row| states.contains(&row.state));
    let is_open = |row: &Rotation| row.state.has_secret() && !row.is_complete && !row.is_made;
    if has(&[State::Lost]) || rows.iter().any(is_open) {
        Exit::Incomplete
    } else if has(&[State::Refused, State::NotStarted]) {
        Exit::Findings(1)
    } else {
        Exit::Clean
    }
}

fn make_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}
