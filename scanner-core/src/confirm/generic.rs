//! Judges values that only their name speaks for: `secret = "..."`, `password: ...`, `scheme://user:...@host`.
//!
//! Nothing in such a value says what it is. So everything that has the looks of code, words, fillers, hashes or public
//! data is refuted, and of what is left only what a generator could have made, or what somebody chose as a password, is
//! kept.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::chance;
use crate::rule::Filter;
use crate::span::Span;
use crate::verdict::{Confidence, Reason};

/// A name, and what stands between it and its value, is looked for so far to the left.
const LONGEST_NAME: usize = 120;
/// A generated value has so many characters.
const SHORTEST_GENERATED: usize = 16;
/// So many bits have to speak for chance: one in all, and one a character.
const FEWEST_BITS: f64 = 7.0;
const FEWEST_BITS_A_BYTE: f64 = 0.4;
/// So many, where no digit, or only one, says that it is no word.
const BITS_WITHOUT_DIGITS: f64 = 15.0;
const BITS_WITH_ONE_DIGIT: f64 = 9.0;
/// Hexadecimal digits are few; shorter values of them are ids and short hashes.
const SHORTEST_HEX: usize = 32;
/// Passwords shorter than this are too common as words and defaults.
const SHORTEST_PASSWORD: usize = 8;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a filter comes to: how sure it is, or why it is nothing.
pub(super) type Judgement = Result<Confidence, Reason>;

/// Judges the value of a rule with a filter. `confidence` is the rule's own.
pub(super) fn judge(filter: Filter, confidence: Confidence, haystack: &[u8], secret: Span) -> Judgement {
    let value = &haystack[secret.range()];
    let left = left_of(haystack, secret.start);
    match filter {
        Filter::Generated => generated(left, value).map(|()| confidence),
        Filter::Password => {
            is_not_refused(left)?;
            if is_spaced(left) && !is_argument(left) {
                return Err(Reason::Ordinary);
            }
            password(value, is_code(haystack, secret)).map(|()| confidence)
        }
        Filter::Userinfo => userinfo(left, value, &haystack[secret.end..])
            .map(|is_generated| if is_generated { Confidence::Likely } else { Confidence::Possible }),
        Filter::BasicAuth => basic_auth(value).map(|()| confidence),
        Filter::Base64 => base64_of_secret(value).map(|()| confidence),
    }
}

/// The part of the line to the left that can hold the name; with the line before it, where that has the name of a value.
fn left_of(haystack: &[u8], start: usize) -> &[u8] {
    let left = &haystack[start.saturating_sub(LONGEST_NAME)..start];
    let is_end = |at: usize| match left[at] {
        b'\n' => !is_value(&left[at + 1..]),
        // In a URL, not in `token: &str`.
        b'&' => at == 0 || left[at - 1] != b' ',
        // `host:6380,password=`
        b',' => left.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
        byte => matches!(byte, b';' | b'{' | b'?'),
    };
    let from = (0..left.len()).rev().find(|at| is_end(*at)).map_or(0, |at| at + 1);
    &left[from..]
}

/// `  value: "`, of an element with a name and a value.
fn is_value(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let line = line.strip_prefix(b"\"").unwrap_or(line);
    line.get(..5).is_some_and(|word| word.eq_ignore_ascii_case(b"value"))
        && line[5..].iter().all(|byte| matches!(byte, b'"' | b'\'' | b' ' | b'\t' | b':' | b'='))
}

// --- generated values ------------------------------------------------------------------------------------------------

fn generated(left: &[u8], value: &[u8]) -> Result<(), Reason> {
    is_not_refused(left)?;
    if is_spaced(left) && !is_argument(left) {
        return Err(Reason::Ordinary);
    }
    has_no_filler(value)?;
    if is_uuid(value) {
        return if is_name_of_random_uuid(left) && is_random_uuid(value) { Ok(()) } else { Err(Reason::Ordinary) };
    }
    is_not_public(value)?;
    if let Some(text) = text_in_base64(value) {
        return match text.iter().find(|byte| matches!(byte, b':' | b' ')) {
            Some(b':') => basic_auth(value),
            // A sentence.
            Some(_) => Err(Reason::Ordinary),
            None => base64_of_secret(value),
        };
    }
    let is_hex_key = is_key_alone(left) && value.iter().all(u8::is_ascii_hexdigit);
    if looks_generated(value) && has_own_word(left) && !is_hex_key { Ok(()) } else { Err(Reason::Ordinary) }
}

