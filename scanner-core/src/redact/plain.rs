//! Whether a piece of text is plainly something that anybody may see.

use super::vocabulary;
use crate::confirm::chance;
use crate::syntax::words;

/// How much a piece of text tells about itself.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Piece {
    /// Words, as people and programs write them.
    Words,
    /// A number, a version, a date, an address.
    Number,
    /// Too short to tell.
    Short,
    /// Neither of these.
    Unknown,
}

/// The least evidence for words, in bits a pair of letters. A tenth of random runs of letters pass,
/// a fifteenth of the words in programs fail.
const FEWEST_BITS_A_PAIR: f64 = 0.4;
/// A word of fewer letters is as likely by chance as not.
const SHORTEST_WORD: usize = 4;
/// Numbers beside words are no longer: a year, a port, a size.
const MOST_DIGITS: usize = 5;

/// Whether a byte belongs to a piece; others stand between pieces.
pub(super) fn is_of_piece(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 0x80
}

/// Judges a piece: letters, digits, `_`, `-`, `.` and what is not ASCII.
pub(super) fn judge(piece: &[u8]) -> Piece {
    if is_number(piece) {
        return Piece::Number;
    }
    if piece.len() < SHORTEST_WORD {
        return Piece::Short;
    }
    if is_words(piece) { Piece::Words } else { Piece::Unknown }
}

/// Whether a piece is words, or so short that it tells nothing.
pub(super) fn is_plain(piece: &[u8]) -> bool {
    /// Longer numbers name something: an app, an account.
    const LONGEST_NUMBER: usize = 8;
    match judge(piece) {
        Piece::Words => true,
        Piece::Number => piece.len() <= LONGEST_NUMBER,
        Piece::Short => piece.iter().all(u8::is_ascii_lowercase) || is_known(piece),
        Piece::Unknown => false,
    }
}

/// `2026-05-01T10`, `1.2.3`, `v1.2`, `10.0.0.1`
fn is_number(piece: &[u8]) -> bool {
    /// Of a date with its signs.
    const DATE_LEN: usize = 10;
    let is_part = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_');
    let digits = piece.strip_prefix(b"v").unwrap_or(piece);
    if digits.iter().all(is_part) {
        return true;
    }
    match digits.iter().position(|byte| *byte == b'T') {
        Some(DATE_LEN) => {
            let time = digits[DATE_LEN + 1..].strip_suffix(b"Z");
            let time = time.unwrap_or(&digits[DATE_LEN + 1..]);
            digits[..DATE_LEN].iter().chain(time).all(is_part)
        }
        _ => is_seconds(digits),
    }
}

/// `00Z`, `00.123Z`: what is left of a time when it is split at colons.
fn is_seconds(piece: &[u8]) -> bool {
    piece.strip_suffix(b"Z").is_some_and(|seconds| {
        seconds.len() >= 2
            && seconds[..2].iter().all(u8::is_ascii_digit)
            && (seconds.len() == 2 || seconds[2] == b'.')
            && seconds[2..].iter().skip(1).all(u8::is_ascii_digit)
    })
}

/// Whether a piece is made of words: `getUserName`, `DB_PASSWORD`, `eu-west-1`, `sha256`.
///
/// Where chance has more to choose from, letters of both cases or digits beside letters, more has
/// to speak for words.
fn is_words(piece: &[u8]) -> bool {
    let mut sum = Letters::default();
    for part in parts(piece) {
        if !sum.add(part) {
            return false;
        }
    }
    let unseen = piece.iter().filter(|byte| **byte >= 0x80).count();
    sum.of_words > 0 && sum.of_words >= sum.others + unseen && 3 * sum.unknown <= sum.words
}

/// How many letters and digits of a piece belong to words.
#[derive(Default)]
struct Letters {
    of_words: usize,
    others: usize,
    words: usize,
    /// Words that are too short to judge and not known.
    unknown: usize,
}

impl Letters {
    /// Adds what stands between two signs, unless it is not made of words.
    fn add(&mut self, part: &[u8]) -> bool {
        if part.iter().all(u8::is_ascii_digit) {
            self.others += part.len();
            return part.len() <= MOST_DIGITS;
        }
        let is_simple = is_of_one_case(part);
        let mut before: Option<&[u8]> = None;
        for word in words(part) {
            self.words += 1;
            let is_known = is_known(word);
            if before.is_some_and(|before| before[0].is_ascii_digit()) {
                return false;
            } else if word[0].is_ascii_digit() {
                let is_numbered = before.is_some_and(vocabulary::is_numbered);
                if !is_numbered || word.len() > MOST_DIGITS {
                    return false;
                }
                self.others += word.len();
            } else if is_known || is_strong_hump(word) || is_simple && is_word(word) {
                self.of_words += word.len();
            } else if is_simple && word.len() < SHORTEST_WORD {
                self.others += word.len();
                self.unknown += 1;
            } else {
                return false;
            }
            before = Some(word);
        }
        // Short words in both cases are found in anything.
        is_simple
            || part.len() < 2 * SHORTEST_WORD
            || words(part).any(|word| word.len() >= SHORTEST_WORD)
    }
}

