//! What GitLab's own log of API requests, `api_json.log`, says about the use of tokens.
//!
//! Nobody is asked. Memory grows with the number of tokens in the log, up to a limit, and not with
//! its length.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};
use std::net::IpAddr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Longer lines are counted and not read.
const LONGEST_LINE: usize = 1 << 20;
/// More tokens than these are counted together.
const MOST_TOKENS: usize = 200_000;
/// The most addresses of a token that are kept.
const MOST_ADDRESSES: usize = 32;
/// The most reasons of failures of a token that are counted apart.
const MOST_REASONS: usize = 16;

/// A token of the log: `PersonalAccessToken`, 12.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[non_exhaustive]
pub struct UsedToken {
    /// GitLab's name of its type.
    #[serde(rename = "type")]
    pub token_type: String,
    /// Its id.
    pub id: u64,
}

/// What a token was used for.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Usage {
    /// Requests that were let in.
    pub calls: u64,
    /// The last user that it acted as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Addresses, 32 of them at most.
    pub addresses: BTreeSet<IpAddr>,
    /// There were more.
    pub has_more_addresses: bool,
    /// Requests that were refused, by GitLab's reason: `token_expired`, `token_revoked`,
    /// `insufficient_scope`.
    pub failures: BTreeMap<String, u64>,
    /// Requests that were answered with 429.
    pub rate_limited: u64,
    /// The first request.
    pub first: Option<Timestamp>,
    /// The last request.
    pub last: Option<Timestamp>,
}

/// What a log says.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct UsageLog {
    /// The tokens.
    pub tokens: BTreeMap<UsedToken, Usage>,
    /// Lines that were read.
    pub lines: u64,
    /// Lines that are no JSON, or too long.
    pub unreadable: u64,
    /// Requests of all tokens beyond the first 200,000, counted together.
    pub untold: u64,
}

/// The keys that count. Ids are numbers in some releases and texts in others.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    time: Option<Cow<'a, str>>,
    status: Option<u16>,
    #[serde(borrow)]
    username: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "meta.user")]
    meta_user: Option<Cow<'a, str>>,
    #[serde(borrow)]
    remote_ip: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "meta.remote_ip")]
    meta_remote_ip: Option<Cow<'a, str>>,
    token_id: Option<Id>,
    #[serde(borrow)]
    token_type: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "meta.auth_fail_reason")]
    fail_reason: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "meta.auth_fail_token_id")]
    fail_token: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Number(u64),
    Text(String),
}

impl Id {
    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(id) => Some(*id),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

impl UsageLog {
    /// Adds a log, line by line.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn add(&mut self, log: &mut dyn BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        while let Some(is_whole) = read_line(log, &mut line)? {
            let text = line.trim_ascii();
            if text.is_empty() && is_whole {
                continue;
            }
            self.lines += 1;
            let read = if is_whole { serde_json::from_slice(text).ok() } else { None };
            match read {
                Some(line) => self.note(&line),
                None => self.unreadable += 1,
            }
        }
        Ok(())
    }

    fn note(&mut self, line: &Line<'_>) {
        let refused = line.fail_token.as_deref().and_then(failed_token);
        let used = line.token_id.as_ref().and_then(Id::number).map(|id| {
            let token_type = line.token_type.as_deref().unwrap_or("PersonalAccessToken");
            UsedToken { token_type: token_type.chars().take(64).collect(), id }
        });
        let is_refused = line.fail_reason.is_some();
        // A refused request has no token of its own: the reason names it.
        let Some(token) = (if is_refused { refused.or(used) } else { used }) else { return };
        if self.tokens.len() >= MOST_TOKENS && !self.tokens.contains_key(&token) {
            self.untold += 1;
            return;
        }
        self.tokens.entry(token).or_default().note(line);
    }
}

