//! Values that a generator could have made, and what only looks like one: hashes, ids, paths,
//! fillers.

use super::word_set::WordSet;
use crate::confirm::chance;
use crate::text::byte_set::ByteSet;
use crate::verdict::Reason;

/// The fewest characters of a generated value.
pub(super) const SHORTEST_GENERATED: usize = 16;
/// The fewest bits that must speak for chance: in all, and a character.
const FEWEST_BITS: f64 = 7.0;
const FEWEST_BITS_A_BYTE: f64 = 0.4;
/// The same for a value without digits, and for one with one digit: digits say that it is no word.
pub(super) const BITS_WITHOUT_DIGITS: f64 = 15.0;
pub(super) const BITS_WITH_ONE_DIGIT: f64 = 9.0;
/// Hexadecimal digits are few; shorter values of them are ids and short hashes.
const SHORTEST_HEX: usize = 32;

/// How many bytes of a long value are enough to see that it is made of words.
const ENOUGH_TO_JUDGE: usize = 96;
/// How many bits against chance in those bytes are enough.
const BITS_OF_WORDS: f64 = -12.0;

/// Whether a long value is plainly no random one. Costs the same for values of any length.
pub(super) fn is_long_text(value: &[u8]) -> bool {
    value.len() > ENOUGH_TO_JUDGE && chance::bits(&value[..ENOUGH_TO_JUDGE]) < BITS_OF_WORDS
}

/// Whether chance has made it, by its pairs of characters.
pub(super) fn looks_generated(value: &[u8]) -> bool {
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

pub(super) fn different(value: &[u8]) -> usize {
    value.iter().copied().collect::<ByteSet>().len()
}

/// Hashes, ids, versions, certificates: data that anybody may see, or that says what it is.
pub(super) fn is_not_public(value: &[u8]) -> Result<(), Reason> {
    /// How encoded public data begins: certificates and keys in DER, PEM in base64, OpenSSH's
    /// public keys, images, fonts, archives, WebAssembly, what DPAPI has encrypted, integrity
    /// values.
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
    /// So does what SealedSecrets have encrypted, which is never shorter.
    const SEALED: (&[u8], usize) = (b"Ag", 300);
    let is_public = BEGINNINGS.iter().any(|beginning| value.starts_with(beginning))
        || (value.starts_with(SEALED.0) && value.len() >= SEALED.1)
        || is_signed_cookie(value)
        || value.starts_with(b"0x");
    if is_public || has_uuid(value) || is_path(value) || is_repeating(value) {
        Err(Reason::Ordinary)
    } else {
        Ok(())
    }
}

/// `data--signature`, as Rails signs what it puts into cookies.
fn is_signed_cookie(value: &[u8]) -> bool {
    let at = value.windows(2).position(|pair| pair == b"--");
    at.is_some_and(|at| value.len() - at >= 42 && value[at + 2..].iter().all(u8::is_ascii_hexdigit))
}

/// Digits and hyphens of a UUID.
pub(super) const UUID_LEN: usize = 36;

pub(super) fn is_uuid(value: &[u8]) -> bool {
    value.len() == UUID_LEN && has_uuid(value)
}

/// Whether chance has made a UUID.
pub(super) fn is_random_uuid(value: &[u8]) -> bool {
    /// Of 32 random digits hardly ever fewer are different.
    const FEWEST_DIFFERENT: usize = 9;
    // The hyphen is one more.
    different(&value.to_ascii_lowercase()) > FEWEST_DIFFERENT && !is_repeating(value)
}

/// Whether a value begins with a UUID.
pub(super) fn has_uuid(value: &[u8]) -> bool {
    let is_hyphen_at = |at: &usize| value.get(*at) == Some(&b'-');
    value.len() >= UUID_LEN
        && [8, 13, 18, 23].iter().all(is_hyphen_at)
        && value[..UUID_LEN].iter().filter(|byte| byte.is_ascii_hexdigit()).count() == 32
}

/// `/usr/lib/x86`, `a.b.c`, `./file.txt`: several parts, most of them words.
pub(super) fn is_path(value: &[u8]) -> bool {
    let parts = || {
        value
            .split(|byte| matches!(byte, b'/' | b'.' | b'_' | b'-'))
            .filter(|part| !part.is_empty())
    };
    let all = parts().count();
    if all < 3 || value.contains(&b'!') || parts().any(|part| part.len() >= 20) {
        return false;
    }
    let is_word = |part: &&[u8]| part.len() < SHORTEST_GENERATED && chance::bits(part) < 2.0;
    let words = parts().filter(is_word).count();
    // Chance makes short parts, too: a value that is mostly one random part is no path.
    let is_random =
        |part: &&[u8]| part.iter().all(u8::is_ascii_alphanumeric) && chance::bits(part) >= 6.0;
    let len: usize = parts().map(<[u8]>::len).sum();
    let random_len: usize = parts().filter(is_random).map(<[u8]>::len).sum();
    words * 3 >= all * 2 && random_len * 2 <= len
}

/// A part that is repeated: `0123456701234567`, `deadbeefdeadbeef`.
pub(super) fn is_repeating(value: &[u8]) -> bool {
    /// A longer value is judged by its beginning: the time is the square of the length.
    const MOST: usize = 128;
    let value = &value[..value.len().min(MOST)];
    (1..=value.len() / 2).any(|period| value[period..].iter().zip(value).all(|(a, b)| a == b))
}

/// Whether most letters of a value follow each other in the alphabet: `A1b2c3d4`, `AB1C2defGHijk`.
pub(super) fn is_rising(value: &[u8]) -> bool {
    // Of six letters, one often follows the other; signs are put between letters on purpose.
    let is_plain = value.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if !is_plain || value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-') {
        return false;
    }
    let mut letters =
        value.iter().filter(|byte| byte.is_ascii_alphabetic()).map(u8::to_ascii_lowercase);
    let Some(mut last) = letters.next() else { return false };
    let (mut pairs, mut rising) = (0, 0);
    for letter in letters {
        pairs += 1;
        rising += usize::from(letter == last + 1);
        last = letter;
    }
    (pairs >= 3 && rising == pairs) || (pairs >= 6 && rising * 5 >= pairs * 2)
}

