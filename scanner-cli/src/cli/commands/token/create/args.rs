//! The arguments of `tokensieve token create`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use clap::builder::PossibleValuesParser;

use crate::cli::args::CallerArgs;
use crate::cli::commands::token::answers::AnswerArgs;
use crate::cli::commands::token::deliver::DeliverArgs;
use crate::cli::commands::token::report::TokenFormat;
use crate::gitlab::rotate::Place;

const EXIT_CODES: &str = "Exit codes:
  0  it was made, or would be made
  1  it was refused or not started; nothing was made
  2  a wrong argument; nothing was sent
  3  a token may live whose value nobody has: the report says which, and how it is revoked";

/// Kinds that --kind takes.
const KINDS: [&str; 7] = [
    "project_access_token",
    "group_access_token",
    "service_account_token",
    "deploy_token",
    "pipeline_trigger_token",
    "runner_authentication_token",
    "kubernetes_agent_token",
];

/// Make a token as `token choose` says, or of a named kind: a dry run without --yes.
///
/// Answer the questions of `token choose` by flags or in a dialogue, or name --kind. The file of
/// the secret and a journal are on the disk before the one call, which is not sent twice. No second
/// living token of a name is made in a place. Run the same command again after anything that went
/// wrong.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct CreateArgs {
    /// The kind, instead of the questions. It lives 90 days unless --days or --expires-at says
    /// otherwise.
    #[arg(
        long,
        value_name = "KIND",
        value_parser = PossibleValuesParser::new(KINDS),
        conflicts_with_all =
            ["who", "in_ci", "touches", "access", "span", "service_account", "permission"]
    )]
    pub(crate) kind: Option<String>,

    #[command(flatten, next_help_heading = "Which kind")]
    pub(crate) answers: AnswerArgs,

    #[command(flatten, next_help_heading = "What it may do")]
    pub(crate) rights: RightsArgs,

    #[command(flatten, next_help_heading = "Where")]
    pub(crate) place: PlaceArgs,

    /// The service account that gets the token, by id or user name. Default: a new one of the
    /// token's name.
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) account: Option<String>,

    /// The agent for Kubernetes that gets the token, by id or name. Default: the project's only
    /// one.
    #[arg(long, value_name = "AGENT")]
    pub(crate) agent: Option<String>,

    /// The user that an impersonation token acts as, by id or name.
    #[arg(long, value_name = "USER")]
    pub(crate) user: Option<String>,

    #[command(flatten)]
    pub(crate) make: MakeArgs,
}

/// Scopes, access level and end, where they are to be others than the chart's.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct RightsArgs {
    /// Scopes, instead of the narrowest that do; with --kind they have to be named. Repeatable, or
    /// parted by commas.
    #[arg(long, value_name = "SCOPES", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,

    /// The access level of a project's or group's token: 10, 15, 20, 30, 40 or 50. Default: 20 to
    /// read, 30 to change things.
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u32).range(5..=50))]
    pub(crate) role: Option<u32>,

    /// The last day, instead of --days.
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "days")]
    pub(crate) expires_at: Option<jiff::civil::Date>,
}

/// A project, a group, or, with neither, the instance.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct PlaceArgs {
    /// The project, by id or path.
    #[arg(long, value_name = "PROJECT", conflicts_with = "group")]
    pub(crate) project: Option<String>,

    /// The group, by id or path.
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Option<String>,
}

impl PlaceArgs {
    pub(crate) fn place(&self) -> Option<Place> {
        let project = self.project.clone().map(Place::Project);
        project.or_else(|| self.group.clone().map(Place::Group))
    }
}

/// Whoever makes something says this.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct MakeArgs {
    /// The name, or description, of the token: what it is for.
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,

    #[command(flatten)]
    pub(crate) caller: CallerArgs,

    /// Put the secret in this new file, mode 0600.
    #[arg(long, value_name = "NEW")]
    pub(crate) secret_file: PathBuf,

    #[command(flatten)]
    pub(crate) deliver: DeliverArgs,

    /// Remember here what was begun. Default: $XDG_STATE_HOME/tokensieve/rotations.jsonl, or the
    /// same below ~/.local/state.
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,

    /// Carry the plan out. Without this flag, it is only shown.
    #[arg(long)]
    pub(crate) yes: bool,

    /// How long after a lost answer a token that is not listed counts as not made, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub(crate) settle: u32,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    pub(crate) format: TokenFormat,
}
