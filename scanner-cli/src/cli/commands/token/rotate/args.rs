//! The arguments of `tokensieve token rotate`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use super::super::report::TokenFormat;
use super::super::targets::IdArgs;
use crate::cli::args::CallerArgs;
use crate::gitlab::rotate::{Settings, day_after};

const EXIT_CODES: &str = "Exit codes:
  0  all was done, or would be done
  1  something was refused or not started; the old tokens live
  2  a wrong argument; nothing was sent
  3  a new value is lost, did not reach where it was to go, or something is left to be done";

/// Give tokens new secrets, so that none is lost: a dry run without --yes.
///
/// The file of the new secret and a journal are on the disk before the one call, and no call is
/// made twice. Run the same command again after anything that went wrong: it says where things
/// stand, goes on, and finds with a second credential (--with) what was lost.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct RotateArgs {
    /// Rotate your own credential, the one of --token-file.
    #[arg(long = "self", conflicts_with_all = ["kind", "id", "from"])]
    pub(super) itself: bool,

    #[command(flatten)]
    pub(super) ids: IdArgs,

    /// Rotate the tokens of this findings report (made with --show-secrets), or of any text.
    #[arg(long, value_name = "FINDINGS", conflicts_with_all = ["kind", "id"], requires = "within")]
    pub(super) from: Option<PathBuf>,

    /// Rotate only what your credential is shown in there: a group, a project or a user, by
    /// `group:PATH`, `project:PATH`, `user:NAME` or the path alone; or `instance`.
    #[arg(long, value_name = "SCOPE")]
    pub(super) within: Option<String>,

    #[command(flatten)]
    pub(super) caller: CallerArgs,

    /// Put the new secret in this new file. For --from and several ids: a folder of files.
    #[arg(long, value_name = "NEW")]
    pub(super) secret_file: PathBuf,

    /// Remember here what was begun. Default: $XDG_STATE_HOME/tokensieve/rotations.jsonl, or the
    /// same below ~/.local/state.
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,

    /// A second credential in this file, to recover what an earlier run lost.
    #[arg(long, value_name = "TOKENFILE")]
    pub(super) with: Option<PathBuf>,

    /// Do it.
    #[arg(long)]
    pub(super) yes: bool,

    /// Do nothing unless it is about so many tokens.
    #[arg(long, value_name = "N")]
    pub(super) expect: Option<usize>,

    /// Rotate tokens, too, that were used within 24 hours or whose use is not known.
    #[arg(long)]
    pub(super) in_use: bool,

    /// Rotate expired tokens that were not revoked: they keep account, memberships and name.
    #[arg(long)]
    pub(super) rescue: bool,

    /// Make a second token where the kind allows two; run it again to revoke the old one.
    #[arg(long, conflicts_with_all = ["itself", "rescue"])]
    pub(super) overlap: bool,

    /// The second token is deployed: revoke the old one though the instance shows no use.
    #[arg(long)]
    pub(super) confirm_deployed: bool,

    /// How many days the new token is to live. Default: as many as the old one was to live.
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(super) expires_in: Option<u16>,

    /// The last day of the new token.
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "expires_in")]
    pub(super) expires_at: Option<jiff::civil::Date>,

    /// How long after a lost answer a token that still lives counts as not rotated, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(super) settle: u32,

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

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: TokenFormat,

    /// The token prefix of your GitLab instance, for --from. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX", requires = "from")]
    pub(super) gitlab_prefixes: Vec<String>,
}

impl RotateArgs {
    pub(super) fn settings(&self, now: i64) -> Settings {
        let by_days = self.expires_in.map(|days| day_after(now, i64::from(days)));
        Settings {
            allows_in_use: self.in_use,
            is_rescue: self.rescue,
            is_overlap: self.overlap,
            is_deployed: self.confirm_deployed,
            expires_at: by_days.or_else(|| self.expires_at.map(|day| day.to_string())),
            settle: i64::from(self.settle),
            now,
        }
    }

    /// The journal's file: named, or the user's own.
    pub(super) fn journal(&self) -> Result<PathBuf> {
        if let Some(file) = &self.journal {
            return Ok(file.clone());
        }
        let absolute = |name: &str| {
            let value = PathBuf::from(std::env::var_os(name)?);
            value.is_absolute().then_some(value)
        };
        let home = || absolute("HOME").map(|home| home.join(".local/state"));
        let Some(state) = absolute("XDG_STATE_HOME").or_else(home) else {
            bail!("there is no home for the journal: name it with --journal");
        };
        Ok(state.join("tokensieve/rotations.jsonl"))
    }

    /// Each token has a file of its own in a folder where there can be several.
    pub(super) fn is_batch(&self) -> bool {
        self.from.is_some() || self.ids.id.len() > 1
    }

    pub(super) fn check(&self) -> Result<()> {
        if !self.itself && self.ids.id.is_empty() && self.from.is_none() {
            bail!("what is to be rotated? --self, or --kind and --id, or --from");
        }
        let delivers = !self.to_variable.is_empty() || self.to_command.is_some();
        if self.is_batch() && delivers {
            bail!("--to-variable and --to-command are for one token");
        }
        Ok(())
    }
}
