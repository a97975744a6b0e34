//! Values that somebody chose as a password, and what stands in the place of one.

use super::encoded::{base64_of_secret, text_in_base64};
use super::templates::{is_template, stands_for_another};
use super::typed::is_typed;
use super::values::{
    STAND_INS, UUID_LEN, different, eq, has_any, has_no_filler, has_uuid, is_not_public, is_path,
    is_random_uuid, is_uuid, looks_generated, plain_letters,
};
use super::word_set::WordSet;
use crate::confirm::chance;
use crate::syntax::{self, Delimiter};
use crate::verdict::Reason;

/// Passwords shorter than this are too common as words and defaults.
const SHORTEST_PASSWORD: usize = 8;
/// A word that is as long is not spelled by chance.
const LONG_WORD: usize = 6;
/// Longer values are no passwords but text or data.
const LONGEST_PASSWORD: usize = 256;

/// Where a password stands, which decides how much has to speak for it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Setting<'t> {
    pub(super) delimiter: Delimiter,
    /// A program, where most strings under such a name are no passwords.
    pub(super) is_code: bool,
    pub(super) login: Login<'t>,
}

/// Whether somebody logs in with a password, by what stands beside it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Login<'t> {
    Yes,
    No,
    /// The names beside the one that starts here in a text decide. They are read last, since that
    /// takes longer than the rest.
    Beside(&'t [u8], usize),
}

impl Login<'_> {
    fn is_said(self) -> bool {
        match self {
            Self::Yes => true,
            Self::No => false,
            Self::Beside(text, name) => {
                let (mut has_user, mut has_host) = (false, false);
                for name in syntax::neighbours(text, name) {
                    has_user |= is_name_in(&USERS, name);
                    has_host |= is_name_in(&HOSTS, name);
                }
                has_user && has_host
            }
        }
    }
}

/// Names of who logs in.
const USERS: [&[u8]; 9] = [
    b"user",
    b"username",
    b"login",
    b"uid",
    b"email",
    b"account",
    b"loginid",
    b"user_name",
    b"userid",
];
/// Names of where.
const HOSTS: [&[u8]; 9] = [
    b"host",
    b"hostname",
    b"server",
    b"url",
    b"endpoint",
    b"port",
    b"address",
    b"machine",
    b"database",
];

/// Whether a name, or its last part, is one of these words.
fn is_name_in(words: &[&[u8]], name: &[u8]) -> bool {
    let last = name.rsplit(|byte| matches!(byte, b'.' | b'_' | b'-')).next().unwrap_or(name);
    words.iter().any(|word| eq(last, word) || eq(name, word))
}

/// Refutes what is no password that somebody could use.
pub(super) fn password(value: &[u8], setting: Setting<'_>) -> Result<(), Reason> {
    if value.len() < SHORTEST_PASSWORD || value.len() > LONGEST_PASSWORD {
        return Err(Reason::Ordinary);
    }
    if is_template(value) || stands_for_another(value) {
        return Err(Reason::Placeholder);
    }
    // An encoded value is judged by the text that it encodes.
    if text_in_base64(value).is_some() {
        base64_of_secret(value)?;
    }
    let is_token = |byte: &u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'+' | b'/' | b'=' | b'.' | b'~' | b'-')
    };
    if (looks_generated(value) && value.iter().all(is_token) && is_not_public(value).is_ok())
        || (is_uuid(value) && is_random_uuid(value))
    {
        has_no_filler(value)?;
    } else {
        is_chosen(value, setting)?;
    }
    if is_typed(value) { Err(Reason::Placeholder) } else { Ok(()) }
}

/// Refutes what nobody chose as a password: fillers, words, hashes of algorithms, code.
fn is_chosen(value: &[u8], setting: Setting<'_>) -> Result<(), Reason> {
    if is_filled(value) {
        return Err(Reason::Placeholder);
    }
    let is_kept = is_strong(value, setting) && !is_expression(value, setting.delimiter);
    let is_hex =
        value.iter().all(u8::is_ascii_hexdigit) && value.len() >= 16 && different(value) >= 7;
    if !is_kept && !is_hex {
        return Err(Reason::Ordinary);
    }
    let plain = plain_letters(value);
    // Chance spells short words, and in more ways with digits and signs.
    if has_long_filler(&plain)
        || (value.len() < 16 && chance::bits(value) < 9.0 && is_filled(&plain))
    {
        return Err(Reason::Placeholder);
    }
    // A name with an id: `_SA_{00000000-...}`.
    let has_id = || value.windows(UUID_LEN).any(has_uuid);
    let is_ordinary = is_path(value) || has_id() || is_of_algorithm(value) || has_fields(value);
    if is_ordinary { Err(Reason::Ordinary) } else { Ok(()) }
}

/// Parts of passwords that protect nothing, and of placeholders.
const WORDS: WordSet<36> = WordSet::new([
    b"pass",
    b"change",
    b"insert",
    b"replace",
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
    b"null",
    b"undefined",
    b"monkey",
    b"swordfish",
    b"asdf",
    b"zxcv",
    b"1qaz",
    b"2wsx",
]);

/// Whether fillers are in a value, and enough of it is filled with them.
fn is_filled(value: &[u8]) -> bool {
    // Short words are spelled by chance, too.
    let filler = WORDS.length_in(value) + STAND_INS.length_in(value);
    filler > 0 && (value.len() < 16 || filler * 2 >= value.len() || has_long_filler(value))
}

/// Whether a filler is in a value that is too long for chance to spell.
fn has_long_filler(value: &[u8]) -> bool {
    let mut fillers = WORDS.in_value(value).chain(STAND_INS.in_value(value));
    // `password` and `passwort`
    fillers.any(|word| word.len() >= LONG_WORD) || has_any(value, &[b"passwor"])
}

