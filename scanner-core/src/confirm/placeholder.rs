//! Fillers that people write in place of a secret.
//!
//! Each test fails for a generated value with a chance of less than one in ten thousand; together
//! they catch what documentation and tests are full of.

use super::published;
use crate::rules::rule::Rule;
use crate::verdict::Reason;

/// A run of one character is a filler from this length on.
const LONGEST_RUN: usize = 8;
/// A run of rising characters is one from this length on: `12345678` can be a user's id.
const LONGEST_RISE: usize = 9;
/// A body of at least [`ENOUGH_TO_COUNT`] characters has more different ones than this.
const FEWEST_DIFFERENT: u32 = 4;
const ENOUGH_TO_COUNT: usize = 16;

/// Words that say that a value is no secret, by their first letter. All in lower case, five letters
/// or more, so that chance does not spell them.
const fn words(first: u8) -> &'static [&'static str] {
    match first {
        b'c' => &["changeme", "change-me", "change_me"],
        b'd' => &["dummy"],
        b'e' => &["example"],
        b'f' => &["foobar"],
        b'i' => &["insert-", "insert_"],
        b'n' => &["notreal", "not-a-", "not_a_"],
        b'p' => &["placeholder"],
        b'r' => &["redacted", "replace-", "replace_"],
        b's' => &["sample"],
        b'x' => &["xxxxx"],
        b'y' => &["your-", "your_", "yourtoken"],
        _ => &[],
    }
}

/// Whole values that people choose and that protect nothing, or that stand for another.
const VALUES: &[&str] = &[
    "password",
    "passwort",
    "secret",
    "token",
    "none",
    "null",
    "true",
    "false",
    "undefined",
    "changeit",
    "test",
    "string",
    "private_token",
    "access_token",
    "mysecret",
    "my-secret",
    "my_secret",
    "mytoken",
    "my-token",
    "my_token",
];

/// Why a body is not a secret, if it is not.
pub(super) fn find(rule: &Rule, body: &[u8]) -> Option<Reason> {
    let is_filler = has_long_run(body)
        || has_few_characters(body)
        || has_word(body)
        || (rule.is_mixed_case && is_of_one_case(body))
        || (!rule.is_self_identifying() && (is_template(body) || is_common_value(body)));
    if is_filler {
        Some(Reason::Placeholder)
    } else if published::is_example(body) {
        Some(Reason::Example)
    } else {
        rule.min_entropy().is_some_and(|least| entropy(body) < least).then_some(Reason::LowEntropy)
    }
}

/// Why a named value is not a secret, if it is not: the tests that hold for values of any alphabet.
pub(super) fn of_any(rule: &Rule, value: &[u8]) -> Option<Reason> {
    if has_long_run(value) || has_few_characters(value) || is_common_value(value) {
        Some(Reason::Placeholder)
    } else if published::is_example(value) {
        Some(Reason::Example)
    } else {
        rule.min_entropy().is_some_and(|least| entropy(value) < least).then_some(Reason::LowEntropy)
    }
}

/// Shannon entropy of the bytes, in bits a byte.
fn entropy(body: &[u8]) -> f64 {
    let mut counts = [0_u32; 256];
    body.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let len = body.len() as f64;
    let shares = counts.iter().filter(|count| **count > 0).map(|count| f64::from(*count) / len);
    shares.map(|share| share * -share.log2()).sum()
}

/// Shannon entropy as gitleaks has it: of the characters, but shared out over the number of bytes.
pub(super) fn entropy_of_characters(secret: &[u8]) -> f64 {
    let mut counts: std::collections::BTreeMap<char, u32> = std::collections::BTreeMap::new();
    for chunk in secret.utf8_chunks() {
        for c in chunk.valid().chars() {
            *counts.entry(c).or_default() += 1;
        }
        if !chunk.invalid().is_empty() {
            let wrong = u32::try_from(chunk.invalid().len()).unwrap_or(u32::MAX);
            *counts.entry(char::REPLACEMENT_CHARACTER).or_default() += wrong;
        }
    }
    let len = secret.len() as f64;
    counts.values().map(|count| f64::from(*count) / len).map(|share| share * -share.log2()).sum()
}

