//! Anchors in an Aho-Corasick automaton.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

use super::anchors::Anchor;
use crate::text::span::Span;

/// Finds anchors on any processor.
pub(super) struct Automaton {
    automaton: AhoCorasick,
    /// Whether each anchor is to be compared as it is written: the automaton folds all of them.
    exact: Vec<Option<Vec<u8>>>,
}

impl Automaton {
    pub(super) fn new(anchors: &[Anchor]) -> Self {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(anchors.iter().map(|anchor| &anchor.bytes))
            .expect("a few short literals fit into an automaton");
        let exact = anchors
            .iter()
            .map(|anchor| (!anchor.is_folded).then(|| anchor.bytes.clone()))
            .collect();
        Self { automaton, exact }
    }

    /// Calls `hit` with the index and the start of each anchor in a part of the haystack.
    pub(super) fn search(&self, haystack: &[u8], part: Span, hit: &mut impl FnMut(usize, usize)) {
        if part.start >= part.end {
            return;
        }
        for found in self.automaton.find_overlapping_iter(Input::new(haystack).range(part.range()))
        {
            let anchor = found.pattern().as_usize();
            if self.exact[anchor].as_ref().is_none_or(|bytes| *bytes == haystack[found.range()]) {
                hit(anchor, found.start());
            }
        }
    }
}