/// Whether a piece is words as [`has_strong_words`] asks for.
pub(super) fn is_strong(piece: &[u8]) -> bool {
    is_words(piece) && has_strong_words(piece)
}

/// Whether words have nothing that chance could have made as well: no digits, no letters of both
/// cases in a word, and letters that speak for words twice as much.
pub(super) fn has_strong_words(words: &[u8]) -> bool {
    parts(words)
        .all(|part| is_strong_word(part) || part.len() < SHORTEST_WORD && is_of_one_case(part))
}

/// Whether a piece in front of a sign of assignment is a name: as identifiers are written, whatever
/// the words in it.
pub(super) fn is_name(piece: &[u8]) -> bool {
    /// Longer parts of names are words.
    const LONGEST_ABBREVIATION: usize = 4;
    let is_humped = |part: &[u8]| {
        let is_hump = |hump: &[u8]| hump.len() > 1 && hump[1..].iter().all(u8::is_ascii_lowercase);
        words(part).filter(|word| !word[0].is_ascii_digit()).all(is_hump)
    };
    let is_part = |part: &[u8]| {
        let letters = part.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        letters > 0
            && part[letters..].iter().all(u8::is_ascii_digit)
            && part.len() - letters <= 2
            && (is_of_one_case(&part[..letters]) || is_humped(part))
            && (letters <= LONGEST_ABBREVIATION || is_words(part))
    };
    is_words(piece) || !piece.is_empty() && parts(piece).all(is_part)
}

/// What stands between signs.
fn parts(piece: &[u8]) -> impl Iterator<Item = &[u8]> {
    piece.split(|byte| !byte.is_ascii_alphanumeric()).filter(|part| !part.is_empty())
}

/// Whether no letter but the first is of another case than the rest.
fn is_one_case(word: &[u8]) -> bool {
    !word[1..].iter().any(u8::is_ascii_uppercase) || !word.iter().any(u8::is_ascii_lowercase)
}

/// Whether a short piece is a word of programs.
pub(super) fn is_known(piece: &[u8]) -> bool {
    piece.len() > 1 && (vocabulary::is_known(piece) || vocabulary::is_numbered(piece))
}

/// Whether a piece has letters of one case and nothing else.
fn is_of_one_case(piece: &[u8]) -> bool {
    piece.iter().all(u8::is_ascii_alphabetic) && is_one_case(piece)
}

/// Whether a part of a name in both cases is a word: `Name`, `name`, but no `NAME`.
fn is_strong_hump(word: &[u8]) -> bool {
    word.len() >= SHORTEST_WORD
        && word[1..].iter().all(u8::is_ascii_lowercase)
        && is_strong_word(word)
}

fn is_strong_word(word: &[u8]) -> bool {
    is_one_case(word) && speaks_for_words(word, 2.0 * FEWEST_BITS_A_PAIR)
        || vocabulary::is_known(word)
}

/// Whether letters stand beside each other as they do in words.
fn is_word(letters: &[u8]) -> bool {
    speaks_for_words(letters, FEWEST_BITS_A_PAIR) || vocabulary::is_known(letters)
}

fn speaks_for_words(letters: &[u8], bits_a_pair: f64) -> bool {
    chance::bits(letters) <= -bits_a_pair * (letters.len() - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces() {
        for (kind, pieces) in [
            (
                Piece::Words,
                &["password", "getUserName", "DB_PASSWORD", "eu-west-1", "sha256", "node_modules"]
                    [..],
            ),
            (Piece::Number, &["12345678", "1.2.3", "v1.2", "2026-05-01T10", "10.0.0.1", "00Z"]),
            (Piece::Short, &["a", "x2", "Qv2"]),
            (
                Piece::Unknown,
                &["k7m2p9x4", "qWzRtYpLmN", "2b31f5464c00f9ad", "xkqvzjwq", "h24ipoti"],
            ),
        ] {
            for piece in pieces {
                assert_eq!(judge(piece.as_bytes()), kind, "{piece}");
            }
        }
    }

    #[test]
    fn names() {
        for name in ["AWS_ACCESS_KEY_ID", "apiKey", "db_pw1", "spring.datasource.url"] {
            assert!(is_name(name.as_bytes()), "{name}");
        }
        assert!(!is_name(b"k7Qv2m9x") && !is_name(b"qWzRtYpLmN"));
    }
}
