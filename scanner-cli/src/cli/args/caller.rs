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

    /// The same instance, asked without a credential of one's own.
    pub(crate) fn without_credential(&self) -> Self {
        Self { token_file: None, token_env: None, ..self.clone() }
    }

    /// The flags that say the same, for command lines that are shown.
    pub(crate) fn words(&self) -> Vec<String> {
        let path = |path: &PathBuf| path.to_string_lossy().into_owned();
        let flags = [
            ("--instance", self.instance.clone()),
            ("--ca-file", self.ca_file.as_ref().map(path)),
            ("--token-file", self.token_file.as_ref().map(path)),
            ("--token-env", self.token_env.clone()),
        ];
        let given = flags.into_iter().filter_map(|(flag, value)| Some([flag.to_owned(), value?]));
        given.flatten().collect()
    }
}
