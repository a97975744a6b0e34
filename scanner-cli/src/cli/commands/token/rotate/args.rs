//! The arguments of `tokensieve token rotate`.

use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args as ClapArgs;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::deliver::DeliverArgs;
use crate::cli::commands::token::report::TokenFormat;
use crate::cli::commands::token::targets::IdArgs;
use crate::gitlab::rotate::{Settings, TargetKind, day_after};

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
    #[arg(long = "self", conflicts_with_all = ["kind", "id", "from", "overlap"])]
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

    /// The token prefix of your GitLab instance, for --from. Repeatable.
    #[arg(long = "gitlab-prefix", value_name = "PREFIX", requires = "from")]
    pub(super) gitlab_prefixes: Vec<String>,

    #[command(flatten)]
    pub(super) how: HowArgs,
}

/// As whom, where to, and what is allowed.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct HowArgs {
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

    /// Carry the plan out. Without this flag, it is only shown.
    #[arg(long)]
    pub(super) yes: bool,

    /// Stop unless the plan is about exactly this many tokens.
    #[arg(long, value_name = "N")]
    pub(super) expect: Option<usize>,

    /// Rotate tokens, too, that were used within 24 hours or whose use is not known.
    #[arg(long)]
    pub(super) in_use: bool,

    /// Rotate expired tokens that were not revoked: they keep account, memberships and name.
    #[arg(long)]
    pub(super) rescue: bool,

    /// Make a second token where the kind allows two; run it again to revoke the old one.
    #[arg(long, conflicts_with = "rescue")]
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

    #[command(flatten)]
    pub(super) deliver: DeliverArgs,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(super) format: TokenFormat,
}

/// The tokens of service accounts that are to be rotated.
#[derive(ClapArgs, Clone, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct AccountTokenArgs {
    /// The id of a token. Repeatable.
    #[arg(long, value_name = "N", required = true)]
    id: Vec<u64>,

    /// The project, by id or path, whose service account it is.
    #[arg(long, value_name = "PROJECT", conflicts_with = "group")]
    project: Option<String>,

    /// The group, by id or path, whose service account it is.
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,

    /// Rotate only what your credential is shown in there: see token rotate.
    #[arg(long, value_name = "SCOPE")]
    within: Option<String>,

    #[command(flatten)]
    how: HowArgs,
}

impl AccountTokenArgs {
    /// The same, as `token rotate` has it.
    pub(crate) fn into_rotate(self) -> RotateArgs {
        let kind = Some(TargetKind::ServiceAccountToken.name().to_owned());
        RotateArgs {
            itself: false,
            ids: IdArgs { kind, id: self.id, project: self.project, group: self.group },
            from: None,
            within: self.within,
            gitlab_prefixes: Vec::new(),
            how: self.how,
        }
    }
}

impl HowArgs {
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
}

impl RotateArgs {
    /// Each token has a file of its own in a folder where there can be several.
    pub(super) fn is_batch(&self) -> bool {
        self.from.is_some() || self.ids.id.len() > 1
    }

    pub(super) fn check(&self) -> Result<()> {
        if !self.itself && self.ids.id.is_empty() && self.from.is_none() {
            bail!("what is to be rotated? --self, or --kind and --id, or --from");
        }
        if self.is_batch() && self.how.deliver.is_any() {
            bail!("--to-variable and --to-command are for one token");
        }
        Ok(())
    }
}
