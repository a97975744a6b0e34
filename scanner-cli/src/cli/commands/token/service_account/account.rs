//! `tokensieve token service-account create`

use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::command_line::command_line;
use crate::cli::commands::token::create::{Asking, PlaceArgs, advice};
use crate::cli::commands::token::report::TokenFormat;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::gitlab::choose::Target;
use crate::gitlab::rotate::{AccountDraft, AccountOutcome, State};

const VERSION: u32 = 1;
/// What GitLab calls its access levels.
const LEVELS: [u64; 6] = [10, 15, 20, 30, 40, 50];

/// A service account of a group, a project, or, with neither, of the instance. An account of the
/// same name that is there is taken; memberships that it has stay as they are. Run the same command
/// again after anything that went wrong.
#[derive(ClapArgs, Debug)]
pub(super) struct AccountArgs {
    /// The name: what it is for.
    #[arg(long, value_name = "NAME")]
    name: String,

    /// The user name, by which other commands find it. Default: GitLab's choice.
    #[arg(long, value_name = "USERNAME")]
    username: Option<String>,

    #[command(flatten)]
    place: PlaceArgs,

    /// Make it a member with an access level (10 guest, 20 reporter, 30 developer, 40 maintainer),
    /// such as acme/shop=20. It reaches nothing else. Repeatable.
    #[arg(long, value_name = "PLACE=LEVEL", value_parser = membership)]
    member: Vec<(String, u64)>,

    #[command(flatten)]
    caller: CallerArgs,

    /// Carry the plan out. Without this flag, it is only shown.
    #[arg(long)]
    yes: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,
}

fn membership(text: &str) -> Result<(String, u64), String> {
    let (place, level) = text.rsplit_once('=').ok_or("PLACE=LEVEL is expected")?;
    let level = level.parse().ok().filter(|level| LEVELS.contains(level));
    let level = level.ok_or_else(|| format!("the level is one of {LEVELS:?}"))?;
    Ok((place.to_owned(), level))
}

pub(super) fn run(args: &AccountArgs) -> Result<Exit> {
    let target = Target {
        project: args.place.project.clone(),
        group: args.place.group.clone(),
        name: Some(args.name.clone()),
        ..Target::default()
    };
    let advice = advice("service_account_token", &target, 1)?;
    let mut call = advice.calls.into_iter().next().context("no call makes an account")?;
    if let Some(username) = &args.username {
        call.body["username"] = username.clone().into();
    }
    let asking = Asking::start(&args.caller)?;
    let creator = asking.creator(0);
    if !creator.caller.record.scopes.iter().any(|scope| scope == "api" || scope == "granular") {
        bail!("your credential lacks the scope api");
    }
    let place = args.place.place();
    let draft = creator.account(call, place.as_ref(), &args.member);
    let draft = draft.map_err(|refusal| asking.error(&refusal))?;
    let outcome = if args.yes { creator.run_account(&draft) } else { planned(&draft) };
    let form = Form::new(args, &draft, &outcome);
    output::to_stdout(|out: &mut dyn Write| match args.format {
        TokenFormat::Json => write_document(&form, out),
        TokenFormat::Text => form.write_text(out),
    })?;
    Ok(if matches!(outcome.state, State::Planned | State::Done) {
        Exit::Clean
    } else {
        Exit::Findings(1)
    })
}

fn planned(draft: &AccountDraft) -> AccountOutcome {
    let reason = match draft.id {
        Some(_) => "it is there".to_owned(),
        None => "it would be made".to_owned(),
    };
    AccountOutcome { state: State::Planned, id: draft.id, reason }
}

/// What keys an account has.
#[derive(Serialize)]
struct Form<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<&'a str>,
    state: &'static str,
    call: String,
    members: Vec<MemberForm<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    next: String,
}

#[derive(Serialize)]
struct MemberForm<'a> {
    place: &'a str,
    access_level: u64,
    is_there: bool,
}

impl<'a> Form<'a> {
    fn new(args: &'a AccountArgs, draft: &'a AccountDraft, outcome: &'a AccountOutcome) -> Self {
        let member = |member: &'a crate::gitlab::rotate::Membership| MemberForm {
            place: &member.named,
            access_level: member.level,
            is_there: member.is_held(),
        };
        Self {
            id: outcome.id,
            name: &args.name,
            username: args.username.as_deref(),
            state: outcome.state.as_str(),
            call: format!("{} /api/v4{}", draft.call.method, draft.call.path),
            members: draft.members.iter().map(member).collect(),
            reason: &outcome.reason,
            next: next(args, outcome.id),
        }
    }

    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "service account {}: {}", escape(self.name.chars()), self.state)?;
        if let Some(id) = self.id {
            write!(out, ", id {id}")?;
        }
        if !self.reason.is_empty() {
            write!(out, ": {}", self.reason)?;
        }
        writeln!(out, "\n  call: {}", escape(self.call.chars()))?;
        for member in &self.members {
            let place = escape(member.place.chars());
            let already = if member.is_there { " (already)" } else { "" };
            writeln!(
                out,
                "  member of {place} with access level {}{already}",
                member.access_level
            )?;
        }
        writeln!(out, "  then: {}", escape(self.next.chars()))
    }
}

/// The command that gives it a token.
fn next(args: &AccountArgs, id: Option<u64>) -> String {
    let id = id.map(|id| id.to_string());
    let account = args.username.clone().or(id).unwrap_or_else(|| "ACCOUNT".to_owned());
    let mut words = vec!["service-account", "token", "--account", &account];
    if let Some(project) = &args.place.project {
        words.extend(["--project", project]);
    }
    if let Some(group) = &args.place.group {
        words.extend(["--group", group]);
    }
    words.extend(["--name", &args.name, "--scopes", "read_api", "--secret-file", "new-token"]);
    command_line(&words, &args.caller)
}

fn write_document(form: &Form<'_>, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"accounts":["#)?;
    out.write_all(b"\n")?;
    write_json(form, out)?;
    writeln!(out, "\n],\"complete\":{}}}", form.state == State::Done.as_str())
}
