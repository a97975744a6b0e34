//! The run of a creation: chooses the kind, shows the plan, creates, and reports.

use std::io::{self, Write};

use anyhow::{Context, Result, anyhow, bail};
use jiff::Timestamp;
use tokensieve_core::{RuleSet, Scanner};

use super::args::{CreateArgs, MakeArgs, PlaceArgs, RightsArgs};
use super::report::{Row, write};
use crate::cli::args::CallerArgs;
use crate::cli::commands::token::command_line::command_line;
use crate::cli::commands::token::deliver::{check, to_command, to_variables};
use crate::cli::commands::token::journal;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::cli::verification;
use crate::gitlab::Client;
use crate::gitlab::choose::{Advice, Answers, Span, Target, Touches, Who, advice_for, choose};
use crate::gitlab::rotate::{
    Caller, Creation, Creator, Draft, Fill, Journal, Place, Refusal, SecretFile, State, TargetKind,
    day_after,
};

/// Days that a token of a named kind lives, where nobody says otherwise.
const DAYS: u32 = 90;

/// What is to be made, by whom.
pub(crate) struct Order<'a> {
    pub(crate) advice: Advice,
    pub(crate) fill: Fill,
    pub(crate) make: &'a MakeArgs,
}

pub(crate) fn run(args: &CreateArgs) -> Result<Exit> {
    let advice = match args.kind.as_deref() {
        Some(kind) => named(kind, args)?,
        None => chosen(args)?,
    };
    let fill = Fill {
        place: args.place.place(),
        account: args.account.clone(),
        agent: args.agent.clone(),
        user: args.user.clone(),
    };
    make(&Order { advice, fill, make: &args.make })
}

/// The wishes of the user that differ from the chart.
pub(crate) fn target(rights: &RightsArgs, place: &PlaceArgs, name: &str) -> Target {
    Target {
        project: place.project.clone(),
        group: place.group.clone(),
        name: Some(name.to_owned()),
        scopes: (!rights.scopes.is_empty()).then(|| rights.scopes.clone()),
        role: rights.role,
        expires_at: rights.expires_at,
    }
}

/// What the chart ends in.
fn chosen(args: &CreateArgs) -> Result<Advice> {
    let (mut input, mut shown) = (io::stdin().lock(), io::stderr());
    let answers = match args.rights.expires_at {
        // The date says it.
        Some(_) => args.answers.ask_with(Some(DAYS.to_string()), &mut input, &mut shown)?,
        None => args.answers.ask(&mut input, &mut shown)?,
    };
    let target = target(&args.rights, &args.place, &args.make.name);
    choose(&answers, &target, Timestamp::now()).map_err(|why| anyhow!(why))
}

/// A kind that the user names, in the place that is named.
fn named(kind: &str, args: &CreateArgs) -> Result<Advice> {
    let has_scopes = TargetKind::named(kind)
        .is_some_and(|kind| kind.is_access_token() || kind == TargetKind::DeployToken);
    match (has_scopes, args.rights.scopes.is_empty()) {
        (true, true) => bail!("--kind {kind} needs --scopes: `token choose` tells the narrowest"),
        (false, false) => bail!("a {kind} has no scopes"),
        _ => {}
    }
    let days = args.answers.days().unwrap_or(Ok(DAYS))?;
    let target = target(&args.rights, &args.place, &args.make.name);
    advice(kind, &target, days).with_context(|| format!("--kind {kind}"))
}

/// The advice for a kind in a place, with the last day that is asked for.
pub(crate) fn advice(kind: &str, target: &Target, days: u32) -> Result<Advice> {
    let span = match (&target.project, &target.group) {
        (Some(_), _) => Span::Project,
        (None, Some(_)) => Span::Projects,
        (None, None) => Span::Instance,
    };
    let now = Timestamp::now();
    let by_days = || day_after(now.as_second(), i64::from(days)).parse();
    let last = target.expires_at.map_or_else(by_days, Ok).context("--days")?;
    let target = Target { expires_at: Some(last), ..target.clone() };
    let answers = Answers { span, ..Answers::new(Who::Machine, false, Touches::Api) };
    advice_for(kind, &answers, &target, now).context("there is no such kind")
}

/// Who asks, and what cleans the answers.
pub(crate) struct Asking {
    client: Client,
    caller: Caller,
    scanner: Scanner,
}

impl Asking {
    /// Asks the instance who the caller is.
    ///
    /// # Errors
    ///
    /// The credential is missing, dead or refused.
    pub(crate) fn start(args: &CallerArgs) -> Result<Self> {
        let (client, own) = verification::connect(&args.to_instance())?;
        let Some(own) = own else {
            bail!("your credential is missing: --token-file or --token-env")
        };
        let scanner = Scanner::builder().build(&RuleSet::builtin())?;
        let caller = Caller::ask(&client, &own).map_err(|error| {
            let why = scanner.redactor().redact(&error.to_string());
            anyhow!("your credential is refused: {why}")
        })?;
        Ok(Self { client, caller, scanner })
    }

