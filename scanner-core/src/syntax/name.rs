//! Names: how far they extend, and the words they are made of.

use crate::text::span::Span;

/// Longer runs are no names, but encoded data in which chance spells a word.
pub(crate) const LONGEST_NAME: usize = 80;

/// The name around a word that stands in it; none where it is too long for one.
///
/// Letters, digits, `_`, `-` and `.` make a name, and none begins or ends with a sign other than
/// `_`.
pub(crate) fn around(text: &[u8], word: Span) -> Option<Span> {
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let left = text[..word.start]
        .iter()
        .rev()
        .take(LONGEST_NAME)
        .take_while(|byte| is_of_name(byte))
        .count();
    let right =
        text[word.end..].iter().take(LONGEST_NAME).take_while(|byte| is_of_name(byte)).count();
    if left + word.len() + right > LONGEST_NAME {
        return None;
    }
    let (mut start, mut end) = (word.start - left, word.end + right);
    let is_sign = |byte: u8| matches!(byte, b'-' | b'.');
    while start < word.start && is_sign(text[start]) {
        start += 1;
    }
    while end > word.end && is_sign(text[end - 1]) {
        end -= 1;
    }
    Some(Span::new(start, end))
}

/// The words of a name, from left to right: `dbApi_keyID2` has `db`, `Api`, `key`, `ID`, `2`.
///
/// Other signs than letters and digits part words; so does a small letter before a capital one, the
/// last of several capital letters before a small one, and a digit beside a letter.
pub(crate) fn words(name: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while name.get(at).is_some_and(|byte| !byte.is_ascii_alphanumeric()) {
            at += 1;
        }
        let start = at;
        while at < name.len() && (at == start || goes_on(name, at)) {
            at += 1;
        }
        (start < at).then(|| &name[start..at])
    })
}

/// Whether the byte at `at` belongs to the word of the byte before it.
fn goes_on(name: &[u8], at: usize) -> bool {
    let (before, here) = (name[at - 1], name[at]);
    if !here.is_ascii_alphanumeric() || before.is_ascii_digit() != here.is_ascii_digit() {
        return false;
    }
    let is_lower_next = name.get(at + 1).is_some_and(u8::is_ascii_lowercase);
    !here.is_ascii_uppercase() || (before.is_ascii_uppercase() && !is_lower_next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents() {
        for (text, word, expected) in [
            ("  DB_PASSWORD=x", "PASSW", "DB_PASSWORD"),
            ("--api-token v", "token", "api-token"),
            ("a.b.secret.c-d: x", "secret", "a.b.secret.c-d"),
            ("password...", "passw", "password"),
            ("x->password->y", "passw", "password"),
            ("secret", "secret", "secret"),
        ] {
            let at = text.find(word).unwrap();
            let name = around(text.as_bytes(), Span::new(at, at + word.len())).unwrap();
            assert_eq!(&text[name.range()], expected, "{text}");
        }
        let long = [&[b'a'; LONGEST_NAME][..], b"token"].concat();
        assert_eq!(around(&long, Span::new(LONGEST_NAME, LONGEST_NAME + 5)), None);
    }

    #[test]
    fn words_of_names() {
        for (name, expected) in [
            ("dbApi_keyID2", "db Api key ID 2"),
            ("API_TOKEN", "API TOKEN"),
            ("HTTPAuth.password", "HTTP Auth password"),
            ("sha256sum", "sha 256 sum"),
            ("--a-b--", "a b"),
            ("", ""),
        ] {
            let words: Vec<_> =
                words(name.as_bytes()).map(|word| str::from_utf8(word).unwrap()).collect();
            assert_eq!(words.join(" "), expected, "{name}");
        }
    }
}
