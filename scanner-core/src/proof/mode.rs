//! Whether a key works on real money and data or only in a sandbox, where its first words say so.
//!
//! Each rule's documentation names these words, for example <https://docs.stripe.com/keys>
//! (`sk_live_`, `sk_test_`) and <https://developer.paddle.com/api-reference/about/api-keys>
//! (`pdl_sdbx_`).

use crate::proof::claim::Claim;
use crate::verdict::Facts;

/// How many of a key's words are looked at: `secret-token:mercury_production_...` has it in the
/// fourth.
const FIRST_WORDS: usize = 4;
const WORDS: [(&str, &str); 11] = [
    ("live", "live"),
    ("prod", "live"),
    ("production", "live"),
    ("test", "test"),
    ("testsk", "test"),
    ("sandbox", "test"),
    ("sdbx", "test"),
    ("sb", "test"),
    ("dev", "test"),
    ("localdev", "test"),
    ("development", "test"),
];

/// What a key tells.
pub(super) fn facts(claim: &Claim<'_>) -> Facts {
    let mut words = claim.text().split(|byte| !byte.is_ascii_alphanumeric()).take(FIRST_WORDS);
    let mode = words.find_map(|word| {
        WORDS.iter().find(|(known, _)| known.as_bytes().eq_ignore_ascii_case(word))
    });
    mode.map(|(_, mode)| ("mode", (*mode).to_owned())).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::span::Span;

    #[test]
    fn modes_of_keys() {
        for (key, mode) in [
            ("sk_live_4eC39", Some("live")),
            ("rk_test_4eC39", Some("test")),
            ("access-sandbox-0", Some("test")),
            ("access_token$production$abc$0", Some("live")),
            ("secret-token:mercury_production_abc", Some("live")),
            ("FLWSECK_TEST-0", Some("test")),
            ("SB-Mid-server-0", Some("test")),
            ("FLWSECK-0-X", None),
            ("sk_livelier", None),
            ("", None),
        ] {
            let claim = Claim {
                haystack: key.as_bytes(),
                secret: Span::new(0, key.len()),
                prefix_len: 0,
                custom_prefix: None,
            };
            assert_eq!(facts(&claim).get("mode"), mode, "{key}");
        }
    }
}
