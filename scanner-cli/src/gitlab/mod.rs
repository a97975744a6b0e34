//! GitLab: its kinds of tokens, its API, and whether a token lives.
//!
//! [`Client`] talks to the one [`Instance`] that the user named. [`Kind`] knows each kind of token
//! without asking anybody. A [`Verifier`] asks the instance about [`Token`]s and reads its answers.
//!
//! Secrets travel in headers and bodies, never in URLs, and the copies that are made here are
//! zeroed. Nothing is printed, and nothing of the command line is known here.

mod answer;
pub mod choose;
mod clean;
mod client;
mod credential;
mod error;
mod gate;
mod hosts;
mod instance;
pub mod inventory;
mod kinds;
pub mod policy;
pub mod rotate;
mod ssh_key;
#[cfg(test)]
mod test_server;
mod tls;
mod token;
pub mod usage;
mod verify;
mod wait;
pub mod watch;

pub use self::answer::Answer;
pub use self::client::{Client, Options};
pub use self::credential::{Body, Credential, Scheme, percent_encoded};
pub use self::error::Error;
pub use self::hosts::{hosts_near, other_hosts};
pub use self::instance::Instance;
pub use self::kinds::{Effect, Kind, Knowledge, filled};
pub use self::ssh_key::fingerprint;
pub use self::token::Token;
pub use self::verify::{Evidence, Plan, Settings, State, Verdict, Verifier};
