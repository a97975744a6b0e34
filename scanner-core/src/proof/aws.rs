//! The account in the id of an AWS access key, and what keys of Bedrock tell.
//!
//! Behind its four letters an id holds 80 bits in base32, and the 40 bits after the first one are
//! the account. Ids from before 2019 hold something else. Source: the operation `GetAccessKeyInfo`
//! of AWS STS, which tells the account of an id to anybody.

use super::fields::{decoded, number, shown};
use crate::proof::claim::Claim;
use crate::verdict::Facts;

const PREFIX_LEN: usize = 4;
const LARGEST_ACCOUNT: u64 = 999_999_999_999;
/// Older ids have one of these letters first.
const OLDER: &[u8] = b"IJ";

/// What an id tells.
pub(super) fn facts(claim: &Claim<'_>) -> Facts {
    account(claim.text()).map(|account| ("account", format!("{account:012}"))).into_iter().collect()
}

const SHORT_TERM: &[u8] = b"bedrock-api-key-";

/// What a key of Bedrock tells. A long-term key holds the name of its user,
/// `BedrockAPIKey-<id>-at-<account>`
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html>); a short-term
/// key is a presigned URL (<https://github.com/aws/aws-bedrock-token-generator-python>).
pub(super) fn bedrock(claim: &Claim<'_>) -> Facts {
    let text = claim.text();
    let encoded =
        text.strip_prefix(SHORT_TERM).or_else(|| text.strip_prefix(b"ABSK")).unwrap_or_default();
    let text = String::from_utf8_lossy(&decoded(encoded).unwrap_or_default()).into_owned();
    if let Some((_, rest)) = text.split_once("-at-") {
        let digits = rest
            .as_bytes()
            .get(..12)
            .filter(|_| !rest.as_bytes().get(12).is_some_and(u8::is_ascii_digit));
        return digits.and_then(number).map(|account| ("account", account)).into_iter().collect();
    }
    let query = text.split(['&', '?']).filter_map(|part| part.split_once('='));
    let get = |name: &str| query.clone().find(|(key, _)| *key == name).map(|(_, value)| value);
    let mut scope = get("X-Amz-Credential").unwrap_or_default().split("%2F");
    let account = scope
        .next()
        .and_then(|id| account(id.as_bytes()))
        .map(|account| ("account", format!("{account:012}")));
    let region = scope.nth(1).and_then(shown).map(|region| ("region", region));
    let expiry = get("X-Amz-Date")
        .zip(get("X-Amz-Expires"))
        .and_then(|(date, seconds)| expiry(date, seconds));
    account.into_iter().chain(region).chain(expiry.map(|time| ("expires_at", time))).collect()
}

/// `20251009T085320Z` and a number of seconds.
fn expiry(date: &str, seconds: &str) -> Option<String> {
    let start: jiff::Timestamp = date.parse().ok()?;
    let seconds: i64 = seconds.parse().ok()?;
    jiff::Timestamp::from_second(start.as_second().checked_add(seconds)?)
        .ok()
        .map(|time| time.to_string())
}

fn account(id: &[u8]) -> Option<u64> {
    let digits = id.get(PREFIX_LEN..PREFIX_LEN + 10)?;
    if OLDER.contains(&digits[0]) {
        return None;
    }
    let bits = digits.iter().try_fold(0_u64, |bits, digit| {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        Some(bits << 5 | u64::from(value))
    })?;
    // Ten digits are 50 bits: one that stands apart, 40 of the account, 9 of what follows.
    let account = bits >> 9 & ((1 << 40) - 1);
    (account <= LARGEST_ACCOUNT).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    #[test]
    fn accounts_of_ids() {
        // As published: the id of a canary token, and its account.
        assert_eq!(
            account(["ASIAY34FZ", "KBOKMUTVV7A"].concat().as_bytes()),
            Some(609_629_065_308)
        );
        assert_eq!(account(["AKIAIOSFO", "DNN7EXAMPLE"].concat().as_bytes()), None);
        assert_eq!(account(b"AKIA"), None);
        assert_eq!(account(b"AKIA0000000000000000"), None);
    }

    #[test]
    fn keys_of_bedrock() {
        let told = |prefix: &str, text: &str| {
            let key = format!("{prefix}{}", STANDARD.encode(text));
            let claim = Claim {
                haystack: key.as_bytes(),
                secret: Span::new(0, key.len()),
                prefix_len: 0,
                custom_prefix: None,
            };
            bedrock(&claim).iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(
            told("ABSK", "BedrockAPIKey-abcd-at-123456789012:c2VjcmV0"),
            [("account", "123456789012".to_owned())]
        );
        assert_eq!(told("ABSK", "BedrockAPIKey-abcd-at-1234567890123:c2VjcmV0"), []);
        assert_eq!(told("ABSK", "BedrockAPIKey-abcd-at-12"), []);
        let url = [
            "bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Algorithm=AWS4-HMAC-SHA256",
            "&X-Amz-Credential=ASIA",
            "Y34FZKBOKMUTVV7A%2F20251009%2Fus-east-1%2Fbedrock%2Faws4_request",
            "&X-Amz-Date=20251009T085320Z",
            "&X-Amz-Expires=43200&X-Amz-Signature=0&Version=1",
        ];
        assert_eq!(
            told("bedrock-api-key-", &url.concat()),
            [
                ("account", "609629065308".to_owned()),
                ("expires_at", "2025-10-09T20:53:20Z".to_owned()),
                ("region", "us-east-1".to_owned()),
            ]
        );
        assert_eq!(
            told(
                "bedrock-api-key-",
                "X-Amz-Date=1&X-Amz-Expires=99999999999999999999&X-Amz-Credential=%2F"
            ),
            []
        );
    }
}