impl Usage {
    fn note(&mut self, line: &Line<'_>) {
        match line.fail_reason.as_deref() {
            Some(reason) => {
                let reason: String = reason.chars().take(64).collect();
                let is_known = self.failures.contains_key(&reason);
                let is_room = is_known || self.failures.len() < MOST_REASONS;
                let reason = if is_room { reason } else { "other".to_owned() };
                *self.failures.entry(reason).or_default() += 1;
            }
            None => self.calls += 1,
        }
        self.rate_limited += u64::from(line.status == Some(429));
        if let Some(name) = line.username.as_deref().or(line.meta_user.as_deref())
            && self.username.as_deref() != Some(name)
        {
            self.username = Some(name.chars().take(255).collect());
        }
        let address = line.meta_remote_ip.as_deref().or(line.remote_ip.as_deref());
        if let Some(address) = address.and_then(|text| text.parse::<IpAddr>().ok()) {
            if self.addresses.len() < MOST_ADDRESSES || self.addresses.contains(&address) {
                self.addresses.insert(address);
            } else {
                self.has_more_addresses = true;
            }
        }
        if let Some(time) = line.time.as_deref().and_then(|text| text.parse::<Timestamp>().ok()) {
            self.first = Some(self.first.map_or(time, |first| first.min(time)));
            self.last = Some(self.last.map_or(time, |last| last.max(time)));
        }
    }
}

/// `PersonalAccessToken/12`.
fn failed_token(text: &str) -> Option<UsedToken> {
    let (token_type, id) = text.rsplit_once('/')?;
    Some(UsedToken { token_type: token_type.chars().take(64).collect(), id: id.parse().ok()? })
}

/// Reads a line into a buffer that does not grow with it. None at the end; false for a line that is
/// too long, which is skipped.
fn read_line(log: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    let (mut is_any, mut is_whole) = (false, true);
    loop {
        let buffer = log.fill_buf()?;
        if buffer.is_empty() {
            return Ok(is_any.then_some(is_whole));
        }
        is_any = true;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if line.len() + part.len() <= LONGEST_LINE {
            line.extend_from_slice(part);
        } else {
            is_whole = false;
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        log.consume(used);
        if end.is_some() {
            return Ok(Some(is_whole));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> UsageLog {
        let mut log = UsageLog::default();
        log.add(&mut text.as_bytes()).unwrap();
        log
    }

    #[test]
    fn calls_and_refusals_are_told_apart() {
        let log = read(concat!(
            r#"{"time":"2026-03-01T10:00:00.000Z","status":200,"username":"anna","#,
            r#""remote_ip":"192.0.2.1","token_id":12,"token_type":"PersonalAccessToken"}"#,
            "\n",
            r#"{"time":"2026-03-02T10:00:00.000Z","status":429,"meta.user":"anna","#,
            r#""meta.remote_ip":"192.0.2.2","token_id":"12","token_type":"PersonalAccessToken"}"#,
            "\n",
            r#"{"time":"2026-02-01T10:00:00.000Z","status":401,"remote_ip":"203.0.113.7","#,
            r#""meta.auth_fail_reason":"token_expired","#,
            r#""meta.auth_fail_token_id":"PersonalAccessToken/12"}"#,
            "\n\nnot json\n",
            r#"{"status":200,"remote_ip":"192.0.2.1"}"#,
        ));
        assert_eq!((log.lines, log.unreadable, log.tokens.len()), (5, 1, 1));
        let (token, usage) = log.tokens.first_key_value().unwrap();
        assert_eq!((token.token_type.as_str(), token.id), ("PersonalAccessToken", 12));
        assert_eq!((usage.calls, usage.rate_limited), (2, 1));
        assert_eq!(usage.failures.get("token_expired"), Some(&1));
        assert_eq!(usage.addresses.len(), 3);
        assert_eq!(usage.username.as_deref(), Some("anna"));
        let days = (usage.first.unwrap().to_string(), usage.last.unwrap().to_string());
        assert_eq!(days, ("2026-02-01T10:00:00Z".to_owned(), "2026-03-02T10:00:00Z".to_owned()));
    }

    #[test]
    fn long_lines_and_many_values_are_bounded() {
        let long = format!("{{\"token_id\":1,\"x\":\"{}\"}}\n", "x".repeat(LONGEST_LINE));
        let log = read(&(long + "{\"token_id\":2}\n"));
        assert_eq!((log.unreadable, log.tokens.len()), (1, 1));
        let lines: String = (0..100)
            .map(|n| {
                format!(
                    "{{\"token_id\":1,\"remote_ip\":\"10.0.0.{n}\",\
                     \"meta.auth_fail_reason\":\"r{n}\"}}\n"
                )
            })
            .collect();
        let log = read(&lines);
        let usage = log.tokens.first_key_value().unwrap().1;
        assert_eq!((usage.addresses.len(), usage.has_more_addresses), (MOST_ADDRESSES, true));
        assert_eq!(usage.failures.len(), MOST_REASONS + 1);
        assert_eq!(usage.failures.values().sum::<u64>(), 100);
    }
}
