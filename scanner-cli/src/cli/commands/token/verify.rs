//! `tokensieve token verify`

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Result;
use clap::Args as ClapArgs;

use super::input::{TokenInput, Tokens};
use super::report::{self, Row, TokenFormat};
use crate::cli::args::InstanceArgs;
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::verification::{Verified, VerifySession};
use crate::gitlab::{State, Token, other_hosts};

const EXIT_CODES: &str = "Exit codes:
  0  no token is known to live
  1  a token lives, or lives and is refused
  2  a wrong argument, or an input that cannot be read
  3  of some token nothing is known, and none is known to live; or stopped by Ctrl-C";

/// Ask a GitLab instance whether tokens live, whose they are and what they may do.
///
/// Each distinct secret is asked about once, where that is harmless. A refusal counts as death only
/// with the words that say so.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct VerifyTokenArgs {
    #[command(flatten)]
    input: TokenInput,

    #[command(flatten)]
    instance: InstanceArgs,

    /// Say what would be asked, and send nothing.
    #[arg(long)]
    dry_run: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,

    /// Write the report to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Print nothing but the report and errors.
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &VerifyTokenArgs) -> Result<Exit> {
    let session = VerifySession::prepare(&args.instance, args.quiet && !args.dry_run)?;
    let tokens = Tokens::read(&args.input)?;
    let redactor = tokens.scanner.redactor();
    let to_ask: Vec<Token> = tokens
        .found
        .iter()
        .map(|found| {
            let others = other_hosts(found.hosts.clone(), session.instance());
            found.token.clone().with_other_hosts(others)
        })
        .collect();
    session.announce(&to_ask, redactor);
    if args.dry_run {
        return Ok(Exit::Clean);
    }
    let verified = session.run(&to_ask, redactor);
    let is_complete = is_complete(&verified);
    let pairs = tokens.found.iter().zip(&verified.verdicts);
    let rows: Vec<_> =
        pairs.map(|(found, verdict)| Row { found, verdict: Some(verdict) }).collect();
    let write = |out: &mut dyn Write| report::write(&rows, is_complete, args.format, out);
    match &args.output {
        Some(path) => output::to_file(&Target::of_user(path), write)?,
        None => output::to_stdout(write)?,
    }
    if !args.quiet {
        // Nobody is there to be told that stderr is gone.
        let _ = io::stderr().write_all(summary(&verified).as_bytes());
    }
    Ok(exit(&verified))
}

fn is_complete(verified: &Verified) -> bool {
    let is_known = |state: State| state != State::Unknown;
    !verified.is_stopped && verified.verdicts.iter().all(|verdict| is_known(verdict.state))
}

fn exit(verified: &Verified) -> Exit {
    let has =
        |wanted: fn(State) -> bool| verified.verdicts.iter().any(|verdict| wanted(verdict.state));
    if verified.is_stopped {
        Exit::Incomplete
    } else if has(State::lives) {
        Exit::Findings(1)
    } else if has(|state| state == State::Unknown) {
        Exit::Incomplete
    } else {
        Exit::Clean
    }
}

/// `3 tokens: 1 active, 2 unknown`.
fn summary(verified: &Verified) -> String {
    let count =
        |state: State| verified.verdicts.iter().filter(|verdict| verdict.state == state).count();
    let counts: Vec<String> = State::ALL
        .into_iter()
        .filter(|state| count(*state) > 0)
        .map(|state| format!("{} {}", count(state), state.as_str()))
        .collect();
    let total = verified.verdicts.len();
    let tokens = if total == 1 { "token" } else { "tokens" };
    let partial = if verified.is_stopped { "; stopped, so this is partial" } else { "" };
    let list = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    format!("{total} {tokens}{list}{partial}\n")
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::*;
    use crate::gitlab::{Evidence, Verdict};

    fn verified(states: &[State], is_stopped: bool) -> Verified {
        let verdict = |state: &State| Verdict {
            state: *state,
            evidence: Evidence::default(),
            record: Map::new(),
        };
        Verified { verdicts: states.iter().map(verdict).collect(), is_stopped }
    }

    #[test]
    fn exit_codes() {
        use State::{Active, Expired, Invalid, Refused, Revoked, Unchecked, Unknown};
        let rows: &[(&[State], u8)] = &[
            (&[], 0),
            (&[Expired, Revoked, Invalid], 0),
            (&[Unchecked], 0),
            (&[Active, Unknown], 1),
            (&[Refused], 1),
            (&[Unknown, Expired], 3),
        ];
        for (states, code) in rows {
            assert_eq!(exit(&verified(states, false)).code(), *code, "{states:?}");
            assert_eq!(exit(&verified(states, true)).code(), 3, "{states:?}");
        }
    }

    #[test]
    fn summaries() {
        let text = summary(&verified(&[State::Unknown, State::Active, State::Unknown], true));
        assert_eq!(text, "3 tokens: 1 active, 2 unknown; stopped, so this is partial\n");
        assert_eq!(summary(&verified(&[], false)), "0 tokens\n");
    }
}
