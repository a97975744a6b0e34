//! GitLab's routable tokens.
//!
//! Two layouts exist. Version 1, since GitLab 18.0:
//!
//! ```text
//! <prefix><payload>.<version, 2><length of payload, 2><CRC-32, 7>     with a dot after the version
//! payload = base64url( 16 random bytes, routing text, one byte: length of the routing text )
//! ```
//!
//! and version 0, from late 2024 to spring 2025:
//!
//! ```text
//! <prefix><payload>.<length of payload, 2><CRC-32, 7>
//! payload = base64url( routing text, random bytes, one byte: number of random bytes )
//! ```
//!
//! All numbers are in base 36, zero-padded. The CRC-32 (zlib's) covers everything before it, **from
//! the first byte of the prefix**, custom prefixes included. So it also tells where a token with an
//! unknown prefix starts.
//!
//! Source: GitLab's design document "Routable tokens" and `lib/authn/token_field` in its
//! repository.

use crate::rules::rule::{MAX_CUSTOM_PREFIX_LEN, MAX_START_OFFSET};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::base36;
use crate::proof::claim::{Claim, ProofResult};
use crate::rules::rule::CustomPrefix;
use crate::text::span::Span;
use crate::verdict::{Confidence, Facts, Reason};

const LENGTH_LEN: usize = 2;
const CHECKSUM_LEN: usize = 7;
/// `.LLCCCCCCC`
const TAIL_LEN: usize = 1 + LENGTH_LEN + CHECKSUM_LEN;
/// `.VV` in front of it, in version 1.
const VERSION_LEN: usize = 3;
/// The payload of the shortest routing text, `o:1`.
const MIN_PAYLOAD_LEN: usize = 27;
/// The cap of the design document; generated payloads reach 235.
const MAX_PAYLOAD_LEN: usize = 300;
/// `-` and the longest prefix of a kind, `glagent-`, behind an instance prefix.
const MAX_PREFIX_LEN: usize = MAX_CUSTOM_PREFIX_LEN + 9;
/// GitLab's own prefixes, which an instance prefix can precede.
const KNOWN_PREFIXES: [&[u8]; 15] = [
    b"glagent-",
    b"glcbt-",
    b"gldt-",
    b"glffct-",
    b"glft-",
    b"glimt-",
    b"gloas-",
    b"glpat-",
    b"glptt-",
    b"glrct-",
    b"glrt-",
    b"glrtr-",
    b"glsat-",
    b"glsoat-",
    b"glwt-",
];
const MAX_KNOWN_PREFIX_LEN: usize = 8;
const _: () = assert!(MAX_START_OFFSET == MAX_PAYLOAD_LEN + MAX_PREFIX_LEN);
/// The number of random bytes, and of bytes around the routing text of version 1.
const RANDOM_LEN: usize = 16;

/// A routable token whose checksum and length field hold.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Routable {
    version: u8,
    prefix_len: usize,
    facts: Facts,
}

impl Routable {
    /// Checks a whole token, from the first byte of its prefix to the last of its checksum.
    ///
    /// # Errors
    ///
    /// Why it is no routable token: [`Reason::WrongStructure`], [`Reason::WrongChecksum`] or
    /// [`Reason::WrongLengthField`].
    ///
    /// ```
    /// use tokensieve_core::{Reason};
    /// use tokensieve_core::internal::{Routable};
    ///
    /// let token = ["glp", "at-AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw", ".01.1318vxcpo"].concat();
    /// let routable = Routable::check(token.as_bytes()).unwrap();
    /// assert_eq!(routable.version(), 1);
    /// assert_eq!(routable.prefix_len(), 6);
    /// assert_eq!(routable.facts().get("user"), Some("123"));
    ///
    /// let edited = token.replace("AAEC", "AAEB");
    /// assert_eq!(Routable::check(edited.as_bytes()), Err(Reason::WrongChecksum));
    /// ```
    pub fn check(token: &[u8]) -> Result<Self, Reason> {
        let tail = Tail::at_end_of(token).ok_or(Reason::WrongStructure)?;
        if !tail.has_checksum_of(token) {
            return Err(Reason::WrongChecksum);
        }
        let prefix_len = tail.payload_start().ok_or(Reason::WrongLengthField)?;
        let payload = &token[prefix_len..tail.dot];
        if !payload.iter().all(|byte| is_base64url(*byte)) {
            return Err(Reason::WrongLengthField);
        }
        Ok(Self { version: tail.version, prefix_len, facts: tail.facts(payload) })
    }

