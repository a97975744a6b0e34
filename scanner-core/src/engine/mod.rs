//! Prefilter and confirmation together: from bytes to matches, overlaps resolved.

pub(crate) mod keywords;
pub(crate) mod overlap;
mod pieces;
mod required_rules;
mod required_runs;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::confirm::Confirmer;
use crate::confirm::raw_match::{Lookaround, RawMatch};
use crate::engine::keywords::KeywordFilters;
use crate::engine::required_runs::RequiredRuns;
use crate::prefilter::{Candidate, Prefilter};
use crate::rules::literals::{self, Literal};
use crate::rules::regex::parse;
use crate::rules::rule::{Proof, Rule};
use crate::rules::{RuleEntry, RuleSet};
use crate::suppress::allowlist::Allowlist;
use crate::text::boundary::LeftBoundary;
use crate::text::span::Span;
use crate::verdict::{Confidence, Passwords};

/// All rules, ready to be applied.
pub(crate) struct Engine {
    confirmers: Vec<Confirmer>,
    runs: RequiredRuns,
    /// The literals that matches of each rule start with. A rule without one runs over every byte.
    #[cfg(test)]
    literals: Vec<Option<Vec<Literal>>>,
    without_literals: Vec<usize>,
    keyword_filters: KeywordFilters,
    /// The rules that are about paths alone.
    of_paths: Vec<usize>,
    prefilter: Prefilter,
    longest_literal: usize,
    max_len: usize,
    decode_depth: usize,
    passwords: Passwords,
    /// The allowlists that clear a match of a required rule, by the index of that rule.
    clearing: HashMap<usize, Vec<Allowlist>>,
}

impl Engine {
    /// Prepares rules. `custom` are the token prefixes of GitLab instances.
    pub(crate) fn new(rules: &RuleSet, custom: &[String]) -> Self {
        let count = rules.entries().len();
        let mut confirmers = Vec::with_capacity(count);
        let mut literals: Vec<Option<Vec<Literal>>> = Vec::with_capacity(count);
        for entry in rules.entries() {
            confirmers.push(Confirmer::new(entry.clone(), custom));
            // A rule with keywords is searched for where these are.
            literals.push(entry.literals().filter(|_| entry.keywords().is_none()));
        }
        let replaced = rules.entries().iter().flat_map(|entry| {
            custom.iter().filter_map(|prefix| Confirmer::with_replaced_prefix(entry, prefix))
        });
        for confirmer in replaced {
            literals.push(parse(confirmer.regex()).ok().and_then(|hir| literals::derive(&hir)));
            confirmers.push(confirmer);
        }
        let with_literals =
            literals.iter().enumerate().filter_map(|(index, set)| Some((index, set.as_deref()?)));
        let prefilter = Prefilter::new(with_literals);
        let entries = rules.entries();
        let is_everywhere = |index: &usize| {
            entries
                .get(*index)
                .is_none_or(|entry| entry.keywords().is_none() && !entry.is_path_only())
        };
        let without_literals =
            literals.iter().enumerate().filter(|(_, set)| set.is_none()).map(|(index, _)| index);
        let without_literals = without_literals.filter(is_everywhere).collect();
        let gated = entries.iter().enumerate().filter_map(|(index, entry)| {
            Some((index, entry.keywords()?)).filter(|_| !entry.is_path_only())
        });
        let keyword_filters = KeywordFilters::new(gated);
        let of_paths = (0..entries.len()).filter(|index| entries[*index].is_path_only()).collect();
        let longest_literal =
            literals.iter().flatten().flatten().map(Literal::reach).max().unwrap_or(0);
        let max_len = entries.iter().map(RuleEntry::max_len).max().unwrap_or(0);
        Self {
            confirmers,
            runs: RequiredRuns::of(entries),
            #[cfg(test)]
            literals,
            without_literals,
            keyword_filters,
            of_paths,
            prefilter,
            longest_literal,
            max_len,
            decode_depth: 0,
            passwords: Passwords::Usual,
            clearing: HashMap::new(),
        }
    }

    /// Sets how many nested decodings are searched.
    pub(crate) fn decoding(mut self, depth: usize) -> Self {
        self.decode_depth = depth;
        self
    }

    /// Sets which values under names of passwords are found.
    pub(crate) fn finding_passwords(mut self, passwords: Passwords) -> Self {
        self.passwords = passwords;
        self.confirmers.iter_mut().for_each(|confirmer| confirmer.find_passwords(passwords));
        self
    }

    pub(crate) fn decode_depth(&self) -> usize {
        self.decode_depth
    }

