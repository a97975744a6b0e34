//! An instance and a caller with a credential, for commands that list and change.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Result, bail};
use tokensieve_core::Secret;

use super::{credential, instance, stop};
use crate::cli::args::CallerArgs;
use crate::gitlab::{Client, Credential, Options, Scheme};

/// A client with the caller's own credential.
pub(crate) struct Connection {
    client: Client,
    own: Secret,
}

impl Connection {
    /// Reads the arguments, the credential and the certificates. Connects to nothing. The first
    /// Ctrl-C ends the asking, the second one the program.
    ///
    /// # Errors
    ///
    /// The instance or the credential is missing or cannot be read, or TLS cannot be used.
    pub(crate) fn prepare(args: &CallerArgs) -> Result<Self> {
        let args = args.to_instance();
        let instance = instance::named(&args)?;
        let Some(own) = credential::own(&args)? else {
            bail!("your credential is missing: --token-file or --token-env");
        };
        let stop = Arc::new(AtomicBool::new(false));
        let options = Options { ca_file: args.ca_file, ..Options::default() };
        let client = Client::new(instance, options, Arc::clone(&stop))?;
        stop::on_ctrl_c(stop);
        Ok(Self { client, own })
    }

    /// The client.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The caller's credential.
    pub(crate) fn credential(&self) -> Credential<'_> {
        Credential::new(Scheme::PrivateToken, &self.own)
    }
}