/// Whether chance has made it, by its pairs of characters.
fn looks_generated(value: &[u8]) -> bool {
    let digits = value.iter().filter(|byte| byte.is_ascii_digit()).count();
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if value.iter().all(u8::is_ascii_hexdigit) {
        return value.len() >= SHORTEST_HEX && digits >= 4 && letters >= 4 && different(value) >= 9;
    }
    let bits = chance::bits(value);
    let fewest = match digits {
        0 => BITS_WITHOUT_DIGITS,
        1 => BITS_WITH_ONE_DIGIT,
        _ => FEWEST_BITS,
    };
    value.len() >= SHORTEST_GENERATED
        && letters >= 2
        && bits >= fewest
        && bits >= FEWEST_BITS_A_BYTE * value.len().min(64) as f64
        && different(value) * 5 >= value.len().min(40)
}

fn different(value: &[u8]) -> usize {
    let mut seen = [false; 256];
    value.iter().for_each(|byte| seen[usize::from(*byte)] = true);
    seen.iter().filter(|is_seen| **is_seen).count()
}

/// Hashes, ids, versions, certificates: data that anybody may see, or that says what it is.
fn is_not_public(value: &[u8]) -> Result<(), Reason> {
    /// How encoded public data begins: certificates and keys in DER, PEM in base64, OpenSSH's public keys, images, fonts,
    /// archives, WebAssembly, what DPAPI has encrypted, integrity values.
    const BEGINNINGS: [&[u8]; 25] = [
        b"MII",
        b"MIG",
        b"MFk",
        b"MHY",
        b"MCo",
        b"LS0tLS1CRUdJTi",
        b"AAAAB3NzaC",
        b"AAAAC3NzaC",
        b"AAAAE2Vj",
        b"iVBORw0",
        b"R0lGOD",
        b"/9j/",
        b"UklGR",
        b"PHN2Zy",
        b"d09GM",
        b"AQAAANCMnd8",
        b"sha256-",
        b"sha384-",
        b"sha512-",
        b"sha1-",
        b"sha256=",
        b"sha384=",
        b"sha512=",
        b"sha256:",
        b"eyJ",
    ];
    let is_public = BEGINNINGS.iter().any(|beginning| value.starts_with(beginning));
    if is_public || has_uuid(value) || is_path(value) || is_repeating(value) { Err(Reason::Ordinary) } else { Ok(()) }
}

fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36 && has_uuid(value)
}

/// Whether chance has made a UUID.
fn is_random_uuid(value: &[u8]) -> bool {
    /// Of 32 random digits hardly ever fewer are different.
    const FEWEST_DIFFERENT: usize = 9;
    // The hyphen is one more.
    different(&value.to_ascii_lowercase()) > FEWEST_DIFFERENT && !is_repeating(value)
}

/// Whether a value begins with a UUID.
fn has_uuid(value: &[u8]) -> bool {
    let is_hyphen_at = |at: &usize| value.get(*at) == Some(&b'-');
    value.len() >= 36
        && [8, 13, 18, 23].iter().all(is_hyphen_at)
        && value[..36].iter().filter(|byte| byte.is_ascii_hexdigit()).count() == 32
}

/// `/usr/lib/x86`, `a.b.c`, `./file.txt`: several parts, most of them words.
fn is_path(value: &[u8]) -> bool {
    let parts = || value.split(|byte| matches!(byte, b'/' | b'.' | b'_' | b'-')).filter(|part| !part.is_empty());
    let is_word = |part: &&[u8]| part.len() < SHORTEST_GENERATED && chance::bits(part) < 2.0;
    let (all, words) = (parts().count(), parts().filter(is_word).count());
    all >= 3 && words * 3 >= all * 2 && parts().all(|part| part.len() < 20)
}

/// A part that is repeated: `0123456701234567`, `deadbeefdeadbeef`.
fn is_repeating(value: &[u8]) -> bool {
    (1..=value.len() / 2).any(|period| value[period..].iter().zip(value).all(|(a, b)| a == b))
}

/// Parts of what people write where a secret should be.
fn has_no_filler(value: &[u8]) -> Result<(), Reason> {
    const FILLERS: [&[u8]; 24] = [
        b"example",
        b"sample",
        b"dummy",
        b"fake",
        b"mock",
        b"test",
        b"placeholder",
        b"changeme",
        b"secret",
        b"token",
        b"password",
        b"passwd",
        b"apikey",
        b"api_key",
        b"your",
        b"insert",
        b"replace",
        b"redacted",
        b"xxxx",
        b"0000",
        b"1234",
        b"abcd",
        b"deadbeef",
        b"foobar",
    ];
    if has_any(value, &FILLERS) { Err(Reason::Placeholder) } else { Ok(()) }
}

