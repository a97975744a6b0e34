//! Sets of words that are looked for in a value, all in one pass.

/// At most 64 words, in small letters, found in either case.
pub(super) struct WordSet<const N: usize> {
    words: [&'static [u8]; N],
    /// For each last five bits of a byte, which words begin with such a byte. These bits are the
    /// same for a small letter and its capital one.
    by_first: [u64; 32],
}

impl<const N: usize> WordSet<N> {
    pub(super) const fn new(words: [&'static [u8]; N]) -> Self {
        assert!(N <= 64);
        let mut by_first = [0; 32];
        let mut index = 0;
        while index < N {
            by_first[(words[index][0] & 31) as usize] |= 1 << index;
            index += 1;
        }
        Self { words, by_first }
    }

    /// These words and `others`, all of which are `ALL`.
    pub(super) const fn and<const MORE: usize, const ALL: usize>(
        self,
        others: [&'static [u8]; MORE],
    ) -> WordSet<ALL> {
        assert!(N + MORE == ALL);
        let mut all: [&[u8]; ALL] = [b" "; ALL];
        let mut at = 0;
        while at < ALL {
            all[at] = if at < N { self.words[at] } else { others[at - N] };
            at += 1;
        }
        WordSet::new(all)
    }

    /// The words that are in a value. Takes time linear in the length of the value.
    pub(super) fn in_value(&self, value: &[u8]) -> impl Iterator<Item = &'static [u8]> {
        let mut found = 0_u64;
        for at in 0..value.len() {
            let mut begun = self.by_first[usize::from(value[at] & 31)] & !found;
            while begun != 0 {
                let index = begun.trailing_zeros();
                begun &= begun - 1;
                let word = self.words[index as usize];
                let is_here = value[at..]
                    .get(..word.len())
                    .is_some_and(|part| part.eq_ignore_ascii_case(word));
                found |= u64::from(is_here) << index;
            }
        }
        let words = self.words.iter().enumerate();
        words.filter(move |(index, _)| found >> index & 1 == 1).map(|(_, word)| *word)
    }

    /// How many bytes of a value those words are that are in it.
    pub(super) fn length_in(&self, value: &[u8]) -> usize {
        self.in_value(value).map(<[u8]>::len).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_values() {
        const SET: WordSet<4> = WordSet::new([b"pass", b"123", b"x", b"quiz"]);
        for (value, expected) in [
            ("", vec![]),
            ("PassWord", vec!["pass"]),
            ("a123", vec!["123"]),
            ("12 quiz X x", vec!["x", "quiz"]),
            ("pas", vec![]),
            ("passpass", vec!["pass"]),
            // The same last bits as `1` and `x`.
            ("q23 8", vec![]),
        ] {
            let found: Vec<_> =
                SET.in_value(value.as_bytes()).map(|word| str::from_utf8(word).unwrap()).collect();
            assert_eq!(found, expected, "{value}");
        }
        assert_eq!(SET.length_in(b"pass123pass"), 7);
    }
}
