//! Identity of secrets and findings that gives nothing away.
//!
//! A plain hash of a short or guessable secret can be turned back by trying. So identity is keyed:
//! `secret_id` = HMAC-SHA-256(key, secret) and `fingerprint` = HMAC-SHA-256(key, rule, `secret_id`,
//! path, ordinal), the first 128 bits of each, in hex. Without a key of one's own a fixed one is
//! used; then values that people choose are identified by their place only.

use core::fmt;
use std::collections::HashMap;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::{Error, ErrorKind};
use crate::rules::rule::Rule;
use crate::secret::Secret;

/// The domain of identities that were made without a key of one's own.
const FIXED_KEY: &[u8] = b"tokensieve: no key of its own, version 1";
const SHORTEST_KEY: usize = 16;
const ID_LEN: usize = 16;

/// The key of all identities of a scan.
///
/// ```
/// use tokensieve_core::{FingerprintKey, Secret};
///
/// let key = FingerprintKey::new(b"sixteen bytes or more of anything")?;
/// let other = FingerprintKey::default();
/// let secret = Secret::new(b"hunter2");
/// assert_ne!(key.secret_id(&secret), other.secret_id(&secret));
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone)]
pub struct FingerprintKey {
    mac: Hmac<Sha256>,
    is_custom: bool,
}

impl FingerprintKey {
    /// Makes a key of at least 16 bytes. Ids made with a secret key cannot be guessed by trying
    /// values.
    ///
    /// # Errors
    ///
    /// The key is shorter.
    pub fn new(key: &[u8]) -> Result<Self, Error> {
        if key.len() < SHORTEST_KEY {
            return Err(Error::new(
                ErrorKind::Key,
                format!(
                    "a fingerprint key has at least {SHORTEST_KEY} bytes, this one has {}",
                    key.len()
                ),
            ));
        }
        Ok(Self::with(key, true))
    }

    fn with(key: &[u8], is_custom: bool) -> Self {
        Self { mac: Hmac::new_from_slice(key).expect("HMAC takes keys of any length"), is_custom }
    }

    /// Returns the identity of a secret, which is the same whatever rule found it.
    #[must_use]
    pub fn secret_id(&self, secret: &Secret) -> Id {
        self.id(b"secret", &[secret.expose()])
    }

    /// Returns an id of the key itself: it tells whether two keys are the same, and nothing else
    /// about them.
    #[must_use]
    pub fn check(&self) -> Id {
        self.id(b"key", &[])
    }

    /// Returns the identities of the findings of one file. Ask for them in the order of the
    /// findings: equal secrets are numbered. Keeps a number for each secret of the file.
    #[must_use]
    pub fn file<'k>(&'k self, path: &[u8]) -> FileIdentities<'k> {
        FileIdentities { key: self, path: path.to_vec(), seen: HashMap::new() }
    }

    /// Hashes parts, each with its length, so that no two lists of parts are one text.
    fn id(&self, domain: &[u8], parts: &[&[u8]]) -> Id {
        let mut mac = self.mac.clone();
        for part in [&[domain], parts].concat() {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        let mut id = [0; ID_LEN];
        id.copy_from_slice(&mac.finalize().into_bytes()[..ID_LEN]);
        Id(id)
    }
}

/// Returns the fixed key, for callers without a key.
impl Default for FingerprintKey {
    fn default() -> Self {
        Self::with(FIXED_KEY, false)
    }
}

impl fmt::Debug for FingerprintKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FingerprintKey").field("is_custom", &self.is_custom).finish_non_exhaustive()
    }
}

/// 128 bits of identity, shown in hex.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Id([u8; ID_LEN]);

impl Id {
    pub(crate) fn as_bytes(&self) -> &[u8; ID_LEN] {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All at once: byte by byte takes a twentieth of the time that a finding takes.
        write!(f, "{:0width$x}", u128::from_be_bytes(self.0), width = 2 * ID_LEN)
    }
}

