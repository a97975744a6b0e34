//! What a secret begins with where nothing in it could be looked for: 14 letters and digits before
//! `.atlasv1.`, say.

use crate::confirm::whole::Whole;
use crate::rules::regex::parse;
use crate::rules::rule::MAX_LEAD_LEN;

/// The head of a rule.
pub(super) struct Lead {
    whole: Whole,
    shortest: usize,
    longest: usize,
}

impl Lead {
    /// Compiles a regex that was linted.
    pub(super) fn new(regex: &str) -> Self {
        let hir = parse(regex).expect("rules are linted");
        let lengths = (hir.properties().minimum_len(), hir.properties().maximum_len());
        let (shortest, longest) = (lengths.0.unwrap_or(0), lengths.1.unwrap_or(MAX_LEAD_LEN));
        Self { whole: Whole::new(regex), shortest, longest: longest.min(MAX_LEAD_LEN) }
    }

    /// Where the longest head begins that ends at `end` and may begin there.
    pub(super) fn start(
        &self,
        haystack: &[u8],
        end: usize,
        is_free: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let lengths = (self.shortest..=self.longest.min(end)).rev();
        let is_head =
            |start: &usize| is_free(*start) && self.whole.is_match(&haystack[*start..end]);
        lengths.map(|len| end - len).find(is_head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_that_is_free() {
        let head = Lead::new("[0-9]{2,4}");
        let anywhere = |_| true;
        assert_eq!(head.start(b"a12345:", 6, anywhere), Some(2));
        assert_eq!(head.start(b"a123:", 4, anywhere), Some(1));
        assert_eq!(head.start(b"12:", 2, anywhere), Some(0));
        assert_eq!(head.start(b"1:", 1, anywhere), None);
        assert_eq!(head.start(b"a12b:", 4, anywhere), None);
        assert_eq!(head.start(b"12345:", 5, |start| start == 0), None);
    }
}
