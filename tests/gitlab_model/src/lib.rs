//! A model of GitLab's documented token API, for tests on loopback.
//!
//! It is a model of what GitLab documents, not GitLab: it knows the endpoints that tokens are
//! verified, listed, made, rotated and revoked with, for four releases and three tiers, and lets
//! answers fail on purpose. What the documentation leaves open is a guess here as well. The
//! answers are held to GitLab's own OpenAPI document, see `openapi/README.md`.
//!
//! ```
//! use gitlab_model::{Fixture, Kind, Model, Profile, Tier};
//!
//! let model = Model::start(Fixture::example(), Profile::R18_4, Tier::Ultimate)?;
//! assert!(model.url().starts_with("http://127.0.0.1:"));
//! assert!(model.secret(Kind::AccessToken, 1).is_some());
//! # Ok::<(), std::io::Error>(())
//! ```

mod access;
mod api;
mod auth;
mod control;
mod core;
mod faults;
mod fixture;
mod http;
mod issue;
mod model;
mod openapi;
mod pages;
mod profile;
pub mod records;
mod render;
mod reply;
mod rotation;
mod routes;
mod secrets;
mod serve;
mod tls;

pub use crate::core::Kind;
pub use faults::{Fault, FaultKind};
pub use fixture::{Fixture, Instance, date_of};
pub use model::{Model, Options};
pub use profile::{Profile, Release, Tier};
pub use serve::Logged;
pub use tls::Tls;
