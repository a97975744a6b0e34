//! A running model.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;

use serde_json::Value;

use crate::core::{self, Core, Kind};
use crate::faults::Fault;
use crate::fixture::Fixture;
use crate::profile::{Profile, Tier};
use crate::records::{AccessToken, User};
use crate::serve::{self, Logged, Shared, lock};
use crate::tls::Tls;

/// How a model is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where it listens: a loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The release that it plays.
    pub profile: Profile,
    /// The tier that it plays.
    pub tier: Tier,
    /// What goes wrong from the start.
    pub faults: Vec<Fault>,
    /// Speaks TLS with this certificate.
    pub tls: Option<Tls>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            profile: Profile::R19_6,
            tier: Tier::Ultimate,
            faults: Vec::new(),
            tls: None,
        }
    }
}

/// A model that listens on loopback. It stops when it is dropped.
pub struct Model {
    shared: Arc<Shared>,
    address: SocketAddr,
    url: String,
    thread: Option<JoinHandle<()>>,
}

impl Model {
    /// Starts a model on a free port of 127.0.0.1.
    ///
    /// # Errors
    ///
    /// Those of listening.
    pub fn start(fixture: Fixture, profile: Profile, tier: Tier) -> io::Result<Model> {
        Model::start_with(fixture, Options { profile, tier, ..Options::default() })
    }

    /// Starts a model.
    ///
    /// # Errors
    ///
    /// `InvalidInput` for an address that is not loopback; those of listening.
    pub fn start_with(fixture: Fixture, options: Options) -> io::Result<Model> {
        if !options.listen.ip().is_loopback() {
            let text = "the model listens on loopback addresses only";
            return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
        }
        let listener = TcpListener::bind(options.listen)?;
        let address = listener.local_addr()?;
        let scheme = if options.tls.is_some() { "https" } else { "http" };
        let host = format!("{scheme}://{address}");
        let url = format!("{host}{}", fixture.instance.relative_url_root);
        let core = Core::new(fixture, options.profile, options.tier, &host);
        let shared = Arc::new(Shared::new(core, options.faults, options.tls));
        let served = Arc::clone(&shared);
        let thread = std::thread::spawn(move || serve::listen(&served, &listener));
        Ok(Model { shared, address, url, thread: Some(thread) })
    }

    /// Returns the instance's URL, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lets something go wrong from now on, besides what already does.
    pub fn fault(&self, fault: Fault) {
        lock(&self.shared.faults).push(fault);
    }

    /// Ends all faults.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Returns what was received so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Logged> {
        lock(&self.shared.log).clone()
    }

    /// Returns all rows as JSON, under the names of the fixture, without secrets.
    #[must_use]
    pub fn state(&self) -> Value {
        lock(&self.shared.core).dump()
    }

    /// Returns the secret that a row has now.
    #[must_use]
    pub fn secret(&self, kind: Kind, id: u64) -> Option<String> {
        lock(&self.shared.core).secret((kind, id)).map(str::to_owned)
    }

    /// Returns what a text is the secret of, in the model's eyes.
    #[must_use]
    pub fn owner(&self, secret: &str) -> Option<(Kind, u64)> {
        lock(&self.shared.core).owner(secret)
    }

    /// Moves the clock ahead.
    pub fn advance_days(&self, days: u32) {
        lock(&self.shared.core).advance(days);
    }

    /// Adds an access token without a secret, or changes the row of its number. Returns the number.
    pub fn put_access_token(&self, token: AccessToken) -> u64 {
        core::add(&mut lock(&self.shared.core).access_tokens, token)
    }

    /// Returns the row of an access token.
    #[must_use]
    pub fn access_token(&self, id: u64) -> Option<AccessToken> {
        lock(&self.shared.core).access_tokens.get(&id).cloned()
    }

    /// Removes the row of an access token: no list has it any more.
    pub fn remove_access_token(&self, id: u64) {
        lock(&self.shared.core).access_tokens.remove(&id);
    }

    /// Adds an account, or changes the row of its number. Returns the number.
    pub fn put_user(&self, user: User) -> u64 {
        core::add(&mut lock(&self.shared.core).users, user)
    }

    /// Returns where answers left GitLab's OpenAPI document without a reviewed reason.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        lock(&self.shared.violations).iter().cloned().collect()
    }

    /// Waits until the process is ended.
    pub fn run(mut self) {
        if let Some(thread) = self.thread.take() {
            // The thread ends with the process.
            let _ = thread.join();
        }
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        self.shared.stopping.store(true, Ordering::SeqCst);
        for stream in lock(&self.shared.connections).drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Wakes the thread that accepts.
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
