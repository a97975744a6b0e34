//! Rules that another rule requires beside its matches.

use std::collections::{HashMap, HashSet};

use crate::confirm::raw_match::RawMatch;
use crate::engine::Engine;
use crate::engine::keywords::REACH;
use crate::rules::rule::Requirement;
use crate::suppress::allowlist::{Allowlist, Subject};
use crate::text::boundary::LeftBoundary;
use crate::text::context::LineContext;
use crate::text::position::places;
use crate::text::span::Span;
use crate::text::view::View;
use crate::verdict::Confidence;

impl Engine {
    /// Keeps the matches whose required rules match nearby. Each match comes with the start of its
    /// hit.
    pub(super) fn keep_accompanied(
        &self,
        haystack: &[u8],
        range: Span,
        requirement: &Requirement,
        own: &mut Vec<(usize, RawMatch)>,
    ) {
        let around =
            Span::new(range.start.saturating_sub(REACH), haystack.len().min(range.end + REACH));
        let mut others = Vec::new();
        for (index, confirmer) in self.confirmers.iter().enumerate() {
            let rule = confirmer.rule();
            // As in gitleaks, its keywords need not be there.
            if rule.is_called(&requirement.rule) && !rule.is_path_only() {
                confirmer.hits(
                    index,
                    haystack,
                    around,
                    LeftBoundary::Enforce,
                    &mut |start, raw| {
                        if raw.confidence > Confidence::Refuted
                            && !self.is_cleared(index, haystack, &raw)
                        {
                            others.push(start);
                        }
                    },
                );
            }
        }
        others.sort_unstable();
        let other_places = places(haystack, around.start, &others);
        let starts: Vec<usize> = own.iter().map(|(start, _)| *start).collect();
        let mut own_places = places(haystack, around.start, &starts).into_iter();
        let is_within =
            |distance: usize, most: Option<u64>| most.is_none_or(|most| distance as u64 <= most);
        own.retain(|(start, _)| {
            let (line, column) = own_places.next().expect("each match has its place");
            let from = others.partition_point(|other| other + REACH < *start);
            let to = others.partition_point(|other| *other <= start + REACH);
            other_places[from..to].iter().any(|(other_line, other_column)| {
                is_within(line.abs_diff(*other_line), requirement.within_lines)
                    && is_within(column.abs_diff(*other_column), requirement.within_columns)
            })
        });
    }

    /// Returns whether an allowlist clears a match, so that no other rule can require it.
    fn is_cleared(&self, rule: usize, haystack: &[u8], raw: &RawMatch) -> bool {
        let Some(lists) = self.clearing.get(&rule) else { return false };
        let view = View { bytes: haystack, base: 0, is_last: true };
        let subject = Subject {
            rule: self.rule(rule),
            path: b"",
            is_walked: false,
            commit: None,
            fingerprint: None,
            secret: &haystack[raw.span.range()],
            around: &LineContext::of(&view, raw.whole, raw.span),
        };
        lists.iter().any(|list| list.allows(&subject))
    }

    /// Keeps the allowlists that clear matches which another rule requires, per rule.
    ///
    /// Of each list only the conditions on text count: paths and commits are not known here.
    pub(crate) fn clearing<'l>(mut self, lists: impl Iterator<Item = &'l Allowlist>) -> Self {
        let required: HashSet<&str> = self
            .confirmers
            .iter()
            .flat_map(|confirmer| confirmer.entry().required())
            .map(|requirement| requirement.rule.as_str())
            .collect();
        if required.is_empty() {
            return self;
        }
        let lists: Vec<Allowlist> = lists.filter_map(Allowlist::by_text).collect();
        let mut clearing = HashMap::new();
        for (index, confirmer) in self.confirmers.iter().enumerate() {
            if !required.iter().any(|name| confirmer.entry().is_called(name)) {
                continue;
            }
            let rule = confirmer.rule();
            let is_about = |list: &&Allowlist| {
                let rules = &list.spec().rules;
                rules.is_empty() || rules.iter().any(|name| rule.is_called(name))
            };
            clearing.insert(index, lists.iter().filter(is_about).cloned().collect());
        }
        self.clearing = clearing;
        self
    }
}
