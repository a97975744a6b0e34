//! The password of a URL.

use super::templates::is_template;
use super::typed::is_typed;
use super::values::{eq, has_any, has_no_filler, is_uuid, looks_generated, plain_letters};
use crate::syntax;
use crate::verdict::Reason;

/// How many bytes behind a value the search for its host reads.
pub(crate) const MAX_HOST_LEN: usize = 80;

/// Judges the password of a URL: whether it looks generated, or why it is no password.
pub(super) fn userinfo(left: &[u8], value: &[u8], right: &[u8]) -> Result<bool, Reason> {
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
    let right = &right[..right.len().min(MAX_HOST_LEN)];
    let end = right.iter().position(|byte| matches!(byte, b'/' | b'?' | b'"' | b'\'' | b'\n'));
    let host = &right[..end.unwrap_or(right.len())];
    let is_upper_name =
        value.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'));
    let user = user_of(left);
    let is_anonymous = has_any(left, &[b"anonymous"]);
    if is_template(value) || is_variable(user) || is_upper_name || value == user || is_anonymous {
        return Err(Reason::Placeholder);
    }
    let is_generated = looks_generated(value) || is_uuid(value);
    let value = &unescaped(value)[..];
    if is_typed(value) {
        return Err(Reason::Placeholder);
    }
    if is_generated {
        has_no_filler(value)?;
        return Ok(true);
    }
    if value.len() < 4
        || syntax::words(value).any(is_filler)
        || COMMON.iter().any(|common| value.eq_ignore_ascii_case(common))
        || has_any(&plain_letters(value), &[b"passw"])
        || has_any(value, &[b"s3cr", b"53cr"])
    {
        return Err(Reason::Placeholder);
    }
    if is_example_host(host) {
        return Err(Reason::Example);
    }
    let has_digit = value.iter().any(u8::is_ascii_digit);
    let has_symbol = value
        .iter()
        .any(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'_' | b'.'));
    let has_letter = value.iter().any(u8::is_ascii_alphabetic);
    if !has_letter || (!has_digit && !has_symbol) || value.len() < 6 {
        return Err(Reason::Ordinary);
    }
    Ok(false)
}

/// A part of a URL with its percent-encoded bytes as they are meant: `p%40ss` is `p@ss`.
fn unescaped(part: &[u8]) -> Vec<u8> {
    let mut all = Vec::with_capacity(part.len());
    let mut rest = part;
    while let [byte, after @ ..] = rest {
        let is_hex = |digits: &&[u8]| digits.iter().all(u8::is_ascii_hexdigit);
        let digits = after.get(..2).filter(|_| *byte == b'%').filter(is_hex);
        let digits = digits.and_then(|digits| str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(meant) => {
                all.push(meant);
                rest = &after[2..];
            }
            None => {
                all.push(*byte);
                rest = after;
            }
        }
    }
    all
}

/// Whether a word of a password says that it only stands where one should be: `changeme-123`.
fn is_filler(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 24] = [
        b"change",
        b"changeme",
        b"xxx",
        b"xxxx",
        b"foo",
        b"bar",
        b"baz",
        b"qwert",
        b"qwerty",
        b"abc",
        b"123",
        b"1234",
        b"12345",
        b"123456",
        b"key",
        b"pwd",
        b"secret",
        b"token",
        b"your",
        b"my",
        b"example",
        b"test",
        b"dummy",
        b"redacted",
    ];
    has_any(word, &[b"passw"])
        || [&b"pass"[..], b"your"].iter().any(|start| word.len() >= 4 && eq(&word[..4], start))
        || WORDS.iter().any(|filler| eq(word, filler))
}

/// Whether a user stands for another: `$USER`, `{user}`, `<user>`, `%s`.
fn is_variable(user: &[u8]) -> bool {
    matches!(user, [b'$' | b'{' | b'<' | b'%', ..]) || has_any(user, &[b"${", b"{{", b"$(", b"<%"])
}

/// The name in front of the `:` that ends `left`.
fn user_of(left: &[u8]) -> &[u8] {
    let left = left.strip_suffix(b":").unwrap_or(left);
    let from = left
        .iter()
        .rposition(|byte| matches!(byte, b'/' | b' ' | b'"' | b'\''))
        .map_or(0, |at| at + 1);
    &left[from..]
}

/// Hosts that only stand in examples, on one's own machine, or in a network of containers. `host`
/// begins with `@`.
fn is_example_host(host: &[u8]) -> bool {
    const BEGINNINGS: [&[u8]; 7] =
        [b"@localhost", b"@127.", b"@0.0.0.0", b"@[::1]", b"@example", b"@foo", b"@your"];
    const DOMAINS: [&[u8]; 3] = [b".example", b".test", b".invalid"];
    /// Without a domain; `db.corp.internal` is a real one.
    const ALONE: [&[u8]; 18] = [
        b"@host",
        b"@hostname",
        b"@server",
        b"@servername",
        b"@database",
        b"@my",
        b"@myhost",
        b"@my-host",
        b"@mydb",
        b"@my-db",
        b"@myserver",
        b"@my-server",
        b"@mysite.com",
        b"@mydomain.com",
        b"@my.host",
        b"@my.server",
        b"@myhost.com",
        b"@myserver.com",
    ];
    let end = host.iter().position(|byte| {
        !byte.is_ascii_alphanumeric() && !matches!(byte, b'@' | b'-' | b'_' | b'.')
    });
    let name = &host[..end.unwrap_or(host.len())];
    let starts =
        |text: &[u8]| host.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text));
    BEGINNINGS.iter().any(|text| starts(text))
        || has_any(host, &DOMAINS)
        || ALONE.iter().any(|text| name.eq_ignore_ascii_case(text))
}
