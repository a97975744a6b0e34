//! The name to the left of a value: what it says against a secret.

use super::values::has_any;
use crate::verdict::Reason;

/// Refutes values whose name says that they are public, or something else than a secret.
pub(super) fn is_not_refused(left: &[u8]) -> Result<(), Reason> {
    /// Anywhere in a name.
    const PUBLIC: [&str; 70] = [
        "public",
        "pub",
        "publishable",
        "csrf",
        "xsrf",
        "hash",
        "hashed",
        "hashes",
        "sha",
        "sha1",
        "sha256",
        "sha512",
        "md5",
        "digest",
        "checksum",
        "fingerprint",
        "thumbprint",
        "integrity",
        "commit",
        "revision",
        "page",
        "next",
        "continuation",
        "cursor",
        "cache",
        "primary",
        "foreign",
        "sort",
        "partition",
        "author",
        "authors",
        "example",
        "examples",
        "sample",
        "test",
        "tests",
        "testing",
        "dummy",
        "fake",
        "mock",
        "stub",
        "expected",
        "expect",
        "expects",
        "assert",
        "demo",
        "fixture",
        "site",
        "encrypted",
        "ciphertext",
        "cipher",
        "encoded",
        "signature",
        "sig",
        "nonce",
        "salt",
        "uuid",
        "guid",
        "vector",
        "regex",
        "pattern",
        "invalid",
        "verification",
        "verifier",
        "starting",
        "recv",
        "resource",
        "pagination",
        "websocket",
        "idempotency",
    ];
    /// At its end.
    const OTHER: [&str; 32] = [
        "id",
        "ids",
        "type",
        "name",
        "names",
        "url",
        "uri",
        "path",
        "file",
        "filename",
        "dir",
        "length",
        "len",
        "size",
        "count",
        "expiry",
        "expires",
        "ttl",
        "header",
        "headers",
        "prefix",
        "suffix",
        "field",
        "format",
        "version",
        "alg",
        "algorithm",
        "index",
        "label",
        "title",
        "description",
        "placeholder",
    ];
    let words = words_of(left);
    let is_public = words.iter().any(|word| PUBLIC.contains(&word.as_str()));
    // A type can stand behind the name: `token_id: &str = "..."`.
    let is_other = words.iter().rev().take(2).any(|word| OTHER.contains(&word.as_str()));
    if is_public || is_other { Err(Reason::Ordinary) } else { Ok(()) }
}

/// UUIDs are mostly ids. Whether a name says that this one is a secret.
pub(super) fn is_name_of_random_uuid(left: &[u8]) -> bool {
    /// In front of `token`; others tell one request, event or version from another.
    const TOKENS: [&str; 12] = [
        "access", "api", "auth", "bearer", "bot", "deploy", "personal", "private", "refresh",
        "registry", "service", "user",
    ];
    const KEYS: [&str; 6] = ["access", "api", "auth", "master", "private", "secret"];
    let mut words = words_of(left);
    if words.last().is_some_and(|word| word == "value") {
        words.pop();
    }
    let is = |table: &[&str], end: &str| {
        words.windows(2).any(|pair| pair[1] == end && table.contains(&pair[0].as_str()))
            || words
                .iter()
                .any(|word| word.strip_suffix(end).is_some_and(|word| table.contains(&word)))
    };
    let is_token_alone = name_of(left).eq_ignore_ascii_case(b"token");
    words.iter().any(|word| word.ends_with("secret") || word == "secrets" || word == "bearer")
        || is(&TOKENS, "token")
        || is(&KEYS, "key")
        || is_token_alone
}

/// The name that an assignment at the end of a text is to.
fn name_of(left: &[u8]) -> &[u8] {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let end = left.iter().rposition(is_of_name).map_or(0, |at| at + 1);
    let start = left[..end].iter().rposition(|byte| !is_of_name(byte)).map_or(0, |at| at + 1);
    &left[start..end]
}

/// Whether a name that ends in a short word has it as a word of its own: `appKey` and `basic_auth`,
/// not `monkey`.
pub(super) fn has_own_word(left: &[u8]) -> bool {
    const ENDS: [&str; 4] = ["key", "auth", "creds", "api"];
    const WORDS: [&str; 8] =
        ["appkey", "enckey", "authkey", "apikey", "hmackey", "aeskey", "oauth", "cryptkey"];
    let words = words_of(name_of(left));
    words.last().is_none_or(|last| {
        !ENDS.iter().any(|end| last.ends_with(end))
            || ENDS.contains(&last.as_str())
            || WORDS.iter().any(|word| last.ends_with(word))
            || [
                "secret",
                "token",
                "access",
                "private",
                "encryption",
                "signing",
                "master",
                "shared",
                "account",
            ]
            .iter()
            .any(|word| last.contains(word))
    })
}

/// `key = "..."`: where nothing says what for, hexadecimal digits are a test vector, a hash, the
/// key of a table.
pub(super) fn is_key_alone(left: &[u8]) -> bool {
    name_of(left).eq_ignore_ascii_case(b"key")
}

/// The words of names, in lower case: `apiKey_id` are `api`, `key`, `id`.
fn words_of(text: &[u8]) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut was_lower = false;
    for byte in text {
        let goes_on = byte.is_ascii_alphanumeric() && !(was_lower && byte.is_ascii_uppercase());
        if !goes_on && !word.is_empty() {
            words.push(core::mem::take(&mut word));
        }
        if byte.is_ascii_alphanumeric() {
            word.push(char::from(byte.to_ascii_lowercase()));
        }
        was_lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether nothing but spaces stands between a name and its value.
pub(super) fn is_spaced(left: &[u8]) -> bool {
    // `token = "Bearer v"`
    let left = match left.len().checked_sub(7).map(|at| left.split_at(at)) {
        Some((before, scheme)) if scheme.eq_ignore_ascii_case(b"bearer ") => before,
        _ => left,
    };
    let rest = left.trim_ascii_end();
    let rest = if rest.len() == left.len() { trim_quotes(left).trim_ascii_end() } else { rest };
    rest.len() < left.len()
        && rest
            .last()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn trim_quotes(left: &[u8]) -> &[u8] {
    let quotes = left.iter().rev().take_while(|byte| matches!(byte, b'"' | b'\'')).count();
    &left[..left.len() - quotes]
}

/// `--token v`, `Authorization: Bearer v`, `ENV TOKEN v`, `setx TOKEN v`, `set -x TOKEN v`, `setenv
/// TOKEN v`, `requirepass v`
pub(super) fn is_argument(left: &[u8]) -> bool {
    const COMMANDS: [&[u8]; 7] =
        [b"--", b"ENV ", b"setx ", b"set -x ", b"set -gx ", b"setenv ", b"requirepass "];
    has_any(left, &[b"authorization"])
        || COMMANDS.iter().any(|command| left.windows(command.len()).any(|part| part == *command))
}
