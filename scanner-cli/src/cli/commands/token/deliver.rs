//! Where a new secret goes from its file: to CI/CD variables, to a command.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args as ClapArgs;
use tokensieve_core::{Redactor, Secret};
use zeroize::Zeroizing;

use crate::gitlab::Client;
use crate::gitlab::rotate::{Caller, Refusal, Variable};

/// Where a new secret goes beside its file.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(super) struct DeliverArgs {
    /// Write the new secret to a CI/CD variable, PROJECT/KEY or GROUP/KEY, and keep its
    /// attributes. Repeatable.
    #[arg(long, value_name = "PLACE/KEY")]
    pub(super) to_variable: Vec<String>,

    /// The environment scope of the variables.
    #[arg(long, value_name = "SCOPE", requires = "to_variable")]
    pub(super) scope: Option<String>,

    /// Hand the new secret to a command on its standard input. It is split at blanks and run
    /// without a shell.
    #[arg(long, value_name = "CMD")]
    pub(super) to_command: Option<String>,
}

impl DeliverArgs {
    /// Whether the secret goes anywhere.
    pub(super) fn is_any(&self) -> bool {
        !self.to_variable.is_empty() || self.to_command.is_some()
    }
}

/// Looks, before anything is changed, whether all variables are clear.
pub(super) fn check(
    args: &DeliverArgs,
    client: &Client,
    caller: &Caller,
    redactor: &Redactor,
) -> Result<()> {
    if args.to_command.as_deref().is_some_and(|command| command.trim().is_empty()) {
        bail!("--to-command: there is no command");
    }
    for named in &args.to_variable {
        let found = Variable::find(client, caller, named, args.scope.as_deref());
        found
            .map_err(|refusal| anyhow!(redactor.redact(&refusal.reason)))
            .context("--to-variable")?;
    }
    Ok(())
}

/// Writes the secret to all variables.
pub(super) fn to_variables(
    args: &DeliverArgs,
    client: &Client,
    (secret, writer): (&Secret, &Caller),
) -> Result<()> {
    for named in &args.to_variable {
        let failed = |refusal: Refusal| anyhow!("--to-variable {named}: {}", refusal.reason);
        let variable =
            Variable::find(client, writer, named, args.scope.as_deref()).map_err(failed)?;
        variable.write(client, writer, secret).map_err(failed)?;
    }
    Ok(())
}

/// Runs the command with the secret and a line end as its standard input.
pub(super) fn to_command(args: &DeliverArgs, secret: &Secret) -> Result<()> {
    let Some(text) = &args.to_command else { return Ok(()) };
    let mut words = text.split_ascii_whitespace();
    let Some(program) = words.next() else { bail!("--to-command: there is no command") };
    let failed = || format!("--to-command {program}");
    let mut command = Command::new(program);
    // The report has standard output to itself.
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().with_context(failed)?;
    let mut line = Zeroizing::new(Vec::with_capacity(secret.expose().len() + 1));
    line.extend_from_slice(secret.expose());
    line.push(b'\n');
    let written = child.stdin.take().map_or(Ok(()), |mut input| input.write_all(&line));
    let status = child.wait().with_context(failed)?;
    if !status.success() {
        bail!("--to-command {program}: {status}");
    }
    written.with_context(failed)
}
