//! Spans that share no bytes with each other.

use std::collections::BTreeMap;

use crate::text::span::Span;

/// A set of spans that are apart from each other. Insertion and look-up take time logarithmic in
/// their number.
#[derive(Clone, Debug, Default)]
pub(crate) struct DisjointSpans(BTreeMap<usize, usize>);

impl DisjointSpans {
    /// Whether a span shares a byte with one of the set.
    pub(crate) fn overlaps(&self, span: Span) -> bool {
        // The last one that starts before the end of the span reaches furthest.
        self.0.range(..span.end).next_back().is_some_and(|(_, end)| *end > span.start)
    }

    /// Adds a span, unless it shares a byte with one of the set. Returns whether it was added.
    pub(crate) fn insert(&mut self, span: Span) -> bool {
        let is_free = !self.overlaps(span);
        if is_free {
            self.0.insert(span.start, span.end);
        }
        is_free
    }
}

impl FromIterator<Span> for DisjointSpans {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut set = Self::default();
        for span in spans {
            set.insert(span);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_if_each_was_asked(spans in prop::collection::vec((0_usize..60, 1_usize..9), 0..40)) {
            let (mut set, mut kept) = (DisjointSpans::default(), Vec::<Span>::new());
            for (start, len) in spans {
                let span = Span::new(start, start + len);
                let is_taken = kept.iter().any(|other| other.overlaps(span));
                prop_assert_eq!(set.overlaps(span), is_taken);
                prop_assert_eq!(set.insert(span), !is_taken);
                if !is_taken {
                    kept.push(span);
                }
            }
        }
    }
}