    /// 0 or 1: which layout it has.
    #[must_use]
    pub fn version(&self) -> u8 {
        self.version
    }

    /// The number of bytes before the payload.
    #[must_use]
    pub fn prefix_len(&self) -> usize {
        self.prefix_len
    }

    /// Whom the token belongs to: `cell`, `organization`, `group`, `project`, `user`,
    /// `runner_type`, as far as it says so. Empty where the payload is not laid out as its version
    /// says.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

/// What stands behind the payload.
#[derive(Clone, Copy, Debug)]
struct Tail {
    version: u8,
    /// The offset of the dot behind the payload.
    dot: usize,
    /// What the length field says; None where it is impossible.
    payload_len: Option<usize>,
    checksum: Option<u32>,
}

impl Tail {
    /// Reads the tail that ends where the text does.
    fn at_end_of(text: &[u8]) -> Option<Self> {
        let last = text.len().checked_sub(TAIL_LEN)?;
        let [b'.', length_field @ .., _, _, _, _, _, _, _] = &text[last..] else { return None };
        if !text[last + 1..].iter().all(|byte| is_base36(*byte)) {
            return None;
        }
        let (version, dot) = match last.checked_sub(VERSION_LEN).map(|dot| (dot, &text[dot..last]))
        {
            Some((dot, [b'.', a, b])) if is_base36(*a) && is_base36(*b) => (1, dot),
            _ => (0, last),
        };
        let payload_len = base36::decode(length_field)
            .and_then(|len| usize::try_from(len).ok())
            .filter(|len| (MIN_PAYLOAD_LEN..=MAX_PAYLOAD_LEN).contains(len));
        let checksum = base36::decode(&text[text.len() - CHECKSUM_LEN..])
            .and_then(|sum| u32::try_from(sum).ok());
        Some(Self { version, dot, payload_len, checksum })
    }

    fn has_checksum_of(&self, token: &[u8]) -> bool {
        self.checksum == Some(crc32fast::hash(&token[..token.len() - CHECKSUM_LEN]))
    }

    /// Where the payload starts, by the length field.
    fn payload_start(&self) -> Option<usize> {
        self.dot.checked_sub(self.payload_len?)
    }

    fn facts(&self, payload: &[u8]) -> Facts {
        facts_of(self.version, payload).unwrap_or_default()
    }
}

/// The owner facts in a payload; none where it is not laid out as it should be.
fn facts_of(version: u8, payload: &[u8]) -> Option<Facts> {
    let raw = URL_SAFE_NO_PAD.decode(payload).ok()?;
    let (last, raw) = raw.split_last()?;
    let routing = if version == 0 {
        let random = usize::from(*last);
        (random >= RANDOM_LEN).then_some(())?;
        raw.get(..raw.len().checked_sub(random)?)?
    } else {
        let routing = raw.get(RANDOM_LEN..)?;
        (routing.len() == usize::from(*last)).then_some(routing)?
    };
    routing_facts(routing)
}

/// Reads `key:value` lines: keys strictly rising, a cell or an organization among them.
fn routing_facts(routing: &[u8]) -> Option<Facts> {
    const LONGEST_VALUE: usize = 24;
    let mut facts = Vec::new();
    let mut previous = 0;
    for line in routing.split(|byte| *byte == b'\n') {
        let [key, b':', value @ ..] = line else { return None };
        if *key <= previous || value.len() > LONGEST_VALUE {
            return None;
        }
        previous = *key;
        facts.push((fact_name(*key)?, base36::decode(value)?.to_string()));
    }
    let has_home = facts.iter().any(|(name, _)| matches!(*name, "cell" | "organization"));
    has_home.then(|| facts.into_iter().collect())
}

/// The fact that a routing key stands for.
pub(super) fn fact_name(key: u8) -> Option<&'static str> {
    Some(match key {
        b'c' => "cell",
        b'g' => "group",
        b'o' => "organization",
        b'p' => "project",
        b't' => "runner_type",
        b'u' => "user",
        _ => return None,
    })
}

