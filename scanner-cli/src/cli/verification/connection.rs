//! An instance and a caller with a credential, for commands that list and change.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Result, bail};
use tokensieve_core::Secret;

use super::{credential, instance, stop};
use crate::cli::args::{CallerArgs, InstanceArgs};
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
        let (client, own) = connect(&args.to_instance())?;
        let Some(own) = own else {
            bail!("your credential is missing: --token-file or --token-env");
        };
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

/// The client of the instance that the user names, and the caller's own credential, where one is
/// named. Connects to nothing. The first Ctrl-C ends the run after the call that is under way, the
/// second one at once.
pub(crate) fn connect(args: &InstanceArgs) -> Result<(Client, Option<Secret>)> {
    let own = credential::own(args)?;
    let options = Options { ca_file: args.ca_file.clone(), ..Options::default() };
    let stop = Arc::new(AtomicBool::new(false));
    let client = Client::new(instance::named(args)?, options, Arc::clone(&stop))?;
    stop::on_ctrl_c(stop);
    Ok((client, own))
}
