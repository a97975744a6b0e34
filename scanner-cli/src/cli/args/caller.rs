//! Which instance is asked, and as whom.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// The instance and the caller's own credential.
#[derive(ClapArgs, Clone, Debug, Default)]
#[command(next_help_heading = "Asking GitLab")]
pub(crate) struct CallerArgs {
    /// The GitLab instance to ask: its URL, or `env` for CI_SERVER_URL or GITLAB_HOST.
    #[arg(long, value_name = "URL")]
    pub(crate) instance: Option<String>,

    /// Trust the authorities in this PEM file, too.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,

    /// Your own credential is in this file; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "token_env")]
    pub(crate) token_file: Option<PathBuf>,

    /// Your own credential is in this environment variable.
    #[arg(long, value_name = "NAME")]
    pub(crate) token_env: Option<String>,
}