/// Examines a match that may end in a tail.
pub(super) fn examine(claim: &Claim<'_>) -> ProofResult {
    let Some(tail) = Tail::at_end_of(&claim.haystack[..claim.secret.end]) else {
        return ProofResult::Inconclusive;
    };
    if claim.text().starts_with(b".") {
        return examine_bare_tail(claim, &tail);
    }
    if tail.dot < claim.secret.start {
        return ProofResult::Inconclusive;
    }
    let Some(start) = proved_start(claim, &tail, claim.secret.start, MAX_CUSTOM_PREFIX_LEN + 1)
    else {
        return ProofResult::Verdict(claim.refuted(Reason::WrongChecksum));
    };
    let body = claim.secret.start + claim.prefix_len;
    match tail.payload_start() {
        Some(payload)
            if payload == body
                || (tail.version == 0 && is_runner_type(claim.haystack, body, payload)) =>
        {
            proved(claim, &tail, start, payload)
        }
        _ => ProofResult::Verdict(claim.refuted(Reason::WrongLengthField)),
    }
}

/// `t1_`, `t2_`, `t3_`: what runner tokens of version 0 have between prefix and payload.
fn is_runner_type(haystack: &[u8], body: usize, payload: usize) -> bool {
    matches!(haystack.get(body..payload), Some([b't', b'1'..=b'3', b'_']))
}

/// Examines a tail that was found by itself, behind whatever prefix.
fn examine_bare_tail(claim: &Claim<'_>, tail: &Tail) -> ProofResult {
    let haystack = claim.haystack;
    let Some(payload) = tail.payload_start() else { return ProofResult::NoMatch };
    if !haystack[payload..tail.dot].iter().all(|byte| is_base64url(*byte)) {
        return ProofResult::NoMatch;
    }
    let Some(start) = proved_start(claim, tail, payload, MAX_PREFIX_LEN) else {
        return ProofResult::NoMatch;
    };
    let facts = tail.facts(&haystack[payload..tail.dot]);
    // Without a known prefix the layout has to speak for the token too.
    if facts.is_empty() || cuts_known_prefix(haystack, start, payload) {
        return ProofResult::NoMatch;
    }
    let is_for_rule = claim.custom_prefix != Some(CustomPrefix::PersonalAccessToken)
        || is_personal(&haystack[start..payload], &facts);
    if is_for_rule { proved(claim, tail, start, payload) } else { ProofResult::NoMatch }
}

/// Whether a known prefix stands where it speaks against a token that was found by its tail:
/// directly before it, so that the checksum leaves it out, or inside its prefix and not at the end
/// of it, so that the length field is wrong.
fn cuts_known_prefix(haystack: &[u8], start: usize, payload: usize) -> bool {
    let from = start.saturating_sub(MAX_KNOWN_PREFIX_LEN);
    (from..payload).any(|at| {
        KNOWN_PREFIXES.iter().filter(|known| haystack[at..].starts_with(known)).any(|known| {
            let end = at + known.len();
            end >= start && !(at >= start && end == payload)
        })
    })
}

/// Whether a token behind an unknown prefix is a personal access token: only their prefix can be
/// replaced as a whole, and their payload names a user and neither group, project nor runner.
fn is_personal(prefix: &[u8], facts: &Facts) -> bool {
    let names_another_kind =
        prefix.split(|byte| !byte.is_ascii_alphanumeric()).rev().nth(1).is_some_and(|word| {
            prefix.ends_with(b"-")
                && word.starts_with(b"gl")
                && (4..=8).contains(&word.len())
                && word != b"glpat"
        });
    let names_only_a_user = facts.get("user").is_some()
        && facts.iter().all(|(key, _)| matches!(key, "cell" | "organization" | "user"));
    !names_another_kind && names_only_a_user
}