    /// Returns a hash of everything that decides what is found: rules, prefixes, depth, allowlists.
    pub(crate) fn identity(&self) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        add(env!("CARGO_PKG_VERSION"));
        // Made by build.rs: another engine may find something else in what a cache calls clean.
        add(env!("ENGINE_SOURCES"));
        add(&self.decode_depth.to_string());
        add(self.passwords.as_str());
        let mut clearing: Vec<_> = self.clearing.iter().collect();
        clearing.sort_by_key(|(rule, _)| **rule);
        for list in clearing.into_iter().flat_map(|(_, lists)| lists) {
            add(&format!("{:?}", list.spec()));
        }
        let mut last = Cow::Borrowed("");
        for confirmer in &self.confirmers {
            add(confirmer.entry().id());
            confirmer.in_front().iter().for_each(|prefix| add(prefix));
            confirmer.replaced_regex().into_iter().for_each(&mut add);
            // The texts for people are in it as well: they do no harm. Many rules come from one
            // text.
            let text = confirmer.entry().text();
            if text != last {
                add(&text);
                last = text;
            }
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn rule(&self, index: usize) -> &Rule {
        self.confirmers[index].rule()
    }

    pub(crate) fn rule_arc(&self, index: usize) -> Arc<Rule> {
        Arc::clone(self.confirmers[index].rule())
    }

    /// Returns the length of the longest match of any rule, in bytes.
    pub(crate) fn max_len(&self) -> usize {
        self.max_len
    }

    /// Returns where literals of rules start in `range`, in any order, whatever precedes them.
    pub(crate) fn begun(&self, haystack: &[u8], range: Span, found: impl FnMut(Candidate)) {
        self.prefilter.candidates(haystack, range, LeftBoundary::Ignore, found);
    }

    /// Returns the matches of rules with literals whose candidates start in `range`, in the order
    /// of the candidates.
    pub(crate) fn by_literals(
        &self,
        haystack: &[u8],
        range: Span,
        left: LeftBoundary,
    ) -> Vec<RawMatch> {
        self.confirm_all(haystack, &self.candidates(haystack, range, left), left)
    }

    /// Returns where matches of rules with literals could begin in `range`, sorted, each once.
    pub(crate) fn candidates(
        &self,
        haystack: &[u8],
        range: Span,
        left: LeftBoundary,
    ) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        self.prefilter.candidates(haystack, range, left, |candidate| candidates.push(candidate));
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// Returns how long it takes to judge a candidate in a text of `len` bytes, as a multiple of
    /// what most take: a private key is read to its end, which may be missing.
    pub(crate) fn cost(&self, candidate: &Candidate, len: usize) -> usize {
        const READ_IN_THE_TIME: usize = 1024;
        let rule = self.rule(candidate.rule);
        let is_key = rule.proof == Some(Proof::PrivateKey);
        1 + if is_key { rule.max_len.min(len - candidate.start) / READ_IN_THE_TIME } else { 0 }
    }

    /// Returns the matches of candidates. The candidates are sorted, and each is there once.
    pub(crate) fn confirm_all(
        &self,
        haystack: &[u8],
        candidates: &[Candidate],
        left: LeftBoundary,
    ) -> Vec<RawMatch> {
        self.confirm_while(haystack, candidates, left, &mut |_| true)
    }

    /// The same, until `goes_on` says no. It gets what was found at each place.
    pub(crate) fn confirm_while(
        &self,
        haystack: &[u8],
        candidates: &[Candidate],
        left: LeftBoundary,
        goes_on: &mut dyn FnMut(&[RawMatch]) -> bool,
    ) -> Vec<RawMatch> {
        let mut found = Found::default();
        for place in candidates.chunk_by(|a, b| a.start == b.start) {
            let before = found.all.len();
            found.at(place[0].start, |found| {
                self.confirm(haystack, place.iter().copied(), left, found, |_, _| {})
            });
            if !goes_on(found.all.get(before..).unwrap_or_default()) {
                break;
            }
        }
        found.all
    }

    /// Tries all rules that have a candidate at one place, and returns how much text around it the
    /// results depend on.
    pub(crate) fn confirm_to_carry(
        &self,
        haystack: &[u8],
        candidates: impl Iterator<Item = Candidate> + Clone,
        found: &mut Vec<RawMatch>,
    ) -> Lookaround {
        let mut around = self.depends_on_pieces(haystack, candidates.clone());
        let left = LeftBoundary::Enforce;
        self.confirm(haystack, candidates, left, found, |Candidate { rule, start }, ruled_out| {
            let of_rule =
                ruled_out.unwrap_or_else(|| self.confirmers[rule].depends_on(haystack, start));
            around = around.joined(of_rule);
        });
        around
    }

    /// Tries all rules that have a candidate at one place. `tried` gets each of them, and what has
    /// ruled it out before its rule was read.
    fn confirm(
        &self,
        haystack: &[u8],
        candidates: impl Iterator<Item = Candidate> + Clone,
        left: LeftBoundary,
        found: &mut Vec<RawMatch>,
        mut tried: impl FnMut(Candidate, Option<Lookaround>),
    ) {
        let before = found.len();
        for candidate in candidates.clone() {
            // A text to be hidden may have been cut.
            let is_hidden = left == LeftBoundary::Ignore;
            let ruled_out = if is_hidden { None } else { self.runs.rule_out(haystack, candidate) };
            if ruled_out.is_none() {
                let Candidate { rule, start } = candidate;
                found.extend(self.confirmers[rule].at(rule, haystack, start, left));
            }
            tried(candidate, ruled_out);
        }
        let mut candidates = candidates.filter(|one| self.runs.can_have_prefix(*one));
        self.join(haystack, candidates.clone(), left, found, before);
        if found.len() == before {
            let look_alike = candidates.find_map(|candidate| {
                self.confirmers[candidate.rule].look_alike(
                    candidate.rule,
                    haystack,
                    candidate.start,
                    left,
                )
            });
            found.extend(look_alike);
        }
    }

    /// Returns how many bytes, at most, decide whether a literal is there.
    pub(crate) fn longest_literal(&self) -> usize {
        self.longest_literal
    }

    /// Returns whether a literal of the rule stands where a match would start.
    #[cfg(test)]
    fn is_begun(&self, haystack: &[u8], candidate: Candidate) -> bool {
        let rest = &haystack[candidate.start..];
        self.literals[candidate.rule].iter().flatten().any(|literal| literal.starts(rest))
    }

    pub(crate) fn has_rules_without_literals(&self) -> bool {
        !self.without_literals.is_empty() || !self.keyword_filters.is_empty()
    }

    /// Returns how much text on either side of a searched range decides about it, for rules with
    /// keywords.
    pub(crate) fn reach(&self) -> usize {
        match self.keyword_filters.reach() {
            0 => 0,
            reach => reach + self.max_len,
        }
    }

    /// Returns the matches of rules without literals that start before `until`. Each rule goes on
    /// from its cursor in `cursors`, and moves it.
    ///
    /// The haystack must reach [`Engine::max_len`] bytes further than `until`, or to the end of the
    /// input.
    pub(crate) fn by_regex_alone(
        &self,
        haystack: &[u8],
        cursors: &mut [usize],
        until: usize,
        left: LeftBoundary,
    ) -> Vec<RawMatch> {
        let (cursors, of_gates) = cursors.split_at_mut(self.without_literals.len());
        let mut found = self.by_keywords(haystack, of_gates, until, left);
        for (rule, cursor) in self.without_literals.iter().zip(cursors) {
            while *cursor < until {
                match self.confirmers[*rule].next(*rule, haystack, *cursor, left) {
                    Some((hit, matched)) if hit.span.start < until => {
                        found.extend(matched);
                        *cursor = hit.span.end.max(*cursor + 1);
                    }
                    _ => *cursor = until,
                }
            }
        }
        found
    }

    /// Does the same as [`Engine::by_regex_alone`] for rules with keywords.
    fn by_keywords(
        &self,
        haystack: &[u8],
        cursors: &mut [usize],
        until: usize,
        left: LeftBoundary,
    ) -> Vec<RawMatch> {
        let Some(first) = cursors.iter().copied().min().filter(|first| *first < until) else {
            return Vec::new();
        };
        let range = Span::new(first, until);
        let mut found = Vec::new();
        for ((rule, open), cursor) in self
            .keyword_filters
            .rules()
            .zip(self.keyword_filters.open(haystack, range))
            .zip(cursors)
        {
            let is_hidden = left == LeftBoundary::Ignore;
            if self.rule(rule).skips_report && !is_hidden {
                *cursor = until;
                continue;
            }
            let mut own = Vec::new();
            for part in open {
                let part = Span::new(part.start.max(*cursor), part.end);
                if part.start < part.end {
                    *cursor = self.confirmers[rule].hits(
                        rule,
                        haystack,
                        part,
                        left,
                        &mut |start, raw| own.push((start, raw)),
                    );
                }
            }
            *cursor = (*cursor).max(until);
            for requirement in &self.rule(rule).required {
                // Hiding does not ask for required rules nearby.
                if !own.is_empty() && !is_hidden {
                    self.keep_accompanied(haystack, range, requirement, &mut own);
                }
            }
            found.extend(own.into_iter().map(|(_, raw)| raw));
        }
        found
    }

    /// Whether the rule at an index is about a file.
    pub(crate) fn is_for_path(&self, rule: usize, path: &[u8]) -> bool {
        self.confirmers[rule].is_for_path(path)
    }

    pub(crate) fn has_path_rules(&self) -> bool {
        !self.of_paths.is_empty()
    }

    /// Returns the rules about paths alone that fit this path.
    pub(crate) fn by_path(&self, path: &[u8]) -> Vec<usize> {
        self.of_paths
            .iter()
            .copied()
            .filter(|index| self.confirmers[*index].is_for_path(path))
            .collect()
    }

    /// Returns the cursors of rules without literals for the beginning of an input.
    pub(crate) fn cursors(&self) -> Vec<usize> {
        vec![0; self.without_literals.len() + self.keyword_filters.rules().len()]
    }

    /// Returns all matches in a haystack that is not decoded, refuted ones included.
    pub(crate) fn in_clear(&self, haystack: &[u8], left: LeftBoundary) -> Vec<RawMatch> {
        let mut found = self.by_literals(haystack, Span::new(0, haystack.len()), left);
        found.extend(self.by_regex_alone(haystack, &mut self.cursors(), haystack.len(), left));
        self.resolve(found)
    }
}

/// The matches of candidates, place by place.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) all: Vec<RawMatch>,
    proved_to: usize,
}