/// Parts of what people write where a secret should be.
///
/// A filler in a longer random value refutes nothing: chance spells short words.
pub(super) fn has_no_filler(value: &[u8]) -> Result<(), Reason> {
    /// And the words that stand where any secret should be.
    const FILLERS: WordSet<24> = STAND_INS.and([
        b"changeme",
        b"password",
        b"passwd",
        b"apikey",
        b"api_key",
        b"insert",
        b"replace",
        b"xxxx",
        b"0000",
        b"1234",
        b"abcd",
        b"deadbeef",
        b"foobar",
    ]);
    // Beyond this chance spells any of them.
    let value = &value[..value.len().min(256)];
    let filler = FILLERS.length_in(value);
    let is_random = || {
        value.len() >= SHORTEST_GENERATED + 4
            && filler <= 6
            && filler * 3 < value.len()
            && looks_generated(value)
    };
    if filler == 0 || is_random() { Ok(()) } else { Err(Reason::Placeholder) }
}

/// Words that stand where a secret should be, whatever kind of secret it is.
pub(super) const STAND_INS: WordSet<11> = WordSet::new([
    b"example",
    b"sample",
    b"dummy",
    b"fake",
    b"mock",
    b"test",
    b"placeholder",
    b"secret",
    b"token",
    b"your",
    b"redacted",
]);

/// Whether one of the words is in a value, in either case of letters.
pub(super) fn has_any(value: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|word| {
        let (first, rest) = (word[0], &word[1..]);
        let lower = first.to_ascii_lowercase();
        memchr::memchr2_iter(lower, first.to_ascii_uppercase(), value).any(|at| {
            value[at + 1..].get(..rest.len()).is_some_and(|part| part.eq_ignore_ascii_case(rest))
        })
    })
}

/// Whether a part of a value is the same as `part`, to the byte.
pub(super) fn contains(value: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else { return true };
    memchr::memchr_iter(*first, value).any(|at| value[at + 1..].starts_with(rest))
}

/// Whether two words are the same but for the case of letters.
pub(super) fn eq(a: &[u8], b: &[u8]) -> bool {
    a.eq_ignore_ascii_case(b)
}