fn proved(claim: &Claim<'_>, tail: &Tail, start: usize, payload: usize) -> ProofResult {
    let mut evidence =
        claim.with(Confidence::Proved, tail.facts(&claim.haystack[payload..tail.dot]));
    evidence.span = Span::new(start, claim.secret.end);
    evidence.prefix_len = payload - start;
    ProofResult::Verdict(evidence)
}

/// The start at or left of `from` from which the checksum holds.
fn proved_start(claim: &Claim<'_>, tail: &Tail, from: usize, most: usize) -> Option<usize> {
    let token_from = |start: usize| &claim.haystack[start..claim.secret.end];
    let reach =
        claim.haystack[..from].iter().rev().take(most).take_while(|byte| is_prefix(**byte)).count();
    // A known prefix is where nearly every token starts.
    let known =
        KNOWN_PREFIXES.iter().filter(|known| claim.haystack[from - reach..from].ends_with(known));
    known
        .map(|known| from - known.len())
        .chain((from - reach..=from).rev())
        .find(|start| tail.has_checksum_of(token_from(*start)))
}

fn is_base36(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_lowercase()
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// The characters that GitLab allows in a custom prefix.
pub(crate) fn is_prefix(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'+' | b'=' | b'/' | b'@' | b':' | b'.' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parts: &[&str]) -> Result<Routable, Reason> {
        Routable::check(parts.concat().as_bytes())
    }

    /// The examples of GitLab's design document and of public test suites.
    #[test]
    fn published_examples() {
        let minimum = check(&["bzoxd_Rb5_cHeWe1J", "H56wr2FCBA.0r1pum4t4"]).unwrap();
        assert_eq!((minimum.version(), minimum.prefix_len()), (0, 0));
        assert_eq!(minimum.facts().get("organization"), Some("1"));

        let rules_repository =
            check(&["glp", "at-bzox79Of-KE9FD2Ljo", "XXF4CvyxA.0r03gxo7s"]).unwrap();
        assert_eq!(rules_repository.facts().get("organization"), Some("1"));

        let mixed_layout =
            check(&["glp", "at-bzox79Of-KE9FD2Ljo", "XXF4CvyxA.01.0r0l8l6ir"]).unwrap();
        assert_eq!(mixed_layout.version(), 1);
        assert!(mixed_layout.facts().is_empty());

        for edited in ["XXF4CvyxA.01.0r03gxo7a", "XXF4CvyxA.01.0r03gxo7s"] {
            assert_eq!(
                check(&["glp", "at-bzox79Of-KE9FD2Ljo", edited]),
                Err(Reason::WrongChecksum)
            );
        }
    }

    #[test]
    fn length_field_must_fit() {
        let body = ["glp", "at-AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw", ".01."].concat();
        let token_with = |length: &str| {
            let head = format!("{body}{length}");
            let mut sum = crc32fast::hash(head.as_bytes());
            let mut digits = [b'0'; CHECKSUM_LEN];
            for digit in digits.iter_mut().rev() {
                *digit = b"0123456789abcdefghijklmnopqrstuvwxyz"[(sum % 36) as usize];
                sum /= 36;
            }
            format!("{head}{}", String::from_utf8_lossy(&digits))
        };
        assert!(Routable::check(token_with("13").as_bytes()).is_ok());
        // One that reaches past the beginning, and one that is never generated.
        for length in ["6j", "0q"] {
            assert_eq!(
                Routable::check(token_with(length).as_bytes()),
                Err(Reason::WrongLengthField)
            );
        }
    }

    #[test]
    fn no_tail_no_token() {
        for text in ["", "glpat-", ".01.1318vxcp", "abc.1318vXcpo"] {
            assert_eq!(Routable::check(text.as_bytes()), Err(Reason::WrongStructure), "{text}");
        }
    }
}