impl Found {
    /// Adds what is found at the next place. Nothing that starts inside a proved token would be
    /// left beside it.
    pub(crate) fn at(&mut self, start: usize, add: impl FnOnce(&mut Vec<RawMatch>)) {
        if start < self.proved_to {
            return;
        }
        let before = self.all.len();
        add(&mut self.all);
        // A token in pieces has other bytes between them.
        let is_proved =
            |raw: &&RawMatch| raw.confidence == Confidence::Proved && raw.decoded.is_none();
        let proved = self.all[before..].iter().filter(is_proved);
        self.proved_to = proved.map(|raw| raw.span.end).max().unwrap_or(0).max(self.proved_to);
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::rules::{RuleSet, sample};

    /// Every rule at every place, without a prefilter.
    fn naive(engine: &Engine, haystack: &[u8]) -> Vec<RawMatch> {
        let mut found = Vec::new();
        for start in 0..haystack.len() {
            let here = (0..engine.confirmers.len()).map(|rule| Candidate { start, rule });
            let matched: Vec<RawMatch> = here
                .clone()
                .filter_map(|candidate| {
                    engine.confirmers[candidate.rule].at(
                        candidate.rule,
                        haystack,
                        start,
                        LeftBoundary::Enforce,
                    )
                })
                .collect();
            if matched.is_empty() {
                let mut begun = here.filter(|candidate| engine.is_begun(haystack, *candidate));
                found.extend(begun.find_map(|candidate| {
                    engine.confirmers[candidate.rule].look_alike(
                        candidate.rule,
                        haystack,
                        start,
                        LeftBoundary::Enforce,
                    )
                }));
            }
            found.extend(matched);
        }
        engine.resolve(found)
    }

    fn shown(found: &[RawMatch]) -> Vec<String> {
        found.iter().map(|raw| format!("{raw:?}")).collect()
    }

    /// Text made of what the built-in rules are about: matches of their regexes, whole, cut and
    /// glued.
    pub(crate) fn texts() -> impl Strategy<Value = Vec<u8>> {
        let of_rules: Vec<_> =
            RuleSet::builtin().iter().map(|rule| parse(rule.regex()).unwrap()).collect();
        let matches = (0..of_rules.len(), any::<u64>()).prop_map(move |(index, seed)| {
            sample::text_of(&of_rules[index], &mut sample::Random::new(seed))
        });
        let cut = (matches.clone(), any::<prop::sample::Index>())
            .prop_map(|(text, cut)| text[..cut.index(text.len())].to_vec());
        let signs = prop::sample::select(vec!["-", ".", "_", "x", "\"", "\\n", "acme-", "%3D"])
            .prop_map(|sign| sign.as_bytes().to_vec());
        let piece = prop_oneof![
            3 => matches,
            1 => cut,
            2 => "[ -~\n]{0,12}".prop_map(String::into_bytes),
            1 => signs,
        ];
        prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn the_prefilter_loses_nothing(text in texts()) {
            let engine = Engine::new(&RuleSet::builtin(), &["acme".to_owned(), "corp_".to_owned()]);
            let found = crate::scanner::search::all(&engine, &text, LeftBoundary::Enforce);
            prop_assert_eq!(shown(&found), shown(&naive(&engine, &text)));
        }

        #[test]
        fn shapes_and_the_regex_engine_agree(text in texts()) {
            let engine = Engine::new(&RuleSet::builtin(), &["acme".to_owned()]);
            for confirmer in &engine.confirmers {
                for start in 0..text.len() {
                    let agrees = confirmer.agrees_with_regex_engine(&text, start);
                    prop_assert!(agrees, "{}", confirmer.regex());
                }
            }
        }
    }
}
