//! Values that a generator could have made, and what only looks like one: hashes, ids, paths,
//! fillers.

use super::typed::is_repeating;
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

/// A part of a path that is as long as a generated value has at most so many bits.
const BITS_OF_LONG_WORD: f64 = -4.0;

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
    // Those of version 1 are made of the time and of an address.
    let is_of_time = value.get(14) == Some(&b'1')
        && matches!(value.get(19), Some(b'8' | b'9' | b'a' | b'b' | b'A' | b'B'));
    // The hyphen is one more.
    different(&value.to_ascii_lowercase()) > FEWEST_DIFFERENT && !is_of_time && !is_repeating(value)
}

/// Whether a value begins with a UUID.
pub(super) fn has_uuid(value: &[u8]) -> bool {
    let is_hyphen_at = |at: &usize| value.get(*at) == Some(&b'-');
    value.len() >= UUID_LEN
        && [8, 13, 18, 23].iter().all(is_hyphen_at)
        && value[..UUID_LEN].iter().filter(|byte| byte.is_ascii_hexdigit()).count() == 32
}

/// `/usr/lib/x86`, `a.b.c`, `./file.txt`, `org.acme.Login#user`: several parts, most of them words.
pub(super) fn is_path(value: &[u8]) -> bool {
    // Passwords have a `#`, too; what stands in front of that of a method is a longer path.
    let has_method = value.iter().filter(|byte| **byte == b'.').count() >= 3;
    let is_separator =
        |byte: &u8| matches!(byte, b'/' | b'.' | b'_' | b'-') || (has_method && *byte == b'#');
    let parts = || value.split(is_separator).filter(|part| !part.is_empty());
    // The longer a part is, the more has to say that it is made of words.
    let is_word = |part: &&[u8]| {
        let most = if part.len() < SHORTEST_GENERATED { 2.0 } else { BITS_OF_LONG_WORD };
        chance::bits(part) < most
    };
    let all = parts().count();
    if is_file(value) {
        return true;
    }
    if all < 3 || value.contains(&b'!') || parts().any(|part| part.len() >= 20 && !is_word(&part)) {
        return false;
    }
    let words = parts().filter(is_word).count();
    // Chance makes short parts, too: a value that is mostly one random part is no path.
    let is_random =
        |part: &&[u8]| part.iter().all(u8::is_ascii_alphanumeric) && chance::bits(part) >= 6.0;
    let len: usize = parts().map(<[u8]>::len).sum();
    let random_len: usize = parts().filter(is_random).map(<[u8]>::len).sum();
    words * 3 >= all * 2 && random_len * 2 <= len
}

/// `assets/6e1df03b65c64970.png`: the path of a file, whatever its name is made of.
fn is_file(value: &[u8]) -> bool {
    /// With four characters and more, so that chance does not spell them behind a `/`.
    const ENDINGS: [&[u8]; 10] = [
        b".png",
        b".jpg",
        b".jpeg",
        b".gif",
        b".svg",
        b".json",
        b".yaml",
        b".html",
        b".java",
        b".properties",
    ];
    value.contains(&b'/') && ENDINGS.iter().any(|ending| value.ends_with(ending))
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

/// What people write as digits and signs, as the letters that are meant: `P@ssw0rd`.
pub(super) fn plain_letters(value: &[u8]) -> Vec<u8> {
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
