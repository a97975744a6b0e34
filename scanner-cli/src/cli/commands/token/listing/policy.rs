//! Policies, from flags and from a file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;

use crate::gitlab::policy::{Cidr, Policy, Verdicts};

/// No policy file is longer.
const LONGEST: u64 = 1 << 20;

/// What entries have to meet.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Policies")]
pub(crate) struct PolicyArgs {
    /// Read policies from this TOML file. Its keys are the options below, with `_` for `-`; flags
    /// add to it.
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,

    /// Access tokens, trigger tokens and SSH keys need an expiry date.
    #[arg(long)]
    no_expiry: bool,

    /// With --no-expiry: tokens of service accounts need none.
    #[arg(long)]
    service_accounts_without_expiry: bool,

    /// Nothing lives longer than this.
    #[arg(long, value_name = "DAYS")]
    max_lifetime_days: Option<u32>,

    /// Nothing ends within this time.
    #[arg(long, value_name = "DAYS")]
    expiring_within_days: Option<u32>,

    /// Everything was used within this time, where GitLab tells when.
    #[arg(long, value_name = "DAYS")]
    unused_for_days: Option<u32>,

    /// No access token has the scope api, sudo or admin_mode.
    #[arg(long)]
    broad_scopes: bool,

    /// No owner is blocked, deactivated, gone, or, of trigger tokens, no member any more.
    #[arg(long)]
    inactive_owner: bool,

    /// No person's token is used from here: addresses of runners and servers. Repeatable.
    #[arg(long, value_name = "CIDR")]
    automation_cidr: Vec<Cidr>,

    /// No CI/CD variable holds a person's token, as far as you may read values; not with --user.
    /// An administrator looks values up, else each token is asked about itself, which is a use.
    #[arg(long)]
    automation_variables: bool,

    /// Access tokens are used from these addresses alone. Repeatable.
    #[arg(long, value_name = "CIDR")]
    allow_ip: Vec<Cidr>,

    /// Webhooks need a secret token or a signing token.
    #[arg(long)]
    webhook_without_secret: bool,

    /// Deploy tokens and deploy keys need an expiry date.
    #[arg(long)]
    deploy_without_expiry: bool,

    /// Deploy keys must not push.
    #[arg(long)]
    deploy_key_can_push: bool,

    /// Projects need their job token allowlist.
    #[arg(long)]
    job_token_allowlist_off: bool,

    /// Report only entries that do not meet a policy.
    #[arg(long)]
    violations_only: bool,
}

impl PolicyArgs {
    /// The policies of the file and those of the flags.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or is no policy file: the message has the line.
    pub(crate) fn policy(&self) -> Result<Policy> {
        let of_file = self.policy.as_deref().map(read).transpose()?.unwrap_or_default();
        let joined = |own: &[Cidr], more: Vec<Cidr>| own.iter().copied().chain(more).collect();
        let policy = Policy {
            no_expiry: self.no_expiry || of_file.no_expiry,
            service_accounts_without_expiry: self.service_accounts_without_expiry
                || of_file.service_accounts_without_expiry,
            max_lifetime_days: self.max_lifetime_days.or(of_file.max_lifetime_days),
            expiring_within_days: self.expiring_within_days.or(of_file.expiring_within_days),
            unused_for_days: self.unused_for_days.or(of_file.unused_for_days),
            broad_scopes: self.broad_scopes || of_file.broad_scopes,
            inactive_owner: self.inactive_owner || of_file.inactive_owner,
            automation_cidrs: joined(&self.automation_cidr, of_file.automation_cidrs),
            automation_variables: self.automation_variables || of_file.automation_variables,
            allow_ips: joined(&self.allow_ip, of_file.allow_ips),
            webhook_without_secret: self.webhook_without_secret || of_file.webhook_without_secret,
            deploy_without_expiry: self.deploy_without_expiry || of_file.deploy_without_expiry,
            deploy_key_can_push: self.deploy_key_can_push || of_file.deploy_key_can_push,
            job_token_allowlist_off: self.job_token_allowlist_off
                || of_file.job_token_allowlist_off,
        };
        if !policy.is_any() && (self.violations_only || self.policy.is_some()) {
            bail!("there is no policy: see `token inventory --help`");
        }
        Ok(policy)
    }

    /// Whether an entry with these verdicts is left out of the report.
    pub(crate) fn hides(&self, verdicts: &Verdicts) -> bool {
        self.violations_only && verdicts.violations.is_empty()
    }
}

fn read(path: &Path) -> Result<Policy> {
    let named = || format!("cannot read policies from {}", path.display());
    let mut text = String::new();
    let file = File::open(path).with_context(named)?;
    file.take(LONGEST).read_to_string(&mut text).with_context(named)?;
    toml::from_str(&text).with_context(named)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        policies: PolicyArgs,
    }

    fn policy(args: &[&str]) -> Result<Policy> {
        Alone::parse_from([&["alone"], args].concat()).policies.policy()
    }

    #[test]
    fn flags_add_to_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("policy.toml");
        std::fs::write(&file, "no_expiry = true\nallow_ips = [\"192.0.2.0/24\"]\n").unwrap();
        let name = file.to_str().unwrap();
        let args = ["--policy", name, "--allow-ip", "10.0.0.0/8", "--unused-for-days", "30"];
        let read = policy(&args).unwrap();
        assert!(read.no_expiry);
        assert_eq!((read.allow_ips.len(), read.unused_for_days), (2, Some(30)));
        for (bad, part) in
            [("no_expiri = true", "line 1"), ("\nallow_ips = [\"x\"]", "line 2"), ("", "no policy")]
        {
            std::fs::write(&file, bad).unwrap();
            let error = format!("{:#}", policy(&["--policy", name]).unwrap_err());
            assert!(error.contains(part), "{bad}: {error}");
        }
        assert!(!policy(&[]).unwrap().is_any());
        assert!(policy(&["--violations-only"]).is_err());
    }
}
