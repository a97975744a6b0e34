//! GitLab: its kinds of tokens, its API, and whether a token lives.
//!
//! [`Client`] talks to the one [`Instance`] that the user named. [`kinds`] knows each kind of token
//! without asking anybody. [`verify`] asks the instance about tokens and reads its answers.
//!
//! Secrets travel in headers and bodies, never in URLs, and the copies that are made here are
//! zeroed. Nothing is printed, and nothing of the command line is known here.

mod answer;
mod client;
mod credential;
mod error;
mod gate;
mod instance;
mod tls;
mod wait;

pub use self::answer::Answer;
pub use self::client::{Client, Options};
pub use self::credential::{Body, Credential, Scheme, percent_encoded};
pub use self::error::Error;
pub use self::instance::Instance;
