//! `tokensieve token service-account list`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args as ClapArgs;
use jiff::Timestamp;
use serde::Serialize;
use tokensieve_core::report::write_json;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::create::{Asking, PlaceArgs};
use crate::cli::commands::token::report::TokenFormat;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::gitlab::rotate::{Account, LastUse, Record};

const VERSION: u32 = 1;
/// Scopes that narrower ones could stand for.
const BROAD: [&str; 3] = ["api", "sudo", "admin_mode"];
/// Expiry mails of service accounts reach nobody: what ends within this time is named.
const SOON: i64 = 30;
const DAY: i64 = 24 * 60 * 60;

/// Service accounts of a group, a project, or, with neither, of the instance. Only GET requests are
/// sent. Exit codes: 0, 2 for wrong arguments, 3 where tokens of an account are not shown.
#[derive(ClapArgs, Debug)]
pub(super) struct ListArgs {
    #[command(flatten)]
    place: PlaceArgs,

    #[command(flatten)]
    caller: CallerArgs,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,
}

pub(super) fn run(args: &ListArgs) -> Result<Exit> {
    let asking = Asking::start(&args.caller)?;
    let creator = asking.creator(0);
    let accounts = creator.accounts(args.place.place().as_ref());
    let accounts = accounts.map_err(|refusal| asking.error(&refusal))?;
    let is_complete = accounts.iter().all(|account| account.tokens.is_ok());
    let forms: Vec<Form<'_>> =
        accounts.iter().map(|account| Form::new(account, creator.now)).collect();
    output::to_stdout(|out: &mut dyn Write| match args.format {
        TokenFormat::Json => write_document(&forms, is_complete, out),
        TokenFormat::Text => forms.iter().try_for_each(|form| form.write_text(out)),
    })?;
    Ok(if is_complete { Exit::Clean } else { Exit::Incomplete })
}

/// What keys an account has.
#[derive(Serialize)]
struct Form<'a> {
    id: u64,
    username: &'a str,
    name: &'a str,
    tokens: Vec<TokenForm<'a>>,
    advice: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_shown: Option<&'a str>,
}

#[derive(Serialize)]
struct TokenForm<'a> {
    id: u64,
    name: &'a str,
    state: &'static str,
    scopes: &'a [String],
    expires_at: Option<&'a str>,
    last_used_at: Option<String>,
}

impl<'a> Form<'a> {
    fn new(account: &'a Account, now: i64) -> Self {
        let tokens = account.tokens.as_deref().unwrap_or_default();
        Self {
            id: account.id,
            username: &account.username,
            name: &account.name,
            tokens: tokens.iter().map(|record| TokenForm::new(record, now)).collect(),
            advice: match &account.tokens {
                Ok(tokens) => advice(tokens, now),
                Err(_) => Vec::new(),
            },
            not_shown: account.tokens.as_ref().err().map(|refusal| refusal.reason.as_str()),
        }
    }

    fn write_text(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{} {} {:?}", self.id, self.username, self.name)?;
        for token in &self.tokens {
            let ends = token.expires_at.unwrap_or("never");
            let used = token.last_used_at.as_deref().unwrap_or("not known");
            writeln!(
                out,
                "  token {} {:?}: {}, {}, expires {ends}, last used {used}",
                token.id,
                token.name,
                token.state,
                token.scopes.join(" ")
            )?;
        }
        if let Some(why) = self.not_shown {
            writeln!(out, "  its tokens are not shown: {why}")?;
        }
        self.advice.iter().try_for_each(|advice| writeln!(out, "  ! {advice}"))
    }
}

impl<'a> TokenForm<'a> {
    fn new(record: &'a Record, now: i64) -> Self {
        let time = |time| Timestamp::from_second(time).map(|time| time.to_string());
        Self {
            id: record.id,
            name: &record.name,
            state: match (record.is_revoked, record.is_expired(now)) {
                (true, _) => "revoked",
                (false, true) => "expired",
                (false, false) => "active",
            },
            scopes: &record.scopes,
            expires_at: record.expires_at.as_deref(),
            last_used_at: match record.last_use {
                LastUse::At(at) => time(at).ok(),
                LastUse::Never => Some("never".to_owned()),
                LastUse::Unknown => None,
            },
        }
    }
}

/// What GitLab's guide would say about the living tokens of an account.
fn advice(tokens: &[Record], now: i64) -> Vec<String> {
    let mut all = Vec::new();
    let living: Vec<&Record> =
        tokens.iter().filter(|record| !record.is_revoked && !record.is_expired(now)).collect();
    if living.is_empty() {
        all.push("it has no living token: give it one, or delete it".to_owned());
    }
    for record in living {
        let id = record.id;
        if let Some(broad) = BROAD.iter().find(|broad| record.scopes.iter().any(|s| s == *broad)) {
            all.push(format!("{id} has the scope {broad}: make one with narrower scopes"));
        }
        if record.expires_at.is_none() {
            all.push(format!("{id} never expires: rotate it with --expires-in"));
        } else if record.is_expired(now + SOON * DAY) {
            all.push(format!(
                "{id} ends within {SOON} days, and GitLab tells nobody: rotate it before that"
            ));
        }
        if record.last_use == LastUse::Never
            && record.created_at.is_some_and(|made| made.as_second() < now - SOON * DAY)
        {
            all.push(format!("{id} was never used in {SOON} days: revoke it"));
        }
    }
    all
}

fn write_document(forms: &[Form<'_>], is_complete: bool, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":{VERSION},"accounts":["#)?;
    for (at, form) in forms.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(form, out)?;
    }
    if !forms.is_empty() {
        out.write_all(b"\n")?;
    }
    writeln!(out, r#"],"complete":{is_complete}}}"#)
}
