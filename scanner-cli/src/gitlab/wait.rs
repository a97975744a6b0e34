//! How long to wait before a request is sent again.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ureq::http::HeaderMap;

/// The first wait without a word from the server; each further one is twice as long.
const FIRST: Duration = Duration::from_millis(500);

/// The wait before attempt `attempt + 1`, counted from 0: doubled each time, and between half and
/// all of it by chance, so that clients that failed together do not come back together.
pub(super) fn backoff(attempt: u32) -> Duration {
    let whole = FIRST * 2u32.saturating_pow(attempt.min(10));
    let chance = RandomState::new().hash_one(attempt) % 1000;
    whole / 2 + (whole / 2).mul_f64(chance as f64 / 1000.0)
}

/// What the server asks for: `Retry-After`, or else the end of an exhausted rate limit.
///
/// `now` is the server's clock where it sends `Date`, so that a wrong clock here does no harm.
pub(super) fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let now = text("date").and_then(http_date).unwrap_or_else(unix_now);
    if let Some(after) = text("retry-after") {
        if let Ok(seconds) = after.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        return http_date(after).map(|time| until(time, now));
    }
    is_exhausted(headers).then_some(())?;
    let reset = text("ratelimit-reset").and_then(|reset| reset.parse::<i64>().ok());
    let reset = reset.or_else(|| text("ratelimit-resettime").and_then(http_date))?;
    Some(until(reset, now))
}

fn is_exhausted(headers: &HeaderMap) -> bool {
    let remaining = headers.get("ratelimit-remaining");
    remaining.is_some_and(|remaining| remaining.as_bytes() == b"0")
}

fn until(time: i64, now: i64) -> Duration {
    Duration::from_secs(u64::try_from(time.saturating_sub(now)).unwrap_or(0))
}

/// A date of HTTP, in Unix seconds.
pub(super) fn http_date(text: &str) -> Option<i64> {
    let parsed = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(parsed.as_second())
}

/// This machine's clock, in Unix seconds.
pub(super) fn unix_now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use ureq::http::header::HeaderName;

    use super::*;

    fn wait(headers: &[(&str, &str)]) -> Option<u64> {
        let pairs = headers
            .iter()
            .map(|(name, value)| (name.parse::<HeaderName>().unwrap(), value.parse().unwrap()));
        asked(&pairs.collect()).map(|time| time.as_secs())
    }

    const DATE: (&str, &str) = ("Date", "Fri, 09 Oct 2026 08:53:20 GMT");

    #[test]
    fn what_servers_ask_for() {
        let at = |seconds: i64| (http_date(DATE.1).unwrap() + seconds).to_string();
        assert_eq!(wait(&[("Retry-After", "7")]), Some(7));
        assert_eq!(wait(&[DATE, ("Retry-After", "Fri, 09 Oct 2026 08:53:29 GMT")]), Some(9));
        assert_eq!(wait(&[DATE, ("Retry-After", "Fri, 09 Oct 2026 08:00:00 GMT")]), Some(0));
        assert_eq!(wait(&[("Retry-After", "soon")]), None);
        let exhausted = ("RateLimit-Remaining", "0");
        assert_eq!(wait(&[DATE, exhausted, ("RateLimit-Reset", &at(12))]), Some(12));
        let time = ("RateLimit-ResetTime", "Fri, 09 Oct 2026 08:53:25 GMT");
        assert_eq!(wait(&[DATE, exhausted, time]), Some(5));
        assert_eq!(wait(&[DATE, ("RateLimit-Remaining", "9"), time]), None);
        assert_eq!(wait(&[DATE, exhausted]), None);
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn backoff_doubles_with_jitter() {
        for attempt in 0..4 {
            let whole = FIRST * 2u32.pow(attempt);
            let waits: Vec<_> = (0..50).map(|_| backoff(attempt)).collect();
            assert!(waits.iter().all(|wait| *wait >= whole / 2 && *wait <= whole));
            assert!(waits.iter().any(|wait| *wait != waits[0]), "no jitter");
        }
        assert!(backoff(u32::MAX) <= FIRST * 1024);
    }
}