/// Reads what [`Id`] is shown as.
impl core::str::FromStr for Id {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || {
            Error::new(
                ErrorKind::Suppression,
                format!("an id is {} hexadecimal digits", 2 * ID_LEN),
            )
        };
        let digits = text.as_bytes();
        if digits.len() != 2 * ID_LEN {
            return Err(wrong());
        }
        let mut id = [0; ID_LEN];
        for (byte, pair) in id.iter_mut().zip(digits.chunks(2)) {
            let digit = |digit: u8| char::from(digit).to_digit(16).map(|digit| digit as u8);
            let (Some(high), Some(low)) = (digit(pair[0]), digit(pair[1])) else {
                return Err(wrong());
            };
            *byte = high << 4 | low;
        }
        Ok(Self(id))
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The two identities of a finding.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Fingerprint {
    /// The same for the same secret anywhere.
    pub secret_id: Id,
    /// The same for the same secret of the same rule in the same file, its first, second, ... place
    /// there. It survives moved lines.
    pub fingerprint: Id,
}

/// Gives the findings of one file their identities: see [`FingerprintKey::file`].
///
/// ```
/// use tokensieve_core::{FingerprintKey, RuleSet, Secret};
///
/// let rules = RuleSet::builtin();
/// let rule = rules.get("gitlab_deploy_token").unwrap();
/// let (key, secret) = (FingerprintKey::default(), Secret::new(b"the same twice"));
/// let mut file = key.file(b"config.yml");
/// let (first, second) = (file.next(rule, &secret), file.next(rule, &secret));
/// assert_eq!(first.secret_id, second.secret_id);
/// assert_ne!(first.fingerprint, second.fingerprint);
/// ```
pub struct FileIdentities<'k> {
    key: &'k FingerprintKey,
    path: Vec<u8>,
    /// How often a rule's secret was met.
    seen: HashMap<(String, Option<Id>), u64>,
}

impl FileIdentities<'_> {
    /// Returns the identities of the next finding of the file.
    #[must_use]
    pub fn next(&mut self, rule: &Rule, secret: &Secret) -> Fingerprint {
        // With the fixed key, the hash of a value that somebody chose could be guessed back.
        let is_guessable = rule.is_chosen_by_humans() && !self.key.is_custom;
        let secret_id = (!is_guessable).then(|| self.key.secret_id(secret));
        let ordinal = self.seen.entry((rule.id().to_owned(), secret_id)).or_insert(0);
        *ordinal += 1;
        let ordinal = ordinal.to_le_bytes();
        let rule_id = rule.id().as_bytes();
        let secret_id =
            secret_id.unwrap_or_else(|| self.key.id(b"place", &[rule_id, &self.path, &ordinal]));
        let fingerprint = self.key.id(b"finding", &[rule_id, &secret_id.0, &self.path, &ordinal]);
        Fingerprint { secret_id, fingerprint }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleSet;

    fn rules() -> RuleSet {
        RuleSet::from_toml(
            "t.toml",
            "[[rules]]\nid = 'generated'\nregex = 'abcd'\n[[rules]]\nid = 'chosen'\n\
             regex = 'bcde'\nchosen_by_humans = true\n",
        )
        .unwrap()
    }

    #[test]
    fn ordinals_tell_the_places_of_one_secret_apart() {
        let rules = rules();
        let rule = rules.get("generated").unwrap();
        let key = FingerprintKey::default();
        let (a, b) = (Secret::new(b"a"), Secret::new(b"b"));
        let mut file = key.file(b"x");
        let first = file.next(rule, &a);
        let other = file.next(rule, &b);
        let second = file.next(rule, &a);
        assert_eq!(first.secret_id, second.secret_id);
        assert_ne!(first.fingerprint, second.fingerprint);
        assert_ne!(first.secret_id, other.secret_id);
        // What stands between does not count.
        let mut again = key.file(b"x");
        assert_eq!(again.next(rule, &a), first);
        assert_eq!(again.next(rule, &a), second);
        assert_ne!(key.file(b"y").next(rule, &a).fingerprint, first.fingerprint);
    }

    #[test]
    fn chosen_values_are_not_hashed_with_the_fixed_key() {
        let rules = rules();
        let rule = rules.get("chosen").unwrap();
        let ids =
            |key: &FingerprintKey, value: &[u8]| key.file(b"x").next(rule, &Secret::new(value));
        let fixed = FingerprintKey::default();
        assert_eq!(ids(&fixed, b"spring2026"), ids(&fixed, b"summer2026"));
        let own = FingerprintKey::new(&[7; 32]).unwrap();
        assert_ne!(ids(&own, b"spring2026"), ids(&own, b"summer2026"));
    }

    #[test]
    fn short_keys_are_refused() {
        assert_eq!(FingerprintKey::new(b"short").unwrap_err().kind(), ErrorKind::Key);
    }
}