    /// What makes tokens and accounts.
    pub(crate) fn creator(&self, settle: u32) -> Creator<'_> {
        Creator {
            client: &self.client,
            caller: &self.caller,
            redactor: self.scanner.redactor(),
            settle: i64::from(settle),
            now: Timestamp::now().as_second(),
        }
    }

    /// A refusal in words that can be shown.
    pub(crate) fn error(&self, refusal: &Refusal) -> anyhow::Error {
        anyhow!(self.creator(0).clean(&refusal.reason))
    }
}

/// Makes what is ordered, or says what would be made.
pub(crate) fn make(order: &Order<'_>) -> Result<Exit> {
    let args = order.make;
    let asking = Asking::start(&args.caller)?;
    let creator = asking.creator(args.settle);
    let draft = creator.draft(&order.advice, &order.fill);
    let draft = draft.map_err(|refusal| asking.error(&refusal))?;
    check(&args.deliver, creator.client, creator.caller, creator.redactor)?;
    let path = journal::path(args.journal.as_deref())?;
    let at = || format!("the journal {}", path.display());
    let creation = if args.yes {
        let mut journal = Journal::open(&path).with_context(at)?;
        let creation = creator.run(&draft, &mut journal, &args.secret_file);
        delivered(creation, &creator, args)
    } else {
        let standing = creator.standing(&draft, &Journal::peek(&path).with_context(at)?);
        planned(&draft, standing, args)
    };
    tell(order, &draft, &creation)
}

/// Brings the new secret where it is to go. It stays in its file whatever happens.
fn delivered(mut creation: Creation, creator: &Creator<'_>, args: &MakeArgs) -> Creation {
    let Some(file) = creation.secret_file.as_ref().filter(|_| args.deliver.is_any()) else {
        return creation;
    };
    let hand_over = |secret| {
        to_variables(&args.deliver, creator.client, (secret, creator.caller))?;
        to_command(&args.deliver, secret)
    };
    let done = match SecretFile::value(file) {
        Ok(Some(secret)) => hand_over(&secret),
        Ok(None) => Err(anyhow!("{} is empty", file.display())),
        Err(error) => Err(error.into()),
    };
    if let Err(error) = done {
        let why = creator.redactor.redact(&format!("{error:#}"));
        creation.is_complete = false;
        creation.reason = format!("the secret is in its file, but was not delivered: {why}");
    }
    creation
}

/// What a dry run tells.
fn planned(draft: &Draft, standing: Option<String>, args: &MakeArgs) -> Creation {
    if let Some(standing) = standing {
        return Creation::new(draft, State::Planned, standing);
    }
    if let Some(why) = &draft.refusal {
        return Creation::new(draft, State::Refused, why.clone());
    }
    let mut creation = Creation::new(draft, State::Planned, draft.notes.join("; "));
    creation.secret_file = Some(args.secret_file.clone());
    creation
}

fn tell(order: &Order<'_>, draft: &Draft, creation: &Creation) -> Result<Exit> {
    let args = order.make;
    let orphans = creation.orphans.iter().map(|id| revoke(draft, order.fill.place.as_ref(), *id));
    let revoke: Vec<String> = orphans
        .map(|words| {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            command_line(&words, &args.caller)
        })
        .collect();
    let row = Row { draft, creation, revoke, leaked: order.advice.leaked };
    output::to_stdout(|out: &mut dyn Write| write(&row, args.format, out))?;
    Ok(match creation.state {
        _ if creation.state.has_secret() && !creation.is_complete => Exit::Incomplete,
        State::Lost => Exit::Incomplete,
        State::Refused | State::NotStarted => Exit::Findings(1),
        State::Planned | State::Done | State::Recovered => Exit::Clean,
    })
}

/// The words that revoke a token by its id.
fn revoke(draft: &Draft, place: Option<&Place>, id: u64) -> Vec<String> {
    let words = ["revoke", "--kind", draft.kind.name(), "--id", &id.to_string()];
    let mut words: Vec<String> = words.map(str::to_owned).to_vec();
    let named = match place {
        Some(Place::Project(name)) => Some(("--project", name)),
        Some(Place::Group(name)) => Some(("--group", name)),
        None => None,
    };
    if let Some((flag, name)) =
        named.filter(|_| draft.kind != TargetKind::RunnerAuthenticationToken)
    {
        words.extend([flag.to_owned(), name.clone()]);
    }
    if draft.kind == TargetKind::RunnerAuthenticationToken {
        words.push("--delete-runner".to_owned());
    }
    words.push("--yes".to_owned());
    words
}