/// `aaaaaaaa`, `123456789`, `ABCDEFGHI`
fn has_long_run(body: &[u8]) -> bool {
    let (mut same, mut rising) = (1, 1);
    for pair in body.windows(2) {
        let is_next = pair[0].is_ascii_alphanumeric() && pair[1] == pair[0] + 1;
        same = if pair[1] == pair[0] { same + 1 } else { 1 };
        rising = if is_next { rising + 1 } else { 1 };
        if same >= LONGEST_RUN || rising >= LONGEST_RISE {
            return true;
        }
    }
    false
}

fn has_few_characters(body: &[u8]) -> bool {
    let mut seen = [0_u64; 4];
    for byte in body {
        seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }
    let different: u32 = seen.iter().map(|bits| bits.count_ones()).sum();
    body.len() >= ENOUGH_TO_COUNT && different <= FEWEST_DIFFERENT
}

fn has_word(body: &[u8]) -> bool {
    /// Words are looked for at the beginning only: in a key of some thousand characters chance
    /// spells them.
    const LONGEST: usize = 300;
    let body = &body[..body.len().min(LONGEST)];
    body.iter().enumerate().any(|(at, byte)| {
        words(byte.to_ascii_lowercase()).iter().any(|word| {
            body[at..]
                .get(..word.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        })
    })
}

fn is_of_one_case(body: &[u8]) -> bool {
    !(body.iter().any(u8::is_ascii_uppercase) && body.iter().any(u8::is_ascii_lowercase))
}

/// `$TOKEN`, `${TOKEN}`, `{{ token }}`, `<token>`, `%TOKEN%`, `[token]`, `***`
fn is_template(body: &[u8]) -> bool {
    match body {
        [b'$' | b'<' | b'[' | b'*', ..] => true,
        [b'{', b'{', ..] => true,
        [b'%', .., b'%'] => true,
        _ => body.windows(2).any(|pair| pair == b"${" || pair == b"{{" || pair == b"$("),
    }
}

fn is_common_value(body: &[u8]) -> bool {
    VALUES.iter().any(|value| body.eq_ignore_ascii_case(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entropy_of_texts() {
        for (text, bits) in [
            ("aaaa", 0.0),
            ("abab", 1.0),
            ("abcd", 2.0),
            ("aabbccdd", 2.0),
            ("0123456789abcdef", 4.0),
        ] {
            assert!((entropy(text.as_bytes()) - bits).abs() < 1e-9, "{text}");
        }
        for (text, bits) in
            [("aaaa", 0.0), ("abcd", 2.0), ("\u{e9}\u{e8}", 1.0), ("\u{e9}\u{e9}", 0.5)]
        {
            assert!((entropy_of_characters(text.as_bytes()) - bits).abs() < 1e-9, "{text}");
        }
        let rules = crate::rules::RuleSet::from_toml(
            "t.toml",
            "[[rules]]\nid = 'a'\nregex = 'key=[a-z0-9]{16}'\nmin_entropy = 3.0\n",
        );
        let rules = rules.unwrap();
        let rule = rules.get("a").unwrap();
        assert_eq!(find(rule, b"a1b2a1b2c3a1b2c3"), Some(Reason::LowEntropy));
        assert_eq!(find(rule, b"q8f3kz71mw05tbx9"), None);
    }

    #[test]
    fn fillers_and_values() {
        for filler in [
            "xxxxxxxxxxxxxxxxxxxx",
            "12345678901234567890",
            "abcdefghijklmnopqrst",
            "AbABabABabABabABabAB",
        ] {
            assert!(
                has_long_run(filler.as_bytes()) || has_few_characters(filler.as_bytes()),
                "{filler}"
            );
        }
        for filler in ["MyEXAMPLEtoken123456", "your-token-goes-here", "ThisIsADummyValue123"] {
            assert!(has_word(filler.as_bytes()), "{filler}");
        }
        for template in ["$TOKEN", "${TOKEN}", "{{ token }}", "<token>", "%TOKEN%", "a${b}c", "***"]
        {
            assert!(is_template(template.as_bytes()), "{template}");
        }
        let value = b"6K5h83AacUCCGxzdUCuD";
        assert!(
            !has_long_run(value)
                && !has_few_characters(value)
                && !has_word(value)
                && !is_of_one_case(value)
        );
        assert!(!is_template(value) && !is_common_value(value));
    }
}
