//! Fake tokens, of which no byte has been issued by anybody.

use crate::support::tokens::{Random, personal};

const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Returns `len` random letters and digits.
pub(crate) fn word(random: &mut Random, len: usize) -> String {
    (0..len).map(|_| char::from(BASE62[random.below(62)])).collect()
}

/// A personal access token of GitHub with a right checksum.
pub(crate) fn github(random: &mut Random) -> String {
    let body = word(random, 30);
    let mut sum = crc32fast::hash(body.as_bytes());
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62[(sum % 62) as usize];
        sum /= 62;
    }
    format!("{}{body}{}", concat!("gh", "p_"), String::from_utf8_lossy(&digits))
}

/// A personal access token of GitLab, of the old form, without `_` and `-` in its body.
pub(crate) fn gitlab(random: &mut Random) -> String {
    loop {
        let token = personal(random);
        if !token[6..].contains(['_', '-']) {
            return token;
        }
    }
}
