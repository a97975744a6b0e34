//! Which kind of credential is right: GitLab's decision chart, as a function.

mod answers;
mod calls;
mod candidates;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::Offset};
use serde::Serialize;
use serde_json::Value;

pub use self::answers::{Access, Answers, Options, Span, Touches, Who};
use self::candidates::CANDIDATES;

/// Days that a token may live where nobody changed the limit.
const MOST_DAYS: u32 = 365;

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

/// Where the credential is to be made, and its name.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// A project, by id or path.
    pub project: Option<String>,
    /// A group, by id or path.
    pub group: Option<String>,
    /// The name of the credential.
    pub name: Option<String>,
}

/// Decides.
///
/// # Errors
///
/// The answers contradict each other: no kind fits. The message says why for each kind that comes
/// near.
pub fn choose(answers: &Answers, target: &Target, now: Timestamp) -> Result<Advice, String> {
    let mut ruled_out = Vec::new();
    let mut chosen = None;
    for candidate in CANDIDATES {
        let reason = match (chosen.as_ref(), (candidate.fits)(answers)) {
            (None, Ok(())) => {
                chosen = Some(candidate);
                continue;
            }
            (_, Err(reason)) => reason.to_owned(),
            (Some(first), Ok(())) => format!("it would do, and {} is narrower", first.kind),
        };
        ruled_out.push(RuledOut { kind: candidate.kind, reason });
    }
    let Some(chosen) = chosen else {
        return Err(format!(
            "no kind of credential fits: {}",
            ruled_out
                .iter()
                .map(|other| format!("{}: {}", other.kind, other.reason))
                .collect::<Vec<_>>()
                .join("; ")
        ));
    };
    let last_day = last_day(now, answers.days.min(MOST_DAYS));
    let made = calls::made(chosen.kind, answers, target, last_day);
    Ok(Advice {
        kind: chosen.kind,
        scopes: made.scopes,
        permissions: answers
            .permission
            .iter()
            .filter(|_| chosen.kind == "fine_grained_token")
            .cloned()
            .collect(),
        role: made.role,
        expires_at: made.ends.then(|| last_day.to_string()),
        keep: chosen.keep,
        leaked: chosen.leaked,
        calls: made.calls,
        page: made.page,
        ruled_out,
    })
}

fn last_day(now: Timestamp, days: u32) -> Date {
    let today = Offset::UTC.to_datetime(now).date();
    today.checked_add(i64::from(days).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests;
