//! What the user says about the instance that tokens are changed on, and as whom.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::verify::InstanceArgs;

/// Which instance, and the caller's own credential.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct CallerArgs {
    /// The GitLab instance: its URL, or `env` for CI_SERVER_URL or GITLAB_HOST. Nothing is sent
    /// anywhere else.
    #[arg(long, value_name = "URL")]
    instance: Option<String>,

    /// Trust the authorities in this PEM file, too.
    #[arg(long, value_name = "FILE")]
    ca_file: Option<PathBuf>,

    /// Your own credential is in this file; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "token_env")]
    token_file: Option<PathBuf>,

    /// Your own credential is in this environment variable.
    #[arg(long, value_name = "NAME")]
    token_env: Option<String>,
}

impl CallerArgs {
    /// The same, as commands that ask have it.
    pub(crate) fn to_instance(&self) -> InstanceArgs {
        InstanceArgs {
            instance: self.instance.clone(),
            ca_file: self.ca_file.clone(),
            token_file: self.token_file.clone(),
            token_env: self.token_env.clone(),
            ..InstanceArgs::default()
        }
    }
}
