//! Numbers in GitLab's base 36: digits, then lower-case letters.

/// The value of a number. None where a character is no digit of it, or the value does not fit.
pub(super) fn decode(digits: &[u8]) -> Option<u128> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u128, |value, byte| {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            _ => return None,
        };
        value.checked_mul(36)?.checked_add(u128::from(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn values() {
        assert_eq!(decode(b"3f"), Some(123));
        assert_eq!(decode(b"1z141z3"), Some(u128::from(u32::MAX)));
        assert_eq!(decode(b"zzzzzzzzzzzzzzzzzzzzzzzz"), Some(36_u128.pow(24) - 1));
        assert_eq!(decode(b"zzzzzzzzzzzzzzzzzzzzzzzzzz"), None);
        assert_eq!(decode(b"3F"), None);
        assert_eq!(decode(b""), None);
    }
}
