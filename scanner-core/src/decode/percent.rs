//! Percent-encoding of URLs.

use crate::decode::hex;

/// The length of the escape that a text starts with; what it stands for is appended.
pub(super) fn escape(text: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    let [b'%', high, low, ..] = text else { return None };
    out.push(hex::pair_of([*high, *low])?);
    Some(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = Vec::new();
        assert_eq!(escape(b"%2dx", &mut out), Some(3));
        assert_eq!(escape(b"%3A", &mut out), Some(3));
        for broken in ["%", "%2", "%2g", "%%2", "2d", ""] {
            assert_eq!(escape(broken.as_bytes(), &mut out), None, "{broken}");
        }
        assert_eq!(out, b"-:");
    }
}
