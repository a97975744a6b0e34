//! Whether a text looks made by chance or written by people.
//!
//! Pairs of neighbouring characters are weighed: how much more likely is this pair in words and
//! identifiers than in generated text? The sum tells the two apart better than entropy does, which
//! is the same for `handshake_failed` and for sixteen random letters.

/// For each pair of letters, two times the binary logarithm of how much more often it stands in the
/// words of source code than in random letters; `m` is zero, `o` twice as often, `k` half as often.
/// Measured over the words of C, Rust and Python sources and their documentation, each word counted
/// by the square root of how often it occurs.
const PAIRS: [&[u8; 26]; 26] = [
    b"kpqpikohoekrprfoerqsmliklh",
    b"okljnhgeniepigmiclljneedjb",
    b"qknkqkjqncoolkrlgomqmjffia",
    b"okknsjigqfdllinkennkmikiia",
    b"plqsoonileiqpskoltsrjokpkf",
    b"nikknojepadmihoicmmkldheha",
    b"lhigphjlnadkjlkjcmmjleddfb",
    b"pghjpfedoafhihnhbljljciakc",
    b"omqpoooeifippurngoqrhngkcn",
    b"hacajbaagaeaaaicaaechaaaaa",
    b"jhhhogfelaeifhigbhljhdeaeb",
    b"qikmsjhfrakpjhqlcimnmigfoc",
    b"qlkkrhhepagjlhopdinkmefefa",
    b"pipqqnrhpfllimpjfjqsmlgfig",
    b"llpojmlglfkppsnocroopmnifd",
    b"qjmlqjimoaiokhpofqnomhjfja",
    b"ddgegdaafabgeedfafhemabaaa",
    b"rjnntllgrbkmnmqlinppmlimme",
    b"njokrjjoqcllljoohlpsoikemk",
    b"rjnktkhpsbgmljplfrponhjmnf",
    b"lmlknlkdmadonqhnaoppedbhbd",
    b"ngiiqhfdnabiifkhbhihdcccba",
    b"nfhhmfcjmacihklhelkgedfcbe",
    b"jiljkjggkabghehlfgimeddjfa",
    b"hghfiddciabhikhmagljddfbje",
    b"jaedndacjaadcbgdabdcdaaaej",
];
const EVEN: u8 = b'm';

/// Weights of other pairs, in the same unit: half bits, positive for words.
const NEW_WORD: i32 = -1;
const CASE_DROPS: i32 = 0;
const DIGITS: i32 = 2;
const LETTER_AND_DIGIT: i32 = -4;
const SEPARATOR: i32 = 5;
const OTHER: i32 = 0;

/// How many bits speak for chance. Below zero: rather written by people.
pub(crate) fn bits(text: &[u8]) -> f64 {
    let weight: i32 = text.windows(2).map(|pair| weight(pair[0], pair[1])).sum();
    f64::from(-(weight + rhythm(text))) / 2.0
}

/// Weights of runs of one case, by how long they are: words that begin with a capital have three
/// letters and more, while chance changes the case with every other letter.
fn rhythm(text: &[u8]) -> i32 {
    let is_at =
        |at: Option<usize>, is: fn(&u8) -> bool| at.and_then(|at| text.get(at)).is_some_and(is);
    let mut sum = 0;
    let mut start = 0_usize;
    for run in text.chunk_by(is_same_case) {
        let (before, end) = (start.checked_sub(1), Some(start + run.len()));
        start += run.len();
        let (is_lower, is_upper) = (run[0].is_ascii_lowercase(), run[0].is_ascii_uppercase());
        sum += if is_lower && is_at(before, u8::is_ascii_uppercase) {
            match run.len() {
                1 if is_at(end, u8::is_ascii_uppercase) => -4,
                1 if is_at(end, u8::is_ascii_digit) => -2,
                _ if !is_at(end, u8::is_ascii_uppercase) => 0,
                2 => -2,
                3 => 1,
                _ => 2,
            }
        } else if is_upper
            && run.len() > 1
            && [before, end].iter().all(|at| is_at(*at, u8::is_ascii_lowercase))
        {
            -2
        } else {
            0
        };
    }
    sum
}

fn is_same_case(a: &u8, b: &u8) -> bool {
    let case = |byte: &u8| (byte.is_ascii_lowercase(), byte.is_ascii_uppercase());
    case(a) == case(b)
}

fn weight(left: u8, right: u8) -> i32 {
    let is_separator = |byte| matches!(byte, b'_' | b'-' | b'.' | b'/' | b' ' | b':');
    match (left, right) {
        (left, right) if left.is_ascii_alphabetic() && right.is_ascii_alphabetic() => {
            if left.is_ascii_lowercase() && right.is_ascii_uppercase() {
                return NEW_WORD;
            }
            let row = PAIRS[usize::from(left.to_ascii_lowercase() - b'a')];
            let of_pair =
                i32::from(row[usize::from(right.to_ascii_lowercase() - b'a')]) - i32::from(EVEN);
            let has_dropped = left.is_ascii_uppercase() && right.is_ascii_lowercase();
            if has_dropped { of_pair + CASE_DROPS } else { of_pair }
        }
        (left, right) if left.is_ascii_digit() && right.is_ascii_digit() => DIGITS,
        (left, right) if left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric() => {
            LETTER_AND_DIGIT
        }
        (left, right) if is_separator(left) || is_separator(right) => {
            SEPARATOR / 2 + i32::from(is_separator(left))
        }
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_chance() {
        for words in [
            "handshake_failed",
            "getAccessTokenFromCache",
            "my-very-long-name",
            "parser.next_value",
            "Base64Encoder",
        ] {
            assert!(bits(words.as_bytes()) < 2.0, "{words}: {}", bits(words.as_bytes()));
        }
        for parts in [["q8f3kz71", "mw05tbx9"], ["6K5h83Aa", "cUCCGxzd"], ["Zt4wQ0mX", "v9LbR2pK"]]
        {
            let text = parts.concat();
            assert!(bits(text.as_bytes()) > 9.0, "{text}: {}", bits(text.as_bytes()));
        }
    }

    #[test]
    fn rhythm_of_cases() {
        for (text, expected) in [
            ("getAccessTokenFromCache", 2 + 2 + 1),
            ("aBcDe", -4),
            ("AxYz1", -6),
            ("AbcDE", -2),
            ("aXYb", -2),
            ("aX1b", 0),
            ("", 0),
        ] {
            assert_eq!(rhythm(text.as_bytes()), expected, "{text}");
        }
    }
}