fn has_any(value: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| value.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word)))
}

// --- names -----------------------------------------------------------------------------------------------------------

/// Refutes values whose name says that they are public, or something else than a secret.
fn is_not_refused(left: &[u8]) -> Result<(), Reason> {
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
fn is_name_of_random_uuid(left: &[u8]) -> bool {
    /// In front of `token`; others tell one request, event or version from another.
    const TOKENS: [&str; 12] = [
        "access", "api", "auth", "bearer", "bot", "deploy", "personal", "private", "refresh", "registry", "service",
        "user",
    ];
    const KEYS: [&str; 6] = ["access", "api", "auth", "master", "private", "secret"];
    let mut words = words_of(left);
    if words.last().is_some_and(|word| word == "value") {
        words.pop();
    }
    let is = |table: &[&str], end: &str| {
        words.windows(2).any(|pair| pair[1] == end && table.contains(&pair[0].as_str()))
            || words.iter().any(|word| word.strip_suffix(end).is_some_and(|word| table.contains(&word)))
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

/// Whether a name that ends in a short word has it as a word of its own: `appKey` and `basic_auth`, not `monkey`.
fn has_own_word(left: &[u8]) -> bool {
    const ENDS: [&str; 4] = ["key", "auth", "creds", "api"];
    const WORDS: [&str; 8] = ["appkey", "enckey", "authkey", "apikey", "hmackey", "aeskey", "oauth", "cryptkey"];
    let words = words_of(name_of(left));
    words.last().is_none_or(|last| {
        !ENDS.iter().any(|end| last.ends_with(end))
            || ENDS.contains(&last.as_str())
            || WORDS.iter().any(|word| last.ends_with(word))
            || ["secret", "token", "access", "private", "encryption", "signing", "master", "shared", "account"]
                .iter()
                .any(|word| last.contains(word))
    })
}

/// `key = "..."`: where nothing says what for, hexadecimal digits are a test vector, a hash, the key of a table.
fn is_key_alone(left: &[u8]) -> bool {
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
fn is_spaced(left: &[u8]) -> bool {
    // `token = "Bearer v"`
    let left = match left.len().checked_sub(7).map(|at| left.split_at(at)) {
        Some((before, scheme)) if scheme.eq_ignore_ascii_case(b"bearer ") => before,
        _ => left,
    };
    let rest = left.trim_ascii_end();
    let rest = if rest.len() == left.len() { trim_quotes(left).trim_ascii_end() } else { rest };
    rest.len() < left.len()
        && rest.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

fn trim_quotes(left: &[u8]) -> &[u8] {
    let quotes = left.iter().rev().take_while(|byte| matches!(byte, b'"' | b'\'')).count();
    &left[..left.len() - quotes]
}

/// `--token v`, `Authorization: Bearer v`, `ENV TOKEN v`, `setx TOKEN v`, `set -x TOKEN v`, `setenv TOKEN v`,
/// `requirepass v`
fn is_argument(left: &[u8]) -> bool {
    const COMMANDS: [&[u8]; 7] = [b"--", b"ENV ", b"setx ", b"set -x ", b"set -gx ", b"setenv ", b"requirepass "];
    has_any(left, &[b"authorization"])
        || COMMANDS.iter().any(|command| left.windows(command.len()).any(|part| part == *command))
}

// --- passwords -------------------------------------------------------------------------------------------------------

/// Whether a value stands between quotes in something that is written like a program.
fn is_code(haystack: &[u8], secret: Span) -> bool {
    let is_quote = |byte: Option<&u8>| matches!(byte, Some(b'"' | b'\'' | b'`'));
    is_quote(secret.start.checked_sub(1).and_then(|at| haystack.get(at))) && is_quote(haystack.get(secret.end))
}

/// Refutes what is no password that somebody could use.
fn password(value: &[u8], is_in_code: bool) -> Result<(), Reason> {
    /// Parts of values that protect nothing, or that stand for another.
    const WORDS: [&[u8]; 43] = [
        b"pass",
        b"secret",
        b"example",
        b"sample",
        b"dummy",
        b"fake",
        b"mock",
        b"test",
        b"placeholder",
        b"change",
        b"your",
        b"insert",
        b"replace",
        b"redacted",
        b"xxx",
        b"admin",
        b"default",
        b"foo",
        b"bar",
        b"baz",
        b"qwert",
        b"letme",
        b"abc",
        b"123",
        b"hello",
        b"world",
        b"root",
        b"user",
        b"guest",
        b"demo",
        b"string",
        b"value",
        b"invalid",
        b"wrong",
        b"correct",
        b"hunter2",
        b"config",
        b"input",
        b"token",
        b"null",
        b"undefined",
        b"monkey",
        b"swordfish",
    ];
    if is_template(value) {
        return Err(Reason::Placeholder);
    }
    // What is encoded is judged as what it says.
    if text_in_base64(value).is_some() {
        base64_of_secret(value)?;
    }
    let is_token =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'/' | b'=' | b'.' | b'~' | b'-');
    if (looks_generated(value) && value.iter().all(is_token) && is_not_public(value).is_ok())
        || (is_uuid(value) && is_random_uuid(value))
    {
        // Short words are spelled by chance, too.
        return has_no_filler(value);
    }
    let plain = plain_letters(value);
    if has_any(&plain, &WORDS) || has_any(value, &WORDS) || is_repeating(value) {
        return Err(Reason::Placeholder);
    }
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (lower, upper) = (count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
    let digits = count(u8::is_ascii_digit);
    // Names and paths hold these too.
    let symbols = value
        .iter()
        .filter(|byte| matches!(byte, b'!' | b'@' | b'#' | b'^' | b'&' | b'*' | b'~' | b'+' | b'?'))
        .count();
    let classes = [lower, upper, digits, symbols].iter().filter(|count| **count > 0).count();
    let is_strong = value.len() >= SHORTEST_PASSWORD && digits > 0 && classes >= 3 && different(value) >= 6;
    let is_mixed = value.len() >= SHORTEST_PASSWORD && digits > 0 && lower + upper > 0;
    let bits = chance::bits(value);
    let is_kept = match is_in_code {
        _ if value.iter().any(|byte| matches!(byte, b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'|')) => false,
        true => (is_strong && (symbols > 0 || bits > 4.0)) || (is_mixed && bits > 9.0),
        false => (is_strong && (symbols > 0 || bits > 0.0)) || (is_mixed && bits > 6.0),
    };
    if is_kept && !is_path(value) && !has_uuid(value) { Ok(()) } else { Err(Reason::Ordinary) }
}

/// What people write as digits and signs, as the letters that are meant: `P@ssw0rd`.
fn plain_letters(value: &[u8]) -> Vec<u8> {
    let plain = |byte: &u8| match byte {
        b'@' | b'4' => b'a',
        b'0' => b'o',
        b'3' => b'e',
        b'$' | b'5' => b's',
        b'1' | b'!' => b'i',
        b'7' => b't',
        other => other.to_ascii_lowercase(),
    };
    value.iter().map(plain).collect()
}

/// `${X}`, `{{ x }}`, `%X%`, `$(x)`, `<x>`, `#{x}`, `@x@`, `%s`, `$X`, `***`, `@Value`
fn is_template(value: &[u8]) -> bool {
    match value {
        [b'$' | b'<' | b'[' | b'*' | b'(' | b'{' | b'@' | b'%' | b'&' | b'\\' | b'=', ..] => true,
        [.., b'>' | b'{' | b'(' | b'\\'] => true,
        _ => {
            let is_mark = |pair: &[u8]| {
                matches!(
                    pair,
                    b"${"
                        | b"{{"
                        | b"$("
                        | b"#{"
                        | b"<%"
                        | b"->"
                        | b"::"
                        | b"()"
                        | b"%s"
                        | b"%d"
                        | b".."
                        | b":/"
                        | b"&#"
                )
            };
            value.windows(2).any(is_mark)
        }
    }
}

// --- URLs ------------------------------------------------------------------------------------------------------------

/// Whether the password of a URL looks generated; why it is none, if it is none.
fn userinfo(left: &[u8], value: &[u8], right: &[u8]) -> Result<bool, Reason> {
    /// Whole values of documentation and of containers for tests.
    const COMMON: [&[u8]; 31] = [
        b"postgres",
        b"postgresql",
        b"mysql",
        b"mariadb",
        b"mongo",
        b"redis",
        b"rabbitmq",
        b"guest",
        b"root",
        b"toor",
        b"admin",
        b"user",
        b"username",
        b"p4ss",
        b"pw",
        b"pwd",
        b"hunter2",
        b"s3cr3t",
        b"app",
        b"dev",
        b"local",
        b"minio",
        b"minioadmin",
        b"neo4j",
        b"sa",
        b"test",
        b"docker",
        b"django",
        b"rails",
        b"x-oauth-basic",
        b"open sesame",
    ];
    const WORDS: [&[u8]; 22] = [
        b"pass",
        b"secret",
        b"example",
        b"sample",
        b"dummy",
        b"fake",
        b"mock",
        b"test",
        b"placeholder",
        b"change",
        b"your",
        b"redacted",
        b"xxx",
        b"foo",
        b"bar",
        b"qwert",
        b"abc",
        b"123",
        b"token",
        b"passw",
        b"key",
        b"pwd",
    ];
    let host = &right[..right
        .iter()
        .take(80)
        .position(|byte| matches!(byte, b'/' | b'?' | b'"' | b'\'' | b'\n'))
        .unwrap_or(right.len().min(80))];
    let is_upper_name = value.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'));
    let user = user_of(left);
    let is_anonymous = has_any(left, &[b"anonymous"]);
    if is_template(value) || is_template(user) || is_upper_name || value == user || is_anonymous {
        return Err(Reason::Placeholder);
    }
    let is_generated = looks_generated(value) || is_uuid(value);
    if is_generated {
        has_no_filler(value)?;
        return Ok(true);
    }
    if value.len() < 4 || has_any(value, &WORDS) || COMMON.iter().any(|common| value.eq_ignore_ascii_case(common)) {
        return Err(Reason::Placeholder);
    }
    if is_example_host(host) {
        return Err(Reason::Example);
    }
    let has_digit = value.iter().any(u8::is_ascii_digit);
    let has_symbol = value.iter().any(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b'.'));
    let has_letter = value.iter().any(u8::is_ascii_alphabetic);
    if !has_letter || (!has_digit && !has_symbol) || value.len() < 6 {
        return Err(Reason::Ordinary);
    }
    Ok(false)
}

/// The name in front of the `:` that ends `left`.
fn user_of(left: &[u8]) -> &[u8] {
    let left = left.strip_suffix(b":").unwrap_or(left);
    let from = left.iter().rposition(|byte| matches!(byte, b'/' | b' ' | b'"' | b'\'')).map_or(0, |at| at + 1);
    &left[from..]
}

/// Hosts that only stand in examples, on one's own machine, or in a network of containers. `host` begins with `@`.
fn is_example_host(host: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] = [b"@localhost", b"@127.", b"@0.0.0.0", b"@[::1]", b"@example", b"@my", b"@foo"];
    const DOMAINS: [&[u8]; 3] = [b".example", b".test", b".invalid"];
    /// Without a domain; `db.corp.internal` is a real one.
    const ALONE: [&[u8]; 5] = [b"@db", b"@host", b"@hostname", b"@server", b"@database"];
    let end = host.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'@' | b'-' | b'_' | b'.'));
    let name = &host[..end.unwrap_or(host.len())];
    let starts = |text: &[u8]| host.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    BEGINNINGS.iter().any(|text| starts(text))
        || has_any(host, &DOMAINS)
        || ALONE.iter().any(|text| name.eq_ignore_ascii_case(text))
}

// --- encoded values --------------------------------------------------------------------------------------------------

/// What a value says in base64, if it is text. Chance does not decode to text.
fn text_in_base64(value: &[u8]) -> Option<Vec<u8>> {
    let is_text = |text: &Vec<u8>| text.len() >= 4 && text.iter().all(|byte| matches!(byte, b' '..=b'~'));
    BASE64.decode(value).ok().filter(is_text)
}

/// `user:password` in base64.
fn basic_auth(value: &[u8]) -> Result<(), Reason> {
    let decoded = BASE64.decode(value).map_err(|_| Reason::WrongStructure)?;
    let at = decoded.iter().position(|byte| *byte == b':').ok_or(Reason::WrongStructure)?;
    if !decoded.iter().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Reason::WrongStructure);
    }
    let (user, rest) = decoded.split_at(at);
    let password = &rest[1..];
    userinfo(&[user, b":"].concat(), password, b"").map(|_| ())
}

/// A secret in base64, as Kubernetes keeps them.
fn base64_of_secret(value: &[u8]) -> Result<(), Reason> {
    let decoded = BASE64.decode(value).map_err(|_| Reason::WrongStructure)?;
    let text = decoded.trim_ascii();
    if text.len() < 6 {
        return Err(Reason::Ordinary);
    }
    if !text.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\r' | b'\t')) {
        return if looks_generated(value) || value.len() >= 64 { Ok(()) } else { Err(Reason::Ordinary) };
    }
    if text.starts_with(b"{") && text.ends_with(b"}") && has_any(text, &[b"\"auth\"", b"private_key", b"password"]) {
        return Ok(());
    }
    let is_public = text.starts_with(b"-----BEGIN CERTIFICATE") || text.starts_with(b"-----BEGIN PUBLIC");
    if is_public || is_template(text) {
        return Err(Reason::Placeholder);
    }
    userinfo(b"", text, b"").map(|_| ())
}
