//! `--webhook`: notices on their way to a receiver.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use zeroize::Zeroizing;

use crate::cli::args::CallerArgs;
use crate::cli::output;
use crate::cli::verification::credential_of;
use crate::gitlab::Options;
use crate::gitlab::inventory::Caller;
use crate::gitlab::watch::{Bodies, Channel, State, Store, Undelivered, Webhook};

/// After this many refusals in a row nothing more is sent.
const MOST_REFUSALS: usize = 5;

/// Where notices are posted.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Webhook")]
pub(super) struct WebhookArgs {
    /// Post each notice to this URL: `https://`, or `http://` on this machine. Other users of this
    /// machine can see it: where it holds a secret, use --webhook-env.
    #[arg(long, value_name = "URL", conflicts_with = "webhook_env")]
    webhook: Option<String>,

    /// The URL of the webhook is in this environment variable.
    #[arg(long, value_name = "NAME")]
    webhook_env: Option<String>,

    /// Sign what is posted, as Standard Webhooks do, with the secret in this file: `whsec_` and
    /// base64.
    #[arg(long, value_name = "FILE")]
    webhook_secret_file: Option<PathBuf>,
}

impl WebhookArgs {
    /// Whether a receiver is named.
    pub(super) fn is_any(&self) -> bool {
        self.webhook.is_some() || self.webhook_env.is_some()
    }

    /// The receiver, where one is named.
    ///
    /// # Errors
    ///
    /// URL or secret cannot be read, or have another form.
    pub(super) fn webhook(&self, caller: &CallerArgs) -> Result<Option<Webhook>> {
        let url = match (&self.webhook, &self.webhook_env) {
            (Some(url), _) => Zeroizing::new(url.clone()),
            (None, Some(name)) => {
                let value = std::env::var(name);
                Zeroizing::new(value.with_context(|| format!("--webhook-env: no variable {name}"))?)
            }
            (None, None) if self.webhook_secret_file.is_some() => {
                bail!("--webhook-secret-file needs --webhook or --webhook-env")
            }
            (None, None) => return Ok(None),
        };
        let secret = self.webhook_secret_file.as_deref().map(credential_of).transpose()?;
        let options = Options { ca_file: caller.to_instance().ca_file, ..Options::default() };
        Ok(Some(Webhook::new(&url, secret.as_ref(), options)?))
    }
}

/// Posts what is to be posted, oldest first, and notes each in the state at once. Returns how many
/// were posted, and how many are left.
pub(super) fn deliver(
    webhook: &Webhook,
    (caller, scope): (Caller<'_>, &str),
    (store, state): (&mut Store, &mut State),
) -> std::io::Result<(usize, usize)> {
    let notices = state.pending(Channel::Webhook);
    let mut bodies = Bodies::new(caller, scope);
    let mut posted = std::collections::HashSet::new();
    let mut refusals = 0;
    for notice in &notices {
        match webhook.send(&bodies.message(notice), caller.client) {
            Ok(()) => {
                refusals = 0;
                store.told(&[&notice.message_id], Channel::Webhook)?;
                posted.insert(notice.message_id.clone());
                continue;
            }
            Err(Undelivered::Refused(why)) => {
                refusals += 1;
                warn(webhook, &notice.message_id, &why);
            }
            Err(Undelivered::Down(why)) => {
                refusals = MOST_REFUSALS;
                warn(webhook, &notice.message_id, &why);
            }
        }
        if refusals >= MOST_REFUSALS {
            break;
        }
    }
    let left = notices.len() - posted.len();
    state.told(&posted, Channel::Webhook);
    Ok((posted.len(), left))
}

fn warn(webhook: &Webhook, message_id: &str, why: &str) {
    let origin = webhook.origin();
    output::message::print(&format!("tokensieve: {origin} did not take {message_id}: {why}"));
}
