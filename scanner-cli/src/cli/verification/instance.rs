//! Which instance the user names.

use anyhow::{Context, Result, bail};

use crate::cli::args::InstanceArgs;
use crate::gitlab::Instance;

/// The instance that the user names; `env` stands for what GitLab's own tools read.
pub(super) fn named(args: &InstanceArgs) -> Result<Instance> {
    const VARIABLES: [&str; 2] = ["CI_SERVER_URL", "GITLAB_HOST"];
    let Some(text) = &args.instance else {
        bail!("--instance is missing: the URL of the GitLab to ask, or `env`");
    };
    if text != "env" {
        return Instance::parse(text).context("--instance");
    }
    let set = |name: &&str| std::env::var(name).is_ok_and(|value| !value.trim().is_empty());
    let Some(name) = VARIABLES.into_iter().find(set) else {
        bail!("--instance env: neither CI_SERVER_URL nor GITLAB_HOST is set");
    };
    let value = std::env::var(name).unwrap_or_default();
    Instance::parse(&value).with_context(|| format!("--instance env: {name}"))
}
