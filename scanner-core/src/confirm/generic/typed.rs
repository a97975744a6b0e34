//! Values that fingers type: along the alphabet, the digits or the keyboard, or the same again and
//! again. They stand where a secret should be.

/// A longer value is judged by its beginning, so that the time is bounded.
const MOST: usize = 128;

/// Whether a value is typed, whatever it is made of.
pub(super) fn is_typed(value: &[u8]) -> bool {
    let value = &value[..value.len().min(MOST)];
    is_repeating(value) || is_rising(value) || has_cycle(value) || is_of_home_row(value)
}

/// A part that is repeated: `0123456701234567`, `deadbeefdeadbeef`.
pub(super) fn is_repeating(value: &[u8]) -> bool {
    let value = &value[..value.len().min(MOST)];
    (1..=value.len() / 2).any(|period| value[period..].iter().zip(value).all(|(a, b)| a == b))
}

/// Up to four characters, again and again, in a part of a value: `Acme_a1a1a1a1a1a1`.
fn has_cycle(value: &[u8]) -> bool {
    /// The fewest characters in a row that repeat those before them.
    const FEWEST: usize = 10;
    (1..=4).any(|period| {
        let mut run = 0;
        value[period.min(value.len())..].iter().zip(value).any(|(a, b)| {
            run = if a == b { run + 1 } else { 0 };
            run >= FEWEST
        })
    })
}

/// Whether most letters of a value follow each other in the alphabet: `A1b2c3d4`, `AB1C2defGHijk`.
fn is_rising(value: &[u8]) -> bool {
    // Of six letters, one often follows the other; signs are put between letters on purpose.
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=');
    if !value.iter().all(is_plain) {
        return false;
    }
    if value.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-') {
        return is_rising_hex(value);
    }
    let Steps { all, rising } = Steps::of(value, |byte| byte.is_ascii_alphabetic(), |_| None);
    (all >= 3 && rising == all) || (all >= 6 && rising * 5 >= all * 2)
}

/// Whether the letters of hexadecimal digits rise from `a` to `f`, and the digits from `0` to `9`,
/// again and again: `a1b2c3d4-e5f6-7890-abcd-ef1234567890`.
fn is_rising_hex(value: &[u8]) -> bool {
    let letters =
        Steps::of(value, |byte| byte.is_ascii_alphabetic(), |last| (last == b'f').then_some(b'a'));
    let digits =
        Steps::of(value, |byte| byte.is_ascii_digit(), |last| (last == b'9').then_some(b'0'));
    [letters, digits].iter().all(|Steps { all, rising }| *all >= 3 && rising * 5 >= all * 4)
}

/// Steps from one character of a kind to the next.
struct Steps {
    all: usize,
    /// Those to the one that follows in its order.
    rising: usize,
}

impl Steps {
    /// Counts the steps between the bytes for which `is_of_kind` holds, in either case of letters.
    /// `begin_again` returns what follows the last one of the kind.
    fn of(value: &[u8], is_of_kind: fn(u8) -> bool, begin_again: fn(u8) -> Option<u8>) -> Self {
        let mut steps = Self { all: 0, rising: 0 };
        let mut bytes = value.iter().filter(|byte| is_of_kind(**byte)).map(u8::to_ascii_lowercase);
        let Some(mut last) = bytes.next() else { return steps };
        for byte in bytes {
            steps.all += 1;
            steps.rising += usize::from(byte == begin_again(last).unwrap_or(last + 1));
            last = byte;
        }
        steps
    }
}

/// Whether nearly all letters are of the row where the fingers rest: `lkjsdfjLKJlKJLKJDSFSDJF`.
fn is_of_home_row(value: &[u8]) -> bool {
    /// The fewest letters. Chance takes most of twelve from this row once in ten thousand values.
    const FEWEST_LETTERS: usize = 12;
    // Half of the letters of hexadecimal digits are in this row.
    if value.iter().all(u8::is_ascii_hexdigit) {
        return false;
    }
    let letters = value.iter().filter(|byte| byte.is_ascii_alphabetic());
    let (all, home) = letters.fold((0, 0), |(all, home), letter| {
        (all + 1, home + usize::from(b"asdfghjkl".contains(&letter.to_ascii_lowercase())))
    });
    all >= FEWEST_LETTERS && home * 20 >= all * 17
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_values() {
        for value in [
            "A1b2c3d4",
            "a1b2c3d4e5f6a7b8",
            "AB1C2defGHijkLMNo3",
            "b2c3d4e5-f6a7-8901-bcde-f12345678901",
            "kl_mnopqrstwxyz=",
            "deadbeefdeadbeef",
            "AcmeMSK_a1a1a1a1a1a1a1a1",
            "lkjsdfjLKJlKJLKJDSFSDJF",
            "kjfhueyt94osdfasdkljfh4lkjhakldjfhalkdsjf",
        ] {
            assert!(is_typed(value.as_bytes()), "{value}");
        }
    }

    #[test]
    fn values_of_chance_and_choice() {
        for parts in [
            ["6K5h83Aa", "cUCCGxzd"],
            ["f3a91c07", "be5d6248"],
            // Rising letters alone, among the few of hexadecimal digits, and rising digits alone.
            ["a91b70c3", "8d"],
            ["f1c2a3e4", "b5"],
            ["Abend!rot", "7stark"],
            ["ghazal-flask", "-2041"],
            ["", "a1"],
            ["", ""],
        ] {
            let value = parts.concat();
            assert!(!is_typed(value.as_bytes()), "{value}");
        }
    }
}
