//! `tokensieve token usage`

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args as ClapArgs;
use serde::Serialize;
use tokensieve_core::report::write_json;
use tokensieve_core::{RuleSet, Scanner, escape};

use super::report::TokenFormat;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::gitlab::policy::Cidr;
use crate::gitlab::usage::{Usage, UsageLog, UsedToken};

const EXIT_CODES: &str = "Exit codes:
  0  all lines were read
  1  a token was used from outside of --allow-ip
  2  a wrong argument, or a log that cannot be read
  3  some lines could not be read";

const STDIN: &str = "-";
const BUFFER: usize = 1 << 20;

/// Tell from GitLab's log of API requests how tokens were used, without asking anybody.
///
/// For each token: calls, addresses, refusals with their reasons (token_expired, token_revoked,
/// insufficient_scope), answers with 429, first and last request. The log is
/// /var/log/gitlab/gitlab-rails/api_json.log; requests of Git over HTTP are in production_json.log.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct UsageArgs {
    /// Logs in JSON lines; `-` is standard input.
    #[arg(value_name = "LOG", required = true)]
    logs: Vec<PathBuf>,

    /// Addresses that tokens are used from; others are marked. Repeatable.
    #[arg(long, value_name = "CIDR")]
    allow_ip: Vec<Cidr>,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Serialize)]
struct TokenForm<'a> {
    #[serde(flatten)]
    token: &'a UsedToken,
    #[serde(flatten)]
    usage: &'a Usage,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unusual: Vec<IpAddr>,
}

pub(super) fn run(args: &UsageArgs) -> Result<Exit> {
    let mut log = UsageLog::default();
    for path in &args.logs {
        let named = || format!("cannot read {}", path.display());
        if path.as_os_str() == STDIN {
            log.add(&mut io::stdin().lock()).with_context(named)?;
        } else {
            let file = File::open(path).with_context(named)?;
            log.add(&mut BufReader::with_capacity(BUFFER, file)).with_context(named)?;
        }
    }
    let scanner = Scanner::builder().build(&RuleSet::builtin())?;
    let clean = |text: &str| escape(scanner.redactor().redact(text).chars());
    for usage in log.tokens.values_mut() {
        usage.username = usage.username.take().map(|name| clean(&name));
    }
    let rows: Vec<TokenForm<'_>> = log
        .tokens
        .iter()
        .map(|(token, usage)| TokenForm { token, usage, unusual: unusual(usage, &args.allow_ip) })
        .collect();
    let write = |out: &mut dyn Write| match args.format {
        TokenFormat::Json => write_document(&rows, &log, out),
        TokenFormat::Text => write_text(&rows, &log, &clean, out),
    };
    match &args.output {
        Some(path) => output::to_file(&Target::of_user(path), write)?,
        None => output::to_stdout(write)?,
    }
    Ok(if rows.iter().any(|row| !row.unusual.is_empty()) {
        Exit::Findings(1)
    } else if log.unreadable + log.untold > 0 {
        Exit::Incomplete
    } else {
        Exit::Clean
    })
}

/// The addresses that lie in none of the ranges; none where there are no ranges.
fn unusual(usage: &Usage, allowed: &[Cidr]) -> Vec<IpAddr> {
    let is_allowed = |address: &IpAddr| allowed.iter().any(|range| range.contains(*address));
    let addresses = usage.addresses.iter().copied();
    addresses.filter(|address| !allowed.is_empty() && !is_allowed(address)).collect()
}

fn write_document(rows: &[TokenForm<'_>], log: &UsageLog, out: &mut dyn Write) -> io::Result<()> {
    write!(out, r#"{{"version":1,"tokens":["#)?;
    for (at, row) in rows.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write_json(row, out)?;
    }
    out.write_all(if rows.is_empty() { b"" } else { b"\n" })?;
    let UsageLog { lines, unreadable, untold, .. } = log;
    let complete = unreadable + untold == 0;
    writeln!(
        out,
        r#"],"lines":{lines},"unreadable":{unreadable},"untold":{untold},"complete":{complete}}}"#
    )
}

fn write_text(
    rows: &[TokenForm<'_>],
    log: &UsageLog,
    clean: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    for TokenForm { token, usage, unusual } in rows {
        let user = usage.username.as_ref().map_or_else(String::new, |name| format!(" as {name}"));
        let kind = clean(&token.token_type);
        writeln!(out, "{kind} {}: {} calls{user}", token.id, usage.calls)?;
        let joined = |list: &mut dyn Iterator<Item = IpAddr>| {
            list.map(|address| address.to_string()).collect::<Vec<_>>().join(" ")
        };
        let more = if usage.has_more_addresses { " and more" } else { "" };
        writeln!(out, "  from: {}{more}", joined(&mut usage.addresses.iter().copied()))?;
        if let (Some(first), Some(last)) = (usage.first, usage.last) {
            writeln!(out, "  first {first}, last {last}")?;
        }
        for (reason, count) in &usage.failures {
            writeln!(out, "  ! refused, {}: {count}", clean(reason))?;
        }
        if usage.rate_limited > 0 {
            writeln!(out, "  ! rate limited: {}", usage.rate_limited)?;
        }
        if !unusual.is_empty() {
            writeln!(out, "  ! used from: {}", joined(&mut unusual.iter().copied()))?;
        }
    }
    let UsageLog { lines, unreadable, untold, .. } = log;
    writeln!(out, "{lines} lines, {unreadable} of them unreadable")?;
    if *untold > 0 {
        writeln!(out, "{untold} requests of further tokens are not told apart")?;
    }
    Ok(())
}
