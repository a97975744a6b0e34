//! The arguments of `tokensieve token revoke`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::report::TokenFormat;
use crate::cli::commands::token::targets::IdArgs;

const EXIT_CODES: &str = "Exit codes:
  0  all are revoked, were revoked before, or would be
  1  something was refused: the token lives
  2  a wrong argument; nothing was sent
  3  whether something was revoked is not known
  4  something was not found: the instance shows no such token to this caller
  5  the instance cannot revoke this kind in this way";

/// End tokens: a dry run without --yes.
///
/// A token is named by its kind and id, by a value on standard input, or by a findings report. A
/// second run finds them dead and does nothing.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct RevokeArgs {
    /// Revoke your own credential, the one of --token-file.
    #[arg(long = "self", conflicts_with_all = ["kind", "id", "from", "value"])]
    pub(super) itself: bool,

    #[command(flatten)]
    pub(super) ids: IdArgs,

    /// Revoke the one token in this file; `-` is standard input. It revokes itself.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["kind", "from"])]
    pub(super) value: Option<PathBuf>,

    /// With --value: you revoke it as owner of this top-level group.
    #[arg(long, value_name = "GROUP", requires = "value", conflicts_with = "by_admin")]
    pub(super) by_group: Option<String>,

    /// With --value: you revoke it as administrator.
    #[arg(long, requires = "value")]
    pub(super) by_admin: bool,

    /// Revoke the tokens of this findings report (made with --show-secrets), or of any text.
    #[arg(long, value_name = "FINDINGS", conflicts_with = "kind", requires = "within")]
    pub(super) from: Option<PathBuf>,

    /// Revoke only what your credential is shown in there: see token rotate.
    #[arg(long, value_name = "SCOPE")]
    pub(super) within: Option<String>,

    #[command(flatten)]
    pub(super) caller: CallerArgs,

    /// Carry the plan out. Without this flag, it is only shown.
    #[arg(long)]
    pub(super) yes: bool,

    /// Stop unless the plan is about exactly this many tokens.
    #[arg(long, value_name = "N")]
    pub(super) expect: Option<usize>,

    /// Reset what cannot be revoked: feed, incoming email and feature flags tokens, and by value
    /// runner tokens and application secrets.
    #[arg(long)]
    pub(super) reset: bool,

    /// Delete the runner with its token.
    #[arg(long)]
    pub(super) delete_runner: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: TokenFormat,

    /// The token prefix of your GitLab instance. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX")]
    pub(super) gitlab_prefixes: Vec<String>,
}

impl RevokeArgs {
    pub(super) fn check(&self) -> Result<()> {
        let is_named = self.itself || !self.ids.id.is_empty() || self.from.is_some();
        if !is_named && self.value.is_none() {
            bail!("what is to be revoked? --self, --kind and --id, --value, or --from");
        }
        Ok(())
    }
}
