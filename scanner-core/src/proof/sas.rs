//! Shared access signatures of Azure: the `sig=` of a query, between parameters that say what it is
//! good for.
//!
//! Sources: <https://learn.microsoft.com/en-us/rest/api/storageservices/create-account-sas>,
//! <https://learn.microsoft.com/en-us/rest/api/storageservices/create-service-sas> for Storage, and
//! <https://learn.microsoft.com/en-us/azure/service-bus-messaging/service-bus-sas> for Service Bus
//! and its kin.

use super::fields::{shown, timestamp};
use crate::proof::claim::{Claim, ProofResult};

/// How far the parameters are looked at on each side. A stream keeps at least this much before a
/// candidate, and the longest match behind it.
pub(crate) const REACH: usize = 320;

/// Examines a signature. Without the parameters of Azure it is something else.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let query = parameters_around(claim);
    let get =
        |name: &str| query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let is_of_storage =
        get("sv").is_some_and(is_date) && ["se", "si"].iter().any(|name| get(name).is_some());
    let is_of_messaging =
        get("sr").is_some() && get("skn").is_some() && get("se").is_some_and(is_number);
    if !is_of_storage && !is_of_messaging {
        return ProofResult::NoMatch;
    }
    let expiry = get("se").and_then(expiry);
    let permissions = get("sp")
        .filter(|letters| letters.bytes().all(|byte| byte.is_ascii_lowercase()))
        .and_then(shown);
    let policy = get("skn").or_else(|| get("si")).and_then(shown);
    let facts = [("expires_at", expiry), ("permissions", permissions), ("policy", policy)];
    ProofResult::Facts(facts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
}

/// Seconds, or a time of ISO 8601 that may end in its day or its minute.
fn expiry(time: &str) -> Option<String> {
    if is_number(time) {
        return timestamp(time.parse().ok()?);
    }
    let time = if is_date(time) { format!("{time}T00:00:00Z") } else { time.to_owned() };
    Some(time.parse::<jiff::Timestamp>().ok()?.to_string())
}

/// The parameters before and behind the signature.
fn parameters_around(claim: &Claim<'_>) -> Vec<(String, String)> {
    let before = &claim.haystack[claim.secret.start.saturating_sub(REACH)..claim.secret.start];
    let behind =
        &claim.haystack[claim.secret.end..claim.haystack.len().min(claim.secret.end + REACH)];
    let from = before.iter().rposition(|byte| !is_of_query(*byte)).map_or(0, |last| last + 1);
    let until = behind.iter().position(|byte| !is_of_query(*byte)).unwrap_or(behind.len());
    [&before[from..], &behind[..until]].into_iter().flat_map(parameters).collect()
}

/// `name=value` between `&`, which may be written as in HTML or in JSON.
fn parameters(query: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(query).replace("&amp;", "&").replace("\\u0026", "&");
    text.split(['&', '?', ' '])
        .filter_map(|part| part.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.replace("%3A", ":").replace("%3a", ":")))
        .collect()
}

fn is_of_query(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?@!$&*+,;=%\\ ".contains(&byte)
}

/// `2022-11-02`
fn is_date(text: &str) -> bool {
    let has_form = |(at, byte): (usize, u8)| {
        if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() }
    };
    text.len() == 10 && text.bytes().enumerate().all(has_form)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;

    fn examined(before: &str, behind: &str) -> ProofResult {
        let signature = "c2lnbmF0dXJlIG9mIG5vdGhpbmcgYW5kIG5vYm9keSE%3D";
        let text = format!("{before}sig={signature}{behind}");
        let start = before.len() + 4;
        examine(&Claim {
            haystack: text.as_bytes(),
            secret: Span::new(start, start + signature.len()),
            prefix_len: 0,
            custom_prefix: None,
        })
    }

    fn facts(before: &str, behind: &str) -> Vec<(&'static str, String)> {
        let ProofResult::Facts(facts) = examined(before, behind) else {
            panic!("{before} tells nothing")
        };
        facts.iter().map(|(name, value)| (name, value.to_owned())).collect()
    }

    #[test]
    fn of_storage() {
        let expected =
            [("expires_at", "2030-01-02T03:04:05Z".to_owned()), ("permissions", "rwl".to_owned())];
        let before = "https://acme.blob.core.windows.net/c?sv=2022-11-02&ss=b&srt=co&sp=rwl\
                      &se=2030-01-02T03%3A04%3A05Z&spr=https&";
        assert_eq!(facts(before, "\""), expected);
        assert_eq!(facts(&before.replace('&', "&amp;"), ""), expected);
        assert_eq!(facts("?", "&se=2030-01-02T03:04:05Z&sp=rwl&sv=2022-11-02&sr=c"), expected);
        assert_eq!(
            facts("?sv=2022-11-02&si=reading&sr=c&", ""),
            [("policy", "reading".to_owned())]
        );
    }

    #[test]
    fn times() {
        for (time, expected) in [
            ("2030-01-02", Some("2030-01-02T00:00:00Z")),
            ("2030-01-02T03:04Z", Some("2030-01-02T03:04:00Z")),
            ("1760000000", Some("2025-10-09T08:53:20Z")),
            ("99999999999999999999", None),
            ("soon", None),
        ] {
            assert_eq!(expiry(time).as_deref(), expected, "{time}");
        }
    }

    #[test]
    fn of_messaging() {
        assert_eq!(
            facts(
                "SharedAccessSignature sr=https%3a%2f%2facme.servicebus.windows.net&",
                "&se=1760000000&skn=RootManage"
            ),
            [
                ("expires_at", "2025-10-09T08:53:20Z".to_owned()),
                ("policy", "RootManage".to_owned())
            ]
        );
    }

    #[test]
    fn of_others() {
        for before in
            ["", "?a=b&", "?sv=1.0&sp=%2Ftriggers&", "?sv=2022-11-02&", "sv=2022-11-02&se=1\n"]
        {
            assert!(matches!(examined(before, ""), ProofResult::NoMatch), "{before}");
        }
    }
}
