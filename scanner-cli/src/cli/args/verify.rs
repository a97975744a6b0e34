//! What the user says about the instance that is asked about tokens.

use std::path::PathBuf;

use clap::Args as ClapArgs;

/// Which instance is asked, with which credential, and what is sent to it beside the tokens.
#[derive(ClapArgs, Clone, Debug, Default)]
#[command(next_help_heading = "Asking GitLab")]
pub(crate) struct InstanceArgs {
    /// The GitLab instance to ask: its URL, or `env` for CI_SERVER_URL or GITLAB_HOST. Tokens are
    /// sent there and nowhere else.
    #[arg(long, value_name = "URL")]
    pub(crate) instance: Option<String>,

    /// Trust the authorities in this PEM file, too.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,

    /// Ask as administrator, with the credential of --token-file or --token-env: it knows kinds
    /// that have no check of their own.
    #[arg(long)]
    pub(crate) admin: bool,

    /// Your own credential is in this file; `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "token_env")]
    pub(crate) token_file: Option<PathBuf>,

    /// Your own credential is in this environment variable.
    #[arg(long, value_name = "NAME")]
    pub(crate) token_env: Option<String>,

    /// The project, by id or path, of trigger and feature flags tokens that do not tell theirs.
    #[arg(long, value_name = "PROJECT")]
    pub(crate) project: Option<String>,

    /// The group, by path, of SCIM tokens.
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Option<String>,

    /// The application id of OAuth application secrets.
    #[arg(long, value_name = "ID")]
    pub(crate) application_id: Option<String>,

    /// The user name of deploy tokens, such as gitlab+deploy-token-7.
    #[arg(long, value_name = "NAME")]
    pub(crate) deploy_user: Option<String>,

    /// Check trigger tokens and session cookies, too: nothing is started, but sessions are
    /// extended.
    #[arg(long)]
    pub(crate) allow_side_effects: bool,

    /// Also ask which projects and groups a living access token reaches.
    #[arg(long)]
    pub(crate) associations: bool,
}

impl InstanceArgs {
    /// Whether anything of it was given.
    pub(crate) fn is_given(&self) -> bool {
        self.instance.is_some()
            || self.ca_file.is_some()
            || self.admin
            || self.token_file.is_some()
            || self.token_env.is_some()
            || self.project.is_some()
            || self.group.is_some()
            || self.application_id.is_some()
            || self.deploy_user.is_some()
            || self.allow_side_effects
            || self.associations
    }
}

/// What scans do about the life of what they find.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct VerifyArgs {
    /// Ask a GitLab instance whether the GitLab tokens that are found live: see --instance.
    #[arg(long, requires = "instance", help_heading = "Asking GitLab")]
    pub(crate) verify: bool,

    /// With --verify: leave out what the instance says has expired or was revoked. Everything else
    /// still counts.
    #[arg(long, requires = "verify", help_heading = "Asking GitLab")]
    pub(crate) only_active: bool,

    #[command(flatten)]
    pub(crate) instance: InstanceArgs,
}