/// `PBKDF2WithHmacSHA1`: the name of an algorithm.
fn is_of_algorithm(value: &[u8]) -> bool {
    const LONGEST: usize = 40;
    value.len() <= LONGEST && has_any(value, &[b"hmac", b"pbkdf2", b"sha256", b"sha512", b"argon2"])
}

/// `account=123, id=7`, `views/index?id=1`: names and values of their own.
fn has_fields(value: &[u8]) -> bool {
    /// A name at the beginning; `?` says that another one is.
    const SHORTEST_NAME: usize = 5;
    let is_of_name = |byte: &&u8| byte.is_ascii_alphabetic() || **byte == b'_';
    let name_len = |text: &[u8]| {
        let letters = text.iter().take_while(is_of_name).count();
        let digits = text[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let len = letters + digits;
        let has_value = text.get(len) == Some(&b'=') && text.len() > len + 1;
        if letters >= 2 && has_value { len } else { 0 }
    };
    let first = name_len(value);
    (first >= SHORTEST_NAME && chance::bits(&value[..first]) < 0.0)
        || memchr::memchr_iter(b'?', value).any(|at| name_len(&value[at + 1..]) > 0)
}

/// Whether enough kinds of characters, and enough chance, are in a value.
fn is_strong(value: &[u8], setting: Setting<'_>) -> bool {
    if value.contains(&b' ') {
        return is_passphrase(value);
    }
    let count = |is: fn(&u8) -> bool| value.iter().filter(|byte| is(byte)).count();
    let (lower, upper) = (count(u8::is_ascii_lowercase), count(u8::is_ascii_uppercase));
    let digits = count(u8::is_ascii_digit);
    // Names and paths hold the others.
    let symbols = count(|byte| !byte.is_ascii_alphanumeric() && !b"-_./:=,;|()\\ ".contains(byte));
    let classes = [lower, upper, digits, symbols].iter().filter(|count| **count > 0).count();
    let has_variety = value.len() >= SHORTEST_PASSWORD && different(value) >= 6;
    let bits = chance::bits(value);
    if digits == 0 {
        // Letters alone: only where they are no words.
        let fewest = if symbols > 0 { 5.0 } else { 9.0 };
        return has_variety && lower > 0 && upper > 0 && value.len() >= 14 && bits >= fewest;
    }
    let is_strong = has_variety && classes >= 3;
    let is_mixed = has_variety && lower + upper > 0;
    let (of_strong, of_mixed) = if setting.is_code { (4.0, 9.0) } else { (0.0, 6.0) };
    (is_strong && (symbols > 0 || bits > of_strong))
        || (is_mixed && bits > of_mixed)
        || ((is_strong || (is_mixed && bits > 2.0)) && setting.login.is_said())
}

/// Several words, of which half or more are of letters and digits: `Lark 7willow! gate42`.
fn is_passphrase(value: &[u8]) -> bool {
    let words = || value.split(|byte| *byte == b' ').filter(|word| !word.is_empty());
    let is_mixed = |word: &&[u8]| {
        word.iter().any(u8::is_ascii_digit) && word.iter().any(u8::is_ascii_alphabetic)
    };
    let (all, mixed) = (words().count(), words().filter(is_mixed).count());
    let has = |is: fn(&u8) -> bool| value.iter().any(is);
    (2..=6).contains(&all)
        && mixed >= 2
        && mixed * 2 >= all
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && value.len() <= 40
}

/// Whether a value without quotes is a part of a program: a call, an index, an access.
pub(super) fn is_expression(value: &[u8], delimiter: Delimiter) -> bool {
    if delimiter == Delimiter::Quoted {
        return false;
    }
    let is_type = value.contains(&b'<') && (value.ends_with(b">") || value.ends_with(b">?"));
    let has_access = || value.windows(2).any(|pair| matches!(pair, b"::" | b")." | b"?."));
    if is_type || has_variable(value) || has_access() {
        return true;
    }
    let is_of_name = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'-' | b'>')
    };
    let Some(open) = value.iter().position(|byte| matches!(byte, b'(' | b'[' | b'{')) else {
        return false;
    };
    let (name, argument) = (&value[..open], &value[open + 1..]);
    // `hw_psw(td, 0)` is cut at its comma.
    let is_variable = |text: &[u8]| text.iter().all(|b| b.is_ascii_alphabetic() || *b == b'_');
    if value[open] == b'('
        && syntax::words(name).nth(1).is_some()
        && is_variable(name)
        && is_variable(argument)
    {
        return true;
    }
    !name.is_empty()
        && name.iter().all(is_of_name)
        && chance::bits(name) < 6.0
        && syntax::words(name).all(|word| chance::bits(word) < 3.0)
}

/// `ip6$TYPE`: a variable of a shell, which has capital letters only.
fn has_variable(value: &[u8]) -> bool {
    let is_of_name = |byte: &&u8| byte.is_ascii_uppercase() || **byte == b'_';
    memchr::memchr_iter(b'$', value).any(|at| {
        let len = value[at + 1..].iter().take_while(is_of_name).count();
        let next = value.get(at + 1 + len);
        len >= 3 && next.is_none_or(|byte| !byte.is_ascii_alphanumeric())
    })
}

/// Whether a value is text that somebody can type, and not data in which chance spells a name.
pub(super) fn is_text(value: &[u8]) -> bool {
    let others = value.iter().filter(|byte| !byte.is_ascii()).count();
    let is_typed = |c: char| !c.is_control();
    others * 3 <= value.len() && str::from_utf8(value).is_ok_and(|text| text.chars().all(is_typed))
}
