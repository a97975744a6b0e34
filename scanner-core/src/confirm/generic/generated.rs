//! Values that a generator has made, under a name that says so.

use super::encoded::{base64_of_secret, basic_auth, text_in_base64};
use super::names::{Name, is_name_of_random_uuid};
use super::typed::is_typed;
use super::values::{
    BITS_WITH_ONE_DIGIT, BITS_WITHOUT_DIGITS, SHORTEST_GENERATED, different, has_no_filler,
    is_not_public, is_random_uuid, is_uuid, looks_generated,
};
use crate::confirm::chance;
use crate::verdict::Reason;

/// Hexadecimal digits under a name that can only be a secret's.
const SHORTEST_HEX_OF_SECRETS: usize = 16;
/// Those under `secret` and `token`, where nothing else is said.
const SHORTEST_HEX_OF_TOKENS: usize = 20;
/// Other generated values under such a name.
const SHORTEST_OF_SECRETS: usize = 12;

/// Refutes what no generator has made, and what is public. `name` is `None` where the place alone
/// says that a secret stands there.
pub(super) fn generated(name: Option<&Name<'_>>, value: &[u8]) -> Result<(), Reason> {
    has_no_filler(value)?;
    is_made(name, value)?;
    if is_typed(value) { Err(Reason::Placeholder) } else { Ok(()) }
}

/// Refutes what is public, and what chance does not make.
fn is_made(name: Option<&Name<'_>>, value: &[u8]) -> Result<(), Reason> {
    if is_uuid(value) {
        let is_secret = name.is_none_or(is_name_of_random_uuid);
        return if is_secret && is_random_uuid(value) { Ok(()) } else { Err(Reason::Ordinary) };
    }
    is_not_public(value)?;
    if let Some(text) = text_in_base64(value).filter(|_| value.len() >= SHORTEST_GENERATED) {
        return match text.iter().find(|byte| matches!(byte, b':' | b' ')) {
            Some(b':') => basic_auth(value),
            // A sentence.
            Some(_) => Err(Reason::Ordinary),
            None => base64_of_secret(value),
        };
    }
    let is_made = looks_generated(value) || name.is_some_and(|name| is_short_secret(name, value));
    if is_made { Ok(()) } else { Err(Reason::Ordinary) }
}

/// Whether a value looks generated that is shorter than others, under a name that says enough.
fn is_short_secret(name: &Name<'_>, value: &[u8]) -> bool {
    let is_telling =
        !name.is_alone() && (name.has(&[b"api", b"auth", b"secret", b"access", b"apikey"]));
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    if value.iter().all(u8::is_ascii_hexdigit) {
        let has_both = digits >= 3 && value.len() - digits >= 2;
        let is_long = value.len() >= SHORTEST_HEX_OF_TOKENS && name.has(&[b"secret", b"token"]);
        return (is_telling || is_long)
            && value.len() >= SHORTEST_HEX_OF_SECRETS
            && has_both
            && different(value) >= 7;
    }
    let bits = chance::bits(value);
    let is_short = (SHORTEST_OF_SECRETS..SHORTEST_GENERATED).contains(&value.len());
    let fewest = if digits == 0 { BITS_WITHOUT_DIGITS } else { BITS_WITH_ONE_DIGIT };
    let is_service = name.has(&[b"api", b"apikey", b"secret", b"access", b"jwt"]);
    is_short && !name.is_alone() && is_service && bits >= fewest && different(value) >= 8
}
