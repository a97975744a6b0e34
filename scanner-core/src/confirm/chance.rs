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
    let place = |byte: u8| usize::from(KIND_OF[usize::from(byte)]);
    let pairs = text.windows(2).map(|pair| WEIGHTS[place(pair[0])][place(pair[1])]);
    let weight: i32 = pairs.map(i32::from).sum();
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

/// The kinds of bytes, each as one byte of the kind: each small letter, each capital one, a digit,
/// a separator, any other byte. The bytes of one kind weigh the same.
const KINDS: [u8; 55] = {
    let mut all = [0; 55];
    let mut at = 0;
    while at < 26 {
        all[at] = b'a' + at as u8;
        all[26 + at] = b'A' + at as u8;
        at += 1;
    }
    all[52] = b'0';
    all[53] = b'_';
    all
};

/// The place of each byte's kind in [`KINDS`].
static KIND_OF: [u8; 256] = {
    let mut places = [54; 256];
    let mut byte = 0;
    while byte < 256 {
        places[byte] = match byte as u8 {
            letter @ b'a'..=b'z' => letter - b'a',
            letter @ b'A'..=b'Z' => letter - b'A' + 26,
            b'0'..=b'9' => 52,
            other if is_separator(other) => 53,
            _ => 54,
        };
        byte += 1;
    }
    places
};

/// The weight of each pair of [`KINDS`].
static WEIGHTS: [[i8; KINDS.len()]; KINDS.len()] = {
    let mut weights = [[0; KINDS.len()]; KINDS.len()];
    let mut left = 0;
    while left < KINDS.len() {
        let mut right = 0;
        while right < KINDS.len() {
            weights[left][right] = weight(KINDS[left], KINDS[right]) as i8;
            right += 1;
        }
        left += 1;
    }
    weights
};

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b'_' | b'-' | b'.' | b'/' | b' ' | b':')
}

const fn weight(left: u8, right: u8) -> i32 {
    if left.is_ascii_alphabetic() && right.is_ascii_alphabetic() {
        if left.is_ascii_lowercase() && right.is_ascii_uppercase() {
            return NEW_WORD;
        }
        let row = PAIRS[(left.to_ascii_lowercase() - b'a') as usize];
        let of_pair = row[(right.to_ascii_lowercase() - b'a') as usize] as i32 - EVEN as i32;
        let has_dropped = left.is_ascii_uppercase() && right.is_ascii_lowercase();
        return if has_dropped { of_pair + CASE_DROPS } else { of_pair };
    }
    if left.is_ascii_digit() && right.is_ascii_digit() {
        DIGITS
    } else if left.is_ascii_alphanumeric() && right.is_ascii_alphanumeric() {
        LETTER_AND_DIGIT
    } else if is_separator(left) {
        SEPARATOR / 2 + 1
    } else if is_separator(right) {
        SEPARATOR / 2
    } else {
        OTHER
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
    fn weights_of_pairs_are_in_the_table() {
        for (left, right) in (0..=u8::MAX).flat_map(|left| (0..=u8::MAX).map(move |b| (left, b))) {
            let place = |byte: u8| usize::from(KIND_OF[usize::from(byte)]);
            let in_table = i32::from(WEIGHTS[place(left)][place(right)]);
            assert_eq!(in_table, weight(left, right), "{left} {right}");
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
