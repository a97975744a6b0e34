//! Character references of HTML and XML: `&#45;`, `&#x2d;`, `&quot;`.

use crate::decode::hex;

/// The names of characters that stand in tokens and around them. Others decide nothing.
const NAMES: [(&[u8], u8); 26] = [
    (b"amp", b'&'),
    (b"AMP", b'&'),
    (b"quot", b'"'),
    (b"QUOT", b'"'),
    (b"apos", b'\''),
    (b"lt", b'<'),
    (b"LT", b'<'),
    (b"gt", b'>'),
    (b"GT", b'>'),
    (b"nbsp", b' '),
    (b"Tab", b'\t'),
    (b"NewLine", b'\n'),
    (b"excl", b'!'),
    (b"num", b'#'),
    (b"dollar", b'$'),
    (b"percnt", b'%'),
    (b"plus", b'+'),
    (b"comma", b','),
    (b"period", b'.'),
    (b"sol", b'/'),
    (b"colon", b':'),
    (b"semi", b';'),
    (b"equals", b'='),
    (b"commat", b'@'),
    (b"lowbar", b'_'),
    (b"bsol", b'\\'),
];
/// No reference that is decoded is longer between `&` and `;`.
const LONGEST: usize = 10;

/// Whether a name begins with these characters.
#[inline]
pub(super) fn is_begun_by(begin: [u8; 2]) -> bool {
    /// A bit for each second character of the names that begin with a character, by the low five
    /// bits of both: case does not matter here.
    const SECONDS: [u32; 32] = {
        let mut seconds = [0; 32];
        let mut at = 0;
        while at < NAMES.len() {
            let name = NAMES[at].0;
            seconds[(name[0] & 31) as usize] |= 1 << (name[1] & 31);
            at += 1;
        }
        seconds
    };
    SECONDS[usize::from(begin[0] & 31)] >> (begin[1] & 31) & 1 == 1
}

/// The length of the reference that a text starts with; what it stands for is appended.
pub(super) fn escape(text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let [b'&', rest @ ..] = text else { return None };
    let len = rest.iter().take(LONGEST + 1).position(|byte| *byte == b';')?;
    let c = match &rest[..len] {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        name => {
            NAMES.iter().find(|(known, _)| *known == name).map(|(_, byte)| char::from(*byte))?
        }
    };
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    Some(len + 2)
}

fn number(digits: &[u8], base: u32) -> Option<char> {
    let add = |number: u32, byte: &u8| {
        let digit = hex::digit(*byte).map(u32::from).filter(|digit| *digit < base)?;
        number.checked_mul(base)?.checked_add(digit)
    };
    let number = digits.iter().try_fold(0, add)?;
    // There is no character 0 in HTML.
    char::from_u32(number).filter(|_| number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_names() {
        assert!(NAMES.iter().all(|(name, _)| is_begun_by([name[0], name[1]])));
        assert!(!is_begun_by(*b"ab") && !is_begun_by(*b"dd") && !is_begun_by(*b" x"));
    }

    fn decoded(text: &str) -> Option<(String, usize)> {
        let mut out = Vec::new();
        escape(text.as_bytes(), &mut out).map(|len| (String::from_utf8(out).unwrap(), len))
    }

    #[test]
    fn references() {
        for (text, c, len) in [
            ("&#45;9", "-", 5),
            ("&#x2D;", "-", 6),
            ("&#X2d;", "-", 6),
            ("&#0000045;", "-", 10),
            ("&quot;a", "\"", 6),
            ("&#128512;", "\u{1f600}", 9),
        ] {
            assert_eq!(decoded(text), Some((c.to_owned(), len)), "{text}");
        }
    }

    #[test]
    fn broken_references() {
        for broken in [
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&#45",
            "&unknown;",
            "&#x110000;",
            "&#xd800;",
            "&#0;",
            "&#9999999999;",
            "&#4a;",
            "amp;",
            "",
        ] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }
}
