//! What the chart ends in.

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// A request that makes a credential.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Call {
    /// `POST` or `PUT`.
    pub method: &'static str,
    /// The path below `/api/v4`; what begins with `:` has to be filled in.
    pub path: String,
    /// The body.
    pub body: Value,
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Advice {
    /// The kind.
    pub kind: &'static str,
    /// The scopes that suffice.
    pub scopes: Vec<String>,
    /// The fine-grained permissions that suffice.
    pub permissions: Vec<String>,
    /// The access level that suffices, where it has one of its own.
    pub role: Option<u32>,
    /// Its last day; none where it ends by itself, or GitLab knows no end.
    pub expires_at: Option<String>,
    /// Where to keep it.
    pub keep: &'static str,
    /// What to do when it leaks.
    pub leaked: &'static str,
    /// The requests that make it, in order.
    pub calls: Vec<Call>,
    /// The page that makes it, where no request does, or what to write in `.gitlab-ci.yml`.
    pub page: Option<String>,
    /// Why each other kind is not right.
    pub ruled_out: Vec<RuledOut>,
}

/// A kind that is not right.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuledOut {
    /// The kind.
    pub kind: &'static str,
    /// Why.
    pub reason: String,
}

/// Where the credential is to be made, its name, and what is wanted otherwise than the chart says.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// A project, by id or path.
    pub project: Option<String>,
    /// A group, by id or path.
    pub group: Option<String>,
    /// The name of the credential.
    pub name: Option<String>,
    /// Scopes that are wanted instead of the narrowest that do.
    pub scopes: Option<Vec<String>>,
    /// The access level that is wanted instead of the lowest that does.
    pub role: Option<u32>,
    /// The last day that is wanted, instead of a number of days.
    pub expires_at: Option<Date>,
}
