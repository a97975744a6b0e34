//! Which kind of credential is right: GitLab's decision chart, as a function.

mod advice;
mod answers;
mod calls;
mod candidates;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::Offset};

pub use self::advice::{Advice, Call, RuledOut, Target};
pub use self::answers::{Access, Answers, Options, Span, Touches, Who};
use self::candidates::{CANDIDATES, Candidate};

/// Days that a token may live where nobody changed the limit.
const MOST_DAYS: u32 = 365;

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
    Ok(advise(chosen, answers, target, (now, ruled_out)))
}

/// The advice for a kind that is chosen already; none where no credential has this name.
#[must_use]
pub fn advice_for(
    kind: &str,
    answers: &Answers,
    target: &Target,
    now: Timestamp,
) -> Option<Advice> {
    let chosen = CANDIDATES.iter().find(|candidate| candidate.kind == kind)?;
    Some(advise(chosen, answers, target, (now, Vec::new())))
}

fn advise(
    chosen: &Candidate,
    answers: &Answers,
    target: &Target,
    (now, ruled_out): (Timestamp, Vec<RuledOut>),
) -> Advice {
    let last_day = target.expires_at.unwrap_or_else(|| last_day(now, answers.days.min(MOST_DAYS)));
    let made = calls::made(chosen.kind, answers, target, last_day);
    Advice {
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
    }
}

fn last_day(now: Timestamp, days: u32) -> Date {
    let today = Offset::UTC.to_datetime(now).date();
    today.checked_add(i64::from(days).days()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests;
